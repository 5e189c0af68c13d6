/* SPDX-License-Identifier: 0BSD */
/*
 * The text of /proc/sysvipc and /proc/sys/kernel as numbers.  Columns are found
 * by the names of the header line, so a kernel or an emulation may add, drop or
 * reorder them (KERNEL: 14 columns of shm before 2.6.37, 16 since).  -EBADMSG
 * means that the text is not of its form.
 */
#ifndef CORE_PROCFMT_H
#define CORE_PROCFMT_H

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

#endif
