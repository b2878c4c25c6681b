#!/bin/bash
# Whose a connection is, and how it fares: both ends are processes of this machine, one of them in another network namespace.
. /lib.sh

make_playground
start_flows owners --interface near
rheo conns --agent never --duration 8s -o json >/tmp/conns.json 2>/tmp/conns.err &
health=$!
sleep 3 # what else than flows is loaded
sleep 1000 | ip netns exec far nc -l -p 80 >/tmp/received &
server=$!
await 30 listens tcp 80
sleep 1000 | nc 10.77.0.2 80 >/tmp/answered &
client=$!
sleep 2
wait "$health"
watched=$?
killall sleep
stop_flows
mapfile -t owners < <(jq -rs 'map(select(.network.transport == "tcp"))[0] | .source, .destination | .process | "\(.pid) \(.name) \(.executable) \(.uid)"' /tmp/owners.json)
is "who connects is named" "$client nc /bin/busybox 0" "${owners[0]}"
is "and so is who listens, in a namespace of its own" "$server nc /bin/busybox 0" "${owners[1]}"
sed 's/^/# /' /tmp/owners.err
if ((watched == 3)); then
  skip "how connections fare: $(head -c 200 /tmp/conns.err)"
else
  mapfile -t ends < <(jq -rs '(map(select(.remote.port == 80)), map(select(.local.port == 80))) | map("\(.state) \(.local.process.name)") | join(", ")' /tmp/conns.json)
  is "the connection is shown while it lives, at the end that opened it" "established nc" "${ends[0]}"
  is "and at the other" "established nc" "${ends[1]}"
fi
remove_playground
