/* SPDX-License-Identifier: 0BSD */
/* Suggestions for mistyped words. */
#ifndef CORE_BASE_NEAR_H
#define CORE_BASE_NEAR_H

#include <stddef.h>

/*
 * The search for the known word nearest to a mistyped one of len bytes.  Initialize as { word, len, NULL, 0 }
 * and offer it each known word; `best` is then the nearest, or NULL if none is near enough to suggest.
 */
struct near_word {
	const char *word;
	size_t len;
	const char *best;
	size_t distance;	/* of best */
};

/* Consider one more known word.  Case does not matter. */
void near_offer(struct near_word *, const char *known);

#endif
