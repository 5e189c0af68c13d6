/* SPDX-License-Identifier: 0BSD */
/*
 * race ROUNDS COMMAND...
 *
 * Runs each command once a round, in a freshly shuffled order, with its output
 * thrown away, and prints for each, in the order given, the median over the rounds
 * of the first command's wall time divided by its own.  The speed of a machine
 * drifts; within a round it hardly does.  A command is split at blanks and needs
 * its whole path.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 32, ARGS = 16 };

static char *words[MOST][ARGS + 1];
static uint64_t *times[MOST];

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static uint64_t run(char **argv)
{
	posix_spawn_file_actions_t actions;
	uint64_t start;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	start = now();
	if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) != 0 || waitpid(pid, &status, 0) != pid) {
		perror(argv[0]);
		exit(2);
	}
	start = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (status != 0) {
		fprintf(stderr, "race: %s: status %d\n", argv[0], status);
		exit(2);
	}
	return start;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	size_t rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, n = (size_t)argc - 2, order[MOST];

	if (rounds == 0 || n > MOST)
		return 2;
	srandom((unsigned)now());
	for (size_t i = 0; i < n; i++) {
		size_t w = 0;

		for (char *s = strtok(argv[i + 2], " "); s != NULL && w < ARGS; s = strtok(NULL, " "))
			words[i][w++] = s;
		order[i] = i;
		times[i] = calloc(rounds, sizeof **times);
		if (times[i] == NULL)
			return 2;
		run(words[i]);
	}
	for (size_t r = 0; r < rounds; r++) {
		for (size_t i = n; i > 1; i--) {
			size_t k = (size_t)random() % i, t = order[i - 1];

			order[i - 1] = order[k];
			order[k] = t;
		}
		for (size_t i = 0; i < n; i++)
			times[order[i]][r] = run(words[order[i]]);
	}
	for (size_t i = n; i-- > 0;) {
		for (size_t r = 0; r < rounds; r++)
			times[i][r] = times[0][r] * 1000 / times[i][r];
		qsort(times[i], rounds, sizeof **times, by_value);
	}
	for (size_t i = 0; i < n; i++)
		printf("%.2f\n", (double)times[i][rounds / 2] / 1000);
	return 0;
}
