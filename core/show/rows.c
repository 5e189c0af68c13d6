/* SPDX-License-Identifier: 0BSD */
#include "show/rows.h"

#include <errno.h>
#include <string.h>

#include "base/sort.h"

struct kept_row {
	struct link link;
	uint64_t have;
	const char *t[T_COUNT];
	uint8_t kind;
	int64_t v[];		/* one for each bit of have, lowest first */
};

void rows_init(struct rows *h)
{
	mem_init(&h->mem);
	h->fields = 0;
	h->first = h->last = NULL;
	h->n = h->nkeys = 0;
}

void rows_column(struct rows *h, enum column_id id)
{
	h->fields |= format_fields(id);
}

static unsigned count(uint64_t bits)
{
	unsigned n = 0;

	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

/* Copies a text, which may be NULL.  Returns false if out of memory. */
static bool keep(struct rows *h, const char **to, const char *text)
{
	*to = text ? mem_copy(&h->mem, text) : NULL;
	return text == NULL || *to != NULL;
}

int rows_add(struct rows *h, const struct ipc_obj *o)
{
	uint64_t have = o->have & h->fields;
	struct kept_row *r = mem_take(&h->mem, sizeof *r + count(have) * sizeof *r->v);
	size_t i = 0;

	if (r == NULL)
		return -ENOMEM;
	for (size_t text = 0; text < T_COUNT; text++)
		if (!keep(h, &r->t[text], o->t[text]))
			return -ENOMEM;
	r->have = have;
	r->kind = (uint8_t)o->kind;
	for (; have != 0; have &= have - 1)
		r->v[i++] = o->v[__builtin_ctzll(have)];
	if (h->last != NULL)
		h->last->link.next = &r->link;
	else
		h->first = r;
	h->last = r;
	h->n++;
	return 0;
}

static void unpack(const struct kept_row *r, struct ipc_obj *o)
{
	size_t i = 0;

	ipc_clear(o, r->kind);
	for (uint64_t have = r->have; have != 0; have &= have - 1)
		o->v[__builtin_ctzll(have)] = r->v[i++];
	o->have = r->have;
	for (size_t text = 0; text < T_COUNT; text++)
		o->t[text] = r->t[text];
}

bool rows_next(const struct kept_row **at, struct ipc_obj *o)
{
	const struct kept_row *r = *at;

	if (r == NULL)
		return false;
	unpack(r, o);
	*at = (const struct kept_row *)r->link.next;
	return true;
}

struct order {
	const struct rows *rows;
	const struct style *style;
};

static int by_keys(const void *arg, const struct link *a, const struct link *b)
{
	const struct order *by = arg;
	struct ipc_obj oa, ob;
	int order = 0;

	unpack((const struct kept_row *)a, &oa);
	unpack((const struct kept_row *)b, &ob);
	for (size_t i = 0; order == 0 && i < by->rows->nkeys; i++)
		order = format_compare(by->style, by->rows->keys[i].column, by->rows->keys[i].down, &oa, &ob);
	return order;
}

void rows_sort(struct rows *h, const struct style *style)
{
	const struct order by = { h, style };

	if (h->nkeys > 0)
		h->first = (struct kept_row *)sort_links((struct link *)h->first, by_keys, &by);
}

void rows_free(struct rows *h)
{
	mem_free(&h->mem);
	h->first = h->last = NULL;
	h->n = 0;
}
