/* SPDX-License-Identifier: 0BSD */
/*
 * Options as a table.  A row says how an option is spelled, what it means to a
 * reader and where in the applet's args struct it is stored; libc's getopt_long
 * does the parsing, so abbreviations, bundles and permutation are as everywhere.
 */
#ifndef CORE_OPT_H
#define CORE_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"

enum opt_type {
	OPT_BIT,		/* unsigned |= value */
	OPT_SET,		/* unsigned = value: the last of a group wins */
	OPT_STRING,		/* const char * = the argument, "" where it is optional and left out */
	OPT_LIST,		/* struct opt_list: the row and its argument are added */
	/* Bits beside these. */
	OPT_MORE = 0x40,	/* of an OPT_LIST: operands behind it are further arguments of it */
	OPT_OLD = 0x80,		/* of several rows that an abbreviation fits, it means the one with it */
};

/*
 * `arg` names the argument for --help; NULL means none, a leading [ that it is
 * optional: [=ARG] must be joined (--name=ARG), [ARG] may also be the next word,
 * unless that begins with a dash.  OPTION_END ends a table; OPTION_TEXT is a paragraph
 * of --help, after a blank line.
 */
struct opt {
	const char *name, *arg, *help;
	char letter;
	uint8_t type;		/* enum opt_type */
	uint16_t at, value;
};

/* A row as it is read: 'l', "long", "ARG", "what it does", type, OPT_AT(struct, member), value. */
#define OPTION(letter, name, arg, help, ...) { name, arg, help, letter, __VA_ARGS__ }
#define OPTION_TEXT(text) OPTION(0, NULL, NULL, text, OPT_BIT, 0, 0)
#define OPTION_END OPTION_TEXT(NULL)

#define OPT_AT(type, member) offsetof(struct type, member)

struct opt_use {
	const struct opt *opt;
	const char *arg;	/* NULL: left out */
};

/*
 * It begins as { .mem = ... }, the memory that v grows in: a bundle of letters is one argument but
 * any number of uses.
 */
struct opt_list {
	struct opt_use *v;
	size_t n, room;		/* room: entries that v has memory for */
	struct mem *mem;
};

/* Adds an entry; -ENOMEM. */
int opt_list_add(struct opt_list *, const struct opt *, const char *arg);

/* The most rows that a table may have, without its end. */
enum { OPT_ROWS = 96 };

/* Each table is followed by this. */
#define OPT_FITS(opts) _Static_assert(sizeof (opts) / sizeof *(opts) <= OPT_ROWS + 1, "too many options")

enum opt_fault_kind {
	OPT_INVALID,		/* a letter that is no option */
	OPT_UNKNOWN,		/* a word that is no option */
	OPT_AMBIGUOUS,
	OPT_NEEDS_ARG,
	OPT_TAKES_NO_ARG,
	OPT_NO_MEMORY,
};

struct opt_fault {
	enum opt_fault_kind kind;
	char letter;		/* OPT_INVALID; OPT_NEEDS_ARG of a letter, else 0 */
	const char *word;	/* OPT_UNKNOWN, OPT_AMBIGUOUS: as given, with its dashes */
	const struct opt *opt;	/* OPT_NEEDS_ARG, OPT_TAKES_NO_ARG */
};

/* A command line.  posix says whether the first operand ends the options, once there is one; NULL: no. */
struct opt_line {
	int argc;
	char **argv;
	bool (*posix)(void);
};

/*
 * Parses argv[1..] into args.  Returns the index of the first operand, behind which
 * getopt_long has moved them all, or -EINVAL or -ENOMEM with *fault filled in; args may
 * then be partly set.  In a table with OPT_MORE, argv keeps its order, and an operand is a
 * further argument of the last such row before it; what is returned is the index of the
 * first operand that has none before it, or argc.  Only there is posix asked: else it is
 * getopt_long that knows.
 */
int opt_parse(const struct opt *, const struct opt_line *, void *args, struct opt_fault *);

/* Whether `name` is `word` or begins with it; word's own "=ARG" does not count. */
int opt_matches(const char *name, const char *word);

#endif
