#!/bin/bash
# Another version takes over (here: the same one) while packets pass: none is missed, none counted twice, nobody who asks is refused.
. /lib.sh

# asks: as long as /tmp/asking is there; each question that is refused leaves a line.
asks() {
  while [[ -e /tmp/asking ]]; do
    get /healthz >/dev/null 2>&1 || echo refused >>/tmp/refused
    rest 0.2
  done
}

# upgraded TIMES: so many cores have said that they serve.
upgraded() {
  local lines said=0 line
  mapfile -t lines </tmp/agent.err
  for line in "${lines[@]}"; do [[ $line != *serving* ]] || ((++said)); done
  ((said == $1))
}

# What the agent has counted, less what the interface had carried before: the playground's first packets were nobody's.
missing() { echo $(($(interface_packets near) - begun - $(metric rheo_flow_packets_total))); }

all_counted() { (($(missing) == 0)); }

make_playground
start_agent --interface near
begun=$(interface_packets near)
await 30 get /readyz
: >/tmp/asking
: >/tmp/refused
asks &
ping -c 100000 -i 0.05 -q 10.77.0.2 >/dev/null &
load=$!
for times in 2 3; do
  kill -USR2 "$agent"
  expect "upgrade $((times - 1)) under load: the next core serves" await 60 upgraded "$times"
done
kill "$load"
rm /tmp/asking
sleep 1
is "both went on where the one before was" 2 "$(grep -c "goes on where" /tmp/agent.err)"
expect "packets passed meanwhile" test "$(($(interface_packets near) - begun))" -gt 100
# Asked once: a second later the neighbours may ask for each other's addresses again, two packets that no scan has seen yet.
left=0
await 30 all_counted || left=$(missing)
is "each is counted once" 0 "$left"
is "and nothing was lost" 0 "$(metric rheo_lost_packets_total)"
is "nobody who asked was refused" "" "$(cat /tmp/refused)"
is "it is the same process" rheo "$(cat /proc/"$agent"/comm)"
kill -TERM "$agent"
wait "$agent"
is "the agent ends with 0 on SIGTERM" 0 $?
remove_playground
