/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcmk_applet, __VA_ARGS__, NULL)
#define TRY "Try 'ipcmk --help' for more information.\n"

static void nothing_made(void)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
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
	fake_expect(RUN("-Q", "foo"), 1, "", "ipcmk: unknown argument: foo\n" TRY);
	fake_expect(RUN("-M", "1", "-S", "x"), 1, "", "ipcmk: failed to parse elements: 'x': not a decimal number\n");
	fake_expect(RUN("-Q", "-S", ""), 1, "", "ipcmk: failed to parse elements: '': not a decimal number\n");
	fake_expect(RUN("-Q", "-S", "2147483648"), 1, "",
	       "ipcmk: failed to parse elements: '2147483648': Numerical result out of range\n");
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

/* DEFECTS U13: what was made before a failure goes again. */
Test(ipcmk, u13_all_or_nothing)
{
	fake.fail_get[IPC_SEM] = -ENOSPC;
	fake_expect(RUN("-M", "1", "-Q", "-S", "3"), 1, "",
	       "ipcmk: create semaphore failed: No space left on device "
	       "('3': the limit semmni or semmns is reached)\n");
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
	       "ipcmk: cannot remove again: Message queue id: 0: Operation not permitted\n");
}

Test(ipcmk, what_the_kernel_refuses)
{
	fake.fail_get[IPC_SHM] = -EINVAL;
	fake_expect(RUN("-M", "0"), 1, "", "ipcmk: create shared memory failed: Invalid argument "
	       "('0': the size must be at least 1 and at most the limit shmmax)\n");
	fake.fail_get[IPC_SHM] = -ENOMEM;
	fake_expect(RUN("-M", "1"), 1, "", "ipcmk: create shared memory failed: Cannot allocate memory\n");
	fake.fail_get[IPC_MSG] = -ENOSYS;
	fake_expect(RUN("-Q"), 1, "", "ipcmk: create message queue failed: Function not implemented\n");
}

/* DEFECTS U11: another's object is never taken for a new one. */
Test(ipcmk, u11_a_key_in_use)
{
	fake.exists = 5;
	fake_expect(RUN("-Q"), 0, "Message queue id: 0\n", "");
	cr_expect(eq(uint, fake.gets, 6));
}
