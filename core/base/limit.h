/* SPDX-License-Identifier: 0BSD */
/* The limits of each kind, and other amounts that are measured. */
#ifndef CORE_BASE_LIMIT_H
#define CORE_BASE_LIMIT_H

#include "base/ipc.h"

enum limit_id {
	L_MSGMNI, L_MSGMAX, L_MSGMNB,
	L_SHMMNI, L_SHMMAX, L_SHMALL, L_SHMMIN,
	L_SEMMNI, L_SEMMSL, L_SEMMNS, L_SEMOPM, L_SEMVMX,
	L_QUEUES_MAX, L_MSG_MAX, L_MSGSIZE_MAX, L_MSG_DEFAULT, L_MSGSIZE_DEFAULT, L_MSGQUEUE,
	L_DEV_SHM, L_SEM_VALUE_MAX,
	/* Amounts without a limit. */
	L_LIMITS,
	L_SHM_UNATTACHED = L_LIMITS, L_SHM_UNATTACHED_BYTES, L_SHM_ORPHANED, L_SHM_ORPHANED_BYTES,
	L_COUNT,
};

/* The unit of a limit, which decides how it is shown. */
enum limit_unit { LIMIT_COUNT, LIMIT_BYTES, LIMIT_KBYTES, LIMIT_PAGES };

/* The objects of the kind whose usage counts. */
enum limit_of { LIMIT_ALL, LIMIT_UNATTACHED, LIMIT_ORPHANED };

/* LIMIT_UNCOUNTED: `used` if nothing counts against the limit. */
enum { LIMIT_UNCOUNTED = F_COUNT };

/*
 * `used` is the field of the usage of these objects that counts against the limit.  The value is word
 * number `word`, from 0, of the `words` in the file `sysctl` below the proc root.  If sysctl is NULL, it is
 * the constant `fixed` of every kernel or, if that is 0, comes from a special system call or file system.
 */
struct limit {
	const char *name;	/* lowercase in JSON */
	uint8_t kind, of, used, unit, word, words;
	uint32_t fixed;
	const char *sysctl, *label;	/* label: for ipcs -l */
};

extern const struct limit limits[L_COUNT];

/* The lowest usage at or above a percentage, 0 to 100, of a limit.  Nothing used of a limit of 0 is 0 %. */
uint64_t limit_threshold(uint64_t limit, unsigned percent);

/* v[i] is valid if and only if bit i of have is set. */
struct limit_values {
	uint32_t have;
	int64_t v[L_COUNT];
};

static inline bool limit_has(const struct limit_values *l, enum limit_id id)
{
	return l->have >> id & 1;
}

static inline void limit_set(struct limit_values *l, enum limit_id id, int64_t v)
{
	l->v[id] = v;
	l->have |= UINT32_C(1) << id;
}

#endif
