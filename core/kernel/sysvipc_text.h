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

#include "base/ipc.h"

enum { SYSVIPC_COLUMNS = 32 };

/* What the columns of a file hold, by place, and which fields they are in all. */
struct sysvipc_text {
	struct sysvipc_column {
		uint8_t field, type;
		uint8_t sure;	/* so many decimal digits need no closer look */
	} column[SYSVIPC_COLUMNS];
	uint8_t count;
	uint64_t have;
};

/*
 * Takes the header line at the start of text[0..len).  It must name the key and the id
 * of that kind and no known column twice.  Returns its length with its newline, or 0 if
 * there is no newline in the text.
 */
ptrdiff_t sysvipc_header(struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len);

/*
 * Takes the row at the start of text[0..len), behind which there is a NUL, into *o:
 * what the file does not have stays unset.  Returns its length with its newline, or
 * 0 if there is no newline in the text.  Words beyond the header's are ignored;
 * fewer, or a word that is no number of its column's range, are -EBADMSG.  *o is
 * undefined but after a success.
 */
ptrdiff_t sysvipc_row(const struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len,
		      struct ipc_obj *o);

/* Reads exactly n decimal numbers, parted by blanks; a newline may end them. */
int sysvipc_numbers(const char *text, size_t len, uint64_t *v, size_t n);

/*
 * Takes what reading a queue of the mqueue file system gives, "QSIZE:12 NOTIFY:0
 * SIGNO:0 NOTIFY_PID:0" (mq_overview(7)): bytes of messages, and the process that
 * is to be notified, 0 for none.
 */
int sysvipc_mqueue(const char *text, size_t len, uint64_t *bytes, uint64_t *pid);

/* Is this the line of /proc/meminfo that tells the bytes of a huge page (proc_meminfo(5))?  No newline. */
bool sysvipc_huge_page(const char *line, size_t len, uint64_t *bytes);

/*
 * The value of a semaphore from the `size` bytes of its file in /dev/shm.  glibc
 * (2.21 on) keeps 32 bytes with a 64-bit word whose low half is the value, or,
 * where long has 32 bits, 16 with the value times two; musl an int in as many
 * bytes.  `prefixed` says that the file is named as glibc's are; a file of another
 * name may also be anybody's shared memory.  0 for what a semaphore looks like: of musl's,
 * one with a value or waiters, and zeros behind them.  1 for what may be one of musl's and
 * looks no more like it than like anything else: all is 0, say, or there are bytes of a
 * stack behind it.  -EBADMSG for what neither of them writes.
 */
int sysvipc_semaphore(const unsigned char *bytes, size_t size, bool prefixed, uint32_t *value);

enum { SYSVIPC_SEM64 = 32, SYSVIPC_SEM32 = 16 };

#endif
