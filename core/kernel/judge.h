/* SPDX-License-Identifier: 0BSD */
/*
 * Decide whether a System V object is orphaned.  A process that we cannot see may use the object, so keep
 * it; a fact that we cannot measure is unknown.  The first object that needs it triggers a pass over
 * /proc that collects the IDs of live processes.  A process that exits during the pass may leave a child
 * that is not listed, so the pass repeats for new processes until it misses none.
 */
#ifndef CORE_KERNEL_JUDGE_H
#define CORE_KERNEL_JUDGE_H

#include "base/mem.h"
#include "kernel/holders.h"

/* The deciding fact, or the reason against IPC_ORPHAN_YES. */
enum judge_why {
	JUDGE_UNKNOWN,		/* too little is known to judge */
	JUDGE_ATTACHED,
	JUDGE_WAITED,		/* a process waits on it: pid, or 0 if only the kernel's count shows it */
	JUDGE_LIVES,		/* a recorded process is alive: pid */
	JUDGE_REUSED,		/* a recorded pid is in use, but seems to belong to a later process: pid */
	JUDGE_FOREIGN,		/* a process of another PID namespace used it */
	JUDGE_UNUSED,		/* it was never used */
	JUDGE_RECENT,		/* it was used within the last minute */
	JUDGE_UNSEEN,		/* not all processes are visible from here */
	JUDGE_OPEN,		/* its mode grants something to others */
	JUDGE_OWNER,		/* a process of its owner is alive: pid */
	JUDGE_CREATOR,		/* a process of its creator is alive: pid */
	JUDGE_GROUP,		/* a process of a group with access is alive: pid */
	JUDGE_GONE,		/* all of its users are gone */
};

struct judge_id;

enum { JUDGE_BUCKETS = 256, JUDGE_ANCESTORS = 64, JUDGE_SEEN = 1024 };

struct judge {
	const struct ipc_sys *sys;
	unsigned kinds;
	bool any_age;

	/* Private from here on. */
	struct mem mem;
	struct holders users;		/* queue waiters */
	bool looked, sees_own, sees_all;
	bool missed;			/* a listed process was gone before it was examined */
	uint64_t **seen;		/* a bit for each examined process: JUDGE_SEEN parts of 4096 PIDs */
	bool initial;			/* we are in the initial PID namespace */
	bool counts;			/* the kernel records PIDs of our namespace */
	struct proc_id namespace;	/* our IPC namespace; inode 0: the kernel has no namespaces */
	int64_t *ours, group;		/* this process and its ancestors, terminated by 0; its process group */
	uint64_t began;			/* start of this process, in ticks since boot */
	int any_group;			/* a process with more groups than we read of a line, or 0 */
	struct judge_id **ids;		/* JUDGE_BUCKETS lists */
};

/*
 * Initialize for objects of these kinds, a set of 1 << enum ipc_kind.  any_age: the caller selects by age,
 * so even objects used within the last minute may be orphaned.  Do not move it before judge_free.
 */
void judge_init(struct judge *, const struct ipc_sys *, unsigned kinds, bool any_age);

/*
 * Set F_ORPHAN of a System V object to an enum ipc_orphan, or leave it unset if unknown.  Returns the
 * reason; *pid is the deciding process, or 0.  Costs two calls per recorded process, three per semaphore.
 *
 *	yes	it was used, but not within the last minute; it has no holders or waiters; the recorded processes are
 *		gone; all processes of the machine are visible; the mode grants nothing to others; and no live process
 *		in this IPC namespace has the user ID of its owner or creator or, if the mode grants anything to the
 *		group, one of its group IDs
 *	maybe	the recorded processes are gone, or it was never used, but another condition of yes fails
 *	no	a process has it attached or waits on it, or a recorded process is alive
 *
 * The IDs of this process, its ancestors, and members of its process group that started with it or later
 * (its pipeline) do not count.  A process whose PID is in use is never gone, whatever the clock says.
 */
enum judge_why judge_object(struct judge *, struct ipc_obj *, int *pid);

/* True if it had to judge an object, but /proc does not show the processes of this PID namespace. */
bool judge_is_blind(const struct judge *);

/* Forget the live processes, so that the next object triggers another pass over /proc. */
void judge_again(struct judge *);

void judge_free(struct judge *);

#endif
