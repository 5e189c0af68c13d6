/* SPDX-License-Identifier: 0BSD */
/* Rows from the text under /proc: the first choice, since anybody may read it. */
#include <errno.h>
#include <string.h>
#include <sys/auxv.h>

#include "kernel/sysv.h"

static const char *const files[IPC_NSYSV] = {
	[IPC_MSG] = "/sysvipc/msg",
	[IPC_SHM] = "/sysvipc/shm",
	[IPC_SEM] = "/sysvipc/sem",
};

const char *from_proc_where(enum ipc_kind kind)
{
	return files[kind];
}

int from_proc_open(struct from_proc *p, const struct ipc_sys *sys, enum ipc_kind kind)
{
	ptrdiff_t n = 0;
	int rc = proc_lines(&p->file, sys, files[kind]);

	p->huge = 0;
	if (rc < 0)
		return rc;
	while (n == 0 && (rc = proc_more(&p->file, 0)) == 1)
		n = sysvipc_header(&p->fmt, kind, p->file.buf, p->file.end);
	if (n > 0) {
		p->file.at = (size_t)n;
		return 0;
	}
	proc_close(&p->file);
	return rc < 0 ? rc : -EBADMSG;
}

/* The default size of a huge page or, if there are none, of a page. */
static uint64_t huge_page(const struct ipc_sys *sys)
{
	struct proc_file p;
	const char *line;
	size_t len;
	uint64_t bytes = 0;
	int rc = proc_lines(&p, sys, "/meminfo");

	while (rc == 0 && bytes == 0 && (rc = proc_line(&p, 0, &line, &len)) == 1) {
		sysvipc_huge_page(line, len, &bytes);
		rc = 0;
	}
	proc_close(&p);
	return bytes != 0 ? bytes : getauxval(AT_PAGESZ);
}

static bool fills_page(uint64_t size, uint64_t more, uint64_t page)
{
	return more <= (page - size % page) % page;
}

/*
 * Resident memory cannot exceed the size rounded up to whole pages.  Linux 6.18 reports more for huge
 * pages: it counts each one as often as it contains base pages.
 */
static void doubt_rss(struct from_proc *p, const struct ipc_sys *sys, struct ipc_obj *o)
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

int from_proc_next(struct from_proc *p, const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o)
{
	for (;;) {
		ptrdiff_t n = sysvipc_row(&p->fmt, kind, p->file.buf + p->file.at, p->file.end - p->file.at, o);
		int rc;

		if (n < 0)
			return (int)n;
		if (n > 0) {
			p->file.at += (size_t)n;
			if (exceeds(o))
				doubt_rss(p, sys, o);
			return 1;
		}
		rc = proc_more(&p->file, 0);
		if (rc <= 0)
			return rc;
	}
}

void from_proc_close(struct from_proc *p)
{
	proc_close(&p->file);
}
