// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Writes records into a ring as the context says, for the tests of RingBuffer. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "rheo/export.h"

enum order_flag {
	ORDER_DISCARD_ODD = 1, /* discard each second record */
	ORDER_WIDE = 2,        /* records of 40 bytes, not 16 */
};

struct order {
	__u32 count;
	__u32 flags;   /* enum order_flag */
	__u64 wake;    /* flags of bpf_ringbuf_submit */
	__u32 written; /* out */
	__u32 refused; /* out: the ring was full */
};

struct record {
	__u64 sequence;
	__u64 check; /* ~sequence */
};

struct wide_record {
	struct record record;
	__u64 rest[3];
};

EXPORT(struct order);
EXPORT(struct wide_record);
EXPORT(enum order_flag);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} ring SEC(".maps");

/* All of .bss, in one piece, so that its layout is known. */
volatile struct {
	__u64 sequence;
	__u32 holding;
	__u32 release;
} state;

struct loop {
	struct order *order;
	__u32 written;
	__u32 refused;
	__u32 flags;
	__u64 wake;
};

static __always_inline void finish(struct record *record, struct loop *loop)
{
	record->sequence = state.sequence;
	record->check = ~state.sequence;
	if ((loop->flags & ORDER_DISCARD_ODD) && (state.sequence & 1))
		bpf_ringbuf_discard(record, loop->wake);
	else
		bpf_ringbuf_submit(record, loop->wake);
	state.sequence++;
	loop->written++;
}

static long write_one(__u32 i, struct loop *loop)
{
	struct record *record;
	struct wide_record *wide;

	(void)i;
	if (loop->flags & ORDER_WIDE) {
		wide = bpf_ringbuf_reserve(&ring, sizeof(*wide), 0);
		if (!wide) {
			loop->refused++;
			return 0;
		}
		wide->rest[0] = wide->rest[1] = wide->rest[2] = state.sequence;
		finish(&wide->record, loop);
		return 0;
	}
	record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		loop->refused++;
		return 0;
	}
	finish(record, loop);
	return 0;
}

SEC("syscall")
int produce(struct order *order)
{
	struct loop loop = { .flags = order->flags, .wake = order->wake };

	bpf_loop(order->count, write_one, &loop, 0);
	order->written = loop.written;
	order->refused = loop.refused;
	return 0;
}

static long spin(__u32 i, void *unused)
{
	(void)i, (void)unused;
	return state.release != 0;
}

static long spin_long(__u32 i, void *unused)
{
	(void)i, (void)unused;
	bpf_loop(1 << 20, spin, 0, 0);
	return state.release != 0;
}

/* Holds one record reserved, but not submitted, until user space sets release (or for some seconds). */
SEC("syscall")
int hold(struct order *order)
{
	struct record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);

	(void)order;
	if (!record)
		return 1;
	state.holding = 1;
	bpf_loop(1 << 10, spin_long, 0, 0);
	record->sequence = 777;
	record->check = ~777ULL;
	bpf_ringbuf_submit(record, 0);
	return 0;
}

char _license[] SEC("license") = "GPL";
