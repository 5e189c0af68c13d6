/* SPDX-License-Identifier: 0BSD */
/* The tables of fixed form, with one row of each kind. */
#include "show/printer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

static struct memory m;

static const char *name_of(void *names, bool group, uint32_t id)
{
	(void)names;
	if (group)
		return id == 2 ? "group" : "cgroup";
	return id == 1 ? "owner" : "creator";
}

/* A row in which all fields of a kind differ. */
static struct ipc_obj full(enum ipc_kind kind)
{
	static const struct { enum ipc_field f; int64_t v; } t[] = {
		{ F_KEY, 0xabcd }, { F_ID, 7 }, { F_MODE, 03640 }, { F_UID, 1 }, { F_GID, 2 }, { F_CUID, 3 }, { F_CGID, 4 },
		{ F_CTIME, 1700000000 }, { F_SIZE, 4096 }, { F_NATTCH, 5 }, { F_CPID, 11 }, { F_LPID, 12 },
		{ F_ATIME, 1700000100 }, { F_DTIME, 1700000200 }, { F_RSS, 8192 }, { F_SWAP, 1024 },
		{ F_CBYTES, 2048 }, { F_QNUM, 6 }, { F_QBYTES, 16384 }, { F_LSPID, 13 }, { F_LRPID, 14 },
		{ F_STIME, 1700000300 }, { F_RTIME, 1700000400 }, { F_NSEMS, 8 }, { F_OTIME, 1700000500 },
		{ F_SEMNUM, 0 }, { F_SEMVAL, 9 }, { F_LIBC, 1 }, { F_NCOUNT, 15 }, { F_ZCOUNT, 16 }, { F_SEMPID, 17 },
		{ F_MTIME, 1700000600 }, { F_MAXMSG, 10 }, { F_MSGSIZE, 512 }, { F_NOTIFYPID, 18 }, { F_USED, 20 },
		{ F_USED_MESSAGES, 21 }, { F_USED_BYTES, 22528 }, { F_USED_PAGES, 23 },
		{ F_RSS_PAGES, 24 }, { F_SWAP_PAGES, 25 },
		{ F_SWAP_ATTEMPTS, 26 }, { F_SWAP_SUCCESSES, 27 }, { F_USED_SEMS, 28 }, { F_USED_SPACE, 29 },
	};
	struct ipc_obj o;

	ipc_clear(&o, kind);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		ipc_set(&o, t[i].f, t[i].v);
	o.t[T_NAME] = "name";
	return o;
}

static void begin(void)
{
	setenv("TZ", "UTC", 1);
	memory_init(&m);
}

/* One view with its row. */
static void show(enum units units, const struct view *v, enum ipc_kind kind)
{
	const struct list list = { .view = v };
	struct printer p = {
		.ops = &printer_classic, .out = &m.out, .follows = true,
		.style = { .units = units, .perms = PERMS_OCTAL, .name = name_of },
	};
	const struct ipc_obj o = full(kind);

	if (v->count == 0)
		return;
	printer_begin(&p, &list);
	printer_row(&p, &o);
	printer_end(&p, true);
}

static void show_all(enum units units, const struct view *views)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		show(units, &views[kind], kind);
}

Test(views, lists)
{
	begin();
	show_all(UNITS_PLAIN, view_tables[VIEW_LIST]);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Message Queues --------\n"
		"key        msqid      owner      perms      used-bytes   messages    \n"
		"0x0000abcd 7          owner      640        2048         6           \n"
		"\n"
		"------ Shared Memory Segments --------\n"
		"key        shmid      owner      perms      bytes      nattch     status      \n"
		"0x0000abcd 7          owner      640        4096       5          dest   locked\n"
		"\n"
		"------ Semaphore Arrays --------\n"
		"key        semid      owner      perms      nsems     \n"
		"0x0000abcd 7          owner      640        8         \n"
		"\n"
		"------ POSIX Message Queues --------\n"
		"owner      perms used-bytes messages max-msgs msg-size name\n"
		"owner      640   2048       6        10       512      name\n"
		"\n"
		"------ POSIX Shared Memory Segments --------\n"
		"owner      perms bytes        resident     name\n"
		"owner      640   4096         8192         name\n"
		"\n"
		"------ POSIX Semaphores --------\n"
		"owner      perms value      libc  name\n"
		"owner      640   9          musl  name\n"
		"\n"));
}

Test(views, lists_with_short_sizes)
{
	begin();
	show_all(UNITS_HUMAN, view_tables[VIEW_LIST]);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Message Queues --------\n"
		"key        msqid      owner      perms      size         messages    \n"
		"0x0000abcd 7          owner      640            2K       6           \n"
		"\n"
		"------ Shared Memory Segments --------\n"
		"key        shmid      owner      perms      size       nattch     status      \n"
		"0x0000abcd 7          owner      640            4K     5          dest   locked\n"
		"\n"
		"------ Semaphore Arrays --------\n"
		"key        semid      owner      perms      nsems     \n"
		"0x0000abcd 7          owner      640        8         \n"
		"\n"
		"------ POSIX Message Queues --------\n"
		"owner      perms size       messages max-msgs msg-size name\n"
		"owner      640   2K         6        10       512B     name\n"
		"\n"
		"------ POSIX Shared Memory Segments --------\n"
		"owner      perms size         resident     name\n"
		"owner      640   4K           8K           name\n"
		"\n"
		"------ POSIX Semaphores --------\n"
		"owner      perms value      libc  name\n"
		"owner      640   9          musl  name\n"
		"\n"));
}

Test(views, times)
{
	begin();
	show_all(UNITS_PLAIN, view_tables[VIEW_TIME]);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Message Queues Send/Recv/Change Times --------\n"
		"msqid    owner      send                 recv                 change              \n"
		"7        owner      Nov 14 22:18:20      Nov 14 22:20:00      Nov 14 22:13:20     \n"
		"\n"
		"------ Shared Memory Attach/Detach/Change Times --------\n"
		"shmid      owner      attached             detached             changed             \n"
		"7          owner      Nov 14 22:15:00      Nov 14 22:16:40      Nov 14 22:13:20     \n"
		"\n"
		"------ Semaphore Operation/Change Times --------\n"
		"semid    owner      last-op                    last-changed              \n"
		"7        owner       Tue Nov 14 22:21:40 2023   Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"------ POSIX Message Queues Access/Modify/Change Times --------\n"
		"owner      accessed        modified        changed         name\n"
		"owner      Nov 14 22:15:00 Nov 14 22:23:20 Nov 14 22:13:20 name\n"
		"\n"
		"------ POSIX Shared Memory Access/Modify/Change Times --------\n"
		"owner      accessed        modified        changed         name\n"
		"owner      Nov 14 22:15:00 Nov 14 22:23:20 Nov 14 22:13:20 name\n"
		"\n"
		"------ POSIX Semaphores Access/Modify/Change Times --------\n"
		"owner      accessed        modified        changed         name\n"
		"owner      Nov 14 22:15:00 Nov 14 22:23:20 Nov 14 22:13:20 name\n"
		"\n"));
}

Test(views, processes)
{
	begin();
	show_all(UNITS_PLAIN, view_tables[VIEW_PID]);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Message Queues PIDs --------\n"
		"msqid      owner      lspid      lrpid     \n"
		"7        owner          13        14\n"
		"\n"
		"------ Shared Memory Creator/Last-op PIDs --------\n"
		"shmid      owner      cpid       lpid      \n"
		"7          owner      11         12        \n"
		"\n"
		"------ POSIX Message Queues PIDs --------\n"
		"owner      notify-pid name\n"
		"owner      18         name\n"
		"\n"));
}

Test(views, creators)
{
	begin();
	show_all(UNITS_PLAIN, view_tables[VIEW_CREATOR]);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Message Queues Creators/Owners --------\n"
		"msqid      perms      cuid       cgid       uid        gid       \n"
		"7          640        creator    cgroup     owner      group     \n"
		"\n"
		"------ Shared Memory Segment Creators/Owners --------\n"
		"shmid      perms      cuid       cgid       uid        gid       \n"
		"7          640        creator    cgroup     owner      group     \n"
		"\n"
		"------ Semaphore Arrays Creators/Owners --------\n"
		"semid      perms      cuid       cgid       uid        gid       \n"
		"7          640        creator    cgroup     owner      group     \n"
		"\n"
		"------ POSIX Message Queues Owners --------\n"
		"perms      uid        gid        name\n"
		"640        owner      group      name\n"
		"\n"
		"------ POSIX Shared Memory Segments Owners --------\n"
		"perms      uid        gid        name\n"
		"640        owner      group      name\n"
		"\n"
		"------ POSIX Semaphores Owners --------\n"
		"perms      uid        gid        name\n"
		"640        owner      group      name\n"
		"\n"));
}

Test(views, single_objects)
{
	begin();
	show_all(UNITS_PLAIN, view_details);
	show(UNITS_PLAIN, &view_elements, IPC_ELEMENT);
	cr_expect(eq(str, (char *)memory_text(&m),
		"\n"
		"Message Queue msqid=7\n"
		"uid=1\tgid=2\tcuid=3\tcgid=4\tmode=03640\n"
		"cbytes=2048\tqbytes=16384\tqnum=6\tlspid=13\tlrpid=14\n"
		"send_time=Tue Nov 14 22:18:20 2023  \n"
		"rcv_time=Tue Nov 14 22:20:00 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"Shared memory Segment shmid=7\n"
		"uid=1\tgid=2\tcuid=3\tcgid=4\n"
		"mode=03640\taccess_perms=0640\n"
		"bytes=4096\tlpid=12\tcpid=11\tnattch=5\n"
		"att_time=Tue Nov 14 22:15:00 2023  \n"
		"det_time=Tue Nov 14 22:16:40 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"Semaphore Array semid=7\n"
		"uid=1\t gid=2\t cuid=3\t cgid=4\n"
		"mode=03640, access_perms=0640\n"
		"nsems = 8\n"
		"otime = Tue Nov 14 22:21:40 2023  \n"
		"ctime = Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"POSIX Message Queue name=name\n"
		"uid=1\tgid=2\tmode=03640\n"
		"cbytes=2048\tqnum=6\tmaxmsg=10\tmsgsize=512\tnotify_pid=18\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"POSIX Shared memory Segment name=name\n"
		"uid=1\tgid=2\n"
		"mode=03640\taccess_perms=0640\n"
		"bytes=4096\tresident=8192\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"POSIX Semaphore name=name\n"
		"uid=1\tgid=2\n"
		"mode=03640\taccess_perms=0640\n"
		"value=9\tlibc=musl\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"semnum     value      ncount     zcount     pid       \n"
		"0          9          15         16         17        \n"
		"\n"));
}

Test(views, single_objects_with_short_sizes)
{
	begin();
	show_all(UNITS_HUMAN, view_details);
	cr_expect(eq(str, (char *)memory_text(&m),
		"\n"
		"Message Queue msqid=7\n"
		"uid=1\tgid=2\tcuid=3\tcgid=4\tmode=03640\n"
		"csize=2K\tqsize=16K\tqnum=6\tlspid=13\tlrpid=14\n"
		"send_time=Tue Nov 14 22:18:20 2023  \n"
		"rcv_time=Tue Nov 14 22:20:00 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"Shared memory Segment shmid=7\n"
		"uid=1\tgid=2\tcuid=3\tcgid=4\n"
		"mode=03640\taccess_perms=0640\n"
		"size=4K\tlpid=12\tcpid=11\tnattch=5\n"
		"att_time=Tue Nov 14 22:15:00 2023  \n"
		"det_time=Tue Nov 14 22:16:40 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"Semaphore Array semid=7\n"
		"uid=1\t gid=2\t cuid=3\t cgid=4\n"
		"mode=03640, access_perms=0640\n"
		"nsems = 8\n"
		"otime = Tue Nov 14 22:21:40 2023  \n"
		"ctime = Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"POSIX Message Queue name=name\n"
		"uid=1\tgid=2\tmode=03640\n"
		"csize=2K\tqnum=6\tmaxmsg=10\tmsgsize=512B\tnotify_pid=18\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"POSIX Shared memory Segment name=name\n"
		"uid=1\tgid=2\n"
		"mode=03640\taccess_perms=0640\n"
		"size=4K\tresident=8K\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"
		"\n"
		"POSIX Semaphore name=name\n"
		"uid=1\tgid=2\n"
		"mode=03640\taccess_perms=0640\n"
		"value=9\tlibc=musl\n"
		"acc_time=Tue Nov 14 22:15:00 2023  \n"
		"mod_time=Tue Nov 14 22:23:20 2023  \n"
		"change_time=Tue Nov 14 22:13:20 2023  \n"
		"\n"));
}

Test(views, summaries)
{
	begin();
	show_all(UNITS_PLAIN, view_summaries);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space = 22528 bytes\n"
		"\n"
		"------ Shared Memory Status --------\n"
		"segments allocated 20\n"
		"pages allocated 23\n"
		"pages resident  24\n"
		"pages swapped   25\n"
		"Swap performance: 26 attempts\t 27 successes\n"
		"\n"
		"------ Semaphore Status --------\n"
		"used arrays = 20\n"
		"allocated semaphores = 28\n"
		"\n"
		"------ POSIX Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space = 22528 bytes\n"
		"\n"
		"------ POSIX Shared Memory Status --------\n"
		"segments allocated 20\n"
		"bytes allocated 22528\n"
		"bytes resident  8192\n"
		"\n"
		"------ POSIX Semaphore Status --------\n"
		"used semaphores = 20\n"
		"\n"));
}

Test(views, summaries_in_bytes)
{
	begin();
	show_all(UNITS_BYTES, view_summaries);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space (bytes) = 22528\n"
		"\n"
		"------ Shared Memory Status --------\n"
		"segments allocated 20\n"
		"pages allocated 23\n"
		"pages resident  24\n"
		"pages swapped   25\n"
		"Swap performance: 26 attempts\t 27 successes\n"
		"\n"
		"------ Semaphore Status --------\n"
		"used arrays = 20\n"
		"allocated semaphores = 28\n"
		"\n"
		"------ POSIX Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space (bytes) = 22528\n"
		"\n"
		"------ POSIX Shared Memory Status --------\n"
		"segments allocated 20\n"
		"bytes allocated 22528\n"
		"bytes resident  8192\n"
		"\n"
		"------ POSIX Semaphore Status --------\n"
		"used semaphores = 20\n"
		"\n"));
}

Test(views, summaries_with_short_sizes)
{
	begin();
	show_all(UNITS_HUMAN, view_summaries);
	cr_expect(eq(str, (char *)memory_text(&m),
		"------ Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space = 22K\n"
		"\n"
		"------ Shared Memory Status --------\n"
		"segments allocated 20\n"
		"pages allocated 23\n"
		"pages resident  24\n"
		"pages swapped   25\n"
		"Swap performance: 26 attempts\t 27 successes\n"
		"\n"
		"------ Semaphore Status --------\n"
		"used arrays = 20\n"
		"allocated semaphores = 28\n"
		"\n"
		"------ POSIX Messages Status --------\n"
		"allocated queues = 20\n"
		"used headers = 21\n"
		"used space = 22K\n"
		"\n"
		"------ POSIX Shared Memory Status --------\n"
		"segments allocated 20\n"
		"bytes allocated 22K\n"
		"bytes resident  8K\n"
		"\n"
		"------ POSIX Semaphore Status --------\n"
		"used semaphores = 20\n"
		"\n"));
}

Test(views, limits)
{
	struct printer p = { .ops = &printer_classic, .out = &m.out };

	begin();
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		const struct list list = { .view = &view_limits[kind] };

		printer_begin(&p, &list);
		printer_end(&p, true);
	}
	cr_expect(eq(str, (char *)memory_text(&m), "\n"
		"------ Messages Limits --------\n\n"
		"------ Shared Memory Limits --------\n\n"
		"------ Semaphore Limits --------\n\n"
		"------ POSIX Messages Limits --------\n\n"
		"------ POSIX Shared Memory Limits --------\n\n"
		"------ POSIX Semaphore Limits --------\n\n"));
}

Test(views, single_objects_have_no_units_but_short_ones)
{
	static char plain[4096];

	begin();
	show_all(UNITS_PLAIN, view_details);
	cr_assert(eq(sz, (size_t)snprintf(plain, sizeof plain, "%s", memory_text(&m)), strlen(plain)));
	begin();
	show_all(UNITS_BYTES, view_details);
	cr_expect(eq(str, (char *)memory_text(&m), plain));
}
