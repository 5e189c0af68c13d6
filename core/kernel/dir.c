/* SPDX-License-Identifier: 0BSD */
#include "kernel/dir.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void dir_start(struct dir *d, int fd)
{
	d->fd = fd;
	d->at = d->end = 0;
}

int dir_next(struct dir *d, const char **name)
{
	const struct dirent *entry;

	do {
		if (d->at >= d->end) {
			long n = d->fd < 0 ? 0 : syscall(SYS_getdents64, d->fd, d->buf, sizeof d->buf);

			if (n <= 0)
				return n < 0 ? -errno : 0;
			d->at = 0;
			d->end = (size_t)n;
		}
		entry = (const struct dirent *)(const void *)(d->buf + d->at);
		d->at += entry->d_reclen;
		*name = entry->d_name;
	} while (strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0 || strlen(*name) > NAME_MAX);
	return 1;
}

void dir_close(struct dir *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}
