/* SPDX-License-Identifier: 0BSD */
#include "kernel/pid_text.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "parse/parse.h"

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && *s == ' ')
		s++;
	return s;
}

/* Parse a number that is followed by `stop`, and move past both. */
static bool field(const char **s, const char *end, unsigned base, char stop, uint64_t *n)
{
	int got = parse_digits(*s, (size_t)(end - *s), base, n);

	if (got <= 0 || got == end - *s || (*s)[got] != stop)
		return false;
	*s += got + 1;
	return true;
}

static bool is_access(const char *s)
{
	return (s[0] == 'r' || s[0] == '-') && (s[1] == 'w' || s[1] == '-') && (s[2] == 'x' || s[2] == '-') &&
		(s[3] == 's' || s[3] == 'p') && s[4] == ' ';
}

static bool is_segment(const char *s, size_t len)
{
	static const char start[] = "/SYSV", behind[] = " (deleted)";
	enum { START = sizeof start - 1, DIGITS = 8, BEHIND = sizeof behind - 1 };
	uint64_t key;

	return len == START + DIGITS + BEHIND && memcmp(s, start, START) == 0 &&
		parse_digits(s + START, DIGITS, 16, &key) == DIGITS && memcmp(s + START + DIGITS, behind, BEHIND) == 0;
}

/* Parse "OFFSET MAJOR:MINOR INODE" of the mapped file, and move past it. */
static bool mapped_file(const char **s, const char *end, struct pid_mapping *m)
{
	uint64_t offset, major, minor;
	int got;

	if (!field(s, end, 16, ' ', &offset) || !field(s, end, 16, ':', &major) ||
	    !field(s, end, 16, ' ', &minor) || major > UINT32_MAX || minor > UINT32_MAX)
		return false;
	got = parse_digits(*s, (size_t)(end - *s), 10, &m->inode);
	if (got <= 0 || (*s + got < end && (*s)[got] != ' '))
		return false;
	m->device = pid_device((uint32_t)major, (uint32_t)minor);
	*s += got;
	return true;
}

int pid_mapping(const char *line, size_t len, struct pid_mapping *m)
{
	const char *s = line, *end = line + (len < PID_MAPPING ? len : PID_MAPPING);

	if (!field(&s, end, 16, '-', &m->from) || !field(&s, end, 16, ' ', &m->to) || m->from >= m->to ||
	    end - s < 5 || !is_access(s))
		return -EBADMSG;
	memcpy(m->access, s, 4);
	m->access[4] = '\0';
	s += 5;
	if (!mapped_file(&s, end, m))
		return -EBADMSG;
	s = skip_blanks(s, end);
	m->segment = len < PID_MAPPING && m->inode <= INT_MAX && is_segment(s, (size_t)(end - s));
	return 0;
}

bool pid_resident(const char *line, size_t len, uint64_t *bytes)
{
	/* Rss does not include huge pages. */
	static const char *const labels[] = { "Rss:", "Shared_Hugetlb:", "Private_Hugetlb:" };
	uint64_t kb;

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		size_t n = strlen(labels[i]);
		const char *s;

		if (len <= n || memcmp(line, labels[i], n) != 0)
			continue;
		s = skip_blanks(line + n, line + len);
		if (!field(&s, line + len, 10, ' ', &kb) || line + len - s != 2 || memcmp(s, "kB", 2) != 0 ||
		    kb > INT64_MAX / 1024)
			return false;
		*bytes = kb * 1024;
		return true;
	}
	return false;
}

enum pid_call pid_syscall(const char *text, size_t len, uint64_t *number, uint64_t args[2])
{
	static const char running[] = "running\n", outside[] = "-1 0x";
	const char *s = text, *end = text + len;

	if (len == sizeof running - 1 && memcmp(text, running, len) == 0)
		return PID_NO_CALL;
	if (len > sizeof outside && memcmp(text, outside, sizeof outside - 1) == 0)
		return PID_NO_CALL;
	if (!field(&s, end, 10, ' ', number))
		return PID_MALFORMED;
	for (size_t i = 0; i < 2; i++) {
		if (end - s < 2 || s[0] != '0' || s[1] != 'x')
			return PID_MALFORMED;
		s += 2;
		if (!field(&s, end, 16, ' ', &args[i]))
			return PID_MALFORMED;
	}
	return PID_IN_CALL;
}

/* The AT_PHENT entry among pairs of words of `size` bytes, or 0. */
static uint64_t header_size(const char *auxv, size_t len, size_t size)
{
	enum { PHENT = 4 };		/* <elf.h> */

	for (; len >= 2 * size; auxv += 2 * size, len -= 2 * size) {
		uint32_t half[2] = { 0, 0 };
		uint64_t whole[2] = { 0, 0 };

		if (size == sizeof half[0]) {
			memcpy(half, auxv, sizeof half);
			whole[0] = half[0];
			whole[1] = half[1];
		} else {
			memcpy(whole, auxv, sizeof whole);
		}
		if (whole[0] == PHENT)
			return whole[1];
	}
	return 0;
}

enum pid_words pid_words(const char *auxv, size_t len)
{
	/* A program header has 32 bytes with 4-byte words and 56 with 8-byte words. */
	bool shorter = header_size(auxv, len, 4) == 32, longer = header_size(auxv, len, 8) == 56;

	if (shorter == longer)
		return PID_NOT_TOLD;
	return longer == (sizeof(long) == 8) ? PID_OURS : PID_OTHERS;
}

void pid_status_init(struct pid_status *st)
{
	*st = (struct pid_status){ .pid = -1, .parent = -1, .group = -1, .threads = -1 };
	for (size_t i = 0; i < 4; i++)
		st->uids[i] = st->gids[i] = -1;
}

/* The text after a label and blanks; NULL if the line has another label. */
static const char *behind(const char *line, size_t len, const char *label)
{
	size_t n = strlen(label);

	if (len < n || memcmp(line, label, n) != 0)
		return NULL;
	while (n < len && (line[n] == '\t' || line[n] == ' '))
		n++;
	return line + n;
}

static bool next_number(const char **s, const char *end, int64_t *n)
{
	uint64_t value;
	int got = parse_digits(*s, (size_t)(end - *s), 10, &value);

	if (got <= 0 || value > INT64_MAX || (*s + got < end && (*s)[got] != '\t' && (*s)[got] != ' '))
		return false;
	*n = (int64_t)value;
	for (*s += got; *s < end && (**s == '\t' || **s == ' ');)
		++*s;
	return true;
}

static void numbers(const char *line, size_t len, const char *label, int64_t *v, size_t n)
{
	const char *s = behind(line, len, label);

	while (s != NULL && n > 0 && next_number(&s, line + len, v)) {
		v++;
		n--;
	}
}

void pid_status(const char *line, size_t len, struct pid_status *st)
{
	const char *s = behind(line, len, "State:");
	int64_t kernel = 0, numbers_below[2] = { -1, -1 };

	if (s != NULL && s < line + len)
		st->state = *s;
	st->memory |= behind(line, len, "VmSize:") != NULL;
	numbers(line, len, "Kthread:", &kernel, 1);
	st->kernel |= kernel == 1;
	numbers(line, len, "NSpid:", numbers_below, 2);
	st->nested |= numbers_below[1] >= 0;
	numbers(line, len, "Pid:", &st->pid, 1);
	numbers(line, len, "PPid:", &st->parent, 1);
	numbers(line, len, "NSpgid:", &st->group, 1);
	numbers(line, len, "Threads:", &st->threads, 1);
	numbers(line, len, "Uid:", st->uids, 4);
	numbers(line, len, "Gid:", st->gids, 4);
}

bool pid_is_kernel(const struct pid_status *st)
{
	return st->kernel || (!st->memory && (st->parent == 0 || st->parent == 2));
}

bool pid_group(const char *line, size_t len, size_t *at, uint32_t *gid)
{
	const char *s = behind(line, len, "Groups:");
	int64_t n;

	if (s == NULL)
		return false;
	if (*at != 0)
		s = line + *at;
	if (!next_number(&s, line + len, &n) || n > UINT32_MAX)
		return false;
	*at = (size_t)(s - line);
	*gid = (uint32_t)n;
	return true;
}

/* Move past the word at *s and one space.  Returns the length of the word. */
static size_t next_word(const char **s, const char *end, const char **word)
{
	size_t n;

	*word = *s;
	while (*s < end && **s != ' ')
		++*s;
	n = (size_t)(*s - *word);
	*s += *s < end;
	return n;
}

static bool contains(const char *s, const char *end, const char *text)
{
	size_t n = strlen(text);

	while ((size_t)(end - s) >= n && memcmp(s, text, n) != 0)
		s++;
	return (size_t)(end - s) >= n;
}

bool pid_proc_mount(const char *line, size_t len, const char *where, bool *hides)
{
	enum { POINT = 4 };		/* words before the mount point */
	const char *s = line, *end = line + len, *word;
	size_t n = 0;

	for (int i = 0; i <= POINT; i++)
		n = next_word(&s, end, &word);
	if (n != strlen(where) || memcmp(word, where, n) != 0)
		return false;
	while (s < end && (next_word(&s, end, &word) != 1 || *word != '-'))
		continue;
	n = next_word(&s, end, &word);
	if (n != 4 || memcmp(word, "proc", 4) != 0)
		return false;
	/* Linux shows the option only if it hides something. */
	*hides = contains(s, end, "hidepid=");
	return true;
}
