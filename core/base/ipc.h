/* SPDX-License-Identifier: 0BSD */
/*
 * The row that all layers share: an object, one semaphore of a set, a limit or the usage of a kind, as
 * numbers with a bitmap of those known.  Sources fill rows, renderers read them; neither knows the other.
 */
#ifndef CORE_BASE_IPC_H
#define CORE_BASE_IPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In listing order. */
enum ipc_kind {
	IPC_MSG,
	IPC_SHM,
	IPC_SEM,
	IPC_NSYSV,
	/* POSIX */
	IPC_PMSG = IPC_NSYSV,
	IPC_PSHM,
	IPC_PSEM,
	IPC_NKINDS,
	/* rows that are not objects */
	IPC_ELEMENT = IPC_NKINDS,	/* one semaphore of a set */
	IPC_RESOURCE,			/* one limit and its usage */
	IPC_HOLDER,			/* a holder or waiter of an object */
	IPC_MAP,			/* one mapping of a holder */
	IPC_MESSAGE,			/* one message of a queue */
	IPC_REPORT,			/* the result of a removal */
};

/* Sets of kinds, one bit each. */
enum {
	IPC_SYSV_KINDS = (1 << IPC_NSYSV) - 1,
	IPC_ALL_KINDS = (1 << IPC_NKINDS) - 1,
	IPC_POSIX_KINDS = IPC_ALL_KINDS & ~IPC_SYSV_KINDS,
};

/* Sizes are in bytes, times in seconds since the epoch; a key is an unsigned 32-bit number. */
enum ipc_field {
	F_KEY, F_ID, F_MODE, F_UID, F_GID, F_CUID, F_CGID, F_CTIME,
	/* shared memory */
	F_SIZE, F_NATTCH, F_CPID, F_LPID, F_ATIME, F_DTIME, F_RSS, F_SWAP,
	/* message queues */
	F_CBYTES, F_QNUM, F_QBYTES, F_LSPID, F_LRPID, F_STIME, F_RTIME,
	/* semaphore sets, and one semaphore of a set */
	F_NSEMS, F_OTIME, F_SEMNUM, F_SEMVAL, F_NCOUNT, F_ZCOUNT, F_SEMPID,
	/* POSIX objects, which are files */
	F_INODE, F_MTIME, F_MAXMSG, F_MSGSIZE, F_NOTIFYPID, F_LIBC,
	/* usage of a kind: objects and their contents */
	F_USED, F_USED_MESSAGES, F_USED_BYTES,
	F_USED_PAGES, F_RSS_PAGES, F_SWAP_PAGES, F_SWAP_ATTEMPTS, F_SWAP_SUCCESSES,
	F_USED_SEMS, F_USED_SPACE,
	/* one limit: its index in limits[] and its value; F_USED is its usage */
	F_RESOURCE, F_LIMIT,
	/* a holder or waiter: its uses of the object, in total and by type */
	F_PID, F_TIMES, F_MAPPINGS, F_DESCRIPTORS, F_THREADS,
	/* one mapping of a holder */
	F_FROM, F_TO,
	/* a message: its index in the queue, from 0, and its type */
	F_NUMBER, F_TYPE,
	/* an enum ipc_orphan, if the object was judged */
	F_ORPHAN,
	/* a character for the change since the last listing; true if the object already existed */
	F_MARK, F_EXISTED,
	F_COUNT,
};

/* Fields of an IPC_REPORT, in place of the usage of a kind: numbers of objects by result of a removal. */
enum ipc_report_field { F_REMOVED = F_USED, F_MARKED, F_WOULD_REMOVE, F_WOULD_MARK, F_KEPT, F_FAILED };

_Static_assert(F_COUNT <= 64, "a row's bitmap has 64 bits");

enum ipc_text {
	T_NAME,			/* of a POSIX object, without the leading slash */
	T_COMMAND,		/* of the creator, or of the process in the row */
	T_HOLDERS,		/* a list of the holders or waiters */
	T_HOW,			/* how a process uses the object */
	T_ACCESS,		/* of a mapping: "rw-s" */
	T_RESULT, T_REASON,	/* of an attempt to remove an object, or of a check of a limit */
	T_BYTES,		/* of a message: F_SIZE bytes, not terminated */
	T_COUNT,
};

/*
 * v[f] is valid if and only if bit f of have is set.  The texts t may hold any bytes or be NULL, and belong
 * to whoever filled the row.  device is the device number of a POSIX object, valid if F_INODE is.
 */
struct ipc_obj {
	enum ipc_kind kind;
	uint64_t have;
	int64_t v[F_COUNT];
	const char *t[T_COUNT];
	uint64_t device;
};

/* How certain it is that an object has no users, ascending; F_ORPHAN is unset if unknown. */
enum ipc_orphan { IPC_ORPHAN_NO, IPC_ORPHAN_MAYBE, IPC_ORPHAN_YES };

/*
 * F_LIBC: the libc whose programs find a POSIX semaphore under its name.  glibc prefixes the file name.  A
 * file without the prefix is recognized as musl's by its contents, and may also be a segment.
 */
enum ipc_libc { IPC_GLIBC, IPC_MUSL };

/* The permission bits, and the mode bits that Linux adds for a segment (<linux/shm.h>). */
enum {
	IPC_PERMS = 0777,
	IPC_DEST = 01000,
	IPC_LOCKED = 02000,
};

static inline void ipc_clear(struct ipc_obj *o, enum ipc_kind kind)
{
	o->kind = kind;
	o->have = 0;
	for (unsigned i = 0; i < T_COUNT; i++)
		o->t[i] = NULL;
}

static inline bool ipc_has(const struct ipc_obj *o, unsigned f)
{
	return o->have >> f & 1;
}

static inline void ipc_set(struct ipc_obj *o, unsigned f, int64_t v)
{
	o->v[f] = v;
	o->have |= UINT64_C(1) << f;
}

static inline void ipc_unset(struct ipc_obj *o, unsigned f)
{
	o->have &= ~(UINT64_C(1) << f);
}

struct ipc_kind_words {
	const char *word;	/* on the command line and in values: "shm" */
	const char *member;	/* in JSON: "shmems" */
	const char *noun;	/* the object that ipcmk creates: "shared memory" */
	const char *one, *many;	/* objects: "shared memory segment", "shared memory segments" */
	const char *facility;	/* in messages about the kernel: "shared memory" */
	const char *title;	/* in headings of limits: "Shared Memory" */
	const char *by;		/* how objects are identified: "id", "name" */
	bool named;		/* identified by name; otherwise by id and usually key */
};

extern const struct ipc_kind_words ipc_kinds[IPC_NKINDS];

/* The first kind of a set, in listing order; the set must not be empty. */
enum ipc_kind ipc_first(unsigned kinds);

/* Returns IPC_NKINDS if no kind has this word. */
enum ipc_kind ipc_kind_of(const char *word);

/*
 * The latest time at which an object was certainly created, changed or used; 0 if none is known.  Ignores
 * the access time of POSIX objects and the change time of POSIX queues: inspection sets them (Linux 6.18).
 */
int64_t ipc_latest(const struct ipc_obj *);

/* Seconds since the last use: 0 while attached or if in the future, -1 if times or nattch are unknown. */
int64_t ipc_age(const struct ipc_obj *, int64_t now);

#endif
