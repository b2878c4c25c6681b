/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Each way to declare a map, for the generator's tests. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "shared.h"

struct set {
	totals_t way[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct set);
} mapped_table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 64);
	__type(key, struct point);
	__type(value, totals_t);
} by_key SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64[3]);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} untyped SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16);
	__type(
	    key, struct {
		    __u32 bits;
		    __u8 addr[16];
	    });
	__type(value, __u8);
} networks SEC(".maps");

SEC("xdp")
int look(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct set *set = bpf_map_lookup_elem(&mapped_table, &zero);
	__u64 *counter = bpf_map_lookup_elem(&counters, &zero);

	if (!set || !counter)
		return XDP_ABORTED;
	set->way[3].sum += ctx->data_end - ctx->data;
	counter[2]++;
	return XDP_PASS;
}

char _license[] SEC("license") = "Dual BSD/GPL";
