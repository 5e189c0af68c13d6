/* SPDX-License-Identifier: 0BSD */
/* System V objects: the two sources of their rows, and operations.  For object.c and create.c. */
#ifndef CORE_KERNEL_SYSV_H
#define CORE_KERNEL_SYSV_H

#include "kernel/proc.h"
#include "kernel/sysvipc_text.h"

struct from_proc {
	struct proc_file file;
	struct sysvipc_text fmt;
	uint64_t huge;		/* bytes of a huge page, 0: not read yet */
};

int from_proc_open(struct from_proc *, const struct ipc_sys *, enum ipc_kind);
int from_proc_next(struct from_proc *, const struct ipc_sys *, enum ipc_kind, struct ipc_obj *);
void from_proc_close(struct from_proc *);
const char *from_proc_where(enum ipc_kind);

/* Walks the indexes of a kind. */
struct from_calls {
	int next, highest;
	enum ipc_op op;
	bool proven;		/* op is known to work, so its EINVAL means an empty index */
	bool sized;		/* segment sizes are not truncated */
};

/* Start after the object with the id `after`, or at the first one if it is -1. */
int from_calls_open(struct from_calls *, const struct ipc_sys *, enum ipc_kind, int64_t after);
int from_calls_next(struct from_calls *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		    struct ipc_obj *);
const char *from_calls_where(enum ipc_kind);

/* Unset the size of a segment that a call returned, unless it is known not to be truncated. */
void from_calls_doubt_size(const struct ipc_sys *, struct ipc_obj *);

/* Read an object by the index in its id.  Returns -EINVAL if that is empty or has another id. */
int from_calls_find(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *);

/* Read an object by its id, incompletely if it is unreadable.  -EINVAL, -EIDRM: it does not exist. */
int sysv_stat(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *, const char **where);

/* Add the capacity of a queue, which /proc does not show. */
void sysv_complete(const struct ipc_sys *, struct ipc_obj *);

/* Add the memory and swap of a segment, which only /proc shows. */
void sysv_resident(const struct ipc_sys *, struct ipc_obj *);

/* Returns the id of a key, or -ENOENT. */
int sysv_lookup(const struct ipc_sys *, enum ipc_kind, uint32_t key);

/*
 * Create an object from a row as in create.h, with these permissions.  Returns its id and sets *key to
 * the key of the row or to a free random one; -EEXIST if the key of the row is in use.
 */
int sysv_create(const struct ipc_sys *, const struct ipc_obj *want, unsigned mode, int flags, uint32_t *key);

/* Set those of owner, group, permissions and capacity that *change has. */
int sysv_set(const struct ipc_sys *, enum ipc_kind, int id, const struct ipc_obj *change);

int sysv_remove(const struct ipc_sys *, enum ipc_kind, int id);

/* Returns 0 if sysv_remove would be permitted, -EPERM if not, or -EOPNOTSUPP if unknown. */
int sysv_may_remove(const struct ipc_sys *, const struct ipc_obj *);

/* Undo sysv_create unless the object cannot be examined; 0 if it is gone, even if its id is reused. */
int sysv_unmake(const struct ipc_sys *, enum ipc_kind, int id, uint32_t key);

#endif
