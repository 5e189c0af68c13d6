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
	/* Only ten bits of the fraction count, as in util-linux. */
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

/* `leading` adds a 0 as %#o does. */
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

/* Two digits, with `fill` in place of a leading zero. */
static char *put_two(char *s, int n, char fill)
{
	*s++ = (char)(n < 10 ? fill : '0' + n / 10);
	*s++ = (char)('0' + n % 10);
	return s;
}

/* "11:02:21", or "11:02" if seconds < 0. */
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

/* Only the clock for a time today, only the day for one this year. */
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
	/* time_t may be too narrow, or the year may not fit in struct tm. */
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

static void set(struct value *v, enum value_kind kind, const char *s, size_t len)
{
	v->kind = kind;
	v->s = s;
	v->len = len;
}

/* The value is the text from v->to to `end`. */
static void done(struct value *v, enum value_kind kind, const char *end)
{
	set(v, kind, v->to, (size_t)(end - v->to));
}

static void word(struct value *v, const char *s)
{
	set(v, VALUE_WORD, s, strlen(s));
}

static void unknown(struct value *v)
{
	set(v, VALUE_UNKNOWN, "-", 1);
}

static void foreign(struct value *v, const char *s)
{
	if (s != NULL)
		set(v, VALUE_FOREIGN, s, strlen(s));
	else
		unknown(v);
}

static void decimal(struct value *v, uint64_t n)
{
	done(v, VALUE_NUMBER, put_number(v->to, n));
}

static void put_dec(struct value *v)
{
	decimal(v, v->n);
}

static void bytes(struct value *v, uint64_t n)
{
	if (v->style->units == UNITS_HUMAN)
		done(v, VALUE_WORD, v->to + value_human(v->to, n));
	else
		decimal(v, n);
}

static void put_size(struct value *v)
{
	bytes(v, v->n);
}

static void put_hex(struct value *v)
{
	done(v, VALUE_WORD, put_key(v->to, (uint32_t)v->n));
}

static void put_permissions(struct value *v)
{
	done(v, VALUE_WORD, put_perms(v->to, v->style->perms, v->n & IPC_PERMS));
}

static void put_access(struct value *v)
{
	done(v, VALUE_WORD, put_octal(v->to, v->n & IPC_PERMS, true));
}

static void put_mode(struct value *v)
{
	done(v, VALUE_WORD, put_octal(v->to, v->n, true));
}

/* words: for no state, the first one, the second one, both. */
static void states(struct value *v, const char *const words[4])
{
	word(v, words[(v->n & IPC_DEST ? 1 : 0) + (v->n & IPC_LOCKED ? 2 : 0)]);
}

static void put_status(struct value *v)
{
	static const char *const words[] = { "", "dest", "locked", "dest,locked" };

	states(v, words);
}

/* Each word has a column of its own. */
static void put_states(struct value *v)
{
	static const char *const words[] = { "", "dest", "       locked", "dest   locked" };

	states(v, words);
}

/* The name, or the id as a value of this kind if there is none. */
static void name(struct value *v, bool group, enum value_kind kind)
{
	const char *s = v->style->name(v->style->names, group, (uint32_t)v->n);

	if (s != NULL)
		foreign(v, s);
	else
		done(v, kind, put_number(v->to, v->n));
}

static void put_owner(struct value *v)
{
	name(v, false, VALUE_WORD);
}

static void put_user(struct value *v)
{
	name(v, false, VALUE_UNKNOWN);
}

static void put_group(struct value *v)
{
	name(v, true, VALUE_UNKNOWN);
}

static void put_time(struct value *v)
{
	int64_t seconds = (int64_t)v->n;
	char *s = v->to;

	if (v->style->times == TIMES_EPOCH && seconds != 0) {
		if (seconds < 0)
			*s++ = '-';
		done(v, VALUE_NUMBER, put_number(s, seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds));
	} else {
		done(v, VALUE_WORD, v->to + value_time(v->to, v->style->times, seconds, v->style->now));
	}
	if (v->len == 0)
		v->kind = VALUE_EMPTY;
	else if (*v->s == '-' && v->len == 1)
		v->kind = VALUE_UNKNOWN;
}

static void put_day(struct value *v)
{
	enum { WEEKDAY = 4, LENGTH = 16 };
	char text[VALUE_ROOM], *to = v->to;

	v->to = text;
	put_time(v);
	v->to = to;
	if (v->len > LENGTH) {
		v->s += WEEKDAY;
		v->len = LENGTH;
	}
	done(v, v->kind, put(to, v->s, v->len));
}

/* Seconds or, with TIMES_SHORT, the largest suitable unit: 90s, 15m, 12h, 7d. */
static void put_age(struct value *v)
{
	static const struct { uint32_t from, seconds; char letter; } units[] = {
		{ 2 * 86400, 86400, 'd' }, { 2 * 3600, 3600, 'h' }, { 2 * 60, 60, 'm' }, { 0, 1, 's' },
	};
	int64_t seconds = ipc_age(v->o, v->style->now);
	size_t i = 0;
	char *s;

	if (seconds < 0) {
		unknown(v);
		return;
	}
	if (v->style->times != TIMES_SHORT) {
		decimal(v, (uint64_t)seconds);
		return;
	}
	while (seconds < units[i].from)
		i++;
	s = put_number(v->to, (uint64_t)seconds / units[i].seconds);
	*s++ = units[i].letter;
	done(v, VALUE_WORD, s);
}

static void put_orphan(struct value *v)
{
	static const char *const words[] = {
		[IPC_ORPHAN_NO] = "no", [IPC_ORPHAN_MAYBE] = "maybe", [IPC_ORPHAN_YES] = "yes",
	};

	if (v->n <= IPC_ORPHAN_YES)
		word(v, words[v->n]);
	else
		unknown(v);
}

static void put_libc(struct value *v)
{
	word(v, v->n == IPC_MUSL ? "musl" : "glibc");
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

static void put_full_address(struct value *v)
{
	done(v, VALUE_WORD, put_address(put(v->to, "0x", 2), v->n));
}

static void put_bare_address(struct value *v)
{
	done(v, VALUE_WORD, put_address(v->to, v->n));
}

static void put_bytes(struct value *v)
{
	if (v->o->t[v->column->field] != NULL && ipc_has(v->o, F_SIZE))
		set(v, VALUE_BYTES, v->o->t[v->column->field], (size_t)v->o->v[F_SIZE]);
	else
		unknown(v);
}

static void put_truth(struct value *v)
{
	if (v->n != 0)
		set(v, VALUE_NUMBER, "true", 4);
	else
		set(v, VALUE_NUMBER, "false", 5);
}

static void put_text(struct value *v)
{
	foreign(v, v->o->t[v->column->field]);
}

static void put_kind(struct value *v)
{
	word(v, ipc_kinds[v->o->kind].word);
}

/* Returns NULL and makes the value unknown if the row has no limit. */
static const struct limit *limit_of(struct value *v)
{
	if (ipc_has(v->o, F_RESOURCE))
		return &limits[v->o->v[F_RESOURCE]];
	unknown(v);
	return NULL;
}

static void put_resource(struct value *v)
{
	const struct limit *l = limit_of(v);

	if (l != NULL)
		word(v, l->name);
}

static void put_labeled(struct value *v, const struct limit *l, const char *unit)
{
	char *s = put(v->to, l->label, strlen(l->label));

	done(v, VALUE_WORD, put(s, unit, strlen(unit)));
}

/* The label of a limit, with the unit that its value and usage are in unless they say so themselves. */
static void put_description(struct value *v)
{
	static const char *const units[] = {
		[LIMIT_COUNT] = "", [LIMIT_BYTES] = " (bytes)", [LIMIT_KBYTES] = " (bytes)", [LIMIT_PAGES] = " (pages)",
	};
	const struct limit *l = limit_of(v);

	if (l != NULL)
		put_labeled(v, l, v->style->units == UNITS_HUMAN ? "" : units[l->unit]);
}

/* The label of a limit as in util-linux, which counts pages and large sizes in kbytes. */
static void put_label(struct value *v)
{
	const struct limit *l = limit_of(v);
	const char *unit = "";

	if (l == NULL)
		return;
	if (l->unit != LIMIT_COUNT && v->style->units != UNITS_HUMAN)
		unit = l->unit == LIMIT_BYTES || v->style->units == UNITS_BYTES ? " (bytes)" : " (kbytes)";
	put_labeled(v, l, unit);
}

/* n * factor, or the largest multiple of factor that fits in 64 bits. */
static uint64_t saturate(uint64_t n, uint64_t factor)
{
	return n > UINT64_MAX / factor ? UINT64_MAX - UINT64_MAX % factor : n * factor;
}

uint64_t value_bytes(uint64_t pages)
{
	return saturate(pages, getauxval(AT_PAGESZ));
}

/* The number to show for a limit.  Pages convert directly to kbytes, so that they saturate in kbytes. */
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

/* True, and the value empty, if the row is an amount without a limit. */
static bool is_unlimited(struct value *v)
{
	bool unlimited = ipc_has(v->o, F_RESOURCE) && v->o->v[F_RESOURCE] >= L_LIMITS;

	if (unlimited)
		set(v, VALUE_EMPTY, "", 0);
	return unlimited;
}

/* A short size needs no unit, so pages are shown as one, too. */
static void put_limit(struct value *v)
{
	const struct limit *l = limit_of(v);

	if (l == NULL || (v->column->field == F_LIMIT && is_unlimited(v)))
		return;
	if (!ipc_has(v->o, v->column->field))
		unknown(v);
	else if (l->unit == LIMIT_COUNT || (l->unit == LIMIT_PAGES && v->style->units != UNITS_HUMAN))
		decimal(v, v->n);
	else
		bytes(v, l->unit == LIMIT_PAGES ? value_bytes(v->n) : v->n);
}

static void put_amount(struct value *v)
{
	const struct limit *l = limit_of(v);

	if (l == NULL)
		return;
	if (l->unit == LIMIT_COUNT)
		decimal(v, v->n);
	else
		bytes(v, limit_value(l, v->style->units, v->n));
}

/* n * scale / limit, rounded down, or the largest number if that does not fit; doubles bit by bit. */
static uint64_t share(uint64_t n, uint64_t limit, unsigned scale)
{
	uint64_t q = 0, rest = 0;

	if (n / limit > UINT64_MAX / scale - 1)
		return UINT64_MAX;
	for (unsigned bit = 1u << 31; bit > 0; bit >>= 1) {
		bool carries = rest >= limit - rest;

		q = q * 2 + carries;
		rest = carries ? rest - (limit - rest) : rest * 2;
		if (!(scale & bit))
			continue;
		carries = rest >= limit - n % limit;
		q += n / limit + carries;
		rest = carries ? rest - (limit - n % limit) : rest + n % limit;
	}
	return q;
}

uint64_t value_hundredths(const struct ipc_obj *o)
{
	enum { WHOLE = 10000 };
	uint64_t n = (uint64_t)o->v[F_USED], limit = (uint64_t)o->v[F_LIMIT];

	if (limit == 0)
		return n > 0 ? WHOLE : 0;
	return n <= UINT64_MAX / WHOLE ? n * WHOLE / limit : share(n, limit, WHOLE);
}

static void put_percent(struct value *v)
{
	uint64_t n;
	char *s;

	if (is_unlimited(v))
		return;
	if (!ipc_has(v->o, F_USED) || !ipc_has(v->o, F_LIMIT)) {
		unknown(v);
		return;
	}
	n = value_hundredths(v->o);
	s = put_number(v->to, n / 100);
	*s++ = '.';
	done(v, VALUE_NUMBER, put_two(s, (int)(n % 100), '0'));
}

static int64_t by_field(const struct value *v)
{
	return (int64_t)v->n;
}

static int64_t by_age(const struct value *v)
{
	return ipc_age(v->o, v->style->now);
}

static int64_t by_kind(const struct value *v)
{
	return v->o->kind;
}

static int64_t by_share(const struct value *v)
{
	return (int64_t)value_hundredths(v->o);
}

#define BIT(field) (UINT64_C(1) << (field))

/* The fields that ipc_age reads. */
#define TIMES (BIT(F_CTIME) | BIT(F_ATIME) | BIT(F_DTIME) | BIT(F_STIME) | BIT(F_RTIME) | BIT(F_OTIME) | \
	BIT(F_MTIME) | BIT(F_NATTCH))

enum { OF_FIELD = 1, SIGNED = 2, RIGHT = 4, HOLDERS = 8, TEXT = 16 };

static const struct format {
	void (*put)(struct value *);
	int64_t (*key)(const struct value *);	/* NULL: sort as text */
	uint8_t flags;		/* OF_FIELD: the column's field must be known */
	uint64_t fields;	/* other fields it reads */
} formats[FMT_COUNT] = {
	[FMT_DEC] = { put_dec, by_field, OF_FIELD | RIGHT, 0 },
	[FMT_SIZE] = { put_size, by_field, OF_FIELD | RIGHT, 0 },
	[FMT_HEX] = { put_hex, by_field, OF_FIELD, 0 },
	[FMT_PERMS] = { put_permissions, by_field, OF_FIELD, 0 },
	[FMT_ACCESS] = { put_access, by_field, OF_FIELD, 0 },
	[FMT_MODE] = { put_mode, by_field, OF_FIELD, 0 },
	[FMT_STATUS] = { put_status, NULL, OF_FIELD, 0 },
	[FMT_STATES] = { put_states, NULL, OF_FIELD, 0 },
	[FMT_OWNER] = { put_owner, NULL, OF_FIELD | TEXT, 0 },
	[FMT_USER] = { put_user, NULL, OF_FIELD | TEXT, 0 },
	[FMT_GROUP] = { put_group, NULL, OF_FIELD | TEXT, 0 },
	[FMT_TIME] = { put_time, by_field, OF_FIELD | SIGNED, 0 },
	[FMT_DAY] = { put_day, by_field, OF_FIELD | SIGNED, 0 },
	[FMT_AGE] = { put_age, by_age, SIGNED | RIGHT, TIMES },
	[FMT_ORPHAN] = { put_orphan, by_field, OF_FIELD, 0 },
	[FMT_LIBC] = { put_libc, by_field, OF_FIELD, 0 },
	[FMT_ADDRESS] = { put_full_address, by_field, OF_FIELD, 0 },
	[FMT_BARE_ADDRESS] = { put_bare_address, by_field, OF_FIELD, 0 },
	[FMT_BYTES] = { put_bytes, NULL, 0, BIT(F_SIZE) },
	[FMT_TRUTH] = { put_truth, by_field, OF_FIELD, 0 },
	[FMT_TEXT] = { put_text, NULL, TEXT, 0 },
	[FMT_HOLDERS] = { put_text, NULL, HOLDERS | TEXT, 0 },
	[FMT_KIND] = { put_kind, by_kind, 0, 0 },
	[FMT_RESOURCE] = { put_resource, NULL, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_DESCRIPTION] = { put_description, NULL, OF_FIELD | TEXT, BIT(F_RESOURCE) },
	[FMT_LIMIT] = { put_limit, by_field, RIGHT, BIT(F_RESOURCE) | BIT(F_LIMIT) | BIT(F_USED) },
	[FMT_LABEL] = { put_label, NULL, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_AMOUNT] = { put_amount, by_field, OF_FIELD, BIT(F_RESOURCE) },
	[FMT_PERCENT] = { put_percent, by_share, RIGHT, BIT(F_RESOURCE) | BIT(F_USED) | BIT(F_LIMIT) },
};

void value_as(struct value *v, enum column_id id, enum column_format other)
{
	const struct column *c = v->column = &columns[id];
	const struct format *f = &formats[other != FMT_OWN ? other : c->format];

	v->n = (uint64_t)v->o->v[c->field];
	if (f->flags & OF_FIELD && !ipc_has(v->o, c->field))
		unknown(v);
	else
		f->put(v);
}

void value_of(struct value *v, enum column_id id)
{
	if (columns[id].kinds >> v->o->kind & 1)
		value_as(v, id, FMT_OWN);
	else
		set(v, VALUE_EMPTY, "", 0);
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

bool format_is_text(enum column_id id)
{
	return formats[columns[id].format].flags & TEXT;
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
	const struct format *f = &formats[columns[id].format];
	char texts[2][VALUE_ROOM];
	struct value va = { .style = style, .o = a, .to = texts[0] };
	struct value vb = { .style = style, .o = b, .to = texts[1] };
	int order;

	value_of(&va, id);
	value_of(&vb, id);
	if (va.kind <= VALUE_UNKNOWN || vb.kind <= VALUE_UNKNOWN)
		return (va.kind <= VALUE_UNKNOWN) - (vb.kind <= VALUE_UNKNOWN);
	if (f->key == NULL)
		order = by_text(&va, &vb);
	else
		order = by_number(f->flags & SIGNED, f->key(&va), f->key(&vb));
	return down ? -order : order;
}
