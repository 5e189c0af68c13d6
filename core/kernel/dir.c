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

static struct dir_name *keep(struct mem *mem, const char *name, const char *prefix)
{
	size_t n = strlen(name) + 1, skip = strlen(prefix);
	struct dir_name *d = mem_take(mem, sizeof *d + n);

	if (d == NULL)
		return NULL;
	memcpy(d->name, name, n);
	if (strncmp(name, prefix, skip) == 0 && name[skip] != '\0')
		d->skip = (uint8_t)skip;
	return d;
}

static int by_name(const void *arg, const struct link *a, const struct link *b)
{
	const struct dir_name *da = (const struct dir_name *)a, *db = (const struct dir_name *)b;

	(void)arg;
	return strcmp(da->name + da->skip, db->name + db->skip);
}

int dir_sorted(struct dir *d, const char *prefix, struct mem *mem, const struct dir_name **first)
{
	struct link *all = NULL, **end = &all;
	const char *name;
	int rc;

	while ((rc = dir_next(d, &name)) == 1) {
		struct dir_name *next = keep(mem, name, prefix);

		if (next == NULL)
			return -ENOMEM;
		*end = &next->link;
		end = &next->link.next;
	}
	if (rc == 0)
		*first = (const struct dir_name *)sort_links(all, by_name, NULL);
	return rc;
}

void dir_close(struct dir *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}
