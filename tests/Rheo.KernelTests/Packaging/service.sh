#!/bin/bash
# service.sh: the life of the package's service under a real systemd, in its real sandbox. Ends with 1 and says what is wrong,
# at the first thing that is.
set -euo pipefail

say() { echo "service: $*"; }
must() { "$@" || { say "not so: $*"; systemctl status --no-pager --full rheo || true; cat /run/artifacts/log; exit 1; }; }
quietly() { "$@" >/tmp/said 2>&1 || { cat /tmp/said; say "failed: $*"; exit 1; }; }
property() { systemctl show --property "$1" --value rheo; }
serves() { curl -sf http://127.0.0.1:9460/readyz; }
until_true() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  must "$@"
}
main() { property MainPID; }
core() { cat /proc/"$(main)"/task/*/children; }
right() { awk -v name="$2:" '$1 == name { print $2 }' "/proc/$1/status"; }
restarts() { must test "$(property NRestarts)" = "$1"; }
complaint() { grep -i -e 'warning' -e 'error' -e 'denied' -e 'not permitted' /run/artifacts/log; }

say "install: it starts by itself, with few rights, and nothing to complain about"
dpkg --purge rheo >/dev/null 2>&1 || true
mkdir -p /run/systemd/system/rheo.service.d # there is no journal here
printf '[Service]\nStandardError=append:/run/artifacts/log\n' >/run/systemd/system/rheo.service.d/log.conf
quietly dpkg --install /run/artifacts/rheo_0.0.4_*.deb
until_true serves
must test "$(right "$(core | tr -d ' ')" CapEff)" = 0000000000000000
must test "$(right "$(core | tr -d ' ')" CapBnd)" = 0000000000000000
must test "$(right "$(main)" NoNewPrivs) $(right "$(core | tr -d ' ')" Seccomp)" = "1 2"
must test -S /run/rheo/rheo.sock
rheo flows --duration 300ms >/tmp/flows 2>&1
must grep -q 'through the agent' /tmp/flows
if complaint; then must false; fi

say "a core that is killed is replaced at once, and nobody else notices"
kill -KILL "$(core | tr -d ' ')"
sleep 1
until_true serves
restarts 0

say "a warden that is killed takes all with it, and systemd starts another"
kill -KILL "$(main)"
sleep 2.5
until_true serves
restarts 1
must test -S /run/rheo/rheo.sock

say "reload"
main=$(main)
must systemctl reload rheo
until_true serves
must test "$(main)" = "$main"
must test -S /run/rheo/rheo.sock
rheo flows --duration 300ms >/tmp/flows 2>&1
must grep -q 'through the agent' /tmp/flows

say "upgrade: the new version goes on in the same process"
before=$(curl -sf http://127.0.0.1:9460/metrics | awk '$1 == "rheo_conversations_opened_total" { print $2 }')
quietly dpkg --install /run/artifacts/rheo_0.0.5_*.deb
until_true serves
must test "$(main)" = "$main"
restarts 1
upgraded() { grep -q 'without a gap' /run/artifacts/log; }
until_true upgraded
until_true serves
after=$(curl -sf http://127.0.0.1:9460/metrics | awk '$1 == "rheo_conversations_opened_total" { print $2 }')
must test "$after" -ge "$before"
if complaint; then must false; fi

say "stop and remove: nothing stays"
quietly systemctl stop rheo
must test "$(property Result)" = success
must test ! -e /run/rheo/rheo.sock
quietly dpkg --purge rheo
must test ! -e /run/rheo
must test ! -e /lib/systemd/system/rheo.service

say "clean"
