// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/*
 * Sends the frames of a test run (BPF_PROG_TEST_RUN, live frames) out through one device, each with the ports
 * of one of many flows: first each flow once, then any. Their checksums are wrong then, and nobody takes
 * them.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum {
	OURS = 0x02, /* first byte of the destination of our frames; that of a frame on lo is 0 */
	TYPE_AT = 12,
	IP4 = 0x0008, /* EtherTypes as they lie in memory */
	IP6 = 0xdd86,
	IP4_PORTS = 34,
	IP6_PORTS = 54,
};

const volatile __u32 target_ifindex;
const volatile __u32 flow_count = 1;

__u64 turns;

/* splitmix64 (Steele, Lea, Flood 2014): any order will do in which flows do not come in turn. */
static __always_inline __u32 mixed(__u64 x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return (x ^ (x >> 31)) >> 16;
}

SEC("xdp")
int send_frame(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u64 turn = __sync_fetch_and_add(&turns, 1);
	__u32 flow = turn < flow_count ? turn : mixed(turn) % flow_count;

	if (data + IP6_PORTS + 4 > end || data[0] != OURS)
		return XDP_PASS;
	if (*(__u16 *)(data + TYPE_AT) == IP4)
		*(__u32 *)(data + IP4_PORTS) = flow;
	else
		*(__u32 *)(data + IP6_PORTS) = flow;
	return bpf_redirect(target_ifindex, 0);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
