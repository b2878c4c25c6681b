// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Records of the flow ring without packets: as many as a core can write, to see how many a reader can take.
 */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>
#include "rheo/records/flow.h"

enum {
	RECORDS_A_RUN = 1024,
	SLOTS = 65536,
};

/* Writer: flood. Reader: user space. Full: the run ends and is counted. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 << 20); /* as the flow ring */
} records SEC(".maps");

__u64 written;
__u64 refused;
__u64 pending;

/* A wake-up each two MiB, as the flow program raises it. */
static __always_inline __u64 wake_flags(void)
{
	pending += sizeof(struct flow_handover) + 8;
	if (pending < 2 << 20)
		return BPF_RB_NO_WAKEUP;
	pending = 0;
	return BPF_RB_FORCE_WAKEUP;
}

SEC("tc")
int flood(struct __sk_buff *skb __attribute__((unused)))
{
	struct flow_handover *record;

	for (int i = 0; i < RECORDS_A_RUN; i++) {
		record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
		if (!record) {
			refused++;
			return 0;
		}
		__builtin_memset(record, 0, sizeof(*record));
		record->slot = written * 2654435761u % SLOTS; /* in no order that a cache could foresee */
		record->flow.version = 2;
		record->flow.packets = 3;
		record->flow.bytes = 180;
		written++;
		bpf_ringbuf_submit(record, wake_flags());
	}
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
