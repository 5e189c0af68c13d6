/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <string.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcrm_applet, __VA_ARGS__, NULL)
#define TRY "Try 'ipcrm --help' for more information.\n"

/* Objects 0 and 1 of each kind; object 1 has the key -1. */
static void some(void)
{
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++) {
		fake_add(kind, 0, 0);
		ipc_set(fake_add(kind, 1, 0), F_KEY, 0xffffffff);
	}
}

/* How many of those six are there. */
static int left(void)
{
	int n = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		n += fake_has(kind, 0) + fake_has(kind, 1);
	return n;
}

TestSuite(ipcrm, .init = some);

Test(ipcrm, by_id_and_by_key)
{
	fake_expect(RUN("-m", "0", "-q", "1", "-S", "0x1000"), 0, "", "");
	cr_expect(fake_gone(IPC_SHM, 0) && fake_gone(IPC_MSG, 1) && fake_gone(IPC_SEM, 0) && left() == 3);
	fake_expect(RUN("-M", "-1", "-Q", "010000"), 0, "", "");
	cr_expect(fake_gone(IPC_SHM, 1) && fake_gone(IPC_MSG, 0) && left() == 1);
}

Test(ipcrm, an_id_is_not_a_key)
{
	fake_expect(RUN("-m", "4096"), 1, "", "ipcrm: invalid id (4096)\n");
	cr_expect(eq(int, left(), 6));
}

Test(ipcrm, the_old_form)
{
	fake_expect(RUN("shm", "0", "1"), 0, "resource(s) deleted\n", "");
	fake_expect(RUN("msg", "99", "0"), 1, "", "ipcrm: invalid id (99)\n");
	cr_expect(fake_gone(IPC_MSG, 0), "the others go on");
	fake_expect(RUN("sem"), 1, "", "ipcrm: not enough arguments\n" TRY);
	cr_expect(eq(int, left(), 3));
}

/* DEFECTS U3: an empty string is no id. */
Test(ipcrm, u3_an_empty_id)
{
	fake_expect(RUN("shm", ""), 1, "", "ipcrm: invalid id: '' (not a decimal number)\n");
	fake_expect(RUN("-m", ""), 1, "", "ipcrm: failed to parse argument: '': not a decimal number\n");
	fake_expect(RUN("-M", ""), 1, "", "ipcrm: failed to parse argument: '': not a key\n");
	cr_expect(eq(int, left(), 6));
}

/* DEFECTS U4, B1, T1: an id is not cut to 32 bits. */
Test(ipcrm, u4_ids_are_not_truncated)
{
	fake_expect(RUN("shm", "4294967296"), 1, "", "ipcrm: invalid id: 4294967296 (Numerical result out of range)\n");
	fake_expect(RUN("shm", "-4294967295"), 1, "", "ipcrm: invalid id: -4294967295 (not a decimal number)\n");
	fake_expect(RUN("-m", "4294967296"), 1, "",
	       "ipcrm: failed to parse argument: '4294967296': Numerical result out of range\n");
	cr_expect(eq(int, left(), 6));
}

/* DEFECTS U5: nor is a key. */
Test(ipcrm, u5_keys_are_not_truncated)
{
	fake_expect(RUN("-M", "0x1ffffffff"), 1, "",
	       "ipcrm: failed to parse argument: '0x1ffffffff': Numerical result out of range\n");
	cr_expect(eq(int, left(), 6));
}

/* DEFECTS U6: a blank instead of = removed everything. */
Test(ipcrm, u6_all_with_a_blank)
{
	fake_expect(RUN("-a", "shm"), 1, "", "ipcrm: unknown argument: shm\n" TRY);
	fake_expect(RUN("--all", "shm"), 1, "", "ipcrm: unknown argument: shm\n" TRY);
	cr_expect(eq(int, left(), 6));
}

Test(ipcrm, all_of_one_kind)
{
	fake_expect(RUN("-a=shm"), 0, "", "");
	cr_expect(left() == 4 && fake_gone(IPC_SHM, 0) && fake_gone(IPC_SHM, 1));
	fake_expect(RUN("--all=foo"), 1, "", "ipcrm: unknown argument: foo\n");
	fake_expect(RUN("-a=foo"), 1, "", "ipcrm: unknown argument: foo\n");
	fake_expect(RUN("--all="), 1, "", "ipcrm: unknown argument: \n");
	cr_expect(eq(int, left(), 4));
}

Test(ipcrm, all_in_the_usual_order)
{
	fake_expect(RUN("--all", "-v"), 0,
	       "removing shared memory segment id `0'\nremoving shared memory segment id `1'\n"
	       "removing semaphore id `0'\nremoving semaphore id `1'\n"
	       "removing message queue id `0'\nremoving message queue id `1'\n", "");
	cr_expect(eq(int, left(), 0));
}

/* DEFECTS U17: each --all counts. */
Test(ipcrm, u17_all_is_repeatable)
{
	fake_expect(RUN("--all=shm", "--all=sem"), 0, "", "");
	cr_expect(left() == 2 && fake_has(IPC_MSG, 0) && fake_has(IPC_MSG, 1));
}

/* DEFECTS U14: nothing is removed before the whole command line is right. */
Test(ipcrm, u14_nothing_before_everything_is_checked)
{
	fake_expect(RUN("-q", "0", "-Z"), 1, "", "ipcrm: invalid option -- 'Z'\n" TRY);
	fake_expect(RUN("-q", "1", "junk"), 1, "", "ipcrm: failed to parse argument: 'junk': not a decimal number\n");
	fake_expect(RUN("-q", "1", "-m", "x"), 1, "", "ipcrm: failed to parse argument: 'x': not a decimal number\n");
	fake_expect(RUN("-q", "1", "-M", "0"), 1, "", "ipcrm: illegal key (0)\n");
	fake_expect(RUN("-q", "1", "--all=foo"), 1, "", "ipcrm: unknown argument: foo\n");
	fake_expect(RUN("shm", "0", "+1"), 1, "", "ipcrm: invalid id: +1 (not a decimal number)\n");
	fake_expect(RUN("-a", "-q"), 1, "", "ipcrm: option requires an argument -- 'q'\n" TRY);
	cr_expect(eq(int, left(), 6));
}

Test(ipcrm, no_arguments)
{
	fake_expect(fake_run(&ipcrm_applet, NULL), 1, "", "ipcrm: bad usage\n" TRY);
	fake_expect(RUN("-v"), 1, "", "ipcrm: bad usage\n" TRY);
}

Test(ipcrm, removal_goes_on_after_an_error)
{
	fake_expect(RUN("-m", "99", "-Q", "0x99", "-q", "0"), 1, "", "ipcrm: invalid key (0x99)\nipcrm: invalid id (99)\n");
	cr_expect(eq(int, left(), 5));
}

/* DEFECTS U38: the message names what was asked for, not what was found. */
Test(ipcrm, u38_permission_by_key_names_the_key)
{
	fake.fail[IPC_MSG][OP_REMOVE] = -EPERM;
	fake_expect(RUN("-Q", "0x1000"), 1, "", "ipcrm: permission denied for key (0x1000)\n");
	fake_expect(RUN("-q", "0"), 1, "", "ipcrm: permission denied for id (0)\n");
	fake.fail_get[IPC_MSG] = -EACCES;
	fake_expect(RUN("-Q", "0x1000"), 1, "", "ipcrm: permission denied for key (0x1000)\n");
	fake.fail[IPC_MSG][OP_REMOVE] = -EIDRM;
	fake_expect(RUN("-q", "0"), 1, "", "ipcrm: already removed id (0)\n");
	fake.fail[IPC_MSG][OP_REMOVE] = -ENOSYS;
	fake_expect(RUN("-q", "0"), 1, "", "ipcrm: id failed (0): Function not implemented\n");
}

/* DEFECTS U40: -v counts wherever it stands. */
Test(ipcrm, u40_verbose_is_not_bound_to_a_place)
{
	fake_expect(RUN("-m", "1", "-v"), 0, "removing shared memory segment id `1'\n", "");
}

/* DEFECTS U18: other users' objects are one message a kind, not one each, and no silence. */
Test(ipcrm, u18_other_users_objects)
{
	fake.fail_at[IPC_SHM][0] = -EPERM;
	fake_file("/sysvipc/shm", "key shmid\n4096 0\n-1 1\n");
	fake_expect(RUN("--all=shm"), 1, "", "ipcrm: 1 shared memory segments not removed: Operation not permitted\n");
	cr_expect(fake_has(IPC_SHM, 0) && fake_gone(IPC_SHM, 1));
}

Test(ipcrm, what_is_gone_already_needs_no_removal)
{
	fake_file("/sysvipc/shm", "key shmid\n4096 0\n-1 1\n4099 3\n");
	fake_expect(RUN("-m", "0", "--all=shm"), 0, "", "");
	cr_expect(eq(int, left(), 4));
}

/* DEFECTS B2: the status does not count errors, for 256 of them would be 0. */
Test(ipcrm, b2_the_status_is_no_count)
{
	char *argv[515] = { "ipcrm" };
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	static struct memory out, err;
	struct world w = { &out.out, &err.out, &sys, -1, NULL };

	memory_init(&out);
	memory_init(&err);
	for (int i = 0; i < 256; i++) {
		argv[1 + 2 * i] = "-m";
		argv[2 + 2 * i] = "99";
	}
	cr_expect(ipcrm_applet.run(&w, 513, argv) == 1);
}

Test(ipcrm, a_kernel_without_a_kind)
{
	fake.fail[IPC_SHM][OP_LIMITS] = -ENOSYS;
	fake_expect(RUN("-a"), 1, "", "ipcrm: kernel not configured for shared memory\n");
	cr_expect(eq(int, left(), 2));
}

Test(ipcrm, two_calls_an_object)
{
	for (int i = 0; i < 1000; i++)
		fake_add(IPC_MSG, i, 0);
	cr_expect(RUN("--all=msg").status == 0);
	cr_expect(fake.calls[OP_STAT_ANY] + fake.calls[OP_REMOVE] <= 2000);
}
