/* SPDX-License-Identifier: 0BSD */
/* Selected columns: a table fitted to its contents, and three machine-readable forms. */
#include "show/printer.h"

#include <string.h>

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

/* The terminal columns of a text: UTF-8 continuation bytes take none. */
static size_t width_of(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += (s[i] & 0xc0) != 0x80;
	return n;
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
		if (o == NULL || n > p->width[i])
			p->width[i] = (uint16_t)n;
	}
}

/* A left-aligned last column is not padded. */
static void cell(const struct printer *p, size_t i, const char *s, size_t len)
{
	const struct list *list = list_of(p);
	size_t pad = p->width[i] - width_of(s, len);
	bool right = format_is_right(list->columns[i]);

	if (right)
		out_blanks(p->out, pad);
	out_bytes(p->out, s, len);
	if (!right && i + 1 < list->n)
		out_blanks(p->out, pad);
}

static void begin(struct printer *p, const struct list *list)
{
	p->levels[++p->depth].list = list;
}

static void table_begin(struct printer *p, const struct list *list)
{
	begin(p, list);
	if (p->bare)
		return;
	if (list->title != NULL)
		out_text(p->out, list->title);
	for (size_t i = 0; i < list->n; i++) {
		const char *name = columns[list->columns[i]].name;

		if (i > 0)
			out_char(p->out, ' ');
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

	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			out_char(p->out, ' ');
		value_in(p, list->columns[i], shown, &t);
		cell(p, i, t.s, t.len);
	}
	out_char(p->out, '\n');
}

/* Words need no escapes, except that a space would separate raw columns. */
static void raw_value(const struct printer *p, const struct value *t)
{
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

static void lines_row(struct printer *p, const struct ipc_obj *o)
{
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
	out_text(p->out, list->title);
	out_char(p->out, '\n');
}

/* Characters that are special to shells within double quotes. */
#define SHELL "\"\\$`!"

const struct printer_ops printer_table = {
	.begin = table_begin, .row = table_row, .end = table_end, .absent = table_absent, .measure = table_measure,
	.chosen = true, .special = "",
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
