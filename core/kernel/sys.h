/* SPDX-License-Identifier: 0BSD */
/* The kernel as a table of calls and a few directories, which tests replace with their own. */
#ifndef CORE_KERNEL_SYS_H
#define CORE_KERNEL_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limit.h"

enum ipc_source {
	SOURCE_AUTO,		/* either, with the other as a fallback */
	SOURCE_PROC,
	SOURCE_SYSCALL,
};

/* The operations of shmctl(2), msgctl(2) and semctl(2). */
enum ipc_op {
	OP_STAT,		/* by id; needs read permission */
	OP_STAT_INDEX,		/* *_STAT: by index, returns the id; needs read permission */
	OP_STAT_ANY,		/* *_STAT_ANY: by index, without read permission; Linux 4.17 */
	OP_USAGE,		/* *_INFO */
	OP_REMOVE,
	OP_SET,			/* IPC_SET: owner, permissions and capacity of a queue, from the row */
	OP_LOCK,		/* SHM_LOCK: a segment into memory */
	OP_COUNT,
};

enum ipc_sem_op { SEM_PID, SEM_NCOUNT, SEM_ZCOUNT };

/* A message as msgrcv(2) lays it out. */
struct ipc_message {
	long type;
	char text[];
};

/*
 * A system call that may wait on an object, by number.  For ipc(2), `call` is its first argument and the
 * id is the second; otherwise `call` is -1 and the id comes first.
 */
struct sys_wait {
	long number;
	int call;
	enum ipc_kind kind;
	bool sends;
};

/*
 * Functions return a result or -errno unless noted.  ctl fills in the row for the STAT operations and
 * OP_USAGE, reads it for OP_SET, and otherwise ignores it, so that it may be NULL.
 */
struct ipc_calls {
	int (*get)(enum ipc_kind, uint32_t key, uint64_t size, int flags);
	int (*ctl)(enum ipc_kind, enum ipc_op, int id_or_index, struct ipc_obj *o);
	/* IPC_INFO: return the highest index in use and, unless NULL, add the limits. */
	int (*limits)(enum ipc_kind, struct limit_values *);
	int (*sem_values)(int id, uint16_t *values);
	int (*sem_set)(int id, const uint16_t *values);
	int (*sem_get)(int id, int semnum, enum ipc_sem_op);
	int (*ftok)(const char *path, int proj, uint32_t *key);
	/* POSIX queues, by name with the slash: return a descriptor, or 0. */
	int (*mq_make)(const char *name, int64_t maxmsg, int64_t msgsize);	/* both 0: defaults */
	int (*mq_open)(const char *name);
	int (*mq_remove)(const char *name);
	int (*mq_attr)(int fd, struct ipc_obj *o);	/* or a file of an mqueue mount */
	int (*mq_mount)(void);		/* a private mount of our namespace's queues */
	/* Copy message n of a queue without removing it; return its length. */
	int (*peek)(int id, int n, struct ipc_message *, size_t room);
	/* Returns a nameless file on the device of segments, with pages of 2^page bytes (0: ordinary). */
	int (*memory)(unsigned page);
	bool cut;			/* a 64-bit kernel would truncate segment sizes to our 32 bits */
	const struct sys_wait *waits;	/* ends with number 0 */
	/* the waits of programs with another word size, or NULL */
	const struct sys_wait *(*foreign)(void);
	uint64_t (*seed)(void);		/* 64 random bits, constant for one run */
	int (*alive)(int pid);		/* 0, or -ESRCH if there is no such process */
	uint32_t (*user)(void);		/* our effective uid */
	int (*capable)(unsigned capability);	/* in our user namespace: 1, 0 or -errno */
	/* Our capabilities apply to the namespace of this /proc file: 1, 0, or -errno if unknown. */
	int (*reaches)(int fd);
	int64_t (*now)(void);		/* seconds since the epoch */
	int64_t (*booted)(void);	/* time of boot, the origin of /proc/PID/stat; 0: unknown */
	int (*self)(void);
	uint64_t (*first_pids)(void);	/* inode of the initial PID namespace */
};

extern const struct ipc_calls sys_linux;

/* The kernel to use; proc, shm and mqueue are mount points, without a trailing slash. */
struct ipc_sys {
	const char *proc, *shm, *mqueue;
	enum ipc_source source;
	const struct ipc_calls *calls;
};

#endif
