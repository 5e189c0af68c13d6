/* SPDX-License-Identifier: 0BSD */
/* Read directories without opendir(3), which would pull in malloc(3). */
#ifndef CORE_KERNEL_DIR_H
#define CORE_KERNEL_DIR_H

#include <stddef.h>

#include "base/mem.h"
#include "base/sort.h"

struct dir {
	int fd;			/* -1: no directory, and so no entries */
	size_t at, end;
	_Alignas(8) char buf[4096];	/* entries as returned by getdents64(2) */
};

/* Start with the descriptor of a directory, which it takes over, or -1. */
void dir_start(struct dir *, int fd);

/*
 * Get the name of the next entry except . and .., at most NAME_MAX bytes, valid until the next call.
 * Returns 1, 0 at the end, or -errno.
 */
int dir_next(struct dir *, const char **name);

/* An entry of a list of names. */
struct dir_name {
	struct link link;
	uint8_t skip;		/* bytes that do not count for the order */
	char name[];
};

/*
 * Read all names that dir_next would return into mem, sorted by bytes, where `prefix` does not count
 * unless it is the whole name.  Returns 0 with the first in *first, NULL if there is none, or -errno.
 */
int dir_sorted(struct dir *, const char *prefix, struct mem *mem, const struct dir_name **first);

/* Close the directory; may be called again. */
void dir_close(struct dir *);

#endif
