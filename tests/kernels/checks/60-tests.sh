#!/bin/bash
# The kernel tests that need nothing but a kernel: objects, maps, rings, links, the parser's tables.
. /lib.sh

[[ -d /tests ]] || exit 0
export DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 DOTNET_TieredPGO=0 DOTNET_CLI_TELEMETRY_OPTOUT=1
export LD_LIBRARY_PATH=/tests/lib
export PATH=$PATH:/usr/share/dotnet
cd /tests || exit 1
./Rheo.KernelTests --filter-namespace Rheo.KernelTests.Bpf --filter-namespace Rheo.KernelTests.Gen \
  --filter-namespace Rheo.KernelTests.Links --filter-class Rheo.KernelTests.Flow.ParserTests \
  --no-ansi --progress off --output detailed --results-directory /tmp/results --report-xunit-xml --report-xunit-xml-filename r.xml >/tmp/tests.out 2>&1
code=$?
sed 's/^/# /' /tmp/tests.out | grep -v '^# *$' | cut -c1-240 | tail -n 150
echo "note: the tests ended with $code"
