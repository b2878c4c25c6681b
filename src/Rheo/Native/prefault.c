// SPDX-License-Identifier: Apache-2.0
/*
 * Before the runtime starts, it unpacks some five megabytes of its own tables into zeroed memory, a page
 * fault for each page: more than a thousand, most of the time of a short command on a virtual machine. Here
 * they are asked for at once. What the kernel refuses (below 5.14) comes by faults, as ever.
 */
#define _GNU_SOURCE
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

// The zeroed part of a segment: behind what the file holds, in whole pages.
static void populate(unsigned long begin, unsigned long end)
{
	unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE);

	begin = (begin + page - 1) & -page;
	end &= -page;
	if (begin < end)
		(void)madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
}

// The program itself is the first that is told; the libraries after it are none of our business.
static int look(struct dl_phdr_info *program, size_t size __attribute__((unused)),
		void *data __attribute__((unused)))
{
	for (int i = 0; i < program->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &program->dlpi_phdr[i];
		unsigned long at = program->dlpi_addr + segment->p_vaddr;

		if (segment->p_type == PT_LOAD)
			populate(at + segment->p_filesz, at + segment->p_memsz);
	}
	return 1;
}

__attribute__((constructor)) static void prefault(void)
{
	dl_iterate_phdr(look, 0);
}
