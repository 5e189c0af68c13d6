/* SPDX-License-Identifier: 0BSD */
#include "names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"

/* LONGEST is past what useradd(8) allows on Linux. */
enum { LONGEST = 256, FIRST_SIZE = 16 };

struct name_entry {
	uint32_t id;
	int taken;
	char *name;		/* NULL: has none */
};

/* The slot of an id, or the free one where it belongs; the table is never full. */
static struct name_entry *slot(struct name_entry *slots, size_t size, uint32_t id)
{
	size_t i = (id * UINT32_C(2654435769) >> 7) & (size - 1);

	while (slots[i].taken && slots[i].id != id)
		i = (i + 1) & (size - 1);
	return &slots[i];
}

/* Doubles a table of one kind; 0 without memory. */
static int grow(struct names *n, enum name_kind kind)
{
	size_t size = n->of[kind].size ? 2 * n->of[kind].size : FIRST_SIZE;
	struct name_entry *slots = calloc(size, sizeof *slots);

	if (slots == NULL)
		return 0;
	for (size_t i = 0; i < n->of[kind].size; i++) {
		struct name_entry *e = &n->of[kind].slots[i];

		if (e->taken)
			*slot(slots, size, e->id) = *e;
	}
	free(n->of[kind].slots);
	n->of[kind].slots = slots;
	n->of[kind].size = size;
	return 1;
}

const char *names_get(struct names *n, enum name_kind kind, uint32_t id)
{
	char name[LONGEST];
	struct name_entry *e;

	if (4 * (n->of[kind].used + 1) > 3 * n->of[kind].size && !grow(n, kind))
		return NULL;
	e = slot(n->of[kind].slots, n->of[kind].size, id);
	if (e->taken)
		return e->name;
	e->id = id;
	e->taken = 1;
	n->of[kind].used++;
	if (names_lookup(kind, id, name, sizeof name) && *name != '\0')
		e->name = strdup(name);
	return e->name;
}

int names_id(enum name_kind kind, const char *name, uint32_t *id)
{
	uint64_t n;

	if (*name == '\0')
		return -ENOENT;
	if (names_reverse(kind, name, id))
		return 0;
	/* The last number is (uid_t)-1, which is no id. */
	if (parse_number(name, UINT32_MAX - 1, &n) < 0)
		return -ENOENT;
	*id = (uint32_t)n;
	return 0;
}

void names_free(struct names *n)
{
	for (int kind = 0; kind < NAME_NKINDS; kind++) {
		for (size_t i = 0; i < n->of[kind].size; i++)
			free(n->of[kind].slots[i].name);
		free(n->of[kind].slots);
	}
	memset(n, 0, sizeof *n);
}
