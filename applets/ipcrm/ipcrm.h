/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCRM_H
#define APPLETS_IPCRM_H

#include "applet.h"
#include "base/filter.h"
#include "kernel/judge.h"
#include "kernel/object.h"
#include "base/mem.h"
#include "show/printer.h"

/* How an object was chosen for removal. */
enum ipcrm_origin {
	IPCRM_NAMED,		/* individually, on the command line */
	IPCRM_SWEPT,		/* with its whole kind: it may vanish or be another user's */
	IPCRM_SELECTED,		/* by conditions, which must still hold at its removal */
};

/* The outcome for an object; only the first is a failure.  A segment is marked if it is still attached. */
enum ipcrm_result {
	IPCRM_FAILED, IPCRM_KEPT, IPCRM_REMOVED, IPCRM_MARKED, IPCRM_WOULD_REMOVE, IPCRM_WOULD_MARK,
	IPCRM_RESULTS,
};

/* One object to remove. */
struct ipcrm_target {
	struct object object;	/* its id is negative if the key names none */
	enum ipcrm_origin origin;
	bool goes;		/* removed or, in a dry run, would be */
	const char *key_given;	/* the key on the command line, or NULL */
	const char *key_name;	/* the name in that key, or NULL */
	int64_t key;		/* -1 if unknown */
	/* For --json, if the outcome is known before the removals: */
	const char *reason;	/* NULL: it is not */
	enum ipcrm_result result;
	const struct ipcrm_target *same;	/* an earlier target for the same object, or NULL */
	struct ipcrm_target *next;
};

/* The objects to remove, in order. */
struct ipcrm_targets {
	struct mem mem;
	struct judge judge;
	struct ipcrm_target *first, **end;
	struct ipcrm_target **named;	/* IPCRM_NAMED targets: a hash table, or NULL */
	size_t mask;		/* its size minus 1 */
	uint64_t n;		/* distinct objects */
	bool incomplete;	/* memory ran out, and targets are missing */
};

struct ipcrm {
	const struct world *w;
	bool verbose, quiet, force, dry, ask, json;
	unsigned kinds;		/* named or swept: a bit for each */
	unsigned unlisted;	/* swept, but they cannot be listed, or not all of them */
	struct filter filter;
	struct judge *judge;
	struct printer printer;	/* for --json, with the list of the current kind */
	struct list list;
	uint8_t members[COL_COUNT];
	uint64_t most;		/* objects that --max allows */
	bool stopped;		/* more are selected: all stay */
	uint64_t counts[IPCRM_RESULTS];
	uint64_t denied[IPC_NKINDS];	/* other users' objects, reported once per kind */
};

/* targets.c: the list of objects to remove. */

/* Make an empty list with room for `named` IPCRM_NAMED targets; without memory it is incomplete. */
void ipcrm_init(struct ipcrm_targets *, size_t named);

/* Add a target, or ignore one that was found but is also named.  Returns 0 or -ENOMEM. */
int ipcrm_push(struct ipcrm_targets *, struct ipcrm_target);

/*
 * Add all objects of a kind that match the filter.  They are removed after the walk, because a removal
 * would change the list that is being read.  Returns the exit status.
 */
int ipcrm_sweep(struct ipcrm *, enum ipc_kind, struct ipcrm_targets *);

/* Report that a key names no object, with --json among the objects of its kind.  Returns the exit status. */
int ipcrm_miss(struct ipcrm *, struct ipcrm_targets *, struct ipcrm_target, int rc);

/* tell.c: what is said of an object. */

/* Write what, "removing ", and the object, "semaphore id `3'". */
void ipcrm_say(struct out *, const char *what, const struct ipcrm_target *);

/* Write "ipcrm", before, the object, after it `behind`, and a text as a line to standard error. */
void ipcrm_remark(const struct ipcrm *, const char *before, const struct ipcrm_target *, const char *behind,
		  const char *text);

/* Count an outcome, and report it if requested. */
void ipcrm_tell(struct ipcrm *, const struct ipcrm_target *, enum ipcrm_result, const char *reason);

/* Report a failure, -errno, for an object that is kept because it cannot be checked again.  Returns 1. */
int ipcrm_tell_unseen(struct ipcrm *, const struct ipcrm_target *, int rc);

/* True if the error means that the object does not exist; for a key, that includes -ENOENT. */
bool ipcrm_is_gone(const struct ipcrm_target *, int rc);

/* The reason of a failed removal for the report. */
const char *ipcrm_why_failed(const struct ipcrm_target *, int rc);

/* Write the message for a failed removal, or count it if the object belongs to another user. */
void ipcrm_say_failed(struct ipcrm *, const struct ipcrm_target *, int rc);

/* Report a failed removal; with --force, ignore nonexistent objects.  Returns the exit status. */
int ipcrm_fail(struct ipcrm *, const struct ipcrm_target *, int rc);

/* What a file in /dev/shm is if it is no object: " is a directory". */
const char *ipcrm_other_file(int why);

/* ask.c */

/* Prompt for one object with its row; no answer means no. */
bool ipcrm_agreed(const struct ipcrm *, const struct ipcrm_target *, const struct ipc_obj *);

/* remove.c */

/*
 * Remove the objects or, in a dry run, check and show which ones would be removed.  A write error ends
 * it, and an object whose announcement could not be written stays.  Returns the exit status.
 */
int ipcrm_remove(struct ipcrm *, const struct ipcrm_targets *);

/* report.c: the --json report.  Outcomes are reported between the begin and the end of their kind. */

void ipcrm_begin(struct ipcrm *);

void ipcrm_begin_kind(struct ipcrm *, enum ipc_kind);

void ipcrm_report(struct ipcrm *, const struct ipcrm_target *, enum ipcrm_result, const char *reason);

void ipcrm_end_kind(struct ipcrm *);

/* Takes the place of a kind whose objects are not known. */
void ipcrm_no_kind(struct ipcrm *, enum ipc_kind);

void ipcrm_end(struct ipcrm *, int status);

#endif
