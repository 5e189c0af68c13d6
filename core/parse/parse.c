/* SPDX-License-Identifier: 0BSD */
#include "parse/parse.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

/* The value of a hexadecimal digit, or UINT_MAX. */
static unsigned digit_of(char c)
{
	unsigned d = (unsigned char)c - (unsigned)'0', letter = ((unsigned char)c | 0x20u) - 'a';

	return d <= 9 ? d : letter <= 5 ? letter + 10 : UINT_MAX;
}

int parse_digits(const char *s, size_t len, unsigned base, uint64_t *value)
{
	/* SAFE digits fit in any base; only later ones are checked, because the division is expensive. */
	enum { SAFE = 15 };
	uint64_t n = 0;
	size_t i;
	unsigned d;

	if (len > INT_MAX)
		len = INT_MAX;
	for (i = 0; i < len && (d = digit_of(s[i])) < base; i++) {
		if (i >= SAFE && n > (UINT64_MAX - d) / base)
			return -ERANGE;
		n = n * base + d;
	}
	if (i > 0)
		*value = n;
	return (int)i;
}

int parse_number(const char *s, uint64_t max, uint64_t *value)
{
	size_t len = strlen(s);
	uint64_t n = 0;
	int got;

	/* Check the form first: -ERANGE is only for well-formed numbers. */
	if (len == 0 || strspn(s, "0123456789") != len)
		return -EINVAL;
	got = parse_digits(s, len, 10, &n);
	if (got < 0)
		return got;
	if (n > max)
		return -ERANGE;
	*value = n;
	return 0;
}

int parse_id(const char *s, int *id)
{
	uint64_t n = 0;
	int rc = parse_number(s, INT_MAX, &n);

	if (rc == 0)
		*id = (int)n;
	return rc;
}

int parse_posix_name(const char *s, size_t max, const char **bare)
{
	s += *s == '/';
	if (*s == '\0' || strcmp(s, ".") == 0 || strcmp(s, "..") == 0 || strchr(s, '/') != NULL)
		return -EINVAL;
	if (strlen(s) > max)
		return -ENAMETOOLONG;
	*bare = s;
	return 0;
}

/* A C integer; sets *end after it.  As in C's own parsers, 0x without a digit is 0 and leaves the x. */
static int c_integer(const char *s, const char **end, uint64_t *value)
{
	unsigned base = 10;
	int got;

	if (s[0] == '0') {
		base = 8;
		if ((s[1] | 0x20) == 'x' && digit_of(s[2]) < 16) {
			base = 16;
			s += 2;
		}
	}
	got = parse_digits(s, strlen(s), base, value);
	if (got < 0) {
		while (digit_of(*s) < base)
			s++;
		*end = s;
		return got;
	}
	if (got == 0)
		return -EINVAL;
	*end = s + got;
	return 0;
}

int parse_key(const char *s, uint32_t *key)
{
	bool negative = *s == '-';
	uint64_t n = 0;
	const char *end = s;
	int rc = c_integer(s + negative, &end, &n);

	if (rc == -EINVAL || *end != '\0')
		return -EINVAL;
	if (rc < 0 || n > (negative ? UINT64_C(0x80000000) : UINT32_MAX))
		return -ERANGE;
	*key = negative ? (uint32_t)-n : (uint32_t)n;
	return 0;
}

/* The fraction of a size: digits / 10^scale. */
struct fraction {
	uint64_t digits;
	size_t scale;
};

static int read_fraction(const char **s, struct fraction *f)
{
	size_t len = strspn(*s, "0123456789");

	f->scale = len;
	f->digits = 0;
	if (parse_digits(*s, len, 10, &f->digits) < 0)
		return -ERANGE;
	*s += len;
	return 0;
}

static int read_suffix(const char *s, uint64_t *factor)
{
	static const char letters[] = "kmgtpezy";
	const char *at = memchr(letters, *s | 0x20, sizeof letters - 1);
	uint64_t base = 1024, n = 1;

	if (at == NULL)
		return -EINVAL;
	if ((s[1] | 0x20) == 'b' && s[2] == '\0')
		base = 1000;
	else if (s[1] != '\0' && (s[1] != 'i' || (s[2] | 0x20) != 'b' || s[3] != '\0'))
		return -EINVAL;
	for (const char *l = letters; l <= at; l++) {
		if (n > UINT64_MAX / base)
			return -ERANGE;
		n *= base;
	}
	*factor = n;
	return 0;
}

/*
 * factor * digits / 10^scale, rounded down.  Digit by digit from the last is exact, because flooring the
 * dividend first does not change the floor of a quotient.  A factor is at most 2^60, so ten of them fit.
 */
static uint64_t scale_fraction(uint64_t factor, struct fraction f)
{
	uint64_t n = 0;

	for (size_t i = 0; i < f.scale; i++, f.digits /= 10)
		n = (factor * (f.digits % 10) + n) / 10;
	return n;
}

int parse_size(const char *s, uint64_t *bytes)
{
	struct fraction f = { 0, 0 };
	uint64_t n = 0, factor = 1, part;
	int rc, bad;

	s += strspn(s, " \t\n\v\f\r");
	s += *s == '+';
	bad = c_integer(s, &s, &n);
	if (bad == -EINVAL)
		return bad;
	if (*s == '.') {
		s++;
		rc = read_fraction(&s, &f);
		if (rc < 0)
			return rc;
		if (*s == '\0')
			return -EINVAL;
	}
	if (*s != '\0') {
		rc = read_suffix(s, &factor);
		if (rc < 0)
			return rc;
	}
	part = scale_fraction(factor, f);
	if (bad < 0 || n > UINT64_MAX / factor || n * factor > UINT64_MAX - part)
		return -ERANGE;
	*bytes = n * factor + part;
	return 0;
}

int parse_duration(const char *s, uint64_t *seconds)
{
	static const struct { char letter; uint32_t seconds; } units[] = {
		{ '\0', 1 }, { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 7 * 86400 },
	};
	size_t len = strspn(s, "0123456789"), i = 0;
	uint64_t n = 0;

	while (i < sizeof units / sizeof *units && units[i].letter != s[len])
		i++;
	if (len == 0 || i == sizeof units / sizeof *units || (s[len] != '\0' && s[len + 1] != '\0'))
		return -EINVAL;
	if (parse_digits(s, len, 10, &n) < 0 || n > INT64_MAX / units[i].seconds)
		return -ERANGE;
	*seconds = n * units[i].seconds;
	return 0;
}

static int parse_octal(const char *s, unsigned *mode)
{
	size_t len = strspn(s, "01234567");
	uint64_t n = 0;
	int got;

	if (s[len] != '\0')
		return -EINVAL;
	got = parse_digits(s, len, 8, &n);
	if (got < 0 || n > 0777)
		return -ERANGE;
	*mode = (unsigned)n;
	return 0;
}

/* As in rw-r-----: each letter in its place, or a dash. */
static int parse_letters(const char *s, unsigned *mode)
{
	static const char full[] = "rwxrwxrwx";
	unsigned n = 0;

	for (size_t i = 0; i < 9; i++) {
		if (s[i] != full[i] && s[i] != '-')
			return -EINVAL;
		n = n << 1 | (s[i] != '-');
	}
	if (s[9] != '\0')
		return -EINVAL;
	*mode = n;
	return 0;
}

/* The classes of a symbolic clause, as a mask of all their bits; none means all. */
static unsigned read_who(const char **s)
{
	unsigned who = 0;

	for (;; ++*s) {
		switch (**s) {
		case 'u': who |= 0700; break;
		case 'g': who |= 0070; break;
		case 'o': who |= 0007; break;
		case 'a': who |= 0777; break;
		default: return who ? who : 0777;
		}
	}
}

/* The permissions after an operator, repeated for all classes: letters, or a class to copy. */
static unsigned read_perms(const char **s, unsigned mode)
{
	unsigned bits = 0;

	switch (**s) {
	case 'u': ++*s; return (mode >> 6 & 7) * 0111;
	case 'g': ++*s; return (mode >> 3 & 7) * 0111;
	case 'o': ++*s; return (mode & 7) * 0111;
	}
	for (;; ++*s) {
		switch (**s) {
		case 'r': bits |= 0444; break;
		case 'w': bits |= 0222; break;
		case 'x': bits |= 0111; break;
		default: return bits;
		}
	}
}

static int parse_symbolic(const char *s, unsigned base, unsigned *mode)
{
	unsigned n = base;

	for (;;) {
		unsigned who = read_who(&s);

		if (*s == '\0' || strchr("+-=", *s) == NULL)
			return -EINVAL;
		while (*s != '\0' && strchr("+-=", *s) != NULL) {
			char op = *s++;
			unsigned bits = read_perms(&s, n) & who;

			if (op == '=')
				n &= ~who;
			n = op == '-' ? n & ~bits : n | bits;
		}
		if (*s == '\0')
			break;
		if (*s++ != ',')
			return -EINVAL;
	}
	*mode = n;
	return 0;
}

int parse_mode(const char *s, unsigned base, unsigned *mode)
{
	if (*s >= '0' && *s <= '9')
		return parse_octal(s, mode);
	if (parse_letters(s, mode) == 0)
		return 0;
	return parse_symbolic(s, base, mode);
}
