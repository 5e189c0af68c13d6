/* SPDX-License-Identifier: 0BSD */
/* Options of ipcs and ipcrm that select objects. */
#ifndef APPLETS_SELECT_H
#define APPLETS_SELECT_H

#include "applet.h"
#include "base/filter.h"
#include "kernel/judge.h"
#include "base/mem.h"

/* Rows of an option table; `at` is the OPT_AT of a struct opt_list in the args struct. */
#define SELECT_OPTIONS(at) \
	OPTION(0, "user", "USER", "only those of this user", OPT_LIST, at, FILTER_USER), \
	OPTION(0, "group", "GROUP", "only those of this group", OPT_LIST, at, FILTER_GROUP), \
	OPTION(0, "key", "KEY", "only those with this key", OPT_LIST, at, FILTER_KEY), \
	OPTION(0, "perms", "PERMS", "only those with just these permissions", OPT_LIST, at, FILTER_PERMS), \
	OPTION(0, "min-size", "SIZE", "only segments and queues of SIZE or more", OPT_LIST, at, FILTER_MIN_SIZE), \
	OPTION(0, "max-size", "SIZE", "only those of SIZE or less", OPT_LIST, at, FILTER_MAX_SIZE), \
	OPTION(0, "older-than", "TIME", "only those not used for TIME: 90s, 15m, 12h, 7d", \
	       OPT_LIST, at, FILTER_OLDER), \
	OPTION(0, "newer-than", "TIME", "only those used within TIME", OPT_LIST, at, FILTER_NEWER), \
	OPTION(0, "unattached", NULL, "only segments that nobody has attached", OPT_LIST, at, FILTER_UNATTACHED), \
	OPTION(0, "orphaned", "[=maybe]", "only those without users; or without known ones", \
	       OPT_LIST, at, FILTER_ORPHANED), \
	OPTION(0, "dest", NULL, "only segments that are removed, but in use", OPT_LIST, at, FILTER_DEST), \
	OPTION(0, "locked", NULL, "only segments that are locked in memory", OPT_LIST, at, FILTER_LOCKED)

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

enum { SELECT_REASON = 160 };

/* Describe a reason in buf: "pid 412 (apache2) of its creator root is running". */
const char *select_words(const struct world *, const struct select_reason *, const struct ipc_obj *,
			 char buf[SELECT_REASON]);

#endif
