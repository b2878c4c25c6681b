#!/usr/bin/env bash
# scratch.sh COMMAND...: runs a command as root on a scratch copy of this machine: its files, with every change kept in memory
# and shown to the command in /run/changes; its own processes and a network of its own, with a loopback only. All of it is
# gone when the command ends. What the command finds in /run/artifacts is the
# caller's folder $SCRATCH_ARTIFACTS.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
  folder=$(mktemp -d)
  trap 'rmdir "$folder"' EXIT
  # The kernel ends all that was started in there together with the first of its processes; the mounts go with the namespace.
  unshare --mount --pid --net --uts --ipc --fork --kill-child "$0" --inside "$folder" "$@"
  exit
fi
folder=$2
shift 2

mount -t tmpfs -o mode=755 scratch "$folder"
mkdir "$folder/changes" "$folder/work" "$folder/root"
mount -t overlay -o "lowerdir=/,upperdir=$folder/changes,workdir=$folder/work" overlay "$folder/root"
root=$folder/root
mount -t tmpfs -o mode=755 scratch "$root/run"
mount -t tmpfs scratch "$root/tmp"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /dev "$root/dev"
mkdir "$root/run/artifacts" "$root/run/changes"
mount --bind "${SCRATCH_ARTIFACTS:-/var/empty}" "$root/run/artifacts" 2>/dev/null || true
mount --bind "$folder/changes" "$root/run/changes"
ip link set lo up
exec chroot "$root" env --chdir=/ HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
