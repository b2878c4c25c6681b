// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* The flow object: TC, both ways, on every interface. It counts and passes on, whatever happens. */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>
#include "rheo/records/flow.h"
#include "rheo/export.h"
#include "rheo/wire.h"
#include "rheo/ledger.h"
#include "rheo/hash.h"
#include "rheo/address.h"
#include "rheo/packet.h"
#include "rheo/cursor.h"
#include "rheo/fragment.h"
#include "rheo/ip.h"
#include "rheo/tunnel.h"
#include "rheo/parse.h"
#include "rheo/walk.h"
#include "rheo/handover.h"
#include "rheo/slot.h"
#include "rheo/flow_table.h"
#include "rheo/handshake.h"
#include "rheo/tcp_acks.h"
#include "rheo/flow.h"

/* What user space needs besides the maps and globals, which bring their own types. */
EXPORT(struct flow_handover);
EXPORT(struct wide_handover);
EXPORT(struct tcp_moment);
EXPORT(enum flow_kind);
EXPORT(enum flow_unparsed);
EXPORT(enum flow_tunnel);
EXPORT(enum flow_key_flag);
EXPORT(enum handover_reason);
EXPORT(enum tcp_state);
EXPORT(enum tcp_moment_type);
EXPORT_CONSTANTS(enum flow_limit);
EXPORT_CONSTANTS(enum handover_slot);

SEC("tc")
int flow_ingress_l2(struct __sk_buff *skb)
{
	return flow_see(skb, LAYER_ETHERNET, 0);
}

SEC("tc")
int flow_egress_l2(struct __sk_buff *skb)
{
	return flow_see(skb, LAYER_ETHERNET, KEY_EGRESS);
}

/* Devices without a link-layer header: tun, ipip, gre, wireguard. */
SEC("tc")
int flow_ingress_l3(struct __sk_buff *skb)
{
	return flow_see(skb, layer_of_skb(skb), 0);
}

SEC("tc")
int flow_egress_l3(struct __sk_buff *skb)
{
	return flow_see(skb, layer_of_skb(skb), KEY_EGRESS);
}

/* Run by user space (BPF_PROG_TEST_RUN) to learn what a jiffy is worth and when jiffy 0 was. */
SEC("tc")
int read_clock(struct __sk_buff *skb __attribute__((unused)))
{
	clock.jiffies = bpf_jiffies64();
	clock.monotonic_ns = bpf_ktime_get_ns();
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
