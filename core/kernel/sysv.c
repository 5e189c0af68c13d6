/* SPDX-License-Identifier: 0BSD */
#include "kernel/sysv.h"

#include <errno.h>
#include <sys/ipc.h>

#include "kernel/rights.h"

static int proc_find(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o)
{
	struct from_proc p;
	int rc = from_proc_open(&p, sys, kind);

	if (rc < 0)
		return rc;
	do
		rc = from_proc_next(&p, sys, kind, o);
	while (rc == 1 && o->v[F_ID] != id);
	from_proc_close(&p);
	if (rc < 0)
		return rc;
	return rc == 1 ? 0 : -EINVAL;
}

void sysv_complete(const struct ipc_sys *sys, struct ipc_obj *o)
{
	struct ipc_obj more;
	int id = (int)o->v[F_ID];

	if (o->kind != IPC_MSG || ipc_has(o, F_QBYTES))
		return;
	if ((sys->calls->ctl(IPC_MSG, OP_STAT, id, &more) >= 0 || from_calls_find(sys, IPC_MSG, id, &more) == 0) &&
	    ipc_has(&more, F_QBYTES))
		ipc_set(o, F_QBYTES, more.v[F_QBYTES]);
}

void sysv_resident(const struct ipc_sys *sys, struct ipc_obj *o)
{
	static const uint8_t fields[] = { F_RSS, F_SWAP };
	struct ipc_obj listed;

	if (o->kind != IPC_SHM || ipc_has(o, F_RSS) || sys->source == SOURCE_SYSCALL ||
	    proc_find(sys, IPC_SHM, (int)o->v[F_ID], &listed) < 0)
		return;
	for (size_t i = 0; i < sizeof fields; i++)
		if (ipc_has(&listed, fields[i]))
			ipc_set(o, fields[i], listed.v[fields[i]]);
}

static bool is_gone(int rc)
{
	return rc == -EINVAL || rc == -EIDRM;
}

/* By id or, if that is not permitted, by index. */
static int call_find(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o)
{
	int rc = sys->calls->ctl(kind, OP_STAT, id, o);

	if (rc < 0 && (is_gone(rc) || from_calls_find(sys, kind, id, o) < 0))
		return rc;
	from_calls_doubt_size(sys, o);
	return 0;
}

int sysv_stat(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o, const char **where)
{
	/* A 64-bit kernel truncates segment sizes for a 32-bit program; /proc has them in full. */
	const bool cut = sys->calls->cut && kind == IPC_SHM && sys->source == SOURCE_AUTO;
	int rc = 0, found;

	if (cut && proc_find(sys, kind, id, o) == 0)
		return 0;
	if (sys->source != SOURCE_PROC) {
		rc = call_find(sys, kind, id, o);
		*where = from_calls_where(kind);
		if (rc == 0 || is_gone(rc) || sys->source == SOURCE_SYSCALL)
			return rc;
	}
	found = proc_find(sys, kind, id, o);
	if (found == 0) {
		sysv_complete(sys, o);
		return 0;
	}
	if (sys->source == SOURCE_PROC || found == -EINVAL) {
		*where = from_proc_where(kind);
		return found;
	}
	return rc;
}

/* One step of splitmix64, a bijection with random-looking results. */
static uint64_t mix(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15);
	n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
	return n ^ n >> 31;
}

/* The size argument of the get calls: bytes, or a number of semaphores. */
static uint64_t size_of(const struct ipc_obj *want)
{
	unsigned field = want->kind == IPC_SEM ? F_NSEMS : F_SIZE;

	return ipc_has(want, field) ? (uint64_t)want->v[field] : 0;
}

int sysv_create(const struct ipc_sys *sys, const struct ipc_obj *want, unsigned mode, int flags,
		uint32_t *key)
{
	/* At most 2^24 of 2^32 keys are in use, so this many collisions are no coincidence. */
	enum { TRIES = 10000 };
	int rc = -EEXIST;
	uint64_t seed;

	flags |= IPC_CREAT | IPC_EXCL | (int)mode;
	if (ipc_has(want, F_KEY)) {
		*key = (uint32_t)want->v[F_KEY];
		return sys->calls->get(want->kind, *key, size_of(want), flags);
	}
	seed = sys->calls->seed() + ((uint64_t)want->kind << 32);
	for (int i = 0; i < TRIES && rc == -EEXIST; i++) {
		*key = (uint32_t)mix(seed + (uint64_t)i);
		if (*key != (uint32_t)IPC_PRIVATE)
			rc = sys->calls->get(want->kind, *key, size_of(want), flags);
	}
	return rc;
}

int sysv_set(const struct ipc_sys *sys, enum ipc_kind kind, int id, const struct ipc_obj *change)
{
	static const uint8_t settable[] = { F_UID, F_GID, F_MODE, F_QBYTES };
	const char *where;
	struct ipc_obj o;
	int rc = sysv_stat(sys, kind, id, &o, &where);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < sizeof settable; i++) {
		if (ipc_has(change, settable[i]))
			ipc_set(&o, settable[i], change->v[settable[i]]);
		else if (!ipc_has(&o, settable[i]) && (settable[i] != F_QBYTES || kind == IPC_MSG))
			return -EACCES;	/* an unknown value would be overwritten */
	}
	rc = sys->calls->ctl(kind, OP_SET, id, &o);
	return rc < 0 ? rc : 0;
}

int sysv_lookup(const struct ipc_sys *sys, enum ipc_kind kind, uint32_t key)
{
	return sys->calls->get(kind, key, 0, 0);
}

int sysv_may_remove(const struct ipc_sys *sys, const struct ipc_obj *o)
{
	/* CAP_SYS_ADMIN of <linux/capability.h> */
	enum { ADMIN = 21 };
	int64_t me = sys->calls->user();
	int rc;

	if (!ipc_has(o, F_UID) || !ipc_has(o, F_CUID))
		return -EOPNOTSUPP;
	if (o->v[F_UID] == me || o->v[F_CUID] == me)
		return rights_is_vague(sys, me) ? -EOPNOTSUPP : 0;
	rc = rights_capable(sys, ADMIN);
	if (rc < 0)
		return -EOPNOTSUPP;
	return rc == 0 ? -EPERM : 0;
}

int sysv_remove(const struct ipc_sys *sys, enum ipc_kind kind, int id)
{
	return sys->calls->ctl(kind, OP_REMOVE, id, NULL);
}

int sysv_unmake(const struct ipc_sys *sys, enum ipc_kind kind, int id, uint32_t key)
{
	const char *where;
	struct ipc_obj o;
	int rc = sysv_stat(sys, kind, id, &o, &where);

	if (rc == 0 && ipc_has(&o, F_KEY) && (uint32_t)o.v[F_KEY] != key)
		return 0;
	if (rc == 0)
		rc = sysv_remove(sys, kind, id);
	return is_gone(rc) ? 0 : rc;
}
