/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What the parser learns of one packet. Lives on the stack of the program, zeroed before it starts. */
#ifndef RHEO_PACKET_H
#define RHEO_PACKET_H

struct packet {
	struct flow_key key;
	struct flow_addresses addresses; /* IPv6, and the outer pair; wide_count fills in the rest */
	__u32 tunnel_id;
	__u32 header_length; /* bytes before the innermost payload: what each segment of a super-packet
				repeats */
	__u32 packets;       /* on the wire */
	__u32 bytes;         /* on the wire, L2; while it is parsed, of headers that never get there */
	__u32 tcp_flags;
	__u32 tcp_payload; /* bytes */
	__u32 tcp_sack;    /* of an acknowledgement without data: where its SACK blocks begin, 0: none ... */
	__u32 tcp_ack;     /* ... and its number */
};

/* What a parsing step says: go on with the layer above, done, or one of enum flow_unparsed (positive). */
enum {
	PARSE_NEXT = -1,
	PARSE_DONE = 0,
};

/* IPv6 addresses stand in packet.addresses, all others in the key. */
static __always_inline void packet_addresses(const struct packet *p, __u8 *saddr, __u8 *daddr)
{
	if (p->key.kind == FLOW_IP6) {
		__builtin_memcpy(saddr, p->addresses.saddr, 16);
		__builtin_memcpy(daddr, p->addresses.daddr, 16);
	} else {
		address_from_ip4(saddr, p->key.saddr);
		address_from_ip4(daddr, p->key.daddr);
	}
}

static __always_inline bool packet_is_wide(const struct packet *p)
{
	return p->key.kind == FLOW_IP6 || p->key.tunnel;
}

/*
 * GRO and TSO carry many packets as one; the wire carries each with its own headers. A super-packet from a
 * guest (virtio, tun) comes without gso_segs: then it follows from the sizes.
 */
static __always_inline void packet_measure(struct packet *p, struct __sk_buff *skb)
{
	__u32 packets = 1, bytes = skb->len, size = skb->gso_size;

	if (size) {
		__u32 header = p->header_length - p->bytes;

		bytes -= p->bytes;
		packets = skb->gso_segs;
		if (!packets && bytes > header)
			packets = (bytes - header + size - 1) / size;
		if (packets)
			bytes += (packets - 1) * header;
		else
			packets = 1;
	}
	if (skb->vlan_present)
		bytes += packets * 4; /* the tag travels beside the frame and is put back on the wire */
	p->packets = packets;
	p->bytes = bytes;
}

#endif
