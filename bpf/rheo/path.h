/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Paths of files and cgroups, walked from their end to the root: bounded, and read without trust. */
#ifndef RHEO_PATH_H
#define RHEO_PATH_H

/* Appends a part with its NUL; without room, or without a name, nothing. Returns the new length. */
static __always_inline __u32 path_part(__u8 *text, __u32 length, const void *name)
{
	long read;

	if (length > OWNER_TEXT - OWNER_PART)
		return length;
	read = bpf_probe_read_kernel_str(text + length, OWNER_PART, name);
	return read > 1 ? length + read : length;
}

static __always_inline struct mount *path_mount(struct vfsmount *mnt)
{
	return (void *)mnt - bpf_core_field_offset(struct mount, mnt);
}

/* As the process itself sees it, if it is in no chroot: up to the root of its mount namespace. */
static __always_inline __u32 path_of_file(__u8 *text, struct file *file)
{
	struct mount *mount = path_mount(BPF_CORE_READ(file, f_path.mnt));
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct dentry *parent;
	struct mount *above;
	__u32 length = 0;
	int depth;

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
		length = path_part(text, length, BPF_CORE_READ(dentry, d_name.name));
		dentry = parent;
	}
	return length;
}

static __always_inline struct kernfs_node *path_cgroup_parent(struct kernfs_node *node)
{
	struct kernfs_node___rcu *newer = (void *)node;

	if (bpf_core_field_exists(newer->__parent))
		return BPF_CORE_READ(newer, __parent);
	return BPF_CORE_READ(node, parent);
}

/* The root has no name. */
static __always_inline __u32 path_of_cgroup(__u8 *text, struct kernfs_node *node)
{
	__u32 length = 0;
	int depth;

	for (depth = 0; depth < OWNER_DEPTH && node; depth++) {
		length = path_part(text, length, BPF_CORE_READ(node, name));
		node = path_cgroup_parent(node);
	}
	return length;
}

#endif
