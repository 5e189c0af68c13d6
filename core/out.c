/* SPDX-License-Identifier: 0BSD */
#include "out.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

void out_init(struct out *o, int fd, char *buf, size_t size)
{
	*o = (struct out){ .sink = out_fd_sink, .fd = fd, .buf = buf, .size = size };
}

int out_fd_sink(struct out *o, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t got = write(o->fd, bytes, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : -EIO;
		bytes += got;
		n -= (size_t)got;
	}
	return 0;
}

int out_flush(struct out *o)
{
	if (o->len > 0 && o->error == 0 && o->sink != NULL)
		o->error = o->sink(o, o->buf, o->len);
	o->len = 0;
	return o->error;
}

/* Makes room for n bytes if the buffer can ever hold them. */
static int fits(struct out *o, size_t n)
{
	if (n > o->size - o->len)
		out_flush(o);
	return n <= o->size;
}

/* Most of what is written is a few bytes long, so it is copied byte by byte: a call of memcpy costs more. */
void out_bytes(struct out *o, const char *bytes, size_t n)
{
	enum { MANY = 24 };
	char *to;

	for (; !fits(o, n); bytes += o->size, n -= o->size)
		out_bytes(o, bytes, o->size);
	to = o->buf + o->len;
	o->len += n;
	if (n > MANY)
		memcpy(to, bytes, n);
	else
		for (; n > 0; n--)
			*to++ = *bytes++;
}

void out_text(struct out *o, const char *s)
{
	while (*s != '\0') {
		char *to = o->buf + o->len, *end = o->buf + o->size;

		while (*s != '\0' && to < end)
			*to++ = *s++;
		o->len = (size_t)(to - o->buf);
		if (to == end)
			out_flush(o);
	}
}

void out_char(struct out *o, char c)
{
	if (o->len == o->size)
		out_flush(o);
	o->buf[o->len++] = c;
}

/* Blanks one by one, where the buffer may end between them. */
static void blanks_one_by_one(struct out *o, size_t n)
{
	for (; n > 0; n--)
		out_char(o, ' ');
}

/* Bytes that two moves take which overlap, where a loop would take one for each. */
enum { FEW = 16 };

static void copy(char *to, const char *from, size_t n)
{
	if (n >= 8) {
		memcpy(to, from, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, from, 4);
		memcpy(to + n - 4, from + n - 4, 4);
	} else if (n > 0) {
		to[0] = from[0];
		to[n / 2] = from[n / 2];
		to[n - 1] = from[n - 1];
	}
}

void out_blanks(struct out *o, size_t n)
{
	out_padded(o, "", 0, n < INT_MAX ? (int)n : INT_MAX);
}

/* Padding where a buffer's end may fall anywhere, or to any width: apart from what runs for each cell. */
__attribute__((noinline))
static void padded(struct out *o, const char *bytes, size_t n, int width)
{
	size_t wide = (size_t)(width < 0 ? -width : width), pad = wide > n ? wide - n : 0;

	if (width < 0)
		blanks_one_by_one(o, pad);
	out_bytes(o, bytes, n);
	if (width > 0)
		blanks_one_by_one(o, pad);
}

void out_padded(struct out *o, const char *bytes, size_t n, int width)
{
	size_t wide = (size_t)(width < 0 ? -width : width);
	char *to = n <= FEW && wide <= OUT_WIDE ? out_put_down(o) : NULL;

	if (to == NULL) {
		padded(o, bytes, n, width);
		return;
	}
	if (wide < n)
		wide = n;
	o->len += wide;
	copy(width < 0 ? to + wide - n : to, bytes, n);
}

/* The digits of a number below 100.  A division would take longer, and compilers that save space make one. */
static inline char *two_digits(char *end, uint32_t n)
{
	uint32_t tens = n * 103 >> 10;

	*--end = (char)('0' + (n - 10 * tens));
	*--end = (char)('0' + tens);
	return end;
}

char *out_digits(char *end, uint64_t n)
{
	uint32_t rest, q;

	for (; n > UINT32_MAX; n /= 100)
		end = two_digits(end, (uint32_t)(n % 100));
	for (rest = (uint32_t)n; rest >= 100; rest = q) {
		/* The product with 2^37 / 100, rounded up. */
		q = (uint32_t)(rest * UINT64_C(1374389535) >> 37);
		end = two_digits(end, rest - 100 * q);
	}
	if (rest >= 10)
		return two_digits(end, rest);
	*--end = (char)('0' + rest);
	return end;
}

char *out_number(char *end, uint64_t n, unsigned base)
{
	do {
		*--end = "0123456789abcdef"[n & (base - 1)];
		n >>= base == 8 ? 3 : 4;
	} while (n > 0);
	return end;
}

const char *out_decimal(char buf[OUT_DIGITS], uint64_t n)
{
	char *end = buf + OUT_DIGITS - 1;

	*end = '\0';
	return out_digits(end, n);
}

void out_dec(struct out *o, uint64_t n)
{
	char digits[OUT_DIGITS];

	out_text(o, out_decimal(digits, n));
}

/*
 * The length of the printable character at s: 1 to 4 bytes, 0 for a control
 * character or what is no UTF-8 (overlong forms, surrogates and U+0080 to
 * U+009F included, which terminals take for control codes).
 */
static size_t printable(const unsigned char *s)
{
	static const struct { unsigned char first, last, low, high, len; } forms[] = {
		{ 0x20, 0x7e, 0, 0, 1 },
		{ 0xc2, 0xc2, 0xa0, 0xbf, 2 }, { 0xc3, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (s[0] < forms[i].first || s[0] > forms[i].last)
			continue;
		if (forms[i].len > 1 && (s[1] < forms[i].low || s[1] > forms[i].high))
			return 0;
		for (size_t k = 2; k < forms[i].len; k++)
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		return forms[i].len;
	}
	return 0;
}

void out_json(struct out *o, const char *name)
{
	if (name == NULL) {
		out_text(o, "null");
		return;
	}
	out_char(o, '"');
	while (*name != '\0') {
		size_t n = printable((const unsigned char *)name);
		const char byte[] = { *name, '\0' };
		char shown[8];

		if (*name == '"' || *name == '\\')
			out_char(o, '\\');
		if (n > 0) {
			out_bytes(o, name, n);
			name += n;
			continue;
		}
		/* A control character has an escape in JSON; what is no character is told as in a table. */
		out_escape(shown, sizeof shown, byte);
		out_text(o, (unsigned char)*name < 0x80 ? "\\u00" : "\\\\x");
		out_text(o, shown + 2);
		name++;
	}
	out_char(o, '"');
}

bool out_is_plain(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!out_is_plain_byte(name[i]))
			return false;
	return true;
}

size_t out_escape(char *buf, size_t size, const char *name)
{
	return out_escape_more(buf, size, name, "");
}

size_t out_escape_more(char *buf, size_t size, const char *name, const char *more)
{
	const unsigned char *s = (const unsigned char *)name;
	size_t at = 0;

	while (*s != '\0') {
		size_t n = strchr(more, (char)*s) ? 0 : printable(s);

		if (at + (n > 0 ? n : 4) >= size)
			break;
		if (n > 0) {
			memcpy(buf + at, s, n);
			at += n;
			s += n;
			continue;
		}
		memcpy(buf + at, "\\x", 2);
		buf[at + 2] = "0123456789abcdef"[*s >> 4];
		buf[at + 3] = "0123456789abcdef"[*s & 15];
		at += 4;
		s++;
	}
	buf[at] = '\0';
	return at;
}
