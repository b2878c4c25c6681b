/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The contract of the socket object: what this directory's README says. */
#ifndef RHEO_RECORDS_SOCKET_H
#define RHEO_RECORDS_SOCKET_H

/* What a record of the owner ring is; struct owner_head stands first in all of them. */
enum owner_kind {
	OWNER_PROCESS =
	    1, /* struct owner_process: before the first record that names it, and when it has changed */
	OWNER_SOCKET = 2,  /* struct owner_socket */
	OWNER_ADDRESS = 3, /* struct owner_address */
	OWNER_FORK = 4,    /* struct owner_fork: a known process has a child, which has all its descriptors */
	OWNER_EXIT = 5,    /* struct owner_head alone: a known process has ended */
	OWNER_USE =
	    6, /* struct owner_use: a process asks a socket for its peer, as it does when it accepts */
};

struct owner_head {
	__u32 kind;     /* enum owner_kind */
	__u32 pid;      /* thread group; 0: no process is known */
	__u64 start_ns; /* when it began, CLOCK_MONOTONIC: with pid, a process that no other is taken for */
	__u64 time_ns;  /* CLOCK_MONOTONIC */
};

enum owner_limit {
	OWNER_TEXT = 512, /* bytes of a path, each part with its NUL */
	OWNER_PART = 128, /* bytes of a part; what is longer is cut */
	OWNER_DEPTH = 20, /* parts */
};

/* A process as it was. Paths are parts, the last one first, each NUL-terminated; what does not fit is cut at
 * the root. */
struct owner_process {
	struct owner_head head;
	__u64 cgroup_id; /* of cgroup v2 */
	__u32 uid;       /* in the first user namespace */
	__u16 executable_length;
	__u16 cgroup_length;
	__u8 name[16]; /* of the thread group's leader */
	__u8 executable[OWNER_TEXT];
	__u8 cgroup[OWNER_TEXT]; /* v2; where that is the root, systemd's, memory's or pids' of v1 */
};

enum owner_event {
	SOCKET_BOUND = 1,       /* it listens, or receives datagrams at its port */
	SOCKET_CONNECTING = 2,  /* a process connects it; its own port may not be known yet */
	SOCKET_ESTABLISHED = 3, /* TCP; no process is known at that moment */
	SOCKET_CLOSED = 4,      /* TCP: the connection is over, though a process may still hold the socket */
	SOCKET_RELEASED = 5,    /* the last descriptor is closed, by this process */
	SOCKET_FOUND = 6,       /* this process has a descriptor of it */
};

enum owner_flag {
	OWNER_PASSIVE = 1, /* SOCKET_ESTABLISHED: the other end began */
	OWNER_IPV6 = 2,    /* the socket is of AF_INET6 ... */
	OWNER_V6ONLY = 4,  /* ... and takes no IPv4 */
};

/* A socket at one moment. IPv4 addresses are mapped; the wildcard of AF_INET is ::ffff:0.0.0.0. */
struct owner_socket {
	struct owner_head head;
	__u64 cookie; /* 0: the kernel is too old to tell */
	__u64 netns;  /* cookie of the namespace; before 5.12 its inode */
	__u8 local[16];
	__u8 remote[16];
	__be16 local_port;
	__be16 remote_port;
	__u8 protocol;
	__u8 event; /* enum owner_event */
	__u8 state; /* TCP_ESTABLISHED, ... */
	__u8 flags; /* enum owner_flag */
};

/* An address of a network namespace that has sockets bound to no address. */
struct owner_address {
	struct owner_head head; /* pid 0 */
	__u64 netns;
	__u8 address[16];
};

struct owner_fork {
	struct owner_head head; /* the child */
	__u32 parent;
	__u32 pad;
	__u64 parent_start_ns;
};

struct owner_use {
	struct owner_head head;
	__u64 cookie;
};

/* One entry a CPU, only growing but for pending. */
struct owner_ledger {
	__u64 records;
	__u64 lost_records; /* for which the ring had no room */
	__u64
	    lost_marks; /* sockets that could not be marked as told: they are told again with each datagram */
	__u64 pending;  /* bytes put in the ring since the last look */
};

_Static_assert(sizeof(struct owner_process) == 1080, "owner_process");
_Static_assert(sizeof(struct owner_socket) == 80, "owner_socket");
_Static_assert(sizeof(struct owner_address) == 48, "owner_address");
_Static_assert(sizeof(struct owner_fork) == 40, "owner_fork");
_Static_assert(sizeof(struct owner_use) == 32, "owner_use");

#endif
