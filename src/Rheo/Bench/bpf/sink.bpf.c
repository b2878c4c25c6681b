// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/*
 * The receiver of the packets: it takes each one behind the observers, as a socket would, so that none is a
 * drop. A filter of the clsact qdisc may take a packet (TC_ACT_STOLEN: the kernel books it as consumed); a
 * program of tcx may not, and runs before.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int take_frame(struct __sk_buff *skb __attribute__((unused)))
{
	return TC_ACT_STOLEN;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
