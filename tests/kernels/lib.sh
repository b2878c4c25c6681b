# shellcheck shell=bash
# For the checks: results, and a playground of one veth pair whose other end is a namespace of its own.

# ok TEXT / bad TEXT: a result that stands.
ok() { echo "ok: $1"; }
bad() { echo "not ok: $1"; }
skip() { echo "skip: $1"; }

# expect TEXT COMMAND...: TEXT holds if COMMAND succeeds.
expect() {
  local text=$1
  shift
  if "$@" >/tmp/expect.out 2>&1; then
    ok "$text"
  else
    bad "$text"
    sed 's/^/# /' /tmp/expect.out | head -n 20
  fi
}

# is TEXT WANTED FOUND
is() {
  if [[ $2 == "$3" ]]; then
    ok "$1"
  else
    bad "$1"
    echo "# wanted $2, found $3"
  fi
}

# give_up TEXT FILE PROCESS: nothing that follows in this check would mean anything; the process is ended.
give_up() {
  bad "$1"
  sed 's/^/# /' "$2" | head -n 20
  kill -TERM "$3"
  wait "$3"
  exit 0
}

# is_at_least VERSION: this kernel is that version or a later one.
is_at_least() {
  local major minor wanted least
  IFS=.- read -r major minor _ <<<"$(uname -r)"
  IFS=. read -r wanted least <<<"$1"
  ((major > wanted || (major == wanted && minor >= least)))
}

has_tcx() { is_at_least 6.6; }

make_playground() {
  ip netns del far 2>/dev/null
  ip netns add far
  ip netns exec far bash -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
  ip link add near type veth peer name far netns far
  ip addr add 10.77.0.1/24 dev near
  ip link set near up
  ip -n far addr add 10.77.0.2/24 dev far
  ip -n far link set far up
  ip -n far link set lo up
}

remove_playground() { ip netns del far; }

# rest SECONDS: without a process, of which a guest can start some ten a second.
[[ -p /tmp/never ]] || mkfifo /tmp/never
exec 9<>/tmp/never
rest() { read -rt "$1" -u 9 || true; }

# await SECONDS COMMAND...: asks again until it succeeds. Asks the time since the start, for the clock may be the thing that is tried.
await() {
  local now end
  read -r now _ </proc/uptime
  end=$((${now%.*} + $1))
  shift
  while ((${now%.*} <= end)); do
    "$@" >/dev/null 2>&1 && return
    rest 0.25
    read -r now _ </proc/uptime
  done
  return 1
}

# listens udp|tcp PORT: somebody in the namespace does.
listens() { ip netns exec far grep -Eqh ":$(printf '%04X' "$2") 0+:0000" "/proc/net/$1" "/proc/net/${1}6"; }

# says FILE TEXT
says() {
  local lines
  mapfile -t lines <"$1" && [[ ${lines[*]} == *"$2"* ]]
}

# start_flows NAME ARGUMENTS...: rheo flows in the background; its JSON in /tmp/NAME.json, its messages in /tmp/NAME.err, its id in $watcher.
start_flows() {
  local name=$1
  shift
  : >"/tmp/$name.err" # what an earlier one said
  rheo flows --duration 5m -o json "$@" >"/tmp/$name.json" 2>"/tmp/$name.err" &
  watcher=$!
  await 60 says "/tmp/$name.err" watching || give_up "rheo flows does not begin to watch" "/tmp/$name.err" "$watcher"
}

# stop_flows: a person's Ctrl-C; gives its exit code.
stop_flows() {
  kill -TERM "$watcher"
  wait "$watcher"
}

# start_agent: serving on the usual port; its id in $agent.
start_agent() {
  : >/tmp/agent.err
  rheo agent "$@" >/tmp/agent.out 2>/tmp/agent.err &
  agent=$!
  await 60 says /tmp/agent.err serving || give_up "the agent does not serve" /tmp/agent.err "$agent"
}

get() { wget -q -O - "http://127.0.0.1:9460$1"; }

# metric NAME: the sum over its labels.
metric() { get /metrics | awk -v name="$1" 'index($1, name) == 1 && substr($1, length(name) + 1, 1) ~ /^[{]?$/ { sum += $2 } END { printf "%.0f\n", sum }'; }

# interface_count NAME packets|bytes: both directions, as the kernel counts them.
interface_count() {
  echo $(($(cat "/sys/class/net/$1/statistics/rx_$2") + $(cat "/sys/class/net/$1/statistics/tx_$2")))
}

# interface_packets NAME: of both directions.
interface_packets() { interface_count "$1" packets; }

# of_ours: what is attached to `near`, a line each.
of_ours() {
  tc filter show dev near ingress 2>/dev/null | grep rheo
  tc filter show dev near egress 2>/dev/null | grep rheo
}
