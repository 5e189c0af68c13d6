/* SPDX-License-Identifier: 0BSD */
#include "base/mem.h"

#include <string.h>
#include <sys/mman.h>

enum { ALIGN = 8, LEAST = 64 * 1024, MOST = 4 * 1024 * 1024 };

/* The header of a mapping; the data follows.  Untouched pages cost nothing. */
struct mem_chunk {
	struct mem_chunk *before;
	size_t size;
};

void mem_init(struct mem *m)
{
	m->last = NULL;
	m->used = 0;
}

/* Chunks double in size, so even a million rows take few system calls. */
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

/* Returns the next n bytes aligned to `align`, without clearing them, or NULL. */
static char *take(struct mem *m, size_t n, size_t align)
{
	size_t room = m->last ? m->last->size : sizeof m->first;

	m->used = (m->used + align - 1) & ~(align - 1);
	if (m->used > room || n > room - m->used) {
		if (n > SIZE_MAX / 2 || add_chunk(m, n) == NULL)
			return NULL;
	}
	m->used += n;
	return (m->last ? (char *)m->last : m->first) + m->used - n;
}

void *mem_take(struct mem *m, size_t n)
{
	char *at = take(m, n, ALIGN);

	/* A new mapping is already zero. */
	return at == NULL || m->last != NULL ? at : memset(at, 0, n);
}

char *mem_text(struct mem *m, size_t n)
{
	return take(m, n, 1);
}

char *mem_copy(struct mem *m, const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = mem_text(m, n);

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
