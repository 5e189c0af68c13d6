/* SPDX-License-Identifier: 0BSD */
#include "out.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"

static struct memory m;

Test(out, what_goes_in_comes_out_whatever_the_buffer)
{
	static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz";

	for (size_t size = 1; size < sizeof m.buf; size++) {
		memory_init(&m);
		m.out.size = size;
		out_text(&m.out, text);
		out_padded(&m.out, "x", 1, 40);
		out_padded(&m.out, "y", 1, -40);
		out_blanks(&m.out, 35);
		out_dec(&m.out, 1234567890);
		cr_assert(eq(str, (char *)memory_text(&m),
			     "0123456789abcdefghijklmnopqrstuvwxyz"
			     "x                                       "
			     "                                       y"
			     "                                   1234567890"));
	}
}

Test(out, padding_never_cuts)
{
	memory_init(&m);
	out_padded(&m.out, "long", 4, 2);
	out_padded(&m.out, "long", 4, -2);
	out_padded(&m.out, "ab", 2, 0);
	out_padded(&m.out, "", 0, 1);
	cr_expect(eq(str, (char *)memory_text(&m), "longlongab "));
}

Test(out, numbers_in_each_base)
{
	char buf[OUT_DIGITS], *end = buf + sizeof buf - 1;

	*end = '\0';
	cr_expect(eq(str, out_digits(end, 0), "0"));
	cr_expect(eq(str, out_digits(end, UINT64_MAX), "18446744073709551615"));
	cr_expect(eq(str, out_number(end, UINT64_MAX, 8), "1777777777777777777777"));
	cr_expect(eq(str, out_number(end, UINT64_MAX, 16), "ffffffffffffffff"));
	cr_expect(eq(str, (char *)out_decimal(buf, 42), "42"));
}

/* Two digits are made at a time, below 2^32 and above it: each length, its neighbours and what lies between. */
Test(out, decimal_digits)
{
	char buf[OUT_DIGITS], want[OUT_DIGITS];
	uint64_t power = 1, any = 88172645463325252;

	for (int i = 0; i < 20; i++, power *= 10) {
		for (int k = 0; k < 1000; k++) {
			uint64_t n = k < 3 ? power + (uint64_t)k - 1 : any % power;

			snprintf(want, sizeof want, "%ju", (uintmax_t)n);
			cr_assert(strcmp(out_decimal(buf, n), want) == 0, "%s", want);
			any ^= any << 13;
			any ^= any >> 7;
			any ^= any << 17;
		}
	}
	for (uint64_t n = UINT32_MAX - 200; n < (uint64_t)UINT32_MAX + 200; n++) {
		snprintf(want, sizeof want, "%ju", (uintmax_t)n);
		cr_assert(strcmp(out_decimal(buf, n), want) == 0, "%s", want);
	}
}

Test(out, the_first_error_stays)
{
	m.fail = -ENOSPC;
	m.room = 3;
	memory_init(&m);
	out_text(&m.out, "abc");
	cr_expect(out_flush(&m.out) == 0);
	out_text(&m.out, "d");
	cr_expect(out_flush(&m.out) == -ENOSPC);
	m.fail = -EIO;
	out_text(&m.out, "e");
	cr_expect(out_flush(&m.out) == -ENOSPC);
	cr_expect(eq(str, m.text, "abc"));
}

Test(out, a_full_disk_is_an_error)
{
	char buf[4];
	struct out o;
	int fd = open("/dev/full", O_WRONLY);

	cr_assert(fd >= 0);
	out_init(&o, fd, buf, sizeof buf);
	out_text(&o, "more than the buffer holds");
	cr_expect(out_flush(&o) == -ENOSPC);
}

Test(out, nobody_listens)
{
	char buf[4];
	struct out o;

	out_init(&o, -1, buf, sizeof buf);
	o.sink = NULL;
	out_text(&o, "more than the buffer holds");
	cr_expect(out_flush(&o) == 0);
}

Test(out, names_are_escaped)
{
	static const struct { const char *in, *want; } t[] = {
		{ "root", "root" }, { "", "" }, { "a b", "a b" }, { "\x1b[31m", "\\x1b[31m" },
		{ "a\nb\tc\r", "a\\x0ab\\x09c\\x0d" }, { "\x7f", "\\x7f" },
		{ "\xc3\xbcn\xc3\xaf", "\xc3\xbcn\xc3\xaf" }, { "\xe2\x82\xac", "\xe2\x82\xac" },
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
		{ "\xc3", "\\xc3" }, { "\xc3(", "\\xc3(" }, { "\xbc", "\\xbc" }, { "\xc0\xaf", "\\xc0\\xaf" },
		{ "\xe0\x80\x80", "\\xe0\\x80\\x80" }, { "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" }, { "\xff", "\\xff" },
		{ "\xc2\x9b" "31m", "\\xc2\\x9b31m" }, { "\xe2\x82", "\\xe2\\x82" },
	};
	char buf[64];

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		size_t n = out_escape(buf, sizeof buf, t[i].in);

		cr_expect(eq(str, buf, (char *)t[i].want));
		cr_expect(eq(sz, n, strlen(t[i].want)));
	}
}

/* A character in UTF-8, also where Unicode has none. */
static void encode(uint32_t c, char s[5])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	s[0] = (char)(n == 1 ? c : (0xf00u >> n & 0xff) | c);
	s[n] = '\0';
}

Test(out, the_first_and_last_character_of_each_form)
{
	static const struct { uint32_t first, last; } t[] = {
		{ 0x20, 0x7e }, { 0xa0, 0xbf }, { 0xc0, 0x7ff }, { 0x800, 0xfff }, { 0x1000, 0xcfff }, { 0xd000, 0xd7ff },
		{ 0xe000, 0xffff }, { 0x10000, 0x3ffff }, { 0x40000, 0xfffff }, { 0x100000, 0x10ffff },
	};
	static const uint32_t none[] = { 0x1f, 0x7f, 0x80, 0x9f, 0xd800, 0xdfff, 0x110000 };
	char buf[64], c[5];

	for (size_t i = 0; i < 2 * sizeof t / sizeof *t; i++) {
		encode(i % 2 ? t[i / 2].last : t[i / 2].first, c);
		out_escape(buf, sizeof buf, c);
		cr_expect(eq(str, buf, c));
		/* Without its last byte, and with another in its place. */
		if (strlen(c) > 1) {
			c[strlen(c) - 1] = i % 4 < 2 ? '\0' : '~';
			out_escape(buf, sizeof buf, c);
			cr_expect(strncmp(buf, "\\x", 2) == 0, "%s", buf);
		}
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		encode(none[i], c);
		out_escape(buf, sizeof buf, c);
		cr_expect(strncmp(buf, "\\x", 2) == 0, "%x: %s", none[i], buf);
	}
}

Test(out, an_escaped_name_ends_in_the_buffer)
{
	char buf[8];

	memset(buf, 'x', sizeof buf);
	cr_expect(out_escape(buf, 5, "abcdefgh") == 4 && strcmp(buf, "abcd") == 0);
	cr_expect(out_escape(buf, 5, "ab\x1b") == 2 && strcmp(buf, "ab") == 0);
	cr_expect(out_escape(buf, 5, "abc\xc3\xbc") == 3 && strcmp(buf, "abc") == 0);
	cr_expect(out_escape(buf, 1, "a") == 0 && *buf == '\0');
}

Test(out, json_strings)
{
	static const struct { const char *in, *want; } t[] = {
		{ NULL, "null" }, { "", "\"\"" }, { "plain", "\"plain\"" }, { "a\"b\\c/", "\"a\\\"b\\\\c/\"" },
		{ "\n\t\x1b\x7f", "\"\\u000a\\u0009\\u001b\\u007f\"" }, { "\xc3\xbc", "\"\xc3\xbc\"" },
		{ "\xff\xc3", "\"\\\\xff\\\\xc3\"" }, { "\xc2\x9b", "\"\\\\xc2\\\\x9b\"" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		memory_init(&m);
		out_json(&m.out, t[i].in);
		cr_expect(eq(str, (char *)memory_text(&m), (char *)t[i].want));
	}
}
