/* SPDX-License-Identifier: 0BSD */
/*
 * The only interface to objects, which come from /proc, system calls or files.  Functions return 0 or a
 * positive result, or -errno.  On failure, those with `where` set it to a constant string, the call or
 * path that failed; paths of System V objects are relative to the proc root.
 */
#ifndef CORE_KERNEL_OBJECT_H
#define CORE_KERNEL_OBJECT_H

#include "kernel/posix.h"
#include "kernel/sysv.h"
#include "parse/key.h"

struct ipc_iter {
	const struct ipc_sys *sys;
	enum ipc_kind kind;
	const char *where;	/* what failed, as below */
	unsigned hidden;	/* objects that exist but may not be examined */
	bool absent;		/* the kind has no directory, and so no objects */
	int64_t last;		/* id of the last object returned, -1 before the first */
	bool walking;
	struct from_calls walk;
	union {			/* by kind */
		struct from_proc proc;
		struct posix_dir posix;
	};
};

/*
 * Iterate over the objects of a kind, each once; those that come or go meanwhile may be missing.  POSIX
 * objects are sorted by name, as bytes.  Until ipc_iter_close, which may be called repeatedly, the
 * iterator holds a descriptor and the names of POSIX objects, but no other memory.
 * ipc_iter_next returns 1 with *o filled in, 0 at the end, or -errno: -ENOSYS if the kernel lacks the
 * kind, -ENODEV if no POSIX queues are mounted, -EXDEV if another namespace's are.  `hidden` counts
 * objects that may not be examined.
 */
int ipc_iter_open(struct ipc_iter *, const struct ipc_sys *, enum ipc_kind);
int ipc_iter_next(struct ipc_iter *, struct ipc_obj *);
void ipc_iter_close(struct ipc_iter *);

/* The result of adding up rows, where rc ended the walk: -EACCES if it is 0 but objects are hidden. */
int ipc_iter_complete(const struct ipc_iter *, int rc);

/* Identifies an object. */
struct object {
	enum ipc_kind kind;
	int id;			/* of a System V object */
	const char *name;	/* of a POSIX object, without the slash, owned by the caller; else NULL */
	bool listed;		/* from a list: removal then ignores files that only look like semaphores */
	/* If `listed`, these distinguish it from a later object with the same id or name. */
	int64_t mark;		/* key, or inode of the file */
	int64_t stamp;		/* ctime, or device of the file */
};

struct object object_of(const struct ipc_obj *);

/* Returns 1 if a row read later is of the same object, 0 if not, or -EBADMSG if it does not say. */
int object_is_same(const struct object *, const struct ipc_obj *);

/* Find the object with a key.  Returns -ENOENT if there is none. */
int object_find(const struct ipc_sys *, enum ipc_kind, uint32_t key, struct object *);

/* True if this error of a call means that the object does not exist (any more). */
bool object_is_gone(enum ipc_kind, int rc);

/* False for a segment whose name glibc gives to the file of a semaphore. */
bool object_may_have_name(enum ipc_kind, const char *name);

/*
 * Read the row of an object.  -EINVAL, -EIDRM: no such id; -ENOENT: no such name.  A file in /dev/shm
 * that can be a segment and a semaphore matches as both, though lists show it as one kind only.
 */
int object_stat(const struct ipc_sys *, const struct object *, struct ipc_obj *, const char **where);

/* Add what takes extra calls: the capacity of a queue, which /proc does not show. */
void object_complete(const struct ipc_sys *, struct ipc_obj *);

/* Add the memory and swap of a segment that object_stat read.  Only /proc shows it, in a list of all. */
void object_resident(const struct ipc_sys *, struct ipc_obj *);

/*
 * Remove an object.  -EISDIR, -ELOOP or -ENXIO: it is a directory, symbolic link or special file;
 * -EINVAL: it is a semaphore named as a segment; -EACCES: it may not be examined.
 */
int object_remove(const struct ipc_sys *, const struct object *);

/* Predict object_remove's result, or -EOPNOTSUPP.  *o is the row if it had to be read, else empty. */
int object_may_remove(const struct ipc_sys *, const struct object *, struct ipc_obj *o);

/* True if the name means glibc's semaphore and hides a file that may be musl's. */
bool object_hides_another(const struct ipc_sys *, enum ipc_kind, const char *name);

/* Call each for files named like objects of the kind that are none, with the error of object_remove. */
typedef void object_other(void *arg, const char *name, int why);
int object_others(const struct ipc_sys *, enum ipc_kind, object_other *each, void *arg);

/* Read the values of all semaphores of a set in one snapshot. */
int object_values(const struct ipc_sys *, int id, uint16_t *values);

/* Add ncount, zcount and pid of one semaphore to its row. */
int object_element(const struct ipc_sys *, int id, int semnum, struct ipc_obj *);

/*
 * Copy message n of a System V queue, counted from 0, without removing it or leaving a trace.  Returns
 * the length of its text; -ENOMSG if there are no more; -E2BIG if it exceeds `room` (Linux copies no
 * part of a message, and 6.18 rejects MSG_NOERROR here with EINVAL; F_CBYTES of the queue is always
 * enough); -EINVAL if there is no such queue, or msgmax was lowered below the message; -ENOSYS without
 * CONFIG_CHECKPOINT_RESTORE; -EACCES.
 */
int object_peek(const struct ipc_sys *, int id, int n, struct ipc_message *, size_t room);

/* Set the value of a KEY_FTOK from its file; other forms already have theirs. */
int object_key(const struct ipc_sys *, struct key *);

#endif
