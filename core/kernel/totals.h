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

/* Limits, usage, and the segments without users; each is empty if it could not be read. */
struct totals {
	enum ipc_kind kind;
	struct limit_values limit;
	struct ipc_obj usage;
	struct ipc_obj unattached, orphaned;	/* F_USED, F_USED_BYTES; empty for other kinds */
	int no_limit, no_usage, no_unused;	/* 0 or -errno */
	const char *limit_where, *usage_where, *unused_where;
};

/*
 * idle: also count the unattached segments, and those that are orphaned because judge_object is certain.
 * That costs a list of all segments, and a pass over /proc if any are unattached.
 */
void totals_of(const struct ipc_sys *, enum ipc_kind, bool idle, struct totals *);

/* The usage that counts against a limit. */
const struct ipc_obj *totals_usage_of(const struct totals *, enum limit_id);

/* Make a row of one limit and its usage. */
void totals_row(const struct totals *, enum limit_id, struct ipc_obj *);

#endif
