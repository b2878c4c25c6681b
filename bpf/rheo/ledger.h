/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The ledger: what did not go the ordinary way, so that the sums still balance. */
#ifndef RHEO_LEDGER_H
#define RHEO_LEDGER_H

/* Writer: each CPU its own entry. Reader: user space, in place. Bound: one entry a CPU. Never full. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1); /* set to the number of CPUs before load */
	__type(key, __u32);
	__type(value, struct flow_ledger);
} flow_ledger SEC(".maps");

static __always_inline struct flow_ledger *ledger_of(__u32 cpu)
{
	return bpf_map_lookup_elem(&flow_ledger, &cpu);
}

#endif
