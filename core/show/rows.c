/* SPDX-License-Identifier: 0BSD */
#include "show/rows.h"

#include <errno.h>
#include <string.h>

struct kept_row {
	struct kept_row *next;
	uint64_t have;
	const char *name, *command, *users;
	uint8_t kind;
	int64_t v[];		/* of the bits of have, from the lowest */
};

void rows_init(struct rows *h)
{
	mem_init(&h->mem);
	h->fields = 0;
	h->first = NULL;
	h->end = &h->first;
	h->n = h->nkeys = 0;
}

static uint64_t bit(unsigned field)
{
	return UINT64_C(1) << field;
}

void rows_column(struct rows *h, enum column_id id)
{
	switch ((enum column_format)columns[id].format) {
	case FMT_AGE:
		h->fields |= bit(F_CTIME) | bit(F_ATIME) | bit(F_DTIME) | bit(F_STIME) | bit(F_RTIME) |
			bit(F_OTIME) | bit(F_MTIME) | bit(F_NATTCH);
		break;
	case FMT_NAME:
	case FMT_COMMAND:
	case FMT_USERS:
	case FMT_KIND:
		break;
	case FMT_PERCENT:
		h->fields |= bit(F_USED) | bit(F_LIMIT);
		break;
	default:
		h->fields |= bit(columns[id].field) | bit(F_RESOURCE);
		break;
	}
}

static unsigned count(uint64_t bits)
{
	unsigned n = 0;

	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

/* Copies a text that may be none; false without memory. */
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

	if (r == NULL || !keep(h, &r->name, o->name) || !keep(h, &r->command, o->command) ||
	    !keep(h, &r->users, o->users))
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
	o->name = r->name;
	o->command = r->command;
	o->users = r->users;
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

static int by_text(const struct value *a, const struct value *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->s, b->s, n);

	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* The value that a column sorts by where that is a number: it is unsigned, but for times. */
static bool number_of(const struct style *style, enum column_id id, const struct ipc_obj *o, int64_t *v)
{
	const struct column *c = &columns[id];

	switch ((enum column_format)c->format) {
	case FMT_AGE:
		*v = ipc_age(o, style->now);
		return true;
	case FMT_OWNER:
	case FMT_USER:
	case FMT_GROUP:
	case FMT_NAME:
	case FMT_COMMAND:
	case FMT_USERS:
	case FMT_STATUS:
	case FMT_RESOURCE:
	case FMT_DESCRIPTION:
		return false;
	case FMT_KIND:
		*v = o->kind;
		return true;
	case FMT_PERCENT:
		*v = (int64_t)value_hundredths(o);
		return true;
	default:
		*v = o->v[c->field];
		return true;
	}
}

/* Negative, 0 or positive as a comes before, beside or behind b. */
static int by_key(const struct style *style, const struct rows_key *key, const struct ipc_obj *a,
		  const struct ipc_obj *b)
{
	struct value ta, tb;
	int64_t va, vb;
	int order;

	value_of(style, key->column, a, &ta);
	value_of(style, key->column, b, &tb);
	if (ta.kind <= VALUE_UNKNOWN || tb.kind <= VALUE_UNKNOWN)
		return (ta.kind <= VALUE_UNKNOWN) - (tb.kind <= VALUE_UNKNOWN);
	if (!number_of(style, key->column, a, &va) || !number_of(style, key->column, b, &vb))
		order = by_text(&ta, &tb);
	else if (columns[key->column].format == FMT_TIME || columns[key->column].format == FMT_AGE)
		order = (va > vb) - (va < vb);
	else
		order = ((uint64_t)va > (uint64_t)vb) - ((uint64_t)va < (uint64_t)vb);
	return key->down ? -order : order;
}

static bool is_before(const struct rows *h, const struct style *style, const struct kept_row *a,
		      const struct kept_row *b)
{
	struct ipc_obj oa, ob;

	unpack(a, &oa);
	unpack(b, &ob);
	for (size_t i = 0; i < h->nkeys; i++) {
		int order = by_key(style, &h->keys[i], &oa, &ob);

		if (order != 0)
			return order < 0;
	}
	return true;
}

/* Merges the sorted lists a and b, whose rows came in this order. */
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

/* Sorted lists of 2^i rows each wait at i for their like, as the digits of a number that counts up do. */
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
