/* SPDX-License-Identifier: 0BSD */
#include "show/format.h"

#include <string.h>
#include <sys/auxv.h>
#include <time.h>

#include "base/limit.h"

size_t value_human(char buf[VALUE_HUMAN], uint64_t bytes)
{
	char text[VALUE_HUMAN], *end = text + VALUE_HUMAN, *s = end;
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
	memcpy(buf, s, (size_t)(end - s));
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

/* What stands from t->to to `end`. */
static void done(struct value *t, enum value_kind kind, const char *end)
{
	set(t, kind, t->to, (size_t)(end - t->to));
}

static void word(struct value *t, const char *s)
{
	set(t, VALUE_WORD, s, strlen(s));
}

static void unknown(struct value *t)
{
	set(t, VALUE_UNKNOWN, "-", 1);
}

static void foreign(struct value *t, const char *s)
{
	if (s != NULL)
		set(t, VALUE_FOREIGN, s, strlen(s));
	else
		unknown(t);
}

static void decimal(struct value *t, uint64_t n)
{
	done(t, VALUE_NUMBER, put_number(t->to, n));
}

/* A column of a row, and where its value goes: nothing may be written behind that, where blanks may lie. */
struct cell {
	const struct style *style;
	const struct column *column;
	const struct ipc_obj *o;
	struct value *t;
};

static uint64_t field_of(const struct cell *c)
{
	return (uint64_t)c->o->v[c->column->field];
}

static void put_dec(const struct cell *c)
{
	decimal(c->t, field_of(c));
}

static void bytes(const struct cell *c, uint64_t n)
{
	if (c->style->units == UNITS_HUMAN)
		done(c->t, VALUE_WORD, c->t->to + value_human(c->t->to, n));
	else
		decimal(c->t, n);
}

static void put_size(const struct cell *c)
{
	bytes(c, field_of(c));
}

static void put_hex(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_key(c->t->to, (uint32_t)field_of(c)));
}

static void put_permissions(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_perms(c->t->to, c->style->perms, field_of(c) & IPC_PERMS));
}

static void put_access(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_octal(c->t->to, field_of(c) & IPC_PERMS, true));
}

static void put_mode(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_octal(c->t->to, field_of(c), true));
}

static void put_status(const struct cell *c)
{
	static const char *const words[] = { "", "dest", "locked", "dest,locked" };

	word(c->t, words[(field_of(c) & IPC_DEST ? 1 : 0) + (field_of(c) & IPC_LOCKED ? 2 : 0)]);
}

static void put_dest(const struct cell *c)
{
	word(c->t, field_of(c) & IPC_DEST ? "dest" : "");
}

static void put_locked(const struct cell *c)
{
	word(c->t, field_of(c) & IPC_LOCKED ? "locked" : "");
}

/* A name; the id, as this kind of value, where there is none. */
static void name(const struct cell *c, bool group, enum value_kind kind)
{
	const char *s = c->style->name(c->style->names, group, (uint32_t)field_of(c));

	if (s != NULL)
		set(c->t, VALUE_FOREIGN, s, strlen(s));
	else
		done(c->t, kind, put_number(c->t->to, field_of(c)));
}

static void put_owner(const struct cell *c)
{
	name(c, false, VALUE_WORD);
}

static void put_user(const struct cell *c)
{
	name(c, false, VALUE_UNKNOWN);
}

static void put_group(const struct cell *c)
{
	name(c, true, VALUE_UNKNOWN);
}

static void put_time(const struct cell *c)
{
	int64_t seconds = (int64_t)field_of(c);
	char *s = c->t->to;

	if (c->style->times == TIMES_EPOCH && seconds != 0) {
		if (seconds < 0)
			*s++ = '-';
		done(c->t, VALUE_NUMBER, put_number(s, seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds));
	} else {
		done(c->t, VALUE_WORD, c->t->to + value_time(c->t->to, c->style->times, seconds, c->style->now));
	}
	if (c->t->len == 0)
		c->t->kind = VALUE_EMPTY;
}

static void put_day(const struct cell *c)
{
	enum { WEEKDAY = 4, LENGTH = 16 };
	char text[VALUE_ROOM], *to = c->t->to;

	c->t->to = text;
	put_time(c);
	c->t->to = to;
	if (c->t->len > LENGTH) {
		c->t->s += WEEKDAY;
		c->t->len = LENGTH;
	}
	done(c->t, c->t->kind, put(to, c->t->s, c->t->len));
}

/* Seconds, or, for eyes, the largest unit: 90s, 15m, 12h, 7d. */
static void put_age(const struct cell *c)
{
	static const struct { uint32_t from, seconds; char letter; } units[] = {
		{ 2 * 86400, 86400, 'd' }, { 2 * 3600, 3600, 'h' }, { 2 * 60, 60, 'm' }, { 0, 1, 's' },
	};
	int64_t seconds = ipc_age(c->o, c->style->now);
	size_t i = 0;
	char *s;

	if (seconds < 0) {
		unknown(c->t);
		return;
	}
	if (c->style->times != TIMES_SHORT) {
		decimal(c->t, (uint64_t)seconds);
		return;
	}
	while (seconds < units[i].from)
		i++;
	s = put_number(c->t->to, (uint64_t)seconds / units[i].seconds);
	*s++ = units[i].letter;
	done(c->t, VALUE_WORD, s);
}

static void put_orphan(const struct cell *c)
{
	static const char *const words[] = {
		[IPC_ORPHAN_NO] = "no", [IPC_ORPHAN_MAYBE] = "maybe", [IPC_ORPHAN_YES] = "yes",
	};

	if (field_of(c) <= IPC_ORPHAN_YES)
		word(c->t, words[field_of(c)]);
	else
		unknown(c->t);
}

static void put_libc(const struct cell *c)
{
	word(c->t, field_of(c) == IPC_MUSL ? "musl" : "glibc");
}

static void put_char(const struct cell *c)
{
	*c->t->to = (char)field_of(c);
	done(c->t, VALUE_WORD, c->t->to + 1);
}

/* At least twelve digits. */
static char *put_address(char *s, uint64_t n)
{
	unsigned shift = 48;

	while (shift < 64 && n >> shift != 0)
		shift += 4;
	for (; shift > 0; shift -= 4)
		*s++ = "0123456789abcdef"[n >> (shift - 4) & 15];
	return s;
}

static void put_full_address(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_address(put(c->t->to, "0x", 2), field_of(c)));
}

static void put_bare_address(const struct cell *c)
{
	done(c->t, VALUE_WORD, put_address(c->t->to, field_of(c)));
}

static void put_bytes(const struct cell *c)
{
	if (c->o->t[c->column->field] != NULL && ipc_has(c->o, F_SIZE))
		set(c->t, VALUE_BYTES, c->o->t[c->column->field], (size_t)c->o->v[F_SIZE]);
	else
		unknown(c->t);
}

static void put_truth(const struct cell *c)
{
	if (field_of(c) != 0)
		set(c->t, VALUE_NUMBER, "true", 4);
	else
		set(c->t, VALUE_NUMBER, "false", 5);
}

static void put_text(const struct cell *c)
{
	foreign(c->t, c->o->t[c->column->field]);
}

static void put_kind(const struct cell *c)
{
	word(c->t, ipc_kinds[c->o->kind].word);
}

/* The limit that a row is about; NULL, with the value unknown, where it is about none. */
static const struct limit *limit_of(const struct cell *c)
{
	if (ipc_has(c->o, F_RESOURCE))
		return &limits[c->o->v[F_RESOURCE]];
	unknown(c->t);
	return NULL;
}

static void put_resource(const struct cell *c)
{
	const struct limit *l = limit_of(c);

	if (l != NULL)
		word(c->t, l->name);
}

/* What a limit is, and its unit, as all that can be counted against it is in that. */
static void put_description(const struct cell *c)
{
	static const char *const units[] = {
		[LIMIT_COUNT] = "", [LIMIT_BYTES] = " (bytes)", [LIMIT_KBYTES] = " (bytes)", [LIMIT_PAGES] = " (pages)",
	};
	const struct limit *l = limit_of(c);
	char *s;

	if (l == NULL)
		return;
	s = put(c->t->to, l->label, strlen(l->label));
	done(c->t, VALUE_WORD, put(s, units[l->unit], strlen(units[l->unit])));
}

static void put_limit(const struct cell *c)
{
	const struct limit *l = limit_of(c);

	if (l != NULL && (l->unit == LIMIT_BYTES || l->unit == LIMIT_KBYTES))
		bytes(c, field_of(c));
	else if (l != NULL)
		decimal(c->t, field_of(c));
}

/* The label of a limit as util-linux has it, which counts pages and large sizes in kbytes. */
static void put_label(const struct cell *c)
{
	const struct limit *l = limit_of(c);
	const char *unit = "";
	char *s;

	if (l == NULL)
		return;
	if (l->unit != LIMIT_COUNT && c->style->units != UNITS_HUMAN)
		unit = l->unit == LIMIT_BYTES || c->style->units == UNITS_BYTES ? " (bytes)" : " (kbytes)";
	s = put(c->t->to, l->label, strlen(l->label));
	done(c->t, VALUE_WORD, put(s, unit, strlen(unit)));
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
	page = getauxval(AT_PAGESZ);
	return saturate(n, units == UNITS_PLAIN ? page / 1024 : page);
}

static void put_amount(const struct cell *c)
{
	const struct limit *l = limit_of(c);

	if (l == NULL)
		return;
	if (l->unit == LIMIT_COUNT)
		decimal(c->t, field_of(c));
	else
		bytes(c, limit_value(l, c->style->units, field_of(c)));
}

uint64_t value_hundredths(const struct ipc_obj *o)
{
	uint64_t n = (uint64_t)o->v[F_USED], limit = (uint64_t)o->v[F_LIMIT];

	if (limit == 0)
		return n > 0 ? 10000 : 0;
	return n <= UINT64_MAX / 10000 ? n * 10000 / limit : n / (limit / 10000 + 1);
}

static void put_percent(const struct cell *c)
{
	uint64_t n;
	char *s;

	if (!ipc_has(c->o, F_USED) || !ipc_has(c->o, F_LIMIT)) {
		unknown(c->t);
		return;
	}
	n = value_hundredths(c->o);
	s = put_number(c->t->to, n / 100);
	*s++ = '.';
	done(c->t, VALUE_NUMBER, put_two(s, (int)(n % 100), '0'));
}

/* What a column sorts by where that is a number. */
static int64_t by_field(const struct cell *c)
{
	return (int64_t)field_of(c);
}

static int64_t by_age(const struct cell *c)
{
	return ipc_age(c->o, c->style->now);
}

static int64_t by_kind(const struct cell *c)
{
	return c->o->kind;
}

static int64_t by_share(const struct cell *c)
{
	return (int64_t)value_hundredths(c->o);
}

#define BIT(field) (UINT64_C(1) << (field))

/* What ipc_age looks at. */
#define TIMES (BIT(F_CTIME) | BIT(F_ATIME) | BIT(F_DTIME) | BIT(F_STIME) | BIT(F_RTIME) | BIT(F_OTIME) | \
	BIT(F_MTIME) | BIT(F_NATTCH))

enum { OF_FIELD = 1, SIGNED = 2, RIGHT = 4, HOLDERS = 8 };

/* THE format table. */
static const struct format {
	void (*put)(const struct cell *);
	int64_t (*key)(const struct cell *);	/* NULL: it sorts as text */
	uint8_t flags;		/* OF_FIELD: it is the column's field that must be known */
	uint64_t fields;	/* that it takes beside that */
} formats[FMT_COUNT] = {
	[FMT_DEC] = { put_dec, by_field, OF_FIELD | RIGHT, 0 },
	[FMT_SIZE] = { put_size, by_field, OF_FIELD | RIGHT, 0 },
	[FMT_HEX] = { put_hex, by_field, OF_FIELD, 0 },
	[FMT_PERMS] = { put_permissions, by_field, OF_FIELD, 0 },
	[FMT_ACCESS] = { put_access, by_field, OF_FIELD, 0 },
	[FMT_MODE] = { put_mode, by_field, OF_FIELD, 0 },
	[FMT_STATUS] = { put_status, NULL, OF_FIELD, 0 },
	[FMT_DEST] = { put_dest, NULL, OF_FIELD, 0 },
	[FMT_LOCKED] = { put_locked, NULL, OF_FIELD, 0 },
	[FMT_OWNER] = { put_owner, NULL, OF_FIELD, 0 },
	[FMT_USER] = { put_user, NULL, OF_FIELD, 0 },
	[FMT_GROUP] = { put_group, NULL, OF_FIELD, 0 },
	[FMT_TIME] = { put_time, by_field, OF_FIELD | SIGNED, 0 },
	[FMT_DAY] = { put_day, by_field, OF_FIELD | SIGNED, 0 },
	[FMT_AGE] = { put_age, by_age, SIGNED | RIGHT, TIMES },
	[FMT_ORPHAN] = { put_orphan, by_field, OF_FIELD, 0 },
	[FMT_LIBC] = { put_libc, by_field, OF_FIELD, 0 },
	[FMT_CHAR] = { put_char, by_field, OF_FIELD, 0 },
	[FMT_ADDRESS] = { put_full_address, by_field, OF_FIELD, 0 },
	[FMT_BARE_ADDRESS] = { put_bare_address, by_field, OF_FIELD, 0 },
	[FMT_BYTES] = { put_bytes, NULL, 0, BIT(F_SIZE) },
	[FMT_TRUTH] = { put_truth, by_field, OF_FIELD, 0 },
	[FMT_TEXT] = { put_text, NULL, 0, 0 },
	[FMT_HOLDERS] = { put_text, NULL, HOLDERS, 0 },
	[FMT_KIND] = { put_kind, by_kind, 0, 0 },
	[FMT_RESOURCE] = { put_resource, NULL, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_DESCRIPTION] = { put_description, NULL, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_LIMIT] = { put_limit, by_field, OF_FIELD | RIGHT, BIT(F_RESOURCE) },
	[FMT_LABEL] = { put_label, NULL, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_AMOUNT] = { put_amount, by_field, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_PERCENT] = { put_percent, by_share, RIGHT, BIT(F_USED) | BIT(F_LIMIT) },
};

void value_of(const struct style *style, enum column_id id, enum column_format other, const struct ipc_obj *o,
	      struct value *t)
{
	const struct cell c = { style, &columns[id], o, t };
	const struct format *f = &formats[other != FMT_OWN ? other : c.column->format];

	if (!(c.column->kinds >> o->kind & 1))
		set(t, VALUE_EMPTY, "", 0);
	else if (f->flags & OF_FIELD && !ipc_has(o, c.column->field))
		unknown(t);
	else
		f->put(&c);
}

uint64_t format_fields(enum column_id id)
{
	const struct format *f = &formats[columns[id].format];

	return f->fields | (f->flags & OF_FIELD ? BIT(columns[id].field) : 0);
}

bool format_is_right(enum column_id id)
{
	return formats[columns[id].format].flags & RIGHT;
}

bool format_is_holders(enum column_id id)
{
	return formats[columns[id].format].flags & HOLDERS;
}

static int by_text(const struct value *a, const struct value *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->s, b->s, n);

	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int by_number(bool is_signed, int64_t a, int64_t b)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	return is_signed ? (a > b) - (a < b) : (ua > ub) - (ua < ub);
}

int format_compare(const struct style *style, enum column_id id, bool down, const struct ipc_obj *a,
		   const struct ipc_obj *b)
{
	const struct column *column = &columns[id];
	const struct cell ca = { style, column, a, NULL }, cb = { style, column, b, NULL };
	const struct format *f = &formats[column->format];
	char texts[2][VALUE_ROOM];
	struct value ta = { .to = texts[0] }, tb = { .to = texts[1] };
	int order;

	value_of(style, id, FMT_OWN, a, &ta);
	value_of(style, id, FMT_OWN, b, &tb);
	if (ta.kind <= VALUE_UNKNOWN || tb.kind <= VALUE_UNKNOWN)
		return (ta.kind <= VALUE_UNKNOWN) - (tb.kind <= VALUE_UNKNOWN);
	if (f->key == NULL)
		order = by_text(&ta, &tb);
	else
		order = by_number(f->flags & SIGNED, f->key(&ca), f->key(&cb));
	return down ? -order : order;
}
