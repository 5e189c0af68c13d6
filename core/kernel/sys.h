/* SPDX-License-Identifier: 0BSD */
/* The kernel as a table of calls and a few folders, so that a test can put one of its own in its place. */
#ifndef CORE_KERNEL_SYS_H
#define CORE_KERNEL_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limit.h"

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
	OP_USAGE,		/* *_INFO */
	OP_REMOVE,
	OP_SET,			/* owner, permissions, and a queue's capacity, from the row */
	OP_LOCK,		/* a segment into memory: SHM_LOCK */
	OP_COUNT,
};

/* The per-semaphore calls. */
enum ipc_sem_op { SEM_PID, SEM_NCOUNT, SEM_ZCOUNT };

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
 * their place.  ctl fills the row for the STAT ops and USAGE, reads it
 * for SET and leaves it alone otherwise, and then o may be NULL.
 */
struct ipc_calls {
	int (*get)(enum ipc_kind, uint32_t key, uint64_t size, int flags);
	int (*ctl)(enum ipc_kind, enum ipc_op, int id_or_index, struct ipc_obj *o);
	/* IPC_INFO: adds the limits of the kind, unless that is NULL; the highest index in use. */
	int (*limits)(enum ipc_kind, struct limit_values *);
	int (*sem_values)(int id, uint16_t *values);
	int (*sem_set)(int id, const uint16_t *values);
	int (*sem_get)(int id, int semnum, enum ipc_sem_op);
	int (*ftok)(const char *path, int proj, uint32_t *key);
	/* POSIX queues, by their names with the slash: descriptors, or 0. */
	int (*mq_make)(const char *name, int64_t maxmsg, int64_t msgsize);	/* both 0: the defaults */
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

#endif
