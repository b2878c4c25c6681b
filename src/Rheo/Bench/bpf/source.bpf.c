// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/*
 * The packet source: run by BPF_PROG_TEST_RUN with live frames, it gives each frame the ports of a flow and
 * sends it out through one device. When paced it waits for the time of each batch right here: a test run per
 * batch would build and tear down a page pool each time, which does not go a million frames a second.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum {
	SOURCE_AT = 26,       /* the checksum is wrong then, and nobody who matters looks at it */
	PORTS_AT = 34,        /* Ethernet, IPv4 without options */
	PORTS_END = 38,       /* ports are in no checksum: IPv4's covers its header, UDP's is 0 */
	MOST_LOOKS = 1 << 20, /* at the clock, for one batch: some 30 ms */
};

const volatile __u32 target_ifindex;
const volatile __u32 flow_count = 1;
const volatile __u32 random_order;
const volatile __u32 by_address; /* each flow has a sender of its own: 11.0.0.0 and on */

__u64 batch_ns;    /* from one batch to the next; 0: flat out */
__u64 catch_up_ns; /* how far behind the schedule may be to be made good; more would burst the receiver's ring
		    */
__u32 batch_frames = 1;
__u32 frames_left; /* of the present batch */
__u64 next_ns;
__u64 offered; /* frames given to the device; it refuses those for which the peer's ring has no room */
__u64 random_state = 0x9e3779b97f4a7c15;

/* xorshift64 (Marsaglia 2003): any order in which the cache cannot foresee the next flow will do. */
static __always_inline __u32 next_random(void)
{
	__u64 x = random_state;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	random_state = x;
	return x >> 32;
}

struct due {
	__u64 ns;
};

static long is_due(__u32 look __attribute__((unused)), struct due *due)
{
	return bpf_ktime_get_ns() >= due->ns;
}

static __always_inline void keep_pace(void)
{
	struct due due = {};
	__u64 earliest;

	if (frames_left) {
		frames_left--;
		return;
	}
	earliest = bpf_ktime_get_ns() - catch_up_ns;
	due.ns = next_ns > earliest ? next_ns : earliest;
	bpf_loop(MOST_LOOKS, is_due, &due, 0);
	next_ns = due.ns + batch_ns;
	frames_left = batch_frames - 1;
}

SEC("xdp")
int send_frame(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u32 turn = random_order ? next_random() : (__u32)offered;

	if (data + PORTS_END > end)
		return XDP_ABORTED;
	if (batch_ns)
		keep_pace();
	if (by_address)
		*(__u32 *)(data + SOURCE_AT) = __builtin_bswap32(0x0b000000 + turn % flow_count);
	else
		*(__u32 *)(data + PORTS_AT) = turn % flow_count;
	offered++;
	return bpf_redirect(target_ifindex, 0);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
