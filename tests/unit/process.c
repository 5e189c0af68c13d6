/* SPDX-License-Identifier: 0BSD */
#include "kernel/process.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"

/* A process of the fake kernel that started this many seconds after its boot, at 1000000. */
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

Test(process, v01_fates)
{
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);

	process(0, 100, 50, "x");
	cr_expect(eq(int, process_fate(&sys, 100, 1000060), PROCESS_LIVES));
	cr_expect(eq(int, process_fate(&sys, 100, 1000049), PROCESS_LIVES), "clocks are rounded");
	cr_expect(eq(int, process_fate(&sys, 100, 1000040), PROCESS_REUSED), "it may be another one: no proof");
	fake.booted = 0;
	cr_expect(eq(int, process_fate(&sys, 100, 1), PROCESS_LIVES), "the time of the boot is not known");
	cr_expect(eq(int, process_fate(&sys, 101, 1000060), PROCESS_GONE));
	cr_expect(eq(int, process_fate(&sys, 0, 1000060), PROCESS_UNKNOWN), "of another namespace");
	fake.alive[1] = 102;
	cr_expect(eq(int, process_fate(&sys, 102, 1), PROCESS_LIVES), "without /proc, the number is all that there is");
	fake_file("/102/stat", "102 (x) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 18 100 20\n");
	fake.booted = 1000000;
	cr_expect(eq(int, process_fate(&sys, 102, 1000060), PROCESS_GONE), "a zombie");
	fake_file("/102/stat", "102 (x) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 2 18 100 20\n");
	cr_expect(eq(int, process_fate(&sys, 102, 1000060), PROCESS_LIVES), "its other threads live");
	fake_file("/102/stat", "102 (x");
	cr_expect(eq(int, process_fate(&sys, 102, 1), PROCESS_LIVES));
	fake_file("/102/stat", "102 (x) S 1 2 3");
	cr_expect(eq(int, process_fate(&sys, 102, 1), PROCESS_LIVES));
}

/* DEFECTS U46: the command is that of the creator, or none. */
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
