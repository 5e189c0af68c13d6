/* SPDX-License-Identifier: 0BSD */
/* Rows kept in memory, to sort them or to fit a table to them. */
#ifndef CORE_SHOW_ROWS_H
#define CORE_SHOW_ROWS_H

#include "base/mem.h"
#include "show/format.h"

enum { ROWS_KEYS = 8 };

struct rows_key {
	enum column_id column;
	bool down;
};

/* A row reduced to the fields to keep. */
struct kept_row;

struct rows {
	struct mem mem;
	uint64_t fields;	/* a bit for each field to keep */
	struct kept_row *first, *last;
	size_t n;
	struct rows_key keys[ROWS_KEYS];
	size_t nkeys;
};

void rows_init(struct rows *);

/* Keeps the fields that a column reads. */
void rows_column(struct rows *, enum column_id);

/* Returns 0 or -ENOMEM. */
int rows_add(struct rows *, const struct ipc_obj *);

/*
 * Sorts by the keys in order of precedence, as format_compare does; equal rows keep their order.  No row can
 * be added afterwards.
 */
void rows_sort(struct rows *, const struct style *);

/* Copies the next row to *o.  Returns false after the last row.  *at starts as `first`. */
bool rows_next(const struct kept_row **at, struct ipc_obj *o);

/* Frees all rows, but retains the fields to keep and the sort keys. */
void rows_free(struct rows *);

#endif
