/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The clock, read once a jiffy a CPU: it is the dearest single thing that a program asks for. */
#ifndef RHEO_TICK_H
#define RHEO_TICK_H

/* CLOCK_MONOTONIC as the first of this jiffy has read it. The time is written before its jiffy: who
 * interrupts this finds a jiffy that is too old, never a time. */
static __always_inline __u64 tick_time(__u64 *tick, __u64 *tick_ns)
{
	__u64 now = bpf_jiffies64();

	if (*tick != now) {
		*tick_ns = bpf_ktime_get_ns();
		barrier();
		*tick = now;
	}
	return *tick_ns;
}

#endif
