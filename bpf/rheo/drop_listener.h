/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Listeners whose accept queue is full refuse connections, and the kernel takes the SYN for consumed: no drop
 * is told. The socket itself counts, so it is asked, by a walk over all descriptors of all processes.
 */
#ifndef RHEO_DROP_LISTENER_H
#define RHEO_DROP_LISTENER_H

enum {
	DROP_AF_INET6 = 10,
	DROP_TCP_LISTEN = 10,
	DROP_MPTCP = 262,
	DROP_S_IFMT = 0170000,
	DROP_S_IFSOCK = 0140000,
};

static __always_inline void drop_listener_address(struct drop_listener *record, struct sock___listener *sk)
{
	__be32 address;

	if (BPF_CORE_READ(sk, __sk_common.skc_family) == DROP_AF_INET6) {
		bpf_core_read(record->address, sizeof(record->address), &sk->__sk_common.skc_v6_rcv_saddr);
		return;
	}
	address = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
	if (address)
		address_from_ip4(record->address, address);
}

/* Of a socket of Multipath TCP, the TCP socket of the kernel's own that listens for it. NULL: no listener. */
static __always_inline struct sock___listener *drop_listener_of(struct sock *sk)
{
	struct sock___listener *listener = (void *)sk;
	__u16 protocol = BPF_CORE_READ(listener, sk_protocol);

	if (BPF_CORE_READ(listener, __sk_common.skc_state) != DROP_TCP_LISTEN)
		return NULL;
	if (protocol == DROP_MPTCP && bpf_core_type_exists(struct mptcp_sock))
		return (void *)BPF_CORE_READ((struct mptcp_sock *)sk, first);
	return protocol == IPPROTO_TCP ? listener : NULL;
}

/* One descriptor of one process, of any kind. */
static __always_inline int drop_descriptor_seen(struct bpf_iter__task_file___drop *ctx)
{
	struct file___listener *file = (void *)ctx->file;
	struct task_struct___user *task = ctx->task;
	struct drop_listener record = {};
	struct socket___listener *socket;
	struct sock___listener *listener;
	struct sock *sk;

	if (!task || !file || (BPF_CORE_READ(file, f_inode, i_mode) & DROP_S_IFMT) != DROP_S_IFSOCK)
		return 0;
	socket = (void *)bpf_sock_from_file((void *)file);
	if (!socket)
		return 0;
	sk = socket->sk;
	listener = sk ? drop_listener_of(sk) : NULL;
	if (!sk || !listener)
		return 0;
	record.cookie = bpf_get_socket_cookie(sk);
	record.netns = BPF_CORE_READ(listener, __sk_common.skc_net.net, ns.inum);
	record.pid = BPF_CORE_READ(task, tgid);
	record.drops = BPF_CORE_READ(listener, sk_drops.counter);
	record.uid = BPF_CORE_READ(task, cred, uid.val);
	record.port = BPF_CORE_READ(listener, __sk_common.skc_num);
	drop_listener_address(&record, listener);
	BPF_CORE_READ_INTO(&record.comm, task, group_leader, comm);
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#endif
