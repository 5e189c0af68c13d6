/* SPDX-License-Identifier: 0BSD */
#include "parse/parse.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

Test(parse, ids)
{
	static const struct { const char *s; int rc, id; } t[] = {
		{ "0", 0, 0 }, { "1", 0, 1 }, { "2147483647", 0, 2147483647 }, { "007", 0, 7 },
		{ "2147483648", -ERANGE, 0 }, { "4294967296", -ERANGE, 0 },
		{ "18446744073709551616", -ERANGE, 0 }, { "99999999999999999999999", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { " ", -EINVAL, 0 }, { " 1", -EINVAL, 0 }, { "1 ", -EINVAL, 0 },
		{ "+1", -EINVAL, 0 }, { "-1", -EINVAL, 0 }, { "-0", -EINVAL, 0 }, { "0x10", -EINVAL, 0 },
		{ "1a", -EINVAL, 0 }, { "abc", -EINVAL, 0 }, { "1\n", -EINVAL, 0 }, { "1.0", -EINVAL, 0 },
		{ "99999999999999999999999x", -EINVAL, 0 }, { "\xd9\xa1", -EINVAL, 0 },
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		int id = -77, rc = parse_id(t[i].s, &id);

		cr_expect(rc == t[i].rc && id == (rc ? -77 : t[i].id), "'%s': %d, %d", t[i].s, rc, id);
	}
}

Test(parse, keys)
{
	static const struct { const char *s; int rc; uint32_t key; } t[] = {
		{ "0", 0, 0 }, { "1234", 0, 1234 }, { "0x4d2", 0, 1234 }, { "0X4D2", 0, 1234 },
		{ "02322", 0, 1234 }, { "-1", 0, 0xffffffff }, { "0xffffffff", 0, 0xffffffff },
		{ "4294967295", 0, 0xffffffff }, { "-2147483648", 0, 0x80000000 }, { "-0x1", 0, 0xffffffff },
		{ "037777777777", 0, 0xffffffff },
		{ "0x1ffffffff", -ERANGE, 0 }, { "4294967296", -ERANGE, 0 }, { "-2147483649", -ERANGE, 0 },
		{ "99999999999999999999", -ERANGE, 0 }, { "-99999999999999999999", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "-", -EINVAL, 0 }, { "+1", -EINVAL, 0 }, { "--1", -EINVAL, 0 },
		{ " 1", -EINVAL, 0 }, { "1 ", -EINVAL, 0 }, { "0x", -EINVAL, 0 }, { "0xg", -EINVAL, 0 },
		{ "09", -EINVAL, 0 }, { "1x", -EINVAL, 0 }, { "abc", -EINVAL, 0 }, { "- 1", -EINVAL, 0 },
		{ "99999999999999999999x", -EINVAL, 0 },
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		uint32_t key = 77;
		int rc = parse_key(t[i].s, &key);

		cr_expect(rc == t[i].rc && key == (rc ? 77 : t[i].key), "'%s': %d, %#x", t[i].s, rc, key);
	}
}

#define K (UINT64_C(1) << 10)
#define M (UINT64_C(1) << 20)
#define G (UINT64_C(1) << 30)
#define E (UINT64_C(1) << 60)

Test(parse, sizes)
{
	static const struct { const char *s; uint64_t n; } t[] = {
		{ "0", 0 }, { "1", 1 }, { "10", 10 }, { "01", 1 }, { "010", 8 }, { "0x10", 16 }, { "0X10", 16 },
		{ "1K", K }, { "1k", K }, { "1KiB", K }, { "1Kib", K }, { "1kiB", K }, { "1KB", 1000 },
		{ "1Kb", 1000 }, { "1kB", 1000 }, { "1kb", 1000 }, { "1M", M }, { "1MiB", M },
		{ "1MB", 1000000 }, { "1G", G }, { "1T", G * K }, { "1P", G * M }, { "1E", E }, { "1e", E },
		{ "1Eib", E }, { " 5", 5 }, { "\t5", 5 }, { "+5", 5 }, { " +5", 5 }, { "1.5K", 1536 },
		{ "1.5KB", 1500 }, { "1.5KiB", 1536 }, { "1.5G", 1610612736 }, { "0.5K", 512 },
		{ "0.5MB", 500000 }, { "1.K", K }, { "1.0K", K }, { "1.000001K", K }, { "1.05K", 1075 },
		{ "0x1.8K", 1843 }, { "0.0K", 0 }, { "0x1K", K }, { "0.001M", 1048 }, { "0.0001K", 0 },
		{ "0x1E", 30 }, { "0x1B", 27 }, { "0x1EB", 491 }, { "0xE", 14 },
		{ "18446744073709551615", UINT64_MAX }, { "15.999999999999999999E", UINT64_MAX - 1 },
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		uint64_t n = 77;
		int rc = parse_size(t[i].s, &n);

		cr_expect(rc == 0 && n == t[i].n, "'%s': %d, %ju not %ju", t[i].s, rc, (uintmax_t)n,
			  (uintmax_t)t[i].n);
	}
}

/* DEFECTS U49: fractions that the reference computes wrongly are exact, rounded down. */
Test(parse, u49_fractions_are_exact)
{
	static const struct { const char *s; uint64_t n; } t[] = {
		{ "0.3K", 307 }, { "0.4K", 409 }, { "0.6K", 614 }, { "0.7K", 716 }, { "0.8K", 819 },
		{ "0.9K", 921 }, { "0.10K", 102 }, { "0.100K", 102 }, { "1.10K", 1126 }, { "1.100K", 1126 },
		{ "0.25K", 256 }, { "0.055M", 57671 }, { "0.6KB", 600 }, { "0.9MB", 900000 }, { "0.75K", 768 },
		{ "0.75G", 805306368 }, { "1.25G", 1342177280 }, { "1.75G", 1879048192 },
		{ "3.7T", 4068193022771 }, { "1.9E", 2190550858753009254 },
		{ "15.9E", UINT64_C(18331451923248866918) }, { "15.99E", UINT64_C(18435214858663483146) },
		{ "1.1K", 1126 }, { "0.1K", 102 }, { "0.2K", 204 }, { "1.20K", 1228 }, { "2.5M", 2621440 },
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		uint64_t n = 77;
		int rc = parse_size(t[i].s, &n);

		cr_expect(rc == 0 && n == t[i].n, "'%s': %d, %ju not %ju", t[i].s, rc, (uintmax_t)n,
			  (uintmax_t)t[i].n);
	}
}

Test(parse, sizes_refused)
{
	static const char *const invalid[] = {
		"", " ", "5 ", "1 K", "1K ", "-1", " -1", "--1", "08", "09", "0x", "0xK", "0xKB", "1B", "1b",
		"4096B", "1iB", "1i", "1Ki", "1KIB", "1KBB", "1KiBB", "1Kx", "1R", "1Q", "1e3", "1E3", "1.5",
		"1.00", "1.5B", ".5K", "1,5K", "1.5.5K", "1.0x1K", "K", "KiB", "1_000", "1 000", "abc", "0x1EiB",
		"1.", "++5", "1.-5K", "1. 5K",
	};
	static const char *const range[] = {
		"18446744073709551616", "99999999999999999999", "18446744073709551615K", "16E", "1Z", "1Y",
		"100Y", "1.12345678901234567890123K", "0.99999999999999999999K",
	};
	uint64_t n = 77;

	for (size_t i = 0; i < COUNT(invalid); i++)
		cr_expect(parse_size(invalid[i], &n) == -EINVAL && n == 77, "'%s'", invalid[i]);
	for (size_t i = 0; i < COUNT(range); i++)
		cr_expect(parse_size(range[i], &n) == -ERANGE && n == 77, "'%s'", range[i]);
}

Test(parse, modes)
{
	static const struct { const char *s; int rc; unsigned mode; } t[] = {
		{ "0", 0, 0 }, { "600", 0, 0600 }, { "0644", 0, 0644 }, { "777", 0, 0777 }, { "00777", 0, 0777 },
		{ "u=rw,g=r,o=", 0, 0640 }, { "u=rw", 0, 0644 }, { "g+w", 0, 0664 }, { "o-r", 0, 0640 },
		{ "a=", 0, 0 }, { "a=rw", 0, 0666 }, { "+w", 0, 0666 }, { "=r", 0, 0444 }, { "ug+x", 0, 0754 },
		{ "a=x", 0, 0111 }, { "o=x", 0, 0641 }, { "a=w", 0, 0222 }, { "a=r", 0, 0444 },
		{ "u=rwx,go=u", 0, 0777 }, { "g=u-r", 0, 0624 }, { "u-w,g+w", 0, 0464 }, { "o=g", 0, 0644 },
		{ "rw-r-----", 0, 0640 }, { "rwxrwxrwx", 0, 0777 }, { "---------", 0, 0 },
		{ "1000", -ERANGE, 0 }, { "4644", -ERANGE, 0 }, { "99999999999", -EINVAL, 0 },
		{ "777777777777777777777777777", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "8", -EINVAL, 0 }, { "0x1ff", -EINVAL, 0 }, { "abc", -EINVAL, 0 },
		{ "u", -EINVAL, 0 }, { "u=rw,", -EINVAL, 0 }, { ",u=r", -EINVAL, 0 }, { "u=s", -EINVAL, 0 },
		{ "u=rX", -EINVAL, 0 }, { "u=t", -EINVAL, 0 }, { "rw-r----", -EINVAL, 0 },
		{ "rw-r------", -EINVAL, 0 }, { "wr-r-----", -EINVAL, 0 }, { "-1", -EINVAL, 0 },
		{ "644 ", -EINVAL, 0 }, { " 644", -EINVAL, 0 }, { "u = r", -EINVAL, 0 }, { "rws------", -EINVAL, 0 },
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		unsigned mode = 01234;
		int rc = parse_mode(t[i].s, 0644, &mode);

		cr_expect(rc == t[i].rc && mode == (rc ? 01234 : t[i].mode), "'%s': %d, %o", t[i].s, rc, mode);
	}
}

Test(parse, durations)
{
	static const struct { const char *s; int rc; uint64_t want; } t[] = {
		{ "0", 0, 0 }, { "90", 0, 90 }, { "90s", 0, 90 }, { "15m", 0, 900 }, { "12h", 0, 43200 },
		{ "7d", 0, 604800 }, { "2w", 0, 1209600 }, { "", -EINVAL, 0 }, { "s", -EINVAL, 0 }, { "1x", -EINVAL, 0 },
		{ "1ss", -EINVAL, 0 }, { "-1", -EINVAL, 0 }, { "+1", -EINVAL, 0 }, { " 1", -EINVAL, 0 },
		{ "1.5h", -EINVAL, 0 }, { "1 d", -EINVAL, 0 }, { "99999999999999999999", -ERANGE, 0 },
		{ "15250284452472w", -ERANGE, 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		uint64_t seconds = 0;

		cr_expect(parse_duration(t[i].s, &seconds) == t[i].rc && seconds == t[i].want, "'%s': %ju", t[i].s,
			  (uintmax_t)seconds);
	}
}

Test(parse, posix_names)
{
	static const char *const bad[] = { "", "/", "//", "//x", "a/b", "/a/b", "a/", ".", "..", "/.", "/.." };
	char name[300] = "/";
	const char *bare = NULL;

	cr_expect(parse_posix_name("x", 255, &bare) == 0 && strcmp(bare, "x") == 0);
	cr_expect(parse_posix_name("/x", 255, &bare) == 0 && strcmp(bare, "x") == 0);
	cr_expect(parse_posix_name("...", 255, &bare) == 0 && strcmp(bare, "...") == 0);
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect(parse_posix_name(bad[i], 255, &bare) == -EINVAL, "'%s'", bad[i]);
	memset(name + 1, 'x', 255);
	cr_expect(parse_posix_name(name, 255, &bare) == 0 && strlen(bare) == 255);
	cr_expect(parse_posix_name(name, 251, &bare) == -ENAMETOOLONG);
	name[256] = 'x';
	cr_expect(parse_posix_name(name, 255, &bare) == -ENAMETOOLONG);
}
