/* SPDX-License-Identifier: 0BSD */
/* The tables of fixed form, for the applets that show rows: data alone. */
#ifndef APPLETS_VIEWS_H
#define APPLETS_VIEWS_H

#include "render.h"

/* The tables of objects. */
enum ipcs_table_kind { IPCS_LIST, IPCS_TIME, IPCS_PID, IPCS_CREATOR, IPCS_NTABLES };

/* One without items (semaphores have no pids) shows nothing. */
extern const struct view ipcs_tables[IPCS_NTABLES][IPC_NKINDS];
extern const struct view ipcs_details[IPC_NKINDS];
extern const struct view ipcs_elements;		/* the semaphores of a set */
extern const struct view ipcs_summaries[IPC_NKINDS];
extern const char *const ipcs_limit_titles[IPC_NKINDS];

#endif
