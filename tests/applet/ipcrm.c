/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The number of these six that still exist. */
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

/* DEFECTS U3: an empty string is not an ID. */
Test(ipcrm, u3_an_empty_id)
{
	fake_expect(RUN("shm", ""), 1, "", "ipcrm: invalid id: '' (not a decimal number)\n");
	fake_expect(RUN("-m", ""), 1, "", "ipcrm: failed to parse argument: '': not a decimal number\n");
	fake_expect(RUN("-M", ""), 1, "", "ipcrm: failed to parse argument: '': not a key\n");
	cr_expect(eq(int, left(), 6));
}

/* DEFECTS U4, B1, T1: an ID is not truncated to 32 bits. */
Test(ipcrm, u4_ids_are_not_truncated)
{
	fake_expect(RUN("shm", "4294967296"), 1, "", "ipcrm: invalid id: 4294967296 (not a number from 0 to 2147483647)\n");
	fake_expect(RUN("shm", "-4294967295"), 1, "", "ipcrm: invalid id: -4294967295 (not a decimal number)\n");
	fake_expect(RUN("-m", "4294967296"), 1, "",
	       "ipcrm: failed to parse argument: '4294967296': Numerical result out of range (0 to 2147483647)\n");
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
	fake_expect(RUN("--all="), 1, "", "ipcrm: unknown argument: ''\n");
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

/* DEFECTS U38: the message names the argument, not the object that was found. */
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

/* DEFECTS U40: -v applies wherever it is given. */
Test(ipcrm, u40_verbose_is_not_bound_to_a_place)
{
	fake_expect(RUN("-m", "1", "-v"), 0, "removing shared memory segment id `1'\n", "");
}

/* DEFECTS U18: other users' objects cause one message per kind, not one each, and not none. */
Test(ipcrm, u18_other_users_objects)
{
	fake.fail_at[IPC_SHM][0] = -EPERM;
	fake_file("/sysvipc/shm", "key shmid\n4096 0\n-1 1\n");
	fake_expect(RUN("--all=shm"), 1, "", "ipcrm: 1 shared memory segment not removed: Operation not permitted\n");
	cr_expect(fake_has(IPC_SHM, 0) && fake_gone(IPC_SHM, 1));
}

Test(ipcrm, what_is_gone_already_needs_no_removal)
{
	fake_file("/sysvipc/shm", "key shmid\n4096 0\n-1 1\n4099 3\n");
	fake_expect(RUN("-m", "0", "--all=shm"), 0, "", "");
	cr_expect(eq(int, left(), 4));
}

/* DEFECTS B2: the exit status is not the number of errors, because 256 of them would be 0. */
Test(ipcrm, b2_the_status_is_no_count)
{
	char *argv[515] = { "ipcrm" };
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	static struct memory out, err;
	struct world w = { &ipcrm_applet, &out.out, &err.out, &sys, -1, false, NULL };

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
	fake.fail[IPC_SHM][FAKE_LIMITS] = -ENOSYS;
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

Test(ipcrm, by_selection)
{
	ipc_set(&fake.at[IPC_SHM][0], F_UID, 7001);
	ipc_set(&fake.at[IPC_MSG][1], F_GID, 7003);
	ipc_set(&fake.at[IPC_SEM][1], F_CUID, 7002);
	fake_expect(RUN("-v", "--shm", "--sem", "--user", "alice"), 0, "removing shared memory segment id `0'\n", "");
	fake_expect(RUN("-v", "-a", "--group", "both"), 0, "removing message queue id `1'\n", "");
	fake_expect(RUN("-v", "-a", "--created-by", "both"), 0, "removing semaphore id `1'\n", "");
	fake_expect(RUN("-v", "-a", "--group", "staff"), 0, "", "");
	cr_expect(eq(int, left(), 3));
	fake_expect(RUN("-a", "--user", "staff"), 1, "", "ipcrm: unknown user: 'staff'\n");
	fake_expect(RUN("-a", "--group", "alice"), 1, "", "ipcrm: unknown group: 'alice'\n");
	fake_expect(RUN("--user", "root"), 1, "",
		    "ipcrm: a selection needs a kind: --shm, --msg, --sem, --pshm, --pmsg, --psem or --all\n");
	fake_expect(RUN("--shm"), 1, "", "ipcrm: a selection needs a condition, such as --user or --orphaned; "
		    "--all=KIND removes all objects of a kind\n");
	fake_expect(RUN("--shm", "--user", "root", "-m", "0"), 1, "",
		    "ipcrm: a selection cannot be combined with IDs, keys or names\n");
	fake_expect(RUN("--pshm", "--key", "1"), 1, "", "ipcrm: --key does not apply to POSIX shared memory segments\n");
	cr_expect(eq(int, left(), 3));
}

/* If a source fails in the middle, only the objects found so far are removed, and the exit status is 1. */
Test(ipcrm, a_source_that_fails_in_the_middle_of_a_selection)
{
	ipc_set(fake_add(IPC_SHM, 2, 0), F_UID, 7001);
	ipc_set(&fake.at[IPC_SHM][0], F_UID, 7001);
	fake.fail_at[IPC_SHM][1] = -EIO;
	fake_expect(RUN("-v", "--shm", "--msg", "--user", "alice"), 1, "removing shared memory segment id `0'\n",
		    "ipcrm: shared memory: shmctl failed: Input/output error\n");
	cr_expect(fake_gone(IPC_SHM, 0) && fake_has(IPC_SHM, 2) && left() == 5);
	fake.fail_at[IPC_SHM][1] = -EACCES;
	fake.fail[IPC_SHM][OP_STAT_ANY] = -EINVAL;
	fake_expect(RUN("-v", "--shm", "--user", "alice"), 1, "removing shared memory segment id `2'\n",
		    "ipcrm: 1 shared memory segment not removed: Permission denied\n");
	fake.fail_at[IPC_MSG][1] = -EIO;
	fake_expect(RUN("-J", "-n", "--msg", "--user", "3000000001"), 1, "{\"version\":1,\n\"queues\":[\n"
		    "{\"id\":0,\"key\":\"0x00001000\",\"name\":null,\"result\":\"would remove\",\"reason\":null}\n],\n"
		    "\"removed\":0,\n\"marked\":0,\n\"would_remove\":1,\n\"would_mark\":0,\n\"kept\":0,\n\"failed\":0,\n"
		    "\"complete\":false}\n",
		    "ipcrm: message queues: msgctl failed: Input/output error\n");
}

/* An object that was replaced, used or removed since it was selected stays. */
static void made_anew(void)
{
	ipc_set(&fake.at[IPC_SHM][0], F_CTIME, 1700000001);
}

static void another_key(void)
{
	ipc_set(&fake.at[IPC_SHM][0], F_KEY, 99);
}

static void attached(void)
{
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 1);
}

static void used(void)
{
	ipc_set(&fake.at[IPC_SHM][0], F_ATIME, 1700000000);
}

static void removed(void)
{
	fake.at[IPC_SHM][0].have = 0;
}

Test(ipcrm, what_changed_meanwhile_stays)
{
	static const struct { void (*meanwhile)(void); const char *why; } t[] = {
		{ made_anew, "it has been changed or replaced" }, { another_key, "it has been changed or replaced" },
		{ attached, "it is attached now" }, { used, "it no longer matches" },
		{ removed, "it no longer exists" },
	};
	char want[512];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct ipc_obj *o = fake_add(IPC_SHM, 0, 0);

		fake.at[IPC_SHM][1].have = 0;
		ipc_set(o, F_NATTCH, 0);
		ipc_set(o, F_ATIME, 1699990000);
		ipc_set(o, F_CTIME, 1699990000);
		fake.meanwhile = t[i].meanwhile;
		snprintf(want, sizeof want, "ipcrm: kept shared memory segment id `0': %s\n", t[i].why);
		fake_expect(RUN("--shm", "--unattached", "--older-than", "1h"), 0, "", want);
		cr_expect(eq(int, fake_has(IPC_SHM, 0), t[i].meanwhile != removed));
	}
	ipc_set(fake_add(IPC_SHM, 0, 0), F_NATTCH, 0);
	fake.meanwhile = attached;
	fake_expect(RUN("-v", "--shm", "--unattached"), 0,
		    "keeping shared memory segment id `0': it is attached now\n", "");
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 0);
	fake_expect(RUN("--quiet", "--shm", "--unattached"), 0, "", "");
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 0);
	fake_expect(RUN("-J", "--shm", "--unattached"), 0, "{\"version\":1,\n\"shmems\":[\n"
		    "{\"id\":0,\"key\":\"0x00001000\",\"name\":null,\"result\":\"kept\","
		    "\"reason\":\"it is attached now\"}\n],\n"
		    "\"removed\":0,\n\"marked\":0,\n\"would_remove\":0,\n\"would_mark\":0,\n\"kept\":1,\n\"failed\":0,\n"
		    "\"complete\":true}\n", "");
	cr_expect(fake_has(IPC_SHM, 0));
}

Test(ipcrm, the_last_look_may_fail)
{
	ipc_set(&fake.at[IPC_SHM][0], F_UID, 7001);
	fake.fail[IPC_SHM][OP_STAT] = -EIDRM;
	fake_expect(RUN("--shm", "--user", "alice"), 0, "", "ipcrm: kept shared memory segment id `0': it no longer exists\n");
	cr_expect(fake_has(IPC_SHM, 0));
}

Test(ipcrm, asked_for_each)
{
	fake_expect(RUN("-i", "-m", "0"), 1, "", "ipcrm: --interactive needs a terminal as standard input\n");
	fake.terminal = true;
	fake_expect(RUN("-i", "-n", "-m", "0"), 1, "", "ipcrm: --dry-run and --interactive cannot be combined\n");
	fake.answers = "no\nyes please\n\n Y\nY\ny";
	fake_expect(RUN("-i", "-a"), 0, "",
		    "ipcrm: remove shared memory segment id `0' (owner 3000000001)? "
		    "ipcrm: remove shared memory segment id `1' (owner 3000000001)? "
		    "ipcrm: remove semaphore id `0' (owner 3000000001, unused for 0s)? "
		    "ipcrm: remove semaphore id `1' (owner 3000000001, unused for 0s)? "
		    "ipcrm: remove message queue id `0' (owner 3000000001, unused for 0s)? "
		    "ipcrm: remove message queue id `1' (owner 3000000001, unused for 0s)? ");
	cr_expect(fake_gone(IPC_SHM, 1) && fake_gone(IPC_MSG, 0) && left() == 4, "an unfinished line is no answer");
}

#define JSON_ROW(id, key, name, result, reason) "{\"id\":" id ",\"key\":" key ",\"name\":" name \
	",\"result\":\"" result "\",\"reason\":" reason "}"
#define JSON_COUNTS(removed, marked, kept, failed) "\"removed\":" removed ",\n\"marked\":" marked \
	",\n\"would_remove\":0,\n\"would_mark\":0,\n\"kept\":" kept ",\n\"failed\":" failed ",\n"
#define GONE "\"it does not exist\""

/* The prompt has the known details of the object. */
Test(ipcrm, asked_with_what_it_is)
{
	static const char *const declined = "{\"version\":1,\n\"queues\":[\n"
		JSON_ROW("1", "\"0xffffffff\"", "null", "kept", "\"declined\"") "\n],\n"
		JSON_COUNTS("0", "0", "1", "0") "\"complete\":true}\n";

	fake.terminal = true;
	fake.answers = "n\nn\nn\nn\n";
	ipc_set(&fake.at[IPC_SHM][0], F_SIZE, 4096);
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 2);
	ipc_set(&fake.at[IPC_SHM][1], F_UID, 7001);
	ipc_set(&fake.at[IPC_SHM][1], F_SIZE, 10);
	ipc_set(&fake.at[IPC_SHM][1], F_NATTCH, 0);
	ipc_set(&fake.at[IPC_SHM][1], F_DTIME, 1700000000 - 3 * 86400);
	ipc_set(&fake.at[IPC_SHM][1], F_CTIME, 1700000000 - 9 * 86400);
	ipc_set(&fake.at[IPC_SEM][0], F_NSEMS, 1);
	ipc_set(&fake.at[IPC_MSG][1], F_QNUM, 5);
	ipc_set(&fake.at[IPC_MSG][1], F_CTIME, 1700000000 - 3600);
	fake_expect(RUN("-i", "-m", "0", "1", "-s", "0", "-q", "1"), 0, "",
		    "ipcrm: remove shared memory segment id `0' (owner 3000000001, size 4K, 2 attached)? "
		    "ipcrm: remove shared memory segment id `1' (owner alice, size 10B, 0 attached, unused for 3d)? "
		    "ipcrm: remove semaphore id `0' (owner 3000000001, 1 semaphore, unused for 0s)? "
		    "ipcrm: remove message queue id `1' (owner 3000000001, 5 messages, unused for 60m)? ");
	fake_expect(RUN("-iv", "-q", "1"), 0, "keeping message queue id `1': declined\n",
		    "ipcrm: remove message queue id `1' (owner 3000000001, 5 messages, unused for 60m)? ");
	fake_expect(RUN("-iJ", "-q", "1"), 0, declined,
		    "ipcrm: remove message queue id `1' (owner 3000000001, 5 messages, unused for 60m)? ");
	cr_expect(eq(int, left(), 6));
	/* The prompt also appears for an unreadable object, but not for one that is gone. */
	fake.fail[IPC_MSG][OP_STAT] = fake.fail[IPC_MSG][OP_STAT_ANY] = -EACCES;
	fake_expect(RUN("-i", "-q", "1", "-m", "99"), 1, "", "ipcrm: remove message queue id `1'? ipcrm: invalid id (99)\n");
}

static struct memory prompt;
static int (*prompt_sink)(struct out *, const char *, size_t);

/* Another file gets the name while the prompt is shown. */
static int replace_file(struct out *o, const char *bytes, size_t n)
{
	char file[256], other[256];

	snprintf(file, sizeof file, "%s/dev-shm/x", fake_proc());
	snprintf(other, sizeof other, "%s/dev-shm/y", fake_proc());
	rename(other, file);
	return prompt_sink(o, bytes, n);
}

/* The answer is about the object of the prompt, not about another one that has its name by then. */
Test(ipcrm, asked_for_another_one)
{
	char *argv[] = { "ipcrm", "-i", "--posix-shmem", "x", NULL }, file[256];
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	static struct memory out;
	struct world w = { &ipcrm_applet, &out.out, &prompt.out, &sys, -1, false, NULL };

	fake_file("/dev-shm/x", "12345");
	fake_file("/dev-shm/y", "");
	fake_file("/answers", "y\ny\n");
	fake.terminal = true;
	memory_init(&out);
	memory_init(&prompt);
	prompt_sink = prompt.out.sink;
	prompt.out.sink = replace_file;
	snprintf(file, sizeof file, "%s/answers", fake_proc());
	w.in = open(file, O_RDONLY);
	cr_expect(eq(int, ipcrm_applet.run(&w, 4, argv), 1));
	cr_expect(eq(str, (char *)(uintptr_t)memory_text(&prompt), "ipcrm: remove POSIX shared memory `x' (owner 3000000001, size 5B, unused for 0s)? "
		     "ipcrm: kept POSIX shared memory `x': it has been changed or replaced\n"));
	snprintf(file, sizeof file, "%s/dev-shm/x", fake_proc());
	cr_expect(zero(int, access(file, F_OK)));
	cr_expect(zero(int, ipcrm_applet.run(&w, 4, argv)));
	cr_expect(access(file, F_OK) < 0, "it goes once it is the one that was described");
}

Test(ipcrm, no_more_than_so_many)
{
	fake_expect(RUN("-a", "--max", "5"), 1, "", "ipcrm: 6 objects selected, more than --max 5: nothing removed\n");
	fake_expect(RUN("-a", "--max", "0"), 1, "", "ipcrm: 6 objects selected, more than --max 0: nothing removed\n");
	fake_expect(RUN("-m", "0", "--max", "0"), 1, "", "ipcrm: 1 object selected, more than --max 0: nothing removed\n");
	fake_expect(RUN("-a", "--max", "x"), 1, "", "ipcrm: --max 'x': not a nonnegative integer\n");
	fake_expect(RUN("-a", "--max", ""), 1, "", "ipcrm: --max '': not a nonnegative integer\n");
	fake_expect(RUN("-a", "--max", "18446744073709551616"), 1, "",
		    "ipcrm: --max '18446744073709551616': not a number from 0 to 18446744073709551615\n");
	cr_expect(eq(int, left(), 6));
	fake_expect(RUN("-a", "--max", "6"), 0, "", "");
	cr_expect(eq(int, left(), 0));
}

Test(ipcrm, what_would_go)
{
	ipc_set(&fake.at[IPC_SEM][0], F_NSEMS, 3);
	fake_expect(RUN("-n", "-s", "0", "-q", "1", "-s", "99"), 1,
		    "------ Message Queues --------\n"
		    "key        msqid      owner      perms      used-bytes   messages    \n"
		    "0xffffffff 1          3000000001 644        -            -           \n\n"
		    "------ Semaphore Arrays --------\n"
		    "key        semid      owner      perms      nsems     \n"
		    "0x00001000 0          3000000001 644        3         \n\n", "ipcrm: invalid id (99)\n");
	fake_expect(RUN("-n", "-f", "-s", "99"), 0, "", "");
	cr_expect(eq(int, left(), 6));
}

Test(ipcrm, a_report)
{
	fake_expect(RUN("-J", "-m", "0", "-M", "myshm", "-q", "99", "-M", "0x77", "-M", "-1"), 1, "{\"version\":1,\n"
		    "\"queues\":[\n" JSON_ROW("99", "null", "null", "failed", GONE) "\n],\n\"shmems\":[\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "removed", "null") ",\n"
		    JSON_ROW("null", "\"0x855334ef\"", "\"myshm\"", "failed", GONE) ",\n"
		    JSON_ROW("null", "\"0x00000077\"", "null", "failed", GONE) ",\n"
		    JSON_ROW("1", "\"0xffffffff\"", "null", "removed", "null") "\n],\n"
		    JSON_COUNTS("2", "0", "0", "3") "\"complete\":false}\n",
		    "ipcrm: invalid key (myshm)\nipcrm: invalid key (0x77)\nipcrm: invalid id (99)\n");
	fake_expect(RUN("-J", "-f", "-M", "0x77", "-s", "99"), 0, "{\"version\":1,\n\"shmems\":[],\n\"semaphores\":[],\n"
		    JSON_COUNTS("0", "0", "0", "0") "\"complete\":true}\n", "");
}

Test(ipcrm, a_report_of_what_stays)
{
	fake.fail[IPC_SHM][OP_REMOVE] = -EPERM;
	ipc_set(&fake.at[IPC_SHM][1], F_KEY, 0);
	fake_expect(RUN("-J", "--all=shm", "-m", "0"), 1, "{\"version\":1,\n\"shmems\":[\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "failed", "\"Operation not permitted\"") ",\n"
		    JSON_ROW("1", "\"0x00000000\"", "null", "failed", "\"Operation not permitted\"") "\n],\n"
		    JSON_COUNTS("0", "0", "0", "2") "\"complete\":false}\n", "ipcrm: permission denied for id (0)\n"
		    "ipcrm: 1 shared memory segment not removed: Operation not permitted\n");
	fake.fail[IPC_SEM][OP_REMOVE] = -200;
	fake.fail[IPC_SEM][OP_STAT] = fake.fail[IPC_SEM][OP_STAT_ANY] = -EIO;
	fake_expect(RUN("-J", "--quiet", "-s", "0"), 1, "{\"version\":1,\n\"semaphores\":[\n"
		    JSON_ROW("0", "null", "null", "failed", "\"the kernel refused to remove it\"") "\n],\n"
		    JSON_COUNTS("0", "0", "0", "1") "\"complete\":false}\n", "");
	fake_expect(RUN("-J", "--all=msg", "--max", "1", "-Q", "0x77"), 1, "{\"version\":1,\n\"queues\":[\n"
		    JSON_ROW("null", "\"0x00000077\"", "null", "failed", GONE) ",\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "kept", "\"more objects are selected than --max allows\"") ",\n"
		    JSON_ROW("1", "\"0xffffffff\"", "null", "kept", "\"more objects are selected than --max allows\"") "\n],\n"
		    JSON_COUNTS("0", "0", "2", "1") "\"complete\":false}\n",
		    "ipcrm: invalid key (0x77)\nipcrm: 2 objects selected, more than --max 1: nothing removed\n");
	cr_expect(eq(int, left(), 6));
}

/* A kind that cannot be listed is not empty. */
Test(ipcrm, a_report_of_what_cannot_be_listed)
{
	fake.fail[IPC_SEM][OP_STAT_ANY] = fake.fail[IPC_SEM][OP_STAT] = -ENOSYS;
	fake.fail[IPC_SEM][FAKE_LIMITS] = -ENOSYS;
	fake_expect(RUN("-J", "--all=sem", "--all=shm", "--max", "9"), 1, "{\"version\":1,\n\"shmems\":[\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "removed", "null") ",\n"
		    JSON_ROW("1", "\"0xffffffff\"", "null", "removed", "null") "\n],\n\"semaphores\":null,\n"
		    JSON_COUNTS("2", "0", "0", "0") "\"complete\":false}\n", "ipcrm: kernel not configured for semaphores\n");
}

/* An attached segment lives on, marked for removal, until the last process detaches it. */
Test(ipcrm, a_report_of_what_lives_on)
{
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 2);
	fake_expect(RUN("-J", "-n", "-m", "0", "-m", "1"), 0, "{\"version\":1,\n\"shmems\":[\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "would mark", "null") ",\n"
		    JSON_ROW("1", "\"0xffffffff\"", "null", "would remove", "null") "\n],\n"
		    "\"removed\":0,\n\"marked\":0,\n\"would_remove\":1,\n\"would_mark\":1,\n\"kept\":0,\n\"failed\":0,\n"
		    "\"complete\":true}\n", "");
	fake_expect(RUN("-J", "-m", "0", "-m", "1"), 0, "{\"version\":1,\n\"shmems\":[\n"
		    JSON_ROW("0", "\"0x00001000\"", "null", "marked", "null") ",\n"
		    JSON_ROW("1", "\"0xffffffff\"", "null", "removed", "null") "\n],\n"
		    JSON_COUNTS("1", "1", "0", "0") "\"complete\":true}\n", "");
}

Test(ipcrm, without_complaints)
{
	fake_expect(RUN("-f", "-m", "99", "-M", "0x77", "--posix-shmem", "x"), 0, "", "");
	fake_expect(RUN("--quiet", "-m", "99"), 1, "", "");
	fake.fail[IPC_SHM][OP_REMOVE] = -EPERM;
	fake_expect(RUN("-f", "-m", "0"), 1, "", "ipcrm: permission denied for id (0)\n");
	fake_expect(RUN("--quiet", "--all=shm"), 1, "", "");
}

Test(ipcrm, an_attached_segment_lives_on)
{
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 1);
	ipc_set(&fake.at[IPC_SHM][1], F_NATTCH, 2);
	fake_expect(RUN("-v", "-m", "0", "-m", "1"), 0, "removing shared memory segment id `0'\n"
		    "removing shared memory segment id `1'\n",
		    "ipcrm: shared memory segment id `0' is marked for removal (dest): 1 attachment remains\n"
		    "ipcrm: shared memory segment id `1' is marked for removal (dest): 2 attachments remain\n");
}

static bool there(const char *path)
{
	char full[256];
	struct stat st;

	snprintf(full, sizeof full, "%s%s", fake_proc(), path);
	return lstat(full, &st) == 0;
}

static bool gone(const char *path)
{
	return !there(path);
}

/* A file that is named as a semaphore is not removed again as a segment, whichever comes first. */
Test(ipcrm, a_semaphore_that_is_listed_as_a_segment)
{
	static const unsigned char zero[32] = { 0 };

	fake_bytes("/dev-shm/z", zero, sizeof zero);
	fake_expect(RUN("-J", "--all=pshm", "--posix-semaphore", "z", "--max", "1"), 0, "{\"version\":1,\n"
		    "\"posix_shmems\":[],\n\"posix_semaphores\":[\n"
		    "{\"name\":\"z\",\"result\":\"removed\",\"reason\":null}\n],\n"
		    JSON_COUNTS("1", "0", "0", "0") "\"complete\":true}\n", "");
	cr_expect(gone("/dev-shm/z"));
	fake_bytes("/dev-shm/z", zero, sizeof zero);
	fake_file("/dev-shm/sem.z", "");
	fake_expect(RUN("--quiet", "--all=pshm", "--posix-semaphore", "z"), 0, "", "");
	cr_expect(gone("/dev-shm/z") && gone("/dev-shm/sem.z"), "glibc's semaphore is another file");
}

Test(ipcrm, posix_objects)
{
	static const unsigned char musl[32] = { 1 };
	char want[1024];

	fake.queues = true;
	fake_file("/dev-mqueue/q", "");
	fake_file("/dev-mqueue/r", "");
	fake_file("/dev-shm/m", "1");
	fake_file("/dev-shm/sem.s", "");
	fake_file("/dev-shm/n", "1");
	fake_bytes("/dev-shm/t", musl, sizeof musl);
	fake_file("/dev-shm/folder/x", "");
	fake_link("/dev-shm/link", "m");
	fake_expect(RUN("--posix-shmem", "sem.s"), 1, "",
		    "ipcrm: name `sem.s' is a semaphore; use --posix-semaphore s\n");
	fake_expect(RUN("--posix-shmem", "a/b"), 1, "",
		    "ipcrm: 'a/b' is not the name of a POSIX object\n");
	fake_expect(RUN("--posix-shmem", "folder", "--posix-shmem", "link", "--posix-semaphore", "m", "--posix-mqueue", "x"), 1,
		    "", "ipcrm: name `folder' is a directory\nipcrm: name `link' is a symbolic link\n"
		    "ipcrm: name `m' not found\nipcrm: name `x' not found\n");
	cr_expect(there("/dev-shm/m") && there("/dev-shm/link") && there("/dev-shm/sem.s"));
	fake_expect(RUN("-v", "--posix-shmem", "/m", "--posix-semaphore", "s", "--posix-semaphore", "t", "--posix-mqueue", "/q"),
		    0, "removing POSIX shared memory `m'\nremoving POSIX semaphore `s'\nremoving POSIX semaphore `t'\n"
		    "removing POSIX message queue `/q'\n", "");
	cr_expect(gone("/dev-shm/m") && gone("/dev-shm/sem.s") && gone("/dev-shm/t") && gone("/dev-mqueue/q"));
	fake_expect(RUN("-n", "--pmsg", "--pshm", "--user", "3000000001"), 0,
		    "------ POSIX Message Queues --------\n"
		    "owner      perms used-bytes messages max-msgs msg-size name\n"
		    "3000000001 644   -          2        10       8192     r\n\n"
		    "------ POSIX Shared Memory Segments --------\n"
		    "owner      perms bytes        resident     name\n3000000001 644   1            4096         n\n\n", "");
	cr_expect(eq(int, RUN("-v", "-a=posix").status, 1));
	cr_expect(gone("/dev-shm/n") && gone("/dev-mqueue/r") && there("/dev-shm/folder") && there("/dev-shm/link"));
	snprintf(want, sizeof want, "not removed: %s/dev-shm/folder is a directory\n", fake_proc());
	cr_expect(strstr(RUN("--all=pshm").err, want) != NULL);
	snprintf(want, sizeof want, "not removed: %s/dev-shm/link is a symbolic link\n", fake_proc());
	cr_expect(strstr(RUN("--all=pshm").err, want) != NULL);
	fake_expect(RUN("--all=psem"), 0, "", "");
	fake.fail_mq = -EACCES;
	fake_expect(RUN("--posix-mqueue", "q"), 1, "", "ipcrm: permission denied for name `q'\n");
	fake_expect(RUN("-n", "--posix-mqueue", "q"), 1, "",
		    "ipcrm: cannot determine if removal is permitted for name `q'\n");
	fake.fail_mq = -ENOSYS;
	fake_expect(RUN("--posix-mqueue", "q"), 1, "", "ipcrm: name failed (q): Function not implemented\n");
}

/* An object that vanishes between being found and being shown has only a name, not a row. */
Test(ipcrm, a_dry_run_of_what_goes_meanwhile)
{
	fake_add(IPC_MSG, 3, 0);
	fake.works[OP_STAT] = 1;
	fake.fail[IPC_MSG][OP_STAT] = -EIDRM;
	fake_expect(RUN("-n", "-q", "3"), 0, "------ Message Queues --------\n"
		    "key        msqid      owner      perms      used-bytes   messages    \nmessage queue id `3'\n\n", "");
}
