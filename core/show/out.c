/* SPDX-License-Identifier: 0BSD */
#include "show/out.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/lower.h"

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

/* Flushes to make room for n bytes; 0 if the buffer can never hold them. */
static int fits(struct out *o, size_t n)
{
	if (n > o->size - o->len)
		out_flush(o);
	return n <= o->size;
}

/* Most writes are a few bytes, which a loop copies faster than a call to memcpy. */
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

void out_lower(struct out *o, const char *s)
{
	for (; *s != '\0'; s++)
		out_char(o, lower(*s));
}

/* The buffer may fill up between two blanks. */
static void blanks_one_by_one(struct out *o, size_t n)
{
	for (; n > 0; n--)
		out_char(o, ' ');
}

/* Two overlapping moves copy up to FEW bytes without a loop. */
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

/* The slow path of out_padded, for any width and a buffer that may fill up. */
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

char *out_digits(char *end, uint64_t n)
{
	uint32_t rest, q;

	for (; n > UINT32_MAX; n /= 10)
		*--end = (char)('0' + n % 10);
	rest = (uint32_t)n;
	do {
		/* Multiply by 2^35 / 10, rounded up: with -Os, the compiler would emit a slow division. */
		q = (uint32_t)(rest * UINT64_C(3435973837) >> 35);
		*--end = (char)('0' + (rest - 10 * q));
		rest = q;
	} while (rest > 0);
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

void out_hex(struct out *o, uint64_t n, size_t digits)
{
	char text[OUT_DIGITS], *end = text + sizeof text, *s = out_number(end, n, 16);

	while ((size_t)(end - s) < digits)
		*--s = '0';
	out_bytes(o, s, (size_t)(end - s));
}

size_t out_character(const char *text, uint32_t *c)
{
	const unsigned char *s = (const unsigned char *)text;
	static const struct { unsigned char first, last, low, high, len; } forms[] = {
		{ 0x20, 0x7e, 0, 0, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	uint32_t bits;
	size_t i = 0;

	while (s[0] < forms[i].first || s[0] > forms[i].last)
		if (++i == sizeof forms / sizeof *forms)
			return 0;
	if (forms[i].len == 1) {
		*c = s[0];
		return 1;
	}
	if (s[1] < forms[i].low || s[1] > forms[i].high)
		return 0;
	/* The first of n bytes has n leading ones and a zero. */
	bits = s[0] & 0x7fU >> forms[i].len;
	for (size_t k = 1; k < forms[i].len; k++) {
		if ((s[k] & 0xc0) != 0x80)
			return 0;
		bits = bits << 6 | (s[k] & 0x3f);
	}
	*c = bits;
	return forms[i].len;
}

bool out_is_unseen(uint32_t c)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{ 0x0080, 0x009f }, { 0x00ad, 0x00ad }, { 0x034f, 0x034f }, { 0x0600, 0x0605 },
		{ 0x061c, 0x061c }, { 0x06dd, 0x06dd }, { 0x070f, 0x070f }, { 0x0890, 0x0891 },
		{ 0x08e2, 0x08e2 }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },
		{ 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
	};
	size_t i = 0;

	while (i < sizeof ranges / sizeof *ranges && c > ranges[i].last)
		i++;
	return i < sizeof ranges / sizeof *ranges && c >= ranges[i].first;
}

/* The length of the character at s, or 0 if it must be escaped. */
static size_t printable(const char *s)
{
	uint32_t c;
	size_t n = out_character(s, &c);

	return n > 1 && out_is_unseen(c) ? 0 : n;
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
		size_t n = strchr(more, (char)*s) ? 0 : printable((const char *)s);

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
