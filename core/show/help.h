/* SPDX-License-Identifier: 0BSD */
/* Help, version and command-line errors of an applet. */
#ifndef CORE_SHOW_HELP_H
#define CORE_SHOW_HELP_H

#include "base/opt.h"
#include "show/out.h"

struct help {
	const char *name, *synopsis;	/* synopsis: a usage line for each of its lines */
	const char *what;		/* the program does */
	const char *more;		/* where the other options are, after those marked OPT_DAILY */
	const struct opt *opts;
};

/* The text of --help: the options marked OPT_DAILY, or `all`. */
void help_show(struct out *, const struct help *, bool all);

/* "PROG from ipcbox VERSION" */
void help_version(struct out *o, const char *prog);

/* Reports an error of options_parse in the words of glibc's getopt_long(3), with a hint at --help. */
void help_fault(struct out *err, const char *prog, const struct opt *opts, const struct opt_fault *f);

#endif
