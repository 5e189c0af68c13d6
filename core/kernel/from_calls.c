/* SPDX-License-Identifier: 0BSD */
/* Enumeration by index with the control calls, which needs no /proc. */
#include <errno.h>
#include <sys/auxv.h>

#include "kernel/sysv.h"

/*
 * An id is a sequence number times 2^15 plus an index, or times 2^24 if booted with ipcmni_extend (Linux
 * 5.2).  Only then can an index exceed 32767; until one does, both masks work.
 */
enum { INDEX_MASK = 0x7fff, EXTENDED_MASK = 0xffffff };

static const char *const calls[IPC_NSYSV] = {
	[IPC_MSG] = "msgctl",
	[IPC_SHM] = "shmctl",
	[IPC_SEM] = "semctl",
};

const char *from_calls_where(enum ipc_kind kind)
{
	return calls[kind];
}

/* True if all segments together fit 32 bits; their total is in pages, so it is not truncated itself. */
static bool are_sizes_whole(const struct ipc_sys *sys)
{
	const uint64_t most = (UINT64_C(1) << 32) / getauxval(AT_PAGESZ);
	struct ipc_obj usage;

	return !sys->calls->cut || (sys->calls->ctl(IPC_SHM, OP_USAGE, 0, &usage) >= 0 &&
		ipc_has(&usage, F_USED_PAGES) && (uint64_t)usage.v[F_USED_PAGES] < most);
}

void from_calls_doubt_size(const struct ipc_sys *sys, struct ipc_obj *o)
{
	if (o->kind == IPC_SHM && !are_sizes_whole(sys))
		ipc_unset(o, F_SIZE);
}

int from_calls_open(struct from_calls *w, const struct ipc_sys *sys, enum ipc_kind kind, int64_t after)
{
	int highest = sys->calls->limits(kind, NULL);

	if (highest < 0)
		return highest;
	w->highest = highest;
	w->next = 0;
	if (after >= 0)
		w->next = (int)(after & (highest > INDEX_MASK ? EXTENDED_MASK : INDEX_MASK)) + 1;
	w->op = OP_STAT_ANY;
	w->proven = false;
	w->sized = kind != IPC_SHM || are_sizes_whole(sys);
	return 0;
}

/*
 * Before 4.17, *_STAT_ANY is missing and fails with EINVAL, like any empty index.  Until it is clear
 * which of the two it was, retry with the older operation.
 */
static int at_index(struct from_calls *w, const struct ipc_sys *sys, enum ipc_kind kind, int index,
		    struct ipc_obj *o)
{
	int rc = sys->calls->ctl(kind, w->op, index, o);

	if (rc < 0 && rc != -EACCES) {
		if (rc != -EINVAL || w->proven)
			return rc;
		rc = sys->calls->ctl(kind, OP_STAT_INDEX, index, o);
		if (rc < 0 && rc != -EACCES)
			return rc;
		w->op = OP_STAT_INDEX;
	}
	w->proven = true;
	return rc;
}

int from_calls_next(struct from_calls *w, const struct ipc_sys *sys, enum ipc_kind kind, unsigned *hidden,
		  struct ipc_obj *o)
{
	while (w->next <= w->highest) {
		int rc = at_index(w, sys, kind, w->next++, o);

		if (rc >= 0) {
			if (!w->sized)
				ipc_unset(o, F_SIZE);
			return 1;
		}
		if (rc == -EACCES || rc == -EPERM)
			++*hidden;
		else if (rc != -EINVAL && rc != -EIDRM)
			return rc;
	}
	return 0;
}

int from_calls_find(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o)
{
	if (sys->calls->ctl(kind, OP_STAT_ANY, id & INDEX_MASK, o) == id)
		return 0;
	return sys->calls->ctl(kind, OP_STAT_ANY, id & EXTENDED_MASK, o) == id ? 0 : -EINVAL;
}
