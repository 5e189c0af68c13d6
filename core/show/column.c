/* SPDX-License-Identifier: 0BSD */
#include "show/column.h"

#include <string.h>

#include "base/lower.h"
#include "base/near.h"

enum {
	MSG = 1 << IPC_MSG,
	SHM = 1 << IPC_SHM,
	SEM = 1 << IPC_SEM,
	PMSG = 1 << IPC_PMSG,
	PSHM = 1 << IPC_PSHM,
	PSEM = 1 << IPC_PSEM,
	SYSV = MSG | SHM | SEM,
	POSIX = PMSG | PSHM | PSEM,
	ALL = SYSV | POSIX,
	ELEMENT = 1 << IPC_ELEMENT,
	RESOURCE = 1 << IPC_RESOURCE,
	HOLDER = 1 << IPC_HOLDER,
	MAP = 1 << IPC_MAP,
	MESSAGE = 1 << IPC_MESSAGE,
	REPORT = 1 << IPC_REPORT,
};

const struct column columns[COL_COUNT] = {
	[COL_KIND] = { "KIND", 0, FMT_KIND, ALL, 0, "Kind: msg, shm, sem, pmsg, pshm or psem" },
	[COL_KEY] = { "KEY", F_KEY, FMT_HEX, SYSV, 0, "Key" },
	[COL_ID] = { "ID", F_ID, FMT_DEC, SYSV, 0, "Identifier" },
	[COL_NAME] = { "NAME", T_NAME, FMT_TEXT, POSIX, 0, "Name of a POSIX object" },
	[COL_OWNER] = { "OWNER", F_UID, FMT_OWNER, ALL, 0, "Name or user ID of the owner" },
	[COL_PERMS] = { "PERMS", F_MODE, FMT_PERMS, ALL, 0, "Permissions" },
	[COL_MODE] = { "MODE", F_MODE, FMT_MODE, ALL, 0, "Permissions and flags, octal" },
	[COL_UID] = { "UID", F_UID, FMT_DEC, ALL, 0, "User ID of the owner" },
	[COL_USER] = { "USER", F_UID, FMT_USER, ALL, 0, "User name of the owner" },
	[COL_GID] = { "GID", F_GID, FMT_DEC, ALL, 0, "Group ID of the owner" },
	[COL_GROUP] = { "GROUP", F_GID, FMT_GROUP, ALL, 0, "Group name of the owner" },
	[COL_CUID] = { "CUID", F_CUID, FMT_DEC, SYSV, 0, "User ID of the creator" },
	[COL_CUSER] = { "CUSER", F_CUID, FMT_USER, SYSV, 0, "User name of the creator" },
	[COL_CGID] = { "CGID", F_CGID, FMT_DEC, SYSV, 0, "Group ID of the creator" },
	[COL_CGROUP] = { "CGROUP", F_CGID, FMT_GROUP, SYSV, 0, "Group name of the creator" },
	[COL_SIZE] = { "SIZE", F_SIZE, FMT_SIZE, SHM | PSHM, 0, "Size of a segment" },
	[COL_RSS] = { "RSS", F_RSS, FMT_SIZE, SHM | PSHM, WANT_RESIDENT, "Bytes of a segment in memory" },
	[COL_SWAP] = { "SWAP", F_SWAP, FMT_SIZE, SHM, WANT_RESIDENT, "Bytes of a segment in swap" },
	[COL_NATTCH] = { "NATTCH", F_NATTCH, FMT_DEC, SHM, 0, "Number of attachments" },
	[COL_STATUS] = { "STATUS", F_MODE, FMT_STATUS, SHM, 0, "dest (marked for removal), locked" },
	[COL_CPID] = { "CPID", F_CPID, FMT_DEC, SHM, 0, "Process that created a segment" },
	[COL_LPID] = { "LPID", F_LPID, FMT_DEC, SHM, 0, "Process that last attached or detached" },
	[COL_ATTACH] = { "ATTACH", F_ATIME, FMT_TIME, SHM | POSIX, 0, "Time of the last attach, or access" },
	[COL_DETACH] = { "DETACH", F_DTIME, FMT_TIME, SHM, 0, "Time of the last detach" },
	[COL_USEDBYTES] = { "USEDBYTES", F_CBYTES, FMT_SIZE, MSG | PMSG, 0, "Bytes in a queue" },
	[COL_MSGS] = { "MSGS", F_QNUM, FMT_DEC, MSG | PMSG, 0, "Messages in a queue" },
	[COL_QBYTES] = { "QBYTES", F_QBYTES, FMT_SIZE, MSG, WANT_CAPACITY, "Capacity of a queue in bytes" },
	[COL_MAXMSG] = { "MAXMSG", F_MAXMSG, FMT_DEC, PMSG, 0, "Capacity of a POSIX queue in messages" },
	[COL_MSGSIZE] = { "MSGSIZE", F_MSGSIZE, FMT_SIZE, PMSG, 0, "Maximum size of a message" },
	[COL_LSPID] = { "LSPID", F_LSPID, FMT_DEC, MSG, 0, "Process that last sent a message" },
	[COL_LRPID] = { "LRPID", F_LRPID, FMT_DEC, MSG, 0, "Process that last received a message" },
	[COL_NOTIFYPID] = { "NOTIFYPID", F_NOTIFYPID, FMT_DEC, PMSG, 0, "Process to notify (0: none)" },
	[COL_SEND] = { "SEND", F_STIME, FMT_TIME, MSG, 0, "Time of the last send" },
	[COL_RECV] = { "RECV", F_RTIME, FMT_TIME, MSG, 0, "Time of the last receive" },
	[COL_NSEMS] = { "NSEMS", F_NSEMS, FMT_DEC, SEM, 0, "Semaphores of a set" },
	[COL_OTIME] = { "OTIME", F_OTIME, FMT_TIME, SEM, 0, "Time of the last operation" },
	[COL_SVAL] = { "SVAL", F_SEMVAL, FMT_DEC, PSEM, 0, "Value of a POSIX semaphore" },
	[COL_LIBC] = { "LIBC", F_LIBC, FMT_LIBC, PSEM, 0, "C library that a POSIX semaphore is for" },
	[COL_MTIME] = { "MTIME", F_MTIME, FMT_TIME, POSIX, 0, "Time of the last modification" },
	[COL_CTIME] = { "CTIME", F_CTIME, FMT_TIME, ALL, 0, "Time of the last change" },
	[COL_AGE] = { "AGE", 0, FMT_AGE, ALL, 0, "Time since the last use (0: attached now)" },
	[COL_COMMAND] = { "COMMAND", T_COMMAND, FMT_TEXT, SHM | ELEMENT | HOLDER, WANT_COMMAND,
		"Command of the creator" },
	[COL_ORPHAN] = { "ORPHAN", F_ORPHAN, FMT_ORPHAN, SYSV, WANT_ORPHAN,
		"Whether it has lost its users: yes, maybe, no" },
	[COL_ATTACHED] = { "ATTACHED", T_HOLDERS, FMT_HOLDERS, SHM | POSIX, WANT_HOLDERS,
		"Processes that have it attached or open" },
	[COL_WAITING] = { "WAITING", T_HOLDERS, FMT_HOLDERS, MSG | SEM, WANT_HOLDERS,
		"Processes that wait on it" },

	[COL_RESOURCE] = { "RESOURCE", F_RESOURCE, FMT_RESOURCE, RESOURCE, 0, "Name of a limit" },
	[COL_LIMIT] = { "LIMIT", F_LIMIT, FMT_LIMIT, RESOURCE, 0, "Value of the limit" },
	[COL_USED] = { "USED", F_USED, FMT_LIMIT, RESOURCE, 0, "Usage" },
	[COL_PERCENT] = { "USE%", F_USED, FMT_PERCENT, RESOURCE, 0, "Usage in percent of the limit" },
	[COL_DESCRIPTION] = { "DESCRIPTION", F_RESOURCE, FMT_DESCRIPTION, RESOURCE, 0, "Meaning of the limit" },
	[COL_CHECKED] = { "STATUS", T_RESULT, FMT_TEXT, RESOURCE, 0, NULL },

	[COL_SEMNUM] = { "SEMNUM", F_SEMNUM, FMT_DEC, ELEMENT, 0, NULL },
	[COL_SEMVAL] = { "SVAL", F_SEMVAL, FMT_DEC, ELEMENT, 0, NULL },
	[COL_NCOUNT] = { "NCOUNT", F_NCOUNT, FMT_DEC, ELEMENT, 0, NULL },
	[COL_ZCOUNT] = { "ZCOUNT", F_ZCOUNT, FMT_DEC, ELEMENT, 0, NULL },
	[COL_SEMPID] = { "PID", F_SEMPID, FMT_DEC, ELEMENT, 0, NULL },

	[COL_PID] = { "PID", F_PID, FMT_DEC, HOLDER, 0, NULL },
	[COL_HOW] = { "HOW", T_HOW, FMT_TEXT, HOLDER, 0, NULL },
	[COL_MAPPINGS] = { "MAPPINGS", F_MAPPINGS, FMT_DEC, HOLDER, 0, NULL },
	[COL_DESCRIPTORS] = { "DESCRIPTORS", F_DESCRIPTORS, FMT_DEC, HOLDER, 0, NULL },
	[COL_THREADS] = { "THREADS", F_THREADS, FMT_DEC, HOLDER, 0, NULL },
	[COL_TIMES] = { "TIMES", F_TIMES, FMT_DEC, HOLDER, 0, NULL },
	[COL_FROM] = { "FROM", F_FROM, FMT_ADDRESS, MAP, 0, NULL },
	[COL_TO] = { "TO", F_TO, FMT_ADDRESS, MAP, 0, NULL },
	[COL_RIGHTS] = { "ACCESS", T_ACCESS, FMT_TEXT, MAP, 0, NULL },
	[COL_RESIDENT] = { "RSS", F_RSS, FMT_DEC, MAP, 0, NULL },
	[COL_MSGNUM] = { "NUMBER", F_NUMBER, FMT_DEC, MESSAGE, 0, NULL },
	[COL_MSGTYPE] = { "TYPE", F_TYPE, FMT_DEC, MESSAGE, 0, NULL },
	[COL_MSGLEN] = { "SIZE", F_SIZE, FMT_DEC, MESSAGE, 0, NULL },
	[COL_BYTES] = { "HEX", T_BYTES, FMT_BYTES, MESSAGE, 0, NULL },

	[COL_USED_OBJECTS] = { "USED", F_USED, FMT_DEC, ALL, 0, NULL },
	[COL_USED_MESSAGES] = { "MSGS", F_USED_MESSAGES, FMT_DEC, ALL, 0, NULL },
	[COL_USED_BYTES] = { "USEDBYTES", F_USED_BYTES, FMT_SIZE, ALL, 0, NULL },
	[COL_USED_SIZE] = { "SIZE", F_USED_BYTES, FMT_SIZE, ALL, 0, NULL },
	[COL_USED_PAGES] = { "PAGES", F_USED_PAGES, FMT_DEC, ALL, 0, NULL },
	[COL_RSS_PAGES] = { "RSSPAGES", F_RSS_PAGES, FMT_DEC, ALL, 0, NULL },
	[COL_SWAP_PAGES] = { "SWAPPAGES", F_SWAP_PAGES, FMT_DEC, ALL, 0, NULL },
	[COL_SWAP_ATTEMPTS] = { "SWAPTRIES", F_SWAP_ATTEMPTS, FMT_DEC, ALL, 0, NULL },
	[COL_SWAP_SUCCESSES] = { "SWAPHITS", F_SWAP_SUCCESSES, FMT_DEC, ALL, 0, NULL },
	[COL_USED_SEMS] = { "NSEMS", F_USED_SEMS, FMT_DEC, ALL, 0, NULL },
	[COL_ANY_NAME] = { "NAME", T_NAME, FMT_TEXT, ALL, 0, NULL },
	[COL_EXISTED] = { "EXISTED", F_EXISTED, FMT_TRUTH, ALL, 0, NULL },
	[COL_RESULT] = { "RESULT", T_RESULT, FMT_TEXT, ALL, 0, NULL },
	[COL_REASON] = { "REASON", T_REASON, FMT_TEXT, ALL | RESOURCE, 0, NULL },
	[COL_REMOVED] = { "REMOVED", F_REMOVED, FMT_DEC, REPORT, 0, NULL },
	[COL_MARKED] = { "MARKED", F_MARKED, FMT_DEC, REPORT, 0, NULL },
	[COL_WOULD_REMOVE] = { "WOULD_REMOVE", F_WOULD_REMOVE, FMT_DEC, REPORT, 0, NULL },
	[COL_WOULD_MARK] = { "WOULD_MARK", F_WOULD_MARK, FMT_DEC, REPORT, 0, NULL },
	[COL_KEPT] = { "KEPT", F_KEPT, FMT_DEC, REPORT, 0, NULL },
	[COL_FAILED] = { "FAILED", F_FAILED, FMT_DEC, REPORT, 0, NULL },
	[COL_ACCESS] = { "", F_MODE, FMT_ACCESS, ALL, 0, NULL },
};

bool column_is_choice(enum column_id id)
{
	return columns[id].description != NULL;
}

static bool same(const char *name, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (lower(name[i]) != lower(word[i]))
			return false;
	return name[len] == '\0';
}

enum column_id column_find(const char *name, size_t len)
{
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++)
		if (column_is_choice(id) && same(columns[id].name, name, len))
			return id;
	return COL_NONE;
}

const char *column_near(const char *name, size_t len)
{
	struct near_word n = { name, len, NULL, 0 };

	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++)
		if (column_is_choice(id))
			near_offer(&n, columns[id].name);
	return n.best;
}

enum column_id column_number(enum column_id name)
{
	unsigned format = columns[name].format;
	enum column_id id = COL_NONE + 1;

	if (format != FMT_OWNER && format != FMT_USER && format != FMT_GROUP)
		return COL_NONE;
	while (columns[id].field != columns[name].field || columns[id].format != FMT_DEC)
		id++;
	return id;
}

void column_help(struct out *out)
{
	enum { WIDTH = 12 };

	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++) {
		if (!column_is_choice(id))
			continue;
		out_padded(out, columns[id].name, strlen(columns[id].name), -WIDTH);
		out_text(out, "  ");
		out_text(out, columns[id].description);
		out_char(out, '\n');
	}
}
