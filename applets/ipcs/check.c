/* SPDX-License-Identifier: 0BSD */
/* --check: resources whose usage reaches a threshold, as a plugin of Nagios, Icinga and the like. */
#include "ipcs/ipcs.h"

#include <string.h>

#include "parse/parse.h"

enum { MOST = 100, NONE };	/* percent; NONE: no such threshold */

/*
 * An unknown usage is worse than OK, since the resource may be full, but must not hide a threshold that is
 * reached: the order of max_state_alt() in the library of the Monitoring Plugins.
 */
static const struct { const char *word, *title; unsigned rank; } states[] = {
	[IPCS_OK] = { "ok", "OK", 0 },
	[IPCS_UNKNOWN] = { "unknown", "UNKNOWN", 1 },
	[IPCS_WARNING] = { "warning", "WARNING", 2 },
	[IPCS_CRITICAL] = { "critical", "CRITICAL", 3 },
};

struct check {
	const struct ipcs *s;
	struct ipc_obj rows[L_COUNT];
	enum ipcs_state states[L_COUNT];
	size_t n, worst;
};

static int wrong(const struct world *w, const char *arg, const char *why)
{
	return applet_wrong(w, "--check", arg, why);
}

int ipcs_parse_check(const struct world *w, const char *arg, struct ipcs *s)
{
	const char *comma = strchr(arg, ','), *last = comma ? comma + 1 : arg;
	uint64_t warning = NONE, critical;
	size_t len = (size_t)(last - arg);
	int n = comma ? parse_digits(arg, len - 1, 10, &warning) : 0;

	if ((comma && (n <= 0 || arg + n != comma || warning > MOST)) || parse_number(last, MOST, &critical) < 0)
		return wrong(w, arg, comma ? "not two percentages from 0 to 100" :
			     "not a percentage from 0 to 100");
	if (comma && warning > critical)
		return wrong(w, arg, "the warning threshold is above the critical one");
	s->warning = (unsigned)warning;
	s->critical = (unsigned)critical;
	return 0;
}

static bool has_limit(const struct ipc_obj *o)
{
	return ipc_has(o, F_USED) && ipc_has(o, F_LIMIT);
}

static bool reaches(const struct ipc_obj *o, unsigned percent)
{
	return percent <= MOST && has_limit(o) &&
		(uint64_t)o->v[F_USED] >= limit_threshold((uint64_t)o->v[F_LIMIT], percent);
}

static enum ipcs_state state_of(const struct ipcs *s, const struct ipc_obj *o)
{
	if (o->t[T_REASON] != NULL)
		return IPCS_UNKNOWN;
	if (reaches(o, s->critical))
		return IPCS_CRITICAL;
	return reaches(o, s->warning) ? IPCS_WARNING : IPCS_OK;
}

/* By state, then by percentage. */
static bool is_worse(const struct check *c, size_t a, size_t b)
{
	unsigned ra = states[c->states[a]].rank, rb = states[c->states[b]].rank;

	if (ra != rb || !has_limit(&c->rows[a]))
		return ra > rb;
	return !has_limit(&c->rows[b]) || value_hundredths(&c->rows[a]) > value_hundredths(&c->rows[b]);
}

static void collect(struct check *c, enum ipc_kind kind)
{
	struct totals t;

	totals_of(c->s->w->sys, kind, true, &t);
	if (ipcs_passes_over(c->s, &t))
		return;
	for (enum limit_id i = 0; i < L_COUNT; i++) {
		struct ipc_obj *o = &c->rows[c->n];

		if (limits[i].kind != kind)
			continue;
		totals_row(&t, i, o);
		o->t[T_REASON] = ipcs_why_unknown(&t, i);
		/* Nothing counts against this limit, or it does not exist. */
		if (o->t[T_REASON] == NULL && !ipc_has(o, F_USED))
			continue;
		c->states[c->n] = state_of(c->s, o);
		o->t[T_RESULT] = states[c->states[c->n]].word;
		if (is_worse(c, c->n, c->worst))
			c->worst = c->n;
		c->n++;
	}
}

static bool is_unknown(const struct check *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->states[i] == IPCS_UNKNOWN)
			return true;
	return false;
}

static void show_json(const struct check *c, enum ipcs_state state)
{
	static const uint8_t members[] = {
		COL_RESOURCE, COL_LIMIT, COL_USED, COL_PERCENT, COL_CHECKED, COL_REASON,
	};
	static const uint8_t result[] = { COL_CHECKED };
	const struct list rows = {
		.shape = LIST_ROWS, .member = "resources", .columns = members, .n = sizeof members,
	};
	const struct list whole = { .shape = LIST_MEMBERS, .columns = result, .n = sizeof result };
	struct printer *p = c->s->printer;
	struct ipc_obj o;

	printer_open(p);
	printer_begin(p, &rows);
	for (size_t i = 0; i < c->n; i++)
		printer_row(p, &c->rows[i]);
	printer_end(p, true);
	ipc_clear(&o, IPC_RESOURCE);
	o.t[T_RESULT] = states[state].word;
	printer_begin(p, &whole);
	printer_row(p, &o);
	printer_end(p, true);
	printer_close(p, !is_unknown(c));
}

/* "SHMMNI 3900 of 4096 used (95.21%)", or "SHMMNI 95.21% used" if that takes more than `room` bytes. */
static void put_usage(const struct check *c, const struct ipc_obj *o, size_t room)
{
	enum { PARTS = 4 };
	static const struct { const char *lead, *brief; enum column_id id; } parts[PARTS] = {
		{ "", "", COL_RESOURCE }, { " ", NULL, COL_USED }, { " of ", NULL, COL_LIMIT },
		{ " used (", " ", COL_PERCENT },
	};
	struct out *out = c->s->printer->out;
	char text[PARTS][VALUE_ROOM];
	struct value v[PARTS];
	size_t len = strlen("%)");

	for (size_t i = 0; i < PARTS; i++) {
		v[i] = (struct value){ .style = &c->s->printer->style, .o = o, .to = text[i] };
		value_of(&v[i], parts[i].id);
		len += strlen(parts[i].lead) + v[i].len;
	}
	for (size_t i = 0; i < PARTS; i++) {
		const char *lead = len > room ? parts[i].brief : parts[i].lead;

		if (lead == NULL)
			continue;
		out_text(out, lead);
		out_bytes(out, v[i].s, v[i].len);
	}
	out_text(out, len > room ? "% used" : "%)");
}

/* A plugin's first line has less than 80 characters before the performance data. */
static void put_summary(const struct check *c, enum ipcs_state state)
{
	enum { ROOM = 79 - (sizeof "IPC CRITICAL: " - 1) - (sizeof ", 99 more" - 1) };
	const struct ipc_obj *o = &c->rows[c->worst];
	struct out *out = c->s->printer->out;
	size_t more = 0;

	out_text(out, "IPC ");
	out_text(out, states[state].title);
	out_text(out, ": ");
	if (c->n == 0 || (state == IPCS_OK && !has_limit(o))) {
		out_text(out, "no limit to check");
		return;
	}
	if (state == IPCS_UNKNOWN) {
		out_text(out, limits[o->v[F_RESOURCE]].name);
		out_text(out, " unknown");
	} else {
		put_usage(c, o, ROOM);
	}
	for (size_t i = 0; i < c->n; i++)
		more += i != c->worst && c->states[i] != IPCS_OK;
	if (more > 0) {
		out_text(out, ", ");
		out_dec(out, more);
		out_text(out, " more");
	}
}

/* A range n alerts above n, so n is one less than the threshold; without the ~, a range begins at 0. */
static void put_range(struct out *out, const struct ipc_obj *o, unsigned percent)
{
	uint64_t least;

	out_char(out, ';');
	if (percent > MOST || !ipc_has(o, F_LIMIT))
		return;
	least = limit_threshold((uint64_t)o->v[F_LIMIT], percent);
	if (least > 0)
		out_dec(out, least - 1);
	else
		out_text(out, "~:-1");
}

/* 'LABEL'=VALUE[UNIT];WARN;CRIT;MIN;MAX */
static void put_performance(const struct check *c, const struct ipc_obj *o)
{
	const struct limit *l = &limits[o->v[F_RESOURCE]];
	struct out *out = c->s->printer->out;

	out_text(out, " '");
	out_lower(out, l->name);
	out_text(out, "'=");
	if (ipc_has(o, F_USED)) {
		out_dec(out, (uint64_t)o->v[F_USED]);
		out_text(out, l->unit == LIMIT_BYTES ? "B" : "");
	} else {
		out_char(out, 'U');
	}
	put_range(out, o, c->s->warning);
	put_range(out, o, c->s->critical);
	out_text(out, ";0");
	if (ipc_has(o, F_LIMIT)) {
		out_char(out, ';');
		out_dec(out, (uint64_t)o->v[F_LIMIT]);
	}
}

/* The lines below the summary: all that is not OK, except what the summary says. */
static void put_details(const struct check *c, enum ipcs_state state)
{
	struct out *out = c->s->printer->out;

	for (size_t i = 0; i < c->n; i++) {
		const struct ipc_obj *o = &c->rows[i];

		if (c->states[i] == IPCS_OK || (i == c->worst && state != IPCS_UNKNOWN))
			continue;
		out_text(out, states[c->states[i]].title);
		out_text(out, ": ");
		if (c->states[i] == IPCS_UNKNOWN) {
			out_text(out, limits[o->v[F_RESOURCE]].name);
			out_text(out, ": ");
			out_text(out, o->t[T_REASON]);
		} else {
			put_usage(c, o, SIZE_MAX);
		}
		out_char(out, '\n');
	}
}

static void show_text(const struct check *c, enum ipcs_state state)
{
	struct out *out = c->s->printer->out;

	put_summary(c, state);
	out_text(out, c->n > 0 ? " |" : "");
	for (size_t i = 0; i < c->n; i++)
		put_performance(c, &c->rows[i]);
	out_char(out, '\n');
	put_details(c, state);
}

int ipcs_check(const struct ipcs *s)
{
	struct check c = { .s = s };
	enum ipcs_state state;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (s->kinds >> kind & 1)
			collect(&c, kind);
	state = c.n > 0 ? c.states[c.worst] : IPCS_OK;
	if (s->printer->ops == &printer_json)
		show_json(&c, state);
	else
		show_text(&c, state);
	return (int)state;
}

int ipcs_check_end(const struct world *w, int status)
{
	return status < 0 || out_flush(w->out) < 0 ? IPCS_UNKNOWN : status;
}
