/* SPDX-License-Identifier: 0BSD */
/* THE column table: every way in which a row can be shown, once. */
#ifndef CORE_COLUMN_H
#define CORE_COLUMN_H

#include "base/ipc.h"

enum column_format {
	/* what value_put writes */
	FMT_DEC,
	FMT_SIZE,		/* bytes */
	FMT_HEX,		/* eight digits behind 0x */
	FMT_PERMS,		/* the nine permission bits */
	FMT_ACCESS,		/* the same, octal with a leading 0 */
	FMT_MODE,		/* all bits, octal with a leading 0 */
	FMT_PUT,
	/* other fields */
	FMT_STATUS = FMT_PUT,	/* "dest", "locked", both or nothing */
	FMT_OWNER,		/* a user's name, or the id */
	FMT_USER,		/* a user's name */
	FMT_GROUP,
	FMT_TIME,
	FMT_ORPHAN,		/* an enum ipc_orphan */
	FMT_LIBC,		/* glibc or musl */
	FMT_CHAR,
	/* what is no field, or more than one */
	FMT_DERIVED,
	FMT_AGE = FMT_DERIVED,	/* seconds since its last use: ipc_age */
	FMT_KIND,		/* what the row is */
	FMT_NAME,		/* the row's name */
	FMT_COMMAND,		/* the row's command */
	FMT_USERS,		/* the row's users */
	FMT_RESOURCE,		/* the name of limits[field] */
	FMT_DESCRIPTION,	/* and what it is */
	FMT_LIMIT,		/* a limit, or how much of it is used, in its unit */
	FMT_PERCENT,		/* USED of LIMIT */
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
	/* the usage of a kind; and what tables of fixed form and repeated ones have */
	COL_USED_OBJECTS, COL_USED_MESSAGES, COL_USED_BYTES, COL_USED_PAGES, COL_RSS_PAGES, COL_SWAP_PAGES,
	COL_SWAP_ATTEMPTS, COL_SWAP_SUCCESSES, COL_USED_SEMS, COL_ACCESS, COL_MARK,
	COL_COUNT,
};

/* Room for the name of a column. */
enum { COLUMN_NAME = 12 };

/*
 * Members of JSON have the name in lower case.  Where a column that can be chosen
 * has no bit of a row's kind in `kinds`, it is empty; those without any kind and
 * those of semaphores can only be had in their own places.
 */
struct column {
	char name[COLUMN_NAME];
	uint8_t field, format;
	uint8_t kinds;		/* a bit for each enum ipc_kind */
	bool dear;		/* takes calls of its own for each row */
	const char *description;
};

extern const struct column columns[COL_COUNT];

/* The column of a name, in either case, of len bytes; COL_NONE if there is none to choose. */
enum column_id column_find(const char *name, size_t len);

/* Whether a column can be chosen by its name. */
bool column_is_choice(enum column_id);

/* Whether what a column shows is a number, and so stands to the right. */
bool column_is_number(enum column_id);

#endif
