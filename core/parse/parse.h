/* SPDX-License-Identifier: 0BSD */
/*
 * The strict parsers for numbers, sizes, permissions and keys.  All take the
 * whole string or nothing: no blanks, no trailing text.  They return 0, -EINVAL
 * for what is not of the form and -ERANGE for what is, but does not fit; the
 * result is written on success alone.
 */
#ifndef CORE_PARSE_H
#define CORE_PARSE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The digits of `base` (8, 10 or 16) at the start of s[0..len), as many as there
 * are.  Returns their count, 0 if there is none, or -ERANGE past 64 bits.
 */
int parse_digits(const char *s, size_t len, unsigned base, uint64_t *value);

/* A decimal number of at most max, without sign. */
int parse_number(const char *s, uint64_t max, uint64_t *value);

/* A System V identifier: decimal, 0 to INT_MAX (the kernel never gives a negative one). */
int parse_id(const char *s, int *id);

/*
 * A key: decimal, 0x hexadecimal or 0 octal, as 32 bits.  A minus sign is legal,
 * for key_t is signed and /proc/sysvipc shows it so: -1 is 0xffffffff.
 */
int parse_key(const char *s, uint32_t *key);

/*
 * The name of a POSIX object, with or without the one leading slash: *bare points
 * behind it.  -EINVAL for an empty name, a dot or two, or another slash;
 * -ENAMETOOLONG above max bytes.
 */
int parse_posix_name(const char *s, size_t max, const char **bare);

/*
 * A size in bytes: [blanks][+] integer (decimal, 0x, 0 octal) [. digits] [suffix],
 * where the suffix is one of KMGTPEZY in either case: alone or with iB a power
 * of 1024, with B a power of 1000.  A fraction needs a suffix; the result is
 * exact, rounded down.  -ERANGE past 64 bits and for fractions whose digits
 * after leading zeros do not fit 64 bits.
 */
int parse_size(const char *s, uint64_t *bytes);

/* A time in seconds: a decimal number, alone or with one of s, m, h, d, w behind it. */
int parse_duration(const char *s, uint64_t *seconds);

/*
 * Permissions, at most 0777: octal, symbolic as chmod(1) takes it (u=rw,g+w,o=;
 * + and - act on base; no who means all), or nine letters (rw-r-----).
 */
int parse_mode(const char *s, unsigned base, unsigned *mode);

#endif
