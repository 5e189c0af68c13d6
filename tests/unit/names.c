/* SPDX-License-Identifier: 0BSD */
#include "names.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

/* The backend of these tests: even ids have names. */
static unsigned asked;

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	asked++;
	if (id % 2 != 0)
		return 0;
	snprintf(buf, size, "%c%u", kind == NAME_USER ? 'u' : 'g', id);
	return 1;
}

Test(names, found_or_not)
{
	struct names n = { 0 };

	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "u4"));
	cr_expect(eq(str, (char *)names_get(&n, NAME_GROUP, 4), "g4"));
	cr_expect(names_get(&n, NAME_USER, 3) == NULL);
	cr_expect(names_get(&n, NAME_USER, 4294967295) == NULL);
	names_free(&n);
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "u4"), "after names_free it is empty, not broken");
	names_free(&n);
}

/* DEFECTS U28: one look-up an id, however many rows ask for it. */
Test(names, u28_each_id_is_looked_up_once)
{
	struct names n = { 0 };

	for (int pass = 0; pass < 3; pass++)
		for (uint32_t id = 0; id < 5000; id++) {
			const char *name = names_get(&n, NAME_USER, id * 65536 + id);

			cr_assert(id % 2 != 0 ? name == NULL : name != NULL);
		}
	cr_expect(eq(uint, asked, 5000));
	names_free(&n);
}
