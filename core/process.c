/* SPDX-License-Identifier: 0BSD */
#include "process.h"

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>

#include "parse.h"

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

/* What /proc/PID/stat tells of a process. */
struct stat_line {
	char state;
	uint64_t threads, ticks;	/* ticks: from the boot to its beginning */
};

/* The number behind so many blanks from s on; false if there is none. */
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

/*
 * Fields 3, 20 and 22 of proc_pid_stat(5).  The name before them may hold anything, so
 * they are counted from its last parenthesis.  False if there is no such line.
 */
static bool read_stat(const struct ipc_sys *sys, int64_t pid, struct stat_line *line)
{
	char path[PROCESS_PATH], text[1024], *s;
	ssize_t n;

	process_path(path, pid, "/stat");
	n = sys_proc_text(sys, path, text, sizeof text);
	if (n < 0 || (s = memrchr(text, ')', (size_t)n)) == NULL || text + n - s < 3)
		return false;
	line->state = s[2];
	return number_behind(s, text + n, 18, &line->threads) && number_behind(s, text + n, 20, &line->ticks);
}

int process_gone(const struct ipc_sys *sys, int64_t pid, int64_t when)
{
	/* The clocks of the object and of the process are read and rounded each in its own way. */
	enum { SLACK = 2 };
	/* What no kernel since 2.6 leaves out, an emulation may. */
	uint64_t a_second = getauxval(AT_CLKTCK) ? getauxval(AT_CLKTCK) : 100;
	struct stat_line line;

	if (pid <= 0)
		return -ESRCH;
	if (sys->calls->alive((int)pid) == -ESRCH)
		return 1;
	if (!read_stat(sys, pid, &line))
		return 0;
	/* A zombie uses nothing any more, unless it is the first thread of others that live on. */
	if (line.state == 'Z' && line.threads <= 1)
		return 1;
	return sys->calls->booted() + (int64_t)(line.ticks / a_second) > when + SLACK;
}

int process_command(const struct ipc_sys *sys, int64_t pid, int64_t when, char *buf, size_t size)
{
	char path[PROCESS_PATH];
	ssize_t n;

	if (process_gone(sys, pid, when) != 0)
		return -ESRCH;
	process_path(path, pid, "/cmdline");
	n = sys_proc_text(sys, path, buf, size - 1);
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

/* What several processes say together: somebody is there, all are gone, or it is not known. */
struct verdict {
	bool used, unknown, gone;
};

static void ask(const struct ipc_sys *sys, struct verdict *v, int64_t pid, int64_t when)
{
	int gone = process_gone(sys, pid, when);

	v->used |= gone == 0;
	v->gone |= gone == 1;
	v->unknown |= gone < 0;
}

static void ask_segment(const struct ipc_sys *sys, struct verdict *v, const struct ipc_obj *o)
{
	int64_t last = o->v[F_ATIME] > o->v[F_DTIME] ? o->v[F_ATIME] : o->v[F_DTIME];

	v->used = o->v[F_NATTCH] > 0;
	if (v->used)
		return;
	ask(sys, v, o->v[F_CPID], o->v[F_CTIME]);
	/* Number 0 without a time is nobody; with one it is somebody of another namespace. */
	if (last != 0 || o->v[F_LPID] != 0)
		ask(sys, v, o->v[F_LPID], last);
}

static void ask_queue(const struct ipc_sys *sys, struct verdict *v, const struct ipc_obj *o)
{
	ask(sys, v, o->v[F_LSPID], o->v[F_STIME]);
	ask(sys, v, o->v[F_LRPID], o->v[F_RTIME]);
}

static void ask_set(const struct ipc_sys *sys, struct verdict *v, const struct ipc_obj *o)
{
	/* SETVAL and SETALL count as operations, but are told by the time of the change. */
	int64_t last = o->v[F_OTIME] > o->v[F_CTIME] ? o->v[F_OTIME] : o->v[F_CTIME], before = 0;

	for (int i = 0; i < (int)o->v[F_NSEMS] && !v->used; i++) {
		struct ipc_obj one;

		ipc_clear(&one, IPC_ELEMENT);
		if (sys_sem_fill(sys, (int)o->v[F_ID], i, &one) < 0) {
			v->unknown = true;
			return;
		}
		v->used |= one.v[F_NCOUNT] > 0 || one.v[F_ZCOUNT] > 0;
		/* One that nobody has touched yet says nothing; most of a set were touched by one process. */
		if (one.v[F_SEMPID] != 0 && one.v[F_SEMPID] != before)
			ask(sys, v, one.v[F_SEMPID], last);
		before = one.v[F_SEMPID];
	}
}

void process_judge(const struct ipc_sys *sys, struct ipc_obj *o)
{
	static const uint64_t needed[IPC_NSYSV] = {
		[IPC_MSG] = UINT64_C(1) << F_LSPID | UINT64_C(1) << F_LRPID | UINT64_C(1) << F_STIME |
			UINT64_C(1) << F_RTIME,
		[IPC_SHM] = UINT64_C(1) << F_NATTCH | UINT64_C(1) << F_CPID | UINT64_C(1) << F_LPID |
			UINT64_C(1) << F_CTIME | UINT64_C(1) << F_ATIME | UINT64_C(1) << F_DTIME,
		[IPC_SEM] = UINT64_C(1) << F_NSEMS | UINT64_C(1) << F_OTIME | UINT64_C(1) << F_CTIME,
	};
	struct verdict v = { false, false, false };

	if (o->kind >= IPC_NSYSV || (o->have & needed[o->kind]) != needed[o->kind])
		return;
	if (o->kind == IPC_SHM)
		ask_segment(sys, &v, o);
	else if (o->kind == IPC_MSG)
		ask_queue(sys, &v, o);
	else
		ask_set(sys, &v, o);
	if (v.used || (v.gone && !v.unknown))
		ipc_set(o, F_ORPHAN, !v.used);
}
