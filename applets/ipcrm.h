/* SPDX-License-Identifier: 0BSD */
/* What the files of ipcrm share. */
#ifndef APPLETS_IPCRM_H
#define APPLETS_IPCRM_H

#include "applet.h"
#include "filter.h"
#include "mem.h"

/* How an object came to be removed. */
enum ipcrm_origin {
	IPCRM_NAMED,		/* on the command line, by itself */
	IPCRM_SWEPT,		/* as one of all of its kind, so it may be gone meanwhile or another user's */
	IPCRM_SELECTED,		/* the same, by a selection, which must still hold */
};

/* One object to remove. */
struct ipcrm_target {
	enum ipc_kind kind;
	enum ipcrm_origin origin;
	int id;
	const char *key;	/* as given; NULL: named by id */
	const char *name;	/* of a POSIX object, without the slash */
	int64_t stamp, mark;	/* of IPCRM_SELECTED: what tells it from another one with its id or name */
	struct ipcrm_target *next;
};

/* What to remove, in order. */
struct ipcrm_targets {
	struct mem mem;
	struct ipcrm_target *first, **end;
	uint64_t n;
	bool incomplete;	/* memory ran out, so this is not all that was asked for */
};

/* What one run works with. */
struct ipcrm {
	const struct world *w;
	bool verbose, quiet, force, dry, ask, json;
	struct filter filter;
	uint64_t most;		/* objects to remove */
	uint64_t counts[4];	/* by enum ipcrm_result */
	uint64_t denied[IPC_NKINDS];	/* other users' objects that were come upon, told once a kind */
};

/* What became of an object; those from here on are no failures. */
enum ipcrm_result { IPCRM_FAILED, IPCRM_KEPT, IPCRM_REMOVED, IPCRM_WOULD };

void ipcrm_init(struct ipcrm_targets *);

/* Adds a target; -ENOMEM. */
int ipcrm_push(struct ipcrm_targets *, struct ipcrm_target);

/* Says that there is no memory for all that was asked for; returns 1. */
int ipcrm_no_memory(const struct world *);

/*
 * Adds all objects of a kind that the filter means.  They are removed only after the
 * walk, for who takes from a list while reading it reads another list.  An exit status.
 */
int ipcrm_sweep(struct ipcrm *, enum ipc_kind, struct ipcrm_targets *);

/* Says that an object cannot be removed; with --force it is no failure if there is none.  An exit status. */
int ipcrm_fail(struct ipcrm *, const struct ipcrm_target *, int rc);

/* Removes them, or shows what would go; an exit status. */
int ipcrm_remove(struct ipcrm *, const struct ipcrm_targets *);

/* Begins and ends the report of --json. */
void ipcrm_json_begin(struct ipcrm *);
void ipcrm_json_end(struct ipcrm *, int status);

#endif
