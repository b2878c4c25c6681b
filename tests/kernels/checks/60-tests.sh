#!/bin/bash
# The kernel tests that need nothing but a kernel: objects, maps, rings, links, the packet tables.
. /lib.sh

# Of what a test repeats an emulated CPU has a share.
export RHEO_MUTANTS=1000 RHEO_SHARE=5
if is_at_least 5.14; then
  Rheo.GuestTests
else
  # What fills the maps and rings of the other tests are programs of type syscall.
  echo "# left out: the tests of maps and rings need Linux 5.14"
  # Maps of all processes of a user count together below 5.11: nothing may be refused to one beside another.
  rheo flows --interface lo --duration 5m >/dev/null 2>/tmp/held.err &
  held=$!
  await 60 says /tmp/held.err watching
  Rheo.GuestTests Feature Layout Refusal TestRun Gen. Flow. Links.
  kill -TERM "$held"
  wait "$held"
fi || true # each that failed has said so
