/* SPDX-License-Identifier: 0BSD */
/*
 * Names from /etc/passwd and /etc/group, in one pass and constant memory: for
 * the static build, where libc's functions would double the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "parse.h"

/* LONGEST: as much of a name as is looked at; a longer one matches nothing. */
enum { CHUNK = 4096, LONGEST = 256 };

/* Where in a line of a file we are: "NAME:PASSWORD:ID:..." (passwd(5), group(5)). */
struct scan {
	unsigned field;		/* 0: the name, 2: the id, beyond: the rest of the line */
	size_t name_len, id_len;
	char name[LONGEST], id[12];
};

/* What is looked for: the line with this name, or with this id. */
struct wanted {
	const char *name;	/* NULL: by id */
	uint32_t id;
};

static void begin_line(struct scan *s)
{
	s->field = 0;
	s->name_len = 0;
	s->id_len = 0;
}

/* Whether the line, whose id has just ended, is the one; then *w holds its id. */
static bool matches(struct scan *s, struct wanted *w)
{
	uint64_t n = 0;

	if (s->name_len == 0 || s->name_len >= LONGEST || s->id_len == 0 || s->id_len >= sizeof s->id)
		return false;
	if (parse_digits(s->id, s->id_len, 10, &n) != (int)s->id_len || n > UINT32_MAX)
		return false;
	s->name[s->name_len] = '\0';
	if (w->name != NULL ? strcmp(w->name, s->name) != 0 : w->id != n)
		return false;
	w->id = (uint32_t)n;
	return true;
}

/* Takes one byte; true at the end of the id field of the wanted line. */
static bool step(struct scan *s, char c, struct wanted *w)
{
	if (c == '\n' || c == ':') {
		if (s->field == 2 && matches(s, w))
			return true;
		s->field++;
		if (c == '\n')
			begin_line(s);
	} else if (s->field == 0) {
		if (s->name_len < LONGEST)
			s->name[s->name_len++] = c;
	} else if (s->field == 2) {
		if (s->id_len < sizeof s->id)
			s->id[s->id_len++] = c;
	}
	return false;
}

/* Looks for a line; found, *s holds its name and *w its id. */
static bool search(enum name_kind kind, struct scan *s, struct wanted *w)
{
	const char *path = kind == NAME_USER ? "/etc/passwd" : "/etc/group";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool found = false;
	char chunk[CHUNK];
	ssize_t n;

	begin_line(s);
	if (fd < 0)
		return false;
	while (!found && ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR)))
		for (ssize_t i = 0; i < n && !found; i++)
			found = step(s, chunk[i], w);
	close(fd);
	return found || step(s, '\n', w);
}

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	struct wanted w = { NULL, id };
	struct scan s;

	if (!search(kind, &s, &w) || s.name_len >= size)
		return 0;
	memcpy(buf, s.name, s.name_len + 1);
	return 1;
}

int names_reverse(enum name_kind kind, const char *name, uint32_t *id)
{
	struct wanted w = { name, 0 };
	struct scan s;

	if (!search(kind, &s, &w))
		return 0;
	*id = w.id;
	return 1;
}
