/* SPDX-License-Identifier: 0BSD */
/* Enumeration and limits by the text under /proc: the first choice, for anybody may read it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sys.h"

static const char *const files[IPC_NSYSV] = {
	[IPC_MSG] = "/sysvipc/msg",
	[IPC_SHM] = "/sysvipc/shm",
	[IPC_SEM] = "/sysvipc/sem",
};

const char *sys_proc_where(enum ipc_kind kind)
{
	return files[kind];
}

static int open_below(const struct ipc_sys *sys, const char *path)
{
	char full[1024];
	size_t root = strlen(sys->proc), n = strlen(path) + 1;
	int fd;

	if (root + n > sizeof full)
		return -ENAMETOOLONG;
	memcpy(full, sys->proc, root);
	memcpy(full + root, path, n);
	/*
	 * O_NONBLOCK: what is mounted over the file may be a FIFO.  No O_CLOEXEC: nothing
	 * is ever executed, and musl makes a second call of it.
	 */
	do
		fd = open(full, O_RDONLY | O_NOCTTY | O_NONBLOCK);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

static ssize_t read_some(int fd, char *buf, size_t size)
{
	ssize_t n;

	do
		n = read(fd, buf, size);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

/*
 * Reads on behind what is not used yet: 1, or 0 at the end.  A line that the buffer
 * cannot hold, or an unfinished last one, is no line of this file.
 */
static int more(struct sys_proc *p)
{
	ssize_t n;

	p->end -= p->at;
	memmove(p->buf, p->buf + p->at, p->end);
	p->at = 0;
	if (p->end == sizeof p->buf - 1)
		return -EBADMSG;
	n = read_some(p->fd, p->buf + p->end, sizeof p->buf - 1 - p->end);
	if (n < 0)
		return (int)n;
	p->end += (size_t)n;
	p->buf[p->end] = '\0';
	return n > 0 ? 1 : p->end > 0 ? -EBADMSG : 0;
}

/* The header is the first line; an empty file has none. */
static int read_header(struct sys_proc *p, enum ipc_kind kind)
{
	const char *newline;
	size_t len;

	do {
		int rc = more(p);

		if (rc <= 0)
			return rc < 0 ? rc : -EBADMSG;
		newline = memchr(p->buf, '\n', p->end);
	} while (newline == NULL);
	len = (size_t)(newline - p->buf);
	p->at = len + 1;
	return procfmt_header(&p->fmt, kind, p->buf, len);
}

int sys_proc_open(struct sys_proc *p, const struct ipc_sys *sys, enum ipc_kind kind)
{
	int rc;

	p->at = p->end = 0;
	p->fd = open_below(sys, files[kind]);
	if (p->fd < 0) {
		rc = p->fd;
		p->fd = -1;
		return rc;
	}
	rc = read_header(p, kind);
	if (rc < 0)
		sys_proc_close(p);
	return rc;
}

int sys_proc_next(struct sys_proc *p, enum ipc_kind kind, struct ipc_obj *o)
{
	for (;;) {
		ptrdiff_t n = procfmt_row(&p->fmt, kind, p->buf + p->at, p->end - p->at, o);
		int rc;

		if (n > 0)
			p->at += (size_t)n;
		if (n != 0)
			return n > 0 ? 1 : (int)n;
		rc = more(p);
		if (rc <= 0)
			return rc;
	}
}

void sys_proc_close(struct sys_proc *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

ssize_t sys_proc_text(const struct ipc_sys *sys, const char *path, char *buf, size_t size)
{
	int fd = open_below(sys, path);
	ssize_t got;

	if (fd < 0)
		return fd;
	/* The kernel answers such a file in one read. */
	got = read_some(fd, buf, size);
	close(fd);
	return got;
}

int sys_proc_numbers(const struct ipc_sys *sys, const char *path, uint64_t *v, size_t n)
{
	char text[256];
	ssize_t got = sys_proc_text(sys, path, text, sizeof text);

	return got < 0 ? (int)got : procfmt_numbers(text, (size_t)got, v, n);
}
