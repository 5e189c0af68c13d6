/* SPDX-License-Identifier: 0BSD */
#include "show/render.h"

#include <string.h>
#include <sys/auxv.h>

/* Bytes of a name that is put down at once. */
enum { SHORT = 32 };

_Static_assert((int)OUT_CELL >= VIEW_LEAD + (int)VALUE_ROOM && (int)VALUE_ROOM >= SHORT,
	       "a cell has room for any text");

/* A heading behind so many blanks. */
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

void render_head(const struct render *r, const struct view *v)
{
	unsigned lead = 0;

	out_bytes(r->out, v->title, strlen(v->title));
	for (const struct view_item *it = v->items, *end = it + v->count; it < end; it++) {
		if (it->head_width == VIEW_TEXT || (it->units && !(it->units & r->style.units)))
			continue;
		heading(r->out, it, lead);
		lead = 1;
	}
	out_char(r->out, '\n');
}

/* A name from outside, whole or as far as the cell goes. */
static void foreign_cell(const struct render *r, const struct view_item *it, const struct value *t)
{
	char shown[1024];
	const char *s = t->s;
	size_t n = t->len;

	if (!out_is_plain(s, n)) {
		n = out_escape(shown, sizeof shown, s);
		s = shown;
	}
	out_padded(r->out, s, it->cut != 0 && n > it->cut ? it->cut : n, it->width);
}

/* A short size stands right in the first six places of its cell, whatever the cell's width. */
static void human_cell(const struct render *r, const struct view_item *it, const struct value *t)
{
	enum { PLACES = 6 };

	out_padded(r->out, t->s, t->len, it->width > 0 ? -PLACES : 0);
	if (it->width > PLACES)
		out_blanks(r->out, (size_t)it->width - PLACES);
}

/* A status, which is a word a flag here, or a time, whose day of the week goes where it is cut. */
static void cut_cell(const struct render *r, const struct view_item *it, unsigned format, struct value *t)
{
	enum { WEEKDAY = 4 };

	if (format == FMT_STATUS && it->cut == VIEW_DEST) {
		t->len = t->len > 0 && *t->s == 'd' ? VIEW_DEST : 0;
	} else if (format == FMT_STATUS) {
		t->s += t->len > VIEW_LOCKED ? t->len - VIEW_LOCKED : 0;
		t->len = t->len >= VIEW_LOCKED ? VIEW_LOCKED : 0;
	} else if (format == FMT_TIME && t->len > it->cut) {
		t->s += WEEKDAY;
		t->len = it->cut;
	}
	out_padded(r->out, t->s, t->len, it->width);
}

static void cell(const struct render *r, const struct view_item *it, const struct ipc_obj *o)
{
	struct value t;

	value_of(&r->style, it->column, o, &t);
	if (t.kind == VALUE_FOREIGN)
		foreign_cell(r, it, &t);
	else if (it->cut != 0 && t.kind == VALUE_WORD)
		cut_cell(r, it, columns[it->column].format, &t);
	else if (t.kind == VALUE_WORD && columns[it->column].format == FMT_SIZE)
		human_cell(r, it, &t);
	else
		out_padded(r->out, t.s, t.len, it->width);
}

/* An owner whose name is short and needs no escapes; NULL for another. */
static char *put_owner(const struct render *r, const struct view_item *it, uint64_t uid, char *to)
{
	const char *s = r->style.name(r->style.names, false, (uint32_t)uid);
	size_t n = 0, most = it->cut != 0 && it->cut < SHORT ? it->cut : SHORT;

	if (s == NULL)
		return value_put(&r->style, FMT_DEC, uid, to);
	for (; n < most && s[n] != '\0'; n++) {
		if (!out_is_plain_byte(s[n]))
			return NULL;
		to[n] = s[n];
	}
	return s[n] == '\0' || n == it->cut ? to + n : NULL;
}

/*
 * Most cells of a long list are a known number that stands left, or a short name, or nothing: they are
 * written where they go, without a detour.  False, with nothing written, for another one.
 */
static bool usual_cell(const struct render *r, const struct view_item *it, const struct ipc_obj *o)
{
	const struct column *c = &columns[it->column];
	uint64_t v = (uint64_t)o->v[c->field];
	char *to, *end;

	if ((uint8_t)it->width > OUT_WIDE - VIEW_LEAD || c->format >= FMT_DERIVED || !ipc_has(o, c->field))
		return false;
	to = out_put_down(r->out);
	if (to == NULL)
		return false;
	to += it->lead;
	if (c->format < FMT_PUT)
		end = value_put(&r->style, c->format, v, to);
	else if (c->format == FMT_OWNER)
		end = put_owner(r, it, v, to);
	else
		end = c->format == FMT_STATUS && (v & (IPC_DEST | IPC_LOCKED)) == 0 ? to : NULL;
	if (end == NULL)
		return false;
	if (end < to + it->width)
		end = to + it->width;
	r->out->len = (size_t)(end - r->out->buf);
	return true;
}

void render_row(const struct render *r, const struct view *v, const struct ipc_obj *o)
{
	for (const struct view_item *it = v->items, *end = it + v->count; it < end; it++) {
		if (it->units && !(it->units & r->style.units))
			continue;
		if (it->head_width == VIEW_TEXT)
			out_short(r->out, it->text);
		if (it->column == COL_NONE || usual_cell(r, it, o))
			continue;
		out_blanks(r->out, it->lead);
		cell(r, it, o);
	}
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

void render_limits(const struct render *r, enum ipc_kind kind)
{
	out_text(r->out, "------ ");
	out_text(r->out, ipc_kinds[kind].title);
	out_text(r->out, " Limits --------\n");
}

void render_limit(const struct render *r, const struct limit *l, const struct ipc_obj *o)
{
	char text[VALUE_HUMAN];
	uint64_t n;

	out_text(r->out, l->label);
	if (l->unit != LIMIT_COUNT && r->style.units != UNITS_HUMAN)
		out_text(r->out, l->unit == LIMIT_BYTES || r->style.units == UNITS_BYTES ? " (bytes)" : " (kbytes)");
	out_text(r->out, " = ");
	if (!ipc_has(o, l->field)) {
		out_text(r->out, "-\n");
		return;
	}
	n = limit_value(l, r->style.units, (uint64_t)o->v[l->field]);
	if (l->unit != LIMIT_COUNT && r->style.units == UNITS_HUMAN)
		out_bytes(r->out, text, value_human(text, n));
	else
		out_dec(r->out, n);
	out_char(r->out, '\n');
}
