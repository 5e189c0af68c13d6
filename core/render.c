/* SPDX-License-Identifier: 0BSD */
#include "render.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

size_t render_human(char buf[RENDER_HUMAN], uint64_t bytes)
{
	char *end = buf + RENDER_HUMAN, *s = end;
	unsigned shift = 0, letter = 0;
	uint64_t whole, tenths;

	while (letter < 6 && bytes >> shift >= 1024) {
		shift += 10;
		letter++;
	}
	/* Only ten bits of the fraction count, as in the tables that this reproduces. */
	whole = bytes >> shift;
	tenths = shift ? ((bytes >> (shift - 10) & 1023) * 10 + 512) / 1024 : 0;
	if (tenths == 10) {
		whole++;
		tenths = 0;
	}
	*--s = "BKMGTPE"[letter];
	if (tenths > 0) {
		*--s = (char)('0' + tenths);
		*--s = '.';
	}
	s = out_number(s, whole, 10);
	memmove(buf, s, (size_t)(end - s));
	return (size_t)(end - s);
}

/* Two digits, the first of them `fill` where it would be a zero. */
static char *two(char *s, int n, char fill)
{
	*s++ = (char)(n < 10 ? fill : '0' + n / 10);
	*s++ = (char)('0' + n % 10);
	return s;
}

size_t render_time(char buf[RENDER_TIME], int64_t seconds)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char digits[OUT_DIGITS], *end = digits + sizeof digits, *d, *s = buf;
	time_t t = (time_t)seconds;
	int64_t year;
	struct tm tm;

	if (seconds == 0) {
		memcpy(buf, "Not set", 7);
		return 7;
	}
	/* A time that the C library cannot count or that has no year is no time. */
	if (t != seconds || localtime_r(&t, &tm) == NULL) {
		*buf = '-';
		return 1;
	}
	memcpy(s, days + 3 * tm.tm_wday, 3);
	s[3] = ' ';
	memcpy(s + 4, months + 3 * tm.tm_mon, 3);
	s[7] = ' ';
	s = two(s + 8, tm.tm_mday, ' ');
	*s++ = ' ';
	s = two(s, tm.tm_hour, '0');
	*s++ = ':';
	s = two(s, tm.tm_min, '0');
	*s++ = ':';
	s = two(s, tm.tm_sec, '0');
	*s++ = ' ';
	year = (int64_t)tm.tm_year + 1900;
	if (year < 0)
		*s++ = '-';
	d = out_number(end, (uint64_t)(year < 0 ? -year : year), 10);
	memcpy(s, d, (size_t)(end - d));
	return (size_t)(s - buf) + (size_t)(end - d);
}

void render_head(const struct render *r, const struct view *v)
{
	const char *gap = "";

	out_text(r->out, v->title);
	for (unsigned i = 0; i < v->count; i++) {
		const struct view_item *it = &v->items[i];

		if (it->head == NULL || (it->units && !(it->units & r->units)))
			continue;
		out_text(r->out, gap);
		out_padded(r->out, it->head, strlen(it->head), it->head_width);
		gap = " ";
	}
	out_char(r->out, '\n');
}

/* A name from outside, cut as the view says. */
static void text_cell(const struct render *r, const struct view_item *it, const char *name)
{
	char shown[1024];
	size_t n = out_escape(shown, sizeof shown, name);

	if (it->cut != 0 && n > it->cut)
		n = it->cut;
	out_padded(r->out, shown, n, it->width);
}

static void name_cell(const struct render *r, const struct view_item *it, bool group, uint64_t id)
{
	const char *name = r->name(r->names, group, (uint32_t)id);
	char digits[OUT_DIGITS], *end = digits + sizeof digits, *s;

	if (name == NULL) {
		s = out_number(end, id, 10);
		out_padded(r->out, s, (size_t)(end - s), it->width);
		return;
	}
	text_cell(r, it, name);
}

static void time_cell(const struct render *r, const struct view_item *it, int64_t seconds)
{
	/* "Mon " goes where the cell is cut, the year falls behind the cut. */
	enum { WEEKDAY = 4 };
	char text[RENDER_TIME], *s = text;
	size_t n = render_time(text, seconds);

	if (it->cut != 0 && n > it->cut) {
		s += WEEKDAY;
		n = it->cut;
	}
	out_padded(r->out, s, n, it->width);
}

/* A short size stands right in the first six places of its cell, whatever the cell's width. */
static void human_cell(const struct render *r, const struct view_item *it, uint64_t bytes)
{
	enum { PLACES = 6 };
	char text[RENDER_HUMAN];
	size_t n = render_human(text, bytes);

	out_padded(r->out, text, n, it->width > 0 ? -PLACES : 0);
	if (it->width > PLACES)
		out_blanks(r->out, (size_t)it->width - PLACES);
}

static void flag_cell(const struct render *r, const struct view_item *it, bool set, const char *text)
{
	out_padded(r->out, set ? text : " ", set ? strlen(text) : 1, it->width);
}

/* A number in octal or decimal; a leading 0 as C's %#o has it. */
static void number_cell(const struct render *r, const struct view_item *it, uint64_t n, unsigned base,
			bool leading)
{
	char digits[OUT_DIGITS], *end = digits + sizeof digits, *s = out_number(end, n, base);

	if (leading && n != 0)
		*--s = '0';
	out_padded(r->out, s, (size_t)(end - s), it->width);
}

static void key_cell(const struct render *r, const struct view_item *it, uint64_t key)
{
	char text[] = "0x00000000", digits[OUT_DIGITS], *end = digits + sizeof digits;
	const char *s = out_number(end, (uint32_t)key, 16);
	size_t n = (size_t)(end - s);

	memcpy(text + sizeof text - 1 - n, s, n);
	out_padded(r->out, text, sizeof text - 1, it->width);
}

static void cell(const struct render *r, const struct view_item *it, const struct ipc_obj *o)
{
	const struct column *c = &columns[it->column];
	int64_t v = o->v[c->field];

	if (c->format == FMT_NAME) {
		text_cell(r, it, o->name ? o->name : "-");
		return;
	}
	if (!ipc_has(o, c->field)) {
		out_padded(r->out, "-", 1, it->width);
		return;
	}
	switch ((enum column_format)c->format) {
	case FMT_SIZE:
		if (r->units == UNITS_HUMAN) {
			human_cell(r, it, (uint64_t)v);
			break;
		}
		/* fall through */
	case FMT_DEC:
		number_cell(r, it, (uint64_t)v, 10, false);
		break;
	case FMT_HEX:
		key_cell(r, it, (uint64_t)v);
		break;
	case FMT_PERMS:
	case FMT_ACCESS:
		number_cell(r, it, (uint64_t)v & IPC_PERMS, 8, c->format == FMT_ACCESS);
		break;
	case FMT_MODE:
		number_cell(r, it, (uint64_t)v, 8, true);
		break;
	case FMT_DEST:
		flag_cell(r, it, v & IPC_DEST, "dest");
		break;
	case FMT_LOCKED:
		flag_cell(r, it, v & IPC_LOCKED, "locked");
		break;
	case FMT_USER:
	case FMT_GROUP:
		name_cell(r, it, c->format == FMT_GROUP, (uint64_t)v);
		break;
	case FMT_TIME:
		time_cell(r, it, v);
		break;
	case FMT_NAME:
		break;
	}
}

void render_row(const struct render *r, const struct view *v, const struct ipc_obj *o)
{
	for (unsigned i = 0; i < v->count; i++) {
		const struct view_item *it = &v->items[i];

		if (it->units && !(it->units & r->units))
			continue;
		if (it->lead != NULL)
			out_text(r->out, it->lead);
		if (it->column != COL_NONE)
			cell(r, it, o);
	}
}

/* n * factor, or the largest multiple of factor that 64 bits hold. */
static uint64_t saturate(uint64_t n, uint64_t factor)
{
	return n > UINT64_MAX / factor ? UINT64_MAX - UINT64_MAX % factor : n * factor;
}

/*
 * The number that a limit shows.  kbytes of pages saturate in kbytes, as if each
 * page had been counted so.
 */
static uint64_t limit_value(const struct limit *l, enum units units, uint64_t n)
{
	uint64_t page;

	if (l->unit == LIMIT_KBYTES)
		return units == UNITS_PLAIN ? n / 1024 : n;
	if (l->unit != LIMIT_PAGES)
		return n;
	page = (uint64_t)sysconf(_SC_PAGESIZE);
	return saturate(n, units == UNITS_PLAIN ? page / 1024 : page);
}

void render_limit(const struct render *r, const struct limit *l, const struct ipc_obj *o)
{
	char text[RENDER_HUMAN];
	uint64_t n;

	out_text(r->out, l->label);
	if (l->unit != LIMIT_COUNT && r->units != UNITS_HUMAN)
		out_text(r->out, l->unit == LIMIT_BYTES || r->units == UNITS_BYTES ? " (bytes)" : " (kbytes)");
	out_text(r->out, " = ");
	if (!ipc_has(o, l->field)) {
		out_text(r->out, "-\n");
		return;
	}
	n = limit_value(l, r->units, (uint64_t)o->v[l->field]);
	if (l->unit != LIMIT_COUNT && r->units == UNITS_HUMAN)
		out_bytes(r->out, text, render_human(text, n));
	else
		out_dec(r->out, n);
	out_char(r->out, '\n');
}
