/* SPDX-License-Identifier: 0BSD */
#include "base/mem.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, LARGEST = 4 * 1024 * 1024 };

/* True if the page of an address is mapped. */
static bool is_mapped(const void *at)
{
	uintptr_t page = (uintptr_t)at & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);

	return msync((void *)page, 1, MS_ASYNC) == 0;
}

static bool is_gone(const void *at)
{
	return !is_mapped(at) && errno == ENOMEM;
}

static bool is_inside(const struct mem *m, const void *at)
{
	return (const char *)at >= m->first && (const char *)at < m->first + sizeof m->first;
}

static bool is_zero(const char *s, size_t n)
{
	return n == 0 || (*s == '\0' && memcmp(s, s + 1, n - 1) == 0);
}

Test(mem, the_first_bytes_take_no_call)
{
	struct mem m;
	char *a, *b, *c;

	memset(&m, 0x55, sizeof m);
	mem_init(&m);
	a = mem_take(&m, 3);
	b = mem_take(&m, MEM_FIRST - 8);
	cr_assert(a == m.first && b == m.first + 8, "from the first byte on, aligned for numbers");
	cr_expect(is_zero(a, 3) && is_zero(b, MEM_FIRST - 8));
	c = mem_take(&m, 1);
	cr_assert(c != NULL && !is_inside(&m, c), "no byte is left");
	cr_expect(is_zero(c, 1) && is_mapped(c));
	mem_free(&m);
	cr_expect(is_gone(c));
	cr_expect(mem_take(&m, 1) == m.first && *m.first == '\0', "empty and in use again");
}

Test(mem, texts_stand_side_by_side)
{
	struct mem m;
	char *a, *b, *c;

	mem_init(&m);
	a = mem_copy(&m, "one");
	b = mem_copy(&m, "");
	c = mem_text(&m, 2);
	cr_assert(a == m.first && b == a + 4 && c == b + 1);
	cr_expect(eq(str, a, "one"));
	cr_expect(eq(str, b, ""));
	cr_expect(mem_take(&m, 8) == m.first + 8, "a number starts at a multiple of 8");
}

Test(mem, each_chunk_is_twice_the_last)
{
	struct mem m;
	char *last = NULL, *chunks[16];
	size_t n = 0, taken[16] = { 0 };

	mem_init(&m);
	mem_take(&m, MEM_FIRST);
	while (n < 9) {
		char *at = mem_take(&m, 1024);

		cr_assert(at != NULL);
		if (n == 0 || at != last + 1024)
			chunks[n++] = at;
		taken[n - 1] += 1024;
		memset(at, 0xff, 1024);
		last = at;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		size_t size = i < 6 ? (size_t)CHUNK << i : LARGEST;

		cr_expect(taken[i] < size && size - taken[i] <= 2048, "%zu: %zu", i, taken[i]);
		cr_expect(is_mapped(chunks[i]));
	}
	mem_free(&m);
	for (size_t i = 0; i < n; i++)
		cr_expect(is_gone(chunks[i]), "%zu", i);
	cr_expect(m.last == NULL && m.used == 0);
}

Test(mem, one_larger_than_a_chunk)
{
	struct mem m;
	char *at;

	mem_init(&m);
	at = mem_take(&m, LARGEST + 1);
	cr_assert(at != NULL);
	cr_expect(is_zero(at, LARGEST + 1));
	memset(at, 1, LARGEST + 1);
	cr_expect(mem_take(&m, 1) == at + LARGEST + 8, "the rest of its mapping is used, too");
	mem_free(&m);
	cr_expect(is_gone(at) && is_gone(at + LARGEST));
}

Test(mem, no_memory)
{
	struct mem m;
	char *text;

	mem_init(&m);
	text = mem_copy(&m, "text");
	cr_expect(mem_take(&m, SIZE_MAX) == NULL);
	cr_expect(mem_take(&m, SIZE_MAX / 2) == NULL, "more than there are addresses");
	cr_expect(mem_text(&m, SIZE_MAX - 16) == NULL);
	cr_expect(eq(str, text, "text"));
	cr_expect(mem_take(&m, 8) == m.first + 8, "a request that failed takes nothing");
}
