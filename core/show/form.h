/* SPDX-License-Identifier: 0BSD */
/* Chosen columns in the forms for programs and for eyes. */
#ifndef CORE_FORM_H
#define CORE_FORM_H

#include "show/value.h"

enum form_kind {
	FORM_TABLE,		/* as wide as what form_measure has seen, numbers to the right */
	FORM_RAW,		/* one blank between values, blanks in them as \x20 */
	FORM_EXPORT,		/* KEY="value" ..., what a shell could take for more as \xHH */
	FORM_LINES,		/* the same, a line each */
	FORM_JSON,		/* the members of an object */
};

struct form {
	struct out *out;
	struct style style;
	enum form_kind kind;
	bool shell;		/* names of columns are those of shell variables: USE% is USE_PCT */
	const uint8_t *columns;	/* n of enum column_id */
	size_t n;
	uint16_t width[COL_COUNT];	/* by place in columns; FORM_TABLE */
};

/* Begins a table, with the widths of its headings if it has some. */
void form_begin(struct form *, bool headings);

/* Makes room for a row that will be shown. */
void form_measure(struct form *, const struct ipc_obj *);

/* The line of headings, in the forms that have one: tables and raw. */
void form_head(const struct form *);

/* One row: a line, or, of JSON, the members without the braces of an object. */
void form_row(const struct form *, const struct ipc_obj *);

/* "name": with the name in lower case. */
void form_member(struct out *, const char *name);

/* Every column that can be chosen, with its description, a line each. */
void form_help(struct out *);

#endif
