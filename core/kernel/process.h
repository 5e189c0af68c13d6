/* SPDX-License-Identifier: 0BSD */
/* Look up processes that an object records: their fate, start time and command. */
#ifndef CORE_KERNEL_PROCESS_H
#define CORE_KERNEL_PROCESS_H

#include "kernel/sys.h"

/* Build a path below the proc root such as "/123/stat"; file is at most 43 bytes. */
enum { PROCESS_PATH = 64 };
void process_path(char path[PROCESS_PATH], int64_t pid, const char *file);

/* Get the name that the kernel keeps, any bytes, NUL-terminated.  Returns 0 or -errno, -ESRCH if none. */
enum { PROCESS_NAME = 32 };
int process_name(const struct ipc_sys *, int64_t pid, char name[PROCESS_NAME]);

/* Get the start time of a process in clock ticks since boot.  Returns false if unknown. */
bool process_began(const struct ipc_sys *, int64_t pid, uint64_t *ticks);

/* Clock ticks per second. */
uint64_t process_ticks(void);

enum process_fate {
	PROCESS_UNKNOWN,	/* pid 0 stands for a process of another PID namespace */
	PROCESS_GONE,		/* no process has its pid, or only a zombie */
	PROCESS_REUSED,		/* the process with its pid seems to have started later: it may be another one */
	PROCESS_LIVES,
};

/*
 * The fate of the process that used an object at `when`, in seconds since the epoch.  Only an unused PID
 * is proof: clocks are adjusted, and the boot time may be unknown.
 */
enum process_fate process_fate(const struct ipc_sys *, int64_t pid, int64_t when);

/*
 * Copy the command line of the process that used an object at `when` to buf, NUL-terminated, with its
 * arguments separated by spaces.  Returns the length, or -ESRCH if the process is gone or unreadable.
 */
int process_command(const struct ipc_sys *, int64_t pid, int64_t when, char *buf, size_t size);

#endif
