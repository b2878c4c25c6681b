/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The long way, for extension headers, fragments and tunnels, and for headers outside the linear part.
 * One step a function, each verified on its own (global functions), with the state between them in a per-CPU
 * map: inlined into one program, the loops over tunnels, tags and extensions are more paths than a verifier
 * will follow.
 */
#ifndef RHEO_WALK_H
#define RHEO_WALK_H

enum {
	MAX_TUNNELS = 2,
	MAX_EXTENSIONS = 8,   /* RFC 8200 4.1 names six, one of them twice */
	MAX_HEADERS = 0x3fff, /* bytes; where extension headers claim more, we do not follow */
};

struct walk {
	struct packet packet;
	struct network network;
	__u32 offset; /* the cursor, between two steps */
	__u32 left;
	__u32 layer;
	__u32 tags;
	__u32 copied;   /* headers lie outside the linear part: read them by copies */
	__be32 sack[8]; /* blocks of TCP, where they are looked at: from, to */
};

/* Writer and reader: the packet being walked on this CPU (hooks do not nest). Bound: one entry. Never full.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct walk);
} walks SEC(".maps");

static __always_inline struct walk *walk_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&walks, &zero);
}

static __always_inline struct cursor walk_cursor(const struct walk *w, struct __sk_buff *skb,
						 const bool direct)
{
	return cursor_at(skb, w->offset, w->left, direct);
}

static __always_inline int walk_end(struct walk *w, const struct cursor *c, int step)
{
	w->offset = c->offset;
	w->left = c->left;
	return step;
}

static __always_inline int walk_network_by(struct walk *w, struct __sk_buff *skb, const bool direct)
{
	struct cursor c = walk_cursor(w, skb, direct);

	w->network = (struct network){};
	return walk_end(w, &c, parse_network(&c, &w->packet, w->layer, w->tags, &w->network));
}

static __always_inline int walk_extension_by(struct walk *w, struct __sk_buff *skb, const bool direct)
{
	struct cursor c = walk_cursor(w, skb, direct);

	return walk_end(w, &c, parse_extension(&c, &w->packet, &w->network));
}

/* Fragments of a tunnel's packets are not put together: the first one is a flow of the tunnel's own ends. */
static __always_inline int walk_transport_by(struct walk *w, struct __sk_buff *skb, const bool direct)
{
	struct cursor c = walk_cursor(w, skb, direct);
	enum layer layer = LAYER_NONE;
	int step = parse_transport(&c, &w->packet, w->network.proto);

	if (step == PARSE_DONE && w->network.first_fragment)
		remember_first_fragment(&w->packet, &w->network);
	else if (step == PARSE_DONE && is_tunnel(&w->packet, w->network.proto))
		step = parse_tunnel(&c, &w->packet, w->network.proto, &layer);
	w->layer = layer;
	return walk_end(w, &c, step);
}

__noinline int walk_network(struct __sk_buff *skb)
{
	struct walk *w = walk_of_cpu();

	if (!w || w->offset > MAX_HEADERS)
		return UNPARSED_TOO_DEEP;
	return w->copied ? walk_network_by(w, skb, false) : walk_network_by(w, skb, true);
}

__noinline int walk_extension(struct __sk_buff *skb)
{
	struct walk *w = walk_of_cpu();

	if (!w || w->offset > MAX_HEADERS)
		return UNPARSED_TOO_DEEP;
	return w->copied ? walk_extension_by(w, skb, false) : walk_extension_by(w, skb, true);
}

__noinline int walk_transport(struct __sk_buff *skb)
{
	struct walk *w = walk_of_cpu();

	if (!w || w->offset > MAX_HEADERS)
		return UNPARSED_TOO_DEEP;
	return w->copied ? walk_transport_by(w, skb, false) : walk_transport_by(w, skb, true);
}

static __always_inline bool walk_is_extension(const struct walk *w)
{
	return !w->network.later_fragment && is_extension(w->network.proto, w->packet.key.kind == FLOW_IP6);
}

/* One level: to the transport, or to what is inside the tunnel that was met. */
__noinline int walk_level(struct __sk_buff *skb)
{
	struct walk *w = walk_of_cpu();
	int step = walk_network(skb);

	if (!w)
		return UNPARSED_TOO_DEEP;
	for (int i = 0; step == PARSE_NEXT && walk_is_extension(w); i++) {
		if (i == MAX_EXTENSIONS)
			return UNPARSED_TOO_DEEP;
		step = walk_extension(skb);
	}
	if (step != PARSE_NEXT)
		return step;
	if (w->network.later_fragment) {
		w->packet.header_length = w->offset;
		parse_later_fragment(&w->packet, &w->network);
		return PARSE_DONE;
	}
	return walk_transport(skb);
}

/* The whole packet, from its first byte. The result is in walks. */
__noinline int walk_packet(struct __sk_buff *skb, __u32 layer, __u32 copied)
{
	struct walk *w = walk_of_cpu();
	int step = PARSE_NEXT;

	if (!w)
		return UNPARSED_TOO_DEEP;
	__builtin_memset(w, 0, sizeof(*w));
	w->left = skb->len;
	w->layer = layer;
	w->copied = copied;
	w->tags = parse_device_tag(skb, &w->packet);
	for (int tunnels = 0; tunnels <= MAX_TUNNELS; tunnels++) {
		step = walk_level(skb);
		if (step != PARSE_NEXT)
			return step;
		w->tags = 0;
	}
	return UNPARSED_TOO_DEEP;
}

#endif
