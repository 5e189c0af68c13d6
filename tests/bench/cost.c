/* SPDX-License-Identifier: 0BSD */
/*
 * cost [-q] [-f SETUP | -s SETUP] COMMAND
 *
 * Runs a command with its output discarded and prints three numbers: its system calls, including execve and exit; its
 * minor page faults; its maximum resident memory in KiB.  SETUP is as in race.  -q is faster: it does not count system
 * calls, and prints 0.
 *
 * The command is traced, because ru_maxrss of wait4 is no measure of a small program: it starts from the memory of the
 * parent before the exec, and since Linux 6.2 it is a sum of per-CPU counters that can be wrong by some hundred KiB.  So
 * the process is stopped when it exits, while it still has its memory, and two files are read: smaps_rollup walks the
 * page tables, so it is exact at the end; VmHWM shows an earlier maximum, if memory was returned by then.  vfork lets
 * the child start without page faults of its own, and the layout of the address space and the environment are always
 * the same: a stack that reaches into one more page is one more fault.  Children of the command are not followed;
 * none of the measured commands has any.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launch.h"

struct cost {
	unsigned long syscalls, peak;
};

static void fail(const char *what)
{
	perror(what);
	exit(2);
}

/* The number after a name at the start of a line of a file in /proc/PID; 0 if there is none. */
static unsigned long number_of(pid_t pid, const char *file, const char *name)
{
	char path[64], line[256];
	unsigned long value = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	while (fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtoul(line + strlen(name), NULL, 10);
	fclose(f);
	return value;
}

static pid_t start_traced(char **argv, int null)
{
	static char *const environment[] = { "LC_ALL=C", "TZ=UTC", NULL };
	pid_t pid = vfork();

	if (pid == 0) {
		personality(ADDR_NO_RANDOMIZE);
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 && dup2(null, 1) == 1)
			execve(argv[0], argv, environment);
		_exit(127);
	}
	return pid;
}

/* Process one stop of the child; returns the signal to continue it with. */
static int account(pid_t pid, int status, int *inside, struct cost *cost)
{
	int signal = WSTOPSIG(status);

	if (signal == (SIGTRAP | 0x80)) {
		*inside = !*inside;
		cost->syscalls += (unsigned long)*inside;
		return 0;
	}
	if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
		unsigned long now = number_of(pid, "smaps_rollup", "Rss:"), mark = number_of(pid, "status", "VmHWM:");

		cost->peak = now > mark ? now : mark;
		return 0;
	}
	return signal;
}

static int follow(pid_t pid, int quick, struct rusage *usage, struct cost *cost)
{
	int options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL;
	int status, inside = 0, signal = 0;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 127;
	cost->syscalls = !quick;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, options) != 0)
		fail("ptrace");
	for (;;) {
		if (ptrace(quick ? PTRACE_CONT : PTRACE_SYSCALL, pid, NULL, signal) != 0 && errno != ESRCH)
			fail("ptrace");
		if (wait4(pid, &status, 0, usage) != pid)
			fail("wait4");
		if (!WIFSTOPPED(status))
			return status;
		signal = account(pid, status, &inside, cost);
	}
}

int main(int argc, char **argv)
{
	struct launch_setup setup;
	struct cost cost = { 0, 0 };
	struct rusage usage;
	int quick = argc > 1 && strcmp(argv[1], "-q") == 0, null = open("/dev/null", O_WRONLY | O_CLOEXEC), at, status;
	char **command;

	argc -= quick;
	argv += quick;
	at = launch_options(&setup, argc, argv);
	if (argc - at != 1 || null < 0) {
		fprintf(stderr, "usage: cost [-q] [-f SETUP | -s SETUP] COMMAND\n");
		return 2;
	}
	command = launch_words(argv[at]);
	launch_setup(&setup);
	status = follow(start_traced(command, null), quick, &usage, &cost);
	if (status != 0) {
		fprintf(stderr, "cost: %s: status %d\n", command[0], status);
		return 2;
	}
	printf("%lu %ld %lu\n", cost.syscalls, usage.ru_minflt, cost.peak);
	return 0;
}
