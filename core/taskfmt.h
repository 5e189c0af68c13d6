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
static inline uint64_t taskfmt_device(uint32_t major, uint32_t minor)
{
	return (uint64_t)major << 32 | minor;
}

/* So many bytes of a line of /proc/PID/maps are all that is looked at. */
enum { TASKFMT_MAPPING = 128 };

/*
 * A mapping of a process.  `segment`: its path is the one that the kernel gives to
 * System V segments, "/SYSV" with the eight digits of a key and " (deleted)", and its
 * inode can be an id.  The path alone proves nothing: any deleted file may have it.
 */
struct taskfmt_mapping {
	uint64_t from, to, device, inode;
	char access[5];		/* "rw-s", terminated */
	bool segment;
};

/*
 * Does this line of /proc/self/mountinfo (proc_pid_mountinfo(5)) mount a proc file system on `where`?
 * *hides: it hides processes of other users.
 */
bool taskfmt_proc_mount(const char *line, size_t len, const char *where, bool *hides);

/* Takes one line of /proc/PID/maps, or of smaps the first of a mapping (proc_pid_maps(5)), no newline. */
int taskfmt_mapping(const char *line, size_t len, struct taskfmt_mapping *);

/*
 * Whether a further line of /proc/PID/smaps tells of pages in memory, of either size, and
 * how many bytes they are.
 */
bool taskfmt_resident(const char *line, size_t len, uint64_t *bytes);

/* What the text of /proc/PID/syscall tells of a task. */
enum taskfmt_call {
	TASKFMT_MALFORMED,
	TASKFMT_NO_CALL,	/* it runs, or waits outside of a system call */
	TASKFMT_IN_CALL,	/* it waits in one */
};

/* Takes that text; the number of the call and its first two arguments. */
enum taskfmt_call taskfmt_syscall(const char *text, size_t len, uint64_t *number, uint64_t args[2]);

/* What /proc/PID/auxv tells of the length of a program's words, and so of the numbers of its system calls. */
enum taskfmt_words {
	TASKFMT_NOT_TOLD,
	TASKFMT_OURS,		/* they are as long as ours */
	TASKFMT_OTHERS,
};

/* Takes the text of /proc/PID/auxv: the size of program headers depends on the length of words alone. */
enum taskfmt_words taskfmt_words(const char *auxv, size_t len);

#endif
