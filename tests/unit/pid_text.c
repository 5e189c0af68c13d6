/* SPDX-License-Identifier: 0BSD */
#include "kernel/pid_text.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pid_mapping m;

/* Uses a copy that ends with its last byte, so that sanitizers notice a read beyond it. */
static int mapping(const char *line)
{
	size_t len = strlen(line);
	char *copy = malloc(len);
	int rc;

	memcpy(copy, line, len);
	memset(&m, 0, sizeof m);
	rc = pid_mapping(copy, len, &m);
	free(copy);
	return rc;
}

#define SEGMENT "7f10-7f20 rw-s 00000000 00:01 32769                      /SYSV0000002a (deleted)"

Test(pid_text, a_mapping)
{
	cr_assert(mapping("7f1000000000-7f1000001000 r-xp 00002000 fd:1a 4711     /usr/bin/some program") == 0);
	cr_expect(m.from == 0x7f1000000000 && m.to == 0x7f1000001000 && m.inode == 4711);
	cr_expect(m.device == pid_device(0xfd, 0x1a) && m.segment == false);
	cr_expect(eq(str, m.access, "r-xp"));
	cr_assert(mapping("0-ffffffffffffffff ---p 0 ffffffff:ffffffff 0") == 0, "without a path");
	cr_expect(m.from == 0 && m.to == UINT64_MAX && m.device == UINT64_MAX && m.inode == 0);
	cr_assert(mapping("1-2 -w-s 0 0:0 18446744073709551615 ") == 0);
	cr_expect(m.inode == UINT64_MAX);
	cr_expect(eq(str, m.access, "-w-s"));
}

Test(pid_text, what_is_no_mapping)
{
	static const char *const t[] = {
		"", "-", "1", "1-", "1-2", "1-2 ", "1-2 rw-s", "1-2 rw-s ", "1-2 rw-s 0", "1-2 rw-s 0 ", "1-2 rw-s 0 0",
		"1-2 rw-s 0 0:", "1-2 rw-s 0 0:0", "1-2 rw-s 0 0:0 ", "1-2 rw-s 0 0:0 x", "1-2 rw-s 0 0:0 1x",
		"2-2 rw-s 0 0:0 1", "3-2 rw-s 0 0:0 1", "g-2 rw-s 0 0:0 1", "1-g rw-s 0 0:0 1", "1 2 rw-s 0 0:0 1",
		"1-2-rw-s 0 0:0 1", "1-2 ww-s 0 0:0 1", "1-2 rr-s 0 0:0 1", "1-2 rwws 0 0:0 1", "1-2 rw-- 0 0:0 1",
		"1-2 rw-s0 0 0:0 1", "1-2 rw-s g 0:0 1", "1-2 rw-s 0 0 0 1", "1-2 rw-s 0 g:0 1", "1-2 rw-s 0 0:g 1",
		"1-2 rw-s 0 100000000:0 1", "1-2 rw-s 0 0:100000000 1", "1-2 rw-s 0 0:0 18446744073709551616",
		"10000000000000000-20000000000000000 rw-s 0 0:0 1",
	};

	cr_assert(mapping("1-2 rw-s 0 0:0 1") == 0, "the pattern itself");
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(mapping(t[i]) == -EBADMSG, "'%s'", t[i]);
}

Test(pid_text, the_path_of_a_segment)
{
	static const char *const paths[] = {
		"", "/SYSV", "/SYSV0000002a", "/SYSV0000002a (deleted", "/SYSV0000002a (deleted) ", "/SYSV0000002g (deleted)",
		"/SYSV000002a (deleted)", "/SYSV00000002a (deleted)", "/sysv0000002a (deleted)", "/SYSV0000002a (detached)",
		"/dev/SYSV0000002a (deleted)", "SYSV0000002a (deleted)", "/SYSV-000002a (deleted)",
	};
	char line[256];

	cr_expect(mapping(SEGMENT) == 0 && m.segment && m.inode == 32769);
	cr_expect(mapping("1-2 r--s 0 0:1 0 /SYSVffffffff (deleted)") == 0 && m.segment);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		snprintf(line, sizeof line, "1-2 rw-s 0 0:1 5 %s", paths[i]);
		cr_expect(mapping(line) == 0 && m.segment == false, "'%s'", paths[i]);
	}
	snprintf(line, sizeof line, "1-2 rw-s 0 0:1 %d /SYSV0000002a (deleted)", INT_MAX);
	cr_expect(mapping(line) == 0 && m.segment, "the last id");
	snprintf(line, sizeof line, "1-2 rw-s 0 0:1 %lld /SYSV0000002a (deleted)", INT_MAX + 1LL);
	cr_expect(mapping(line) == 0 && m.segment == false, "no id");
}

Test(pid_text, only_the_start_of_a_long_line_is_read)
{
	char line[512];
	size_t len;

	/* With blanks before the path, the line has exactly the examined length, or one byte more. */
	for (len = PID_MAPPING - 1; len <= PID_MAPPING; len++) {
		snprintf(line, sizeof line, "1-2 rw-s 0 0:1 5 %*s", (int)len - 17, "/SYSV0000002a (deleted)");
		cr_assert(eq(sz, strlen(line), len));
		cr_expect(mapping(line) == 0 && m.segment == (len < PID_MAPPING), "%zu", len);
	}
	snprintf(line, sizeof line, "1-2 rw-s 0 0:1 5 /%0400d", 0);
	cr_expect(mapping(line) == 0 && m.inode == 5 && m.segment == false);
	snprintf(line, sizeof line, "1-2 rw-s 0 0:1 %0400d", 7);
	cr_expect(mapping(line) == 0 && m.inode == 0, "zeros that are cut stay a number");
}

static bool resident(const char *line, uint64_t *bytes)
{
	return pid_resident(line, strlen(line), bytes);
}

Test(pid_text, pages_in_memory)
{
	static const char *const none[] = {
		"", "Rss:", "Rss: ", "Rss: 5", "Rss: 5 ", "Rss: 5 k", "Rss: 5 MB", "Rss: 5 kB ", "Rss: kB", "Rss: x kB", "Rss: -5 kB",
		"Size: 5 kB", "Pss: 5 kB", "rss: 5 kB", "Rss: 18014398509481984 kB", "Rss: 9007199254740992 kB",
		"Rss: 18446744073709551616 kB", "Shared_Clean: 5 kB", "Private_Hugetlb:",
	};
	uint64_t bytes = 77;

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_expect(resident(none[i], &bytes) == false && bytes == 77, "'%s'", none[i]);
	cr_expect(resident("Rss:                   4 kB", &bytes) && bytes == 4096);
	cr_expect(resident("Rss:0 kB", &bytes) && bytes == 0);
	cr_expect(resident("Shared_Hugetlb:     2048 kB", &bytes) && bytes == 2097152);
	cr_expect(resident("Private_Hugetlb:    1024 kB", &bytes) && bytes == 1048576);
	cr_expect(resident("Rss: 9007199254740991 kB", &bytes) && bytes == UINT64_C(9223372036854774784), "the most");
}

static enum pid_call waits(const char *text, uint64_t *number, uint64_t args[2])
{
	return pid_syscall(text, strlen(text), number, args);
}

Test(pid_text, a_system_call_that_waits)
{
	static const char *const none[] = { "running\n", "-1 0x7ffc 0x7f\n" }, *const malformed[] = {
		"", "running", "running\n ", "-1", "-1 0x", "-2 0x7ffc 0x7f\n", "65", "65 ", "65 0x1", "65 0x1 ", "65 0x1 0x2",
		"65 1 0x2 0x3", "65 0x1 2 0x3", "65 0x 0x2 0x3", "65 x1 0x2 0x3", "65 0y1 0x2 0x3", "x 0x1 0x2 0x3",
		"65 0xg 0x2 0x3",
	};
	uint64_t number = 0, args[2] = { 0 };

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_expect(waits(none[i], &number, args) == PID_NO_CALL, "'%s'", none[i]);
	for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
		cr_expect(waits(malformed[i], &number, args) == PID_MALFORMED, "'%s'", malformed[i]);
	cr_expect(waits("220 0x8001 0x7ffc12345678 0x1 0x0 0x0 0x0 0x7ffc 0x7f\n", &number, args) == PID_IN_CALL);
	cr_expect(number == 220 && args[0] == 0x8001 && args[1] == 0x7ffc12345678);
	cr_expect(waits("0 0x0 0xffffffffffffffff ", &number, args) == PID_IN_CALL && args[1] == UINT64_MAX);
}

/* Pairs of words of an auxv. */
static enum pid_words words32(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	uint32_t auxv[] = { a, b, c, d, 0, 0 };

	return pid_words((const char *)auxv, sizeof auxv);
}

static enum pid_words words64(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	uint64_t auxv[] = { a, b, c, d, 0, 0 };

	return pid_words((const char *)auxv, sizeof auxv);
}

Test(pid_text, v23_words_of_programs)
{
	enum { PHENT = 4, PAGESZ = 6 };
	const enum pid_words of32 = sizeof(long) == 8 ? PID_OTHERS : PID_OURS;
	const enum pid_words of64 = sizeof(long) == 8 ? PID_OURS : PID_OTHERS;
	uint64_t auxv[4] = { PAGESZ, 4096, PHENT, 56 };

	cr_expect(words32(PAGESZ, 4096, PHENT, 32) == of32);
	cr_expect(words32(33, 0xf7f00004, PHENT, 32) == of32);
	cr_expect(words64(PAGESZ, 4096, PHENT, 56) == of64);
	cr_expect(words64(33, 0x7fff00000004, PHENT, 56) == of64);
	cr_expect(words64(3, PHENT, PHENT, 56) == of64, "a value is no key");
	cr_expect(words64(PAGESZ, 4096, PHENT, 32) == PID_NOT_TOLD, "short headers of long words");
	cr_expect(words32(PAGESZ, 4096, PHENT, 56) == PID_NOT_TOLD);
	cr_expect(words64(PAGESZ, 56, PAGESZ, 56) == PID_NOT_TOLD, "the size of something else");
	cr_expect(words32(PAGESZ, 32, PAGESZ, 32) == PID_NOT_TOLD);
	cr_expect(pid_words((const char *)auxv, sizeof auxv) == of64, "without an end");
	cr_expect(pid_words((const char *)auxv, sizeof auxv - 1) == PID_NOT_TOLD, "cut");
	cr_expect(pid_words((const char *)auxv, 0) == PID_NOT_TOLD);
}

/* Does the line mount /proc?  '-': no; '+': yes; '2': yes, and it hides processes. */
static char mounted(const char *line)
{
	bool hides = false;

	if (!pid_proc_mount(line, strlen(line), "/proc", &hides))
		return '-';
	return hides ? '2' : '+';
}

Test(pid_text, v23_mounts_of_proc)
{
	cr_expect(mounted("21 20 0:6 / /proc rw,nosuid shared:5 - proc proc rw") == '+');
	cr_expect(mounted("21 20 0:6 / /proc rw,nosuid - proc proc rw") == '+');
	cr_expect(mounted("21 20 0:6 / /proc rw,nosuid shared:5 master:1 - proc proc rw,hidepid=2") == '2');
	cr_expect(mounted("21 20 0:6 / /proc rw - proc proc rw,gid=5,hidepid=invisible") == '2');
	cr_expect(mounted("21 20 0:6 / /proc rw - proc hidepid=2 rw") == '2', "its source could be anything: to be safe");
	cr_expect(mounted("21 20 0:6 / /proc2 rw - proc proc rw") == '-');
	cr_expect(mounted("21 20 0:6 / /pro rw - proc proc rw") == '-');
	cr_expect(mounted("21 20 0:6 /proc / rw - proc proc rw") == '-');
	cr_expect(mounted("21 20 0:6 / /proc rw - tmpfs proc rw") == '-');
	cr_expect(mounted("21 20 0:6 / /proc rw") == '-');
	cr_expect(mounted("21 20 0:6 /") == '-');
	cr_expect(mounted("") == '-');
}
