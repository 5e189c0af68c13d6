/* SPDX-License-Identifier: 0BSD */
/*
 * The classic tables of ipcs.  Scripts cut them by column and by byte, so each
 * blank here is a promise, the misaligned ones included: data only, no code.
 */
#include "show/views.h"

#define VIEW(title, items) { title, items, sizeof items / sizeof *items }

enum { NAME_CUT = 10, TIME_CUT = 16 };

#define LINE_END { "\n", 0, VIEW_TEXT, COL_NONE, 0, 0, 0 }

/* heading, blanks before the cell, width of the heading, column, width, cut, units */

static const struct view_item msg_list[] = {
	{ "key", 0, 10, COL_KEY, 10, 0, 0 },
	{ "msqid", 1, 10, COL_ID, 10, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "used-bytes", 1, 12, COL_USEDBYTES, 12, 0, UNITS_PLAIN | UNITS_BYTES },
	{ "size", 1, 12, COL_USEDBYTES, 12, 0, UNITS_HUMAN },
	{ "messages", 1, 12, COL_MSGS, 12, 0, 0 },
	LINE_END,
};

static const struct view_item shm_list[] = {
	{ "key", 0, 10, COL_KEY, 10, 0, 0 },
	{ "shmid", 1, 10, COL_ID, 10, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "bytes", 1, 10, COL_SIZE, 10, 0, UNITS_PLAIN | UNITS_BYTES },
	{ "size", 1, 10, COL_SIZE, 10, 0, UNITS_HUMAN },
	{ "nattch", 1, 10, COL_NATTCH, 10, 0, 0 },
	{ "status", 1, 12, COL_STATUS, 6, VIEW_DEST, 0 },
	{ " ", 0, VIEW_TEXT, COL_STATUS, 6, VIEW_LOCKED, 0 },
	LINE_END,
};

static const struct view_item sem_list[] = {
	{ "key", 0, 10, COL_KEY, 10, 0, 0 },
	{ "semid", 1, 10, COL_ID, 10, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "nsems", 1, 10, COL_NSEMS, 10, 0, 0 },
	LINE_END,
};

static const struct view_item msg_time[] = {
	{ "msqid", 0, 8, COL_ID, 8, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "send", 1, 20, COL_SEND, 20, TIME_CUT, 0 },
	{ "recv", 1, 20, COL_RECV, 20, TIME_CUT, 0 },
	{ "change", 1, 20, COL_CTIME, 20, TIME_CUT, 0 },
	LINE_END,
};

static const struct view_item shm_time[] = {
	{ "shmid", 0, 10, COL_ID, 10, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "attached", 1, 20, COL_ATTACH, 20, TIME_CUT, 0 },
	{ "detached", 1, 20, COL_DETACH, 20, TIME_CUT, 0 },
	{ "changed", 1, 20, COL_CTIME, 20, TIME_CUT, 0 },
	LINE_END,
};

static const struct view_item sem_time[] = {
	{ "semid", 0, 8, COL_ID, 8, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "last-op", 2, 26, COL_OTIME, 26, 0, 0 },
	{ "last-changed", 1, 26, COL_CTIME, 26, 0, 0 },
	LINE_END,
};

static const struct view_item msg_pid[] = {
	{ "msqid", 0, 10, COL_ID, 8, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "lspid", 2, 10, COL_LSPID, -5, 0, 0 },
	{ "lrpid", 5, 10, COL_LRPID, -5, 0, 0 },
	LINE_END,
};

static const struct view_item shm_pid[] = {
	{ "shmid", 0, 10, COL_ID, 10, 0, 0 },
	{ "owner", 1, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "cpid", 1, 10, COL_CPID, 10, 0, 0 },
	{ "lpid", 1, 10, COL_LPID, 10, 0, 0 },
	LINE_END,
};

/* POSIX objects: their names come last, for they may be long. */
#define NAME_COLUMN \
	{ "name", 1, 0, COL_NAME, 0, 0, 0 }, \
	LINE_END

static const struct view_item pmsg_list[] = {
	{ "owner", 0, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "used-bytes", 1, 12, COL_USEDBYTES, 12, 0, UNITS_PLAIN | UNITS_BYTES },
	{ "size", 1, 12, COL_USEDBYTES, 12, 0, UNITS_HUMAN },
	{ "messages", 1, 10, COL_MSGS, 10, 0, 0 },
	{ "max-msgs", 1, 10, COL_MAXMSG, 10, 0, 0 },
	{ "msg-size", 1, 10, COL_MSGSIZE, 10, 0, 0 },
	{ "notify-pid", 1, 10, COL_NOTIFYPID, 10, 0, 0 },
	NAME_COLUMN,
};

static const struct view_item pshm_list[] = {
	{ "owner", 0, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "bytes", 1, 12, COL_SIZE, 12, 0, UNITS_PLAIN | UNITS_BYTES },
	{ "size", 1, 12, COL_SIZE, 12, 0, UNITS_HUMAN },
	{ "resident", 1, 12, COL_RSS, 12, 0, 0 },
	NAME_COLUMN,
};

static const struct view_item psem_list[] = {
	{ "owner", 0, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 },
	{ "value", 1, 10, COL_SVAL, 10, 0, 0 },
	{ "libc", 1, 10, COL_LIBC, 10, 0, 0 },
	NAME_COLUMN,
};

static const struct view_item posix_time[] = {
	{ "owner", 0, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "accessed", 1, 20, COL_ATTACH, 20, TIME_CUT, 0 },
	{ "modified", 1, 20, COL_MTIME, 20, TIME_CUT, 0 },
	{ "changed", 1, 20, COL_CTIME, 20, TIME_CUT, 0 },
	NAME_COLUMN,
};

static const struct view_item pmsg_pid[] = {
	{ "owner", 0, 10, COL_OWNER, 10, NAME_CUT, 0 },
	{ "notify-pid", 1, 10, COL_NOTIFYPID, 10, 0, 0 },
	NAME_COLUMN,
};

static const struct view_item posix_creator[] = {
	{ "perms", 0, 10, COL_PERMS, 10, 0, 0 },
	{ "uid", 1, 10, COL_USER, 10, 0, 0 },
	{ "gid", 1, 10, COL_GROUP, 10, 0, 0 },
	NAME_COLUMN,
};

#define CREATOR_COLUMNS(id) { \
	{ id, 0, 10, COL_ID, 10, 0, 0 }, \
	{ "perms", 1, 10, COL_PERMS, 10, 0, 0 }, \
	{ "cuid", 1, 10, COL_CUSER, 10, 0, 0 }, \
	{ "cgid", 1, 10, COL_CGROUP, 10, 0, 0 }, \
	{ "uid", 1, 10, COL_USER, 10, 0, 0 }, \
	{ "gid", 1, 10, COL_GROUP, 10, 0, 0 }, \
	LINE_END, \
}

static const struct view_item msg_creator[] = CREATOR_COLUMNS("msqid");
static const struct view_item shm_creator[] = CREATOR_COLUMNS("shmid");
static const struct view_item sem_creator[] = CREATOR_COLUMNS("semid");

const struct view view_tables[VIEW_TABLES][IPC_NKINDS] = {
	[VIEW_LIST] = {
		[IPC_MSG] = VIEW("------ Message Queues --------\n", msg_list),
		[IPC_SHM] = VIEW("------ Shared Memory Segments --------\n", shm_list),
		[IPC_SEM] = VIEW("------ Semaphore Arrays --------\n", sem_list),
		[IPC_PMSG] = VIEW("------ POSIX Message Queues --------\n", pmsg_list),
		[IPC_PSHM] = VIEW("------ POSIX Shared Memory Segments --------\n", pshm_list),
		[IPC_PSEM] = VIEW("------ POSIX Semaphores --------\n", psem_list),
	},
	[VIEW_TIME] = {
		[IPC_MSG] = VIEW("------ Message Queues Send/Recv/Change Times --------\n", msg_time),
		[IPC_SHM] = VIEW("------ Shared Memory Attach/Detach/Change Times --------\n", shm_time),
		[IPC_SEM] = VIEW("------ Semaphore Operation/Change Times --------\n", sem_time),
		[IPC_PMSG] = VIEW("------ POSIX Message Queues Access/Modify/Change Times --------\n", posix_time),
		[IPC_PSHM] = VIEW("------ POSIX Shared Memory Access/Modify/Change Times --------\n", posix_time),
		[IPC_PSEM] = VIEW("------ POSIX Semaphores Access/Modify/Change Times --------\n", posix_time),
	},
	[VIEW_PID] = {
		[IPC_MSG] = VIEW("------ Message Queues PIDs --------\n", msg_pid),
		[IPC_SHM] = VIEW("------ Shared Memory Creator/Last-op PIDs --------\n", shm_pid),
		[IPC_PMSG] = VIEW("------ POSIX Message Queues PIDs --------\n", pmsg_pid),
		[IPC_PSHM] = { "no process ids are kept of POSIX shared memory", NULL, 0 },
		[IPC_PSEM] = { "no process ids are kept of POSIX semaphores", NULL, 0 },
	},
	[VIEW_CREATOR] = {
		[IPC_MSG] = VIEW("------ Message Queues Creators/Owners --------\n", msg_creator),
		[IPC_SHM] = VIEW("------ Shared Memory Segment Creators/Owners --------\n", shm_creator),
		[IPC_SEM] = VIEW("------ Semaphore Arrays Creators/Owners --------\n", sem_creator),
		[IPC_PMSG] = VIEW("------ POSIX Message Queues Owners --------\n", posix_creator),
		[IPC_PSHM] = VIEW("------ POSIX Shared Memory Segments Owners --------\n", posix_creator),
		[IPC_PSEM] = VIEW("------ POSIX Semaphores Owners --------\n", posix_creator),
	},
};

/* An item of a detail view or a summary: text, cell, width, units. */
#define ITEM(text, column, width, units) { text, 0, VIEW_TEXT, column, width, 0, units }
#define TEXT(text, units) ITEM(text, COL_NONE, 0, units)

#define POSIX_TIMES \
	ITEM("\nacc_time=", COL_ATTACH, 26, 0), \
	ITEM("\nmod_time=", COL_MTIME, 26, 0), \
	ITEM("\nchange_time=", COL_CTIME, 26, 0), \
	TEXT("\n\n", 0)

static const struct view_item msg_detail[] = {
	ITEM("\nMessage Queue msqid=", COL_ID, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\tgid=", COL_GID, 0, 0),
	ITEM("\tcuid=", COL_CUID, 0, 0),
	ITEM("\tcgid=", COL_CGID, 0, 0),
	ITEM("\tmode=", COL_MODE, 0, 0),
	ITEM("\ncbytes=", COL_USEDBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	ITEM("\tqbytes=", COL_QBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	ITEM("\ncsize=", COL_USEDBYTES, 0, UNITS_HUMAN),
	ITEM("\tqsize=", COL_QBYTES, 0, UNITS_HUMAN),
	ITEM("\tqnum=", COL_MSGS, 0, 0),
	ITEM("\tlspid=", COL_LSPID, 0, 0),
	ITEM("\tlrpid=", COL_LRPID, 0, 0),
	ITEM("\nsend_time=", COL_SEND, 26, 0),
	ITEM("\nrcv_time=", COL_RECV, 26, 0),
	ITEM("\nchange_time=", COL_CTIME, 26, 0),
	TEXT("\n\n", 0),
};

static const struct view_item shm_detail[] = {
	ITEM("\nShared memory Segment shmid=", COL_ID, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\tgid=", COL_GID, 0, 0),
	ITEM("\tcuid=", COL_CUID, 0, 0),
	ITEM("\tcgid=", COL_CGID, 0, 0),
	ITEM("\nmode=", COL_MODE, 0, 0),
	ITEM("\taccess_perms=", COL_ACCESS, 0, 0),
	ITEM("\nbytes=", COL_SIZE, 0, UNITS_PLAIN | UNITS_BYTES),
	ITEM("\nsize=", COL_SIZE, 0, UNITS_HUMAN),
	ITEM("\tlpid=", COL_LPID, 0, 0),
	ITEM("\tcpid=", COL_CPID, 0, 0),
	ITEM("\tnattch=", COL_NATTCH, 0, 0),
	ITEM("\natt_time=", COL_ATTACH, 26, 0),
	ITEM("\ndet_time=", COL_DETACH, 26, 0),
	ITEM("\nchange_time=", COL_CTIME, 26, 0),
	TEXT("\n\n", 0),
};

static const struct view_item sem_detail[] = {
	ITEM("\nSemaphore Array semid=", COL_ID, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\t gid=", COL_GID, 0, 0),
	ITEM("\t cuid=", COL_CUID, 0, 0),
	ITEM("\t cgid=", COL_CGID, 0, 0),
	ITEM("\nmode=", COL_MODE, 0, 0),
	ITEM(", access_perms=", COL_ACCESS, 0, 0),
	ITEM("\nnsems = ", COL_NSEMS, 0, 0),
	ITEM("\notime = ", COL_OTIME, 26, 0),
	ITEM("\nctime = ", COL_CTIME, 26, 0),
	TEXT("\n", 0),
};

static const struct view_item pmsg_detail[] = {
	ITEM("\nPOSIX Message Queue name=", COL_NAME, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\tgid=", COL_GID, 0, 0),
	ITEM("\tmode=", COL_MODE, 0, 0),
	ITEM("\ncbytes=", COL_USEDBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	ITEM("\ncsize=", COL_USEDBYTES, 0, UNITS_HUMAN),
	ITEM("\tqnum=", COL_MSGS, 0, 0),
	ITEM("\tmaxmsg=", COL_MAXMSG, 0, 0),
	ITEM("\tmsgsize=", COL_MSGSIZE, 0, 0),
	ITEM("\tnotify_pid=", COL_NOTIFYPID, 0, 0),
	POSIX_TIMES,
};

static const struct view_item pshm_detail[] = {
	ITEM("\nPOSIX Shared memory Segment name=", COL_NAME, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\tgid=", COL_GID, 0, 0),
	ITEM("\nmode=", COL_MODE, 0, 0),
	ITEM("\taccess_perms=", COL_ACCESS, 0, 0),
	ITEM("\nbytes=", COL_SIZE, 0, UNITS_PLAIN | UNITS_BYTES),
	ITEM("\nsize=", COL_SIZE, 0, UNITS_HUMAN),
	ITEM("\tresident=", COL_RSS, 0, 0),
	POSIX_TIMES,
};

static const struct view_item psem_detail[] = {
	ITEM("\nPOSIX Semaphore name=", COL_NAME, 0, 0),
	ITEM("\nuid=", COL_UID, 0, 0),
	ITEM("\tgid=", COL_GID, 0, 0),
	ITEM("\nmode=", COL_MODE, 0, 0),
	ITEM("\taccess_perms=", COL_ACCESS, 0, 0),
	ITEM("\nvalue=", COL_SVAL, 0, 0),
	ITEM("\tlibc=", COL_LIBC, 0, 0),
	POSIX_TIMES,
};

const struct view view_details[IPC_NKINDS] = {
	[IPC_MSG] = VIEW(NULL, msg_detail),
	[IPC_SHM] = VIEW(NULL, shm_detail),
	[IPC_SEM] = VIEW(NULL, sem_detail),
	[IPC_PMSG] = VIEW(NULL, pmsg_detail),
	[IPC_PSHM] = VIEW(NULL, pshm_detail),
	[IPC_PSEM] = VIEW(NULL, psem_detail),
};

static const struct view_item elements[] = {
	{ "semnum", 0, 10, COL_SEMNUM, 10, 0, 0 },
	{ "value", 1, 10, COL_SEMVAL, 10, 0, 0 },
	{ "ncount", 1, 10, COL_NCOUNT, 10, 0, 0 },
	{ "zcount", 1, 10, COL_ZCOUNT, 10, 0, 0 },
	{ "pid", 1, 10, COL_SEMPID, 10, 0, 0 },
	LINE_END,
};

const struct view view_elements = VIEW("", elements);

static const struct view_item msg_summary[] = {
	ITEM("------ Messages Status --------\nallocated queues = ", COL_USED_OBJECTS, 0, 0),
	ITEM("\nused headers = ", COL_USED_MESSAGES, 0, 0),
	ITEM("\nused space = ", COL_USED_BYTES, 0, UNITS_PLAIN | UNITS_HUMAN),
	ITEM("\nused space (bytes) = ", COL_USED_BYTES, 0, UNITS_BYTES),
	TEXT(" bytes", UNITS_PLAIN),
	TEXT("\n", 0),
};

static const struct view_item shm_summary[] = {
	ITEM("------ Shared Memory Status --------\nsegments allocated ", COL_USED_OBJECTS, 0, 0),
	ITEM("\npages allocated ", COL_USED_PAGES, 0, 0),
	ITEM("\npages resident  ", COL_RSS_PAGES, 0, 0),
	ITEM("\npages swapped   ", COL_SWAP_PAGES, 0, 0),
	ITEM("\nSwap performance: ", COL_SWAP_ATTEMPTS, 0, 0),
	ITEM(" attempts\t ", COL_SWAP_SUCCESSES, 0, 0),
	TEXT(" successes\n", 0),
};

static const struct view_item sem_summary[] = {
	ITEM("------ Semaphore Status --------\nused arrays = ", COL_USED_OBJECTS, 0, 0),
	ITEM("\nallocated semaphores = ", COL_USED_SEMS, 0, 0),
	TEXT("\n", 0),
};

static const struct view_item pmsg_summary[] = {
	ITEM("------ POSIX Messages Status --------\nallocated queues = ", COL_USED_OBJECTS, 0, 0),
	ITEM("\nused headers = ", COL_USED_MESSAGES, 0, 0),
	ITEM("\nused space = ", COL_USED_BYTES, 0, UNITS_PLAIN | UNITS_HUMAN),
	ITEM("\nused space (bytes) = ", COL_USED_BYTES, 0, UNITS_BYTES),
	TEXT(" bytes", UNITS_PLAIN),
	TEXT("\n", 0),
};

static const struct view_item pshm_summary[] = {
	ITEM("------ POSIX Shared Memory Status --------\nsegments allocated ", COL_USED_OBJECTS, 0, 0),
	ITEM("\nbytes allocated ", COL_USED_BYTES, 0, 0),
	ITEM("\nbytes resident  ", COL_RSS, 0, 0),
	TEXT("\n", 0),
};

static const struct view_item psem_summary[] = {
	ITEM("------ POSIX Semaphore Status --------\nused semaphores = ", COL_USED_OBJECTS, 0, 0),
	TEXT("\n", 0),
};

const struct view view_summaries[IPC_NKINDS] = {
	[IPC_MSG] = VIEW(NULL, msg_summary),
	[IPC_SHM] = VIEW(NULL, shm_summary),
	[IPC_SEM] = VIEW(NULL, sem_summary),
	[IPC_PMSG] = VIEW(NULL, pmsg_summary),
	[IPC_PSHM] = VIEW(NULL, pshm_summary),
	[IPC_PSEM] = VIEW(NULL, psem_summary),
};
