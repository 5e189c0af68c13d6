/* SPDX-License-Identifier: 0BSD */
/*
 * The text of /proc/sysvipc and /proc/sys/kernel as numbers.  Columns are found
 * by the names of the header line, so a kernel or an emulation may add, drop or
 * reorder them (KERNEL: 14 columns of shm before 2.6.37, 16 since).  -EBADMSG
 * means that the text is not of its form.
 */
#ifndef CORE_PROCFMT_H
#define CORE_PROCFMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipc.h"

enum { PROCFMT_COLUMNS = 32 };

/* Which entry of the table of known columns each column of a file is. */
struct procfmt {
	uint8_t column[PROCFMT_COLUMNS];
	uint8_t count;
};

/*
 * Takes the header line, without its newline.  It must name the key and the id
 * of that kind and no known column twice.
 */
int procfmt_header(struct procfmt *f, enum ipc_kind kind, const char *line, size_t len);

/*
 * Takes one row, without its newline, into *o: what the file does not have stays
 * unset.  Words beyond the header's are ignored; fewer, or a word that is no
 * number of its column's range, are -EBADMSG, and *o is then undefined.
 */
int procfmt_row(const struct procfmt *f, enum ipc_kind kind, const char *line, size_t len,
		struct ipc_obj *o);

/* Reads exactly n decimal numbers, parted by blanks; a newline may end them. */
int procfmt_numbers(const char *text, size_t len, uint64_t *v, size_t n);

/*
 * Takes what reading a queue of the mqueue file system gives, "QSIZE:12 NOTIFY:0
 * SIGNO:0 NOTIFY_PID:0" (mq_overview(7)): bytes of messages, and the process that
 * is to be notified, 0 for none.
 */
int procfmt_mqueue(const char *text, size_t len, uint64_t *bytes, uint64_t *pid);

/*
 * The value of a semaphore from the `size` bytes of its file in /dev/shm.  glibc
 * (2.21 on) keeps 32 bytes with a 64-bit word whose low half is the value, or,
 * where long has 32 bits, 16 with the value times two; musl an int in as many
 * bytes.  `prefixed` says that the file is named as glibc's are.  -EBADMSG for
 * what neither of them writes.
 */
int procfmt_semaphore(const unsigned char *bytes, size_t size, bool prefixed, uint32_t *value);

enum { PROCFMT_SEM64 = 32, PROCFMT_SEM32 = 16 };

/* A device as one number. */
static inline uint64_t procfmt_device(uint32_t major, uint32_t minor)
{
	return (uint64_t)major << 32 | minor;
}

/* So many bytes of a line of /proc/PID/maps are all that is looked at. */
enum { PROCFMT_MAPPING = 128 };

/*
 * A mapping of a process.  `segment`: its path is the one that the kernel gives to
 * System V segments, "/SYSV" with the eight digits of a key and " (deleted)", and its
 * inode can be an id.  The path alone proves nothing: any deleted file may have it.
 */
struct procfmt_mapping {
	uint64_t from, to, device, inode;
	char access[5];		/* "rw-s", terminated */
	bool segment;
};

/* Takes one line of /proc/PID/maps, or of smaps the first of a mapping (proc_pid_maps(5)), without newline. */
int procfmt_mapping(const char *line, size_t len, struct procfmt_mapping *);

/*
 * Whether a further line of /proc/PID/smaps tells of pages in memory, of either size, and
 * how many bytes they are.
 */
bool procfmt_resident(const char *line, size_t len, uint64_t *bytes);

/*
 * Whether the text of /proc/PID/syscall is that of a task that waits in a system call:
 * the number of that and its first two arguments.
 */
bool procfmt_syscall(const char *text, size_t len, uint64_t *number, uint64_t args[2]);

/*
 * Whether /proc/PID/auxv is that of a program whose words are as long as ours, so that
 * the numbers of its system calls are ours, too: the kernel tells each program the size
 * of its program headers, which depends on that alone.
 */
bool procfmt_is_native(const char *auxv, size_t len);

#endif
