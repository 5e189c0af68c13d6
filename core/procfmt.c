/* SPDX-License-Identifier: 0BSD */
#include "procfmt.h"

#include <errno.h>
#include <limits.h>
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

static const char id_names[IPC_NKINDS][8] = {
	[IPC_MSG] = "msqid",
	[IPC_SHM] = "shmid",
	[IPC_SEM] = "semid",
};

/* The next word of a line: its length, 0 at the end; *at is moved to it. */
static size_t word(const char **at, const char *end)
{
	const char *s = *at, *e;

	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	for (e = s; e < end && *e != ' ' && *e != '\t'; e++)
		;
	*at = s;
	return (size_t)(e - s);
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
	const char *at = line, *end = line + len;
	uint64_t seen = 0;
	size_t n;

	f->count = 0;
	for (; (n = word(&at, end)) > 0; at += n) {
		uint8_t c = lookup(at, n);

		if (f->count == PROCFMT_COLUMNS)
			break;
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

/* One word as a number of its type; a word that stands for "not known" leaves the field unset. */
static int take(struct ipc_obj *o, uint8_t column, const char *s, size_t len)
{
	static const uint64_t most[] = {
		[W_KEY] = UINT32_MAX, [W_ID] = INT_MAX, [W_MODE] = UINT32_MAX,
		[W_U32] = UINT32_MAX, [W_U64] = UINT64_MAX, [W_OPTIONAL] = UINT64_MAX,
	};
	enum word_type type = known[column].type;
	size_t sign = *s == '-' && (type == W_KEY || type == W_OPTIONAL);
	uint64_t n = 0;

	if (parse_digits(s + sign, len - sign, type == W_MODE ? 8 : 10, &n) != (int)(len - sign))
		return -EBADMSG;
	if (len == sign || n > most[type])
		return -EBADMSG;
	if (sign) {
		if (type == W_OPTIONAL)
			return n == 1 ? 0 : -EBADMSG;
		if (n > UINT64_C(0x80000000))
			return -EBADMSG;
		n = (uint32_t)-n;
	}
	if (type == W_MODE)
		n &= IPC_PERMS | IPC_DEST | IPC_LOCKED;
	ipc_set(o, known[column].field, (int64_t)n);
	return 0;
}

int procfmt_row(const struct procfmt *f, enum ipc_kind kind, const char *line, size_t len,
		struct ipc_obj *o)
{
	const char *at = line, *end = line + len;

	ipc_clear(o, kind);
	for (uint8_t i = 0; i < f->count; i++) {
		size_t n = word(&at, end);

		if (n == 0)
			return -EBADMSG;
		if (f->column[i] != UNKNOWN_COLUMN && take(o, f->column[i], at, n) < 0)
			return -EBADMSG;
		at += n;
	}
	return 0;
}

int procfmt_numbers(const char *text, size_t len, uint64_t *v, size_t n)
{
	const char *at = text, *end = text + len;

	if (len > 0 && end[-1] == '\n')
		end--;
	for (size_t i = 0; i < n; i++) {
		size_t w = word(&at, end);

		if (w == 0 || parse_digits(at, w, 10, &v[i]) != (int)w)
			return -EBADMSG;
		at += w;
	}
	return word(&at, end) == 0 ? 0 : -EBADMSG;
}
