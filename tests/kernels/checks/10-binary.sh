#!/bin/bash
# It starts, says who it is, and says what it lacks.
. /lib.sh

is "the version is printed" 0 "$(rheo --version >/tmp/version; echo $?)"
expect "the version is a number" grep -Eq '^[0-9]+\.[0-9]+' /tmp/version
is "a wrong word is a usage error" 2 "$(rheo flows 'tcp and and' 2>/dev/null; echo $?)"
is "without rights it ends with 3" 3 "$(setpriv --bounding-set=-all --inh-caps=-all --no-new-privs rheo flows --duration 1s >/dev/null 2>/tmp/rights; echo $?)"
expect "and names the rights that it lacks" grep -q CAP_ /tmp/rights
