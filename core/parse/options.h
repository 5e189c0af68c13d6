/* SPDX-License-Identifier: 0BSD */
/* The command line, by a table of options: the grammar of getopt_long(3). */
#ifndef CORE_PARSE_OPTIONS_H
#define CORE_PARSE_OPTIONS_H

#include "base/opt.h"

struct options_line {
	int argc;
	char **argv;
	bool in_order;		/* the first operand ends the options, as POSIXLY_CORRECT has it */
};

/*
 * Parses argv[1..] into args and returns the index of the first operand; the operands are moved to the end of
 * argv.  In a table with OPT_MORE, they stay where they are, each is a further argument of the last such row
 * before it, and the index is that of the first operand that has none before it, or argc.
 *
 * -EINVAL or -ENOMEM: *fault says what is wrong, and args may be partly set.
 */
int options_parse(const struct opt *, const struct options_line *, void *args, struct opt_fault *fault);

#endif
