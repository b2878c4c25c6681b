#!/bin/bash
# The doctor on this kernel: what it says of the hooks is so, and its probe packets pass the programs that it loads.
. /lib.sh

rheo doctor -o json >/tmp/doctor.json 2>/tmp/doctor.err
code=$?
mapfile -t shown < <(jq -r '
  def well(begin): .findings | map(select(.status == "ok" and (.check | startswith(begin))) | .check) | sort;
  .exit_code, (well("self_test.hook") | length), (.findings | map(select(.check == "self_test.balance") | .status) | unique | join(" ")), (well("part.") | join(" ")),
  (.findings[] | select(.status != "ok") | "# \(.status) \(.check): \(.summary)")
' /tmp/doctor.json)

is "rheo doctor ends well, and its exit code is in its JSON" "0 0" "$code ${shown[0]}"
is "its probe packets are counted at all five hooks" 5 "${shown[1]}"
is "the chain from the wire to the sinks balances" ok "${shown[2]}"
if has_tcx; then wanted="yes"; else wanted="no"; fi
says /tmp/doctor.json "tcx: $wanted" && ok "it knows whether there is tcx" || bad "it knows whether there is tcx"
if is_at_least 5.17; then
  is "each other object can be loaded" "part.drop part.socket part.tcp" "${shown[3]}"
fi
printf '%s\n' "${shown[@]:4}"
