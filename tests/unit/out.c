/* SPDX-License-Identifier: 0BSD */
#include "show/out.h"
#include "show/json.h"

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

/* Two digits are written at a time, below 2^32 and above it: each length, its neighbors, and numbers between. */
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

/* A character in UTF-8, even one that Unicode does not have. */
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
		/* Without its last byte, and with another byte in its place. */
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
		{ "\xff\xc3", "\"\\\\xff\\\\xc3\"" }, { "\xe1\x80", "\"\\\\xe1\\\\x80\"" },
		{ "\xe1\x80" "a", "\"\\\\xe1\\\\x80a\"" }, { "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		memory_init(&m);
		json_text(&m.out, t[i].in);
		cr_expect(eq(str, (char *)memory_text(&m), (char *)t[i].want));
	}
}

/* UTF-8 of a character. */
static void utf8(char s[5], uint32_t c)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	memset(s, 0, 5);
	for (size_t i = n; i-- > 1; c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	s[0] = (char)(n == 1 ? c : (0xf0U << (4 - n) & 0xff) | c);
}

/* The first and last character of each invisible range, their neighbors, and a name in both forms. */
static const struct { uint32_t c; bool shown; const char *text, *json; } characters[] = {
	{ 0x7e, true, NULL, NULL }, { 0x80, false, "\\xc2\\x80", "\\u0080" }, { 0x9f, false, "\\xc2\\x9f", "\\u009f" },
	{ 0xa0, true, NULL, NULL }, { 0xac, true, NULL, NULL }, { 0xad, false, "\\xc2\\xad", "\\u00ad" },
	{ 0xae, true, NULL, NULL }, { 0x34f, false, "\\xcd\\x8f", "\\u034f" }, { 0x5ff, true, NULL, NULL },
	{ 0x600, false, "\\xd8\\x80", "\\u0600" }, { 0x605, false, "\\xd8\\x85", "\\u0605" }, { 0x606, true, NULL, NULL },
	{ 0x61c, false, "\\xd8\\x9c", "\\u061c" }, { 0x61d, true, NULL, NULL }, { 0x115e, true, NULL, NULL },
	{ 0x115f, false, "\\xe1\\x85\\x9f", "\\u115f" }, { 0x1160, false, "\\xe1\\x85\\xa0", "\\u1160" },
	{ 0x1161, true, NULL, NULL }, { 0x180b, false, "\\xe1\\xa0\\x8b", "\\u180b" }, { 0x1810, true, NULL, NULL },
	{ 0x200a, true, NULL, NULL }, { 0x200b, false, "\\xe2\\x80\\x8b", "\\u200b" },
	{ 0x200d, false, "\\xe2\\x80\\x8d", "\\u200d" }, { 0x200e, false, "\\xe2\\x80\\x8e", "\\u200e" },
	{ 0x200f, false, "\\xe2\\x80\\x8f", "\\u200f" }, { 0x2010, true, NULL, NULL }, { 0x2027, true, NULL, NULL },
	{ 0x2028, false, "\\xe2\\x80\\xa8", "\\u2028" }, { 0x2029, false, "\\xe2\\x80\\xa9", "\\u2029" },
	{ 0x202a, false, "\\xe2\\x80\\xaa", "\\u202a" }, { 0x202e, false, "\\xe2\\x80\\xae", "\\u202e" },
	{ 0x202f, true, NULL, NULL }, { 0x205f, true, NULL, NULL }, { 0x2060, false, "\\xe2\\x81\\xa0", "\\u2060" },
	{ 0x2066, false, "\\xe2\\x81\\xa6", "\\u2066" }, { 0x2069, false, "\\xe2\\x81\\xa9", "\\u2069" },
	{ 0x206f, false, "\\xe2\\x81\\xaf", "\\u206f" }, { 0x2070, true, NULL, NULL }, { 0x20ac, true, NULL, NULL },
	{ 0x3164, false, "\\xe3\\x85\\xa4", "\\u3164" }, { 0xfe0f, false, "\\xef\\xb8\\x8f", "\\ufe0f" },
	{ 0xfefe, true, NULL, NULL }, { 0xfeff, false, "\\xef\\xbb\\xbf", "\\ufeff" }, { 0xff00, true, NULL, NULL },
	{ 0xfff9, false, "\\xef\\xbf\\xb9", "\\ufff9" }, { 0xfffb, false, "\\xef\\xbf\\xbb", "\\ufffb" },
	{ 0xfffd, true, NULL, NULL }, { 0x110bd, false, "\\xf0\\x91\\x82\\xbd", "\\ud804\\udcbd" },
	{ 0x1343f, false, "\\xf0\\x93\\x90\\xbf", "\\ud80d\\udc3f" }, { 0x13440, true, NULL, NULL },
	{ 0x1d173, false, "\\xf0\\x9d\\x85\\xb3", "\\ud834\\udd73" }, { 0x1f600, true, NULL, NULL },
	{ 0xdffff, true, NULL, NULL }, { 0xe0000, false, "\\xf3\\xa0\\x80\\x80", "\\udb40\\udc00" },
	{ 0xe0fff, false, "\\xf3\\xa0\\xbf\\xbf", "\\udb43\\udfff" }, { 0xe1000, true, NULL, NULL },
	{ 0x10ffff, true, NULL, NULL },
};

Test(out, v26_what_is_unseen_in_a_text_is_escaped)
{
	char name[8], shown[64], want[64];

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		utf8(name, characters[i].c);
		strcat(name, "x");
		out_escape(shown, sizeof shown, name);
		snprintf(want, sizeof want, "%sx", characters[i].text);
		cr_expect(eq(str, shown, characters[i].shown ? name : want), "U+%04X", characters[i].c);
	}
}

Test(out, v26_json_has_escapes_of_its_own)
{
	char name[8], want[64];

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		utf8(name, characters[i].c);
		strcat(name, "x");
		snprintf(want, sizeof want, "\"%s%s\"", characters[i].shown ? name : characters[i].json,
			 characters[i].shown ? "" : "x");
		memory_init(&m);
		json_text(&m.out, name);
		cr_expect(eq(str, (char *)memory_text(&m), want), "U+%04X", characters[i].c);
	}
}
