#!/bin/bash
# life.sh OLD.deb NEW.deb: the life of the package on a scratch machine without systemd, from installation to purge. Ends with 1 and
# says what is wrong, at the first thing that is.
set -euo pipefail
old=/run/artifacts/$1 new=/run/artifacts/$2

say() { echo "life: $*"; }
must() { "$@" || { say "not so: $*"; exit 1; }; }
must_not() { if "$@"; then say "should not be so: $*"; exit 1; fi; }
quietly() { "$@" >/tmp/said 2>&1 || { cat /tmp/said; say "failed: $*"; exit 1; }; }

# What the file system shows now and did not show before, without the books of dpkg and man.
changed_files() {
  (cd /run/changes && find . -mindepth 1 \( -type f -o -type c -o -type l \) -printf '%P\n') |
    grep -v -e '^var/lib/dpkg/' -e '^var/cache/man/' -e '^var/log/' -e '^tmp/' -e '^run/' -e '^etc/\(passwd\|group\|shadow\|gshadow\|subuid\|subgid\)-\?$' -e '^etc/.pwd.lock$' || true
}

accounts() { cat /etc/passwd /etc/group; }

until_true() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  say "does not come true: $*"
  return 1
}

# Starts what the unit's ExecStart says, asks it, reloads, ends it.
serve() {
  local line agent
  line=$(sed -n 's/^ExecStart=//p' /lib/systemd/system/rheo.service)
  $line 2>/tmp/agent.log &
  agent=$!
  until_true curl -sf http://127.0.0.1:9460/readyz || { cat /tmp/agent.log; exit 1; }
  kill -TERM $agent
  must wait $agent
}

# A machine on which it was before would prove nothing.
dpkg --purge rheo >/dev/null 2>&1 || true
accounts >/tmp/accounts.before
changed_files | sort >/tmp/files.before

say "install"
quietly dpkg --install "$old"
must id -u rheo
must test "$(stat -c '%U:%G %a' /etc/rheo/rheo.yaml)" = 'root:root 644'
must rheo config check
must bash -n /usr/share/bash-completion/completions/rheo
for page in rheo rheo-agent rheo-flows rheo-config; do must test -s "$(man -w 1 $page)"; done
must test -s "$(man -w 5 rheo.yaml)"
quietly systemd-analyze verify --man=no /lib/systemd/system/rheo.service
quietly md5sum --check --quiet <(sed 's:  :  /:' /var/lib/dpkg/info/rheo.md5sums)
serve

say "again, as after an interruption"
quietly /var/lib/dpkg/info/rheo.postinst configure ''
quietly /var/lib/dpkg/info/rheo.postinst configure ''

say "upgrade; the configuration is the administrator's"
echo 'max_conversations: 4242' >>/etc/rheo/rheo.yaml
uid=$(id -u rheo)
quietly dpkg --install --force-confold "$new"
must test "$(dpkg-query -W -f '${Version}' rheo)" = "$(dpkg-deb -f "$new" Version)"
must grep -q 4242 /etc/rheo/rheo.yaml
must test "$(id -u rheo)" = "$uid"
must_not test -e /etc/rheo/rheo.yaml.dpkg-new
serve
mkdir -p /var/lib/rheo && touch /var/lib/rheo/state

say "remove; the configuration stays"
quietly dpkg --remove rheo
must_not test -e /usr/bin/rheo
must grep -q 4242 /etc/rheo/rheo.yaml

say "purge; nothing stays"
quietly dpkg --purge rheo
quietly /bin/sh -c 'dpkg --purge rheo || true'
accounts >/tmp/accounts.after
must cmp /tmp/accounts.before /tmp/accounts.after
changed_files | sort >/tmp/files.after
must diff /tmp/files.before /tmp/files.after
must_not test -e /etc/rheo
say "clean"
