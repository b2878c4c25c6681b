#!/bin/bash
# The agent: serves, follows interfaces, survives nothing but leaves nothing either.
. /lib.sh

make_playground
start_agent --interface near --interface 'late*'
if has_tcx; then how=tcx; else how=cls_bpf; fi
expect "it attaches by $how" grep -q "near ($how)" /tmp/agent.err
expect "it is ready" await 30 get /readyz
before=$(metric rheo_flow_packets_total)
ping -c 25 -i 0.02 -q 10.77.0.2 >/dev/null
expect "the metrics count what went over the wire" await 15 eval '(($(metric rheo_flow_packets_total) - before >= 50))'
is "and lost nothing" 0 "$(metric rheo_lost_packets_total)"

# Each object is loaded and attached; which ones a kernel is too old for is known (docs/hooks.md).
objects() { get /metrics | sed -n 's/^rheo_kernel_object_loaded{.*object="\([a-z]*\)".*} 1$/\1/p' | sort | xargs; }
if is_at_least 5.19; then wanted='drop socket tcp'; else wanted=''; fi
await 30 eval 'test "$(objects)" = "$wanted"'
is "the objects that this kernel can have are at work" "$wanted" "$(objects)"
if [[ -n $wanted ]]; then
  # Nobody listens at port 9: each datagram is dropped, and for that reason. Some are refused to the sender, who hears of it.
  refused() { get /metrics | awk '/^rheo_dropped_packets_total.*reason="NO_SOCKET"/ { sum += $2 } END { print sum + 0 }'; }
  before=$(refused)
  sent=$(ip netns exec far bash -c 'exec 5>/dev/udp/10.77.0.1/9; for _ in {1..40}; do printf x >&5 && echo; done' 2>/dev/null | wc -l)
  await 30 eval '(($(refused) - before >= sent))'
  is "what nobody listens to is dropped, and each counted once ($sent)" "$((sent)) 1" "$(($(refused) - before)) $((sent >= 10))"
fi

ip link add late type veth peer name late1
ip addr add 10.78.0.1/24 dev late
ip link set late up
ip link set late1 up
seen() { get /metrics | grep -q 'network_interface_name="late"'; }
arping -c 3 -I late 10.78.0.2 >/dev/null 2>&1 &
expect "an interface that comes later is counted" await 15 seen
ip link del late

# programs: the ids of ours at `near`, in the order of the hooks.
programs() { of_ours | sed -n 's/.* id \([0-9]*\) .*/\1/p' | xargs; }
# shared: how many of those that were left are still there.
shared() { for id in $left; do [[ " $(programs) " != *" $id "* ]] || echo "$id"; done | wc -l; }

before=$(programs)
kill -9 "$agent"
wait "$agent" 2>/dev/null
sleep 1
if has_tcx; then
  is "after kill -9 nothing is left" "" "$(of_ours)"
else
  is "after kill -9 two passive filters are left" "$before" "$(programs)"
  expect "which let everything through" ping -c 3 -i 0.02 -q 10.77.0.2
fi
left=$(programs)
start_agent
if ! has_tcx; then
  await 2 eval '(($(shared) == 0))'
  is "the next start takes them back: within 2 s there are two others" "2 0" "$(of_ours | wc -l) $(shared)"
fi
kill -TERM "$agent"
wait "$agent"
is "the agent ends with 0 on SIGTERM" 0 $?
is "and leaves nothing, not even the qdisc" "" "$(of_ours; tc qdisc show dev near | grep clsact)"
remove_playground
