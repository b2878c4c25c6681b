/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The addresses of a network namespace: a socket bound to no address receives at these and at no others.
 * Walked when such a socket shows up, a namespace at most once a second.
 */
#ifndef RHEO_NAMESPACE_H
#define RHEO_NAMESPACE_H

enum {
	NAMESPACE_STEPS =
	    128, /* devices and addresses together: those of a host come before the many veths */
	NAMESPACE_LOOPS = 4096, /* the same where the verifier need not look at each step */
	NAMESPACE_REST_NS = 1000000000,
};

const volatile bool has_loop = true; /* bpf_loop, since 5.17: set before load */

/* When a namespace's addresses were told. Full: the longest unused goes, and is told again. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, __u64);
} namespaces SEC(".maps");

static __always_inline __u64 namespace_of(struct net *net)
{
	if (bpf_core_field_exists(net->net_cookie))
		return BPF_CORE_READ(net, net_cookie);
	return BPF_CORE_READ(net, ns.inum);
}

static __always_inline struct owner_address *namespace_record(__u64 netns)
{
	struct owner_address *record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);

	if (!record) {
		owner_lost();
		return NULL;
	}
	record->head.kind = OWNER_ADDRESS;
	record->head.pid = 0;
	record->head.start_ns = 0;
	record->head.time_ns = bpf_ktime_get_ns();
	record->netns = netns;
	return record;
}

struct namespace_cursor {
	struct list_head *device;
	struct in_ifaddr *ip4;
	struct list_head *ip6;
	struct list_head *ip6_end;
};

static __always_inline void namespace_enter(struct namespace_cursor *at)
{
	struct net_device *dev = (void *)at->device - bpf_core_field_offset(struct net_device, dev_list);
	struct inet6_dev *ip6;

	at->ip4 = BPF_CORE_READ(dev, ip_ptr, ifa_list);
	at->ip6 = at->ip6_end = NULL;
	if (!bpf_core_type_exists(struct inet6_dev))
		return;
	ip6 = BPF_CORE_READ(dev, ip6_ptr);
	if (!ip6)
		return;
	at->ip6_end = (void *)ip6 + bpf_core_field_offset(struct inet6_dev, addr_list);
	at->ip6 = BPF_CORE_READ(ip6, addr_list.next);
}

/* The next address, if this step comes to one: else it comes to a device, or to the end. */
static __always_inline bool namespace_step(struct namespace_cursor *at, struct list_head *end, __u32 *address)
{
	struct list_head *device = at->device;
	struct inet6_ifaddr *ip6;
	struct in_ifaddr *ip4;

	if (at->ip6 && at->ip6 != at->ip6_end) {
		ip6 = (void *)at->ip6 - bpf_core_field_offset(struct inet6_ifaddr, if_list);
		bpf_core_read(address, 16, &ip6->addr);
		at->ip6 = BPF_CORE_READ(ip6, if_list.next);
	} else if (at->ip4) {
		ip4 = at->ip4;
		address_from_ip4((__u8 *)address, BPF_CORE_READ(ip4, ifa_local));
		at->ip4 = BPF_CORE_READ(ip4, ifa_next);
	} else {
		address[3] = 0;
		at->device = BPF_CORE_READ(device, next);
		if (!at->device || at->device == end)
			return false;
		namespace_enter(at);
	}
	return true;
}

struct namespace_walk {
	struct namespace_cursor at;
	struct list_head *end;
	__u64 netns;
};

/* 1: there is no more, or no room to tell it. */
static long namespace_tell_next(__u32 step, struct namespace_walk *walk)
{
	struct owner_address *record;
	__u32 address[4] = {};

	(void)step;
	if (!namespace_step(&walk->at, walk->end, address))
		return 1;
	if (!address[3])
		return 0;
	record = namespace_record(walk->netns);
	if (!record)
		return 1;
	__builtin_memcpy(record->address, address, sizeof(record->address));
	owner_submit(record, sizeof(*record));
	return 0;
}

/*
 * A function of its own for the verifier, and one loop for devices and addresses: two loops, one in the
 * other, took it seconds. Without bpf_loop it looks at each step, in each program that comes here.
 */
__attribute__((noinline)) int namespace_tell(__u64 space, __u64 netns)
{
	struct net *net = (void *)space;
	struct namespace_walk walk = { .netns = netns };
	int step;

	walk.end = (void *)net + bpf_core_field_offset(struct net, dev_base_head);
	walk.at.device = walk.end;
	if (has_loop) {
		bpf_loop(NAMESPACE_LOOPS, namespace_tell_next, &walk, 0);
		return 0;
	}
	for (step = 0; step < NAMESPACE_STEPS; step++) {
		if (namespace_tell_next(step, &walk))
			break;
	}
	return 0;
}

static __always_inline void namespace_seen(struct net *net, __u64 netns)
{
	__u64 now = bpf_ktime_get_ns();
	__u64 *told = bpf_map_lookup_elem(&namespaces, &netns);

	if (told && now - *told < NAMESPACE_REST_NS)
		return;
	bpf_map_update_elem(&namespaces, &netns, &now, BPF_ANY);
	namespace_tell((__u64)net, netns);
}

#endif
