/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Types for user space that no map and no global variable leads to: the compiler leaves a type out of BTF
 * unless something of it is kept. An export is a pointer in a section that libbpf does not load, so it costs
 * nothing at run time.
 */
#ifndef RHEO_EXPORT_H
#define RHEO_EXPORT_H

#define RHEO_EXPORT_PASTE(a, b)          a##b
#define RHEO_EXPORT_NAME(prefix, number) RHEO_EXPORT_PASTE(prefix, number)

/* EXPORT(struct flow_handover); EXPORT(enum flow_kind): becomes a C# struct or enum. */
#define EXPORT(type)                                                                                         \
	const type *RHEO_EXPORT_NAME(exported_, __COUNTER__) __attribute__((section(".records"), used))

/* EXPORT_CONSTANTS(enum flow_limit): becomes a static class of constants, which need no cast. */
#define EXPORT_CONSTANTS(type)                                                                               \
	const type *RHEO_EXPORT_NAME(exported_, __COUNTER__) __attribute__((section(".constants"), used))

#endif
