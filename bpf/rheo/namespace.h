/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The addresses of a network namespace: a socket bound to no address receives at these and at no others.
 * Walked when such a socket shows up, a namespace at most once a second.
 */
#ifndef RHEO_NAMESPACE_H
#define RHEO_NAMESPACE_H

enum {
	NAMESPACE_STRIDES = 64, /* 4,096 devices and addresses: those of a host come before the many veths */
	NAMESPACE_STEPS = 64,   /* of a stride */
	NAMESPACE_REST_NS = 1000000000,
};

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
	__u64 users; /* programs that would walk here: a task may be put off this CPU in the midst of it */
};

/* Writer and reader: the walk that runs on this CPU. Bound: one. Full: whoever comes second leaves it to the
 * namespace's next socket. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct namespace_walk);
} namespace_walks SEC(".maps");

static __always_inline struct namespace_walk *namespace_walk_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&namespace_walks, &zero);
}

/* 1: there is no more, or no room to tell it. */
__noinline int namespace_tell_next(void)
{
	struct namespace_walk *walk = namespace_walk_of_cpu();
	struct owner_address *record;
	__u32 address[4] = {};

	if (!walk || !namespace_step(&walk->at, walk->end, address))
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

__noinline int namespace_stride(void)
{
	for (int step = 0; step < NAMESPACE_STEPS; step++) {
		if (namespace_tell_next())
			return 1;
	}
	return 0;
}

/*
 * Global functions, each verified once and by itself, with the state between two steps in a map: one loop for
 * devices and addresses, for two, one in the other, took the verifier seconds; and no bpf_loop, whose
 * callback kernels before 5.13 refuse even where it is never reached.
 */
__noinline int namespace_tell(__u64 space, __u64 netns)
{
	struct namespace_walk *walk = namespace_walk_of_cpu();
	struct net *net = (void *)space;

	if (!walk)
		return 0;
	walk->end = (void *)net + bpf_core_field_offset(struct net, dev_base_head);
	walk->at = (struct namespace_cursor){ .device = walk->end };
	walk->netns = netns;
	for (int stride = 0; stride < NAMESPACE_STRIDES; stride++) {
		if (namespace_stride())
			break;
	}
	return 0;
}

static __always_inline void namespace_seen(struct net *net, __u64 netns)
{
	struct namespace_walk *walk = namespace_walk_of_cpu();
	__u64 *told = bpf_map_lookup_elem(&namespaces, &netns);
	__u64 now = bpf_ktime_get_ns();

	if (!walk || (told && now - *told < NAMESPACE_REST_NS))
		return;
	__sync_fetch_and_add(&walk->users, 1);
	if (*(volatile __u64 *)&walk->users == 1) {
		bpf_map_update_elem(&namespaces, &netns, &now, BPF_ANY);
		namespace_tell((__u64)net, netns);
	}
	__sync_fetch_and_add(&walk->users, -1);
}

#endif
