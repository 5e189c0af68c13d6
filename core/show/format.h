/* SPDX-License-Identifier: 0BSD */
/* One value of a row as text: what every output is made of. */
#ifndef CORE_SHOW_FORMAT_H
#define CORE_SHOW_FORMAT_H

#include <stdbool.h>

#include "show/column.h"
#include "show/out.h"

/* How sizes are shown; a set of them says in which of the three an item of a view appears. */
enum units {
	UNITS_PLAIN = 1,	/* each view in its own unit */
	UNITS_BYTES = 2,
	UNITS_HUMAN = 4,	/* 1.5K */
};

enum times {
	TIMES_CLASSIC,		/* as ctime(3) has it, "Not set" for one that never was */
	TIMES_SHORT,		/* 11:02, Nov24 or 2025-Nov24; and ages as 15m or 3d */
	TIMES_FULL,		/* as ctime(3) has it */
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
	/* The name of a user or group id, or NULL; any bytes. */
	const char *(*name)(void *names, bool group, uint32_t id);
	void *names;
};

enum value_kind {
	VALUE_EMPTY,		/* the column does not apply, or it never happened */
	VALUE_UNKNOWN,		/* could not be read; s is "-" */
	VALUE_NUMBER,		/* or true, or false */
	VALUE_WORD,		/* ASCII without control characters */
	VALUE_FOREIGN,		/* from outside: any bytes, terminated */
	VALUE_BYTES,		/* of a message: any, and any number of them */
};

/* Room for the longest text that does not come from outside: the label of a limit with its unit. */
enum { VALUE_ROOM = 56 };

/*
 * s lies at `to`, which has room for VALUE_ROOM bytes, or is constant, or lives as long as the row and the
 * names.
 */
struct value {
	char *to;
	enum value_kind kind;
	const char *s;
	size_t len;
};

/* What a column shows of a row, in this format. */
void value_of(const struct style *, enum column_id, enum column_format, const struct ipc_obj *,
	      struct value *);

/* The fields that a column takes, a bit for each; a text is none. */
uint64_t format_fields(enum column_id);

/* Does the column stand to the right, as numbers do? */
bool format_is_right(enum column_id);

/* Is it a list of holders? */
bool format_is_holders(enum column_id);

/*
 * Negative, 0 or positive as row a comes before, beside or behind b by a column, numbers as numbers
 * and names as text; what is not known comes last, also `down`.
 */
int format_compare(const struct style *, enum column_id, bool down, const struct ipc_obj *a,
		   const struct ipc_obj *b);

/* Room for the longest text of value_human. */
enum { VALUE_HUMAN = 12 };

/*
 * A size in the largest unit of 1024 that leaves a whole part, rounded to one
 * decimal: "1023B", "1K", "1.5M".  Returns the length.
 */
size_t value_human(char buf[VALUE_HUMAN], uint64_t bytes);

/*
 * A time in the local zone, in English, as `times` says; "-" for one that has no
 * year.  Returns the length, 0 for the time 0, which never was, but for TIMES_CLASSIC.
 */
size_t value_time(char buf[VALUE_ROOM], enum times times, int64_t seconds, int64_t now);

/* How much of the limit of a row is used, in hundredths of a percent. */
uint64_t value_hundredths(const struct ipc_obj *);

#endif
