/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * TCP as somebody between the two ends sees it: SYN, SYN-ACK, ACK with their times, then FIN or RST.
 * Touched by packets that change something, never by the data between them. A packet that crosses several
 * interfaces is seen several times; the first sight counts, and the same packet elsewhere changes nothing.
 */
#ifndef RHEO_HANDSHAKE_H
#define RHEO_HANDSHAKE_H

/*
 * Writer and reader: control packets on any CPU. Bound: 32,768 connections (about 5 MiB).
 * Full: the oldest goes; it loses its handshake time, or its closing is then told by flags alone.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 32768);
	__type(key, struct tcp_key);
	__type(value, struct tcp_connection);
} tcp_connections SEC(".maps");

enum {
	TCP_RING_BYTES = 1 << 20, /* 9,300 moments: 100 ms of 40,000 new connections a second, twice over */
};

/* As flow_look_bytes. */
const volatile __u32 tcp_look_bytes = TCP_RING_BYTES / 16;

/* Writer: control packets. Reader: user space. Full: counted in the ledger (lost_moments). */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, TCP_RING_BYTES);
} tcp_ring SEC(".maps");

struct tcp_sight {
	struct tcp_key key;
	__u32 from; /* which end of the key sent this packet */
	__u32 ifindex;
	__u32 egress;
	__u32 flags;
	__u64 now; /* 0: not read yet */
};

/* Read when a moment needs it: not all do. */
static __always_inline __u64 sight_now(struct tcp_sight *sight)
{
	if (!sight->now)
		sight->now = bpf_ktime_get_ns();
	return sight->now;
}

static __always_inline bool address_above(const __u8 *a, const __u8 *b)
{
	const __u32 *x = (const __u32 *)a, *y = (const __u32 *)b;

#pragma unroll
	for (int i = 0; i < 4; i++) {
		if (x[i] != y[i])
			return bpf_ntohl(x[i]) > bpf_ntohl(y[i]);
	}
	return false;
}

static __always_inline void sight_ports(struct tcp_sight *sight, __be16 source, __be16 target)
{
	sight->key.port[0] = sight->from ? target : source;
	sight->key.port[1] = sight->from ? source : target;
}

/* The lower end stands first. */
static __always_inline void sight_narrow(struct tcp_sight *sight, const struct flow_key *key)
{
	__be32 source = key->saddr, target = key->daddr;
	__be16 sport = key->sport, dport = key->dport;

	sight->from =
	    source == target ? bpf_ntohs(sport) > bpf_ntohs(dport) : bpf_ntohl(source) > bpf_ntohl(target);
	address_from_ip4(sight->key.addr[0], sight->from ? target : source);
	address_from_ip4(sight->key.addr[1], sight->from ? source : target);
	sight_ports(sight, sport, dport);
}

static __always_inline void sight_wide(struct tcp_sight *sight, const struct packet *p)
{
	__u8 source[16] __attribute__((aligned(8))), target[16] __attribute__((aligned(8)));
	__be16 sport = p->key.sport, dport = p->key.dport;

	__builtin_memcpy(source, p->addresses.saddr, 16);
	__builtin_memcpy(target, p->addresses.daddr, 16);
	sight->from = __builtin_memcmp(source, target, 16) ? address_above(source, target)
							   : bpf_ntohs(sport) > bpf_ntohs(dport);
	if (sight->from) {
		__builtin_memcpy(sight->key.addr[0], target, 16);
		__builtin_memcpy(sight->key.addr[1], source, 16);
	} else {
		__builtin_memcpy(sight->key.addr[0], source, 16);
		__builtin_memcpy(sight->key.addr[1], target, 16);
	}
	sight_ports(sight, sport, dport);
}

static __always_inline void sight_of(struct tcp_sight *sight, const struct packet *p)
{
	if (packet_is_wide(p))
		sight_wide(sight, p);
	else
		sight_narrow(sight, &p->key);
	sight->key.tunnel_id = p->tunnel_id;
	sight->ifindex = p->key.ifindex;
	sight->egress = p->key.flags & KEY_EGRESS;
	sight->flags = p->tcp_flags;
}

/* The reader comes by himself on a timer; a burst that fills half of the ring before calls him. */
static __always_inline __u64 tcp_wake_flags(struct flow_ledger *ledger)
{
	ledger->moments_pending += sizeof(struct tcp_moment) + 8;
	if (ledger->moments_pending < tcp_look_bytes)
		return BPF_RB_NO_WAKEUP;
	ledger->moments_pending = 0;
	return bpf_ringbuf_query(&tcp_ring, BPF_RB_AVAIL_DATA) < TCP_RING_BYTES / 2 ? BPF_RB_NO_WAKEUP
										    : BPF_RB_FORCE_WAKEUP;
}

static __always_inline void tcp_tell(struct tcp_sight *sight, const struct tcp_connection *connection,
				     __u32 type)
{
	struct flow_ledger *ledger = ledger_of(bpf_get_smp_processor_id());
	struct tcp_moment *moment;

	if (!ledger) /* cannot happen with the sizes that user space sets */
		return;
	moment = bpf_ringbuf_reserve(&tcp_ring, sizeof(*moment), 0);
	if (!moment) {
		ledger->lost_moments++;
		return;
	}
	moment->time_ns = sight_now(sight);
	moment->key = sight->key;
	moment->connection = *connection;
	moment->type = type;
	moment->pad = 0;
	bpf_ringbuf_submit(moment, tcp_wake_flags(ledger));
}

static __always_inline void tcp_remember(const struct tcp_sight *sight,
					 const struct tcp_connection *connection)
{
	struct flow_ledger *ledger;

	if (!bpf_map_update_elem(&tcp_connections, &sight->key, connection, BPF_ANY))
		return;
	ledger = ledger_of(bpf_get_smp_processor_id());
	if (ledger)
		ledger->lost_handshakes++;
}

static __always_inline bool same_point(const struct tcp_sight *sight, __u32 ifindex, __u32 egress)
{
	return sight->ifindex == ifindex && sight->egress == egress;
}

enum {
	SAME_SYN_NS = 180000000000ull, /* kernels give up after 127 s */
};

/* The same SYN at another point, or sent again; later, or beyond the handshake, it begins a new connection.
 */
static __always_inline bool tcp_is_same_syn(struct tcp_sight *sight, const struct tcp_connection *known)
{
	__u64 began = known->syn_ns ? known->syn_ns : known->synack_ns;

	return (known->state == TCP_STATE_SYN_SENT || known->state == TCP_STATE_SYN_RECEIVED) &&
	       sight_now(sight) - began < SAME_SYN_NS;
}

/* A new connection begins, also on a tuple whose last one has ended, or went away without a word. */
static __always_inline void tcp_syn(struct tcp_sight *sight, struct tcp_connection *known)
{
	struct tcp_connection fresh = {};

	if (known && tcp_is_same_syn(sight, known)) {
		if (known->state == TCP_STATE_SYN_SENT &&
		    same_point(sight, known->syn_ifindex, known->syn_egress))
			known->syn_retransmits++;
		return;
	}
	fresh.syn_ns = sight_now(sight);
	fresh.syn_ifindex = sight->ifindex;
	fresh.syn_egress = sight->egress;
	fresh.client = sight->from;
	fresh.state = TCP_STATE_SYN_SENT;
	tcp_remember(sight, &fresh);
}

static __always_inline void tcp_synack(struct tcp_sight *sight, struct tcp_connection *known)
{
	struct tcp_connection fresh = {};

	if (known && known->state == TCP_STATE_SYN_RECEIVED) {
		if (same_point(sight, known->synack_ifindex, known->synack_egress))
			known->synack_retransmits++;
		return;
	}
	if (known && known->state == TCP_STATE_SYN_SENT && known->client != sight->from) {
		known->synack_ns = sight_now(sight);
		known->synack_ifindex = sight->ifindex;
		known->synack_egress = sight->egress;
		known->state = TCP_STATE_SYN_RECEIVED;
		return;
	}
	if (known && known->state && known->state < TCP_STATE_FIN_WAIT)
		return;
	fresh.synack_ns = sight_now(sight);
	fresh.synack_ifindex = sight->ifindex;
	fresh.synack_egress = sight->egress;
	fresh.client = !sight->from;
	fresh.state = TCP_STATE_SYN_RECEIVED;
	tcp_remember(sight, &fresh);
}

static __always_inline void tcp_ack(struct tcp_sight *sight, struct tcp_connection *known)
{
	if (!known || known->state != TCP_STATE_SYN_RECEIVED || known->client != sight->from)
		return;
	known->ack_ns = sight_now(sight);
	known->state = TCP_STATE_ESTABLISHED;
	tcp_tell(sight, known, TCP_MOMENT_ESTABLISHED);
}

/* Forgotten at once, so that the next connection finds a place without a search for the oldest: what comes
 * after the end says no more of a connection that nobody knows than of one that is over. */
static __always_inline void tcp_close(struct tcp_sight *sight, struct tcp_connection *known)
{
	tcp_tell(sight, known, TCP_MOMENT_CLOSED);
	bpf_map_delete_elem(&tcp_connections, &sight->key);
}

static __always_inline void tcp_fin(struct tcp_sight *sight, struct tcp_connection *known)
{
	if (!known || known->state >= TCP_STATE_TIME_WAIT)
		return;
	known->fin |= 1 << (sight->from & 1);
	if (known->fin != 3) {
		known->state = TCP_STATE_FIN_WAIT;
		return;
	}
	known->state = TCP_STATE_TIME_WAIT;
	tcp_close(sight, known);
}

static __always_inline void tcp_rst(struct tcp_sight *sight, struct tcp_connection *known)
{
	if (!known || known->state >= TCP_STATE_TIME_WAIT)
		return;
	known->state = TCP_STATE_RESET;
	tcp_close(sight, known);
}

static __always_inline void tcp_track(const struct packet *p, __u64 now)
{
	struct tcp_sight sight = { .now = now };
	struct tcp_connection *known;

	sight_of(&sight, p);
	known = bpf_map_lookup_elem(&tcp_connections, &sight.key);
	if (sight.flags & TCP_RST)
		tcp_rst(&sight, known);
	else if ((sight.flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
		tcp_syn(&sight, known);
	else if (sight.flags & TCP_SYN)
		tcp_synack(&sight, known);
	else if (sight.flags & TCP_FIN)
		tcp_fin(&sight, known);
	else
		tcp_ack(&sight, known);
}

/*
 * The handshake's ACK has no flag of its own: it is the first in its slot after SYNs, or a bare ACK that
 * begins a slot (another CPU, or a table so small that the SYN's slot is gone). Data that begins a slot is
 * not looked up.
 */
static __always_inline bool tcp_is_moment(const struct packet *p, enum flow_place place)
{
	if (p->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST))
		return true;
	return p->tcp_flags && (place == PLACE_AFTER_SYN || (place == PLACE_NEW && !p->tcp_payload));
}

#endif
