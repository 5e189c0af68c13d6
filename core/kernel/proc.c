/* SPDX-License-Identifier: 0BSD */
#include "kernel/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "kernel/pid_text.h"
#include "kernel/sysvipc_text.h"

enum { FULL = 1024 };

static int below(char full[FULL], const struct ipc_sys *sys, const char *path)
{
	size_t root = strlen(sys->proc), n = strlen(path) + 1;

	if (root + n > FULL)
		return -ENAMETOOLONG;
	memcpy(full, sys->proc, root);
	memcpy(full + root, path, n);
	return 0;
}

int proc_fd(const struct ipc_sys *sys, const char *path)
{
	char full[FULL];
	int fd = below(full, sys, path);

	if (fd < 0)
		return fd;
	/*
	 * O_NONBLOCK: a FIFO may be mounted over the file.  No O_CLOEXEC: we never execute a program, and musl
	 * would make a second system call for it.
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

int proc_more(struct proc_file *p, size_t keep)
{
	ssize_t n;

	p->end -= p->at;
	memmove(p->buf, p->buf + p->at, p->end);
	p->at = 0;
	if (p->end == sizeof p->buf - 1) {
		if (keep == 0)
			return -EBADMSG;
		p->end = keep;
	}
	n = read_some(p->fd, p->buf + p->end, sizeof p->buf - 1 - p->end);
	if (n < 0)
		return (int)n;
	p->end += (size_t)n;
	p->buf[p->end] = '\0';
	return n > 0 ? 1 : p->end > 0 ? -EBADMSG : 0;
}

int proc_line(struct proc_file *p, size_t keep, const char **line, size_t *len)
{
	for (;;) {
		const char *start = p->buf + p->at, *newline = memchr(start, '\n', p->end - p->at);
		int rc;

		if (newline != NULL) {
			*line = start;
			*len = (size_t)(newline - start);
			p->at += *len + 1;
			return 1;
		}
		rc = proc_more(p, keep);
		if (rc <= 0)
			return rc;
	}
}

int proc_lines(struct proc_file *p, const struct ipc_sys *sys, const char *path)
{
	int fd = proc_fd(sys, path);

	p->at = p->end = 0;
	p->fd = fd < 0 ? -1 : fd;
	return fd < 0 ? fd : 0;
}

void proc_close(struct proc_file *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

ssize_t proc_text(const struct ipc_sys *sys, const char *path, char *buf, size_t size)
{
	int fd = proc_fd(sys, path);
	ssize_t got;

	if (fd < 0)
		return fd;
	/* The kernel returns such a file in one read. */
	got = read_some(fd, buf, size);
	close(fd);
	return got;
}

int proc_numbers(const struct ipc_sys *sys, const char *path, uint64_t *v, size_t n)
{
	char text[256];
	ssize_t got = proc_text(sys, path, text, sizeof text);

	return got < 0 ? (int)got : sysvipc_numbers(text, (size_t)got, v, n);
}

/* The result of statx(2) as Linux lays it out; musl before 1.2.4 does not declare it. */
struct answer {
	uint32_t before[8];
	uint64_t inode;
	uint64_t between[12];
	uint32_t major, minor;
	uint64_t behind[14];
};

_Static_assert(offsetof(struct answer, major) == 136 && sizeof(struct answer) == 256, "as the kernel has it");

/*
 * Use cached attributes, because a file may be on a server that does not answer.  Kernels before 4.11 do
 * not have statx(2), and some system call filters block it.
 */
static int which(int at, const char *path, int flags, struct proc_id *f)
{
	enum { DONT_SYNC = 0x4000, INODE = 0x100 };
	struct answer known;
	struct stat st;

	if (syscall(SYS_statx, at, path, flags | DONT_SYNC, INODE, &known) == 0) {
		f->device = pid_device(known.major, known.minor);
		f->inode = known.inode;
		return 0;
	}
	if ((errno != ENOSYS && errno != EPERM) || fstatat(at, path, &st, flags) < 0)
		return -errno;
	f->device = pid_device(major(st.st_dev), minor(st.st_dev));
	f->inode = st.st_ino;
	return 0;
}

int proc_which_fd(int fd, struct proc_id *f)
{
	return which(fd, "", AT_EMPTY_PATH, f);
}

int proc_which(const struct ipc_sys *sys, const char *path, struct proc_id *f)
{
	char full[FULL];
	int rc = below(full, sys, path);

	return rc < 0 ? rc : which(AT_FDCWD, full, 0, f);
}
