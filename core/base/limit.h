/* SPDX-License-Identifier: 0BSD */
/* The limits of each kind. */
#ifndef CORE_BASE_LIMIT_H
#define CORE_BASE_LIMIT_H

#include "base/ipc.h"

/* In the order of the listing. */
enum limit_id {
	L_MSGMNI, L_MSGMAX, L_MSGMNB,
	L_SHMMNI, L_SHMMAX, L_SHMALL, L_SHMMIN,
	L_SEMMNI, L_SEMMSL, L_SEMMNS, L_SEMOPM, L_SEMVMX,
	L_QUEUES_MAX, L_MSG_MAX, L_MSGSIZE_MAX, L_MSG_DEFAULT, L_MSGSIZE_DEFAULT, L_MSGQUEUE,
	L_DEV_SHM, L_SEM_VALUE_MAX,
	L_COUNT,
};

/* What a limit counts, which decides how it is shown. */
enum limit_unit { LIMIT_COUNT, LIMIT_BYTES, LIMIT_KBYTES, LIMIT_PAGES };

/* LIMIT_UNCOUNTED stands for the usage of a limit that nothing counts against. */
enum { LIMIT_NAME = 16, LIMIT_UNCOUNTED = F_COUNT };

/*
 * One limit: its name, which JSON has in lower case, the field of the kind's usage that
 * counts against it, the label of `ipcs -l`, and where it comes from: word number `word` of
 * the `words` that the file at `sysctl` below the proc root holds, or, where sysctl is NULL,
 * the constant `fixed` that every kernel has, or, where that is 0, a call or a file system
 * of its own.
 */
struct limit {
	char name[LIMIT_NAME];
	uint8_t kind, used, unit, word, words;
	uint32_t fixed;
	const char *sysctl, *label;
};

extern const struct limit limits[L_COUNT];

/* The values of some limits: v[i] is valid exactly when bit i of have is set. */
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
