#!/bin/bash
# Whose a connection is: both ends are processes of this machine, one of them in another network namespace.
. /lib.sh

make_playground
start_flows owners --interface near
sleep 3 # what else than flows it loads
sleep 1000 | ip netns exec far nc -l -p 80 >/tmp/received &
server=$!
await 10 listens tcp 80
sleep 1000 | nc 10.77.0.2 80 >/tmp/answered &
client=$!
sleep 2
killall sleep
stop_flows
owner() { jq -rs "map(select(.network.transport == \"tcp\"))[0].$1.process | \"\(.pid) \(.name) \(.executable) \(.uid)\"" /tmp/owners.json; }
is "who connects is named" "$client nc /bin/busybox 0" "$(owner source)"
is "and so is who listens, in a namespace of its own" "$server nc /bin/busybox 0" "$(owner destination)"
sed 's/^/# /' /tmp/owners.err
remove_playground
