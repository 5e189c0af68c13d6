/* SPDX-License-Identifier: 0BSD */
/* Output that fits 80 columns and 24 lines, or the terminal; and lists of files, which are sorted by name. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)

static const char twenty[] = "name-of-20-letters-x";

/* Objects of all kinds as they are on a large server. */
static void many(void)
{
	static const uint8_t times[] = { F_ATIME, F_DTIME, F_STIME, F_RTIME, F_OTIME };
	char path[64];

	setenv("TZ", "UTC", 1);
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++) {
		struct ipc_obj *o = fake_add(kind, 4000, 30000);

		for (size_t i = 0; i < sizeof times; i++)
			ipc_set(o, times[i], 1690000000);
		ipc_set(o, F_SIZE, INT64_C(123456789012));
		ipc_set(o, F_RSS, INT64_C(123456789012));
		ipc_set(o, F_CBYTES, 16384);
		ipc_set(o, F_QNUM, 16384);
		ipc_set(o, F_NATTCH, 1000);
		ipc_set(o, F_NSEMS, 32000);
		ipc_set(o, F_CPID, 4194303);
		ipc_set(o, F_LPID, 4194303);
	}
	snprintf(path, sizeof path, "/dev-shm/%s", twenty);
	fake_file(path, "12345");
	snprintf(path, sizeof path, "/dev-shm/sem.%s", twenty);
	fake_file(path, "12345");
	fake.queues = true;
	snprintf(path, sizeof path, "/dev-mqueue/%s", twenty);
	fake_file(path, "QSIZE:819200     NOTIFY:0     SIGNO:0     NOTIFY_PID:4194303\n");
	fake.lines = 24;
}

TestSuite(width, .init = many);

/* The longest line and the number of lines, not counting the classic tables of System V. */
struct extent {
	size_t width, lines;
};

/* Only the classic tables of POSIX objects must fit; util-linux pads the others with blanks. */
static struct extent extent_of(const char *s)
{
	struct extent e = { 0, 0 };
	bool theirs = false;

	for (const char *end; *s != '\0'; s = end + 1) {
		size_t n;

		end = strchr(s, '\n');
		n = (size_t)(end - s);
		if (strncmp(s, "------ ", 7) == 0)
			theirs = strncmp(s, "------ POSIX", 12) != 0;
		while (theirs && n > 0 && s[n - 1] == ' ')
			n--;
		if (n > e.width)
			e.width = n;
		e.lines++;
	}
	return e;
}

static struct extent expect_fits(size_t width, const char *const *words)
{
	struct ran r = RUN(words[0], words[1], words[2], words[3]);
	struct extent e = extent_of(r.out);

	cr_expect(le(sz, e.width, width), "%s %s: %s", words[0], words[1] ? words[1] : "", r.out);
	cr_expect(ge(sz, e.lines, 2), "%s: %s", words[0], r.err);
	return e;
}

Test(width, usual_tables_fit_80_columns_in_a_pipe)
{
	static const char *const t[][4] = {
		{ "-A" }, { "-AQ" }, { "-A", "-t" }, { "-A", "-p" }, { "-A", "-c" }, { "-A", "--human" },
		{ "-A", "-t", "--human" }, { "-A", "--attached" }, { "-A", "--waiting" }, { "-A", "--attached", "--waiting" },
		{ "-A", "-P" }, { "-A", "-P", "-t" }, { "-A", "-P", "-p" }, { "-A", "-P", "-c" },
		{ "-g" }, { "-g", "-A" }, { "-A", "-l" }, { "-A", "-u" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		expect_fits(80, t[i]);
}

/* Including the line of the prompt. */
Test(width, the_resources_fit_24_lines)
{
	static const char *const t[][4] = { { "-g" }, { "-g", "-A" } };

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct extent e = expect_fits(80, t[i]);

		cr_expect(lt(sz, e.lines, 24), "%s %s", t[i][0], t[i][1] ? t[i][1] : "");
	}
	/* The limits that are the same on every kernel are elsewhere. */
	cr_expect(strstr(RUN("-g").out, "SHMMIN") == NULL);
	cr_expect(strstr(RUN("-g", "-r").out, "SHMMIN") != NULL && strstr(RUN("-g", "-J").out, "SHMMIN") != NULL);
	cr_expect(strstr(RUN("-g", "-o", "RESOURCE").out, "SHMMIN") != NULL);
}

Test(width, a_terminal_is_filled_and_not_more)
{
	static const char *const t[][4] = {
		{ "-g" }, { "-A", "-P" }, { "-A", "--attached" }, { "-A", "-P", "-t" }, { "-A", "-o", "+CTIME,MODE,AGE" },
		{ "-M", "-o", "NAME,SIZE,MODE,UID,GID,OWNER" },
	};
	struct extent piped, narrow;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		fake.columns = 0;
		piped = expect_fits(200, t[i]);
		fake.columns = 48;
		narrow = expect_fits(48, t[i]);
		cr_expect(eq(sz, narrow.lines, piped.lines), "cut, not wrapped: %s", t[i][0]);
		cr_expect(eq(sz, narrow.width, 48), "%s", t[i][0]);
		fake.columns = 300;
		cr_expect(eq(sz, expect_fits(200, t[i]).width, piped.width), "%s", t[i][0]);
	}
	fake.columns = 40;
	fake_expect(RUN("-M", "-o", "NAME,SIZE,MODE,CTIME,UID"), 0,
		    "NAME          SIZE MODE CTIME        UID\nname-of-20-l+   5B 0644 22:13 3000000001\n", "");
	/* Only tables of columns are cut. */
	cr_expect(gt(sz, extent_of(RUN("-A").out).width, 40));
	cr_expect(gt(sz, extent_of(RUN("-A", "-r").out).width, 40));
	cr_expect(gt(sz, extent_of(RUN("-A", "-e").out).width, 40));
	cr_expect(gt(sz, extent_of(RUN("-A", "-J").out).width, 40));
}

/* The capacity of a queue makes room for its users in tables, but not in the other forms. */
Test(width, columns_that_make_room_for_holders)
{
	cr_expect(strncmp(RUN("-Q", "--attached").out, "OWNER      PERMS     USEDBYTES MSGS NAME  ", 40) == 0);
	cr_expect(strncmp(RUN("-Q", "-P").out, "OWNER      PERMS USEDBYTES MSGS MAXMSG MSGSIZE NAME", 50) == 0);
	cr_expect(strncmp(RUN("-Q", "-r", "--attached").out, "OWNER PERMS USEDBYTES MSGS MAXMSG MSGSIZE NAME ATTACHED\n",
			  56) == 0);
}

/* An order that no directory has by chance; glibc's prefix of semaphores is not part of their names. */
static void unordered(void)
{
	static const char *const files[] = {
		"b", "sem.d", "Z", "c1", "sem.b", "a", "\xc3\xbc", "sem.c", "c", "sem.a", "-", "sem.", "sem.e",
	};
	char path[64];

	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		/* A file of the size of a musl semaphore that is not one. */
		static const char bytes[32] = { 1 };

		snprintf(path, sizeof path, "/dev-shm/%s", files[i]);
		fake_bytes(path, bytes, strcmp(files[i], "c1") == 0 ? sizeof bytes : 3);
	}
	fake.queues = true;
	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof path, "/dev-mqueue/%c", "dbeac"[i]);
		fake_file(path, "QSIZE:0     NOTIFY:0     SIGNO:0     NOTIFY_PID:0\n");
	}
}

TestSuite(order, .init = unordered);

Test(order, lists_are_sorted_by_name)
{
	fake_expect(RUN("-Q", "-r", "--noheadings", "-o", "NAME"), 0, "a\nb\nc\nd\ne\n", "");
	fake_expect(RUN("-S", "-r", "--noheadings", "-o", "NAME"), 0, "a\nb\nc\nc1\nd\ne\n", "");
	fake_expect(RUN("-M", "-r", "--noheadings", "-o", "NAME"), 0, "\\x2d\nZ\na\nb\nc\nsem.\n\xc3\xbc\n", "");
	fake_expect(RUN("-M", "-r", "--noheadings", "-o", "NAME", "--rows", "3"), 0, "\\x2d\nZ\na\n", "");
	fake_expect(RUN("-Q", "-o", "NAME", "--noheadings"), 0, "a\nb\nc\nd\ne\n", "");
	fake_expect(RUN("-Q", "-J", "-o", "NAME", "--rows", "2"), 0,
		    "{\"version\":1,\n\"posix_queues\":[\n{\"name\":\"a\"},\n{\"name\":\"b\"}\n],\n\"complete\":true}\n", "");
	fake_expect(RUN("-Q", "--rows", "2", "--noheadings"), 0,
		    "3000000001 644   0          2        10       8192     a\n"
		    "3000000001 644   0          2        10       8192     b\n", "");
}

/* Rows that are equal by other keys stay in that order. */
Test(order, of_other_keys)
{
	fake_expect(RUN("-Q", "-r", "--noheadings", "-o", "NAME", "--sort", "name:desc"), 0, "e\nd\nc\nb\na\n", "");
	fake_expect(RUN("-Q", "-r", "--noheadings", "-o", "NAME", "--sort", "uid:desc"), 0, "a\nb\nc\nd\ne\n", "");
}

Test(order, of_removals)
{
	fake_expect(fake_run(&ipcrm_applet, "-v", "--all=pmsg", NULL), 0,
		    "removing POSIX message queue `/a'\nremoving POSIX message queue `/b'\nremoving POSIX message queue `/c'\n"
		    "removing POSIX message queue `/d'\nremoving POSIX message queue `/e'\n", "");
}
