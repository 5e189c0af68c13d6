/* SPDX-License-Identifier: 0BSD */
#include "show/value.h"

#include <string.h>
#include <time.h>

#include "base/limit.h"

size_t value_human(char buf[VALUE_HUMAN], uint64_t bytes)
{
	char *end = buf + VALUE_HUMAN, *s = end;
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
	s = out_digits(s, whole);
	memmove(buf, s, (size_t)(end - s));
	return (size_t)(end - s);
}

static char *put(char *s, const char *text, size_t n)
{
	return (char *)memcpy(s, text, n) + n;
}

static char *put_number(char *s, uint64_t n)
{
	enum { LONGEST = 20 };
	size_t len = 1;

	if (n < 10) {
		*s = (char)('0' + n);
		return s + 1;
	}
	for (uint64_t power = 10; n >= power && len < LONGEST; power *= 10)
		len++;
	out_digits(s + len, n);
	return s + len;
}

/* A leading 0 as C's %#o has it. */
static char *put_octal(char *s, uint64_t n, bool leading)
{
	unsigned shift = 0;

	while (n >> shift >= 8)
		shift += 3;
	if (leading && n != 0)
		*s++ = '0';
	for (;; shift -= 3) {
		*s++ = (char)('0' + (n >> shift & 7));
		if (shift == 0)
			return s;
	}
}

static char *put_key(char *s, uint32_t key)
{
	*s++ = '0';
	*s++ = 'x';
	for (unsigned shift = 32; shift > 0; shift -= 4)
		*s++ = "0123456789abcdef"[key >> (shift - 4) & 15];
	return s;
}

static char *put_perms(char *s, enum perms how, uint64_t mode)
{
	static const char letters[] = "rwxrwxrwx";

	if (how != PERMS_LETTERS)
		return put_octal(s, mode, how == PERMS_NUMERIC);
	for (unsigned i = 0; i < 9; i++)
		*s++ = mode >> (8 - i) & 1 ? letters[i] : '-';
	return s;
}

/* A number of at most two digits, the first of them `fill` where it would be a zero. */
static char *put_two(char *s, int n, char fill)
{
	*s++ = (char)(n < 10 ? fill : '0' + n / 10);
	*s++ = (char)('0' + n % 10);
	return s;
}

/* "11:02:21", or with seconds < 0 "11:02". */
static char *put_clock(char *s, int hour, int min, int seconds)
{
	s = put_two(s, hour, '0');
	*s++ = ':';
	s = put_two(s, min, '0');
	if (seconds < 0)
		return s;
	*s++ = ':';
	return put_two(s, seconds, '0');
}

static char *put_month(char *s, const struct tm *tm)
{
	return put(s, &"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * tm->tm_mon], 3);
}

static char *put_year(char *s, const struct tm *tm)
{
	int64_t year = (int64_t)tm->tm_year + 1900;

	if (year < 0)
		*s++ = '-';
	return put_number(s, (uint64_t)(year < 0 ? -year : year));
}

static char *put_full(char *s, const struct tm *tm)
{
	s = put(s, &"SunMonTueWedThuFriSat"[3 * tm->tm_wday], 3);
	*s++ = ' ';
	s = put_month(s, tm);
	*s++ = ' ';
	s = put_two(s, tm->tm_mday, ' ');
	*s++ = ' ';
	s = put_clock(s, tm->tm_hour, tm->tm_min, tm->tm_sec);
	*s++ = ' ';
	return put_year(s, tm);
}

static char *put_iso(char *s, const struct tm *tm)
{
	long offset = tm->tm_gmtoff / 60;

	s = put_year(s, tm);
	*s++ = '-';
	s = put_two(s, tm->tm_mon + 1, '0');
	*s++ = '-';
	s = put_two(s, tm->tm_mday, '0');
	*s++ = 'T';
	s = put_clock(s, tm->tm_hour, tm->tm_min, tm->tm_sec);
	*s++ = offset < 0 ? '-' : '+';
	if (offset < 0)
		offset = -offset;
	return put_clock(s, (int)(offset / 60), (int)(offset % 60), -1);
}

/* As little as tells a recent time: the clock of today, the day of this year. */
static char *put_short(char *s, const struct tm *tm, int64_t now)
{
	time_t t = (time_t)now;
	struct tm today;

	if (localtime_r(&t, &today) != NULL && today.tm_year == tm->tm_year) {
		if (today.tm_yday == tm->tm_yday)
			return put_clock(s, tm->tm_hour, tm->tm_min, -1);
	} else {
		s = put_year(s, tm);
		*s++ = '-';
	}
	return put_two(put_month(s, tm), tm->tm_mday, '0');
}

size_t value_time(char buf[VALUE_ROOM], enum times times, int64_t seconds, int64_t now)
{
	time_t t = (time_t)seconds;
	struct tm tm;
	char *s;

	if (seconds == 0)
		return times == TIMES_CLASSIC ? (size_t)(put(buf, "Not set", 7) - buf) : 0;
	/* A time that the C library cannot count or that has no year is no time. */
	if (t != seconds || localtime_r(&t, &tm) == NULL) {
		*buf = '-';
		return 1;
	}
	if (times == TIMES_ISO)
		s = put_iso(buf, &tm);
	else if (times == TIMES_SHORT)
		s = put_short(buf, &tm, now);
	else
		s = put_full(buf, &tm);
	return (size_t)(s - buf);
}

static void set(struct value *t, enum value_kind kind, const char *s, size_t len)
{
	t->kind = kind;
	t->s = s;
	t->len = len;
}

static void decimal(struct value *t, uint64_t n)
{
	set(t, VALUE_NUMBER, t->buf, (size_t)(put_number(t->buf, n) - t->buf));
}

static void status(struct value *t, uint64_t mode)
{
	static const char both[] = "dest,locked";
	const char *from = mode & IPC_DEST ? both : both + 5, *to = mode & IPC_LOCKED ? both + 11 : both + 4;

	set(t, VALUE_WORD, from, from < to ? (size_t)(to - from) : 0);
}

static void size(const struct style *style, struct value *t, uint64_t bytes)
{
	if (style->units != UNITS_HUMAN)
		decimal(t, bytes);
	else
		set(t, VALUE_WORD, t->buf, value_human(t->buf, bytes));
}

/* `or_id`: the id stands for a name that there is not; else that is unknown. */
static void name(const struct style *style, struct value *t, bool group, bool or_id, uint64_t id)
{
	const char *s = style->name(style->names, group, (uint32_t)id);

	if (s != NULL)
		set(t, VALUE_FOREIGN, s, strlen(s));
	else
		decimal(t, id);
	if (s == NULL)
		t->kind = or_id ? VALUE_WORD : VALUE_UNKNOWN;
}

static void point(const struct style *style, struct value *t, int64_t seconds)
{
	uint64_t n = (uint64_t)seconds;
	char *s = t->buf;

	if (style->times == TIMES_EPOCH && seconds != 0) {
		if (seconds < 0)
			*s++ = '-';
		s = put_number(s, seconds < 0 ? -n : n);
		set(t, VALUE_NUMBER, t->buf, (size_t)(s - t->buf));
	} else {
		set(t, VALUE_WORD, t->buf, value_time(t->buf, style->times, seconds, style->now));
	}
	if (t->len == 0)
		t->kind = VALUE_EMPTY;
}

/* Seconds, or, for eyes, the largest unit: 90s, 15m, 12h, 7d. */
static void age(const struct style *style, struct value *t, const struct ipc_obj *o)
{
	static const struct { uint32_t from, seconds; char letter; } units[] = {
		{ 2 * 86400, 86400, 'd' }, { 2 * 3600, 3600, 'h' }, { 2 * 60, 60, 'm' }, { 0, 1, 's' },
	};
	int64_t seconds = ipc_age(o, style->now);
	size_t i = 0;
	char *s;

	if (seconds < 0)
		return;
	if (style->times != TIMES_SHORT) {
		decimal(t, (uint64_t)seconds);
		return;
	}
	while (seconds < units[i].from)
		i++;
	s = put_number(t->buf, (uint64_t)seconds / units[i].seconds);
	*s++ = units[i].letter;
	set(t, VALUE_WORD, t->buf, (size_t)(s - t->buf));
}

uint64_t value_hundredths(const struct ipc_obj *o)
{
	uint64_t n = (uint64_t)o->v[F_USED], limit = (uint64_t)o->v[F_LIMIT];

	if (limit == 0)
		return n > 0 ? 10000 : 0;
	return n <= UINT64_MAX / 10000 ? n * 10000 / limit : n / (limit / 10000 + 1);
}

static void percent(struct value *t, const struct ipc_obj *o)
{
	uint64_t n = value_hundredths(o);
	char *s = put_number(t->buf, n / 100);

	*s++ = '.';
	s = put_two(s, (int)(n % 100), '0');
	set(t, VALUE_NUMBER, t->buf, (size_t)(s - t->buf));
}

static void foreign(struct value *t, const char *s)
{
	if (s != NULL)
		set(t, VALUE_FOREIGN, s, strlen(s));
}

static void kind(struct value *t, const struct ipc_obj *o)
{
	set(t, VALUE_WORD, ipc_kinds[o->kind].word, strlen(ipc_kinds[o->kind].word));
}

/* What a limit is, and its unit, as all that can be counted against it is in that. */
static void description(struct value *t, const struct limit *l)
{
	static const char *const units[] = {
		[LIMIT_COUNT] = "", [LIMIT_BYTES] = " (bytes)", [LIMIT_KBYTES] = " (bytes)", [LIMIT_PAGES] = " (pages)",
	};
	char *s = put(t->buf, l->label, strlen(l->label));

	s = put(s, units[l->unit], strlen(units[l->unit]));
	set(t, VALUE_WORD, t->buf, (size_t)(s - t->buf));
}

static void resource(const struct style *style, struct value *t, const struct column *c,
		     const struct ipc_obj *o)
{
	const struct limit *l = &limits[o->v[F_RESOURCE]];

	if (c->format == FMT_RESOURCE)
		set(t, VALUE_WORD, l->name, strlen(l->name));
	else if (c->format == FMT_DESCRIPTION)
		description(t, l);
	else if (l->unit == LIMIT_BYTES || l->unit == LIMIT_KBYTES)
		size(style, t, (uint64_t)o->v[c->field]);
	else
		decimal(t, (uint64_t)o->v[c->field]);
}

/* What takes more than one field of the row, or none. */
static void derived(const struct style *style, struct value *t, const struct column *c,
		    const struct ipc_obj *o)
{
	switch ((enum column_format)c->format) {
	case FMT_NAME:
		foreign(t, o->name);
		break;
	case FMT_COMMAND:
		foreign(t, o->command);
		break;
	case FMT_USERS:
		foreign(t, o->users);
		break;
	case FMT_KIND:
		kind(t, o);
		break;
	case FMT_AGE:
		age(style, t, o);
		break;
	case FMT_PERCENT:
		if (ipc_has(o, F_USED) && ipc_has(o, F_LIMIT))
			percent(t, o);
		break;
	default:
		if (ipc_has(o, c->field) && ipc_has(o, F_RESOURCE))
			resource(style, t, c, o);
		break;
	}
}

char *value_put(const struct style *style, unsigned format, uint64_t v, char *to)
{
	switch ((enum column_format)format) {
	case FMT_HEX:
		return put_key(to, (uint32_t)v);
	case FMT_PERMS:
		return put_perms(to, style->perms, v & IPC_PERMS);
	case FMT_ACCESS:
		return put_octal(to, v & IPC_PERMS, true);
	case FMT_MODE:
		return put_octal(to, v, true);
	case FMT_SIZE:
		return style->units == UNITS_HUMAN ? NULL : put_number(to, v);
	default:
		return put_number(to, v);
	}
}

static const char *const orphan_words[] = {
	[IPC_ORPHAN_NO] = "no", [IPC_ORPHAN_MAYBE] = "maybe", [IPC_ORPHAN_YES] = "yes",
};

/* What is one field, and known. */
static void plain(const struct style *style, struct value *t, unsigned format, uint64_t v)
{
	switch ((enum column_format)format) {
	case FMT_SIZE:
		size(style, t, v);
		break;
	case FMT_STATUS:
		status(t, v);
		break;
	case FMT_OWNER:
	case FMT_USER:
	case FMT_GROUP:
		name(style, t, format == FMT_GROUP, format == FMT_OWNER, v);
		break;
	case FMT_TIME:
		point(style, t, (int64_t)v);
		break;
	case FMT_CHAR:
		*t->buf = (char)v;
		set(t, VALUE_WORD, t->buf, 1);
		break;
	case FMT_ORPHAN:
		if (v > IPC_ORPHAN_YES)
			set(t, VALUE_UNKNOWN, "-", 1);
		else
			set(t, VALUE_WORD, orphan_words[v], strlen(orphan_words[v]));
		break;
	case FMT_LIBC:
		set(t, VALUE_WORD, v == IPC_MUSL ? "musl" : "glibc", v == IPC_MUSL ? 4 : 5);
		break;
	default:
		set(t, format == FMT_DEC ? VALUE_NUMBER : VALUE_WORD, t->buf,
		    (size_t)(value_put(style, format, v, t->buf) - t->buf));
		break;
	}
}

void value_of(const struct style *style, enum column_id id, const struct ipc_obj *o, struct value *t)
{
	const struct column *c = &columns[id];

	if (!(c->kinds >> o->kind & 1)) {
		set(t, VALUE_EMPTY, "", 0);
	} else if (c->format < FMT_DERIVED && ipc_has(o, c->field)) {
		plain(style, t, c->format, (uint64_t)o->v[c->field]);
	} else {
		set(t, VALUE_UNKNOWN, "-", 1);
		if (c->format >= FMT_DERIVED)
			derived(style, t, c, o);
	}
}
