/* SPDX-License-Identifier: 0BSD */
#include "kernel/process.h"

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>

#include "kernel/pid_text.h"
#include "kernel/proc.h"
#include "parse/parse.h"

void process_path(char path[PROCESS_PATH], int64_t pid, const char *file)
{
	char digits[24], *end = digits + sizeof digits, *s = end;

	do {
		*--s = (char)('0' + pid % 10);
		pid /= 10;
	} while (pid > 0);
	*--s = '/';
	memcpy(path, s, (size_t)(end - s));
	strcpy(path + (end - s), file);
}

struct stat_line {
	char state;
	uint64_t threads, ticks;	/* ticks: from boot to its start */
};

static bool number_behind(const char *s, const char *end, int blanks, uint64_t *n)
{
	for (; blanks > 0; blanks--) {
		s = memchr(s, ' ', (size_t)(end - s));
		if (s == NULL)
			return false;
		s++;
	}
	return parse_digits(s, (size_t)(end - s), 10, n) > 0;
}

/* Fields 3, 20 and 22 of proc_pid_stat(5).  The name may hold anything, so count from the last ")". */
static bool read_stat(const struct ipc_sys *sys, int64_t pid, struct stat_line *line)
{
	char path[PROCESS_PATH], text[1024], *s;
	ssize_t n;

	process_path(path, pid, "/stat");
	n = proc_text(sys, path, text, sizeof text);
	if (n < 0 || (s = memrchr(text, ')', (size_t)n)) == NULL || text + n - s < 3)
		return false;
	line->state = s[2];
	return number_behind(s, text + n, 18, &line->threads) && number_behind(s, text + n, 20, &line->ticks);
}

int process_name(const struct ipc_sys *sys, int64_t pid, char name[PROCESS_NAME])
{
	char path[PROCESS_PATH];
	ssize_t n;

	process_path(path, pid, "/comm");
	n = proc_text(sys, path, name, PROCESS_NAME - 1);
	if (n <= 1)
		return n < 0 ? (int)n : -ESRCH;
	/* Drop the newline. */
	name[n - 1] = '\0';
	return 0;
}

bool process_began(const struct ipc_sys *sys, int64_t pid, uint64_t *ticks)
{
	struct stat_line line;

	if (!read_stat(sys, pid, &line))
		return false;
	*ticks = line.ticks;
	return true;
}

uint64_t process_ticks(void)
{
	/* Every kernel since 2.6 provides it, but an emulation may not. */
	return getauxval(AT_CLKTCK) ? getauxval(AT_CLKTCK) : 100;
}

enum process_fate process_fate(const struct ipc_sys *sys, int64_t pid, int64_t when)
{
	/* The times of objects and processes come from different clocks and rounding. */
	enum { SLACK = 2 };
	struct stat_line line;
	int64_t booted;

	if (pid <= 0)
		return PROCESS_UNKNOWN;
	if (sys->calls->alive((int)pid) == -ESRCH)
		return PROCESS_GONE;
	if (!read_stat(sys, pid, &line))
		return PROCESS_LIVES;
	/* A zombie uses nothing any more unless it is a main thread that other threads outlive. */
	if ((line.state == 'Z' || line.state == 'X') && line.threads <= 1)
		return PROCESS_GONE;
	booted = sys->calls->booted();
	if (booted != 0 && booted + (int64_t)(line.ticks / process_ticks()) > when + SLACK)
		return PROCESS_REUSED;
	return PROCESS_LIVES;
}

int process_command(const struct ipc_sys *sys, int64_t pid, int64_t when, char *buf, size_t size)
{
	char path[PROCESS_PATH];
	ssize_t n;

	if (process_fate(sys, pid, when) != PROCESS_LIVES)
		return -ESRCH;
	process_path(path, pid, "/cmdline");
	n = proc_text(sys, path, buf, size - 1);
	if (n <= 0)
		return -ESRCH;
	while (n > 0 && buf[n - 1] == '\0')
		n--;
	for (ssize_t i = 0; i < n; i++)
		if (buf[i] == '\0')
			buf[i] = ' ';
	buf[n] = '\0';
	return (int)n;
}
