/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * One dropped packet from the tracepoint to its counters. Everything is read from the kernel's own structures
 * and nothing of them is trusted: a packet on its way out may have any of its fields in other use.
 */
#ifndef RHEO_DROP_H
#define RHEO_DROP_H

/* Set before load from the running kernel's BTF. */
const volatile __u32 consumed_reason = 1; /* greatest reason that is no drop: SKB_CONSUMED, where it exists */
const volatile __u32 overheard_reason;    /* OTHERHOST, where it exists; 0 is none that is told */
const volatile __u32 purged_reason;       /* QUEUE_PURGE, likewise */
const volatile bool has_reason = true;    /* kfree_skb's third argument, since 5.17 */
const volatile bool has_socket = true;    /* its fourth, since 6.11 */
const volatile bool has_snprintf =
    true; /* bpf_snprintf, since 5.13; else user space finds the names itself */

enum {
	NO_UID = ~0U,
	DROP_TCP_TIME_WAIT = 6,
	DROP_TCP_NEW_SYN_RECV = 12,
};

/* Writer: each CPU its own counters. Reader: user space. Full: drop_ledger.other_*. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct drop_place);
	__type(value, struct drop_counts);
} drop_places SEC(".maps");

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
	struct sock *socket;
	struct net_device *device;
};

static __always_inline struct drop_ledger *drop_ledger_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&drop_ledger, &zero);
}

static __always_inline void drop_device_is(struct dropped *drop, struct net_device *dev)
{
	drop->device = dev;
	drop->flow.place.ifindex = dev->ifindex;
	drop->flow.place.netns = dev->nd_net.net->ns.inum;
}

/*
 * What lies in a socket's queue keeps other things where the device was: a datagram its length
 * (udp_set_dev_scratch), a TCP segment that came out of order its neighbour in a tree (sk_buff.rbnode), which
 * is a pointer, too. A device's queues lead back to it.
 */
static __always_inline bool drop_has_device(struct sk_buff *skb, struct net_device *dev)
{
	return is_kernel_pointer(dev) && (!skb->sk || dev->_tx->dev == dev);
}

static __always_inline void drop_device(struct dropped *drop, struct sk_buff *skb)
{
	struct drop_place *place = &drop->flow.place;
	struct net_device *dev = skb->dev;

	if (drop_has_device(skb, dev)) {
		drop_device_is(drop, dev);
		return;
	}
	place->ifindex = skb->skb_iif;
	if (drop->socket)
		place->netns = drop->socket->__sk_common.skc_net.net->ns.inum;
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

/* A connection that is over, or not whole yet, has a smaller socket, of no user. */
static __always_inline __u32 drop_uid(struct sock *sk)
{
	if (!sk || sk->__sk_common.skc_state == DROP_TCP_TIME_WAIT ||
	    sk->__sk_common.skc_state == DROP_TCP_NEW_SYN_RECV)
		return NO_UID;
	return sk->sk_uid.val;
}

static __always_inline void drop_tell(const struct dropped *drop, const struct drop_counts *more,
				      struct drop_ledger *ledger)
{
	struct drop_example *example = bpf_ringbuf_reserve(&drop_ring, sizeof(*example), 0);

	if (!example) {
		ledger->lost_examples++;
		return;
	}
	example->time_ns = more->last_ns;
	example->flow = drop->flow;
	example->length = more->bytes;
	example->uid = drop_uid(drop->socket);
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

static __always_inline void drop_name_device(const struct dropped *drop)
{
	const struct drop_device device = { drop->flow.place.netns, drop->flow.place.ifindex };
	const struct net_device___named *named = (const void *)drop->device;
	struct drop_device_name name = {};

	if (!named || bpf_core_read(&name, sizeof(name), &named->name))
		return;
	bpf_map_update_elem(&drop_devices, &device, &name, BPF_ANY);
}

/*
 * The place's counters; NULL: it is new. Who sends frames of a protocol that nobody here speaks chooses its
 * number, and must not fill the table: beyond the first ones they are counted without it.
 */
static __always_inline struct drop_counts *drop_counts_of(struct drop_place *place,
							  struct drop_ledger *ledger)
{
	struct drop_counts *counts = bpf_map_lookup_elem(&drop_places, place);
	__be16 protocol = bpf_htons(place->protocol);

	if (counts || protocol == ETH_P_IP_BE || protocol == ETH_P_IPV6_BE || protocol == ETH_P_ARP_BE)
		return counts;
	if (ledger->strange < DROP_STRANGE) {
		ledger->strange++;
		return NULL;
	}
	place->protocol = 0;
	return bpf_map_lookup_elem(&drop_places, place);
}

/*
 * Per CPU, so the counters have one writer; interrupts that drop meanwhile are the kernel's to keep out. True
 * for the first, second, fourth, eighth … packet.
 */
static __always_inline bool drop_count_place(struct dropped *drop, const struct drop_counts *more,
					     struct drop_ledger *ledger)
{
	struct drop_counts *counts = drop_counts_of(&drop->flow.place, ledger);
	__u64 before = 0;

	ledger->seen++;
	if (counts) {
		before = counts->packets;
		drop_count(counts, more);
	} else if (bpf_map_update_elem(&drop_places, &drop->flow.place, more, BPF_ANY)) {
		ledger->other_packets += more->packets;
		ledger->other_bytes += more->bytes;
		return false;
	}
	if (!before) {
		drop_name_site(drop->flow.place.location);
		drop_name_device(drop);
	}
	return (before ^ (before + more->packets)) > before; /* it passed a power of two */
}

static __always_inline void drop_place_is(struct dropped *drop, struct sk_buff *skb, __u64 location,
					  __u32 reason, struct sock *socket)
{
	if (!is_kernel_pointer(socket))
		socket = skb->sk; /* of a fragment that waits for others: its offset */
	drop->socket = is_kernel_pointer(socket) ? socket : NULL;
	drop->flow.place.location = location;
	drop->flow.place.reason = reason;
	drop->flow.place.protocol = bpf_ntohs(skb->protocol);
	drop_device(drop, skb);
}

/* A frame that was only overheard (a tap, a mirror port, a bridge that floods) belongs to no flow of this
 * machine, and comes at the rate of the wire; what a closed socket had not read is no loss, and comes with
 * each short connection: their place is counted, and that is all. */
static __always_inline bool drop_has_no_flow(__u32 reason)
{
	return (overheard_reason && reason == overheard_reason) || (purged_reason && reason == purged_reason);
}

/*
 * What hangs on a dropped packet (fragments, what GRO has put together) is let go right after it, each with a
 * tracepoint of its own: the first has counted it.
 */
static __always_inline bool drop_is_part(struct drop_ledger *ledger, struct sk_buff *skb)
{
	struct skb_shared_info *shared = (void *)(skb->head + skb->end);
	bool is_part = ledger->part && ledger->part == (__u64)skb;

	if (is_part)
		ledger->part = (__u64)skb->next;
	else
		bpf_core_read(&ledger->part, sizeof(ledger->part), &shared->frag_list);
	return is_part;
}

static __always_inline int drop_skb_seen(struct sk_buff *skb, __u64 location, __u32 reason,
					 struct sock *socket)
{
	bool placed_only = drop_has_no_flow(reason);
	struct drop_ledger *ledger;
	struct drop_counts more;
	struct dropped drop = {};
	bool is_example;

	if (has_reason && reason <= consumed_reason)
		return 0;
	/* Messages of netlink and local sockets are skbs too, of no protocol. */
	if (!skb->protocol)
		return 0;
	ledger = drop_ledger_of_cpu();
	if (!ledger) /* cannot happen: the map has an entry */
		return 0;
	if (drop_is_part(ledger, skb))
		return 0;
	drop_place_is(&drop, skb, location, reason, socket);
	more.packets = drop_packets(skb);
	more.bytes = skb->len;
	more.last_ns = tick_time(&ledger->tick, &ledger->tick_ns);
	is_example = drop_count_place(&drop, &more, ledger);
	if (placed_only && !is_example)
		return 0;
	if (drop.socket)
		drop.flow.socket = drop.socket->__sk_common.skc_cookie.counter;
	drop_addresses(&drop.flow, skb);
	if (is_example)
		drop_tell(&drop, &more, ledger);
	if (!placed_only)
		drop_cache(&drop.flow, &more, ledger);
	return 0;
}

static __always_inline int drop_xdp_seen(struct net_device *dev, __u32 verdict)
{
	struct drop_ledger *ledger = drop_ledger_of_cpu();
	struct drop_counts more = { .packets = 1 };
	struct dropped drop = {};

	if (!ledger)
		return 0;
	more.last_ns = tick_time(&ledger->tick, &ledger->tick_ns);
	drop.flow.place.hook = DROP_XDP;
	drop.flow.place.reason = verdict;
	drop_device_is(&drop, dev);
	if (drop_count_place(&drop, &more, ledger))
		drop_tell(&drop, &more, ledger);
	return 0;
}

#endif
