/* SPDX-License-Identifier: 0BSD */
/* All JSON output: the only place that writes its braces, commas and quotes. */
#include "show/json.h"

#include <string.h>

#include "show/printer.h"

static void json_unit(struct out *o, uint32_t unit)
{
	char digits[] = "\\u0000";

	for (size_t i = 5; i > 1; i--, unit >>= 4)
		digits[i] = "0123456789abcdef"[unit & 15];
	out_text(o, digits);
}

/* A character as a \u escape, or as a surrogate pair above U+FFFF. */
static void json_escape(struct out *o, uint32_t c)
{
	if (c > 0xffff) {
		json_unit(o, 0xd800 + ((c - 0x10000) >> 10));
		c = 0xdc00 + (c & 0x3ff);
	}
	json_unit(o, c);
}

/* Writes the character or byte at s and returns its length. */
static size_t json_character(struct out *o, const char *s)
{
	const char byte[] = { *s, '\0' };
	uint32_t c = (unsigned char)*s;
	size_t n = out_character(s, &c);
	char shown[8];

	if (c == '"' || c == '\\')
		out_char(o, '\\');
	if (n > 1 && out_is_unseen(c)) {
		json_escape(o, c);
	} else if (n > 0) {
		out_bytes(o, s, n);
	} else if (c < 0x80) {
		json_escape(o, c);
	} else {
		/* JSON has no escape for a byte that is not UTF-8: show it as in a table. */
		out_escape(shown, sizeof shown, byte);
		out_char(o, '\\');
		out_text(o, shown);
	}
	return n > 0 ? n : 1;
}

void json_text(struct out *o, const char *name)
{
	if (name == NULL) {
		out_text(o, "null");
		return;
	}
	out_char(o, '"');
	while (*name != '\0') {
		size_t n = 0;

		while (out_is_plain_byte(name[n]) && name[n] != '"' && name[n] != '\\')
			n++;
		out_bytes(o, name, n);
		name += n;
		if (*name != '\0')
			name += json_character(o, name);
	}
	out_char(o, '"');
}

/*
 * Parts of the document and of its direct lists have a line each; deeper ones share it.  Level 0 is the
 * document; the others are lists, each with an open row while it has lists inside.
 */
static void line(const struct printer *p)
{
	if (!p->one_line)
		out_char(p->out, '\n');
}

static struct printer_level *top(struct printer *p)
{
	return &p->levels[p->depth];
}

/* Writes the separator before a part of a list or of its open row. */
static void part(struct printer *p, bool *any, bool lines)
{
	bool first = !*any;

	*any = true;
	if (!first)
		out_char(p->out, ',');
	if (lines && (p->depth > 0 || !first))
		line(p);
}

/* "name": in lowercase. */
static void name(struct out *out, const char *s)
{
	out_char(out, '"');
	out_lower(out, s);
	out_text(out, "\":");
}

/* Starts a member of the open row or, without one, of the list. */
static void member(struct printer *p, const char *s)
{
	struct printer_level *l = top(p);

	part(p, l->open ? &l->members : &l->any, !l->open && p->depth < 2);
	name(p->out, s);
}

static void hexadecimal(struct out *out, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_char(out, "0123456789abcdef"[(unsigned char)bytes[i] >> 4]);
		out_char(out, "0123456789abcdef"[bytes[i] & 15]);
	}
}

static void value(struct out *out, const struct value *t)
{
	switch (t->kind) {
	case VALUE_EMPTY:
	case VALUE_UNKNOWN:
		out_text(out, "null");
		break;
	case VALUE_NUMBER:
		out_bytes(out, t->s, t->len);
		break;
	case VALUE_WORD:
		out_char(out, '"');
		out_bytes(out, t->s, t->len);
		out_char(out, '"');
		break;
	case VALUE_FOREIGN:
		json_text(out, t->s);
		break;
	case VALUE_BYTES:
		out_char(out, '"');
		hexadecimal(out, t->s, t->len);
		out_char(out, '"');
		break;
	}
}

static void truth(struct printer *p, const char *s, bool is)
{
	member(p, s);
	out_text(p->out, is ? "true" : "false");
}

static void close_row(struct printer *p)
{
	if (top(p)->open)
		out_char(p->out, '}');
	top(p)->open = false;
}

static bool is_array(const struct list *list)
{
	return list->shape == LIST_ROWS;
}

/* True if the list is written as its only row. */
static bool is_row(const struct list *list)
{
	return list->shape == LIST_ONE || list->shape == LIST_MEMBERS;
}

static void json_open(struct printer *p)
{
	out_char(p->out, '{');
	member(p, "version");
	out_char(p->out, '1');
}

static void json_close(struct printer *p, bool complete)
{
	truth(p, "complete", complete);
	out_text(p->out, "}\n");
}

static void json_begin(struct printer *p, const struct list *list)
{
	if (list->shape != LIST_MEMBERS)
		member(p, list->member);
	p->levels[++p->depth] = (struct printer_level){ .list = list };
	if (!is_row(list))
		out_char(p->out, is_array(list) ? '[' : '{');
}

static void values(struct printer *p, const struct list *list, const struct ipc_obj *o)
{
	char text[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	for (size_t i = 0; i < list->n; i++) {
		value_of(&t, list->columns[i]);
		member(p, columns[list->columns[i]].name);
		value(p->out, &t);
	}
}

/* A member named by the first column, with the value of the second. */
static void named(struct printer *p, const struct list *list, const struct ipc_obj *o)
{
	char text[VALUE_ROOM], word[VALUE_ROOM];
	struct value t = { .style = &p->style, .o = o, .to = text };

	value_of(&t, list->columns[0]);
	memcpy(word, t.s, t.len);
	word[t.len] = '\0';
	member(p, word);
	value_of(&t, list->columns[1]);
	value(p->out, &t);
}

static void json_row(struct printer *p, const struct ipc_obj *o)
{
	struct printer_level *l = top(p);

	if (l->list->shape == LIST_NAMED) {
		named(p, l->list, o);
		return;
	}
	if (l->list->shape == LIST_MEMBERS) {
		p->depth--;
		values(p, l->list, o);
		p->depth++;
		return;
	}
	close_row(p);
	if (is_array(l->list))
		part(p, &l->any, p->depth < 2);
	out_char(p->out, '{');
	l->open = true;
	l->members = false;
	values(p, l->list, o);
}

static void json_end(struct printer *p, bool complete)
{
	const struct list *list = top(p)->list;

	if (list->shape == LIST_ONE && !top(p)->open)
		out_text(p->out, "null");
	close_row(p);
	if (top(p)->any && p->depth < 2)
		line(p);
	if (!is_row(list))
		out_char(p->out, is_array(list) ? ']' : '}');
	p->depth--;
	if (list->complete != NULL)
		truth(p, list->complete, complete);
}

static void json_absent(struct printer *p, const struct list *list)
{
	member(p, list->member);
	out_text(p->out, "null");
}

const struct printer_ops printer_json = {
	.open = json_open, .close = json_close,
	.begin = json_begin, .row = json_row, .end = json_end, .absent = json_absent,
	.nests = true, .chosen = true,
};
