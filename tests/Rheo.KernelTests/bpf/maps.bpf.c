// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* One map of each kind, and programs that write them, for the tests of Rheo.Bpf. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair {
	__u64 first;
	__u64 second;
};

struct prefix4 {
	__u32 prefix_length;
	__u32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} lru SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix4);
	__type(value, __u32);
} lpm SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32); /* 4 bytes on purpose: the kernel spaces them 8 apart */
} percpu_hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct pair);
} percpu_array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 300);
	__type(key, __u32);
	__type(value, struct pair);
} mapped SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} narrow SEC(".maps");

const volatile __u64 step = 1; /* .rodata: set before loading */
__u64 runs;                    /* .bss */
__u64 start = 1000;            /* .data */

/* Counts its runs in each place, under the key in the context. */
SEC("syscall")
int count(struct pair *ctx)
{
	__u32 key = ctx->first, zero = 0;
	__u64 *in_hash;
	struct pair *value;
	__u32 *small;

	runs += step;
	start += 1;
	in_hash = bpf_map_lookup_elem(&hash, &key);
	if (in_hash)
		*in_hash += step;
	value = bpf_map_lookup_elem(&mapped, &key);
	if (value) {
		value->first += step;
		value->second = ctx->second;
	}
	value = bpf_map_lookup_elem(&percpu_array, &zero);
	if (value)
		value->first += step;
	small = bpf_map_lookup_elem(&percpu_hash, &zero);
	if (small)
		*small += step;
	ctx->second = runs;
	return 42;
}

char _license[] SEC("license") = "GPL";
