/* SPDX-License-Identifier: 0BSD */
/* Options of ipcs and ipcrm that select objects. */
#ifndef APPLETS_SELECT_H
#define APPLETS_SELECT_H

#include "applet.h"
#include "base/filter.h"
#include "kernel/judge.h"
#include "base/mem.h"

/*
 * Rows of an option table, for these `outputs` and with these `facts`; `at` is the OPT_AT of a struct
 * opt_list in the args struct.
 */
#define SELECT_OPTION(name, arg, help, by, at, ...) \
	OPTION(0, name, arg, help, OPT_LIST | OPT_SELECTS, at, by, __VA_ARGS__)
#define SELECT_OPTIONS(at, outputs, facts) \
	SELECT_OPTION("user", "USER", "owned by USER", FILTER_USER, at, outputs, 0, facts), \
	SELECT_OPTION("group", "GROUP", "owned by GROUP", FILTER_GROUP, at, outputs, 0, facts), \
	SELECT_OPTION("created-by", "USER", "created by USER", FILTER_CREATOR, at, outputs, IPC_SYSV_KINDS, facts), \
	SELECT_OPTION("key", "KEY", "with this key", FILTER_KEY, at, outputs, IPC_SYSV_KINDS, facts), \
	SELECT_OPTION("perms", "PERMS", "with exactly these permissions", FILTER_PERMS, at, outputs, 0, facts), \
	SELECT_OPTION("min-size", "SIZE", "segments and queues with at least SIZE bytes", FILTER_MIN_SIZE, at, \
		      outputs, SELECT_SIZED, facts), \
	SELECT_OPTION("max-size", "SIZE", "segments and queues with at most SIZE bytes", FILTER_MAX_SIZE, at, \
		      outputs, SELECT_SIZED, facts), \
	SELECT_OPTION("older-than", "TIME", "not used for TIME: 90s, 15m, 12h, 7d, 2w", FILTER_OLDER, at, \
		      outputs, 0, facts), \
	SELECT_OPTION("newer-than", "TIME", "used within TIME", FILTER_NEWER, at, outputs, 0, facts), \
	SELECT_OPTION("unattached", NULL, "segments without attachments", FILTER_UNATTACHED, at, outputs, \
		      1 << IPC_SHM, facts), \
	SELECT_OPTION("orphaned", "[=maybe]", "without users; with =maybe, without known users", FILTER_ORPHANED, \
		      at, outputs, IPC_SYSV_KINDS, facts), \
	SELECT_OPTION("dest", NULL, "segments marked for removal, but still attached", FILTER_DEST, at, outputs, \
		      1 << IPC_SHM, facts), \
	SELECT_OPTION("locked", NULL, "segments locked in memory", FILTER_LOCKED, at, outputs, 1 << IPC_SHM, facts)

/* The kinds that have a size. */
enum { SELECT_SIZED = 1 << IPC_SHM | 1 << IPC_MSG | 1 << IPC_PSHM | 1 << IPC_PMSG };

/* Parse the arguments of these options into f, its terms in mem.  Returns 1 after an error message. */
int select_parse(const struct world *, const struct opt_list *, struct mem *, struct filter *f);

/* Why an object has its value of F_ORPHAN; pid is the process that decided, or 0. */
struct select_reason {
	enum judge_why why;
	int pid;
};

/*
 * True if an object matches.  Judges whether it is orphaned only if all other conditions hold; *reason,
 * which may be NULL, then says why, and is JUDGE_UNKNOWN if it was not judged.
 */
bool select_row(const struct filter *, struct judge *, struct ipc_obj *, struct select_reason *reason);

/* Report that orphans could not be judged because no processes are visible.  Returns 1 if so, else 0. */
int select_judged(const struct world *, const struct judge *);

enum { SELECT_REASON = 160 };

/* Describe a reason in buf: "pid 412 (apache2) of its creator root is running". */
const char *select_words(const struct world *, const struct select_reason *, const struct ipc_obj *,
			 char buf[SELECT_REASON]);

#endif
