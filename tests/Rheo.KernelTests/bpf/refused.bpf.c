// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* A program that no verifier lets through: it reads a packet without asking for its length. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int reads_too_far(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;

	return data[100] == 1 ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int blameless(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
