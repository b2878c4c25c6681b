/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* A socket as it is told: its addresses, and whose it is where the running task is sure to use it. */
#ifndef RHEO_SOCKET_RECORD_H
#define RHEO_SOCKET_RECORD_H

enum {
	AF_INET = 2,
	AF_INET6 = 10,
	STATE_ESTABLISHED = 1,
	STATE_SYN_SENT = 2,
	STATE_SYN_RECV = 3,
	STATE_CLOSE = 7,
	STATE_LISTEN = 10,
	SOCK_DEAD_BIT = 1, /* 1 << SOCK_DEAD: no descriptor leads to it any more */
};

/* Set before load from the running kernel's BTF: tracing programs may ask for a socket's cookie, since 5.12.
 */
const volatile bool has_cookie = true;

enum {
	SOCKET_COMMON_WORDS = 20, /* of struct sock_common, at most: it has 17, from 5.10 to 6.18 */
};

/* A socket, and its first part: where it stands, for programs that may follow pointers; else a copy. */
struct socket_at {
	struct sock *sk;
	const struct sock_common *common;
	__u64 cookie;
	__u8 protocol;
};

static __always_inline bool socket_is_kernels(struct sock *sk)
{
	return BPF_CORE_READ_BITFIELD_PROBED(sk, sk_kern_sock);
}

/*
 * A server that speaks Multipath TCP (Go's, unless told otherwise) listens by such a socket. Connections of
 * those who do not speak it are TCP's; of the others each way is a TCP socket of the kernel's own (a
 * subflow), and the process has the socket that holds them together.
 */
enum {
	IPPROTO_MPTCP = 262,
};

static __always_inline bool socket_is_subflow(struct sock *sk)
{
	struct tcp_sock *tcp = (void *)sk;

	return bpf_core_field_exists(tcp->is_mptcp) && BPF_CORE_READ(tcp, is_mptcp);
}

static __always_inline bool socket_is_ours(__u32 protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

/* While it is being bound one of the two is not written yet, after its connection failed the other no more.
 */
static __always_inline __be16 socket_port(struct sock *sk, const struct sock_common *common)
{
	__u16 port = common->skc_num;

	return port ? bpf_htons(port) : BPF_CORE_READ((struct inet_sock *)sk, inet_sport);
}

static __always_inline void socket_addresses(struct owner_socket *record, const struct sock_common *common)
{
	record->flags = 0;
	if (common->skc_family != AF_INET6) {
		address_from_ip4(record->local, common->skc_rcv_saddr);
		address_from_ip4(record->remote, common->skc_daddr);
		return;
	}
	record->flags = OWNER_IPV6;
	if (BPF_CORE_READ_BITFIELD(common, skc_ipv6only))
		record->flags |= OWNER_V6ONLY;
	address_from_ip6(record->local, &common->skc_v6_rcv_saddr);
	address_from_ip6(record->remote, &common->skc_v6_daddr);
}

static __always_inline void socket_read(struct owner_socket *record, const struct socket_at *at, __u8 event)
{
	const struct sock_common *common = at->common;

	record->head.kind = OWNER_SOCKET;
	record->head.time_ns = bpf_ktime_get_ns();
	record->cookie = at->cookie;
	record->netns = namespace_of(common->skc_net.net);
	record->local_port = socket_port(at->sk, common);
	record->remote_port = common->skc_dport;
	record->protocol = at->protocol;
	record->event = event;
	record->state = common->skc_state;
	socket_addresses(record, common);
}

static __always_inline bool socket_has_no_address(const struct owner_socket *record)
{
	const __u32 *words = (const void *)record->local;

	return !words[3];
}

/* One that receives at any address of its namespace. */
static __always_inline void socket_namespace(const struct owner_socket *record, struct sock *sk)
{
	if (record->local_port && socket_has_no_address(record))
		namespace_seen(BPF_CORE_READ(sk, __sk_common.skc_net.net), record->netns);
}

static __always_inline __u64 socket_cookie(struct sock *sk)
{
	return has_cookie ? bpf_get_socket_cookie(sk) : (__u64)sk->__sk_common.skc_cookie.counter;
}

static __always_inline __u8 socket_protocol(const struct sock *sk)
{
	return sk->sk_protocol == IPPROTO_MPTCP ? IPPROTO_TCP : sk->sk_protocol;
}

/* For tracing programs and iterators. */
static __always_inline struct socket_at socket_at_place(struct sock *sk)
{
	return (struct socket_at){
		.sk = sk,
		.common = &sk->__sk_common,
		.cookie = socket_cookie(sk),
		.protocol = socket_protocol(sk),
	};
}

/* Programs at a cgroup may not follow the pointer, and each read is a call: all is read by one. */
static __always_inline struct socket_at socket_at_copy(struct sock *sk, __u64 *copy, __u64 cookie,
						       __u8 protocol)
{
	__u32 size = bpf_core_type_size(struct sock_common);

	__builtin_memset(copy, 0, SOCKET_COMMON_WORDS * sizeof(*copy));
	if (size <= SOCKET_COMMON_WORDS * sizeof(*copy))
		bpf_probe_read_kernel(copy, size, sk);
	barrier_var(copy); /* the fields' places are the running kernel's */
	return (struct socket_at){
		.sk = sk,
		.common = (void *)copy,
		.cookie = cookie,
		.protocol = protocol,
	};
}

/* Whoever has a socket of Multipath TCP has its first subflow; one without a cookie nobody asks about. */
static __always_inline bool socket_at_subflow(struct socket_at *at, struct sock *sk, __u64 *copy)
{
	struct sock *first;

	if (!bpf_core_type_exists(struct mptcp_sock))
		return false;
	first = BPF_CORE_READ((struct mptcp_sock *)sk, first);
	*at = socket_at_copy(first, copy, 0, IPPROTO_TCP);
	at->cookie = (__u64)at->common->skc_cookie.counter;
	return at->cookie && at->common->skc_state != STATE_CLOSE;
}

/* task: who uses the socket; NULL where nobody can be named. Returns whether it was told. */
static __always_inline bool socket_tell(const struct socket_at *at, __u8 event, __u8 flags,
					struct task_struct *task)
{
	struct owner_head user = {};
	struct owner_socket *record;

	if (task)
		process_name(&user, task);
	record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);
	if (!record) {
		owner_lost();
		return false;
	}
	record->head = user;
	socket_read(record, at, event);
	record->flags |= flags;
	owner_submit(record, sizeof(*record));
	return true;
}

#endif
