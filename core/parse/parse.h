/* SPDX-License-Identifier: 0BSD */
/*
 * Strict parsers.  Except as noted, they accept only a whole string without blanks, return 0, -EINVAL if
 * it is malformed or -ERANGE if the value does not fit, and write the result only on success.
 */
#ifndef CORE_PARSE_PARSE_H
#define CORE_PARSE_PARSE_H

#include <stddef.h>
#include <stdint.h>

/* Parses leading digits (base 8, 10 or 16) of s[0..len).  Returns how many, or -ERANGE above 64 bits. */
int parse_digits(const char *s, size_t len, unsigned base, uint64_t *value);

/* A decimal number from 0 to max, without a sign. */
int parse_number(const char *s, uint64_t max, uint64_t *value);

/* A System V identifier: decimal, 0 to INT_MAX (the kernel never assigns a negative one). */
int parse_id(const char *s, int *id);

/* A 32-bit key in C notation, or negative as in /proc/sysvipc (key_t is signed): -1 is 0xffffffff. */
int parse_key(const char *s, uint32_t *key);

/*
 * The name of a POSIX object; *bare points past its optional leading slash.  -EINVAL for an empty name,
 * "." or "..", or another slash; -ENAMETOOLONG above max bytes.
 */
int parse_posix_name(const char *s, size_t max, const char **bare);

/*
 * A size in bytes: [blanks][+] integer (C notation) [. digits] [suffix].  The suffix is one of KMGTPEZY in
 * either case, alone or with iB for powers of 1024, with B for powers of 1000.  A fraction needs a suffix;
 * the result is exact, rounded down.  -ERANGE if it or the fraction without leading zeros exceeds 64 bits.
 */
int parse_size(const char *s, uint64_t *bytes);

/* A duration in seconds: a decimal number, optionally followed by s, m, h, d or w. */
int parse_duration(const char *s, uint64_t *seconds);

/*
 * Permissions up to 0777: octal, nine letters (rw-r-----), or symbolic as in chmod(1) (u=rw,g+w,o=):
 * + and - modify base, and no class means all.
 */
int parse_mode(const char *s, unsigned base, unsigned *mode);

#endif
