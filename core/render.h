/* SPDX-License-Identifier: 0BSD */
/* Rows as text.  What a table looks like is data (struct view); this walks it. */
#ifndef CORE_RENDER_H
#define CORE_RENDER_H

#include <stdbool.h>

#include "column.h"
#include "limit.h"
#include "out.h"

/* How sizes are shown; a set of them says in which of the three an item of a view appears. */
enum units {
	UNITS_PLAIN = 1,	/* each view in its own unit */
	UNITS_BYTES = 2,
	UNITS_HUMAN = 4,	/* 1.5K */
};

/*
 * One cell of a view, or, with COL_NONE, text alone.  A cell is padded to
 * `width`, to the left of it where that is negative.  `cut` bounds the bytes of
 * a name and, for a time, leaves the day of the week out and ends it there.
 */
struct view_item {
	const char *lead;	/* text before the cell */
	const char *head;	/* its heading, or NULL */
	uint8_t head_width;
	uint8_t column;
	int8_t width;
	uint8_t cut;
	uint8_t units;		/* 0: in all */
};

/* `title` is written as it stands, before the headings; NULL for a view without. */
struct view {
	const char *title;
	const struct view_item *items;
	unsigned count;
};

struct render {
	struct out *out;
	enum units units;
	/* The name of a user or group id, or NULL; any bytes. */
	const char *(*name)(void *names, bool group, uint32_t id);
	void *names;
};

/* Title and headings of a table. */
void render_head(const struct render *, const struct view *);

/* One row, without a line end: the view has its own. */
void render_row(const struct render *, const struct view *, const struct ipc_obj *);

/* The line of one limit. */
void render_limit(const struct render *, const struct limit *, const struct ipc_obj *);

/* Room for the longest text of render_human and of render_time. */
enum { RENDER_HUMAN = 12, RENDER_TIME = 40 };

/*
 * A size in the largest unit of 1024 that leaves a whole part, rounded to one
 * decimal: "1023B", "1K", "1.5M".  Returns the length.
 */
size_t render_human(char buf[RENDER_HUMAN], uint64_t bytes);

/*
 * A time in the local zone as ctime(3) has it, in the C locale, without its line
 * end: "Mon Nov 23 02:05:56 2026"; 0 is "Not set".  Returns the length.
 */
size_t render_time(char buf[RENDER_TIME], int64_t seconds);

#endif
