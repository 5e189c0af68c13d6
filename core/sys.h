/* SPDX-License-Identifier: 0BSD */
/*
 * The kernel.  Applets see one iterator and a handful of calls; which source
 * answers, the text under /proc or the control calls, is decided in here.
 *
 * All calls return 0 or a positive result, or -errno.  Those with a `where`
 * set it on failure to what failed: a path below the proc root (it begins with
 * a slash) or the name of a call.  It is a constant string.
 */
#ifndef CORE_SYS_H
#define CORE_SYS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "dir.h"
#include "ipc.h"
#include "key.h"
#include "procfmt.h"
#include "taskfmt.h"

enum ipc_source {
	SOURCE_AUTO,		/* /proc first, the calls where it does not serve */
	SOURCE_PROC,
	SOURCE_SYSCALL,
};

/* The control calls of one kind: what shmctl(2), msgctl(2) and semctl(2) name each in their own way. */
enum ipc_op {
	OP_STAT,		/* by id; needs read permission */
	OP_STAT_INDEX,		/* *_STAT: by index, returns the id; needs read permission */
	OP_STAT_ANY,		/* *_STAT_ANY, Linux 4.17: the same without permission */
	OP_LIMITS,		/* IPC_INFO: limits, returns the highest index in use */
	OP_USAGE,		/* *_INFO */
	OP_REMOVE,
	OP_SET,			/* owner, permissions, and a queue's capacity, from the row */
	OP_LOCK,		/* a segment into memory: SHM_LOCK */
	OP_COUNT,
};

/* The per-semaphore calls. */
enum ipc_sem_op { SEM_PID, SEM_NCOUNT, SEM_ZCOUNT };

/* A POSIX object to make: what does not fit its kind is not looked at. */
struct posix_new {
	uint64_t size;		/* bytes of a segment */
	uint32_t value;		/* of a semaphore */
	bool musl;		/* the semaphore is for programs linked to musl, not to glibc */
	int64_t maxmsg, msgsize;	/* of a queue; 0: the kernel's default, for either */
	unsigned mode;
	int64_t uid, gid;	/* -1: the caller's */
};

/* A message as msgrcv(2) lays it out; text has as many bytes as the caller made room for. */
struct ipc_message {
	long type;
	char text[];
};

/*
 * A system call that a task may wait in, by its number on this machine.  `call` is
 * that of ipc(2) where that is how programs get there: its first argument, the id
 * its second; else -1, and the id is the first.
 */
struct sys_wait {
	long number;
	int call;
	enum ipc_kind kind;
	bool sends;
};

/*
 * The system calls, as a table so that a test can put a kernel of its own in
 * their place.  ctl fills the row for the STAT ops, LIMITS and USAGE, reads it
 * for SET and leaves it alone otherwise, and then o may be NULL.
 */
struct ipc_calls {
	int (*get)(enum ipc_kind, uint32_t key, uint64_t size, int flags);
	int (*ctl)(enum ipc_kind, enum ipc_op, int id_or_index, struct ipc_obj *o);
	int (*sem_values)(int id, uint16_t *values);
	int (*sem_set)(int id, const uint16_t *values);
	int (*sem_get)(int id, int semnum, enum ipc_sem_op);
	int (*ftok)(const char *path, int proj, uint32_t *key);
	/* POSIX queues, by their names with the slash: descriptors, or 0. */
	int (*mq_make)(const char *name, const struct posix_new *);
	int (*mq_open)(const char *name);
	int (*mq_remove)(const char *name);
	int (*mq_attr)(int fd, struct ipc_obj *o);	/* of a file of the mqueue file system, too */
	int (*mq_mount)(void);		/* a mount of this namespace's queues that nobody else sees */
	/* Message number n of a queue, which keeps it; its length. */
	int (*peek)(int id, int n, struct ipc_message *, size_t room);
	/*
	 * A descriptor of a nameless new file where the kernel keeps segments, of pages of
	 * 2^page bytes, 0 for ordinary ones: it tells the device that segments lie on.
	 */
	int (*memory)(unsigned page);
	bool cut;			/* the sizes of segments lack all but 32 bits where the kernel has more */
	const struct sys_wait *waits;	/* up to a number 0 */
	/* The same for programs whose words are not as long as ours; NULL: not known. */
	const struct sys_wait *(*foreign)(void);
	uint64_t (*seed)(void);		/* 64 random bits, the same through one run */
	int (*alive)(int pid);		/* 0, or -ESRCH if there is no such process */
	uint32_t (*user)(void);		/* our effective user id */
	int (*capable)(unsigned capability);	/* 1, 0 or -errno: within our user namespace */
	/*
	 * Whether what we are capable of holds in a namespace, by its file in /proc: 1, 0, or
	 * -errno where the kernel does not tell.
	 */
	int (*reaches)(int fd);
	int64_t (*now)(void);		/* seconds since the epoch */
	int64_t (*booted)(void);	/* the same of the boot, as /proc/PID/stat counts from it; 0: not known */
	int (*self)(void);		/* our process id */
	uint64_t (*first_pids)(void);	/* the inode of the initial PID namespace */
};

extern const struct ipc_calls sys_linux;

/* Where things are mounted, without a slash behind. */
struct ipc_sys {
	const char *proc, *shm, *mqueue;
	enum ipc_source source;
	const struct ipc_calls *calls;
};

/* Reads a proc file of rows; the private part of ipc_iter. */
struct sys_proc {
	int fd;			/* -1: closed */
	size_t at, end;
	struct procfmt fmt;
	uint64_t huge;		/* bytes of a huge page, 0: not asked yet */
	char buf[4096];		/* the kernel hands out no more than a page at a time */
};

/* Walks the indexes of a kind; the private part of ipc_iter. */
struct sys_walk {
	int next, highest;
	enum ipc_op op;
	bool proven;		/* op has answered, so its EINVAL means an empty index */
	bool sized;		/* the sizes that it gives are whole */
};

/* Walks the files that POSIX objects are; the private part of ipc_iter. */
struct posix_dir {
	struct dir dir;
	bool decided;		/* the mount is known to be of our namespace */
};

struct ipc_iter {
	const struct ipc_sys *sys;
	enum ipc_kind kind;
	const char *where;	/* what failed */
	unsigned hidden;	/* objects that are there but could not be read */
	bool absent;		/* there is no folder for the kind, so there are none */
	int64_t last;		/* id of the last object handed out, -1 before the first */
	bool walking;
	struct sys_walk walk;
	union {			/* by the kind */
		struct sys_proc proc;
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

/*
 * One object by its id, by one call where that may be read, else as much as the
 * other ways give.  -EINVAL and -EIDRM: no such object.
 */
int sys_stat(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *, const char **where);

/* Adds to the row of a queue its capacity, which the files do not tell, by one call. */
void sys_complete(const struct ipc_sys *, struct ipc_obj *);

/* The limits or the usage of a kind as one row; what could not be told stays unset. */
int sys_limits(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);
int sys_usage(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);

/* The values of all nsems semaphores of a set, in one snapshot. */
int sys_sem_values(const struct ipc_sys *, int id, uint16_t *values);

/* Adds ncount, zcount and pid of one semaphore to its row. */
int sys_sem_fill(const struct ipc_sys *, int id, int semnum, struct ipc_obj *);

/* What shmget(2) takes beside permissions, as <linux/shm.h> numbers it; the page size goes in as its log2. */
enum { SYS_HUGETLB = 04000, SYS_NORESERVE = 010000, SYS_HUGE_SHIFT = 26 };

/*
 * The modes of objects that are not complete yet, which mark them for those who find them.  To
 * set the values of a set takes its permissions, so System V objects have some of the owner;
 * the third, which means nothing there, makes the mark.
 */
enum { SYS_MAKING = 0700, POSIX_MAKING = 0 };

/*
 * What to make: size is bytes of a segment, semaphores of a set, unused for a
 * queue.  With `keyed`, key is the one to take (0: none at all); without, it is
 * set to the random one that was found.
 */
struct sys_new {
	uint64_t size;
	uint32_t key;
	bool keyed;
	unsigned mode;
	int flags;
};

/* Makes an object and returns its id; -EEXIST if its key is in use.  It never takes another's object. */
int sys_create(const struct ipc_sys *, enum ipc_kind, struct sys_new *);

/* Changes what *change has of owner, group, permissions and capacity; the rest stays. */
int sys_set(const struct ipc_sys *, enum ipc_kind, int id, const struct ipc_obj *change);

/* Keeps a segment in memory. */
int sys_lock(const struct ipc_sys *, int id);

/* Sets all semaphores of a set at once. */
int sys_sem_set(const struct ipc_sys *, int id, const uint16_t *values);

/*
 * Copies message number n of a System V queue, counted from 0, which stays in the queue and
 * of which nothing tells that it was looked at: the length of its text.  -ENOMSG: the
 * queue has no more; -E2BIG: longer than `room` bytes, and Linux copies no part of a
 * message (6.18 says EINVAL to MSG_NOERROR here); F_CBYTES of the queue is room for any.
 * -EINVAL: no such queue, or the message is longer than msgmax, which was lowered after
 * it was sent.  -ENOSYS: the kernel is built without CONFIG_CHECKPOINT_RESTORE; -EACCES.
 */
int sys_peek(const struct ipc_sys *, int id, int n, struct ipc_message *, size_t room);

/* Asks the file of a KEY_FTOK for the key's value; the other forms have theirs. */
int sys_key(const struct ipc_sys *, struct key *);

/* The id under a key; -ENOENT if there is none. */
int sys_lookup(const struct ipc_sys *, enum ipc_kind, uint32_t key);

int sys_remove(const struct ipc_sys *, enum ipc_kind, int id);

/*
 * Removes an object that this process has created with that key: 0 if it is gone, also if another
 * one has its id now.  One that cannot be looked at stays.
 */
int sys_unmake(const struct ipc_sys *, enum ipc_kind, int id, uint32_t key);

/*
 * Whether sys_remove of the object of this row would be permitted: 0, -EPERM, or
 * -EOPNOTSUPP where that cannot be told.
 */
int sys_may_remove(const struct ipc_sys *, const struct ipc_obj *);

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
 * Creates an object that must not exist yet, with POSIX_MAKING as its mode, and returns a
 * descriptor of it, which the caller closes.  posix_finish gives it the contents, the owner
 * and, last, the mode.  If that fails the object stays until posix_unmake.
 */
int posix_make(const struct ipc_sys *, enum ipc_kind, const char *name, const struct posix_new *);
int posix_finish(enum ipc_kind, int fd, const struct posix_new *);

/*
 * Removes the object behind a descriptor of posix_make, provided that the name still leads to
 * it: 0 if no name does any more.  Linux cannot remove a file by its descriptor, so
 * another program that unlinks it and makes it anew between the last look and the unlink,
 * which follow each other without anything in between, still loses its object.  -ENOENT: another
 * name leads to it.
 */
int posix_unmake(const struct ipc_sys *, enum ipc_kind, const char *name, const struct posix_new *, int fd);

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

/* Adds to a row the limits of a POSIX kind that are no sysctls; -ENOSYS is a kernel without the kind. */
int posix_limits(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *);

/* Adds to the usage of POSIX shared memory what its file system holds in all, as the limit counts. */
void posix_space(const struct ipc_sys *, struct ipc_obj *);

/*
 * Calls each for every entry of /dev/shm that is no object, with its name and
 * what posix_remove says of it.
 */
int posix_others(const struct ipc_sys *, void (*each)(void *arg, const char *name, int why), void *arg);

/* What follows is the sources, for sys.c alone. */

int posix_dir_open(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, bool *absent);
int posix_dir_next(struct posix_dir *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		   struct ipc_obj *);
void posix_dir_close(struct posix_dir *);
const char *posix_where(const struct ipc_sys *, enum ipc_kind);

int sys_proc_open(struct sys_proc *, const struct ipc_sys *, enum ipc_kind);
int sys_proc_next(struct sys_proc *, const struct ipc_sys *, enum ipc_kind, struct ipc_obj *);
void sys_proc_close(struct sys_proc *);
const char *sys_proc_where(enum ipc_kind);

/* Whether a user or group id may stand for any that has no number in our user namespace. */
bool sys_is_vague(const struct ipc_sys *, int64_t id);

/* A proc file or folder, open for reading: its descriptor. */
int sys_proc_fd(const struct ipc_sys *, const char *path);

/*
 * Any proc file as lines.  sys_proc_line returns 1 with a line, without its newline, until the
 * next call; 0 at the end; -EBADMSG for an unfinished last line.  With `keep`, lines may be
 * longer than the buffer: of those, only the first `keep` bytes are what the file has,
 * and more follow, so that they are seen to be longer.
 */
int sys_proc_lines(struct sys_proc *, const struct ipc_sys *, const char *path);
int sys_proc_line(struct sys_proc *, size_t keep, const char **line, size_t *len);

/* Which file something is: the device as taskfmt_device has it. */
struct sys_file {
	uint64_t device, inode;
};

/* The file that the proc file `path` leads to; no file system is asked that does not know by itself. */
int sys_proc_which(const struct ipc_sys *, const char *path, struct sys_file *);

/* The file behind a descriptor. */
int sys_which(int fd, struct sys_file *);

/* The text of the proc file `path`, at most size bytes of it; its length. */
ssize_t sys_proc_text(const struct ipc_sys *, const char *path, char *buf, size_t size);

/* n numbers from the proc file `path`, which begins with a slash. */
int sys_proc_numbers(const struct ipc_sys *, const char *path, uint64_t *v, size_t n);

/* Starts behind the object `after`, or at the first for -1. */
int sys_walk_open(struct sys_walk *, const struct ipc_sys *, enum ipc_kind, int64_t after);
int sys_walk_next(struct sys_walk *, const struct ipc_sys *, enum ipc_kind, unsigned *hidden,
		  struct ipc_obj *);
const char *sys_walk_where(enum ipc_kind);

/* Takes back the size of a segment that a call has told, unless it is known to be whole. */
void sys_doubt_size(const struct ipc_sys *, struct ipc_obj *);

/* One object from the index that its id names; -EINVAL if another one has it or none. */
int sys_walk_find(const struct ipc_sys *, enum ipc_kind, int id, struct ipc_obj *);

#endif
