/* SPDX-License-Identifier: 0BSD */
/* Enumeration and limits by the text under /proc: the first choice, for anybody may read it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
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

int sys_proc_fd(const struct ipc_sys *sys, const char *path)
{
	char full[FULL];
	int fd = below(full, sys, path);

	if (fd < 0)
		return fd;
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
 * Reads on behind what is not used yet: 1, or 0 at the end.  An unfinished last line is no
 * line of such a file; nor is one that the buffer cannot hold, or, with `keep`, only so much
 * of its beginning is kept.
 */
static int more(struct sys_proc *p, size_t keep)
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

int sys_proc_line(struct sys_proc *p, size_t keep, const char **line, size_t *len)
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
		rc = more(p, keep);
		if (rc <= 0)
			return rc;
	}
}

int sys_proc_lines(struct sys_proc *p, const struct ipc_sys *sys, const char *path)
{
	int fd = sys_proc_fd(sys, path);

	p->at = p->end = 0;
	p->huge = 0;
	p->fd = fd < 0 ? -1 : fd;
	return fd < 0 ? fd : 0;
}

int sys_proc_open(struct sys_proc *p, const struct ipc_sys *sys, enum ipc_kind kind)
{
	ptrdiff_t n = 0;
	int rc = sys_proc_lines(p, sys, files[kind]);

	if (rc < 0)
		return rc;
	while (n == 0 && (rc = more(p, 0)) == 1)
		n = procfmt_header(&p->fmt, kind, p->buf, p->end);
	if (n > 0) {
		p->at = (size_t)n;
		return 0;
	}
	sys_proc_close(p);
	return rc < 0 ? rc : -EBADMSG;
}

/* Bytes of a huge page of the usual size; those of an ordinary one if there are none. */
static uint64_t huge_page(const struct ipc_sys *sys)
{
	struct sys_proc p;
	const char *line;
	size_t len;
	uint64_t bytes = 0;
	int rc = sys_proc_lines(&p, sys, "/meminfo");

	while (rc == 0 && bytes == 0 && (rc = sys_proc_line(&p, 0, &line, &len)) == 1) {
		procfmt_huge_page(line, len, &bytes);
		rc = 0;
	}
	sys_proc_close(&p);
	return bytes != 0 ? bytes : getauxval(AT_PAGESZ);
}

/* Do so many bytes more than `size` only fill up its last page? */
static bool fills_page(uint64_t size, uint64_t more, uint64_t page)
{
	return more <= (page - size % page) % page;
}

/*
 * A segment cannot have more in memory than it is large, but for its last page.  Linux 6.18 says that of
 * those of huge pages, each of which it counts for as many as it has ordinary pages.
 */
static void doubt_rss(struct sys_proc *p, const struct ipc_sys *sys, struct ipc_obj *o)
{
	uint64_t size = (uint64_t)o->v[F_SIZE], more = (uint64_t)o->v[F_RSS] - size;

	if (fills_page(size, more, getauxval(AT_PAGESZ)))
		return;
	if (p->huge == 0)
		p->huge = huge_page(sys);
	if (!fills_page(size, more, p->huge))
		ipc_unset(o, F_RSS);
}

static bool exceeds(const struct ipc_obj *o)
{
	return ipc_has(o, F_SIZE) && ipc_has(o, F_RSS) && (uint64_t)o->v[F_RSS] > (uint64_t)o->v[F_SIZE];
}

int sys_proc_next(struct sys_proc *p, const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o)
{
	for (;;) {
		ptrdiff_t n = procfmt_row(&p->fmt, kind, p->buf + p->at, p->end - p->at, o);
		int rc;

		if (n < 0)
			return (int)n;
		if (n > 0) {
			p->at += (size_t)n;
			if (exceeds(o))
				doubt_rss(p, sys, o);
			return 1;
		}
		rc = more(p, 0);
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
	int fd = sys_proc_fd(sys, path);
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

/* What statx(2) answers, as Linux lays it out: musl before 1.2.4 has no such struct. */
struct answer {
	uint32_t before[8];
	uint64_t inode;
	uint64_t between[12];
	uint32_t major, minor;
	uint64_t behind[14];
};

_Static_assert(offsetof(struct answer, major) == 136 && sizeof(struct answer) == 256, "as the kernel has it");

/*
 * A file may be of a server that does not answer, which must not hold us up: what is known
 * of it here will do.  Kernels before 4.11, and some filters of calls, have no statx(2).
 */
static int which(int at, const char *path, int flags, struct sys_file *f)
{
	enum { DONT_SYNC = 0x4000, INODE = 0x100 };
	struct answer known;
	struct stat st;

	if (syscall(SYS_statx, at, path, flags | DONT_SYNC, INODE, &known) == 0) {
		f->device = taskfmt_device(known.major, known.minor);
		f->inode = known.inode;
		return 0;
	}
	if ((errno != ENOSYS && errno != EPERM) || fstatat(at, path, &st, flags) < 0)
		return -errno;
	f->device = taskfmt_device(major(st.st_dev), minor(st.st_dev));
	f->inode = st.st_ino;
	return 0;
}

int sys_which(int fd, struct sys_file *f)
{
	return which(fd, "", AT_EMPTY_PATH, f);
}

int sys_proc_which(const struct ipc_sys *sys, const char *path, struct sys_file *f)
{
	char full[FULL];
	int rc = below(full, sys, path);

	return rc < 0 ? rc : which(AT_FDCWD, full, 0, f);
}
