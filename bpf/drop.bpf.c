// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* The drop object: every packet that the kernel lets go, with the reason that the kernel gives. Nothing per
 * packet. */
#include "vmlinux/vmlinux.h"
#include "vmlinux/drop.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "rheo/records/drop.h"
#include "rheo/export.h"
#include "rheo/wire.h"
#include "rheo/address.h"
#include "rheo/tick.h"
#include "rheo/kernel_pointer.h"
#include "rheo/drop_cache.h"
#include "rheo/drop.h"
#include "rheo/drop_listener.h"

EXPORT(struct drop_example);
EXPORT(struct drop_listener);
EXPORT(enum drop_hook);
EXPORT(enum drop_limit);

SEC("tp_btf/kfree_skb")
int drop_skb(__u64 *arguments)
{
	return drop_skb_seen((struct sk_buff *)arguments[0], arguments[1], has_reason ? arguments[2] : 0,
			     has_socket ? (struct sock *)arguments[3] : NULL);
}

/* A verdict that XDP could not carry out: XDP_ABORTED, one that it does not know, a redirect that failed. */
SEC("tp_btf/xdp_exception")
int drop_xdp(__u64 *arguments)
{
	return drop_xdp_seen((struct net_device *)arguments[0], arguments[2]);
}

/* Read by user space from time to time: every descriptor of every process. */
SEC("iter/task_file")
int drop_listeners(struct bpf_iter__task_file___drop *ctx)
{
	return drop_descriptor_seen(ctx);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
