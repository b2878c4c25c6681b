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

/* Where a flow is looked for first, and placed if nobody is there: most are found at the first look, so that
 * one line of memory is waited for. */
static __always_inline __u32 first_way(__u64 hash, __u32 shift)
{
	return (__u32)(hash >> (shift - FLOW_WAY_BITS)) & (FLOW_WAYS - 1);
}

/* The way to give up: one that was never used, else the one that was seen longest ago. A slot stands first in
 * its way. */
static __always_inline __u32 oldest_way(const void *set, __u32 way_size, __u32 first)
{
	__u32 now = bpf_jiffies64(), oldest = 0, way = 0;

#pragma unroll
	for (__u32 i = 0; i < FLOW_WAYS; i++) {
		__u32 at = (first + i) & (FLOW_WAYS - 1);
		const struct flow_slot *slot = set + at * way_size;
		__u32 age = slot->version ? now - slot->last_seen : ~0U;

		if (age > oldest) {
			oldest = age;
			way = at;
		}
	}
	return way;
}

/* Where a packet went that is not just one more of a known flow. */
enum flow_place {
	PLACE_NONE = 0,      /* there is no such set */
	PLACE_NEW = 1,       /* it begins a flow */
	PLACE_AFTER_SYN = 2, /* the first in its slot after SYNs */
	PLACE_KNOWN = 3,
};

/* Replaces what the slot held, which is handed over, by the packet's flow. Returns the time that was read. */
static __always_inline __u64 flow_begin(struct flow_ledger *ledger, struct flow_slot *slot, __u32 index,
					const struct packet *p, __u32 reason)
{
	__u64 now = bpf_ktime_get_ns();

	if (slot_begin(slot))
		flow_handover(ledger, slot, index, reason);
	slot_fill(slot, p, now);
	slot_end(slot);
	ledger->inserted++;
	return now;
}

static __always_inline __u64 wide_begin(struct flow_ledger *ledger, struct wide_slot *slot, __u32 index,
					const struct packet *p, __u32 reason)
{
	__u64 now = bpf_ktime_get_ns();

	if (slot_begin(&slot->flow))
		wide_handover(ledger, slot, index, reason);
	slot_fill(&slot->flow, p, now);
	slot->addresses = p->addresses;
	slot_end(&slot->flow);
	ledger->inserted++;
	return now;
}

static __always_inline enum flow_place slot_more(struct flow_slot *slot, const struct packet *p)
{
	enum flow_place place = slot_is_opening(slot) ? PLACE_AFTER_SYN : PLACE_KNOWN;

	slot_count_flags(slot, p->tcp_flags);
	slot_count(slot, p);
	return place;
}

/*
 * The packet that is not just one more of a known flow: `way` is where the flow was found, or FLOW_WAYS and
 * its first way for a new one, which takes the oldest's place; a connection that begins on a tuple that had
 * ended takes its predecessor's. `now`: the time, where it was read.
 */
static __always_inline enum flow_place flow_place(struct flow_ledger *ledger, const struct packet *p,
						  __u32 index, __u32 way, __u64 *now)
{
	struct flow_set *set = bpf_map_lookup_elem(&flow_table, &index);
	bool known = way < FLOW_WAYS;
	struct flow_slot *slot;
	__u32 reason;

	if (!set)
		return PLACE_NONE;
	way = (known ? way : oldest_way(set, sizeof(*slot), way)) & (FLOW_WAYS - 1);
	slot = &set->way[way];
	reason = known ? slot_handover_reason(slot, p->tcp_flags) : HANDOVER_EVICTED;
	if (!reason)
		return slot_more(slot, p);
	*now = flow_begin(ledger, slot, index * FLOW_WAYS + way, p, reason);
	return known ? PLACE_KNOWN : PLACE_NEW;
}

static __always_inline enum flow_place wide_place(struct flow_ledger *ledger, const struct packet *p,
						  __u32 index, __u32 way, __u64 *now)
{
	struct wide_set *set = bpf_map_lookup_elem(&wide_table, &index);
	bool known = way < FLOW_WAYS;
	struct wide_slot *slot;
	__u32 reason;

	if (!set)
		return PLACE_NONE;
	way = (known ? way : oldest_way(set, sizeof(*slot), way)) & (FLOW_WAYS - 1);
	slot = &set->way[way];
	reason = known ? slot_handover_reason(&slot->flow, p->tcp_flags) : HANDOVER_EVICTED;
	if (!reason)
		return slot_more(&slot->flow, p);
	*now = wide_begin(ledger, slot, index * FLOW_WAYS + way, p, reason);
	return known ? PLACE_KNOWN : PLACE_NEW;
}

/*
 * Nearly all packets: one more of a known flow, with nothing new about it. Else false, with the set and the
 * way to place it (flow_place).
 */
static __always_inline bool flow_count(const struct packet *p, __u32 cpu, __u32 *index, __u32 *found)
{
	__u64 hash = hash_key(&p->key);
	__u32 first = first_way(hash, flow_shift);
	struct flow_set *set;

	*index = cpu << (64 - flow_shift) | (__u32)(hash >> flow_shift);
	*found = FLOW_WAYS + first;
	set = bpf_map_lookup_elem(&flow_table, index);
	if (!set)
		return false;
#pragma unroll
	for (__u32 i = 0; i < FLOW_WAYS; i++) {
		__u32 way = (first + i) & (FLOW_WAYS - 1);
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
	__u64 address_hash, hash;
	struct wide_set *set;
	__u32 first;

	if (p->key.kind != FLOW_IP6)
		packet_addresses(p, p->addresses.saddr, p->addresses.daddr);
	address_hash = hash_addresses(&p->addresses, p->key.tunnel);
	p->key.saddr = address_hash >> 32;
	p->key.daddr = p->tunnel_id;
	hash = hash_key(&p->key) + address_hash;
	first = first_way(hash, wide_shift);
	*index = cpu << (64 - wide_shift) | (__u32)(hash >> wide_shift);
	*found = FLOW_WAYS + first;
	set = bpf_map_lookup_elem(&wide_table, index);
	if (!set)
		return false;
#pragma unroll
	for (__u32 i = 0; i < FLOW_WAYS; i++) {
		__u32 way = (first + i) & (FLOW_WAYS - 1);
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
