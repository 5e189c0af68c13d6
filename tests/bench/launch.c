/* SPDX-License-Identifier: 0BSD */
#include "launch.h"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 32 };

static void fail(const char *what)
{
	perror(what);
	exit(2);
}

char **launch_words(char *command)
{
	char **words = calloc(MOST_WORDS + 1, sizeof *words);
	size_t n = 0;

	if (words == NULL)
		fail("calloc");
	for (char *s = strtok(command, " "); s != NULL && n < MOST_WORDS; s = strtok(NULL, " "))
		words[n++] = s;
	return words;
}

pid_t launch_start(char *const *argv)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) != 0)
		fail(argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

void launch_finish(pid_t pid, char *const *argv, struct rusage *usage)
{
	int status;

	if (wait4(pid, &status, 0, usage) != pid)
		fail("wait4");
	if (status != 0) {
		fprintf(stderr, "%s: status %d\n", argv[0], status);
		exit(2);
	}
}

void launch_setup(const struct launch_setup *setup)
{
	if (setup->fresh && unshare(CLONE_NEWIPC) != 0)
		fail("unshare");
	if (setup->command != NULL && setup->command[0] != NULL)
		launch_finish(launch_start(setup->command), setup->command, NULL);
}

int launch_options(struct launch_setup *setup, int argc, char **argv)
{
	memset(setup, 0, sizeof *setup);
	if (argc < 3 || (strcmp(argv[1], "-f") != 0 && strcmp(argv[1], "-s") != 0))
		return 1;
	setup->fresh = argv[1][1] == 'f';
	setup->command = launch_words(argv[2]);
	return 3;
}
