/* SPDX-License-Identifier: 0BSD */
/* Selected columns: a table fitted to its contents and its terminal, and three machine-readable forms. */
#include "show/printer.h"

#include <string.h>

#include "show/width.h"

/* Room for an escaped name or command; a longer one is cut, but never within an escape. */
enum { SHOWN = 4096 };

static const struct list *list_of(const struct printer *p)
{
	return p->levels[p->depth].list;
}

/* The value of a column, escaped as by out_escape and as the form requires. */
static void value_in(const struct printer *p, unsigned column, char shown[SHOWN], struct value *t)
{
	value_of(t, column);
	if (t->kind != VALUE_FOREIGN)
		return;
	t->len = out_escape_more(shown, SHOWN, t->s, p->ops->special);
	t->s = shown;
}

static void table_measure(struct printer *p, const struct list *list, const struct ipc_obj *o)
{
	char shown[SHOWN], text[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	for (size_t i = 0; i < list->n; i++) {
		size_t n = p->bare ? 0 : strlen(columns[list->columns[i]].name);

		if (o != NULL) {
			value_in(p, list->columns[i], shown, &t);
			n = width_of(t.s, t.len);
		}
		if (o == NULL || n > p->widths[i])
			p->widths[i] = (uint16_t)n;
	}
}

/* Narrow the widest columns of text until the lines fit the terminal or all have their minimum width. */
static void fit(struct printer *p, const struct list *list)
{
	enum { LEAST = 8 };
	size_t total = list->n - 1;

	for (size_t i = 0; i < list->n; i++)
		total += p->widths[i];
	for (; p->width > 0 && total > p->width; total--) {
		size_t widest = list->n;

		for (size_t i = 0; i < list->n; i++)
			if (format_is_text(list->columns[i]) && p->widths[i] > LEAST &&
			    (widest == list->n || p->widths[i] > p->widths[widest]))
				widest = i;
		if (widest == list->n)
			return;
		p->widths[widest]--;
	}
}

static void start_line(struct printer *p)
{
	p->room = p->width > 0 ? p->width : SIZE_MAX;
}

/* Writes a text, or its start and a + if it exceeds `cells`.  Returns the cells left to pad on its right. */
static size_t put(struct out *out, const char *s, size_t len, size_t cells, bool right)
{
	size_t width = width_of(s, len), n = len;

	if (width > cells) {
		n = width_fit(s, len, cells - 1);
		width = width_of(s, n) + 1;
	}
	if (right)
		out_blanks(out, cells - width);
	out_bytes(out, s, n);
	if (n < len)
		out_char(out, '+');
	return right ? 0 : cells - width;
}

/* A left-aligned last column is not padded.  Beyond the edge of a terminal, nothing is written. */
static void cell(struct printer *p, size_t i, const char *s, size_t len)
{
	const struct list *list = list_of(p);
	size_t cells = p->widths[i], gap = i > 0, left;

	if (p->room <= gap)
		return;
	out_blanks(p->out, gap);
	p->room -= gap;
	if (cells > p->room)
		cells = p->room;
	p->room -= cells;
	left = put(p->out, s, len, cells, format_is_right(list->columns[i]));
	if (i + 1 < list->n)
		out_blanks(p->out, left);
}

static void begin(struct printer *p, const struct list *list)
{
	p->levels[++p->depth].list = list;
}

/* Sizes are short unless a unit was chosen. */
static void table_open(struct printer *p)
{
	if (p->style.units == UNITS_PLAIN)
		p->style.units = UNITS_HUMAN;
}

/* A title has a line of its own. */
static void title(struct printer *p, const char *text)
{
	size_t n = strlen(text);

	if (n == 0)
		return;
	put(p->out, text, n - 1, p->width > 0 ? p->width : n, false);
	out_char(p->out, '\n');
}

static void table_begin(struct printer *p, const struct list *list)
{
	begin(p, list);
	fit(p, list);
	if (p->bare)
		return;
	if (list->title != NULL)
		title(p, list->title);
	start_line(p);
	for (size_t i = 0; i < list->n; i++) {
		const char *name = columns[list->columns[i]].name;

		cell(p, i, name, strlen(name));
	}
	out_char(p->out, '\n');
}

static void raw_begin(struct printer *p, const struct list *list)
{
	begin(p, list);
	for (size_t i = 0; !p->bare && i < list->n; i++) {
		out_text(p->out, columns[list->columns[i]].name);
		out_char(p->out, i + 1 < list->n ? ' ' : '\n');
	}
}

static void table_row(struct printer *p, const struct ipc_obj *o)
{
	const struct list *list = list_of(p);
	char shown[SHOWN], text[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	start_line(p);
	for (size_t i = 0; i < list->n; i++) {
		value_in(p, list->columns[i], shown, &t);
		cell(p, i, t.s, t.len);
	}
	out_char(p->out, '\n');
}

/*
 * Words need no escapes, except that a space would separate raw columns.  A value without text is "-", so
 * that fields can be counted; a text that looks the same is escaped.
 */
static void raw_value(const struct printer *p, const struct value *t)
{
	if (t->len == 0)
		out_char(p->out, '-');
	if (t->kind == VALUE_FOREIGN && t->len == 1 && *t->s == '-') {
		out_text(p->out, "\\x2d");
		return;
	}
	for (size_t i = 0; i < t->len; i++) {
		if (t->s[i] == ' ')
			out_text(p->out, "\\x20");
		else
			out_char(p->out, t->s[i]);
	}
}

static void raw_row(struct printer *p, const struct ipc_obj *o)
{
	const struct list *list = list_of(p);
	char shown[SHOWN], text[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	for (size_t i = 0; i < list->n; i++) {
		value_in(p, list->columns[i], shown, &t);
		raw_value(p, &t);
		out_char(p->out, i + 1 < list->n ? ' ' : '\n');
	}
}

/* The percent sign is the only character of column names that a variable name cannot have. */
static void variable(const struct printer *p, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '%' && p->shell)
			out_text(p->out, "_PCT");
		else
			out_char(p->out, *name);
	}
}

/* NAME="value" pairs, separated by `gap`. */
static void pairs(struct printer *p, const struct ipc_obj *o, char gap)
{
	const struct list *list = list_of(p);
	char shown[SHOWN], text[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	for (size_t i = 0; i < list->n; i++) {
		value_in(p, list->columns[i], shown, &t);
		variable(p, columns[list->columns[i]].name);
		out_text(p->out, "=\"");
		out_bytes(p->out, t.s, t.len);
		out_char(p->out, '"');
		out_char(p->out, i + 1 < list->n ? gap : '\n');
	}
}

static void export_row(struct printer *p, const struct ipc_obj *o)
{
	pairs(p, o, ' ');
}

/* An empty line separates records, those of two lists as well. */
static void lines_row(struct printer *p, const struct ipc_obj *o)
{
	if (p->levels[0].any)
		out_char(p->out, '\n');
	p->levels[0].any = true;
	pairs(p, o, '\n');
}

static void end(struct printer *p, bool complete)
{
	(void)complete;
	p->depth--;
}

/* A table with a title, one of several, ends with an empty line. */
static void table_end(struct printer *p, bool complete)
{
	const struct list *list = list_of(p);

	end(p, complete);
	if (list->title != NULL && !p->bare)
		out_char(p->out, '\n');
}

static void absent(struct printer *p, const struct list *list)
{
	(void)p;
	(void)list;
}

static void table_absent(struct printer *p, const struct list *list)
{
	if (list->title == NULL || p->bare)
		return;
	title(p, list->title);
	out_char(p->out, '\n');
}

/* Characters that are special to shells within double quotes. */
#define SHELL "\"\\$`!"

const struct printer_ops printer_table = {
	.open = table_open, .begin = table_begin, .row = table_row, .end = table_end, .absent = table_absent,
	.measure = table_measure, .chosen = true, .special = "",
};

const struct printer_ops printer_raw = {
	.begin = raw_begin, .row = raw_row, .end = end, .absent = absent, .chosen = true, .special = " \\",
};

const struct printer_ops printer_export = {
	.begin = begin, .row = export_row, .end = end, .absent = absent, .chosen = true, .special = SHELL,
};

const struct printer_ops printer_lines = {
	.begin = begin, .row = lines_row, .end = end, .absent = absent, .chosen = true, .special = SHELL,
};
