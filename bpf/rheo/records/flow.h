/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The contract of the flow object: what this directory's README says. */
#ifndef RHEO_RECORDS_FLOW_H
#define RHEO_RECORDS_FLOW_H

/* What a slot counts. Every packet is counted in exactly one slot, so the sums balance per interface. */
enum flow_kind {
	FLOW_EMPTY = 0,    /* the slot was never used */
	FLOW_IP4 = 1,      /* narrow without a tunnel, wide inside one */
	FLOW_IP6 = 2,      /* always wide */
	FLOW_ARP = 3,      /* saddr and daddr are the sender's and the target's protocol address */
	FLOW_NON_IP = 4,   /* another EtherType: sport holds it (or the 802.3 length), no addresses */
	FLOW_UNPARSED = 5, /* the headers could not be followed: proto holds an enum flow_unparsed */
};

enum flow_unparsed {
	UNPARSED_SHORT = 1,    /* a header is cut */
	UNPARSED_HEADER = 2,   /* a header contradicts itself: version, length, offset */
	UNPARSED_TOO_DEEP = 3, /* more VLAN tags, extension headers or tunnels than we follow */
};

enum flow_tunnel {
	TUNNEL_NONE = 0,
	TUNNEL_IPIP = 1,   /* protocol 4 or 41: 4in4, 6in4, 4in6, 6in6 */
	TUNNEL_GRE = 2,    /* id is the key, 0 without one; Ethernet inside (GRETAP, NVGRE) too */
	TUNNEL_VXLAN = 3,  /* id is the VNI */
	TUNNEL_GENEVE = 4, /* id is the VNI */
};

enum flow_key_flag {
	KEY_EGRESS = 1,   /* the packet left through the interface; else it came in */
	KEY_FRAGMENT = 2, /* a later fragment whose first was never seen: its ports are unknown (0) */
};

/*
 * Key of a flow at one point (an interface and a direction). All of it is compared; no padding.
 * TCP, UDP, UDP-Lite, SCTP, DCCP: ports. ICMP, ICMPv6: sport 0, dport = htons(type << 8 | code). Else both 0.
 * A wide flow (IPv6, or anything in a tunnel) keeps its addresses in struct flow_addresses.
 */
struct flow_key {
	__be32 saddr; /* wide: a digest of the addresses */
	__be32 daddr; /* wide: the tunnel's id, host order */
	__be16 sport;
	__be16 dport;
	__u32 ifindex;
	__u8 kind;        /* enum flow_kind of the innermost packet */
	__u8 proto;       /* IP protocol of the innermost packet, after extension headers */
	__u8 tunnel;      /* enum flow_tunnel: the innermost tunnel */
	__u8 flags;       /* enum flow_key_flag */
	__u16 vlan;       /* outermost VLAN id, host order; 0 without a tag */
	__u16 vlan_inner; /* QinQ: the second tag's id; 0 without one */
};

/* IPv4 addresses stand here as IPv4-mapped IPv6 (::ffff:a.b.c.d); the outer pair is zero without a tunnel. */
struct flow_addresses {
	__u8 saddr[16];
	__u8 daddr[16];
	__u8 outer_saddr[16];
	__u8 outer_daddr[16];
};

/*
 * One flow in the table. Written by its own CPU only; counters only grow while the version stands.
 * Readers: take version (odd: being replaced, come back later), copy, and compare version again.
 * A different version is a different incarnation: the old one left by the flow ring with its final counts,
 * and its record was in the ring before the slot held anything new.
 */
struct flow_slot {
	__u32 version;   /* even: stable; 0: never used */
	__u32 last_seen; /* jiffies, low 32 bits */
	struct flow_key key;
	__u64 packets;  /* as on the wire: a GSO super-packet counts its segments */
	__u64 bytes;    /* L2 bytes as on the wire: each segment with its headers */
	__u64 first_ns; /* CLOCK_MONOTONIC */
	/* TCP; each counter stays below FLOW_FLAG_LIMIT within one incarnation. */
	__u16
	    tcp_flags; /* all flags ever seen: FIN 1 SYN 2 RST 4 PSH 8 ACK 16 URG 32 ECE 64 CWR 128 AE 256 */
	__u16 syn;     /* packets that carried SYN (with or without ACK) */
	__u16 fin;
	__u16 rst;
};

struct wide_slot {
	struct flow_slot flow;
	struct flow_addresses addresses;
};

/* The unit of look-up: a hash names a set, any of its ways may hold the flow. */
struct flow_set {
	struct flow_slot way[4];
};

struct wide_set {
	struct wide_slot way[4];
};

enum flow_limit {
	FLOW_WAYS = 4,
	FLOW_WAY_BITS = 2,
	FLOW_FLAG_LIMIT = 0x4000, /* a slot is handed over before a 16-bit counter can wrap */
};

enum handover_reason {
	HANDOVER_EVICTED = 1, /* a new flow needed the slot */
	HANDOVER_REOPENED =
	    2, /* a SYN on a flow that was beyond its handshake: a new connection of the same tuple */
	HANDOVER_LIMIT = 3, /* a 16-bit counter neared its end */
};

/* Record of the flow ring: a flow that lost its slot, with its final counts. */
struct flow_handover {
	__u32 slot;   /* index over all CPUs: (cpu * sets + set) * FLOW_WAYS + way; top bit set in the wide
			 table */
	__u32 reason; /* enum handover_reason */
	struct flow_slot flow; /* version is that of the incarnation that ended */
};

struct wide_handover {
	__u32 slot;
	__u32 reason;
	struct flow_slot flow;
	struct flow_addresses addresses;
};

enum handover_slot {
	HANDOVER_WIDE = 0x80000000u, /* flow_handover.slot: a wide_handover follows */
};

/* TCP state as the wire shows it, to somebody between the two ends. */
enum tcp_state {
	TCP_STATE_NONE = 0,
	TCP_STATE_SYN_SENT = 1,
	TCP_STATE_SYN_RECEIVED = 2,
	TCP_STATE_ESTABLISHED = 3,
	TCP_STATE_FIN_WAIT = 4,  /* one end has sent FIN */
	TCP_STATE_TIME_WAIT = 5, /* both ends have sent FIN */
	TCP_STATE_RESET = 6,     /* an end has sent RST */
};

/* Key of the handshake table: the lower endpoint (bytes as on the wire, address then port) stands first. */
struct tcp_key {
	__u8 addr[2][16];
	__be16 port[2];
	__u32 tunnel_id;
};

struct tcp_connection {
	__u64 syn_ns; /* first SYN; CLOCK_MONOTONIC, 0: not seen */
	__u64 synack_ns;
	__u64 ack_ns;
	__u32 syn_ifindex; /* point of the first SYN: a second SYN there is a retransmission, elsewhere the
			      same one */
	__u8 syn_egress;
	__u8 client; /* which end of the key sent the SYN: 0 or 1 */
	__u8 state;  /* enum tcp_state */
	__u8 fin;    /* bit 0: key end 0 has sent FIN; bit 1: key end 1 */
	__u32 syn_retransmits;
	__u32 synack_ifindex;
	__u8 synack_egress;
	__u8 pad[3];
	__u32 synack_retransmits;
};

/* Acknowledgements that one end sent the other, addresses as in struct tcp_key. */
struct tcp_ack_key {
	__u8 saddr[16];
	__u8 daddr[16];
	__be16 sport;
	__be16 dport;
};

/* What duplicate acknowledgements (no data, SACK blocks, nothing new in order) came that way. */
struct tcp_acks {
	__u64 syn_ns;     /* which connection of this tuple: its first SYN, 0 if that was not seen */
	__u64 last_ns;    /* CLOCK_MONOTONIC, of the last one */
	__u32 duplicates; /* only growing, until another connection has the tuple */
	__u32 ack;        /* of the last one: the acknowledgement number ... */
	__u32 edge;       /* ... and the highest end of its SACK blocks */
	__u32 point; /* where they are counted: interface << 1 | egress; the same ones elsewhere are not */
};

enum tcp_moment_type {
	TCP_MOMENT_ESTABLISHED = 1, /* the handshake's third packet was seen */
	TCP_MOMENT_CLOSED = 2,      /* the second FIN, or a RST */
};

/* Record of the tcp ring. */
struct tcp_moment {
	__u64 time_ns; /* CLOCK_MONOTONIC, of the packet that made the moment */
	struct tcp_key key;
	struct tcp_connection connection;
	__u32 type; /* enum tcp_moment_type */
	__u32 pad;
};

/* What did not reach a slot, a ring or a reader; one entry a CPU, written by that CPU only, only growing. */
struct flow_ledger {
	__u64 inserted;     /* incarnations begun, both tables */
	__u64 handed_over;  /* incarnations that left by the flow ring */
	__u64 lost_flows;   /* incarnations for which the flow ring had no room ... */
	__u64 lost_packets; /* ... and all they had counted, including what a reader has read from the slot
			       before */
	__u64 lost_bytes;
	__u64 lost_moments;      /* records for which the tcp ring had no room */
	__u64 lost_handshakes;   /* updates that the handshake table refused */
	__u64 uncounted_packets; /* no slot could be had at all; nonzero is a fault of ours */
	__u64 uncounted_bytes;
	__u64 copied_packets;    /* headers had to be copied out of a non-linear skb */
	__u64 fragments;         /* later fragments seen ... */
	__u64 fragments_unknown; /* ... whose first was not */
	__u64 ring_pending;      /* bytes put in the flow ring since the last look at how full it is */
	__u64 ring_wakeups;
	__u64 moments_pending; /* bytes put in the tcp ring since the last look at how full it is */
	__u64 duplicate_acks;  /* counted in struct tcp_acks */
};

/* The kernel's two clocks at one moment, from the read_clock program. */
struct kernel_clock {
	__u64 jiffies;
	__u64 monotonic_ns;
};

_Static_assert(sizeof(struct flow_key) == 24, "flow_key");
_Static_assert(sizeof(struct flow_addresses) == 64, "flow_addresses");
_Static_assert(sizeof(struct flow_slot) == 64, "a slot is one cache line");
_Static_assert(sizeof(struct wide_slot) == 128, "a wide slot is two");
_Static_assert(sizeof(struct flow_handover) == 72, "flow_handover");
_Static_assert(sizeof(struct wide_handover) == 136, "wide_handover");
_Static_assert(sizeof(struct tcp_key) == 40, "tcp_key");
_Static_assert(sizeof(struct tcp_connection) == 48, "tcp_connection");
_Static_assert(sizeof(struct tcp_ack_key) == 36, "tcp_ack_key");
_Static_assert(sizeof(struct tcp_acks) == 32, "tcp_acks");
_Static_assert(sizeof(struct tcp_moment) == 104, "tcp_moment");
_Static_assert(sizeof(struct flow_ledger) == 128, "one ledger is two cache lines, shared with no other CPU");

#endif
