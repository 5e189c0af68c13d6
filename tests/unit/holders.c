/* SPDX-License-Identifier: 0BSD */
/* Users of objects, as found in fixture trees of /proc, including hostile ones. */
#include "kernel/holders.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fake.h"
#include "kernel/object.h"

static struct holders u;
static struct ipc_sys sys;
static char shm_device[32], huge_device[32];

static void device_of(char text[32], const char *file)
{
	struct stat st;

	cr_assert(zero(int, stat(file, &st)));
	snprintf(text, 32, "%02x:%02x", major(st.st_dev), minor(st.st_dev));
}

/* The mount of /proc has these options. */
static void mounted(const char *options)
{
	fake_file("/self/mountinfo", format("20 1 0:5 / / rw - ext4 /dev/root rw\n21 20 0:6 / %s rw - proc proc %s\n",
					    fake_proc(), options));
}

/* Segments are on the device of /proc, and those of huge pages on that of /sys: devices that no file here has. */
static void fixture(void)
{
	sys = fake_sys(SOURCE_AUTO);
	fake.memory = "/proc/version";
	fake.huge_memory = "/sys/kernel";
	fake.huge = 21;
	device_of(shm_device, fake.memory);
	device_of(huge_device, fake.huge_memory);
	fake_file("/ours", "");
	fake_file("/others", "");
	fake_link("/self/ns/ipc", "../../ours");
	fake_file("/self/maps", "");
	fake_initial_pids("/self/ns/pid");
	mounted("rw");
}

/* A process that maps this file, in our namespace or in another; process 1 always exists. */
static void process(int pid, const char *namespace, const char *maps)
{
	fake_file(format("/%d/maps", pid), maps);
	fake_link(format("/%d/ns/ipc", pid), format("../../%s", namespace));
}

static char *mapping(const char *device, const char *inode, const char *path)
{
	return format("7fac00000000-7fac00002000 rw-s 00000000 %s %s                          %s\n", device, inode, path);
}

#define SEGMENT(inode) mapping(shm_device, inode, "/SYSV00001234 (deleted)")
#define LIBRARY "7fac10000000-7fac10002000 r-xp 00001000 fe:01 4711   /usr/lib/libc.so.6\n"

/* The part of an object's row that identifies it. */
static struct ipc_obj row(enum ipc_kind kind, int64_t id)
{
	struct ipc_obj o;

	ipc_clear(&o, kind);
	ipc_set(&o, F_ID, id);
	ipc_set(&o, F_INODE, id);
	return o;
}

/* "PID,MAPPINGS,DESCRIPTORS,WAITING,HOW " of each user. */
static char *users(enum ipc_kind kind, int64_t id)
{
	static char text[1 << 16];
	const struct ipc_obj o = row(kind, id);
	size_t at = 0;

	*text = '\0';
	for (const struct holder *use = holders_of(&u, &o); use != NULL; use = use->next)
		at += (size_t)snprintf(text + at, sizeof text - at, "%d,%u,%u,%u,%u ", use->pid, use->mappings,
				       use->descriptors, use->waiting, use->how);
	return text;
}

static unsigned mappings(enum ipc_kind kind, int64_t id)
{
	const struct ipc_obj o = row(kind, id);

	return holders_mappings(holders_of(&u, &o));
}

static void scan(unsigned kinds)
{
	cr_assert(zero(int, holders_scan(&u, &sys, kinds)));
}

TestSuite(holders, .init = fixture);

Test(holders, segments_by_process)
{
	process(1, "ours", "");
	process(30, "ours", format("%s%s%s", LIBRARY, SEGMENT("7"), SEGMENT("0")));
	process(4, "ours", format("%s%s%s", SEGMENT("7"), LIBRARY, SEGMENT("7")));
	process(200, "ours", SEGMENT("7"));
	fake_file("/irq/maps", SEGMENT("7"));
	fake_file("/00000000000000005/maps", SEGMENT("7"));
	fake_file("/0/maps", SEGMENT("7"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), "4,2,0,0,1 30,1,0,0,1 200,1,0,0,1 "), "by rising pid");
	cr_expect(eq(uint, mappings(IPC_SHM, 7), 4));
	cr_expect(eq(str, users(IPC_SHM, 0), "30,1,0,0,1 "));
	cr_expect(eq(str, users(IPC_SHM, 8), ""));
	cr_expect(eq(str, users(IPC_SEM, 7), ""), "a set of the same id is another object");
	cr_expect(zero(uint, u.hidden[IPC_SHM]));
	holders_free(&u);
}

Test(holders, only_what_is_asked_for)
{
	process(1, "ours", SEGMENT("7"));
	scan(1 << IPC_PSHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""));
	holders_free(&u);
}

Test(holders, other_namespaces)
{
	process(1, "ours", "");
	process(2, "others", SEGMENT("7"));
	fake_file("/3/maps", SEGMENT("7"));
	process(4, "4/ns/ipc", SEGMENT("7"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""), "one that does not tell its namespace is not judged");
	cr_expect(eq(uint, u.hidden[IPC_SHM], 1), "but told of, if it is there at all");
	holders_free(&u);
}

Test(holders, without_namespaces)
{
	process(1, "ours", "");
	fake_file("/3/maps", SEGMENT("7"));
	unlink(format("%s/self/ns/ipc", fake_proc()));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), "3,1,0,0,1 "), "a kernel without has one for all");
	holders_free(&u);
	unlink(format("%s/self/maps", fake_proc()));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""), "but not one that does not show us to ourselves");
	cr_expect(eq(uint, u.hidden[IPC_SHM], 1));
	holders_free(&u);
}

/* Each line is a mapping of something other than segment 7. */
Test(holders, forged_segments)
{
	const char *const paths[] = {
		"/SYSV00001234", "/SYSV0000123 (deleted)", "/SYSV000012345 (deleted)", "/SYSV0000123g (deleted)",
		"/SYSV00001234 (deleted) ", "/SYSV00001234 (deleted) (deleted)", "/tmp/SYSV00001234 (deleted)",
		"/tmp/x /SYSV00001234 (deleted)", "/SYSV00001234\\012 (deleted)", "SYSV00001234 (deleted)",
		"//SYSV00001234 (deleted)", "/memfd:SYSV00001234 (deleted)", "/SYSV00001234 (deleted)\t", "",
		"                                                             /SYSV00001234 (deleted)",
	};
	const char *const devices[] = { "00:1f3", "fe:01", "100000000:00", "08:01" };

	process(1, "ours", "");
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		process(10 + (int)i, "ours", mapping(shm_device, "7", paths[i]));
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		process(100 + (int)i, "ours", mapping(devices[i], "7", "/SYSV00001234 (deleted)"));
	process(200, "ours", SEGMENT("4294967303"));
	process(201, "ours", SEGMENT("-7"));
	process(202, "ours", SEGMENT("18446744073709551623"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""));
	cr_expect(eq(str, users(IPC_SHM, 4294967303), ""));
	holders_free(&u);
}

Test(holders, huge_pages_have_another_device)
{
	process(1, "ours", mapping(huge_device, "7", "/SYSV00001234 (deleted)"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), "1,1,0,0,1 "));
	holders_free(&u);
	fake.huge = 60;
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""), "which not every kernel has");
	holders_free(&u);
}

Test(holders, an_unknown_device_is_one_without_hardware)
{
	fake.memory = NULL;
	process(1, "ours", mapping("00:01", "7", "/SYSV00001234 (deleted)"));
	process(2, "ours", mapping("08:01", "7", "/SYSV00001234 (deleted)"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), "1,1,0,0,1 "));
	holders_free(&u);
}

Test(holders, lines_of_any_length)
{
	char long_path[10001];

	memset(long_path, 'x', 10000);
	memcpy(long_path, "/", 1);
	long_path[10000] = '\0';
	process(1, "ours", "");
	for (int n = 3900; n < 4300; n++) {
		long_path[n] = '\0';
		process(n, "ours", format("%s%s%s%s", mapping("fe:01", "9", long_path), SEGMENT("7"),
					   mapping("fe:01", "9", long_path), SEGMENT("7")));
		long_path[n] = 'x';
	}
	/* The end of a line that is too long to be kept must not be taken for a line. */
	memcpy(long_path + 4096 - 23, "/SYSV00001234 (deleted)", 23);
	strcpy(long_path + 10000 - 23, "/SYSV00001234 (deleted)");
	process(9000, "ours", mapping(shm_device, "8", long_path));
	for (int n = 0; n < 60; n++)
		process(9001 + n, "ours", mapping(shm_device, "8", long_path + 10000 - 23 - n));
	scan(1 << IPC_SHM);
	cr_expect(eq(uint, mappings(IPC_SHM, 7), 800));
	cr_expect(eq(str, users(IPC_SHM, 8), "9001,1,0,0,1 "), "the one that is whole");
	holders_free(&u);
}

Test(holders, malformed_maps)
{
	static const char *const texts[] = {
		"garbage\n", "7fac00000000-7fac00002000 rw-s 00000000 00:01", "-\n", "\n",
		"7fac00000000-7fac00002000 rw-s 00000000 00:01 7x /SYSV00001234 (deleted)\n",
		"7fac00002000-7fac00000000 rw-s 00000000 00:01 7 /SYSV00001234 (deleted)\n",
		"7fac00000000-7fac00002000 rw?s 00000000 00:01 7 /SYSV00001234 (deleted)\n",
		"7fac00000000-7fac00002000 rw-s  00000000 00:01 7 /SYSV00001234 (deleted)\n",
		"17fac000000000000-27fac000000020000 rw-s 00000000 00:01 7 /SYSV00001234 (deleted)\n",
		"7fac00000000-7fac00002000 rw-s 00000000 00:01 99999999999999999999 /SYSV00001234 (deleted)\n",
	};
	static const char nul[] = "7fac00000000-7fac00002000 rw-s 00000000 00:01 7 /\0SYSV00001234 (deleted)\n";
	const size_t n = sizeof texts / sizeof *texts;

	process(1, "ours", "");
	for (size_t i = 0; i < n; i++)
		process(10 + (int)i, "ours", texts[i]);
	fake_bytes("/90/maps", "\0\0\0\n", 4);
	fake_bytes("/91/maps", nul, sizeof nul - 1);
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), ""));
	cr_expect(eq(uint, u.hidden[IPC_SHM], (unsigned)n + 1), "such a process is as good as hidden");
	holders_free(&u);
}

Test(holders, processes_that_are_gone_or_hidden)
{
	process(1, "ours", "");
	fake_file("/2/comm", "");
	fake_file("/3/maps/is a folder", "");
	fake_link("/4/maps", "maps");
	fake_link("/5/maps", "/nowhere");
	scan(1 << IPC_SHM | 1 << IPC_MSG | 1 << IPC_PSHM);
	cr_expect(eq(uint, u.hidden[IPC_SHM], 2), "a folder and a loop");
	cr_expect(zero(uint, u.hidden[IPC_MSG]), "no tasks are listed");
	cr_expect(not(zero(int, !u.waits)), "and nothing tells of calls");
	holders_free(&u);
}

Test(holders, without_the_first_process_others_are_missing)
{
	process(20, "ours", SEGMENT("7"));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, users(IPC_SHM, 7), "20,1,0,0,1 "));
	cr_expect(eq(uint, u.hidden[IPC_SHM], 1));
	cr_expect(zero(uint, u.hidden[IPC_MSG]), "of kinds that were not asked for nothing is said");
	holders_free(&u);
}

Test(holders, without_proc)
{
	sys.proc = "/nowhere";
	cr_expect(eq(int, holders_scan(&u, &sys, 1 << IPC_SHM), -ENOENT));
	holders_free(&u);
	sys.proc = "/etc/passwd";
	cr_expect(eq(int, holders_scan(&u, &sys, 1 << IPC_SHM), -ENOTDIR));
	holders_free(&u);
}

/* A file in /dev/shm, with its device and inode as in maps. */
static char *posix_file(const char *name, int64_t *inode)
{
	struct stat st;

	fake_file(format("/dev-shm/%s", name), "");
	cr_assert(zero(int, stat(format("%s/dev-shm/%s", fake_proc(), name), &st)));
	*inode = st.st_ino;
	return format("7fac00000000-7fac00002000 r--s 00000000 %02x:%02x %ju   /dev/shm/x\n", major(st.st_dev),
		      minor(st.st_dev), (uintmax_t)st.st_ino);
}

Test(holders, posix_objects)
{
	int64_t one, two;
	char *map_one = strdup(posix_file("one", &one)), *map_two = strdup(posix_file("two", &two));

	process(1, "ours", "");
	process(2, "others", format("%s%s", map_one, map_two));
	process(3, "ours", map_one);
	fake_link("/3/fd/0", "/dev/null");
	fake_link("/3/fd/1", format("%s/dev-shm/one", fake_proc()));
	fake_link("/3/fd/20", format("%s/dev-shm/one", fake_proc()));
	fake_link("/3/fd/x", format("%s/dev-shm/one", fake_proc()));
	fake_link("/3/fd/4", "/nowhere");
	fake_file("/4/fd", "no folder");
	fake_file("/4/maps", LIBRARY);
	scan(1 << IPC_PSHM | 1 << IPC_PSEM);
	cr_expect(eq(str, users(IPC_PSHM, one), "2,1,0,0,1 3,1,2,0,3 "), "of every namespace");
	cr_expect(eq(str, users(IPC_PSEM, two), "2,1,0,0,1 "), "a semaphore is a file there, too");
	cr_expect(eq(uint, u.hidden[IPC_PSHM], 1));
	cr_expect(eq(uint, u.hidden[IPC_PSEM], 1));
	holders_free(&u);
	free(map_one);
	free(map_two);
}

static const unsigned long native[] = { 33, 0x7fff00000000, 4, sizeof(long) == 8 ? 56 : 32, 0, 0 };

static void task(int pid, int tid, const char *namespace, const char *syscall)
{
	fake_file(format("/%d/task/%d/syscall", pid, tid), syscall);
	fake_link(format("/%d/task/%d/ns/ipc", pid, tid), format("../../../../%s", namespace));
	fake_bytes(format("/%d/task/%d/auxv", pid, tid), native, sizeof native);
}

#define REST " 0x1 0x0 0x0 0x0 0x0 0x7ffd 0x7fec\n"

Test(holders, waiters)
{
	static const uint32_t compat[] = { 33, 0xf7000000, 4, 32, 0, 0, 0, 0 };

	process(1, "ours", "");
	task(2, 2, "ours", "11 0x10" REST);
	task(2, 3, "ours", "11 0x10" REST);
	task(2, 4, "ours", "running\n");
	task(3, 3, "ours", "12 0x10" REST);
	task(3, 4, "ours", "13 0x10" REST);
	task(4, 4, "others", "11 0x10" REST);
	task(5, 5, "ours", "11 0x10" REST);
	fake_bytes("/5/task/5/auxv", compat, sizeof compat);
	fake_file("/5/maps", LIBRARY);
	task(6, 6, "ours", "11 0x10" REST);
	fake_file("/6/task/6/auxv", "short");
	fake_file("/6/maps", LIBRARY);
	task(7, 7, "ours", "14 0x1000b 0x10 0x0 0x0 0x0 0x0 0x7ffd 0x7fec\n");
	task(8, 8, "ours", "14 0x10" REST);
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(str, users(IPC_SEM, 16), "2,0,0,2,16 "), "of our namespace and word size alone");
	cr_expect(eq(str, users(IPC_MSG, 16), "3,0,0,2,12 7,0,0,1,4 "), "to send, to receive, by ipc(2)");
	cr_expect(not(zero(int, u.waits)));
	cr_expect(eq(uint, u.hidden[IPC_SEM], 2), "one of the other word size and one that does not tell");
	holders_free(&u);
	scan(1 << IPC_MSG);
	cr_expect(eq(str, users(IPC_SEM, 16), ""), "only for what was asked");
	holders_free(&u);
}

/* A machine that runs programs of the other word size knows the numbers of their calls. */
Test(holders, v23_waiters_of_both_word_sizes)
{
	static const struct sys_wait foreign[] = {
		{ 12, -1, IPC_SEM, false }, { 117, 11, IPC_MSG, true }, { 0, -1, IPC_NKINDS, false },
	};
	static const uint32_t compat[] = { 33, 0xf7000000, 4, 32, 0, 0, 0, 0 };

	fake.foreign = foreign;
	process(1, "ours", "");
	for (int pid = 2; pid <= 6; pid++)
		process(pid, "ours", LIBRARY);
	task(2, 2, "ours", "12 0x10" REST);
	task(3, 3, "ours", "12 0x10" REST);
	fake_bytes("/3/task/3/auxv", compat, sizeof compat);
	task(4, 4, "ours", "117 0xb 0x10 0x0 0x0 0x0 0x0 0x7ffd 0x7fec\n");
	fake_bytes("/4/task/4/auxv", compat, sizeof compat);
	task(5, 5, "ours", "117 0xb 0x10 0x0 0x0 0x0 0x0 0x7ffd 0x7fec\n");
	task(6, 6, "ours", "999 0x10" REST);
	fake_file("/6/task/6/auxv", "");
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(str, users(IPC_MSG, 16), "2,0,0,1,4 4,0,0,1,4 "));
	cr_expect(eq(str, users(IPC_SEM, 16), "3,0,0,1,16 "), "the same number is another call there");
	cr_expect(zero(uint, u.hidden[IPC_SEM]), "a number that is none of either is no matter of words");
	holders_free(&u);
	fake_file("/3/task/3/auxv", "");
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1));
	cr_expect(eq(uint, u.hidden[IPC_MSG], 1));
	holders_free(&u);
	fake.foreign = NULL;
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 3), "3, and where those numbers are not known, 4 and 6");
	holders_free(&u);
}

Test(holders, v23_mounts_that_may_hide)
{
	static const struct { const char *options; unsigned hidden; } t[] = {
		{ "rw", 0 }, { "rw,gid=4", 0 }, { "rw,hidepid=1", 1 }, { "rw,hidepid=invisible", 1 }, { "rw,gid=4,hidepid=4", 1 },
	};

	process(1, "ours", "");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		mounted(t[i].options);
		scan(1 << IPC_SEM | 1 << IPC_SHM);
		cr_expect(eq(uint, u.hidden[IPC_SEM], t[i].hidden), "%s", t[i].options);
		cr_expect(eq(uint, u.hidden[IPC_SHM], t[i].hidden), "%s", t[i].options);
		cr_expect(zero(uint, u.hidden[IPC_MSG]));
		holders_free(&u);
	}
	mounted("rw");
	fake.first_pids++;
	scan(1 << IPC_SEM);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1), "in another PID namespace there may be more");
	holders_free(&u);
	fake.first_pids--;
	fake_file("/self/mountinfo", "21 20 0:6 / /elsewhere rw - proc proc rw\n");
	scan(1 << IPC_SEM);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1), "it is not known how it is mounted");
	holders_free(&u);
	fake_file("/self/mountinfo", format("21 20 0:6 / %s rw - proc proc rw\n22 2", fake_proc()));
	scan(1 << IPC_SEM);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1), "nor what follows");
	holders_free(&u);
	unlink(format("%s/self/mountinfo", fake_proc()));
	scan(1 << IPC_SEM);
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1));
	holders_free(&u);
}

Test(holders, forged_calls)
{
	static const char *const texts[] = {
		"", "\n", "11", "11 ", "11 0x10", "11 10" REST, "11  0x10" REST, " 11 0x10" REST, "-1 0x10 0x7f\n",
		"-2 0x10" REST, "11 0x100000010" REST, "11 0x80000010" REST, "11 0x10000000000000010" REST, "11 0x" REST,
		"18446744073709551627 0x10" REST, "+11 0x10" REST, "0 0x10" REST, "0x11 0x10" REST, "11 -0x10" REST,
	};

	process(1, "ours", "");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		task(10 + (int)i, 1, "ours", texts[i]);
	fake_file("/90/task/1/syscall/is a folder", "");
	fake_file("/90/maps", LIBRARY);
	fake_file("/91/task/1/comm", "");
	fake_file("/92/task/1/syscall/is a folder", "");
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(str, users(IPC_SEM, 16), ""));
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1), "and what has no memory waits for nothing");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		fake_file(format("/%d/maps", 10 + (int)i), LIBRARY);
	holders_free(&u);
	scan(1 << IPC_SEM | 1 << IPC_MSG);
	cr_expect(eq(str, users(IPC_SEM, 16), ""));
	cr_expect(eq(uint, u.hidden[IPC_SEM], 1 + 15), "of what does not tell it is not known");
	holders_free(&u);
}

static void collect(void *arg, const struct pid_mapping *m, int64_t resident)
{
	char *text = arg;
	size_t at = strlen(text);

	snprintf(text + at, 1000 - at, "%jx-%jx %s %jd\n", (uintmax_t)m->from, (uintmax_t)m->to, m->access,
		 (intmax_t)resident);
}

static char *detail(int pid, int rc)
{
	const struct ipc_obj segment = row(IPC_SHM, 7);
	static char text[1000];

	*text = '\0';
	cr_expect(eq(int, holders_detail(&u, &segment, pid, collect, text), rc));
	return text;
}

Test(holders, detail)
{
	process(1, "ours", "");
	fake_file("/2/smaps", format("%sRss:  9 kB\n%sSize:  8 kB\nRss:                   4 kB\nPrivate_Hugetlb:  2048 kB\n"
				     "VmFlags: rd wr\n%sRss:  1 kB\n%sRss: x kB\nRss: 99999999999999999 kB\n", LIBRARY,
				     SEGMENT("7"), SEGMENT("8"), SEGMENT("7")));
	fake_file("/3/maps", format("%s%s", SEGMENT("7"), LIBRARY));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, detail(2, 0), "7fac00000000-7fac00002000 rw-s 2101248\n7fac00000000-7fac00002000 rw-s -1\n"));
	cr_expect(eq(str, detail(3, 0), "7fac00000000-7fac00002000 rw-s -1\n"), "without smaps");
	cr_expect(eq(str, detail(4, -ENOENT), ""));
	holders_free(&u);
}

#define AT(from, to) format(from "-" to " rw-s 00000000 %s 7   /SYSV00001234 (deleted)\n", shm_device)

/* maps has the mappings that smaps lacks, but not their memory. */
Test(holders, v23_detail_that_breaks_off)
{
	char *one = AT("1000", "3000"), *two = AT("3000", "5000"), *three = AT("5000", "7000");

	process(1, "ours", "");
	fake_file("/2/maps", format("%s%s%s%s", one, LIBRARY, two, three));
	fake_file("/2/smaps", format("%sRss:  4 kB\n%sRss: 8 kB\n%sRss:   4 k", one, LIBRARY, two));
	scan(1 << IPC_SHM);
	cr_expect(eq(str, detail(2, 0), "1000-3000 rw-s 4096\n3000-5000 rw-s -1\n5000-7000 rw-s -1\n"));
	fake_file("/2/smaps", "");
	cr_expect(eq(str, detail(2, 0), ""), "one that tells of none");
	fake_file("/2/smaps", format("%sRss:  4", one));
	cr_expect(eq(str, detail(2, 0), "1000-3000 rw-s -1\n3000-5000 rw-s -1\n5000-7000 rw-s -1\n"));
	fake_file("/2/maps", format("%s5000", one));
	cr_expect(eq(str, detail(2, -EBADMSG), ""), "what neither tells of is missing");
	holders_free(&u);
}

Test(holders, many_objects)
{
	enum { OBJECTS = 300, PROCESSES = 100 };
	static char maps[1 << 16];
	size_t at = 0;

	process(1, "ours", "");
	for (int i = 0; i < OBJECTS; i++)
		at += (size_t)sprintf(maps + at, "%s", SEGMENT(format("%d", i * 32768)));
	for (int i = 0; i < PROCESSES; i++)
		process(1000 - i, "ours", maps);
	scan(1 << IPC_SHM);
	for (int i = 0; i < OBJECTS; i++) {
		const struct ipc_obj o = row(IPC_SHM, i * 32768);
		const struct holder *use = holders_of(&u, &o);

		cr_expect(eq(uint, holders_mappings(use), PROCESSES));
		for (; use != NULL && use->next != NULL; use = use->next)
			cr_expect(lt(int, use->pid, use->next->pid));
	}
	holders_free(&u);
}

Test(peek, messages_by_number)
{
	static union { struct ipc_message m; char room[64]; } buf;
	int id = (int)fake_add(IPC_MSG, 3, 1)->v[F_ID];

	sys = fake_sys(SOURCE_AUTO);
	fake.messages[0] = (struct fake_message){ 5, 4, "a\0bc" };
	fake.messages[1] = (struct fake_message){ 6, 0, "" };
	cr_expect(eq(int, object_peek(&sys, id, 0, &buf.m, 4), 4));
	cr_expect(eq(long, buf.m.type, 5));
	cr_expect(zero(int, memcmp(buf.m.text, "a\0bc", 4)));
	cr_expect(zero(int, object_peek(&sys, id, 1, &buf.m, 4)));
	cr_expect(eq(int, object_peek(&sys, id, 2, &buf.m, 4), -ENOMSG));
	cr_expect(eq(int, object_peek(&sys, id, 0, &buf.m, 3), -E2BIG));
	fake.fail_peek = -ENOSYS;
	cr_expect(eq(int, object_peek(&sys, id, 0, &buf.m, 4), -ENOSYS));
}

/* If memory runs out wherever a use is recorded, the result is not taken for complete. */
Test(holders, without_memory)
{
	int64_t file;
	int n = 0;

	process(1, "ours", format("%s%s", SEGMENT("7"), SEGMENT("8")));
	process(2, "ours", format("%s%s", SEGMENT("7"), posix_file("a", &file)));
	fake_link("/2/fd/3", "../../dev-shm/a");
	/* If the first thread of a process has ended, another one shows its uses. */
	fake_file("/3/maps", "");
	fake_link("/3/ns/ipc", "../../ours");
	fake_file("/3/task/4/maps", SEGMENT("7"));
	task(3, 4, "ours", "11 0x10" REST);
	task(3, 5, "ours", "12 0x10" REST);
	for (;; n++) {
		int rc;

		fake.refused = 0;
		fake.allocations = n;
		rc = holders_scan(&u, &sys, 1 << IPC_SHM | 1 << IPC_MSG | 1 << IPC_SEM | 1 << IPC_PSHM);
		fake.allocations = -1;
		if (fake.refused == 0)
			break;
		cr_expect(eq(uint, fake.refused, 1), "nothing is tried behind the first failure of %d", n);
		cr_expect(eq(int, rc, -ENOMEM), "with %d", n);
		holders_free(&u);
	}
	cr_expect(eq(int, n, 13), "the buckets, five objects and seven uses");
	cr_expect(eq(str, users(IPC_SHM, 7), "1,1,0,0,1 2,1,0,0,1 3,1,0,0,1 "));
	cr_expect(eq(str, users(IPC_SEM, 16), "3,0,0,1,16 "));
	cr_expect(eq(str, users(IPC_MSG, 16), "3,0,0,1,4 "));
	cr_expect(eq(str, users(IPC_PSHM, file), "2,1,1,0,3 "));
	holders_free(&u);
}
