/* SPDX-License-Identifier: 0BSD */
/* Cells of text; kernel/width.sh holds the table of all characters to Unicode's. */
#include "show/width.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static const struct { const char *s; size_t cells; } texts[] = {
	{ "", 0 }, { "abc", 3 }, { "\xc3\xbc", 1 }, { "u\xcc\x88", 1 },
	{ "\xe6\x97\xa5\xe6\x9c\xac", 4 },		/* two ideographs */
	{ "\xef\xbc\xa1", 2 },				/* a fullwidth A */
	{ "\xef\xbd\xb1", 1 },				/* a halfwidth katakana */
	{ "\xf0\x9f\x98\x80", 2 },			/* an emoji */
	{ "\xf0\xa0\x80\x80", 2 },			/* an ideograph of plane 2 */
	{ "\xf0\x9d\x84\x9e", 1 },			/* a symbol of plane 1 */
	{ "\xf4\x8f\xbf\xbd", 1 },			/* private use */
	{ "\xea\xb0\x80", 2 },				/* a syllable of Hangul */
	{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", 2 },	/* one of three parts */
	{ "\x80\xff", 2 },
};

Test(width, of_text)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(eq(sz, width_of(texts[i].s, strlen(texts[i].s)), texts[i].cells), "%s", texts[i].s);
	cr_expect(eq(sz, width_of("abc", 2), 2), "no further than asked");
}

Test(width, that_fits)
{
	static const struct { const char *s; size_t cells, bytes; } t[] = {
		{ "abc", 0, 0 }, { "abc", 2, 2 }, { "abc", 3, 3 }, { "abc", 9, 3 },
		{ "\xe6\x97\xa5\xe6\x9c\xac", 1, 0 }, { "\xe6\x97\xa5\xe6\x9c\xac", 2, 3 },
		{ "\xe6\x97\xa5\xe6\x9c\xac", 3, 3 }, { "\xe6\x97\xa5\xe6\x9c\xac", 4, 6 },
		/* A mark goes with its letter. */
		{ "u\xcc\x88x", 1, 3 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(eq(sz, width_fit(t[i].s, strlen(t[i].s), t[i].cells), t[i].bytes), "%s in %u", t[i].s,
			  (unsigned)t[i].cells);
}
