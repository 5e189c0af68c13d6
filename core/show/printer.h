/* SPDX-License-Identifier: 0BSD */
/*
 * The interface to all output of rows.  A list that begins after a row belongs to that row, so the same
 * calls produce every form of an object and its parts:
 *
 *	begin(sets) row(set) begin(elements) row row end(true) begin(waiters) end(false) end(true)
 */
#ifndef CORE_SHOW_PRINTER_H
#define CORE_SHOW_PRINTER_H

#include "show/views.h"

/* The shape of a list in JSON; elsewhere it is just rows. */
enum list_shape {
	LIST_ROWS,		/* an array of objects */
	LIST_NAMED,		/* an object: the first column of each row names the second */
	LIST_ONE,		/* its only row, an object */
	LIST_MEMBERS,		/* its only row, as members of the enclosing object */
	LIST_GROUP,		/* an object of lists */
};

struct list {
	enum list_shape shape;
	const char *member;		/* the name in JSON */
	const char *complete;		/* the JSON member that is true if no rows are missing, or NULL */
	const struct view *view;	/* for classic tables */
	const uint8_t *columns;		/* n of enum column_id, for other tables and JSON */
	size_t n;
	const char *title;		/* if the table is one of several, or NULL */
	const char *rest;		/* the last line of a classic table with missing rows */
};

/* The deepest list is the mappings of a holder of an object. */
enum { PRINTER_DEPTH = 4 };

struct printer;

struct printer_ops {
	void (*open)(struct printer *);				/* optional */
	void (*begin)(struct printer *, const struct list *);
	void (*row)(struct printer *, const struct ipc_obj *);
	void (*end)(struct printer *, bool complete);
	void (*absent)(struct printer *, const struct list *);
	void (*close)(struct printer *, bool complete);		/* optional */
	/* Optional; called before `begin`, with NULL and then with every row. */
	void (*measure)(struct printer *, const struct list *, const struct ipc_obj *);
	bool nests;			/* lists may begin after rows */
	bool chosen;			/* shows the columns of a list, not its view */
	const char *special;		/* extra characters to escape in text from outside */
};

struct printer {
	const struct printer_ops *ops;
	struct out *out;
	struct style style;
	bool bare;			/* no titles or headings */
	bool shell;			/* column names are valid shell variables: USE% is USE_PCT */
	bool one_line;			/* JSON without newlines */
	bool follows;			/* no empty line before the first title */
	unsigned width;			/* cells to cut the lines of a table to; 0: unlimited */
	/* Private to the implementation: */
	struct printer_level {
		const struct list *list;
		bool any;		/* it is not empty */
		bool open;		/* its last row is still open */
		bool members;		/* that row is not empty */
	} levels[PRINTER_DEPTH];
	unsigned depth;
	uint16_t widths[COL_COUNT];	/* by position in the list */
	size_t room;			/* cells left in this line */
};

extern const struct printer_ops printer_classic, printer_table, printer_raw, printer_export, printer_lines,
	printer_json;

/* Begin and end all output; `complete` is false if anything requested is missing. */
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

/* The list must live until its printer_end. */
static inline void printer_begin(struct printer *p, const struct list *list)
{
	p->ops->begin(p, list);
}

static inline void printer_row(struct printer *p, const struct ipc_obj *o)
{
	p->ops->row(p, o);
}

/* `complete` is false if rows are missing. */
static inline void printer_end(struct printer *p, bool complete)
{
	p->ops->end(p, complete);
}

/* Takes the place of a list that could not be read. */
static inline void printer_absent(struct printer *p, const struct list *list)
{
	p->ops->absent(p, list);
}

#endif
