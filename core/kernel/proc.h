/* SPDX-License-Identifier: 0BSD */
/* Read files below the proc root as lines, text or numbers, and follow links.  Paths begin with a slash. */
#ifndef CORE_KERNEL_PROC_H
#define CORE_KERNEL_PROC_H

#include <sys/types.h>

#include "kernel/sys.h"

/* Open a file or directory for reading.  Returns the descriptor or -errno. */
int proc_fd(const struct ipc_sys *, const char *path);

struct proc_file {
	int fd;			/* -1: closed */
	size_t at, end;		/* the unused part of buf */
	char buf[4096];		/* the kernel returns at most a page per read */
};

/*
 * proc_lines opens a file: 0 or -errno.  proc_line returns 1 with the next line, without its newline, valid
 * until the next call; 0 at the end; or -errno, -EBADMSG for an unfinished last line.  With `keep`, lines
 * may exceed the buffer; then only their first `keep` bytes are valid, and *len is at least `keep`.
 */
int proc_lines(struct proc_file *, const struct ipc_sys *, const char *path);
int proc_line(struct proc_file *, size_t keep, const char **line, size_t *len);

/*
 * Read more after the unused part of buf.  Returns 1, 0 at the end, or -errno, -EBADMSG for an unfinished
 * last line or one that exceeds the buffer, unless `keep` is the number of bytes to keep of it.
 */
int proc_more(struct proc_file *, size_t keep);

/* Close the file; may be called again. */
void proc_close(struct proc_file *);

/* The identity of a file, with the device as in pid_device. */
struct proc_id {
	uint64_t device, inode;
};

/* Identify the file that a path leads to without asking a remote server.  Returns 0 or -errno. */
int proc_which(const struct ipc_sys *, const char *path, struct proc_id *);

/* Identify the file of a descriptor, in the same way. */
int proc_which_fd(int fd, struct proc_id *);

/* Read at most size bytes of a file.  Returns the length or -errno. */
ssize_t proc_text(const struct ipc_sys *, const char *path, char *buf, size_t size);

/* Read exactly n numbers from a file.  Returns 0 or -errno. */
int proc_numbers(const struct ipc_sys *, const char *path, uint64_t *v, size_t n);

#endif
