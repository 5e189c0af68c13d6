/* SPDX-License-Identifier: 0BSD */
#include "show/column.h"

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
};

const struct column columns[COL_COUNT] = {
	[COL_KIND] = { "KIND", 0, FMT_KIND, ALL, false, "Kind of object: msg shm sem pmsg pshm psem" },
	[COL_KEY] = { "KEY", F_KEY, FMT_HEX, SYSV, false, "Key" },
	[COL_ID] = { "ID", F_ID, FMT_DEC, SYSV, false, "Identifier" },
	[COL_NAME] = { "NAME", 0, FMT_NAME, POSIX, false, "Name of a POSIX object" },
	[COL_OWNER] = { "OWNER", F_UID, FMT_OWNER, ALL, false, "Owner's name, or user id" },
	[COL_PERMS] = { "PERMS", F_MODE, FMT_PERMS, ALL, false, "Permissions" },
	[COL_MODE] = { "MODE", F_MODE, FMT_MODE, ALL, false, "Permissions and flags, octal" },
	[COL_UID] = { "UID", F_UID, FMT_DEC, ALL, false, "Owner's user id" },
	[COL_USER] = { "USER", F_UID, FMT_USER, ALL, false, "Owner's user name" },
	[COL_GID] = { "GID", F_GID, FMT_DEC, ALL, false, "Owner's group id" },
	[COL_GROUP] = { "GROUP", F_GID, FMT_GROUP, ALL, false, "Owner's group name" },
	[COL_CUID] = { "CUID", F_CUID, FMT_DEC, SYSV, false, "Creator's user id" },
	[COL_CUSER] = { "CUSER", F_CUID, FMT_USER, SYSV, false, "Creator's user name" },
	[COL_CGID] = { "CGID", F_CGID, FMT_DEC, SYSV, false, "Creator's group id" },
	[COL_CGROUP] = { "CGROUP", F_CGID, FMT_GROUP, SYSV, false, "Creator's group name" },
	[COL_SIZE] = { "SIZE", F_SIZE, FMT_SIZE, SHM | PSHM, false, "Bytes of a segment" },
	[COL_RSS] = { "RSS", F_RSS, FMT_SIZE, SHM | PSHM, false, "Bytes of it in memory" },
	[COL_SWAP] = { "SWAP", F_SWAP, FMT_SIZE, SHM, false, "Bytes of it in swap" },
	[COL_NATTCH] = { "NATTCH", F_NATTCH, FMT_DEC, SHM, false, "Number of attachments" },
	[COL_STATUS] = { "STATUS", F_MODE, FMT_STATUS, SHM, false, "dest: removed, but in use; locked" },
	[COL_CPID] = { "CPID", F_CPID, FMT_DEC, SHM, false, "Process that created it" },
	[COL_LPID] = { "LPID", F_LPID, FMT_DEC, SHM, false, "Process that last attached or detached" },
	[COL_ATTACH] = { "ATTACH", F_ATIME, FMT_TIME, SHM | POSIX, false, "Time of the last attach, or access" },
	[COL_DETACH] = { "DETACH", F_DTIME, FMT_TIME, SHM, false, "Time of the last detach" },
	[COL_USEDBYTES] = { "USEDBYTES", F_CBYTES, FMT_SIZE, MSG | PMSG, false, "Bytes in a queue" },
	[COL_MSGS] = { "MSGS", F_QNUM, FMT_DEC, MSG | PMSG, false, "Messages in it" },
	[COL_QBYTES] = { "QBYTES", F_QBYTES, FMT_SIZE, MSG, false, "Most bytes in a queue" },
	[COL_MAXMSG] = { "MAXMSG", F_MAXMSG, FMT_DEC, PMSG, false, "Most messages in a POSIX queue" },
	[COL_MSGSIZE] = { "MSGSIZE", F_MSGSIZE, FMT_SIZE, PMSG, false, "Most bytes of a message" },
	[COL_LSPID] = { "LSPID", F_LSPID, FMT_DEC, MSG, false, "Process that sent last" },
	[COL_LRPID] = { "LRPID", F_LRPID, FMT_DEC, MSG, false, "Process that received last" },
	[COL_NOTIFYPID] = { "NOTIFYPID", F_NOTIFYPID, FMT_DEC, PMSG, false, "Process to notify, 0: none" },
	[COL_SEND] = { "SEND", F_STIME, FMT_TIME, MSG, false, "Time of the last send" },
	[COL_RECV] = { "RECV", F_RTIME, FMT_TIME, MSG, false, "Time of the last receive" },
	[COL_NSEMS] = { "NSEMS", F_NSEMS, FMT_DEC, SEM, false, "Semaphores of a set" },
	[COL_OTIME] = { "OTIME", F_OTIME, FMT_TIME, SEM, false, "Time of the last operation" },
	[COL_SVAL] = { "SVAL", F_SEMVAL, FMT_DEC, PSEM, false, "Value of a POSIX semaphore" },
	[COL_LIBC] = { "LIBC", F_LIBC, FMT_LIBC, PSEM, false, "C library whose programs find a POSIX semaphore" },
	[COL_MTIME] = { "MTIME", F_MTIME, FMT_TIME, POSIX, false, "Time of the last modification" },
	[COL_CTIME] = { "CTIME", F_CTIME, FMT_TIME, ALL, false, "Time of the last change" },
	[COL_AGE] = { "AGE", 0, FMT_AGE, ALL, false, "Time since the last use, 0: attached now" },
	[COL_COMMAND] = { "COMMAND", 0, FMT_COMMAND, SHM | ELEMENT, true, "Command of the creator" },
	[COL_ORPHAN] = { "ORPHAN", F_ORPHAN, FMT_ORPHAN, SYSV, true, "Has it lost its users? yes, maybe, no" },
	[COL_ATTACHED] = { "ATTACHED", 0, FMT_USERS, SHM | POSIX, true, "Processes that have it attached or open" },
	[COL_WAITING] = { "WAITING", 0, FMT_USERS, MSG | SEM, true, "Processes that wait on it" },

	[COL_RESOURCE] = { "RESOURCE", F_RESOURCE, FMT_RESOURCE, RESOURCE, false, "Name of a limit" },
	[COL_DESCRIPTION] = { "DESCRIPTION", F_RESOURCE, FMT_DESCRIPTION, RESOURCE, false, "What it limits" },
	[COL_LIMIT] = { "LIMIT", F_LIMIT, FMT_LIMIT, RESOURCE, false, "The limit" },
	[COL_USED] = { "USED", F_USED, FMT_LIMIT, RESOURCE, false, "How much of it is used" },
	[COL_PERCENT] = { "USE%", F_USED, FMT_PERCENT, RESOURCE, false, "The same in percent" },

	[COL_SEMNUM] = { "SEMNUM", F_SEMNUM, FMT_DEC, ELEMENT, false, NULL },
	[COL_SEMVAL] = { "VALUE", F_SEMVAL, FMT_DEC, ELEMENT, false, NULL },
	[COL_NCOUNT] = { "NCOUNT", F_NCOUNT, FMT_DEC, ELEMENT, false, NULL },
	[COL_ZCOUNT] = { "ZCOUNT", F_ZCOUNT, FMT_DEC, ELEMENT, false, NULL },
	[COL_SEMPID] = { "PID", F_SEMPID, FMT_DEC, ELEMENT, false, NULL },

	[COL_USED_OBJECTS] = { "USED", F_USED, FMT_DEC, ALL, false, NULL },
	[COL_USED_MESSAGES] = { "MESSAGES", F_USED_MESSAGES, FMT_DEC, ALL, false, NULL },
	[COL_USED_BYTES] = { "BYTES", F_USED_BYTES, FMT_SIZE, ALL, false, NULL },
	[COL_USED_PAGES] = { "PAGES", F_USED_PAGES, FMT_DEC, ALL, false, NULL },
	[COL_RSS_PAGES] = { "RSSPAGES", F_RSS_PAGES, FMT_DEC, ALL, false, NULL },
	[COL_SWAP_PAGES] = { "SWAPPAGES", F_SWAP_PAGES, FMT_DEC, ALL, false, NULL },
	[COL_SWAP_ATTEMPTS] = { "SWAPTRIES", F_SWAP_ATTEMPTS, FMT_DEC, ALL, false, NULL },
	[COL_SWAP_SUCCESSES] = { "SWAPHITS", F_SWAP_SUCCESSES, FMT_DEC, ALL, false, NULL },
	[COL_USED_SEMS] = { "SEMAPHORES", F_USED_SEMS, FMT_DEC, ALL, false, NULL },
	[COL_MARK] = { " ", F_MARK, FMT_CHAR, ALL, false, NULL },
	[COL_ACCESS] = { "", F_MODE, FMT_ACCESS, ALL, false, NULL },
};

bool column_is_choice(enum column_id id)
{
	return columns[id].description != NULL;
}

static bool same(const char *name, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] != (word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' + 'A' : word[i]))
			return false;
	return name[len] == '\0';
}

enum column_id column_find(const char *name, size_t len)
{
	for (enum column_id id = COL_NONE + 1; len < COLUMN_NAME && id < COL_COUNT; id++)
		if (column_is_choice(id) && same(columns[id].name, name, len))
			return id;
	return COL_NONE;
}

bool column_is_number(enum column_id id)
{
	switch ((enum column_format)columns[id].format) {
	case FMT_DEC:
	case FMT_SIZE:
	case FMT_AGE:
	case FMT_LIMIT:
	case FMT_PERCENT:
		return true;
	default:
		return false;
	}
}
