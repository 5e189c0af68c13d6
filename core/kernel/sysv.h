/* SPDX-License-Identifier: 0BSD */
/*
 * System V objects: the two sources of their rows, and what can be done with one.  For object.c and create.c.
 */
#ifndef CORE_KERNEL_SYSV_H
#define CORE_KERNEL_SYSV_H

#include "kernel/proc.h"
#include "kernel/sysvipc_text.h"

/* Reads a proc file of rows. */
struct from_proc {
	struct proc_file file;
	struct sysvipc_text fmt;
	uint64_t huge;		/* bytes of a huge page, 0: not asked yet */
};

int from_proc_open(struct from_proc *, const struct ipc_sys *, enum ipc_kind);
int from_proc_next(struct from_proc *, const struct ipc_sys *, enum ipc_kind, struct ipc_obj *);
void from_proc_close(struct from_proc *);
const char *from_proc_where(enum ipc_kind);

/* Walks the indexes of a kind. */
struct from_calls {
	int next, highest;
	enum ipc_op op;
	bool proven;		/* op has answered, so its EINVAL means an empty index */
	bool sized;		/* the sizes that it gives are whole */
};

/* Starts behind the object `after`, or at the first for -1. */
int from_calls_open(struct from_calls *, const struct ipc_sys *, enum ipc_kind, int64_t after);
int from_calls_next(struct from_calls *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		    struct ipc_obj *);
const char *from_calls_where(enum ipc_kind);

/* Takes back the size of a segment that a call has told, unless it is known to be whole. */
void from_calls_doubt_size(const struct ipc_sys *, struct ipc_obj *);

/* One object from the index that its id names; -EINVAL if another one has it or none. */
int from_calls_find(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *);

/*
 * One object by its id, by one call where that may be read, else as much as the
 * other ways give.  -EINVAL and -EIDRM: no such object.
 */
int sysv_stat(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *, const char **where);

/* Adds to the row of a queue its capacity, which the files do not tell, by one call. */
void sysv_complete(const struct ipc_sys *, struct ipc_obj *);

/* The id under a key; -ENOENT if there is none. */
int sysv_lookup(const struct ipc_sys *, enum ipc_kind, uint32_t key);

/*
 * Makes the object that a row of create.h describes, with these permissions, and returns its id; *key is
 * set to its key: the one of the row, or a random one that was free.  -EEXIST if its key is in use.
 */
int sysv_create(const struct ipc_sys *, const struct ipc_obj *want, unsigned mode, int flags, uint32_t *key);

/* Changes what *change has of owner, group, permissions and capacity; the rest stays. */
int sysv_set(const struct ipc_sys *, enum ipc_kind, int id, const struct ipc_obj *change);

int sysv_remove(const struct ipc_sys *, enum ipc_kind, int id);

/*
 * Whether sysv_remove of the object of this row would be permitted: 0, -EPERM, or
 * -EOPNOTSUPP where that cannot be told.
 */
int sysv_may_remove(const struct ipc_sys *, const struct ipc_obj *);

/*
 * Removes an object that this process has created with that key: 0 if it is gone, also if another
 * one has its id now.  One that cannot be looked at stays.
 */
int sysv_unmake(const struct ipc_sys *, enum ipc_kind, int id, uint32_t key);

#endif
