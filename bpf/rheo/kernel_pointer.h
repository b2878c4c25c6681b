/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Whether a word is a pointer into the kernel, where its type does not say so for sure. */
#ifndef RHEO_KERNEL_POINTER_H
#define RHEO_KERNEL_POINTER_H

enum {
	KERNEL_TOP_BYTE = 0xff,
};

/*
 * By the top byte alone: with five levels of page tables (x86-64, LA57) the kernel begins at 0xff00..., with
 * 52 bits on arm64 at 0xfff0..., else at 0xffff.... It is also what tells the NULL of a tracepoint's argument
 * that may be one: kernels from 6.5 to 6.12 take such arguments for never NULL, leave a comparison with NULL
 * out of the program, and then fault where it reads (CVE-2024-56702).
 */
static __always_inline bool is_kernel_pointer(const void *pointer)
{
	return (__u64)pointer >> 56 == KERNEL_TOP_BYTE;
}

#endif
