#!/usr/bin/env bash
# playground.sh SCRIPT: runs a documented command as a reader would, on a small machine of its own: a network namespace
# whose eth0 (192.0.2.1) has a neighbour (192.0.2.2), a steady TCP stream to its port 443, and, where the command asks
# for the agent's address, a running agent. `rheo` must be in PATH. Ends with the script's exit code.
set -euo pipefail

script=$1
here=rheo-docs-$$
there=rheo-docs-peer-$$
streams=

clean_up() {
  local children
  exec 2>/dev/null # bash would tell of each process that was killed
  # The stream has nothing to say at its end, and a SIGTERM may find iperf3 where it cannot take one: it would hang for ever.
  # shellcheck disable=SC2086 # one word for each process
  [[ -z $streams ]] || kill -KILL $streams 2>/dev/null || true
  children=$(jobs -p)
  # shellcheck disable=SC2086 # one word for each child
  [[ -z $children ]] || kill $children 2>/dev/null || true
  wait || true
  ip netns delete "$here" 2>/dev/null || true
  ip netns delete "$there" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 143' TERM

# Only for the foreground: behind a function in the background stands a shell, and its end would not be the command's.
here() { ip netns exec "$here" "$@"; }
there() { ip netns exec "$there" "$@"; }

# until_true COMMAND...: at most ten seconds.
until_true() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "playground: '$*' did not come true" >&2
  return 1
}

build() {
  ip netns add "$here"
  ip netns add "$there"
  ip -n "$here" link set lo up
  ip -n "$here" link add eth0 type veth peer name eth0 netns "$there"
  ip -n "$here" address add 192.0.2.1/24 dev eth0
  ip -n "$there" address add 192.0.2.2/24 dev eth0
  ip -n "$here" link set eth0 up
  ip -n "$there" link set eth0 up
}

stream() {
  ip netns exec "$there" iperf3 --server --port 443 >/dev/null 2>&1 &
  streams=$!
  until_true there sh -c 'ss -ltn | grep -q :443'
  ip netns exec "$here" iperf3 --client 192.0.2.2 --port 443 --bitrate 2M --time 300 >/dev/null 2>&1 &
  streams="$streams $!"
}

agent() {
  ip netns exec "$here" rheo agent >/dev/null 2>&1 &
  until_true here curl -sf http://127.0.0.1:9460/readyz
}

# The documents say sudo, since a reader needs it; here we are root, and sudo need not be installed.
sudo() { "$@"; }
export -f sudo

build
stream
if grep -q 127.0.0.1:9460 "$script" && ! grep -q 'rheo agent' "$script"; then agent; fi
# In the background, so that a SIGTERM is heard while it runs.
ip netns exec "$here" bash -euo pipefail "$script" </dev/null &
wait $!
