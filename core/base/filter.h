/* SPDX-License-Identifier: 0BSD */
/* Filters: conditions that select objects. */
#ifndef CORE_BASE_FILTER_H
#define CORE_BASE_FILTER_H

#include "base/ipc.h"

/* The criterion of a term.  From FILTER_FLAGS on, only FILTER_ORPHANED takes a value. */
enum filter_by {
	FILTER_USER, FILTER_CREATOR, FILTER_GROUP,	/* a user or group id */
	FILTER_KEY,					/* 32 bits */
	FILTER_PERMS,					/* exactly these nine bits */
	FILTER_MIN_SIZE, FILTER_MAX_SIZE,		/* bytes */
	FILTER_OLDER, FILTER_NEWER,			/* seconds since the last use: ipc_age */
	FILTER_FLAGS,
	FILTER_UNATTACHED = FILTER_FLAGS,
	FILTER_ORPHANED,				/* the minimum enum ipc_orphan */
	FILTER_DEST, FILTER_LOCKED,
	FILTER_COUNT,
};

struct filter_term {
	enum filter_by by;
	uint64_t value;
};

struct filter {
	struct filter_term *v;	/* n terms, owned by the caller */
	size_t n;
	int64_t now;		/* seconds since the epoch */
};

/* True if a term uses this criterion. */
bool filter_asks(const struct filter *, enum filter_by);

/* True if a row matches one term of each criterion used.  An absent or unknown value never matches. */
bool filter_match(const struct filter *, const struct ipc_obj *);

#endif
