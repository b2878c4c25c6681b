// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Empty programs at the hooks that a connection passes with Rheo: what being called costs, whoever is called.
 */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>

enum {
	NEXT = -1, /* TCX_NEXT */
	ALLOW = 1,
};

SEC("tc")
int bare_packet(struct __sk_buff *skb __attribute__((unused)))
{
	return NEXT;
}

/* Twice: of the owners, and of the figures. */
SEC("tp_btf/inet_sock_set_state")
int bare_state(__u64 *arguments __attribute__((unused)))
{
	return 0;
}

SEC("tp_btf/inet_sock_set_state")
int bare_state_too(__u64 *arguments __attribute__((unused)))
{
	return 0;
}

SEC("tp_btf/kfree_skb")
int bare_drop(__u64 *arguments __attribute__((unused)))
{
	return 0;
}

SEC("cgroup/connect4")
int bare_connect(struct bpf_sock_addr *ctx __attribute__((unused)))
{
	return ALLOW;
}

/* accept() */
SEC("cgroup/getpeername4")
int bare_accept(struct bpf_sock_addr *ctx __attribute__((unused)))
{
	return ALLOW;
}

SEC("cgroup/sock_release")
int bare_release(struct bpf_sock *ctx __attribute__((unused)))
{
	return ALLOW;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
