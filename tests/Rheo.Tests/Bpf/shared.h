/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Types that two objects of one project use: they become C# once. */
#ifndef RHEO_TESTS_SHARED_H
#define RHEO_TESTS_SHARED_H

struct point {
	__be32 addr;
	__be16 port;
	__u8 pad[2];
};

typedef struct {
	__u64 sum;
	__s32 low;
	__s8 sign;
	char text[3];
} totals_t;

#endif
