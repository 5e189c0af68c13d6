/* SPDX-License-Identifier: 0BSD */
/* Rows that are kept, because they are to be sorted or because all must be seen to fit a table. */
#ifndef CORE_HOLD_H
#define CORE_HOLD_H

#include "mem.h"
#include "text.h"

enum { HOLD_KEYS = 8 };

/* One column to sort by. */
struct hold_key {
	enum column_id column;
	bool down;
};

/* A row without the fields that nobody asks for. */
struct held;

struct hold {
	struct mem mem;
	uint64_t fields;	/* a bit for each field to keep */
	struct held *first, **end;
	size_t n;
	struct hold_key keys[HOLD_KEYS];
	size_t nkeys;
};

void hold_init(struct hold *);

/* Keeps what a column shows. */
void hold_column(struct hold *, enum column_id);

/* Adds a row; -ENOMEM. */
int hold_add(struct hold *, const struct ipc_obj *);

/*
 * Sorts by the keys, the first one first, numbers as numbers and names as text;
 * rows that are alike stay in their order, and what is not known comes last.
 */
void hold_sort(struct hold *, const struct style *);

/* The row at *at, which begins as `first`, into *o; false behind the last.  *at goes on. */
bool hold_next(const struct held **at, struct ipc_obj *o);

/* Forgets all rows, but not what to keep. */
void hold_free(struct hold *);

#endif
