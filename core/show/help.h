/* SPDX-License-Identifier: 0BSD */
/* Help, version and command-line errors of an applet. */
#ifndef CORE_SHOW_HELP_H
#define CORE_SHOW_HELP_H

#include "base/opt.h"
#include "show/out.h"

/* The text of --help: a usage line for each line of synopsis, `what` the program does, its options. */
void help_show(struct out *o, const char *prog, const char *synopsis, const char *what,
		const struct opt *opts);

/* "PROG from ipcbox VERSION" */
void help_version(struct out *o, const char *prog);

/* Reports an error of options_parse in the words of glibc's getopt_long(3), with a hint at --help. */
void help_fault(struct out *err, const char *prog, const struct opt *opts, const struct opt_fault *f);

#endif
