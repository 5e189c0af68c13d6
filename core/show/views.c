/* SPDX-License-Identifier: 0BSD */
/* The classic tables of ipcs.  Scripts cut them by column or byte: keep every blank, however misaligned. */
#include "show/views.h"

#define VIEW(title, items) { title, items, sizeof items / sizeof *items }

/* heading, blanks before the cell, width of the heading, column, width, format, units */
#define CELL(text, lead, head, column, width) { text, lead, head, column, width, FMT_OWN, 0, 0, false }
#define AS(text, lead, head, column, width, format) { text, lead, head, column, width, format, 0, 0, false }
#define IN(text, lead, head, column, width, format, units) \
	{ text, lead, head, column, width, format, 0, units, false }
/* A human-readable size is right-aligned in the first six bytes of its cell. */
#define SHORT(text, lead, head, column) IN(text, lead, head, column, -6, FMT_OWN, UNITS_HUMAN)
#define BLANKS(text) LABEL(text, COL_NONE, 0, UNITS_HUMAN)
#define OWNER(text, lead, width) { text, lead, width, COL_OWNER, width, FMT_OWN, width, 0, false }

/* A label and the value after it. */
#define LABEL(text, column, width, units) { text, 0, 0, column, width, FMT_OWN, 0, units, true }
#define LINE_END LABEL("\n", COL_NONE, 0, 0)

static const struct view_item msg_list[] = {
	CELL("key", 0, 10, COL_KEY, 10),
	CELL("msqid", 1, 10, COL_ID, 10),
	OWNER("owner", 1, 10),
	CELL("perms", 1, 10, COL_PERMS, 10),
	IN("used-bytes", 1, 12, COL_USEDBYTES, 12, FMT_OWN, UNITS_PLAIN | UNITS_BYTES),
	SHORT("size", 1, 12, COL_USEDBYTES),
	BLANKS("      "),
	CELL("messages", 1, 12, COL_MSGS, 12),
	LINE_END,
};

static const struct view_item shm_list[] = {
	CELL("key", 0, 10, COL_KEY, 10),
	CELL("shmid", 1, 10, COL_ID, 10),
	OWNER("owner", 1, 10),
	CELL("perms", 1, 10, COL_PERMS, 10),
	IN("bytes", 1, 10, COL_SIZE, 10, FMT_OWN, UNITS_PLAIN | UNITS_BYTES),
	SHORT("size", 1, 10, COL_SIZE),
	BLANKS("    "),
	CELL("nattch", 1, 10, COL_NATTCH, 10),
	AS("status", 1, 12, COL_STATUS, 13, FMT_STATES),
	LINE_END,
};

static const struct view_item sem_list[] = {
	CELL("key", 0, 10, COL_KEY, 10),
	CELL("semid", 1, 10, COL_ID, 10),
	OWNER("owner", 1, 10),
	CELL("perms", 1, 10, COL_PERMS, 10),
	CELL("nsems", 1, 10, COL_NSEMS, 10),
	LINE_END,
};

static const struct view_item msg_time[] = {
	CELL("msqid", 0, 8, COL_ID, 8),
	OWNER("owner", 1, 10),
	AS("send", 1, 20, COL_SEND, 20, FMT_DAY),
	AS("recv", 1, 20, COL_RECV, 20, FMT_DAY),
	AS("change", 1, 20, COL_CTIME, 20, FMT_DAY),
	LINE_END,
};

static const struct view_item shm_time[] = {
	CELL("shmid", 0, 10, COL_ID, 10),
	OWNER("owner", 1, 10),
	AS("attached", 1, 20, COL_ATTACH, 20, FMT_DAY),
	AS("detached", 1, 20, COL_DETACH, 20, FMT_DAY),
	AS("changed", 1, 20, COL_CTIME, 20, FMT_DAY),
	LINE_END,
};

static const struct view_item sem_time[] = {
	CELL("semid", 0, 8, COL_ID, 8),
	OWNER("owner", 1, 10),
	CELL("last-op", 2, 26, COL_OTIME, 26),
	CELL("last-changed", 1, 26, COL_CTIME, 26),
	LINE_END,
};

static const struct view_item msg_pid[] = {
	CELL("msqid", 0, 10, COL_ID, 8),
	OWNER("owner", 1, 10),
	CELL("lspid", 2, 10, COL_LSPID, -5),
	CELL("lrpid", 5, 10, COL_LRPID, -5),
	LINE_END,
};

static const struct view_item shm_pid[] = {
	CELL("shmid", 0, 10, COL_ID, 10),
	OWNER("owner", 1, 10),
	CELL("cpid", 1, 10, COL_CPID, 10),
	CELL("lpid", 1, 10, COL_LPID, 10),
	LINE_END,
};

/*
 * Names of POSIX objects come last, because they may be long.  These tables, unlike those of System V, are
 * nobody else's: 80 columns have room for a name of 20.
 */
#define NAME_COLUMN \
	CELL("name", 1, 0, COL_NAME, 0), \
	LINE_END

/* A size in its unit, under a heading for each. */
#define SIZE(text, human, column, width) \
	IN(text, 1, width, column, width, FMT_OWN, UNITS_PLAIN | UNITS_BYTES), \
	IN(human, 1, width, column, width, FMT_OWN, UNITS_HUMAN)

static const struct view_item pmsg_list[] = {
	OWNER("owner", 0, 10),
	CELL("perms", 1, 5, COL_PERMS, 5),
	SIZE("used-bytes", "size", COL_USEDBYTES, 10),
	CELL("messages", 1, 8, COL_MSGS, 8),
	CELL("max-msgs", 1, 8, COL_MAXMSG, 8),
	CELL("msg-size", 1, 8, COL_MSGSIZE, 8),
	NAME_COLUMN,
};

static const struct view_item pshm_list[] = {
	OWNER("owner", 0, 10),
	CELL("perms", 1, 5, COL_PERMS, 5),
	SIZE("bytes", "size", COL_SIZE, 12),
	CELL("resident", 1, 12, COL_RSS, 12),
	NAME_COLUMN,
};

static const struct view_item psem_list[] = {
	OWNER("owner", 0, 10),
	CELL("perms", 1, 5, COL_PERMS, 5),
	CELL("value", 1, 10, COL_SVAL, 10),
	CELL("libc", 1, 5, COL_LIBC, 5),
	NAME_COLUMN,
};

/* These times end with a blank. */
static const struct view_item posix_time[] = {
	OWNER("owner", 0, 10),
	AS("accessed", 1, 15, COL_ATTACH, 16, FMT_DAY),
	AS("modified", 0, 15, COL_MTIME, 16, FMT_DAY),
	AS("changed", 0, 15, COL_CTIME, 16, FMT_DAY),
	CELL("name", 0, 0, COL_NAME, 0),
	LINE_END,
};

static const struct view_item pmsg_pid[] = {
	OWNER("owner", 0, 10),
	CELL("notify-pid", 1, 10, COL_NOTIFYPID, 10),
	NAME_COLUMN,
};

static const struct view_item posix_creator[] = {
	CELL("perms", 0, 10, COL_PERMS, 10),
	CELL("uid", 1, 10, COL_USER, 10),
	CELL("gid", 1, 10, COL_GROUP, 10),
	NAME_COLUMN,
};

#define CREATOR_COLUMNS(id) { \
	CELL(id, 0, 10, COL_ID, 10), \
	CELL("perms", 1, 10, COL_PERMS, 10), \
	CELL("cuid", 1, 10, COL_CUSER, 10), \
	CELL("cgid", 1, 10, COL_CGROUP, 10), \
	CELL("uid", 1, 10, COL_USER, 10), \
	CELL("gid", 1, 10, COL_GROUP, 10), \
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
		[IPC_PSHM] = { "the kernel records no process IDs for POSIX shared memory", NULL, 0 },
		[IPC_PSEM] = { "the kernel records no process IDs for POSIX semaphores", NULL, 0 },
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

#define TEXT(text, units) LABEL(text, COL_NONE, 0, units)

#define POSIX_TIMES \
	LABEL("\nacc_time=", COL_ATTACH, 26, 0), \
	LABEL("\nmod_time=", COL_MTIME, 26, 0), \
	LABEL("\nchange_time=", COL_CTIME, 26, 0), \
	TEXT("\n\n", 0)

static const struct view_item msg_detail[] = {
	LABEL("\nMessage Queue msqid=", COL_ID, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\tgid=", COL_GID, 0, 0),
	LABEL("\tcuid=", COL_CUID, 0, 0),
	LABEL("\tcgid=", COL_CGID, 0, 0),
	LABEL("\tmode=", COL_MODE, 0, 0),
	LABEL("\ncbytes=", COL_USEDBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	LABEL("\tqbytes=", COL_QBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	LABEL("\ncsize=", COL_USEDBYTES, 0, UNITS_HUMAN),
	LABEL("\tqsize=", COL_QBYTES, 0, UNITS_HUMAN),
	LABEL("\tqnum=", COL_MSGS, 0, 0),
	LABEL("\tlspid=", COL_LSPID, 0, 0),
	LABEL("\tlrpid=", COL_LRPID, 0, 0),
	LABEL("\nsend_time=", COL_SEND, 26, 0),
	LABEL("\nrcv_time=", COL_RECV, 26, 0),
	LABEL("\nchange_time=", COL_CTIME, 26, 0),
	TEXT("\n\n", 0),
};

static const struct view_item shm_detail[] = {
	LABEL("\nShared memory Segment shmid=", COL_ID, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\tgid=", COL_GID, 0, 0),
	LABEL("\tcuid=", COL_CUID, 0, 0),
	LABEL("\tcgid=", COL_CGID, 0, 0),
	LABEL("\nmode=", COL_MODE, 0, 0),
	LABEL("\taccess_perms=", COL_ACCESS, 0, 0),
	LABEL("\nbytes=", COL_SIZE, 0, UNITS_PLAIN | UNITS_BYTES),
	LABEL("\nsize=", COL_SIZE, 0, UNITS_HUMAN),
	LABEL("\tlpid=", COL_LPID, 0, 0),
	LABEL("\tcpid=", COL_CPID, 0, 0),
	LABEL("\tnattch=", COL_NATTCH, 0, 0),
	LABEL("\natt_time=", COL_ATTACH, 26, 0),
	LABEL("\ndet_time=", COL_DETACH, 26, 0),
	LABEL("\nchange_time=", COL_CTIME, 26, 0),
	TEXT("\n\n", 0),
};

static const struct view_item sem_detail[] = {
	LABEL("\nSemaphore Array semid=", COL_ID, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\t gid=", COL_GID, 0, 0),
	LABEL("\t cuid=", COL_CUID, 0, 0),
	LABEL("\t cgid=", COL_CGID, 0, 0),
	LABEL("\nmode=", COL_MODE, 0, 0),
	LABEL(", access_perms=", COL_ACCESS, 0, 0),
	LABEL("\nnsems = ", COL_NSEMS, 0, 0),
	LABEL("\notime = ", COL_OTIME, 26, 0),
	LABEL("\nctime = ", COL_CTIME, 26, 0),
	TEXT("\n", 0),
};

static const struct view_item pmsg_detail[] = {
	LABEL("\nPOSIX Message Queue name=", COL_NAME, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\tgid=", COL_GID, 0, 0),
	LABEL("\tmode=", COL_MODE, 0, 0),
	LABEL("\ncbytes=", COL_USEDBYTES, 0, UNITS_PLAIN | UNITS_BYTES),
	LABEL("\ncsize=", COL_USEDBYTES, 0, UNITS_HUMAN),
	LABEL("\tqnum=", COL_MSGS, 0, 0),
	LABEL("\tmaxmsg=", COL_MAXMSG, 0, 0),
	LABEL("\tmsgsize=", COL_MSGSIZE, 0, 0),
	LABEL("\tnotify_pid=", COL_NOTIFYPID, 0, 0),
	POSIX_TIMES,
};

static const struct view_item pshm_detail[] = {
	LABEL("\nPOSIX Shared memory Segment name=", COL_NAME, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\tgid=", COL_GID, 0, 0),
	LABEL("\nmode=", COL_MODE, 0, 0),
	LABEL("\taccess_perms=", COL_ACCESS, 0, 0),
	LABEL("\nbytes=", COL_SIZE, 0, UNITS_PLAIN | UNITS_BYTES),
	LABEL("\nsize=", COL_SIZE, 0, UNITS_HUMAN),
	LABEL("\tresident=", COL_RSS, 0, 0),
	POSIX_TIMES,
};

static const struct view_item psem_detail[] = {
	LABEL("\nPOSIX Semaphore name=", COL_NAME, 0, 0),
	LABEL("\nuid=", COL_UID, 0, 0),
	LABEL("\tgid=", COL_GID, 0, 0),
	LABEL("\nmode=", COL_MODE, 0, 0),
	LABEL("\taccess_perms=", COL_ACCESS, 0, 0),
	LABEL("\nvalue=", COL_SVAL, 0, 0),
	LABEL("\tlibc=", COL_LIBC, 0, 0),
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
	CELL("semnum", 0, 10, COL_SEMNUM, 10),
	CELL("value", 1, 10, COL_SEMVAL, 10),
	CELL("ncount", 1, 10, COL_NCOUNT, 10),
	CELL("zcount", 1, 10, COL_ZCOUNT, 10),
	CELL("pid", 1, 10, COL_SEMPID, 10),
	LINE_END,
};

const struct view view_elements = VIEW("", elements);

static const struct view_item holders[] = {
	CELL("pid", 0, 10, COL_PID, 10),
	CELL("use", 1, 10, COL_HOW, 10),
	CELL("times", 1, 10, COL_TIMES, 10),
	CELL("command", 1, 0, COL_COMMAND, 0),
	LINE_END,
};

static const struct view_item waiters[] = {
	CELL("pid", 0, 10, COL_PID, 10),
	CELL("waits", 1, 10, COL_HOW, 10),
	CELL("threads", 1, 10, COL_TIMES, 10),
	CELL("command", 1, 0, COL_COMMAND, 0),
	LINE_END,
};

static const struct view_item maps[] = {
	{ "           ", 0, 0, COL_FROM, 0, FMT_BARE_ADDRESS, 0, 0, true },
	{ "-", 0, 0, COL_TO, 0, FMT_BARE_ADDRESS, 0, 0, true },
	LABEL(" ", COL_RIGHTS, 0, 0),
	LABEL(" resident=", COL_RESIDENT, 0, 0),
	LINE_END,
};

static const struct view_item messages[] = {
	LABEL("message ", COL_MSGNUM, 0, 0),
	LABEL(" type=", COL_MSGTYPE, 0, 0),
	LABEL(" size=", COL_MSGLEN, 0, 0),
	LABEL("\n", COL_BYTES, 0, 0),
};

const struct view view_holders = VIEW("", holders);
const struct view view_waiters = VIEW("", waiters);
const struct view view_maps = VIEW(NULL, maps);
const struct view view_messages = VIEW("", messages);

static const struct view_item limit[] = {
	{ "", 0, 0, COL_DESCRIPTION, 0, FMT_LABEL, 0, 0, true },
	{ " = ", 0, 0, COL_LIMIT, 0, FMT_AMOUNT, 0, 0, true },
	LINE_END,
};

const struct view view_limits[IPC_NKINDS] = {
	[IPC_MSG] = VIEW("------ Messages Limits --------\n", limit),
	[IPC_SHM] = VIEW("------ Shared Memory Limits --------\n", limit),
	[IPC_SEM] = VIEW("------ Semaphore Limits --------\n", limit),
	[IPC_PMSG] = VIEW("------ POSIX Messages Limits --------\n", limit),
	[IPC_PSHM] = VIEW("------ POSIX Shared Memory Limits --------\n", limit),
	[IPC_PSEM] = VIEW("------ POSIX Semaphore Limits --------\n", limit),
};

static const struct view_item msg_summary[] = {
	LABEL("allocated queues = ", COL_USED_OBJECTS, 0, 0),
	LABEL("\nused headers = ", COL_USED_MESSAGES, 0, 0),
	LABEL("\nused space = ", COL_USED_BYTES, 0, UNITS_PLAIN | UNITS_HUMAN),
	LABEL("\nused space (bytes) = ", COL_USED_BYTES, 0, UNITS_BYTES),
	TEXT(" bytes", UNITS_PLAIN),
	TEXT("\n", 0),
};

static const struct view_item shm_summary[] = {
	LABEL("segments allocated ", COL_USED_OBJECTS, 0, 0),
	LABEL("\npages allocated ", COL_USED_PAGES, 0, 0),
	LABEL("\npages resident  ", COL_RSS_PAGES, 0, 0),
	LABEL("\npages swapped   ", COL_SWAP_PAGES, 0, 0),
	LABEL("\nSwap performance: ", COL_SWAP_ATTEMPTS, 0, 0),
	LABEL(" attempts\t ", COL_SWAP_SUCCESSES, 0, 0),
	TEXT(" successes\n", 0),
};

static const struct view_item sem_summary[] = {
	LABEL("used arrays = ", COL_USED_OBJECTS, 0, 0),
	LABEL("\nallocated semaphores = ", COL_USED_SEMS, 0, 0),
	TEXT("\n", 0),
};

static const struct view_item pshm_summary[] = {
	LABEL("segments allocated ", COL_USED_OBJECTS, 0, 0),
	LABEL("\nbytes allocated ", COL_USED_SIZE, 0, 0),
	LABEL("\nbytes resident  ", COL_RSS, 0, 0),
	TEXT("\n", 0),
};

static const struct view_item psem_summary[] = {
	LABEL("used semaphores = ", COL_USED_OBJECTS, 0, 0),
	TEXT("\n", 0),
};

const struct view view_summaries[IPC_NKINDS] = {
	[IPC_MSG] = VIEW("------ Messages Status --------\n", msg_summary),
	[IPC_SHM] = VIEW("------ Shared Memory Status --------\n", shm_summary),
	[IPC_SEM] = VIEW("------ Semaphore Status --------\n", sem_summary),
	[IPC_PMSG] = VIEW("------ POSIX Messages Status --------\n", msg_summary),
	[IPC_PSHM] = VIEW("------ POSIX Shared Memory Status --------\n", pshm_summary),
	[IPC_PSEM] = VIEW("------ POSIX Semaphore Status --------\n", psem_summary),
};
