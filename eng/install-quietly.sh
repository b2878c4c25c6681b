#!/usr/bin/env bash
# install-quietly.sh "SERVICE ..." PACKAGE...: installs Debian packages without letting them start or enable a
# service: the machine is the user's. Needs root.
set -euo pipefail

services=$1
shift
policy=${POLICY_RC_D:-/usr/sbin/policy-rc.d}
kept=$policy.rheo-kept
mark="# Of Rheo's ./dev, as long as it installs packages."

restore() {
  rm -f "$log"
  if [[ -e $kept || -L $kept ]]; then mv -f "$kept" "$policy"; else rm -f "$policy"; fi
}

# Two at once would take each other's policy for the machine's own, and leave it there for ever.
wait_for_others() {
  exec 9<"${policy%/*}"
  flock --nonblock 9 && return
  echo "waiting for another ./dev that installs packages" >&2
  flock 9
}

# Debian asks this file before it starts a service; 101 says no. One that is there already is put back afterwards, unless it is of an
# installation that was killed.
forbid_services() {
  if [[ -e $policy || -L $policy ]] && ! grep -qsxF "$mark" "$policy"; then mv -f "$policy" "$kept"; fi
  trap restore EXIT
  printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
  chmod 755 "$policy"
}

# Names of the given services that exist now; those from before are the user's choice and stay as they are.
units() {
  local service
  for service in $services; do
    [[ -e /lib/systemd/system/$service.service || -e /etc/init.d/$service ]] && echo "$service"
  done
  return 0
}

# install PACKAGE...: apt's chatter is shown when it fails, and only then.
install() {
  export DEBIAN_FRONTEND=noninteractive
  {
    apt-get update -qq &&
      apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
  } </dev/null >"$log" 2>&1 && return
  tail -n 30 "$log" >&2
  return 1
}

# disable_new BEFORE: what the packages brought does not start at the next boot either.
disable_new() {
  local service
  for service in $(units); do
    [[ $'\n'$1$'\n' == *$'\n'$service$'\n'* ]] || disable "$service" >>"$log" 2>&1 ||
      echo "could not disable the new service $service" >&2
  done
}

disable() {
  if command -v systemctl >/dev/null; then systemctl disable "$1"; else update-rc.d "$1" disable; fi
}

wait_for_others
before=$(units)
log=$(mktemp)
forbid_services
install "$@" 9<&-
disable_new "$before"
