/* SPDX-License-Identifier: 0BSD */
/* The width of texts, and that of all characters compared with the Unicode Character Database of Python. */
#include "show/width.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
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

/*
 * Prints the cells of each character that is assigned and not escaped in names.  Of marks beyond the first
 * plane and of scripts that are not named here, nothing is said: they may count as a cell.
 */
static const char python[] = "/usr/bin/python3 -c '\n"
	"import unicodedata\n"
	"scripts = (\"COMBINING\", \"HEBREW\", \"ARABIC\", \"SYRIAC\", \"THAANA\", \"NKO\", \"DEVANAGARI\", \"THAI\", \"LAO\")\n"
	"for c in range(32, 0x110000):\n"
	"    kind, name = unicodedata.category(chr(c)), unicodedata.name(chr(c), \"\")\n"
	"    cells = 2 if unicodedata.east_asian_width(chr(c)) in \"WF\" else 1\n"
	"    if kind in (\"Cn\", \"Co\", \"Cs\", \"Cc\", \"Cf\") or 0xfe00 <= c <= 0xfe0f or c in (0x115f, 0x1160):\n"
	"        continue\n"
	"    if kind in (\"Mn\", \"Me\"):\n"
	"        if c > 0xffff or not name.startswith(scripts):\n"
	"            continue\n"
	"        cells = 0\n"
	"    if 0x1161 <= c <= 0x11ff:\n"
	"        cells = 0\n"
	"    print(c, cells)'";

Test(width, of_all_characters)
{
	FILE *p = popen(python, "r");
	unsigned c, cells, n = 0;

	cr_assert(ne(ptr, (void *)p, NULL));
	for (; fscanf(p, "%u %u", &c, &cells) == 2; n++)
		cr_expect(eq(uint, width_of_character(c), cells), "U+%04X", c);
	pclose(p);
	/* Unicode 14 has 144,697 characters, few of them escaped. */
	cr_expect(gt(uint, n, 140000));
}
