/* SPDX-License-Identifier: 0BSD */
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 10 };

/* SECONDS, multiplied by the slowness in the environment. */
static int seconds(void)
{
	const char *slowness = getenv("SLOWNESS");
	int times = slowness != NULL ? atoi(slowness) : 1;

	return SECONDS * (times > 1 ? times : 1);
}

const char *program_dir(void)
{
	static char dir[4096];
	const char *program = getenv("IPCBOX");

	if (program == NULL || *program != '/')
		cr_fatal("IPCBOX must name the program to test, by its whole path");
	snprintf(dir, sizeof dir, "%s", program);
	*strrchr(dir, '/') = '\0';
	return dir;
}

/* A program that could not be built for an external reason has left the reason in its place. */
static void skip_what_is_not_built(void)
{
	char path[4200], reason[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/unbuilt", program_dir());
	f = fopen(path, "r");
	if (f == NULL)
		return;
	if (fgets(reason, sizeof reason, f) == NULL)
		cr_fatal("%s is empty", path);
	fclose(f);
	reason[strcspn(reason, "\n'")] = '\0';
	skip_test(reason);
}

/* Without the links, the tools of the machine would be tested. */
static void insist_on_our_program(void)
{
	static int known;

	skip_what_is_not_built();
	if (!known && system("sh \"$SOURCE/tests/lib/ours.sh\" >&2") != 0)
		cr_fatal("the program under test is another one");
	known = 1;
}

struct stream {
	char *text;
	size_t len;
};

/* The output of commands stays reachable until the process ends, so that it is not a leak. */
static char *kept[4096];
static size_t nkept;

/* Reads the available output; returns 0 at the end. */
static int drain(int fd, struct stream *s)
{
	ssize_t n;

	s->text = realloc(s->text, s->len + 65537);
	n = read(fd, s->text + s->len, 65536);
	if (n > 0)
		s->len += (size_t)n;
	s->text[s->len] = '\0';
	return n > 0 || (n < 0 && errno == EINTR);
}

static void child(const char *command, int out, int err)
{
	char path[8192];

	setpgid(0, 0);
	dup2(out, 1);
	dup2(err, 2);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	snprintf(path, sizeof path, "%s:/usr/sbin:/usr/bin:/sbin:/bin", program_dir());
	setenv("PATH", path, 1);
	setenv("LC_ALL", "C", 0);
	signal(SIGPIPE, SIG_DFL);
	alarm((unsigned)seconds() + 5);
	execl("/bin/bash", "bash", "-c", command, (char *)NULL);
	_exit(126);
}

struct result sh(const char *command)
{
	struct stream streams[2] = { { 0 } };
	struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };
	int out[2], err[2], status, left = 2, expired = 0;
	pid_t pid;

	insist_on_our_program();
	if (pipe(out) < 0 || pipe(err) < 0 || (pid = fork()) < 0)
		cr_fatal("cannot start: %s", strerror(errno));
	if (pid == 0)
		child(command, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	fds[0].fd = out[0];
	fds[1].fd = err[0];
	while (left > 0) {
		if (poll(fds, 2, seconds() * 1000) == 0) {
			expired = 1;
			kill(-pid, SIGKILL);
			break;
		}
		for (int i = 0; i < 2; i++) {
			if (fds[i].fd >= 0 && fds[i].revents != 0 && !drain(fds[i].fd, &streams[i])) {
				fds[i].fd = -1;
				left--;
			}
		}
	}
	close(out[0]);
	close(err[0]);
	waitpid(pid, &status, 0);
	for (int i = 0; i < 2; i++) {
		if (streams[i].text == NULL)
			streams[i].text = strdup("");
		kept[nkept++ % 4096] = streams[i].text;
	}
	return (struct result){
		expired ? 128 + SIGKILL
			: WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
		streams[0].text, streams[1].text,
	};
}

void expect_sh(const char *command, int code, const char *out, const char *err)
{
	struct result r = sh(command);

	cr_expect(eq(int, r.code, code), "%s", command);
	cr_expect(eq(str, r.out, (char *)(uintptr_t)out), "%s", command);
	cr_expect(eq(str, r.err, (char *)(uintptr_t)err), "%s", command);
}

void skip_test(const char *reason)
{
	char command[1024];

	snprintf(command, sizeof command, "sh \"$SOURCE/tests/lib/permitted.sh\" \"cli/$PROGRAM\" '%s'", reason);
	if (system(command) != 0)
		cr_fatal("not tested: %s", reason);
	cr_skip("%s", reason);
}

void private_namespaces(void)
{
	if (unshare(CLONE_NEWIPC | CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		cr_fatal("no private namespaces: %s", strerror(errno));
}
