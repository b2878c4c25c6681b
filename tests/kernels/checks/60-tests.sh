#!/bin/bash
# The kernel tests that need nothing but a kernel: objects, maps, rings, links, the parser's tables.
. /lib.sh

[[ -d /tests ]] || exit 0
export DOTNET_EnableDiagnostics=0 DOTNET_TieredPGO=0
export LD_LIBRARY_PATH=/tests/lib
cd /tests || exit 1
./Rheo.KernelTests --filter-class 'Rheo.KernelTests.Bpf.*' 'Rheo.KernelTests.Gen.*' Rheo.KernelTests.Flow.ParserTests \
  'Rheo.KernelTests.Links.*' \
  --no-ansi --progress off --output detailed --results-directory /tmp/results --report-xunit-xml --report-xunit-xml-filename r.xml >/tmp/tests.out 2>&1
code=$?
report=/tmp/results/r.xml
if [[ ! -s $report ]]; then
  bad "the kernel tests run to their end (they ended with $code)"
  grep -v '^ *$' /tmp/tests.out | sed 's/^/# /' | cut -c1-240 | tail -n 30
  exit 0
fi
grep -o '<test [^>]*' "$report" | sed -n 's/.* name="\([^"]*\)".* result="Pass".*/ok: \1/p; s/.* name="\([^"]*\)".* result="Fail".*/not ok: \1/p; s/.* name="\([^"]*\)".* result="Skip".*/skip: \1/p'
grep -q 'result="Fail"' "$report" && grep -v '^ *$' /tmp/tests.out | sed 's/^/# /' | cut -c1-240 | tail -n 120
exit 0
