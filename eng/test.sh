# shellcheck shell=bash
# Running the tests: each project is a program of its own; their results are summed into the last line.

passed=0 failed=0 skipped=0

# run_tests [FILTER] [--fast]
run_tests() {
  local filter='' fast='' argument
  for argument in "$@"; do
    case $argument in
      --fast) fast=1 ;;
      -*) fail 2 "./dev test has no option '$argument'" ;;
      *) filter=$argument ;;
    esac
  done
  if [[ -z $fast ]]; then
    need_root "the kernel tests" "sudo ./dev test (or ./dev test --fast for the others)"
    ensure build run test package
    if [[ ${CI:-} == true && -z $filter ]]; then ensure kernels; fi
    # One kind of test or one case must not wait for a native build; those who want the binary say that it is old.
    if [[ -z $filter ]]; then build_native_if_stale; fi
  else
    ensure build format
  fi
  offer_native
  build_tests
  run_project Rheo.Tests "$filter" || true
  if [[ -z $fast ]]; then run_project Rheo.KernelTests "$filter" || true; fi
  if [[ ${CI:-} == true && -z $fast$filter ]]; then run_kernels; fi
  sum_up
}

# RHEO_BINARY tells the tests where the native binary is; unset when there is none that fits the sources.
offer_native() {
  unset RHEO_BINARY
  if native_is_stale; then
    note "artifacts/rheo is missing or old: tests of the native binary are skipped (./dev build)"
  else
    export RHEO_BINARY=$PWD/artifacts/rheo
  fi
}

build_tests() {
  step "Building the tests"
  as_owner "$DOTNET" build Rheo.slnx -v quiet -nologo >&2 && return
  complain "the build failed"
  failed=1
  sum_up
}

# run_project NAME FILTER: adds to the sums. A program that dies before its report counts as one failure.
run_project() {
  local name=$1 filter=$2 code=0 report=artifacts/tests/$1.xml
  local options=(--results-directory artifacts/tests --report-xunit-xml --report-xunit-xml-filename "$name.xml")
  [[ -z $filter ]] || options+=(--filter-method "*$filter*")
  [[ -t 1 && -z ${NO_COLOR:-} ]] || options+=(--no-ansi --progress off)
  step "Running $name"
  # The folder is the owner's also under sudo: who runs the tests without it next replaces the reports.
  as_owner mkdir -p artifacts/tests || true
  if ! rm -f "$report"; then
    complain "$report is in the way, and would be taken for this run's: sudo rm -r artifacts/tests"
    ((failed += 1))
    return
  fi
  timeout --foreground --kill-after=20 "${RHEO_TEST_LIMIT:-40m}" \
    "tests/$name/bin/Debug/net10.0/$name" "${options[@]}" </dev/null || code=$?
  count_report "$report" "$name" "$code" "$filter"
  if [[ ${CI:-} == true ]]; then once_more "$name" "$report"; fi
}

# once_more NAME REPORT: on a busy machine a test may lose a race against the others that run beside it. Few that failed are run again,
# one after the other and alone: what passes then is said, and counts as passed.
once_more() {
  local name=$1 report=$2 again=artifacts/tests/$1.again.xml methods still before
  [[ -s $report ]] || return 0
  mapfile -t methods < <(failed_methods "$report")
  ((${#methods[@]} > 0 && ${#methods[@]} <= 8)) || return 0
  step "Running again, alone: ${methods[*]}"
  rm -f "$again"
  timeout --foreground --kill-after=20 10m "tests/$name/bin/Debug/net10.0/$name" --no-ansi --progress off --parallel none \
    --filter-method "${methods[@]}" --results-directory artifacts/tests --report-xunit-xml --report-xunit-xml-filename "$name.again.xml" </dev/null || true
  [[ -s $again ]] || return 0
  still=$(failed_tests "$again" | wc -l)
  before=$(failed_tests "$report" | wc -l)
  ((still < before)) || return 0
  complain "$((before - still)) of $before that had failed passed alone, and count as passed"
  ((failed -= before - still, passed += before - still)) || true
}

# failed_tests REPORT: a line for each test that failed. failed_methods REPORT: their methods, each once.
failed_tests() { sed 's/<test /\n&/g' "$1" | grep -o '^<test [^>]* result="Fail"[^>]*' || true; }
failed_methods() { failed_tests "$1" | sed -n 's/.* type="\([^"]*\)".* method="\([^"]*\)".*/\1.\2/p' | sort -u; }

count_report() {
  local report=$1 name=$2 code=$3 filter=$4 totals='' key
  local -A of=([passed]=0 [failed]=0 [skipped]=0 [errors]=0)
  if [[ -s $report ]]; then totals=$(grep -o '<assembly [^>]*>' "$report" | head -n 1); fi
  for key in "${!of[@]}"; do
    [[ $totals =~ [[:space:]]$key=\"([0-9]+)\" ]] && of[$key]=${BASH_REMATCH[1]}
  done
  ((passed += of[passed], failed += of[failed] + of[errors], skipped += of[skipped])) || true
  if ((code == 124 || code == 137)); then
    complain "$name did not end within ${RHEO_TEST_LIMIT:-40m}"
    ((failed += 1))
  elif ((code == 8)) && [[ -n $filter ]]; then
    : # no test of this project fits the filter; sum_up asks for one at least in all
  elif ((code != 0 && of[failed] + of[errors] == 0)); then
    complain "$name ended with exit code $code"
    ((failed += 1))
  fi
}

# The last line, and the exit code that goes with it.
sum_up() {
  if ((passed + failed == 0)); then complain "no test has run"; fi
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0 && passed > 0)) || exit 1
  exit 0
}
