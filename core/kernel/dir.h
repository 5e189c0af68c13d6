/* SPDX-License-Identifier: 0BSD */
/* The entries of a folder.  opendir(3) would bring malloc(3) along. */
#ifndef CORE_DIR_H
#define CORE_DIR_H

#include <stddef.h>

struct dir {
	int fd;			/* -1: none, and so without entries */
	size_t at, end;
	_Alignas(8) char buf[4096];	/* entries as getdents64(2) lays them out */
};

/* Takes over the descriptor of a folder, or -1. */
void dir_start(struct dir *, int fd);

/*
 * The name of the next entry but . and .., at most NAME_MAX bytes, until the next
 * call: 1, 0 at the end, or -errno.
 */
int dir_next(struct dir *, const char **name);

/* Closes it; may be called again. */
void dir_close(struct dir *);

#endif
