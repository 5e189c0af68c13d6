/* SPDX-License-Identifier: 0BSD */
/* What the files of ipcs share. */
#ifndef APPLETS_IPCS_H
#define APPLETS_IPCS_H

#include "applet.h"
#include "base/filter.h"
#include "kernel/judge.h"
#include "kernel/object.h"
#include "show/printer.h"
#include "show/rows.h"

/* The outputs of ipcs: a table of objects, an enum view_table, or one of these. */
enum {
	IPCS_LIMITS = VIEW_TABLES,
	IPCS_SUMMARY,
	IPCS_GLOBAL,		/* limits against usage */
};

/* Columns by place; each has room once. */
struct ipcs_columns {
	uint8_t v[COL_COUNT];
	size_t n;
};

/* Adds a column unless it is there. */
void ipcs_add_column(struct ipcs_columns *, enum column_id);

/* What one run works with: the command line, checked. */
struct ipcs {
	const struct world *w;
	struct printer *printer;
	unsigned output;
	unsigned kinds;		/* a bit for each */
	bool named;		/* the kinds were named on the command line */
	bool chosen;		/* columns are what was asked for; else they are added to the usual ones */
	struct ipcs_columns columns;
	struct filter filter;
	struct rows_key keys[ROWS_KEYS];
	size_t nkeys;
	uint64_t most;		/* rows of a table */
	struct object one;	/* the one object to show, where there is a text */
	const char *text;	/* its id or name as given, or NULL: all */
	struct ipcs_watch *watch;	/* what the rows were before, or NULL */
	bool attached, waiting;	/* whose holders and waiters are looked for */
	struct holders *holders;	/* they, or NULL if nobody asks */
	struct judge *judge;	/* of orphans */
	uint64_t peek;		/* messages of a queue to show */
};

/* list.c: rows of objects or of limits, in any form. */

struct ipcs_table;

/* Hands all rows of one kind to ipcs_row, and calls ipcs_begin before; an exit status. */
typedef int ipcs_rows(const struct ipcs *, enum ipc_kind, struct ipcs_table *);

/* The rows that there are, even if they are none. */
void ipcs_begin(struct ipcs_table *);

/* One row; false if no more are wanted. */
bool ipcs_row(struct ipcs_table *, struct ipc_obj *);

/* Tables of the kinds: one for each, or one for all where the columns were chosen. */
int ipcs_show(const struct ipcs *, ipcs_rows *);

/* objects.c: every object of a kind that is selected, or the one that the command line names. */
ipcs_rows ipcs_objects, ipcs_single;

/* parts.c: what is in an object. */

/*
 * The lists behind the row of an object, where the form has room for them; 1 after saying what could not be
 * read.
 */
int ipcs_show_parts(const struct ipcs *, const struct ipc_obj *);

/* holders.c: who has an object attached or open, or waits on it. */

/* Looks for them, where somebody asks for them; an exit status. */
int ipcs_scan(const struct ipcs *);

/* Adds them to a row as text in buf, which lives as long as that. */
void ipcs_add_holders(const struct ipcs *, struct ipc_obj *, char *buf, size_t size);

/* The same as a list behind the row. */
int ipcs_show_holders(const struct ipcs *, const struct ipc_obj *);

/* messages.c: the messages of the queue that the command line names, as a list behind its row. */
int ipcs_show_messages(const struct ipcs *);

/* totals.c: limits and usage. */

int ipcs_show_totals(const struct ipcs *);

/* Limits against usage. */
int ipcs_show_global(const struct ipcs *);

/* Says which resources are used beyond so many percent; 3 if there are some. */
int ipcs_check(const struct ipcs *, uint64_t percent, struct out *to);

int ipcs_openmetrics(const struct ipcs *);

/* watch.c */

/* Marks a row by what became of it since the time before: '+' came, '*' grew, ' ' neither. */
void ipcs_watch_mark(struct ipcs_watch *, struct ipc_obj *);

/* The rows of some kinds that were there the time before and are not now, marked '-': one a call. */
bool ipcs_watch_gone(struct ipcs_watch *, unsigned kinds, struct ipc_obj *);

/* Shows it again every so many seconds until a signal ends it. */
int ipcs_watch(struct ipcs *, int (*show)(const struct ipcs *), unsigned seconds);

#endif
