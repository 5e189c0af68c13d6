/* SPDX-License-Identifier: 0BSD */
#include "mem.h"

#include <string.h>
#include <sys/mman.h>

enum { ALIGN = 8, LEAST = 64 * 1024, MOST = 4 * 1024 * 1024 };

/* A mapping; its bytes follow.  Pages that are never touched cost nothing. */
struct mem_chunk {
	struct mem_chunk *before;
	size_t size;
};

void mem_init(struct mem *m)
{
	m->last = NULL;
	m->used = 0;
}

/* Each chunk is twice the one before, so a million rows take few calls. */
static struct mem_chunk *add_chunk(struct mem *m, size_t n)
{
	size_t size = m->last ? 2 * m->last->size : LEAST;
	struct mem_chunk *c;

	if (size > MOST)
		size = MOST;
	while (size - sizeof *c < n) {
		if (size > SIZE_MAX / 2)
			return NULL;
		size *= 2;
	}
	c = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (c == MAP_FAILED)
		return NULL;
	c->before = m->last;
	c->size = size;
	m->last = c;
	m->used = sizeof *c;
	return c;
}

void *mem_take(struct mem *m, size_t n)
{
	size_t room = m->last ? m->last->size : sizeof m->first;
	char *at;

	if (n > SIZE_MAX - ALIGN)
		return NULL;
	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n > room - m->used && add_chunk(m, n) == NULL)
		return NULL;
	at = (m->last ? (char *)m->last : m->first) + m->used;
	m->used += n;
	/* A mapping is zero as it comes. */
	return m->last ? at : memset(at, 0, n);
}

char *mem_copy(struct mem *m, const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = mem_take(m, n);

	return copy ? memcpy(copy, text, n) : NULL;
}

void mem_free(struct mem *m)
{
	while (m->last != NULL) {
		struct mem_chunk *c = m->last;

		m->last = c->before;
		munmap(c, c->size);
	}
	m->used = 0;
}
