/* SPDX-License-Identifier: 0BSD */
#include "parse/key.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <string.h>

/* The published test vectors of 32-bit FNV-1a. */
Test(key, names_are_hashed)
{
	static const struct { const char *name; uint32_t key; } t[] = {
		{ "", 0x811c9dc5 }, { "a", 0xe40c292c }, { "b", 0xe70c2de5 }, { "foobar", 0xbf9cf968 },
		{ "chongo was here!\n", 0xd49930d5 }, { "\xff\x00\x00\x01", 0xc48fb86d },
	};

	for (size_t i = 0; i + 1 < sizeof t / sizeof *t; i++)
		cr_expect(eq(u32, key_of_name(t[i].name, strlen(t[i].name)), t[i].key));
	cr_expect(eq(u32, key_of_name("\xff\x00\x00\x01", 4), 0xc48fb86d));
}

/* A name whose hash is 0 must not be IPC_PRIVATE (a published one). */
Test(key, no_name_is_private)
{
	cr_expect(eq(u32, key_of_name("\xcc\x24\x31\xc4", 4), 1));
	cr_expect(eq(u32, key_of_name("\xe0\x4d\x9f\xcb", 4), 1));
}

Test(key, forms)
{
	static const struct { const char *s; enum key_form form; uint32_t value; const char *text; int proj; } t[] = {
		{ "0x4d2", KEY_NUMBER, 1234, "", 0 }, { "1234", KEY_NUMBER, 1234, "", 0 },
		{ "0777", KEY_NUMBER, 511, "", 0 }, { "-1", KEY_NUMBER, 0xffffffff, "", 0 }, { "0", KEY_NUMBER, 0, "", 0 },
		{ "private", KEY_PRIVATE, 0, "", 0 }, { "foobar", KEY_NAME, 0xbf9cf968, "foobar", 0 },
		{ "name:foobar", KEY_NAME, 0xbf9cf968, "foobar", 0 }, { "name:a", KEY_NAME, 0xe40c292c, "a", 0 },
		{ "privates", KEY_NAME, 0x04a63eed, "privates", 0 },
		{ "ftok:/x", KEY_FTOK, 0, "/x", 1 }, { "ftok:/x:7", KEY_FTOK, 0, "/x", 7 },
		{ "ftok:/x:255", KEY_FTOK, 0, "/x", 255 }, { "ftok:/x:A", KEY_FTOK, 0, "/x", 'A' },
		{ "ftok:/x:y:A", KEY_FTOK, 0, "/x:y", 'A' }, { "ftok:x::", KEY_FTOK, 0, "x:", -1 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct key k;
		int rc = key_parse(t[i].s, &k);

		if (t[i].proj < 0) {
			cr_expect(eq(int, rc, -EINVAL), "%s", t[i].s);
			continue;
		}
		cr_expect(rc == 0 && k.form == t[i].form && k.proj == t[i].proj, "%s", t[i].s);
		cr_expect(k.len == strlen(t[i].text) && (k.len == 0 || memcmp(k.text, t[i].text, k.len) == 0), "%s", t[i].s);
		cr_expect(eq(u32, k.value, t[i].value));
	}
}

Test(key, words_that_begin_a_name)
{
	static const char *const names[] = { "a", "Z", "_", ".", "/", "/shm", "./x", "_1", "a b", "a\xff", "x=1" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct key k;

		cr_expect(key_parse(names[i], &k) == 0 && k.form == KEY_NAME, "%s", names[i]);
		cr_expect(eq(u32, k.value, key_of_name(names[i], strlen(names[i]))));
	}
}

Test(key, refused)
{
	static const struct { const char *s; int rc; } t[] = {
		{ "", -EINVAL }, { " ", -EINVAL }, { "1x", -EINVAL }, { "0x", -EINVAL }, { "08", -EINVAL },
		{ "+1", -EINVAL }, { "-", -EINVAL }, { "-x", -EINVAL }, { " a", -EINVAL }, { "\xc3\xbc", -EINVAL },
		{ "what:ever", -EINVAL }, { "a:", -EINVAL }, { "/a:b", -EINVAL }, { "name:", -EINVAL },
		{ "ftok:", -EINVAL }, { "ftok:/x:", -EINVAL }, { "ftok::1", -EINVAL }, { "ftok:/x:ab", -EINVAL },
		{ "ftok:/x:0", -ERANGE }, { "ftok:/x:256", -ERANGE }, { "0x100000000", -ERANGE },
		{ "4294967296", -ERANGE }, { "-2147483649", -ERANGE }, { "private:", -EINVAL }, { ":x", -EINVAL },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct key k;

		cr_expect(key_parse(t[i].s, &k) == t[i].rc, "'%s'", t[i].s);
	}
}
