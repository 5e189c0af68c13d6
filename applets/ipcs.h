/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCS_H
#define APPLETS_IPCS_H

#include "render.h"

/* The output options of ipcs. */
enum ipcs_mode {
	IPCS_LIST,
	IPCS_TIME,
	IPCS_PID,
	IPCS_CREATOR,
	IPCS_NTABLES,		/* those before are tables of objects */
	IPCS_LIMITS = IPCS_NTABLES,
	IPCS_SUMMARY,
};

/* The views; one without items (semaphores have no pids) shows nothing. */
extern const struct view ipcs_tables[IPCS_NTABLES][IPC_NKINDS];
extern const struct view ipcs_details[IPC_NKINDS];
extern const struct view ipcs_elements;		/* the semaphores of a set */
extern const struct view ipcs_summaries[IPC_NKINDS];
extern const char *const ipcs_limit_titles[IPC_NKINDS];

#endif
