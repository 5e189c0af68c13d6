/* SPDX-License-Identifier: 0BSD */
#include "kernel/names.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The backend of these tests: even IDs have names. */
static unsigned asked;

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	asked++;
	if (id % 2 != 0)
		return 0;
	snprintf(buf, size, id == 8 ? "a-name-that-is-longer-than-most-%u" : kind == NAME_USER ? "u%u" : "g%u", id);
	return 1;
}

/* It passes 100 entries if a test requests that. */
static int hands_over;
static unsigned handed;

bool names_all(enum name_kind kind, names_each *each, void *arg)
{
	char name[16];

	for (uint32_t id = 0; hands_over && id < 100; id++) {
		handed++;
		snprintf(name, sizeof name, "%c%u", kind == NAME_USER ? 'U' : 'G', id);
		if (each(arg, id, name, strlen(name)) || each(arg, id, "second", 6))
			return true;
	}
	return hands_over;
}

int names_reverse(enum name_kind kind, const char *name, uint32_t *id)
{
	if (strcmp(name, kind == NAME_USER ? "someone" : "some") != 0 && strcmp(name, "7") != 0)
		return 0;
	*id = 4711;
	return 1;
}

Test(names, ids_of_names)
{
	static const struct { const char *name; int rc; uint32_t id; } t[] = {
		{ "someone", 0, 4711 }, { "7", 0, 4711 }, { "8", 0, 8 }, { "4294967294", 0, 4294967294 },
		{ "4294967295", -ENOENT, 0 }, { "some", -ENOENT, 0 }, { "", -ENOENT, 0 }, { "-1", -ENOENT, 0 },
		{ "8x", -ENOENT, 0 }, { " 8", -ENOENT, 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		uint32_t id = 0;
		int rc = names_id(NAME_USER, t[i].name, &id);

		cr_expect(rc == t[i].rc && (rc < 0 || id == t[i].id), "'%s': %d, %u", t[i].name, rc, id);
	}
}

Test(names, found_or_not)
{
	struct names n;

	names_init(&n);
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "u4"));
	cr_expect(eq(str, (char *)names_get(&n, NAME_GROUP, 4), "g4"));
	cr_expect(names_get(&n, NAME_USER, 3) == NULL);
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 8), "a-name-that-is-longer-than-most-8"));
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 8), "a-name-that-is-longer-than-most-8"));
	cr_expect(names_get(&n, NAME_USER, 4294967295) == NULL);
	names_free(&n);
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "u4"), "after names_free it is empty, not broken");
	names_free(&n);
}

/* DEFECTS U28: one look-up per ID, however many rows have it. */
Test(names, u28_each_id_is_looked_up_once)
{
	struct names n;

	names_init(&n);
	for (int pass = 0; pass < 3; pass++)
		for (uint32_t id = 0; id < 50000; id++) {
			const char *name = names_get(&n, NAME_USER, id * 65537);

			cr_assert(id % 2 != 0 ? name == NULL : name != NULL);
			cr_assert(id % 2 != 0 || strtoul(name + 1, NULL, 10) == id * 65537);
		}
	cr_expect(eq(uint, asked, 50000));
	names_free(&n);
}

/* The first ID is read up to its line, and the second one reads all lines; then nothing is read, found or not. */
Test(names, a_file_is_read_once)
{
	struct names n;

	names_init(&n);
	hands_over = 1;
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "U4"));
	cr_expect(eq(uint, handed, 5), "no further than needed");
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 5), "U5"), "the first line of an id counts");
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 4), "U4"));
	for (uint32_t id = 6; id < 100; id++)
		cr_expect(names_get(&n, NAME_USER, id) != NULL);
	for (uint32_t id = 100; id < 5000; id++)
		cr_expect(names_get(&n, NAME_USER, id) == NULL);
	cr_expect(eq(uint, asked, 0));
	cr_expect(eq(uint, handed, 105));
	names_free(&n);
}

Test(names, an_unknown_id_reads_the_file_once)
{
	struct names n;

	names_init(&n);
	hands_over = 1;
	for (uint32_t id = 100; id < 5000; id++)
		cr_expect(names_get(&n, NAME_USER, id) == NULL);
	cr_expect(eq(str, (char *)names_get(&n, NAME_USER, 5), "U5"));
	cr_expect(eq(uint, asked, 0));
	cr_expect(eq(uint, handed, 100));
	names_free(&n);
}
