/* SPDX-License-Identifier: 0BSD */
/* Which objects are meant: a few conditions on a row. */
#ifndef CORE_FILTER_H
#define CORE_FILTER_H

#include "base/ipc.h"

/* What a term asks of a row; those behind FILTER_FLAGS take no value, but for FILTER_ORPHANED. */
enum filter_by {
	FILTER_USER, FILTER_CREATOR, FILTER_GROUP,	/* an id */
	FILTER_KEY,					/* 32 bits */
	FILTER_PERMS,					/* the nine bits, just these */
	FILTER_MIN_SIZE, FILTER_MAX_SIZE,		/* bytes */
	FILTER_OLDER, FILTER_NEWER,			/* seconds since its last use, as ipc_age has it */
	FILTER_FLAGS,
	FILTER_UNATTACHED = FILTER_FLAGS,
	FILTER_ORPHANED,				/* the least enum ipc_orphan */
	FILTER_DEST, FILTER_LOCKED,
	FILTER_COUNT,
};

struct filter_term {
	enum filter_by by;
	uint64_t value;
};

/* n terms; v belongs to the caller. */
struct filter {
	struct filter_term *v;
	size_t n;
	int64_t now;		/* seconds since the epoch */
};

/* Whether one of the terms asks by this. */
bool filter_asks(const struct filter *, enum filter_by);

/*
 * Whether a row is meant: of the terms that ask by the same, one must hold.  What a row
 * does not have, or what is not known of it, holds of nothing.
 */
bool filter_match(const struct filter *, const struct ipc_obj *);

#endif
