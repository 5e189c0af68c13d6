/* SPDX-License-Identifier: 0BSD */
/* The processes that an object names: whether they are still there, and what they run. */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include "sys.h"

/* The path below the proc root of a file of a process, "/123/stat"; file is at most 43 bytes. */
enum { PROCESS_PATH = 64 };
void process_path(char path[PROCESS_PATH], int64_t pid, const char *file);

/*
 * Whether the process that did something at `when` is gone: 1 or 0.  A zombie is, and a
 * process that has its number but began later is another one.  -ESRCH where that cannot be judged:
 * number 0 stands for one of another pid namespace.
 */
int process_gone(const struct ipc_sys *, int64_t pid, int64_t when);

/*
 * The command line of the process that did something at `when`, its arguments parted by
 * blanks, into buf, terminated: its length, or -ESRCH if that is gone or not to be known.
 */
int process_command(const struct ipc_sys *, int64_t pid, int64_t when, char *buf, size_t size);

/*
 * Sets F_ORPHAN of a System V object to 1 where nobody uses it any more, to 0 where
 * somebody does, and leaves it unset where that cannot be judged.  A segment: nobody has it
 * attached, and its creator and the last that had are gone.  A queue: the last sender
 * and the last receiver are gone.  A set: nobody waits, and the last to operate on each
 * semaphore is gone.  Costs calls for each process and each semaphore.
 */
void process_judge(const struct ipc_sys *, struct ipc_obj *);

#endif
