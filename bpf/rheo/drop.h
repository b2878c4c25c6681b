/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * One dropped packet from the tracepoint to its counters. Everything is read from the kernel's own structures
 * and nothing of them is trusted: a packet on its way out may have any of its fields in other use.
 */
#ifndef RHEO_DROP_H
#define RHEO_DROP_H

/* Set before load from the running kernel's BTF. */
const volatile __u32 consumed_reason = 1; /* greatest reason that is no drop: SKB_CONSUMED, where it exists */
const volatile bool has_reason = true;    /* kfree_skb's third argument, since 5.17 */
const volatile bool has_socket = true;    /* its fourth, since 6.11 */
const volatile bool has_snprintf =
    true; /* bpf_snprintf, since 5.13; else user space finds the names itself */

enum {
	KERNEL_HALF = 0xffff, /* the top 16 bits of a pointer into the kernel, as of x86-64 and arm64 */
	NO_UID = ~0U,
};

/* Writer: each CPU its own counters. Reader: user space. Full: drop_ledger.other_*. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct drop_place);
	__type(value, struct drop_counts);
} drop_places SEC(".maps");

/* Writer: all CPUs. Reader: user space. Full: the longest unused goes, with its counts; drop_places has them.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct drop_flow);
	__type(value, struct drop_counts);
} drop_flows SEC(".maps");

/* Writer: a drop at a place that is new. Reader: user space, which may not read /proc/kallsyms. Full: the
 * place has no name. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct drop_site);
} drop_sites SEC(".maps");

/* The same for devices, of namespaces whose devices user space cannot ask for. Full: the device has a number.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct drop_device);
	__type(value, struct drop_device_name);
} drop_devices SEC(".maps");

/* Writer: drops whose number at their place is a power of two. Reader: user space. Full: lost_examples. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} drop_ring SEC(".maps");

/* Writer: each CPU its own. Reader: user space. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct drop_ledger);
} drop_ledger SEC(".maps");

struct dropped {
	struct drop_flow flow;
	struct drop_device_name device;
	__u32 packets;
	__u32 bytes;
	__u64 now;
	struct sock *socket;
};

static __always_inline bool is_kernel_pointer(const void *pointer)
{
	return (__u64)pointer >> 48 == KERNEL_HALF;
}

static __always_inline struct drop_ledger *drop_ledger_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&drop_ledger, &zero);
}

static __always_inline void drop_device_is(struct dropped *drop, struct net_device *dev)
{
	const struct net_device___named *named = (const void *)dev;

	drop->flow.place.ifindex = dev->ifindex;
	drop->flow.place.netns = dev->nd_net.net->ns.inum;
	bpf_core_read(&drop->device, sizeof(drop->device), &named->name);
}

/* A datagram in a socket's queue keeps other things where the device was (udp_set_dev_scratch). */
static __always_inline void drop_device(struct dropped *drop, struct sk_buff *skb, struct sock *socket)
{
	struct drop_place *place = &drop->flow.place;
	struct net_device *dev = skb->dev;

	if (is_kernel_pointer(dev)) {
		drop_device_is(drop, dev);
		return;
	}
	place->ifindex = skb->skb_iif;
	if (socket)
		place->netns = socket->__sk_common.skc_net.net->ns.inum;
}

static __always_inline __u32 drop_packets(struct sk_buff *skb)
{
	struct skb_shared_info *shared = (void *)(skb->head + skb->end);
	__u16 segments = 0;

	bpf_core_read(&segments, sizeof(segments), &shared->gso_segs);
	return segments ? segments : 1;
}

static __always_inline void drop_ports(struct drop_flow *flow, const void *at, __u8 protocol)
{
	struct ports ports = {};

	flow->transport = protocol;
	if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP && protocol != IPPROTO_SCTP &&
	    protocol != IPPROTO_DCCP && protocol != IPPROTO_UDPLITE)
		return;
	if (bpf_probe_read_kernel(&ports, sizeof(ports), at))
		return;
	flow->sport = ports.source;
	flow->dport = ports.dest;
}

static __always_inline void drop_ip4(struct drop_flow *flow, const void *at)
{
	struct iphdr ip;

	if (bpf_probe_read_kernel(&ip, sizeof(ip), at) || ip.version_ihl >> 4 != 4)
		return;
	address_from_ip4(flow->saddr, ip.saddr);
	address_from_ip4(flow->daddr, ip.daddr);
	if (ip.frag_off & IP_OFFSET_BE)
		flow->transport = ip.protocol;
	else
		drop_ports(flow, at + (ip.version_ihl & 0xf) * 4, ip.protocol);
}

static __always_inline void drop_ip6(struct drop_flow *flow, const void *at)
{
	struct ipv6hdr ip;

	if (bpf_probe_read_kernel(&ip, sizeof(ip), at) || *(__u8 *)&ip >> 4 != 6)
		return;
	__builtin_memcpy(flow->saddr, ip.saddr, 16);
	__builtin_memcpy(flow->daddr, ip.daddr, 16);
	drop_ports(flow, at + sizeof(ip), ip.nexthdr);
}

static __always_inline void drop_addresses(struct drop_flow *flow, struct sk_buff *skb)
{
	const void *network = skb->head + skb->network_header;

	if (flow->place.protocol == bpf_ntohs(ETH_P_IP_BE))
		drop_ip4(flow, network);
	else if (flow->place.protocol == bpf_ntohs(ETH_P_IPV6_BE))
		drop_ip6(flow, network);
}

static __always_inline void drop_tell(const struct dropped *drop)
{
	struct drop_example *example = bpf_ringbuf_reserve(&drop_ring, sizeof(*example), 0);
	struct drop_ledger *ledger;

	if (!example) {
		ledger = drop_ledger_of_cpu();
		if (ledger)
			ledger->lost_examples++;
		return;
	}
	example->time_ns = drop->now;
	example->flow = drop->flow;
	example->length = drop->bytes;
	example->uid = drop->socket ? drop->socket->sk_uid.val : NO_UID;
	bpf_ringbuf_submit(example, BPF_RB_NO_WAKEUP);
}

/* The tracepoint tells a return address, which may be the byte behind the function's last call. */
static __always_inline void drop_name_site(__u64 location)
{
	static const char format[] = "%ps";
	struct drop_site site = {};
	__u64 inside = location - 1;

	if (!has_snprintf || !location || bpf_map_lookup_elem(&drop_sites, &location))
		return;
	if (bpf_snprintf(site.name, sizeof(site.name), format, &inside, sizeof(inside)) > 0)
		bpf_map_update_elem(&drop_sites, &location, &site, BPF_ANY);
}

/* A place that is new: what it is called. */
static __always_inline void drop_name_place(const struct dropped *drop)
{
	const struct drop_device device = { drop->flow.place.netns, drop->flow.place.ifindex };

	drop_name_site(drop->flow.place.location);
	if (drop->device.name[0])
		bpf_map_update_elem(&drop_devices, &device, &drop->device, BPF_ANY);
}

/* Per CPU, so the counters have one writer; interrupts that drop meanwhile are the kernel's to keep out. */
static __always_inline void drop_count_place(const struct dropped *drop)
{
	const struct drop_counts first = { drop->packets, drop->bytes, drop->now };
	struct drop_counts *counts = bpf_map_lookup_elem(&drop_places, &drop->flow.place);
	struct drop_ledger *ledger;
	__u64 before = 0;

	if (counts) {
		before = counts->packets;
		counts->packets += drop->packets;
		counts->bytes += drop->bytes;
		counts->last_ns = drop->now;
	} else if (bpf_map_update_elem(&drop_places, &drop->flow.place, &first, BPF_ANY)) {
		ledger = drop_ledger_of_cpu();
		if (ledger) {
			ledger->other_packets += drop->packets;
			ledger->other_bytes += drop->bytes;
		}
		return;
	}
	if (!before)
		drop_name_place(drop);
	if ((before ^ (before + drop->packets)) > before) /* it passed a power of two */
		drop_tell(drop);
}

static __always_inline void drop_count_flow(const struct dropped *drop)
{
	const struct drop_counts first = { drop->packets, drop->bytes, drop->now };
	struct drop_counts *counts = bpf_map_lookup_elem(&drop_flows, &drop->flow);
	struct drop_ledger *ledger;

	if (!counts && bpf_map_update_elem(&drop_flows, &drop->flow, &first, BPF_NOEXIST)) {
		counts = bpf_map_lookup_elem(&drop_flows, &drop->flow); /* another CPU was first? */
		ledger = drop_ledger_of_cpu();
		if (!counts && ledger)
			ledger->lost_flows += drop->packets;
	}
	if (!counts)
		return;
	__sync_fetch_and_add(&counts->packets, drop->packets);
	__sync_fetch_and_add(&counts->bytes, drop->bytes);
	counts->last_ns = drop->now;
}

static __always_inline int drop_skb_seen(struct sk_buff *skb, __u64 location, __u32 reason,
					 struct sock *socket)
{
	struct dropped drop = {};

	if (has_reason && reason <= consumed_reason)
		return 0;
	/* Messages of netlink and local sockets are skbs too, of no protocol. */
	if (!skb->protocol)
		return 0;
	drop.socket = is_kernel_pointer(socket) ? socket : skb->sk;
	drop.flow.place.location = location;
	drop.flow.place.reason = reason;
	drop.flow.place.protocol = bpf_ntohs(skb->protocol);
	drop_device(&drop, skb, drop.socket);
	if (drop.socket)
		drop.flow.socket = drop.socket->__sk_common.skc_cookie.counter;
	drop_addresses(&drop.flow, skb);
	drop.packets = drop_packets(skb);
	drop.bytes = skb->len;
	drop.now = bpf_ktime_get_ns();
	drop_count_place(&drop);
	drop_count_flow(&drop);
	return 0;
}

static __always_inline int drop_xdp_seen(struct net_device *dev, __u32 verdict)
{
	struct dropped drop = { .packets = 1, .now = bpf_ktime_get_ns() };

	drop.flow.place.hook = DROP_XDP;
	drop.flow.place.reason = verdict;
	drop_device_is(&drop, dev);
	drop_count_place(&drop);
	return 0;
}

#endif
