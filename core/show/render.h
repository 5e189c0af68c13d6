/* SPDX-License-Identifier: 0BSD */
/* The tables of fixed form.  What one looks like is data (struct view); this walks it. */
#ifndef CORE_RENDER_H
#define CORE_RENDER_H

#include "base/limit.h"
#include "show/value.h"

/*
 * One cell of a view, or, with COL_NONE, text alone.  A cell is padded to
 * `width`, to the left of it where that is negative.  `cut` bounds the bytes of
 * a name; for a time it leaves the day of the week out and ends it there; for a
 * status it is the flag to show.
 */
struct view_item {
	const char *text;	/* its heading */
	uint8_t lead;		/* blanks before the cell, but the headings have one */
	uint8_t head_width;	/* VIEW_TEXT: the text stands before the cell itself, and there is no heading */
	uint8_t column;
	int8_t width;
	uint8_t cut;
	uint8_t units;		/* 0: in all */
};

enum { VIEW_TEXT = 0xff };

/* The most blanks before a cell. */
enum { VIEW_LEAD = 5 };

/* What `cut` picks of a status. */
enum { VIEW_DEST = 4, VIEW_LOCKED = 6 };

/* `title` is written as it stands, before the headings; NULL for a view without.  Of one without items it says why. */
struct view {
	const char *title;
	const struct view_item *items;
	unsigned count;
};

struct render {
	struct out *out;
	struct style style;
};

/* Title and headings of a table. */
void render_head(const struct render *, const struct view *);

/* One row, without a line end: the view has its own. */
void render_row(const struct render *, const struct view *, const struct ipc_obj *);

/* The title of the limits of a kind. */
void render_limits(const struct render *, enum ipc_kind);

/* The line of one limit. */
void render_limit(const struct render *, const struct limit *, const struct ipc_obj *);

#endif
