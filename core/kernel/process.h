/* SPDX-License-Identifier: 0BSD */
/* The processes that an object names: are they still there, and what do they run? */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include "kernel/sys.h"

/* The path below the proc root of a file of a process, "/123/stat"; file is at most 43 bytes. */
enum { PROCESS_PATH = 64 };
void process_path(char path[PROCESS_PATH], int64_t pid, const char *file);

/* The name of a process as the kernel keeps it, terminated, any bytes; -errno, -ESRCH if there is none. */
enum { PROCESS_NAME = 32 };
int process_name(const struct ipc_sys *, int64_t pid, char name[PROCESS_NAME]);

/* When a process began, in clock ticks since the boot; false if that is not known. */
bool process_began(const struct ipc_sys *, int64_t pid, uint64_t *ticks);

/* Clock ticks of a second. */
uint64_t process_ticks(void);

/* What became of the process that did something. */
enum process_fate {
	PROCESS_UNKNOWN,	/* number 0 stands for a process of another PID namespace */
	PROCESS_GONE,		/* no process has its number; a zombie is gone */
	PROCESS_REUSED,		/* the process with its number seems to have begun later: it may be another one */
	PROCESS_LIVES,
};

/*
 * The fate of the process that did something at `when`, seconds since the epoch.  Only a number that nobody
 * has is proof: clocks are set, and that of the boot may not be known.
 */
enum process_fate process_fate(const struct ipc_sys *, int64_t pid, int64_t when);

/*
 * The command line of the process that did something at `when`, its arguments parted by
 * blanks, into buf, terminated: its length, or -ESRCH if that is gone or not to be known.
 */
int process_command(const struct ipc_sys *, int64_t pid, int64_t when, char *buf, size_t size);

#endif
