/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_APPLET_H
#define APPLETS_APPLET_H

#include <stdbool.h>

#include "base/opt.h"
#include "show/out.h"
#include "kernel/sys.h"
#include "parse/key.h"

struct applet;

/* All that an applet may touch: no globals, no standard streams, no exit. */
struct world {
	const struct applet *self;
	struct out *out, *err;
	const struct ipc_sys *sys;
	int in;			/* descriptor that answers come from */
	bool in_order;		/* the first operand ends the options: POSIXLY_CORRECT */
};

/*
 * Which facts go together that a command line gives, a bit for each: with all of `when`, one of `needs`
 * (0: none) must be given, and none of `not_with`.  A row without a reason ends a table.
 */
struct rule {
	uint32_t when, needs, not_with;
	const char *why;
};

/* A fact, if it is given. */
struct fact {
	bool given;
	uint32_t bit;
};

/*
 * A command.  run returns the exit status: 0 if all that was asked is done, else
 * 1.  What it leaves in world->out is written by main, which also says that
 * writing failed.
 */
struct applet {
	const char *name, *synopsis, *what;
	const struct opt *opts;
	const struct rule *rules;
	int (*run)(const struct world *, int argc, char **argv);
	bool whole;		/* all signals are blocked: it creates what it must not lose */
	bool told;		/* a reader that is gone is a write error to it, not its end */
};

/* The rows that end every option table, and what they set in an args struct's first member. */
enum { APPLET_HELP = 1, APPLET_VERSION = 2 };

#define APPLET_OPTIONS \
	OPTION_TEXT(""), \
	OPTION('h', "help", NULL, "display this help", OPT_BIT | OPT_OLD, 0, APPLET_HELP), \
	OPTION('V', "version", NULL, "display the version", OPT_BIT | OPT_OLD, 0, APPLET_VERSION), \
	OPTION_END

/*
 * Parses the command line into args, whose first member is an unsigned for the
 * standard options, and answers those.  Returns the index of the first operand,
 * or, if that was all, minus the exit status: 0 or -1.
 */
int applet_parse(const struct world *, int argc, char **argv, void *args);

/* Writes one line to standard error in the applet's name, as diag does. */
__attribute__((sentinel))
void applet_say(const struct world *, int rc, ...);

/* Says what is wrong with a command line and where to read more; returns 1. */
int applet_usage(const struct world *, const char *what);

/* Holds n facts to the rules of the applet; 1 after saying why they do not go together. */
int applet_check(const struct world *, const struct fact *, size_t n);

/* Says what is wrong with an operand that nobody takes; returns 1. */
int applet_operand(const struct world *, const char *operand);

/* The name of an id from a struct names, for struct style. */
const char *applet_name(void *names, bool group, uint32_t id);

/*
 * The name of a POSIX object without its slash, within arg; 1 after saying what is
 * wrong with it.
 */
int applet_posix_name(const struct world *, enum ipc_kind, const char *arg,
		      const char **bare);

/*
 * A KEY argument with its value, or 1 after saying what is wrong with it; `what` as
 * for applet_bad.
 */
int applet_key(const struct world *, const char *what, const char *arg,
	       struct key *key);

/*
 * Says that an argument does not parse: "failed to parse WHAT: 'ARG': REASON"; returns 1.  `form` is the
 * reason where rc is -EINVAL.
 */
int applet_bad(const struct world *, const char *what, const char *arg, int rc,
	       const char *form);

/* Says why objects, limits or usage of a kind cannot be told; returns 1.  `where` as in sys.h. */
int applet_cannot(const struct world *, enum ipc_kind, const char *where, int rc);

/* Says that n objects of a kind were passed over: "2 message queues not shown: REASON"; returns 1. */
int applet_left_out(const struct world *, enum ipc_kind, uint64_t n,
		    const char *what, int rc);

#endif
