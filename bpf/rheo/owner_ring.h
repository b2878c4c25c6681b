/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The ring of the socket object: moments of sockets and of the processes that use them. */
#ifndef RHEO_OWNER_RING_H
#define RHEO_OWNER_RING_H

enum {
	OWNER_RING_BYTES = 1 << 21, /* a burst of 26,000 sockets or 1,900 processes */
};

/* So many bytes a CPU puts in the ring before it looks how full that is, and calls the reader if it is to an
 * eighth. Set before load: the more CPUs, the less, since all of them fill it. */
const volatile __u32 owner_look_bytes = OWNER_RING_BYTES / 16;

/* Writer: hooks and the iterator, on all CPUs. Reader: user space. Full: owner_ledger.lost_records. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, OWNER_RING_BYTES);
} owner_ring SEC(".maps");

/* Writer: each CPU its own; a count may be off by one where a program is interrupted by another. Reader: user
 * space. Never full. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct owner_ledger);
} owner_ledger SEC(".maps");

static __always_inline struct owner_ledger *owner_ledger_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&owner_ledger, &zero);
}

static __always_inline void owner_lost(void)
{
	struct owner_ledger *ledger = owner_ledger_of_cpu();

	if (ledger)
		ledger->lost_records++;
}

static __always_inline bool owner_ring_fills(void)
{
	return bpf_ringbuf_query(&owner_ring, BPF_RB_AVAIL_DATA) * 8 >=
	       bpf_ringbuf_query(&owner_ring, BPF_RB_RING_SIZE);
}

/* The reader comes by on its own timer; it is woken when much has come together. */
static __always_inline void owner_submit(void *record, __u32 bytes)
{
	struct owner_ledger *ledger = owner_ledger_of_cpu();
	__u64 flags = BPF_RB_NO_WAKEUP;

	if (ledger) {
		ledger->records++;
		ledger->pending += bytes;
		if (ledger->pending >= owner_look_bytes) {
			ledger->pending = 0;
			flags = owner_ring_fills() ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
		}
	}
	bpf_ringbuf_submit(record, flags);
}

#endif
