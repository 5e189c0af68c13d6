/* SPDX-License-Identifier: 0BSD */
#include "show/rows.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

static const char *name_of(void *names, bool group, uint32_t id)
{
	(void)names;
	(void)group;
	return id == 1 ? "zoe" : id == 2 ? "anna" : NULL;
}

static const struct style style = { .now = 1000, .name = name_of };

static void add(struct rows *h, int64_t id, int64_t uid, int64_t size, const char *name)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_SHM);
	ipc_set(&o, F_ID, id);
	if (uid >= 0)
		ipc_set(&o, F_UID, uid);
	ipc_set(&o, F_SIZE, size);
	ipc_set(&o, F_GID, 7);
	o.t[T_NAME] = name;
	cr_assert(rows_add(h, &o) == 0);
}

/* The ids in order. */
static const char *ids(const struct rows *h)
{
	static char text[256];
	const struct kept_row *at = h->first;
	struct ipc_obj o;

	*text = '\0';
	while (rows_next(&at, &o))
		snprintf(text + strlen(text), sizeof text - strlen(text), "%d ", (int)o.v[F_ID]);
	return text;
}

static void want(struct rows *h)
{
	rows_init(h);
	rows_column(h, COL_ID);
	rows_column(h, COL_USER);
	rows_column(h, COL_SIZE);
}

Test(rows, rows_come_back_without_what_nobody_asked_for)
{
	const struct kept_row *at;
	struct ipc_obj o;
	struct rows h;
	char name[] = "name";

	want(&h);
	add(&h, 3, 1, INT64_MIN, name);
	name[0] = 'x';
	at = h.first;
	cr_assert(rows_next(&at, &o));
	cr_expect(o.v[F_ID] == 3 && o.v[F_UID] == 1 && o.v[F_SIZE] == INT64_MIN && o.kind == IPC_SHM);
	cr_expect(ipc_has(&o, F_GID) == false);
	cr_expect(eq(str, (char *)o.t[T_NAME], "name"), "a name is copied");
	cr_expect(rows_next(&at, &o) == false);
	rows_free(&h);
	cr_expect(h.first == NULL && h.n == 0);
}

static void sort(struct rows *h, enum column_id a, bool down, enum column_id b)
{
	h->keys[0] = (struct rows_key){ a, down };
	h->keys[1] = (struct rows_key){ b, false };
	h->nkeys = b == COL_NONE ? 1 : 2;
	rows_sort(h, &style);
}

Test(rows, sorted)
{
	struct rows h;

	want(&h);
	add(&h, 1, 1, 5, NULL);
	add(&h, 2, 2, -1, NULL);
	add(&h, 3, 1, 5, NULL);
	add(&h, 4, 9, 40, NULL);
	add(&h, 5, -1, 7, NULL);
	sort(&h, COL_SIZE, false, COL_NONE);
	cr_expect(eq(str, (char *)ids(&h), "1 3 5 4 2 "), "numbers as numbers, unsigned, alike in their order");
	sort(&h, COL_SIZE, true, COL_NONE);
	cr_expect(eq(str, (char *)ids(&h), "2 4 5 1 3 "));
	sort(&h, COL_USER, false, COL_ID);
	cr_expect(eq(str, (char *)ids(&h), "2 1 3 4 5 "), "names as text, those without one last");
	sort(&h, COL_USER, true, COL_ID);
	cr_expect(eq(str, (char *)ids(&h), "1 3 2 4 5 "), "and last downwards, too");
	rows_free(&h);
}

Test(rows, columns_that_are_no_field_keep_none)
{
	static const enum column_id none[] = { COL_NAME, COL_COMMAND, COL_ATTACHED, COL_WAITING, COL_KIND };
	struct rows h;

	rows_init(&h);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		rows_column(&h, none[i]);
		cr_expect(h.fields == 0, "%s", columns[none[i]].name);
	}
	rows_column(&h, COL_PERCENT);
	cr_expect(h.fields == (UINT64_C(1) << F_RESOURCE | UINT64_C(1) << F_USED | UINT64_C(1) << F_LIMIT));
}

/* Two rows of a kind; the first one is larger in all other fields. */
static struct ipc_obj pair(enum ipc_kind kind, bool second)
{
	struct ipc_obj o;

	ipc_clear(&o, kind);
	for (unsigned f = 0; f < F_COUNT; f++)
		ipc_set(&o, f, second ? 100 : 200);
	ipc_set(&o, F_ID, second);
	return o;
}

static const char *sorted(enum column_id by, const struct ipc_obj *a, const struct ipc_obj *b)
{
	static const char *found;
	struct rows h;

	want(&h);
	rows_column(&h, by);
	cr_assert(rows_add(&h, a) == 0 && rows_add(&h, b) == 0);
	sort(&h, by, false, COL_NONE);
	found = ids(&h);
	rows_free(&h);
	return found;
}

Test(rows, texts_are_sorted_as_texts)
{
	struct ipc_obj a = pair(IPC_PSHM, false), b = pair(IPC_PSHM, true);

	/* By number, or by another text, the order is reversed. */
	a.t[T_NAME] = "a";
	b.t[T_NAME] = "b";
	cr_expect(eq(str, (char *)sorted(COL_NAME, &a, &b), "0 1 "));
	b.t[T_NAME] = "a b";
	cr_expect(eq(str, (char *)sorted(COL_NAME, &b, &a), "0 1 "), "the shorter one first");
	a = pair(IPC_SHM, false);
	b = pair(IPC_SHM, true);
	a.t[T_COMMAND] = a.t[T_HOLDERS] = "a";
	b.t[T_COMMAND] = b.t[T_HOLDERS] = "b";
	cr_expect(eq(str, (char *)sorted(COL_COMMAND, &a, &b), "0 1 "));
	cr_expect(eq(str, (char *)sorted(COL_ATTACHED, &a, &b), "0 1 "));
	ipc_set(&a, F_MODE, 02000 | IPC_DEST);
	ipc_set(&b, F_MODE, 02000);
	cr_expect(eq(str, (char *)sorted(COL_STATUS, &a, &b), "0 1 "), "dest,locked and locked");
	for (unsigned f = 0; f < F_COUNT; f++)
		if (f != F_ID)
			ipc_set(&a, f, 2), ipc_set(&b, f, 1);
	cr_expect(eq(str, (char *)sorted(COL_OWNER, &a, &b), "0 1 "), "anna and zoe");
	cr_expect(eq(str, (char *)sorted(COL_USER, &a, &b), "0 1 "));
	cr_expect(eq(str, (char *)sorted(COL_GROUP, &a, &b), "0 1 "));
}

Test(rows, limits_are_sorted_by_what_they_show)
{
	struct ipc_obj a = pair(IPC_RESOURCE, false), b = pair(IPC_RESOURCE, true);

	ipc_set(&a, F_RESOURCE, 1);
	ipc_set(&b, F_RESOURCE, 0);
	cr_expect(eq(str, (char *)sorted(COL_RESOURCE, &a, &b), "0 1 "), "MSGMAX and MSGMNI");
	ipc_set(&a, F_RESOURCE, 2);
	ipc_set(&b, F_RESOURCE, 1);
	cr_expect(eq(str, (char *)sorted(COL_DESCRIPTION, &b, &a), "0 1 "), "default max size and max size");
	ipc_set(&a, F_USED, 100);
	ipc_set(&a, F_LIMIT, 1000);
	ipc_set(&b, F_USED, 50);
	ipc_set(&b, F_LIMIT, 100);
	cr_expect(eq(str, (char *)sorted(COL_PERCENT, &b, &a), "0 1 "), "10 and 50 percent");
	cr_expect(eq(str, (char *)sorted(COL_USED, &a, &b), "1 0 "));
}

Test(rows, kinds_and_ages)
{
	struct ipc_obj a = pair(IPC_SHM, false), b = pair(IPC_MSG, true);

	cr_expect(eq(str, (char *)sorted(COL_KIND, &a, &b), "1 0 "), "as the lists stand, not by their words");
	cr_expect(eq(str, (char *)sorted(COL_KIND, &b, &a), "1 0 "));
	b = pair(IPC_SHM, true);
	ipc_set(&a, F_NATTCH, 0);
	ipc_set(&b, F_NATTCH, 0);
	cr_expect(eq(str, (char *)sorted(COL_AGE, &b, &a), "0 1 "), "the younger one first");
	ipc_set(&a, F_CTIME, 2000);
	cr_expect(eq(str, (char *)sorted(COL_AGE, &b, &a), "0 1 "), "what is to come is younger still");
	ipc_set(&a, F_CTIME, -5);
	ipc_set(&b, F_CTIME, 5);
	cr_expect(eq(str, (char *)sorted(COL_CTIME, &b, &a), "0 1 "), "times have signs");
}

Test(rows, many_rows_stay_stable)
{
	const struct kept_row *at;
	struct ipc_obj o;
	struct rows h;
	int64_t size = -1, id = -1;
	unsigned n = 0;

	want(&h);
	for (int i = 0; i < 10007; i++)
		add(&h, i, 1, i * 7919 % 13, NULL);
	sort(&h, COL_SIZE, false, COL_NONE);
	for (at = h.first; rows_next(&at, &o); n++) {
		cr_assert(o.v[F_SIZE] > size || (o.v[F_SIZE] == size && o.v[F_ID] > id));
		size = o.v[F_SIZE];
		id = o.v[F_ID];
	}
	cr_expect(eq(uint, n, 10007));
	rows_free(&h);
}
