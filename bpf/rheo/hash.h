/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Vector multiply-shift (Dietzfelbinger 1996; Thorup, "High Speed Hashing for Integers and Strings", 3.5):
 * the sum of each 32-bit word times a random 64-bit number, of which the top bits are taken. It is strongly
 * universal: whoever does not know the numbers (drawn at each start) cannot aim packets at one set. The
 * multiplications do not wait for each other, so a whole key costs about as much as three of them in a row.
 */
#ifndef RHEO_HASH_H
#define RHEO_HASH_H

enum {
	HASH_KEY_WORDS = 6,      /* struct flow_key */
	HASH_ADDRESS_WORDS = 16, /* struct flow_addresses */
};

const volatile __u64 hash_seed[HASH_KEY_WORDS + HASH_ADDRESS_WORDS + 2];

static __always_inline __u64 hash_key(const struct flow_key *key)
{
	const __u32 *word = (const __u32 *)key;

	return hash_seed[0] + word[0] * hash_seed[1] + word[1] * hash_seed[2] + word[2] * hash_seed[3] +
	       word[3] * hash_seed[4] + word[4] * hash_seed[5] + word[5] * hash_seed[6];
}

static __always_inline __u64 hash_pair(const __u32 *word, int from)
{
	__u64 sum = 0;

#pragma unroll
	for (int i = 0; i < 8; i++)
		sum += word[i] * hash_seed[from + i];
	return sum;
}

/* Source and destination, and the tunnel's ends where there is one. */
static __always_inline __u64 hash_addresses(const struct flow_addresses *addresses, bool tunnelled)
{
	__u64 sum = hash_seed[7] + hash_pair((const __u32 *)addresses->saddr, 8);

	if (tunnelled)
		sum += hash_pair((const __u32 *)addresses->outer_saddr, 16);
	return sum;
}

#endif
