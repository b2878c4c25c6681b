/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Whose a socket is. Only those moments name a process at which the running task is sure to be the one that
 * uses the socket: bind, listen, connect, a datagram sent, the last close, and the walk over all descriptors.
 * TCP's other moments run wherever a packet found the CPU, so they tell the addresses and nobody's name.
 */
#ifndef RHEO_SOCKET_H
#define RHEO_SOCKET_H

enum {
	SOCKET_SENDERS = 4,
};

/* Who was told as senders of this socket's datagrams: so that the next ones cost a look-up alone. */
struct socket_mark {
	__u32 pid[SOCKET_SENDERS];
	__u32 next;
	__u32 port;
	__u64 told_jiffies;
};

/* Writer and reader: the sendmsg hooks. Lives and dies with its socket; no memory: owner_ledger.lost_marks.
 */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct socket_mark);
} socket_marks SEC(".maps");

static __always_inline int socket_bound(struct bpf_sock *ctx)
{
	struct sock *sk = (void *)ctx;
	__u64 copy[SOCKET_COMMON_WORDS];
	struct socket_at at;
	struct net *net;

	/* TCP tells when it listens or connects. */
	if (ctx->protocol != IPPROTO_UDP || socket_is_kernels(sk))
		return 1;
	at = socket_at_copy(sk, copy, bpf_get_socket_cookie(ctx), IPPROTO_UDP);
	socket_tell(&at, SOCKET_BOUND, 0, process_running());
	net = BPF_CORE_READ(sk, __sk_common.skc_net.net);
	namespace_seen(net, namespace_of(net));
	return 1;
}

static __always_inline int socket_released(struct bpf_sock *ctx)
{
	struct sock *sk = (void *)ctx;
	__u64 copy[SOCKET_COMMON_WORDS];
	struct socket_at at;

	if (socket_is_ours(ctx->protocol))
		at = socket_at_copy(sk, copy, bpf_get_socket_cookie(ctx), ctx->protocol);
	else if (ctx->protocol != IPPROTO_MPTCP || !socket_at_subflow(&at, sk, copy))
		return 1;
	if (socket_port(at.sk, at.common))
		socket_tell(&at, SOCKET_RELEASED, 0, process_running());
	return 1;
}

static __always_inline int socket_connects(struct bpf_sock_addr *ctx)
{
	struct sock *sk = BPF_CORE_READ((struct bpf_sock_addr_kern *)(void *)ctx, sk);
	__u64 copy[SOCKET_COMMON_WORDS];
	struct socket_at at;

	if (!socket_is_ours(ctx->protocol) || socket_is_kernels(sk))
		return 1;
	at = socket_at_copy(sk, copy, bpf_get_socket_cookie(ctx), ctx->protocol);
	socket_tell(&at, SOCKET_CONNECTING, 0, process_running());
	if (ctx->protocol == IPPROTO_UDP && ctx->sk && !ctx->sk->src_port)
		socket_awaits_port(ctx->sk);
	return 1;
}

/*
 * Several processes may send by one socket, each in its turn: the last four are remembered, and where there
 * are more, one is told a jiffy.
 */
static __always_inline bool socket_sender_is_told(const struct socket_mark *mark, __u32 pid)
{
	return mark->pid[0] == pid || mark->pid[1] == pid || mark->pid[2] == pid || mark->pid[3] == pid ||
	       mark->told_jiffies == bpf_jiffies64();
}

/* A datagram of a socket that is not connected. */
static __always_inline int socket_sends(struct bpf_sock_addr *ctx)
{
	struct bpf_sock *socket = ctx->sk;
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	__u64 copy[SOCKET_COMMON_WORDS];
	struct socket_mark *mark;
	struct owner_ledger *ledger;
	struct socket_at at;
	struct sock *sk;
	struct net *net;

	if (!socket)
		return 1;
	mark = bpf_sk_storage_get(&socket_marks, socket, NULL, 0);
	if (mark && mark->port == socket->src_port && socket_sender_is_told(mark, pid))
		return 1;
	sk = BPF_CORE_READ((struct bpf_sock_addr_kern *)(void *)ctx, sk);
	if (socket_is_kernels(sk))
		return 1;
	mark = bpf_sk_storage_get(&socket_marks, socket, NULL, BPF_SK_STORAGE_GET_F_CREATE);
	if (mark) {
		mark->port = socket->src_port;
		mark->told_jiffies = bpf_jiffies64();
		mark->pid[mark->next++ % SOCKET_SENDERS] = pid;
	} else {
		ledger = owner_ledger_of_cpu();
		if (ledger)
			ledger->lost_marks++;
	}
	at = socket_at_copy(sk, copy, bpf_get_socket_cookie(ctx), ctx->protocol);
	socket_tell(&at, SOCKET_BOUND, 0, process_running());
	net = BPF_CORE_READ(sk, __sk_common.skc_net.net);
	namespace_seen(net, namespace_of(net));
	return 1;
}

/* Its end, if not that of its last descriptor before: that one is told by itself. The kernel's have none. */
static __always_inline bool socket_is_over(struct sock *sk, int before, int now, bool is_kernels)
{
	return now == STATE_CLOSE && before != STATE_CLOSE &&
	       (is_kernels || !(sk->__sk_common.skc_flags & SOCK_DEAD_BIT));
}

static __always_inline bool socket_tells_states(struct sock *sk, int before, int now, bool is_kernels)
{
	if (sk->sk_protocol == IPPROTO_MPTCP)
		return before != now && (before == STATE_LISTEN || now == STATE_LISTEN);
	return sk->sk_protocol == IPPROTO_TCP && (!is_kernels || socket_is_subflow(sk));
}

/* Two thirds of a connection's states say nothing new of its owner: they go back at once. */
static __always_inline int socket_changed(struct sock *sk, int before, int now)
{
	bool is_kernels = BPF_CORE_READ_BITFIELD(sk, sk_kern_sock);
	struct socket_at at;
	struct net *net;

	if (now != STATE_ESTABLISHED && now != STATE_LISTEN && !(now == STATE_SYN_SENT && is_kernels) &&
	    !socket_is_over(sk, before, now, is_kernels))
		return 0;
	if (!socket_tells_states(sk, before, now, is_kernels))
		return 0;
	at = socket_at_place(sk);
	if (now == STATE_SYN_SENT) { /* the first subflow; further ones begin on a thread of the kernel's */
		socket_tell(&at, SOCKET_CONNECTING, 0, process_running());
	} else if (now == STATE_ESTABLISHED) {
		socket_tell(&at, SOCKET_ESTABLISHED, before == STATE_SYN_RECV ? OWNER_PASSIVE : 0, NULL);
	} else if (now == STATE_LISTEN) {
		socket_tell(&at, SOCKET_BOUND, 0, process_running());
		net = BPF_CORE_READ(sk, __sk_common.skc_net.net);
		namespace_seen(net, namespace_of(net));
	} else {
		socket_tell(&at, SOCKET_CLOSED, 0, NULL);
	}
	return 0;
}

static __always_inline bool socket_is_found(struct sock *sk)
{
	__u8 state = sk->__sk_common.skc_state;

	if (sk->sk_protocol == IPPROTO_MPTCP)
		return state == STATE_LISTEN;
	return socket_is_ours(sk->sk_protocol) && (sk->sk_protocol != IPPROTO_TCP || state != STATE_CLOSE);
}

/* Of Multipath TCP's the first subflow, whose packets are seen; by a copy: the verifier wants one kind of
 * pointer for both. */
static __always_inline bool socket_at_found(struct socket_at *at, struct sock *sk, __u64 *copy)
{
	if (sk->sk_protocol == IPPROTO_MPTCP && socket_at_subflow(at, sk, copy))
		return true;
	if (!socket_is_found(sk))
		return false;
	*at = socket_at_copy(sk, copy, socket_cookie(sk), socket_protocol(sk));
	return true;
}

/* One descriptor of one process, of any kind. */
static __always_inline int socket_found(struct bpf_iter__task_file *ctx)
{
	__u64 copy[SOCKET_COMMON_WORDS];
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	struct owner_socket record = {};
	struct socket *socket;
	struct socket_at at;
	struct sock *sk;

	if (!task || !file || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	sk = socket->sk;
	if (!sk || (sk->__sk_common.skc_family != AF_INET && sk->__sk_common.skc_family != AF_INET6))
		return 0;
	if (!socket_at_found(&at, sk, copy) || !socket_port(at.sk, at.common))
		return 0;
	process_name(&record.head, task);
	socket_read(&record, &at, SOCKET_FOUND);
	socket_namespace(&record, at.sk);
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#endif
