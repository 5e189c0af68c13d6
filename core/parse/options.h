/* SPDX-License-Identifier: 0BSD */
/* Command-line parsing by option tables, with the grammar of getopt_long(3). */
#ifndef CORE_PARSE_OPTIONS_H
#define CORE_PARSE_OPTIONS_H

#include "base/opt.h"

struct options_line {
	int argc;
	char **argv;
	bool in_order;		/* the first operand ends the options, as with POSIXLY_CORRECT */
	struct opt_set *given;	/* gets the rows of the options; a table has at most OPT_ROWS */
};

/*
 * Parses argv[1..] into args, moves the operands to the end of argv and returns the index of the first.
 * In a table with OPT_MORE rows, operands stay in place as further arguments of the last such option
 * before them, and the result is the index of the first operand without one, or argc.
 * Returns -EINVAL or -ENOMEM after describing the error in *fault; args may be partly set.
 */
int options_parse(const struct opt *, const struct options_line *, void *args, struct opt_fault *fault);

#endif
