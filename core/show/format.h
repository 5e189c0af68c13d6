/* SPDX-License-Identifier: 0BSD */
/* Formats one value of a row as text, for every output. */
#ifndef CORE_SHOW_FORMAT_H
#define CORE_SHOW_FORMAT_H

#include <stdbool.h>

#include "show/column.h"
#include "show/out.h"

/* How to show sizes.  For an item of a view, a set of the units in which it appears. */
enum units {
	UNITS_PLAIN = 1,	/* each view in its own unit */
	UNITS_BYTES = 2,
	UNITS_HUMAN = 4,	/* 1.5K */
};

enum times {
	TIMES_CLASSIC,		/* as in ctime(3), or "Not set" */
	TIMES_SHORT,		/* 11:02, Nov24 or 2025-Nov24; ages as 15m or 3d */
	TIMES_FULL,		/* as in ctime(3) */
	TIMES_ISO,		/* 2026-11-24T11:02:21+00:00 */
	TIMES_EPOCH,		/* seconds */
};

enum perms {
	PERMS_OCTAL,		/* 644 */
	PERMS_LETTERS,		/* rw-r--r-- */
	PERMS_NUMERIC,		/* 0644 */
};

struct style {
	enum units units;
	enum times times;
	enum perms perms;
	int64_t now;		/* seconds since the epoch */
	/* Returns the name of a user or group id, which may hold any bytes, or NULL. */
	const char *(*name)(void *names, bool group, uint32_t id);
	void *names;
};

enum value_kind {
	VALUE_EMPTY,		/* the column does not apply, or the event never happened */
	VALUE_UNKNOWN,		/* could not be read (s is "-"), or an id without a name */
	VALUE_NUMBER,		/* or true or false */
	VALUE_WORD,		/* ASCII without control characters */
	VALUE_FOREIGN,		/* text from outside: any bytes, null-terminated */
	VALUE_BYTES,		/* contents of a message, with any bytes */
};

/* Room for any text not from outside; the longest is the label of a limit with its unit. */
enum { VALUE_ROOM = 56 };

/*
 * A value of a row and its style.  `to` has room for VALUE_ROOM bytes; nothing is written there after
 * the value.  s lies at `to`, is constant, or lives as long as the row and the names.
 */
struct value {
	const struct style *style;
	const struct ipc_obj *o;
	char *to;
	/* Set by value_of. */
	const struct column *column;
	uint64_t n;		/* the column's field, if known */
	enum value_kind kind;
	const char *s;
	size_t len;
};

/* Formats a column, which is empty if it does not apply to the kind of the row. */
void value_of(struct value *, enum column_id);

/* Formats a column that applies to the row; FMT_OWN means the column's own format. */
void value_as(struct value *, enum column_id, enum column_format);

/* The fields that a column reads, one bit each.  Texts are not fields. */
uint64_t format_fields(enum column_id);

/* True if the column is right-aligned, as numbers are. */
bool format_is_right(enum column_id);

/* True if the column is text of any length, which may be cut to fit a terminal. */
bool format_is_text(enum column_id);

/* True if the column lists processes, which forms with nested lists show below the row. */
bool format_is_holders(enum column_id);

/* Compares rows as strcmp(3) does: numbers by value, names as text, unknown last even if `down`. */
int format_compare(const struct style *, enum column_id, bool down, const struct ipc_obj *a,
		   const struct ipc_obj *b);

enum { VALUE_HUMAN = 12 };

/* Formats a size by powers of 1024, rounded to one decimal: "1023B", "1K", "1.5M".  Returns the length. */
size_t value_human(char buf[VALUE_HUMAN], uint64_t bytes);

/*
 * Formats a local time in English, or "-" if its year does not fit.  Returns the length.  Time 0 means
 * never and has length 0, except with TIMES_CLASSIC.
 */
size_t value_time(char buf[VALUE_ROOM], enum times times, int64_t seconds, int64_t now);

/* The bytes of memory pages, or the largest multiple of a page that fits. */
uint64_t value_bytes(uint64_t pages);

/*
 * F_USED of a row in hundredths of a percent of F_LIMIT, which are set, rounded down; more than 64 bits
 * become UINT64_MAX.  Of a limit of 0, nothing is 0 % and anything is 100 %.
 */
uint64_t value_hundredths(const struct ipc_obj *);

#endif
