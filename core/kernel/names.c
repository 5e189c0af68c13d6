/* SPDX-License-Identifier: 0BSD */
#include "kernel/names.h"

#include <errno.h>
#include <string.h>

#include "parse/parse.h"

/*
 * LONGEST is far above what useradd(8) allows on Linux; MOST bounds the memory for a huge file.  FIRST
 * slots are enough for a few ids; SECOND slots hold MOST, because untouched pages cost nothing.
 */
enum { LONGEST = 256, MOST = 24000, FIRST = 16, SECOND = 32768, GROWTH = 4 };

static uint32_t id_of(const char *known)
{
	uint32_t id;

	memcpy(&id, known, sizeof id);
	return id;
}

static const char *name_of(const char *known)
{
	return known + sizeof(uint32_t);
}

/*
 * The slot of an id, or a free one for it; the table is never full.  The hash keeps consecutive ids, as
 * in a file, on few pages, and tells apart ids of containers, which differ only in their upper half.
 */
static char **slot(char **slots, size_t size, uint32_t id)
{
	size_t i = (id ^ id >> 15) & (size - 1);

	while (slots[i] != NULL && id_of(slots[i]) != id)
		i = (i + 1) & (size - 1);
	return &slots[i];
}

static bool grow(struct mem *mem, struct names_of *of)
{
	size_t size = of->size == 0 ? FIRST : of->size == FIRST ? SECOND : GROWTH * of->size;
	char **slots = mem_take(mem, size * sizeof *slots);

	if (slots == NULL)
		return false;
	for (size_t i = 0; i < of->size; i++)
		if (of->slots[i] != NULL)
			*slot(slots, size, id_of(of->slots[i])) = of->slots[i];
	of->slots = slots;
	of->size = size;
	return true;
}

static char **entry(struct mem *mem, struct names_of *of, uint32_t id)
{
	if (4 * (of->used + 1) > 3 * of->size && !grow(mem, of))
		return NULL;
	return slot(of->slots, of->size, id);
}

/* Leave the slot free if out of memory. */
static void fill(struct mem *mem, struct names_of *of, char **slot, uint32_t id, const char *name, size_t len)
{
	char *known = mem_text(mem, sizeof id + len + 1);

	if (known == NULL)
		return;
	memcpy(known, &id, sizeof id);
	memcpy(known + sizeof id, name, len + 1);
	*slot = known;
	of->used++;
}

struct loading {
	struct mem *mem;
	struct names_of *of;
	uint32_t wanted;
	bool enough;		/* stop at `wanted`, the only id requested so far */
	bool stopped;
};

/* The first line with an id counts, as for getpwuid(3). */
static bool load(void *arg, uint32_t id, const char *name, size_t len)
{
	struct loading *l = arg;
	char **e = NULL;

	if (l->of->used < MOST)
		e = entry(l->mem, l->of, id);
	if (e != NULL && *e == NULL)
		fill(l->mem, l->of, e, id, name, len);
	l->stopped = e == NULL || *e == NULL || (l->enough && id == l->wanted);
	return l->stopped;
}

/* Stop at the first id requested, since one user often owns everything; later, read to the end. */
static void load_all(struct mem *mem, struct names_of *of, enum name_kind kind, uint32_t id)
{
	struct loading l = { mem, of, id, of->asked == 1, false };

	of->complete = names_all(kind, load, &l) && !l.stopped;
}

/* Not inlined, to keep its buffer off the stack of the per-row path.  Returns NULL if out of memory. */
__attribute__((noinline))
static const char *look_up(struct mem *mem, struct names_of *of, enum name_kind kind, uint32_t id)
{
	char **e = entry(mem, of, id);
	char name[LONGEST];

	if (e != NULL && *e == NULL && ++of->asked <= 2 && !of->complete) {
		load_all(mem, of, kind, id);
		e = entry(mem, of, id);
	}
	if (e == NULL || *e != NULL)
		return e ? *e : NULL;
	if (of->complete || !names_lookup(kind, id, name, sizeof name))
		*name = '\0';
	fill(mem, of, e, id, name, strlen(name));
	return *e;
}

const char *names_get(struct names *n, enum name_kind kind, uint32_t id)
{
	struct names_of *of = &n->of[kind];

	if (of->last == NULL || id_of(of->last) != id)
		of->last = look_up(&n->mem, of, kind, id);
	return of->last != NULL && *name_of(of->last) != '\0' ? name_of(of->last) : NULL;
}

int names_id(enum name_kind kind, const char *name, uint32_t *id)
{
	uint64_t n;

	if (*name == '\0')
		return -ENOENT;
	if (names_reverse(kind, name, id))
		return 0;
	/* The highest number is (uid_t)-1, which is not an id. */
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
