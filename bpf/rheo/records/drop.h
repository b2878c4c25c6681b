/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The contract of the drop object: what this directory's README says. */
#ifndef RHEO_RECORDS_DROP_H
#define RHEO_RECORDS_DROP_H

/* Why and where packets were dropped: the key under which they are added up. */
struct drop_place {
	__u64 location; /* address in the kernel's text, or a device driver's; /proc/kallsyms names it */
	__u32 reason;   /* enum skb_drop_reason of the running kernel, or an XDP verdict (drop_place.hook) */
	__u32 ifindex;  /* of the device that the packet came from or was to leave by; 0: none is known */
	__u32 netns;    /* inode of that device's network namespace, else of the socket's; 0: unknown */
	__u16 protocol; /* EtherType, host order */
	__u16 hook;     /* enum drop_hook */
};

enum drop_hook {
	DROP_SKB = 0, /* tracepoint kfree_skb */
	DROP_XDP = 1, /* tracepoint xdp_exception: reason is the verdict that could not be carried out */
	DROP_GONE =
	    0x8000, /* set beside one of these by user space: a sum of places that were quiet for long */
};

/* Only growing; of a flow as long as it keeps its slot. */
struct drop_counts {
	__u64 packets; /* as on the wire: a GSO super-packet counts its segments */
	__u64 bytes;   /* of the skb, from where its data begins at that place */
	__u64 last_ns; /* CLOCK_MONOTONIC, to a jiffy */
};

/* Whose packet it was. IPv4 addresses are mapped (::ffff:a.b.c.d); all zero if not IP. */
struct drop_flow {
	struct drop_place place;
	__u8 saddr[16];
	__u8 daddr[16];
	__be16 sport; /* TCP, UDP, SCTP, DCCP; else, and in later fragments, 0 */
	__be16 dport;
	__u8 transport; /* IP protocol; 0 if not IP */
	__u8 pad[3];
	__u64
	    socket; /* cookie of the socket that sent it, or was to receive it; 0: none, or it has none yet */
};

enum drop_limit {
	DROP_WAYS = 4,
	DROP_STRANGE = 64, /* of drop_ledger.strange */
};

/*
 * A flow of dropped packets. Odd versions are being replaced, 0 was never used. Readers copy it between two
 * readings of the version; counts grow under one version.
 */
struct drop_slot {
	__u32 version;
	__u32 pad;
	struct drop_flow flow;
	struct drop_counts counts;
};

/* Value of drop_flows: the flows of one CPU whose hashes have the same top bits. */
struct drop_set {
	__u32 tag[DROP_WAYS]; /* low bits of each flow's hash, with bit 0 set; the writer's alone */
	__u8 seen[DROP_WAYS]; /* since the hand passed; the writer's alone */
	__u32 hand;
	__u8 pad[8];
	struct drop_slot slot[DROP_WAYS];
};

/* Key of drop_devices, whose value is the device's name. */
struct drop_device {
	__u32 netns;
	__u32 ifindex;
};

struct drop_device_name {
	char name[16]; /* as it was when packets were first dropped there */
};

/* Value of drop_sites, whose key is drop_place.location. */
struct drop_site {
	char name[48]; /* the function, and the module in brackets if it is one's */
};

/* What the walk over all descriptors writes of each socket that listens, once for each descriptor. */
struct drop_listener {
	__u64 cookie;
	__u8 address[16]; /* IPv4 addresses are mapped; all zero: any */
	__u32 netns;
	__u32 pid;
	__u32 drops; /* connections that its full queue refused, and packets to it that were dropped */
	__u32 uid;
	__u16 port; /* host order */
	__u16 pad[3];
	char comm[16]; /* of the thread group */
};

/* Record of the drop ring: one packet, for the first, second, fourth, eighth … of its place on its CPU. */
struct drop_example {
	__u64 time_ns; /* CLOCK_MONOTONIC, to a jiffy */
	struct drop_flow flow;
	__u32 length; /* bytes of the skb */
	__u32 uid;    /* owner of the socket; ~0: no socket */
};

/* What the drop tables could not hold; one entry a CPU. */
struct drop_ledger {
	__u64 other_packets; /* counted, but their place found no room in drop_places */
	__u64 other_bytes;
	__u64 lost_flows;    /* packets of flows that gave up their slot; their places have them */
	__u64 lost_examples; /* records for which the ring had no room */
	__u64 seen;    /* all that were counted, here or at a place: nothing moved, nothing is to be read */
	__u64 tick;    /* the jiffy of tick_ns; the writer's alone */
	__u64 tick_ns; /* CLOCK_MONOTONIC at the first drop of that jiffy */
	__u64 strange; /* places of protocols other than IP and ARP so far; the writer's alone */
	__u64 part;    /* the next skb that hangs on the last one dropped; the writer's alone */
};

_Static_assert(sizeof(struct drop_place) == 24, "drop_place");
_Static_assert(sizeof(struct drop_flow) == 72, "drop_flow");
_Static_assert(sizeof(struct drop_set) == 448, "drop_set");
_Static_assert(sizeof(struct drop_example) == 88, "drop_example");
_Static_assert(sizeof(struct drop_listener) == 64, "drop_listener");

#endif
