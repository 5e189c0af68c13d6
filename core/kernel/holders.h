/* SPDX-License-Identifier: 0BSD */
/*
 * The processes that use objects, as far as /proc shows them: who has a segment
 * mapped (proc_pid_maps(5)), who has a file of a POSIX object open (proc_pid_fd(5)),
 * and who waits in a call on a queue or a set (proc_pid_syscall(5)).  One pass over
 * /proc serves any number of objects.
 *
 * A mapping of a POSIX object is seen where stat(2) and maps agree on its device, as for tmpfs;
 * elsewhere descriptors alone are.
 *
 * What is here may lack users, never invent them, with three exceptions that only the
 * caller's nattch can tell of: a process that has left our IPC namespace or come into it
 * keeps the mappings that it had; processes that share their memory, as after vfork(2),
 * all show the same; and objects and processes come and go meanwhile.
 */
#ifndef CORE_USERS_H
#define CORE_USERS_H

#include "base/mem.h"
#include "kernel/dir.h"
#include "kernel/pid_text.h"
#include "kernel/proc.h"

/* What a process does with an object; a set of them. */
enum use_how {
	HOLDER_MAPPED = 1,
	HOLDER_OPEN = 2,		/* a POSIX object */
	HOLDER_SENDS = 4,		/* waits in msgsnd(2) */
	HOLDER_RECEIVES = 8,	/* waits in msgrcv(2) */
	HOLDER_OPERATES = 16,	/* waits in semop(2) */
};

/* One process and one object. */
struct holder {
	struct holder *next;	/* of a higher pid */
	int pid;
	unsigned how;
	unsigned mappings;	/* as nattch counts them */
	unsigned descriptors;
	unsigned waiting;	/* threads */
};

/* HOLDERS_DEVICES: one for ordinary pages and one for each size that huge pages may have. */
enum { HOLDERS_BUCKETS = 4096, HOLDERS_DEVICES = 24 };

struct holders {
	struct mem mem;
	const struct ipc_sys *sys;
	unsigned kinds;			/* those that were asked for */
	/*
	 * Processes that could not be looked into for objects of that kind, at least: 1 stands for
	 * all that a proc does not even list, for it is mounted with hidepid or may be.
	 */
	unsigned hidden[IPC_NKINDS];
	bool waits;			/* the kernel tells what tasks wait for; else nobody is found to wait */

	/* What follows is the room's own. */
	struct proc_id namespace;	/* ours */
	int namespaces;			/* 1: there are several, 0: there are none, or why ours is not known */
	struct proc_id file[IPC_NKINDS];	/* where POSIX objects lie */
	uint64_t devices[HOLDERS_DEVICES];	/* where segments lie */
	unsigned ndevices;
	struct held_object **buckets;
};

/* Makes an empty one, which has looked for nobody. */
void holders_init(struct holders *);

/*
 * Looks through all processes for the users of all objects of the kinds: a set of
 * 1 << enum ipc_kind.  Returns 0 or -errno: /proc cannot be read, or there is no
 * memory; then, too, holders_free is due.  What it finds takes memory, what it looks at
 * does not.  It must stay where it is until holders_free.
 *
 * A mapping is one of a System V segment by its path and by its device, which is that of a
 * nameless file that we make where the kernel keeps segments; so a deleted file
 * named /SYSV00000000 of another file system does not pass.  Where the kernel makes no such
 * files (before 3.17; of huge pages before 4.14), any file system without a device will do.
 */
int holders_scan(struct holders *, const struct ipc_sys *, unsigned kinds);

/*
 * The same step by step, for a caller who walks over the processes: holders_start, which can fail like
 * holders_scan, then holders_look for each.
 */
int holders_start(struct holders *, const struct ipc_sys *, unsigned kinds);
int holders_look(struct holders *, int pid);

/*
 * Every process is listed where both hold: in the initial PID namespace, for processes outside an inner one
 * may share the IPC namespace, and under a mount of /proc that is known to hide none.
 */
bool holders_is_initial(const struct ipc_sys *);
bool holders_hides_none(const struct ipc_sys *);

/*
 * The next entry of a folder below /proc that is a number, as processes and threads are: 1, 0 at the end, or
 * -errno.
 */
int holders_next_number(struct dir *, const char **name, int *number);

/*
 * The first user of an object, by rising pid, or NULL; they live until holders_free.
 */
const struct holder *holders_of(const struct holders *, const struct ipc_obj *);

/*
 * The mappings of these users together.  A segment whose nattch is higher has users that are
 * not visible.
 */
unsigned holders_mappings(const struct holder *);

/* Takes one mapping; resident is bytes in memory that this process has touched, or -1 if not known. */
typedef void holders_each(void *arg, const struct pid_mapping *, int64_t resident);

/*
 * Hands over the mappings that a process has of an object of the kinds that were asked for,
 * by rising address, as they are now.  0; or -errno, and then they are not all: it is gone or
 * may not be looked into.
 */
int holders_detail(const struct holders *, const struct ipc_obj *, int pid, holders_each *each, void *arg);

/* Gives the memory back; it is empty then. */
void holders_free(struct holders *);

#endif
