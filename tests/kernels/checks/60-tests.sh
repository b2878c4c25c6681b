#!/bin/bash
# The kernel tests that need nothing but a kernel: objects, maps, rings, links, the packet tables.
. /lib.sh

# Damaged packets: an emulated CPU has a share of them.
export RHEO_MUTANTS=2000 RHEO_CUTS=5
if is_at_least 5.14; then
  Rheo.GuestTests
else
  # What fills the maps and rings of the other tests are programs of type syscall.
  echo "# left out: the tests of maps and rings need Linux 5.14"
  Rheo.GuestTests Feature Layout Refusal TestRun Gen. Flow. Links.
fi || true # each that failed has said so
