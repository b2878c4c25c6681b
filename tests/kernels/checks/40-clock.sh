#!/bin/bash
# Somebody sets the clock five years ahead, then ten back, while we watch.
. /lib.sh

# What differs is whether the core may read the kernel's clocks itself: on 5.10 it may not.
if is_at_least 5.11 && ! has_tcx; then
  echo "# left out: as on Linux 6.12"
  exit 0
fi

year=31557600
make_playground
start_agent
ping -i 0.1 -q 10.77.0.2 >/dev/null &
pinger=$!
# A connection that is opened before it can be watched has no beginning.
if is_at_least 5.19; then await 60 eval '(($(metric rheo_kernel_object_loaded) == 3))'; fi
sleep 1000 | ip netns exec far nc -l -p 80 >/dev/null &
await 30 listens tcp 80
sleep 1000 | nc 10.77.0.2 80 >/dev/null &
# pings: what is shown of them: how many conversations, then of the first its moments, its rate, its packets.
pings() {
  get '/api/v1/flows?filter=icmp' | jq -r '.flows | map(select(.network.transport == "icmp"))
    | "\(length) \(.[0] | "\(.first_seen[:19])Z \(.last_seen[:19])Z \(.rate.bytes_per_second_1s | floor) \(.packets.sent)")"'
}
await 30 eval '(($(metric rheo_flow_packets_total) >= 40))'
start=$(date +%s)

# opened: when the connection began, as it is told now; of kernels that tell of connections.
opened() { get '/api/v1/connections?filter=dst+port+80' | jq -r '"\(.connections[0].opened[:19])Z"'; }
if is_at_least 5.19; then await 30 eval '[[ $(opened) == *T* ]]'; fi

# seconds TIME: since 1970, of RFC 3339.
seconds() { date -u -d "${1/T/ }" +%s -D '%Y-%m-%d %H:%M:%SZ' 2>/dev/null || echo 0; }

# looks WHEN: what must hold after a jump.
looks() {
  sleep 3
  local now
  now=$(date +%s)
  read -r count first last rate packets <<<"$(pings)"
  first=$(seconds "$first")
  last=$(seconds "$last")
  is "$1: it is one conversation as before" 1 "$count"
  expect "$1: it was last seen now ($((now - last)) s ago)" test $((now - last)) -ge 0 -a $((now - last)) -le 4
  expect "$1: it began when it began ($((now - first)) s ago)" test $((now - first)) -ge 3 -a $((now - first)) -le 60
  # Ten packets a second of 98 bytes each way.
  expect "$1: the rate is that of the traffic ($rate B/s)" test "$rate" -ge 900 -a "$rate" -le 3000
  expect "$1: counting goes on" test "$packets" -gt "$counted"
  counted=$packets
  if is_at_least 5.19; then
    first=$(seconds "$(opened)")
    expect "$1: the connection was opened when it was ($((now - first)) s ago)" test $((now - first)) -ge 2 -a $((now - first)) -le 60
  fi
  is "$1: nothing timed out" 0 "$(get /metrics | awk '/rheo_conversations_ended_total.*idle/ { print $2 }')"
}

counted=20
date -s "@$((start + 5 * year))" >/dev/null
looks "five years ahead"
date -s "@$((start - 5 * year))" >/dev/null
looks "ten years back"
date -s "@$((start + 10))" >/dev/null
kill "$pinger"
killall sleep
expect "it is healthy" get /healthz
kill -TERM "$agent"
wait "$agent"
is "it ends with 0" 0 $?
remove_playground
