/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What the drop object reads of the kernel's inside and nobody else does: flavours, which CO-RE takes for the
 * types before "___". */
#ifndef RHEO_VMLINUX_DROP_H
#define RHEO_VMLINUX_DROP_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct net_device___named {
	char name[16];
};

typedef struct {
	int counter;
} atomic_t___drop;

struct in6_addr___drop {
	__u8 in6_u[16];
};

struct sock_common___listener {
	__be32 skc_rcv_saddr;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	possible_net_t skc_net;
	struct in6_addr___drop skc_v6_rcv_saddr;
};

struct sock___listener {
	struct sock_common___listener __sk_common;
	__u16 sk_protocol;
	atomic_t___drop sk_drops;
};

struct socket___listener {
	struct sock *sk;
};

struct inode___listener {
	unsigned short i_mode;
};

struct file___listener {
	struct inode___listener *f_inode;
};

struct cred___user {
	kuid_t uid;
};

struct task_struct___user {
	int tgid;
	struct cred___user *cred;
	char comm[16];
	struct task_struct___user *group_leader;
};

struct bpf_iter_meta___drop {
	struct seq_file *seq;
};

struct bpf_iter__task_file___drop {
	struct bpf_iter_meta___drop *meta;
	struct task_struct___user *task;
	struct file *file;
};

#pragma clang attribute pop

#endif
