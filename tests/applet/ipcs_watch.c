/* SPDX-License-Identifier: 0BSD */
/* --watch: the output of each round, on a pipe and on a terminal, and its marks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Each document is one line of unknown length. */
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

	fake_file("/sys/kernel/msgmni", "10");
	fake_file("/sys/kernel/msgmax", "20");
	fake_file("/sys/kernel/msgmnb", "30");
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

/* A new process of the owner: it has no readable thread, so it counts as invisible. */
static bool a_process_comes(unsigned n)
{
	if (n == 1)
		fake_file("/500/status", "Pid:\t500\nPPid:\t1\nVmSize:\t1 kB\n");
	return n < 2;
}

/* Live processes are looked up in each round, not only in the first. */
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
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch", "7"), 0, "ID\n", "");
	cr_expect(eq(i64, fake.seconds, 7));
	fake_expect(RUN("--watch", "-s", "-r", "-o", "ID", "--watch=9"), 0, "ID\n", "");
	cr_expect(eq(i64, fake.seconds, 9));
	fake.interrupts = 3;
	fake.alarms = 0;
	fake_expect(RUN("-s", "-r", "-o", "ID", "--watch=1"), 0, "ID\n", "");
	cr_expect(zero(int, fake.interrupts), "an interrupted wait is no tick");
	cr_expect(eq(uint, fake.alarms, 1), "and does not begin again");
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
	fake_expect(RUN("-m", "-i", "0", "-r", "-o", "ID", "--watch"), 1, "ID\n0\n\nID\n", "ipcs: id 0 is gone\n");
}

Test(watch, arguments_that_are_no_time)
{
	static const char *const words[] = { "", "0", "x", "1s", "-1", "86401", "99999999999999999999" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *want = format("ipcs: --watch '%s': not a number from 1 to 86400\n", words[i]);

		fake_expect(RUN("-s", format("--watch=%s", words[i])), 1, "", want);
		if (*words[i] != '-')
			fake_expect(RUN("-s", "--watch", words[i]), 1, "", want);
	}
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
#define LEAVE "\033[m\n\033[?7h\033[?25h\033[?1049l"
#define MARKED(row, mark) "\033[1m" row " " mark "\033[m\n"

/* The sequence that clears the screen, and the first line, 80 columns wide. */
static char *screen(const char *command)
{
	return format(CLEAR "Every 2 seconds: %-32s host: Tue Nov 14 22:13:20 2023\n", command);
}

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

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), len = strlen(end);

	return n >= len && strcmp(s + n - len, end) == 0;
}

/* The last line of a screen has no newline, which would scroll the first one away. */
Test(watch, a_screen_has_so_many_lines)
{
	static const struct { int lines; unsigned shown; const char *last; } t[] = {
		{ -1, 23, "\n20\n9 more lines" LEAVE }, { 0, 23, "\n20\n9 more lines" LEAVE },
		{ 1, 0, CLEAR "32 more lines" LEAVE }, { 2, 1, "2023\n31 more lines" LEAVE },
		{ 3, 2, "\nID\n30 more lines" LEAVE }, { 10, 9, "\n 6\n23 more lines" LEAVE },
		{ 32, 31, "\n28\n1 more line" LEAVE }, { 33, 32, "\n28\n29\n" LEAVE }, { 50, 32, "\n29\n" LEAVE },
	};

	rows(30);
	fake.terminal = true;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ran r;

		fake.lines = t[i].lines;
		r = RUN("-s", "--watch", "-o", "ID");
		cr_expect(zero(int, r.status));
		cr_expect(eq(uint, lines(r.out), t[i].shown + 1), "a terminal of %d lines", t[i].lines);
		cr_expect(strncmp(r.out, ENTER CLEAR, strlen(ENTER CLEAR)) == 0, "%s", r.out);
		cr_expect(ends_with(r.out, t[i].last), "%s", r.out);
	}
}

/* An empty line at the end is not counted. */
Test(watch, an_empty_line_is_no_line_more)
{
	rows(3);
	fake.terminal = true;
	fake.lines = 6;
	cr_expect(ends_with(RUN("-s", "--watch").out, "\n2 more lines" LEAVE), "%s", fake_out.text);
	fake.lines = 8;
	cr_expect(ends_with(RUN("-s", "--watch").out, "-         \n" LEAVE), "%s", fake_out.text);
}

/* The command is cut first, then the end of the line. */
Test(watch, a_screen_has_so_many_columns)
{
	static const struct { int columns; const char *shown; } t[] = {
		{ 0, "Every 2 seconds: ipcs -M -o NAME,SIZE --sort name host: Tue Nov 14 22:13:20 2023\n" },
		{ 84, "Every 2 seconds: ipcs -M -o NAME,SIZE --sort name     host: Tue Nov 14 22:13:20 2023\n" },
		{ 78, "Every 2 seconds: ipcs -M -o NAME,SIZE --sort na host: Tue Nov 14 22:13:20 2023\n" },
		{ 50, "Every 2 seconds: ip host: Tue Nov 14 22:13:20 2023\n" },
		{ 48, "Every 2 seconds:  host: Tue Nov 14 22:13:20 2023\n" },
		{ 20, "Every 2 seconds:  ho\n" },
		{ 9, "Every 2 s\n" },
		{ 1, "E\n" },
	};

	fake_file("/dev-shm/name", "123");
	fake.terminal = true;
	fake.lines = 24;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const char *at, *want = format(CLEAR "%s", t[i].shown);

		fake.columns = t[i].columns;
		at = strstr(RUN("-M", "-o", "NAME,SIZE", "--sort", "name", "--watch").out, CLEAR);
		cr_expect(at != NULL && strncmp(at, want, strlen(want)) == 0, "%d: %s", t[i].columns, at);
	}
}

static bool a_file_comes(unsigned n)
{
	fake_file("/dev-shm/new", "1");
	return n < 2;
}

/* The bytes of a character stay together, and a mark replaces the last character. */
Test(watch, rows_are_cut)
{
	struct ran r;

	fake_file("/dev-shm/\303\244\303\266\303\274", "123");
	fake.terminal = true;
	fake.lines = 24;
	fake.columns = 45;
	fake.tick = a_file_comes;
	r = RUN("-M", "--sort", "name", "--watch");
	cr_expect(strstr(r.out, " \303\244\303\266\n\n" CLEAR) != NULL, "%s", r.out);
	cr_expect(strstr(r.out, " n+\033[m\n") != NULL, "%s", r.out);
}

/* Three ideographs take six columns, and none is cut in two. */
Test(watch, wide_characters_take_two_columns)
{
	static const struct { int columns; const char *shown; } t[] = {
		{ 67, "Every 2 seconds: ipcs --key n\u65e5\u672c\u8a9e  host: Tue Nov 14 22:13:20 2023\n" },
		{ 66, "Every 2 seconds: ipcs --key n\u65e5\u672c\u8a9e host: Tue Nov 14 22:13:20 2023\n" },
		{ 65, "Every 2 seconds: ipcs --key n\u65e5\u672c  host: Tue Nov 14 22:13:20 2023\n" },
	};

	fake.terminal = true;
	fake.lines = 24;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		fake.columns = t[i].columns;
		cr_expect(strstr(RUN("--watch", "--key", "n\u65e5\u672c\u8a9e").out, t[i].shown) != NULL, "%d: %s",
			  t[i].columns, fake_out.text);
	}
}

/* The header shows the command line in one form, without --watch. */
Test(watch, the_command_of_the_header)
{
	static const struct { const char *shown, *words[6]; } t[] = {
		{ "Every second: ipcs -s ", { "--watch", "1", "-s" } },
		{ "Every second: ipcs -s ", { "-s", "--wat=1" } },
		{ "Every 86400 seconds: ipcs -s --sort id ", { "-s", "--watch=86400", "--sort", "id" } },
		{ "Every 3 seconds: ipcs -s ", { "--watch", "-s", "--watch=3" } },
		{ "Every 2 seconds: ipcs -N a\\x1b]0;b -M ", { "-N", "a\033]0;b", "-M", "--watch" } },
	};

	fake_file("/dev-shm/a\033]0;b", "123");
	fake.terminal = true;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const char *const *w = t[i].words;

		cr_expect(strstr(RUN(w[0], w[1], w[2], w[3], w[4]).out, t[i].shown) != NULL, "%s: %s", t[i].shown, fake_out.text);
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

static void the_world_before(void)
{
	ipc_set(fake_add(IPC_SHM, 0, 0), F_NATTCH, 4);
	fake_add(IPC_SHM, 1, 0);
	ipc_set(fake_add(IPC_SHM, 3, 0), F_SIZE, 100);
	/* The same id in another kind is another object. */
	fake_add(IPC_MSG, 2, 0);
	fake.terminal = true;
	fake.tick = the_world_changes;
}

Test(watch, marks_of_what_came_grew_and_went)
{
	const char *top = screen("ipcs -q -m -o KIND,ID,NATTCH --s");

	the_world_before();
	fake_expect(RUN("-q", "-m", "--watch", "-o", "KIND,ID,NATTCH", "--sort", "kind,id"), 0,
		    format(ENTER
			   "%sKIND ID NATTCH\nmsg   2       \nshm   0      4\nshm   1      -\nshm   3      -\n"
			   "%sKIND    ID NATTCH\nmsg      2       \n" MARKED("shm      0      5", "*")
			   MARKED("shm      1      -", "-") MARKED("shm      2      -", "+")
			   MARKED("shm      3      -", "-") MARKED("shm  32771      -", "+")
			   "%sKIND    ID NATTCH\nmsg      2       \nshm      0      4\nshm      2      -\nshm  32771      -\n"
			   "%sKIND    ID NATTCH\nmsg      2       \nshm      0      4\nshm      2      -\nshm  32771      -\n"
			   LEAVE, top, top, top, top), "");
}

#define TITLE "\n------ Shared Memory Segments --------\n" \
	"key        shmid      owner      perms      bytes      nattch     status      \n"

/* A row of a classic table, 79 columns wide: the mark is in the last one of 80. */
#define SHM(key, id, bytes, nattch) \
	"0x0000" key " " id "3000000001 644        " bytes nattch "             "
#define AT_THE_EDGE(row, mark) "\033[1m" row mark "\033[m\n"

/* The tables are those of the command without --watch; removed rows come last. */
Test(watch, marks_in_classic_tables)
{
	const char *top = screen("ipcs -m");

	the_world_before();
	fake_expect(RUN("-m", "--watch"), 0,
		    format(ENTER "%s" TITLE SHM("1000", "0          ", "-          ", "4          ") "\n"
			   SHM("1001", "1          ", "-          ", "-          ") "\n"
			   SHM("1003", "3          ", "100        ", "-          ") "\n\n"
			   "%s" TITLE AT_THE_EDGE(SHM("1000", "0          ", "-          ", "5          "), "*")
			   AT_THE_EDGE(SHM("1002", "2          ", "-          ", "-          "), "+")
			   AT_THE_EDGE(SHM("1003", "32771      ", "100        ", "-          "), "+")
			   AT_THE_EDGE(SHM("1001", "1          ", "-          ", "-          "), "-")
			   AT_THE_EDGE(SHM("1003", "3          ", "100        ", "-          "), "-") "\n"
			   "%s" TITLE SHM("1000", "0          ", "-          ", "4          ") "\n"
			   SHM("1002", "2          ", "-          ", "-          ") "\n"
			   SHM("1003", "32771      ", "100        ", "-          ") "\n\n"
			   "%s" TITLE SHM("1000", "0          ", "-          ", "4          ") "\n"
			   SHM("1002", "2          ", "-          ", "-          ") "\n"
			   SHM("1003", "32771      ", "100        ", "-          ") "\n\n" LEAVE, top, top, top, top), "");
}

static bool resized_and_continued(unsigned n)
{
	if (n == 1) {
		fake_add(IPC_SHM, 2, 0);
		fake.signals[0] = SIGWINCH;
		fake.signals[1] = SIGCONT;
	}
	return n < 3;
}

/* A round that is redrawn early keeps its marks, and the interval continues. */
Test(watch, marks_stay_while_their_round_does)
{
	const char *top = screen("ipcs -m -o ID");

	fake_add(IPC_SHM, 0, 0);
	fake.terminal = true;
	fake.tick = resized_and_continued;
	fake_expect(RUN("-m", "--watch", "-o", "ID"), 0,
		    format(ENTER "%sID\n 0\n%sID\n 0\n" MARKED(" 2", "+") "%sID\n 0\n" MARKED(" 2", "+")
			   "%sID\n 0\n" MARKED(" 2", "+") "%sID\n 0\n 2\n" LEAVE, top, top, top, top, top), "");
	cr_expect(eq(uint, fake.alarms, 3));
}

Test(watch, tables_of_kinds_on_a_screen)
{
	ipc_set(fake_add(IPC_SEM, 3, 0), F_NSEMS, 1);
	fake.terminal = true;
	fake_expect(RUN("-q", "-s", "--watch"), 0,
		    format(ENTER "%s\n------ Message Queues --------\n"
			   "key        msqid      owner      perms      used-bytes   messages    \n\n"
			   "------ Semaphore Arrays --------\n"
			   "key        semid      owner      perms      nsems     \n"
			   "0x00001003 3          3000000001 644        1         \n\n" LEAVE, screen("ipcs -q -s")), "");
	fake_file("/sys/kernel/msgmni", "10");
	fake_file("/sys/kernel/msgmax", "20");
	fake_file("/sys/kernel/msgmnb", "30");
	fake_expect(RUN("-q", "-l", "--watch"), 0,
		    format(ENTER "%s\n------ Messages Limits --------\nmax queues system wide = 10\n"
			   "max size of message (bytes) = 20\ndefault max size of queue (bytes) = 30\n\n" LEAVE,
			   screen("ipcs -q -l")), "");
	fake_expect(RUN("-s", "-i", "9", "--watch"), 1, "", "ipcs: id 9 not found\n");
	fake_expect(RUN("-s", "-J", "-o", "ID", "--watch"), 0,
		    "{\"version\":1,\"semaphores\":[{\"id\":3}],\"complete\":true}\n", "");
}

/* Without a terminal description, documents are written as on a pipe. */
Test(watch, a_terminal_that_cannot_be_drawn_on)
{
	static const char *const terms[] = { NULL, "", "dumb" };

	fake_add(IPC_SEM, 3, 0);
	fake.terminal = true;
	fake.tick = three_times;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		fake.term = terms[i];
		fake.ticks = 1;
		fake_expect(RUN("-s", "-o", "ID", "--watch"), 0, "ID\n 3\n\nID\n 3\n", "");
	}
}

/* An object that vanishes is reported where it can be read, after leaving the screen. */
Test(watch, an_object_that_vanishes)
{
	const char *shown;
	struct ran r;

	ipc_set(fake_add(IPC_SHM, 0, 0), F_SIZE, 5);
	fake.terminal = true;
	fake.tick = removed_meanwhile;
	r = RUN("-m", "-i", "0", "-o", "ID", "--watch");
	cr_expect(eq(int, r.status, 1));
	cr_expect(eq(str, (char *)(uintptr_t)r.err, (char *)"ipcs: id 0 is gone\n"));
	shown = format(ENTER "%sID\n 0\n" LEAVE, screen("ipcs -m -i 0 -o ID"));
	cr_expect(eq(str, (char *)(uintptr_t)r.out, (char *)(uintptr_t)shown));
}

static int pipe_ends[2];

static void drain(int fd)
{
	char bytes[65536];

	(void)fd;
	cr_expect(gt(i64, (int64_t)read(pipe_ends[0], bytes, sizeof bytes), 0));
}

/* Also after a write error, such as that of a terminal with a slow reader. */
Test(watch, leaves_after_a_write_error)
{
	static char *argv[] = { (char *)(uintptr_t)"ipcs", (char *)(uintptr_t)"-s", (char *)(uintptr_t)"--watch", NULL };
	static struct memory err;
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	struct world w = { &ipcs_applet, &fake_out.out, &err.out, &sys, -1, false, "xterm" };
	char left[256];

	rows(2000);
	fake.terminal = true;
	fake.lines = 2000;
	fake.tick = three_times;
	fake.drain = drain;
	cr_assert(zero(int, pipe2(pipe_ends, O_NONBLOCK)));
	memory_init(&err);
	out_init(&fake_out.out, pipe_ends[1], fake_out.buf, sizeof fake_out.buf);
	ipcs_applet.run(&w, 3, argv);
	cr_expect(eq(int, fake_out.out.error, -EAGAIN));
	cr_expect(zero(uint, fake.ticks));
	cr_expect(eq(i64, (int64_t)read(pipe_ends[0], left, sizeof left), (int64_t)strlen(LEAVE)));
	cr_expect(zero(int, memcmp(left, LEAVE, strlen(LEAVE))));
}

static bool proc_is_masked(unsigned n)
{
	fake.fail[IPC_SEM][FAKE_LIMITS] = n == 1 ? -EPERM : 0;
	return n < 3;
}

/* A missing row is reported at the bottom of the screen; it does not count as gone, nor later as new. */
Test(watch, messages_at_the_bottom)
{
	const char *top = screen("ipcs -s -o ID --source=syscall");

	fake_add(IPC_SEM, 3, 0);
	fake.terminal = true;
	fake.tick = proc_is_masked;
	fake_expect(RUN("-s", "-o", "ID", "--watch", "--source=syscall"), 0,
		    format(ENTER "%sID\n 3\n%sipcs: semaphores: semctl failed: Operation not permitted%sID\n 3\n" LEAVE,
			   top, top, top), "");
}

/* Two names of the same length and hash (key_of_name). */
#define TWIN_A "ktodoe"
#define TWIN_B "yiijsv"

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

/* A POSIX object is identified by its name, whatever its file. */
Test(watch, marks_of_posix_objects)
{
	const char *top = screen("ipcs -M -o SIZE,NAME --sort name");

	fake_file("/dev-shm/" TWIN_A, "123");
	fake_file("/dev-shm/same", "12");
	fake_file("/dev-shm/grows", "123");
	fake.terminal = true;
	fake.tick = files_change;
	fake_expect(RUN("-M", "--watch", "-o", "SIZE,NAME", "--sort", "name"), 0,
		    format(ENTER "%sSIZE NAME\n  3B grows\n  3B " TWIN_A "\n  2B same\n"
			   "%sSIZE NAME\n" MARKED("  4B grows", "*") MARKED("  3B " TWIN_A, "-") "  2B same\n"
			   MARKED("  3B " TWIN_B, "+") LEAVE, top, top), "");
}

/* More rows in the previous round than fit the smallest hash table. */
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
	for (const char *s = second; (s = strstr(s, " -\033[m\n")) != NULL; s++)
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

/* A value that becomes known has not grown. */
Test(watch, v24_marks_of_what_becomes_known)
{
	const char *top = screen("ipcs -m -o ID,RSS");

	ipc_set(fake_add(IPC_SHM, 0, 0), F_SIZE, 8192);
	fake.terminal = true;
	fake.tick = another_field_is_known;
	fake_expect(RUN("-m", "--watch", "-o", "ID,RSS"), 0,
		    format(ENTER "%sID RSS\n 0   -\n%sID RSS\n 0  4K\n%sID RSS\n" MARKED(" 0  8K", "*") LEAVE,
			   top, top, top), "");
}
