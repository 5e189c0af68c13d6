/* SPDX-License-Identifier: 0BSD */
/* The tables of fixed form, for the applets that show rows: data alone. */
#ifndef APPLETS_VIEWS_H
#define APPLETS_VIEWS_H

#include "show/render.h"

/* The tables of objects. */
enum view_table { VIEW_LIST, VIEW_TIME, VIEW_PID, VIEW_CREATOR, VIEW_TABLES };

/* One without items (semaphores have no pids) shows nothing. */
extern const struct view view_tables[VIEW_TABLES][IPC_NKINDS];
extern const struct view view_details[IPC_NKINDS];
extern const struct view view_elements;		/* the semaphores of a set */
extern const struct view view_summaries[IPC_NKINDS];

#endif
