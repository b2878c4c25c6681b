// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* One program for each kind of link; each counts its runs in its own place of `hits` and lets everything
 * pass. */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>

enum {
	HIT_TC_FIRST,
	HIT_TC_SECOND,
	HIT_TC_FOREIGN,
	HIT_XDP,
	HIT_SOCK_OPS,
	HIT_TP_BTF,
	HIT_RAW_TRACEPOINT,
	HIT_TRACEPOINT,
	HIT_UPROBE,
	HIT_ITERATOR,
	HIT_MAX,
};

__u64 hits[HIT_MAX]; /* written by the programs, read through the mapped .bss */

/* Filled by the test, walked by the iterator. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 16);
} walked SEC(".maps");

static __always_inline void hit(int which)
{
	__sync_fetch_and_add(&hits[which], 1);
}

SEC("tc")
int tc_first(void *ctx __attribute__((unused)))
{
	hit(HIT_TC_FIRST);
	return -1; /* TCX_NEXT, TC_ACT_UNSPEC */
}

SEC("tc")
int tc_second(void *ctx __attribute__((unused)))
{
	hit(HIT_TC_SECOND);
	return -1;
}

/* Decides: nobody behind it sees the packet. */
SEC("tc")
int tc_foreign(void *ctx __attribute__((unused)))
{
	hit(HIT_TC_FOREIGN);
	return 0; /* TCX_PASS, TC_ACT_OK */
}

SEC("xdp")
int xdp_count(void *ctx __attribute__((unused)))
{
	hit(HIT_XDP);
	return 2; /* XDP_PASS */
}

SEC("sockops")
int sock_ops_count(void *ctx __attribute__((unused)))
{
	hit(HIT_SOCK_OPS);
	return 1;
}

SEC("tp_btf/netif_receive_skb")
int tp_btf_count(void *ctx __attribute__((unused)))
{
	hit(HIT_TP_BTF);
	return 0;
}

SEC("raw_tp/netif_receive_skb")
int raw_count(void *ctx __attribute__((unused)))
{
	hit(HIT_RAW_TRACEPOINT);
	return 0;
}

SEC("tp/net/netif_receive_skb")
int tracepoint_count(void *ctx __attribute__((unused)))
{
	hit(HIT_TRACEPOINT);
	return 0;
}

SEC("uprobe")
int uprobe_count(void *ctx __attribute__((unused)))
{
	hit(HIT_UPROBE);
	return 0;
}

/* A second one, loaded as a uprobe_multi program where the kernel has them. */
SEC("uprobe")
int uprobe_multi_count(void *ctx __attribute__((unused)))
{
	hit(HIT_UPROBE);
	return 0;
}

SEC("iter/bpf_map_elem")
int walk_elements(struct bpf_iter__bpf_map_elem *ctx)
{
	__u64 *value = ctx->value;

	if (!value)
		return 0;
	hit(HIT_ITERATOR);
	bpf_seq_write(ctx->meta->seq, value, sizeof(*value));
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
