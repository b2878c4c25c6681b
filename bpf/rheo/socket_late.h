/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * What becomes known a moment after the hook: the port of a datagram socket that is connected without one,
 * and which of the processes that listen together has accepted a connection.
 */
#ifndef RHEO_SOCKET_LATE_H
#define RHEO_SOCKET_LATE_H

/*
 * Datagram sockets connected before they had a port: the kernel gives it right after the hook, and no other
 * follows. Writer: the connect hooks. Reader: socket_ports, which forgets what it has told. Lives and dies
 * with its socket; no memory: the next walk over all descriptors tells the port.
 */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} socket_waits SEC(".maps");

enum {
	ACCEPT_MARKS = 1024, /* a power of two: sockets asked for again at once are told once */
};

struct accept_mark {
	__u64 cookie;
	__u32 pid;
	__u32 pad;
};

/* Who was told last as the user of a socket, by its cookie. Writer and reader: the getpeername hooks, on all
 * CPUs; two at once may tell twice. Full: never, the older mark goes. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ACCEPT_MARKS);
	__type(key, __u32);
	__type(value, struct accept_mark);
} accept_marks SEC(".maps");

static __always_inline void socket_awaits_port(struct bpf_sock *socket)
{
	bpf_sk_storage_get(&socket_waits, socket, NULL, BPF_SK_STORAGE_GET_F_CREATE);
}

/* One socket of socket_waits. */
static __always_inline int socket_port_found(struct sock *sk)
{
	struct socket_at at;

	if (!sk || !socket_port(sk, &sk->__sk_common))
		return 0;
	at = socket_at_place(sk);
	if (socket_tell(&at, SOCKET_CONNECTING, 0, NULL))
		bpf_sk_storage_delete(&socket_waits, sk);
	return 0;
}

static __always_inline bool accept_is_told(__u64 cookie, __u32 pid)
{
	__u32 slot = cookie & (ACCEPT_MARKS - 1);
	struct accept_mark *mark = bpf_map_lookup_elem(&accept_marks, &slot);

	if (!mark)
		return false;
	if (mark->cookie == cookie && mark->pid == pid)
		return true;
	mark->cookie = cookie;
	mark->pid = pid;
	return false;
}

/* accept() with an address to fill in, or getpeername(): by a process that has the socket. */
static __always_inline int socket_asked(struct bpf_sock_addr *ctx)
{
	__u64 cookie = bpf_get_socket_cookie(ctx);
	struct owner_head user = {};
	struct owner_use *record;

	if (!socket_is_ours(ctx->protocol) || accept_is_told(cookie, bpf_get_current_pid_tgid() >> 32))
		return 1;
	process_name(&user, process_running());
	if (!user.pid)
		return 1;
	record = bpf_ringbuf_reserve(&owner_ring, sizeof(*record), 0);
	if (!record) {
		owner_lost();
		return 1;
	}
	record->head = user;
	record->head.kind = OWNER_USE;
	record->head.time_ns = bpf_ktime_get_ns();
	record->cookie = cookie;
	owner_submit(record, sizeof(*record));
	return 1;
}

#endif
