/* SPDX-License-Identifier: 0BSD */
/* THE column table: every way in which a row can be shown, once. */
#ifndef CORE_COLUMN_H
#define CORE_COLUMN_H

#include "base/ipc.h"
#include "show/out.h"

/* How the value of a column is written, ordered and aligned: format.c has a row for each. */
enum column_format {
	FMT_OWN,		/* none: that of the column */
	FMT_DEC,
	FMT_SIZE,		/* bytes, as the style says */
	FMT_HEX,		/* eight digits behind 0x */
	FMT_PERMS,		/* the nine permission bits, as the style says */
	FMT_ACCESS,		/* the same, octal with a leading 0 */
	FMT_MODE,		/* all bits, octal with a leading 0 */
	FMT_STATUS,		/* "dest", "locked", both or nothing */
	FMT_DEST, FMT_LOCKED,	/* one of them, or nothing */
	FMT_OWNER,		/* a user's name, or the id */
	FMT_USER,		/* a user's name */
	FMT_GROUP,
	FMT_TIME,		/* as the style says */
	FMT_DAY,		/* without the day of the week and the year */
	FMT_AGE,		/* seconds since its last use: ipc_age */
	FMT_ORPHAN,		/* an enum ipc_orphan */
	FMT_LIBC,		/* glibc or musl */
	FMT_CHAR,
	FMT_ADDRESS,		/* twelve digits behind 0x */
	FMT_BARE_ADDRESS,	/* without the 0x */
	FMT_BYTES,		/* of a message */
	FMT_TRUTH,		/* true or false */
	FMT_TEXT,		/* a text of the row */
	FMT_HOLDERS,		/* the same, which JSON has as an array of its own */
	FMT_KIND,		/* what the row is */
	FMT_RESOURCE,		/* the name of a limit */
	FMT_DESCRIPTION,	/* and what it is */
	FMT_LIMIT,		/* a limit, or how much of it is used, in its unit */
	FMT_LABEL,		/* what a limit is, and its unit, as ipcs -l has it */
	FMT_AMOUNT,		/* a limit in that unit */
	FMT_PERCENT,		/* USED of LIMIT */
	FMT_COUNT,
};

enum column_id {
	COL_NONE,
	COL_KIND, COL_KEY, COL_ID, COL_NAME, COL_OWNER, COL_PERMS, COL_MODE,
	COL_UID, COL_USER, COL_GID, COL_GROUP, COL_CUID, COL_CUSER, COL_CGID, COL_CGROUP,
	COL_SIZE, COL_RSS, COL_SWAP, COL_NATTCH, COL_STATUS, COL_CPID, COL_LPID, COL_ATTACH, COL_DETACH,
	COL_USEDBYTES, COL_MSGS, COL_QBYTES, COL_MAXMSG, COL_MSGSIZE, COL_LSPID, COL_LRPID, COL_NOTIFYPID,
	COL_SEND, COL_RECV, COL_NSEMS, COL_OTIME, COL_SVAL, COL_LIBC, COL_MTIME, COL_CTIME, COL_AGE, COL_COMMAND,
	COL_ORPHAN, COL_ATTACHED, COL_WAITING,
	/* one limit */
	COL_RESOURCE, COL_DESCRIPTION, COL_LIMIT, COL_USED, COL_PERCENT,
	/* one semaphore of a set */
	COL_SEMNUM, COL_SEMVAL, COL_NCOUNT, COL_ZCOUNT, COL_SEMPID,
	/* a process that has an object or waits on it, one of its mappings, a message */
	COL_PID, COL_HOW, COL_MAPPINGS, COL_DESCRIPTORS, COL_THREADS, COL_TIMES,
	COL_FROM, COL_TO, COL_RIGHTS, COL_RESIDENT,
	COL_MSGNUM, COL_MSGTYPE, COL_MSGLEN, COL_BYTES,
	/* the usage of a kind; and what tables of fixed form and repeated ones have */
	COL_USED_OBJECTS, COL_USED_MESSAGES, COL_USED_BYTES, COL_USED_PAGES, COL_RSS_PAGES, COL_SWAP_PAGES,
	COL_SWAP_ATTEMPTS, COL_SWAP_SUCCESSES, COL_USED_SEMS, COL_ACCESS, COL_MARK,
	/* what ipcmk made and ipcrm removed */
	COL_ANY_NAME, COL_GIVEN_KEY, COL_EXISTED, COL_RESULT, COL_REASON,
	COL_REMOVED, COL_WOULD_REMOVE, COL_KEPT, COL_FAILED,
	COL_COUNT,
};

/* What takes calls of its own for each row; no list shows those of WANT_DEAR unless they are asked for. */
enum column_want {
	WANT_ORPHAN = 1, WANT_COMMAND = 2, WANT_HOLDERS = 4,
	WANT_DEAR = WANT_ORPHAN | WANT_COMMAND | WANT_HOLDERS,
	WANT_CAPACITY = 8,
};

/* Room for the name of a column. */
enum { COLUMN_NAME = 16 };

/*
 * Members of JSON have the name in lower case.  Where a column that can be chosen
 * has no bit of a row's kind in `kinds`, it is empty; those without any kind and
 * those of semaphores can only be had in their own places.
 */
struct column {
	char name[COLUMN_NAME];
	uint8_t field, format;
	uint16_t kinds;		/* a bit for each enum ipc_kind */
	uint8_t want;		/* enum column_want: what takes calls of its own for each row */
	const char *description;
};

extern const struct column columns[COL_COUNT];

/* The column of a name, in either case, of len bytes; COL_NONE if there is none to choose. */
enum column_id column_find(const char *name, size_t len);

/* Whether a column can be chosen by its name. */
bool column_is_choice(enum column_id);

/* Every column that can be chosen, with its description, a line each. */
void column_help(struct out *);

#endif
