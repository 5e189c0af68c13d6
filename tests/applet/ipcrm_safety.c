/* SPDX-License-Identifier: 0BSD */
/* Removals are checked, reported and predicted before they are made; the numbers are those of the defects. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcrm_applet, __VA_ARGS__, NULL)
#define TRY "Try 'ipcrm --help' for more information.\n"

enum { OTHER = 99 };

/* Objects 0 to 3 of each kind: 1 has the key -1, 2 is another user's, segment 3 is attached. */
static void some(void)
{
	memset(fake.at, 0, sizeof fake.at);
	fake.user = 3000000001;
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++) {
		for (int i = 0; i < 4; i++)
			fake_add(kind, i, 0);
		ipc_set(&fake.at[kind][1], F_KEY, 0xffffffff);
		ipc_set(&fake.at[kind][2], F_UID, OTHER);
		ipc_set(&fake.at[kind][2], F_CUID, OTHER);
		for (int i = 0; kind == IPC_SHM && i < 4; i++)
			ipc_set(&fake.at[kind][i], F_NATTCH, i == 3);
	}
}

static int left(void)
{
	int n = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		for (int i = 0; i < 4; i++)
			n += fake_has(kind, i);
	return n;
}

TestSuite(ipcrm_safety, .init = some);

Test(ipcrm_safety, orphans_that_cannot_be_judged_stay_and_are_no_success)
{
	static const uint8_t known[] = { F_MODE, F_GID, F_CPID, F_LPID, F_ATIME, F_DTIME, F_CTIME };
	struct ran r;

	for (size_t i = 0; i < sizeof known; i++)
		ipc_set(&fake.at[IPC_SHM][0], known[i], 7);
	r = RUN("--shm", "--orphaned=maybe");
	cr_expect(eq(int, r.status, 1));
	cr_expect(strncmp(r.err, "ipcrm: cannot judge orphans: ", 29) == 0, "%s", r.err);
	cr_expect(eq(int, left(), 12));
	cr_expect(strstr(RUN("--shm", "--orphaned=maybe", "-J").out, "\"complete\":false}") != NULL);
}

#define UNSEEN "cannot check it again: "

/* The sweep sees the four queues; after it, nothing can be read. */
static void blind(int rc)
{
	fake.fail[IPC_MSG][OP_STAT] = fake.fail[IPC_MSG][OP_STAT_ANY] = rc;
	fake.works[OP_STAT_ANY] = fake.calls[OP_STAT_ANY] + 4;
}

Test(ipcrm_safety, v09_a_last_look_that_fails_keeps)
{
	static const struct { int rc; const char *why; } t[] = {
		{ -EACCES, "Permission denied" }, { -ENOMEM, "Cannot allocate memory" }, { -ENFILE, "Too many open files in system" },
		{ -ENOSYS, "Function not implemented" }, { -ENXIO, "error 6" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char want[512];
		struct ran r;

		blind(t[i].rc);
		r = RUN("--msg", "--user", "99");
		snprintf(want, sizeof want, "ipcrm: kept message queue id `2': " UNSEEN "%s\n", t[i].why);
		fake_expect(r, 1, "", want);
		blind(t[i].rc);
		fake_expect(RUN("-v", "--msg", "--user", "99"), 1, "", want);
		blind(t[i].rc);
		r = RUN("-J", "--msg", "--user", "99");
		snprintf(want, sizeof want, "\"result\":\"failed\",\"reason\":\"" UNSEEN "%s\"}\n],\n\"removed\":0", t[i].why);
		cr_expect(r.status == 1 && strstr(r.out, want) && strstr(r.out, "\"complete\":false"), "%s", r.out);
	}
	cr_expect(eq(int, left(), 12));
}

Test(ipcrm_safety, v09_what_is_gone_by_then_is_no_failure)
{
	blind(-EIDRM);
	fake_expect(RUN("-v", "--msg", "--user", "99"), 0, "keeping message queue id `2': it no longer exists\n", "");
}

Test(ipcrm_safety, v09_a_row_that_does_not_tell_keeps)
{
	fake_file("/sysvipc/msg", "key msqid uid ctime\n4098 2 99 1700000000\n");
	fake.at[IPC_MSG][2].have &= ~(UINT64_C(1) << F_CTIME);
	fake_expect(RUN("--msg", "--user", "99"), 1, "",
		"ipcrm: kept message queue id `2': " UNSEEN "malformed contents\n");
	cr_expect(eq(int, left(), 12));
}

/* The text with each `from` replaced by `to`, valid until the next call. */
static char *swap(const char *text, const char *from, const char *to)
{
	static char out[1 << 16];
	char *end = out;
	const char *at;

	while ((at = strstr(text, from)) != NULL) {
		memcpy(end, text, (size_t)(at - text));
		end = stpcpy(end + (at - text), to);
		text = at + strlen(from);
	}
	strcpy(end, text);
	return out;
}

/* The report of a dry run in the words of a real one, valid until the next call. */
static char *as_real(const char *report)
{
	static char out[1 << 16];
	char *removed = strdup(swap(report, "\"would remove\"", "\"removed\""));
	char *s = swap(removed, "\"would mark\"", "\"marked\"");
	char *none = strstr(s, "\"removed\":0,\n\"marked\":0,\n\"would_remove\":");
	char *rest = none != NULL ? strstr(none, ",\n\"kept\"") : NULL;
	int n, marked;

	cr_assert(rest != NULL && sscanf(none, "\"removed\":0,\n\"marked\":0,\n\"would_remove\":%d,\n\"would_mark\":%d",
					 &n, &marked) == 2, "%s", report);
	snprintf(out, sizeof out, "%.*s\"removed\":%d,\n\"marked\":%d,\n\"would_remove\":0,\n\"would_mark\":0%s",
		 (int)(none - s), s, n, marked, rest);
	free(removed);
	return out;
}

static struct ran run_all(char **argv, const char *more)
{
	char *a[16] = { NULL };
	int n = 0;

	if (more != NULL)
		a[n++] = (char *)(uintptr_t)more;
	for (; *argv != NULL; argv++)
		a[n++] = *argv;
	return fake_run(&ipcrm_applet, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
			a[11], a[12], NULL);
}

/* A dry run and a real one have the same status, messages and report. */
static void rehearse(char **argv)
{
	struct ran r;
	char *report, *err;
	int status;

	some();
	r = run_all(argv, "-nJ");
	status = r.status;
	report = as_real(r.out);
	err = strdup(r.err);
	cr_expect(left() == 12, "a dry run removes nothing");
	r = run_all(argv, "-J");
	cr_expect(eq(int, status, r.status), "%s %s %s", argv[0], argv[1], argv[2]);
	cr_expect(eq(str, report, (char *)(uintptr_t)r.out));
	cr_expect(eq(str, err, (char *)(uintptr_t)r.err));
	some();
	r = run_all(argv, "-n");
	cr_expect(eq(int, status, r.status), "the same without a report");
	cr_expect(eq(str, err, (char *)(uintptr_t)r.err));
	free(err);
}

#define REHEARSE(...) rehearse((char *[]){ __VA_ARGS__, NULL })

Test(ipcrm_safety, v15_a_dry_run_is_the_real_run)
{
	fake_file("/self/ns/ipc", "");
	fake_file("/self/ns/user", "");
	for (int power = 0; power < 3; power++) {
		/* No capabilities, capabilities elsewhere, and capabilities here. */
		fake.capabilities = power > 0 ? 1 << 21 : 0;
		fake.reaches = power > 1;
		REHEARSE("-m", "0");
		REHEARSE("-m", "0", "-m", "0");
		REHEARSE("-m", "0", "-m", "3", "-m", "0", "-m", "3", "-m", "2", "-m", "2");
		REHEARSE("-q", "1", "-Q", "-1", "-q", "2", "-Q", "0x1002");
		REHEARSE("-m", "77", "-M", "0x77", "-s", "0");
		REHEARSE("-f", "-m", "77", "-M", "0x77", "-s", "0");
		REHEARSE("-a");
		REHEARSE("-a", "-a", "--all=shm");
		REHEARSE("-m", "0", "-m", "2", "-a");
		REHEARSE("-m", "3", "--all=shm");
		REHEARSE("--shm", "--msg", "--older-than", "0");
		REHEARSE("--msg", "--user", "99");
		REHEARSE("shm", "0", "3");
		REHEARSE("shm", "0", "0", "2", "77");
		REHEARSE("sem", "semid", "0", "1");
	}
}

Test(ipcrm_safety, v15_permissions_are_judged)
{
	fake.capabilities = 0;
	fake_expect(RUN("-n", "-q", "2"), 1, "", "ipcrm: permission denied for id (2)\n");
	fake_expect(RUN("-n", "-Q", "0x1002"), 1, "", "ipcrm: permission denied for key (0x1002)\n");
	fake_expect(RUN("-nJ", "--sem", "--user", "99"), 1,
		"{\"version\":1,\n\"semaphores\":[\n{\"id\":2,\"key\":\"0x00001002\",\"name\":null,\"result\":\"failed\","
		"\"reason\":\"Operation not permitted\"}\n],\n\"removed\":0,\n\"marked\":0,\n\"would_remove\":0,\n"
		"\"would_mark\":0,\n\"kept\":0,\n\"failed\":1,\n\"complete\":false}\n", "ipcrm: 1 semaphore set not removed: Operation not permitted\n");
	/* The creator of an object may remove it, whoever owns it. */
	fake.user = 3000000003;
	cr_expect(eq(int, RUN("-n", "-q", "0").status, 0));
}

Test(ipcrm_safety, v15_what_cannot_be_told_is_no_success)
{
	/* Without /proc, the owner of the namespace is unknown. */
	fake_expect(RUN("-n", "-q", "2"), 1, "", "ipcrm: cannot determine if removal is permitted for id (2)\n");
	/* Without user namespaces, it belongs to the initial one. */
	fake_file("/self/ns/ipc", "");
	fake.reaches = -ENOTTY;
	cr_expect(eq(int, RUN("-n", "-q", "2").status, 0));
	fake_file("/self/ns/user", "");
	fake_expect(RUN("-n", "-q", "2"), 1, "", "ipcrm: cannot determine if removal is permitted for id (2)\n");
	fake.fail[IPC_MSG][OP_STAT] = fake.fail[IPC_MSG][OP_STAT_ANY] = -EACCES;
	fake_expect(RUN("-n", "-q", "0"), 1, "", "ipcrm: cannot determine if removal is permitted for id (0)\n");
}

/* Each object counts once, however often and however it is named. */
Test(ipcrm_safety, v15_duplicates_are_one)
{
	struct ran r;

	fake_file("/self/ns/ipc", "");
	r = RUN("-n", "-m", "0", "-m", "3", "-M", "0x1003", "--all=shm", "--max", "4");
	cr_expect(eq(int, r.status, 0));
	cr_expect(strstr(r.out, "0x00001003") && !strstr(strstr(r.out, "0x00001003") + 1, "0x00001003"), "%s", r.out);
	fake_expect(RUN("-m", "0", "-m", "1", "--all=shm", "--max", "3"), 1, "",
		"ipcrm: 4 objects selected, more than --max 3: nothing removed\n");
	fake_expect(RUN("-v", "-q", "0", "-q", "1", "--all=msg"), 0, "removing message queue id `0'\n"
		"removing message queue id `1'\nremoving message queue id `2'\nremoving message queue id `3'\n", "");
}

Test(ipcrm_safety, v15_many_names)
{
	static char words[4000][8];
	static char *argv[4005] = { "ipcrm", "-v", "-m" };
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	static struct memory out, err;
	struct world w = { &ipcrm_applet, &out.out, &err.out, &sys, -1, false, NULL };

	memory_init(&out);
	memory_init(&err);
	for (int i = 0; i < 2000; i++) {
		fake_add(IPC_SHM, i, 0);
		snprintf(words[i], sizeof words[i], "%d", i);
		argv[3 + i] = argv[3 + 3999 - i] = words[i];
	}
	argv[1] = "-n";
	cr_expect(ipcrm_applet.run(&w, 4003, argv) == 1);
	cr_expect(strstr(memory_text(&err), "invalid id (1999)\nipcrm: invalid id (1998)\n") != NULL);
	memory_init(&err);
	argv[1] = "-f";
	cr_expect(ipcrm_applet.run(&w, 4003, argv) == 0 && !fake_has(IPC_SHM, 0) && !fake_has(IPC_SHM, 1999));
}

Test(ipcrm_safety, v16_an_attached_segment_is_in_use)
{
	for (int i = 0; i < 4; i++)
		ipc_set(&fake.at[IPC_SHM][i], F_CTIME, 1600000000);
	fake_expect(RUN("-v", "--shm", "--older-than", "1d"), 0, "removing shared memory segment id `0'\n"
		"removing shared memory segment id `1'\nremoving shared memory segment id `2'\n", "");
	fake_expect(RUN("-v", "--shm", "--newer-than", "0"), 0, "removing shared memory segment id `3'\n",
		"ipcrm: shared memory segment id `3' is marked for removal (dest): 1 attachment remains\n");
}

Test(ipcrm_safety, v16_and_has_no_age)
{
	ipc_set(&fake.at[IPC_SHM][0], F_CTIME, 1600000000);
	ipc_set(&fake.at[IPC_SHM][3], F_CTIME, 1500000000);
	/* The time of its last attachment is unknown, so it may be in use. */
	fake.at[IPC_SHM][1].have &= ~(UINT64_C(1) << F_NATTCH);
	fake_expect(fake_run(&ipcs_applet, "-m", "-o", "ID,AGE", "--raw", "--sort", "age", NULL), 0,
		"ID AGE\n2 0\n3 0\n0 100000000\n1 -\n", "");
	fake_expect(RUN("-n", "--all=shm", "--older-than", "0", "--newer-than", "0"), 0, "", "");
	fake_expect(RUN("-v", "--shm", "--key", "-1", "--older-than", "0"), 0, "", "");
}

/* The first line is written, the second is not: its object and all others stay. */
Test(ipcrm_safety, v17_nothing_goes_that_is_not_told)
{
	struct ran r;

	fake_out.fail = -EPIPE;
	fake_out.room = strlen("removing message queue id `0'\n");
	r = RUN("-v", "-q", "0", "-q", "1", "-s", "0");
	fake_expect(r, 1, "removing message queue id `0'\n", "");
	cr_expect(fake_gone(IPC_MSG, 0) && left() == 11);
	r = RUN("-v", "sem", "0", "1");
	cr_expect(r.status == 1 && fake_gone(IPC_SEM, 0) && left() == 10);
	fake_out.room = 0;
	r = RUN("-J", "--all=msg");
	cr_expect(r.status == 1 && left() == 10);
}

Test(ipcrm_safety, v18_ids_and_keys_behind_the_first)
{
	fake_expect(RUN("-m", "0", "1", "3", "-q", "0"), 0, "", "");
	cr_expect(left() == 9 && fake_gone(IPC_SHM, 1) && fake_gone(IPC_MSG, 0), "an attached one stays");
	fake_expect(RUN("-Q0x1002", "-1", "-v"), 1, "", "ipcrm: invalid option -- '1'\n" TRY);
	fake_expect(RUN("-Q0x1002", "-v", "--", "-1"), 0,
		"removing message queue id `2'\nremoving message queue id `1'\n", "");
	fake_expect(RUN("--semaphore-id=0", "1", "-v", "2", "-S", "0x1003", "0x77"), 1,
		"removing semaphore id `0'\nremoving semaphore id `1'\nremoving semaphore id `2'\nremoving semaphore id `3'\n",
		"ipcrm: invalid key (0x77)\n");
	fake_expect(RUN("--posix-shmem", "a", "b"), 1, "", "ipcrm: name `a' not found\nipcrm: name `b' not found\n");
}

Test(ipcrm_safety, v18_a_word_that_is_no_id_is_an_error_before_anything)
{
	fake_expect(RUN("-m", "0", "1", "x"), 1, "", "ipcrm: failed to parse argument: 'x': not a decimal number\n");
	fake_expect(RUN("-m", "0", ""), 1, "", "ipcrm: failed to parse argument: '': not a decimal number\n");
	fake_expect(RUN("-m", "0", "4294967296"), 1, "",
		"ipcrm: failed to parse argument: '4294967296': Numerical result out of range (0 to 2147483647)\n");
	fake_expect(RUN("-M", "0x1000", "0"), 1, "", "ipcrm: illegal key (0)\n");
	fake_expect(RUN("0", "-m", "1"), 1, "", "ipcrm: unknown argument: 0\n" TRY);
	fake_expect(RUN("-a", "0"), 1, "", "ipcrm: unknown argument: 0\n" TRY);
	fake_expect(RUN("--shm", "--user", "1", "0"), 1, "", "ipcrm: unknown argument: 0\n" TRY);
	fake_expect(RUN("-m", "0", "shm"), 1, "", "ipcrm: failed to parse argument: 'shm': not a decimal number\n");
	cr_expect(eq(int, left(), 12));
}

Test(ipcrm_safety, v18_the_old_form_goes_on_after_a_word)
{
	fake_expect(RUN("sem", "semid", "0", "x1", "1x", "1"), 1, "",
		"ipcrm: invalid id: semid (not a decimal number)\nipcrm: invalid id: x1 (not a decimal number)\n"
		"ipcrm: invalid id: 1x (not a decimal number)\n");
	cr_expect(left() == 10 && fake_gone(IPC_SEM, 0) && fake_gone(IPC_SEM, 1));
}

Test(ipcrm_safety, v18_but_not_after_what_may_be_meant_as_an_id)
{
	static const char *const words[] = { "", " 1", "+1", "-1", "-", "1 ", "-n", "-v", "--help" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char want[128];

		snprintf(want, sizeof want, "ipcrm: invalid id: %s (not a decimal number)\n", *words[i] ? words[i] : "''");
		fake_expect(RUN("shm", "x", "0", words[i]), 1, "", want);
	}
	fake_expect(RUN("shm", "0", "4294967296"), 1, "", "ipcrm: invalid id: 4294967296 (not a number from 0 to 2147483647)\n");
	cr_expect(eq(int, left(), 12));
}

Test(ipcrm_safety, v18_options_before_the_old_form)
{
	fake_expect(RUN("-v", "shm", "0", "1"), 0,
		"removing shared memory segment id `0'\nremoving shared memory segment id `1'\nresource(s) deleted\n", "");
	cr_expect(eq(int, RUN("-n", "msg", "0").status, 0));
	cr_expect(eq(int, left(), 10));
	fake_expect(RUN("-v", "-m", "0", "--", "shm"), 1, "",
		"ipcrm: failed to parse argument: 'shm': not a decimal number\n");
	fake_expect(RUN("-v", "shm"), 1, "", "ipcrm: not enough arguments\n" TRY);
	fake_expect(RUN("-v", "pshm", "x"), 1, "", "ipcrm: unknown argument: pshm\n" TRY);
}
