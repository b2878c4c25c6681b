/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* A socket as it is told: its addresses, and whose it is where the running task is sure to use it. */
#ifndef RHEO_SOCKET_RECORD_H
#define RHEO_SOCKET_RECORD_H

enum {
	AF_INET = 2,
	AF_INET6 = 10,
	STATE_ESTABLISHED = 1,
	STATE_SYN_RECV = 3,
	STATE_CLOSE = 7,
	STATE_LISTEN = 10,
	SOCK_DEAD_BIT = 1, /* 1 << SOCK_DEAD: no descriptor leads to it any more */
};

/* Set before load from the running kernel's BTF: tracing programs may ask for a socket's cookie, since 5.12.
 */
const volatile bool has_cookie = true;

static __always_inline struct task_struct *socket_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

static __always_inline bool socket_is_kernels(struct sock *sk)
{
	return BPF_CORE_READ_BITFIELD_PROBED(sk, sk_kern_sock);
}

static __always_inline bool socket_is_ours(__u32 protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

/* While it is being bound one of the two is not written yet, after its connection failed the other no more.
 */
static __always_inline __be16 socket_port(struct sock *sk)
{
	__be16 port = BPF_CORE_READ((struct inet_sock *)sk, inet_sport);

	return port ? port : bpf_htons(BPF_CORE_READ(sk, __sk_common.skc_num));
}

static __always_inline void socket_addresses(struct owner_socket *record, struct sock *sk)
{
	record->flags = 0;
	if (BPF_CORE_READ(sk, __sk_common.skc_family) != AF_INET6) {
		address_from_ip4(record->local, BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr));
		address_from_ip4(record->remote, BPF_CORE_READ(sk, __sk_common.skc_daddr));
		return;
	}
	record->flags = OWNER_IPV6;
	if (BPF_CORE_READ_BITFIELD_PROBED(&sk->__sk_common, skc_ipv6only))
		record->flags |= OWNER_V6ONLY;
	bpf_core_read(record->local, sizeof(record->local), &sk->__sk_common.skc_v6_rcv_saddr);
	bpf_core_read(record->remote, sizeof(record->remote), &sk->__sk_common.skc_v6_daddr);
}

static __always_inline void socket_read(struct owner_socket *record, struct sock *sk, __u64 cookie,
					__u8 event)
{
	record->head.kind = OWNER_SOCKET;
	record->head.time_ns = bpf_ktime_get_ns();
	record->cookie = cookie;
	record->netns = namespace_of(BPF_CORE_READ(sk, __sk_common.skc_net.net));
	record->local_port = socket_port(sk);
	record->remote_port = BPF_CORE_READ(sk, __sk_common.skc_dport);
	record->protocol = BPF_CORE_READ(sk, sk_protocol);
	record->event = event;
	record->state = BPF_CORE_READ(sk, __sk_common.skc_state);
	socket_addresses(record, sk);
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

/* task: who uses the socket; NULL where nobody can be named. Returns whether it was told. */
static __always_inline bool socket_tell(struct sock *sk, __u64 cookie, __u8 event, __u8 flags,
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
	socket_read(record, sk, cookie, event);
	record->flags |= flags;
	owner_submit(record, sizeof(*record));
	return true;
}

#endif
