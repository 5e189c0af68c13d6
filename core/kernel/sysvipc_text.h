/* SPDX-License-Identifier: 0BSD */
/*
 * Parse /proc/sysvipc and /proc/sys/kernel; malformed text is -EBADMSG.  Columns are found by name,
 * since a kernel or an emulation may add, omit or reorder them (shm: 14 before Linux 2.6.37, 16 since).
 */
#ifndef CORE_KERNEL_SYSVIPC_TEXT_H
#define CORE_KERNEL_SYSVIPC_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipc.h"

enum { SYSVIPC_COLUMNS = 32 };

/* The columns of a file, in order, and the set of their fields. */
struct sysvipc_text {
	struct sysvipc_column {
		uint8_t field, type;
		uint8_t base;		/* of its number; 0 for an unknown column */
	} column[SYSVIPC_COLUMNS];
	uint8_t count;
	uint64_t have;
};

/*
 * Parse a header line of text[0..len), which a NUL must follow.  It must have the key and the id of the
 * kind, and no known column twice.  Returns its length with the newline, or 0 if there is none.
 */
ptrdiff_t sysvipc_header(struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len);

/*
 * Parse a row of text[0..len), which a NUL must follow.  Returns its length with the newline, or 0 if
 * there is none.  Fields that the file lacks are unset in *o, which is defined only on success.  Extra
 * words are ignored; missing words, and those that are no number in the range of their column, are
 * -EBADMSG.
 */
ptrdiff_t sysvipc_row(const struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len,
		      struct ipc_obj *o);

/* Parse exactly n decimal numbers, separated by blanks, with an optional newline at the end. */
int sysvipc_numbers(const char *text, size_t len, uint64_t *v, size_t n);

/*
 * Parse a queue's file, "QSIZE:12 NOTIFY:0 SIGNO:0 NOTIFY_PID:0" (mq_overview(7)): the bytes of its
 * messages, and the process to be notified, 0 for none.
 */
int sysvipc_mqueue(const char *text, size_t len, uint64_t *bytes, uint64_t *pid);

/* True for the line of /proc/meminfo, without newline, with the huge page size (proc_meminfo(5)). */
bool sysvipc_huge_page(const char *line, size_t len, uint64_t *bytes);

/*
 * Read the value of a semaphore from the contents of its file in /dev/shm.  glibc (since 2.21) writes 32
 * bytes that begin with a 64-bit word whose low half is the value or, if long has 32 bits, 16 bytes that
 * begin with twice the value; musl writes as many bytes, beginning with the value as an int.  A file
 * that is not `prefixed` as glibc's may also be anybody's shared memory.  Returns 0 for a semaphore
 * (musl's: with a value or waiters, and zeros after these); 1 if it may be musl's or something else (all
 * 0, or with stack garbage); -EBADMSG otherwise.
 */
int sysvipc_semaphore(const unsigned char *bytes, size_t size, bool prefixed, uint32_t *value);

enum { SYSVIPC_SEM64 = 32, SYSVIPC_SEM32 = 16 };

#endif
