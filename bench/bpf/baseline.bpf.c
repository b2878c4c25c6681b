// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* What the flow program is compared with: nothing at all, and the two maps that most flow counters are made
 * of. */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>

enum {
	IP_AT = 14,
	PORTS_AT = 34,
	HEADERS_END = 42,
	IP_PROTOCOL = 9,
	IP_ADDRESSES = 12,
	PASS = -1, /* TCX_NEXT */
};

/* The usual key of such programs: both addresses in IPv6's width. */
struct plain_key {
	__u32 saddr[4];
	__u32 daddr[4];
	__u32 ports;
	__u32 protocol;
};

struct plain_counts {
	__u64 packets;
	__u64 bytes;
	__u64 last_seen_ns;
};

/* Writer: count_hash. Reader: nobody. Full: the flow is not counted. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 131072);
	__type(key, struct plain_key);
	__type(value, struct plain_counts);
} hash_flows SEC(".maps");

/* Writer: count_lru. Reader: nobody. Full: old flows are lost. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 131072);
	__type(key, struct plain_key);
	__type(value, struct plain_counts);
} lru_flows SEC(".maps");

static __always_inline bool read_key(struct __sk_buff *skb, struct plain_key *key)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;

	if (data + HEADERS_END > end)
		return false;
	key->saddr[3] = *(__u32 *)(data + IP_AT + IP_ADDRESSES);
	key->daddr[3] = *(__u32 *)(data + IP_AT + IP_ADDRESSES + 4);
	key->ports = *(__u32 *)(data + PORTS_AT);
	key->protocol = *(__u8 *)(data + IP_AT + IP_PROTOCOL);
	return true;
}

static __always_inline int count(struct __sk_buff *skb, void *flows, __u64 now)
{
	struct plain_counts first = { .packets = 1, .bytes = skb->len, .last_seen_ns = now };
	struct plain_key key = {};
	struct plain_counts *counts;

	if (!read_key(skb, &key))
		return PASS;
	counts = bpf_map_lookup_elem(flows, &key);
	if (!counts) {
		bpf_map_update_elem(flows, &key, &first, BPF_ANY);
		return PASS;
	}
	__sync_fetch_and_add(&counts->packets, 1);
	__sync_fetch_and_add(&counts->bytes, skb->len);
	counts->last_seen_ns = now;
	return PASS;
}

SEC("tc")
int pass(struct __sk_buff *skb __attribute__((unused)))
{
	return PASS;
}

SEC("tc")
int count_hash(struct __sk_buff *skb)
{
	return count(skb, &hash_flows, 0);
}

SEC("tc")
int count_lru(struct __sk_buff *skb)
{
	return count(skb, &lru_flows, bpf_ktime_get_ns());
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
