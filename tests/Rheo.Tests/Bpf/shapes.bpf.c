/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Every shape of C that the generator knows, for its tests. It is compiled and read, never loaded. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include "rheo/export.h"
#include "shared.h"

enum shape_color {
	SHAPE_COLOR_RED = 1,
	SHAPE_COLOR_DARK_BLUE = 2,
	SHAPE_COLOR_LAST = 0x80000000u,
};

enum signed_step { STEP_BACK = -1, STEP_STAY, STEP_ON };
enum small { SMALL_A, SMALL_B } __attribute__((packed));
enum wide { WIDE_ONE = 1, WIDE_HUGE = 0xffffffff00000000ull };
enum version { VERSION_4 = 4, VERSION_6 = 6 }; /* without their prefix they would begin with a digit */
enum limit { LIMIT_WAYS = 4, LIMIT_FLAG = 0x4000 };

struct everything {
	__u8 u8;
	__s8 s8;
	__u16 u16;
	__s16 s16;
	__u32 u32;
	__s32 s32;
	__u64 u64;
	__s64 s64;
	bool yes;
	char comm[16];
	char path[40];
	enum shape_color color;
	enum small small;
	enum signed_step step;
	struct point pair[2];
	struct point way[33];
	__u8 grid[2][16];
	totals_t totals;
	struct {
		__u32 inner_a;
		__u32 inner_b;
	} named;
	struct {
		__u32 bare_a;
		union {
			__u32 bare_b;
			__be16 bare_c[2];
		};
	};
	union {
		__u64 whole;
		struct point point;
	} either;
	enum { MODE_OFF, MODE_ON } mode;
	struct point *next;
	int (*call)(int);
	const volatile __u64 *const *deep;
	__int128 huge;
	enum wide wide;
};

struct crooked {
	__u8 tag;
	__u32 value;
	__u16 tail;
} __attribute__((packed));

/* C# has these words and names for itself. */
struct object {
	__u32 class;
	__u32 equals;
	__u32 get_hash_code;
	__u32 object;
	__u32 a_b;
	__u32 aB;
};

struct list {
	struct list *next;
	__u32 flexible[];
};

const volatile __u32 rate = 7;
const volatile bool verbose;
const volatile struct point home;
const volatile __u64 sizes[20];
/* The compiler's own word on places, independent of BTF. */
const volatile __u32 compiler_says[] = {
	sizeof(struct crooked),
	offsetof(struct crooked, value),
	offsetof(struct crooked, tail),
	offsetof(struct everything, path),
	offsetof(struct everything, way),
	offsetof(struct everything, bare_c),
	offsetof(struct everything, either),
	offsetof(struct everything, huge),
	offsetof(struct everything, wide),
};
__u64 seen;
struct crooked last;
int step = 5;
__u32 tuned SEC(".data.tuning") = 3;

EXPORT(struct everything);
EXPORT(struct crooked);
EXPORT(struct object);
EXPORT(struct list);
EXPORT(enum version);
EXPORT(enum wide);
EXPORT_CONSTANTS(enum limit);

SEC("tc")
int count(struct __sk_buff *skb)
{
	if (!verbose)
		return home.port;
	seen += step + tuned + rate + sizes[skb->len & 7];
	last.value = skb->len;
	return -1;
}

char _license[] SEC("license") = "Dual BSD/GPL";
