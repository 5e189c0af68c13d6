/* SPDX-License-Identifier: 0BSD */
/*
 * Memory runs out, at each allocation in turn.  Either the command does everything, or it reports the lack of memory,
 * exits with 1, and has done nothing by halves.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "fake.h"

static void objects(void)
{
	memset(fake.at, 0, sizeof fake.at);
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		for (int i = 0; i < 3; i++)
			fake_add(kind, i, 0);
	for (int i = 0; i < 3; i++) {
		ipc_set(&fake.at[IPC_SEM][i], F_NSEMS, 2);
		ipc_set(&fake.at[IPC_SHM][i], F_NATTCH, 1);
		ipc_set(&fake.at[IPC_MSG][i], F_CBYTES, 5);
		ipc_set(&fake.at[IPC_MSG][i], F_QBYTES, 5);
	}
	fake.messages[0] = (struct fake_message){ 1, 5, "hello" };
	fake_file("/dev-shm/a", "1");
	fake_file("/dev-shm/b", "2");
	fake_file("/sys/kernel/shmmni", "3");
	fake_file("/sys/kernel/shmmax", "4");
	fake_file("/sys/kernel/shmall", "5");
	ipc_clear(&fake.usage[IPC_SHM], IPC_SHM);
	ipc_set(&fake.usage[IPC_SHM], F_USED, 3);
	ipc_set(&fake.usage[IPC_SHM], F_USED_PAGES, 3);
}

static void processes(void)
{
	struct stat st;
	char line[128];

	fake.memory = "/proc/version";
	cr_assert(zero(int, stat(fake.memory, &st)));
	snprintf(line, sizeof line, "7fac00000000-7fac00002000 rw-s 00000000 %02x:%02x 1    /SYSV00001001 (deleted)\n",
		 major(st.st_dev), minor(st.st_dev));
	fake_file("/ours", "");
	fake_link("/self/ns/ipc", "../../ours");
	fake_file("/1/maps", line);
	fake_link("/1/ns/ipc", "../../ours");
	fake_file("/2/maps", line);
	fake_link("/2/ns/ipc", "../../ours");
	fake_link("/2/fd/3", "../../dev-shm/a");
}

/* The number of objects that still exist. */
static unsigned left(void)
{
	unsigned n = 0;
	struct stat st;
	char path[256];

	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		for (int i = 0; i < FAKE_OBJECTS; i++)
			n += fake.at[kind][i].have != 0 && !(kind == IPC_SHM && fake.at[kind][i].v[F_MODE] & IPC_DEST);
	for (const char *name = "ab"; *name != '\0'; name++) {
		snprintf(path, sizeof path, "%s/dev-shm/%c", fake_proc(), *name);
		n += stat(path, &st) == 0;
	}
	return n;
}

enum { WORDS = 12, ALL = 11 };

static struct ran run(const struct applet *a, const char *const words[WORDS])
{
	return fake_run(a, words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7], words[8],
			words[9], words[10], words[11], NULL);
}

static const char no_memory[] = "Cannot allocate memory\n";

/* The end of the output, if it is long. */
static bool says_no_memory(const char *err)
{
	size_t n = strlen(err), len = sizeof no_memory - 1;

	return n >= len && strcmp(err + n - len, no_memory) == 0;
}

typedef void judge_run(const char *command, struct ran r, const char *full);

/* Run the same command with n allocations for each n, until all succeed; returns how many it takes. */
static unsigned sweep_once(const struct applet *a, const char *const words[WORDS], judge_run *judge,
			   const char *full)
{
	char command[256];
	unsigned n = 0;

	snprintf(command, sizeof command, "%s %s %s %s", a->name, words[0], words[1] ? words[1] : "",
		 words[2] ? words[2] : "");
	for (;; n++) {
		struct ran r;

		cr_assert(n < 1000);
		objects();
		fake.refused = 0;
		fake.allocations = (int)n;
		r = run(a, words);
		fake.allocations = -1;
		if (fake.refused == 0)
			return n;
		cr_expect(r.status == 0 || (r.status == 1 && says_no_memory(r.err)), "%s with %u: %d, %s", command, n,
			  r.status, r.err);
		judge(command, r, full);
	}
}

/* First, all allocations fail from the n-th one on; then only that one. */
static unsigned sweep(const struct applet *a, const char *const words[WORDS], judge_run *judge,
		      const char *full)
{
	unsigned n = sweep_once(a, words, judge, full);

	fake.refuse_once = true;
	cr_expect(ge(uint, sweep_once(a, words, judge, full), n));
	fake.refuse_once = false;
	return n;
}

static void judge_list(const char *command, struct ran r, const char *full)
{
	if (r.status == 0)
		cr_expect(eq(str, (char *)(uintptr_t)r.out, (char *)(uintptr_t)full), "%s", command);
	/* No document is truncated, or claims to be complete if it is not. */
	if (r.status != 0 && *r.out == '{')
		cr_expect(strcmp(r.out + strlen(r.out) - 18, "\"complete\":false}\n") == 0, "%s: %s", command, r.out);
	cr_expect(eq(uint, left(), ALL), "%s", command);
}

Test(memory, of_lists)
{
	static const struct { unsigned least; const char *words[WORDS]; } t[] = {
		{ 2, { "-q" } },
		{ 1, { "-m", "-u" } },
		{ 2, { "-m", "-r", "--user", "3000000001" } },
		{ 5, { "-a", "-P" } },
		{ 6, { "-m", "--sort", "size" } },
		{ 5, { "-m", "-J", "--sort", "id" } },
		{ 5, { "-M", "-r", "-o", "NAME", "--sort", "name" } },
		{ 2, { "-s", "-i", "1", "-J" } },
		{ 2, { "-s", "-i", "1" } },
		{ 2, { "-q", "-i", "1", "--peek" } },
		{ 2, { "-q", "-i", "1", "--peek", "-J" } },
		{ 4, { "-m", "-r", "--attached" } },
		{ 4, { "-m", "-J", "--attached", "-o", "ID" } },
		{ 4, { "-M", "-J", "--attached", "-o", "SIZE" } },
		{ 3, { "-m", "-i", "1", "--attached" } },
		{ 3, { "-M", "-N", "a", "--attached" } },
		{ 1, { "-m", "-g", "-r", "-o", "RESOURCE" } },
		{ 5, { "-m", "-g" } },
	};

	processes();
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		static char full[1 << 16];
		struct ran r;
		unsigned n;

		objects();
		r = run(&ipcs_applet, t[i].words);
		cr_expect(zero(int, r.status), "%s: %s", t[i].words[0], r.err);
		strcpy(full, r.out);
		n = sweep(&ipcs_applet, t[i].words, judge_list, full);
		cr_expect(ge(uint, n, t[i].least), "%s %s", t[i].words[0], t[i].words[1]);
	}
}

/* All selected objects are removed, or none. */
static void judge_removal(const char *command, struct ran r, const char *full)
{
	unsigned n = (unsigned)(full - no_memory);

	cr_expect(eq(uint, left(), r.status == 0 ? ALL - n : ALL), "%s: %d", command, r.status);
}

Test(memory, of_removal)
{
	static const struct { unsigned removed, least; const char *words[WORDS]; } t[] = {
		{ 9, 11, { "-a" } },
		{ 3, 5, { "--all=shm" } },
		{ 2, 6, { "--all=pshm" } },
		{ 2, 6, { "--pshm", "--min-size", "1" } },
		{ 9, 11, { "-a", "--user", "3000000001" } },
		{ 3, 5, { "-m", "0", "-q", "1", "-S", "0x1002" } },
		{ 3, 3, { "shm", "0", "1", "2" } },
		{ 2, 4, { "--posix-shmem", "a", "--posix-shmem", "b" } },
		{ 0, 4, { "-n", "-m", "0" } },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		unsigned n;

		cr_assert(lt(uint, t[i].removed, sizeof no_memory));
		n = sweep(&ipcrm_applet, t[i].words, judge_removal, no_memory + t[i].removed);
		cr_expect(ge(uint, n, t[i].least), "%s: %u", t[i].words[0], n);
		cr_expect(eq(uint, left(), ALL - t[i].removed), "%s", t[i].words[0]);
	}
}

/* The report of a removal fails for lack of memory. */
Test(memory, of_reports_of_removal)
{
	objects();
	fake.allocations = 4;
	fake_expect(fake_run(&ipcrm_applet, "-J", "--all=shm", NULL), 1, "{\"version\":1,\n\"shmems\":null,\n\"removed\":0,\n"
		    "\"marked\":0,\n\"would_remove\":0,\n\"would_mark\":0,\n\"kept\":0,\n\"failed\":0,\n\"complete\":false}\n",
		    "ipcrm: cannot store the list of objects to remove: Cannot allocate memory\n");
	cr_expect(eq(uint, left(), ALL));
}

/* An object whose values cannot be set is not left behind. */
static void judge_creation(const char *command, struct ran r, const char *full)
{
	(void)full;
	cr_expect(eq(uint, left(), r.status == 0 ? ALL + 2 : ALL), "%s: %d", command, r.status);
}

Test(memory, of_creation)
{
	static const char *const words[WORDS] = { "-Q", "-S", "2", "--value", "1" };

	cr_expect(ge(uint, sweep(&ipcmk_applet, words, judge_creation, NULL), 1));
	objects();
	fake.allocations = 0;
	fake_expect(run(&ipcmk_applet, words), 1, "", "ipcmk: cannot store the values: Cannot allocate memory\n");
	fake.allocations = 1;
	fake_expect(run(&ipcmk_applet, words), 1, "",
		    "ipcmk: create semaphore failed: cannot set its values: Cannot allocate memory\n");
	cr_expect(eq(uint, left(), ALL));
}

static bool without_memory(unsigned n)
{
	fake.allocations = n < 3 ? 0 : -1;
	return n < 4;
}

/* Without memory for the rows of a round, the next one cannot be compared, and --watch continues. */
Test(memory, of_repetition)
{
	static const char top[] = "\033[H\033[JEvery 2 seconds: ipcs -m -o ID --noheadings       "
		"host: Tue Nov 14 22:13:20 2023\n";
	static const char cannot[] = "ipcs: cannot store all rows: Cannot allocate memory";

	setenv("TZ", "UTC", 1);
	objects();
	fake.tick = without_memory;
	fake_expect(fake_run(&ipcs_applet, "-m", "-r", "-o", "ID", "--noheadings", "--watch", NULL), 0,
		    "0\n1\n2\n\n0\n1\n2\n\n0\n1\n2\n\n0\n1\n2\n", "");
	fake.terminal = true;
	fake.ticks = 0;
	fake_expect(fake_run(&ipcs_applet, "-m", "-o", "ID", "--noheadings", "--watch", NULL), 0,
		    format("\033[?1049h\033[?25l\033[?7l%s0\n1\n2\n%s%s%s%s%s0\n1\n2\n\033[m\n\033[?7h\033[?25h\033[?1049l",
			   top, top, cannot, top, cannot, top), "");
}

static bool three_rounds(unsigned n)
{
	return n < 3;
}

/* A round whose rows could not all be kept makes no object of the next one a new one. */
Test(memory, of_marks)
{
	objects();
	for (int i = 100; i < 400; i++)
		fake_add(IPC_SHM, i, 0);
	fake.terminal = true;
	fake.lines = 1000;
	fake.refuse_once = true;
	fake.tick = three_rounds;
	for (int n = 0; n == 0 || fake.refused > 0; n++) {
		struct ran r;

		fake.ticks = fake.refused = 0;
		fake.allocations = n;
		r = fake_run(&ipcs_applet, "-m", "-o", "ID", "--watch", NULL);
		cr_expect(strstr(r.out, " +\033[m") == NULL && strstr(r.out, " -\033[m") == NULL, "allocation %d", n);
	}
}
