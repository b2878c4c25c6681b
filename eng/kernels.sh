# shellcheck shell=bash
# The kernel matrix: Debian's cloud kernels under QEMU without KVM, each with the native binary and the kernel tests inside.

# Series and the Debian suite that ships it.
declare -A kernel_suites=([5.10]=bullseye [6.1]=bookworm [6.12]=trixie)
kernels_cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/rheo/kernels

# What the guests need beside what every guest has: drivers for the playground, traffic control below tcx.
guest_modules=(veth tun bridge vxlan sch_ingress cls_bpf cls_u32 act_bpf)
# Programs of this machine that come along, with the libraries they name.
guest_programs=(bash env ip tc jq setpriv ethtool)

# A guest that hangs is ended after so many seconds; ordinary ones take three to four minutes beside each other.
guest_limit=${RHEO_GUEST_LIMIT:-600}

# run_kernels [SERIES...]: adds to the sums of test.sh.
run_kernels() {
  local series=() argument
  for argument in "$@"; do
    [[ -n ${kernel_suites[$argument]:-} ]] || fail 2 "./dev kernels knows 5.10, 6.1 and 6.12, not '$argument'"
    series+=("$argument")
  done
  ((${#series[@]})) || series=(6.12 6.1 5.10)
  if [[ $(uname -m) != x86_64 ]]; then
    complain "the kernel matrix is for x86-64 hosts: skipped"
    ((skipped += 1))
    return
  fi
  boot_all "${series[@]}"
}

# boot_all SERIES...: all at once, so that no processor waits for the last of them.
boot_all() {
  local series work=artifacts/kernels
  as_owner mkdir -p "$work"
  fetch_kernels "$@"
  step "Building the guests' tests"
  build_guest_tests
  step "Booting Linux $* under QEMU (no KVM needed)"
  pack_payload "$work/payload.cpio" || fail 1 "the guests' files could not be packed"
  for series in "$@"; do
    boot "$series" "$work" &
  done
  wait
  for series in "$@"; do
    if [[ ${CI:-} == true ]]; then boot_once_more "$series" "$work"; fi
  done
  for series in "$@"; do count_guest "$series" "$work/$series.log"; done
}

# fetch_kernels SERIES...: those that the cache lacks, as Debian's packages.
fetch_kernels() {
  local series missing=()
  for series in "$@"; do
    # Asked for other modules than those that were kept, it is fetched again.
    [[ -e $kernels_cache/$series/version && $(cat "$kernels_cache/$series/wanted" 2>/dev/null) == "${guest_modules[*]}" ]] || missing+=("$series")
  done
  ((${#missing[@]})) || return 0
  step "Fetching Debian's cloud kernels: ${missing[*]}"
  mkdir -p "$kernels_cache"
  local apt
  apt=$(mktemp -d)
  mkdir -p "$apt/lists/partial" "$apt/archives/partial"
  if private_apt "$apt" "${missing[@]}"; then
    for series in "${missing[@]}"; do fetch_kernel "$apt" "$series"; done
  fi
  rm -r "$apt"
}

# private_apt FOLDER SERIES...: a sources list of our own, with the mirror that this machine uses anyway. The machine's own
# lists and caches stay as they are.
private_apt() {
  local apt=$1 mirror series
  shift
  # shellcheck disable=SC2016 # apt fills it in
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | grep -v security | head -n 1)
  if [[ -z $mirror ]]; then
    complain "apt has no Debian mirror to fetch kernels from"
    return 1
  fi
  for series in "$@"; do
    echo "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror ${kernel_suites[$series]} main"
  done >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::Cache::Archives "$apt/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Sandbox::User "root";
CONF
  APT_CONFIG=$apt/apt.conf apt-get update -qq >&2 || complain "apt could not read all of the suites"
}

# fetch_kernel APT SERIES: its newest cloud kernel, unpacked; `version` is written last and says that all is there.
fetch_kernel() {
  local apt=$1 series=$2 package here unpacked
  here=$kernels_cache/$series
  package=$(APT_CONFIG=$apt/apt.conf apt-cache show linux-image-cloud-amd64 2>/dev/null |
    sed -n "s/^Depends: \(linux-image-${series//./\\.}[.-][^ ,]*\).*/\1/p" | head -n 1)
  if [[ -z $package ]] || ! (cd "$apt" && APT_CONFIG=$apt/apt.conf apt-get download -qq "$package" >&2); then
    complain "Linux $series cannot be had from Debian's ${kernel_suites[$series]}"
    return
  fi
  unpacked=$apt/$series
  dpkg-deb -x "$apt/${package}"_*.deb "$unpacked"
  rm -rf "$here"
  mkdir -p "$here/modules"
  cp "$unpacked"/boot/vmlinuz-* "$here/vmlinuz"
  pick_modules "$unpacked" "$here/modules"
  echo "${guest_modules[*]}" >"$here/wanted"
  echo "${package#linux-image-}" >"$here/version"
  note "${package#linux-image-}, $(du -sh "$here" | cut -f1) in $here"
}

# pick_modules FROM TO: the guest's modules and those they stand on, numbered in the order to insert them.
pick_modules() {
  local from=$1 to=$2 name
  for name in "${guest_modules[@]}"; do pick_module "$from" "$to" "$name"; done
}

pick_module() {
  local from=$1 to=$2 name=$3 file need
  [[ -z $(find "$to" -name "??-$name.ko") ]] || return 0
  file=$(find "$from" -name "$name.ko" -o -name "$name.ko.xz" | head -n 1)
  [[ -n $file ]] || return 0 # built in, or not there: the checks find out
  local plain=$to/.$name.ko
  if [[ $file == *.xz ]]; then xz -dc "$file" >"$plain"; else cp "$file" "$plain"; fi
  for need in $(modinfo_field "$plain" depends | tr ',' ' '); do pick_module "$from" "$to" "$need"; done
  mv "$plain" "$to/$(printf '%02d' "$(find "$to" -name '??-*.ko' | wc -l)")-$name.ko"
}

# modinfo_field FILE FIELD: modules say what they need in strings of the section .modinfo.
modinfo_field() { tr '\0' '\n' <"$1" | sed -n "s/^$2=//p" | head -n 1; }

# A folder that becomes a guest's root: the agent's core, which is not root, has to get into it.
guest_folder() {
  local folder
  folder=$(mktemp -d)
  chmod 755 "$folder"
  echo "$folder"
}

# pack_payload FILE: what every guest gets: busybox, some programs, the binary, the checks and the kernel tests.
pack_payload() {
  local file root
  file=$(realpath -m "$1")
  root=$(guest_folder)
  mkdir -p "$root"/{bin,sbin,proc,sys,dev,tmp,run,etc,root,mnt,usr/bin}
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  cp "$(command -v busybox)" "$root/bin/busybox"
  cp -r tests/kernels/* "$root/"
  cp artifacts/rheo artifacts/kernels/tests/Rheo.GuestTests "$root/bin/"
  local program
  for program in "${guest_programs[@]}"; do take_along "$root" "$(PATH=$PATH:/usr/sbin:/sbin command -v "$program")" bin; done
  take_libraries "$root" "$root/bin/rheo" "$root/bin/Rheo.GuestTests"
  (cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null) >"$file"
  rm -r "$root"
}

# The kernel tests as one native file: a guest without KVM would spend its minutes in the just-in-time compiler.
build_guest_tests() {
  as_owner "$DOTNET" publish tests/Rheo.GuestTests -c Release --use-current-runtime -o artifacts/kernels/tests \
    -p:RunAnalyzers=false -v quiet -nologo >&2 || fail 1 "the guests' tests could not be built"
}

# take_along ROOT FILE FOLDER: a file and the libraries that it names.
take_along() {
  local root=$1 file=$2 folder=$3
  mkdir -p "$root/$folder"
  cp -L "$file" "$root/$folder/"
  take_libraries "$root" "$file"
}

take_libraries() {
  local root=$1 library
  shift
  for library in $(ldd "$@" 2>/dev/null | grep -o '/[^ :)]*\.so[^ :)]*' | sort -u); do
    [[ $library == */dotnet/* ]] && continue
    [[ -e $root$library ]] || install -D "$(readlink -f "$library")" "$root$library"
  done
}

# boot SERIES WORK: one guest; its console goes to WORK/SERIES.log. Without what a kernel does against faults of processors that QEMU
# does not have, a guest needs half the time: each system call emptied the emulated TLB. One processor: of two, one would often wait for a lock of
# the other, which has no processor of this machine just then. A second one is possible, and absent: there are places for it.
boot() {
  local series=$1 work=$2 here=$kernels_cache/$1 root log=$2/$1.log
  rm -f "$log"
  [[ -e $here/version ]] || return 0
  root=$(guest_folder)
  mkdir "$root/modules"
  cp "$here"/modules/* "$root/modules/"
  # The kernel unpacks several archives one after the other.
  { cat "$work/payload.cpio" && (cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null); } >"$work/$series.initrd"
  rm -r "$root"
  timeout --kill-after=5 "$guest_limit" qemu-system-x86_64 -accel tcg,thread=multi -cpu Nehalem -smp 1,maxcpus=2 -m 1536 \
    -nodefaults -display none -no-reboot -serial "file:$log" \
    -kernel "$here/vmlinuz" -initrd "$work/$series.initrd" \
    -append "console=ttyS0 quiet clearcpuid=141 mitigations=off panic=-1 rdinit=/init" </dev/null >&2 || echo "guest ended by a signal or a time-out" >>"$log"
  rm -f "$work/$series.initrd"
}

# boot_once_more SERIES WORK: a guest in which something failed is booted again, alone: on a busy machine an emulated one may lose a
# race. What failed the first time is said.
boot_once_more() {
  local series=$1 work=$2 log=$2/$1.log
  [[ -e $log ]] || return 0
  if ! grep -q '^not ok: ' "$log" && grep -q '^end: ' "$log"; then return; fi
  step "Booting Linux $series again, alone"
  grep -E '^(not ok: |# )' "$log" | tail -n 40 | sed 's/^/    /' >&2 || true
  mv "$log" "$log.first"
  boot "$series" "$work"
}

# count_guest SERIES LOG: the guest's lines into the sums; a guest that did not reach its end is a failure.
count_guest() {
  local series=$1 log=$2 good bad left
  if [[ ! -e $log ]]; then
    complain "Linux $series was not booted: no kernel"
    ((skipped += 1))
    return
  fi
  tr -d '\r' <"$log" >"$log.plain" && mv "$log.plain" "$log"
  good=$(grep -c '^ok: ' "$log") || true
  bad=$(grep -c '^not ok: ' "$log") || true
  left=$(grep -c '^skip: ' "$log") || true
  step "Linux $(cat "$kernels_cache/$series/version"): $good passed, $bad failed, $left skipped"
  grep -E '^(not ok|skip|note): ' "$log" | sed 's/^/    /' >&2 || true
  if ! grep -q '^end: ' "$log"; then
    complain "the guest did not come to its end; the last lines of $log:"
    tail -n 15 "$log" >&2
    ((bad += 1))
  fi
  if ((bad > 0)); then grep '^# ' "$log" | sed 's/^/    /' | tail -n 40 >&2 || true; fi
  ((passed += good, failed += bad, skipped += left)) || true
}
