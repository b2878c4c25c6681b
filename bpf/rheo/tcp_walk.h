/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The walk over the live sockets, in steps: each socket of which there is something to tell puts a mark of 4
 * bytes into the stream, so that a step is as long as the reader's buffer; what is told stands in the ring. A
 * step must not tell more than the ring holds. Records in the stream itself would make each step short, and
 * at each one the kernel finds its place again by counting sockets from the beginning: with 100,000 of them
 * that was two thirds of the time. Where nothing moved there is one step.
 */
#ifndef RHEO_TCP_WALK_H
#define RHEO_TCP_WALK_H

static __always_inline __u64 tcp_mix(__u64 digest, __u64 value)
{
	return (digest ^ value) * 0x9e3779b97f4a7c15ull;
}

static __always_inline __u64 tcp_pair(__u32 high, __u32 low)
{
	return (__u64)high << 32 | low;
}

/* Of all that moves without a packet too: reads, writes, the holder; and of the reader's turn. Never 0. */
static __always_inline __u64 tcp_digest(struct tcp_sock *tcp)
{
	struct sock *sk = &tcp->inet_conn.icsk_inet.sk;
	__u64 digest =
	    tcp_mix(tcp_reader_word() & ~(__u64)TCP_READER_FOLLOWS, tcp_pair(tcp->segs_in, tcp->segs_out));

	digest = tcp_mix(digest, tcp_pair(tcp->copied_seq, tcp->write_seq));
	digest = tcp_mix(digest, tcp_pair(tcp->snd_una, tcp->snd_wnd));
	digest = tcp_mix(digest, tcp_pair(tcp->chrono_start, tcp->rcv_wnd));
	digest = tcp_mix(digest, tcp_pair(sk->__sk_common.skc_state, sk->sk_socket != NULL));
	return digest | 1;
}

static __always_inline void tcp_lose_figures(void)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();

	if (ledger)
		count_one(&ledger->lost_figures);
}

static __always_inline void tcp_mark(struct seq_file *stream)
{
	const __u32 mark = 0;

	bpf_seq_write(stream, &mark, sizeof(mark));
}

static __always_inline void tcp_walk_queue(struct seq_file *stream, struct tcp_sock *tcp,
					   const struct tcp_life *life)
{
	struct tcp_queue *queue = bpf_ringbuf_reserve(&tcp_ring, sizeof(*queue), 0);

	if (!queue) {
		tcp_lose_figures();
		return;
	}
	tcp_copy_queue(queue, tcp, life);
	queue->type = TCP_RECORD_QUEUE;
	bpf_ringbuf_submit(queue, BPF_RB_NO_WAKEUP);
	tcp_mark(stream);
}

/* A young one may end while it is copied, and its life become the next one's, whose figures these are not. */
static __always_inline bool tcp_life_is_another(struct tcp_sock *tcp, const struct tcp_life *life)
{
	barrier();
	return (__u64)tcp->inet_conn.icsk_inet.sk.__sk_common.skc_cookie.counter != life->cookie;
}

/*
 * A socket's figures lie on a dozen lines of memory, which no cache holds of a hundred thousand sockets. The
 * ones that the digest has not touched are asked for at once, so that the copy does not wait for one after
 * the other.
 */
static __always_inline void tcp_fetch(struct tcp_sock *tcp)
{
	__u64 words = tcp->inet_conn.icsk_inet.inet_sport;

	words += tcp->inet_conn.icsk_rto;
	words += tcp->inet_conn.icsk_ack.lrcvtime;
	words += tcp->rtt_min.s[0].v;
	words += tcp->bytes_acked;
	words += tcp->dsack_dups;
	words += tcp->rcv_ooopack;
	barrier_var(words);
}

/* Whether it has moved, and was told. */
static __always_inline bool tcp_walk_connection(struct seq_file *stream, struct tcp_sock *tcp,
						struct tcp_life *life, bool copied)
{
	struct tcp_health *health;
	__u64 digest = tcp_digest(tcp);

	if (digest == life->told)
		return false;
	tcp_fetch(tcp);
	health = bpf_ringbuf_reserve(&tcp_ring, sizeof(*health), 0);
	if (!health) {
		tcp_lose_figures();
		return false;
	}
	tcp_copy_figures(health, tcp, life, bpf_ktime_get_ns(), copied);
	if (copied && tcp_life_is_another(tcp, life)) {
		bpf_ringbuf_discard(health, BPF_RB_NO_WAKEUP);
		return false;
	}
	life->told = digest;
	health->type = TCP_RECORD_LIVE;
	bpf_ringbuf_submit(health, BPF_RB_NO_WAKEUP);
	tcp_mark(stream);
	return true;
}

static __always_inline int tcp_walk_one(struct seq_file *stream, struct sock *sk, struct tcp_life *life)
{
	struct tcp_sock *tcp;

	if (!sk || !life)
		return 0;
	tcp = bpf_skc_to_tcp_sock(sk);
	if (!tcp)
		return 0;
	if (sk->__sk_common.skc_state == TCP_LISTEN)
		tcp_walk_queue(stream, tcp, life);
	else if (sk->__sk_common.skc_state != TCP_CLOSE)
		tcp_walk_connection(stream, tcp, life, false);
	return 0;
}

enum {
	TCP_COPY = 4096, /* bytes of struct tcp_sock: 2,300 to 2,700 from 5.10 to 6.18 */
	TCP_BEGINNING_NS = 1000000000,
};

/* A socket as it is looked at. Writer and reader: the one walk over tcp_young. Bound: one. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[TCP_COPY]);
} tcp_copies SEC(".maps");

/*
 * The address alone leads to a young one's socket: it may be gone, or another's by now. Its memory is that of
 * some tcp_sock all the same (the kernel takes no page of them back while this runs), so it is copied, and
 * the copy is looked at where its cookie is the right one.
 */
static __always_inline struct tcp_sock *tcp_copy_of(__u64 address)
{
	__u32 zero = 0, size = bpf_core_type_size(struct tcp_sock);
	struct tcp_sock *copy = bpf_map_lookup_elem(&tcp_copies, &zero);

	if (!copy || size > TCP_COPY || bpf_probe_read_kernel(copy, size, (void *)address))
		return NULL;
	barrier_var(copy); /* the fields' places are the running kernel's */
	return copy;
}

/* The tracepoint comes before the state: a connection that begins may be met while it is still closed. */
static __always_inline bool tcp_begins(const struct tcp_life *life)
{
	return !life->state_ns || bpf_ktime_get_ns() - life->state_ns < TCP_BEGINNING_NS;
}

static __always_inline int tcp_walk_young_one(struct seq_file *stream, const __u64 *address,
					      struct tcp_life *life)
{
	struct sock_common *common;
	struct tcp_sock *tcp;
	__u64 young;

	if (!address || !life)
		return 0;
	young = *address;
	tcp = tcp_copy_of(young);
	if (!tcp)
		return 0;
	common = &tcp->inet_conn.icsk_inet.sk.__sk_common;
	/* One whose end was missed, since the program was interrupted by itself, leaves its place here. */
	if ((__u64)common->skc_cookie.counter != life->cookie)
		bpf_map_delete_elem(&tcp_young, &young);
	else if (common->skc_state == TCP_CLOSE ? tcp_begins(life)
						: !tcp_walk_connection(stream, tcp, life, true))
		tcp_mark(stream); /* it lives: the reader does not come where none does */
	return 0;
}

static __always_inline int tcp_seed_socket(struct sock *sk)
{
	struct tcp_sock *tcp = sk ? bpf_skc_to_tcp_sock(sk) : NULL;

	if (tcp && tcp->inet_conn.icsk_inet.sk.__sk_common.skc_state != TCP_CLOSE)
		tcp_life_begun((struct sock *)tcp, false);
	return 0;
}

static __always_inline int tcp_seed_file(struct file *file)
{
	struct socket *socket = file ? bpf_sock_from_file(file) : NULL;
	struct sock *sk = socket ? socket->sk : NULL;

	if (!sk || sk->sk_protocol != IPPROTO_TCP)
		return 0;
	return tcp_seed_socket(sk);
}

#endif
