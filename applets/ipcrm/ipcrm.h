/* SPDX-License-Identifier: 0BSD */
/* What the files of ipcrm share. */
#ifndef APPLETS_IPCRM_H
#define APPLETS_IPCRM_H

#include "applet.h"
#include "base/filter.h"
#include "kernel/judge.h"
#include "kernel/object.h"
#include "base/mem.h"
#include "show/printer.h"

/* How an object came to be removed. */
enum ipcrm_origin {
	IPCRM_NAMED,		/* on the command line, by itself */
	IPCRM_SWEPT,		/* as one of all of its kind, so it may be gone meanwhile or another user's */
	IPCRM_SELECTED,		/* the same, by a selection, which must still hold */
};

/* One object to remove. */
struct ipcrm_target {
	struct object object;
	enum ipcrm_origin origin;
	bool goes;		/* it is removed, or would be */
	const char *key;	/* as given; NULL: named otherwise */
	const struct ipcrm_target *same;	/* an earlier one that means the same object; NULL: there is none */
	struct ipcrm_target *next;
};

/* What to remove, in order. */
struct ipcrm_targets {
	struct mem mem;
	struct judge judge;
	struct ipcrm_target *first, **end;
	struct ipcrm_target **named;	/* those on the command line by their objects: a hash table, or NULL */
	size_t mask;		/* places in it, less one */
	uint64_t n;		/* objects: targets that mean the same one count once */
	bool incomplete;	/* memory ran out, so this is not all that was asked for */
};

/* What one run works with. */
struct ipcrm {
	const struct world *w;
	bool verbose, quiet, force, dry, ask, json;
	struct filter filter;
	struct judge *judge;	/* of orphans */
	struct printer printer;	/* of the report */
	uint64_t most;		/* objects to remove */
	uint64_t counts[4];	/* by enum ipcrm_result */
	uint64_t denied[IPC_NKINDS];	/* other users' objects that were come upon, told once a kind */
};

/* What became of an object; those from here on are no failures. */
enum ipcrm_result { IPCRM_FAILED, IPCRM_KEPT, IPCRM_REMOVED, IPCRM_WOULD };

/* Makes an empty list, with room for `named` targets of IPCRM_NAMED; without memory it is incomplete. */
void ipcrm_init(struct ipcrm_targets *, size_t named);

/*
 * Adds a target; -ENOMEM.  One that was found and means an object that is named as well is
 * left out: it goes once, as what the command line calls it.
 */
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

/*
 * Removes them, or, in a dry run, finds out what a removal would do and shows what would go;
 * an exit status.  Where a line that tells of a removal cannot be written, it and all
 * that follow are not made.
 */
int ipcrm_remove(struct ipcrm *, const struct ipcrm_targets *);

/* Begins and ends the report of --json. */
void ipcrm_begin(struct ipcrm *);
void ipcrm_end(struct ipcrm *, int status);

#endif
