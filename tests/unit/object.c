/* SPDX-License-Identifier: 0BSD */
#include "kernel/create.h"

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
#include "kernel/totals.h"

#define MSG_HEADER "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid" \
	"      stime      rtime      ctime\n"
#define MSG_ROW(id) "         9 " id " 644 3 2 0 0 1 2 3 4 5 6 7\n"

static struct ipc_sys kernel(enum ipc_source source)
{
	return fake_sys(source);
}

/* The IDs that an iterator returns, as text: "1 2 3 ", followed by the -errno, if any. */
static const char *ids(enum ipc_source source, enum ipc_kind kind, struct ipc_iter *it)
{
	static char text[1 << 16];
	struct ipc_sys sys = kernel(source);
	struct ipc_obj o;
	size_t at = 0;
	int rc = ipc_iter_open(it, &sys, kind);

	*text = '\0';
	while (rc == 0 && (rc = ipc_iter_next(it, &o)) == 1) {
		at += (size_t)snprintf(text + at, sizeof text - at, "%jd ", (intmax_t)o.v[F_ID]);
		rc = 0;
	}
	ipc_iter_close(it);
	ipc_iter_close(it);
	if (rc < 0)
		snprintf(text + at, sizeof text - at, "%s", strerror(-rc));
	return text;
}

#define IDS(source, kind) ((char *)ids(source, kind, &(struct ipc_iter){ 0 }))

Test(object, the_walk_sees_every_index)
{
	fake_add(IPC_SHM, 0, 0);
	fake_add(IPC_SHM, 5, 1);
	fake_add(IPC_SHM, FAKE_OBJECTS - 1, 2);
	cr_expect(eq(str, IDS(SOURCE_SYSCALL, IPC_SHM), "0 32773 69631 "), "the last index too (DEFECTS R2)");
	cr_expect(eq(uint, fake.calls[OP_STAT_ANY], FAKE_OBJECTS));
	cr_expect(eq(str, IDS(SOURCE_SYSCALL, IPC_SEM), ""));
}

Test(object, an_object_that_goes_away_is_passed_over)
{
	fake_add(IPC_MSG, 0, 0);
	fake_add(IPC_MSG, 1, 0);
	fake_add(IPC_MSG, 2, 0);
	fake.fail_at[IPC_MSG][1] = -EIDRM;
	cr_expect(eq(str, IDS(SOURCE_SYSCALL, IPC_MSG), "0 2 "));
}

/* Before Linux 4.17 there is no *_STAT_ANY: EINVAL, as for an empty index. */
Test(object, old_kernels_are_walked_by_stat)
{
	struct ipc_iter it;

	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	fake_add(IPC_MSG, 2, 0);
	fake_add(IPC_MSG, 4, 0);
	fake_add(IPC_MSG, 5, 0);
	fake.fail_at[IPC_MSG][4] = -EACCES;
	cr_expect(eq(str, (char *)ids(SOURCE_SYSCALL, IPC_MSG, &it), "2 5 "));
	cr_expect(eq(uint, it.hidden, 1), "what may not be read is counted, not lost");
	cr_expect(fake.calls[OP_STAT_ANY] == 3, "once an old call has answered, the new one is not tried");
}

Test(object, the_first_object_may_be_unreadable_on_old_kernels)
{
	struct ipc_iter it;

	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	fake_add(IPC_MSG, 0, 0);
	fake_add(IPC_MSG, 1, 0);
	fake.fail_at[IPC_MSG][0] = -EACCES;
	cr_expect(eq(str, (char *)ids(SOURCE_SYSCALL, IPC_MSG, &it), "1 "));
	cr_expect(eq(uint, it.hidden, 1));
}

Test(object, a_security_module_may_hide_objects)
{
	struct ipc_iter it;

	fake_add(IPC_MSG, 0, 0);
	fake_add(IPC_MSG, 1, 0);
	fake.fail_at[IPC_MSG][1] = -EPERM;
	cr_expect(eq(str, (char *)ids(SOURCE_SYSCALL, IPC_MSG, &it), "0 "));
	cr_expect(eq(uint, it.hidden, 1));
}

Test(object, proc_comes_first)
{
	struct ipc_iter it;

	fake_add(IPC_MSG, 7, 0);
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1") MSG_ROW("2"));
	cr_expect(eq(str, (char *)ids(SOURCE_AUTO, IPC_MSG, &it), "1 2 "));
	cr_expect(it.walking == false && fake.calls[FAKE_LIMITS] == 0);
}

/* DEFECTS U47, KERNEL E.3: kernels around 5.7-rc1 repeat the row after a hole. */
Test(object, u47_each_id_once)
{
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1") MSG_ROW("1") MSG_ROW("5") MSG_ROW("5") MSG_ROW("5"));
	cr_expect(eq(str, IDS(SOURCE_AUTO, IPC_MSG), "1 5 "));
}

/* DEFECTS U20, U21: a missing, empty, masked or malformed file does not cause a loop, and the calls replace it. */
Test(object, u20_u21_the_calls_serve_where_proc_does_not)
{
	static const char *const bad[] = {
		"", "\n", "garbage", "garbage\n", "key msqid", MSG_HEADER "garbage\n", MSG_HEADER "1\n",
		MSG_HEADER "\n", "key shmid\n1 2\n", "key perms\n1 2\n",
	};
	struct ipc_iter it;

	fake_add(IPC_MSG, 3, 0);
	fake_add(IPC_MSG, 4, 0);
	cr_expect(eq(str, (char *)ids(SOURCE_AUTO, IPC_MSG, &it), "3 4 "), "missing");
	cr_expect(it.walking);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		fake_file("/sysvipc/msg", bad[i]);
		cr_expect(eq(str, (char *)ids(SOURCE_AUTO, IPC_MSG, &it), "3 4 "), "%s", bad[i]);
		cr_expect(eq(str, (char *)ids(SOURCE_PROC, IPC_MSG, &it), "Bad message"), "%s", bad[i]);
		cr_expect(eq(str, (char *)it.where, "/sysvipc/msg"));
	}
}

Test(object, after_a_bad_line_the_calls_go_on_where_the_file_broke_off)
{
	for (int i = 0; i < 6; i++)
		fake_add(IPC_MSG, i, 1);
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("32768") MSG_ROW("32770") "garbage\n" MSG_ROW("32771"));
	cr_expect(eq(str, IDS(SOURCE_AUTO, IPC_MSG), "32768 32770 32771 32772 32773 "));
	cr_expect(eq(str, IDS(SOURCE_PROC, IPC_MSG), "32768 32770 Bad message"));
}

Test(object, a_line_that_never_ends_and_one_that_does_not)
{
	static char text[10000] = MSG_HEADER;

	fake_add(IPC_MSG, 3, 0);
	fake_file("/sysvipc/msg", MSG_HEADER "9 1 644 3 2 0 0 1 2 3 4 5 6 7");
	cr_expect(eq(str, IDS(SOURCE_PROC, IPC_MSG), "Bad message"), "no newline");
	memset(text + strlen(text), '1', sizeof text - strlen(text) - 1);
	fake_file("/sysvipc/msg", text);
	cr_expect(eq(str, IDS(SOURCE_PROC, IPC_MSG), "Bad message"), "no end");
}

Test(object, rows_across_the_ends_of_reads)
{
	static char text[1 << 16] = MSG_HEADER, want[1 << 16];
	size_t at = strlen(text), to = 0;

	for (int i = 0; i < 700; i++) {
		at += (size_t)sprintf(text + at, "%*d %d 644 3 2 0 0 1 2 3 4 5 6 7\n", i % 50 + 10, i, i);
		to += (size_t)sprintf(want + to, "%d ", i);
	}
	fake_file("/sysvipc/msg", text);
	cr_expect(eq(str, IDS(SOURCE_PROC, IPC_MSG), want));
}

Test(object, neither_source)
{
	struct ipc_iter it;

	fake.fail[IPC_MSG][FAKE_LIMITS] = -ENOSYS;
	cr_expect(eq(str, (char *)ids(SOURCE_AUTO, IPC_MSG, &it), "Function not implemented"));
	fake_file("/sysvipc/msg", "garbage\n");
	cr_expect(eq(str, (char *)ids(SOURCE_AUTO, IPC_MSG, &it), "Bad message"), "the file is what is wrong");
	cr_expect(eq(str, (char *)it.where, "/sysvipc/msg"));
	fake.fail[IPC_MSG][FAKE_LIMITS] = -EPERM;
	cr_expect(eq(str, (char *)ids(SOURCE_SYSCALL, IPC_MSG, &it), "Operation not permitted"));
	cr_expect(eq(str, (char *)it.where, "msgctl"));
}

Test(object, a_forced_source_is_not_replaced)
{
	struct ipc_iter it;

	fake_add(IPC_MSG, 3, 0);
	cr_expect(eq(str, (char *)ids(SOURCE_PROC, IPC_MSG, &it), "No such file or directory"));
	cr_expect(eq(str, (char *)it.where, "/sysvipc/msg"));
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1"));
	cr_expect(eq(str, (char *)ids(SOURCE_SYSCALL, IPC_MSG, &it), "3 "));
}

Test(object, a_fifo_in_place_of_the_file_does_not_block, .timeout = 5)
{
	char path[256];

	fake_file("/sysvipc/x", "");
	snprintf(path, sizeof path, "%s/sysvipc/msg", fake_proc());
	cr_assert(mkfifo(path, 0666) == 0);
	fake_add(IPC_MSG, 3, 0);
	cr_expect(eq(str, IDS(SOURCE_AUTO, IPC_MSG), "3 "));
}

Test(object, iterators_leave_no_descriptor)
{
	int before = open("/dev/null", O_RDONLY), after;

	close(before);
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1") "garbage\n");
	IDS(SOURCE_AUTO, IPC_MSG);
	IDS(SOURCE_PROC, IPC_MSG);
	fake_file("/sysvipc/msg", "garbage\n");
	IDS(SOURCE_PROC, IPC_MSG);
	after = open("/dev/null", O_RDONLY);
	cr_expect(eq(int, before, after));
}

static int stat_one(enum ipc_source source, enum ipc_kind kind, int id, struct ipc_obj *o)
{
	struct ipc_sys sys = kernel(source);
	const char *where = "";

	memset(&fake.calls, 0, sizeof fake.calls);
	return sysv_stat(&sys, kind, id, o, &where);
}

Test(object, one_object_is_one_call)
{
	struct ipc_obj o;

	fake_add(IPC_SHM, 3, 1);
	cr_expect(stat_one(SOURCE_AUTO, IPC_SHM, 32771, &o) == 0 && o.v[F_ID] == 32771);
	cr_expect(fake.calls[OP_STAT] == 1 && fake.calls[OP_STAT_ANY] == 0);
	cr_expect(stat_one(SOURCE_AUTO, IPC_SHM, 3, &o) == -EINVAL, "another sequence number");
	cr_expect(fake.calls[OP_STAT] == 1 && fake.calls[OP_STAT_ANY] == 0, "not found is an answer");
}

/* DEFECTS U25: without read permission, *_STAT_ANY still returns msg_qbytes. */
Test(object, u25_an_unreadable_object_is_told_by_index)
{
	struct ipc_obj o;

	ipc_set(fake_add(IPC_MSG, 3, 1), F_QBYTES, 16384);
	fake.fail[IPC_MSG][OP_STAT] = -EACCES;
	cr_expect(stat_one(SOURCE_AUTO, IPC_MSG, 32771, &o) == 0);
	cr_expect(ipc_has(&o, F_QBYTES) && o.v[F_QBYTES] == 16384);
}

Test(object, where_nothing_tells_it_qbytes_stays_unknown)
{
	struct ipc_obj o;

	fake.fail[IPC_MSG][OP_STAT] = -EACCES;
	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1") MSG_ROW("2"));
	cr_expect(stat_one(SOURCE_AUTO, IPC_MSG, 2, &o) == 0 && o.v[F_ID] == 2 && o.v[F_CBYTES] == 3);
	cr_expect(ipc_has(&o, F_QBYTES) == false, "not 0");
	cr_expect(stat_one(SOURCE_AUTO, IPC_MSG, 4, &o) == -EINVAL);
	cr_expect(stat_one(SOURCE_SYSCALL, IPC_MSG, 2, &o) == -EACCES);
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("1") "garbage\n");
	cr_expect(stat_one(SOURCE_PROC, IPC_MSG, 2, &o) == -EBADMSG, "malformed, and not that there is none");
}

Test(object, from_proc_the_calls_complete_the_row)
{
	struct ipc_obj o;

	ipc_set(fake_add(IPC_MSG, 2, 0), F_QBYTES, 16384);
	fake_file("/sysvipc/msg", MSG_HEADER MSG_ROW("2"));
	cr_expect(stat_one(SOURCE_PROC, IPC_MSG, 2, &o) == 0 && o.v[F_CUID] == 3 && o.v[F_QBYTES] == 16384);
}

Test(object, an_extended_id_is_found_by_its_index)
{
	struct ipc_obj o;

	/* ipcmni_extend: sequence 2, index 3. */
	ipc_set(fake_add(IPC_SHM, 3, 0), F_ID, (2 << 24) + 3);
	fake.fail[IPC_SHM][OP_STAT] = -EACCES;
	cr_expect(stat_one(SOURCE_SYSCALL, IPC_SHM, (2 << 24) + 3, &o) == 0);
}

Test(object, limits_by_file_and_by_call)
{
	struct limit_values o, *l = &fake.limits[IPC_SHM];
	struct ipc_sys sys = kernel(SOURCE_AUTO);
	const char *where = "";

	limit_set(l, L_SHMMNI, 11);
	limit_set(l, L_SHMMAX, 12);
	limit_set(l, L_SHMALL, 13);
	cr_expect(totals_limits(&sys, IPC_SHM, &o, &where) == 0 && o.v[L_SHMMNI] == 11 && o.v[L_SHMALL] == 13);
	fake_file("/sys/kernel/shmmni", "1\n");
	fake_file("/sys/kernel/shmmax", "");
	fake_file("/sys/kernel/shmall", "18446744073692774399\n");
	cr_expect(totals_limits(&sys, IPC_SHM, &o, &where) == 0);
	cr_expect(o.v[L_SHMMNI] == 1 && o.v[L_SHMMAX] == 12 && o.v[L_SHMMIN] == 1, "U34: each from where it is");
	cr_expect(eq(u64, (uint64_t)o.v[L_SHMALL], UINT64_C(18446744073692774399)));
	sys.source = SOURCE_PROC;
	cr_expect(totals_limits(&sys, IPC_SHM, &o, &where) == -EBADMSG);
	cr_expect(eq(str, (char *)where, "/sys/kernel/shmmax"));
	sys.source = SOURCE_SYSCALL;
	cr_expect(totals_limits(&sys, IPC_SHM, &o, &where) == 0 && o.v[L_SHMMNI] == 11);
}

Test(object, the_words_of_kernel_sem)
{
	struct ipc_sys sys = kernel(SOURCE_PROC);
	const char *where = "";
	struct limit_values o;

	fake_file("/sys/kernel/sem", "1\t2\t3\t4\n");
	cr_expect(totals_limits(&sys, IPC_SEM, &o, &where) == 0);
	cr_expect(o.v[L_SEMMSL] == 1 && o.v[L_SEMMNS] == 2 && o.v[L_SEMOPM] == 3 && o.v[L_SEMMNI] == 4);
	cr_expect(o.v[L_SEMVMX] == 32767);
}

Test(object, limits_without_either_source)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);
	const char *where = "";
	struct limit_values o;

	fake.fail[IPC_MSG][FAKE_LIMITS] = -ENOSYS;
	cr_expect(totals_limits(&sys, IPC_MSG, &o, &where) == -ENOSYS);
	fake_file("/sys/kernel/msgmni", "x\n");
	cr_expect(totals_limits(&sys, IPC_MSG, &o, &where) == -EBADMSG);
}

Test(object, limits_of_queues_that_the_kernel_does_not_have)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);
	const char *where = "";
	struct limit_values o;

	cr_expect(totals_limits(&sys, IPC_PMSG, &o, &where) == -ENOSYS);
	cr_expect(eq(str, (char *)where, (char *)sys.mqueue), "not the first sysctl that is missing");
}

#define SHM_ROWS "key shmid size rss swap\n1 1 1 0 0\n2 2 4097 4096 8192\n2 2 4097 4096 8192\n3 3 1 1 0\n"

Test(object, help_is_the_sum_of_the_rows_where_the_call_is_refused)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);
	const char *where = "";
	struct ipc_obj o;

	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	cr_expect(totals_usage(&sys, IPC_SHM, &o, &where) == -EPERM);
	cr_expect(eq(str, (char *)where, "shmctl"));
	fake_file("/sysvipc/shm", SHM_ROWS);
	cr_assert(totals_usage(&sys, IPC_SHM, &o, &where) == 0);
	cr_expect(o.v[F_USED] == 3 && o.v[F_USED_PAGES] == 4 && o.v[F_RSS_PAGES] == 2 && o.v[F_SWAP_PAGES] == 2);
	fake_file("/sysvipc/shm", "key shmid size\n1 1 1\n");
	cr_assert(totals_usage(&sys, IPC_SHM, &o, &where) == 0);
	cr_expect(o.v[F_USED] == 1 && !ipc_has(&o, F_RSS_PAGES), "an old kernel does not tell: unknown, not 0");
}

/* Creates a queue of that mode with a random key: 0 or -errno. */
static int make(const struct ipc_sys *sys, unsigned mode)
{
	struct object_new n = { .flags = 0 };
	struct object_made made;

	ipc_clear(&n.row, IPC_MSG);
	ipc_set(&n.row, F_MODE, mode);
	return object_create(sys, &n, &made);
}

/* DEFECTS U11: IPC_EXCL always, never key 0, another key where one is in use. */
Test(object, u11_random_keys)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);

	for (int i = 0; i < 1000; i++) {
		fake.exists = i % 7;
		cr_assert(make(&sys, 0640) >= 0);
	}
	cr_assert(eq(uint, fake.nkeys, 1000));
	for (unsigned i = 0; i < fake.nkeys; i++) {
		cr_expect(fake.keys[i] != 0);
		cr_expect(eq(int, fake.flags[i], IPC_CREAT | IPC_EXCL | 0640));
		for (unsigned k = 0; k < i; k++)
			cr_expect(fake.keys[k] != fake.keys[i], "key %x twice", fake.keys[i]);
	}
}

Test(object, a_kernel_that_has_every_key)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);

	fake.exists = 1000000;
	cr_expect(eq(int, make(&sys, 0600), -EEXIST));
}

/* The older call returns the ID 0, which is not an error. */
Test(object, an_old_kernel_is_asked_the_new_way_once)
{
	fake_add(IPC_MSG, 0, 0);
	fake_add(IPC_MSG, 1, 0);
	fake.fail[IPC_MSG][OP_STAT_ANY] = -EINVAL;
	cr_expect(eq(str, IDS(SOURCE_SYSCALL, IPC_MSG), "0 1 "));
	cr_expect(eq(uint, fake.calls[OP_STAT_ANY], 1));
}

/* The published first outputs of splitmix64, which adds this constant at each step. */
Test(object, keys_are_those_of_splitmix64)
{
	static const uint32_t want[] = { 0x7b1dcdaf, 0xa1b965f4, 0x8009454f };
	const struct ipc_sys sys = kernel(SOURCE_AUTO);

	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		fake.seed = i * UINT64_C(0x9e3779b97f4a7c15);
		cr_expect(make(&sys, 0600) >= 0);
		cr_expect(eq(uint, fake.keys[i], want[i]));
	}
	cr_expect(IPC_MSG == 0, "or the kind is in the seed");
}

/* A seed whose first keys include 0: found by running the mix backwards for output 0. */
Test(object, key_zero_is_stepped_over)
{
	struct ipc_sys sys = kernel(SOURCE_AUTO);

	/* splitmix64 gives 0 for the input that its increment brings to 0. */
	fake.seed = -UINT64_C(0x9e3779b97f4a7c15) - ((uint64_t)IPC_MSG << 32);
	cr_expect(make(&sys, 0600) >= 0);
	cr_expect(fake.gets == 1 && fake.nkeys == 1 && fake.keys[0] != 0);
}

/* An object that has reused an ID is not removed in place of the old one. */
Test(object, v10_unmake_knows_its_object)
{
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);

	fake_add(IPC_MSG, 3, 0);
	cr_expect(eq(int, sysv_unmake(&sys, IPC_MSG, 3, 0x9999), 0));
	cr_expect(fake_has(IPC_MSG, 3));
	fake.fail[IPC_MSG][OP_REMOVE] = -EPERM;
	cr_expect(eq(int, sysv_unmake(&sys, IPC_MSG, 3, 0x1003), -EPERM));
	fake.fail[IPC_MSG][OP_REMOVE] = 0;
	cr_expect(eq(int, sysv_unmake(&sys, IPC_MSG, 3, 0x1003), 0));
	cr_expect(fake_gone(IPC_MSG, 3));
	cr_expect(eq(int, sysv_unmake(&sys, IPC_MSG, 3, 0x1003), 0), "gone is as good");
}

/* Segments 0 and 1 on a kernel that truncates the sizes of segments; this many pages are used in total. */
static struct ipc_sys cutting(enum ipc_source source, int64_t pages)
{
	static struct ipc_calls calls;
	struct ipc_sys sys = kernel(source);

	calls = fake_calls;
	calls.cut = true;
	sys.calls = &calls;
	ipc_set(fake_add(IPC_SHM, 0, 0), F_SIZE, 1024);
	ipc_set(fake_add(IPC_SHM, 1, 0), F_SIZE, 2048);
	ipc_clear(&fake.usage[IPC_SHM], IPC_SHM);
	ipc_set(&fake.usage[IPC_SHM], F_USED, 2);
	if (pages >= 0)
		ipc_set(&fake.usage[IPC_SHM], F_USED_PAGES, pages);
	return sys;
}

/* The number of segments with a known size, in a list and one by one. */
static int sized(const struct ipc_sys *sys)
{
	const char *where;
	struct ipc_iter it;
	struct ipc_obj o;
	int n = 0;

	cr_assert(zero(int, ipc_iter_open(&it, sys, IPC_SHM)));
	while (ipc_iter_next(&it, &o) == 1)
		n += ipc_has(&o, F_SIZE);
	ipc_iter_close(&it);
	for (int id = 0; id < 2; id++) {
		cr_assert(zero(int, sysv_stat(sys, IPC_SHM, id, &o, &where)));
		n += ipc_has(&o, F_SIZE);
	}
	return n;
}

Test(object, v24_sizes_that_may_be_cut)
{
	const int64_t most = (INT64_C(1) << 32) / sysconf(_SC_PAGESIZE);
	struct ipc_sys sys;

	sys = cutting(SOURCE_SYSCALL, most - 1);
	cr_expect(eq(int, sized(&sys), 4));
	sys = cutting(SOURCE_SYSCALL, most);
	cr_expect(zero(int, sized(&sys)));
	sys = cutting(SOURCE_AUTO, most);
	cr_expect(zero(int, sized(&sys)), "without /proc");
	fake.fail[IPC_SHM][OP_STAT] = -EACCES;
	cr_expect(zero(int, sized(&sys)), "by the index");
	fake.fail[IPC_SHM][OP_STAT] = 0;
	sys = cutting(SOURCE_SYSCALL, -1);
	cr_expect(zero(int, sized(&sys)), "a total that is not known");
	fake.fail[IPC_SHM][OP_USAGE] = -EPERM;
	sys = cutting(SOURCE_SYSCALL, 1);
	cr_expect(zero(int, sized(&sys)));
	sys.calls = &fake_calls;
	cr_expect(eq(int, sized(&sys), 4), "a kernel that cuts nothing is not asked");
	fake.fail[IPC_SHM][OP_USAGE] = 0;
	fake_file("/sysvipc/shm", "key shmid size\n1 0 5368709120\n2 1 2048\n");
	sys = cutting(SOURCE_AUTO, most);
	cr_expect(eq(int, sized(&sys), 4), "/proc tells them whole");
}

/* The usage of queues as the call returns it, and the resulting bytes, or -1 if they are unknown. */
static int64_t bytes_of(enum ipc_source source, int64_t messages, int64_t bytes, int64_t msgmax)
{
	struct ipc_sys sys = kernel(source);
	struct ipc_obj *usage = &fake.usage[IPC_MSG], o;
	struct limit_values *limit = &fake.limits[IPC_MSG];
	const char *where;

	ipc_clear(usage, IPC_MSG);
	ipc_set(usage, F_USED, 2);
	if (messages >= 0)
		ipc_set(usage, F_USED_MESSAGES, messages);
	if (bytes >= 0)
		ipc_set(usage, F_USED_BYTES, bytes);
	limit->have = 0;
	if (msgmax >= 0)
		limit_set(limit, L_MSGMAX, msgmax);
	cr_assert(zero(int, totals_usage(&sys, IPC_MSG, &o, &where)));
	return ipc_has(&o, F_USED_BYTES) ? o.v[F_USED_BYTES] : -1;
}

Test(object, v24_bytes_that_may_have_wrapped)
{
	static const struct { int64_t messages, bytes, msgmax, known; } t[] = {
		{ 0, 0, -1, 0 }, { 1, 5, 8192, 5 }, { 262143, 5, 8192, 5 }, { 262144, 5, 8192, -1 }, { 1, 5, INT32_MAX, 5 },
		{ 2, 5, INT32_MAX, -1 }, { 1, 5, 0, -1 }, { 1, 5, -1, -1 }, { -1, 5, 8192, -1 }, { 1, -1, 8192, -1 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		cr_expect(eq(i64, bytes_of(SOURCE_SYSCALL, t[i].messages, t[i].bytes, t[i].msgmax), t[i].known), "%zu", i);
		cr_expect(eq(i64, bytes_of(SOURCE_AUTO, t[i].messages, t[i].bytes, t[i].msgmax), t[i].known), "%zu", i);
	}
	fake_file("/sysvipc/msg", "key msqid cbytes qnum\n1 0 5368709120 1\n2 1 1 1\n");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(eq(i64, bytes_of(SOURCE_AUTO, t[i].messages, t[i].bytes, t[i].msgmax),
			     t[i].known < 0 ? 5368709121 : t[i].known), "%zu", i);
	fake.fail[IPC_MSG][FAKE_LIMITS] = -EPERM;
	cr_expect(eq(i64, bytes_of(SOURCE_SYSCALL, 1, 5, 8192), -1));
}

/* The pages in memory as the call returns them, and the resulting ones; -1: unknown. */
static int64_t resident(enum ipc_source source, int64_t told, int64_t pages)
{
	struct ipc_sys sys = kernel(source);
	struct ipc_obj *usage = &fake.usage[IPC_SHM], o;
	const char *where;

	ipc_clear(usage, IPC_SHM);
	for (unsigned f = F_USED_PAGES; f <= F_SWAP_SUCCESSES; f++)
		ipc_set(usage, f, 0);
	ipc_set(usage, F_USED, 1);
	ipc_set(usage, F_RSS_PAGES, told);
	ipc_set(usage, F_USED_PAGES, pages);
	cr_assert(zero(int, totals_usage(&sys, IPC_SHM, &o, &where)));
	return ipc_has(&o, F_RSS_PAGES) ? o.v[F_RSS_PAGES] : -1;
}

Test(object, v27_more_in_memory_than_there_is)
{
	cr_expect(eq(i64, resident(SOURCE_SYSCALL, 512, 512), 512));
	cr_expect(eq(i64, resident(SOURCE_SYSCALL, 513, 512), -1));
	cr_expect(eq(i64, resident(SOURCE_AUTO, 513, 512), -1), "without rows");
	cr_expect(eq(i64, resident(SOURCE_AUTO, 512, 512), 512));
	fake_file("/sysvipc/shm", "key shmid size rss swap\n1 0 2097152 1073741824 0\n2 1 8589934592 0 0\n");
	cr_expect(eq(i64, resident(SOURCE_AUTO, 262144, 2097664), -1), "which a larger segment hides in the sum");
	cr_expect(eq(i64, resident(SOURCE_AUTO, 255, 2097664), 255), "too few for that");
	fake_file("/sysvipc/shm", "key shmid size rss swap\n1 0 2097152 2097152 0\n");
	cr_expect(eq(i64, resident(SOURCE_AUTO, 513, 512), 2097152 / sysconf(_SC_PAGESIZE)), "the rows are right");
}
