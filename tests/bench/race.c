/* SPDX-License-Identifier: 0BSD */
/*
 * race [-f SETUP | -s SETUP] ROUNDS SECONDS COMMAND...
 *
 * Runs each command once per round, in random order, with its output discarded, until ROUNDS rounds are done or
 * SECONDS have passed, but at least FEWEST rounds.  SETUP runs before each command and is not measured: with -f, both
 * run in a new IPC namespace.  Prints a line for each command, in the given order: the number of rounds, the median of
 * its CPU time in nanoseconds, and for each command the median over the rounds of the ratio of its own time to that
 * one's.  CPU time does not include the time that a command waits for a busy CPU.  The speed of a machine drifts, but
 * hardly within a round, so ratios can be compared between runs, and times cannot.  A command is split at blanks and
 * needs its absolute path.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "launch.h"

enum { MOST = 16, FEWEST = 3 };

static char **commands[MOST];
static double *times[MOST];

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static double nanoseconds(const struct timeval *t)
{
	return (double)t->tv_sec * 1e9 + (double)t->tv_usec * 1e3;
}

static double run(const struct launch_setup *setup, char **argv)
{
	struct rusage usage;

	launch_setup(setup);
	launch_finish(launch_start(argv), argv, &usage);
	return nanoseconds(&usage.ru_utime) + nanoseconds(&usage.ru_stime);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof *values, by_value);
	return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void shuffle(size_t *order, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)random() % i, t = order[i - 1];

		order[i - 1] = order[k];
		order[k] = t;
	}
}

static size_t run_rounds(const struct launch_setup *setup, size_t n, size_t most, uint64_t until)
{
	size_t order[MOST], r = 0;

	for (size_t i = 0; i < n; i++) {
		order[i] = i;
		run(setup, commands[i]);
	}
	for (; r < most && (r < FEWEST || now() < until); r++) {
		shuffle(order, n);
		for (size_t i = 0; i < n; i++)
			times[order[i]][r] = run(setup, commands[order[i]]);
	}
	return r;
}

static void report(size_t n, size_t rounds, double *scratch)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t r = 0; r < rounds; r++)
			scratch[r] = times[i][r];
		printf("%zu %.0f", rounds, median(scratch, rounds));
		for (size_t k = 0; k < n; k++) {
			for (size_t r = 0; r < rounds; r++)
				scratch[r] = times[i][r] / times[k][r];
			printf(" %.3f", median(scratch, rounds));
		}
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	struct launch_setup setup;
	int at = launch_options(&setup, argc, argv);
	size_t most = argc - at > 2 ? strtoul(argv[at], NULL, 10) : 0, n = (size_t)(argc - at) - 2;
	double *scratch;

	if (most < FEWEST || n > MOST) {
		fprintf(stderr, "usage: race [-f SETUP | -s SETUP] ROUNDS SECONDS COMMAND...\n");
		return 2;
	}
	srandom((unsigned)now());
	scratch = calloc(most, sizeof *scratch);
	for (size_t i = 0; i < n; i++) {
		commands[i] = launch_words(argv[at + 2 + (int)i]);
		times[i] = calloc(most, sizeof **times);
		if (times[i] == NULL || scratch == NULL)
			return 2;
	}
	report(n, run_rounds(&setup, n, most, now() + (uint64_t)(strtod(argv[at + 1], NULL) * 1e9)), scratch);
	return 0;
}
