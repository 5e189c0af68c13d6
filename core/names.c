/* SPDX-License-Identifier: 0BSD */
#include "names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"

/* LONGEST is far above what useradd(8) allows on Linux; MOST bounds the memory for a huge file. */
enum { LONGEST = 256, MOST = 24000 };

/* The slot of an id, or the free one where it belongs; the table is never full. */
static struct name_entry *slot(struct name_entry *slots, size_t size, uint32_t id)
{
	size_t i = (id * UINT32_C(2654435769) >> 7) & (size - 1);

	while (slots[i].taken && slots[i].id != id)
		i = (i + 1) & (size - 1);
	return &slots[i];
}

/* The table of a kind that serves now, and how many slots it has. */
static struct name_entry *table(struct names *n, enum name_kind kind, size_t *size)
{
	*size = n->of[kind].size ? n->of[kind].size : NAMES_FIRST;
	return n->of[kind].size ? n->of[kind].more : n->of[kind].first;
}

/* Doubles a table of one kind; false without memory. */
static bool grow(struct names *n, enum name_kind kind)
{
	size_t count, size;
	struct name_entry *old = table(n, kind, &count), *slots;

	size = 2 * count;
	slots = calloc(size, sizeof *slots);

	if (slots == NULL)
		return false;
	for (size_t i = 0; i < count; i++)
		if (old[i].taken)
			*slot(slots, size, old[i].id) = old[i];
	free(n->of[kind].more);
	n->of[kind].more = slots;
	n->of[kind].size = size;
	return true;
}

static const char *name_in(const struct name_entry *e)
{
	if (e->lengthy != NULL)
		return e->lengthy;
	return *e->brief != '\0' ? e->brief : NULL;
}

/* The entry of an id in the cache, taken or free, or NULL without memory. */
static struct name_entry *entry(struct names *n, enum name_kind kind, uint32_t id)
{
	size_t size;
	struct name_entry *slots = table(n, kind, &size);

	if (4 * (n->of[kind].used + 1) > 3 * size) {
		if (!grow(n, kind))
			return NULL;
		slots = table(n, kind, &size);
	}
	return slot(slots, size, id);
}

/* Takes a free entry; an empty name is none. */
static void fill(struct names *n, enum name_kind kind, struct name_entry *e, uint32_t id, const char *name)
{
	e->id = id;
	e->taken = true;
	n->of[kind].used++;
	if (strlen(name) < sizeof e->brief)
		strcpy(e->brief, name);
	else
		e->lengthy = strdup(name);
}

struct loading {
	struct names *names;
	enum name_kind kind;
	bool all;
};

/* The first line with an id counts, as for getpwuid(3). */
static bool load(void *arg, uint32_t id, const char *name)
{
	struct loading *l = arg;
	struct name_entry *e = NULL;

	if (l->names->of[l->kind].used < MOST)
		e = entry(l->names, l->kind, id);
	l->all = e != NULL;
	if (e != NULL && !e->taken)
		fill(l->names, l->kind, e, id, name);
	return !l->all;
}

const char *names_get(struct names *n, enum name_kind kind, uint32_t id)
{
	struct loading l = { n, kind, true };
	struct name_entry *e = entry(n, kind, id);
	char name[LONGEST];

	if (e != NULL && !e->taken && ++n->of[kind].asked == 2) {
		n->of[kind].complete = names_all(kind, load, &l) && l.all;
		e = entry(n, kind, id);
	}
	if (e == NULL)
		return NULL;
	if (e->taken)
		return name_in(e);
	if (n->of[kind].complete || !names_lookup(kind, id, name, sizeof name))
		*name = '\0';
	fill(n, kind, e, id, name);
	return name_in(e);
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
		size_t size;
		struct name_entry *e = table(n, (enum name_kind)kind, &size);

		for (size_t i = 0; i < size; i++)
			free(e[i].lengthy);
		free(n->of[kind].more);
	}
	memset(n, 0, sizeof *n);
}
