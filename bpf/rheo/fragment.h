/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Later fragments carry no ports: the first one leaves them here for the others. */
#ifndef RHEO_FRAGMENT_H
#define RHEO_FRAGMENT_H

struct fragment_key {
	__u8 saddr[16];
	__u8 daddr[16];
	__u32 id;
	__u32 tunnel_id; /* with the tag and the tunnel: the same addresses elsewhere are other hosts */
	__u16 vlan;
	__u8 tunnel;
	__u8 proto; /* as the fragment header names it: the same in each fragment */
};

struct fragment_flow {
	struct ports ports;
	__u32 proto; /* what the first fragment showed behind its extension headers */
};

/*
 * Writer: first fragments. Reader: later fragments, on any CPU. Bound: 4,096 datagrams on their way;
 * fragments of one datagram come within milliseconds, so this lasts for some 100,000 fragmented datagrams a
 * second. Full: the oldest goes, and its late fragments are counted without ports (fragments_unknown).
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct fragment_key);
	__type(value, struct fragment_flow);
} fragments SEC(".maps");

/* A refused update needs no counter here: the later fragments that miss it are counted. */
static __noinline void fragment_first(const struct fragment_key *key, const struct fragment_flow *flow)
{
	bpf_map_update_elem(&fragments, key, flow, BPF_ANY);
}

/* Gives a later fragment its flow's ports; without them it is counted by addresses alone and says so. */
static __noinline void fragment_later(const struct fragment_key *key, struct flow_key *flow)
{
	struct flow_ledger *ledger = ledger_of(bpf_get_smp_processor_id());
	struct fragment_flow *first = bpf_map_lookup_elem(&fragments, key);

	if (first) {
		flow->sport = first->ports.source;
		flow->dport = first->ports.dest;
		flow->proto = first->proto;
	} else {
		flow->flags |= KEY_FRAGMENT;
	}
	if (!ledger)
		return;
	ledger->fragments++;
	ledger->fragments_unknown += !first;
}

#endif
