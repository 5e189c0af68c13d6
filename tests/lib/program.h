/* SPDX-License-Identifier: 0BSD */
/* Runs the program under test, which the environment variable IPCBOX names, as a user would. */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

struct result {
	int code;		/* exit status, or 128 + signal */
	char *out, *err;	/* terminated; live as long as the process */
};

/* The folder of the program and of its links. */
const char *program_dir(void);

/*
 * Runs a shell command in the caller's namespaces, with the folder of the program
 * first in PATH, and kills it after ten seconds (code 128 + 9), times SLOWNESS.
 */
struct result sh(const char *command);

/* Runs it and expects that status and exactly that output. */
void expect_sh(const char *command, int code, const char *out, const char *err);

/* Ends a test that cannot run here, which fails unless tests/skips permits it for this reason (without quotes). */
void skip_test(const char *reason);

/* .init of a suite: a fresh IPC namespace and a private copy of the mounts for this test. */
void private_namespaces(void);

#endif
