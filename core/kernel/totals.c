/* SPDX-License-Identifier: 0BSD */
#include "kernel/totals.h"

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>

#include "kernel/judge.h"
#include "kernel/object.h"

/* Returns the first error, but reads all limits that it can. */
static int proc_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct limit_values *values,
		       const char **where)
{
	const char *read = NULL;
	uint64_t words[4];
	int first = 0;

	for (enum limit_id i = 0; i < L_COUNT; i++) {
		const struct limit *l = &limits[i];
		int rc = 0;

		if (l->kind != kind)
			continue;
		if (l->sysctl == NULL) {
			if (l->fixed != 0)
				limit_set(values, i, l->fixed);
			continue;
		}
		if (read == NULL || strcmp(read, l->sysctl) != 0)
			rc = proc_numbers(sys, l->sysctl, words, l->words);
		if (rc == 0) {
			limit_set(values, i, (int64_t)words[l->word]);
			read = l->sysctl;
		} else if (first == 0) {
			first = rc;
			*where = l->sysctl;
		}
	}
	return first;
}

static void fill_limits(struct limit_values *values, const struct limit_values *from)
{
	for (enum limit_id i = 0; i < L_COUNT; i++)
		if (limit_has(from, i) && !limit_has(values, i))
			limit_set(values, i, from->v[i]);
}

int totals_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct limit_values *values,
		  const char **where)
{
	struct limit_values told = { .have = 0 };
	int rc = -ENOENT, again;

	values->have = 0;
	if (posix_has(kind)) {
		/* A sysctl that cannot be read remains unknown: there is no other source. */
		proc_limits(sys, kind, values, where);
		*where = posix_where(sys, kind);
		return posix_limits(sys, kind, values);
	}
	if (sys->source != SOURCE_SYSCALL) {
		rc = proc_limits(sys, kind, values, where);
		if (rc == 0 || sys->source == SOURCE_PROC)
			return rc;
	}
	again = sys->calls->limits(kind, &told);
	if (again < 0) {
		if (sys->source == SOURCE_AUTO && (again != -ENOSYS || rc != -ENOENT))
			return rc;
		*where = from_calls_where(kind);
		return again;
	}
	fill_limits(values, &told);
	return 0;
}

/* Instead of a field: add 1 for each row; add nothing. */
enum { EACH = F_COUNT, NEVER };

/*
 * The fields of each kind's usage, and the fields of rows that they add up; `from` 0 ends a list.  The
 * swap counters of SHM_INFO are 0 on every kernel since 2.4 (shmctl(2)), so they are 0 here.
 */
static const struct counted {
	uint8_t field, from;
	bool pages;		/* round the bytes of each row up to whole pages */
} counted[IPC_NKINDS][7] = {
	[IPC_MSG] = {
		{ F_USED, EACH, false },
		{ F_USED_MESSAGES, F_QNUM, false },
		{ F_USED_BYTES, F_CBYTES, false },
	},
	[IPC_SHM] = {
		{ F_USED, EACH, false },
		{ F_USED_PAGES, F_SIZE, true },
		{ F_RSS_PAGES, F_RSS, true },
		{ F_SWAP_PAGES, F_SWAP, true },
		{ F_SWAP_ATTEMPTS, NEVER, false },
		{ F_SWAP_SUCCESSES, NEVER, false },
	},
	[IPC_SEM] = {
		{ F_USED, EACH, false },
		{ F_USED_SEMS, F_NSEMS, false },
	},
	[IPC_PMSG] = {
		{ F_USED, EACH, false },
		{ F_USED_MESSAGES, F_QNUM, false },
		{ F_USED_BYTES, F_CBYTES, false },
	},
	[IPC_PSHM] = {
		{ F_USED, EACH, false },
		{ F_USED_BYTES, F_SIZE, false },
		{ F_RSS, F_RSS, false },
	},
	[IPC_PSEM] = {
		{ F_USED, EACH, false },
	},
};

/* Likewise for unattached and orphaned segments. */
static const struct counted unused[] = {
	{ F_USED, EACH, false },
	{ F_USED_BYTES, F_SIZE, false },
	{ 0, 0, false },
};

_Static_assert(F_KEY == 0, "0 is no field that could be added up");

/* Add one row to a field of the sum.  False if the row lacks the field or the sum overflows. */
static bool add(struct ipc_obj *sum, const struct counted *c, const struct ipc_obj *o)
{
	uint64_t n = 1, total;

	if (c->from == NEVER)
		return true;
	if (c->from != EACH) {
		if (!ipc_has(o, c->from))
			return false;
		n = (uint64_t)o->v[c->from];
	}
	if (c->pages) {
		uint64_t page = getauxval(AT_PAGESZ);

		n = n / page + (n % page != 0);
	}
	if (__builtin_add_overflow((uint64_t)sum->v[c->field], n, &total))
		return false;
	sum->v[c->field] = (int64_t)total;
	return true;
}

static void begin(struct ipc_obj *sum, const struct counted *c)
{
	for (; c->from != 0; c++)
		ipc_set(sum, c->field, 0);
}

static void add_row(struct ipc_obj *sum, const struct counted *c, const struct ipc_obj *o)
{
	for (; c->from != 0; c++)
		if (!add(sum, c, o))
			ipc_unset(sum, c->field);
}

void totals_begin(struct ipc_obj *sum, enum ipc_kind kind)
{
	ipc_clear(sum, kind);
	begin(sum, counted[kind]);
}

void totals_add(struct ipc_obj *sum, const struct ipc_obj *o)
{
	add_row(sum, counted[sum->kind], o);
}

static int proc_usage(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *sum, const char **where)
{
	struct ipc_sys files = *sys;
	struct ipc_iter it;
	struct ipc_obj o;
	int rc;

	files.source = SOURCE_PROC;
	rc = ipc_iter_open(&it, &files, kind);
	totals_begin(sum, kind);
	while (rc == 0 && (rc = ipc_iter_next(&it, &o)) == 1) {
		totals_add(sum, &o);
		rc = 0;
	}
	ipc_iter_close(&it);
	*where = it.where;
	return ipc_iter_complete(&it, rc);
}

static bool lacks(const struct ipc_obj *usage)
{
	for (const struct counted *c = counted[usage->kind]; c->from != 0; c++)
		if (!ipc_has(usage, c->field))
			return true;
	return false;
}

/* True if the bytes in queues may exceed the int of MSG_INFO, which wraps around. */
static bool may_wrap(const struct ipc_sys *sys, const struct ipc_obj *usage)
{
	struct limit_values limit = { .have = 0 };

	if (!ipc_has(usage, F_USED_MESSAGES))
		return true;
	if (usage->v[F_USED_MESSAGES] == 0)
		return false;
	if (sys->calls->limits(IPC_MSG, &limit) < 0 || !limit_has(&limit, L_MSGMAX))
		return true;
	return limit.v[L_MSGMAX] <= 0 || usage->v[F_USED_MESSAGES] > INT32_MAX / limit.v[L_MSGMAX];
}

/* Linux 6.18 counts n * n base pages in memory for a huge page of n base pages; n is at least 16. */
static bool may_exceed(const struct ipc_obj *usage)
{
	enum { LEAST = 16 * 16 };

	return ipc_has(usage, F_RSS_PAGES) && (uint64_t)usage->v[F_RSS_PAGES] >= LEAST;
}

static void fill(struct ipc_obj *o, const struct ipc_obj *from)
{
	for (unsigned f = 0; f < F_COUNT; f++)
		if (ipc_has(from, f) && !ipc_has(o, f))
			ipc_set(o, f, from->v[f]);
}

/* Correct results of the call from the rows, if readable, and drop impossible ones. */
static void verify(const struct ipc_sys *sys, struct ipc_obj *usage)
{
	struct ipc_obj sum;
	const char *where;
	bool exceeds = usage->kind == IPC_SHM && may_exceed(usage);

	if (usage->kind == IPC_MSG && may_wrap(sys, usage))
		ipc_unset(usage, F_USED_BYTES);
	if (sys->source == SOURCE_AUTO && (exceeds || lacks(usage)) &&
	    proc_usage(sys, usage->kind, &sum, &where) == 0) {
		if (exceeds)
			ipc_unset(usage, F_RSS_PAGES);
		fill(usage, &sum);
	} else if (exceeds && ipc_has(usage, F_USED_PAGES) &&
		   (uint64_t)usage->v[F_RSS_PAGES] > (uint64_t)usage->v[F_USED_PAGES]) {
		ipc_unset(usage, F_RSS_PAGES);
	}
}

int totals_usage(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o, const char **where)
{
	int rc, again;

	if (sys->source == SOURCE_PROC || posix_has(kind)) {
		rc = proc_usage(sys, kind, o, where);
		if (rc == 0 && kind == IPC_PSHM)
			posix_space(sys, o);
		return rc;
	}
	rc = sys->calls->ctl(kind, OP_USAGE, 0, o);
	if (rc >= 0) {
		verify(sys, o);
		return 0;
	}
	if (sys->source == SOURCE_AUTO) {
		again = proc_usage(sys, kind, o, where);
		if (again == 0)
			return 0;
	}
	*where = from_calls_where(kind);
	return rc;
}

static void count_segment(struct totals *t, struct judge *j, struct ipc_obj *o)
{
	int pid;

	if (!ipc_has(o, F_NATTCH)) {
		t->unattached.have = t->orphaned.have = 0;
		return;
	}
	if (o->v[F_NATTCH] > 0)
		return;
	add_row(&t->unattached, unused, o);
	judge_object(j, o, &pid);
	if (!ipc_has(o, F_ORPHAN))
		t->orphaned.have = 0;
	else if (o->v[F_ORPHAN] == IPC_ORPHAN_YES)
		add_row(&t->orphaned, unused, o);
}

/* A sum is unknown if the part of any segment is. */
static int count_unused(const struct ipc_sys *sys, struct totals *t)
{
	struct ipc_iter it;
	struct ipc_obj o;
	struct judge j;
	int rc;

	begin(&t->unattached, unused);
	begin(&t->orphaned, unused);
	judge_init(&j, sys, 1u << IPC_SHM, false);
	rc = ipc_iter_open(&it, sys, IPC_SHM);
	while (rc == 0 && (rc = ipc_iter_next(&it, &o)) == 1) {
		count_segment(t, &j, &o);
		rc = 0;
	}
	ipc_iter_close(&it);
	judge_free(&j);
	rc = ipc_iter_complete(&it, rc);
	if (rc < 0)
		t->unattached.have = t->orphaned.have = 0;
	t->unused_where = it.where;
	return rc;
}

void totals_of(const struct ipc_sys *sys, enum ipc_kind kind, bool idle, struct totals *t)
{
	t->kind = kind;
	t->no_limit = totals_limits(sys, kind, &t->limit, &t->limit_where);
	if (t->no_limit < 0)
		t->limit.have = 0;
	t->no_usage = totals_usage(sys, kind, &t->usage, &t->usage_where);
	if (t->no_usage < 0)
		ipc_clear(&t->usage, kind);
	ipc_clear(&t->unattached, kind);
	ipc_clear(&t->orphaned, kind);
	t->no_unused = idle && kind == IPC_SHM ? count_unused(sys, t) : 0;
}

const struct ipc_obj *totals_usage_of(const struct totals *t, enum limit_id i)
{
	switch (limits[i].of) {
	case LIMIT_UNATTACHED: return &t->unattached;
	case LIMIT_ORPHANED: return &t->orphaned;
	default: return &t->usage;
	}
}

void totals_row(const struct totals *t, enum limit_id i, struct ipc_obj *o)
{
	const struct ipc_obj *usage = totals_usage_of(t, i);
	uint8_t used = limits[i].used;

	ipc_clear(o, IPC_RESOURCE);
	ipc_set(o, F_RESOURCE, i);
	if (limit_has(&t->limit, i))
		ipc_set(o, F_LIMIT, t->limit.v[i]);
	if (used != LIMIT_UNCOUNTED && ipc_has(usage, used))
		ipc_set(o, F_USED, usage->v[used]);
}
