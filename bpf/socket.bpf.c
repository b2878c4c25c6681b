// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* The socket object: which process has which socket. Nothing per packet; a datagram of a socket that is not
 * connected costs one look-up. */
#include "vmlinux/vmlinux.h"
#include "vmlinux/task.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "rheo/records/socket.h"
#include "rheo/export.h"
#include "rheo/wire.h"
#include "rheo/address.h"
#include "rheo/owner_ring.h"
#include "rheo/path.h"
#include "rheo/process.h"
#include "rheo/namespace.h"
#include "rheo/socket_record.h"
#include "rheo/socket_late.h"
#include "rheo/socket.h"

EXPORT(struct owner_head);
EXPORT(struct owner_process);
EXPORT(struct owner_socket);
EXPORT(struct owner_address);
EXPORT(struct owner_fork);
EXPORT(struct owner_use);
EXPORT(enum owner_kind);
EXPORT(enum owner_event);
EXPORT(enum owner_flag);
EXPORT_CONSTANTS(enum owner_limit);

SEC("cgroup/post_bind4")
int socket_bind4(struct bpf_sock *ctx)
{
	return socket_bound(ctx);
}

SEC("cgroup/post_bind6")
int socket_bind6(struct bpf_sock *ctx)
{
	return socket_bound(ctx);
}

SEC("cgroup/connect4")
int socket_connect4(struct bpf_sock_addr *ctx)
{
	return socket_connects(ctx);
}

SEC("cgroup/connect6")
int socket_connect6(struct bpf_sock_addr *ctx)
{
	return socket_connects(ctx);
}

SEC("cgroup/sendmsg4")
int socket_send4(struct bpf_sock_addr *ctx)
{
	return socket_sends(ctx);
}

SEC("cgroup/sendmsg6")
int socket_send6(struct bpf_sock_addr *ctx)
{
	return socket_sends(ctx);
}

/* accept(), where the caller wants to know who it is, and getpeername(). */
SEC("cgroup/getpeername4")
int socket_asked4(struct bpf_sock_addr *ctx)
{
	return socket_asked(ctx);
}

SEC("cgroup/getpeername6")
int socket_asked6(struct bpf_sock_addr *ctx)
{
	return socket_asked(ctx);
}

/* The last descriptor is closed. */
SEC("cgroup/sock_release")
int socket_release(struct bpf_sock *ctx)
{
	return socket_released(ctx);
}

SEC("tp_btf/inet_sock_set_state")
int socket_state(__u64 *arguments)
{
	return socket_changed((struct sock *)arguments[0], (int)arguments[1], (int)arguments[2]);
}

SEC("tp_btf/sched_process_fork")
int socket_fork(__u64 *arguments)
{
	return process_forked((struct task_struct *)arguments[0], (struct task_struct *)arguments[1]);
}

SEC("tp_btf/sched_process_exit")
int socket_exit(__u64 *arguments)
{
	return process_exited((struct task_struct *)arguments[0]);
}

/* Read by user space from time to time: every descriptor of every process. */
SEC("iter/task_file")
int socket_walk(struct bpf_iter__task_file *ctx)
{
	return socket_found(ctx);
}

/* Read by user space when it is asked for a datagram socket whose port it has not been told: the few that
 * wait. */
SEC("iter/bpf_sk_storage_map")
int socket_ports(struct bpf_iter__bpf_sk_storage_map *ctx)
{
	return socket_port_found(ctx->sk);
}

/* Run by user space (BPF_PROG_TEST_RUN) when it begins to read, or has forgotten processes: all are told
 * again. */
SEC("tc")
int socket_reader(struct __sk_buff *skb __attribute__((unused)))
{
	readers++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
