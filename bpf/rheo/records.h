/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * THE contract: each record, key, value and enum that crosses from the kernel to user space. No functions.
 * User space never mirrors these by hand: Rheo.Bpf.Gen reads them from the object's BTF at build time.
 * Fixed widths, explicit padding, sizes asserted. Network byte order is said in the type (__be16, __be32).
 */
#ifndef RHEO_RECORDS_H
#define RHEO_RECORDS_H

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
	__u64 ring_pending;      /* bytes put in the flow ring since the last wake-up */
	__u64 ring_wakeups;
	__u64 pad[2];
};

/* The kernel's two clocks at one moment, from the read_clock program. */
struct kernel_clock {
	__u64 jiffies;
	__u64 monotonic_ns;
};

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
};

/* Value of drop_places (per CPU) and drop_flows (over all CPUs); only growing. */
struct drop_counts {
	__u64 packets; /* as on the wire: a GSO super-packet counts its segments */
	__u64 bytes;   /* of the skb, from where its data begins at that place */
	__u64 last_ns; /* CLOCK_MONOTONIC */
};

/* Whose packet it was: the key of drop_flows. IPv4 addresses are mapped (::ffff:a.b.c.d); all zero if not IP.
 */
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
	__u64 time_ns; /* CLOCK_MONOTONIC */
	struct drop_flow flow;
	__u32 length; /* bytes of the skb */
	__u32 uid;    /* owner of the socket; ~0: no socket */
};

/* What the drop tables could not hold; one entry a CPU. */
struct drop_ledger {
	__u64 other_packets; /* counted, but their place found no room in drop_places */
	__u64 other_bytes;
	__u64 lost_flows;    /* packets that drop_flows refused */
	__u64 lost_examples; /* records for which the ring had no room */
};

/* Record types of tcp_ring (what happens) and tcp_walk_ring (what a walk over the live sockets finds). */
enum tcp_record {
	TCP_RECORD_LIVE = 1,   /* struct tcp_health: a connection whose figures moved since the last walk */
	TCP_RECORD_OPENED = 2, /* struct tcp_health: it is established */
	TCP_RECORD_ENDED = 3,  /* struct tcp_health: it is over; its last figures */
	TCP_RECORD_QUEUE = 4,  /* struct tcp_queue: a listener */
	TCP_RECORD_QUEUE_ENDED = 5,
};

/* Why a connection is over. */
enum tcp_end {
	TCP_END_NONE = 0,
	TCP_END_FIN_SENT = 1,     /* in order; this end closed first */
	TCP_END_FIN_RECEIVED = 2, /* in order; the other end closed first */
	TCP_END_RESET_SENT = 3,
	TCP_END_RESET_RECEIVED = 4,
	TCP_END_TIMED_OUT = 5,
	TCP_END_REFUSED = 6,     /* a RST answered the SYN */
	TCP_END_UNREACHABLE = 7, /* the network said so */
	TCP_END_GIVEN_UP = 8,    /* its process closed it before it was open */
	TCP_END_OTHER = 9,
};

/* What made the kernel send something again. */
enum tcp_cause {
	TCP_CAUSE_TIMEOUT = 0, /* RTO, and what is sent again in the slow start after it */
	TCP_CAUSE_FAST = 1,    /* the peer's acknowledgements show a gap */
	TCP_CAUSE_PROBE = 2,   /* tail loss probe */
	TCP_CAUSE_SYN = 3,
	TCP_CAUSE_SYN_ACK = 4,
};

enum tcp_life_flag {
	TCP_LIFE_FROM_START = 1, /* seen from its first state on */
	TCP_LIFE_ACTIVE = 2,     /* this end connected */
	TCP_LIFE_PASSIVE = 4,    /* this end accepted */
	TCP_LIFE_FIN_SENT = 8,   /* this end closed first */
	TCP_LIFE_FIN_RECEIVED = 16,
	TCP_LIFE_NO_PROCESS = 32, /* in a record: no process holds it (yet, or any more) */
};

/* Kept with each socket (sk_storage) as long as it lives. */
struct tcp_life {
	__u64 cookie;
	__u64 opened_ns; /* CLOCK_MONOTONIC of SYN_SENT, or where this end accepted of ESTABLISHED; 0: before
			    us */
	__u64 established_ns; /* 0: not yet, or before us */
	__u64 state_ns;       /* since when it is in its state; 0: before us */
	__u64 told;           /* digest of what the last walk told of it */
	__u32 retransmits[5]; /* segments, by enum tcp_cause */
	__u32 counted;        /* of the kernel's total: those up to which retransmits are counted */
	__u32 resets_sent;
	__u32 resets_received;
	__u32 flags; /* enum tcp_life_flag */
	__u32 pad;
};

/* A connection's figures, as its tcp_sock has them. Times in jiffies are the clock's low 32 bits. */
struct tcp_health {
	__u32 type;  /* enum tcp_record */
	__u32 netns; /* inode of its network namespace */
	__u64 time_ns;
	__u8 saddr[16]; /* this end; IPv4 is mapped (::ffff:a.b.c.d) */
	__u8 daddr[16];
	__u16 sport; /* host order */
	__u16 dport;
	__u8 state;     /* enum of the kernel: TCP_ESTABLISHED 1 … TCP_CLOSING 11 */
	__u8 old_state; /* ENDED: the state before CLOSE */
	__u8 end;       /* enum tcp_end */
	__u8 recovery;  /* enum tcp_ca_state */
	__u32 error;    /* errno that the process sees; 0: none */
	__u32 jiffies;  /* when the record was made */
	struct tcp_life life;
	__u64 bytes_sent; /* payload, with what was sent again */
	__u64 bytes_acked;
	__u64 bytes_received;
	__u64 bytes_retransmitted;
	__u64 delivered_us; /* CLOCK_MONOTONIC when payload was acknowledged last */
	__u32 segments_out;
	__u32 segments_in;
	__u32 data_segments_out;
	__u32 data_segments_in;
	__u32 retransmits; /* segments, of all causes */
	__u32 duplicates;  /* segments that the peer reports to have twice (DSACK) */
	__u32 out_of_order;
	__u32 srtt_8us;    /* smoothed round trip, in 1/8 us; 0: not measured yet */
	__u32 rttvar_4us;  /* its mean deviation, in 1/4 us: what ss calls rttvar */
	__u32 min_rtt_us;  /* ~0: not measured yet */
	__u32 rto_jiffies; /* present retransmission time-out */
	__u32 cwnd;        /* segments */
	__u32 ssthresh;    /* segments; 0x7fffffff: none yet */
	__u32 mss;         /* bytes */
	__u32 send_window; /* bytes that the peer allows */
	__u32 receive_window;
	__u32 unacked;        /* bytes written by the process and not acknowledged yet */
	__u32 unsent;         /* of these: not sent yet */
	__u32 unread;         /* bytes received in order and not read by the process yet */
	__u32 rate_delivered; /* segments delivered in rate_interval_us */
	__u32 rate_interval_us;
	__u32 busy_jiffies; /* time with something to send; the running span is not in these three */
	__u32 receiver_limited_jiffies;
	__u32 buffer_limited_jiffies;
	__u32 span_jiffies; /* when the running span began */
	__u32 span;         /* which span runs: 0 none, 1 busy, 2 receiver-limited, 3 buffer-limited */
	__u32 last_sent_jiffies;
	__u32 last_received_jiffies;
	__u8 backoff; /* doublings of the time-out in force */
	__u8 probes;  /* window probes unanswered */
	__u8 pad[6];
};

/* A listener and what waits for it. */
struct tcp_queue {
	__u32 type;
	__u32 netns;
	__u64 time_ns;
	__u64 cookie;
	__u64 opened_ns; /* 0: before us */
	__u8 address[16];
	__u16 port; /* host order */
	__u8 pad[2];
	__u32 length;    /* connections that wait to be accepted */
	__u32 limit;     /* what listen() allows: full when length is above it */
	__u32 half_open; /* handshakes that wait for their third packet */
	__u32 drops;     /* attempts that it let go, since it listens: a queue was full, or no memory */
	__u32 synack_retransmits; /* since it is watched */
};

/* One entry a CPU; only growing. */
struct tcp_ledger {
	__u64 attempts;        /* SYN_SENT */
	__u64 opened;          /* by this end */
	__u64 accepted;        /* opened by the other */
	__u64 ends[16];        /* by enum tcp_end; of connections that were established */
	__u64 failures[16];    /* by enum tcp_end; of attempts */
	__u64 retransmits[8];  /* by enum tcp_cause */
	__u64 resets_sent;     /* also by no socket */
	__u64 resets_received; /* by sockets */
	__u64 lost_moments;    /* records for which tcp_ring had no room */
	__u64 lost_figures;    /* records for which tcp_walk_ring had no room: the next walk tells them */
	__u64 lost_lives;      /* sockets that took no storage: their figures are not told */
};

/* What a record of the owner ring is; struct owner_head stands first in all of them. */
enum owner_kind {
	OWNER_PROCESS =
	    1, /* struct owner_process: before the first record that names it, and when it has changed */
	OWNER_SOCKET = 2,  /* struct owner_socket */
	OWNER_ADDRESS = 3, /* struct owner_address */
	OWNER_FORK = 4,    /* struct owner_fork: a known process has a child, which has all its descriptors */
	OWNER_EXIT = 5,    /* struct owner_head alone: a known process has ended */
};

struct owner_head {
	__u32 kind;     /* enum owner_kind */
	__u32 pid;      /* thread group; 0: no process is known */
	__u64 start_ns; /* when it began, CLOCK_MONOTONIC: with pid, a process that no other is taken for */
	__u64 time_ns;  /* CLOCK_MONOTONIC */
};

enum owner_limit {
	OWNER_TEXT = 512, /* bytes of a path, each part with its NUL */
	OWNER_PART = 128, /* bytes of a part; what is longer is cut */
	OWNER_DEPTH = 20, /* parts */
};

/* A process as it was. Paths are parts, the last one first, each NUL-terminated; what does not fit is cut at
 * the root. */
struct owner_process {
	struct owner_head head;
	__u64 cgroup_id; /* of cgroup v2 */
	__u32 uid;       /* in the first user namespace */
	__u16 executable_length;
	__u16 cgroup_length;
	__u8 name[16]; /* of the thread group's leader */
	__u8 executable[OWNER_TEXT];
	__u8 cgroup[OWNER_TEXT]; /* v2; where that is the root, memory's or pids' of v1 */
};

enum owner_event {
	SOCKET_BOUND = 1,       /* it listens, or receives datagrams at its port */
	SOCKET_CONNECTING = 2,  /* a process connects it; its own port may not be known yet */
	SOCKET_ESTABLISHED = 3, /* TCP; no process is known at that moment */
	SOCKET_CLOSED = 4,      /* TCP: the connection is over, though a process may still hold the socket */
	SOCKET_RELEASED = 5,    /* the last descriptor is closed, by this process */
	SOCKET_FOUND = 6,       /* this process has a descriptor of it */
};

enum owner_flag {
	OWNER_PASSIVE = 1, /* SOCKET_ESTABLISHED: the other end began */
	OWNER_IPV6 = 2,    /* the socket is of AF_INET6 ... */
	OWNER_V6ONLY = 4,  /* ... and takes no IPv4 */
};

/* A socket at one moment. IPv4 addresses are mapped; the wildcard of AF_INET is ::ffff:0.0.0.0. */
struct owner_socket {
	struct owner_head head;
	__u64 cookie; /* 0: the kernel is too old to tell */
	__u64 netns;  /* cookie of the namespace; before 5.12 its inode */
	__u8 local[16];
	__u8 remote[16];
	__be16 local_port;
	__be16 remote_port;
	__u8 protocol;
	__u8 event; /* enum owner_event */
	__u8 state; /* TCP_ESTABLISHED, ... */
	__u8 flags; /* enum owner_flag */
};

/* An address of a network namespace that has sockets bound to no address. */
struct owner_address {
	struct owner_head head; /* pid 0 */
	__u64 netns;
	__u8 address[16];
};

struct owner_fork {
	struct owner_head head; /* the child */
	__u32 parent;
	__u32 pad;
	__u64 parent_start_ns;
};

/* One entry a CPU, only growing but for pending. */
struct owner_ledger {
	__u64 records;
	__u64 lost_records; /* for which the ring had no room */
	__u64
	    lost_marks; /* sockets that could not be marked as told: they are told again with each datagram */
	__u64 pending;  /* bytes put in the ring since the last wake-up */
};

_Static_assert(sizeof(struct flow_key) == 24, "flow_key");
_Static_assert(sizeof(struct flow_addresses) == 64, "flow_addresses");
_Static_assert(sizeof(struct flow_slot) == 64, "a slot is one cache line");
_Static_assert(sizeof(struct wide_slot) == 128, "a wide slot is two");
_Static_assert(sizeof(struct flow_handover) == 72, "flow_handover");
_Static_assert(sizeof(struct wide_handover) == 136, "wide_handover");
_Static_assert(sizeof(struct tcp_key) == 40, "tcp_key");
_Static_assert(sizeof(struct tcp_connection) == 48, "tcp_connection");
_Static_assert(sizeof(struct tcp_moment) == 104, "tcp_moment");
_Static_assert(sizeof(struct drop_place) == 24, "drop_place");
_Static_assert(sizeof(struct drop_flow) == 72, "drop_flow");
_Static_assert(sizeof(struct drop_example) == 88, "drop_example");
_Static_assert(sizeof(struct tcp_life) == 80, "tcp_life");
_Static_assert(sizeof(struct tcp_health) == 304, "tcp_health");
_Static_assert(sizeof(struct tcp_queue) == 72, "tcp_queue");
_Static_assert(sizeof(struct owner_process) == 1080, "owner_process");
_Static_assert(sizeof(struct owner_socket) == 80, "owner_socket");
_Static_assert(sizeof(struct owner_address) == 48, "owner_address");
_Static_assert(sizeof(struct owner_fork) == 40, "owner_fork");
_Static_assert(sizeof(struct drop_listener) == 64, "drop_listener");
_Static_assert(sizeof(struct flow_ledger) == 128, "one ledger is two cache lines, shared with no other CPU");

#endif
