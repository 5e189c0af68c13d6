/* SPDX-License-Identifier: 0BSD */
/* Limits and usage of a kind as a whole.  `where` is as in object.h. */
#ifndef CORE_KERNEL_TOTALS_H
#define CORE_KERNEL_TOTALS_H

#include "kernel/sys.h"

/* Read the limits of a kind; unknown ones remain unset. */
int totals_limits(const struct ipc_sys *, enum ipc_kind, struct limit_values *, const char **where);

/* Read the usage of a kind as one row; unknown fields remain unset. */
int totals_usage(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);

/* Start a sum of rows, in the fields of totals_usage. */
void totals_begin(struct ipc_obj *sum, enum ipc_kind);

/* Add a row to it.  A field becomes unset if a row lacks its value, or if the sum overflows. */
void totals_add(struct ipc_obj *sum, const struct ipc_obj *);

/* Limits and usage, each empty on an error. */
struct totals {
	enum ipc_kind kind;
	struct limit_values limit;
	struct ipc_obj usage;
	int no_limit, no_usage;		/* 0 or -errno */
	const char *limit_where, *usage_where;
};

void totals_of(const struct ipc_sys *, enum ipc_kind, struct totals *);

/* Make a row of one limit and its usage. */
void totals_row(const struct totals *, enum limit_id, struct ipc_obj *);

#endif
