/* SPDX-License-Identifier: 0BSD */
/*
 * before CALL[,...] PATH N COMMAND PROGRAM [ARGUMENT...]
 *
 * Runs a program, stops it right before its Nth call of the named ones, runs COMMAND in a shell, and lets the program
 * continue: objects change exactly between two looks at them, however slow the machine is.  With a PATH other than
 * "-", only calls that open that path count.  The exit status is that of the program, or 125 if it never made the call.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
	const char *name;
	uint64_t number;
	unsigned path_arg;
} calls[] = {
	{ "shmctl", SYS_shmctl, 0 }, { "msgctl", SYS_msgctl, 0 }, { "semctl", SYS_semctl, 0 },
	{ "openat", SYS_openat, 1 },
#ifdef SYS_open
	{ "open", SYS_open, 0 },
#endif
};

static void die(const char *what)
{
	fprintf(stderr, "before: %s: %s\n", what, strerror(errno));
	exit(125);
}

static int is_listed(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = names; at != NULL; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, name, len) == 0 && (at[len] == ',' || at[len] == '\0'))
			return 1;
	}
	return 0;
}

/* True if the string at an address of the process begins with `path` and its end. */
static int is_at(pid_t pid, uint64_t address, const char *path)
{
	char text[256];
	size_t len = strlen(path) + 1;
	struct iovec ours = { text, len }, theirs = { (void *)(uintptr_t)address, len };

	return len <= sizeof text && process_vm_readv(pid, &ours, 1, &theirs, 1, 0) == (ssize_t)len &&
	       memcmp(text, path, len) == 0;
}

/* True if the stopped process is about to make one of the calls. */
static int is_due(pid_t pid, const char *names, const char *path)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) < 0)
		die("PTRACE_GET_SYSCALL_INFO");
	if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return 0;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (calls[i].number != info.entry.nr || !is_listed(names, calls[i].name))
			continue;
		return strcmp(path, "-") == 0 || is_at(pid, info.entry.args[calls[i].path_arg], path);
	}
	return 0;
}

static pid_t start(char **program)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 || raise(SIGSTOP) != 0)
			die("PTRACE_TRACEME");
		execvp(program[0], program);
		die(program[0]);
	}
	if (waitpid(pid, NULL, 0) != pid ||
	    ptrace(PTRACE_SETOPTIONS, pid, NULL,
		   PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC) < 0)
		die("PTRACE_SETOPTIONS");
	return pid;
}

int main(int argc, char **argv)
{
	int left = argc > 5 ? atoi(argv[3]) : 0, status;
	uintptr_t signal = 0;
	pid_t pid;

	if (left <= 0)
		return 125;
	pid = start(argv + 5);
	for (;;) {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, signal) < 0 || waitpid(pid, &status, 0) != pid)
			die("PTRACE_SYSCALL");
		if (!WIFSTOPPED(status))
			break;
		signal = 0;
		if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
			if (left > 0 && is_due(pid, argv[1], argv[2]) && --left == 0 && system(argv[4]) != 0)
				die("the command failed");
		} else if (status >> 16 == 0) {
			signal = (uintptr_t)WSTOPSIG(status);
		}
	}
	if (left > 0) {
		fprintf(stderr, "before: %s: not called that often\n", argv[1]);
		return 125;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
