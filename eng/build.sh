# shellcheck shell=bash
# Building the native binary, and knowing when it need not be built.

# What the binary is made from.
native_inputs=(src bpf web docs/openapi.json deploy/completion eng Directory.Build.props Directory.Packages.props global.json)

# native_is_stale: true when artifacts/rheo is missing or older than something it is made from. A folder counts too,
# since a file may have left it; a project's own folder does not, since the build makes bin, obj
# or node_modules in it.
native_is_stale() {
  [[ -x artifacts/rheo ]] || return 0
  local newer
  newer=$(find "${native_inputs[@]}" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o \
    -newer artifacts/rheo ! -name '*.md' ! -name '*.sh' ! -exec test -d {}/obj \; ! -exec test -d {}/node_modules \; -print -quit)
  [[ -n $newer ]]
}

build_native_if_stale() {
  if native_is_stale; then build_native; fi
}

build_native() {
  local started=$SECONDS
  step "Building artifacts/rheo (native; about a minute the first time)"
  as_owner mkdir -p artifacts
  # Time of the inputs as read: an edit made while we build leaves the binary stale.
  as_owner touch artifacts/.started
  as_owner "$DOTNET" publish src/Rheo -c Release --use-current-runtime -o artifacts/publish -v quiet -nologo ||
    fail 1 "the build failed"
  # Renamed into place, so that an agent that runs from the old file goes on undisturbed.
  as_owner touch -r artifacts/.started artifacts/publish/rheo
  as_owner mv -f artifacts/publish/rheo artifacts/rheo
  as_owner rm -r artifacts/publish artifacts/.started
  note "artifacts/rheo: $(($(stat -c %s artifacts/rheo) / 1024)) KiB, in $((SECONDS - started)) s"
}

# as_owner COMMAND...: under sudo, do it as the user who called it, if the tree is theirs: no files of root's
# in a user's checkout, and their NuGet cache is used.
as_owner() {
  if ((EUID == 0)) && [[ -n ${SUDO_USER:-} && ${SUDO_UID:-0} != 0 && $(stat -c %u .) == "${SUDO_UID:-}" ]]; then
    runuser -u "$SUDO_USER" -- env HOME="$(getent passwd "$SUDO_USER" | cut -d: -f6)" "$@"
  else
    "$@"
  fi
}
