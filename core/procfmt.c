/* SPDX-License-Identifier: 0BSD */
#include "procfmt.h"

#include <endian.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "parse.h"

enum word_type {
	W_KEY,			/* 32 bits, shown signed */
	W_ID,			/* 0 to INT_MAX */
	W_MODE,			/* octal */
	W_U32,
	W_U64,
	W_OPTIONAL,		/* 64 bits; -1 where the kernel's emulation does not know */
};

enum { UNKNOWN_COLUMN = 0xff };

/* The columns of Linux's ipc/shm.c, ipc/sem.c and ipc/msg.c. */
static const struct {
	char name[8];
	uint8_t field, type;
} known[] = {
	{ "key", F_KEY, W_KEY },	{ "perms", F_MODE, W_MODE },
	{ "shmid", F_ID, W_ID },	{ "semid", F_ID, W_ID },
	{ "msqid", F_ID, W_ID },
	{ "uid", F_UID, W_U32 },	{ "gid", F_GID, W_U32 },
	{ "cuid", F_CUID, W_U32 },	{ "cgid", F_CGID, W_U32 },
	{ "ctime", F_CTIME, W_U64 },
	{ "size", F_SIZE, W_U64 },	{ "nattch", F_NATTCH, W_U64 },
	{ "cpid", F_CPID, W_U32 },	{ "lpid", F_LPID, W_U32 },
	{ "atime", F_ATIME, W_U64 },	{ "dtime", F_DTIME, W_U64 },
	{ "rss", F_RSS, W_OPTIONAL },	{ "swap", F_SWAP, W_OPTIONAL },
	{ "nsems", F_NSEMS, W_U32 },	{ "otime", F_OTIME, W_U64 },
	{ "cbytes", F_CBYTES, W_U64 },	{ "qnum", F_QNUM, W_U64 },
	{ "lspid", F_LSPID, W_U32 },	{ "lrpid", F_LRPID, W_U32 },
	{ "stime", F_STIME, W_U64 },	{ "rtime", F_RTIME, W_U64 },
};

static const char id_names[IPC_NSYSV][8] = {
	[IPC_MSG] = "msqid",
	[IPC_SHM] = "shmid",
	[IPC_SEM] = "semid",
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Columns are wide and mostly blank, so eight bytes at a time go first. */
static const char *skip_blanks(const char *s, const char *end)
{
	for (;; s++) {
		uint64_t eight;

		for (; end - s >= 8; s += 8) {
			memcpy(&eight, s, 8);
			eight = le64toh(eight) ^ UINT64_C(0x2020202020202020);
			if (eight != 0) {
				s += __builtin_ctzll(eight) / 8;
				break;
			}
		}
		while (s < end && *s == ' ')
			s++;
		if (s == end || *s != '\t')
			return s;
	}
}

static const char *skip_word(const char *s, const char *end)
{
	while (s < end && !is_blank(*s))
		s++;
	return s;
}

static uint8_t lookup(const char *s, size_t len)
{
	for (uint8_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i].name) == len && memcmp(known[i].name, s, len) == 0)
			return i;
	return UNKNOWN_COLUMN;
}

int procfmt_header(struct procfmt *f, enum ipc_kind kind, const char *line, size_t len)
{
	const char *s, *end = line + len;
	uint64_t seen = 0;

	f->count = 0;
	for (s = skip_blanks(line, end); s < end && f->count < PROCFMT_COLUMNS; s = skip_blanks(s, end)) {
		const char *word = s;
		uint8_t c;

		s = skip_word(s, end);
		c = lookup(word, (size_t)(s - word));
		f->column[f->count++] = c;
		if (c == UNKNOWN_COLUMN)
			continue;
		if (seen >> known[c].field & 1)
			return -EBADMSG;
		if (known[c].field == F_ID && strcmp(known[c].name, id_names[kind]) != 0)
			return -EBADMSG;
		seen |= UINT64_C(1) << known[c].field;
	}
	if (!(seen >> F_KEY & 1) || !(seen >> F_ID & 1))
		return -EBADMSG;
	return 0;
}

/* What is rare in a row: a sign, an octal number, a limit.  How long the number is, 0 if it is none. */
static size_t take(const char *s, size_t len, enum word_type type, int64_t *v)
{
	static const uint64_t most[] = {
		[W_KEY] = UINT32_MAX, [W_ID] = INT_MAX, [W_MODE] = UINT32_MAX,
		[W_U32] = UINT32_MAX, [W_U64] = UINT64_MAX, [W_OPTIONAL] = UINT64_MAX,
	};
	size_t sign = *s == '-' && (type == W_KEY || type == W_OPTIONAL);
	uint64_t n = 0;
	int got;

	s += sign;
	len -= sign;
	got = type == W_MODE ? parse_digits(s, len, 8, &n) : parse_digits(s, len, 10, &n);
	if (got <= 0 || n > most[type])
		return 0;
	if (sign && n > (type == W_KEY ? UINT64_C(0x80000000) : 1))
		return 0;
	if (sign)
		n = type == W_KEY ? (uint32_t)-n : -n;
	if (type == W_MODE)
		n &= IPC_PERMS | IPC_DEST | IPC_LOCKED;
	*v = (int64_t)n;
	return sign + (size_t)got;
}

/*
 * The digits at s, which are most of a file: few enough for any type, as nearly all
 * numbers are.  Returns behind them, or s for what take has to look at.
 */
static const char *take_short(const char *s, const char *end, enum word_type type, int64_t *v)
{
	enum { SHORT = 9, LONGER = 18 };
	ptrdiff_t digits = type >= W_U64 ? LONGER : SHORT;
	const char *most = end - s > digits ? s + digits : end, *at = s;
	uint64_t n = 0;
	uint32_t d;

	while (at < most && (d = (uint32_t)(unsigned char)*at - '0') <= 9) {
		n = n * 10 + d;
		at++;
	}
	if (at == s || (at < end && *at != ' '))
		return s;
	*v = (int64_t)n;
	return at;
}

int procfmt_row(const struct procfmt *f, enum ipc_kind kind, const char *line, size_t len,
		struct ipc_obj *o)
{
	const char *s = line, *end = line + len;
	uint64_t have = 0;

	ipc_clear(o, kind);
	for (uint8_t i = 0; i < f->count; i++) {
		uint8_t c = f->column[i];
		const char *word;

		s = skip_blanks(s, end);
		if (s == end)
			return -EBADMSG;
		if (c == UNKNOWN_COLUMN) {
			s = skip_word(s, end);
			continue;
		}
		word = s;
		if (known[c].type != W_MODE)
			s = take_short(s, end, known[c].type, &o->v[known[c].field]);
		if (s == word)
			s += take(s, (size_t)(end - s), known[c].type, &o->v[known[c].field]);
		if (s == word || (s < end && !is_blank(*s)))
			return -EBADMSG;
		/* -1 of an emulation that does not know. */
		if (known[c].type != W_OPTIONAL || o->v[known[c].field] != -1 || *word != '-')
			have |= UINT64_C(1) << known[c].field;
	}
	o->have = have;
	return 0;
}

int procfmt_numbers(const char *text, size_t len, uint64_t *v, size_t n)
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

int procfmt_mqueue(const char *text, size_t len, uint64_t *bytes, uint64_t *pid)
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

static bool all_zero(const unsigned char *bytes, size_t from, size_t size)
{
	while (from < size)
		if (bytes[from++] != 0)
			return false;
	return true;
}

int procfmt_semaphore(const unsigned char *bytes, size_t size, bool prefixed, uint32_t *value)
{
	/* SHARED is glibc's mark of a semaphore between processes; WAITERS a number that no machine has. */
	enum { SHARED = 0x80, WAITERS = 1 << 22 };
	uint32_t word[4];
	uint64_t data;

	if (size != PROCFMT_SEM64 && size != PROCFMT_SEM32)
		return -EBADMSG;
	memcpy(word, bytes, sizeof word);
	memcpy(&data, bytes, sizeof data);
	if (!prefixed) {
		/* Bit 31 of musl's value says that somebody waits, and who waits finds 0. */
		if (word[1] > WAITERS || !all_zero(bytes, 8, size))
			return -EBADMSG;
		*value = word[0] >> 31 ? 0 : word[0];
	} else if (size == PROCFMT_SEM64) {
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
