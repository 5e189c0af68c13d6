/* SPDX-License-Identifier: 0BSD */
/* Names from passwd(5) and group(5) in constant memory: libc would double the size of the static build. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kernel/names.h"
#include "parse/parse.h"

/* CHUNK: bytes per read.  HEAD, LONGEST: limits of a line up to its id and of a name; skip longer ones. */
enum { CHUNK = 4096, HEAD = 512, LONGEST = 255 };

/* The place in a file of lines "NAME:PASSWORD:ID:...". */
struct scan {
	bool behind;		/* past the id of the line */
	bool enough;
	names_each *each;
	void *arg;
};

/* A newline after the text ends the search. */
static char *field_end(char *s)
{
	while (*s != ':' && *s != '\n')
		s++;
	return s;
}

/* Pass on the entry name[0..len), id[0..id_len) if it is well-formed; name[len] is overwritten. */
static void hand_over(struct scan *s, char *name, size_t len, const char *id, size_t id_len)
{
	uint64_t value = 0;

	if (len == 0 || len > LONGEST || parse_digits(id, id_len, 10, &value) != (int)id_len || id_len == 0 ||
	    value > UINT32_MAX)
		return;
	name[len] = '\0';
	s->enough = s->each(s->arg, (uint32_t)value, name, len);
}

/* Parse text up to `end`, where a newline must stand.  Returns the start of an incomplete line, or end. */
static char *take(struct scan *s, char *at, char *end)
{
	while (at < end && !s->enough) {
		if (!s->behind) {
			char *name = field_end(at), *password = *name == ':' ? field_end(name + 1) : name;
			char *id = *password == ':' ? field_end(password + 1) : password;

			if (id >= end)
				return at;
			if (id > password)
				hand_over(s, at, (size_t)(name - at), password + 1, (size_t)(id - password) - 1);
			at = id;
		}
		/* Skip the rest of the line. */
		at = memchr(at, '\n', (size_t)(end - at));
		s->behind = at == NULL;
		at = at != NULL ? at + 1 : end;
	}
	return at;
}

bool names_all(enum name_kind kind, names_each *each, void *arg)
{
	const char *path = kind == NAME_USER ? "/etc/passwd" : "/etc/group";
	struct scan s = { .each = each, .arg = arg };
	int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK);
	char text[HEAD + CHUNK + 1];
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return true;
	while (!s.enough && ((n = read(fd, text + len, CHUNK)) > 0 || (n < 0 && errno == EINTR))) {
		char *at, *end;

		if (n < 0)
			continue;
		end = text + len + n;
		*end = '\n';
		at = take(&s, text, end);
		len = (size_t)(end - at);
		s.behind |= len > HEAD;
		if (len > HEAD)
			len = 0;
		memmove(text, at, len);
	}
	close(fd);
	/* The last line may lack its newline. */
	text[len] = '\n';
	take(&s, text, text + len + 1);
	return true;
}

struct wanted {
	const char *name;	/* NULL: by id */
	uint32_t id;
	char *buf;		/* for the name, or NULL */
	size_t size;
	bool found;
};

static bool matches(void *arg, uint32_t id, const char *name, size_t len)
{
	struct wanted *w = arg;

	if (w->name != NULL ? strcmp(w->name, name) != 0 : w->id != id)
		return false;
	if (w->buf != NULL && len < w->size)
		memcpy(w->buf, name, len + 1);
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
