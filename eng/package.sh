# shellcheck shell=bash
# ./dev package: the Debian package and the OCI image, both from artifacts/rheo, both the same from the same sources.

# package [deb|image]
package() {
  case ${1:-all} in
    deb | image | all) ;;
    *) fail 2 "./dev package knows deb and image, not '$1'" ;;
  esac
  ensure build package
  build_native_if_stale
  # Times in the archives are those of the sources, not of the packing.
  SOURCE_DATE_EPOCH=$(date -u -d "$(sed -n 's:.*<ReleaseDate>\(.*\)</ReleaseDate>.*:\1:p' Directory.Build.props)" +%s)
  export SOURCE_DATE_EPOCH
  created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)
  version=${RHEO_PACKAGE_VERSION:-$(artifacts/rheo --version)}
  architecture=$(dpkg --print-architecture)
  if [[ ${1:-all} != image ]]; then package_deb; fi
  if [[ ${1:-all} != deb ]]; then package_image; fi
}

package_deb() {
  local root=artifacts/package/deb file=artifacts/rheo_${version}_$architecture.deb
  step "Packing $file"
  rm -rf "$root"
  fill_root "$root"
  fill_control "$root"
  find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zzstd --build "$root" "$file" >/dev/null || fail 1 "dpkg-deb failed"
  rm -rf artifacts/package
  note "$file: $(($(stat -c %s "$file") / 1024)) KiB"
}

# fill_root ROOT: what is installed.
fill_root() {
  local root=$1 page
  install -D -m 755 artifacts/rheo "$root/usr/bin/rheo"
  install -D -m 644 deploy/debian/rheo.yaml "$root/etc/rheo/rheo.yaml"
  install -D -m 644 deploy/systemd/rheo.service "$root/lib/systemd/system/rheo.service"
  install -D -m 644 deploy/systemd/rheo.sysusers.conf "$root/usr/lib/sysusers.d/rheo.conf"
  install -D -m 644 deploy/systemd/rheo.tmpfiles.conf "$root/usr/lib/tmpfiles.d/rheo.conf"
  install -D -m 644 deploy/completion/rheo.bash "$root/usr/share/bash-completion/completions/rheo"
  install -D -m 644 deploy/completion/rheo.zsh "$root/usr/share/zsh/vendor-completions/_rheo"
  install -D -m 644 deploy/completion/rheo.fish "$root/usr/share/fish/vendor_completions.d/rheo.fish"
  install -D -m 644 deploy/debian/copyright "$root/usr/share/doc/rheo/copyright"
  install -D -m 644 CHANGELOG.md "$root/usr/share/doc/rheo/changelog"
  artifacts/rheo man --directory "$root/usr/share/man"
  for page in "$root"/usr/share/man/*/*; do chmod 644 "$page"; done
  gzip -9n "$root"/usr/share/man/*/* "$root/usr/share/doc/rheo/changelog"
  find "$root" -type d -exec chmod 755 {} +
}

# fill_control ROOT: what dpkg reads.
fill_control() {
  local root=$1 size script maintainer="${DEBFULLNAME:-The Rheo authors} <${DEBEMAIL:-noreply@rheo.invalid}>"
  size=$(du -sk "$root" | cut -f1)
  mkdir -m 755 "$root/DEBIAN"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    -e "s|@MAINTAINER@|${maintainer//[|&\\]/}|" deploy/debian/control >"$root/DEBIAN/control"
  install -m 644 deploy/debian/conffiles "$root/DEBIAN/conffiles"
  for script in postinst prerm postrm; do install -m 755 "deploy/debian/$script" "$root/DEBIAN/$script"; done
  (cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
}

# No base image: the binary, the C library that it was linked against, and what both read.
package_image() {
  local file=artifacts/rheo_${version}_$architecture.oci.tar layout=artifacts/package/oci bundle=artifacts/package/bundle
  step "Packing $file"
  rm -rf artifacts/package
  mkdir -p artifacts/package
  umoci init --layout "$layout" && umoci new --image "$layout:$version" &&
    umoci unpack --rootless --image "$layout:$version" "$bundle" >/dev/null 2>&1 || fail 1 "umoci failed"
  fill_image "$bundle/rootfs"
  find "$bundle/rootfs" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  umoci repack --image "$layout:$version" --history.created "$created" "$bundle" >/dev/null 2>&1 || fail 1 "umoci failed"
  add_socket_folder "$bundle/rootfs"
  umoci config --image "$layout:$version" --created "$created" --history.created "$created" \
    --author "The Rheo authors" --architecture "$architecture" --os linux \
    --config.entrypoint /usr/bin/rheo --config.cmd agent --config.exposedports 9460 \
    --config.label org.opencontainers.image.title=rheo --config.label "org.opencontainers.image.version=$version" \
    --config.label org.opencontainers.image.licenses=Apache-2.0
  umoci gc --layout "$layout" >/dev/null
  rm -f "$file"
  skopeo --insecure-policy copy --quiet "oci:$layout:$version" "oci-archive:$file:rheo:$version" || fail 1 "skopeo failed"
  rm -rf artifacts/package
  note "$file: $(($(stat -c %s "$file") / 1024)) KiB"
}

# add_socket_folder ROOTFS: the folder of the agent's socket is the core's, as in the package, since in a container with few rights nobody may give
# it away. Who packs need not be root, so it is a layer of its own, in which it has its owner.
add_socket_folder() {
  local tar=artifacts/package/socket.tar id
  id=$(sed -n 's/^rheo:x:\([0-9]*\):.*/\1/p' deploy/oci/passwd)
  tar --create --file "$tar" --directory "$1" --numeric-owner --owner="$id" --group="$id" --mode=0700 --mtime="@$SOURCE_DATE_EPOCH" run/rheo &&
    umoci raw add-layer --image "$layout:$version" --history.created "$created" "$tar" >/dev/null 2>&1 ||
    fail 1 "umoci failed"
}

# fill_image ROOTFS
fill_image() {
  local root=$1 library tls
  # The .NET runtime looks for OpenSSL when it runs, so no linker knows of it; it wants random numbers from there, too.
  tls=$(ldconfig -p | sed -n 's/.*libssl\.so\.3 .*=> //p' | head -n 1)
  [[ -n $tls ]] || fail 3 "libssl.so.3 is missing: apt-get install libssl3"
  install -D -m 755 artifacts/rheo "$root/usr/bin/rheo"
  # "libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)", and the loader by its path alone.
  while read -r library; do
    install -D -m 755 "$(readlink -f "$library")" "$root$library"
  done < <({ ldd artifacts/rheo && ldd "$tls" && echo "$tls"; } | grep -o '/[^ :]*' | sort -u)
  install -D -m 644 deploy/oci/passwd "$root/etc/passwd"
  install -D -m 644 deploy/oci/group "$root/etc/group"
  mkdir -p "$root/etc/rheo" "$root/proc" "$root/sys"
  mkdir -m 1777 "$root/tmp"
  mkdir -p -m 755 "$root/run/rheo" "$root/var/lib/rheo"
}
