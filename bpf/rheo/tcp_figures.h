/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * A socket's figures, copied into its record. The socket is not locked: each word is whole, and two of them
 * may be a packet apart.
 */
#ifndef RHEO_TCP_FIGURES_H
#define RHEO_TCP_FIGURES_H

static __always_inline void tcp_address(__u8 *to, const struct in6_addr *six, __be32 four, bool is_six)
{
	if (is_six)
		address_from_ip6(to, six);
	else
		address_from_ip4(to, four);
}

static __always_inline void tcp_ends(struct tcp_health *health, struct tcp_sock *tcp, bool copied)
{
	struct sock_common *common = &tcp->inet_conn.icsk_inet.sk.__sk_common;
	bool is_six = common->skc_family == AF_INET6;

	health->netns = copied ? BPF_CORE_READ(common->skc_net.net, ns.inum) : common->skc_net.net->ns.inum;
	tcp_address(health->saddr, &common->skc_v6_rcv_saddr, common->skc_rcv_saddr, is_six);
	tcp_address(health->daddr, &common->skc_v6_daddr, common->skc_daddr, is_six);
	/* Not skc_num: a socket that is closing has given its port back. */
	health->sport = bpf_ntohs(tcp->inet_conn.icsk_inet.inet_sport);
	health->dport = bpf_ntohs(common->skc_dport);
}

static __always_inline void tcp_volume(struct tcp_health *health, struct tcp_sock *tcp)
{
	health->bytes_sent = tcp->bytes_sent;
	health->bytes_acked = tcp->bytes_acked;
	health->bytes_received = tcp->bytes_received;
	health->bytes_retransmitted = tcp->bytes_retrans;
	health->delivered_us = tcp->delivered_mstamp;
	health->segments_out = tcp->segs_out;
	health->segments_in = tcp->segs_in;
	health->data_segments_out = tcp->data_segs_out;
	health->data_segments_in = tcp->data_segs_in;
	health->retransmits = tcp->total_retrans;
	health->duplicates = tcp->dsack_dups;
	health->out_of_order = tcp->rcv_ooopack;
}

static __always_inline void tcp_path(struct tcp_health *health, struct tcp_sock *tcp)
{
	health->srtt_8us = tcp->srtt_us;
	health->rttvar_4us = tcp->mdev_us;
	health->min_rtt_us = tcp->rtt_min.s[0].v;
	health->rto_jiffies = tcp->inet_conn.icsk_rto;
	health->cwnd = tcp->snd_cwnd;
	health->ssthresh = tcp->snd_ssthresh;
	health->mss = tcp->mss_cache;
	health->rate_delivered = tcp->rate_delivered;
	health->rate_interval_us = tcp->rate_interval_us;
	health->recovery = BPF_CORE_READ_BITFIELD(&tcp->inet_conn, icsk_ca_state);
	health->backoff = tcp->inet_conn.icsk_backoff;
	health->probes = tcp->inet_conn.icsk_probes_out;
}

static __always_inline __u32 tcp_receive_window(struct tcp_sock *tcp)
{
	__s32 window = tcp->rcv_wup + tcp->rcv_wnd - tcp->rcv_nxt;

	return window < 0 ? 0 : window;
}

static __always_inline void tcp_windows(struct tcp_health *health, struct tcp_sock *tcp)
{
	health->send_window = tcp->snd_wnd;
	health->receive_window = tcp_receive_window(tcp);
	health->unacked = tcp->write_seq - tcp->snd_una;
	health->unsent = tcp->write_seq - tcp->snd_nxt;
	health->unread = tcp->rcv_nxt - tcp->copied_seq;
	health->busy_jiffies = tcp->chrono_stat[0];
	health->receiver_limited_jiffies = tcp->chrono_stat[1];
	health->buffer_limited_jiffies = tcp->chrono_stat[2];
	health->span_jiffies = tcp->chrono_start;
	health->span = BPF_CORE_READ_BITFIELD(tcp, chrono_type);
	health->last_sent_jiffies = tcp->lsndtime;
	health->last_received_jiffies = tcp->inet_conn.icsk_ack.lrcvtime;
}

static __always_inline void tcp_copy_life(struct tcp_health *health, const struct tcp_life *life)
{
	health->life.cookie = life->cookie;
	health->life.opened_ns = life->opened_ns;
	health->life.established_ns = life->established_ns;
	health->life.state_ns = life->state_ns;
	health->life.told = 0;
	health->life.retransmits[0] = life->retransmits[0];
	health->life.retransmits[1] = life->retransmits[1];
	health->life.retransmits[2] = life->retransmits[2];
	health->life.retransmits[3] = life->retransmits[3];
	health->life.retransmits[4] = life->retransmits[4];
	health->life.counted = life->counted;
	health->life.resets_sent = life->resets_sent;
	health->life.resets_received = life->resets_received;
	health->life.flags = life->flags;
	health->life.pad = 0;
}

/* copied: tcp is not where the kernel has it, so that its pointers are numbers. */
static __always_inline void tcp_copy_figures(struct tcp_health *health, struct tcp_sock *tcp,
					     const struct tcp_life *life, __u64 now, bool copied)
{
	struct sock *sk = &tcp->inet_conn.icsk_inet.sk;

	health->time_ns = now;
	health->jiffies = bpf_jiffies64();
	health->state = sk->__sk_common.skc_state;
	health->old_state = 0;
	health->end = 0;
	health->error = sk->sk_err;
	__builtin_memset(health->pad, 0, sizeof(health->pad));
	tcp_copy_life(health, life);
	if (!sk->sk_socket)
		health->life.flags |= TCP_LIFE_NO_PROCESS;
	tcp_ends(health, tcp, copied);
	tcp_volume(health, tcp);
	tcp_path(health, tcp);
	tcp_windows(health, tcp);
}

static __always_inline void tcp_copy_queue(struct tcp_queue *queue, struct tcp_sock *tcp,
					   const struct tcp_life *life)
{
	struct sock *sk = &tcp->inet_conn.icsk_inet.sk;
	struct sock_common *common = &sk->__sk_common;

	queue->netns = common->skc_net.net->ns.inum;
	queue->time_ns = bpf_ktime_get_ns();
	queue->cookie = life->cookie;
	queue->opened_ns = life->opened_ns;
	tcp_address(queue->address, &common->skc_v6_rcv_saddr, common->skc_rcv_saddr,
		    common->skc_family == AF_INET6);
	queue->port = bpf_ntohs(tcp->inet_conn.icsk_inet.inet_sport);
	__builtin_memset(queue->pad, 0, sizeof(queue->pad));
	queue->length = sk->sk_ack_backlog;
	queue->limit = sk->sk_max_ack_backlog;
	queue->half_open = tcp->inet_conn.icsk_accept_queue.qlen.counter;
	queue->drops = sk->sk_drops.counter;
	queue->synack_retransmits = life->retransmits[TCP_CAUSE_SYN_ACK];
}

#endif
