/* SPDX-License-Identifier: 0BSD */
/* Limits and usage of whole kinds; --check and --openmetrics. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "kernel/totals.h"
#include "select.h"
#include "show/diag.h"
#include "show/metrics.h"

/* The exit status of a check with findings. */
enum { ABOVE = 3 };

static int show_limits(const struct ipcs *s, enum ipc_kind kind)
{
	static const uint8_t members[] = { COL_RESOURCE, COL_LIMIT };
	const struct list list = {
		.shape = LIST_NAMED, .member = ipc_kinds[kind].member, .view = &view_limits[kind],
		.columns = members, .n = sizeof members,
	};
	struct totals t;
	struct ipc_obj o;

	t.no_limit = totals_limits(s->w->sys, kind, &t.limit, &t.limit_where);
	if (t.no_limit < 0) {
		printer_absent(s->printer, &list);
		return applet_cannot(s->w, kind, t.limit_where, t.no_limit);
	}
	ipc_clear(&t.usage, kind);
	printer_begin(s->printer, &list);
	for (enum limit_id i = 0; i < L_COUNT; i++) {
		if (limits[i].kind != kind)
			continue;
		totals_row(&t, i, &o);
		printer_row(s->printer, &o);
	}
	printer_end(s->printer, true);
	return 0;
}

/* Add up the selected objects of a kind. */
static int selected_usage(const struct ipcs *s, enum ipc_kind kind, struct ipc_obj *sum, const char **where)
{
	struct ipc_iter it;
	struct ipc_obj o;
	int rc = ipc_iter_open(&it, s->w->sys, kind);

	*where = it.where;
	if (rc < 0)
		return rc;
	totals_begin(sum, kind);
	while ((rc = ipc_iter_next(&it, &o)) == 1)
		if (select_row(&s->filter, s->judge, &o, NULL))
			totals_add(sum, &o);
	ipc_iter_close(&it);
	/* A sum without the hidden objects would be wrong. */
	return rc == 0 && it.hidden > 0 ? -EACCES : rc;
}

static int show_usage(const struct ipcs *s, enum ipc_kind kind)
{
	const struct view *v = &view_summaries[kind];
	struct ipcs_columns c = { .n = 0 };
	struct list list = { .shape = LIST_ONE, .member = ipc_kinds[kind].member, .view = v, .columns = c.v };
	const char *where;
	struct ipc_obj o;
	int rc = s->filter.n > 0 ? selected_usage(s, kind, &o, &where) : totals_usage(s->w->sys, kind, &o, &where);

	if (rc < 0) {
		printer_absent(s->printer, &list);
		return applet_cannot(s->w, kind, where, rc);
	}
	ipcs_add_view(&c, v);
	list.n = c.n;
	printer_begin(s->printer, &list);
	printer_row(s->printer, &o);
	printer_end(s->printer, true);
	return 0;
}

int ipcs_show_totals(const struct ipcs *s)
{
	const struct list group = { .shape = LIST_GROUP, .member = s->output == IPCS_LIMITS ? "limits" : "usage" };
	int status = 0;

	printer_open(s->printer);
	printer_begin(s->printer, &group);
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (s->kinds >> kind & 1)
			status |= (s->output == IPCS_LIMITS ? show_limits : show_usage)(s, kind);
	printer_end(s->printer, status == 0);
	printer_close(s->printer, status == 0);
	return status;
}

/* Skip a kind that the kernel lacks, unless the command line names it. */
static bool is_passed_over(const struct ipcs *s, const struct totals *t)
{
	return t->no_limit == -ENOSYS && !s->named;
}

/* Report unknown limits or usage.  Returns 1 if there are any, else 0. */
static int tell_totals(const struct ipcs *s, const struct totals *t)
{
	if (t->no_limit < 0)
		return applet_cannot(s->w, t->kind, t->limit_where, t->no_limit);
	return t->no_usage < 0 ? applet_cannot(s->w, t->kind, t->usage_where, t->no_usage) : 0;
}

static int resources(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *table)
{
	struct totals t;
	struct ipc_obj o;

	totals_of(s->w->sys, kind, &t);
	ipcs_begin(table);
	if (is_passed_over(s, &t))
		return 0;
	for (enum limit_id i = 0; t.no_limit == 0 && i < L_COUNT; i++) {
		if (limits[i].kind != kind)
			continue;
		totals_row(&t, i, &o);
		if (!ipcs_row(table, &o))
			break;
	}
	return tell_totals(s, &t);
}

int ipcs_show_global(const struct ipcs *s)
{
	return ipcs_show(s, resources);
}

/* "SHMMNI: 3900 of 4096 used, 95.21%" */
static void tell_above(const struct ipcs *s, const struct ipc_obj *o, struct out *to)
{
	static const struct { const char *lead; enum column_id id; } parts[] = {
		{ "", COL_RESOURCE }, { ": ", COL_USED }, { " of ", COL_LIMIT }, { " used, ", COL_PERCENT },
	};
	char text[VALUE_ROOM];
	struct value t = { .style = &s->printer->style, .o = o, .to = text };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		value_of(&t, parts[i].id);
		out_text(to, parts[i].lead);
		out_bytes(to, t.s, t.len);
	}
	out_text(to, "%\n");
}

/* True if more than percent of a limit is used; false if that is unknown. */
static bool is_above(const struct ipc_obj *o, uint64_t percent)
{
	uint64_t used, limit;

	if (!ipc_has(o, F_USED) || !ipc_has(o, F_LIMIT))
		return false;
	used = (uint64_t)o->v[F_USED];
	limit = (uint64_t)o->v[F_LIMIT];
	/* SHMALL is near 2^64 by default, so a product could overflow. */
	return used > limit / 100 * percent + limit % 100 * percent / 100;
}

/* A limit of a file system or a process may not exist; others always do, even if they are unknown. */
static bool may_be_absent(const struct limit *l)
{
	return l->sysctl == NULL && l->fixed == 0;
}

static const char *reason_of(int rc)
{
	const char *reason = diag_reason(rc);

	if (rc == -ENODEV)
		return "no mqueue file system is mounted";
	if (rc == -EXDEV)
		return "the mqueue file system belongs to another IPC namespace";
	return reason ? reason : "unknown error";
}

/* Why the usage of a limit is unknown; NULL if it is known or not counted, or there is no such limit. */
static const char *why_unknown(const struct totals *t, enum limit_id id)
{
	const struct limit *l = &limits[id];

	if (l->used == LIMIT_UNCOUNTED)
		return NULL;
	if (t->no_limit < 0)
		return reason_of(t->no_limit);
	if (!limit_has(&t->limit, id))
		return may_be_absent(l) ? NULL : "the limit is not known";
	if (t->no_usage < 0)
		return reason_of(t->no_usage);
	return ipc_has(&t->usage, l->used) ? NULL : "some objects do not tell";
}

static int tell_unknown(const struct ipcs *s, const struct totals *t, enum limit_id id)
{
	const char *why = why_unknown(t, id);

	if (why != NULL)
		applet_say(s->w, 0, "cannot tell how much of ", limits[id].name, " is in use: ", why, NULL);
	return why != NULL;
}

static int check_kind(const struct ipcs *s, enum ipc_kind kind, uint64_t percent, struct out *to)
{
	struct totals t;
	struct ipc_obj o;
	int unknown = 0, above = 0;

	totals_of(s->w->sys, kind, &t);
	if (t.no_limit == -ENOSYS)
		return is_passed_over(s, &t) ? 0 : tell_totals(s, &t);
	for (enum limit_id i = 0; i < L_COUNT; i++) {
		if (limits[i].kind != kind)
			continue;
		unknown |= tell_unknown(s, &t, i);
		totals_row(&t, i, &o);
		if (is_above(&o, percent)) {
			tell_above(s, &o, to);
			above = ABOVE;
		}
	}
	return above ? above : unknown;
}

int ipcs_check(const struct ipcs *s, uint64_t percent, struct out *to)
{
	int status = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		int rc = s->kinds >> kind & 1 ? check_kind(s, kind, percent, to) : 0;

		if (rc > status)
			status = rc;
	}
	out_flush(to);
	return status;
}

/* Report the missing samples of a kind.  Returns 1 if there are any, else 0. */
static int tell_missing(const struct ipcs *s, const struct totals *t)
{
	int status = tell_totals(s, t);
	const char *metric;
	size_t at = 0;

	for (enum limit_id i = 0; t->no_limit == 0 && i < L_COUNT; i++) {
		if (limits[i].kind != t->kind)
			continue;
		if (!limit_has(&t->limit, i) && !may_be_absent(&limits[i])) {
			applet_say(s->w, 0, "cannot tell the limit ", limits[i].name, NULL);
			status = 1;
		} else if (t->no_usage == 0) {
			status |= tell_unknown(s, t, i);
		}
	}
	while (t->no_usage == 0 && (metric = metrics_missing(&t->usage, &at)) != NULL) {
		applet_say(s->w, 0, "cannot tell ", metric, " of ", ipc_kinds[t->kind].word,
			   ": some objects do not tell", NULL);
		status = 1;
	}
	return status;
}

int ipcs_openmetrics(const struct ipcs *s)
{
	struct ipc_obj rows[L_COUNT + IPC_NKINDS];
	struct totals t;
	size_t n = 0;
	int status = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1))
			continue;
		totals_of(s->w->sys, kind, &t);
		if (is_passed_over(s, &t))
			continue;
		status |= tell_missing(s, &t);
		for (enum limit_id i = 0; i < L_COUNT; i++)
			if (limits[i].kind == kind)
				totals_row(&t, i, &rows[n++]);
		rows[n++] = t.usage;
	}
	metrics_show(s->printer->out, rows, n);
	return status;
}
