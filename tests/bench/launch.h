/* SPDX-License-Identifier: 0BSD */
/* Command lines and their execution, for the programs that measure. */
#ifndef BENCH_LAUNCH_H
#define BENCH_LAUNCH_H

#include <sys/resource.h>
#include <sys/types.h>

/* Splits a command at blanks, in place; the vector ends in NULL and is never freed. */
char **launch_words(char *command);

/* Starts a command, named by its absolute path, with its output discarded. */
pid_t launch_start(char *const *argv);

/* Waits for the command to end; *usage, unless NULL, is what it used.  Any status but 0 ends this program. */
void launch_finish(pid_t pid, char *const *argv, struct rusage *usage);

/* What comes before a command: a new IPC namespace if "fresh", then a command that fills it, if any. */
struct launch_setup {
	int fresh;
	char **command;
};

void launch_setup(const struct launch_setup *setup);

/*
 * Takes "-f SETUP" (in a fresh namespace) or "-s SETUP" (in this one) from the front of a command
 * line and returns the index of the first argument after it.  An empty SETUP is none.
 */
int launch_options(struct launch_setup *setup, int argc, char **argv);

#endif
