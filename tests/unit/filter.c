/* SPDX-License-Identifier: 0BSD */
#include "base/filter.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum { NOW = 1000000 };

static struct ipc_obj segment(void)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_SHM);
	ipc_set(&o, F_UID, 4294967294);
	ipc_set(&o, F_CUID, 7);
	ipc_set(&o, F_GID, 8);
	ipc_set(&o, F_KEY, 0xffffffff);
	ipc_set(&o, F_MODE, 0640 | IPC_DEST);
	ipc_set(&o, F_SIZE, 4096);
	ipc_set(&o, F_NATTCH, 0);
	ipc_set(&o, F_CTIME, NOW - 1000);
	ipc_set(&o, F_ATIME, NOW - 100);
	ipc_set(&o, F_DTIME, 0);
	return o;
}

static bool match(struct ipc_obj o, struct filter_term *v, size_t n)
{
	return filter_match(&(struct filter){ v, n, NOW }, &o);
}

static bool lacks(struct ipc_obj o, struct filter_term *v, size_t n)
{
	return !match(o, v, n);
}

#define TERMS(...) (struct filter_term[]){ __VA_ARGS__ }, \
	sizeof (struct filter_term[]){ __VA_ARGS__ } / sizeof(struct filter_term)
#define MATCH(o, ...) match(o, TERMS(__VA_ARGS__))
#define LACKS(o, ...) lacks(o, TERMS(__VA_ARGS__))

Test(filter, each_term)
{
	static const struct { enum filter_by by; uint64_t yes, no; } t[] = {
		{ FILTER_USER, 4294967294, 4294967295 }, { FILTER_CREATOR, 7, 8 }, { FILTER_GROUP, 8, 7 },
		{ FILTER_KEY, 0xffffffff, 0 }, { FILTER_PERMS, 0640, 0644 }, { FILTER_MIN_SIZE, 4096, 4097 },
		{ FILTER_MAX_SIZE, 4096, 4095 }, { FILTER_OLDER, 99, 100 }, { FILTER_NEWER, 101, 100 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		cr_expect(MATCH(segment(), { t[i].by, t[i].yes }), "%d", t[i].by);
		cr_expect(LACKS(segment(), { t[i].by, t[i].no }), "not %d", t[i].by);
	}
	cr_expect(MATCH(segment(), { FILTER_UNATTACHED, 0 }));
	cr_expect(MATCH(segment(), { FILTER_DEST, 0 }));
	cr_expect(LACKS(segment(), { FILTER_LOCKED, 0 }));
	cr_expect(LACKS(segment(), { FILTER_ORPHANED, IPC_ORPHAN_MAYBE }), "what is not known is no orphan");
}

Test(filter, all_must_hold_but_one_of_several_alike)
{
	cr_expect(MATCH(segment(), { FILTER_USER, 1 }, { FILTER_USER, 4294967294 }));
	cr_expect(LACKS(segment(), { FILTER_USER, 1 }, { FILTER_USER, 2 }));
	cr_expect(MATCH(segment(), { FILTER_USER, 4294967294 }, { FILTER_GROUP, 8 }));
	cr_expect(LACKS(segment(), { FILTER_USER, 4294967294 }, { FILTER_GROUP, 9 }));
	cr_expect(match(segment(), NULL, 0), "without a term everything is meant");
}

Test(filter, what_is_not_there_holds_of_nothing)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_SEM);
	for (enum filter_by by = 0; by < FILTER_COUNT; by++)
		cr_expect(LACKS(o, { by, 0 }), "%d", by);
	ipc_set(&o, F_ORPHAN, IPC_ORPHAN_NO);
	cr_expect(LACKS(o, { FILTER_ORPHANED, IPC_ORPHAN_MAYBE }));
	ipc_set(&o, F_ORPHAN, IPC_ORPHAN_MAYBE);
	cr_expect(MATCH(o, { FILTER_ORPHANED, IPC_ORPHAN_MAYBE }));
	cr_expect(LACKS(o, { FILTER_ORPHANED, IPC_ORPHAN_YES }));
	ipc_set(&o, F_ORPHAN, IPC_ORPHAN_YES);
	cr_expect(MATCH(o, { FILTER_ORPHANED, IPC_ORPHAN_MAYBE }));
	cr_expect(MATCH(o, { FILTER_ORPHANED, IPC_ORPHAN_YES }));
	/* The mode of a file has other bits in the places of dest and locked. */
	ipc_clear(&o, IPC_PSHM);
	ipc_set(&o, F_MODE, 03644);
	cr_expect(LACKS(o, { FILTER_DEST, 0 }) && LACKS(o, { FILTER_LOCKED, 0 }));
	cr_expect(MATCH(o, { FILTER_PERMS, 0644 }));
}

Test(filter, asks)
{
	struct filter_term v[] = { { FILTER_USER, 1 }, { FILTER_OLDER, 2 }, { FILTER_PERMS, 3 } };
	struct filter f = { v, 2, NOW };

	cr_expect(filter_asks(&f, FILTER_USER) && filter_asks(&f, FILTER_OLDER));
	cr_expect(filter_asks(&f, FILTER_PERMS) == false, "its terms alone count");
	f.n = 0;
	cr_expect(filter_asks(&f, FILTER_USER) == false);
}

Test(filter, a_queue_is_as_large_as_what_is_in_it)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_MSG);
	ipc_set(&o, F_CBYTES, 100);
	ipc_set(&o, F_QBYTES, 16384);
	cr_expect(MATCH(o, { FILTER_MAX_SIZE, 100 }) && LACKS(o, { FILTER_MIN_SIZE, 101 }));
}

/* Inspecting an object is not a use of it. */
Test(filter, v08_what_looking_changes_is_no_use_of_posix_objects)
{
	static const struct { enum ipc_kind kind; unsigned field; bool counts; } times[] = {
		{ IPC_PMSG, F_ATIME, false }, { IPC_PMSG, F_CTIME, false }, { IPC_PMSG, F_MTIME, true },
		{ IPC_PSHM, F_ATIME, false }, { IPC_PSHM, F_CTIME, true }, { IPC_PSHM, F_MTIME, true },
		{ IPC_PSEM, F_ATIME, false }, { IPC_PSEM, F_CTIME, true }, { IPC_PSEM, F_MTIME, true },
		{ IPC_SHM, F_ATIME, true }, { IPC_SHM, F_CTIME, true },
	};
	struct ipc_obj o;

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		ipc_clear(&o, times[i].kind);
		ipc_set(&o, F_NATTCH, 0);
		ipc_set(&o, times[i].field, NOW - 10);
		cr_expect(MATCH(o, { FILTER_OLDER, 5 }) == times[i].counts, "%zu: unknown is not old", i);
		cr_expect(MATCH(o, { FILTER_NEWER, 50 }) == times[i].counts, "%zu: nor new", i);
		ipc_set(&o, times[i].kind == IPC_SHM ? F_DTIME : F_MTIME, NOW - 100);
		cr_expect(LACKS(o, { FILTER_OLDER, 50 }) == (times[i].counts && times[i].field != F_MTIME), "%zu", i);
	}
}

Test(filter, times_to_come)
{
	struct ipc_obj o = segment();

	ipc_set(&o, F_ATIME, NOW + 5000);
	cr_expect(LACKS(o, { FILTER_OLDER, 0 }) && MATCH(o, { FILTER_NEWER, 1 }), "a clock that went back");
}
