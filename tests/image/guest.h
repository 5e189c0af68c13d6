/* SPDX-License-Identifier: 0BSD */
/* The first process of a guest: the console, and the program. */
#ifndef GUEST_H
#define GUEST_H

/* The output of a command, and its instructions. */
struct outcome {
	int status;
	unsigned long lines;
	double instructions;
	char text[4096];
};

/* Of the last command. */
extern struct outcome last;

/* Writes a line of TAP; returns true if it is good. */
int ok(int good, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Runs a command line of words and fills "last"; returns the status as wait() has it, or -1. */
int run(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Unless `good`, print the output of the last command for the reader of the failure. */
void show(int good);

/*
 * Removes orphans again and again for a number of seconds, beside servers that run, end and start, and steps the clock
 * meanwhile.
 */
void soak(double seconds);

#endif
