/* SPDX-License-Identifier: 0BSD */
/*
 * Holders and waiters of objects, as far as /proc shows them: processes that have a segment mapped
 * (proc_pid_maps(5)), have a POSIX object open (proc_pid_fd(5)), or wait in a system call on a queue or a
 * semaphore set (proc_pid_syscall(5)).  One pass over /proc serves any number of objects.
 *
 * Mappings of POSIX objects are found only if stat(2) and maps agree on the device, as for tmpfs;
 * otherwise only descriptors are.
 *
 * The result may lack users but never invents any, with three exceptions that only nattch can reveal: a
 * process keeps its mappings when it enters or leaves our IPC namespace; processes that share memory, as
 * after vfork(2), all show the same mappings; and objects and processes come and go meanwhile.
 */
#ifndef CORE_KERNEL_HOLDERS_H
#define CORE_KERNEL_HOLDERS_H

#include "base/mem.h"
#include "kernel/dir.h"
#include "kernel/pid_text.h"
#include "kernel/proc.h"

/* Uses of an object by a process, as a bit set. */
enum holder_how {
	HOLDER_MAPPED = 1,
	HOLDER_OPEN = 2,		/* a POSIX object */
	HOLDER_SENDS = 4,		/* waits in msgsnd(2) */
	HOLDER_RECEIVES = 8,	/* waits in msgrcv(2) */
	HOLDER_OPERATES = 16,	/* waits in semop(2) */
};

struct holder {
	struct holder *next;	/* with a higher pid */
	int pid;
	unsigned how;
	unsigned mappings;	/* as nattch counts them */
	unsigned descriptors;
	unsigned waiting;	/* threads */
};

/* HOLDERS_DEVICES: one for ordinary pages and one for each possible size of huge pages. */
enum { HOLDERS_BUCKETS = 4096, HOLDERS_DEVICES = 24 };

struct holders {
	struct mem mem;
	const struct ipc_sys *sys;
	unsigned kinds;			/* as requested */
	/*
	 * At least so many processes could not be examined for objects of that kind.  One of them may stand for
	 * all those that /proc does not list (hidepid, inner PID namespace).
	 */
	unsigned hidden[IPC_NKINDS];
	bool waits;			/* the kernel shows what tasks wait on; otherwise no waiters are found */

	/* Private from here on. */
	struct proc_id namespace;	/* ours */
	int namespaces;			/* 1: supported, 0: not supported, -errno: ours is unknown */
	struct proc_id file[IPC_NKINDS];	/* directories of POSIX objects */
	uint64_t devices[HOLDERS_DEVICES];	/* those that hold segments */
	unsigned ndevices;
	struct held_object **buckets;
};

/* Initialize to an empty result. */
void holders_init(struct holders *);

/*
 * Scan all processes for users of any object of these kinds, a set of 1 << enum ipc_kind.  Returns 0, or
 * -errno if /proc cannot be read or memory is short; call holders_free even then.  Only users that it
 * finds take memory.  Do not move it before holders_free.
 *
 * A System V segment is recognized by the path and the device of a mapping.  The device is that of a
 * nameless file that we create where the kernel keeps segments, so a deleted file /SYSV00000000 on
 * another file system does not match.  Before Linux 3.17, which has no such files, any file system
 * without a block device matches; before 4.14, segments of huge pages are not found.
 */
int holders_scan(struct holders *, const struct ipc_sys *, unsigned kinds);

/* holders_scan in steps, for a caller that walks the processes itself.  Both return 0 or -ENOMEM. */
int holders_start(struct holders *, const struct ipc_sys *, unsigned kinds);
int holders_look(struct holders *, int pid);

/*
 * Every process is listed where both hold: in the initial PID namespace, for processes outside an inner one
 * may share the IPC namespace, and under a mount of /proc that is known to hide none.
 */
bool holders_is_initial(const struct ipc_sys *);
bool holders_hides_none(const struct ipc_sys *);

/* The next process or thread in a directory below /proc.  Returns 1, 0 at the end, or -errno. */
int holders_next_number(struct dir *, const char **name, int *number);

/* The users of an object in ascending order of PID, or NULL; valid until holders_free. */
const struct holder *holders_of(const struct holders *, const struct ipc_obj *);

/* The number of mappings of these users.  If nattch of a segment is higher, some users are not visible. */
unsigned holders_mappings(const struct holder *);

/* Take one mapping.  resident: bytes in memory that this process has touched, or -1 if unknown. */
typedef void holders_each(void *arg, const struct pid_mapping *, int64_t resident);

/*
 * Pass the current mappings of an object of a requested kind in a process to each, in ascending order of
 * address.  Returns 0, or -errno if some are missing: the process is gone or may not be examined.
 */
int holders_detail(const struct holders *, const struct ipc_obj *, int pid, holders_each *each, void *arg);

/* Free the memory and reset to empty. */
void holders_free(struct holders *);

#endif
