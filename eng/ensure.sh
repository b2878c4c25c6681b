# shellcheck shell=bash disable=SC2034 # the lists are read by name, as packages_SET
# What each command needs from the system: Debian packages by name, and the .NET SDK.

# The AOT linker wants gcc and the C library's start files; clang-19 compiles bpf/.
# Node.js builds the page in web/.
packages_build=(clang-19 llvm-19 libbpf-dev libelf-dev zlib1g-dev gcc libc6-dev nodejs npm)
packages_run=(iproute2)
packages_test=(zsh fish mandoc man-db bpftool clang-format-19 nftables iperf3 nginx-light wrk tshark prometheus ethtool jq util-linux tcpdump chromium openssl)
packages_package=(umoci skopeo libssl3)
packages_bench=(softflowd python3)
packages_kernels=(qemu-system-x86 busybox-static xz-utils iproute2 ethtool jq)
packages_format=(clang-format-19)

# Packages that bring a service which Debian would start and enable. The tests run their own copies.
services=(nginx prometheus iperf3 softflowd)

# ensure SET...: everything in these sets is installed when it returns, and DOTNET names the SDK.
ensure() {
  local wanted=() missing=() set
  for set in "$@"; do
    local -n list="packages_$set"
    wanted+=("${list[@]}")
  done
  find_missing
  ((${#missing[@]} == 0)) || install_missing
  find_dotnet
}

# Sets `missing` from `wanted`, by one question to dpkg.
find_missing() {
  local package
  if ! command -v dpkg-query >/dev/null; then
    complain "this is no Debian: make sure yourself that you have the equivalents of ${wanted[*]}"
    return
  fi
  local -A installed=()
  while read -r package; do
    installed[$package]=1
  # dpkg-query exits 1 when it does not know one of the names, which is a proper answer here.
  done < <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^installed //p')
  for package in "${wanted[@]}"; do
    [[ -n ${installed[$package]:-} ]] || missing+=("$package")
  done
  # Any flavour of nginx will do; asking for the light one would remove the one that is there.
  if PATH=$PATH:/usr/sbin command -v nginx >/dev/null; then leave_out nginx-light; fi
  # So will a Node.js from elsewhere, which Debian's own packages would fight with.
  if command -v node >/dev/null && command -v npm >/dev/null; then leave_out nodejs npm; fi
}

# leave_out PACKAGE...: takes them off `missing`.
leave_out() {
  local package kept=()
  for package in "${missing[@]}"; do
    [[ " $* " == *" $package "* ]] || kept+=("$package")
  done
  missing=("${kept[@]}")
}

install_missing() {
  local as_root=()
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null && ! { [[ -t 0 ]] && command -v sudo >/dev/null; }; then
      fail 3 "packages are missing, and only root can install them:" \
        "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    as_root=(sudo)
  fi
  step "Installing from Debian (a minute or two): ${missing[*]}"
  "${as_root[@]}" bash eng/install-quietly.sh "${services[*]}" "${missing[@]}" ||
    fail 3 "could not install them; the lines above are apt's own"
}

# Sets DOTNET and what programs built by it need to find their runtime. Under sudo, PATH and HOME are often root's.
find_dotnet() {
  local owner_home candidate
  owner_home=$(getent passwd "${SUDO_USER:-}" | cut -d: -f6) || owner_home=''
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-/nowhere}/dotnet" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet /opt/dotnet/dotnet \
    "${HOME:-/nowhere}/.dotnet/dotnet" "${owner_home:-/nowhere}/.dotnet/dotnet"; do
    [[ -x $candidate ]] || continue
    if "$candidate" --list-sdks | grep -q '^10\.'; then
      DOTNET=$(readlink -f "$candidate")
      export DOTNET_ROOT=${DOTNET%/*}
      [[ :$PATH: == *:$DOTNET_ROOT:* ]] || export PATH=$PATH:$DOTNET_ROOT
      export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
      export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_GENERATE_ASPNET_CERTIFICATE=false
      return
    fi
  done
  fail 3 "the .NET 10 SDK was not found (looked in PATH, \$DOTNET_ROOT, /usr/share/dotnet, /usr/lib/dotnet, ~/.dotnet)." \
    "Install it (package dotnet-sdk-10.0, or the install script of https://dot.net) and try again."
}
