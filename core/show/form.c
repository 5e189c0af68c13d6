/* SPDX-License-Identifier: 0BSD */
#include "show/form.h"

#include <string.h>

/* Room for a name or a command as it is shown; a longer one ends early, never within an escape. */
enum { SHOWN = 4096 };

/* What a form escapes beside what out_escape does. */
static const char *special(enum form_kind kind)
{
	return kind == FORM_RAW ? " \\" : kind == FORM_TABLE ? "" : "\"\\$`!";
}

/* A text from outside with its escapes; raw forms and shells must be able to tell what is one. */
static void show(const struct form *f, struct value *t, char shown[SHOWN])
{
	t->len = out_escape_more(shown, SHOWN, t->s, special(f->kind));
	t->s = shown;
}

/* The columns of a terminal that a text takes: bytes that go on a character take none. */
static size_t width_of(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += (s[i] & 0xc0) != 0x80;
	return n;
}

void form_begin(struct form *f, bool headings)
{
	for (size_t i = 0; i < f->n; i++)
		f->width[i] = headings ? (uint16_t)strlen(columns[f->columns[i]].name) : 0;
}

void form_measure(struct form *f, const struct ipc_obj *o)
{
	char shown[SHOWN];
	struct value t;

	for (size_t i = 0; i < f->n; i++) {
		size_t n;

		value_of(&f->style, f->columns[i], o, &t);
		if (t.kind == VALUE_FOREIGN)
			show(f, &t, shown);
		n = width_of(t.s, t.len);
		if (n > f->width[i])
			f->width[i] = (uint16_t)n;
	}
}

/* A cell of a table.  What stands left in the last column needs no blanks behind it. */
static void cell(const struct form *f, size_t i, const char *s, size_t len)
{
	size_t pad = f->width[i] - width_of(s, len);
	bool right = column_is_number(f->columns[i]);

	if (right)
		out_blanks(f->out, pad);
	out_bytes(f->out, s, len);
	if (!right && i + 1 < f->n)
		out_blanks(f->out, pad);
}

void form_head(const struct form *f)
{
	if (f->kind != FORM_TABLE && f->kind != FORM_RAW)
		return;
	for (size_t i = 0; i < f->n; i++) {
		const char *name = columns[f->columns[i]].name;

		if (i > 0)
			out_char(f->out, ' ');
		if (f->kind == FORM_TABLE)
			cell(f, i, name, strlen(name));
		else
			out_text(f->out, name);
	}
	out_char(f->out, '\n');
}

void form_member(struct out *out, const char *name)
{
	out_char(out, '"');
	for (; *name != '\0'; name++)
		out_char(out, (char)(*name >= 'A' && *name <= 'Z' ? *name + 'a' - 'A' : *name));
	out_text(out, "\":");
}

static void json_value(const struct form *f, const struct value *t)
{
	switch (t->kind) {
	case VALUE_EMPTY:
	case VALUE_UNKNOWN:
		out_text(f->out, "null");
		break;
	case VALUE_NUMBER:
		out_bytes(f->out, t->s, t->len);
		break;
	case VALUE_WORD:
		out_char(f->out, '"');
		out_bytes(f->out, t->s, t->len);
		out_char(f->out, '"');
		break;
	case VALUE_FOREIGN:
		out_json(f->out, t->s);
		break;
	}
}

/* The name of a variable: a percent sign is the only other character that a column's name has. */
static void variable(const struct form *f, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '%' && f->shell)
			out_text(f->out, "_PCT");
		else
			out_char(f->out, *name);
	}
}

/* A word as it is, but for the blanks of a raw one, which part values there. */
static void word(const struct form *f, const struct value *t)
{
	for (size_t i = 0; i < t->len; i++) {
		if (f->kind == FORM_RAW && t->s[i] == ' ')
			out_text(f->out, "\\x20");
		else
			out_char(f->out, t->s[i]);
	}
}

/* One value; shown is room for a text from outside. */
static void value(const struct form *f, size_t i, struct value *t, char shown[SHOWN])
{
	if (f->kind == FORM_JSON) {
		form_member(f->out, columns[f->columns[i]].name);
		json_value(f, t);
		return;
	}
	if (t->kind == VALUE_FOREIGN)
		show(f, t, shown);
	if (f->kind == FORM_TABLE) {
		cell(f, i, t->s, t->len);
		return;
	}
	if (f->kind != FORM_RAW) {
		variable(f, columns[f->columns[i]].name);
		out_text(f->out, "=\"");
	}
	if (t->kind == VALUE_FOREIGN)
		out_bytes(f->out, t->s, t->len);
	else
		word(f, t);
	if (f->kind != FORM_RAW)
		out_char(f->out, '"');
}

void form_row(const struct form *f, const struct ipc_obj *o)
{
	static const char gaps[] = {
		[FORM_TABLE] = ' ', [FORM_RAW] = ' ', [FORM_EXPORT] = ' ', [FORM_LINES] = '\n', [FORM_JSON] = ',',
	};
	char shown[SHOWN];
	struct value t;

	for (size_t i = 0; i < f->n; i++) {
		if (i > 0)
			out_char(f->out, gaps[f->kind]);
		value_of(&f->style, f->columns[i], o, &t);
		value(f, i, &t, shown);
	}
	if (f->kind != FORM_JSON)
		out_char(f->out, '\n');
}

void form_help(struct out *out)
{
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++) {
		if (!column_is_choice(id))
			continue;
		out_padded(out, columns[id].name, strlen(columns[id].name), -COLUMN_NAME);
		out_text(out, "  ");
		out_text(out, columns[id].description);
		out_char(out, '\n');
	}
}
