/* SPDX-License-Identifier: 0BSD */
/*
 * Replaces ipcmk, ipcrm and ipcs in the PATH of shell tests.  It runs the program under test and, with -J, copies its
 * standard output to a file below $IPCBOX_JSON for validate.py.  The test sees the same output and status, and signals
 * reach the program.  Output to a terminal or another device, or of a traced program to a file, is not recorded.
 *
 * A record is a mark ("=", or "~" if the reader left before the end), the number of arguments and a newline, the
 * arguments, each followed by a NUL, and the output.  It is locked while it is being written.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t child;

static bool wants_json(char **argv)
{
	for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
		size_t n = strlen(*argv);

		if (n > 2 && strncmp(*argv, "--", 2) == 0 ? strncmp(*argv, "--json", n) == 0 :
		    **argv == '-' && strchr(*argv, 'J') != NULL)
			return true;
	}
	return false;
}

static bool is_null(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

static bool is_traced(void)
{
	char text[4096];
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
	const char *tracer;

	close(fd);
	text[n > 0 ? n : 0] = '\0';
	tracer = strstr(text, "TracerPid:\t");
	return tracer == NULL || tracer[11] != '0';
}

/* Creates a new record, locked, with its head; -1 on failure. */
static int begin(char **argv)
{
	const char *folder = getenv("IPCBOX_JSON");
	char path[PATH_MAX], count[16];
	int fd, argc = 0;

	if (folder == NULL || snprintf(path, sizeof path, "%s/XXXXXX", folder) >= (int)sizeof path)
		return -1;
	fd = mkostemp(path, O_CLOEXEC | O_APPEND);
	if (fd < 0 || flock(fd, LOCK_EX) != 0)
		return -1;
	while (argv[argc] != NULL)
		argc++;
	snprintf(count, sizeof count, "=%d\n", argc);
	if (write(fd, count, strlen(count)) < 0)
		return -1;
	for (; *argv != NULL; argv++)
		if (write(fd, *argv, strlen(*argv) + 1) < 0)
			return -1;
	return fd;
}

/* Writes all n bytes.  Returns false if that fails. */
static bool put(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno != EINTR)
			return false;
		bytes += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return true;
}

/* Copies `from` to standard output and the record, until its end or until standard output has no reader. */
static void copy(int from, int record)
{
	struct pollfd ends[] = { { from, POLLIN, 0 }, { STDOUT_FILENO, 0, 0 } };
	char bytes[65536];
	ssize_t n = 1;

	while (n != 0) {
		if (poll(ends, 2, -1) < 0)
			continue;
		if (ends[1].revents != 0 && ends[0].revents == 0)
			break;
		n = read(from, bytes, sizeof bytes);
		if (n > 0 && (!put(STDOUT_FILENO, bytes, (size_t)n) || !put(record, bytes, (size_t)n)))
			break;
	}
	if (n == 0)
		return;
	/* A descriptor with O_APPEND cannot overwrite the mark. */
	fcntl(record, F_SETFL, 0);
	if (pwrite(record, "~", 1, 0) < 0)
		_exit(1);
}

/*
 * A tracer follows no child, so a traced program stays in this process, and another one, which is no child of
 * the program, copies what the program writes to a pipe.  It may end after the program.
 */
static void branch(int record)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	pid = fork();
	if (pid == 0) {
		if (fork() != 0)
			_exit(0);
		/* A signal to the process group reaches this process, too, which then has to copy the rest. */
		for (int i = 1; i < NSIG; i++)
			signal(i, SIG_IGN);
		close(ends[1]);
		copy(ends[0], record);
		_exit(0);
	}
	if (pid > 0) {
		waitpid(pid, NULL, 0);
		dup2(ends[1], STDOUT_FILENO);
	}
}

static void forward(int sig)
{
	kill(child, sig);
}

/* Starts the program as a child.  Returns false in the child, and if there is none. */
static bool start(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2 };

	child = fork();
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (child <= 0)
		return false;
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], forward);
	return true;
}

/* Waits for the child and ends as it does. */
static void end_as_child(void)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		;
	if (!WIFSIGNALED(status))
		_exit(WEXITSTATUS(status));
	signal(WTERMSIG(status), SIG_DFL);
	kill(getpid(), WTERMSIG(status));
	_exit(128 + WTERMSIG(status));
}

/* Standard output is a pipe: this process ends when everything is copied. */
static void pass_on(int record)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	if (!start()) {
		if (child == 0)
			dup2(ends[1], STDOUT_FILENO);
		return;
	}
	close(ends[1]);
	copy(ends[0], record);
	close(ends[0]);
	end_as_child();
}

/* Standard output is a file: the program writes to it, and this process copies that at the end. */
static void copy_file(int record)
{
	int in = open("/proc/self/fd/1", O_RDONLY | O_CLOEXEC);
	off_t at = lseek(STDOUT_FILENO, 0, fcntl(STDOUT_FILENO, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
	siginfo_t info;
	char bytes[65536];
	ssize_t n;

	if (in < 0 || !start())
		return;
	while (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) < 0)
		;
	for (; (n = pread(in, bytes, sizeof bytes, at)) > 0; at += n)
		put(record, bytes, (size_t)n);
	end_as_child();
}

static void record(char **argv)
{
	struct stat st;
	bool traced = is_traced();
	int fd;

	if (fstat(STDOUT_FILENO, &st) != 0 || (S_ISREG(st.st_mode) && traced))
		return;
	if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode) && !is_null(&st))
		return;
	fd = begin(argv);
	if (fd < 0)
		return;
	if (S_ISREG(st.st_mode))
		copy_file(fd);
	else if (is_null(&st))
		dup2(fd, STDOUT_FILENO);
	else if (traced)
		branch(fd);
	else
		pass_on(fd);
}

int main(int argc, char **argv)
{
	const char *program = getenv("IPCBOX"), *folder = program != NULL ? strrchr(program, '/') : NULL;
	char path[PATH_MAX];
	const char *name = argc > 0 ? strrchr(argv[0], '/') : NULL;

	if (argc == 0 || folder == NULL)
		return 127;
	snprintf(path, sizeof path, "%.*s/%s", (int)(folder - program), program, name != NULL ? name + 1 : argv[0]);
	if (wants_json(argv + 1))
		record(argv);
	execv(path, argv);
	perror(path);
	return 127;
}
