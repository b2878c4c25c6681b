// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* XDP and tc programs with verdicts that can be told apart, for the tests of test runs. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 frames;

/* Passes frames that begin with 0x01, drops others, and cuts two bytes off the front when the second byte is
 * 0x02. */
SEC("xdp")
int judge(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	__sync_fetch_and_add(&frames, 1);
	if (data + 2 > end || data[0] != 1)
		return XDP_DROP;
	if (data[1] == 2)
		return bpf_xdp_adjust_head(ctx, 2) ? XDP_ABORTED : XDP_PASS;
	return XDP_PASS;
}

SEC("xdp")
int send_back(struct xdp_md *ctx)
{
	(void)ctx;
	__sync_fetch_and_add(&frames, 1);
	return XDP_TX;
}

SEC("tc")
int mark(struct __sk_buff *skb)
{
	skb->mark += 7;
	skb->cb[0] = skb->len;
	return TC_ACT_UNSPEC;
}

char _license[] SEC("license") = "GPL";
