#!/bin/bash
# No room left where the output goes.
. /lib.sh

# No kernel does it in a way of its own: one guest tries it, that which is not busy with clocks.
if ! is_at_least 5.11 || has_tcx; then
  echo "# left out: as on Linux 6.1"
  exit 0
fi

mkdir -p /tmp/full
mount -t tmpfs -o size=16k tmpfs /tmp/full
dd if=/dev/zero of=/tmp/full/filler bs=4k 2>/dev/null
make_playground
for format in table json csv; do
  ping -i 0.1 -q 10.77.0.2 >/dev/null &
  pinger=$!
  timeout 30 rheo flows --duration 1s -o "$format" >/tmp/full/out 2>/tmp/full.err
  is "a full disk is a failure, and no crash ($format)" 1 $?
  expect "and is named ($format)" grep -qi 'space' /tmp/full.err
  kill "$pinger"
done
is "nothing of ours is left" "" "$(of_ours)"
umount /tmp/full
remove_playground
