/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * A cursor over a packet's headers: look for n bytes, get them or NULL, move on.
 * Two kinds, chosen at compile time: `direct` reads the packet where it lies (5 ns for a whole parse); the
 * other copies each header out with bpf_skb_load_bytes (60-70 ns), for headers that lie in fragments of a
 * non-linear skb.
 */
#ifndef RHEO_CURSOR_H
#define RHEO_CURSOR_H

struct cursor {
	struct __sk_buff *skb;
	void *at;     /* direct: the next header */
	void *end;    /* direct: data_end */
	__u32 offset; /* of the next header from the first byte of the frame */
	__u32 left; /* bytes that the enclosing IP header claims after `offset`; no header may reach beyond */
	const bool direct;
};

/* barrier_var here and below: a pointer worked out twice from its offset is two pointers to the verifier. */
static __always_inline struct cursor cursor_at(struct __sk_buff *skb, __u32 offset, __u32 left,
					       const bool direct)
{
	struct cursor c = {
		.skb = skb,
		.at = (void *)(long)skb->data + offset,
		.end = (void *)(long)skb->data_end,
		.offset = offset,
		.left = left,
		.direct = direct,
	};

	barrier_var(c.at);
	return c;
}

/* The next n bytes, which are then behind the cursor; NULL when they are not there. `copy` holds them if not
 * direct. */
static __always_inline void *cursor_take(struct cursor *c, __u32 n, void *copy)
{
	void *at = c->at;

	if (n > c->left)
		return NULL;
	if (c->direct) {
		if (at + n > c->end)
			return NULL;
		c->at = at + n;
	} else {
		if (bpf_skb_load_bytes(c->skb, c->offset, copy, n))
			return NULL;
		at = copy;
	}
	c->offset += n;
	c->left -= n;
	return at;
}

/* Moves over n bytes that nobody needs to see; they need not be there, only claimed. n is at most 2,040. */
static __always_inline bool cursor_skip(struct cursor *c, __u32 n)
{
	if (n > c->left)
		return false;
	if (c->direct) {
		if (c->at + n > c->end)
			return false;
		c->at += n;
		barrier_var(c->at);
	}
	c->offset += n;
	c->left -= n;
	return true;
}

/* An IP header says how much follows it; what is beyond is padding. */
static __always_inline void cursor_limit(struct cursor *c, __u32 left)
{
	if (left < c->left)
		c->left = left;
}

#endif
