/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * The maps of the tcp object and what is counted in them.
 */
#ifndef RHEO_TCP_LEDGER_H
#define RHEO_TCP_LEDGER_H

enum {
	AF_INET = 2,
	AF_INET6 = 10,
};

/* include/net/tcp_states.h */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT = 2,
	TCP_SYN_RECV = 3,
	TCP_FIN_WAIT1 = 4,
	TCP_FIN_WAIT2 = 5,
	TCP_TIME_WAIT = 6,
	TCP_CLOSE = 7,
	TCP_CLOSE_WAIT = 8,
	TCP_LAST_ACK = 9,
	TCP_LISTEN = 10,
	TCP_CLOSING = 11,
	TCP_NEW_SYN_RECV = 12,
};

enum {
	TCP_YOUNG = 8192, /* both ends of 4,096 connections: about 1.3 MB with what the kernel adds */
};

/* Connections from their beginning to their end, by the address of their sock: two allocations and their
 * frees, which a socket's storage takes, cost a short connection more than all else that is done for it.
 * Writer: the tracepoints; the walk. Full: tcp_lives. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, TCP_YOUNG);
	__type(key, __u64);
	__type(value, struct tcp_life);
} tcp_young SEC(".maps");

/* Listeners, sockets that were there before us, and those for which tcp_young has no room. Writer: the
 * tracepoints, the walk. Bound: one value a socket, about 0.4 KB with what the kernel adds, freed with it.
 * Full (the socket's option memory, or no memory): lost_lives. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct tcp_life);
} tcp_lives SEC(".maps");

/* Writer: openings and ends; the walk. Reader: user space, four times a second, and after each step of the
 * walk, which takes three fifths of it for some milliseconds: 13,000 records, 25,000 connections a second
 * with both ends here. Full: lost_moments, lost_figures. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 << 20);
} tcp_ring SEC(".maps");

/* Writer: user space, in place: enum tcp_reader_word. Reader: the tracepoint of states, the walks. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, __u64);
} tcp_reader SEC(".maps");

/* Writer: all contexts of a CPU, atomically. Reader: user space. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct tcp_ledger);
} tcp_counters SEC(".maps");

static __always_inline struct tcp_ledger *tcp_ledger_of_cpu(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&tcp_counters, &zero);
}

static __always_inline __u64 tcp_reader_word(void)
{
	__u32 zero = 0;
	const volatile __u64 *word = bpf_map_lookup_elem(&tcp_reader, &zero);

	return word ? *word : 0;
}

/* A softirq may count between our load and our store. */
static __always_inline void count_one(__u64 *counter)
{
	__sync_fetch_and_add(counter, 1);
}

#endif
