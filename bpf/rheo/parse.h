/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * From the first byte of a frame to the key of its flow. A key is right or the packet is counted as unparsed:
 * a header that is cut, contradicts itself, or lies deeper than we follow never yields a guess.
 */
#ifndef RHEO_PARSE_H
#define RHEO_PARSE_H

enum {
	MAX_TAGS = 2,
};

/* `tags` counts those that the device has already taken off and keeps beside the frame. */
static __always_inline int parse_ethernet(struct cursor *c, struct packet *p, __be16 *proto, __u32 tags)
{
	struct ethhdr copy, *eth = cursor_take(c, sizeof(*eth), &copy);
	struct vlan_hdr tag_copy, *tag;

	if (!eth)
		return UNPARSED_SHORT;
	*proto = eth->h_proto;
	for (; tags <= MAX_TAGS; tags++) {
		if (*proto != ETH_P_8021Q_BE && *proto != ETH_P_8021AD_BE)
			return PARSE_NEXT;
		tag = cursor_take(c, sizeof(*tag), &tag_copy);
		if (!tag)
			return UNPARSED_SHORT;
		*proto = tag->h_vlan_encapsulated_proto;
		if (p->key.tunnel) /* tags inside a tunnel are followed, but name nothing on this host */
			continue;
		if (tags == 0)
			p->key.vlan = bpf_ntohs(tag->h_vlan_TCI) & VLAN_VID_MASK;
		else
			p->key.vlan_inner = bpf_ntohs(tag->h_vlan_TCI) & VLAN_VID_MASK;
	}
	return UNPARSED_TOO_DEEP;
}

static __always_inline int parse_arp(struct cursor *c, struct packet *p)
{
	struct arphdr copy, *arp = cursor_take(c, sizeof(*arp), &copy);
	struct arp_ip4 body_copy, *body;

	if (!arp)
		return UNPARSED_SHORT;
	p->key.kind = FLOW_ARP;
	if (arp->ar_pro != ETH_P_IP_BE || arp->ar_hln != 6 || arp->ar_pln != 4)
		return PARSE_DONE;
	body = cursor_take(c, sizeof(*body), &body_copy);
	if (!body)
		return UNPARSED_SHORT;
	__builtin_memcpy(&p->key.saddr, body->ar_sip, 4);
	__builtin_memcpy(&p->key.daddr, body->ar_tip, 4);
	return PARSE_DONE;
}

/*
 * An acknowledgement without data that has SACK blocks, as all systems write them: first, or right after the
 * time stamps.
 */
static __always_inline bool tcp_has_sack(struct cursor *c, const struct packet *p, __u32 options)
{
	__be32 copy, *word;

	if (p->tcp_payload || options < TCP_SACK_LEAST || p->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST))
		return false;
	word = cursor_take(c, sizeof(*word), &copy);
	if (word && *word == TCP_TIMESTAMPS_BE) {
		if (options < TCP_TIMESTAMPS + TCP_SACK_LEAST ||
		    !cursor_skip(c, TCP_TIMESTAMPS - sizeof(*word)))
			return false;
		word = cursor_take(c, sizeof(*word), &copy);
	}
	return word && (*word & TCP_SACK_MASK_BE) == TCP_SACK_BE;
}

static __always_inline int parse_tcp(struct cursor *c, struct packet *p)
{
	struct tcphdr copy, *tcp = cursor_take(c, sizeof(*tcp), &copy);
	__u32 offset_flags, options, acknowledged;

	if (!tcp)
		return UNPARSED_SHORT;
	offset_flags = bpf_ntohs(tcp->offset_flags);
	options = (offset_flags >> 12) * 4;
	if (options < sizeof(*tcp) || options - sizeof(*tcp) > c->left)
		return UNPARSED_HEADER;
	options -= sizeof(*tcp);
	p->key.sport = tcp->ports.source;
	p->key.dport = tcp->ports.dest;
	p->tcp_flags = offset_flags & TCP_FLAGS;
	p->tcp_payload = c->left - options;
	p->header_length = c->offset + options;
	acknowledged = bpf_ntohl(tcp->ack_seq);
	if (tcp_has_sack(c, p, options)) {
		p->tcp_sack = c->offset;
		p->tcp_ack = acknowledged;
	}
	return PARSE_DONE;
}

static __always_inline int parse_ports(struct cursor *c, struct packet *p, __u32 header)
{
	struct sctphdr copy, *ports = cursor_take(c, header, &copy);

	if (!ports)
		return UNPARSED_SHORT;
	p->key.sport = ports->ports.source;
	p->key.dport = ports->ports.dest;
	p->header_length = c->offset;
	return PARSE_DONE;
}

static __always_inline int parse_icmp(struct cursor *c, struct packet *p)
{
	struct icmphdr copy, *icmp = cursor_take(c, sizeof(*icmp), &copy);

	if (!icmp)
		return UNPARSED_SHORT;
	p->key.dport = bpf_htons(icmp->type << 8 | icmp->code);
	return PARSE_DONE;
}

static __always_inline int parse_transport(struct cursor *c, struct packet *p, __u8 proto)
{
	p->key.proto = proto;
	p->header_length = c->offset;
	switch (proto) {
	case IPPROTO_TCP:
		return parse_tcp(c, p);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		return parse_ports(c, p, sizeof(struct udphdr));
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		return parse_ports(c, p, sizeof(struct sctphdr));
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return parse_icmp(c, p);
	}
	return PARSE_DONE;
}

/* From the layer named to the IP header, or to the end where it is not IP. */
static __always_inline int parse_network(struct cursor *c, struct packet *p, enum layer layer, __u32 tags,
					 struct network *n)
{
	__be16 proto = layer == LAYER_IP6 ? ETH_P_IPV6_BE : ETH_P_IP_BE;
	int step;

	if (layer == LAYER_ETHERNET) {
		step = parse_ethernet(c, p, &proto, tags);
		if (step != PARSE_NEXT)
			return step;
	}
	if (proto == ETH_P_IP_BE)
		return parse_ip4(c, p, n);
	if (proto == ETH_P_IPV6_BE)
		return parse_ip6(c, p, n);
	if (proto == ETH_P_ARP_BE)
		return parse_arp(c, p);
	p->key.kind = FLOW_NON_IP;
	p->key.sport = proto;
	return PARSE_DONE;
}

static __always_inline __u32 parse_device_tag(const struct __sk_buff *skb, struct packet *p)
{
	if (!skb->vlan_present)
		return 0;
	p->key.vlan = skb->vlan_tci & VLAN_VID_MASK;
	return 1;
}

static __always_inline bool is_tunnel(const struct packet *p, __u8 proto)
{
	if (proto == IPPROTO_GRE || proto == IPPROTO_IPIP || proto == IPPROTO_IPV6)
		return true;
	return proto == IPPROTO_UDP &&
	       (p->key.dport == VXLAN_PORT_BE || p->key.dport == VXLAN_LINUX_PORT_BE ||
		p->key.dport == GENEVE_PORT_BE);
}

/*
 * Nearly all packets: no extension header, no fragment, no tunnel. PARSE_NEXT hands the others to walk.h,
 * which begins again; so this stays short enough to be inlined into each hook.
 */
static __always_inline int parse_plain(struct cursor *c, struct packet *p, enum layer layer)
{
	struct network n = {};
	int step = parse_network(c, p, layer, parse_device_tag(c->skb, p), &n);

	if (step != PARSE_NEXT)
		return step;
	if (n.first_fragment || n.later_fragment || is_extension(n.proto, p->key.kind == FLOW_IP6))
		return PARSE_NEXT;
	step = parse_transport(c, p, n.proto);
	if (step == PARSE_DONE && is_tunnel(p, n.proto))
		return PARSE_NEXT;
	return step;
}

#endif
