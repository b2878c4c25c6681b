#!/bin/bash
# The doctor on this kernel: what it says of the hooks is so, and its probe packets pass the programs that it loads.
. /lib.sh

rheo doctor -o json >/tmp/doctor.json 2>/tmp/doctor.err
code=$?
status() { jq -r --arg check "$1" '[.findings[] | select(.check == $check) | .status] | unique | join(" ")' /tmp/doctor.json; }

is "rheo doctor ends well, and its exit code is in its JSON" "0 0" "$code $(jq .exit_code /tmp/doctor.json)"
is "its probe packets are counted at all five hooks" 5 "$(jq '[.findings[] | select(.check == "self_test.hook" and .status == "ok")] | length' /tmp/doctor.json)"
is "the chain from the wire to the sinks balances" ok "$(status self_test.balance)"
if has_tcx; then wanted="yes"; else wanted="no"; fi
says /tmp/doctor.json "tcx: $wanted" && ok "it knows whether there is tcx" || bad "it knows whether there is tcx"
if is_at_least 5.17; then
  is "each other object can be loaded" "part.drop part.socket part.tcp" "$(jq -r '[.findings[] | select(.check | startswith("part.")) | select(.status == "ok") | .check] | sort | join(" ")' /tmp/doctor.json)"
fi
jq -r '.findings[] | select(.status != "ok") | "# \(.status) \(.check): \(.summary)"' /tmp/doctor.json
