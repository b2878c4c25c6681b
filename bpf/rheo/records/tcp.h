/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The contract of the tcp object: what this directory's README says. */
#ifndef RHEO_RECORDS_TCP_H
#define RHEO_RECORDS_TCP_H

/* Record types of tcp_ring: what happens, and what a walk over the live sockets finds. */
enum tcp_record {
	TCP_RECORD_LIVE = 1,   /* struct tcp_health: a connection whose figures moved since the last walk */
	TCP_RECORD_OPENED = 2, /* struct tcp_health: it is established */
	TCP_RECORD_ENDED = 3,  /* struct tcp_health: it is over; its last figures */
	TCP_RECORD_QUEUE = 4,  /* struct tcp_queue: a listener */
	TCP_RECORD_QUEUE_ENDED = 5,
};

/* Why a connection is over. */
enum tcp_end {
	TCP_END_NONE = 0,
	TCP_END_FIN_SENT = 1,     /* in order; this end closed first */
	TCP_END_FIN_RECEIVED = 2, /* in order; the other end closed first */
	TCP_END_RESET_SENT = 3,
	TCP_END_RESET_RECEIVED = 4,
	TCP_END_TIMED_OUT = 5,
	TCP_END_REFUSED = 6,     /* a RST answered the SYN */
	TCP_END_UNREACHABLE = 7, /* the network said so */
	TCP_END_GIVEN_UP = 8,    /* its process closed it before it was open */
	TCP_END_OTHER = 9,
};

/* What made the kernel send something again. */
enum tcp_cause {
	TCP_CAUSE_TIMEOUT = 0, /* RTO, and what is sent again in the slow start after it */
	TCP_CAUSE_FAST = 1,    /* the peer's acknowledgements show a gap */
	TCP_CAUSE_PROBE = 2,   /* tail loss probe */
	TCP_CAUSE_SYN = 3,
	TCP_CAUSE_SYN_ACK = 4,
};

enum tcp_life_flag {
	TCP_LIFE_FROM_START = 1, /* seen from its first state on */
	TCP_LIFE_ACTIVE = 2,     /* this end connected */
	TCP_LIFE_PASSIVE = 4,    /* this end accepted */
	TCP_LIFE_FIN_SENT = 8,   /* this end closed first */
	TCP_LIFE_FIN_RECEIVED = 16,
	TCP_LIFE_NO_PROCESS = 32, /* in a record: no process holds it (yet, or any more) */
};

/* What the reader asks for, in one word. */
enum tcp_reader_word {
	TCP_READER_FOLLOWS = 1, /* also tell when a connection is established; else its end, and the walks,
				   tell of it */
	TCP_READER_TURN = 2,    /* the bits from here on count: a walk in a new turn tells of all sockets */
};

/* Kept of each connection from its beginning to its end, of each listener, and of all that were there before.
 */
struct tcp_life {
	__u64 cookie;
	__u64 opened_ns; /* CLOCK_MONOTONIC of SYN_SENT, or where this end accepted of ESTABLISHED; 0: before
			    us */
	__u64 established_ns; /* 0: not yet, or before us */
	__u64 state_ns;       /* since when it is in its state, while it closes to a jiffy; 0: before us */
	__u64 told;           /* digest of what the last walk told of it */
	__u32 retransmits[5]; /* segments, by enum tcp_cause */
	__u32 counted;        /* of the kernel's total: those up to which retransmits are counted */
	__u32 resets_sent;
	__u32 resets_received;
	__u32 flags; /* enum tcp_life_flag */
	__u32 pad;
};

/* A connection's figures, as its tcp_sock has them. Times in jiffies are the clock's low 32 bits. */
struct tcp_health {
	__u32 type;  /* enum tcp_record */
	__u32 netns; /* inode of its network namespace */
	__u64 time_ns;
	__u8 saddr[16]; /* this end; IPv4 is mapped (::ffff:a.b.c.d) */
	__u8 daddr[16];
	__u16 sport; /* host order */
	__u16 dport;
	__u8 state;     /* enum of the kernel: TCP_ESTABLISHED 1 … TCP_CLOSING 11 */
	__u8 old_state; /* ENDED: the state before CLOSE */
	__u8 end;       /* enum tcp_end */
	__u8 recovery;  /* enum tcp_ca_state */
	__u32 error;    /* errno that the process sees; 0: none */
	__u32 jiffies;  /* when the record was made */
	struct tcp_life life;
	__u64 bytes_sent; /* payload, with what was sent again */
	__u64 bytes_acked;
	__u64 bytes_received;
	__u64 bytes_retransmitted;
	__u64 delivered_us; /* CLOCK_MONOTONIC when payload was acknowledged last */
	__u32 segments_out;
	__u32 segments_in;
	__u32 data_segments_out;
	__u32 data_segments_in;
	__u32 retransmits; /* segments, of all causes */
	__u32 duplicates;  /* segments that the peer reports to have twice (DSACK) */
	__u32 out_of_order;
	__u32 srtt_8us;    /* smoothed round trip, in 1/8 us; 0: not measured yet */
	__u32 rttvar_4us;  /* its mean deviation, in 1/4 us: what ss calls rttvar */
	__u32 min_rtt_us;  /* ~0: not measured yet */
	__u32 rto_jiffies; /* present retransmission time-out */
	__u32 cwnd;        /* segments */
	__u32 ssthresh;    /* segments; 0x7fffffff: none yet */
	__u32 mss;         /* bytes */
	__u32 send_window; /* bytes that the peer allows */
	__u32 receive_window;
	__u32 unacked;        /* bytes written by the process and not acknowledged yet */
	__u32 unsent;         /* of these: not sent yet */
	__u32 unread;         /* bytes received in order and not read by the process yet */
	__u32 rate_delivered; /* segments delivered in rate_interval_us */
	__u32 rate_interval_us;
	__u32 busy_jiffies; /* time with something to send; the running span is not in these three */
	__u32 receiver_limited_jiffies;
	__u32 buffer_limited_jiffies;
	__u32 span_jiffies; /* when the running span began */
	__u32 span;         /* which span runs: 0 none, 1 busy, 2 receiver-limited, 3 buffer-limited */
	__u32 last_sent_jiffies;
	__u32 last_received_jiffies;
	__u8 backoff; /* doublings of the time-out in force */
	__u8 probes;  /* window probes unanswered */
	__u8 pad[6];
};

/* A listener and what waits for it. */
struct tcp_queue {
	__u32 type;
	__u32 netns;
	__u64 time_ns;
	__u64 cookie;
	__u64 opened_ns; /* 0: before us */
	__u8 address[16];
	__u16 port; /* host order */
	__u8 pad[2];
	__u32 length;    /* connections that wait to be accepted */
	__u32 limit;     /* what listen() allows: full when length is above it */
	__u32 half_open; /* handshakes that wait for their third packet */
	__u32 drops;     /* attempts that it let go, since it listens: a queue was full, or no memory */
	__u32 synack_retransmits; /* since it is watched */
};

/* One entry a CPU; only growing. */
struct tcp_ledger {
	__u64 attempts;        /* SYN_SENT */
	__u64 opened;          /* by this end */
	__u64 accepted;        /* opened by the other */
	__u64 ends[16];        /* by enum tcp_end; of connections that were established */
	__u64 failures[16];    /* by enum tcp_end; of attempts */
	__u64 retransmits[8];  /* by enum tcp_cause */
	__u64 resets_sent;     /* also by no socket */
	__u64 resets_received; /* by sockets */
	__u64 lost_moments;    /* records for which tcp_ring had no room */
	__u64 lost_figures; /* records of a walk for which tcp_ring had no room: the next walk tells them */
	__u64 lost_lives;   /* sockets that took no storage: their figures are not told */
	__u64 tick;         /* the jiffy of ... */
	__u64 tick_ns;      /* ... this CLOCK_MONOTONIC; these two do not grow one by one */
};

_Static_assert(sizeof(struct tcp_life) == 80, "tcp_life");
_Static_assert(sizeof(struct tcp_health) == 304, "tcp_health");
_Static_assert(sizeof(struct tcp_queue) == 72, "tcp_queue");

#endif
