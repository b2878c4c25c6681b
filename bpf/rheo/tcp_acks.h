/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Duplicate acknowledgements, which the kernel keeps no count of: without data, with SACK blocks of something
 * new (RFC 6675), while what was acknowledged in order stays. The blocks make them rare enough to be looked
 * at one by one; those of an end without SACK are not told from others.
 */
#ifndef RHEO_TCP_ACKS_H
#define RHEO_TCP_ACKS_H

/* Writer: such acknowledgements, on any CPU. Reader: user space. Bound: 4,096 ways (about 0.6 MB). Full: the
 * oldest goes with its count; the ledger's sum stays. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct tcp_ack_key);
	__type(value, struct tcp_acks);
} tcp_ack_counts SEC(".maps");

enum {
	SACK_BLOCK = 8,            /* bytes */
	ACK_POINT_NS = 1000000000, /* after so long without one the packets may have taken another way */
};

static __always_inline bool sequence_before(__u32 one, __u32 other)
{
	return (__s32)(one - other) < 0;
}

/* How many blocks the walk's packet has, which then stand there. */
static __always_inline __u32 sack_load(struct __sk_buff *skb, struct walk *w)
{
	__u32 at = w->packet.tcp_sack, size;
	__u8 length = 0;

	bpf_skb_load_bytes(skb, at - 1, &length, sizeof(length));
	size = (length - 2) & ~(SACK_BLOCK - 1);
	if (size > sizeof(w->sack))
		return 0;
	barrier_var(size); /* its bounds are for the verifier, too: one after the other */
	if (size < SACK_BLOCK || bpf_skb_load_bytes(skb, at, w->sack, size))
		return 0;
	return size / SACK_BLOCK;
}

/*
 * The highest end of the blocks; false where the first one tells what has come twice (DSACK, RFC 2883): it
 * lies below the acknowledgement, or in the second one.
 */
static __always_inline bool sack_edge(const struct walk *w, __u32 blocks, __u32 *edge)
{
	__u32 left = bpf_ntohl(w->sack[0]), right = bpf_ntohl(w->sack[1]);

	if (sequence_before(left, w->packet.tcp_ack))
		return false;
	*edge = right;
#pragma unroll
	for (__u32 i = 1; i < TCP_SACK_BLOCKS; i++) {
		__u32 from = bpf_ntohl(w->sack[2 * i]), to = bpf_ntohl(w->sack[2 * i + 1]);

		if (i >= blocks)
			break;
		if (i == 1 && !sequence_before(left, from) && !sequence_before(to, right))
			return false;
		if (sequence_before(*edge, to))
			*edge = to;
	}
	return true;
}

static __always_inline void acks_add(struct tcp_acks *acks, const struct tcp_acks *seen)
{
	bool is_other = acks->syn_ns != seen->syn_ns && seen->syn_ns;
	struct flow_ledger *ledger = ledger_of(bpf_get_smp_processor_id());

	if (is_other) {
		acks->syn_ns = seen->syn_ns;
		acks->duplicates = 0;
	}
	if (is_other || acks->ack == seen->ack || sequence_before(acks->edge, seen->edge)) {
		__sync_fetch_and_add(&acks->duplicates, 1);
		if (ledger)
			ledger->duplicate_acks++;
	}
	acks->last_ns = seen->last_ns;
	acks->ack = seen->ack;
	acks->edge = seen->edge;
	acks->point = seen->point;
}

static __always_inline void acks_count(const struct packet *p, __u32 edge)
{
	struct tcp_acks seen = { .last_ns = bpf_ktime_get_ns(), .ack = p->tcp_ack, .edge = edge }, *acks;
	struct tcp_connection *connection;
	struct tcp_ack_key key = {};
	struct tcp_sight sight = {};

	seen.point = p->key.ifindex << 1 | (p->key.flags & KEY_EGRESS);
	packet_addresses(p, key.saddr, key.daddr);
	key.sport = p->key.sport;
	key.dport = p->key.dport;
	acks = bpf_map_lookup_elem(&tcp_ack_counts, &key);
	if (acks && acks->point != seen.point && seen.last_ns - acks->last_ns < ACK_POINT_NS)
		return;
	sight_of(&sight, p);
	connection = bpf_map_lookup_elem(&tcp_connections, &sight.key);
	if (connection)
		seen.syn_ns = connection->syn_ns;
	if (!acks) {
		bpf_map_update_elem(&tcp_ack_counts, &key, &seen, BPF_NOEXIST);
		acks = bpf_map_lookup_elem(&tcp_ack_counts, &key);
	}
	if (acks)
		acks_add(acks, &seen);
}

/* An acknowledgement with SACK blocks; it waits in this CPU's walk. */
__noinline int tcp_acks_seen(struct __sk_buff *skb)
{
	struct walk *w = walk_of_cpu();
	__u32 blocks, edge = 0;

	if (!w)
		return 0;
	blocks = sack_load(skb, w);
	if (blocks && sack_edge(w, blocks, &edge))
		acks_count(&w->packet, edge);
	return 0;
}

#endif
