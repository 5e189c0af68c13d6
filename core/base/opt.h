/* SPDX-License-Identifier: 0BSD */
/* Option tables.  A row gives an option's spelling, its help text and its place in the args struct. */
#ifndef CORE_BASE_OPT_H
#define CORE_BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

enum opt_type {
	OPT_BIT,		/* unsigned |= value */
	OPT_SET,		/* unsigned = value: the last of a group wins */
	OPT_STRING,		/* const char * = the argument, "" if optional and omitted */
	OPT_LIST,		/* struct opt_list: the row and its argument are appended */
	OPT_TYPE = 3,		/* the mask of the above */
	/* Flags to combine with these. */
	OPT_DAILY = 0x08,	/* listed by a plain --help */
	OPT_SELECTS = 0x10,	/* selects objects: see applet_narrow */
	OPT_WORD = 0x20,	/* only the long form takes the argument */
	OPT_MORE = 0x40,	/* with OPT_LIST: operands after it are further arguments */
	OPT_OLD = 0x80,		/* preferred if an abbreviation fits several rows */
};

/*
 * `arg` names the argument in --help; NULL means none.  A leading [ makes it optional: [=ARG] must be
 * joined (--name=ARG), [ARG] may also be the next word unless that begins with a dash.  --help omits a row
 * without `help`, an alias.  OPTION_END ends a table; OPTION_TEXT is a paragraph of --help after
 * a blank line.
 */
struct opt {
	const char *name, *arg, *help;
	char letter;
	uint8_t type;		/* enum opt_type */
	uint16_t at, value;
	/* The outputs of the applet and the kinds of objects that it applies to, one bit each; 0: to all. */
	uint8_t outputs, kinds;
	uint32_t facts;		/* what it means to the applet's rules */
};

/* OPTION('l', "long", "ARG", "help text", type, OPT_AT(struct, member), value[, outputs, kinds, facts]) */
#define OPTION(short, long, argument, text, ...) \
	{ .name = long, .arg = argument, .help = text, .letter = short, __VA_ARGS__ }
#define OPTION_TEXT(text) OPTION(0, NULL, NULL, text, OPT_BIT, 0, 0)
#define OPTION_END OPTION_TEXT(NULL)

#define OPT_AT(type, member) offsetof(struct type, member)

struct opt_use {
	const struct opt *opt;
	const char *arg;	/* NULL: omitted */
};

/* Initialize as { .mem = ... }.  v grows there, because one word may bundle any number of options. */
struct opt_list {
	struct opt_use *v;
	size_t n, room;		/* room: allocated entries of v */
	struct mem *mem;
};

bool opt_is_end(const struct opt *);

/* The most rows of a table. */
enum { OPT_ROWS = 128 };

/* The rows of a table that a command line has, by index. */
struct opt_set {
	uint64_t bits[OPT_ROWS / 64];
};

void opt_set_add(struct opt_set *, const struct opt *table, const struct opt *row);

/* The row of the set after o in the table, or the first one if o is NULL; NULL after the last one. */
const struct opt *opt_given(const struct opt *table, const struct opt_set *, const struct opt *o);

enum { OPT_SPELLING = 40 };

/* Spell an option in buf: "--name" or, without a name, "-l". */
const char *opt_spelling(const struct opt *, char buf[OPT_SPELLING]);

/* Returns 0 or -ENOMEM. */
int opt_list_add(struct opt_list *, const struct opt *, const char *arg);

enum opt_fault_kind {
	OPT_INVALID,		/* an unknown letter */
	OPT_UNKNOWN,		/* an unknown long option */
	OPT_AMBIGUOUS,
	OPT_NEEDS_ARG,
	OPT_TAKES_NO_ARG,
	OPT_NO_MEMORY,
};

struct opt_fault {
	enum opt_fault_kind kind;
	char letter;		/* OPT_INVALID; OPT_NEEDS_ARG, but 0 for a long option */
	const char *word;	/* OPT_UNKNOWN, OPT_AMBIGUOUS: as given, with dashes */
	const struct opt *opt;	/* OPT_NEEDS_ARG, OPT_TAKES_NO_ARG */
};

/* True if `name` begins with `word`, ignoring any "=ARG".  A NULL name never matches. */
bool opt_matches(const char *name, const char *word);

#endif
