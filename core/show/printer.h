/* SPDX-License-Identifier: 0BSD */
/*
 * One interface to all that shows rows.  A list that begins behind a row belongs to that row, so the same
 * calls give each form of an object with its parts:
 *
 *	begin(sets) row(set) begin(elements) row row end(true) begin(waiters) end(false) end(true)
 */
#ifndef CORE_SHOW_PRINTER_H
#define CORE_SHOW_PRINTER_H

#include "show/views.h"

/* The shape that a list has in JSON; elsewhere it is just rows. */
enum list_shape {
	LIST_ROWS,		/* an array of objects */
	LIST_NAMED,		/* an object: of each row, what its first column shows names what the second does */
	LIST_ONE,		/* the object that its one row is */
	LIST_MEMBERS,		/* the members of that object, without a name of their own */
	LIST_GROUP,		/* an object of lists */
};

struct list {
	enum list_shape shape;
	const char *member;		/* its name in JSON */
	const char *complete;		/* the member that says whether these are all rows, or NULL */
	const struct view *view;	/* of classic tables */
	const uint8_t *columns;		/* n of enum column_id, of other tables and JSON */
	size_t n;
	const char *title;		/* of a table beside others, or NULL */
	const char *rest;		/* the line that tells a reader of a classic table that rows are missing */
};

/* The deepest list is that of the mappings of a holder of an object. */
enum { PRINTER_DEPTH = 4 };

struct printer;

/* Each is optional that says so. */
struct printer_ops {
	void (*open)(struct printer *);				/* optional */
	void (*begin)(struct printer *, const struct list *);
	void (*row)(struct printer *, const struct ipc_obj *);
	void (*end)(struct printer *, bool complete);
	void (*absent)(struct printer *, const struct list *);
	void (*close)(struct printer *, bool complete);		/* optional */
	/* All rows are shown to it before the list begins, and a first one that is NULL; optional. */
	void (*measure)(struct printer *, const struct list *, const struct ipc_obj *);
	bool nests;			/* lists may begin behind rows */
	bool chosen;			/* it shows the columns of a list, not its view */
	const char *special;		/* what it escapes in texts from outside, where it shows columns */
};

struct printer {
	const struct printer_ops *ops;
	struct out *out;
	struct style style;
	bool bare;			/* neither titles nor headings */
	bool shell;			/* names of columns are those of shell variables: USE% is USE_PCT */
	bool one_line;			/* JSON without line ends */
	/* What follows belongs to the implementation. */
	struct printer_level {
		const struct list *list;
		bool any;		/* something was written in it */
		bool open;		/* its last row is not closed yet */
		bool members;		/* something was written in that */
	} levels[PRINTER_DEPTH];
	unsigned depth;
	uint16_t width[COL_COUNT];	/* by place */
};

extern const struct printer_ops printer_classic, printer_table, printer_raw, printer_export, printer_lines,
	printer_json;

/* Begins and ends all that is shown; `complete` says whether all is there that was asked for. */
static inline void printer_open(struct printer *p)
{
	p->depth = 0;
	p->levels[0] = (struct printer_level){ .list = NULL };
	if (p->ops->open != NULL)
		p->ops->open(p);
}

static inline void printer_close(struct printer *p, bool complete)
{
	if (p->ops->close != NULL)
		p->ops->close(p, complete);
}

/* Begins a list, which must live until its end. */
static inline void printer_begin(struct printer *p, const struct list *list)
{
	p->ops->begin(p, list);
}

static inline void printer_row(struct printer *p, const struct ipc_obj *o)
{
	p->ops->row(p, o);
}

/* `complete`: these are all rows that there are. */
static inline void printer_end(struct printer *p, bool complete)
{
	p->ops->end(p, complete);
}

/* In place of a list that could not be read. */
static inline void printer_absent(struct printer *p, const struct list *list)
{
	p->ops->absent(p, list);
}

#endif
