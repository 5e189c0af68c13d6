/* SPDX-License-Identifier: 0BSD */
/* Checks if --exist-ok can reuse an existing object. */
#include <errno.h>

#include "ipcmk/ipcmk.h"

enum relation {
	EXACT,
	AT_LEAST,
	TRUSTED,	/* the caller, the requested owner or root */
};

static const struct demand {
	uint8_t field;
	enum relation relation;
	const char *name;
} demands[] = {
	/* A program finds only the semaphores of its own libc. */
	{ F_LIBC, EXACT, "C library" },
	{ F_UID, EXACT, "owner" },
	/* The creator of a System V object keeps owner rights even after giving it away. */
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

/* The requested attributes; the caller is the creator and the default owner. */
static void wanted(const struct world *w, const struct object_new *new, struct ipc_obj *want)
{
	uint32_t user = w->sys->calls->user();

	*want = new->row;
	if (!ipc_has(want, F_UID))
		ipc_set(want, F_UID, user);
	if (!ipc_kinds[want->kind].named)
		ipc_set(want, F_CUID, user);
}

/* A field's value for comparison; of a mode, only the permissions. */
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

/* A field as text, possibly in buf; a mode is octal with a leading 0. */
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

bool ipcmk_fits(const struct world *w, const struct object_new *new, const struct ipc_obj *o,
		struct ipcmk_lack *lack)
{
	struct ipc_obj want;
	const struct demand *d = demands;

	wanted(w, new, &want);
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
