/* SPDX-License-Identifier: 0BSD */
/*
 * Buffered output.  Everything the program writes goes through this, so that write errors are seen in
 * one place and tests can capture the output in memory.
 */
#ifndef CORE_SHOW_OUT_H
#define CORE_SHOW_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct out {
	/* Takes all n bytes and returns 0 or -errno.  If NULL, output is discarded. */
	int (*sink)(struct out *, const char *bytes, size_t n);
	int fd;			/* for out_fd_sink */
	int error;		/* the first -errno of the sink; later output is discarded */
	char *buf;
	size_t size, len;
};

/* Sets up output to fd through buf, which the caller owns and which must outlive o. */
void out_init(struct out *o, int fd, char *buf, size_t size);

/* The sink set by out_init: repeats write(2), also on EINTR, until all is written. */
int out_fd_sink(struct out *o, const char *bytes, size_t n);

/* Passes the buffer to the sink.  Returns 0, or -errno of the first error so far. */
int out_flush(struct out *o);

void out_bytes(struct out *o, const char *bytes, size_t n);
void out_text(struct out *o, const char *s);
void out_char(struct out *o, char c);

/* Writes ASCII text with its letters in lowercase. */
void out_lower(struct out *o, const char *s);

/* Like out_text, but needs no call for a single character, the usual case. */
static inline void out_short(struct out *o, const char *s)
{
	if (s[0] != '\0' && s[1] == '\0' && o->len < o->size)
		o->buf[o->len++] = s[0];
	else
		out_text(o, s);
}

void out_blanks(struct out *o, size_t n);

/* A cell written in place starts as OUT_WIDE blanks and takes at most OUT_CELL bytes. */
enum { OUT_WIDE = 32, OUT_CELL = 88 };

/*
 * Returns the place of the next byte, filled with OUT_WIDE blanks, or NULL if fewer than OUT_CELL bytes
 * are left.  The caller adds the number of bytes it wrote to len.
 */
static inline char *out_put_down(struct out *o)
{
	char *to = o->buf + o->len;

	if (o->size - o->len < OUT_CELL)
		return NULL;
	memcpy(to, "                                ", OUT_WIDE);
	return to;
}

/* Pads n bytes with blanks to |width|: on the right, or on the left if width is negative. */
void out_padded(struct out *o, const char *bytes, size_t n, int width);

/* Enough for any 64-bit number in octal with a leading 0, or in decimal with a sign. */
enum { OUT_DIGITS = 24 };

/* Writes n in decimal, ending before `end`.  Returns its start. */
char *out_digits(char *end, uint64_t n);

/* Likewise in base 8 or 16 (lowercase). */
char *out_number(char *end, uint64_t n, unsigned base);

/* Writes n in decimal, null-terminated, at the end of buf.  Returns its start. */
const char *out_decimal(char buf[OUT_DIGITS], uint64_t n);

void out_dec(struct out *o, uint64_t n);

/* Writes n in hexadecimal with at least `digits` digits. */
void out_hex(struct out *o, uint64_t n, size_t digits);

/*
 * Copies a name from outside into buf, null-terminated: printable ASCII and UTF-8 as is, other bytes and
 * characters for which out_is_unseen is true as \xHH.  A name too long for buf is cut.  Returns the length.
 */
size_t out_escape(char *buf, size_t size, const char *name);

/* True if a byte is printable ASCII. */
static inline bool out_is_plain_byte(char c)
{
	return (unsigned char)(c - ' ') <= '~' - ' ';
}

bool out_is_plain(const char *name, size_t len);

/* Like out_escape, but also escapes the characters of `more`. */
size_t out_escape_more(char *buf, size_t size, const char *name, const char *more);

/*
 * Decodes the UTF-8 character at s into *c and returns its length, 1 to 4.  Returns 0 and leaves *c alone
 * for ASCII control characters and malformed bytes, including overlong forms and surrogates.
 */
size_t out_character(const char *s, uint32_t *c);

/*
 * True if a non-ASCII character is invisible or affects the text around it: the C1 control characters,
 * which terminals obey, and, from UnicodeData.txt and DerivedCoreProperties.txt of Unicode 15.0, general
 * categories Cf, Zl and Zp (directions, joiners, tags, line separators) and Default_Ignorable_Code_Point.
 */
bool out_is_unseen(uint32_t c);

#endif
