/* SPDX-License-Identifier: 0BSD */
/* --watch: what is written at each tick, on a pipe and on a terminal, and what is marked there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)

static void utc(void)
{
	setenv("TZ", "UTC", 1);
}

TestSuite(watch, .init = utc);

static bool three_times(unsigned n)
{
	return n < 3;
}

/* Each document is one line, whose length nobody needs to know. */
Test(watch, one_line_of_json_a_tick)
{
	static const char *const want[] = {
		"{\"version\":1,\"shmems\":[{\"id\":0,\"nattch\":null},{\"id\":1,\"nattch\":null}],\"complete\":true}\n",
		"{\"version\":1,\"queues\":[],\"shmems\":[{\"id\":0},{\"id\":1}],\"semaphores\":[],\"complete\":true}\n",
		"{\"version\":1,\"usage\":{\"queues\":{\"used\":7,\"msgs\":null,\"usedbytes\":null}},\"complete\":true}\n",
		"{\"version\":1,\"resources\":[{\"resource\":\"MSGMNI\"},{\"resource\":\"MSGMAX\"},{\"resource\":\"MSGMNB\"}],"
		"\"complete\":true}\n",
		"{\"version\":1,\"semaphores\":[{\"id\":3,\"elements\":[{\"semnum\":0,\"sval\":0,\"ncount\":100,\"zcount\":200,"
		"\"pid\":0,\"command\":null},{\"semnum\":1,\"sval\":0,\"ncount\":101,\"zcount\":201,\"pid\":1,\"command\":null}]}],"
		"\"complete\":true}\n",
		"{\"version\":1,\"shmems\":[{\"id\":0,\"attached\":[],\"attached_complete\":false},"
		"{\"id\":1,\"attached\":[],\"attached_complete\":false}],\"complete\":true}\n",
	};
	char three[2048];

	fake_add(IPC_SHM, 0, 0);
	fake_add(IPC_SHM, 1, 0);
	ipc_clear(&fake.usage[IPC_MSG], IPC_MSG);
	ipc_set(&fake.usage[IPC_MSG], F_USED, 7);
	fake.tick = three_times;
#define EXPECT_THREE(i, ...) do { \
	snprintf(three, sizeof three, "%s%s%s", want[i], want[i], want[i]); \
	fake.ticks = 0; \
	fake_expect(RUN(__VA_ARGS__), 0, three, ""); \
	cr_expect(eq(uint, fake.ticks, 3)); \
} while (0)
	EXPECT_THREE(0, "-m", "-J", "--watch", "-o", "ID,NATTCH");
	EXPECT_THREE(1, "-a", "-J", "--watch", "-o", "ID", "--user", "3000000001");
	EXPECT_THREE(2, "-q", "-u", "-J", "--watch");
	EXPECT_THREE(3, "-q", "-g", "-J", "--watch", "-o", "RESOURCE");
	ipc_set(fake_add(IPC_SEM, 3, 0), F_NSEMS, 2);
	EXPECT_THREE(4, "-s", "-i", "3", "-J", "--watch", "-o", "ID");
	fake_file("/self/maps", "");
	EXPECT_THREE(5, "-m", "--attached", "-J", "--watch", "-o", "ID");
}

/* A process of the owner comes: it has no thread that tells who it is, so it counts as not seen. */
static bool a_process_comes(unsigned n)
{
	if (n == 1)
		fake_file("/500/status", "Pid:\t500\nPPid:\t1\nVmSize:\t1 kB\n");
	return n < 2;
}

/* Who lives is looked for at each tick, not remembered from the first. */
Test(watch, v05_orphans_are_judged_at_each_tick)
{
	struct ipc_obj *o = fake_add(IPC_SHM, 0, 0);
	static const uint8_t fields[] = { F_NATTCH, F_CPID, F_LPID, F_ATIME, F_DTIME };
	char path[256];

	for (size_t i = 0; i < sizeof fields; i++)
		ipc_set(o, fields[i], i == 0 ? 0 : 900);
	ipc_set(o, F_MODE, 0600);
	ipc_set(o, F_CTIME, 900);
	fake.self = 4242;
	fake_file("/self/status", "Pid:\t4242\nPPid:\t0\nNSpid:\t4242\nNSpgid:\t4242\n");
	fake_initial_pids("/self/ns/pid");
	snprintf(path, sizeof path, "21 20 0:6 / %s rw - proc proc rw\n", fake_proc());
	fake_file("/self/mountinfo", path);
	fake_file("/loadavg", "0.00 0.00 0.00 1/100 5000\n");
	fake.tick = a_process_comes;
	fake_expect(RUN("-m", "-r", "--noheadings", "-o", "ID,ORPHAN", "--watch=1"), 0, "0 yes\n\n0 maybe\n", "");
}

Test(watch, tables_with_a_line_between)
{
	fake_add(IPC_SEM, 3, 0);
	fake.tick = three_times;
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch"), 0, "ID\n3\n\nID\n3\n\nID\n3\n", "");
	fake.ticks = 1;
	fake_expect(RUN("-s", "--watch"), 0,
		    "\n------ Semaphore Arrays --------\n"
		    "key        semid      owner      perms      nsems     \n"
		    "0x00001003 3          3000000001 644        -         \n\n\n"
		    "\n------ Semaphore Arrays --------\n"
		    "key        semid      owner      perms      nsems     \n"
		    "0x00001003 3          3000000001 644        -         \n\n", "");
}

Test(watch, waits_as_long_as_told)
{
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch"), 0, "ID\n", "");
	cr_expect(eq(i64, fake.seconds, 2));
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch=86400"), 0, "ID\n", "");
	cr_expect(eq(i64, fake.seconds, 86400));
	fake.interrupts = 3;
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch=1"), 0, "ID\n", "");
	cr_expect(zero(int, fake.interrupts), "an interrupted wait is no tick");
}

static bool removed_meanwhile(unsigned n)
{
	fake.at[IPC_SHM][0].have = 0;
	return n < 2;
}

Test(watch, ends_with_what_fails_at_once)
{
	fake_expect(RUN("-m", "-i", "7", "--watch"), 1, "", "ipcs: id 7 not found\n");
	cr_expect(zero(i64, fake.seconds));
	fake_add(IPC_SHM, 0, 0);
	fake.tick = removed_meanwhile;
	fake_expect(RUN("-m", "-i", "0", "-r", "-o", "ID", "--watch"), 0, "ID\n0\n\nID\n", "ipcs: id 0 not found\n");
}

Test(watch, ends_with_its_reader)
{
	fake.tick = three_times;
	fake_out.fail = -EPIPE;
	fake_out.room = 5;
	cr_expect(zero(int, RUN("-s", "-r", "-o", "ID", "--watch").status));
	cr_expect(fake_out.out.error == -EPIPE && fake.ticks < 3, "%u", fake.ticks);
}

Test(watch, forgets_the_clock_of_the_last_tick)
{
	ipc_set(fake_add(IPC_SEM, 3, 0), F_CTIME, 1700000000 - 5);
	fake.tick = three_times;
	fake.now += 10;
	fake_expect(RUN("-s", "-r", "-o", "AGE", "--noheadings", "--watch", "--older-than", "14s"), 0, "15\n\n15\n\n15\n", "");
}

static bool time_passes(unsigned n)
{
	fake.now += 10;
	return n < 3;
}

Test(watch, the_clock_goes_on)
{
	ipc_set(fake_add(IPC_SEM, 3, 0), F_CTIME, fake.now - 5);
	fake.tick = time_passes;
	fake_expect(RUN("-s", "-r", "-o", "AGE", "--noheadings", "--watch"), 0, "5\n\n15\n\n25\n", "");
	fake.ticks = 0;
	fake_expect(RUN("-s", "-r", "-o", "ID", "--noheadings", "--watch", "--older-than", "40s"), 0, "\n3\n\n3\n", "");
}

#define ENTER "\033[?1049h\033[?25l\033[?7l"
#define CLEAR "\033[H\033[J"
#define LEAVE "\033[?7h\033[?25h\033[?1049l"

static void rows(unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		fake_add(IPC_SEM, (int)i, 0);
}

static unsigned lines(const char *s)
{
	unsigned n = 0;

	for (; *s != '\0'; s++)
		n += *s == '\n';
	return n;
}

/* The last line of a screen stays free: the end of one there would scroll the first away. */
Test(watch, a_screen_has_so_many_lines)
{
	static const struct { int lines; unsigned shown; } t[] = { { -1, 23 }, { 0, 23 }, { 2, 1 }, { 10, 9 }, { 50, 31 } };

	rows(30);
	fake.terminal = true;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ran r;

		fake.lines = t[i].lines;
		r = RUN("-s", "--watch", "-o", "ID");
		cr_expect(zero(int, r.status));
		cr_expect(eq(uint, lines(r.out), t[i].shown), "a terminal of %d lines", t[i].lines);
		cr_expect(strncmp(r.out, ENTER CLEAR "  ID\n", strlen(ENTER CLEAR "  ID\n")) == 0, "%s", r.out);
		cr_expect(strcmp(r.out + strlen(r.out) - strlen(LEAVE), LEAVE) == 0, "%s", r.out);
	}
}

static bool the_world_changes(unsigned n)
{
	if (n == 1) {
		fake_add(IPC_SHM, 2, 0);			/* comes */
		ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 5);	/* grows */
		fake.at[IPC_SHM][1].have = 0;			/* goes */
		ipc_set(fake_add(IPC_SHM, 3, 1), F_SIZE, 100);	/* goes, and another one comes at its index */
	} else {
		ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 4);	/* shrinks */
	}
	return n < 4;
}

Test(watch, marks_of_what_came_grew_and_went)
{
	ipc_set(fake_add(IPC_SHM, 0, 0), F_NATTCH, 4);
	fake_add(IPC_SHM, 1, 0);
	ipc_set(fake_add(IPC_SHM, 3, 0), F_SIZE, 100);
	/* The same id in another kind is another object. */
	fake_add(IPC_MSG, 2, 0);
	fake.terminal = true;
	fake.tick = the_world_changes;
	fake_expect(RUN("-q", "-m", "--watch", "-o", "KIND,ID,NATTCH", "--sort", "kind,id"), 0,
		    ENTER CLEAR "  KIND ID NATTCH\n  msg   2       \n  shm   0      4\n  shm   1      -\n  shm   3      -\n"
		    CLEAR "  KIND    ID NATTCH\n  msg      2       \n* shm      0      5\n- shm      1      -\n+ shm      2      -\n"
		    "- shm      3      -\n+ shm  32771      -\n"
		    CLEAR "  KIND    ID NATTCH\n  msg      2       \n  shm      0      4\n  shm      2      -\n  shm  32771      -\n"
		    CLEAR "  KIND    ID NATTCH\n  msg      2       \n  shm      0      4\n  shm      2      -\n  shm  32771      -\n"
		    LEAVE, "");
}

Test(watch, tables_of_kinds_on_a_screen)
{
	ipc_set(fake_add(IPC_SEM, 3, 0), F_NSEMS, 1);
	fake.terminal = true;
	fake_expect(RUN("-q", "-s", "--watch"), 0, ENTER CLEAR
		    "------ Message Queues --------\n  KEY ID OWNER PERMS USEDBYTES MSGS\n\n"
		    "------ Semaphore Arrays --------\n  KEY        ID OWNER      PERMS NSEMS\n"
		    "  0x00001003  3 3000000001 644       1\n\n" LEAVE, "");
	fake_expect(RUN("-q", "-l", "--watch"), 0, ENTER CLEAR
		    "\n------ Messages Limits --------\nmax queues system wide = -\nmax size of message (bytes) = -\n"
		    "default max size of queue (bytes) = -\n\n" LEAVE, "");
	fake_expect(RUN("-s", "-i", "9", "--watch"), 1, "", "ipcs: id 9 not found\n");
	fake_expect(RUN("-s", "-J", "-o", "ID", "--watch"), 0,
		    "{\"version\":1,\"semaphores\":[{\"id\":3}],\"complete\":true}\n", "");
}

/* Two names with the same hash (key_of_name), which their lengths tell apart. */
#define TWIN_A "cfzdzo"
#define TWIN_B "wujn"

static bool files_change(unsigned n)
{
	char path[256];

	if (n > 1)
		return false;
	snprintf(path, sizeof path, "%s/dev-shm/" TWIN_A, fake_proc());
	cr_assert(zero(int, remove(path)));
	fake_file("/dev-shm/" TWIN_B, "123");
	fake_file("/dev-shm/same", "12");
	fake_file("/dev-shm/grows", "1234");
	return true;
}

/* A POSIX object is what has its name, whichever file that is. */
Test(watch, marks_of_posix_objects)
{
	fake_file("/dev-shm/" TWIN_A, "123");
	fake_file("/dev-shm/same", "12");
	fake_file("/dev-shm/grows", "123");
	fake.terminal = true;
	fake.tick = files_change;
	fake_expect(RUN("-M", "--watch", "-o", "SIZE,NAME", "--sort", "name"), 0, ENTER
		    CLEAR "  SIZE NAME\n    3B " TWIN_A "\n    3B grows\n    2B same\n"
		    CLEAR "  SIZE NAME\n-   3B " TWIN_A "\n*   4B grows\n    2B same\n+   3B " TWIN_B "\n" LEAVE, "");
}

/* More than the smallest table of what was there the time before. */
static bool all_go(unsigned n)
{
	memset(fake.at[IPC_SEM], 0, sizeof fake.at[IPC_SEM]);
	return n < 2;
}

Test(watch, marks_of_many)
{
	const char *second;
	unsigned gone = 0;
	struct ran r;

	rows(1000);
	fake.terminal = true;
	fake.lines = 2000;
	fake.tick = all_go;
	r = RUN("-s", "--watch", "-o", "ID");
	second = strstr(strstr(r.out, CLEAR) + 1, CLEAR);
	cr_assert(not(zero(ptr, (void *)(uintptr_t)second)));
	for (const char *s = second; (s = strstr(s, "\n- ")) != NULL; s++)
		gone++;
	cr_expect(eq(uint, gone, 1000));
}

static bool another_field_is_known(unsigned n)
{
	if (n == 1)
		ipc_set(&fake.at[IPC_SHM][0], F_RSS, 4096);
	else
		ipc_set(&fake.at[IPC_SHM][0], F_RSS, 8192);
	return n < 3;
}

/* What becomes known has not grown by that. */
Test(watch, v24_marks_of_what_becomes_known)
{
	ipc_set(fake_add(IPC_SHM, 0, 0), F_SIZE, 8192);
	fake.terminal = true;
	fake.tick = another_field_is_known;
	fake_expect(RUN("-m", "--watch", "-o", "ID,RSS"), 0, ENTER CLEAR "  ID RSS\n   0   -\n" CLEAR "  ID RSS\n   0  4K\n"
		    CLEAR "  ID RSS\n*  0  8K\n" LEAVE, "");
}
