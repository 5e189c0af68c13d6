/* SPDX-License-Identifier: 0BSD */
/*
 * Buffered output.  Everything that the program says goes through one of these,
 * so a write error is seen once, in one place, and a test can read what an
 * applet said from memory.
 */
#ifndef CORE_OUT_H
#define CORE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct out {
	/* Takes all n bytes; 0 or -errno.  NULL: nobody listens and all is dropped. */
	int (*sink)(struct out *, const char *bytes, size_t n);
	int fd;			/* of out_fd_sink */
	int error;		/* the first -errno of the sink; what comes after it is dropped */
	char *buf;
	size_t size, len;
};

/* Writes to fd through buf, which the caller owns and which outlives o. */
void out_init(struct out *o, int fd, char *buf, size_t size);

/* The sink that out_init sets: write(2) until all is taken, across EINTR. */
int out_fd_sink(struct out *o, const char *bytes, size_t n);

/* Hands over what is buffered; returns the first error so far, 0 or -errno. */
int out_flush(struct out *o);

void out_bytes(struct out *o, const char *bytes, size_t n);
void out_text(struct out *o, const char *s);
void out_char(struct out *o, char c);

/* The same for what is mostly one character, without a call then. */
static inline void out_short(struct out *o, const char *s)
{
	if (s[0] != '\0' && s[1] == '\0' && o->len < o->size)
		o->buf[o->len++] = s[0];
	else
		out_text(o, s);
}

void out_blanks(struct out *o, size_t n);

/* A cell that is written where it goes lies on OUT_WIDE blanks and takes at most OUT_CELL bytes. */
enum { OUT_WIDE = 32, OUT_CELL = 88 };

/*
 * Where the next byte goes, on OUT_WIDE blanks; NULL if OUT_CELL bytes are not left.  Who
 * writes there adds to len what it keeps.
 */
static inline char *out_put_down(struct out *o)
{
	char *to = o->buf + o->len;

	if (o->size - o->len < OUT_CELL)
		return NULL;
	memcpy(to, "                                ", OUT_WIDE);
	return to;
}

/* The n bytes padded with blanks to |width|: behind them, or before them where width is negative. */
void out_padded(struct out *o, const char *bytes, size_t n, int width);

/* Long enough for any 64-bit number in octal with a leading 0, or in decimal with a sign. */
enum { OUT_DIGITS = 24 };

/* Writes n in decimal before `end`; returns where it begins. */
char *out_digits(char *end, uint64_t n);

/* The same in base 8 or 16 (lower case). */
char *out_number(char *end, uint64_t n, unsigned base);

/* n in decimal, terminated, somewhere in buf; returns where. */
const char *out_decimal(char buf[OUT_DIGITS], uint64_t n);

void out_dec(struct out *o, uint64_t n);

/* n in hexadecimal, with zeros before it up to so many digits. */
void out_hex(struct out *o, uint64_t n, size_t digits);

/*
 * Copies a name from outside into buf, always terminated: bytes of printable
 * ASCII and of well-formed UTF-8 as they are, all others as \xHH, and so those of
 * characters that are invisible or control a terminal or the direction of a text.
 * A name too long for buf ends early.  Returns the length.
 */
size_t out_escape(char *buf, size_t size, const char *name);

/* Whether a byte is printable ASCII. */
static inline bool out_is_plain_byte(char c)
{
	return (unsigned char)(c - ' ') <= '~' - ' ';
}

/* Whether a name is shown as it is, being printable ASCII. */
bool out_is_plain(const char *name, size_t len);

/* The same as out_escape, with \xHH for the characters of `more`, too. */
size_t out_escape_more(char *buf, size_t size, const char *name, const char *more);

/*
 * The well-formed UTF-8 character at s, which is no ASCII control character, into *c: its
 * length of 1 to 4 bytes.  0, with *c as it was, for anything else, such as overlong forms
 * and surrogates.
 */
size_t out_character(const char *s, uint32_t *c);

/*
 * Whether a character above ASCII is invisible, or moves or controls what is around it.  These
 * are the C1 control characters, which terminals obey, and, from UnicodeData.txt and
 * DerivedCoreProperties.txt of Unicode 15.0, general categories Cf, Zl and Zp (directions,
 * joiners, tags, separators of lines) and Default_Ignorable_Code_Point.
 */
bool out_is_unseen(uint32_t c);

#endif
