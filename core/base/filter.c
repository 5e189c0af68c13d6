/* SPDX-License-Identifier: 0BSD */
#include "base/filter.h"

/* The field each criterion examines; sizes and ages depend on several and have no entry. */
static const uint8_t fields[FILTER_COUNT] = {
	[FILTER_USER] = F_UID,
	[FILTER_CREATOR] = F_CUID,
	[FILTER_GROUP] = F_GID,
	[FILTER_KEY] = F_KEY,
	[FILTER_PERMS] = F_MODE,
	[FILTER_UNATTACHED] = F_NATTCH,
	[FILTER_ORPHANED] = F_ORPHAN,
	[FILTER_DEST] = F_MODE,
	[FILTER_LOCKED] = F_MODE,
};

bool filter_asks(const struct filter *f, enum filter_by by)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].by == by)
			return true;
	return false;
}

/* The size of a segment or the bytes in a queue.  Returns false if unknown. */
static bool size_of(const struct ipc_obj *o, uint64_t *size)
{
	unsigned f = ipc_has(o, F_SIZE) ? F_SIZE : F_CBYTES;

	*size = (uint64_t)o->v[f];
	return ipc_has(o, f);
}

static bool by_size(const struct filter_term *t, const struct ipc_obj *o)
{
	uint64_t size;

	if (!size_of(o, &size))
		return false;
	return t->by == FILTER_MIN_SIZE ? size >= t->value : size <= t->value;
}

static bool is_attached(const struct ipc_obj *o)
{
	return ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0;
}

static bool by_age(const struct filter_term *t, const struct ipc_obj *o, int64_t now)
{
	int64_t age = ipc_age(o, now);

	if (age < 0)
		return false;
	if (t->by == FILTER_OLDER)
		return (uint64_t)age > t->value;
	/* An attached segment is in use now, hence newer than any age, even 0. */
	return (uint64_t)age < t->value || is_attached(o);
}

static bool holds(const struct filter_term *t, const struct ipc_obj *o, int64_t now)
{
	uint64_t v = (uint64_t)o->v[fields[t->by]];

	switch (t->by) {
	case FILTER_MIN_SIZE:
	case FILTER_MAX_SIZE:
		return by_size(t, o);
	case FILTER_OLDER:
	case FILTER_NEWER:
		return by_age(t, o, now);
	default:
		break;
	}
	if (!ipc_has(o, fields[t->by]))
		return false;
	switch (t->by) {
	case FILTER_PERMS:
		return (v & IPC_PERMS) == t->value;
	case FILTER_UNATTACHED:
		return v == 0;
	case FILTER_ORPHANED:
		return v >= t->value;
	case FILTER_DEST:
	case FILTER_LOCKED:
		/* In the mode of a file, these bits mean something else. */
		return o->kind == IPC_SHM && v & (t->by == FILTER_DEST ? IPC_DEST : IPC_LOCKED);
	default:
		return v == t->value;
	}
}

bool filter_match(const struct filter *f, const struct ipc_obj *o)
{
	unsigned asked = 0, held = 0;

	for (size_t i = 0; i < f->n; i++) {
		asked |= 1u << f->v[i].by;
		if (holds(&f->v[i], o, f->now))
			held |= 1u << f->v[i].by;
	}
	return asked == held;
}
