#!/bin/bash
# The agent: serves, follows interfaces, survives nothing but leaves nothing either.
. /lib.sh

make_playground
start_agent --interface near --interface 'late*'
if has_tcx; then how=tcx; else how=cls_bpf; fi
expect "it attaches by $how" grep -q "near ($how)" /tmp/agent.err
expect "it is ready" await 10 get /readyz
before=$(metric rheo_flow_packets_total)
ping -c 25 -i 0.02 -q 10.77.0.2 >/dev/null
expect "the metrics count what went over the wire" await 5 eval '(($(metric rheo_flow_packets_total) - before >= 50))'
is "and lost nothing" 0 "$(metric rheo_lost_packets_total)"

ip link add late type veth peer name late1
ip addr add 10.78.0.1/24 dev late
ip link set late up
ip link set late1 up
seen() { get /metrics | grep -q 'network_interface_name="late"'; }
arping -c 3 -I late 10.78.0.2 >/dev/null 2>&1 &
expect "an interface that comes later is counted" await 5 seen
ip link del late

kill -9 "$agent"
wait "$agent" 2>/dev/null
sleep 1
if has_tcx; then
  is "after kill -9 nothing is left" "" "$(of_ours)"
else
  is "after kill -9 two passive filters are left" 2 "$(of_ours | wc -l)"
  expect "which let everything through" ping -c 3 -i 0.02 -q 10.77.0.2
fi
start_agent
if ! has_tcx; then
  await 2 eval '(($(of_ours | wc -l) == 2))'
  is "the next start takes them back within 2 s" 2 "$(of_ours | wc -l)"
fi
kill -TERM "$agent"
wait "$agent"
is "the agent ends with 0 on SIGTERM" 0 $?
is "and leaves nothing, not even the qdisc" "" "$(of_ours; tc qdisc show dev near | grep clsact)"
remove_playground
