/* SPDX-License-Identifier: 0BSD */
/* New objects: made, completed, and undone if nobody could be told of them. */
#ifndef CORE_KERNEL_CREATE_H
#define CORE_KERNEL_CREATE_H

#include "kernel/object.h"

/* What shmget(2) takes beside permissions, as <linux/shm.h> numbers it; the page size goes in as its log2. */
enum { OBJECT_HUGETLB = 04000, OBJECT_NORESERVE = 010000, OBJECT_HUGE_SHIFT = 26 };

/*
 * What to make.  The row has what is asked for: F_MODE, the permissions; F_SIZE of a segment, F_NSEMS of
 * a set; its name, if the kind has names; else, unless it is to have a random one, its F_KEY (0: none).
 * It may have F_UID, F_GID, and of a queue F_QBYTES, or F_MAXMSG and F_MSGSIZE, where 0 is the
 * kernel's default for either.  A POSIX semaphore has F_SEMVAL and F_LIBC.
 */
struct object_new {
	struct ipc_obj row;
	int flags;			/* of a System V segment: OBJECT_... */
	bool lock;			/* keep it in memory */
	const uint16_t *values;		/* of the semaphores of a set, */
	size_t nvalues;			/* as many as it has, or 1 for all of them, or 0: they are 0 */
};

/* An object that was made. */
struct object_made {
	int id;				/* or 0; -1: it is not there */
	uint32_t key;
	int fd;				/* holds on to a file; else -1 */
};

/*
 * Makes an object that must not exist yet.  Until object_finish its mode says that it is in the making,
 * and nobody but its owner can use it.  -EEXIST if its key or its name is in use.
 */
int object_create(const struct ipc_sys *, const struct object_new *, struct object_made *);

/*
 * Gives it its contents, its owner and, last, its mode.  If that fails the object stays until object_undo,
 * and *what says what failed: a constant string, or NULL where the error says enough.
 */
int object_finish(const struct ipc_sys *, const struct object_new *, const struct object_made *,
		  const char **what);

/*
 * Removes what object_create made, by its identity: 0 if it is gone.  A System V object that cannot be
 * looked at stays.  Linux cannot remove a file by its descriptor, so another program that unlinks it and
 * makes it anew between the last look and the unlink, which follow each other without anything in
 * between, still loses its object; -ENOENT: another name leads to the file.
 */
int object_undo(const struct ipc_sys *, const struct object_new *, const struct object_made *);

/* The row of an object that object_create made or that was in its way, as it is now. */
int object_stat_made(const struct ipc_sys *, const struct object_new *, const struct object_made *,
		     struct ipc_obj *);

/* Lets go of it; it stays. */
void object_release(struct object_made *);

/*
 * The object that keeps object_create from making this one.  -ENOENT if it is gone, -EEXIST if
 * what has the name is no object of the kind; another error is that of looking.
 */
int object_in_the_way(const struct ipc_sys *, const struct object_new *, struct ipc_obj *);

/* Does a row show an object that another process has not finished yet, or so it seems? */
bool object_is_in_the_making(const struct ipc_obj *);

#endif
