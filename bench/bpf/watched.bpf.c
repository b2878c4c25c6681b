// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Which interfaces have hooks, read without the lock of all devices: whoever asks the kernel for a device's
 * programs (BPF_PROG_QUERY) waits for that lock, and makes others wait. */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

enum bpf_link_type {
	BPF_LINK_TYPE_TCX = 11,
};

struct bpf_link {
	enum bpf_link_type type;
} __attribute__((preserve_access_index));

struct tcx_link {
	struct bpf_link link;
	struct net_device *dev;
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_link {
	struct bpf_iter_meta *meta;
	struct bpf_link *link;
} __attribute__((preserve_access_index));

/* Writes of each tcx link the namespace's number and the interface's, 4 bytes each. */
SEC("iter/bpf_link")
int watched(struct bpf_iter__bpf_link *ctx)
{
	struct tcx_link *link = (struct tcx_link *)ctx->link;
	struct net_device *device;
	__u32 told[2];

	if (!link || BPF_CORE_READ(link, link.type) != BPF_LINK_TYPE_TCX)
		return 0;
	device = BPF_CORE_READ(link, dev);
	if (!device)
		return 0; /* it is gone */
	told[0] = BPF_CORE_READ(device, nd_net.net, ns.inum);
	told[1] = BPF_CORE_READ(device, ifindex);
	bpf_seq_write(ctx->meta->seq, told, sizeof(told));
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
