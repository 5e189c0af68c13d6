/* SPDX-License-Identifier: 0BSD */
/* What holds of a kind as a whole.  `where` as in object.h. */
#ifndef CORE_KERNEL_TOTALS_H
#define CORE_KERNEL_TOTALS_H

#include "kernel/sys.h"

/* The limits of a kind; those that could not be told stay unset. */
int totals_limits(const struct ipc_sys *, enum ipc_kind, struct limit_values *, const char **where);

/* The usage of a kind as one row; what could not be told stays unset. */
int totals_usage(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);

/* Both, empty where there is an error. */
struct totals {
	enum ipc_kind kind;
	struct limit_values limit;
	struct ipc_obj usage;
	int no_limit, no_usage;		/* 0 or -errno */
	const char *limit_where, *usage_where;
};

void totals_of(const struct ipc_sys *, enum ipc_kind, struct totals *);

/* One limit, and how much of it is used, as a row. */
void totals_row(const struct totals *, enum limit_id, struct ipc_obj *);

#endif
