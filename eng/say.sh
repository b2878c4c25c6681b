# shellcheck shell=bash
# Messages of ./dev: always on stderr, so that stdout stays for data; colour on a terminal only.

red='' bold='' plain=''
if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  red=$'\e[31m' bold=$'\e[1m' plain=$'\e[0m'
fi

# step TEXT: what begins now.
step() { printf '%s==> %s%s\n' "$bold" "$1" "$plain" >&2; }

# note TEXT: a line under the step.
note() { printf '    %s\n' "$1" >&2; }

# complain TEXT: something is wrong, but we go on.
complain() { printf '%s./dev: %s%s\n' "$red" "$1" "$plain" >&2; }

# fail CODE TEXT...: one line each, then the end.
fail() {
  local code=$1 line
  shift
  for line in "$@"; do complain "$line"; done
  exit "$code"
}

# need_root WHAT COMMAND: WHAT cannot be done by an ordinary user.
need_root() {
  ((EUID == 0)) || fail 3 "$1 need root: $2"
}
