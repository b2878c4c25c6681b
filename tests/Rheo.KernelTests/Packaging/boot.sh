#!/bin/bash
# boot.sh GROUP SCRIPT: makes systemd the first process of a scratch machine, with the control group GROUP for its tree, and SCRIPT
# a service of it. Ends with SCRIPT's exit code; what SCRIPT says is in /run/artifacts/said.
set -euo pipefail
group=$1 script=$2

# A tree of its own: what systemd finds at /sys/fs/cgroup is GROUP.
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir "/sys/fs/cgroup/$group"
echo 0 >"/sys/fs/cgroup/$group/cgroup.procs"
umount /sys/fs/cgroup

# Where services may not be started by packages, this one may: it is what is tried.
rm -f /usr/sbin/policy-rc.d
mkdir -p /run/systemd/system
cat >/run/systemd/system/scratch-check.service <<UNIT
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
Environment=HOME=/root DEBIAN_FRONTEND=noninteractive
ExecStart=/bin/bash -c '/bin/bash $script >/run/artifacts/said 2>&1; systemctl exit \$?'
UNIT
# shellcheck disable=SC2016 # for the inner shell
exec env container=scratch unshare --cgroup bash -c 'mount -t cgroup2 cgroup2 /sys/fs/cgroup &&
  exec /lib/systemd/systemd --system --unit=scratch-check.service --log-target=null --show-status=no'
