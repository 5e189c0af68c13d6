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
};

/*
 * Facts of a command line, a bit for each, that go together: if all of `when` are given, one of `needs`
 * (0: none required) must be, and none of `not_with`.  `why` is the error message; NULL ends a table.
 */
struct rule {
	uint32_t when, needs, not_with;
	const char *why;
};

struct fact {
	bool given;
	uint32_t bit;
};

/* A command.  After run, main flushes world->out and reports a write error. */
struct applet {
	const char *name, *synopsis, *what;
	const struct opt *opts;
	const struct rule *rules;
	int (*run)(const struct world *, int argc, char **argv);	/* the exit status: 0 if all is done */
	bool whole;		/* block all signals: it creates objects that it must not lose */
	bool told;		/* block SIGPIPE: a closed pipe is a write error */
};

/* The options that end every table, and the bits that they set in the first member of an args struct. */
enum { APPLET_HELP = 1, APPLET_VERSION = 2 };

#define APPLET_OPTIONS \
	OPTION_TEXT(""), \
	OPTION('h', "help", NULL, "display this help", OPT_BIT | OPT_OLD, 0, APPLET_HELP), \
	OPTION('V', "version", NULL, "display the version", OPT_BIT | OPT_OLD, 0, APPLET_VERSION), \
	OPTION_END

/*
 * Parse the command line into args, whose first member is an unsigned for --help and --version, and
 * answer those.  Returns the index of the first operand, or minus the exit status, 0 or -1, if that is all.
 */
int applet_parse(const struct world *, int argc, char **argv, void *args);

/* Write one line to standard error, prefixed with the applet's name; see diag. */
__attribute__((sentinel))
void applet_say(const struct world *, int rc, ...);

/* The mode of new objects.  Symbolic permissions modify it, also where they select objects. */
enum { APPLET_MODE = 0644 };

/* Report a usage error and point to --help.  Returns 1. */
int applet_usage(const struct world *, const char *what);

/* Check n facts against the applet's rules.  Returns 1 after reporting the first broken rule, else 0. */
int applet_check(const struct world *, const struct fact *, size_t n);

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
