#!/bin/bash
# Known packets over a veth pair, counted to the byte.
. /lib.sh

make_playground
# Super-packets are one packet in the interface's counters and many on the wire: none, so that both are the same.
ethtool -K near tso off gso off gro off >/dev/null
ip netns exec far ethtool -K far tso off gso off gro off >/dev/null
before=$(interface_packets near)
bytes_before=$(interface_count near bytes)
start_flows flows --interface near

ping -c 20 -i 0.02 -q 10.77.0.2 >/dev/null
# To an address that the other end does not have: nobody answers.
ip neigh add 10.77.0.3 lladdr "$(ip netns exec far cat /sys/class/net/far/address)" dev near
exec 5>/dev/udp/10.77.0.3/9
for _ in {1..50}; do printf 0123456789 >&5; done
exec 5>&-
head -c 100000 /dev/zero >/tmp/page
# A pipe that stays open: at the end of its input nc would end.
sleep 1000 | ip netns exec far nc -l -p 80 >/tmp/received &
await 30 listens tcp 80
nc 10.77.0.2 80 </tmp/page &
sender=$!
await 30 eval 'test "$(stat -c %s /tmp/received)" = 100000'
kill "$sender" 2>/dev/null
sleep 1
killall sleep
stop_flows
is "rheo flows ends with 0 on SIGTERM" 0 $?
# Once for all that is asked: jq takes an emulated CPU most of a second to begin.
mapfile -t shown < <(jq -rs '
  def one($transport): map(select(.network.transport == $transport))[0];
  (map(.packets.sent + .packets.received) | add), (map(.bytes.sent + .bytes.received) | add),
  (one("icmp") | "\(.packets.sent) \(.packets.received) \(.bytes.sent) \(.bytes.received)"),
  (one("udp") | "\(.packets.sent) \(.bytes.sent)"),
  (one("tcp") | "\(.source.address) \(.destination.address) \(.destination.port)", .tcp.handshake_rtt_us, .bytes.sent)
' /tmp/flows.json)
is "every packet of the interface is counted once" "$(($(interface_packets near) - before))" "${shown[0]}"
is "20 pings are 20 packets each way of 98 bytes" "20 20 1960 1960" "${shown[2]}"
is "50 datagrams of 10 bytes are 50 packets of 52 bytes" "50 2600" "${shown[3]}"
is "the connection's source is who opened it" "10.77.0.1 10.77.0.2 80" "${shown[4]}"
expect "its handshake has a time" test "${shown[5]}" -gt 0
# How many segments that are, and whether one goes twice, is TCP's affair: the interface knows.
expect "its data came to it" test "${shown[6]}" -gt 100000
is "every byte of the interface is counted once" "$(($(interface_count near bytes) - bytes_before))" "${shown[1]}"
expect "nothing was lost" grep -q 'nothing lost' /tmp/flows.err
is "nothing of ours is left" "" "$(of_ours)"
remove_playground
