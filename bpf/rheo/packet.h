/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What the parser learns of one packet. Lives on the stack of the program. */
#ifndef RHEO_PACKET_H
#define RHEO_PACKET_H

struct packet {
	struct flow_key key;
	struct flow_addresses addresses; /* valid when wide */
	__u32 header_length; /* bytes before the innermost payload: what each segment of a super-packet repeats */
	__u32 packets;	     /* on the wire */
	__u32 bytes;	     /* on the wire, L2 */
	__u16 tcp_flags;
	__u8 wide;
	__u8 empty_payload; /* TCP without data */
};

/* What a parsing step says: go on with the layer above, done, or one of enum flow_unparsed (positive). */
enum {
	PARSE_NEXT = -1,
	PARSE_DONE = 0,
};

static __always_inline void address_from_ip4(__u8 *to, __be32 from)
{
	__u32 *word = (__u32 *)to;

	word[0] = 0;
	word[1] = 0;
	word[2] = bpf_htonl(0xffff);
	word[3] = from;
}

static __always_inline void address_copy(__u8 *to, const __u8 *from)
{
	__builtin_memcpy(to, from, 16);
}

#endif
