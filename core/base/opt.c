/* SPDX-License-Identifier: 0BSD */
#include "base/opt.h"

#include <errno.h>
#include <string.h>

bool opt_is_end(const struct opt *o)
{
	return o->letter == 0 && o->name == NULL && o->help == NULL;
}

enum { WORD = 64 };

void opt_set_add(struct opt_set *set, const struct opt *table, const struct opt *row)
{
	size_t i = (size_t)(row - table);

	set->bits[i / WORD] |= UINT64_C(1) << i % WORD;
}

const struct opt *opt_given(const struct opt *table, const struct opt_set *set, const struct opt *o)
{
	for (size_t i = o != NULL ? (size_t)(o - table) + 1 : 0; i < OPT_ROWS; i = (i / WORD + 1) * WORD) {
		uint64_t left = set->bits[i / WORD] >> i % WORD;

		if (left != 0)
			return &table[i + (size_t)__builtin_ctzll(left)];
	}
	return NULL;
}

const char *opt_spelling(const struct opt *o, char buf[OPT_SPELLING])
{
	size_t n = 0;

	buf[n++] = '-';
	if (o->name == NULL)
		buf[n++] = o->letter;
	else
		buf[n++] = '-';
	for (const char *s = o->name; s != NULL && *s != '\0' && n < OPT_SPELLING - 1; s++)
		buf[n++] = *s;
	buf[n] = '\0';
	return buf;
}

bool opt_matches(const char *name, const char *word)
{
	return name != NULL && strncmp(name, word, strcspn(word, "=")) == 0;
}

int opt_list_add(struct opt_list *list, const struct opt *o, const char *arg)
{
	enum { LEAST = 8 };

	if (list->n == list->room) {
		size_t room = list->room ? 2 * list->room : LEAST;
		struct opt_use *v = mem_take(list->mem, room * sizeof *v);

		if (v == NULL)
			return -ENOMEM;
		if (list->n > 0)
			memcpy(v, list->v, list->n * sizeof *v);
		list->v = v;
		list->room = room;
	}
	list->v[list->n++] = (struct opt_use){ o, arg };
	return 0;
}
