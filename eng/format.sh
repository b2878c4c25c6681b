# shellcheck shell=bash
# One layout for all: .editorconfig for C#, .clang-format (kernel style) for bpf/.

# format [--check]
format() {
  local check='' wrong=0 sources
  case ${1:-} in
    '') ;;
    --check) check=1 ;;
    *) fail 2 "./dev format has no option '$1'" ;;
  esac
  ensure format
  mapfile -t sources < <(find bpf bench/bpf src/Rheo/Bench/bpf src/Rheo/Native tests/Rheo.KernelTests/bpf \( -name '*.c' -o -name '*.h' \) -not -path '*/vmlinux/*' | sort)
  if [[ -n $check ]]; then
    clang-format-19 --dry-run --Werror "${sources[@]}" || wrong=1
    "$DOTNET" format whitespace . --folder --verify-no-changes --exclude '**/obj/' '**/bin/' artifacts || wrong=1
    ((wrong == 0)) || fail 1 "the files named above are not formatted: ./dev format"
  else
    as_owner clang-format-19 -i "${sources[@]}"
    as_owner "$DOTNET" format whitespace . --folder --exclude '**/obj/' '**/bin/' artifacts
  fi
}
