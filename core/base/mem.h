/* SPDX-License-Identifier: 0BSD */
/*
 * Memory that is given back all at once.  A run of this program remembers a few
 * names and rows and then ends, so nothing is ever freed by itself; the first
 * bytes take no call.  malloc(3) would be a tenth of a static binary.
 */
#ifndef CORE_MEM_H
#define CORE_MEM_H

#include <stddef.h>
#include <stdint.h>

enum { MEM_FIRST = 512 };

/* It must stay where it is while in use: what it hands out may lie inside. */
struct mem {
	struct mem_chunk *last;
	size_t used;		/* of `first`, or of the last chunk */
	_Alignas(8) char first[MEM_FIRST];
};

/* Makes an empty one; `first` needs no initial value. */
void mem_init(struct mem *);

/* n bytes, all zero, aligned for any number; NULL if there is no memory. */
void *mem_take(struct mem *, size_t n);

/* n bytes of any value, aligned for text alone; NULL if there is no memory. */
char *mem_text(struct mem *, size_t n);

/* A copy of a string, in as many bytes as it has. */
char *mem_copy(struct mem *, const char *text);

/* Gives all back; it is empty then. */
void mem_free(struct mem *);

#endif
