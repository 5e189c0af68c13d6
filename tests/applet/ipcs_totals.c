/* SPDX-License-Identifier: 0BSD */
/* Limits and usage: each kind and each limit counts, and unknown values are not numbers. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* One unreadable limit is unknown, and an error; the others are known. */
Test(totals, of_limits_that_are_not_known)
{
	static const char *const files[] = {
		"queues_max", "msg_max", "msgsize_max", "msg_default", "msgsize_default",
	};
	static const char *const members[] = {
		"queues_max", "msg_max", "msgsize_max", "msg_default", "msgsize_default",
	};
	static const char *const names[] = {
		"QUEUES_MAX", "MSG_MAX", "MSGSIZE_MAX", "MSG_DEFAULT", "MSGSIZE_DEFAULT",
	};
	static const int values[] = { 256, 10, 8192, 10, 8192 };

	for (size_t missing = 0; missing < 5; missing++) {
		char path[64], why[64], want[512] = "{\"version\":1,\n\"limits\":{\n\"posix_queues\":{";

		for (size_t i = 0; i < 5; i++)
			sprintf(want + strlen(want), i == missing ? "\"%s\":null," : "\"%s\":%d,", members[i], values[i]);
		strcat(want, "\"msgqueue\":819200}\n},\n\"complete\":false}\n");
		snprintf(path, sizeof path, "/sys/fs/mqueue/%s", files[missing]);
		snprintf(why, sizeof why, "ipcs: the limit %s is unknown\n", names[missing]);
		forget(path);
		fake_expect(RUN("-l", "-Q", "-J"), 1, want, why);
		cr_expect(RUN("-g", "-Q").status == 1 && strstr(RUN("-g", "-Q").err, why) != NULL);
		snprintf(want, sizeof want, "%d\n", values[missing]);
		fake_file(path, want);
	}
	forget("/sys/fs/mqueue/msgsize_max");
	fake.msgqueue = ~UINT64_C(0);
	fake_expect(RUN("-l", "-Q"), 1, "\n------ POSIX Messages Limits --------\n"
		    "max queues in namespace = 256\nmax messages per queue = 10\nmax size of message (bytes) = -\n"
		    "default max messages per queue = 10\ndefault max size of message (bytes) = 8192\n"
		    "max space of all queues of a user (bytes) = -\n\n", "ipcs: the limit MSGSIZE_MAX is unknown\n");
	fake_expect(RUN("-g", "-Q", "-r", "-o", "RESOURCE,LIMIT,USED,USE%"), 1, "RESOURCE LIMIT USED USE%\n"
		    "QUEUES_MAX 256 2 0.78\nMSG_MAX 10 - -\nMSGSIZE_MAX - - -\nMSG_DEFAULT 10 - -\n"
		    "MSGSIZE_DEFAULT 8192 - -\nMSGQUEUE - - -\n", "ipcs: the limit MSGSIZE_MAX is unknown\n");
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
		    "\"posix_shmems\":{\"used\":3,\"size\":5027,\"rss\":16384}\n},\n\"complete\":true}\n", "");
}

/* Sums that /proc provides, and those that it does not. */
Test(totals, of_usage_from_files)
{
	fake_file("/sysvipc/shm", "key shmid size rss swap\n0 0 4097 8192 4096\n0 1 1 0 1\n0 2 1 1 0\n");
	fake_file("/sysvipc/msg", "key msqid cbytes qnum\n0 0 10 1\n0 1 20 2\n");
	fake_file("/sysvipc/sem", "key semid nsems\n0 0 3\n0 1 4\n");
	fake_expect(RUN("-u", "-J", "--source=proc"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"queues\":{\"used\":2,\"msgs\":3,\"usedbytes\":30},\n"
		    "\"shmems\":{\"used\":3,\"pages\":4,\"rsspages\":3,\"swappages\":2,\"swaptries\":0,\"swaphits\":0},\n"
		    "\"semaphores\":{\"used\":2,\"nsems\":7}\n},\n\"complete\":true}\n", "");
	fake_file("/sysvipc/shm", "key shmid size\n0 0 4097\n");
	fake_expect(RUN("-u", "-J", "-m", "--source=proc"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"shmems\":{\"used\":1,\"pages\":2,\"rsspages\":null,\"swappages\":null,\"swaptries\":0,\"swaphits\":0}\n"
		    "},\n\"complete\":true}\n", "");
}

Test(totals, of_a_kind_that_fails_are_null)
{
	fake.fail[IPC_SHM][OP_USAGE] = -ENOSYS;
	fake_expect(RUN("-u", "-J", "-m", "-s"), 1, "{\"version\":1,\n\"usage\":{\n\"shmems\":null,\n"
		    "\"semaphores\":{\"used\":180,\"nsems\":31999}\n},\n\"complete\":false}\n",
		    "ipcs: kernel not configured for shared memory\n");
	fake.queues = false;
	fake_expect(RUN("-l", "-J", "-Q", "-S"), 1, "{\"version\":1,\n\"limits\":{\n\"posix_queues\":null,\n"
		    "\"posix_semaphores\":{\"sem_value_max\":2147483647}\n},\n\"complete\":false}\n",
		    "ipcs: kernel not configured for POSIX message queues\n");
}

#define ALL_RESOURCES "RESOURCE LIMIT USED USE%\n" \
	"MSGMNI 10 1 10.00\nMSGMAX 8192 - -\nMSGMNB 16384 - -\n" \
	"SHMMNI 4096 3 0.07\nSHMMAX 4096 - -\nSHMALL 1000 905 90.50\nSHMMIN 1 - -\n" \
	"SHM_UNATTACHED - 0 -\nSHM_UNATTACHED_BYTES - 0 -\nSHM_ORPHANED - 0 -\nSHM_ORPHANED_BYTES - 0 -\n" \
	"SEMMNI 200 180 90.00\nSEMMSL 250 - -\nSEMMNS 32000 31999 99.99\nSEMOPM 500 - -\nSEMVMX 32767 - -\n" \
	"QUEUES_MAX 256 2 0.78\nMSG_MAX 10 - -\nMSGSIZE_MAX 8192 - -\nMSG_DEFAULT 10 - -\n" \
	"MSGSIZE_DEFAULT 8192 - -\nMSGQUEUE 819200 - -\nDEV_SHM 4096000 3072000 75.00\n" \
	"SEM_VALUE_MAX 2147483647 - -\n"

Test(totals, against_limits)
{
	fake_expect(RUN("-g", "-r", "-o", "RESOURCE,LIMIT,USED,USE%"), 0, ALL_RESOURCES, "");
	fake_expect(RUN("-g", "-s"), 0,
		    "RESOURCE LIMIT  USED  USE% DESCRIPTION\n"
		    "SEMMNI     200   180 90.00 max number of arrays\n"
		    "SEMMSL     250     -     - max semaphores per array\n"
		    "SEMMNS   32000 31999 99.99 max semaphores system wide\n"
		    "SEMOPM     500     -     - max ops per semop call\n", "");
	/* Tables have short sizes, for pages as well. */
	fake_expect(RUN("-g", "-m"), 0,
		    "RESOURCE             LIMIT USED  USE% DESCRIPTION\n"
		    "SHMMNI                4096    3  0.07 max number of segments\n"
		    "SHMMAX                  4K    -     - max seg size\n"
		    "SHMALL                3.9M 3.5M 90.50 max total shared memory\n"
		    "SHM_UNATTACHED                0       unattached segments\n"
		    "SHM_UNATTACHED_BYTES         0B       size of unattached segments\n"
		    "SHM_ORPHANED                  0       orphaned segments\n"
		    "SHM_ORPHANED_BYTES           0B       size of orphaned segments\n", "");
	fake_expect(RUN("-g", "-m", "-b"), 0,
		    "RESOURCE             LIMIT USED  USE% DESCRIPTION\n"
		    "SHMMNI                4096    3  0.07 max number of segments\n"
		    "SHMMAX                4096    -     - max seg size (bytes)\n"
		    "SHMALL                1000  905 90.50 max total shared memory (pages)\n"
		    "SHM_UNATTACHED                0       unattached segments\n"
		    "SHM_UNATTACHED_BYTES          0       size of unattached segments (bytes)\n"
		    "SHM_ORPHANED                  0       orphaned segments\n"
		    "SHM_ORPHANED_BYTES            0       size of orphaned segments (bytes)\n", "");
	fake_expect(RUN("-g", "-q", "-J", "--rows", "2"), 0, "{\"version\":1,\n\"resources\":[\n"
		    "{\"resource\":\"MSGMNI\",\"limit\":10,\"used\":1,\"use%\":10.00,\"description\":\"max queues system wide\"},\n"
		    "{\"resource\":\"MSGMAX\",\"limit\":8192,\"used\":null,\"use%\":null,"
		    "\"description\":\"max size of message (bytes)\"}\n],\n\"complete\":true}\n", "");
}

/* Percentages are sorted as numbers; rows without one come last in either direction. */
Test(totals, by_percent)
{
	ipc_set(&fake.usage[IPC_SEM], F_USED, 250);
	fake_expect(RUN("-g", "-m", "-s", "-Q", "-M", "-r", "-o", "RESOURCE,USE%", "--noheadings", "--sort", "use%:desc",
			"--rows", "6"), 0,
		    "SEMMNI 125.00\nSEMMNS 99.99\nSHMALL 90.50\nDEV_SHM 75.00\nQUEUES_MAX 0.78\nSHMMNI 0.07\n", "");
	fake_expect(RUN("-g", "-m", "-s", "-Q", "-M", "-r", "-o", "RESOURCE", "--noheadings", "--sort", "USE%",
			"--rows", "7"), 0, "SHMMNI\nQUEUES_MAX\nDEV_SHM\nSHMALL\nSEMMNS\nSEMMNI\nSHMMAX\n", "");
	fake_expect(RUN("-g", "-m", "-r", "-o", "RESOURCE", "--noheadings", "--sort", "used:desc,resource"), 0,
		    "SHMALL\nSHMMNI\n"
		    "SHM_ORPHANED\nSHM_ORPHANED_BYTES\nSHM_UNATTACHED\nSHM_UNATTACHED_BYTES\nSHMMAX\nSHMMIN\n", "");
}

#define UNUSED(n, bytes, orphans, size) " 'shm_unattached'=" n ";;;0 'shm_unattached_bytes'=" bytes "B;;;0" \
	" 'shm_orphaned'=" orphans ";;;0 'shm_orphaned_bytes'=" size "B;;;0"
#define NO_UNUSED UNUSED("0", "0", "0", "0")

/* The performance data of all resources with the given thresholds. */
#define DATA(msgmni, shmmni, shmall, semmni, semmns, queues, dev_shm) \
	" | 'msgmni'=1;" msgmni ";0;10 'shmmni'=3;" shmmni ";0;4096 'shmall'=905;" shmall ";0;1000" NO_UNUSED \
	" 'semmni'=180;" semmni ";0;200 'semmns'=31999;" semmns ";0;32000" \
	" 'queues_max'=2;" queues ";0;256 'dev_shm'=3072000B;" dev_shm ";0;4096000\n"

/* Each limit is judged, also the second one of a kind and those of all other kinds. */
Test(totals, that_are_checked)
{
	static const struct { const char *percent; int status; const char *out; } t[] = {
		{ "100", 0, "IPC OK: SEMMNS 31999 of 32000 used (99.99%)"
		  DATA(";9", ";4095", ";999", ";199", ";31999", ";255", ";4095999") },
		{ "99", 2, "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%)"
		  DATA(";9", ";4055", ";989", ";197", ";31679", ";253", ";4055039") },
		{ "90", 2, "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%), 2 more"
		  DATA(";8", ";3686", ";899", ";179", ";28799", ";230", ";3686399")
		  "CRITICAL: SHMALL 905 of 1000 used (90.50%)\nCRITICAL: SEMMNI 180 of 200 used (90.00%)\n" },
		{ "91,100", 1, "IPC WARNING: SEMMNS 31999 of 32000 used (99.99%)"
		  DATA("9;9", "3727;4095", "909;999", "181;199", "29119;31999", "232;255", "3727359;4095999") },
		{ "75,91", 2, "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%), 3 more"
		  DATA("7;9", "3071;3727", "749;909", "149;181", "23999;29119", "191;232", "3071999;3727359")
		  "WARNING: SHMALL 905 of 1000 used (90.50%)\nWARNING: SEMMNI 180 of 200 used (90.00%)\n"
		  "WARNING: DEV_SHM 3072000 of 4096000 used (75.00%)\n" },
		{ "0,0", 2, "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%), 6 more"
		  DATA("~:-1;~:-1", "~:-1;~:-1", "~:-1;~:-1", "~:-1;~:-1", "~:-1;~:-1", "~:-1;~:-1", "~:-1;~:-1")
		  "CRITICAL: MSGMNI 1 of 10 used (10.00%)\nCRITICAL: SHMMNI 3 of 4096 used (0.07%)\n"
		  "CRITICAL: SHMALL 905 of 1000 used (90.50%)\nCRITICAL: SEMMNI 180 of 200 used (90.00%)\n"
		  "CRITICAL: QUEUES_MAX 2 of 256 used (0.78%)\n"
		  "CRITICAL: DEV_SHM 3072000 of 4096000 used (75.00%)\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		fake_expect(RUN("--check", t[i].percent), t[i].status, t[i].out, "");
	fake_expect(RUN("--check=95,99", "-q", "-Q"), 0,
		    "IPC OK: MSGMNI 1 of 10 used (10.00%) | 'msgmni'=1;9;9;0;10 'queues_max'=2;243;253;0;256\n", "");
	fake_expect(RUN("--check", "70,76", "-M", "--human"), 1,
		    "IPC WARNING: DEV_SHM 2.9M of 3.9M used (75.00%) | 'dev_shm'=3072000B;2867199;3112959;0;4096000\n", "");
	fake_expect(RUN("--check", "0", "-S"), 0, "IPC OK: no limit to check\n", "");
}

Test(totals, that_are_checked_in_json)
{
	fake_expect(RUN("--check", "90,99", "-s", "-J"), 2, "{\"version\":1,\n\"resources\":[\n"
		    "{\"resource\":\"SEMMNI\",\"limit\":200,\"used\":180,\"use%\":90.00,\"status\":\"warning\",\"reason\":null},\n"
		    "{\"resource\":\"SEMMNS\",\"limit\":32000,\"used\":31999,\"use%\":99.99,\"status\":\"critical\","
		    "\"reason\":null}\n],\n\"status\":\"critical\",\n\"complete\":true}\n", "");
	fake_expect(RUN("--check", "90,99", "-q", "-J"), 0, "{\"version\":1,\n\"resources\":[\n"
		    "{\"resource\":\"MSGMNI\",\"limit\":10,\"used\":1,\"use%\":10.00,\"status\":\"ok\",\"reason\":null}\n"
		    "],\n\"status\":\"ok\",\n\"complete\":true}\n", "");
	forget("/sys/fs/mqueue/queues_max");
	fake_expect(RUN("--check", "90", "-Q", "-J"), 3, "{\"version\":1,\n\"resources\":[\n"
		    "{\"resource\":\"QUEUES_MAX\",\"limit\":null,\"used\":2,\"use%\":null,\"status\":\"unknown\","
		    "\"reason\":\"its limit is unknown\"}\n],\n\"status\":\"unknown\",\n\"complete\":false}\n", "");
	fake_expect(RUN("--check", "90", "-S", "-J"), 0,
		    "{\"version\":1,\n\"resources\":[],\n\"status\":\"ok\",\n\"complete\":true}\n", "");
}

/* More than a limit, no limit, and numbers that overflow when multiplied by 100. */
Test(totals, that_are_extreme)
{
	static const struct { int64_t limit, used; const char *percent, *shmmni; int status; const char *out, *data; } t[] = {
		{ 10, 20, "100", "4095", 2, "IPC CRITICAL: SHMALL 20 of 10 used (200.00%)", "20;;9;0;10" },
		{ 10, 10, "100", "4095", 2, "IPC CRITICAL: SHMALL 10 of 10 used (100.00%)", "10;;9;0;10" },
		{ 10, 9, "100", "4095", 0, "IPC OK: SHMALL 9 of 10 used (90.00%)", "9;;9;0;10" },
		{ 10, 5, "50", "2047", 2, "IPC CRITICAL: SHMALL 5 of 10 used (50.00%)", "5;;4;0;10" },
		{ 0, 1, "100", "4095", 2, "IPC CRITICAL: SHMALL 1 of 0 used (100.00%)", "1;;0;0;0" },
		{ 0, 0, "1", "40", 0, "IPC OK: SHMMNI 0 of 4096 used (0.00%)", "0;;0;0;0" },
		{ -1, -1, "100", "4095", 2, "IPC CRITICAL: SHMALL 100.00% used",
		  "18446744073709551615;;18446744073709551614;0;18446744073709551615" },
		{ -1, -2, "100", "4095", 0, "IPC OK: SHMALL 99.99% used",
		  "18446744073709551614;;18446744073709551614;0;18446744073709551615" },
		{ -1, INT64_MAX, "50", "2047", 0, "IPC OK: SHMALL 49.99% used",
		  "9223372036854775807;;9223372036854775807;0;18446744073709551615" },
		{ -1, INT64_MIN, "50", "2047", 2, "IPC CRITICAL: SHMALL 50.00% used",
		  "9223372036854775808;;9223372036854775807;0;18446744073709551615" },
		{ 999999999999999, 999999999999999, "50", "2047", 2,
		  "IPC CRITICAL: SHMALL 999999999999999 of 999999999999999 used (100.00%)",
		  "999999999999999;;499999999999999;0;999999999999999" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		limit_set(&fake.limits[IPC_SHM], L_SHMALL, t[i].limit);
		ipc_set(&fake.usage[IPC_SHM], F_USED_PAGES, t[i].used);
		ipc_set(&fake.usage[IPC_SHM], F_USED, 0);
		fake_expect(RUN("-m", "--check", t[i].percent), t[i].status,
			    format("%s | 'shmmni'=0;;%s;0;4096 'shmall'=%s" NO_UNUSED "\n", t[i].out, t[i].shmmni, t[i].data), "");
	}
}

/* The first line is shorter than 80 characters before the performance data; the others are in full. */
Test(totals, that_are_long)
{
	limit_set(&fake.limits[IPC_SHM], L_SHMALL, -1);
	ipc_set(&fake.usage[IPC_SHM], F_USED_PAGES, -1);
	fake_expect(RUN("-m", "--check", "0"), 2, "IPC CRITICAL: SHMALL 100.00% used, 1 more | 'shmmni'=3;;~:-1;0;4096"
		    " 'shmall'=18446744073709551615;;~:-1;0;18446744073709551615" NO_UNUSED "\n"
		    "CRITICAL: SHMMNI 3 of 4096 used (0.07%)\n", "");
	ipc_set(&fake.usage[IPC_SEM], F_USED, 1000);
	fake_expect(RUN("-m", "-s", "--check", "100"), 2, "IPC CRITICAL: SEMMNI 1000 of 200 used (500.00%), 1 more"
		    " | 'shmmni'=3;;4095;0;4096 'shmall'=18446744073709551615;;18446744073709551614;0;18446744073709551615"
		    NO_UNUSED " 'semmni'=1000;;199;0;200 'semmns'=31999;;31999;0;32000\n"
		    "CRITICAL: SHMALL 18446744073709551615 of 18446744073709551615 used (100.00%)\n", "");
}

#define DENIED(resource) "UNKNOWN: " resource ": Operation not permitted\n"
#define SHM_DENIED DENIED("SHMMNI") DENIED("SHMALL") DENIED("SHM_UNATTACHED") DENIED("SHM_UNATTACHED_BYTES") \
	DENIED("SHM_ORPHANED") DENIED("SHM_ORPHANED_BYTES")
#define SHM_UNKNOWN "'shmmni'=U;;;0 'shmall'=U;;;0 'shm_unattached'=U;;;0 'shm_unattached_bytes'=U;;;0" \
	" 'shm_orphaned'=U;;;0 'shm_orphaned_bytes'=U;;;0"

/* Unknown usage is not OK, but a reached threshold takes precedence. */
Test(totals, that_fail_to_be_checked)
{
	struct ran r;

	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake.fail[IPC_SHM][FAKE_LIMITS] = -EPERM;
	fake_expect(RUN("-m", "--check", "5", "--source=syscall"), 3, "IPC UNKNOWN: SHMMNI unknown, 5 more | " SHM_UNKNOWN
		    "\n" SHM_DENIED, "");
	fake_expect(RUN("-m", "-s", "--check", "91", "--source=syscall"), 2,
		    "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%), 6 more | " SHM_UNKNOWN
		    " 'semmni'=180;;181;0;200 'semmns'=31999;;29119;0;32000\n" SHM_DENIED, "");
	fake_expect(RUN("-m", "-s", "--check", "91,100", "--source=syscall"), 1,
		    "IPC WARNING: SEMMNS 31999 of 32000 used (99.99%), 6 more | " SHM_UNKNOWN
		    " 'semmni'=180;181;199;0;200 'semmns'=31999;29119;31999;0;32000\n" SHM_DENIED, "");
	fake_expect(RUN("-m", "-s", "--check", "100", "--source=syscall"), 3, "IPC UNKNOWN: SHMMNI unknown, 5 more | "
		    SHM_UNKNOWN " 'semmni'=180;;199;0;200 'semmns'=31999;;31999;0;32000\n" SHM_DENIED, "");
	fake.fail[IPC_SHM][FAKE_LIMITS] = -ENOSYS;
	fake_expect(RUN("--check", "99", "--source=syscall"), 2, "IPC CRITICAL: SEMMNS 31999 of 32000 used (99.99%)"
		    " | 'msgmni'=1;;9;0;10 'semmni'=180;;197;0;200 'semmns'=31999;;31679;0;32000"
		    " 'queues_max'=2;;253;0;256 'dev_shm'=3072000B;;4055039;0;4096000\n", "");
	r = RUN("-m", "-q", "--check", "99", "--source=syscall");
	cr_expect(eq(int, r.status, 3));
	cr_expect(strstr(r.out, "\nUNKNOWN: SHMMNI: the kernel is not configured for it\n") != NULL);
}

/* Any failure of a command line with --check, wherever and however that is given, is UNKNOWN. */
Test(totals, of_a_wrong_command_line)
{
	static const struct { const char *words[3], *err; } t[] = {
		{ { "--check" }, "ipcs: option '--check' requires an argument\nTry 'ipcs --help' for more information.\n" },
		{ { "--check", "" }, "ipcs: --check '': not a percentage from 0 to 100\n" },
		{ { "--check", "-1" }, "ipcs: --check '-1': not a percentage from 0 to 100\n" },
		{ { "--check", "101" }, "ipcs: --check '101': not a percentage from 0 to 100\n" },
		{ { "--check", "99.5" }, "ipcs: --check '99.5': not a percentage from 0 to 100\n" },
		{ { "--check", "90%" }, "ipcs: --check '90%': not a percentage from 0 to 100\n" },
		{ { "--check", "18446744073709551616" },
		  "ipcs: --check '18446744073709551616': not a percentage from 0 to 100\n" },
		{ { "--check", "1,2,3" }, "ipcs: --check '1,2,3': not two percentages from 0 to 100\n" },
		{ { "--check", ",5" }, "ipcs: --check ',5': not two percentages from 0 to 100\n" },
		{ { "--check", "5," }, "ipcs: --check '5,': not two percentages from 0 to 100\n" },
		{ { "--check", "5x,6" }, "ipcs: --check '5x,6': not two percentages from 0 to 100\n" },
		{ { "--check", "101,102" }, "ipcs: --check '101,102': not two percentages from 0 to 100\n" },
		{ { "--check", "50,101" }, "ipcs: --check '50,101': not two percentages from 0 to 100\n" },
		{ { "--check", "90,80" }, "ipcs: --check '90,80': the warning threshold is above the critical one\n" },
		{ { "--foo", "--check", "5" },
		  "ipcs: unrecognized option '--foo'\nTry 'ipcs --help' for more information.\n" },
		{ { "--check=5", "--foo" },
		  "ipcs: unrecognized option '--foo'\nTry 'ipcs --help' for more information.\n" },
		{ { "--foo", "--ch=5" }, "ipcs: unrecognized option '--foo'\nTry 'ipcs --help' for more information.\n" },
		{ { "--check", "5", "x" }, "ipcs: unknown argument: x\nTry 'ipcs --help' for more information.\n" },
		{ { "--check=5", "--source=x" }, "ipcs: --source 'x': not auto, proc or syscall\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		fake_expect(RUN(t[i].words[0], t[i].words[1], t[i].words[2]), 3, "", t[i].err);
	/* None of these is a failed --check. */
	cr_expect(eq(int, RUN("--foo", "--checks").status, 1));
	cr_expect(eq(int, RUN("--foo", "--", "--check").status, 1));
	cr_expect(eq(int, RUN("-N", "--check", "-M").status, 1));
	cr_expect(eq(int, RUN("--check=5", "--help").status, 0));
}

/* The result of a check that cannot be written is UNKNOWN. */
Test(totals, that_cannot_be_written)
{
	static const char *const percents[] = { "100", "99", "99,100" };

	for (size_t i = 0; i < 3; i++) {
		fake_out.fail = -ENOSPC;
		cr_expect(eq(int, RUN("-s", "--check", percents[i]).status, 3), "%s", percents[i]);
	}
}

enum { SELF = 4242, NOW = 1700000000, USED_AT = NOW - 3600 };

/* A segment; an idle one was last used an hour ago by processes that are gone. */
static void segment(int index, int64_t size, bool attached)
{
	static const int64_t fields[][2] = {
		{ F_MODE, 0600 }, { F_UID, 5001 }, { F_CUID, 5001 }, { F_CTIME, USED_AT }, { F_CPID, 901 }, { F_LPID, 902 },
		{ F_ATIME, USED_AT }, { F_DTIME, USED_AT },
	};
	struct ipc_obj *o = fake_add(IPC_SHM, index, 0);

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		ipc_set(o, (unsigned)fields[i][0], fields[i][1]);
	ipc_set(o, F_SIZE, size);
	ipc_set(o, F_NATTCH, attached);
}

static void process_status(const char *path, int pid, int parent)
{
	fake_file(path, format("Name:\tx\nState:\tS\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n"
			       "Groups:\t\nNSpid:\t%d\nNSpgid:\t%d\nVmSize:\t1 kB\nThreads:\t1\n", pid, pid, parent, pid, pid));
}

/* All conditions for a judgment: every process of the machine is visible, and none may use a segment. */
static void see_all(void)
{
	fake.now = NOW;
	fake.booted = NOW - 100000;
	fake.self = SELF;
	fake_file("/ours", "");
	for (int pid = 1; pid <= SELF; pid += SELF - 1) {
		process_status(format("/%d/status", pid), pid, pid == SELF);
		process_status(format("/%d/task/%d/status", pid, pid), pid, pid == SELF);
		fake_link(format("/%d/ns/ipc", pid), format("%s/ours", fake_proc()));
		fake_link(format("/%d/task/%d/ns/ipc", pid, pid), format("%s/ours", fake_proc()));
	}
	fake_file("/loadavg", "0.00 0.00 0.00 1/100 5000\n");
	fake_link("/self", format("%d", SELF));
	fake_initial_pids(format("/%d/ns/pid", SELF));
	fake_file("/self/mountinfo", format("20 1 0:5 / / rw - ext4 /dev/root rw\n"
					    "21 20 0:6 / %s rw,nosuid shared:5 - proc proc rw\n", fake_proc()));
}

#define UNUSED_ROWS(n, bytes, orphans, size) "SHM_UNATTACHED - " n " -\nSHM_UNATTACHED_BYTES - " bytes " -\n" \
	"SHM_ORPHANED - " orphans " -\nSHM_ORPHANED_BYTES - " size " -\n"

/* Expects a metric of segments to have that value, or no sample. */
static void expect_metric(const char *name, const char *value)
{
	const char *out = RUN("--openmetrics", "-m", "--source=syscall").out;

	if (value != NULL)
		cr_expect(strstr(out, format("\n%s{kind=\"shm\"} %s\n", name, value)) != NULL, "%s %s", name, value);
	else
		cr_expect(strstr(out, format("\n%s{", name)) == NULL, "%s", name);
}

/* One is attached, one was used recently, one has a live user, three are orphaned. */
Test(totals, of_segments_without_users)
{
	see_all();
	segment(0, 1, true);
	segment(1, 20, false);
	ipc_set(&fake.at[IPC_SHM][1], F_DTIME, NOW - 1);
	segment(2, 300, false);
	ipc_set(&fake.at[IPC_SHM][2], F_CPID, SELF);
	fake.alive[0] = SELF;
	segment(3, 4000, false);
	fake_expect(RUN("--check", "100", "-m"), 0, "IPC OK: SHMALL 905 of 1000 used (90.50%) | 'shmmni'=3;;4095;0;4096"
		    " 'shmall'=905;;999;0;1000" UNUSED("3", "4320", "1", "4000") "\n", "");
	segment(4, 50000, false);
	segment(5, 600000, false);
	fake_expect(RUN("-g", "-m", "-r", "--noheadings", "-o", "RESOURCE,LIMIT,USED,USE%"), 0,
		    "SHMMNI 4096 3 0.07\nSHMMAX 4096 - -\nSHMALL 1000 905 90.50\nSHMMIN 1 - -\n"
		    UNUSED_ROWS("5", "654320", "3", "654000"), "");
	expect_metric("ipc_unattached_objects", "5");
	expect_metric("ipc_unattached_bytes", "654320");
	expect_metric("ipc_orphaned_objects", "3");
	expect_metric("ipc_orphaned_bytes", "654000");
	/* They are no limits. */
	cr_expect(strstr(RUN("-l", "-m").out, "unattached") == NULL);
	cr_expect(strstr(RUN("-l", "-m", "-J").out, "unattached") == NULL);
	cr_expect(strstr(RUN("--openmetrics", "-m").out, "{resource=\"SHM_") == NULL);
	/* Segments are not examined for other kinds. */
	fake.fail[IPC_SHM][FAKE_LIMITS] = fake.fail[IPC_SHM][OP_STAT_ANY] = fake.fail[IPC_SHM][OP_STAT_INDEX] = -EIO;
	cr_expect(zero(int, RUN("--openmetrics", "-q", "-s").status));
	cr_expect(zero(int, RUN("--check", "100", "-q", "-s").status));
	cr_expect(zero(int, RUN("-g", "-q", "-s").status));
}

#define UNJUDGED(which) "ipcs: cannot measure SHM_ORPHANED" which ": some segments cannot be judged\n"

/* If /proc shows nothing, an unattached segment may or may not be orphaned. */
Test(totals, of_segments_that_cannot_be_judged)
{
	segment(0, 1, true);
	fake_expect(RUN("-g", "-m", "-r", "-o", "RESOURCE,LIMIT,USED,USE%", "--sort", "resource:desc", "--rows", "4"), 0,
		    "RESOURCE LIMIT USED USE%\nSHM_UNATTACHED_BYTES - 0 -\nSHM_UNATTACHED - 0 -\n"
		    "SHM_ORPHANED_BYTES - 0 -\nSHM_ORPHANED - 0 -\n", "");
	segment(1, 20, false);
	fake_expect(RUN("-g", "-m", "-r", "--noheadings", "-o", "RESOURCE,LIMIT,USED,USE%"), 1,
		    "SHMMNI 4096 3 0.07\nSHMMAX 4096 - -\nSHMALL 1000 905 90.50\nSHMMIN 1 - -\n"
		    UNUSED_ROWS("1", "20", "-", "-"), UNJUDGED("") UNJUDGED("_BYTES"));
	/* Limits are known, whoever uses the segments. */
	fake_expect(RUN("-l", "-m", "-r", "--noheadings", "-o", "RESOURCE,LIMIT"), 0,
		    "SHMMNI 4096\nSHMMAX 4096\nSHMALL 1000\nSHMMIN 1\n", "");
	fake_expect(RUN("--check", "100", "-m"), 3, "IPC UNKNOWN: SHM_ORPHANED unknown, 1 more | 'shmmni'=3;;4095;0;4096"
		    " 'shmall'=905;;999;0;1000 'shm_unattached'=1;;;0 'shm_unattached_bytes'=20B;;;0 'shm_orphaned'=U;;;0"
		    " 'shm_orphaned_bytes'=U;;;0\nUNKNOWN: SHM_ORPHANED: some segments cannot be judged\n"
		    "UNKNOWN: SHM_ORPHANED_BYTES: some segments cannot be judged\n", "");
	cr_expect(eq(int, RUN("--check", "90", "-m").status, 2));
	expect_metric("ipc_unattached_bytes", "20");
	expect_metric("ipc_orphaned_objects", NULL);
	expect_metric("ipc_orphaned_bytes", NULL);
	cr_expect(eq(str, (char *)(uintptr_t)RUN("--openmetrics", "-m").err, UNJUDGED("") UNJUDGED("_BYTES")));
	cr_expect(eq(int, RUN("--openmetrics", "-m").status, 1));
}

/* A kernel that shows neither attachments nor sizes of segments, and one whose list ends early. */
Test(totals, of_segments_that_do_not_tell)
{
	see_all();
	segment(0, 1, false);
	segment(1, 20, false);
	ipc_unset(&fake.at[IPC_SHM][1], F_SIZE);
	expect_metric("ipc_unattached_objects", "2");
	expect_metric("ipc_unattached_bytes", NULL);
	expect_metric("ipc_orphaned_objects", "2");
	expect_metric("ipc_orphaned_bytes", NULL);
	ipc_unset(&fake.at[IPC_SHM][0], F_NATTCH);
	expect_metric("ipc_unattached_objects", NULL);
	expect_metric("ipc_orphaned_objects", NULL);
	cr_expect(eq(int, RUN("--openmetrics", "-m").status, 1));
	segment(0, 1, false);
	fake.fail_at[IPC_SHM][1] = -EIO;
	expect_metric("ipc_unattached_objects", NULL);
	expect_metric("ipc_orphaned_objects", NULL);
	expect_metric("ipc_objects", "3");
	cr_expect(eq(str, (char *)(uintptr_t)RUN("-g", "-m", "--source=syscall").err,
		     "ipcs: shared memory: shmctl failed: Input/output error\n"));
}

/* After a malformed file of /proc, the calls fail too: the message names the source that failed last. */
Test(totals, of_selected_objects_that_fail)
{
	fake_file("/sysvipc/shm", "key shmid uid\nx\n");
	fake_add(IPC_SHM, 0, 0);
	fake.fail_at[IPC_SHM][0] = -EIO;
	fake_expect(RUN("-u", "-m", "--user", "0"), 1, "\n\n", "ipcs: shared memory: shmctl failed: Input/output error\n");
}

#define METRIC(name, help) "# TYPE " name " gauge\n# HELP " name " " help "\n"
#define LIMIT METRIC("ipc_limit", "Limit of a resource.")
#define LIMIT_SIZES METRIC("ipc_limit_bytes", "Limit of a resource in bytes.")
#define USED METRIC("ipc_used", "Usage of a limited resource.")
#define USED_SIZES METRIC("ipc_used_bytes", "Usage of a limited resource in bytes.")
#define OBJECTS METRIC("ipc_objects", "Objects of a kind.")
#define MESSAGES METRIC("ipc_messages", "Messages in queues of a kind.")
#define BYTES METRIC("ipc_bytes", "Bytes in objects of a kind.")
#define RESIDENT METRIC("ipc_resident_bytes", "Bytes of segments in memory.")
#define SWAPPED METRIC("ipc_swapped_bytes", "Bytes of segments in swap.")
#define SEMAPHORES METRIC("ipc_set_semaphores", "Semaphores of all sets.")
#define UNATTACHED METRIC("ipc_unattached_objects", "Segments that no process has attached.")
#define UNATTACHED_BYTES METRIC("ipc_unattached_bytes", "Bytes of segments that no process has attached.")
#define ORPHANED METRIC("ipc_orphaned_objects", "Segments that have certainly lost all users.")
#define ORPHANED_BYTES METRIC("ipc_orphaned_bytes", "Bytes of segments that have certainly lost all users.")
#define NO_SEGMENTS UNATTACHED UNATTACHED_BYTES ORPHANED ORPHANED_BYTES "# EOF\n"
#define ZERO_SEGMENTS UNATTACHED "ipc_unattached_objects{kind=\"shm\"} 0\n" \
	UNATTACHED_BYTES "ipc_unattached_bytes{kind=\"shm\"} 0\n" ORPHANED "ipc_orphaned_objects{kind=\"shm\"} 0\n" \
	ORPHANED_BYTES "ipc_orphaned_bytes{kind=\"shm\"} 0\n# EOF\n"

/* Each family has one unit: pages are bytes there. */
Test(totals, as_metrics)
{
	ipc_set(&fake.usage[IPC_SHM], F_RSS_PAGES, 12);
	fake_expect(RUN("--openmetrics", "-q", "-M"), 0,
		    LIMIT "ipc_limit{resource=\"MSGMNI\"} 10\n"
		    LIMIT_SIZES "ipc_limit_bytes{resource=\"MSGMAX\"} 8192\n"
		    "ipc_limit_bytes{resource=\"MSGMNB\"} 16384\nipc_limit_bytes{resource=\"DEV_SHM\"} 4096000\n"
		    USED "ipc_used{resource=\"MSGMNI\"} 1\n" USED_SIZES "ipc_used_bytes{resource=\"DEV_SHM\"} 3072000\n"
		    OBJECTS "ipc_objects{kind=\"msg\"} 1\nipc_objects{kind=\"pshm\"} 3\n"
		    MESSAGES "ipc_messages{kind=\"msg\"} 2\n"
		    BYTES "ipc_bytes{kind=\"msg\"} 300\nipc_bytes{kind=\"pshm\"} 5027\n"
		    RESIDENT "ipc_resident_bytes{kind=\"pshm\"} 16384\n" SWAPPED SEMAPHORES NO_SEGMENTS, "");
	fake_expect(RUN("--openmetrics", "-m", "-s"), 0,
		    format(LIMIT "ipc_limit{resource=\"SHMMNI\"} 4096\nipc_limit{resource=\"SEMMNI\"} 200\n"
			   "ipc_limit{resource=\"SEMMSL\"} 250\nipc_limit{resource=\"SEMMNS\"} 32000\n"
			   "ipc_limit{resource=\"SEMOPM\"} 500\nipc_limit{resource=\"SEMVMX\"} 32767\n"
			   LIMIT_SIZES "ipc_limit_bytes{resource=\"SHMMAX\"} 4096\n"
			   "ipc_limit_bytes{resource=\"SHMALL\"} %ld\nipc_limit_bytes{resource=\"SHMMIN\"} 1\n"
			   USED "ipc_used{resource=\"SHMMNI\"} 3\nipc_used{resource=\"SEMMNI\"} 180\n"
			   "ipc_used{resource=\"SEMMNS\"} 31999\n"
			   USED_SIZES "ipc_used_bytes{resource=\"SHMALL\"} %ld\n"
			   OBJECTS "ipc_objects{kind=\"shm\"} 3\nipc_objects{kind=\"sem\"} 180\n" MESSAGES
			   BYTES "ipc_bytes{kind=\"shm\"} %ld\n" RESIDENT "ipc_resident_bytes{kind=\"shm\"} %ld\n"
			   SWAPPED "ipc_swapped_bytes{kind=\"shm\"} %ld\n"
			   SEMAPHORES "ipc_set_semaphores{kind=\"sem\"} 31999\n" ZERO_SEGMENTS,
			   1000 * sysconf(_SC_PAGESIZE), 905 * sysconf(_SC_PAGESIZE), 905 * sysconf(_SC_PAGESIZE),
			   12 * sysconf(_SC_PAGESIZE), 5 * sysconf(_SC_PAGESIZE)), "");
}

/* A kind that could not be read has no samples, rather than zeros or garbage. */
Test(totals, as_metrics_of_what_was_read)
{
	fake.fail[IPC_SHM][FAKE_LIMITS] = fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake_expect(RUN("--openmetrics", "-m", "--source=syscall"), 1, LIMIT LIMIT_SIZES USED USED_SIZES OBJECTS MESSAGES
		    BYTES RESIDENT SWAPPED SEMAPHORES NO_SEGMENTS,
		    "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	fake.fail[IPC_SHM][FAKE_LIMITS] = 0;
	fake_expect(RUN("--openmetrics", "-m", "--source=syscall"), 1,
		    format(LIMIT "ipc_limit{resource=\"SHMMNI\"} 4096\n"
			   LIMIT_SIZES "ipc_limit_bytes{resource=\"SHMMAX\"} 4096\n"
			   "ipc_limit_bytes{resource=\"SHMALL\"} %ld\nipc_limit_bytes{resource=\"SHMMIN\"} 1\n" USED USED_SIZES
			   OBJECTS MESSAGES BYTES RESIDENT SWAPPED SEMAPHORES ZERO_SEGMENTS, 1000 * sysconf(_SC_PAGESIZE)),
		    "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		fake.fail[kind][FAKE_LIMITS] = fake.fail[kind][OP_USAGE] = -ENOSYS;
	fake.queues = false;
	fake_expect(RUN("--openmetrics"), 0,
		    LIMIT "ipc_limit{resource=\"SEM_VALUE_MAX\"} 2147483647\n"
		    LIMIT_SIZES "ipc_limit_bytes{resource=\"DEV_SHM\"} 4096000\n"
		    USED USED_SIZES "ipc_used_bytes{resource=\"DEV_SHM\"} 3072000\n"
		    OBJECTS "ipc_objects{kind=\"pshm\"} 3\nipc_objects{kind=\"psem\"} 0\n" MESSAGES
		    BYTES "ipc_bytes{kind=\"pshm\"} 5027\n" RESIDENT "ipc_resident_bytes{kind=\"pshm\"} 16384\n" SWAPPED
		    SEMAPHORES NO_SEGMENTS, "");
}

/* Unavailable usage is unknown and reported, even for kinds that nobody named; the limits are known. */
Test(totals, of_kinds_that_nobody_named)
{
	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	fake_expect(RUN("-g", "-r", "-o", "RESOURCE,LIMIT,USED,USE%", "--source=syscall", "--sort", "use%:desc", "--rows",
			"3"), 1, "RESOURCE LIMIT USED USE%\nSEMMNS 32000 31999 99.99\nSEMMNI 200 180 90.00\n"
		    "DEV_SHM 4096000 3072000 75.00\n", "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	fake_expect(RUN("-g", "-r", "-m", "-o", "RESOURCE,USED", "--source=syscall"), 1, "RESOURCE USED\nSHMMNI -\nSHMMAX -\n"
		    "SHMALL -\nSHMMIN -\nSHM_UNATTACHED 0\nSHM_UNATTACHED_BYTES 0\nSHM_ORPHANED 0\nSHM_ORPHANED_BYTES 0\n",
		    "ipcs: shared memory: shmctl failed: Operation not permitted\n");
}

/* If the bytes in one queue are unknown, so is their sum. */
Test(totals, v24_of_queues_that_do_not_tell)
{
	fake_file("/dev-mqueue/r", "nothing\n");
	fake_expect(RUN("-u", "-Q", "-J"), 0, "{\"version\":1,\n\"usage\":{\n"
		    "\"posix_queues\":{\"used\":2,\"msgs\":4,\"usedbytes\":null}\n},\n\"complete\":true}\n", "");
}

#define POSIX_LIMITS LIMIT "ipc_limit{resource=\"QUEUES_MAX\"} 256\nipc_limit{resource=\"MSG_MAX\"} 10\n" \
	"ipc_limit{resource=\"MSG_DEFAULT\"} 10\n" LIMIT_SIZES "ipc_limit_bytes{resource=\"MSGSIZE_MAX\"} 8192\n" \
	"ipc_limit_bytes{resource=\"MSGSIZE_DEFAULT\"} 8192\nipc_limit_bytes{resource=\"MSGQUEUE\"} 819200\n"

/* Unknown values are reported and are never success. */
Test(totals, v21_that_are_not_known)
{
	char path[256];
	struct ran r;

	fake_file("/dev-mqueue/r", "nothing\n");
	fake_expect(RUN("--openmetrics", "-Q"), 1, POSIX_LIMITS USED "ipc_used{resource=\"QUEUES_MAX\"} 2\n" USED_SIZES
		    OBJECTS "ipc_objects{kind=\"pmsg\"} 2\n" MESSAGES "ipc_messages{kind=\"pmsg\"} 4\n" BYTES RESIDENT
		    SWAPPED SEMAPHORES NO_SEGMENTS, "ipcs: cannot measure ipc_bytes of pmsg: unknown for some objects\n");
	fake_expect(RUN("--check", "50", "-Q"), 0,
		    "IPC OK: QUEUES_MAX 2 of 256 used (0.78%) | 'queues_max'=2;;127;0;256\n", "");
	forget("/sys/fs/mqueue/queues_max");
	fake_expect(RUN("--check", "0", "-Q"), 3, "IPC UNKNOWN: QUEUES_MAX unknown | 'queues_max'=2;;;0\n"
		    "UNKNOWN: QUEUES_MAX: its limit is unknown\n", "");
	r = RUN("--check", "100");
	cr_expect(eq(int, r.status, 3));
	cr_expect(strstr(r.out, "\nUNKNOWN: QUEUES_MAX: its limit is unknown\n") != NULL, "of a kind that nobody named");
	cr_expect(strstr(RUN("--openmetrics", "-Q").err, "ipcs: the limit QUEUES_MAX is unknown\n") != NULL);
	fake_file("/sys/fs/mqueue/queues_max", "256\n");
	snprintf(path, sizeof path, "rm -r %s/dev-mqueue", fake_proc());
	cr_assert(zero(int, system(path)));
	fake_expect(RUN("--check", "100", "-q", "-Q"), 3,
		    "IPC UNKNOWN: QUEUES_MAX unknown | 'msgmni'=1;;9;0;10 'queues_max'=U;;255;0;256\n"
		    "UNKNOWN: QUEUES_MAX: no mqueue file system is mounted\n", "");
	fake.usage[IPC_SEM].have &= ~(UINT64_C(1) << F_USED_SEMS);
	fake_expect(RUN("--check", "91", "-s", "--source=syscall"), 3, "IPC UNKNOWN: SEMMNS unknown"
		    " | 'semmni'=180;;181;0;200 'semmns'=U;;29119;0;32000\nUNKNOWN: SEMMNS: unknown for some objects\n", "");
	fake_expect(RUN("--check", "90", "-s", "--source=syscall"), 2, "IPC CRITICAL: SEMMNI 180 of 200 used (90.00%), 1 more"
		    " | 'semmni'=180;;179;0;200 'semmns'=U;;28799;0;32000\nUNKNOWN: SEMMNS: unknown for some objects\n", "");
	/* Without a limit, nothing can exceed it. */
	fake.blocks = 0;
	fake.msgqueue = ~UINT64_C(0);
	fake_expect(RUN("--check", "0", "-M"), 0, "IPC OK: no limit to check\n", "");
}
