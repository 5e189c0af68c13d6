/* SPDX-License-Identifier: 0BSD */
/* The data of the fixed-form tables. */
#ifndef CORE_SHOW_VIEWS_H
#define CORE_SHOW_VIEWS_H

#include "show/format.h"

/* A cell, or only text if column is COL_NONE; padded to |width|, on the left if width is negative. */
struct view_item {
	const char *text;	/* heading or label */
	uint8_t lead;		/* blanks before the cell; headings have one */
	uint8_t head_width;
	uint8_t column;
	int8_t width;
	uint8_t format;		/* enum column_format */
	uint8_t cut;		/* maximum bytes of a name; 0: no limit */
	uint8_t units;		/* set of enum units in which it appears; 0: all */
	bool label;		/* the text precedes the value; there is no heading */
};

enum { VIEW_LEAD = 5 };	/* the maximum of `lead` */

/* A NULL title also omits the empty line at the end; without items, the title says why there are none. */
struct view {
	const char *title;
	const struct view_item *items;
	unsigned count;
};

enum view_table { VIEW_LIST, VIEW_TIME, VIEW_PID, VIEW_CREATOR, VIEW_TABLES };

/* A view without items shows nothing, as for the PIDs of semaphores. */
extern const struct view view_tables[VIEW_TABLES][IPC_NKINDS];
extern const struct view view_details[IPC_NKINDS];
extern const struct view view_limits[IPC_NKINDS];
extern const struct view view_summaries[IPC_NKINDS];

/* Parts below the details of an object. */
extern const struct view view_elements;		/* the semaphores of a set */
extern const struct view view_holders, view_waiters, view_maps;
extern const struct view view_messages;

#endif
