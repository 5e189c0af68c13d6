/* SPDX-License-Identifier: 0BSD */
/* Limits and usage: each kind and each limit counts, and what is not known is no number. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)

static void set(struct ipc_obj *o, enum ipc_kind kind, const int64_t (*values)[2], size_t n)
{
	ipc_clear(o, kind);
	for (size_t i = 0; i < n; i++)
		ipc_set(o, (unsigned)values[i][0], values[i][1]);
}

#define SET(of, kind, ...) set(&fake.of[kind], kind, (const int64_t[][2]){ __VA_ARGS__ }, \
			       sizeof (const int64_t[][2]){ __VA_ARGS__ } / sizeof(int64_t[2]))

static void some(void)
{
	static const struct { enum ipc_kind kind; enum limit_id id; int64_t value; } t[] = {
		{ IPC_MSG, L_MSGMNI, 10 }, { IPC_MSG, L_MSGMAX, 8192 }, { IPC_MSG, L_MSGMNB, 16384 },
		{ IPC_SHM, L_SHMMNI, 4096 }, { IPC_SHM, L_SHMMAX, 4096 }, { IPC_SHM, L_SHMALL, 1000 },
		{ IPC_SHM, L_SHMMIN, 1 }, { IPC_SEM, L_SEMMNI, 200 }, { IPC_SEM, L_SEMMSL, 250 },
		{ IPC_SEM, L_SEMMNS, 32000 }, { IPC_SEM, L_SEMOPM, 500 }, { IPC_SEM, L_SEMVMX, 32767 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		limit_set(&fake.limits[t[i].kind], t[i].id, t[i].value);
	SET(usage, IPC_MSG, { F_USED, 1 }, { F_USED_MESSAGES, 2 }, { F_USED_BYTES, 300 });
	SET(usage, IPC_SHM, { F_USED, 3 }, { F_USED_PAGES, 905 }, { F_RSS_PAGES, 12 }, { F_SWAP_PAGES, 5 },
	    { F_SWAP_ATTEMPTS, 0 }, { F_SWAP_SUCCESSES, 0 });
	SET(usage, IPC_SEM, { F_USED, 180 }, { F_USED_SEMS, 31999 });
	fake.queues = true;
	fake.msgqueue = 819200;
	fake.blocks = 1000;
	fake.blocks_free = 250;
	fake_file("/dev-mqueue/q", "QSIZE:129        NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n");
	fake_file("/dev-mqueue/r", "QSIZE:1          NOTIFY:0     SIGNO:0     NOTIFY_PID:77    \n");
	fake_file("/dev-shm/a", "1234567");
	fake_file("/dev-shm/b", "12345678901234567890");
	fake_bytes("/dev-shm/c", (char[5000]){ 0 }, 5000);
	fake_file("/sys/fs/mqueue/queues_max", "256\n");
	fake_file("/sys/fs/mqueue/msg_max", "10\n");
	fake_file("/sys/fs/mqueue/msgsize_max", "8192\n");
	fake_file("/sys/fs/mqueue/msg_default", "10\n");
	fake_file("/sys/fs/mqueue/msgsize_default", "8192\n");
}

TestSuite(totals, .init = some);

static void forget(const char *path)
{
	char full[256];

	snprintf(full, sizeof full, "%s%s", fake_proc(), path);
	cr_assert(zero(int, remove(full)));
}

Test(totals, of_limits)
{
	fake_expect(RUN("-l", "-Q", "-M", "-S"), 0,
		    "\n------ POSIX Messages Limits --------\n"
		    "max queues in namespace = 256\nmax messages per queue = 10\nmax size of message (bytes) = 8192\n"
		    "default max messages per queue = 10\ndefault max size of message (bytes) = 8192\n"
		    "max space of all queues of a user (bytes) = 819200\n\n"
		    "------ POSIX Shared Memory Limits --------\nmax total shared memory (bytes) = 4096000\n\n"
		    "------ POSIX Semaphore Limits --------\nsemaphore max value = 2147483647\n\n", "");
	fake_expect(RUN("-l", "-q", "-J"), 0, "{\"version\":1,\n\"limits\":{\n"
		    "\"queues\":{\"msgmni\":10,\"msgmax\":8192,\"msgmnb\":16384}\n},\n\"complete\":true}\n", "");
}

/* A limit that cannot be read is not known; the others are. */
Test(totals, of_limits_that_are_not_known)
{
	static const char *const files[] = {
		"queues_max", "msg_max", "msgsize_max", "msg_default", "msgsize_default",
	};
	static const char *const members[] = {
		"queues_max", "msg_max", "msgsize_max", "msg_default", "msgsize_default",
	};
	static const int values[] = { 256, 10, 8192, 10, 8192 };

	for (size_t missing = 0; missing < 5; missing++) {
		char path[64], want[512] = "{\"version\":1,\n\"limits\":{\n\"posix_queues\":{";

		for (size_t i = 0; i < 5; i++)
			sprintf(want + strlen(want), i == missing ? "\"%s\":null," : "\"%s\":%d,", members[i], values[i]);
		strcat(want, "\"msgqueue\":819200}\n},\n\"complete\":true}\n");
		snprintf(path, sizeof path, "/sys/fs/mqueue/%s", files[missing]);
		forget(path);
		fake_expect(RUN("-l", "-Q", "-J"), 0, want, "");
		snprintf(want, sizeof want, "%d\n", values[missing]);
		fake_file(path, want);
	}
	forget("/sys/fs/mqueue/msgsize_max");
	fake.msgqueue = ~UINT64_C(0);
	fake_expect(RUN("-l", "-Q"), 0, "\n------ POSIX Messages Limits --------\n"
		    "max queues in namespace = 256\nmax messages per queue = 10\nmax size of message (bytes) = -\n"
		    "default max messages per queue = 10\ndefault max size of message (bytes) = 8192\n"
		    "max space of all queues of a user (bytes) = -\n\n", "");
	fake_expect(RUN("-g", "-Q", "-r", "-o", "RESOURCE,LIMIT,USED,USE%"), 0, "RESOURCE LIMIT USED USE%\n"
		    "QUEUES_MAX 256 2 0.78\nMSG_MAX 10 - -\nMSGSIZE_MAX - - -\nMSG_DEFAULT 10 - -\n"
		    "MSGSIZE_DEFAULT 8192 - -\nMSGQUEUE - - -\n", "");
}

Test(totals, of_usage)
{
	fake_expect(RUN("-u"), 0,
		    "\n------ Messages Status --------\nallocated queues = 1\nused headers = 2\nused space = 300 bytes\n\n"
		    "------ Shared Memory Status --------\nsegments allocated 3\npages allocated 905\npages resident  12\n"
		    "pages swapped   5\nSwap performance: 0 attempts\t 0 successes\n\n"
		    "------ Semaphore Status --------\nused arrays = 180\nallocated semaphores = 31999\n\n", "");
	fake_expect(RUN("-u", "-M", "-Q", "-S"), 0,
		    "\n------ POSIX Messages Status --------\nallocated queues = 2\nused headers = 4\n"
		    "used space = 130 bytes\n\n"
		    "------ POSIX Shared Memory Status --------\nsegments allocated 3\nbytes allocated 5027\n"
		    "bytes resident  16384\n\n"
		    "------ POSIX Semaphore Status --------\nused semaphores = 0\n\n", "");
	fake_expect(RUN("-u", "-m", "-M", "-J"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"shmems\":{\"used\":3,\"pages\":905,\"rsspages\":12,\"swappages\":5,\"swaptries\":0,\"swaphits\":0},\n"
		    "\"posix_shmems\":{\"used\":3,\"bytes\":5027,\"rss\":16384}\n},\n\"complete\":true}\n", "");
}

/* Sums that /proc gives, and those that it does not. */
Test(totals, of_usage_from_files)
{
	fake_file("/sysvipc/shm", "key shmid size rss swap\n0 0 4097 8192 4096\n0 1 1 0 1\n0 2 1 1 0\n");
	fake_file("/sysvipc/msg", "key msqid cbytes qnum\n0 0 10 1\n0 1 20 2\n");
	fake_file("/sysvipc/sem", "key semid nsems\n0 0 3\n0 1 4\n");
	fake_expect(RUN("-u", "-J", "--source=proc"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"queues\":{\"used\":2,\"messages\":3,\"bytes\":30},\n"
		    "\"shmems\":{\"used\":3,\"pages\":4,\"rsspages\":3,\"swappages\":2,\"swaptries\":0,\"swaphits\":0},\n"
		    "\"semaphores\":{\"used\":2,\"semaphores\":7}\n},\n\"complete\":true}\n", "");
	fake_file("/sysvipc/shm", "key shmid size\n0 0 4097\n");
	fake_expect(RUN("-u", "-J", "-m", "--source=proc"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"shmems\":{\"used\":1,\"pages\":2,\"rsspages\":null,\"swappages\":null,\"swaptries\":0,\"swaphits\":0}\n"
		    "},\n\"complete\":true}\n", "");
}

Test(totals, of_a_kind_that_fails_are_null)
{
	fake.fail[IPC_SHM][OP_USAGE] = -ENOSYS;
	fake_expect(RUN("-u", "-J", "-m", "-s"), 1, "{\"version\":1,\n\"usage\":{\n\"shmems\":null,\n"
		    "\"semaphores\":{\"used\":180,\"semaphores\":31999}\n},\n\"complete\":false}\n",
		    "ipcs: kernel not configured for shared memory\n");
	fake.queues = false;
	fake_expect(RUN("-l", "-J", "-Q", "-S"), 1, "{\"version\":1,\n\"limits\":{\n\"posix_queues\":null,\n"
		    "\"posix_semaphores\":{\"sem_value_max\":2147483647}\n},\n\"complete\":false}\n",
		    "ipcs: kernel not configured for POSIX message queues\n");
}

#define ALL_RESOURCES "RESOURCE LIMIT USED USE%\n" \
	"MSGMNI 10 1 10.00\nMSGMAX 8192 - -\nMSGMNB 16384 - -\n" \
	"SHMMNI 4096 3 0.07\nSHMMAX 4096 - -\nSHMALL 1000 905 90.50\nSHMMIN 1 - -\n" \
	"SEMMNI 200 180 90.00\nSEMMSL 250 - -\nSEMMNS 32000 31999 99.99\nSEMOPM 500 - -\nSEMVMX 32767 - -\n" \
	"QUEUES_MAX 256 2 0.78\nMSG_MAX 10 - -\nMSGSIZE_MAX 8192 - -\nMSG_DEFAULT 10 - -\n" \
	"MSGSIZE_DEFAULT 8192 - -\nMSGQUEUE 819200 - -\nDEV_SHM 4096000 3072000 75.00\n" \
	"SEM_VALUE_MAX 2147483647 - -\n"

Test(totals, against_limits)
{
	fake_expect(RUN("-g", "-r", "-o", "RESOURCE,LIMIT,USED,USE%"), 0, ALL_RESOURCES, "");
	fake_expect(RUN("-g", "-s"), 0,
		    "RESOURCE DESCRIPTION                LIMIT  USED  USE%\n"
		    "SEMMNI   max number of arrays         200   180 90.00\n"
		    "SEMMSL   max semaphores per array     250     -     -\n"
		    "SEMMNS   max semaphores system wide 32000 31999 99.99\n"
		    "SEMOPM   max ops per semop call       500     -     -\n"
		    "SEMVMX   semaphore max value        32767     -     -\n", "");
	fake_expect(RUN("-g", "-q", "-J", "--rows", "2"), 0, "{\"version\":1,\n\"resources\":[\n"
		    "{\"resource\":\"MSGMNI\",\"description\":\"max queues system wide\",\"limit\":10,\"used\":1,\"use%\":10.00},\n"
		    "{\"resource\":\"MSGMAX\",\"description\":\"max size of message (bytes)\",\"limit\":8192,\"used\":null,"
		    "\"use%\":null}\n],\n\"complete\":true}\n", "");
}

/* Percents are sorted as numbers, and what has none comes last, upwards and downwards. */
Test(totals, by_percent)
{
	ipc_set(&fake.usage[IPC_SEM], F_USED, 250);
	fake_expect(RUN("-g", "-m", "-s", "-Q", "-M", "-r", "-o", "RESOURCE,USE%", "--noheadings", "--sort", "use%:desc",
			"--rows", "6"), 0,
		    "SEMMNI 125.00\nSEMMNS 99.99\nSHMALL 90.50\nDEV_SHM 75.00\nQUEUES_MAX 0.78\nSHMMNI 0.07\n", "");
	fake_expect(RUN("-g", "-m", "-s", "-Q", "-M", "-r", "-o", "RESOURCE", "--noheadings", "--sort", "USE%",
			"--rows", "7"), 0, "SHMMNI\nQUEUES_MAX\nDEV_SHM\nSHMALL\nSEMMNS\nSEMMNI\nSHMMAX\n", "");
	fake_expect(RUN("-g", "-m", "-r", "-o", "RESOURCE", "--noheadings", "--sort", "used:desc,resource"), 0,
		    "SHMALL\nSHMMNI\nSHMMAX\nSHMMIN\n", "");
}

/* Each limit is judged, the second of a kind and those of each other kind as well. */
Test(totals, that_are_checked)
{
	static const struct { const char *percent; int status; const char *out; } t[] = {
		{ "100", 0, "" },
		{ "99", 3, "SEMMNS: 31999 of 32000 used, 99.99%\n" },
		{ "90", 3, "SHMALL: 905 of 1000 used, 90.50%\nSEMMNS: 31999 of 32000 used, 99.99%\n" },
		{ "89", 3, "SHMALL: 905 of 1000 used, 90.50%\nSEMMNI: 180 of 200 used, 90.00%\n"
		  "SEMMNS: 31999 of 32000 used, 99.99%\n" },
		{ "74", 3, "SHMALL: 905 of 1000 used, 90.50%\nSEMMNI: 180 of 200 used, 90.00%\n"
		  "SEMMNS: 31999 of 32000 used, 99.99%\nDEV_SHM: 3072000 of 4096000 used, 75.00%\n" },
		{ "0", 3, "MSGMNI: 1 of 10 used, 10.00%\nSHMMNI: 3 of 4096 used, 0.07%\n"
		  "SHMALL: 905 of 1000 used, 90.50%\nSEMMNI: 180 of 200 used, 90.00%\n"
		  "SEMMNS: 31999 of 32000 used, 99.99%\nQUEUES_MAX: 2 of 256 used, 0.78%\n"
		  "DEV_SHM: 3072000 of 4096000 used, 75.00%\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		fake_expect(RUN("--check", t[i].percent), t[i].status, t[i].out, "");
	fake_expect(RUN("--check", "80", "-m"), 3, "SHMALL: 905 of 1000 used, 90.50%\n", "");
	fake_expect(RUN("--check", "80", "-q", "-Q"), 0, "", "");
}

/* More than a limit, none at all, and numbers that a hundred times do not fit. */
Test(totals, that_are_extreme)
{
	static const struct { int64_t limit, used; const char *percent; int status; const char *out; } t[] = {
		{ 10, 20, "100", 3, "SHMALL: 20 of 10 used, 200.00%\n" },
		{ 10, 10, "100", 0, "" },
		{ 0, 1, "100", 3, "SHMALL: 1 of 0 used, 100.00%\n" },
		{ 0, 0, "0", 0, "" },
		{ -1, -1, "99", 3, "SHMALL: 18446744073709551615 of 18446744073709551615 used, 99.99%\n" },
		{ -1, 1, "0", 3, "SHMALL: 1 of 18446744073709551615 used, 0.00%\n" },
		{ -1, INT64_MAX, "50", 0, "" },
		{ -1, INT64_MAX, "49", 3, "SHMALL: 9223372036854775807 of 18446744073709551615 used, 49.99%\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		limit_set(&fake.limits[IPC_SHM], L_SHMALL, t[i].limit);
		ipc_set(&fake.usage[IPC_SHM], F_USED_PAGES, t[i].used);
		ipc_set(&fake.usage[IPC_SHM], F_USED, 0);
		fake_expect(RUN("-m", "--check", t[i].percent), t[i].status, t[i].out, "");
	}
}

#define UNTOLD(resource) "ipcs: cannot tell how much of " resource " is in use: Operation not permitted\n"

/* What cannot be told fails, but what is found besides counts more. */
Test(totals, that_fail_to_be_checked)
{
	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake.fail[IPC_SHM][FAKE_LIMITS] = -EPERM;
	fake_expect(RUN("-m", "--check", "5", "--source=syscall"), 1, "", UNTOLD("SHMMNI") UNTOLD("SHMALL"));
	fake_expect(RUN("-m", "-s", "--check", "90", "--source=syscall"), 3, "SEMMNS: 31999 of 32000 used, 99.99%\n",
		    UNTOLD("SHMMNI") UNTOLD("SHMALL"));
	fake.fail[IPC_SHM][FAKE_LIMITS] = -ENOSYS;
	fake_expect(RUN("--check", "99", "--source=syscall"), 3, "SEMMNS: 31999 of 32000 used, 99.99%\n", "");
	fake_expect(RUN("-m", "-q", "--check", "99", "--source=syscall"), 1, "",
		    "ipcs: kernel not configured for shared memory\n");
}

#define METRIC(name, help) "# TYPE " name " gauge\n# HELP " name " " help "\n"
#define LIMIT METRIC("ipc_limit", "Limit of a resource.")
#define USED METRIC("ipc_used", "How much of a limit is used.")
#define OBJECTS METRIC("ipc_objects", "Objects of a kind.")
#define MESSAGES METRIC("ipc_messages", "Messages in queues of a kind.")
#define BYTES METRIC("ipc_bytes", "Bytes in objects of a kind.")
#define PAGES METRIC("ipc_pages", "Pages of segments.")
#define RESIDENT METRIC("ipc_resident_pages", "Pages of segments in memory.")
#define SWAPPED METRIC("ipc_swapped_pages", "Pages of segments in swap.")
#define SEMAPHORES METRIC("ipc_set_semaphores", "Semaphores of all sets.")

Test(totals, as_metrics)
{
	fake_expect(RUN("--openmetrics", "-q", "-M"), 0,
		    LIMIT "ipc_limit{resource=\"MSGMNI\"} 10\nipc_limit{resource=\"MSGMAX\"} 8192\n"
		    "ipc_limit{resource=\"MSGMNB\"} 16384\nipc_limit{resource=\"DEV_SHM\"} 4096000\n"
		    USED "ipc_used{resource=\"MSGMNI\"} 1\nipc_used{resource=\"DEV_SHM\"} 3072000\n"
		    OBJECTS "ipc_objects{kind=\"msg\"} 1\nipc_objects{kind=\"pshm\"} 3\n"
		    MESSAGES "ipc_messages{kind=\"msg\"} 2\n"
		    BYTES "ipc_bytes{kind=\"msg\"} 300\nipc_bytes{kind=\"pshm\"} 5027\n"
		    PAGES RESIDENT SWAPPED SEMAPHORES "# EOF\n", "");
	fake_expect(RUN("--openmetrics", "-m", "-s"), 0,
		    LIMIT "ipc_limit{resource=\"SHMMNI\"} 4096\nipc_limit{resource=\"SHMMAX\"} 4096\n"
		    "ipc_limit{resource=\"SHMALL\"} 1000\nipc_limit{resource=\"SHMMIN\"} 1\n"
		    "ipc_limit{resource=\"SEMMNI\"} 200\nipc_limit{resource=\"SEMMSL\"} 250\n"
		    "ipc_limit{resource=\"SEMMNS\"} 32000\nipc_limit{resource=\"SEMOPM\"} 500\n"
		    "ipc_limit{resource=\"SEMVMX\"} 32767\n"
		    USED "ipc_used{resource=\"SHMMNI\"} 3\nipc_used{resource=\"SHMALL\"} 905\n"
		    "ipc_used{resource=\"SEMMNI\"} 180\nipc_used{resource=\"SEMMNS\"} 31999\n"
		    OBJECTS "ipc_objects{kind=\"shm\"} 3\nipc_objects{kind=\"sem\"} 180\n" MESSAGES BYTES
		    PAGES "ipc_pages{kind=\"shm\"} 905\n" RESIDENT "ipc_resident_pages{kind=\"shm\"} 12\n"
		    SWAPPED "ipc_swapped_pages{kind=\"shm\"} 5\n" SEMAPHORES "ipc_set_semaphores{kind=\"sem\"} 31999\n"
		    "# EOF\n", "");
}

/* A kind that could not be read has no samples: neither zeros nor what memory holds. */
Test(totals, as_metrics_of_what_was_read)
{
	fake.fail[IPC_SHM][FAKE_LIMITS] = fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake_expect(RUN("--openmetrics", "-m", "--source=syscall"), 1,
		    LIMIT USED OBJECTS MESSAGES BYTES PAGES RESIDENT SWAPPED SEMAPHORES "# EOF\n",
		    "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	fake.fail[IPC_SHM][FAKE_LIMITS] = 0;
	fake_expect(RUN("--openmetrics", "-m", "--source=syscall"), 1,
		    LIMIT "ipc_limit{resource=\"SHMMNI\"} 4096\nipc_limit{resource=\"SHMMAX\"} 4096\n"
		    "ipc_limit{resource=\"SHMALL\"} 1000\nipc_limit{resource=\"SHMMIN\"} 1\n" USED OBJECTS MESSAGES BYTES PAGES RESIDENT SWAPPED SEMAPHORES "# EOF\n",
		    "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		fake.fail[kind][FAKE_LIMITS] = fake.fail[kind][OP_USAGE] = -ENOSYS;
	fake.queues = false;
	fake_expect(RUN("--openmetrics"), 0,
		    LIMIT "ipc_limit{resource=\"DEV_SHM\"} 4096000\nipc_limit{resource=\"SEM_VALUE_MAX\"} 2147483647\n"
		    USED "ipc_used{resource=\"DEV_SHM\"} 3072000\n"
		    OBJECTS "ipc_objects{kind=\"pshm\"} 3\nipc_objects{kind=\"psem\"} 0\n" MESSAGES
		    BYTES "ipc_bytes{kind=\"pshm\"} 5027\n" PAGES RESIDENT SWAPPED SEMAPHORES "# EOF\n", "");
}

/* Usage that is not to be had is not known, and that is said, of kinds that nobody named as well; the limits are. */
Test(totals, of_kinds_that_nobody_named)
{
	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake_expect(RUN("-g", "-r", "-o", "RESOURCE,LIMIT,USED,USE%", "--source=syscall", "--sort", "use%:desc", "--rows",
			"3"), 1, "RESOURCE LIMIT USED USE%\nSEMMNS 32000 31999 99.99\nSEMMNI 200 180 90.00\n"
		    "DEV_SHM 4096000 3072000 75.00\n", "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	fake_expect(RUN("-g", "-r", "-m", "-o", "RESOURCE,USED", "--source=syscall"), 1, "RESOURCE USED\nSHMMNI -\nSHMMAX -\n"
		    "SHMALL -\nSHMMIN -\n", "ipcs: shared memory: shmctl failed: Operation not permitted\n");
}

/* One queue does not tell how much is in it: neither does the sum of all. */
Test(totals, v24_of_queues_that_do_not_tell)
{
	fake_file("/dev-mqueue/r", "nothing\n");
	fake_expect(RUN("-u", "-Q", "-J"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"posix_queues\":{\"used\":2,\"messages\":4,\"bytes\":null}\n},\n\"complete\":true}\n", "");
}

#define POSIX_LIMITS "ipc_limit{resource=\"QUEUES_MAX\"} 256\nipc_limit{resource=\"MSG_MAX\"} 10\n" \
	"ipc_limit{resource=\"MSGSIZE_MAX\"} 8192\nipc_limit{resource=\"MSG_DEFAULT\"} 10\n" \
	"ipc_limit{resource=\"MSGSIZE_DEFAULT\"} 8192\nipc_limit{resource=\"MSGQUEUE\"} 819200\n"

/* What is not known is said, and never success. */
Test(totals, v21_that_are_not_known)
{
	char path[256];

	fake_file("/dev-mqueue/r", "nothing\n");
	fake_expect(RUN("--openmetrics", "-Q"), 1, LIMIT POSIX_LIMITS USED "ipc_used{resource=\"QUEUES_MAX\"} 2\n"
		    OBJECTS "ipc_objects{kind=\"pmsg\"} 2\n" MESSAGES "ipc_messages{kind=\"pmsg\"} 4\n" BYTES PAGES RESIDENT
		    SWAPPED SEMAPHORES "# EOF\n", "ipcs: cannot tell ipc_bytes of pmsg: some objects do not tell\n");
	fake_expect(RUN("--check", "50", "-Q"), 0, "", "");
	forget("/sys/fs/mqueue/queues_max");
	fake_expect(RUN("--check", "0", "-Q"), 1, "",
		    "ipcs: cannot tell how much of QUEUES_MAX is in use: the limit is not known\n");
	fake_expect(RUN("--check", "100"), 1, "",
		    "ipcs: cannot tell how much of QUEUES_MAX is in use: the limit is not known\n");
	cr_expect(strstr(RUN("--openmetrics", "-Q").err, "ipcs: cannot tell the limit QUEUES_MAX\n") != NULL);
	fake_file("/sys/fs/mqueue/queues_max", "256\n");
	snprintf(path, sizeof path, "rm -r %s/dev-mqueue", fake_proc());
	cr_assert(zero(int, system(path)));
	fake_expect(RUN("--check", "100"), 1, "",
		    "ipcs: cannot tell how much of QUEUES_MAX is in use: no mqueue file system is mounted\n");
	fake.usage[IPC_SEM].have &= ~(UINT64_C(1) << F_USED_SEMS);
	fake_expect(RUN("--check", "90", "-s", "--source=syscall"), 1, "",
		    "ipcs: cannot tell how much of SEMMNS is in use: some objects do not tell\n");
	fake_expect(RUN("--check", "89", "-s", "--source=syscall"), 3, "SEMMNI: 180 of 200 used, 90.00%\n",
		    "ipcs: cannot tell how much of SEMMNS is in use: some objects do not tell\n");
	/* There is no such limit: nothing can be beyond it. */
	fake.blocks = 0;
	fake.msgqueue = ~UINT64_C(0);
	fake_expect(RUN("--check", "0", "-M"), 0, "", "");
}
