/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* One slot of the flow table: what a packet adds to it, and how it changes hands under the eyes of readers.
 */
#ifndef RHEO_SLOT_H
#define RHEO_SLOT_H

/* The packets last: it is by them that a reader, who may look in between, knows that there is something new.
 */
static __always_inline void slot_count(struct flow_slot *slot, const struct packet *p)
{
	slot->bytes += p->bytes;
	slot->last_seen = bpf_jiffies64();
	barrier();
	slot->packets += p->packets;
}

static __always_inline void slot_count_flags(struct flow_slot *slot, __u32 flags)
{
	slot->tcp_flags |= flags;
	slot->syn += !!(flags & TCP_SYN);
	slot->fin += !!(flags & TCP_FIN);
	slot->rst += !!(flags & TCP_RST);
}

/* From here to slot_end a reader sees an odd version and looks away. True when a flow was there. */
static __always_inline bool slot_begin(struct flow_slot *slot)
{
	bool used = slot->version;

	slot->version++;
	barrier();
	return used;
}

static __always_inline void slot_fill(struct flow_slot *slot, const struct packet *p, __u64 now)
{
	slot->key = p->key;
	slot->packets = p->packets;
	slot->bytes = p->bytes;
	slot->first_ns = now;
	slot->last_seen = bpf_jiffies64();
	slot->tcp_flags = slot->syn = slot->fin = slot->rst = 0;
	slot_count_flags(slot, p->tcp_flags);
}

static __always_inline void slot_end(struct flow_slot *slot)
{
	barrier();
	slot->version++;
	if (!slot->version) /* 0 means never used */
		slot->version = 2;
}

/*
 * Known flow, unusual TCP flags: does the slot go on, or must it first be handed over?
 * A SYN on a tuple that has seen FIN or RST is a new connection; so is one after packets without SYN: a SYN
 * or SYN-ACK that is sent again comes before them (the end that was reset has sent neither FIN nor RST
 * itself).
 */
static __always_inline __u32 slot_handover_reason(const struct flow_slot *slot, __u32 flags)
{
	if ((flags & TCP_SYN) && ((slot->tcp_flags & (TCP_FIN | TCP_RST)) || slot->packets > slot->syn))
		return HANDOVER_REOPENED;
	if (slot->syn >= FLOW_FLAG_LIMIT || slot->fin >= FLOW_FLAG_LIMIT || slot->rst >= FLOW_FLAG_LIMIT)
		return HANDOVER_LIMIT;
	return 0;
}

/* A slot that has seen SYNs alone, of one end: what comes next may be the handshake's ACK. */
static __always_inline bool slot_is_opening(const struct flow_slot *slot)
{
	return slot->packets == slot->syn;
}

/* The packet changes what we know of the connection; most packets of a flow do not. */
static __always_inline bool slot_is_moment(const struct flow_slot *slot, __u32 flags)
{
	return (flags & (TCP_FIN | TCP_SYN | TCP_RST)) || (flags & ~slot->tcp_flags);
}

#endif
