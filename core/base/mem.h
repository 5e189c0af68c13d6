/* SPDX-License-Identifier: 0BSD */
/*
 * Memory released all at once: a run remembers a few names and rows and then exits.  The first bytes need
 * no system call.  malloc(3) would be a tenth of a static binary.
 */
#ifndef CORE_BASE_MEM_H
#define CORE_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

enum { MEM_FIRST = 512 };

/* Must not move while in use: allocations may lie inside. */
struct mem {
	struct mem_chunk *last;
	size_t used;		/* bytes of `first` or of the last chunk */
	_Alignas(8) char first[MEM_FIRST];
};

/* `first` need not be initialized. */
void mem_init(struct mem *);

/* Returns n zeroed bytes, aligned to 8, or NULL if out of memory. */
void *mem_take(struct mem *, size_t n);

/* Returns n uninitialized, unaligned bytes for text, or NULL if out of memory. */
char *mem_text(struct mem *, size_t n);

/* Returns a copy of a string, or NULL if out of memory. */
char *mem_copy(struct mem *, const char *text);

/* Releases everything, leaving it empty for reuse. */
void mem_free(struct mem *);

#endif
