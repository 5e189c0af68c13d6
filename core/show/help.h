/* SPDX-License-Identifier: 0BSD */
/* What an applet says of its own options: --help, and what is wrong with a command line. */
#ifndef CORE_USAGE_H
#define CORE_USAGE_H

#include "base/opt.h"
#include "show/out.h"

/*
 * The text of --help: a usage line for each line of synopsis, `what` the program
 * does, the options as the table has them.
 */
void help_show(struct out *o, const char *prog, const char *synopsis, const char *what,
		const struct opt *opts);

/* "PROG from ipcbox VERSION" */
void help_version(struct out *o, const char *prog);

/* What options_parse found wrong, in the words of glibc's getopt_long, and where to get help. */
void help_fault(struct out *err, const char *prog, const struct opt *opts, const struct opt_fault *f);

#endif
