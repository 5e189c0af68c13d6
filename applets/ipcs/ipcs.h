/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCS_H
#define APPLETS_IPCS_H

#include "applet.h"
#include "base/filter.h"
#include "base/mem.h"
#include "kernel/judge.h"
#include "kernel/object.h"
#include "kernel/totals.h"
#include "show/printer.h"
#include "show/rows.h"

/* The output of ipcs: a table of objects (enum view_table) or one of these. */
enum {
	IPCS_LIMITS = VIEW_TABLES,
	IPCS_SUMMARY,
	IPCS_GLOBAL,		/* usage of each limit */
	IPCS_RESOURCES,		/* limits as a table with columns */
};

/* The states of a check, which are the exit statuses of monitoring plugins. */
enum ipcs_state { IPCS_OK, IPCS_WARNING, IPCS_CRITICAL, IPCS_UNKNOWN };

/* What to do with the rows. */
enum ipcs_task { IPCS_SHOW, IPCS_WATCH, IPCS_CHECK, IPCS_METRICS };

/* Distinct columns, in order. */
struct ipcs_columns {
	uint8_t v[COL_COUNT];
	size_t n;
};

/* Append a column that is not there yet. */
void ipcs_add_column(struct ipcs_columns *, enum column_id);

/* Append the columns of a view. */
void ipcs_add_view(struct ipcs_columns *, const struct view *);

/* The values of a semaphore set, read in one snapshot before any of it is shown. */
struct ipcs_values {
	struct mem mem;
	uint16_t *v;		/* NULL if rc < 0 */
	int rc;
};

/* One run: the checked command line and its state. */
struct ipcs {
	const struct world *w;
	struct printer *printer;
	enum ipcs_task task;
	unsigned seconds;	/* between the rounds of IPCS_WATCH */
	unsigned source;	/* enum source */
	unsigned output;
	unsigned kinds;		/* a bit for each kind */
	bool named;		/* kinds were given on the command line */
	bool chosen;		/* columns replace the usual ones, else extend them */
	struct ipcs_columns columns;
	struct filter filter;
	struct rows_key keys[ROWS_KEYS];
	size_t nkeys;
	uint64_t most;		/* rows of a table */
	struct object one;	/* the object of -i or -N, if there is a text */
	const char *text;	/* its id or name as given, or NULL */
	struct ipcs_watch *watch;	/* the previous rows, or NULL */
	bool again;		/* --watch showed this before */
	char **argv;		/* the command line */
	bool attached, waiting;	/* look for holders, for waiters */
	struct holders *holders;	/* NULL if neither is requested */
	struct judge *judge;
	struct ipcs_values *values;	/* of the set that -i shows */
	uint64_t peek;		/* number of messages to show */
	unsigned warning, critical;	/* percentages for --check; above 100: none */
};

/* plan.c: the command line. */

extern const struct opt ipcs_opts[];
extern const struct rule ipcs_rules[];

/* Fill in *s, its lists in mem.  Returns 1, 0 after --help and the like, or -1 after an error message. */
int ipcs_plan(const struct world *, int argc, char **argv, struct mem *mem, struct ipcs *s);

/* list.c: tables of objects or limits, in any form. */

/* True if the rows are limits, not objects. */
bool ipcs_shows_limits(const struct ipcs *);

struct ipcs_table;

/* Calls ipcs_begin, then ipcs_row for each row of a kind.  Returns the exit status. */
typedef int ipcs_rows(const struct ipcs *, enum ipc_kind, struct ipcs_table *);

/* Start a table, maybe an empty one.  A table that is never started is shown as absent. */
void ipcs_begin(struct ipcs_table *);

/* Add a row.  Returns false if no more are wanted. */
bool ipcs_row(struct ipcs_table *, struct ipc_obj *);

/* Show a table for each kind, or one for all if the columns were chosen.  Returns the exit status. */
int ipcs_show(const struct ipcs *, ipcs_rows *);

/* objects.c: the selected objects of a kind, or the one that the command line names. */
ipcs_rows ipcs_objects, ipcs_single;

/* parts.c: the lists below the row of an object. */

/* Read the values of a set into s->values; the caller frees its mem. */
void ipcs_read_values(const struct ipcs *, const struct ipc_obj *set);

/* Show them, if the form has room for them.  Returns 1 after reporting what could not be read, else 0. */
int ipcs_show_parts(const struct ipcs *, const struct ipc_obj *);

/* holders.c: the holders and waiters of an object. */

/* Look for them, if requested.  Returns the exit status. */
int ipcs_scan(const struct ipcs *);

/* Add them to a row as text in buf, which must live as long as the row. */
void ipcs_add_holders(const struct ipcs *, struct ipc_obj *, char *buf, size_t size);

/* Show them as a list below the row.  Returns the exit status. */
int ipcs_show_holders(const struct ipcs *, const struct ipc_obj *);

/* messages.c: the messages of a queue, as a list below its row.  Returns the exit status. */
int ipcs_show_messages(const struct ipcs *);

/* totals.c: limits and usage.  All return the exit status. */

int ipcs_show_totals(const struct ipcs *);

int ipcs_show_global(const struct ipcs *);

int ipcs_openmetrics(const struct ipcs *);

/* True if the kernel lacks a kind that the command line does not name. */
bool ipcs_passes_over(const struct ipcs *, const struct totals *);

/* Why the usage of a resource is unknown; NULL if it is known or not counted, or there is no such limit. */
const char *ipcs_why_unknown(const struct totals *, enum limit_id);

/* check.c: --check, a monitoring plugin. */

/* Parse WARN,CRIT or CRIT into s.  Returns 1 after an error message, else 0. */
int ipcs_parse_check(const struct world *, const char *arg, struct ipcs *s);

/* Show the resources and their state.  Returns the exit status, an enum ipcs_state. */
int ipcs_check(const struct ipcs *);

/* Write the output.  Returns the status, or IPCS_UNKNOWN if it is negative or the output was lost. */
int ipcs_check_end(const struct world *, int status);

/* watch.c: --watch.  Only for objects on a terminal, s->watch is not NULL. */

/* Set F_MARK, compared with the previous rows: '+' new, '*' grown, ' ' neither. */
void ipcs_watch_mark(struct ipcs_watch *, struct ipc_obj *);

/* Copy the next previous row of this kind that is gone to *o, marked '-'.  False after the last one. */
bool ipcs_watch_gone(struct ipcs_watch *, enum ipc_kind, struct ipc_obj *);

/* Show a row with its mark. */
void ipcs_watch_row(const struct ipcs *, const struct ipc_obj *);

/* Call show every s->seconds seconds until a signal or a write error.  Returns the exit status. */
int ipcs_watch(struct ipcs *s, int (*show)(const struct ipcs *));

#endif
