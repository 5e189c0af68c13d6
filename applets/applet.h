/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_APPLET_H
#define APPLETS_APPLET_H

#include <stdbool.h>

#include "base/opt.h"
#include "show/out.h"
#include "kernel/sys.h"
#include "parse/key.h"

struct applet;

/* Everything that an applet may use: no globals, no standard streams, no exit(3). */
struct world {
	const struct applet *self;
	struct out *out, *err;
	const struct ipc_sys *sys;
	int in;			/* file descriptor to read answers to prompts from */
	bool in_order;		/* POSIXLY_CORRECT: the first operand ends the options */
	const char *term;	/* TERM, or NULL */
};

/*
 * Facts of a command line, a bit for each, that go together: if all of `when` are given, one of `needs`
 * (0: none required) must be, and none of `not_with`.  Options have their facts in their row.  The message
 * names the options, or is `why` for facts that are no options.  A row with when = 0 ends a table.
 */
struct rule {
	uint32_t when, needs, not_with;
	const char *why;
};

/* A command.  After run, main flushes world->out and reports a write error. */
struct applet {
	const char *name, *synopsis, *what, *more;	/* as in struct help */
	const struct opt *opts;
	const struct rule *rules;			/* or NULL */
	int (*run)(const struct world *, int argc, char **argv);	/* the exit status: 0 if all is done */
	bool whole;		/* block all signals: it creates objects that it must not lose */
	bool told;		/* block SIGPIPE: a closed pipe is a write error */
};

/* The first member of every args struct: the options that end every table, and which rows were given. */
struct applet_args {
	const char *help;		/* the argument of --help, or NULL */
	unsigned version;
	struct opt_set given;
};

#define APPLET_OPTIONS \
	OPTION_TEXT(""), \
	OPTION('h', "help", "[=all]", "print the everyday options, or all", \
	       OPT_STRING | OPT_OLD | OPT_WORD, OPT_AT(applet_args, help), 0), \
	OPTION('V', "version", NULL, "print the version", OPT_BIT | OPT_OLD, OPT_AT(applet_args, version), 1), \
	OPTION_END

/*
 * Parse the command line into args, which begin with a struct applet_args, and answer --help and --version.
 * Returns the index of the first operand, or minus the exit status, 0 or -1, if that is all.
 */
int applet_parse(const struct world *, int argc, char **argv, struct applet_args *args);

/* Block SIGPIPE, so that a closed pipe is a write error, not the end of the program. */
void applet_hear_pipes(void);

/* Write one line to standard error, prefixed with the applet's name; see diag. */
__attribute__((sentinel))
void applet_say(const struct world *, int rc, ...);

/* The mode of new objects.  Symbolic permissions modify it, also where they select objects. */
enum { APPLET_MODE = 0644 };

/* Report a usage error and point to --help.  Returns 1. */
int applet_usage(const struct world *, const char *what);

/*
 * Check the facts of the given options and `more` facts against the applet's rules.  Returns 1 after
 * reporting the first broken rule, else 0.
 */
int applet_check(const struct world *, const struct opt_set *given, uint32_t more);

/*
 * Check that each given option applies to an output, one bit; `name` is what the user calls that.  Returns 1
 * after reporting the first option that does not, else 0.
 */
int applet_applies(const struct world *, const struct opt_set *given, unsigned output, const char *name);

/*
 * Check that each given option applies to one of these kinds.  Those marked OPT_SELECTS must apply to each of
 * the kinds that are `named` one by one, and are removed from the others.  Returns 1 after an error message,
 * else 0.
 */
int applet_narrow(const struct world *, const struct opt_set *given, unsigned named, unsigned *kinds);

/* The kind of a set with only one, or IPC_NKINDS. */
enum ipc_kind applet_single(unsigned kinds);

/*
 * Add the kinds of --all[=ARG] to *kinds: "shm" and the like, "posix", or those of System V if arg is NULL.
 * Returns 1 after an error message, else 0.
 */
int applet_all(const struct world *, const char *arg, unsigned *kinds);

/* Report an unexpected operand.  Returns 1. */
int applet_operand(const struct world *, const char *operand);

/* The callback of struct style: looks up a user or group in a struct names; NULL if it has no name. */
const char *applet_name(void *names, bool group, uint32_t id);

/* Point *bare to the name in arg without its slash.  Returns 1 after an error message, else 0. */
int applet_posix_name(const struct world *, enum ipc_kind, const char *arg, const char **bare);

/* Find the value of a parsed KEY, the argument arg.  Returns 1 after an error message, else 0. */
int applet_key_value(const struct world *, const char *arg, struct key *key);

/* Parse a KEY and find its value; `option` as in applet_wrong.  Returns 1 after an error message, else 0. */
int applet_key(const struct world *, const char *option, const char *arg, struct key *key);

/*
 * For options of util-linux, whose messages begin like its own: report "failed to parse WHAT: 'ARG':
 * REASON", where `form` is the reason for -EINVAL.  Returns 1.
 */
int applet_bad(const struct world *, const char *what, const char *arg, int rc, const char *form);

/* The same for a decimal number: parse it into *n, from 0 to INT_MAX.  Returns 1 after an error message. */
int applet_int(const struct world *, const char *what, const char *arg, int *n);

/* For all other options: report "OPTION 'ARG': WHY".  Returns 1. */
int applet_wrong(const struct world *, const char *option, const char *arg, const char *why);

/* The same for a decimal number from least to most: parse it into *n.  Returns 1 after an error message. */
int applet_number(const struct world *, const char *option, const char *arg, uint64_t least, uint64_t most,
		  uint64_t *n);

/* A word for a message without quotes: '' if it is empty. */
const char *applet_word(const char *word);

/* Report why objects, limits or usage of a kind cannot be read.  Returns 1.  `where` as in object.h. */
int applet_cannot(const struct world *, enum ipc_kind, const char *where, int rc);

/* Report n skipped objects: "2 message queues not WHAT: REASON".  Returns 1. */
int applet_left_out(const struct world *, enum ipc_kind, uint64_t n, const char *what, int rc);

#endif
