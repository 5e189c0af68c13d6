/* SPDX-License-Identifier: 0BSD */
#include "hold.h"

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

static void add(struct hold *h, int64_t id, int64_t uid, int64_t size, const char *name)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_SHM);
	ipc_set(&o, F_ID, id);
	if (uid >= 0)
		ipc_set(&o, F_UID, uid);
	ipc_set(&o, F_SIZE, size);
	ipc_set(&o, F_GID, 7);
	o.name = name;
	cr_assert(hold_add(h, &o) == 0);
}

/* The ids in order. */
static const char *ids(const struct hold *h)
{
	static char text[256];
	const struct held *at = h->first;
	struct ipc_obj o;

	*text = '\0';
	while (hold_next(&at, &o))
		snprintf(text + strlen(text), sizeof text - strlen(text), "%d ", (int)o.v[F_ID]);
	return text;
}

static void want(struct hold *h)
{
	hold_init(h);
	hold_column(h, COL_ID);
	hold_column(h, COL_USER);
	hold_column(h, COL_SIZE);
}

Test(hold, rows_come_back_without_what_nobody_asked_for)
{
	const struct held *at;
	struct ipc_obj o;
	struct hold h;
	char name[] = "name";

	want(&h);
	add(&h, 3, 1, INT64_MIN, name);
	name[0] = 'x';
	at = h.first;
	cr_assert(hold_next(&at, &o));
	cr_expect(o.v[F_ID] == 3 && o.v[F_UID] == 1 && o.v[F_SIZE] == INT64_MIN && o.kind == IPC_SHM);
	cr_expect(ipc_has(&o, F_GID) == false);
	cr_expect(eq(str, (char *)o.name, "name"), "a name is copied");
	cr_expect(hold_next(&at, &o) == false);
	hold_free(&h);
	cr_expect(h.first == NULL && h.n == 0);
}

static void sort(struct hold *h, enum column_id a, bool down, enum column_id b)
{
	h->keys[0] = (struct hold_key){ a, down };
	h->keys[1] = (struct hold_key){ b, false };
	h->nkeys = b == COL_NONE ? 1 : 2;
	hold_sort(h, &style);
}

Test(hold, sorted)
{
	struct hold h;

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
	hold_free(&h);
}

Test(hold, many_rows_stay_stable)
{
	const struct held *at;
	struct ipc_obj o;
	struct hold h;
	int64_t size = -1, id = -1;
	unsigned n = 0;

	want(&h);
	for (int i = 0; i < 10007; i++)
		add(&h, i, 1, i * 7919 % 13, NULL);
	sort(&h, COL_SIZE, false, COL_NONE);
	for (at = h.first; hold_next(&at, &o); n++) {
		cr_assert(o.v[F_SIZE] > size || (o.v[F_SIZE] == size && o.v[F_ID] > id));
		size = o.v[F_SIZE];
		id = o.v[F_ID];
	}
	cr_expect(eq(uint, n, 10007));
	hold_free(&h);
}
