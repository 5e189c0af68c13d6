/* SPDX-License-Identifier: 0BSD */
#include "base/near.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static const char *const known[] = { "NATTCH", "NAME", "ID", "UID", "GID", "CUID", "created-by", "creator", NULL };

static const char *nearest(const char *word)
{
	struct near_word n = { word, strlen(word), NULL, 0 };

	for (size_t i = 0; known[i] != NULL; i++)
		near_offer(&n, known[i]);
	return n.best != NULL ? n.best : "none";
}

Test(near, words)
{
	static const char *const t[][2] = {
		{ "natch", "NATTCH" }, { "NATTHC", "NATTCH" }, { "namx", "NAME" }, { "cuidd", "CUID" },
		{ "createdby", "created-by" }, { "CREATRO", "creator" },
		/* Too short, too long, or too different for a typing error. */
		{ "", "none" }, { "x", "none" }, { "foo", "none" }, { "natural", "none" }, { "nomination", "none" },
		{ "0123456789012345678901234567890123456789", "none" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(eq(str, (char *)nearest(t[i][0]), (char *)t[i][1]), "%s", t[i][0]);
}

Test(near, the_first_of_equals)
{
	cr_expect(eq(str, (char *)nearest("XID"), "ID"));
}
