/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * What a connection's states and faults leave with its socket, and the record of its end.
 */
#ifndef RHEO_TCP_LIFE_H
#define RHEO_TCP_LIFE_H

/* include/uapi/asm-generic/errno.h */
enum {
	ENETUNREACH = 101,
	ETIMEDOUT = 110,
	ECONNREFUSED = 111,
	EHOSTDOWN = 112,
	EHOSTUNREACH = 113,
};

/* include/uapi/linux/tcp.h: enum tcp_ca_state */
enum {
	TCP_CA_RECOVERY = 3,
	TCP_CA_LOSS = 4,
};

/* The life of a socket, if it has one. A young one that is another socket's, at the same address before, is
 * none. */
static __always_inline struct tcp_life *tcp_life_of(struct sock *sk)
{
	__u64 address = (__u64)sk;
	struct tcp_life *life = bpf_map_lookup_elem(&tcp_young, &address);

	if (life && life->cookie == (__u64)sk->__sk_common.skc_cookie.counter)
		return life;
	return sk->sk_bpf_storage ? bpf_sk_storage_get(&tcp_lives, sk, NULL, 0) : NULL;
}

static __always_inline struct tcp_life *tcp_begin_young(struct sock *sk, const struct tcp_life *fresh)
{
	__u64 address = (__u64)sk;

	if (bpf_map_update_elem(&tcp_young, &address, fresh, BPF_ANY))
		return NULL;
	return bpf_map_lookup_elem(&tcp_young, &address);
}

static __always_inline struct tcp_life *tcp_begin_old(struct sock *sk, struct tcp_life *fresh)
{
	return bpf_sk_storage_get(&tcp_lives, sk, fresh, BPF_SK_STORAGE_GET_F_CREATE);
}

/* The socket's life, begun if it has none; among the young one of which the end will be told. */
static __always_inline struct tcp_life *tcp_life_begun(struct sock *sk, bool young)
{
	struct tcp_life *life = tcp_life_of(sk);
	struct tcp_life fresh = {};
	struct tcp_ledger *ledger;
	struct tcp_sock *tcp;

	if (life)
		return life;
	tcp = bpf_skc_to_tcp_sock(sk);
	if (tcp)
		fresh.counted = tcp->total_retrans;
	fresh.cookie = bpf_get_socket_cookie(sk);
	if (young)
		life = tcp_begin_young(sk, &fresh);
	if (!life)
		life = tcp_begin_old(sk, &fresh);
	if (!life) {
		ledger = tcp_ledger_of_cpu();
		if (ledger)
			count_one(&ledger->lost_lives);
	}
	return life;
}

static __always_inline void tcp_tell(__u32 type, struct tcp_sock *tcp, const struct tcp_life *life, __u8 old,
				     __u8 state, __u8 end, __u64 now)
{
	struct tcp_health *health = bpf_ringbuf_reserve(&tcp_ring, sizeof(*health), 0);
	struct tcp_ledger *ledger;

	if (!health) {
		ledger = tcp_ledger_of_cpu();
		if (ledger)
			count_one(&ledger->lost_moments);
		return;
	}
	tcp_copy_figures(health, tcp, life, now, false);
	health->type = type;
	health->state = state;
	health->old_state = old;
	health->end = end;
	bpf_ringbuf_submit(health, BPF_RB_NO_WAKEUP);
}

static __always_inline void tcp_tell_queue_ended(struct tcp_sock *tcp, const struct tcp_life *life)
{
	struct tcp_queue *queue = bpf_ringbuf_reserve(&tcp_ring, sizeof(*queue), 0);
	struct tcp_ledger *ledger;

	if (!queue) {
		ledger = tcp_ledger_of_cpu();
		if (ledger)
			count_one(&ledger->lost_moments);
		return;
	}
	tcp_copy_queue(queue, tcp, life);
	queue->type = TCP_RECORD_QUEUE_ENDED;
	bpf_ringbuf_submit(queue, BPF_RB_NO_WAKEUP);
}

static __always_inline enum tcp_end tcp_end_of_error(int error)
{
	switch (error) {
	case ECONNREFUSED:
		return TCP_END_REFUSED;
	case ETIMEDOUT:
		return TCP_END_TIMED_OUT;
	case ENETUNREACH:
	case EHOSTDOWN:
	case EHOSTUNREACH:
		return TCP_END_UNREACHABLE;
	case 0:
		return TCP_END_NONE;
	default:
		return TCP_END_OTHER;
	}
}

/* A reset that close() sends for lack of a reader comes after the state: an open connection that is closed
 * without an error is such a one. */
static __always_inline enum tcp_end tcp_end_of(struct sock *sk, const struct tcp_life *life, int old)
{
	enum tcp_end error = tcp_end_of_error(sk->sk_err);

	if (old == TCP_SYN_SENT)
		return error ? error : TCP_END_GIVEN_UP;
	if (life->resets_received)
		return TCP_END_RESET_RECEIVED;
	if (error)
		return error;
	if (life->resets_sent || old == TCP_ESTABLISHED || old == TCP_CLOSE_WAIT || old == TCP_SYN_RECV)
		return TCP_END_RESET_SENT;
	return life->flags & TCP_LIFE_FIN_RECEIVED ? TCP_END_FIN_RECEIVED : TCP_END_FIN_SENT;
}

static __always_inline void tcp_began(struct tcp_life *life, __u32 flag, __u64 now)
{
	life->opened_ns = now;
	life->established_ns = 0;
	life->flags = TCP_LIFE_FROM_START | flag;
	life->resets_sent = 0;
	life->resets_received = 0;
	__builtin_memset(life->retransmits, 0, sizeof(life->retransmits));
}

static __always_inline void tcp_established(struct tcp_sock *tcp, struct tcp_life *life, int old, __u64 now)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();

	if (!(life->flags & TCP_LIFE_ACTIVE)) {
		tcp_began(life, TCP_LIFE_PASSIVE, now);
		life->retransmits[TCP_CAUSE_SYN_ACK] = tcp->total_retrans;
		life->counted = tcp->total_retrans;
	}
	life->established_ns = now;
	if (ledger)
		count_one(life->flags & TCP_LIFE_ACTIVE ? &ledger->opened : &ledger->accepted);
	if (tcp_reader_word() & TCP_READER_FOLLOWS)
		tcp_tell(TCP_RECORD_OPENED, tcp, life, old, TCP_ESTABLISHED, TCP_END_NONE, now);
}

static __always_inline void tcp_ended(struct sock *sk, struct tcp_sock *tcp, struct tcp_life *life, int old,
				      __u64 now)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();
	enum tcp_end end = tcp_end_of(sk, life, old);

	if (ledger)
		count_one(old == TCP_SYN_SENT ? &ledger->failures[end & 15] : &ledger->ends[end & 15]);
	tcp_tell(TCP_RECORD_ENDED, tcp, life, old, TCP_CLOSE, end, now);
}

/*
 * From one FIN to the last: when, to a jiffy, for the clock is the dearest thing here. Not before the
 * handshake, which was timed to the nanosecond.
 */
static __always_inline void tcp_closes(struct tcp_life *life, int old, int state)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();
	__u64 now = ledger ? tick_time(&ledger->tick, &ledger->tick_ns) : 0;

	if (state == TCP_FIN_WAIT1 && old == TCP_ESTABLISHED)
		life->flags |= TCP_LIFE_FIN_SENT;
	else if (state == TCP_CLOSE_WAIT)
		life->flags |= TCP_LIFE_FIN_RECEIVED;
	life->state_ns = now > life->established_ns ? now : life->established_ns;
}

static __always_inline void tcp_turns(struct sock *sk, struct tcp_life *life, int old, int state)
{
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);
	__u64 now = bpf_ktime_get_ns();
	struct tcp_ledger *ledger;

	if (!tcp)
		return;
	if (state == TCP_SYN_SENT) {
		ledger = tcp_ledger_of_cpu();
		if (ledger)
			count_one(&ledger->attempts);
		tcp_began(life, TCP_LIFE_ACTIVE, now);
		life->counted = tcp->total_retrans; /* a socket that connects again counts anew */
	} else if (state == TCP_ESTABLISHED) {
		tcp_established(tcp, life, old, now);
	} else if (state == TCP_LISTEN) {
		tcp_began(life, 0, now);
	} else if (state == TCP_CLOSE && old == TCP_LISTEN) {
		tcp_tell_queue_ended(tcp, life);
	} else if (state == TCP_CLOSE) {
		tcp_ended(sk, tcp, life, old, now);
	}
	life->state_ns = now;
}

static __always_inline bool tcp_is_closing(int state)
{
	return state == TCP_FIN_WAIT1 || state == TCP_FIN_WAIT2 || state == TCP_CLOSE_WAIT ||
	       state == TCP_LAST_ACK || state == TCP_CLOSING;
}

static __always_inline int tcp_state_changed(struct sock *sk, int old, int state)
{
	__u64 address = (__u64)sk;
	struct tcp_life *life;

	/* A socket in SYN_RECV is not yet in its place; ESTABLISHED follows. */
	if (sk->sk_protocol != IPPROTO_TCP || (state == TCP_SYN_RECV && old != TCP_SYN_SENT) ||
	    (state == TCP_CLOSE && old == TCP_CLOSE))
		return 0;
	life = tcp_life_begun(sk, state != TCP_LISTEN);
	if (!life)
		return 0;
	if (tcp_is_closing(state))
		tcp_closes(life, old, state);
	else
		tcp_turns(sk, life, old, state);
	if (state == TCP_CLOSE)
		bpf_map_delete_elem(&tcp_young, &address);
	return 0;
}

static __always_inline enum tcp_cause tcp_cause_of(struct sock *sk, struct tcp_sock *tcp)
{
	__u8 recovery = BPF_CORE_READ_BITFIELD(&tcp->inet_conn, icsk_ca_state);

	if (sk->__sk_common.skc_state == TCP_SYN_SENT)
		return TCP_CAUSE_SYN;
	if (sk->__sk_common.skc_state == TCP_SYN_RECV)
		return TCP_CAUSE_SYN_ACK;
	if (recovery == TCP_CA_LOSS)
		return TCP_CAUSE_TIMEOUT;
	return recovery == TCP_CA_RECOVERY ? TCP_CAUSE_FAST : TCP_CAUSE_PROBE;
}

/* The kernel's own total is what is counted: what one call of this did not see, the next one counts. */
static __always_inline int tcp_sent_again(struct sock *sk)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);
	struct tcp_life *life;
	__u32 cause, more;

	if (!tcp)
		return 0;
	life = tcp_life_begun(sk, true);
	if (!life)
		return 0;
	more = tcp->total_retrans - life->counted;
	cause = tcp_cause_of(sk, tcp);
	life->counted += more;
	if (cause < 5)
		life->retransmits[cause] += more;
	if (ledger)
		__sync_fetch_and_add(&ledger->retransmits[cause & 7], more);
	return 0;
}

static __always_inline int tcp_synack_sent_again(struct sock *listener)
{
	struct tcp_life *life = bpf_sk_storage_get(&tcp_lives, listener, NULL, 0);
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();

	if (ledger)
		count_one(&ledger->retransmits[TCP_CAUSE_SYN_ACK]);
	if (life)
		__sync_fetch_and_add(&life->retransmits[TCP_CAUSE_SYN_ACK], 1);
	return 0;
}

static __always_inline bool tcp_is_whole(struct sock *sk)
{
	return sk->__sk_common.skc_state != TCP_TIME_WAIT && sk->__sk_common.skc_state != TCP_NEW_SYN_RECV;
}

/* sk: NULL where no socket answers, since 6.10. */
static __always_inline int tcp_reset_sent(struct sock *sk)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();
	struct tcp_life *life;

	if (ledger)
		count_one(&ledger->resets_sent);
	if (!is_kernel_pointer(sk))
		return 0;
	barrier_var(sk); /* both are needed: of the first one the verifier learns nothing */
	if (!sk || !tcp_is_whole(sk))
		return 0;
	life = tcp_life_of(sk);
	if (life)
		life->resets_sent++;
	return 0;
}

static __always_inline int tcp_reset_received(struct sock *sk)
{
	struct tcp_ledger *ledger = tcp_ledger_of_cpu();
	struct tcp_life *life = tcp_life_of(sk);

	if (ledger)
		count_one(&ledger->resets_received);
	if (life)
		life->resets_received++;
	return 0;
}

#endif
