/* SPDX-License-Identifier: 0BSD */
/*
 * The row that everything meets in.  A kernel object, one semaphore of a set, a
 * kind's limits and a kind's usage are all the same thing here: numbers with a
 * bitmap that says which of them are known.  Sources fill rows, renderers read
 * them, and neither knows the other.
 */
#ifndef CORE_IPC_H
#define CORE_IPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order in which the tables list them. */
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
	/* rows that are no objects */
	IPC_ELEMENT = IPC_NKINDS,	/* one semaphore of a set */
	IPC_RESOURCE,			/* one limit, and how much of it is used */
	IPC_HOLDER,			/* a process that has an object or waits on it */
	IPC_MAP,			/* one of its mappings */
	IPC_MESSAGE,			/* in a queue */
	IPC_REPORT,			/* what became of some objects */
};

/* Sets of kinds, a bit for each. */
enum {
	IPC_SYSV_KINDS = (1 << IPC_NSYSV) - 1,
	IPC_ALL_KINDS = (1 << IPC_NKINDS) - 1,
	IPC_POSIX_KINDS = IPC_ALL_KINDS & ~IPC_SYSV_KINDS,
};

/* Sizes are bytes, times are seconds since the epoch, a key is its 32 bits unsigned. */
enum ipc_field {
	F_KEY, F_ID, F_MODE, F_UID, F_GID, F_CUID, F_CGID, F_CTIME,
	/* shared memory */
	F_SIZE, F_NATTCH, F_CPID, F_LPID, F_ATIME, F_DTIME, F_RSS, F_SWAP,
	/* message queues */
	F_CBYTES, F_QNUM, F_QBYTES, F_LSPID, F_LRPID, F_STIME, F_RTIME,
	/* semaphore sets, and one semaphore of a set */
	F_NSEMS, F_OTIME, F_SEMNUM, F_SEMVAL, F_NCOUNT, F_ZCOUNT, F_SEMPID,
	/* POSIX objects, files that they are */
	F_INODE, F_MTIME, F_MAXMSG, F_MSGSIZE, F_NOTIFYPID, F_LIBC,
	/* usage of a kind: objects, and what they hold */
	F_USED, F_USED_MESSAGES, F_USED_BYTES,
	F_USED_PAGES, F_RSS_PAGES, F_SWAP_PAGES, F_SWAP_ATTEMPTS, F_SWAP_SUCCESSES,
	F_USED_SEMS, F_USED_SPACE,
	/* one limit: its place in limits[], it, and, as F_USED, how much of it is used */
	F_RESOURCE, F_LIMIT,
	/* a process that has an object: how many times in all, and each */
	F_PID, F_TIMES, F_MAPPINGS, F_DESCRIPTORS, F_THREADS,
	/* one of its mappings */
	F_FROM, F_TO,
	/* a message: its place, from 0, and its type */
	F_NUMBER, F_TYPE,
	/* whether nobody uses an object any more, an enum ipc_orphan, where that was judged */
	F_ORPHAN,
	/* what became of an object since it was last looked at: a character; was it there before? */
	F_MARK, F_EXISTED,
	/* how many objects were removed, would be, were kept, could not be removed */
	F_REMOVED, F_WOULD_REMOVE, F_KEPT, F_FAILED,
	F_COUNT,
};

_Static_assert(F_COUNT <= 64, "a row's bitmap has 64 bits");

enum ipc_text {
	T_NAME,			/* of a POSIX object, without its slash */
	T_COMMAND,		/* of its creator, or of a process */
	T_HOLDERS,		/* those who have it or wait on it, as a list */
	T_HOW,			/* a process has it */
	T_ACCESS,		/* of a mapping: "rw-s" */
	T_KEY,			/* as it was given */
	T_RESULT, T_REASON,	/* what became of an object, and why */
	T_BYTES,		/* of a message, F_SIZE of them, not terminated */
	T_COUNT,
};

/*
 * v[f] is valid exactly when bit f of have is set.  The texts t are any bytes, or NULL, and belong to
 * who filled the row.  device is that of the file system of a POSIX object, known where F_INODE is.
 */
struct ipc_obj {
	enum ipc_kind kind;
	uint64_t have;
	int64_t v[F_COUNT];
	const char *t[T_COUNT];
	uint64_t device;
};

/* Is an object without users?  By rising certainty; unset where nothing tells. */
enum ipc_orphan { IPC_ORPHAN_NO, IPC_ORPHAN_MAYBE, IPC_ORPHAN_YES };

/*
 * The libc whose programs find a POSIX semaphore under its name: F_LIBC.  glibc's are files with
 * a prefix.  A file without it is musl's by what it holds, and may as well be a segment.
 */
enum ipc_libc { IPC_GLIBC, IPC_MUSL };

/* Mode bits beside the nine permissions that Linux shows for a segment (<linux/shm.h>). */
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

/* All words that there are for a kind. */
struct ipc_kind_words {
	const char *word;	/* of the command line, and in values: "shm" */
	const char *member;	/* of JSON: "shmems" */
	const char *noun;	/* what ipcmk makes: "shared memory" */
	const char *one, *many;	/* objects: "shared memory segment", "shared memory segments" */
	const char *facility;	/* what a kernel may lack: "shared memory" */
	const char *title;	/* of limits: "Shared Memory" */
	const char *by;		/* what an object is known by: "id", "name" */
	bool named;		/* by a name; else by an id and, mostly, a key */
};

extern const struct ipc_kind_words ipc_kinds[IPC_NKINDS];

/* The kind of a word of the command line, or IPC_NKINDS. */
enum ipc_kind ipc_kind_of(const char *word);

/*
 * The latest of the times at which an object was certainly made, changed or used, 0 if it
 * has none.  The access time of a POSIX object is none of them, and of a queue neither is
 * that of its change: to look at it sets them (Linux 6.18).
 */
int64_t ipc_latest(const struct ipc_obj *);

/*
 * The seconds since an object was last in use: 0 while a segment is attached, and where
 * the clock was set back.  -1 if that is not known: it has no times, or nothing tells
 * whether a segment is attached.
 */
int64_t ipc_age(const struct ipc_obj *, int64_t now);

#endif
