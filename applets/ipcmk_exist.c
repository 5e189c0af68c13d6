/* SPDX-License-Identifier: 0BSD */
/* Objects that exist already, and whether --exist-ok may take them for new ones. */
#include <errno.h>

#include "ipcmk.h"

enum relation {
	EXACT,
	AT_LEAST,
	TRUSTED,	/* the caller, the owner that is asked for, or root */
};

static const struct demand {
	uint8_t field;
	enum relation relation;
	const char *name;
} demands[] = {
	/* A program finds the semaphores of its own libc alone. */
	{ F_LIBC, EXACT, "C library" },
	{ F_UID, EXACT, "owner" },
	/* The creator of a System V object keeps the rights of its owner, whomever it gives the object to. */
	{ F_CUID, TRUSTED, "creator" },
	{ F_GID, EXACT, "group" },
	{ F_MODE, EXACT, "mode" },
	{ F_SIZE, AT_LEAST, "size" },
	{ F_NSEMS, AT_LEAST, "number of semaphores" },
	{ F_QBYTES, AT_LEAST, "capacity" },
	{ F_MAXMSG, AT_LEAST, "maximum number of messages" },
	{ F_MSGSIZE, AT_LEAST, "message size" },
};

enum { NDEMANDS = sizeof demands / sizeof *demands };

int ipcmk_look(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind, struct ipc_obj *o)
{
	uint32_t key = plan->jobs[kind].new.key;
	const char *where;
	int id, rc;

	if (kind >= IPC_NSYSV)
		return posix_look(w->sys, kind, plan->bare, o);
	id = sys_lookup(w->sys, kind, key);
	rc = id < 0 ? id : sys_stat(w->sys, kind, id, o, &where);
	/* A segment that is marked to be destroyed has lost its key. */
	if (rc == -EINVAL || rc == -EIDRM || (rc >= 0 && ipc_has(o, F_KEY) && (uint32_t)o->v[F_KEY] != key))
		return -ENOENT;
	return rc < 0 ? rc : 0;
}

/* What a new object would be, as far as that is asked for. */
static void wanted(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
		   struct ipc_obj *want)
{
	const struct ipcmk_job *job = &plan->jobs[kind];
	uint32_t user = w->sys->calls->user();

	ipc_clear(want, kind);
	ipc_set(want, F_UID, ipc_has(&plan->change, F_UID) ? plan->change.v[F_UID] : user);
	if (kind < IPC_NSYSV)
		ipc_set(want, F_CUID, user);
	if (ipc_has(&plan->change, F_GID))
		ipc_set(want, F_GID, plan->change.v[F_GID]);
	ipc_set(want, F_MODE, job->new.mode);
	switch (kind) {
	case IPC_SHM:
		ipc_set(want, F_SIZE, (int64_t)job->new.size);
		break;
	case IPC_PSHM:
		ipc_set(want, F_SIZE, (int64_t)job->posix.size);
		break;
	case IPC_SEM:
		ipc_set(want, F_NSEMS, (int64_t)job->new.size);
		break;
	case IPC_MSG:
		if (ipc_has(&plan->change, F_QBYTES))
			ipc_set(want, F_QBYTES, plan->change.v[F_QBYTES]);
		break;
	case IPC_PSEM:
		ipc_set(want, F_LIBC, job->posix.musl ? IPC_MUSL : IPC_GLIBC);
		break;
	case IPC_PMSG:
		/* The kernel's default, for which 0 stands, is below every queue. */
		ipc_set(want, F_MAXMSG, job->posix.maxmsg);
		ipc_set(want, F_MSGSIZE, job->posix.msgsize);
		break;
	default:
		break;
	}
}

/* A field as a number to compare: of the mode, the permissions alone. */
static uint64_t number(const struct ipc_obj *o, uint8_t field)
{
	return (uint64_t)o->v[field] & (field == F_MODE ? IPC_PERMS : UINT64_MAX);
}

static bool is_met(const struct demand *d, const struct ipc_obj *want, const struct ipc_obj *o)
{
	uint64_t n = number(o, d->field), asked = number(want, d->field);

	if (!ipc_has(o, d->field))
		return false;
	if (d->relation == AT_LEAST)
		return n >= asked;
	return n == asked || (d->relation == TRUSTED && (n == 0 || n == number(want, F_UID)));
}

/* A field as text, terminated, somewhere in buf: a mode in octal with a leading 0. */
static const char *text(char buf[OUT_DIGITS], const struct ipc_obj *o, uint8_t field)
{
	char *end = buf + OUT_DIGITS - 1, *s;

	if (!ipc_has(o, field))
		return "unknown";
	if (field == F_LIBC)
		return o->v[F_LIBC] == IPC_MUSL ? "musl" : "glibc";
	if (field != F_MODE)
		return out_decimal(buf, number(o, field));
	*end = '\0';
	s = out_number(end, number(o, field), 8);
	*--s = '0';
	return s;
}

bool ipcmk_fits(const struct world *w, const struct ipcmk_plan *plan, const struct ipc_obj *o,
		struct ipcmk_lack *lack)
{
	struct ipc_obj want;
	const struct demand *d = demands;

	wanted(w, plan, o->kind, &want);
	while (d < demands + NDEMANDS && (!ipc_has(&want, d->field) || is_met(d, &want, o)))
		d++;
	if (d == demands + NDEMANDS)
		return true;
	lack->name = d->name;
	lack->relation = d->relation == AT_LEAST ? ", less than " : ", not ";
	lack->is = text(lack->digits[0], o, d->field);
	lack->asked = text(lack->digits[1], &want, d->field);
	return false;
}
