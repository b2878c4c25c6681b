/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* One of each thing that a generated skeleton gives access to. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include "rheo/export.h"

enum tally_kind { TALLY_SMALL = 1, TALLY_LARGE = 2 };

struct tally_key {
	__u32 length;
	__u8 kind;
	__u8 pad[3];
};

struct tally {
	__u64 packets;
	__u64 bytes;
};

struct tally_set {
	struct tally way[20];
};

struct tally_record {
	struct tally_key key;
	__u32 step;
	bool loud;
};

EXPORT(struct tally_record);
EXPORT(enum tally_kind);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct tally_key);
	__type(value, struct tally);
} tallies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct tally_set);
} tally_table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} tally_calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} tally_ring SEC(".maps");

const volatile __u32 step = 1;
const volatile bool loud;
struct tally all;
__u32 limit = 100;

SEC("tc")
int count(struct __sk_buff *skb)
{
	struct tally_key key = { .length = skb->len, .kind = skb->len > limit ? TALLY_LARGE : TALLY_SMALL };
	struct tally one = { .packets = step, .bytes = skb->len };
	__u32 index = 1;
	struct tally_set *set = bpf_map_lookup_elem(&tally_table, &index);
	struct tally_record *record;
	__u64 *calls;

	all.packets += step;
	all.bytes += skb->len;
	bpf_map_update_elem(&tallies, &key, &one, BPF_ANY);
	if (set)
		set->way[19].bytes = skb->len;
	index = 0;
	calls = bpf_map_lookup_elem(&tally_calls, &index);
	if (calls)
		(*calls)++;
	record = bpf_ringbuf_reserve(&tally_ring, sizeof(*record), 0);
	if (!record)
		return 1;
	*record = (struct tally_record){ .key = key, .step = step, .loud = loud };
	bpf_ringbuf_submit(record, 0);
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
