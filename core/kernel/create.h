/* SPDX-License-Identifier: 0BSD */
/* Create and complete new objects, and undo their creation if it cannot be reported. */
#ifndef CORE_KERNEL_CREATE_H
#define CORE_KERNEL_CREATE_H

#include "base/limit.h"
#include "kernel/object.h"

/* Flags of shmget(2), <linux/shm.h>; bits from OBJECT_HUGE_SHIFT up hold log2 of the huge page size. */
enum { OBJECT_HUGETLB = 04000, OBJECT_NORESERVE = 010000, OBJECT_HUGE_SHIFT = 26 };

/*
 * An object to create.  The row has F_MODE, the permissions; F_SIZE of a segment or F_NSEMS of a
 * semaphore set; F_KEY of a System V object (0: IPC_PRIVATE), or none for a random key; T_NAME of a
 * POSIX object; F_MAXMSG and F_MSGSIZE of a POSIX queue (0: kernel default); F_SEMVAL and F_LIBC of a
 * POSIX semaphore.  F_UID, F_GID and F_QBYTES of a System V queue are optional.
 */
struct object_new {
	struct ipc_obj row;
	int flags;			/* OBJECT_..., for a System V segment */
	bool lock;			/* lock the segment into memory */
	const uint16_t *values;		/* initial values of a semaphore set */
	size_t nvalues;			/* F_NSEMS; 1: one value for all; 0: all are 0 */
};

struct object_made {
	int id;				/* 0 for a POSIX object; -1: not created */
	uint32_t key;
	int fd;				/* of a POSIX object, else -1 */
};

/* The kernel's default of F_MAXMSG or F_MSGSIZE, at most its maximum; 0 if that is unknown. */
int64_t object_queue_default(const struct limit_values *, uint8_t field);

/*
 * Create an object; -EEXIST if its key or name is in use.  Until object_finish, its mode marks it as
 * incomplete and only its owner can use it.
 */
int object_create(const struct ipc_sys *, const struct object_new *, struct object_made *);

/*
 * Set contents, owner and, last, mode.  If that fails, call object_undo; *what is a constant string that
 * names the failed step, or NULL if the error alone says enough.
 */
int object_finish(const struct ipc_sys *, const struct object_new *, const struct object_made *,
		  const char **what);

/*
 * Remove the object that object_create made, by its identity.  Returns 0 if it is gone.  A System V
 * object that cannot be examined remains.  For POSIX objects see posix_unmake.
 */
int object_undo(const struct ipc_sys *, const struct object_new *, const struct object_made *);

/* Read the current row of the object, whether object_create made it or found it in its way. */
int object_stat_made(const struct ipc_sys *, const struct object_new *, const struct object_made *,
		     struct ipc_obj *);

/* Close the descriptor.  The object remains. */
void object_release(struct object_made *);

/*
 * Read the object that keeps object_create from making this one.  Returns -ENOENT if it is gone, -EEXIST
 * if something else has its name, or the error of the look-up.
 */
int object_in_the_way(const struct ipc_sys *, const struct object_new *, struct ipc_obj *);

/* True if it seems that another process has not completed this object yet. */
bool object_is_in_the_making(const struct ipc_obj *);

#endif
