/* SPDX-License-Identifier: 0BSD */
#include "kernel/sysvipc_text.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The first n bytes of a text, followed by a NUL. */
static const char *cut(char part[4096], const char *text, size_t n)
{
	memcpy(part, text, n);
	part[n] = '\0';
	return part;
}

/* Parses a header followed by a row, and the header cut anywhere within it; 0 or the error. */
static int header(struct sysvipc_text *f, enum ipc_kind kind, const char *line)
{
	char text[4096];
	size_t len = strlen(line);
	ptrdiff_t n;

	snprintf(text, sizeof text, "%s\n1 2 3", line);
	for (size_t i = 0; i <= len; i++) {
		char part[4096];

		n = sysvipc_header(f, kind, cut(part, text, i), i);
		cr_expect(n == 0 || n == -EBADMSG, "'%s' ends after %zu bytes", line, i);
	}
	n = sysvipc_header(f, kind, text, strlen(text));
	if (n <= 0)
		return (int)n;
	cr_expect(n == (ptrdiff_t)len + 1, "%td bytes of '%s'", n, line);
	return 0;
}

/* Parses a line followed by the next one, and the line cut anywhere within it. */
static int row(const struct sysvipc_text *f, enum ipc_kind kind, const char *line, struct ipc_obj *o)
{
	char text[4096];
	size_t len = strlen(line);
	ptrdiff_t n;

	snprintf(text, sizeof text, "%s\n1 2 3 4 5 6 7 8 9", line);
	for (size_t i = 0; i <= len; i++) {
		char part[4096];

		cr_expect(sysvipc_row(f, kind, cut(part, text, i), i, o) == 0, "'%s' ends after %zu bytes", line, i);
	}
	n = sysvipc_row(f, kind, text, strlen(text), o);
	if (n <= 0)
		return (int)n;
	cr_expect(n == (ptrdiff_t)len + 1, "'%s': %td", line, n);
	return 0;
}

static const char shm_header[] = "       key      shmid perms                  size  cpid  lpid nattch   uid   gid"
	"  cuid  cgid      atime      dtime      ctime                   rss                  swap";

Test(sysvipc_text, all_columns_of_a_segment)
{
	static const struct { enum ipc_field f; int64_t v; } want[] = {
		{ F_KEY, 0xffffffff }, { F_ID, 65537 }, { F_MODE, 01600 }, { F_SIZE, 10000000000 },
		{ F_CPID, 11 }, { F_LPID, 12 }, { F_NATTCH, 3 }, { F_UID, 4294967290 }, { F_GID, 4000000000 },
		{ F_CUID, 5 }, { F_CGID, 6 }, { F_ATIME, 7 }, { F_DTIME, 0 }, { F_CTIME, 9999999999 },
		{ F_RSS, 4096 }, { F_SWAP, 8192 },
	};
	struct sysvipc_text f;
	struct ipc_obj o;
	uint64_t have = 0;

	cr_assert(header(&f, IPC_SHM, shm_header) == 0);
	cr_assert(row(&f, IPC_SHM, "        -1      65537  1600           10000000000    11    12      3 4294967290 "
		      "4000000000     5     6          7          0 9999999999  4096 8192", &o) == 0);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		cr_expect(ipc_has(&o, want[i].f) && o.v[want[i].f] == want[i].v, "field %d: %jd", want[i].f,
			  (intmax_t)o.v[want[i].f]);
		have |= UINT64_C(1) << want[i].f;
	}
	cr_expect(o.have == have && o.kind == IPC_SHM);
}

Test(sysvipc_text, all_columns_of_a_queue_and_a_set)
{
	static const enum ipc_field queue[] = {
		F_KEY, F_ID, F_MODE, F_CBYTES, F_QNUM, F_LSPID, F_LRPID, F_UID, F_GID, F_CUID, F_CGID, F_STIME,
		F_RTIME, F_CTIME,
	};
	static const enum ipc_field set[] = {
		F_KEY, F_ID, F_MODE, F_NSEMS, F_UID, F_GID, F_CUID, F_CGID, F_OTIME, F_CTIME,
	};
	struct sysvipc_text f;
	struct ipc_obj o;

	cr_assert(header(&f, IPC_MSG, "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid"
			 "  cgid      stime      rtime      ctime") == 0);
	cr_assert(row(&f, IPC_MSG, "1 2 3 4 5 6 7 8 9 10 11 12 13 14", &o) == 0);
	for (size_t i = 0; i < sizeof queue / sizeof *queue; i++)
		cr_expect(ipc_has(&o, queue[i]) && o.v[queue[i]] == (int64_t)i + 1, "field %d", queue[i]);
	cr_assert(header(&f, IPC_SEM, "       key      semid perms      nsems   uid   gid  cuid  cgid      otime"
			 "      ctime") == 0);
	cr_assert(row(&f, IPC_SEM, "1 2 3 4 5 6 7 8 9 10", &o) == 0);
	for (size_t i = 0; i < sizeof set / sizeof *set; i++)
		cr_expect(ipc_has(&o, set[i]) && o.v[set[i]] == (int64_t)i + 1, "field %d", set[i]);
}

Test(sysvipc_text, columns_are_found_by_name)
{
	struct sysvipc_text f;
	struct ipc_obj o;

	cr_assert(header(&f, IPC_SEM, "novel nsems semid key") == 0);
	cr_assert(row(&f, IPC_SEM, "words-here 4 3 -2147483648", &o) == 0);
	cr_expect(o.v[F_NSEMS] == 4 && o.v[F_ID] == 3 && o.v[F_KEY] == 0x80000000);
	cr_expect(!ipc_has(&o, F_UID) && !ipc_has(&o, F_MODE));
	cr_assert(header(&f, IPC_SEM, "x key semids semid bandwidth uids u xuid semid_of_old perms") == 0);
	cr_assert(row(&f, IPC_SEM, "1 2 3 4 5 6 7 8 9 600", &o) == 0);
	cr_expect(o.v[F_KEY] == 2 && o.v[F_ID] == 4 && o.v[F_MODE] == 0600 && !ipc_has(&o, F_UID));
}

Test(sysvipc_text, the_fourteen_columns_of_old_kernels)
{
	struct sysvipc_text f;
	struct ipc_obj o;
	char old[sizeof shm_header];

	strcpy(old, shm_header);
	*strstr(old, "rss") = '\0';
	cr_assert(header(&f, IPC_SHM, old) == 0);
	cr_assert(row(&f, IPC_SHM, "1 2 600 3 4 5 6 7 8 9 10 11 12 13", &o) == 0);
	cr_expect(o.v[F_CTIME] == 13 && !ipc_has(&o, F_RSS) && !ipc_has(&o, F_SWAP));
	cr_expect(row(&f, IPC_SHM, "1 2 600 3 4 5 6 7 8 9 10 11 12 13 14 15", &o) == 0, "more words");
}

Test(sysvipc_text, unknown_is_not_zero)
{
	struct sysvipc_text f;
	struct ipc_obj o;

	cr_assert(header(&f, IPC_SHM, "key shmid rss swap perms") == 0);
	cr_assert(row(&f, IPC_SHM, "1 2 -1 -1 104644", &o) == 0);
	cr_expect(!ipc_has(&o, F_RSS) && !ipc_has(&o, F_SWAP));
	cr_expect(o.v[F_MODE] == 0644, "flag bits of other systems are dropped: %jo", (uintmax_t)o.v[F_MODE]);
}

Test(sysvipc_text, headers_refused)
{
	static const char *const t[] = {
		"", " ", "key", "shmid", "perms key", "key semid", "key msqid", "key shmid key",
		"key shmid perms perms", "KEY SHMID", "keyshmid", "0 1 2",
	};
	struct sysvipc_text f;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(header(&f, IPC_SHM, t[i]) == -EBADMSG, "'%s'", t[i]);
}

Test(sysvipc_text, rows_refused)
{
	static const char *const t[] = {
		"", "garbage", "1", "1 2", "1 2 600 -5 0 0", "1 2 888 0 0 0", "1 -2 600 0 0 0",
		"1 2147483648 600 0 0 0", "4294967296 2 600 0 0 0", "-2147483649 2 600 0 0 0",
		"1 2 600 18446744073709551616 0 0", "1 2 600 0 4294967296 0", "1 2 600 0 0x1 0",
		"1 2 600 0 +1 0", "1 2 600 0 1.5 0", "1 2 600 0 0 -2", "- 2 600 0 0 0", "1 2 600 0 0 -",
	};
	struct sysvipc_text f;
	struct ipc_obj o;

	cr_assert(header(&f, IPC_SHM, "key shmid perms size uid rss") == 0);
	cr_expect(row(&f, IPC_SHM, "1 2 600 0 0 0", &o) == 0, "the pattern itself");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(row(&f, IPC_SHM, t[i], &o) == -EBADMSG, "'%s'", t[i]);
}

Test(sysvipc_text, bytes_that_are_no_text)
{
	struct sysvipc_text f;
	struct ipc_obj o;

	cr_expect(sysvipc_header(&f, IPC_SHM, "key\0shmid\n", 10) == -EBADMSG);
	cr_expect(sysvipc_header(&f, IPC_SHM, "key\1shmid\n", 10) == -EBADMSG);
	cr_expect(sysvipc_header(&f, IPC_SHM, "key shmid\1\n", 11) == -EBADMSG);
	cr_assert(header(&f, IPC_SHM, "key shmid") == 0);
	cr_expect(sysvipc_row(&f, IPC_SHM, "1 2\0\n", 5, &o) == -EBADMSG);
	cr_expect(sysvipc_row(&f, IPC_SHM, "1\v2\n", 4, &o) == -EBADMSG);
}

Test(sysvipc_text, more_columns_than_there_is_room_for)
{
	char line[4096] = "key shmid";
	struct sysvipc_text f;

	for (int i = 0; i < 300; i++)
		strcat(line, " x");
	cr_expect(header(&f, IPC_SHM, line) == 0 && f.count == SYSVIPC_COLUMNS);
}

Test(sysvipc_text, numbers)
{
	uint64_t v[4] = { 0 };

	cr_expect(sysvipc_numbers("32000\t1024000000\t500\t32000\n", 27, v, 4) == 0);
	cr_expect(v[0] == 32000 && v[1] == 1024000000 && v[2] == 500 && v[3] == 32000);
	cr_expect(sysvipc_numbers("18446744073692774399\n", 21, v, 1) == 0 && v[0] == UINT64_C(18446744073692774399));
	cr_expect(sysvipc_numbers("7", 1, v, 1) == 0 && v[0] == 7);
	cr_expect(sysvipc_numbers("", 0, v, 1) == -EBADMSG);
	cr_expect(sysvipc_numbers("\n", 1, v, 1) == -EBADMSG);
	cr_expect(sysvipc_numbers("1 2 3\n", 6, v, 4) == -EBADMSG);
	cr_expect(sysvipc_numbers("1 2\n", 4, v, 1) == -EBADMSG);
	cr_expect(sysvipc_numbers("-1\n", 3, v, 1) == -EBADMSG);
	cr_expect(sysvipc_numbers("18446744073709551616\n", 21, v, 1) == -EBADMSG);
}

Test(sysvipc_text, the_text_of_a_queue)
{
	static const char text[] = "QSIZE:12         NOTIFY:0     SIGNO:0     NOTIFY_PID:4711  \n";
	static const char *const bad[] = {
		"", "\n", "QSIZE:", "QSIZE:12", "QSIZE:x NOTIFY:0 SIGNO:0 NOTIFY_PID:0", "QSIZE:-1 NOTIFY:0 SIGNO:0 NOTIFY_PID:0",
		"QSIZE: NOTIFY:0 SIGNO:0 NOTIFY_PID:0",
		"QSIZE:1 NOTIFY:0 SIGNO:0 NOTIFY_PID:", "QSIZE:1 SIGNO:0 NOTIFY:0 NOTIFY_PID:0",
		"QSIZE:1x NOTIFY:0 SIGNO:0 NOTIFY_PID:0", "QSIZE:99999999999999999999 NOTIFY:0 SIGNO:0 NOTIFY_PID:0",
	};
	uint64_t bytes = 0, pid = 0;

	cr_expect(sysvipc_mqueue(text, sizeof text - 1, &bytes, &pid) == 0 && bytes == 12 && pid == 4711);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect(sysvipc_mqueue(bad[i], strlen(bad[i]), &bytes, &pid) == -EBADMSG, "'%s'", bad[i]);
}

/* The words have the byte order of this machine, like those of the programs that wrote them. */
static int semaphore(size_t size, bool prefixed, uint64_t first, uint32_t third, uint32_t last, uint32_t *value)
{
	unsigned char bytes[40] = { 0 };

	memcpy(bytes, &first, sizeof first);
	memcpy(bytes + 8, &third, sizeof third);
	memcpy(bytes + (size == SYSVIPC_SEM64 ? 28 : 12), &last, sizeof last);
	return sysvipc_semaphore(bytes, size, prefixed, value);
}

/* Two 32-bit words as they are in memory. */
static uint64_t words(uint32_t a, uint32_t b)
{
	uint32_t w[2] = { a, b };
	uint64_t n;

	memcpy(&n, w, sizeof n);
	return n;
}

Test(sysvipc_text, semaphores_of_both_libcs)
{
	uint32_t v = 77;

	cr_expect(semaphore(32, true, 5, 0x80, 0, &v) == 0 && v == 5, "glibc, 64 bits");
	cr_expect(semaphore(32, true, (UINT64_C(3) << 32) + 2, 0x80, 0, &v) == 0 && v == 2, "with three waiters");
	cr_expect(semaphore(32, true, 2147483647, 0x80, 0, &v) == 0 && v == 2147483647);
	cr_expect(semaphore(16, true, words(5 << 1 | 1, 0x80), 0, 1, &v) == 0 && v == 5, "glibc, 32 bits, with a waiter");
	cr_expect(semaphore(32, false, words(6, 0), 0, 0, &v) == 0 && v == 6, "musl, 64 bits");
	cr_expect(semaphore(16, false, words(6, 2), 0, 0, &v) == 0 && v == 6, "musl, 32 bits");
}

Test(sysvipc_text, v25_waiters_of_musl_are_no_part_of_the_value)
{
	static const size_t sizes[] = { 16, 32 };
	uint32_t v;

	for (size_t i = 0; i < 2; i++) {
		v = 77;
		cr_expect(semaphore(sizes[i], false, words(0x80000005, 2), 0, 0, &v) == 0 && v == 5, "1.2.4 and later");
		cr_expect(semaphore(sizes[i], false, words(0x80000005, 0), 0, 0, &v) == 0 && v == 5, "who has given up");
		cr_expect(semaphore(sizes[i], false, words(0x80000000, 1), 0, 0, &v) == 0 && v == 0);
		v = 77;
		cr_expect(semaphore(sizes[i], false, words(0xffffffff, 1), 0, 0, &v) == 0 && v == 0, "before 1.2.4");
		cr_expect(semaphore(sizes[i], false, words(0x7fffffff, 0), 0, 0, &v) == 0 && v == 0x7fffffff);
	}
}

Test(sysvipc_text, v14_what_may_be_anything_is_no_sign_of_musl)
{
	static const size_t sizes[] = { 16, 32 };
	uint32_t v;

	for (size_t i = 0; i < 2; i++) {
		v = 77;
		cr_expect(semaphore(sizes[i], false, 0, 0, 0, &v) == 1 && v == 0, "zeros");
		cr_expect(semaphore(sizes[i], false, words(0, 3), 0, 0, &v) == 1, "waiters that nothing keeps");
		cr_expect(semaphore(sizes[i], false, words(0xffffffff, 0), 0, 0, &v) == 1, "a number -1");
		cr_expect(semaphore(sizes[i], false, words(0x80000000, 0), 0, 0, &v) == 1);
		cr_expect(semaphore(sizes[i], false, words(6, 0), 0, 7, &v) == 1 && v == 6, "bytes of a stack behind it");
		cr_expect(semaphore(sizes[i], false, words(6, 0), 128, 0, &v) == -EBADMSG, "of one process alone");
		cr_expect(semaphore(sizes[i], false, words(6, 1 << 23), 0, 0, &v) == -EBADMSG, "too many waiters");
	}
}

Test(sysvipc_text, what_is_no_semaphore)
{
	uint32_t v = 77;

	for (size_t size = 0; size < 40; size++)
		if (size != 16 && size != 32)
			cr_expect(semaphore(size, true, 5, 0x80, 0, &v) == -EBADMSG, "%zu bytes", size);
	cr_expect(semaphore(32, true, 5, 0x81, 0, &v) == -EBADMSG);
	cr_expect(semaphore(32, true, 5, 0x80, 1, &v) == -EBADMSG);
	cr_expect(semaphore(32, true, UINT64_MAX, 0x80, 0, &v) == -EBADMSG);
	cr_expect(semaphore(32, true, 0x80000000, 0x80, 0, &v) == -EBADMSG);
	cr_expect(semaphore(32, false, words(6, 0), 1, 0, &v) == -EBADMSG);
	cr_expect(semaphore(32, false, words(6, 0xffffffff), 0, 0, &v) == -EBADMSG);
	cr_expect(semaphore(16, true, words(10, 0x70), 0, 0, &v) == -EBADMSG);
}

Test(sysvipc_text, v27_the_size_of_huge_pages)
{
	static const struct { const char *line; uint64_t bytes; } t[] = {
		{ "Hugepagesize:       2048 kB", 2097152 }, { "Hugepagesize:1 kB", 1024 },
		{ "Hugepagesize:    18014398509481983 kB", UINT64_C(18446744073709550592) },
		{ "Hugepagesize:    18014398509481984 kB", 0 }, { "Hugepagesize:       0 kB", 0 }, { "Hugepagesize:", 0 },
		{ "Hugepagesize:       2048 MB", 0 }, { "Hugepagesize:       2048 kB ", 0 }, { "Hugepagesize:       2048", 0 },
		{ "Hugepagesize:       x kB", 0 }, { "HugePages_Total:       0", 0 }, { "Hugetlb:       2048 kB", 0 }, { "", 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		uint64_t bytes = 0;
		bool told = sysvipc_huge_page(t[i].line, strlen(t[i].line), &bytes);

		cr_expect(told == (t[i].bytes != 0) && bytes == t[i].bytes, "'%s'", t[i].line);
	}
}
