/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Later fragments carry no ports: the first one leaves them here for the others. */
#ifndef RHEO_FRAGMENT_H
#define RHEO_FRAGMENT_H

struct fragment_key {
	__u8 saddr[16];
	__u8 daddr[16];
	__u32 id;
	__u32 proto;
};

/*
 * Writer: first fragments. Reader: later fragments, on any CPU. Bound: 4,096 datagrams on their way; fragments of one
 * datagram come within milliseconds, so this lasts for some 100,000 fragmented datagrams a second.
 * Full: the oldest goes, and its late fragments are counted without ports (fragments_unknown).
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct fragment_key);
	__type(value, struct ports);
} fragments SEC(".maps");

static __noinline void fragment_first(const struct fragment_key *key, const struct ports *ports, __u32 cpu)
{
	struct flow_ledger *ledger;

	if (!key || !ports)
		return;
	if (!bpf_map_update_elem(&fragments, key, ports, BPF_ANY))
		return;
	ledger = ledger_of(cpu);
	if (ledger)
		ledger->fragments_unknown++;
}

/* Gives a later fragment its flow's ports; without them it is counted by addresses alone and says so. */
static __noinline void fragment_later(const struct fragment_key *key, struct flow_key *flow, __u32 cpu)
{
	struct flow_ledger *ledger = ledger_of(cpu);
	struct ports *ports;

	if (!ledger || !key || !flow)
		return;
	ledger->fragments++;
	ports = bpf_map_lookup_elem(&fragments, key);
	if (ports) {
		flow->sport = ports->source;
		flow->dport = ports->dest;
	} else {
		flow->flags |= KEY_FRAGMENT;
		ledger->fragments_unknown++;
	}
}

#endif
