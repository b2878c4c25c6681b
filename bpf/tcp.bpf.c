// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* The tcp object: how each local TCP connection fares, from the kernel's own figures. Changes of state and
 * retransmissions are told by tracepoints; the figures are read by a walk over the live sockets. Nothing per
 * packet. */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "rheo/records/tcp.h"
#include "rheo/export.h"
#include "rheo/wire.h"
#include "rheo/address.h"
#include "rheo/tick.h"
#include "rheo/kernel_pointer.h"
#include "rheo/tcp_ledger.h"
#include "rheo/tcp_figures.h"
#include "rheo/tcp_life.h"
#include "rheo/tcp_walk.h"

EXPORT(struct tcp_health);
EXPORT(struct tcp_queue);
EXPORT(enum tcp_record);
EXPORT(enum tcp_end);
EXPORT(enum tcp_cause);
EXPORT(enum tcp_life_flag);
EXPORT_CONSTANTS(enum tcp_reader_word);

SEC("tp_btf/inet_sock_set_state")
int tcp_state(__u64 *arguments)
{
	return tcp_state_changed((struct sock *)arguments[0], arguments[1], arguments[2]);
}

SEC("tp_btf/tcp_retransmit_skb")
int tcp_again(__u64 *arguments)
{
	return tcp_sent_again((struct sock *)arguments[0]);
}

SEC("tp_btf/tcp_retransmit_synack")
int tcp_synack_again(__u64 *arguments)
{
	return tcp_synack_sent_again((struct sock *)arguments[0]);
}

SEC("tp_btf/tcp_send_reset")
int tcp_reset_out(__u64 *arguments)
{
	return tcp_reset_sent((struct sock *)arguments[0]);
}

SEC("tp_btf/tcp_receive_reset")
int tcp_reset_in(__u64 *arguments)
{
	return tcp_reset_received((struct sock *)arguments[0]);
}

/* One walk over the sockets that have a tcp_life, in all network namespaces: tells those that moved since the
 * last one, or all, to a reader that begins, or that has lost something. Those that carry it with them … */
SEC("iter/bpf_sk_storage_map")
int tcp_walk(struct bpf_iter__bpf_sk_storage_map *context)
{
	return tcp_walk_one(context->meta->seq, context->sk, context->value);
}

/* … and those that do not. */
SEC("iter/bpf_map_elem")
int tcp_walk_young(struct bpf_iter__bpf_map_elem *context)
{
	return tcp_walk_young_one(context->meta->seq, context->key, context->value);
}

/* Once, at the start: sockets that processes hold, in all network namespaces … */
SEC("iter/task_file")
int tcp_seed_files(struct bpf_iter__task_file *context)
{
	return tcp_seed_file(context->file);
}

/* … and all of the reader's own: those too that wait in an accept queue, or that no process holds any more.
 */
SEC("iter/tcp")
int tcp_seed_space(struct bpf_iter__tcp *context)
{
	return tcp_seed_socket((struct sock *)context->sk_common);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
