/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Addresses as records carry them: 16 bytes, IPv4 mapped (::ffff:a.b.c.d). */
#ifndef RHEO_ADDRESS_H
#define RHEO_ADDRESS_H

static __always_inline void address_from_ip4(__u8 *to, __be32 from)
{
	__u32 *word = (__u32 *)to;

	word[0] = 0;
	word[1] = 0;
	word[2] = bpf_htonl(0xffff);
	word[3] = from;
}

/* In words: it may stand at a multiple of four. */
static __always_inline void address_from_ip6(__u8 *to, const void *from)
{
	const __u32 *part = from;
	__u32 *word = (__u32 *)to;

	word[0] = part[0];
	word[1] = part[1];
	word[2] = part[2];
	word[3] = part[3];
}

#endif
