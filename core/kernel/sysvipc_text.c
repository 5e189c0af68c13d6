/* SPDX-License-Identifier: 0BSD */
#include "kernel/sysvipc_text.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "parse/parse.h"

/* What is not run for each number of a list: in this file, which is made to be quick, it is to be small. */
#define SMALL __attribute__((cold))

enum word_type {
	W_UNKNOWN,		/* any word */
	W_KEY,			/* 32 bits, shown signed */
	W_ID,			/* 0 to INT_MAX */
	W_MODE,			/* octal */
	W_U32,
	W_U64,
	W_OPTIONAL,		/* 64 bits; -1 where the kernel's emulation does not know */
};

/* So many decimal digits always fit 64 bits; octal ones are left to take_number. */
enum { SURE = 18 };

/* The columns of Linux's ipc/msg.c, ipc/shm.c and ipc/sem.c, in their order. */
static const struct known {
	char name[8];
	struct sysvipc_column column;
} known[IPC_NSYSV][17] = {
	[IPC_MSG] = {
		{ "key", { F_KEY, W_KEY, SURE } },		{ "msqid", { F_ID, W_ID, SURE } },
		{ "perms", { F_MODE, W_MODE, 0 } },		{ "cbytes", { F_CBYTES, W_U64, SURE } },
		{ "qnum", { F_QNUM, W_U64, SURE } },		{ "lspid", { F_LSPID, W_U32, SURE } },
		{ "lrpid", { F_LRPID, W_U32, SURE } },		{ "uid", { F_UID, W_U32, SURE } },
		{ "gid", { F_GID, W_U32, SURE } },		{ "cuid", { F_CUID, W_U32, SURE } },
		{ "cgid", { F_CGID, W_U32, SURE } },		{ "stime", { F_STIME, W_U64, SURE } },
		{ "rtime", { F_RTIME, W_U64, SURE } },		{ "ctime", { F_CTIME, W_U64, SURE } },
	},
	[IPC_SHM] = {
		{ "key", { F_KEY, W_KEY, SURE } },		{ "shmid", { F_ID, W_ID, SURE } },
		{ "perms", { F_MODE, W_MODE, 0 } },		{ "size", { F_SIZE, W_U64, SURE } },
		{ "cpid", { F_CPID, W_U32, SURE } },		{ "lpid", { F_LPID, W_U32, SURE } },
		{ "nattch", { F_NATTCH, W_U64, SURE } },	{ "uid", { F_UID, W_U32, SURE } },
		{ "gid", { F_GID, W_U32, SURE } },		{ "cuid", { F_CUID, W_U32, SURE } },
		{ "cgid", { F_CGID, W_U32, SURE } },		{ "atime", { F_ATIME, W_U64, SURE } },
		{ "dtime", { F_DTIME, W_U64, SURE } },		{ "ctime", { F_CTIME, W_U64, SURE } },
		{ "rss", { F_RSS, W_OPTIONAL, SURE } },		{ "swap", { F_SWAP, W_OPTIONAL, SURE } },
	},
	[IPC_SEM] = {
		{ "key", { F_KEY, W_KEY, SURE } },		{ "semid", { F_ID, W_ID, SURE } },
		{ "perms", { F_MODE, W_MODE, 0 } },		{ "nsems", { F_NSEMS, W_U32, SURE } },
		{ "uid", { F_UID, W_U32, SURE } },		{ "gid", { F_GID, W_U32, SURE } },
		{ "cuid", { F_CUID, W_U32, SURE } },		{ "cgid", { F_CGID, W_U32, SURE } },
		{ "otime", { F_OTIME, W_U64, SURE } },		{ "ctime", { F_CTIME, W_U64, SURE } },
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

static bool is_name(const struct known *k, const char *word, size_t len)
{
	return len < sizeof k->name && memcmp(k->name, word, len) == 0 && k->name[len] == '\0';
}

/* The column that a word of the header names: mostly the one behind the last that was found. */
static const struct known *lookup(const char *word, size_t len, const struct known *columns,
				  const struct known *next)
{
	static const struct known other;
	const struct known *k;

	for (k = next; *k->name != '\0'; k++)
		if (is_name(k, word, len))
			return k;
	for (k = columns; k < next; k++)
		if (is_name(k, word, len))
			return k;
	return &other;
}

ptrdiff_t sysvipc_header(struct sysvipc_text *f, enum ipc_kind kind, const char *text, size_t len)
{
	const struct known *k, *next = known[kind];
	const char *s, *word, *end = text + len;
	uint64_t have = 0, bit;
	uint8_t count = 0;

	for (s = skip_blanks(text, end); s < end && *s != '\n'; s = skip_blanks(s, end)) {
		word = s;
		s = skip_word(s, end);
		if (count == SYSVIPC_COLUMNS)
			continue;
		k = lookup(word, (size_t)(s - word), known[kind], next);
		f->column[count++] = k->column;
		if (k->column.type == W_UNKNOWN)
			continue;
		bit = UINT64_C(1) << k->column.field;
		if (have & bit)
			return -EBADMSG;
		have |= bit;
		next = k + 1;
	}
	if (s == end)
		return 0;
	f->have = have;
	f->count = count;
	return have >> F_KEY & 1 && have >> F_ID & 1 ? s + 1 - text : -EBADMSG;
}

static const uint64_t most[] = {
	[W_KEY] = UINT32_MAX, [W_ID] = INT_MAX, [W_MODE] = UINT32_MAX,
	[W_U32] = UINT32_MAX, [W_U64] = UINT64_MAX, [W_OPTIONAL] = UINT64_MAX,
};

/* A number, where it may have a sign, be octal or near a limit; where it ends, or s if it is none. */
static const char *take_number(const char *s, const char *end, unsigned type, int64_t *v)
{
	bool sign = *s == '-' && (type == W_KEY || type == W_OPTIONAL);
	const char *digits = s + sign;
	uint64_t n = 0;
	int got = parse_digits(digits, (size_t)(end - digits), type == W_MODE ? 8 : 10, &n);

	if (got <= 0 || n > most[type])
		return s;
	if (sign && n > (type == W_KEY ? UINT64_C(0x80000000) : 1))
		return s;
	if (sign)
		n = type == W_KEY ? (uint32_t)-n : -n;
	if (type == W_MODE)
		n &= IPC_PERMS | IPC_DEST | IPC_LOCKED;
	*v = (int64_t)n;
	return digits + got;
}

/*
 * Takes any word of a row, with the blanks before it.  Where it ends, or NULL if it is
 * not of its column's form or the text ends in it.
 */
__attribute__((noinline))
static const char *take(const struct sysvipc_column *c, const char *s, const char *end, struct ipc_obj *o)
{
	const char *word = s = skip_blanks(s, end);

	if (c->type == W_UNKNOWN)
		s = skip_word(s, end);
	else
		s = take_number(s, end, c->type, &o->v[c->field]);
	if (s == word || s == end || !ends_word(*s))
		return NULL;
	/* -1 of an emulation that does not know. */
	if (c->type == W_OPTIONAL && *word == '-' && o->v[c->field] == -1)
		o->have &= ~(UINT64_C(1) << c->field);
	return s;
}

/*
 * Nearly all of a row is small decimal numbers, so these are taken right here, and
 * the NUL behind the text spares a check for each byte.
 */
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
		uint64_t n = 0;
		unsigned d;

		while (*s == ' ')
			s++;
		word = s;
		for (; (d = (unsigned)(unsigned char)*s - '0') <= 9; s++)
			n = n * 10 + d;
		if ((size_t)(s - word) - 1 < c->sure && n <= most[c->type] && (*s == ' ' || *s == '\n')) {
			o->v[c->field] = (int64_t)n;
			continue;
		}
		s = take(c, start, end, o);
		if (s == NULL)
			/* A text that ends within the row may only be the beginning of a good one. */
			return memchr(text, '\n', len) ? -EBADMSG : 0;
	}
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

/* "LABEL:NUMBER" at s, with blanks before and behind; where it ends, or NULL. */
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

/* More processes than wait on a semaphore of any machine. */
enum { WAITERS = 1 << 22 };

static bool all_zero(const unsigned char *bytes, size_t from, size_t size)
{
	while (from < size)
		if (bytes[from++] != 0)
			return false;
	return true;
}

/*
 * musl's sem_t is an int of the value, one of the waiters, 0 for a semaphore that processes
 * share, and bytes that sem_open(3) leaves as they come from its stack.  Since 1.2.4
 * bit 31 of the value says that somebody waits; before, the value was -1 then.
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
	/* glibc's mark of a semaphore between processes. */
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
