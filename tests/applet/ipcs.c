/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "show/views.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)
#define TRY "Try 'ipcs --help' for more information.\n"

static void segment(int index, int64_t mode, int64_t size)
{
	struct ipc_obj *o = fake_add(IPC_SHM, index, 0);

	ipc_set(o, F_UID, 4294967290);
	ipc_set(o, F_MODE, mode);
	ipc_set(o, F_SIZE, size);
	ipc_set(o, F_NATTCH, 2);
}

Test(ipcs, the_classic_table)
{
	segment(0, 0644, 4096);
	segment(3, 03600, 1099511627776);
	fake_expect(RUN("-m"), 0,
	       "\n------ Shared Memory Segments --------\n"
	       "key        shmid      owner      perms      bytes      nattch     status      \n"
	       "0x00001000 0          4294967290 644        4096       2                       \n"
	       "0x00001003 3          4294967290 600        1099511627776 2          dest   locked\n"
	       "\n", "");
}

Test(ipcs, the_order_of_kinds_is_fixed)
{
	const char *out = RUN("-s", "-m", "-q", "--pid").out;

	cr_expect(eq(str, (char *)out,
		"\n------ Message Queues PIDs --------\n"
		"msqid      owner      lspid      lrpid     \n\n"
		"------ Shared Memory Creator/Last-op PIDs --------\n"
		"shmid      owner      cpid       lpid      \n\n\n"));
}

Test(ipcs, the_last_output_option_wins)
{
	static const struct { const char *a, *b, *title; } t[] = {
		{ "-t", "-c", "Creators/Owners" }, { "-c", "-t", "Send/Recv/Change" }, { "-t", "-p", "PIDs" },
		{ "-l", "-u", "Status" }, { "-u", "--limits", "Limits" },
	};

	ipc_clear(&fake.usage[IPC_MSG], IPC_MSG);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(strstr(RUN("-q", t[i].a, t[i].b).out, t[i].title) != NULL, "%s %s", t[i].a, t[i].b);
}

Test(ipcs, operands_are_refused)
{
	fake_add(IPC_MSG, 0, 0);
	fake_expect(RUN("foo"), 1, "", "ipcs: unknown argument: foo\n" TRY);
	fake_expect(RUN("-q", "--", "-m"), 1, "", "ipcs: unknown argument: -m\n" TRY);
}

/* DEFECTS U1, U2: an ID of -1 caused a crash, or meant the first object. */
Test(ipcs, u1_u2_negative_ids)
{
	ipc_set(fake_add(IPC_SEM, 0, 0), F_NSEMS, 3);
	fake_add(IPC_SHM, 0, 0);
	fake_add(IPC_MSG, 0, 0);
	fake_expect(RUN("-s", "-i", "-1"), 1, "", "ipcs: failed to parse id argument: '-1': not a decimal number\n");
	fake_expect(RUN("-m", "-i", "-1"), 1, "", "ipcs: failed to parse id argument: '-1': not a decimal number\n");
	fake_expect(RUN("-q", "-i-1"), 1, "", "ipcs: failed to parse id argument: '-1': not a decimal number\n");
}

Test(ipcs, ids_that_are_none)
{
	static const char *const t[] = { "", " ", "abc", "0x10", "1 ", " 1", "+1", "1;2" };

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ran r = RUN("-m", "--id", t[i]);

		cr_expect(r.status == 1 && *r.out == '\0' && strstr(r.err, "failed to parse id argument: '"));
	}
	fake_expect(RUN("-m", "-i", "4294967296"), 1, "",
	       "ipcs: failed to parse id argument: '4294967296': Numerical result out of range (0 to 2147483647)\n");
	fake_expect(RUN("-i", "0"), 1, "", "ipcs: when using an ID, a single resource must be specified\n");
	fake_expect(RUN("-m", "-q", "-i", "0"), 1, "",
	       "ipcs: when using an ID, a single resource must be specified\n");
	fake_expect(RUN("-a", "-i", "0"), 1, "", "ipcs: when using an ID, a single resource must be specified\n");
}

/* DEFECTS U22: not found is a failure. */
Test(ipcs, u22_not_found)
{
	fake_expect(RUN("-m", "-i", "77"), 1, "", "ipcs: id 77 not found\n");
	fake_expect(RUN("-s", "-i", "77"), 1, "", "ipcs: id 77 not found\n");
	fake.fail[IPC_MSG][OP_STAT] = -EIDRM;
	fake_expect(RUN("-q", "-i", "77"), 1, "", "ipcs: id 77 not found\n");
}

/* DEFECTS U23: the creator's group is correct, by system calls, too. */
Test(ipcs, u23_creator_group)
{
	fake_add(IPC_SHM, 0, 0);
	fake_expect(RUN("-m", "-c", "--source=syscall"), 0,
	       "\n------ Shared Memory Segment Creators/Owners --------\n"
	       "shmid      perms      cuid       cgid       uid        gid       \n"
	       "0          644        3000000003 3000000004 3000000001 3000000002\n\n", "");
}

Test(ipcs, unknown_values_are_dashes)
{
	fake_file("/sysvipc/msg", "key msqid perms\n-1 5 640\n");
	setenv("TZ", "UTC", 1);
	fake_expect(RUN("-q", "-c"), 0,
	       "\n------ Message Queues Creators/Owners --------\n"
	       "msqid      perms      cuid       cgid       uid        gid       \n"
	       "5          640        -          -          -          -         \n\n", "");
	fake.fail[IPC_MSG][OP_STAT] = -EACCES;
	fake_expect(RUN("-q", "-i", "5"), 0,
	       "\nMessage Queue msqid=5\nuid=-\tgid=-\tcuid=-\tcgid=-\tmode=0640\ncbytes=-\tqbytes=-\tqnum=-\t"
	       "lspid=-\tlrpid=-\nsend_time=-                         \nrcv_time=-                         \n"
	       "change_time=-                         \n\n", "");
}

static void set(int nsems)
{
	ipc_set(fake_add(IPC_SEM, 0, 0), F_NSEMS, nsems);
	ipc_set(&fake.at[IPC_SEM][0], F_OTIME, 0);
	for (int i = 0; i < nsems; i++)
		fake.values[i] = (uint16_t)(10 * i);
	setenv("TZ", "UTC", 1);
}

#define SET_DETAIL "\nSemaphore Array semid=0\nuid=3000000001\t gid=3000000002\t cuid=3000000003\t cgid=3000000004\n" \
	"mode=0644, access_perms=0644\nnsems = 2\notime = Not set                   \n" \
	"ctime = Tue Nov 14 22:13:20 2023  \n" \
	"semnum     value      ncount     zcount     pid       \n"

/* DEFECTS U28: one call for all values, and three for each semaphore. */
Test(ipcs, u28_a_set_in_detail)
{
	set(2);
	fake_expect(RUN("-s", "-i", "0"), 0,
	       SET_DETAIL "0          0          100        200        0         \n"
	       "1          10         101        201        1         \n\n", "");
	cr_expect(fake.values_calls == 1 && fake.sem_gets == 6);
}

/* DEFECTS U26: without read permission, everything but the values is shown, and a message says what is missing. */
Test(ipcs, u26_an_unreadable_set)
{
	set(2);
	fake.fail[IPC_SEM][OP_STAT] = -EACCES;
	fake.fail_values = -EACCES;
	fake_expect(RUN("-s", "-i", "0"), 1,
	       SET_DETAIL "0          -          -          -          -         \n"
	       "1          -          -          -          -         \n\n",
	       "ipcs: cannot read the values of semaphore set 0: Permission denied\n");
}

/* DEFECTS U27: a set that is removed at the same time. */
Test(ipcs, u27_a_set_removed_while_it_is_read)
{
	set(2);
	fake.fail_values = -EIDRM;
	fake_expect(RUN("-s", "-i", "0"), 1, "", "ipcs: id 0 not found\n");
	fake.fail_values = 0;
	fake.fail_sem_get_after = 3;
	fake_expect(RUN("-s", "-i", "0"), 1, SET_DETAIL "0          0          100        200        0         \n\n",
	       "ipcs: cannot read all of semaphore set 0: Identifier removed\n");
}

/* DEFECTS U37: errors are on standard error, with status 1; the other kinds are still shown. */
Test(ipcs, u37_a_kernel_without_a_kind)
{
	fake_add(IPC_MSG, 0, 0);
	fake.fail[IPC_SHM][FAKE_LIMITS] = -ENOSYS;
	struct ran r = RUN("-m", "-q");
	cr_expect(r.status == 1 && strstr(r.out, "Message Queues") && strstr(r.out, "0x00001000"));
	cr_expect(eq(str, (char *)r.err, "ipcs: kernel not configured for shared memory\n"));
	fake_expect(RUN("-m", "-l"), 1, "\n\n", "ipcs: kernel not configured for shared memory\n");
	fake.fail[IPC_SHM][OP_USAGE] = -ENOSYS;
	fake_expect(RUN("-m", "-u"), 1, "\n\n", "ipcs: kernel not configured for shared memory\n");
	fake.fail[IPC_SHM][OP_STAT] = -ENOSYS;
	fake_expect(RUN("-m", "-i", "0"), 1, "", "ipcs: kernel not configured for shared memory\n");
}

Test(ipcs, a_forced_source_that_fails_is_named)
{
	char want[256];

	fake_add(IPC_SHM, 0, 0);
	snprintf(want, sizeof want, "ipcs: cannot open %s/sysvipc/shm: No such file or directory\n", fake_proc());
	fake_expect(RUN("-m", "--source=proc"), 1, "\n\n", want);
	fake_expect(RUN("-m", "-i", "0", "--source=proc"), 1, "", want);
	snprintf(want, sizeof want, "ipcs: cannot open %s/sys/kernel/shmmni: No such file or directory\n",
		 fake_proc());
	fake_expect(RUN("-m", "-l", "--source=proc"), 1, "\n\n", want);
	fake_file("/sysvipc/shm", "garbage\n");
	snprintf(want, sizeof want, "ipcs: cannot read %s/sysvipc/shm: malformed contents\n", fake_proc());
	fake_expect(RUN("-m", "--source=proc"), 1, "\n\n", want);
	fake.fail[IPC_SHM][FAKE_LIMITS] = -EPERM;
	fake_expect(RUN("-m", "--source=syscall"), 1, "\n\n",
	       "ipcs: shared memory: shmctl failed: Operation not permitted\n");
	fake_expect(RUN("--source=both"), 1, "",
	       "ipcs: --source 'both': not auto, proc or syscall\n");
}

Test(ipcs, a_list_cut_by_permissions_says_so)
{
	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	fake_add(IPC_MSG, 0, 0);
	fake.fail_at[IPC_MSG][0] = -EACCES;
	struct ran r = RUN("-q");
	cr_expect(r.status == 1 && strstr(r.out, "Message Queues"));
	cr_expect(eq(str, (char *)r.err, "ipcs: 1 message queue not shown: Permission denied\n"));
}

Test(ipcs, help_and_version)
{
	struct ran r = RUN("-q", "--help");

	cr_expect(r.status == 0 && strncmp(r.out, "Usage:\n ipcs ", 13) == 0 && *r.err == '\0');
	r = RUN("-V");
	cr_expect(r.status == 0 && strncmp(r.out, "ipcs from ipcbox ", 17) == 0);
	r = RUN("-Z", "-h");
	cr_expect(r.status == 1 && *r.out == '\0');
}

Test(ipcs, a_full_disk_ends_a_long_list)
{
	for (int i = 0; i < 1000; i++)
		fake_add(IPC_MSG, i, 0);
	fake_out.fail = -ENOSPC;
	RUN("-q");
	cr_expect(fake_out.out.error == -ENOSPC);
	cr_expect(fake.calls[OP_STAT_ANY] < 100, "it stops: %u", fake.calls[OP_STAT_ANY]);
}

/* The classic printer relies on this to write a cell without checks. */
Test(ipcs, the_cells_of_views_are_small)
{
	for (int mode = 0; mode < VIEW_TABLES; mode++)
		for (int kind = 0; kind < IPC_NKINDS; kind++)
			for (unsigned i = 0; i < view_tables[mode][kind].count; i++) {
				const struct view_item *it = &view_tables[mode][kind].items[i];

				cr_expect(it->lead <= VIEW_LEAD && strlen(it->text) < VALUE_ROOM, "%s", it->text);
				cr_expect(it->head_width < VALUE_ROOM, "%s", it->text);
			}
}
