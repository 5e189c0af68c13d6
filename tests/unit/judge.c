/* SPDX-License-Identifier: 0BSD */
/* Orphans, as judged by fixture trees of /proc and a fake kernel. */
#include "kernel/judge.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fake.h"

enum { SELF = 4242, NOW = 1700000000, USED = NOW - 3600, OWNER = 5001, CREATOR = 5002, GID = 6001, CGID = 6002 };

static struct ipc_sys sys;
static struct judge j;

/* The contents of the status file of a task. */
struct task {
	int pid, parent, group, uid, gid;
	const char *state, *groups, *namespace;
	int threads;
	bool kernel;
};

static void task(const char *folder, struct task t)
{
	fake_file(format("%s/status", folder),
		  format("Name:\tx\nState:\t%s\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\nUid:\t%d\t%d\t%d\t%d\n"
			 "Gid:\t%d\t%d\t%d\t%d\nGroups:\t%s \nNSpid:\t%d\nNSpgid:\t%d\n%sThreads:\t%d\n",
			 t.state ? t.state : "S (sleeping)", t.pid, t.pid, t.parent, t.uid, t.uid, t.uid, t.uid, t.gid,
			 t.gid, t.gid, t.gid, t.groups ? t.groups : "", t.pid, t.group ? t.group : t.pid,
			 t.kernel ? "" : "VmSize:\t    1000 kB\n", t.threads ? t.threads : 1));
	fake_link(format("%s/ns/ipc", folder), format("%s/%s", fake_proc(), t.namespace ? t.namespace : "ours"));
}

/* A process with one thread. */
static void process(struct task t)
{
	t.parent = t.parent ? t.parent : 1;
	task(format("/%d", t.pid), t);
	task(format("/%d/task/%d", t.pid, t.pid), t);
}

static void began(int pid, int ticks)
{
	fake_file(format("/%d/stat", pid),
		  format("%d (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 18 %d 20\n", pid, ticks));
}

static void fixture(void)
{
	sys = fake_sys(SOURCE_AUTO);
	fake.now = NOW;
	fake.booted = NOW - 100000;
	fake.self = SELF;
	fake.sem_told = true;
	judge_init(&j, &sys, 7, false);
	fake_file("/ours", "");
	fake_file("/others", "");
	process((struct task){ .pid = 1, .parent = 0 });
	process((struct task){ .pid = SELF, .parent = 77, .uid = OWNER });
	process((struct task){ .pid = 77, .uid = OWNER });
	fake_file("/loadavg", "0.00 0.00 0.00 1/100 5000\n");
	fake_link("/self", format("%d", SELF));
	fake_initial_pids(format("/%d/ns/pid", SELF));
	fake_file("/self/mountinfo", format("20 1 0:5 / / rw - ext4 /dev/root rw\n"
					    "21 20 0:6 / %s rw,nosuid shared:5 - proc proc rw\n", fake_proc()));
}

static void forget(void)
{
	judge_free(&j);
}

TestSuite(judge, .init = fixture, .fini = forget);

/* An object that was used, and whose users have PIDs that no process has. */
static struct ipc_obj *object(enum ipc_kind kind)
{
	struct ipc_obj *o = fake_add(kind, 0, 0);

	ipc_set(o, F_MODE, 0600);
	ipc_set(o, F_UID, OWNER);
	ipc_set(o, F_CUID, CREATOR);
	ipc_set(o, F_GID, GID);
	ipc_set(o, F_CGID, CGID);
	ipc_set(o, F_CTIME, USED);
	switch (kind) {
	case IPC_SHM:
		ipc_set(o, F_NATTCH, 0);
		ipc_set(o, F_CPID, 901);
		ipc_set(o, F_LPID, 902);
		ipc_set(o, F_ATIME, USED);
		ipc_set(o, F_DTIME, USED);
		break;
	case IPC_MSG:
		ipc_set(o, F_LSPID, 901);
		ipc_set(o, F_LRPID, 902);
		ipc_set(o, F_STIME, USED);
		ipc_set(o, F_RTIME, USED);
		break;
	default:
		ipc_set(o, F_NSEMS, 1);
		ipc_set(o, F_OTIME, USED);
		fake.sem_pid = 901;
		break;
	}
	return o;
}

/* The verdict on it, -1 for none, the reason, and the deciding process. */
static void expect(const struct ipc_obj *o, int verdict, enum judge_why why, int process, int line)
{
	struct ipc_obj row = *o;
	int pid = -1;

	judge_free(&j);
	judge_init(&j, &sys, 7, false);
	cr_expect(eq(int, judge_object(&j, &row, &pid), why), "line %d", line);
	cr_expect(eq(int, ipc_has(&row, F_ORPHAN) ? (int)row.v[F_ORPHAN] : -1, verdict), "line %d", line);
	cr_expect(eq(int, pid, process), "line %d", line);
}

#define EXPECT(...) expect(__VA_ARGS__, __LINE__)
#define YES IPC_ORPHAN_YES, JUDGE_GONE, 0

Test(judge, all_conditions_hold)
{
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++)
		EXPECT(object(kind), YES);
}

Test(judge, in_use)
{
	struct ipc_obj *o = object(IPC_SHM);

	ipc_set(o, F_NATTCH, 1);
	EXPECT(o, IPC_ORPHAN_NO, JUDGE_ATTACHED, 0);
	ipc_set(o, F_NATTCH, 0);
	fake.alive[0] = 902;
	EXPECT(o, IPC_ORPHAN_NO, JUDGE_LIVES, 902);
	EXPECT(object(IPC_MSG), IPC_ORPHAN_NO, JUDGE_LIVES, 902);
	fake.alive[0] = 901;
	EXPECT(o, IPC_ORPHAN_NO, JUDGE_LIVES, 901);
	EXPECT(object(IPC_SEM), IPC_ORPHAN_NO, JUDGE_LIVES, 901);
	fake.alive[0] = 0;
	fake.sem_waiters = 1;
	EXPECT(object(IPC_SEM), IPC_ORPHAN_NO, JUDGE_WAITED, 0);
}

/* A clock that is stepped or fails does not make an orphan. */
Test(judge, v01_clocks)
{
	struct ipc_obj *o = object(IPC_MSG);

	fake.alive[0] = 901;
	fake_file("/901/stat", "901 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 18 9900000 20\n");
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_REUSED, 901);
	fake.booted = 0;
	EXPECT(o, IPC_ORPHAN_NO, JUDGE_LIVES, 901);
}

/* PID 0: nobody, or a process of another PID namespace. */
Test(judge, v02_numbers_of_another_namespace)
{
	struct ipc_obj *o = object(IPC_SEM);

	fake.sem_pid = 0;
	EXPECT(o, -1, JUDGE_UNKNOWN, 0);
	fake.first_pids++;
	EXPECT(o, -1, JUDGE_UNKNOWN, 0);
	o = object(IPC_MSG);
	ipc_set(o, F_LRPID, 0);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_FOREIGN, 0);
	ipc_set(o, F_LSPID, 0);
	EXPECT(o, -1, JUDGE_UNKNOWN, 0);
	o = object(IPC_SHM);
	ipc_set(o, F_CPID, 0);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_FOREIGN, 0);
}

Test(judge, v03_a_proc_of_another_namespace)
{
	struct ipc_obj *o = object(IPC_SHM);

	fake.self = SELF + 1;
	EXPECT(o, -1, JUDGE_UNKNOWN, 0);
	ipc_set(o, F_NATTCH, 1);
	EXPECT(o, IPC_ORPHAN_NO, JUDGE_ATTACHED, 0);
	fake.self = SELF;
	fake_file(format("/%d/status", SELF), format("Pid:\t%d\nPPid:\t77\nNSpid:\t%d\t1\n", SELF, SELF));
	EXPECT(object(IPC_SHM), -1, JUDGE_UNKNOWN, 0);
}

Test(judge, v03_not_all_processes_are_seen)
{
	fake.first_pids++;
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
	fake.first_pids--;
	EXPECT(object(IPC_SHM), YES);
	fake_file("/self/mountinfo",
		  format("21 20 0:6 / %s rw - proc proc rw,hidepid=invisible\n", fake_proc()));
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
	fake_file("/self/mountinfo", "21 20 0:6 / /elsewhere rw - proc proc rw\n");
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
	fake_file("/self/mountinfo", format("21 20 0:6 / %s rw - proc proc rw\n", fake_proc()));
	EXPECT(object(IPC_SHM), YES);
	/* A process whose user is unknown. */
	fake_file("/500/status", "Pid:\t500\nPPid:\t1\nVmSize:\t1 kB\n");
	fake_file("/500/task/500/status", "Pid:\t500\nPPid:\t1\nVmSize:\t1 kB\n");
	fake_link("/500/task/500/ns/ipc", format("%s/ours", fake_proc()));
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
}

/* The fake kernel numbers msgrcv 13. */
Test(judge, v04_a_process_waits_on_a_queue)
{
	unsigned long auxv[] = { 4, sizeof(long) == 8 ? 56 : 32, 0, 0 };

	process((struct task){ .pid = 500, .uid = 1, .gid = 1 });
	fake_file("/500/task/500/syscall", "13 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffc 0x7f00\n");
	fake_bytes("/500/task/500/auxv", auxv, sizeof auxv);
	EXPECT(object(IPC_MSG), IPC_ORPHAN_NO, JUDGE_WAITED, 500);
}

Test(judge, v05_somebody_who_may_use_it_lives)
{
	struct ipc_obj *o = object(IPC_MSG);

	process((struct task){ .pid = 500, .uid = 1, .gid = GID, .groups = "1 2 6002" });
	EXPECT(o, YES);
	ipc_set(o, F_MODE, 0620);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_GROUP, 500);
	ipc_set(o, F_GID, 1);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_GROUP, 500);
	ipc_set(o, F_CGID, 3);
	ipc_set(o, F_GID, 2);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_GROUP, 500);
	ipc_set(o, F_GID, 3);
	EXPECT(o, YES);
	ipc_set(o, F_UID, 1);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_OWNER, 500);
	ipc_set(o, F_UID, OWNER);
	ipc_set(o, F_CUID, 1);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_CREATOR, 500);
	ipc_set(o, F_CUID, CREATOR);
	ipc_set(o, F_MODE, 0604);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_OPEN, 0);
}

/* These are no users: a zombie, a kernel thread, a process of another namespace, and our own processes. */
Test(judge, v05_who_does_not_count)
{
	process((struct task){ .pid = 500, .uid = OWNER, .state = "Z (zombie)" });
	process((struct task){ .pid = 501, .uid = OWNER, .parent = 2, .kernel = true });
	process((struct task){ .pid = 502, .uid = OWNER, .namespace = "others" });
	process((struct task){ .pid = 503, .uid = OWNER, .group = SELF });
	began(SELF, 5000);
	began(503, 4900);
	EXPECT(object(IPC_SHM), YES);
	began(503, 4899);
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_OWNER, 503);
	began(503, 6000);
	EXPECT(object(IPC_SHM), YES);
	process((struct task){ .pid = 505, .uid = OWNER, .kernel = true });
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_OWNER, 505);
}

/* A process that exits during the pass may have an unlisted child, so a pass that misses none is needed. */
Test(judge, v05_a_process_that_is_gone_when_it_is_looked_at)
{
	process((struct task){ .pid = 500, .uid = 1, .namespace = "nowhere" });
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
}

Test(judge, v05_numbers_that_begin_again)
{
	fake_file("/loadavg", "");
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_UNSEEN, 0);
}

/* The threads of a process may have IDs of their own, and outlive the first one. */
Test(judge, v05_threads)
{
	struct task other = { .pid = 501, .parent = 1, .uid = OWNER, .threads = 2 };

	process((struct task){ .pid = 500, .uid = 1, .state = "Z (zombie)", .threads = 2 });
	task("/500/task/501", other);
	EXPECT(object(IPC_SHM), IPC_ORPHAN_MAYBE, JUDGE_OWNER, 500);
}

Test(judge, v05_more_groups_than_are_read)
{
	static char groups[8000];
	struct ipc_obj *o = object(IPC_SHM);

	for (int i = 0; i < 1000; i++)
		strcat(groups, "70000 ");
	process((struct task){ .pid = 500, .uid = 1, .gid = 1, .groups = groups });
	EXPECT(o, YES);
	ipc_set(o, F_MODE, 0660);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_GROUP, 500);
}

/* A kernel without *_STAT_ANY recorded PIDs of the wrong namespace. */
Test(judge, v06_an_old_kernel)
{
	for (enum ipc_kind kind = 0; kind < IPC_NSYSV; kind++) {
		fake.fail[kind][OP_STAT_ANY] = -EINVAL;
		EXPECT(object(kind), -1, JUDGE_UNKNOWN, 0);
	}
}

Test(judge, v07_never_used)
{
	struct ipc_obj *o = object(IPC_SHM);

	ipc_set(o, F_LPID, 0);
	ipc_set(o, F_ATIME, 0);
	ipc_set(o, F_DTIME, 0);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_UNUSED, 0);
	o = object(IPC_MSG);
	for (unsigned f = F_LSPID; f <= F_RTIME; f++)
		ipc_set(o, f, 0);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_UNUSED, 0);
	o = object(IPC_SEM);
	ipc_set(o, F_OTIME, 0);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_UNUSED, 0);
	fake.sem_pid = 0;
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_UNUSED, 0);
}

Test(judge, within_the_last_minute)
{
	struct ipc_obj *o = object(IPC_SHM);
	int pid;

	ipc_set(o, F_DTIME, NOW - 59);
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_RECENT, 0);
	judge_free(&j);
	judge_init(&j, &sys, 7, true);
	cr_expect(eq(int, judge_object(&j, o, &pid), JUDGE_GONE), "the caller selects by age");
	ipc_set(o, F_DTIME, NOW - 60);
	EXPECT(o, YES);
	fake.now = USED;
	EXPECT(o, IPC_ORPHAN_MAYBE, JUDGE_RECENT, 0);
}

Test(judge, without_all_facts_there_is_no_verdict)
{
	struct ipc_obj *o = object(IPC_SHM), posix;

	o->have &= ~(UINT64_C(1) << F_NATTCH);
	EXPECT(o, -1, JUDGE_UNKNOWN, 0);
	fake.fail_sem_get_after = 1;
	EXPECT(object(IPC_SEM), -1, JUDGE_UNKNOWN, 0);
	ipc_clear(&posix, IPC_PSHM);
	EXPECT(&posix, -1, JUDGE_UNKNOWN, 0);
}

/* One pass serves all objects; another one finds new processes. */
Test(judge, looks_again_when_told)
{
	struct ipc_obj *o = object(IPC_SHM);
	int pid;

	cr_expect(eq(int, judge_object(&j, o, &pid), JUDGE_GONE));
	process((struct task){ .pid = 500, .uid = OWNER });
	cr_expect(eq(int, judge_object(&j, o, &pid), JUDGE_GONE));
	judge_again(&j);
	cr_expect(eq(int, judge_object(&j, o, &pid), JUDGE_OWNER));
	cr_expect(eq(int, pid, 500));
}
