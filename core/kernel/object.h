/* SPDX-License-Identifier: 0BSD */
/*
 * The one door to objects, whoever implements them: which source answers, the text under /proc, the
 * control calls or files, is decided behind it.
 *
 * All calls return 0 or a positive result, or -errno.  Those with a `where` set it on failure to what
 * failed, a constant string: the name of a call, or a path; of System V objects one below the proc root.
 */
#ifndef CORE_KERNEL_OBJECT_H
#define CORE_KERNEL_OBJECT_H

#include "kernel/posix.h"
#include "kernel/sysv.h"
#include "parse/key.h"

struct ipc_iter {
	const struct ipc_sys *sys;
	enum ipc_kind kind;
	const char *where;	/* what failed */
	unsigned hidden;	/* objects that are there but could not be read */
	bool absent;		/* there is no folder for the kind, so there are none */
	int64_t last;		/* id of the last object handed out, -1 before the first */
	bool walking;
	struct from_calls walk;
	union {			/* by the kind */
		struct from_proc proc;
		struct posix_dir posix;
	};
};

/*
 * Every object of a kind once: one that lives through the walk is seen, one that
 * comes or goes meanwhile may be.  The iterator lives on the caller's stack and
 * holds no memory, but a descriptor until ipc_iter_close, which may be called
 * again.  ipc_iter_next returns 1 with *o filled in, 0 at the end, or -errno.
 * -ENOSYS is a kernel without the kind, -ENODEV that POSIX queues cannot be seen
 * because they are not mounted, -EXDEV that those mounted are another namespace's.
 * Objects that may not be looked at are left out and counted in `hidden`.
 */
int ipc_iter_open(struct ipc_iter *, const struct ipc_sys *, enum ipc_kind);
int ipc_iter_next(struct ipc_iter *, struct ipc_obj *);
void ipc_iter_close(struct ipc_iter *);

/* Which object is meant.  Its name belongs to who made this. */
struct object {
	enum ipc_kind kind;
	int id;			/* of a kind that has ids */
	const char *name;	/* of a kind that has names, without the slash; else NULL */
	bool listed;		/* a list showed it: what a list shows otherwise is not meant */
	/* What tells it from another one that has its id or its name later, where `listed`. */
	int64_t mark;		/* its key, or the inode of its file */
	int64_t stamp;		/* the time since which nobody has changed it, or the device of its file */
};

/* The object of a row that a list showed. */
struct object object_of(const struct ipc_obj *);

/* Is this row, which was read later, that of the same object?  1, 0, or -EBADMSG if it does not tell. */
int object_is_same(const struct object *, const struct ipc_obj *);

/* The object under a key; -ENOENT if there is none. */
int object_find(const struct ipc_sys *, enum ipc_kind, uint32_t key, struct object *);

/* Does this error of a call for an object of the kind say that there is none, or none any more? */
bool object_is_gone(enum ipc_kind, int rc);

/*
 * Can a file with this name be an object of the kind?  Those that glibc names as semaphores are no segments.
 */
bool object_may_have_name(enum ipc_kind, const char *name);

/*
 * The row of an object.  -EINVAL and -EIDRM: there is no such id; -ENOENT: no such name.  Of a file in
 * /dev/shm, who names it says of which kind it is, unless it cannot be that; a list shows it as one kind
 * alone.
 */
int object_stat(const struct ipc_sys *, const struct object *, struct ipc_obj *, const char **where);

/* Adds to a row what takes calls of its own: the capacity of a queue, which the files do not tell. */
void object_complete(const struct ipc_sys *, struct ipc_obj *);

/*
 * Removes an object.  Of a file that is none: -EISDIR, -ELOOP or -ENXIO for a folder, a link or
 * another file; -EINVAL for a semaphore asked for as a segment; -EACCES where it cannot be looked at.
 */
int object_remove(const struct ipc_sys *, const struct object *);

/*
 * What object_remove would return, without removing anything; -EOPNOTSUPP: that cannot be told.
 * *o is its row where that had to be read, else empty.
 */
int object_may_remove(const struct ipc_sys *, const struct object *, struct ipc_obj *o);

/*
 * Are there two semaphores of this name?  Then it means glibc's, and a file that may be musl's has it, too.
 */
bool object_hides_another(const struct ipc_sys *, enum ipc_kind, const char *name);

/*
 * Calls each for every entry among the objects of the kind that is none, with its name and
 * what object_remove says of it.
 */
typedef void object_other(void *arg, const char *name, int why);
int object_others(const struct ipc_sys *, enum ipc_kind, object_other *each, void *arg);

/* The values of all semaphores of a set, in one snapshot. */
int object_values(const struct ipc_sys *, int id, uint16_t *values);

/* Adds ncount, zcount and pid of one semaphore to its row. */
int object_element(const struct ipc_sys *, int id, int semnum, struct ipc_obj *);

/*
 * Copies message number n of a System V queue, counted from 0, which stays in the queue and
 * of which nothing tells that it was looked at: the length of its text.  -ENOMSG: the
 * queue has no more; -E2BIG: longer than `room` bytes, and Linux copies no part of a
 * message (6.18 says EINVAL to MSG_NOERROR here); F_CBYTES of the queue is room for any.
 * -EINVAL: no such queue, or the message is longer than msgmax, which was lowered after
 * it was sent.  -ENOSYS: the kernel is built without CONFIG_CHECKPOINT_RESTORE; -EACCES.
 */
int object_peek(const struct ipc_sys *, int id, int n, struct ipc_message *, size_t room);

/* Asks the file of a KEY_FTOK for the key's value; the other forms have theirs. */
int object_key(const struct ipc_sys *, struct key *);

#endif
