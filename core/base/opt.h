/* SPDX-License-Identifier: 0BSD */
/*
 * Options as a table.  A row says how an option is spelled, what it means to a reader, and where in the
 * applet's args struct it is stored.
 */
#ifndef CORE_BASE_OPT_H
#define CORE_BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

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

/* Is this the row that ends a table? */
bool opt_is_end(const struct opt *);

/* Adds an entry; -ENOMEM. */
int opt_list_add(struct opt_list *, const struct opt *, const char *arg);

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

/* Does `name` begin with `word`, apart from an "=ARG" in it?  NULL, a row without a name, does not. */
bool opt_matches(const char *name, const char *word);

#endif
