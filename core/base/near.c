/* SPDX-License-Identifier: 0BSD */
#include "base/near.h"

#include <string.h>

#include "base/lower.h"

enum { LONGEST = 32 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The Levenshtein distance of two words of at most LONGEST bytes, ignoring case. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t row[LONGEST + 1];

	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t replaced = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));

			diagonal = row[j];
			row[j] = least(replaced, 1 + least(row[j], row[j - 1]));
		}
	}
	return row[nb];
}

void near_offer(struct near_word *n, const char *known)
{
	size_t len = strlen(known), d;

	if (n->len > LONGEST || len > LONGEST)
		return;
	d = distance(n->word, n->len, known, len);
	/* A suggestion keeps most of what was typed: one slip, or two in a word of at least five characters. */
	if (d > 2 || (d == 2 && n->len < 5) || d >= n->len)
		return;
	if (n->best == NULL || d < n->distance) {
		n->best = known;
		n->distance = d;
	}
}
