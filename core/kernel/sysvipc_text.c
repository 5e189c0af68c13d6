/* SPDX-License-Identifier: 0BSD */
#include "kernel/sysvipc_text.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "parse/parse.h"

/* For functions that do not run for every number of a list: optimize them for size. */
#define SMALL __attribute__((cold))

enum word_type {
	W_UNKNOWN,		/* any word */
	W_KEY,			/* 32 bits, shown signed */
	W_ID,			/* 0 to INT_MAX */
	W_U32,
	W_U64,
	W_OPTIONAL,		/* 64 bits; -1 if an emulation does not know it */
};

/* So many digits always fit 64 bits. */
enum { SURE = 18 };

/* In the order of Linux's ipc/msg.c, ipc/shm.c and ipc/sem.c. */
static const struct known {
	char name[8];
	struct sysvipc_column column;
} known[IPC_NSYSV][17] = {
	[IPC_MSG] = {
		{ "key", { F_KEY, W_KEY, 10 } },		{ "msqid", { F_ID, W_ID, 10 } },
		{ "perms", { F_MODE, W_U32, 8 } },		{ "cbytes", { F_CBYTES, W_U64, 10 } },
		{ "qnum", { F_QNUM, W_U64, 10 } },		{ "lspid", { F_LSPID, W_U32, 10 } },
		{ "lrpid", { F_LRPID, W_U32, 10 } },		{ "uid", { F_UID, W_U32, 10 } },
		{ "gid", { F_GID, W_U32, 10 } },		{ "cuid", { F_CUID, W_U32, 10 } },
		{ "cgid", { F_CGID, W_U32, 10 } },		{ "stime", { F_STIME, W_U64, 10 } },
		{ "rtime", { F_RTIME, W_U64, 10 } },		{ "ctime", { F_CTIME, W_U64, 10 } },
	},
	[IPC_SHM] = {
		{ "key", { F_KEY, W_KEY, 10 } },		{ "shmid", { F_ID, W_ID, 10 } },
		{ "perms", { F_MODE, W_U32, 8 } },		{ "size", { F_SIZE, W_U64, 10 } },
		{ "cpid", { F_CPID, W_U32, 10 } },		{ "lpid", { F_LPID, W_U32, 10 } },
		{ "nattch", { F_NATTCH, W_U64, 10 } },	{ "uid", { F_UID, W_U32, 10 } },
		{ "gid", { F_GID, W_U32, 10 } },		{ "cuid", { F_CUID, W_U32, 10 } },
		{ "cgid", { F_CGID, W_U32, 10 } },		{ "atime", { F_ATIME, W_U64, 10 } },
		{ "dtime", { F_DTIME, W_U64, 10 } },		{ "ctime", { F_CTIME, W_U64, 10 } },
		{ "rss", { F_RSS, W_OPTIONAL, 10 } },		{ "swap", { F_SWAP, W_OPTIONAL, 10 } },
	},
	[IPC_SEM] = {
		{ "key", { F_KEY, W_KEY, 10 } },		{ "semid", { F_ID, W_ID, 10 } },
		{ "perms", { F_MODE, W_U32, 8 } },		{ "nsems", { F_NSEMS, W_U32, 10 } },
		{ "uid", { F_UID, W_U32, 10 } },		{ "gid", { F_GID, W_U32, 10 } },
		{ "cuid", { F_CUID, W_U32, 10 } },		{ "cgid", { F_CGID, W_U32, 10 } },
		{ "otime", { F_OTIME, W_U64, 10 } },		{ "ctime", { F_CTIME, W_U64, 10 } },
	},
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && is_blank(*s))
		s++;
	return s;
}

static const char *skip_word(const char *s, const char *end)
{
	while (s < end && !is_blank(*s) && *s != '\n')
		s++;
	return s;
}

static bool ends_word(char c)
{
	return is_blank(c) || c == '\n';
}

/* Returns the length of a name that is the word at s, else 0. */
static size_t match(const char *name, const char *s)
{
	size_t n = 0;

	while (name[n] != '\0' && name[n] == s[n])
		n++;
	return name[n] == '\0' && ends_word(s[n]) ? n : 0;
}

/*
 * Finds the column of the word at s, usually `next`.  Returns it with the length of its name in *n, or a
 * column of unknown type and 0.
 */
static const struct known *lookup(const char *s, const struct known *columns, const struct known *next,
				  size_t *n)
{
	static const struct known other;
	const struct known *k;

	for (k = next; *k->name != '\0'; k++)
		if ((*n = match(k->name, s)) > 0)
			return k;
	for (k = columns; k < next; k++)
		if ((*n = match(k->name, s)) > 0)
			return k;
	*n = 0;
	return &other;
}

ptrdiff_t sysvipc_header(struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len)
{
	const struct known *k, *next = known[kind];
	const char *s, *word, *end = text + len;
	uint64_t have = 0, bit;
	uint8_t count = 0;
	size_t n;

	for (s = skip_blanks(text, end); *s != '\n'; s = skip_blanks(s, end)) {
		word = s;
		k = lookup(word, known[kind], next, &n);
		s = n > 0 ? s + n : skip_word(s, end);
		if (s == word)
			return s == end ? 0 : -EBADMSG;
		if (count == SYSVIPC_COLUMNS)
			continue;
		f->column[count++] = k->column;
		if (k->column.type == W_UNKNOWN)
			continue;
		bit = UINT64_C(1) << k->column.field;
		if (have & bit)
			return -EBADMSG;
		have |= bit;
		next = k + 1;
	}
	f->have = have;
	f->count = count;
	return have >> F_KEY & 1 && have >> F_ID & 1 ? s + 1 - text : -EBADMSG;
}

static const uint64_t most[] = {
	[W_KEY] = UINT32_MAX, [W_ID] = INT_MAX,
	[W_U32] = UINT32_MAX, [W_U64] = UINT64_MAX, [W_OPTIONAL] = UINT64_MAX,
};

/* Parse a number that may be signed or near a limit.  Returns its end, or s on an error. */
static const char *take_number(const struct sysvipc_column *c, const char *s, const char *end, int64_t *v)
{
	bool sign = *s == '-' && (c->type == W_KEY || c->type == W_OPTIONAL);
	const char *digits = s + sign;
	uint64_t n = 0;
	int got = parse_digits(digits, (size_t)(end - digits), c->base, &n);

	if (got <= 0 || n > most[c->type])
		return s;
	if (sign && n > (c->type == W_KEY ? UINT64_C(0x80000000) : 1))
		return s;
	if (sign)
		n = c->type == W_KEY ? (uint32_t)-n : -n;
	*v = (int64_t)n;
	return digits + got;
}

/* Parse any word of a row.  Returns its end, or NULL if it is malformed or the text ends in it. */
__attribute__((noinline))
static const char *take(const struct sysvipc_column *c, const char *s, const char *end, struct ipc_obj *o)
{
	const char *word = s = skip_blanks(s, end);

	if (c->type == W_UNKNOWN)
		s = skip_word(s, end);
	else
		s = take_number(c, s, end, &o->v[c->field]);
	if (s == word || s == end || !ends_word(*s))
		return NULL;
	if (c->type == W_OPTIONAL && *word == '-' && o->v[c->field] == -1)
		ipc_unset(o, c->field);
	return s;
}

/* Most bytes of a row are blanks. */
static inline const char *skip_padding(const char *s)
{
	while (s[0] == ' ' && s[1] == ' ' && s[2] == ' ' && s[3] == ' ')
		s += 4;
	while (*s == ' ')
		s++;
	return s;
}

/* Parse small numbers without a sign, nearly all words, right here; the NUL after the text saves checks. */
ptrdiff_t sysvipc_row(const struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len,
		      struct ipc_obj *o)
{
	const struct sysvipc_column *c = f->column, *last = c + f->count;
	const char *s = text, *end = text + len;

	if (len == 0)
		return 0;
	ipc_clear(o, kind);
	o->have = f->have;
	for (; c < last; c++) {
		const char *start = s, *word;
		unsigned base = c->base, d;
		uint64_t n = 0;

		word = s = skip_padding(s);
		for (; (d = (unsigned)(unsigned char)*s - '0') < base; s++)
			n = n * base + d;
		if ((size_t)(s - word) - 1 < SURE && n <= most[c->type] && (*s == ' ' || *s == '\n')) {
			o->v[c->field] = (int64_t)n;
			continue;
		}
		s = take(c, start, end, o);
		if (s == NULL)
			/* An incomplete row may still turn out to be good. */
			return memchr(text, '\n', len) ? -EBADMSG : 0;
	}
	if (ipc_has(o, F_MODE))
		o->v[F_MODE] &= IPC_PERMS | IPC_DEST | IPC_LOCKED;
	s = *s == '\n' ? s : memchr(s, '\n', (size_t)(end - s));
	return s ? s + 1 - text : 0;
}

SMALL int sysvipc_numbers(const char *text, size_t len, uint64_t *v, size_t n)
{
	const char *s = text, *end = text + len;

	if (len > 0 && end[-1] == '\n')
		end--;
	for (size_t i = 0; i < n; i++) {
		int got;

		s = skip_blanks(s, end);
		got = parse_digits(s, (size_t)(end - s), 10, &v[i]);
		if (got <= 0)
			return -EBADMSG;
		s += got;
		if (s < end && !is_blank(*s))
			return -EBADMSG;
	}
	return skip_blanks(s, end) == end ? 0 : -EBADMSG;
}

/* Parse "LABEL:NUMBER" after blanks.  Returns its end, or NULL. */
static const char *labelled(const char *s, const char *end, const char *label, uint64_t *n)
{
	size_t len = strlen(label);
	int got;

	s = skip_blanks(s, end);
	if ((size_t)(end - s) <= len || memcmp(s, label, len) != 0)
		return NULL;
	s += len;
	got = parse_digits(s, (size_t)(end - s), 10, n);
	if (got <= 0)
		return NULL;
	s += got;
	return s == end || is_blank(*s) || *s == '\n' ? s : NULL;
}

SMALL int sysvipc_mqueue(const char *text, size_t len, uint64_t *bytes, uint64_t *pid)
{
	static const char *const labels[] = { "QSIZE:", "NOTIFY:", "SIGNO:", "NOTIFY_PID:" };
	uint64_t n[4] = { 0 };
	const char *s = text;

	for (size_t i = 0; i < 4; i++) {
		s = labelled(s, text + len, labels[i], &n[i]);
		if (s == NULL)
			return -EBADMSG;
	}
	*bytes = n[0];
	*pid = n[3];
	return 0;
}

SMALL bool sysvipc_huge_page(const char *line, size_t len, uint64_t *bytes)
{
	static const char label[] = "Hugepagesize:", unit[] = " kB";
	const char *s = line + sizeof label - 1, *end = line + len;
	uint64_t kb;
	int got;

	if (len < sizeof label || memcmp(line, label, sizeof label - 1) != 0)
		return false;
	s = skip_blanks(s, end);
	got = parse_digits(s, (size_t)(end - s), 10, &kb);
	if (got <= 0 || kb == 0 || kb > UINT64_MAX / 1024)
		return false;
	s += got;
	if ((size_t)(end - s) != sizeof unit - 1 || memcmp(s, unit, sizeof unit - 1) != 0)
		return false;
	*bytes = kb * 1024;
	return true;
}

/* More processes than ever wait on a semaphore. */
enum { WAITERS = 1 << 22 };

static bool all_zero(const unsigned char *bytes, size_t from, size_t size)
{
	while (from < size)
		if (bytes[from++] != 0)
			return false;
	return true;
}

/*
 * musl's sem_t: the value, the waiters, 0 for a shared semaphore, and bytes that sem_open(3) leaves as
 * they are on its stack.  With waiters, bit 31 of the value is set since 1.2.4; before, it was -1.
 */
static int musl_semaphore(const unsigned char *bytes, size_t size, const uint32_t word[4], uint32_t *value)
{
	if (word[1] > WAITERS || word[2] != 0)
		return -EBADMSG;
	*value = word[0] == UINT32_MAX ? 0 : word[0] & INT32_MAX;
	return (*value > 0 || (word[0] >> 31 && word[1] > 0)) && all_zero(bytes, 12, size) ? 0 : 1;
}

SMALL int sysvipc_semaphore(const unsigned char *bytes, size_t size, bool prefixed, uint32_t *value)
{
	/* glibc's mark of a process-shared semaphore */
	enum { SHARED = 0x80 };
	uint32_t word[4];
	uint64_t data;

	if (size != SYSVIPC_SEM64 && size != SYSVIPC_SEM32)
		return -EBADMSG;
	memcpy(word, bytes, sizeof word);
	memcpy(&data, bytes, sizeof data);
	if (!prefixed)
		return musl_semaphore(bytes, size, word, value);
	if (size == SYSVIPC_SEM64) {
		if ((word[2] & ~(uint32_t)SHARED) != 0 || data >> 32 > WAITERS || !all_zero(bytes, 12, size))
			return -EBADMSG;
		*value = (uint32_t)data;
	} else {
		if ((word[1] & ~(uint32_t)SHARED) != 0 || word[3] > WAITERS)
			return -EBADMSG;
		*value = word[0] >> 1;
	}
	return *value > INT_MAX ? -EBADMSG : 0;
}
