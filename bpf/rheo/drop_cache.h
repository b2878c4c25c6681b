/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The flows of dropped packets: a set-associative cache, one shard a CPU, written by that CPU alone (a
 * program that is running there already is not run again, from Linux 6.1 on, and the kernel counts that;
 * before, an interrupt that drops a packet while another drop is counted may make that one count less). It
 * costs a few cache lines however many flows there are, since a flood is when it matters. A flow gives up its
 * place only if no packet of it came since the hand passed last: what comes again and again stays through a
 * flood of what comes once.
 */
#ifndef RHEO_DROP_CACHE_H
#define RHEO_DROP_CACHE_H

enum {
	DROP_FLOW_WORDS = sizeof(struct drop_flow) / sizeof(__u32),
};

/* Drawn at each load: nobody who sends packets may know which set they fall in. */
const volatile __u64 drop_seed[DROP_FLOW_WORDS + 1];
/* Top bits of the hash that name the set: 64 - log2(sets of a CPU's shard). */
const volatile __u32 drop_shift = 64 - 1;

/* Writer: each CPU its own shard. Reader: user space, in place. Full: replaces; drop_ledger.lost_flows has
 * what left. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1); /* CPUs << (64 - drop_shift), set before load */
	__type(key, __u32);
	__type(value, struct drop_set);
} drop_flows SEC(".maps");

/* As in hash.h: vector multiply-shift. */
static __always_inline __u64 drop_hash(const struct drop_flow *flow)
{
	const __u32 *word = (const __u32 *)flow;
	__u64 sum = drop_seed[DROP_FLOW_WORDS];

#pragma unroll
	for (int i = 0; i < DROP_FLOW_WORDS; i++)
		sum += word[i] * drop_seed[i];
	return sum;
}

static __always_inline bool drop_flow_equal(const struct drop_flow *a, const struct drop_flow *b)
{
	const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;
	__u64 difference = 0;

#pragma unroll
	for (__u32 i = 0; i < sizeof(*a) / sizeof(*x); i++)
		difference |= x[i] ^ y[i];
	return !difference;
}

/* The hand goes round; who was seen since it passed last is spared once. */
static __always_inline __u32 drop_victim(struct drop_set *set)
{
	__u32 way = 0;

#pragma unroll
	for (__u32 i = 0; i <= DROP_WAYS; i++) {
		way = set->hand++ & (DROP_WAYS - 1);
		if (!set->seen[way])
			break;
		set->seen[way] = 0;
	}
	return way;
}

/* From the first change of its version to the second a reader looks away. */
static __always_inline void drop_replace(struct drop_slot *slot, const struct drop_flow *flow,
					 const struct drop_counts *first, struct drop_ledger *ledger)
{
	ledger->lost_flows += slot->counts.packets;
	slot->version++;
	barrier();
	slot->flow = *flow;
	slot->counts = *first;
	barrier();
	slot->version++;
}

static __always_inline void drop_count(struct drop_counts *counts, const struct drop_counts *more)
{
	counts->packets += more->packets;
	counts->bytes += more->bytes;
	counts->last_ns = more->last_ns;
}

static __always_inline void drop_cache(const struct drop_flow *flow, const struct drop_counts *more,
				       struct drop_ledger *ledger)
{
	__u64 hash = drop_hash(flow);
	__u32 index = bpf_get_smp_processor_id() << (64 - drop_shift) | (__u32)(hash >> drop_shift);
	__u32 tag = (__u32)hash | 1; /* 0: never used */
	struct drop_set *set = bpf_map_lookup_elem(&drop_flows, &index);
	__u32 way;

	if (!set)
		return;
#pragma unroll
	for (way = 0; way < DROP_WAYS; way++) {
		if (set->tag[way] != tag || !drop_flow_equal(&set->slot[way].flow, flow))
			continue;
		drop_count(&set->slot[way].counts, more);
		set->seen[way] = 1;
		return;
	}
	way = drop_victim(set) & (DROP_WAYS - 1);
	set->tag[way] = tag;
	drop_replace(&set->slot[way], flow, more, ledger);
}

#endif
