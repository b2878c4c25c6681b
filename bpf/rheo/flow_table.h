/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The flow table: a set-associative cache of flows, one shard a CPU, written by that CPU alone.
 *
 * The hooks run with softirqs off, so a shard has one writer and its counters need no atomics. A hash names a
 * set of four ways; on a miss the way that was used longest ago gives up its flow, which leaves by the flow
 * ring with all its counts. Readers look in place (struct flow_slot says how). The compiler barriers order
 * the version against the rest for x86-64, where stores are seen in order; a weaker machine sees at worst a
 * torn copy with a version that changes on the next read.
 */
#ifndef RHEO_FLOW_TABLE_H
#define RHEO_FLOW_TABLE_H

enum {
	WAKE_BYTES =
	    1 << 20, /* of handed-over flows: wake the reader, who otherwise comes by himself on a timer */
};

/* Top bits of the hash that name the set: 64 - log2(sets of a CPU's shard). */
const volatile __u32 flow_shift = 64 - 1;
const volatile __u32 wide_shift = 64 - 1;

/* Writer: each CPU its own shard. Reader: user space, in place. Full: replaces, never refuses. 256 bytes a
 * set. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1); /* CPUs << (64 - flow_shift), set before load */
	__type(key, __u32);
	__type(value, struct flow_set);
} flow_table SEC(".maps");

/* The same for flows with long addresses: 512 bytes a set. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1); /* CPUs << (64 - wide_shift), set before load */
	__type(key, __u32);
	__type(value, struct wide_set);
} wide_table SEC(".maps");

/* Writer: any CPU that replaces a flow. Reader: user space. Full: the flow's counts go to the ledger. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 << 20); /* 52,000 flows: 10 ms of a flood that replaces five million a second */
} flow_ring SEC(".maps");

static __always_inline __u64 ring_flags(struct flow_ledger *ledger, __u32 size)
{
	ledger->ring_pending += size;
	if (ledger->ring_pending < WAKE_BYTES)
		return BPF_RB_NO_WAKEUP;
	ledger->ring_pending = 0;
	ledger->ring_wakeups++;
	return BPF_RB_FORCE_WAKEUP;
}

static __always_inline void ledger_lose(struct flow_ledger *ledger, const struct flow_slot *slot)
{
	ledger->lost_flows++;
	ledger->lost_packets += slot->packets;
	ledger->lost_bytes += slot->bytes;
}

/*
 * The slot's version is odd by now: whoever has read the record will not find the same incarnation in the
 * table again.
 */
static __always_inline void flow_handover(struct flow_ledger *ledger, const struct flow_slot *slot,
					  __u32 index, __u32 reason)
{
	struct flow_handover *record = bpf_ringbuf_reserve(&flow_ring, sizeof(*record), 0);

	if (!record)
		return ledger_lose(ledger, slot);
	record->slot = index;
	record->reason = reason;
	record->flow = *slot;
	record->flow.version--;
	ledger->handed_over++;
	bpf_ringbuf_submit(record, ring_flags(ledger, sizeof(*record) + 8));
}

static __always_inline void wide_handover(struct flow_ledger *ledger, const struct wide_slot *slot,
					  __u32 index, __u32 reason)
{
	struct wide_handover *record = bpf_ringbuf_reserve(&flow_ring, sizeof(*record), 0);

	if (!record)
		return ledger_lose(ledger, &slot->flow);
	record->slot = index | HANDOVER_WIDE;
	record->reason = reason;
	record->flow = slot->flow;
	record->flow.version--;
	record->addresses = slot->addresses;
	ledger->handed_over++;
	bpf_ringbuf_submit(record, ring_flags(ledger, sizeof(*record) + 8));
}

static __always_inline void slot_count(struct flow_slot *slot, const struct packet *p)
{
	slot->packets += p->packets;
	slot->bytes += p->bytes;
	slot->last_seen = bpf_jiffies64();
}

static __always_inline void slot_count_flags(struct flow_slot *slot, __u32 flags)
{
	slot->tcp_flags |= flags;
	slot->syn += !!(flags & TCP_SYN);
	slot->fin += !!(flags & TCP_FIN);
	slot->rst += !!(flags & TCP_RST);
}

/* From here to slot_end a reader sees an odd version and looks away. True when a flow was there. */
static __always_inline bool slot_begin(struct flow_slot *slot)
{
	bool used = slot->version;

	slot->version++;
	barrier();
	return used;
}

static __always_inline void slot_fill(struct flow_slot *slot, const struct packet *p)
{
	slot->key = p->key;
	slot->packets = p->packets;
	slot->bytes = p->bytes;
	slot->first_ns = bpf_ktime_get_ns();
	slot->last_seen = bpf_jiffies64();
	slot->tcp_flags = slot->syn = slot->fin = slot->rst = 0;
	slot_count_flags(slot, p->tcp_flags);
}

static __always_inline void slot_end(struct flow_slot *slot)
{
	barrier();
	slot->version++;
	if (!slot->version) /* 0 means never used */
		slot->version = 2;
}

/*
 * Known flow, unusual TCP flags: does the slot go on, or must it first be handed over?
 * A SYN on a tuple that has seen FIN or RST is a new connection; so is one after packets without SYN: a SYN
 * or SYN-ACK that is sent again comes before them (the end that was reset has sent neither FIN nor RST
 * itself).
 */
static __always_inline __u32 slot_handover_reason(const struct flow_slot *slot, __u32 flags)
{
	if ((flags & TCP_SYN) && ((slot->tcp_flags & (TCP_FIN | TCP_RST)) || slot->packets > slot->syn))
		return HANDOVER_REOPENED;
	if (slot->syn >= FLOW_FLAG_LIMIT || slot->fin >= FLOW_FLAG_LIMIT || slot->rst >= FLOW_FLAG_LIMIT)
		return HANDOVER_LIMIT;
	return 0;
}

/* The packet changes what we know of the connection; most packets of a flow do not. */
static __always_inline bool slot_is_moment(const struct flow_slot *slot, __u32 flags)
{
	return (flags & (TCP_FIN | TCP_SYN | TCP_RST)) || (flags & ~slot->tcp_flags);
}

static __always_inline bool key_equal(const struct flow_key *a, const struct flow_key *b)
{
	const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;

	return x[0] == y[0] && x[1] == y[1] && x[2] == y[2];
}

static __always_inline bool addresses_equal(const struct flow_addresses *a, const struct flow_addresses *b)
{
	const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;
	__u64 difference = 0;

#pragma unroll
	for (int i = 0; i < 8; i++)
		difference |= x[i] ^ y[i];
	return !difference;
}

/* The way to give up: one that was never used, else the one that was seen longest ago. A slot stands first in
 * its way. */
static __always_inline __u32 oldest_way(const void *set, __u32 way_size)
{
	__u32 now = bpf_jiffies64(), oldest = 0, way = 0;

#pragma unroll
	for (__u32 i = 0; i < FLOW_WAYS; i++) {
		const struct flow_slot *slot = set + i * way_size;
		__u32 age = slot->version ? now - slot->last_seen : ~0U;

		if (age > oldest) {
			oldest = age;
			way = i;
		}
	}
	return way;
}

/* Replaces what the slot held, which is handed over, by the packet's flow. */
static __always_inline void flow_begin(struct flow_ledger *ledger, struct flow_slot *slot, __u32 index,
				       const struct packet *p, __u32 reason)
{
	if (slot_begin(slot))
		flow_handover(ledger, slot, index, reason);
	slot_fill(slot, p);
	slot_end(slot);
	ledger->inserted++;
}

static __always_inline void wide_begin(struct flow_ledger *ledger, struct wide_slot *slot, __u32 index,
				       const struct packet *p, __u32 reason)
{
	if (slot_begin(&slot->flow))
		wide_handover(ledger, slot, index, reason);
	slot_fill(&slot->flow, p);
	slot->addresses = p->addresses;
	slot_end(&slot->flow);
	ledger->inserted++;
}

/*
 * The packet that is not just one more of a known flow: `way` is where the flow was found, or FLOW_WAYS for a
 * new one, which takes the oldest's place; a connection that begins on a tuple that had ended takes its
 * predecessor's. False when there is no such set.
 */
static __always_inline bool flow_place(struct flow_ledger *ledger, const struct packet *p, __u32 index,
				       __u32 way)
{
	struct flow_set *set = bpf_map_lookup_elem(&flow_table, &index);
	bool known = way < FLOW_WAYS;
	struct flow_slot *slot;
	__u32 reason;

	if (!set)
		return false;
	way = (known ? way : oldest_way(set, sizeof(*slot))) & (FLOW_WAYS - 1);
	slot = &set->way[way];
	reason = known ? slot_handover_reason(slot, p->tcp_flags) : HANDOVER_EVICTED;
	if (reason) {
		flow_begin(ledger, slot, index * FLOW_WAYS + way, p, reason);
		return true;
	}
	slot_count(slot, p);
	slot_count_flags(slot, p->tcp_flags);
	return true;
}

static __always_inline bool wide_place(struct flow_ledger *ledger, const struct packet *p, __u32 index,
				       __u32 way)
{
	struct wide_set *set = bpf_map_lookup_elem(&wide_table, &index);
	bool known = way < FLOW_WAYS;
	struct wide_slot *slot;
	__u32 reason;

	if (!set)
		return false;
	way = (known ? way : oldest_way(set, sizeof(*slot))) & (FLOW_WAYS - 1);
	slot = &set->way[way];
	reason = known ? slot_handover_reason(&slot->flow, p->tcp_flags) : HANDOVER_EVICTED;
	if (reason) {
		wide_begin(ledger, slot, index * FLOW_WAYS + way, p, reason);
		return true;
	}
	slot_count(&slot->flow, p);
	slot_count_flags(&slot->flow, p->tcp_flags);
	return true;
}

/*
 * Nearly all packets: one more of a known flow, with nothing new about it. Else false, with the set and the
 * way to place it (flow_place).
 */
static __always_inline bool flow_count(const struct packet *p, __u32 cpu, __u32 *index, __u32 *found)
{
	struct flow_set *set;

	*index = cpu << (64 - flow_shift) | (__u32)(hash_key(&p->key) >> flow_shift);
	*found = FLOW_WAYS;
	set = bpf_map_lookup_elem(&flow_table, index);
	if (!set)
		return false;
#pragma unroll
	for (__u32 way = 0; way < FLOW_WAYS; way++) {
		struct flow_slot *slot = &set->way[way];

		if (!key_equal(&slot->key, &p->key))
			continue;
		*found = way;
		if (p->tcp_flags && slot_is_moment(slot, p->tcp_flags))
			return false;
		slot_count(slot, p);
		return true;
	}
	return false;
}

static __always_inline bool wide_count(struct packet *p, __u32 cpu, __u32 *index, __u32 *found)
{
	__u64 address_hash;
	struct wide_set *set;

	if (p->key.kind != FLOW_IP6)
		packet_addresses(p, p->addresses.saddr, p->addresses.daddr);
	address_hash = hash_addresses(&p->addresses, p->key.tunnel);
	p->key.saddr = address_hash >> 32;
	p->key.daddr = p->tunnel_id;
	*index = cpu << (64 - wide_shift) | (__u32)((hash_key(&p->key) + address_hash) >> wide_shift);
	*found = FLOW_WAYS;
	set = bpf_map_lookup_elem(&wide_table, index);
	if (!set)
		return false;
#pragma unroll
	for (__u32 way = 0; way < FLOW_WAYS; way++) {
		struct wide_slot *slot = &set->way[way];

		if (!key_equal(&slot->flow.key, &p->key) || !addresses_equal(&slot->addresses, &p->addresses))
			continue;
		*found = way;
		if (p->tcp_flags && slot_is_moment(&slot->flow, p->tcp_flags))
			return false;
		slot_count(&slot->flow, p);
		return true;
	}
	return false;
}

#endif
