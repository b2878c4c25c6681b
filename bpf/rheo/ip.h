/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* IPv4, IPv6 with its extension headers, and fragments of both: up to the protocol above. */
#ifndef RHEO_IP_H
#define RHEO_IP_H

struct network {
	__u8 proto;
	__u8 fragment_proto;
	bool first_fragment;
	bool later_fragment;
	__u32 fragment_id;
};

static __always_inline int parse_ip4(struct cursor *c, struct packet *p, struct network *n)
{
	struct iphdr copy, *ip = cursor_take(c, sizeof(*ip), &copy);
	__u32 header, total;

	if (!ip)
		return UNPARSED_SHORT;
	header = (ip->version_ihl & 0xf) * 4;
	if (ip->version_ihl >> 4 != 4 || header < sizeof(*ip))
		return UNPARSED_HEADER;
	total = bpf_ntohs(ip->tot_len);
	if (total) { /* 0: a super-packet of more than 64 KiB ("BIG TCP") */
		if (total < header)
			return UNPARSED_HEADER;
		cursor_limit(c, total - sizeof(*ip));
	}
	p->key.kind = FLOW_IP4;
	p->key.saddr = ip->saddr;
	p->key.daddr = ip->daddr;
	n->proto = n->fragment_proto = ip->protocol;
	n->fragment_id = ip->id;
	n->later_fragment = ip->frag_off & IP_OFFSET_BE;
	n->first_fragment = !n->later_fragment && (ip->frag_off & IP_MF_BE);
	if (header > sizeof(*ip) && !cursor_skip(c, header - sizeof(*ip)))
		return UNPARSED_SHORT;
	return PARSE_NEXT;
}

static __always_inline int parse_ip6(struct cursor *c, struct packet *p, struct network *n)
{
	struct ipv6hdr copy, *ip = cursor_take(c, sizeof(*ip), &copy);

	if (!ip)
		return UNPARSED_SHORT;
	if (*(__u8 *)ip >> 4 != 6)
		return UNPARSED_HEADER;
	/* 0: a jumbogram, which says so in its options, or BIG TCP; else truly nothing, and padding behind it
	 */
	if (ip->payload_len || (ip->nexthdr != IPPROTO_HOPOPTS && !c->skb->gso_size))
		cursor_limit(c, bpf_ntohs(ip->payload_len));
	p->key.kind = FLOW_IP6;
	__builtin_memcpy(p->addresses.saddr, ip->saddr, 16);
	__builtin_memcpy(p->addresses.daddr, ip->daddr, 16);
	n->proto = ip->nexthdr;
	n->first_fragment = n->later_fragment = false;
	return PARSE_NEXT;
}

static __always_inline bool is_extension(__u8 proto, bool ip6)
{
	if (proto == IPPROTO_AH)
		return true;
	return ip6 && (proto == IPPROTO_HOPOPTS || proto == IPPROTO_ROUTING || proto == IPPROTO_DSTOPTS ||
		       proto == IPPROTO_FRAGMENT);
}

static __always_inline void fragment_from_ip6(struct network *n, const struct ipv6_opt_hdr *extension)
{
	const struct frag_hdr *fragment = (const void *)extension;

	n->fragment_id = fragment->identification;
	n->fragment_proto = fragment->nexthdr;
	n->later_fragment = fragment->frag_off & IP6_OFFSET_BE;
	n->first_fragment = !n->later_fragment && (fragment->frag_off & IP6_MF_BE);
}

/* The kernel's own header of a super-packet of more than 64 KiB ("BIG TCP"): it is taken off before the wire.
 * A jumbogram has the same, and is no super-packet. */
static __always_inline bool is_jumbo(const struct ipv6_opt_hdr *extension)
{
	return !extension->hdrlen && extension->rest[0] == IP6_TLV_JUMBO && extension->rest[1] == 4;
}

/* All extension headers begin with the next protocol and a length; of a later fragment nothing more can be
 * read. */
static __always_inline int parse_extension(struct cursor *c, struct packet *p, struct network *n)
{
	struct ipv6_opt_hdr copy, *extension = cursor_take(c, sizeof(*extension), &copy);
	__u32 rest = 0;

	if (!extension)
		return UNPARSED_SHORT;
	if (n->proto == IPPROTO_FRAGMENT)
		fragment_from_ip6(n, extension);
	else
		rest = extension->hdrlen * (n->proto == IPPROTO_AH ? 4 : 8);
	if (n->proto == IPPROTO_HOPOPTS && is_jumbo(extension))
		p->bytes = sizeof(*extension);
	n->proto = extension->nexthdr;
	if (rest && !cursor_skip(c, rest))
		return UNPARSED_SHORT;
	return PARSE_NEXT;
}

/* ICMP's type and code stand where others have a port, so that a fragmented ping stays one flow. */
static __always_inline bool has_ports(__u8 proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_ICMP ||
	       proto == IPPROTO_ICMPV6 || proto == IPPROTO_SCTP || proto == IPPROTO_UDPLITE ||
	       proto == IPPROTO_DCCP;
}

static __always_inline void fragment_key_of(struct fragment_key *key, const struct packet *p,
					    const struct network *n)
{
	packet_addresses(p, key->saddr, key->daddr);
	key->id = n->fragment_id;
	key->tunnel_id = p->tunnel_id;
	key->vlan = p->key.vlan;
	key->tunnel = p->key.tunnel;
	key->proto = n->fragment_proto;
}

static __always_inline void parse_later_fragment(struct packet *p, const struct network *n)
{
	struct fragment_key key;

	p->key.proto = n->fragment_proto;
	if (!has_ports(n->fragment_proto) && !is_extension(n->fragment_proto, p->key.kind == FLOW_IP6))
		return;
	fragment_key_of(&key, p, n);
	fragment_later(&key, &p->key);
}

static __always_inline void remember_first_fragment(const struct packet *p, const struct network *n)
{
	struct fragment_key key;
	struct fragment_flow flow = { { p->key.sport, p->key.dport }, n->proto };

	if (!has_ports(n->proto))
		return;
	fragment_key_of(&key, p, n);
	fragment_first(&key, &flow);
}

#endif
