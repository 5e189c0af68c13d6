/* SPDX-License-Identifier: 0BSD */
/* THE column table: every way in which a field of a row can be shown, once. */
#ifndef CORE_COLUMN_H
#define CORE_COLUMN_H

#include "ipc.h"

enum column_format {
	FMT_DEC,
	FMT_HEX,		/* eight digits behind 0x */
	FMT_PERMS,		/* the nine permission bits, octal */
	FMT_ACCESS,		/* the same with a leading 0 */
	FMT_MODE,		/* all bits, octal with a leading 0 */
	FMT_DEST,		/* "dest" or a blank */
	FMT_LOCKED,		/* "locked" or a blank */
	FMT_USER,
	FMT_GROUP,
	FMT_TIME,
	FMT_SIZE,		/* bytes */
	FMT_NAME,		/* the row's name; it has no field */
};

enum column_id {
	COL_NONE,
	COL_KEY, COL_ID, COL_OWNER, COL_UID, COL_GID, COL_CUID, COL_CGID,
	COL_USER, COL_GROUP, COL_CUSER, COL_CGROUP,
	COL_PERMS, COL_ACCESS, COL_MODE, COL_CTIME,
	COL_SIZE, COL_NATTCH, COL_DEST, COL_LOCKED, COL_CPID, COL_LPID, COL_ATTACH, COL_DETACH,
	COL_USEDBYTES, COL_MSGS, COL_QBYTES, COL_LSPID, COL_LRPID, COL_SEND, COL_RECV,
	COL_NSEMS, COL_OTIME, COL_SEMNUM, COL_SEMVAL, COL_NCOUNT, COL_ZCOUNT, COL_SEMPID,
	COL_NAME, COL_MTIME, COL_MAXMSG, COL_MSGSIZE, COL_NOTIFYPID, COL_RSS,
	COL_USED, COL_USED_MESSAGES, COL_USED_BYTES, COL_USED_PAGES, COL_RSS_PAGES, COL_SWAP_PAGES,
	COL_SWAP_ATTEMPTS, COL_SWAP_SUCCESSES, COL_USED_SEMS,
	COL_COUNT,
};

struct column {
	uint8_t field, format;
};

extern const struct column columns[COL_COUNT];

#endif
