/* SPDX-License-Identifier: 0BSD */
/*
 * Is a System V object orphaned?  Two principles: could not look means keep, and could not measure means
 * unknown.  One pass over /proc, at the first object that needs it, collects who lives; after that each
 * object is a look-up.  A process that goes while the pass is under way may have a child that is not listed
 * any more, so the pass is repeated for new processes until none is missed.
 */
#ifndef CORE_JUDGE_H
#define CORE_JUDGE_H

#include "base/mem.h"
#include "kernel/holders.h"

/* What decides, or what speaks against IPC_ORPHAN_YES. */
enum judge_why {
	JUDGE_UNKNOWN,		/* nothing is recorded that could be judged */
	JUDGE_ATTACHED,
	JUDGE_WAITED,		/* a process waits on it: pid, or 0 if only the kernel's count tells */
	JUDGE_LIVES,		/* a process that the kernel recorded lives: pid */
	JUDGE_REUSED,		/* the same number lives, but seems to have begun after the last use: pid */
	JUDGE_FOREIGN,		/* a process of another PID namespace has used it */
	JUDGE_UNUSED,		/* nobody has ever used it */
	JUDGE_RECENT,		/* it was used within the last minute */
	JUDGE_UNSEEN,		/* not all processes can be seen from here */
	JUDGE_OPEN,		/* its mode lets other users use it */
	JUDGE_OWNER,		/* a process of its owner lives: pid */
	JUDGE_CREATOR,		/* a process of its creator lives: pid */
	JUDGE_GROUP,		/* a process of a group that may use it lives: pid */
	JUDGE_GONE,		/* all of its users are gone */
};

/* One user or group that a living process has, and the lowest such pid. */
struct judge_id;

enum { JUDGE_BUCKETS = 256, JUDGE_ANCESTORS = 64, JUDGE_SEEN = 1024 };

struct judge {
	const struct ipc_sys *sys;
	unsigned kinds;
	bool any_age;

	/* What follows is private. */
	struct mem mem;
	struct holders users;		/* who waits on queues */
	bool looked, sees_own, sees_all;
	bool missed;			/* a process was listed that was gone when it was looked at */
	uint64_t **seen;		/* a bit for each process that was looked at: JUDGE_SEEN parts of 4096 pids */
	bool initial;			/* we are in the initial PID namespace */
	bool counts;			/* the kernel is known to record process ids that mean something here */
	struct proc_id namespace;	/* our IPC namespace; inode 0: this kernel has no others */
	int64_t *ours, group;		/* ourselves and our ancestors, up to a 0; our process group */
	uint64_t began;			/* we, in ticks since the boot */
	int any_group;			/* a process with more groups than fit a line that is read, or 0 */
	struct judge_id **ids;		/* JUDGE_BUCKETS lists */
};

/*
 * Makes one that has not looked yet, for objects of these kinds: a set of 1 << enum ipc_kind.  any_age:
 * objects used within the last minute may be orphaned as well, because the caller selects by age.  It must
 * stay where it is until judge_free.
 */
void judge_init(struct judge *, const struct ipc_sys *, unsigned kinds, bool any_age);

/*
 * Sets F_ORPHAN of a System V object to an enum ipc_orphan, or leaves it unset where nothing tells, and
 * returns why; *pid is the process that decides, or 0.  Costs two calls for each process that is recorded,
 * three for each semaphore.
 *
 *	yes	it was used, but not within the last minute; nobody has it attached or waits on it; the processes
 *		that the kernel recorded are gone; all processes of the machine can be seen; the mode grants nothing to
 *		others; and no process lives in this IPC namespace that has the user id of its owner or creator,
 *		or, where the mode grants something to the group, one of its group ids
 *	maybe	the recorded processes are gone, or it was never used, but another condition of yes fails
 *	no	somebody has it attached or waits on it, or a recorded process lives
 *
 * This process, its ancestors, and the processes of its group that began with it or later, which are those of
 * a pipeline, count as gone.  A process whose number is in use is never gone, whatever the clock says.
 */
enum judge_why judge_object(struct judge *, struct ipc_obj *, int *pid);

/* Forgets who lives, so that the next object is judged by another pass over /proc. */
void judge_again(struct judge *);

void judge_free(struct judge *);

#endif
