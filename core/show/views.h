/* SPDX-License-Identifier: 0BSD */
/* The tables of fixed form: data alone. */
#ifndef CORE_SHOW_VIEWS_H
#define CORE_SHOW_VIEWS_H

#include "show/format.h"

/*
 * One cell of a view, or, with COL_NONE, text alone.  A cell is padded to `width`, to the left of it where
 * that is negative.
 */
struct view_item {
	const char *text;	/* its heading, or its label */
	uint8_t lead;		/* blanks before the cell, but the headings have one */
	uint8_t head_width;
	uint8_t column;
	int8_t width;
	uint8_t format;		/* enum column_format */
	uint8_t cut;		/* the most bytes of a name; 0: all */
	uint8_t units;		/* in which it appears; 0: in all */
	bool label;		/* the text stands before the cell itself, and there is no heading */
};

/* The most blanks before a cell. */
enum { VIEW_LEAD = 5 };

/*
 * `title` is written as it stands, before the headings; NULL for a view that stands in no frame of a title
 * and an empty line.  Of one without items it says why.
 */
struct view {
	const char *title;
	const struct view_item *items;
	unsigned count;
};

/* The tables of objects. */
enum view_table { VIEW_LIST, VIEW_TIME, VIEW_PID, VIEW_CREATOR, VIEW_TABLES };

/* One without items (semaphores have no pids) shows nothing. */
extern const struct view view_tables[VIEW_TABLES][IPC_NKINDS];
extern const struct view view_details[IPC_NKINDS];
extern const struct view view_limits[IPC_NKINDS];
extern const struct view view_summaries[IPC_NKINDS];

/* What stands below the details of an object. */
extern const struct view view_elements;		/* the semaphores of a set */
extern const struct view view_holders, view_waiters, view_maps;
extern const struct view view_messages;

#endif
