/* SPDX-License-Identifier: 0BSD */
#include "process.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"

/* A process of the fake kernel that began so many seconds after its boot, at 1000000. */
static void process(size_t slot, int pid, unsigned began, const char *command)
{
	char path[64], text[256];

	fake.booted = 1000000;
	fake.alive[slot] = pid;
	snprintf(path, sizeof path, "/%d/stat", pid);
	snprintf(text, sizeof text, "%d (a) b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 %u00 20 21\n", pid, began);
	fake_file(path, text);
	snprintf(path, sizeof path, "/%d/cmdline", pid);
	fake_file(path, command);
}

Test(process, gone_or_not)
{
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);

	process(0, 100, 50, "x");
	cr_expect(eq(int, process_gone(&sys, 100, 1000060), 0));
	cr_expect(eq(int, process_gone(&sys, 100, 1000049), 0), "clocks are rounded");
	cr_expect(eq(int, process_gone(&sys, 100, 1000040), 1), "another one has the number now");
	cr_expect(eq(int, process_gone(&sys, 101, 1000060), 1));
	cr_expect(eq(int, process_gone(&sys, 0, 1000060), -ESRCH), "of another namespace");
	fake.alive[1] = 102;
	cr_expect(eq(int, process_gone(&sys, 102, 1), 0), "without /proc, the number is all that there is");
	fake_file("/102/stat", "102 (x) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 18 100 20\n");
	fake.booted = 1000000;
	cr_expect(eq(int, process_gone(&sys, 102, 1000060), 1), "a zombie");
	fake_file("/102/stat", "102 (x) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 2 18 100 20\n");
	cr_expect(eq(int, process_gone(&sys, 102, 1000060), 0), "its other threads are none");
	fake_file("/102/stat", "102 (x");
	cr_expect(eq(int, process_gone(&sys, 102, 1), 0));
	fake_file("/102/stat", "102 (x) S 1 2 3");
	cr_expect(eq(int, process_gone(&sys, 102, 1), 0));
}

/* DEFECTS U46: the command is the creator's, or none. */
Test(process, u46_commands)
{
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	char buf[16];

	process(0, 100, 50, "run --now");
	cr_expect(eq(int, process_command(&sys, 100, 1000060, buf, sizeof buf), 9));
	cr_expect(eq(str, buf, "run --now"));
	cr_expect(eq(int, process_command(&sys, 100, 1000040, buf, sizeof buf), -ESRCH));
	cr_expect(eq(int, process_command(&sys, 101, 1000060, buf, sizeof buf), -ESRCH));
	cr_expect(eq(int, process_command(&sys, 100, 1000060, buf, 4), 3));
	cr_expect(eq(str, buf, "run"), "a long one is cut");
	fake_file("/100/cmdline", "");
	cr_expect(eq(int, process_command(&sys, 100, 1000060, buf, sizeof buf), -ESRCH), "a thread of the kernel");
}

static int judge(struct ipc_obj *o)
{
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);

	o->have &= ~(UINT64_C(1) << F_ORPHAN);
	process_judge(&sys, o);
	return ipc_has(o, F_ORPHAN) ? (int)o->v[F_ORPHAN] : -1;
}

Test(process, orphaned_segments)
{
	static const struct { int64_t nattch, cpid, lpid, atime, dtime; int want; } t[] = {
		{ 0, 7, 0, 0, 0, 1 }, { 0, 100, 0, 0, 0, 0 }, { 0, 7, 8, 1000060, 1000070, 1 },
		{ 0, 7, 100, 1000060, 1000070, 0 }, { 0, 100, 8, 1000060, 0, 0 }, { 1, 7, 8, 1000060, 0, 0 },
		{ 0, 0, 0, 0, 0, -1 }, { 0, 7, 0, 1000060, 0, -1 }, { 0, 0, 100, 1000060, 0, 0 },
		{ 0, 7, 100, 1000010, 1000020, 1 },
	};
	struct ipc_obj o;

	process(0, 100, 50, "x");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		ipc_clear(&o, IPC_SHM);
		ipc_set(&o, F_CTIME, 1000055);
		ipc_set(&o, F_NATTCH, t[i].nattch);
		ipc_set(&o, F_CPID, t[i].cpid);
		ipc_set(&o, F_LPID, t[i].lpid);
		ipc_set(&o, F_ATIME, t[i].atime);
		ipc_set(&o, F_DTIME, t[i].dtime);
		cr_expect(eq(int, judge(&o), t[i].want), "case %zu", i);
	}
	o.have &= ~(UINT64_C(1) << F_NATTCH);
	cr_expect(eq(int, judge(&o), -1), "without all facts there is no verdict");
}

Test(process, orphaned_queues)
{
	static const struct { int64_t lspid, lrpid, stime, rtime; int want; } t[] = {
		{ 7, 8, 1000060, 1000060, 1 }, { 7, 100, 1000060, 1000060, 0 }, { 100, 8, 1000060, 1000060, 0 },
		{ 0, 0, 0, 0, -1 }, { 7, 0, 1000060, 0, -1 }, { 0, 8, 0, 1000060, -1 }, { 100, 0, 1000060, 0, 0 },
	};
	struct ipc_obj o;

	process(0, 100, 50, "x");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		ipc_clear(&o, IPC_MSG);
		ipc_set(&o, F_LSPID, t[i].lspid);
		ipc_set(&o, F_LRPID, t[i].lrpid);
		ipc_set(&o, F_STIME, t[i].stime);
		ipc_set(&o, F_RTIME, t[i].rtime);
		cr_expect(eq(int, judge(&o), t[i].want), "case %zu", i);
	}
}

Test(process, orphaned_sets)
{
	struct ipc_obj *set = fake_add(IPC_SEM, 0, 0);

	process(0, 100, 50, "x");
	ipc_set(set, F_NSEMS, 1);
	ipc_set(set, F_OTIME, 1000060);
	ipc_set(set, F_CTIME, 1000055);
	cr_expect(eq(int, judge(set), 0), "somebody waits");
	fake.fail_sem_get_after = 1;
	cr_expect(eq(int, judge(set), -1), "it may not be read");
}

/* The pure kinds of POSIX have no processes to ask for. */
Test(process, posix_is_unknown)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_PSHM);
	cr_expect(eq(int, judge(&o), -1));
}
