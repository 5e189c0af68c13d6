/* SPDX-License-Identifier: 0BSD */
/* Limits and usage of a kind as a whole.  `where` is as in object.h. */
#ifndef CORE_KERNEL_TOTALS_H
#define CORE_KERNEL_TOTALS_H

#include "kernel/sys.h"

/* Read the limits of a kind; unknown ones remain unset. */
int totals_limits(const struct ipc_sys *, enum ipc_kind, struct limit_values *, const char **where);

/* Read the usage of a kind as one row; unknown fields remain unset. */
int totals_usage(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);

/* Both, empty on an error. */
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
