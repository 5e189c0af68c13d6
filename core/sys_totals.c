/* SPDX-License-Identifier: 0BSD */
/* What holds of a kind as a whole: its limits and its usage, from either source. */
#include <errno.h>
#include <string.h>
#include <sys/auxv.h>

#include "limit.h"
#include "sys.h"

/* As many limits of the kind as the files give; the error of the first that does not. */
static int proc_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o, const char **where)
{
	const char *read = NULL;
	uint64_t words[4];
	int first = 0;

	for (const struct limit *l = limits; l < limits + limit_count; l++) {
		int rc = 0;

		if (l->kind != kind)
			continue;
		if (l->sysctl == NULL) {
			if (l->fixed != 0)
				ipc_set(o, l->field, l->fixed);
			continue;
		}
		if (read == NULL || strcmp(read, l->sysctl) != 0)
			rc = sys_proc_numbers(sys, l->sysctl, words, l->words);
		if (rc == 0) {
			ipc_set(o, l->field, (int64_t)words[l->word]);
			read = l->sysctl;
		} else if (first == 0) {
			first = rc;
			*where = l->sysctl;
		}
	}
	return first;
}

int sys_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o, const char **where)
{
	struct ipc_obj told;
	int rc = -ENOENT, again;

	ipc_clear(o, kind);
	if (kind >= IPC_NSYSV) {
		/* There is no other source for a sysctl that cannot be read: it stays unknown. */
		proc_limits(sys, kind, o, where);
		*where = posix_where(sys, kind);
		return posix_limits(sys, kind, o);
	}
	if (sys->source != SOURCE_SYSCALL) {
		rc = proc_limits(sys, kind, o, where);
		if (rc == 0 || sys->source == SOURCE_PROC)
			return rc;
	}
	again = sys->calls->ctl(kind, OP_LIMITS, 0, &told);
	if (again < 0) {
		if (sys->source == SOURCE_AUTO && (again != -ENOSYS || rc != -ENOENT))
			return rc;
		*where = sys_walk_where(kind);
		return again;
	}
	for (unsigned f = 0; f < F_COUNT; f++)
		if (ipc_has(&told, f) && !ipc_has(o, f))
			ipc_set(o, f, told.v[f]);
	return 0;
}

static void add(struct ipc_obj *sum, unsigned f, uint64_t n)
{
	ipc_set(sum, f, (int64_t)((ipc_has(sum, f) ? (uint64_t)sum->v[f] : 0) + n));
}

/* Adds field f of a row to field `to` of the sum, in pages; what rows lack is not known of the sum. */
static void add_pages(struct ipc_obj *sum, unsigned to, const struct ipc_obj *o, unsigned f, uint64_t page)
{
	if (ipc_has(o, f))
		add(sum, to, (uint64_t)o->v[f] / page + ((uint64_t)o->v[f] % page != 0));
	else
		sum->have &= ~(UINT64_C(1) << to);
}

static void add_row(struct ipc_obj *sum, const struct ipc_obj *o, uint64_t page)
{
	add(sum, F_USED, 1);
	switch (o->kind) {
	case IPC_MSG:
		add(sum, F_USED_MESSAGES, (uint64_t)o->v[F_QNUM]);
		add(sum, F_USED_BYTES, (uint64_t)o->v[F_CBYTES]);
		break;
	case IPC_PMSG:
		if (ipc_has(o, F_QNUM))
			add(sum, F_USED_MESSAGES, (uint64_t)o->v[F_QNUM]);
		if (ipc_has(o, F_CBYTES))
			add(sum, F_USED_BYTES, (uint64_t)o->v[F_CBYTES]);
		break;
	case IPC_PSHM:
		add(sum, F_USED_BYTES, (uint64_t)o->v[F_SIZE]);
		add(sum, F_RSS, (uint64_t)o->v[F_RSS]);
		break;
	case IPC_PSEM:
		break;
	case IPC_SHM:
		add_pages(sum, F_USED_PAGES, o, F_SIZE, page);
		add_pages(sum, F_RSS_PAGES, o, F_RSS, page);
		add_pages(sum, F_SWAP_PAGES, o, F_SWAP, page);
		break;
	default:
		add(sum, F_USED_SEMS, (uint64_t)o->v[F_NSEMS]);
		break;
	}
}

/*
 * The usage of a kind as the sum of its rows.  The swap counters of SHM_INFO are
 * 0 on every kernel since 2.4 (shmctl(2)), and so they are here.
 */
static int proc_usage(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *sum, const char **where)
{
	static const struct { uint8_t kind, field; } counted[] = {
		{ IPC_MSG, F_USED }, { IPC_MSG, F_USED_MESSAGES }, { IPC_MSG, F_USED_BYTES },
		{ IPC_SHM, F_USED }, { IPC_SHM, F_USED_PAGES }, { IPC_SHM, F_RSS_PAGES },
		{ IPC_SHM, F_SWAP_PAGES }, { IPC_SHM, F_SWAP_ATTEMPTS }, { IPC_SHM, F_SWAP_SUCCESSES },
		{ IPC_SEM, F_USED }, { IPC_SEM, F_USED_SEMS },
		{ IPC_PMSG, F_USED }, { IPC_PMSG, F_USED_MESSAGES }, { IPC_PMSG, F_USED_BYTES },
		{ IPC_PSHM, F_USED }, { IPC_PSHM, F_USED_BYTES }, { IPC_PSHM, F_RSS }, { IPC_PSEM, F_USED },
	};
	struct ipc_sys files = *sys;
	uint64_t page = getauxval(AT_PAGESZ);
	struct ipc_iter it;
	struct ipc_obj o;
	int rc;

	files.source = SOURCE_PROC;
	rc = ipc_iter_open(&it, &files, kind);
	ipc_clear(sum, kind);
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		if (counted[i].kind == kind)
			ipc_set(sum, counted[i].field, 0);
	while (rc == 0 && (rc = ipc_iter_next(&it, &o)) == 1) {
		add_row(sum, &o, page);
		rc = 0;
	}
	ipc_iter_close(&it);
	*where = it.where;
	/* A sum of only those that may be looked at would pass for all. */
	return rc == 0 && it.hidden > 0 ? -EACCES : rc;
}

int sys_usage(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o, const char **where)
{
	int rc, again;

	if (sys->source == SOURCE_PROC || kind >= IPC_NSYSV) {
		rc = proc_usage(sys, kind, o, where);
		if (rc == 0 && kind == IPC_PSHM)
			posix_space(sys, o);
		return rc;
	}
	rc = sys->calls->ctl(kind, OP_USAGE, 0, o);
	if (rc >= 0)
		return 0;
	if (sys->source == SOURCE_AUTO) {
		again = proc_usage(sys, kind, o, where);
		if (again == 0)
			return 0;
	}
	*where = sys_walk_where(kind);
	return rc;
}
