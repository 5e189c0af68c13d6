/* SPDX-License-Identifier: 0BSD */
/*
 * Parse files below /proc/PID: mappings, status, and the system call that a task waits in.  Processes
 * control part of the text, above all file names, so a line proves only what its form guarantees.
 */
#ifndef CORE_KERNEL_PID_TEXT_H
#define CORE_KERNEL_PID_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A device as one number, with the major number in the upper half. */
static inline uint64_t pid_device(uint32_t major, uint32_t minor)
{
	return (uint64_t)major << 32 | minor;
}

/* The bytes of a line of /proc/PID/maps that are examined. */
enum { PID_MAPPING = 128 };

/*
 * `segment`: the path is that of a System V segment, "/SYSV" with the eight digits of its key and
 * " (deleted)", and the inode can be an id.  The path alone proves nothing: any deleted file may have it.
 */
struct pid_mapping {
	uint64_t from, to, device, inode;
	char access[5];		/* "rw-s", terminated */
	bool segment;
};

/* Fields of /proc/PID/status, of a process or a thread; missing numbers are -1. */
struct pid_status {
	char state;		/* 'Z' or 'X': it has ended; 0: missing */
	bool kernel, memory;	/* it says that it is a kernel thread (Linux 6.8); it has memory of its own */
	int64_t pid, parent, group, threads;
	bool nested;		/* it has another pid in a namespace below that of /proc (Linux 4.1) */
	int64_t uids[4], gids[4];	/* real, effective, saved, file system */
};

/* Initialize with all fields missing. */
void pid_status_init(struct pid_status *);

/* Parse one line of /proc/PID/status (proc_pid_status(5)), no newline.  Ignores other fields. */
void pid_status(const char *line, size_t len, struct pid_status *);

/*
 * Before Linux 6.8, a kernel thread is recognized by its parent, PID 2 or none, and by having no memory;
 * on machines without an MMU, no process shows any.
 */
bool pid_is_kernel(const struct pid_status *);

/* Get the next group of a "Groups:" line.  *at starts as 0.  Returns false at the end or for other lines. */
bool pid_group(const char *line, size_t len, size_t *at, uint32_t *gid);

/* True if a line of proc_pid_mountinfo(5) mounts proc on `where`; *hides tells if it has hidepid. */
bool pid_proc_mount(const char *line, size_t len, const char *where, bool *hides);

/* Parse a line of maps or a first line of smaps (proc_pid_maps(5)), no newline.  Returns 0 or -EBADMSG. */
int pid_mapping(const char *line, size_t len, struct pid_mapping *);

/* True if another line of /proc/PID/smaps counts resident pages, ordinary or huge; sets *bytes. */
bool pid_resident(const char *line, size_t len, uint64_t *bytes);

enum pid_call {
	PID_MALFORMED,
	PID_NO_CALL,	/* it runs, or waits outside a system call */
	PID_IN_CALL,	/* it waits in one */
};

/* Parse /proc/PID/syscall: the number of the call and its first two arguments. */
enum pid_call pid_syscall(const char *text, size_t len, uint64_t *number, uint64_t args[2]);

/* The word length of a program, which determines the numbers of its system calls. */
enum pid_words {
	PID_NOT_TOLD,
	PID_OURS,		/* it is the same as ours */
	PID_OTHERS,
};

/* Parse /proc/PID/auxv: the size of program headers depends only on the word length. */
enum pid_words pid_words(const char *auxv, size_t len);

#endif
