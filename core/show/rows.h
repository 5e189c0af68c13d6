/* SPDX-License-Identifier: 0BSD */
/* Rows that are kept, because they are to be sorted or because all must be seen to fit a table. */
#ifndef CORE_SHOW_ROWS_H
#define CORE_SHOW_ROWS_H

#include "base/mem.h"
#include "show/format.h"

enum { ROWS_KEYS = 8 };

/* One column to sort by. */
struct rows_key {
	enum column_id column;
	bool down;
};

/* A row without the fields that nobody asks for. */
struct kept_row;

struct rows {
	struct mem mem;
	uint64_t fields;	/* a bit for each field to keep */
	struct kept_row *first, **end;
	size_t n;
	struct rows_key keys[ROWS_KEYS];
	size_t nkeys;
};

void rows_init(struct rows *);

/* Keeps what a column shows. */
void rows_column(struct rows *, enum column_id);

/* Adds a row; -ENOMEM. */
int rows_add(struct rows *, const struct ipc_obj *);

/*
 * Sorts by the keys, the first one first, numbers as numbers and names as text;
 * rows that are alike stay in their order, and what is not known comes last.
 */
void rows_sort(struct rows *, const struct style *);

/* The row at *at, which begins as `first`, into *o; false behind the last.  *at goes on. */
bool rows_next(const struct kept_row **at, struct ipc_obj *o);

/* Forgets all rows, but not what to keep. */
void rows_free(struct rows *);

#endif
