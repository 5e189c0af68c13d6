/* SPDX-License-Identifier: 0BSD */
/*
 * Names from /etc/passwd and /etc/group, in one pass and constant memory: for
 * the static build, where libc's functions would double the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "parse.h"

enum { CHUNK = 4096 };

/* Where in the lines of a file we are: "NAME:PASSWORD:ID:..." (passwd(5), group(5)). */
struct scan {
	unsigned field;		/* 0: the name, 2: the id, beyond: the rest of the line */
	size_t name_len, id_len;
	char id[12];
};

/* Whether the line that just ended, or its id field, is the one wanted. */
static int is_wanted(const struct scan *s, uint32_t id, size_t size)
{
	uint64_t n;

	if (s->field < 2 || s->id_len == 0 || s->id_len >= sizeof s->id)
		return 0;
	if (s->name_len == 0 || s->name_len >= size)
		return 0;
	return parse_digits(s->id, s->id_len, 10, &n) == (int)s->id_len && n == id;
}

/* Takes one byte; 1 when buf holds the wanted name. */
static int step(struct scan *s, char c, uint32_t id, char *buf, size_t size)
{
	if (c == '\n' || (c == ':' && s->field == 2)) {
		if (s->field == 2 && is_wanted(s, id, size)) {
			buf[s->name_len] = '\0';
			return 1;
		}
		s->field++;
		if (c == '\n')
			*s = (struct scan){ 0 };
	} else if (c == ':') {
		s->field++;
	} else if (s->field == 0) {
		if (s->name_len < size)
			buf[s->name_len++] = c;
	} else if (s->field == 2) {
		if (s->id_len < sizeof s->id)
			s->id[s->id_len++] = c;
	}
	return 0;
}

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	const char *path = kind == NAME_USER ? "/etc/passwd" : "/etc/group";
	struct scan s = { 0 };
	char chunk[CHUNK];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), found = 0;

	if (fd < 0)
		return 0;
	while (!found && ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR)))
		for (ssize_t i = 0; i < n && !found; i++)
			found = step(&s, chunk[i], id, buf, size);
	close(fd);
	return found || step(&s, '\n', id, buf, size);
}
