/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* One packet from the hook to its slot. */
#ifndef RHEO_FLOW_H
#define RHEO_FLOW_H

struct kernel_clock clock;

static __always_inline enum layer layer_of_skb(const struct __sk_buff *skb)
{
	if (skb->protocol == ETH_P_IP_BE)
		return LAYER_IP4;
	return skb->protocol == ETH_P_IPV6_BE ? LAYER_IP6 : LAYER_NONE;
}

static __always_inline int flow_parse(struct __sk_buff *skb, struct packet *p, enum layer layer)
{
	struct cursor c = cursor_at(skb, 0, skb->len, true);

	if (layer == LAYER_NONE) {
		p->key.kind = FLOW_NON_IP;
		p->key.sport = skb->protocol;
		return PARSE_DONE;
	}
	return parse_plain(&c, p, layer);
}

/* The packet that the plain way could not finish. */
static __noinline int flow_walk(struct __sk_buff *skb, struct packet *p, __u32 layer, __u32 cpu)
{
	bool linear = skb->data_end - skb->data >= skb->len;
	int step = walk_packet(skb, layer, false);
	struct flow_ledger *ledger;
	struct walk *w;

	if (step == UNPARSED_SHORT && !linear) {
		ledger = ledger_of(cpu);
		if (ledger)
			ledger->copied_packets++;
		step = walk_packet(skb, layer, true);
	}
	w = walk_of_cpu();
	if (w)
		*p = w->packet;
	return step;
}

static __always_inline void packet_unparsed(struct packet *p, __u8 reason)
{
	__builtin_memset(p, 0, sizeof(*p));
	p->key.kind = FLOW_UNPARSED;
	p->key.proto = reason;
}

/*
 * What is rare is verified once, as a global function, and not for each way that the parser may have come;
 * the packet waits in this CPU's walk. `way`: flow_place.
 */
__noinline int flow_rare(struct __sk_buff *skb, __u32 index, __u32 way)
{
	struct flow_ledger *ledger = ledger_of(bpf_get_smp_processor_id());
	struct walk *w = walk_of_cpu();
	enum flow_place place;
	struct packet *p;
	__u64 now = 0;

	barrier_var(
	    skb); /* not needed here, but the caller must keep it: the verifier asks for the context */
	if (!ledger || !w)
		return 0;
	p = &w->packet;
	place = packet_is_wide(p) ? wide_place(ledger, p, index, way, &now)
				  : flow_place(ledger, p, index, way, &now);
	if (place == PLACE_NONE) { /* cannot happen with the sizes that user space sets */
		ledger->uncounted_packets += p->packets;
		ledger->uncounted_bytes += p->bytes;
	}
	if (tcp_is_moment(p, place))
		tcp_track(p, now);
	return 0;
}

static __always_inline int flow_see(struct __sk_buff *skb, enum layer layer, __u8 flags)
{
	__u32 cpu = bpf_get_smp_processor_id(), index, way;
	struct packet p = {};
	struct walk *w;
	bool counted;
	int step;

	step = flow_parse(skb, &p, layer);
	if (step == PARSE_NEXT || step == UNPARSED_SHORT)
		step = flow_walk(skb, &p, layer, cpu);
	if (step)
		packet_unparsed(&p, step);
	p.key.ifindex = skb->ifindex;
	p.key.flags |= flags;
	packet_measure(&p, skb);
	counted = packet_is_wide(&p) ? wide_count(&p, cpu, &index, &way) : flow_count(&p, cpu, &index, &way);
	if (counted && !p.tcp_sack)
		return TCX_NEXT;
	w = walk_of_cpu();
	if (!w)
		return TCX_NEXT;
	w->packet = p;
	if (!counted)
		flow_rare(skb, index, way);
	if (p.tcp_sack)
		tcp_acks_seen(skb);
	return TCX_NEXT;
}

#endif
