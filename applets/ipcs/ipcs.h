/* SPDX-License-Identifier: 0BSD */
/* What the files of ipcs share. */
#ifndef APPLETS_IPCS_H
#define APPLETS_IPCS_H

#include "applet.h"
#include "base/filter.h"
#include "show/form.h"
#include "show/rows.h"
#include "kernel/judge.h"
#include "kernel/object.h"
#include "show/views.h"

/* The output options of ipcs: a table of objects, an enum view_table, or one of these. */
enum {
	IPCS_LIMITS = VIEW_TABLES,
	IPCS_SUMMARY,
	IPCS_GLOBAL,		/* limits against usage */
};

/* Columns by place; each has room once. */
enum { IPCS_COLUMNS = COL_COUNT };

struct ipcs_columns {
	uint8_t v[IPCS_COLUMNS];
	size_t n;
};

/* Adds a column unless it is there. */
void ipcs_add_column(struct ipcs_columns *, enum column_id);

/* What one run works with: the command line, checked. */
struct ipcs {
	const struct world *w;
	struct render render;	/* where to and in which style */
	unsigned mode;		/* the output */
	unsigned kinds;		/* a bit for each */
	bool named;		/* the kinds were named on the command line */
	bool classic;		/* tables of fixed form, not chosen columns */
	enum form_kind form;	/* of chosen columns */
	bool bare;		/* neither titles nor headings */
	bool shell;		/* names of columns for shells */
	bool one_line;		/* JSON without line ends */
	bool chosen;		/* columns are what was asked for; else they are added to the usual ones */
	struct ipcs_columns columns;
	struct filter filter;
	struct rows_key keys[ROWS_KEYS];
	size_t nkeys;
	uint64_t most;		/* rows of a table */
	struct object one;	/* the one object to show, where there is a text */
	const char *text;	/* its id or name as given, or NULL: all */
	struct ipcs_watch *watch;	/* what the rows were before, or NULL */
	bool attached, waiting;	/* whose users are looked for */
	struct holders *users;	/* they, or NULL if nobody asks */
	struct judge *judge;	/* of orphans */
	uint64_t peek;		/* messages of a queue to show */
};

/* Says why a kind cannot be shown; returns 1. */
int ipcs_cannot(const struct ipcs *, enum ipc_kind, const char *where, int rc);

/* ipcs_table.c: rows in any form. */

struct ipcs_table;

/* Hands all rows of one kind to ipcs_row, and calls ipcs_open before; an exit status. */
typedef int ipcs_rows(const struct ipcs *, enum ipc_kind, struct ipcs_table *);

/* The rows that there are, even if they are none. */
void ipcs_open(struct ipcs_table *);

/* One row; false if no more are wanted. */
bool ipcs_row(struct ipcs_table *, struct ipc_obj *);

/* Tables of the kinds: one for each, or one for all where the columns were chosen. */
int ipcs_show(const struct ipcs *, ipcs_rows *);

/* Begins and ends a document of JSON; `complete` says whether all is in it that was asked for. */
void ipcs_json_begin(const struct ipcs *);
void ipcs_json_end(const struct ipcs *, bool complete);

/* A line end, where the document has some. */
void ipcs_json_line(const struct ipcs *);

/* ipcs_one.c: the objects that there are, and one object. */

int ipcs_show_one(const struct ipcs *);
ipcs_rows ipcs_objects, ipcs_single;

/* The semaphores of a set as the member "elements"; 1 after saying why some of them are not known. */
int ipcs_json_elements(const struct ipcs *, const struct ipc_obj *set);

/* ipcs_users.c: who uses an object. */

/* Looks for the users, where somebody asks for them; an exit status. */
int ipcs_scan(const struct ipcs *);

/* Adds a list of its users to a row, as text in buf. */
void ipcs_add_users(const struct ipcs *, struct ipc_obj *, char *buf, size_t size);

/* The same as members of JSON, behind others; 1 after saying what of them could not be read. */
int ipcs_json_users(const struct ipcs *, const struct ipc_obj *);

/* Lines below the classic view of an object: its users and their mappings; the messages of a queue. */
int ipcs_show_users(const struct ipcs *, const struct ipc_obj *);
int ipcs_show_messages(const struct ipcs *);

/* ipcs_totals.c: limits and usage. */

int ipcs_show_totals(const struct ipcs *);

/* Limits against usage. */
int ipcs_show_global(const struct ipcs *);

/* Says which resources are used beyond so many percent; 3 if there are some. */
int ipcs_check(const struct ipcs *, uint64_t percent, struct out *to);

int ipcs_openmetrics(const struct ipcs *);

/* ipcs_watch.c */

/* Marks a row by what became of it since the time before: '+' came, '*' grew, ' ' neither. */
void ipcs_watch_mark(struct ipcs_watch *, struct ipc_obj *);

/* The rows of some kinds that were there the time before and are not now, marked '-': one a call. */
bool ipcs_watch_gone(struct ipcs_watch *, unsigned kinds, struct ipc_obj *);

/* Shows it again every so many seconds until a signal ends it. */
int ipcs_watch(struct ipcs *, int (*show)(const struct ipcs *), unsigned seconds);

#endif
