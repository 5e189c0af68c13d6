/* SPDX-License-Identifier: 0BSD */
/* Lists in every order, and equal links, which keep theirs. */
#include "base/sort.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

struct item {
	struct link link;
	unsigned key, place;
};

static unsigned compared;

static int by_key(const void *arg, const struct link *a, const struct link *b)
{
	unsigned ka = ((const struct item *)a)->key, kb = ((const struct item *)b)->key;

	cr_assert(eq(ptr, (void *)(uintptr_t)arg, (void *)&compared));
	compared++;
	return (ka > kb) - (ka < kb);
}

enum { MOST = 3000 };

static struct item items[MOST];

/* Sorts n items with these keys and checks all neighbors. */
static void sorted(unsigned n, unsigned (*key)(unsigned i))
{
	const struct link *l;
	unsigned seen = 0;

	for (unsigned i = 0; i < n; i++)
		items[i] = (struct item){ { i + 1 < n ? &items[i + 1].link : NULL }, key(i), i };
	compared = 0;
	for (l = sort_links(n > 0 ? &items[0].link : NULL, by_key, &compared); l != NULL; l = l->next) {
		const struct item *a = (const struct item *)l, *b = (const struct item *)l->next;

		seen++;
		if (b != NULL)
			cr_assert(a->key < b->key || (a->key == b->key && a->place < b->place));
	}
	cr_expect(eq(uint, seen, n));
}

static unsigned up(unsigned i)
{
	return i;
}

static unsigned down(unsigned i)
{
	return MOST - i;
}

static unsigned same(unsigned i)
{
	return i & 0;
}

static unsigned saw(unsigned i)
{
	return i % 7;
}

static unsigned any(unsigned i)
{
	return i * 2654435761u >> 7;
}

static unsigned few(unsigned i)
{
	return any(i) % 10;
}

Test(sort, lists_in_any_order)
{
	static unsigned (*const keys[])(unsigned) = { up, down, same, saw, any, few };

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
		for (unsigned n = 0; n < 40; n++)
			sorted(n, keys[k]);
		sorted(MOST, keys[k]);
		cr_expect(compared < MOST * 16, "%u comparisons", compared);
	}
}

/* A directory is often in order, or in reverse order. */
Test(sort, what_is_in_order_takes_little)
{
	sorted(MOST, up);
	cr_expect(compared < 2 * MOST);
	sorted(MOST, down);
	cr_expect(compared < 3 * MOST);
}
