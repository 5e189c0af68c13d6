/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcmk_applet, __VA_ARGS__, NULL)
#define TRY "Try 'ipcmk --help' for more information.\n"

static void nothing_made(void)
{
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		cr_expect(fake_gone(kind, 0), "kind %d", kind);
}

Test(ipcmk, several_kinds_in_a_fixed_order)
{
	fake_expect(RUN("-S", "3", "-Q", "-M", "1K"), 0,
	       "Shared memory id: 0\nMessage queue id: 0\nSemaphore id: 0\n", "");
	for (int i = 0; i < 3; i++)
		cr_expect(eq(int, fake.flags[i], IPC_CREAT | IPC_EXCL | 0644));
}

Test(ipcmk, the_last_value_counts)
{
	fake_expect(RUN("-M", "1", "-M", "2", "-p", "600", "--mode", "u=r,go="), 0, "Shared memory id: 0\n", "");
	cr_expect(eq(int, fake.flags[0], IPC_CREAT | IPC_EXCL | 0400));
}

Test(ipcmk, bad_command_lines)
{
	fake_expect(RUN("-p", "600"), 1, "", "ipcmk: bad usage\n" TRY);
	fake_expect(RUN("-M", "1", "-S", "x"), 1, "", "ipcmk: failed to parse elements: 'x': not a decimal number\n");
	fake_expect(RUN("-Q", "-S", ""), 1, "", "ipcmk: failed to parse elements: '': not a decimal number\n");
	fake_expect(RUN("-Q", "-S", "2147483648"), 1, "",
	       "ipcmk: failed to parse elements: '2147483648': Numerical result out of range (0 to 2147483647)\n");
	fake_expect(RUN("-Q", "-M", "1.5"), 1, "", "ipcmk: failed to parse size: '1.5': Invalid argument\n");
	fake_expect(RUN("-Q", "-M", "16E"), 1, "", "ipcmk: failed to parse size: '16E': Numerical result out of range\n");
	fake_expect(RUN("-Q", "-p", "abc"), 1, "",
	       "ipcmk: failed to parse mode: 'abc': not octal or symbolic permissions\n");
	nothing_made();
}

/* DEFECTS U12: bits above the permissions would become flags of shmget. */
Test(ipcmk, u12_mode_bits_are_no_flags)
{
	static const char *const t[] = { "1644", "2644", "4644", "10644", "1000" };
	char want[128];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		snprintf(want, sizeof want, "ipcmk: failed to parse mode: '%s': Numerical result out of range\n", t[i]);
		fake_expect(RUN("-M", "4096", "-p", t[i]), 1, "", want);
	}
	nothing_made();
}

/* DEFECTS U13: after a failure, the objects created before it are removed. */
Test(ipcmk, u13_all_or_nothing)
{
	fake.fail_get[IPC_SEM] = -ENOSPC;
	fake_expect(RUN("-M", "1", "-Q", "-S", "3"), 1, "",
	       "ipcmk: create semaphore failed: No space left on device: "
	       "the limit kernel.sem SEMMNI or the limit kernel.sem SEMMNS is reached\n");
	nothing_made();
}

Test(ipcmk, ids_that_cannot_be_told)
{
	fake_out.fail = -ENOSPC;
	cr_expect(RUN("-M", "1", "-Q", "-S", "3").status == 1);
	cr_expect(fake_out.out.error == -ENOSPC, "main says it");
	nothing_made();
}

Test(ipcmk, what_cannot_be_undone_is_told)
{
	fake.fail_get[IPC_SEM] = -EACCES;
	fake.fail[IPC_MSG][OP_REMOVE] = -EPERM;
	fake.fail[IPC_SHM][OP_REMOVE] = -EIDRM;
	fake_expect(RUN("-M", "1", "-Q", "-S", "3"), 1, "",
	       "ipcmk: create semaphore failed: Permission denied\n"
	       "ipcmk: cannot undo the creation of message queue id 0: Operation not permitted\n");
}

/* An object that cannot be examined may belong to another program by now. */
Test(ipcmk, v10_could_not_look_means_keep)
{
	fake.fail_get[IPC_SEM] = -EACCES;
	fake.fail[IPC_MSG][OP_STAT] = fake.fail[IPC_MSG][OP_STAT_ANY] = fake.fail[IPC_MSG][OP_STAT_INDEX] = -EPERM;
	fake_expect(RUN("-M", "1", "-Q", "-S", "3"), 1, "",
	       "ipcmk: create semaphore failed: Permission denied\n"
	       "ipcmk: cannot undo the creation of message queue id 0: Operation not permitted\n");
	cr_expect(fake_gone(IPC_SHM, 0) && fake_has(IPC_MSG, 0));
}

Test(ipcmk, what_the_kernel_refuses)
{
	fake.fail_get[IPC_SHM] = -EINVAL;
	fake_expect(RUN("-M", "0"), 1, "", "ipcmk: create shared memory failed: Invalid argument: "
	       "'0' is not a size from 1 to the limit kernel.shmmax\n");
	fake.fail_get[IPC_SHM] = -ENOMEM;
	fake_expect(RUN("-M", "1"), 1, "", "ipcmk: create shared memory failed: Cannot allocate memory\n");
	cr_expect(eq(uint, fake.calls[FAKE_LIMITS], 2), "limits are read only after a failure");
	fake.fail_get[IPC_MSG] = -ENOSYS;
	fake_expect(RUN("-Q"), 1, "", "ipcmk: create message queue failed: Function not implemented\n");
}

/* Each message has the given value, the limit and its name. */
Test(ipcmk, limits_that_the_kernel_enforces)
{
	static const struct { const char *make; int error; const char *says; } t[] = {
		{ "-M8K", -EINVAL, "shared memory failed: Invalid argument: '8K' is not a size from 1 to 4097 (kernel.shmmax)" },
		{ "-M4097", -EINVAL, "shared memory failed: Invalid argument" },
		{ "-M1", -ENOSPC, "shared memory failed: No space left on device: "
		  "the limit of 7 segments (kernel.shmmni) or the limit of 99 pages (kernel.shmall) is reached" },
		{ "-Q", -ENOSPC, "message queue failed: No space left on device: "
		  "the limit of 5 queues (kernel.msgmni) is reached" },
		{ "-S251", -EINVAL, "semaphore failed: Invalid argument: "
		  "'251' is not a number from 1 to 250 (kernel.sem SEMMSL)" },
		{ "-S1", -ENOSPC, "semaphore failed: No space left on device: the limit of 3 sets (kernel.sem SEMMNI) "
		  "or the limit of 1000 semaphores (kernel.sem SEMMNS) is reached" },
	};

	fake_file("/sys/kernel/shmmax", "4097\n");
	fake_file("/sys/kernel/shmmni", "7\n");
	fake_file("/sys/kernel/shmall", "99\n");
	fake_file("/sys/kernel/msgmni", "5\n");
	fake_file("/sys/kernel/sem", "250 1000 32 3\n");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
			fake.fail_get[kind] = t[i].error;
		fake_expect(RUN(t[i].make), 1, "", format("ipcmk: create %s\n", t[i].says));
	}
}

/* Of two limits, the usage decides which one is the reason; -1 is unknown. */
Test(ipcmk, a_full_table_or_too_much_in_it)
{
#define SEGMENTS "shared memory", "the limit of 7 segments (kernel.shmmni)", "the limit of 99 pages (kernel.shmall)"
#define SETS "semaphore", "the limit of 1 set (kernel.sem SEMMNI)", "the limit of 1000 semaphores (kernel.sem SEMMNS)"
	static const struct {
		const char *option; int64_t size, objects, parts; const char *noun, *full, *other, *excess;
	} t[] = {
		{ "-M", 4097, 7, 97, SEGMENTS, NULL },
		{ "-M", 4097, 6, 98, SEGMENTS, "100 pages in total exceed the limit of 99 (kernel.shmall)" },
		{ "-M", 4096, 6, 99, SEGMENTS, "100 pages in total exceed the limit of 99 (kernel.shmall)" },
		{ "-M", 4096, 6, 100, SEGMENTS, "101 pages in total exceed the limit of 99 (kernel.shmall)" },
		{ "-M", 4097, 7, 98, SEGMENTS, "" },
		{ "-M", 4096, 6, 98, SEGMENTS, "" },
		{ "-M", 4096, 6, -1, SEGMENTS, "the limit of 99 pages (kernel.shmall) is reached" },
		{ "-M", 4096, -1, 98, SEGMENTS, NULL },
		{ "-M", 4096, -1, -1, SEGMENTS, "" },
		{ "-S", 6, 1, 994, SETS, NULL },
		{ "-S", 6, 0, 995, SETS, "1001 semaphores in total exceed the limit of 1000 (kernel.sem SEMMNS)" },
	};
	char size[24];

	fake_file("/sys/kernel/shmmax", "409600\n");
	fake_file("/sys/kernel/shmmni", "7\n");
	fake_file("/sys/kernel/shmall", "99\n");
	fake_file("/sys/kernel/sem", "250 1000 32 1\n");
	fake.fail_get[IPC_SHM] = fake.fail_get[IPC_SEM] = -ENOSPC;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		bool set = t[i].option[1] == 'S';
		int64_t page = set ? 1 : sysconf(_SC_PAGESIZE) / 4096;
		struct ipc_obj *usage = &fake.usage[set ? IPC_SEM : IPC_SHM];
		const char *why = t[i].excess == NULL ? format("%s is reached", t[i].full)
			: *t[i].excess == '\0' ? format("%s or %s is reached", t[i].full, t[i].other) : t[i].excess;

		ipc_clear(usage, set ? IPC_SEM : IPC_SHM);
		if (t[i].objects >= 0)
			ipc_set(usage, F_USED, t[i].objects);
		if (t[i].parts >= 0)
			ipc_set(usage, set ? F_USED_SEMS : F_USED_PAGES, t[i].parts);
		snprintf(size, sizeof size, "%lld", (long long)(t[i].size * page));
		fake_expect(RUN(t[i].option, size), 1, "",
			    format("ipcmk: create %s failed: No space left on device: %s\n", t[i].noun, why));
	}
}

Test(ipcmk, huge_pages_that_are_refused)
{
	static const char create[] = "ipcmk: create shared memory failed: ";

	fake_file("/sys/kernel/shmmax", "4194304\n");
	fake.fail_get[IPC_SHM] = -ENOMEM;
	fake_expect(RUN("-M2M", "--hugetlb"), 1, "", format("%sCannot allocate memory: "
		    "not enough free huge pages (vm.nr_hugepages)\n", create));
	fake_expect(RUN("-M2M", "--hugetlb=1G"), 1, "", format("%sCannot allocate memory: "
		    "not enough free huge pages of this size (/sys/kernel/mm/hugepages)\n", create));
	fake.fail_get[IPC_SHM] = -EPERM;
	fake_expect(RUN("-M2M", "--hugetlb"), 1, "", format("%sOperation not permitted: "
		    "huge pages need CAP_IPC_LOCK or membership in the group vm.hugetlb_shm_group\n", create));
	fake_file("/sys/vm/hugetlb_shm_group", "27\n");
	fake_expect(RUN("-M2M", "--hugetlb"), 1, "", format("%sOperation not permitted: "
		    "huge pages need CAP_IPC_LOCK or membership in the group 27 (vm.hugetlb_shm_group)\n", create));
	fake.fail_get[IPC_SHM] = -EINVAL;
	fake_expect(RUN("-M2M", "--hugetlb"), 1, "", format("%sInvalid argument: "
		    "this kernel has no huge pages of this size\n", create));
	fake_expect(RUN("-M8M", "--hugetlb"), 1, "", format("%sInvalid argument: "
		    "'8M' is not a size from 1 to 4194304 (kernel.shmmax)\n", create));
}

/* DEFECTS U11: another program's object is never taken for a new one. */
Test(ipcmk, u11_a_key_in_use)
{
	fake.exists = 5;
	fake_expect(RUN("-Q"), 0, "Message queue id: 0\n", "");
	cr_expect(eq(uint, fake.gets, 6));
}

/* The object created at index 0 of a kind. */
static const struct ipc_obj *made(enum ipc_kind kind)
{
	return &fake.at[kind][0];
}

Test(ipcmk, operands)
{
	fake_expect(RUN("--shmem", "1024", "0600"), 0, "Shared memory id: 0\n", "");
	cr_expect(made(IPC_SHM)->v[F_MODE] == 0600 && made(IPC_SHM)->v[F_SIZE] == 1024);
	fake_expect(RUN("mymq", "-Q", "640"), 0, "Message queue id: 0\n", "");
	cr_expect(made(IPC_MSG)->v[F_MODE] == 0640 && made(IPC_MSG)->v[F_KEY] == 0xad5e5831);
	fake_expect(RUN("-S", "4", "u=rw,go=", "-k", "0x4d2"), 0, "Semaphore id: 0\n", "");
	cr_expect(made(IPC_SEM)->v[F_MODE] == 0600 && made(IPC_SEM)->v[F_KEY] == 0x4d2);
}

/* Octal with a leading 0, three octal digits and symbolic permissions are modes; no other number is. */
Test(ipcmk, modes_among_operands)
{
	static const struct { const char *operand; int64_t mode; } t[] = {
		{ "600", 0600 }, { "0600", 0600 }, { "07", 07 }, { "00", 0 }, { "00640", 0640 }, { "rw-r-----", 0640 },
		{ "g+w", 0664 }, { "u=rw,go=", 0600 },
	};
	static const char *const numbers[] = { "1234", "2322", "60", "7", "0x4d2", "800", "0x600", "1777" };

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		cr_expect(RUN("-M", "1", t[i].operand).status == 0, "%s", t[i].operand);
		cr_expect(eq(int, (int)made(IPC_SHM)->v[F_MODE], (int)t[i].mode), "%s", t[i].operand);
		fake.at[IPC_SHM][0].have = 0;
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		fake_expect(RUN("-M", "1", numbers[i]), 1, "", format("ipcmk: '%s' is not a mode; use -k %s for a key\n",
									 numbers[i], numbers[i]));
	fake_expect(RUN("-Q", "16", "1234"), 1, "", "ipcmk: '1234' is not a mode; use -k 1234 for a key\n");
	fake_expect(RUN("-Q", "me", "1234"), 1, "", "ipcmk: '1234' is not a mode; use -k 1234 for a key\n");
	fake_expect(RUN("-M", "1", "--", "-1"), 1, "", "ipcmk: '-1' is not a mode; use -k -1 for a key\n");
	fake_expect(RUN("-M", "1", "01777"), 1, "", "ipcmk: failed to parse mode: '01777': Numerical result out of range\n");
	nothing_made();
}

Test(ipcmk, an_identifier_is_for_all_kinds)
{
	cr_expect(RUN("-S", "4", "-Q", "-M", "1", "me").status == 0);
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		cr_expect(made(kind)->v[F_KEY] == key_of_name("me", 2));
}

Test(ipcmk, operands_that_contradict)
{
	fake_expect(RUN("-Q", "0600", "0640"), 1, "", "ipcmk: more than one mode: '0640'\n");
	fake_expect(RUN("-Q", "-p", "600", "rw-r-----"), 1, "", "ipcmk: more than one mode: 'rw-r-----'\n");
	fake_expect(RUN("-Q", "a", "b"), 1, "", "ipcmk: more than one key: 'b'\n");
	fake_expect(RUN("-Q", "-k", "a", "b"), 1, "", "ipcmk: more than one key: 'b'\n");
	fake_expect(RUN("-M", "1", "0800"), 1, "", "ipcmk: '0800' is not a mode or a key\n");
	fake_expect(RUN("-M", "1", "what:else"), 1, "", "ipcmk: 'what:else' is not a mode or a key\n");
	fake_expect(RUN("-M", "1", ""), 1, "", "ipcmk: '' is not a mode or a key\n");
	fake_expect(RUN("-M", "1", "0"), 1, "", "ipcmk: --key '0': write private for an object without a key\n");
	fake_expect(RUN("-M", "1", "0x100000000"), 1, "", "ipcmk: --key '0x100000000': more than 32 bits\n");
	fake_expect(RUN("-M", "1", "ftok:/x:256"), 1, "", "ipcmk: --key 'ftok:/x:256': PROJ is not from 1 to 255\n");
	fake_expect(RUN("-M", "1", "private", "--exist-ok"), 1, "", "ipcmk: --exist-ok needs a key other than private\n");
	nothing_made();
}

static void limits_of_queues(int64_t msgmax, int64_t msgmnb)
{
	fake.limits[IPC_MSG].have = 0;
	limit_set(&fake.limits[IPC_MSG], L_MSGMAX, msgmax);
	limit_set(&fake.limits[IPC_MSG], L_MSGMNB, msgmnb);
}

/* How the first number after -Q is read, and the resulting bytes. */
Test(ipcmk, a_number_behind_queue_is_its_capacity)
{
	static const struct { const char *a, *b, *c; int64_t qbytes, mode; } t[] = {
		{ "16", "mymq", NULL, 16000, 0644 }, { "16", "600", NULL, 16000, 0600 },
		{ "600", "0640", NULL, 600000, 0640 }, { "600", "x", "rw-r-----", 600000, 0640 },
		{ "-p640", "600", NULL, 600000, 0640 }, { "0600", NULL, NULL, 16384, 0600 },
		{ "888", NULL, NULL, 888000, 0644 }, { "1000", NULL, NULL, 1000000, 0644 },
		{ "--max-messages=5", "600", NULL, 5000, 0600 }, { "--max-messages=5", "--message-size=10", "x", 50, 0644 },
		{ "7", "--message-size=1K", NULL, -1, 0 }, { "7", "--message-size=1KB", NULL, 7000, 0644 },
	};

	limits_of_queues(1000, 2000000);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ran r = RUN("-Q", t[i].a, t[i].b, t[i].c);

		if (t[i].qbytes < 0) {
			cr_expect(eq(str, (char *)r.err, "ipcmk: --message-size '1K': "
				     "not a size from 1 to 1000 (kernel.msgmax)\n"));
			continue;
		}
		cr_expect(r.status == 0 && made(IPC_MSG)->v[F_QBYTES] == t[i].qbytes && made(IPC_MSG)->v[F_MODE] == t[i].mode,
			  "%s %s: %s%jd %jo", t[i].a, t[i].b, r.err, (intmax_t)made(IPC_MSG)->v[F_QBYTES],
			  (uintmax_t)made(IPC_MSG)->v[F_MODE]);
		fake.at[IPC_MSG][0].have = 0;
	}
}

Test(ipcmk, a_number_that_may_be_either)
{
	fake_expect(RUN("-Q", "600"), 1, "",
		    "ipcmk: '600' is ambiguous after -Q: write 0600 for a mode, --max-messages 600 for a capacity\n");
	cr_expect(RUN("-Q", "600", "mymq").status == 1);
	nothing_made();
}

Test(ipcmk, capacities_refused)
{
	limits_of_queues(8192, 16384);
	fake_expect(RUN("-Q", "--max-messages", "0"), 1, "",
		    "ipcmk: --max-messages '0': not a number from 1 to 2147483647\n");
	fake_expect(RUN("-Q", "--max-messages", "x"), 1, "",
		    "ipcmk: --max-messages 'x': not a number from 1 to 2147483647\n");
	fake_expect(RUN("-Q", "5", "--message-size", "0"), 1, "", "ipcmk: --message-size '0': "
		    "not a size from 1 to 8192 (kernel.msgmax)\n");
	fake_expect(RUN("-Q", "--message-size", "5"), 1, "", "ipcmk: --message-size needs --max-messages\n");
	fake_expect(RUN("-Q", "16385"), 1, "", "ipcmk: 16385 messages exceed the limit of 16384 bytes (kernel.msgmnb)\n");
	nothing_made();
	fake.fail[IPC_MSG][OP_SET] = -EPERM;
	fake_expect(RUN("-Q", "16"), 1, "", "ipcmk: create message queue failed: "
		    "cannot set its owner, mode or capacity: Operation not permitted\n");
	fake_expect(RUN("-Q", "17", "--message-size", "1K"), 1, "", "ipcmk: create message queue failed: its capacity of "
		    "17408 bytes exceeds the limit of 16384 (kernel.msgmnb): Operation not permitted\n");
	nothing_made();
}

/* The kernel accepts 0 for kernel.msgmax, but then no message fits. */
Test(ipcmk, a_queue_for_no_message)
{
	limits_of_queues(0, 16384);
	fake_expect(RUN("-Q", "5", "--message-size", "1"), 1, "", "ipcmk: --message-size '1': "
		    "not a size from 1 to 0 (kernel.msgmax)\n");
	nothing_made();
	fake_expect(RUN("-Q"), 0, "Message queue id: 0\n", "");
}

/* Without --message-size, every number of messages up to msgmnb fits. */
Test(ipcmk, v28_any_number_of_messages)
{
	limits_of_queues(8192, 16384);
	for (int64_t n = 1; n <= 16384; n += n < 600 ? 1 : 11) {
		int64_t size = 16384 / n < 8192 ? 16384 / n : 8192, qbytes;
		char option[64];

		snprintf(option, sizeof option, "--max-messages=%jd", (intmax_t)n);
		cr_assert(RUN("-Q", option).status == 0);
		qbytes = made(IPC_MSG)->v[F_QBYTES];
		cr_assert(qbytes == n * size && qbytes <= 16384 && size > 0, "%jd: %jd", (intmax_t)n, (intmax_t)qbytes);
		fake.at[IPC_MSG][0].have = 0;
	}
	/* Only empty messages can be sent, and only their number counts. */
	limits_of_queues(0, 16384);
	cr_expect(RUN("-Q", "16").status == 0 && made(IPC_MSG)->v[F_QBYTES] == 16);
}

Test(ipcmk, options_that_do_not_fit)
{
	static const struct { const char *kind, *option, *says; } t[] = {
		{ "-M1", "--max-messages=1", "--max-messages needs --queue or --posix-mqueue" },
		{ "-S1", "--message-size=1", "--message-size needs --queue or --posix-mqueue" },
		{ "-Q", "--value=1", "--value needs --semaphore or --posix-semaphore" },
		{ "-Q", "--hugetlb", "--hugetlb needs --shmem" },
		{ "-S1", "--noreserve", "--noreserve needs --shmem" },
		{ "-Q", "--lock", "--lock needs --shmem" },
		{ "-Q", "--musl", "--musl needs --posix-semaphore" },
		{ "-Q", "--name=x", "--name needs --posix-shmem or --posix-semaphore or --posix-mqueue" },
		{ "-qnx", "key", "a key applies only to System V objects (-M, -Q, -S)" },
		{ "-Q", "--exist-ok", "--exist-ok needs --name or --key" },
	};
	char want[256];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		snprintf(want, sizeof want, "ipcmk: %s\n", t[i].says);
		fake_expect(RUN(t[i].kind, t[i].option), 1, "", want);
	}
	nothing_made();
}

Test(ipcmk, a_key_that_exists)
{
	cr_expect(RUN("-M", "100", "-S", "4", "-Q", "-k", "0x4d2").status == 0);
	fake_expect(RUN("-M", "100", "-k", "0x4d2"), 1, "",
		    "ipcmk: create shared memory failed: File exists (key 0x000004d2, id 0)\n");
	fake_expect(RUN("-M", "100", "-Q", "-S", "3", "-k", "0x4d2", "--exist-ok"), 0,
		    "Shared memory id: 0\nMessage queue id: 0\nSemaphore id: 0\n", "");
	fake_expect(RUN("-M", "101", "-k", "0x4d2", "--exist-ok"), 1, "",
		    "ipcmk: create shared memory failed: File exists (key 0x000004d2, id 0: its size is 100, less than 101)\n");
	fake_expect(RUN("-S", "5", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create semaphore failed: File exists "
		    "(key 0x000004d2, id 0: its number of semaphores is 4, less than 5)\n");
	limits_of_queues(8192, 20000);
	fake_expect(RUN("-Q", "16", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create message queue failed: File exists "
		    "(key 0x000004d2, id 0: its capacity is 16384, less than 20000)\n");
	fake_expect(RUN("-Q", "2", "-k", "0x4d2", "--exist-ok"), 0, "Message queue id: 0\n", "");
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		cr_expect(fake_has(kind, 0) && fake_gone(kind, 1));
}

/* --exist-ok reuses only what is as good as a new object. */
Test(ipcmk, v13_what_exists_must_fit)
{
	static const struct { unsigned field; int64_t is; const char *says; } t[] = {
		{ F_UID, 7, "owner is 7, not 3000000001" },
		{ F_CUID, 7, "creator is 7, not 3000000001" },
		{ F_MODE, 0666, "mode is 0666, not 0600" },
		{ F_MODE, 0400, "mode is 0400, not 0600" },
		{ F_SIZE, 99, "size is 99, less than 100" },
	};
	char want[256];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		cr_expect(RUN("-M", "100", "-p", "600", "-k", "0x4d2").status == 0);
		ipc_set(&fake.at[IPC_SHM][0], t[i].field, t[i].is);
		snprintf(want, sizeof want, "ipcmk: create shared memory failed: File exists "
			 "(key 0x000004d2, id 0: its %s)\n", t[i].says);
		fake_expect(RUN("-M", "100", "-p", "600", "-k", "0x4d2", "--exist-ok"), 1, "", want);
		fake.at[IPC_SHM][0].have = 0;
	}
	cr_expect(RUN("-M", "100", "-k", "0x4d2").status == 0);
	fake.at[IPC_SHM][0].have &= ~(UINT64_C(1) << F_CUID);
	fake_expect(RUN("-M", "100", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create shared memory failed: File exists "
		    "(key 0x000004d2, id 0: its creator is unknown, not 3000000001)\n");
}

/* --owner matters: that user, the caller or root may have created the object. */
Test(ipcmk, v13_the_owner_asked_for)
{
	static const struct { int64_t uid, cuid, gid; int status; } t[] = {
		{ 11, 11, 12, 0 }, { 11, 0, 12, 0 }, { 11, 3000000001, 12, 0 },
		{ 11, 13, 12, 1 }, { 12, 11, 12, 1 }, { 11, 11, 13, 1 }, { 3000000001, 3000000001, 12, 1 },
	};

	cr_expect(RUN("-S", "2", "-k", "0x4d2").status == 0);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		ipc_set(&fake.at[IPC_SEM][0], F_UID, t[i].uid);
		ipc_set(&fake.at[IPC_SEM][0], F_CUID, t[i].cuid);
		ipc_set(&fake.at[IPC_SEM][0], F_GID, t[i].gid);
		cr_expect(eq(int, RUN("-S", "2", "-k", "0x4d2", "--exist-ok", "--owner", "11:12").status, t[i].status), "%zu", i);
	}
	fake_expect(RUN("-S", "2", "-k", "0x4d2", "--exist-ok", "--owner", "3000000001:77"), 1, "",
		    "ipcmk: create semaphore failed: File exists (key 0x000004d2, id 0: its group is 12, not 77)\n");
}

/* A segment that is being destroyed cannot be found by its key any more, even if the search began before. */
Test(ipcmk, v13_a_lost_key)
{
	cr_expect(RUN("-M", "100", "-k", "0x4d2").status == 0);
	fake.rekey_on_stat = true;
	fake_expect(RUN("-M", "100", "-k", "0x4d2", "--exist-ok"), 0, "Shared memory id: 1\n", "");
}

/* ipcmk waits for an object that another run has not completed yet, but not forever. */
Test(ipcmk, v13_in_the_making)
{
	cr_expect(RUN("-Q", "-k", "0x4d2").status == 0);
	ipc_set(&fake.at[IPC_MSG][0], F_MODE, 0700);
	fake_expect(RUN("-Q", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create message queue failed: File exists "
		    "(key 0x000004d2, id 0: its mode is 0700, not 0644)\n");
	cr_expect(fake.gets > 1000);
}

/* An object cannot be used before all its attributes are set, and then has the requested mode. */
Test(ipcmk, v13_the_mode_comes_last)
{
	limits_of_queues(8192, 16384);
	cr_expect(RUN("-Q", "16", "-S", "2", "--value", "3", "-M", "1", "-p", "640").status == 0);
	for (int i = 0; i < 3; i++)
		cr_expect(eq(int, fake.flags[i] & 0777, i == 0 ? 0640 : 0700));
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		cr_expect(eq(int, (int)made(kind)->v[F_MODE], 0640));
}

/* An object that existed before is never removed, whatever fails. */
Test(ipcmk, an_adopted_object_stays)
{
	cr_expect(RUN("-M", "100", "me").status == 0);
	fake.fail_get[IPC_SEM] = -ENOSPC;
	cr_expect(RUN("-M", "100", "-Q", "-S", "1", "me", "--exist-ok").status == 1);
	cr_expect(fake_has(IPC_SHM, 0) && fake_gone(IPC_MSG, 0));
}

Test(ipcmk, key_numbers_are_printed)
{
	fake_expect(RUN("--print-key", "mymq"), 0, "0xad5e5831\n", "");
	fake_expect(RUN("--print-key", "-1"), 0, "0xffffffff\n", "");
	fake_expect(RUN("--print-key", "private"), 0, "0x00000000\n", "");
	fake_expect(RUN("--print-key", "ftok:/file:A"), 0, "0xf0000041\n", "");
	fake_expect(RUN("--print-key", "ftok:/file"), 0, "0xf0000001\n", "");
	fake_expect(RUN("--print-key", "ftok:/nope"), 1, "",
		    "ipcmk: cannot derive a key from 'ftok:/nope': No such file or directory\n");
	fake_expect(RUN("--print-key", "x", "-Q"), 1, "", "ipcmk: --print-key and --queue cannot be combined\n");
	fake_expect(RUN("--print-key", "x", "y"), 1, "", "ipcmk: unknown argument: y\n" TRY);
	fake_expect(RUN("--print-key", "x", "-p", "600"), 1, "", "ipcmk: --print-key and --mode cannot be combined\n");
	nothing_made();
}

Test(ipcmk, values_of_semaphores)
{
	fake_expect(RUN("-S", "3", "--value", "7,0,32767"), 0, "Semaphore id: 0\n", "");
	cr_expect(fake.values[0] == 7 && fake.values[1] == 0 && fake.values[2] == 32767);
	fake_expect(RUN("-S", "2", "--value", "5"), 0, "Semaphore id: 1\n", "");
	cr_expect(fake.values[0] == 5 && fake.values[1] == 5);
}

#define RANGE " from 0 to 32767"

Test(ipcmk, values_refused)
{
	static const struct { const char *value, *why; } t[] = {
		{ "1,2", "2 values for 3 semaphores" }, { "1,2,3,4", "4 values for 3 semaphores" },
		{ "", "not a number" RANGE }, { "1,", "not a list of numbers" RANGE }, { ",1", "not a list of numbers" RANGE },
		{ "1,x,2", "not a list of numbers" RANGE }, { "-1", "not a number" RANGE }, { "1 ", "not a number" RANGE },
		{ "32768", "not a number" RANGE }, { "1,2,99999999999999999999", "not a list of numbers" RANGE },
	};
	char want[256];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		snprintf(want, sizeof want, "ipcmk: --value '%s': %s\n", t[i].value, t[i].why);
		fake_expect(RUN("-S", "3", "--value", t[i].value), 1, "", want);
	}
	fake_expect(RUN("-S", "1", "--value", "1,2"), 1, "", "ipcmk: --value '1,2': 2 values for 1 semaphore\n");
	fake.fail_sem_set = -EACCES;
	fake_expect(RUN("-S", "3", "--value", "1"), 1, "",
		    "ipcmk: create semaphore failed: cannot set its values: Permission denied\n");
	nothing_made();
}

Test(ipcmk, owners)
{
	fake_expect(RUN("-M", "1", "--owner", "3000000011:3000000012"), 0, "Shared memory id: 0\n", "");
	cr_expect(made(IPC_SHM)->v[F_UID] == 3000000011 && made(IPC_SHM)->v[F_GID] == 3000000012);
	fake_expect(RUN("-Q", "--owner", "root"), 0, "Message queue id: 0\n", "");
	cr_expect(made(IPC_MSG)->v[F_UID] == 0 && made(IPC_MSG)->v[F_GID] == 3000000002);
	cr_expect(made(IPC_MSG)->v[F_QBYTES] == 16384 && made(IPC_MSG)->v[F_MODE] == 0644, "the rest stays");
	fake_expect(RUN("-S", "1", "--owner", "no such one"), 1, "",
		    "ipcmk: --owner 'no such one': no such user\n");
	fake_expect(RUN("-S", "1", "--owner", "root:"), 1, "", "ipcmk: --owner 'root:': no such group\n");
	fake_expect(RUN("-S", "1", "--owner", ":root"), 1, "", "ipcmk: --owner ':root': no such user\n");
	fake.fail[IPC_SEM][OP_SET] = -EPERM;
	fake_expect(RUN("-S", "1", "--owner", "1"), 1, "", "ipcmk: create semaphore failed: "
		    "cannot set its owner, mode or capacity: Operation not permitted\n");
	cr_expect(fake_gone(IPC_SEM, 0));
}

Test(ipcmk, flags_of_segments)
{
	cr_expect(RUN("-M", "1", "--hugetlb").status == 0 && fake.flags[0] == (IPC_CREAT | IPC_EXCL | 0644 | 04000));
	cr_expect(RUN("-M", "1", "--hugetlb=2M").status == 0 && (fake.flags[1] & ~07777) == 21 << 26);
	cr_expect(RUN("-M", "1", "--hugetlb=1G").status == 0 && (fake.flags[2] & ~07777) == 30 << 26);
	cr_expect(RUN("-M", "1", "--noreserve", "-Q").status == 0);
	cr_expect(fake.flags[3] == (IPC_CREAT | IPC_EXCL | 0644 | 010000), "the segment's");
	cr_expect(fake.flags[4] == (IPC_CREAT | IPC_EXCL | 0644), "are not the queue's");
	cr_expect(RUN("-M", "1", "--hugetlb=4K").status == 1);
	fake.fail[IPC_SHM][OP_LOCK] = -EPERM;
	fake_expect(RUN("-M", "1", "--lock"), 1, "",
		    "ipcmk: create shared memory failed: cannot lock it within RLIMIT_MEMLOCK: Operation not permitted\n");
	cr_expect(fake_gone(IPC_SHM, 4));
}

Test(ipcmk, ids_alone)
{
	fake_expect(RUN("-Q", "-M", "1", "-S", "1", "--id-only"), 0, "0\n0\n0\n", "");
}

Test(ipcmk, json)
{
#define SAME(size) "{\"id\":0,\"key\":\"0xd346acfd\",\"name\":\"a\\\"\\u001b\\\\b\",\"mode\":\"0600\"," \
	"\"uid\":3000000001,\"gid\":3000000002," size ",\"existed\":false}\n],\n"
	fake_expect(RUN("-J", "-M", "4096", "-Q", "-S", "2", "-p", "600", "name:a\"\x1b\\b"), 0, "{\"version\":1,\n"
		    "\"shmems\":[\n" SAME("\"size\":4096") "\"queues\":[\n" SAME("\"qbytes\":16384")
		    "\"semaphores\":[\n" SAME("\"nsems\":2") "\"complete\":true}\n", "");
}

/* Another program removes the object with the key, before it is found or right after. */
Test(ipcmk, a_key_whose_object_goes_meanwhile)
{
	static const struct { const char *make, *says; enum ipc_kind kind; } t[] = {
		{ "-M1", "Shared memory id: 0\n", IPC_SHM }, { "-Q", "Message queue id: 0\n", IPC_MSG },
		{ "-S1", "Semaphore id: 0\n", IPC_SEM },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		fake.exists = 2;
		fake_expect(RUN(t[i].make, "-k", "0x4d2", "--exist-ok"), 0, t[i].says, "");
		cr_expect(fake.exists == 0 && fake_has(t[i].kind, 0), "gone before it is found");
		fake.vanish = 1;
		fake.nkeys = 0;
		fake_expect(RUN(t[i].make, "-k", "0x4d2", "--exist-ok"), 0, t[i].says, "");
		cr_expect(fake.vanish == 0 && fake_has(t[i].kind, 0), "gone before it is looked at");
		cr_expect(eq(uint, fake.nkeys, 1), "so another one is made");
		fake.exists = 1;
		fake.at[t[i].kind][0].have = 0;
		fake_expect(RUN(t[i].make, "-k", "0x4d2"), 0, t[i].says, "");
		cr_expect(fake_has(t[i].kind, 0), "nor does it fail without --exist-ok");
	}
}

/* A program that creates and removes the key all the time does not cause an endless loop. */
Test(ipcmk, a_key_that_is_never_free)
{
	cr_expect(zero(int, RUN("-M", "1", "-k", "0x4d2").status));
	fake.fail[IPC_SHM][OP_STAT] = -EIDRM;
	fake_expect(RUN("-M", "1", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create shared memory failed: File exists\n");
	cr_expect(fake_has(IPC_SHM, 0) && fake_gone(IPC_SHM, 1));
	fake.fail[IPC_SHM][OP_STAT] = -ENOSYS;
	fake.fail[IPC_SHM][OP_STAT_ANY] = -ENOSYS;
	fake_expect(RUN("-M", "1", "-k", "0x4d2", "--exist-ok"), 1, "", "ipcmk: create shared memory failed: "
		    "cannot examine the existing object: Function not implemented\n");
}

static bool there(const char *path, mode_t *mode, off_t *size)
{
	char full[256];
	struct stat st;

	snprintf(full, sizeof full, "%s%s", fake_proc(), path);
	if (stat(full, &st) < 0)
		return false;
	*mode = st.st_mode & 07777;
	*size = st.st_size;
	return true;
}

static bool gone(const char *path)
{
	mode_t mode;
	off_t size;

	return !there(path, &mode, &size);
}

static void folders(void)
{
	fake.queues = true;
	fake_file("/dev-mqueue/old", "");
	fake_file("/dev-shm/old", "12345");
}

Test(ipcmk, posix_objects, .init = folders)
{
	mode_t mode;
	off_t size;

	fake_expect(RUN("-m", "4K", "-q", "-s", "-n", "/x", "-p", "640"), 0,
		    "POSIX shared memory name: /x\nPOSIX message queue name: /x\nPOSIX semaphore name: /x\n", "");
	cr_expect(there("/dev-shm/x", &mode, &size) && mode == 0640 && size == 4096);
	cr_expect(there("/dev-mqueue/x", &mode, &size) && mode == 0640);
	cr_expect(there("/dev-shm/sem.x", &mode, &size) && mode == 0640 && size == (sizeof(long) == 8 ? 32 : 16));
	cr_expect(zero(uint, fake.chowns), "nobody asked for an owner");
	fake_expect(RUN("-s", "--musl", "-n", "x"), 1, "", "ipcmk: create POSIX semaphore failed: File exists\n");
	fake_expect(RUN("-s", "--musl", "-n", "y", "--value", "7"), 0, "POSIX semaphore name: y\n", "");
	cr_expect(there("/dev-shm/y", &mode, &size) && gone("/dev-shm/sem.y"));
	fake_expect(fake_run(&ipcs_applet, "-S", "-r", "-o", "NAME,SVAL", "--sort", "name", NULL), 0,
		    "NAME SVAL\nx 0\ny 7\n", "");
	fake_expect(RUN("-m", "1", "-n", "old"), 1, "", "ipcmk: create POSIX shared memory failed: File exists\n");
	fake_expect(RUN("-m", "1", "-q", "-n", "old", "--exist-ok"), 0,
		    "POSIX shared memory name: old\nPOSIX message queue name: old\n", "");
	cr_expect(there("/dev-shm/old", &mode, &size) && size == 5, "it stays as it is");
}

Test(ipcmk, owners_of_posix_objects, .init = folders)
{
	static const struct { const char *owner; uint32_t uid, gid; } t[] = {
		{ "alice:both", 7001, 7003 }, { "both", 7002, UINT32_MAX }, { "3000000011:3000000012", 3000000011, 3000000012 },
	};
	static const struct { const char *make, *says, *file, *failed; } kinds[] = {
		{ "-m1", "POSIX shared memory name: x\n", "/dev-shm/x", "ipcmk: create POSIX shared memory failed" },
		{ "-q", "POSIX message queue name: x\n", "/dev-mqueue/x", "ipcmk: create POSIX message queue failed" },
		{ "-s", "POSIX semaphore name: x\n", "/dev-shm/sem.x", "ipcmk: create POSIX semaphore failed" },
	};
	char path[256], want[256];

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		snprintf(path, sizeof path, "%s%s", fake_proc(), kinds[k].file);
		for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
			fake.chowns = 0;
			fake_expect(RUN(kinds[k].make, "-n", "x", "--owner", t[i].owner), 0, kinds[k].says, "");
			cr_expect(fake.chowns == 1 && fake.file.uid == t[i].uid && fake.file.gid == t[i].gid, "%s", t[i].owner);
			cr_assert(zero(int, remove(path)));
		}
		fake.fail_chown = -EPERM;
		snprintf(want, sizeof want, "%s: cannot set its owner: Operation not permitted\n", kinds[k].failed);
		fake_expect(RUN(kinds[k].make, "-n", "x", "--owner", "alice"), 1, "", want);
		cr_expect(gone(kinds[k].file), "nothing is left");
		fake.fail_chown = 0;
	}
}

/* Errors of mq_open(3), each with the value and the limit that it is about. */
Test(ipcmk, limits_of_posix_queues, .init = folders)
{
#define FAILED "create POSIX message queue failed: "
	static const struct { int error; const char *messages, *size, *says, *without_files; } t[] = {
		{ -EINVAL, "11", "1", "queue 'x': 11 messages exceed the limit of 10 (fs.mqueue.msg_max)",
		  FAILED "Invalid argument: the limit is fs.mqueue.msg_max or fs.mqueue.msgsize_max" },
		{ -EINVAL, "1", "8193", "queue 'x': messages of 8193 bytes exceed the limit of 8192 (fs.mqueue.msgsize_max)",
		  FAILED "Invalid argument: the limit is fs.mqueue.msg_max or fs.mqueue.msgsize_max" },
		{ -EINVAL, "65537", "1", "queue 'x': 65537 messages exceed the limit of 10 (fs.mqueue.msg_max)",
		  "queue 'x': 65537 messages exceed the limit of 65536 (HARD_MSGMAX)" },
		{ -EMFILE, "1", "1", FAILED "Too many open files: the limit of 81919 bytes for all queues of a user "
		  "(RLIMIT_MSGQUEUE) or RLIMIT_NOFILE is reached",
		  FAILED "Too many open files: the limit of 81919 bytes for all queues of a user "
		  "(RLIMIT_MSGQUEUE) or RLIMIT_NOFILE is reached" },
		{ -EMFILE, "10", "8192", "queue 'x': 10 messages of 8192 bytes exceed the limit of 81919 bytes "
		  "for all queues of a user (RLIMIT_MSGQUEUE)",
		  "queue 'x': 10 messages of 8192 bytes exceed the limit of 81919 bytes "
		  "for all queues of a user (RLIMIT_MSGQUEUE)" },
		{ -ENOSPC, "1", "1", FAILED "No space left on device: the limit of 256 queues (fs.mqueue.queues_max) is reached",
		  FAILED "No space left on device: the limit fs.mqueue.queues_max is reached" },
		{ -EACCES, "1", "1", FAILED "Permission denied", FAILED "Permission denied" },
	};

	fake.msgqueue = 81919;
	for (int files = 0; files < 2; files++) {
		for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
			fake.fail_mq = t[i].error;
			fake_expect(RUN("-q", "-n", "x", "--max-messages", t[i].messages, "--message-size", t[i].size), 1, "",
				    format("ipcmk: %s\n", files ? t[i].says : t[i].without_files));
		}
		fake_file("/sys/fs/mqueue/msg_max", "10\n");
		fake_file("/sys/fs/mqueue/msgsize_max", "8192\n");
		fake_file("/sys/fs/mqueue/queues_max", "256\n");
		fake_file("/sys/fs/mqueue/msg_default", "10\n");
		fake_file("/sys/fs/mqueue/msgsize_default", "8192\n");
	}
	/* CAP_SYS_RESOURCE */
	fake.capabilities = UINT64_C(1) << 24;
	fake.fail_mq = -EINVAL;
	fake_expect(RUN("-q", "-n", "x", "--max-messages", "65537"), 1, "",
		    "ipcmk: queue 'x': 65537 messages exceed the limit of 65536 (HARD_MSGMAX)\n");
	fake_expect(RUN("-q", "-n", "x", "--max-messages", "11", "--message-size", "16777217"), 1, "",
		    "ipcmk: queue 'x': messages of 16777217 bytes exceed the limit of 16777216 (HARD_MSGSIZEMAX)\n");
	/* In a user namespace, the capability has no effect. */
	fake_expect(RUN("-q", "-n", "x", "--max-messages", "11"), 1, "",
		    "ipcmk: queue 'x': 11 messages exceed the limit of 10 (fs.mqueue.msg_max)\n");
	fake.capabilities = 0;
	fake.fail_mq = -EMFILE;
	fake_file("/sys/fs/mqueue/msg_max", "9\n");
	fake.msgqueue = 73727;
	fake_expect(RUN("-q", "-n", "x"), 1, "", "ipcmk: queue 'x': 9 messages of 8192 bytes exceed the limit of "
		    "73727 bytes for all queues of a user (RLIMIT_MSGQUEUE)\n");
	fake.msgqueue = 0;
	fake_expect(RUN("-q", "-n", "x", "--max-messages", "1", "--message-size", "1"), 1, "", "ipcmk: queue 'x': "
		    "1 message of 1 byte exceeds the limit of 0 bytes for all queues of a user (RLIMIT_MSGQUEUE)\n");
	fake_file("/sys/fs/mqueue/msg_max", "10\n");
	fake.msgqueue = 81919;
	fake_expect(RUN("-q", "-n", "x"), 1, "", "ipcmk: queue 'x': 10 messages of 8192 bytes exceed the limit of "
		    "81919 bytes for all queues of a user (RLIMIT_MSGQUEUE)\n");
	fake.msgqueue = UINT64_MAX;
	fake_expect(RUN("-q", "-n", "x"), 1, "", "ipcmk: create POSIX message queue failed: "
		    "Too many open files: the limit RLIMIT_NOFILE is reached\n");
}

Test(ipcmk, posix_objects_without_a_name)
{
	static const struct { const char *make, *is, *else_; } t[] = {
		{ "-m600", "-m makes POSIX shared memory", "-M" }, { "-q", "-q makes a POSIX message queue", "-Q" },
		{ "-s", "-s makes a POSIX semaphore", "-S" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		fake_expect(RUN("-Q", t[i].make), 1, "", format("ipcmk: name is required for POSIX IPC: %s and needs -n NAME; "
							       "System V is %s\n" TRY, t[i].is, t[i].else_));
	nothing_made();
}

/* A name in use by an object that cannot be opened. */
Test(ipcmk, a_queue_that_cannot_be_looked_at, .init = folders)
{
	fake_link("/dev-mqueue/x", "x");
	fake_expect(RUN("-q", "-n", "x", "--exist-ok"), 1, "", "ipcmk: create POSIX message queue failed: "
		    "cannot examine the existing object: Too many levels of symbolic links\n");
}

static unsigned descriptors(void)
{
	unsigned n = 0;

	for (int fd = 0; fd < 1000; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* If a later object fails, the earlier ones are removed, and no others. */
Test(ipcmk, posix_objects_are_undone, .init = folders)
{
	unsigned open = descriptors();
	mode_t mode;
	off_t size;

	limits_of_queues(8192, 16384);
	fake_expect(RUN("-m", "1", "-s", "-q", "-n", "x", "-S", "1"), 0, "POSIX shared memory name: x\n"
		    "POSIX message queue name: x\nSemaphore id: 0\nPOSIX semaphore name: x\n", "");
	fake_expect(RUN("-m", "1", "-s", "-n", "y", "-Q", "-q", "--max-messages", "1"), 0, "POSIX shared memory name: y\n"
		    "Message queue id: 0\nPOSIX message queue name: y\nPOSIX semaphore name: y\n", "");
	fake_file("/dev-shm/sem.z", "");
	fake_expect(RUN("-m", "1", "-q", "-s", "-n", "z"), 1, "", "ipcmk: create POSIX semaphore failed: File exists\n");
	cr_expect(gone("/dev-shm/z") && gone("/dev-mqueue/z"));
	cr_expect(there("/dev-shm/sem.z", &mode, &size), "but not what was there");
	cr_expect(eq(uint, descriptors(), open), "all files are closed");
	fake_expect(RUN("-m", "1", "-s", "-q", "-n", "old"), 1, "", "ipcmk: create POSIX shared memory failed: File exists\n");
	cr_expect(there("/dev-shm/old", &mode, &size) && there("/dev-mqueue/old", &mode, &size));
	fake_expect(RUN("-m", "1", "-q", "-n", "w", "-J"), 0, "{\"version\":1,\n\"posix_shmems\":[\n"
		    "{\"name\":\"w\",\"mode\":\"0644\",\"uid\":3000000001,\"gid\":3000000002,\"size\":1,\"existed\":false}\n],\n"
		    "\"posix_queues\":[\n{\"name\":\"w\",\"mode\":\"0644\",\"uid\":3000000001,\"gid\":3000000002,"
		    "\"maxmsg\":10,\"msgsize\":8192,\"existed\":false}\n],\n\"complete\":true}\n", "");
}
