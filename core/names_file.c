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

/* LONGEST: as much of a name as is looked at; a line with a longer one is passed over. */
enum { CHUNK = 4096, LONGEST = 256 };

/* Where in a line of a file we are: "NAME:PASSWORD:ID:..." (passwd(5), group(5)). */
struct scan {
	unsigned field;		/* 0: the name, 2: the id, beyond: the rest of the line */
	size_t name_len, id_len;
	char name[LONGEST], id[12];
	names_each *each;
	void *arg;
};

static void begin_line(struct scan *s)
{
	s->field = 0;
	s->name_len = 0;
	s->id_len = 0;
}

/* Hands over the line, whose id has just ended, if it is well-formed; true if that was enough. */
static bool line(struct scan *s)
{
	uint64_t id = 0;

	if (s->name_len == 0 || s->name_len >= LONGEST || s->id_len == 0 || s->id_len >= sizeof s->id)
		return false;
	if (parse_digits(s->id, s->id_len, 10, &id) != (int)s->id_len || id > UINT32_MAX)
		return false;
	s->name[s->name_len] = '\0';
	return s->each(s->arg, (uint32_t)id, s->name);
}

/* Takes one byte; true when no more are wanted. */
static bool step(struct scan *s, char c)
{
	if (c == '\n' || c == ':') {
		if (s->field == 2 && line(s))
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

/* Takes a piece of the file; true when no more is wanted. */
static bool take(struct scan *s, const char *at, const char *end)
{
	while (at < end) {
		/* Most of a line stands behind the id, and nobody looks at it. */
		const char *newline = s->field > 2 ? memchr(at, '\n', (size_t)(end - at)) : at;

		if (newline == NULL)
			return false;
		if (step(s, *newline))
			return true;
		at = newline + 1;
	}
	return false;
}

bool names_all(enum name_kind kind, names_each *each, void *arg)
{
	const char *path = kind == NAME_USER ? "/etc/passwd" : "/etc/group";
	struct scan s = { .each = each, .arg = arg };
	int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK);
	bool enough = false;
	char chunk[CHUNK];
	ssize_t n;

	if (fd < 0)
		return true;
	while (!enough && ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			enough = take(&s, chunk, chunk + n);
	close(fd);
	if (!enough)
		step(&s, '\n');
	return true;
}

/* What is looked for: the line with this name, or with this id. */
struct wanted {
	const char *name;	/* NULL: by id */
	uint32_t id;
	char *buf;		/* for the name, or NULL */
	size_t size;
	bool found;
};

static bool matches(void *arg, uint32_t id, const char *name)
{
	struct wanted *w = arg;

	if (w->name != NULL ? strcmp(w->name, name) != 0 : w->id != id)
		return false;
	if (w->buf != NULL && strlen(name) < w->size)
		strcpy(w->buf, name);
	w->id = id;
	w->found = true;
	return true;
}

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	struct wanted w = { NULL, id, buf, size, false };

	*buf = '\0';
	names_all(kind, matches, &w);
	return w.found;
}

int names_reverse(enum name_kind kind, const char *name, uint32_t *id)
{
	struct wanted w = { name, 0, NULL, 0, false };

	names_all(kind, matches, &w);
	if (w.found)
		*id = w.id;
	return w.found;
}
