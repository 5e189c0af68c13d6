/* SPDX-License-Identifier: 0BSD */
/* POSIX objects, which are files.  For object.c, create.c and totals.c. */
#ifndef CORE_KERNEL_POSIX_H
#define CORE_KERNEL_POSIX_H

#include "kernel/dir.h"
#include "kernel/sys.h"

/* Walks the files that they are. */
struct posix_dir {
	struct dir dir;
	bool decided;		/* the mount is known to be of our namespace */
};

int posix_dir_open(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, bool *absent);
int posix_dir_next(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		   struct ipc_obj *);
void posix_dir_close(struct posix_dir *);
const char *posix_where(const struct ipc_sys *, enum ipc_kind);

/*
 * One POSIX object by its name without the slash, which stays the caller's.
 * -ENOENT if there is none of that kind.  Of /dev/shm, who names a file says of which kind it
 * is, unless it cannot be that; a list shows it as one kind alone.
 */
int posix_stat(const struct ipc_sys *, enum ipc_kind, const char *name, struct ipc_obj *, const char **where);

/*
 * The object that keeps posix_make from making that name.  A queue is opened by its name, so that
 * its file system need not be mounted.  -ENOENT if it is gone, -EEXIST if it is no object of
 * the kind; another error is that of looking.
 */
int posix_look(const struct ipc_sys *, enum ipc_kind, const char *name, struct ipc_obj *);

/*
 * Creates the object that a row of create.h describes, with `mode` as its mode, and returns a
 * descriptor of it, which the caller closes.  posix_finish gives it the contents, the owner
 * and, last, the mode.  If that fails the object stays until posix_unmake.
 */
int posix_make(const struct ipc_sys *, const struct ipc_obj *want, unsigned mode);
int posix_finish(int fd, const struct ipc_obj *want);

/*
 * Removes the object behind a descriptor of posix_make, provided that the name still leads to
 * it: 0 if no name does any more.  Linux cannot remove a file by its descriptor, so
 * another program that unlinks it and makes it anew between the last look and the unlink,
 * which follow each other without anything in between, still loses its object.  -ENOENT: another
 * name leads to it.
 */
int posix_unmake(const struct ipc_sys *, const struct ipc_obj *want, int fd);

/* Whether a file of /dev/shm is named as glibc names semaphores, so that it is none of a segment. */
bool posix_is_semaphore(const char *file);

/*
 * Whether two files have the name of a semaphore: glibc's, which is the one that the name
 * means, and one of musl's.
 */
bool posix_twins(const struct ipc_sys *, const char *name);

/*
 * Removes an object; -ENOENT if there is none, -EISDIR, -ELOOP or -ENXIO for a
 * folder, a link or another file that is none, -EINVAL for a semaphore asked for as
 * a segment, -EACCES where it cannot be looked at.  `named`: somebody who knows what
 * it is has named it.  Without that a file that only looks like a semaphore is none.
 */
int posix_remove(const struct ipc_sys *, enum ipc_kind, const char *name, bool named);

/*
 * What posix_remove would return, without removing anything: -EACCES, -EPERM and -EROFS
 * besides.  -EOPNOTSUPP: it cannot be told.
 */
int posix_may_remove(const struct ipc_sys *, enum ipc_kind, const char *name, bool named);

/* Adds the limits of a POSIX kind that are no sysctls; -ENOSYS is a kernel without the kind. */
int posix_limits(const struct ipc_sys *, enum ipc_kind, struct limit_values *);

/* Adds to the usage of POSIX shared memory what its file system holds in all, as the limit counts. */
void posix_space(const struct ipc_sys *, struct ipc_obj *);

/*
 * Calls each for every entry of /dev/shm that is no object but named as those of the kind are, with its
 * name and what posix_remove says of it.
 */
int posix_others(const struct ipc_sys *, enum ipc_kind, void (*each)(void *arg, const char *name, int why),
		 void *arg);

#endif
