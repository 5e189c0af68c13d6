/* SPDX-License-Identifier: 0BSD */
/* The first process of a guest: the console, and the program. */
#ifndef GUEST_H
#define GUEST_H

/* What a command has written, and its instructions. */
struct outcome {
	int status;
	unsigned long lines;
	double instructions;
	char text[4096];
};

/* Of the last command. */
extern struct outcome last;

/* Writes a line of TAP; returns whether it is good. */
int ok(int good, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Runs a command line of words and fills "last"; returns the status as wait() has it, or -1. */
int run(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* For the reader of a failure, unless it is good: what the last command has left behind. */
void show(int good);

/*
 * Removes orphans again and again, for so many seconds, beside servers that live, end and begin, and steps the clock
 * meanwhile.
 */
void soak(double seconds);

#endif
