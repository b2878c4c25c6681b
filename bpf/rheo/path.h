/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Paths of files and cgroups, walked from their end to the root: bounded, and read without trust. */
#ifndef RHEO_PATH_H
#define RHEO_PATH_H

/*
 * Appends a part with its NUL; without room, or without a name, nothing. The length lives in the record: what
 * the verifier reads back from there it knows nothing of, so that it need not follow every length that there
 * can be.
 */
static __always_inline void path_part(__u8 *text, volatile __u16 *length, const void *name)
{
	__u32 at = *length;
	long read;

	if (at > OWNER_TEXT - OWNER_PART)
		return;
	read = bpf_probe_read_kernel_str(text + at, OWNER_PART, name);
	if (read > 1)
		*length = at + read;
}

static __always_inline struct mount *path_mount(struct vfsmount *mnt)
{
	return (void *)mnt - bpf_core_field_offset(struct mount, mnt);
}

/* As the process itself sees it, if it is in no chroot: up to the root of its mount namespace. */
static __always_inline void path_of_file(__u8 *text, volatile __u16 *length, struct file *file)
{
	struct mount *mount = path_mount(BPF_CORE_READ(file, f_path.mnt));
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct dentry *parent;
	struct mount *above;
	int depth;

	*length = 0;
	for (depth = 0; depth < OWNER_DEPTH; depth++) {
		if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
			above = BPF_CORE_READ(mount, mnt_parent);
			if (above == mount)
				break;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			continue;
		}
		parent = BPF_CORE_READ(dentry, d_parent);
		if (!parent || parent == dentry)
			break;
		path_part(text, length, BPF_CORE_READ(dentry, d_name.name));
		dentry = parent;
	}
}

static __always_inline struct kernfs_node *path_cgroup_parent(struct kernfs_node *node)
{
	struct kernfs_node___rcu *newer = (void *)node;

	if (bpf_core_field_exists(newer->__parent))
		return BPF_CORE_READ(newer, __parent);
	return BPF_CORE_READ(node, parent);
}

/* The root has no name. */
static __always_inline void path_of_cgroup(__u8 *text, volatile __u16 *length, struct kernfs_node *node)
{
	int depth;

	*length = 0;
	for (depth = 0; depth < OWNER_DEPTH && node; depth++) {
		path_part(text, length, BPF_CORE_READ(node, name));
		node = path_cgroup_parent(node);
	}
}

#endif
