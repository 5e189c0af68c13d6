/* SPDX-License-Identifier: 0BSD */
/* The table of all columns. */
#ifndef CORE_SHOW_COLUMN_H
#define CORE_SHOW_COLUMN_H

#include "base/ipc.h"
#include "show/out.h"

/* How the values of a column are written, sorted and aligned: see the table in format.c. */
enum column_format {
	FMT_OWN,		/* the column's own */
	FMT_DEC,
	FMT_SIZE,		/* bytes, in the style's units */
	FMT_HEX,		/* 0x and eight digits */
	FMT_PERMS,		/* the nine permission bits, in the style's notation */
	FMT_ACCESS,		/* the nine permission bits, octal with a leading 0 */
	FMT_MODE,		/* all bits, octal with a leading 0 */
	FMT_STATUS,		/* "dest", "locked", both or nothing */
	FMT_STATES,		/* likewise, each in its place */
	FMT_OWNER,		/* the user name, or the id */
	FMT_USER,		/* the user name */
	FMT_GROUP,
	FMT_TIME,		/* in the style's notation */
	FMT_DAY,		/* without weekday and year */
	FMT_AGE,		/* time since the last use: ipc_age */
	FMT_ORPHAN,		/* an enum ipc_orphan */
	FMT_LIBC,		/* glibc or musl */
	FMT_ADDRESS,		/* 0x and at least twelve digits */
	FMT_BARE_ADDRESS,	/* without the 0x */
	FMT_BYTES,		/* contents of a message */
	FMT_TRUTH,		/* true or false */
	FMT_TEXT,		/* a text of the row */
	FMT_HOLDERS,		/* likewise; JSON has a separate array */
	FMT_KIND,		/* the kind of the row */
	FMT_RESOURCE,		/* the name of a limit */
	FMT_DESCRIPTION,	/* its label and unit */
	FMT_LIMIT,		/* a limit or its usage, in its unit */
	FMT_LABEL,		/* label and unit of a limit as in ipcs -l */
	FMT_AMOUNT,		/* a limit in that unit */
	FMT_PERCENT,		/* USED as a percentage of LIMIT */
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
	COL_RESOURCE, COL_LIMIT, COL_USED, COL_PERCENT, COL_DESCRIPTION, COL_CHECKED,
	/* one semaphore of a set */
	COL_SEMNUM, COL_SEMVAL, COL_NCOUNT, COL_ZCOUNT, COL_SEMPID,
	/* a holder or waiter, one of its mappings, a message */
	COL_PID, COL_HOW, COL_MAPPINGS, COL_DESCRIPTORS, COL_THREADS, COL_TIMES,
	COL_FROM, COL_TO, COL_RIGHTS, COL_RESIDENT,
	COL_MSGNUM, COL_MSGTYPE, COL_MSGLEN, COL_BYTES,
	/* usage of a kind; extras of fixed-form tables and repeated listings */
	COL_USED_OBJECTS, COL_USED_MESSAGES, COL_USED_BYTES, COL_USED_SIZE, COL_USED_PAGES, COL_RSS_PAGES,
	COL_SWAP_PAGES, COL_SWAP_ATTEMPTS, COL_SWAP_SUCCESSES, COL_USED_SEMS, COL_ACCESS,
	/* results of ipcmk and ipcrm */
	COL_ANY_NAME, COL_EXISTED, COL_RESULT, COL_REASON,
	COL_REMOVED, COL_MARKED, COL_WOULD_REMOVE, COL_WOULD_MARK, COL_KEPT, COL_FAILED,
	COL_COUNT,
};

/* Data that needs extra system calls for each row.  Columns in WANT_DEAR are shown only on request. */
enum column_want {
	WANT_ORPHAN = 1, WANT_COMMAND = 2, WANT_HOLDERS = 4,
	WANT_DEAR = WANT_ORPHAN | WANT_COMMAND | WANT_HOLDERS,
	WANT_CAPACITY = 8,
	WANT_RESIDENT = 16,
};

struct column {
	const char *name;	/* lowercase in JSON */
	uint8_t field, format;
	uint16_t kinds;		/* one bit for each enum ipc_kind; empty in rows of other kinds */
	uint8_t want;		/* enum column_want: the extra data it needs */
	const char *description;	/* NULL: cannot be selected by name */
};

extern const struct column columns[COL_COUNT];

/* Finds a selectable column by a name of len bytes, ignoring case; COL_NONE if there is none. */
enum column_id column_find(const char *name, size_t len);

/* The name of the selectable column nearest to an unknown one of len bytes; NULL if none is near. */
const char *column_near(const char *name, size_t len);

/* True if a column can be selected by name. */
bool column_is_choice(enum column_id);

/* The column with the ID behind the name of a user or group; COL_NONE if the column holds no such name. */
enum column_id column_number(enum column_id);

/* Lists the selectable columns with their descriptions, one per line. */
void column_help(struct out *);

#endif
