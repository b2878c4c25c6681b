/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The hand-over: a flow that lost its slot leaves by the flow ring, or, where that is full, by the ledger. */
#ifndef RHEO_HANDOVER_H
#define RHEO_HANDOVER_H

enum {
	FLOW_RING_BYTES = 4 << 20,
};

/*
 * So many bytes a CPU puts in a ring before it looks how full that is, and calls the reader, who otherwise
 * comes by himself on a timer, if it is half full. Set before load, so that all CPUs together, each just
 * below it, leave room: what one CPU has put there says little where there are many.
 */
const volatile __u32 flow_look_bytes = FLOW_RING_BYTES / 16;

/* Writer: any CPU that replaces a flow. Reader: user space. Full: the flow's counts go to the ledger. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries,
	       FLOW_RING_BYTES); /* 52,000 flows: 10 ms of a flood that replaces five million a second */
} flow_ring SEC(".maps");

static __always_inline __u64 ring_flags(struct flow_ledger *ledger, __u32 size)
{
	ledger->ring_pending += size;
	if (ledger->ring_pending < flow_look_bytes)
		return BPF_RB_NO_WAKEUP;
	ledger->ring_pending = 0;
	if (bpf_ringbuf_query(&flow_ring, BPF_RB_AVAIL_DATA) < FLOW_RING_BYTES / 2)
		return BPF_RB_NO_WAKEUP;
	ledger->ring_wakeups++;
	return BPF_RB_FORCE_WAKEUP;
}

static __always_inline void ledger_lose(struct flow_ledger *ledger, const struct flow_slot *slot)
{
	ledger->lost_flows++;
	ledger->lost_packets += slot->packets;
	ledger->lost_bytes += slot->bytes;
}

/*
 * The slot's version is odd by now: whoever has read the record will not find the same incarnation in the
 * table again.
 */
static __always_inline void flow_handover(struct flow_ledger *ledger, const struct flow_slot *slot,
					  __u32 index, __u32 reason)
{
	struct flow_handover *record = bpf_ringbuf_reserve(&flow_ring, sizeof(*record), 0);

	if (!record)
		return ledger_lose(ledger, slot);
	record->slot = index;
	record->reason = reason;
	record->flow = *slot;
	record->flow.version--;
	ledger->handed_over++;
	bpf_ringbuf_submit(record, ring_flags(ledger, sizeof(*record) + 8));
}

static __always_inline void wide_handover(struct flow_ledger *ledger, const struct wide_slot *slot,
					  __u32 index, __u32 reason)
{
	struct wide_handover *record = bpf_ringbuf_reserve(&flow_ring, sizeof(*record), 0);

	if (!record)
		return ledger_lose(ledger, &slot->flow);
	record->slot = index | HANDOVER_WIDE;
	record->reason = reason;
	record->flow = slot->flow;
	record->flow.version--;
	record->addresses = slot->addresses;
	ledger->handed_over++;
	bpf_ringbuf_submit(record, ring_flags(ledger, sizeof(*record) + 8));
}

#endif
