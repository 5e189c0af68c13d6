/* SPDX-License-Identifier: 0BSD */
/*
 * Any file of /proc: its lines, its text, its numbers, and which file it leads to.  A path begins with a
 * slash.
 */
#ifndef CORE_KERNEL_PROC_H
#define CORE_KERNEL_PROC_H

#include <sys/types.h>

#include "kernel/sys.h"

/* A proc file or folder, open for reading: its descriptor, or -errno. */
int proc_fd(const struct ipc_sys *, const char *path);

/* A file that is read by and by. */
struct proc_file {
	int fd;			/* -1: closed */
	size_t at, end;		/* what of buf is not used yet */
	char buf[4096];		/* the kernel hands out no more than a page at a time */
};

/*
 * Any proc file as lines.  proc_line returns 1 with a line, without its newline, until the
 * next call; 0 at the end; -EBADMSG for an unfinished last line.  With `keep`, lines may be
 * longer than the buffer: of those, only the first `keep` bytes are what the file has,
 * and more follow, so that they are seen to be longer.
 */
int proc_lines(struct proc_file *, const struct ipc_sys *, const char *path);
int proc_line(struct proc_file *, size_t keep, const char **line, size_t *len);

/*
 * Reads on behind what is not used yet: 1, or 0 at the end.  An unfinished last line is no
 * line of such a file; nor is one that the buffer cannot hold, or, with `keep`, only so much
 * of its beginning is kept.
 */
int proc_more(struct proc_file *, size_t keep);

/* Closes it; it may be closed already. */
void proc_close(struct proc_file *);

/* Which file something is: the device as pid_device has it. */
struct proc_id {
	uint64_t device, inode;
};

/* The file that a proc file leads to; no file system is asked that does not know by itself. */
int proc_which(const struct ipc_sys *, const char *path, struct proc_id *);

/* The file behind a descriptor. */
int proc_which_fd(int fd, struct proc_id *);

/* The text of a proc file, at most size bytes of it; its length. */
ssize_t proc_text(const struct ipc_sys *, const char *path, char *buf, size_t size);

/* n numbers from a proc file. */
int proc_numbers(const struct ipc_sys *, const char *path, uint64_t *v, size_t n);

#endif
