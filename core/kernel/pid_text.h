/* SPDX-License-Identifier: 0BSD */
/*
 * The text below /proc/PID: mappings, and the call that a task waits in.  Processes choose
 * a part of it, the names of their files above all, so a line is believed as far as its form goes.
 */
#ifndef CORE_TASKFMT_H
#define CORE_TASKFMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A device as one number. */
static inline uint64_t pid_device(uint32_t major, uint32_t minor)
{
	return (uint64_t)major << 32 | minor;
}

/* So many bytes of a line of /proc/PID/maps are all that is looked at. */
enum { PID_MAPPING = 128 };

/*
 * A mapping of a process.  `segment`: its path is the one that the kernel gives to
 * System V segments, "/SYSV" with the eight digits of a key and " (deleted)", and its
 * inode can be an id.  The path alone proves nothing: any deleted file may have it.
 */
struct pid_mapping {
	uint64_t from, to, device, inode;
	char access[5];		/* "rw-s", terminated */
	bool segment;
};

/* What /proc/PID/status tells of a process or a thread; numbers are -1 where it does not tell. */
struct pid_status {
	char state;		/* 'Z': it has ended; 0: not told */
	bool kernel, memory;	/* it says that it is a thread of the kernel (Linux 6.8); it has memory of its own */
	int64_t pid, parent, group, threads;
	bool nested;		/* it has another number in a PID namespace below that of /proc (Linux 4.1) */
	int64_t uids[4], gids[4];	/* real, effective, saved, of the file system */
};

/* Nothing is told yet. */
void pid_status_init(struct pid_status *);

/* Takes one line of /proc/PID/status (proc_pid_status(5)), no newline; a line of no use changes nothing. */
void pid_status(const char *line, size_t len, struct pid_status *);

/*
 * Is it a thread of the kernel?  Before Linux 6.8 one is known by its parent, pid 2 or none, and by having no
 * memory, which is told of no process where there is no memory management unit.
 */
bool pid_is_kernel(const struct pid_status *);

/*
 * The supplementary groups of such a line, one a call: true with the next one; *at starts at 0.  False at the
 * end, and for a line that is not "Groups:".
 */
bool pid_group(const char *line, size_t len, size_t *at, uint32_t *gid);

/*
 * Does this line of /proc/self/mountinfo (proc_pid_mountinfo(5)) mount a proc file system on `where`?
 * *hides: it hides processes of other users.
 */
bool pid_proc_mount(const char *line, size_t len, const char *where, bool *hides);

/* Takes one line of /proc/PID/maps, or of smaps the first of a mapping (proc_pid_maps(5)), no newline. */
int pid_mapping(const char *line, size_t len, struct pid_mapping *);

/*
 * Whether a further line of /proc/PID/smaps tells of pages in memory, of either size, and
 * how many bytes they are.
 */
bool pid_resident(const char *line, size_t len, uint64_t *bytes);

/* What the text of /proc/PID/syscall tells of a task. */
enum pid_call {
	PID_MALFORMED,
	PID_NO_CALL,	/* it runs, or waits outside of a system call */
	PID_IN_CALL,	/* it waits in one */
};

/* Takes that text; the number of the call and its first two arguments. */
enum pid_call pid_syscall(const char *text, size_t len, uint64_t *number, uint64_t args[2]);

/* What /proc/PID/auxv tells of the length of a program's words, and so of the numbers of its system calls. */
enum pid_words {
	PID_NOT_TOLD,
	PID_OURS,		/* they are as long as ours */
	PID_OTHERS,
};

/* Takes the text of /proc/PID/auxv: the size of program headers depends on the length of words alone. */
enum pid_words pid_words(const char *auxv, size_t len);

#endif
