/* SPDX-License-Identifier: 0BSD */
/* POSIX objects, which are files.  For object.c, create.c and totals.c. */
#ifndef CORE_KERNEL_POSIX_H
#define CORE_KERNEL_POSIX_H

#include "kernel/dir.h"
#include "kernel/sys.h"

/* True for the kinds that this file is about; the others are System V's. */
static inline bool posix_has(enum ipc_kind kind)
{
	return kind >= IPC_NSYSV;
}

/* The names of a kind's directory, sorted by the names of the objects. */
struct posix_dir {
	struct dir dir;
	bool decided;		/* the mount is known to belong to our namespace */
	bool listed;		/* the names have been read */
	const struct dir_name *next;
	struct mem names;
};

int posix_dir_open(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, bool *absent);
int posix_dir_next(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		   struct ipc_obj *);
void posix_dir_close(struct posix_dir *);
const char *posix_where(const struct ipc_sys *, enum ipc_kind);

/* Read an object by its name without the slash, which must outlive the row; see object_stat. */
int posix_stat(const struct ipc_sys *, enum ipc_kind, const char *name, struct ipc_obj *, const char **where);

/*
 * Read the object that keeps posix_make from creating that name.  Queues need not be mounted.  Returns
 * -ENOENT if it is gone, -EEXIST if it is no object of the kind, or the error of the look-up.
 */
int posix_look(const struct ipc_sys *, enum ipc_kind, const char *name, struct ipc_obj *);

/*
 * Create an object from a row as in create.h with this mode (queues: 0); the caller closes the
 * descriptor.  posix_finish sets contents, owner and, last, mode; if it fails, the object remains,
 * and *what is as in object_finish.
 */
int posix_make(const struct ipc_sys *, const struct ipc_obj *want, unsigned mode);
int posix_finish(int fd, const struct ipc_obj *want, const char **what);

/*
 * Remove an object from posix_make if its name still refers to it.  Returns 0 if it has no name any
 * more, -ENOENT if it has another one.  Linux cannot remove a file by descriptor: a program that
 * replaces the object between the last check and the unlink right after it loses its own object.
 */
int posix_unmake(const struct ipc_sys *, const struct ipc_obj *want, int fd);

/* True if a file in /dev/shm is named like a glibc semaphore, so that it cannot be a segment. */
bool posix_is_semaphore(const char *file);

/* True if there are both glibc's file, which the name means, and one that may be musl's. */
bool posix_twins(const struct ipc_sys *, const char *name);

/*
 * Remove an object; see object_remove.  -ENOENT: there is none.  Unless `named` by somebody who knows
 * what it is, a file that only looks like a semaphore is none.
 */
int posix_remove(const struct ipc_sys *, enum ipc_kind, const char *name, bool named);

/* Predict the result of posix_remove, including -EACCES, -EPERM and -EROFS; -EOPNOTSUPP if unknown. */
int posix_may_remove(const struct ipc_sys *, enum ipc_kind, const char *name, bool named);

/* Add the limits of a POSIX kind that are no sysctls.  Returns -ENOSYS if the kernel lacks the kind. */
int posix_limits(const struct ipc_sys *, enum ipc_kind, struct limit_values *);

/* Add the total usage of the file system of POSIX shared memory, which its limit applies to. */
void posix_space(const struct ipc_sys *, struct ipc_obj *);

/* See object_others. */
int posix_others(const struct ipc_sys *, enum ipc_kind, void (*each)(void *arg, const char *name, int why),
		 void *arg);

#endif
