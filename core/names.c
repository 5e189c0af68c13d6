/* SPDX-License-Identifier: 0BSD */
#include "names.h"

#include <errno.h>
#include <string.h>

#include "parse.h"

/*
 * LONGEST is far above what useradd(8) allows on Linux; MOST bounds the memory for a huge file.  Outgrown
 * tables are not given back, so each is so much larger that they are a small part of it.
 */
enum { LONGEST = 256, MOST = 24000, FIRST = 16, GROWTH = 4 };

/* The slot of an id, or the free one where it belongs; the table is never full. */
static struct name_entry *slot(struct name_entry *slots, size_t size, uint32_t id)
{
	size_t i = (id * UINT32_C(2654435769) >> 7) & (size - 1);

	while (slots[i].taken && slots[i].id != id)
		i = (i + 1) & (size - 1);
	return &slots[i];
}

/* Makes the table of one kind, or a larger one; false without memory. */
static bool grow(struct names *n, enum name_kind kind)
{
	size_t count = n->of[kind].size, size = count ? GROWTH * count : FIRST;
	struct name_entry *old = n->of[kind].slots, *slots = mem_take(&n->mem, size * sizeof *slots);

	if (slots == NULL)
		return false;
	for (size_t i = 0; i < count; i++)
		if (old[i].taken)
			*slot(slots, size, old[i].id) = old[i];
	n->of[kind].slots = slots;
	n->of[kind].size = size;
	return true;
}

/* The entry of an id in the cache, taken or free, or NULL without memory. */
static struct name_entry *entry(struct names *n, enum name_kind kind, uint32_t id)
{
	if (4 * (n->of[kind].used + 1) > 3 * n->of[kind].size && !grow(n, kind))
		return NULL;
	return slot(n->of[kind].slots, n->of[kind].size, id);
}

/* Takes a free entry; an empty name is none. */
static void fill(struct names *n, enum name_kind kind, struct name_entry *e, uint32_t id, const char *name)
{
	e->id = id;
	e->taken = true;
	e->name = *name != '\0' ? mem_copy(&n->mem, name) : NULL;
	n->of[kind].used++;
}

struct loading {
	struct names *names;
	enum name_kind kind;
	uint32_t wanted;
	bool enough;		/* the entry of `wanted` is, for nobody has asked for others yet */
	bool stopped;
};

/* The first line with an id counts, as for getpwuid(3). */
static bool load(void *arg, uint32_t id, const char *name)
{
	struct loading *l = arg;
	struct name_entry *e = NULL;

	if (l->names->of[l->kind].used < MOST)
		e = entry(l->names, l->kind, id);
	if (e != NULL && !e->taken)
		fill(l->names, l->kind, e, id, name);
	l->stopped = e == NULL || (l->enough && id == l->wanted);
	return l->stopped;
}

/*
 * Reads the file, if it is one: up to the first id that is asked for, as one user often
 * owns all, else to its end.
 */
static void load_all(struct names *n, enum name_kind kind, uint32_t id)
{
	struct loading l = { n, kind, id, n->of[kind].asked == 1, false };

	n->of[kind].complete = names_all(kind, load, &l) && !l.stopped;
}

/* Apart, so that what is asked for each row needs no room for it. */
__attribute__((noinline))
static const struct name_entry *look_up(struct names *n, enum name_kind kind, uint32_t id)
{
	struct name_entry *e = entry(n, kind, id);
	char name[LONGEST];

	if (e != NULL && !e->taken && ++n->of[kind].asked <= 2 && !n->of[kind].complete) {
		load_all(n, kind, id);
		e = entry(n, kind, id);
	}
	if (e == NULL || e->taken)
		return e;
	if (n->of[kind].complete || !names_lookup(kind, id, name, sizeof name))
		*name = '\0';
	fill(n, kind, e, id, name);
	return e;
}

const char *names_get(struct names *n, enum name_kind kind, uint32_t id)
{
	const struct name_entry **last = &n->of[kind].last;

	if (*last == NULL || (*last)->id != id)
		*last = look_up(n, kind, id);
	return *last != NULL ? (*last)->name : NULL;
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

void names_init(struct names *n)
{
	mem_init(&n->mem);
	memset(n->of, 0, sizeof n->of);
}

void names_free(struct names *n)
{
	mem_free(&n->mem);
	names_init(n);
}
