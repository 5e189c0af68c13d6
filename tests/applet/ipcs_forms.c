/* SPDX-License-Identifier: 0BSD */
/* Lists in every form, selected, sorted and limited: each line of the output, byte by byte. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)

enum { NOW = 1700000000, HOUR = 3600, DAY = 24 * HOUR };

static void segment(int index, int64_t uid, int64_t gid, int64_t mode, int64_t size, int64_t nattch, int64_t age)
{
	struct ipc_obj *o = fake_add(IPC_SHM, index, 0);

	ipc_set(o, F_UID, uid);
	ipc_set(o, F_GID, gid);
	ipc_set(o, F_MODE, mode);
	ipc_set(o, F_SIZE, size);
	ipc_set(o, F_NATTCH, nattch);
	ipc_set(o, F_CPID, 100 + index);
	ipc_set(o, F_LPID, 200 + index);
	ipc_set(o, F_ATIME, NOW - age);
	ipc_set(o, F_DTIME, 0);
	ipc_set(o, F_CTIME, NOW - 9 * DAY);
}

static void some(void)
{
	setenv("TZ", "UTC", 1);
	/* Our own /proc, which shows no other process. */
	fake.self = 4242;
	fake_file("/self/status", "Pid:\t4242\nPPid:\t0\nNSpid:\t4242\nNSpgid:\t4242\n");
	segment(0, 7001, 7001, 0600, 4096, 2, 90);
	segment(1, 7002, 7003, 0644 | IPC_DEST, 1536, 1, 3 * HOUR);
	segment(2, 4294967290, 0, 0666 | IPC_LOCKED, 10485760, 0, 8 * DAY);
	ipc_set(fake_add(IPC_MSG, 5, 0), F_QNUM, 3);
	ipc_set(&fake.at[IPC_MSG][5], F_CBYTES, 300);
	ipc_set(&fake.at[IPC_MSG][5], F_QBYTES, 16384);
	ipc_set(fake_add(IPC_SEM, 7, 0), F_NSEMS, 4);
}

TestSuite(forms, .init = some);

/* Argument lists are words between blanks. */
static struct ran run(const char *words)
{
	static char copy[512];
	char *w[16] = { NULL };
	size_t n = 0;

	strcpy(copy, words);
	for (char *s = strtok(copy, " "); s != NULL; s = strtok(NULL, " "))
		w[n++] = s;
	return RUN(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], w[14]);
}

struct line {
	const char *words, *out;
};

static void expect_lines(const struct line *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ran r = run(t[i].words);

		cr_expect(zero(int, r.status), "%s", t[i].words);
		cr_expect(eq(str, (char *)(uintptr_t)r.out, (char *)(uintptr_t)t[i].out), "%s", t[i].words);
		cr_expect(eq(str, (char *)(uintptr_t)r.err, ""), "%s", t[i].words);
	}
}

#define EXPECT_LINES(t) expect_lines(t, sizeof t / sizeof *t)

Test(forms, of_chosen_columns)
{
	static const struct line t[] = {
		{ "-m -o ID,OWNER,SIZE,STATUS",
		  "ID OWNER      SIZE STATUS\n 0 alice        4K \n 1 both       1.5K dest\n"
		  " 2 4294967290  10M locked\n" },
		{ "-m -o id,user,gid,group --noheadings", "0 alice      7001 staff\n1 both       7003 both\n"
		  "2 4294967290    0 root\n" },
		{ "-m -r -o ID,KEY,PERMS,MODE",
		  "ID KEY PERMS MODE\n0 0x00001000 rw------- 0600\n1 0x00001001 rw-r--r-- 01644\n"
		  "2 0x00001002 rw-rw-rw- 02666\n" },
		{ "-m -r --noheadings -P -o PERMS", "0600\n0644\n0666\n" },
		{ "-m -e -o ID,USER,SIZE", "ID=\"0\" USER=\"alice\" SIZE=\"4096\"\nID=\"1\" USER=\"both\" SIZE=\"1536\"\n"
		  "ID=\"2\" USER=\"4294967290\" SIZE=\"10485760\"\n" },
		{ "-m -n -o ID,CPID --rows 1", "ID=\"0\"\nCPID=\"100\"\n" },
		{ "-m -J -o ID,USER --rows 2",
		  "{\"version\":1,\n\"shmems\":[\n{\"id\":0,\"user\":\"alice\",\"uid\":7001},\n{\"id\":1,\"user\":\"both\",\"uid\":7002}\n],\n"
		  "\"complete\":true}\n" },
		{ "-m -J -o cgroup,OWNER,gid,group --rows 1", "{\"version\":1,\n\"shmems\":[\n{\"cgroup\":null,\"owner\":\"alice\","
		  "\"gid\":7001,\"group\":\"staff\",\"cgid\":3000000004,\"uid\":7001}\n],\n\"complete\":true}\n" },
		{ "-m --human -r -o SIZE --noheadings", "4K\n1.5K\n10M\n" },
		{ "-m -b -r -o SIZE --noheadings", "4096\n1536\n10485760\n" },
		{ "-m -r -o ATTACH,DETACH --noheadings --rows 1", "2023-11-14T22:11:50+00:00 -\n" },
		{ "-m -r -o ATTACH --noheadings --time-format epoch", "1699999910\n1699989200\n1699308800\n" },
		{ "-m -o ATTACH --noheadings", "22:11\n19:13\nNov06\n" },
		{ "-m -o ATTACH --noheadings --time-format full --rows 1", "Tue Nov 14 22:11:50 2023\n" },
		{ "-m -r -o AGE", "AGE\n0\n0\n691200\n" },
		{ "-m -o AGE", "AGE\n 0s\n 0s\n 8d\n" },
		{ "-m -r -o +RSS --noheadings --rows 1", "0x00001000 0 alice rw------- 4096 2 - -\n" },
		{ "-m -t -r --rows 1", "ID OWNER ATTACH DETACH CTIME\n"
		  "0 alice 2023-11-14T22:11:50+00:00 - 2023-11-05T22:13:20+00:00\n" },
		{ "-m -p -r --noheadings", "0 alice 100 200\n1 both 101 201\n2 4294967290 102 202\n" },
		{ "-m -c -r --noheadings --rows 1", "0 rw------- 3000000003 3000000004 alice staff\n" },
		{ "-q -e", "KEY=\"0x00001005\" ID=\"5\" OWNER=\"3000000001\" PERMS=\"rw-r--r--\" USEDBYTES=\"300\" MSGS=\"3\"\n" },
		{ "-s -p -r", "ID\n7\n" },
	};

	EXPECT_LINES(t);
}

/* Kinds in separate tables have titles; one table of selected columns has none. */
Test(forms, of_several_kinds)
{
	static const struct line t[] = {
		{ "-q -s -r", "KEY ID OWNER PERMS USEDBYTES MSGS\n0x00001005 5 3000000001 rw-r--r-- 300 3\n"
		  "KEY ID OWNER PERMS NSEMS\n0x00001007 7 3000000001 rw-r--r-- 4\n" },
		{ "-q -s -P", "------ Message Queues --------\n"
		  "KEY        ID OWNER      PERMS USEDBYTES MSGS\n0x00001005  5 3000000001 0644       300B    3\n\n"
		  "------ Semaphore Arrays --------\n"
		  "KEY        ID OWNER      PERMS NSEMS\n0x00001007  7 3000000001 0644      4\n\n" },
		{ "-q -s -P --noheadings", "0x00001005 5 3000000001 0644 300B 3\n0x00001007 7 3000000001 0644 4\n" },
		{ "-a -r -o KIND,ID,SIZE,NSEMS --sort kind:desc,id", "KIND ID SIZE NSEMS\nsem 7 - 4\nshm 0 4096 -\n"
		  "shm 1 1536 -\nshm 2 10485760 -\nmsg 5 - -\n" },
		{ "-q -m -s -J -o id --rows 1", "{\"version\":1,\n\"queues\":[\n{\"id\":5}\n],\n\"shmems\":[\n{\"id\":0}\n],\n"
		  "\"semaphores\":[\n{\"id\":7}\n],\n\"complete\":true}\n" },
		{ "-q --key 99 -J", "{\"version\":1,\n\"queues\":[],\n\"complete\":true}\n" },
	};

	EXPECT_LINES(t);
}

/* All columns that take no additional calls, unknown ones as null. */
Test(forms, of_json_by_default)
{
	static const struct line t[] = {
		{ "-s -J",
		  "{\"version\":1,\n\"semaphores\":[\n{\"kind\":\"sem\",\"key\":\"0x00001007\",\"id\":7,\"owner\":\"3000000001\","
		  "\"perms\":\"rw-r--r--\",\"mode\":\"0644\",\"uid\":3000000001,\"user\":null,\"gid\":3000000002,\"group\":null,"
		  "\"cuid\":3000000003,\"cuser\":null,\"cgid\":3000000004,\"cgroup\":null,\"nsems\":4,\"otime\":null,"
		  "\"ctime\":\"2023-11-14T22:13:20+00:00\",\"age\":0}\n],\n\"complete\":true}\n" },
		{ "-m -J --rows 1",
		  "{\"version\":1,\n\"shmems\":[\n{\"kind\":\"shm\",\"key\":\"0x00001000\",\"id\":0,\"owner\":\"alice\","
		  "\"perms\":\"rw-------\",\"mode\":\"0600\",\"uid\":7001,\"user\":\"alice\",\"gid\":7001,\"group\":\"staff\","
		  "\"cuid\":3000000003,\"cuser\":null,\"cgid\":3000000004,\"cgroup\":null,\"size\":4096,\"rss\":null,"
		  "\"swap\":null,\"nattch\":2,\"status\":\"\",\"cpid\":100,\"lpid\":200,\"attach\":\"2023-11-14T22:11:50+00:00\","
		  "\"detach\":null,\"ctime\":\"2023-11-05T22:13:20+00:00\",\"age\":0}\n],\n\"complete\":true}\n" },
		{ "-m -J -o command,orphan --rows 1",
		  "{\"version\":1,\n\"shmems\":[\n{\"command\":null,\"orphan\":\"no\"}\n],\n\"complete\":true}\n" },
		{ "-q -m -J -o size,nattch", "{\"version\":1,\n\"queues\":[\n{\"size\":null,\"nattch\":null}\n],\n"
		  "\"shmems\":[\n{\"size\":4096,\"nattch\":2},\n{\"size\":1536,\"nattch\":1},\n{\"size\":10485760,\"nattch\":0}\n],\n"
		  "\"complete\":true}\n" },
	};

	EXPECT_LINES(t);
}

Test(forms, of_names_for_shells)
{
	fake_file("/sys/kernel/msgmni", "10");
	ipc_clear(&fake.usage[IPC_MSG], IPC_MSG);
	ipc_set(&fake.usage[IPC_MSG], F_USED, 1);
	fake_file("/sys/kernel/msgmax", "20");
	fake_file("/sys/kernel/msgmnb", "30");
	fake_expect(RUN("-g", "-q", "-e", "-y", "-o", "LIMIT,USE%", "--rows", "1"), 0, "LIMIT=\"10\" USE_PCT=\"10.00\"\n", "");
	fake_expect(RUN("-g", "-q", "-e", "-o", "LIMIT,USE%", "--rows", "1"), 0, "LIMIT=\"10\" USE%=\"10.00\"\n", "");
	fake_expect(RUN("-g", "-q", "-n", "-y", "-o", "LIMIT,USE%", "--rows", "1"), 0, "LIMIT=\"10\"\nUSE_PCT=\"10.00\"\n", "");
}

/* "ID ID ...": the segments that a selection leaves. */
Test(forms, of_selections)
{
	static const struct line t[] = {
		{ "--user alice", "0\n" }, { "--user 7001", "0\n" }, { "--user both", "1\n" }, { "--user root", "" },
		{ "--user alice --user both", "0\n1\n" },
		{ "--group staff", "0\n" }, { "--group both", "1\n" }, { "--group 7003", "1\n" }, { "--group root", "2\n" },
		{ "--group staff --group root", "0\n2\n" }, { "--user alice --group both", "" },
		{ "--created-by 3000000003", "0\n1\n2\n" }, { "--created-by alice", "" },
		{ "--key 0x1001", "1\n" }, { "--key 0x1001 --key 4098", "1\n2\n" },
		{ "--perms 600", "0\n" }, { "--perms rw-rw-rw-", "2\n" }, { "--perms 640", "" },
		{ "--perms g+w,o+w", "2\n" }, { "--perms u=rw,go=", "0\n" },
		{ "--min-size 4096", "0\n2\n" }, { "--min-size 4097", "2\n" }, { "--max-size 4K", "0\n1\n" },
		{ "--min-size 1537 --max-size 4096", "0\n" },
		{ "--older-than 90s", "2\n" }, { "--older-than 8d", "" }, { "--older-than 1w", "2\n" },
		{ "--newer-than 3h", "0\n1\n" }, { "--newer-than 193h", "0\n1\n2\n" },
		{ "--unattached", "2\n" }, { "--dest", "1\n" }, { "--locked", "2\n" }, { "--dest --locked", "" },
		{ "--orphaned", "" },
		{ "--orphaned=yes", "" },
		{ "--orphaned=maybe", "2\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char words[256];

		snprintf(words, sizeof words, "-m -r --noheadings -o ID %s", t[i].words);
		expect_lines(&(struct line){ words, t[i].out }, 1);
	}
}

Test(forms, of_selections_of_other_kinds)
{
	static const struct line t[] = {
		{ "-a -r --noheadings -o KIND --max-size 300", "msg\n" },
		{ "-a -r --noheadings -o KIND --min-size 301", "shm\nshm\nshm\n" },
		{ "-a -r --noheadings -o KIND --unattached", "shm\n" },
		{ "-A -r --noheadings -o KIND --dest", "shm\n" },
		{ "-a -r --noheadings -o KIND --user 3000000001", "msg\nsem\n" },
	};

	EXPECT_LINES(t);
}

#define CHOOSE "ipcs: --time, --pid and --creator choose the columns: --output +LIST adds to them\n"

Test(forms, of_refused_arguments)
{
	static const struct line t[] = {
		{ "-m --user nobody", "ipcs: unknown user: 'nobody'\n" },
		{ "-m --user staff", "ipcs: unknown user: 'staff'\n" },
		{ "-m --group alice", "ipcs: unknown group: 'alice'\n" },
		{ "-m --created-by=staff", "ipcs: unknown user: 'staff'\n" },
		{ "-m --key 0x1ffffffff", "ipcs: --key '0x1ffffffff': more than 32 bits\n" },
		{ "-m --perms 888", "ipcs: --perms '888': not octal or symbolic permissions\n" },
		{ "-m --min-size x", "ipcs: --min-size 'x': not a size\n" },
		{ "-m --newer-than 3y", "ipcs: --newer-than '3y': not a time such as 90s, 15m, 12h or 7d\n" },
		{ "-m --rows x", "ipcs: --rows 'x': not a nonnegative integer\n" },
		{ "-m --time-format x", "ipcs: --time-format 'x': not short, full, iso or epoch\n" },
		{ "-m --sort id,id,id,id,id,id,id,id,id", "ipcs: too many columns to sort by\n" },
		{ "-m --sort id:down", "ipcs: --sort 'id:down': not COLUMN, COLUMN:asc or COLUMN:desc\n" },
		{ "-m --sort id:as", "ipcs: --sort 'id:as': not COLUMN, COLUMN:asc or COLUMN:desc\n" },
		{ "-m -i 0 --user root", "ipcs: --user does not apply to --id\n" },
		{ "-g --user root", "ipcs: --user does not apply to --global\n" },
		{ "--check 5 --user root", "ipcs: --user does not apply to --check\n" },
		{ "-l --rows 5", "ipcs: --rows does not apply to --limits\n" },
		{ "-m -i 0 --sort id", "ipcs: --sort does not apply to --id\n" },
		{ "-u -r", "ipcs: --raw does not apply to --summary\n" },
		{ "-l --check 5", "ipcs: --limits does not apply to --check\n" },
		{ "-u --openmetrics", "ipcs: --summary does not apply to --openmetrics\n" },
		{ "-m -i 0 --check 5", "ipcs: --id does not apply to --check\n" },
		{ "--watch --check 5", "ipcs: --watch does not apply to --check\n" },
		{ "--watch --openmetrics", "ipcs: --watch does not apply to --openmetrics\n" },
		{ "--openmetrics -J", "ipcs: --json does not apply to --openmetrics\n" },
		{ "--openmetrics --check 5", "ipcs: --openmetrics does not apply to --check\n" },
		{ "--openmetrics -o ID", "ipcs: --output does not apply to --openmetrics\n" },
		{ "-m -M --key 1", "ipcs: --key does not apply to POSIX shared memory segments\n" },
		{ "-l --attached", "ipcs: --attached does not apply to --limits\n" },
		{ "-g --waiting", "ipcs: --waiting does not apply to --global\n" },
		{ "-Q -N x --peek", "ipcs: --peek does not apply to POSIX message queues\n" },
		{ "-q --peek", "ipcs: --peek does not apply to lists\n" },
		{ "-s -i 7 --peek", "ipcs: --peek does not apply to semaphore sets\n" },
		{ "-q -i 5 -e --peek", "ipcs: --peek shows the details of a queue: it cannot be combined with a table or list form\n" },
		{ "-q -i 5 --peek=0", "ipcs: --peek '0': not a number from 1 to 2147483647\n" },
		{ "-q -i 5 --peek=", "ipcs: --peek '': not a number from 1 to 2147483647\n" },
		{ "--watch=0", "ipcs: --watch '0': not a number from 1 to 86400\n" },
		{ "--watch=86401", "ipcs: --watch '86401': not a number from 1 to 86400\n" },
		{ "-m -i 0 -N x", "ipcs: when using a name, a single POSIX resource must be specified\n" },
		{ "-m -N x", "ipcs: when using a name, a single POSIX resource must be specified\n" },
		{ "-M -Q -N x", "ipcs: when using a name, a single POSIX resource must be specified\n" },
		{ "-M -i 0", "ipcs: --id does not apply to POSIX shared memory segments\n" },
		{ "-M -i 0 -N x", "ipcs: --id does not apply to POSIX shared memory segments\n" },
		{ "-M -m -q -t -g", "ipcs: --time does not apply to --global\n" },
		{ "-g -t", "ipcs: --global does not apply to --time\n" },
		{ "-g -m -i 0", "ipcs: --global does not apply to --id\n" },
		{ "-J -e", "ipcs: --json and --export cannot be combined\n" },
		{ "-n -J", "ipcs: --json and --newline cannot be combined\n" },
		{ "-r -e", "ipcs: --export and --raw cannot be combined\n" },
		{ "-J --noheadings", "ipcs: --json and --noheadings cannot be combined\n" },
		{ "-J --human", "ipcs: --json and --human cannot be combined\n" },
		{ "-y", "ipcs: --shell needs --export or --newline\n" },
		{ "--check 5 -n", "ipcs: --newline does not apply to --check\n" },
		{ "-m --attached -o ID", "ipcs: --attached adds a column: include ATTACHED in the list of --output\n" },
		{ "-q --waiting -o ID", "ipcs: --waiting adds a column: include WAITING in the list of --output\n" },
		{ "-m -t -o ID", CHOOSE }, { "-J -o ID -p", CHOOSE }, { "-r -c -o ID", CHOOSE },
		{ "-q --attached", "ipcs: --attached does not apply to message queues\n" },
		{ "-m --waiting", "ipcs: --waiting does not apply to shared memory segments\n" },
		{ "-q -i 5 --attached", "ipcs: --attached does not apply to message queues\n" },
		{ "-m -i 0 --waiting", "ipcs: --waiting does not apply to shared memory segments\n" },
		{ "-q --unattached", "ipcs: --unattached does not apply to message queues\n" },
		{ "-m -q --unattached", "ipcs: --unattached does not apply to message queues\n" },
		{ "-a -s --min-size 1", "ipcs: --min-size does not apply to semaphore sets\n" },
		{ "--all=posix --orphaned", "ipcs: --orphaned does not apply to POSIX message queues\n" },
		{ "--all=foo", "ipcs: unknown argument: foo\n" },
		{ "--all=", "ipcs: unknown argument: ''\n" },
		{ "-M --source proc", "ipcs: --source does not apply to POSIX shared memory segments\n" },
		{ "-m -o NSEMS", "ipcs: column NSEMS does not apply to shared memory segments\n" },
		{ "-m -q -o NSEMS", "ipcs: column NSEMS does not apply to these kinds of objects\n" },
		{ "-g -o ID", "ipcs: column ID does not apply to limits\n" },
		{ "-l -o ID", "ipcs: column ID does not apply to limits\n" },
		{ "-m --sort limit", "ipcs: column LIMIT does not apply to shared memory segments\n" },
		{ "-m -o natch", "ipcs: unknown column 'natch' (did you mean NATTCH? 'ipcs -o help' lists all)\n" },
		{ "-m -o ID,NONE", "ipcs: unknown column 'NONE' ('ipcs -o help' lists all)\n" },
		{ "-m -o ", "ipcs: option requires an argument -- 'o'\nTry 'ipcs --help' for more information.\n" },
		{ "--rows", "ipcs: option '--rows' requires an argument\nTry 'ipcs --help' for more information.\n" },
		{ "--atached", "ipcs: unrecognized option '--atached' (did you mean '--attached'?)\n" },
		{ "--help=most", "ipcs: --help takes only 'all', not 'most'\n" },
		{ "-M -N a/b", "ipcs: 'a/b' is not the name of a POSIX object\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ran r = run(t[i].words);

		/* Each failure of a monitoring plugin is UNKNOWN. */
		cr_expect(eq(int, r.status, strstr(t[i].words, "--check") != NULL ? 3 : 1), "%s", t[i].words);
		cr_expect(eq(str, (char *)(uintptr_t)r.out, ""), "%s", t[i].words);
		cr_expect(eq(str, (char *)(uintptr_t)r.err, (char *)(uintptr_t)t[i].out), "%s", t[i].words);
	}
}

Test(forms, of_unknown_columns)
{
	struct ran r = RUN("-o", "help");
	char list[512] = "id";

	cr_expect(zero(int, r.status));
	cr_expect(strncmp(r.out, "        KIND  Kind: msg, ", 25) == 0 && strstr(r.out, "\n        USE%  ") != NULL, "%s", r.out);
	cr_expect(RUN("-m", "-o", "").status == 1);
	cr_expect(RUN("-m", "-o", "ID,").status == 1);
	cr_expect(RUN("-m", "--sort", "a-name-that-is-longer-than-any-column-and-than-what-is-shown-of-it").status == 1);
	for (int i = 1; i < 100; i++)
		strcat(list, ",id");
	fake_expect(RUN("-m", "-o", list), 0, "ID\n 0\n 1\n 2\n", "");
}

Test(forms, of_sorted_lists)
{
	static const struct line t[] = {
		{ "--sort size", "1\n0\n2\n" }, { "--sort size:desc", "2\n0\n1\n" }, { "--sort SIZE:asc", "1\n0\n2\n" },
		{ "--sort age", "0\n1\n2\n" }, { "--sort age:desc", "2\n0\n1\n" },
		{ "--sort attach", "2\n1\n0\n" }, { "--sort owner", "2\n0\n1\n" }, { "--sort owner:desc", "1\n0\n2\n" },
		{ "--sort ctime,id:desc", "2\n1\n0\n" }, { "--sort ctime", "0\n1\n2\n" }, { "--sort rss,size", "1\n0\n2\n" },
		{ "--sort size --rows 2", "1\n0\n" }, { "--rows 1", "0\n" }, { "--rows 0", "" },
		{ "--sort size --rows 0", "" }, { "--rows 18446744073709551615", "0\n1\n2\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char words[256];

		snprintf(words, sizeof words, "-m -r --noheadings -o ID %s", t[i].words);
		expect_lines(&(struct line){ words, t[i].out }, 1);
	}
	fake_expect(RUN("-m", "--sort", "size:desc", "--rows", "1"), 0,
		    "\n------ Shared Memory Segments --------\n"
		    "key        shmid      owner      perms      bytes      nattch     status      \n"
		    "0x00001002 2          4294967290 666        10485760   0                 locked\n\n", "");
}

/* The age is a time, so it sorts correctly even before the epoch; rows without one come last. */
Test(forms, of_lists_by_age)
{
	for (int i = 0; i < 6; i++) {
		struct ipc_obj *o = fake_add(IPC_SEM, 10 + i, 0);

		/* In the future, unknown, old, new, and twice the same. */
		ipc_set(o, F_CTIME, (int64_t[]){ NOW + 50, 0, NOW - 3 * DAY, NOW - 10, NOW - 100, NOW - 100 }[i]);
	}
	fake.at[IPC_SEM][7].have = 0;
	fake_expect(RUN("-s", "-r", "--noheadings", "-o", "ID,AGE", "--sort", "age"), 0,
		    "10 0\n13 10\n14 100\n15 100\n12 259200\n11 -\n", "");
	fake_expect(RUN("-s", "-r", "--noheadings", "-o", "ID,AGE", "--sort", "age:desc"), 0,
		    "12 259200\n14 100\n15 100\n13 10\n10 0\n11 -\n", "");
	fake_expect(RUN("-s", "-r", "--noheadings", "-o", "ID", "--sort", "age:desc", "--rows", "1"), 0, "12\n", "");
}

/* The kernel's list lacks the capacities of queues: one call for each, if requested. */
Test(forms, of_what_takes_calls)
{
	fake_file("/sysvipc/msg", "key msqid perms cbytes qnum\n4101 5 644 300 3\n");
	fake_expect(RUN("-q", "-r", "-o", "ID,QBYTES"), 0, "ID QBYTES\n5 16384\n", "");
	cr_expect(eq(uint, fake.calls[OP_STAT], 1));
	fake_expect(RUN("-q", "-r", "-o", "ID", "--sort", "qbytes"), 0, "ID\n5\n", "");
	cr_expect(eq(uint, fake.calls[OP_STAT], 2));
	fake_expect(RUN("-q", "-r", "-o", "ID,MSGS"), 0, "ID MSGS\n5 3\n", "");
	cr_expect(eq(uint, fake.calls[OP_STAT], 2));
	fake.fail[IPC_MSG][OP_STAT] = -EACCES;
	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	fake_expect(RUN("-q", "-r", "-o", "ID,QBYTES"), 0, "ID QBYTES\n5 -\n", "");
}

/* Nothing is selected, but that is no success: nobody could look. */
Test(forms, of_orphans_that_cannot_be_judged)
{
	static const char *const words[] = { "-m -r --noheadings -o ID --orphaned", "-u -m --orphaned", "-m -J -o orphan" };

	fake_file("/self/status", "");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct ran r = run(words[i]);

		cr_expect(eq(int, r.status, 1), "%s", words[i]);
		cr_expect(strncmp(r.err, "ipcs: cannot judge orphans: the processes of this PID namespace are not visible in /", 84) == 0,
			  "%s: %s", words[i], r.err);
	}
	cr_expect(strstr(run("-m -J -o orphan").out, "\"complete\":false}") != NULL);
	/* Segments that are attached need no look. */
	fake_expect(RUN("-m", "-r", "--noheadings", "-o", "ID", "--orphaned", "--user", "both"), 0, "", "");
}

Test(forms, of_commands_and_orphans)
{
	fake.alive[0] = 100;
	fake_file("/100/stat", "100 (x y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 0\n");
	fake_bytes("/100/cmdline", "/bin/some\0a b\0", 14);
	fake_expect(RUN("-m", "-r", "-o", "ID,COMMAND,ORPHAN"), 0,
		    "ID COMMAND ORPHAN\n0 /bin/some\\x20a\\x20b no\n1 - no\n2 - maybe\n", "");
	fake_bytes("/100/cmdline", "x", 2);
	fake_expect(RUN("-m", "-r", "-o", "COMMAND", "--rows", "1"), 0, "COMMAND\nx\n", "");
	fake_expect(RUN("-m", "-J", "-o", "command,orphan", "--orphaned=maybe"), 0,
		    "{\"version\":1,\n\"shmems\":[\n{\"command\":null,\"orphan\":\"maybe\"}\n],\n\"complete\":true}\n", "");
}

/* A list that ends early is reported, and the rows before it are shown. */
Test(forms, of_a_source_that_fails_in_the_middle)
{
	char want[256];

	fake.fail_at[IPC_SHM][1] = -EIO;
	fake_expect(RUN("-m", "-r", "-o", "ID", "--min-size", "1"), 1, "ID\n0\n",
		    "ipcs: shared memory: shmctl failed: Input/output error\n");
	fake_expect(RUN("-m", "-J", "-o", "ID", "--min-size", "1"), 1,
		    "{\"version\":1,\n\"shmems\":[\n{\"id\":0}\n],\n\"complete\":false}\n",
		    "ipcs: shared memory: shmctl failed: Input/output error\n");
	fake_expect(RUN("-m", "-r", "-o", "ID", "--sort", "id"), 1, "ID\n0\n",
		    "ipcs: shared memory: shmctl failed: Input/output error\n");
	fake_file("/sysvipc/shm", "key shmid\n4096 0\n4097 1\nx\n");
	snprintf(want, sizeof want, "ipcs: cannot read %s/sysvipc/shm: malformed contents\n", fake_proc());
	fake_expect(RUN("-m", "-r", "-o", "ID", "--source=proc", "--key", "4097"), 1, "ID\n1\n", want);
}

Test(forms, of_a_kind_that_fails_is_null)
{
	fake.fail[IPC_SHM][FAKE_LIMITS] = -ENOSYS;
	fake_expect(RUN("-m", "-s", "-J", "-o", "id"), 1, "{\"version\":1,\n\"shmems\":null,\n\"semaphores\":[\n{\"id\":7}\n],\n"
		    "\"complete\":false}\n", "ipcs: kernel not configured for shared memory\n");
	fake_expect(RUN("-m", "-r"), 1, "", "ipcs: kernel not configured for shared memory\n");
}
