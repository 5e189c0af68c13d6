/* SPDX-License-Identifier: 0BSD */
#include "show/rows.h"

#include <errno.h>
#include <string.h>

struct kept_row {
	struct kept_row *next;
	uint64_t have;
	const char *t[T_COUNT];
	uint8_t kind;
	int64_t v[];		/* one for each bit of have, lowest first */
};

void rows_init(struct rows *h)
{
	mem_init(&h->mem);
	h->fields = 0;
	h->first = NULL;
	h->end = &h->first;
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
	*h->end = r;
	h->end = &r->next;
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
	*at = r->next;
	return true;
}

static bool is_before(const struct rows *h, const struct style *style, const struct kept_row *a,
		      const struct kept_row *b)
{
	struct ipc_obj oa, ob;

	unpack(a, &oa);
	unpack(b, &ob);
	for (size_t i = 0; i < h->nkeys; i++) {
		int order = format_compare(style, h->keys[i].column, h->keys[i].down, &oa, &ob);

		if (order != 0)
			return order < 0;
	}
	return true;
}

/* Merges two sorted lists; rows of a go before equal rows of b. */
static struct kept_row *merge(const struct rows *h, const struct style *style, struct kept_row *a,
			      struct kept_row *b)
{
	struct kept_row *first = NULL, **end = &first;

	while (a != NULL && b != NULL) {
		struct kept_row **from = is_before(h, style, a, b) ? &a : &b;

		*end = *from;
		end = &(*from)->next;
		*from = *end;
	}
	*end = a ? a : b;
	return first;
}

/* Bottom-up merge sort: waiting[i] is a sorted list of 2^i rows, like a bit of a binary counter. */
void rows_sort(struct rows *h, const struct style *style)
{
	enum { LISTS = 48 };
	struct kept_row *waiting[LISTS] = { NULL }, *r = h->first, *all = NULL;

	if (h->nkeys == 0)
		return;
	while (r != NULL) {
		struct kept_row *list = r;
		size_t i = 0;

		r = r->next;
		list->next = NULL;
		for (; i < LISTS - 1 && waiting[i] != NULL; i++) {
			list = merge(h, style, waiting[i], list);
			waiting[i] = NULL;
		}
		waiting[i] = list;
	}
	for (size_t i = 0; i < LISTS; i++)
		if (waiting[i] != NULL)
			all = merge(h, style, waiting[i], all);
	h->first = all;
}

void rows_free(struct rows *h)
{
	mem_free(&h->mem);
	h->first = NULL;
	h->end = &h->first;
	h->n = 0;
}
