/* SPDX-License-Identifier: 0BSD */
/* Tables of fixed form, drawn from the data in views.c. */
#include "show/printer.h"

#include <string.h>

_Static_assert((int)OUT_CELL >= VIEW_LEAD + (int)VALUE_ROOM, "a cell has room for any text");

static void heading(struct out *out, const struct view_item *it, unsigned lead)
{
	const char *s = it->text;
	char *to = out_put_down(out);
	size_t n = 0;

	if (to == NULL) {
		out_blanks(out, lead);
		out_padded(out, s, strlen(s), it->head_width);
		return;
	}
	for (to += lead; s[n] != '\0'; n++)
		to[n] = s[n];
	out->len += lead + (n < it->head_width ? it->head_width : n);
}

static void head(const struct printer *p, const struct view *v)
{
	bool any = false;

	if (v->title != NULL)
		out_text(p->out, v->title);
	for (const struct view_item *it = v->items, *end = it + v->count; it < end; it++) {
		if (it->label || (it->units && !(it->units & p->style.units)))
			continue;
		heading(p->out, it, any);
		any = true;
	}
	if (any)
		out_char(p->out, '\n');
}

/* Text from outside: escaped, then cut to the cell. */
static void foreign_cell(const struct printer *p, const struct view_item *it, const struct value *t)
{
	char shown[1024];
	const char *s = t->s;
	size_t n = t->len;

	if (!out_is_plain(s, n)) {
		n = out_escape(shown, sizeof shown, s);
		s = shown;
	}
	out_padded(p->out, s, it->cut != 0 && n > it->cut ? it->cut : n, it->width);
}

/* Hexadecimal, and printable bytes as text: "00000000  68 69  |hi|". */
static void dump(struct out *out, const char *bytes, size_t n)
{
	enum { A_LINE = 16 };

	for (size_t at = 0; at < n; at += A_LINE) {
		size_t count = n - at < A_LINE ? n - at : A_LINE;

		out_hex(out, at, 8);
		out_char(out, ' ');
		for (size_t i = 0; i < A_LINE; i++) {
			out_text(out, i == A_LINE / 2 ? "  " : " ");
			if (i < count)
				out_hex(out, (unsigned char)bytes[at + i], 2);
			else
				out_text(out, "  ");
		}
		out_text(out, "  |");
		for (size_t i = 0; i < count; i++)
			out_char(out, out_is_plain_byte(bytes[at + i]) ? bytes[at + i] : '.');
		out_text(out, "|\n");
	}
}

/* Copies a short text that needs no escapes, cut to the cell.  Returns false for any other. */
static bool copied(struct value *v, const struct view_item *it)
{
	enum { SHORT = 32 };
	size_t n = v->kind == VALUE_FOREIGN && it->cut != 0 && v->len > it->cut ? it->cut : v->len;

	if (n > SHORT || v->kind == VALUE_BYTES)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!out_is_plain_byte(v->s[i]))
			return false;
		v->to[i] = v->s[i];
	}
	v->len = n;
	return true;
}

/* Writes the value directly into the output unless it is long, right-aligned or needs escapes. */
static void cell(const struct printer *p, const struct view_item *it, struct value *v)
{
	bool left = (uint8_t)it->width <= OUT_WIDE - VIEW_LEAD;
	char text[VALUE_ROOM], *to = left ? out_put_down(p->out) : NULL;

	v->to = to != NULL ? to + it->lead : text;
	value_as(v, it->column, it->format);
	if (to != NULL && (v->s == v->to || copied(v, it))) {
		p->out->len += it->lead + (size_t)it->width;
		/* A branch: the place of the next cell is known before this one is written. */
		if (v->len > (size_t)it->width)
			p->out->len += v->len - (size_t)it->width;
		return;
	}
	out_blanks(p->out, it->lead);
	if (v->kind == VALUE_BYTES)
		dump(p->out, v->s, v->len);
	else if (v->kind == VALUE_FOREIGN)
		foreign_cell(p, it, v);
	else
		out_padded(p->out, v->s, v->len, it->width);
}

/* An empty line precedes the first title. */
static void frame(struct printer *p)
{
	if (!p->levels[0].any && !p->follows)
		out_char(p->out, '\n');
	p->levels[0].any = true;
}

/* True if a title and an empty line frame the list.  A view without items has an empty frame. */
static bool is_framed(const struct printer *p, const struct list *list)
{
	return !p->bare && list->view != NULL && (list->view->title != NULL || list->view->count == 0);
}

/* True if the list is not part of a row. */
static bool is_outer(const struct printer *p)
{
	return p->depth == 0 || p->levels[p->depth].list->shape == LIST_GROUP;
}

static void classic_begin(struct printer *p, const struct list *list)
{
	if (is_framed(p, list)) {
		if (is_outer(p))
			frame(p);
		head(p, list->view);
	}
	p->levels[++p->depth].list = list;
}

static void classic_row(struct printer *p, const struct ipc_obj *o)
{
	const struct view *view = p->levels[p->depth].list->view;
	struct value v;

	v.style = &p->style;
	v.o = o;
	for (const struct view_item *it = view->items, *end = it + view->count; it < end; it++) {
		if (it->units && !(it->units & p->style.units))
			continue;
		if (it->label)
			out_short(p->out, it->text);
		if (it->column != COL_NONE)
			cell(p, it, &v);
	}
}

static void classic_end(struct printer *p, bool complete)
{
	const struct list *list = p->levels[p->depth--].list;

	if (!complete && list->rest != NULL)
		out_text(p->out, list->rest);
	if (is_framed(p, list))
		out_char(p->out, '\n');
}

static void classic_absent(struct printer *p, const struct list *list)
{
	if (!is_framed(p, list) || !is_outer(p))
		return;
	frame(p);
	out_char(p->out, '\n');
}

const struct printer_ops printer_classic = {
	.begin = classic_begin, .row = classic_row, .end = classic_end, .absent = classic_absent, .nests = true,
};
