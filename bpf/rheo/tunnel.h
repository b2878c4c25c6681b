/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* IPIP and 6in4 and their kin, GRE, VXLAN, Geneve: what is inside is the flow, the tunnel its attribute. */
#ifndef RHEO_TUNNEL_H
#define RHEO_TUNNEL_H

enum layer {
	LAYER_NONE = 0, /* not a tunnel that we follow */
	LAYER_ETHERNET,
	LAYER_IP4,
	LAYER_IP6,
};

/* EtherType of what is inside, as GRE and Geneve name it. */
static __always_inline enum layer layer_of(__be16 proto)
{
	if (proto == ETH_P_IP_BE)
		return LAYER_IP4;
	if (proto == ETH_P_IPV6_BE)
		return LAYER_IP6;
	return proto == ETH_P_TEB_BE ? LAYER_ETHERNET : LAYER_NONE;
}

/* Everything known so far was the outside; the same fields now await the inside. */
static __always_inline void tunnel_enter(struct packet *p, enum flow_tunnel tunnel, __u32 id)
{
	packet_addresses(p, p->addresses.outer_saddr, p->addresses.outer_daddr);
	p->key.saddr = p->key.daddr = 0;
	p->key.sport = p->key.dport = 0;
	p->key.kind = FLOW_EMPTY;
	p->key.proto = 0;
	p->key.tunnel = tunnel;
	p->tunnel_id = id;
	__builtin_memset(p->addresses.saddr, 0, 32);
}

/* RFC 2784, 2890, 7637. Version 1 (PPTP), source routing and foreign payloads stay flows of protocol 47. */
static __always_inline int parse_gre(struct cursor *c, struct packet *p, enum layer *layer)
{
	struct gre_base_hdr copy, *gre = cursor_take(c, sizeof(*gre), &copy);
	__be32 word_copy, *word;
	__be16 flags, proto;
	__u32 id = 0;

	if (!gre)
		return UNPARSED_SHORT;
	flags = gre->flags;
	proto = gre->protocol;
	if ((flags & (GRE_VERSION_BE | GRE_ROUTING_BE)) || layer_of(proto) == LAYER_NONE)
		return PARSE_DONE;
	if ((flags & GRE_CSUM_BE) && !cursor_skip(c, 4))
		return UNPARSED_SHORT;
	if (flags & GRE_KEY_BE) {
		word = cursor_take(c, 4, &word_copy);
		if (!word)
			return UNPARSED_SHORT;
		id = bpf_ntohl(*word);
	}
	if ((flags & GRE_SEQ_BE) && !cursor_skip(c, 4))
		return UNPARSED_SHORT;
	*layer = layer_of(proto);
	tunnel_enter(p, TUNNEL_GRE, id);
	return PARSE_NEXT;
}

/* RFC 7348. Without the I bit it is somebody else's UDP. */
static __always_inline int parse_vxlan(struct cursor *c, struct packet *p, enum layer *layer)
{
	struct vxlanhdr copy, *vxlan = cursor_take(c, sizeof(*vxlan), &copy);

	if (!vxlan)
		return UNPARSED_SHORT;
	if (!(vxlan->flags & VXLAN_VALID_VNI))
		return PARSE_DONE;
	*layer = LAYER_ETHERNET;
	tunnel_enter(p, TUNNEL_VXLAN, bpf_ntohl(vxlan->vni) >> 8);
	return PARSE_NEXT;
}

/* RFC 8926. Another version, or something that is neither Ethernet nor IP, stays a flow of UDP. */
static __always_inline int parse_geneve(struct cursor *c, struct packet *p, enum layer *layer)
{
	struct genevehdr copy, *geneve = cursor_take(c, sizeof(*geneve), &copy);
	__u32 id, options;

	if (!geneve)
		return UNPARSED_SHORT;
	if (geneve->ver_opt_len >> 6 || layer_of(geneve->proto_type) == LAYER_NONE)
		return PARSE_DONE;
	*layer = layer_of(geneve->proto_type);
	id = bpf_ntohl(geneve->vni) >> 8;
	options = (geneve->ver_opt_len & 0x3f) * 4;
	if (options && !cursor_skip(c, options))
		return UNPARSED_SHORT;
	tunnel_enter(p, TUNNEL_GENEVE, id);
	return PARSE_NEXT;
}

/* The cursor stands behind the transport's header. */
static __always_inline int parse_tunnel(struct cursor *c, struct packet *p, __u8 proto, enum layer *layer)
{
	if (proto == IPPROTO_GRE)
		return parse_gre(c, p, layer);
	if (proto == IPPROTO_UDP)
		return p->key.dport == GENEVE_PORT_BE ? parse_geneve(c, p, layer) : parse_vxlan(c, p, layer);
	*layer = proto == IPPROTO_IPIP ? LAYER_IP4 : LAYER_IP6;
	tunnel_enter(p, TUNNEL_IPIP, 0);
	return PARSE_NEXT;
}

#endif
