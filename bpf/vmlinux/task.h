/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* More of the kernel's inside: processes, what they run, where they belong, and the addresses of a namespace.
 */
#ifndef RHEO_VMLINUX_TASK_H
#define RHEO_VMLINUX_TASK_H

enum {
	PF_KTHREAD = 0x00200000,
	S_IFMT = 0170000,
	S_IFSOCK = 0140000,
};

/* Values are the running kernel's: relocated. */
enum cgroup_subsys_id {
	memory_cgrp_id,
	pids_cgrp_id,
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct qstr {
	const unsigned char *name;
};

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct inode {
	unsigned short i_mode;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
};

struct mm_struct {
	struct file *exe_file;
};

struct cred {
	kuid_t uid;
};

struct kernfs_node {
	struct kernfs_node *parent; /* until 6.14 */
	const char *name;
	__u64 id;
};

struct kernfs_node___rcu {
	struct kernfs_node *__parent; /* from 6.15 */
};

struct cgroup_root {
	char name[64];
};

struct cgroup {
	struct kernfs_node *kn;
	struct cgroup_root *root;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

struct css_set {
	struct cgroup_subsys_state *subsys[1]; /* by enum cgroup_subsys_id */
	struct cgroup *dfl_cgrp;               /* cgroup v2 */
	struct list_head cgrp_links;
};

struct cgrp_cset_link {
	struct cgroup *cgrp;
	struct list_head cgrp_link;
};

struct signal_struct {
	atomic_t live;
};

struct task_struct {
	unsigned int flags;
	struct mm_struct *mm;
	int pid;
	int tgid;
	struct task_struct *group_leader;
	__u64 start_time;
	const struct cred *cred;
	char comm[16];
	struct signal_struct *signal;
	struct css_set *cgroups;
};

struct in_ifaddr {
	struct in_ifaddr *ifa_next;
	__be32 ifa_local;
};

struct in_device {
	struct in_ifaddr *ifa_list;
};

struct inet6_ifaddr {
	struct in6_addr addr;
	struct list_head if_list;
};

struct inet6_dev {
	struct list_head addr_list;
};

struct bpf_sock_addr_kern {
	struct sock *sk;
};

#pragma clang attribute pop

#endif
