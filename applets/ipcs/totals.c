/* SPDX-License-Identifier: 0BSD */
/* Limits and usage of whole kinds; --openmetrics. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "kernel/totals.h"
#include "select.h"
#include "show/diag.h"
#include "show/metrics.h"

/* A limit of a file system or a process may not exist; others always do, even if they are unknown. */
static bool may_be_absent(const struct limit *l)
{
	return l->sysctl == NULL && l->fixed == 0;
}

/* Report a limit that could not be read.  Returns 1 if it is one, else 0. */
static int tell_limit(const struct ipcs *s, const struct totals *t, enum limit_id id)
{
	if (limit_has(&t->limit, id) || may_be_absent(&limits[id]))
		return 0;
	applet_say(s->w, 0, "the limit ", limits[id].name, " is unknown", NULL);
	return 1;
}

static int show_limits(const struct ipcs *s, enum ipc_kind kind)
{
	static const uint8_t members[] = { COL_RESOURCE, COL_LIMIT };
	const struct list list = {
		.shape = LIST_NAMED, .member = ipc_kinds[kind].member, .view = &view_limits[kind],
		.columns = members, .n = sizeof members,
	};
	struct totals t;
	struct ipc_obj o;
	int status = 0;

	t.no_limit = totals_limits(s->w->sys, kind, &t.limit, &t.limit_where);
	if (t.no_limit < 0) {
		printer_absent(s->printer, &list);
		return applet_cannot(s->w, kind, t.limit_where, t.no_limit);
	}
	ipc_clear(&t.usage, kind);
	printer_begin(s->printer, &list);
	for (enum limit_id i = 0; i < L_LIMITS; i++) {
		if (limits[i].kind != kind)
			continue;
		totals_row(&t, i, &o);
		printer_row(s->printer, &o);
		status |= tell_limit(s, &t, i);
	}
	printer_end(s->printer, status == 0);
	return status;
}

/* Add up the selected objects of a kind. */
static int selected_usage(const struct ipcs *s, enum ipc_kind kind, struct ipc_obj *sum, const char **where)
{
	struct ipc_iter it;
	struct ipc_obj o;
	int rc = ipc_iter_open(&it, s->w->sys, kind);

	totals_begin(sum, kind);
	while (rc == 0 && (rc = ipc_iter_next(&it, &o)) == 1) {
		if (select_row(&s->filter, s->judge, &o, NULL))
			totals_add(sum, &o);
		rc = 0;
	}
	ipc_iter_close(&it);
	*where = it.where;
	return ipc_iter_complete(&it, rc);
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
	status |= select_judged(s->w, s->judge);
	printer_close(s->printer, status == 0);
	return status;
}

bool ipcs_passes_over(const struct ipcs *s, const struct totals *t)
{
	return t->no_limit == -ENOSYS && !s->named;
}

static const char some_unknown[] = "unknown for some objects";

static const char *reason_of(int rc)
{
	const char *reason = diag_reason(rc);

	if (rc == -ENOSYS)
		return "the kernel is not configured for it";
	if (rc == -ENODEV)
		return "no mqueue file system is mounted";
	if (rc == -EXDEV)
		return "the mqueue file system belongs to another IPC namespace";
	return reason ? reason : "unknown error";
}

/* Likewise for an amount without a limit. */
static const char *why_unmeasured(const struct totals *t, enum limit_id id)
{
	if (t->no_unused < 0)
		return reason_of(t->no_unused);
	if (ipc_has(totals_usage_of(t, id), limits[id].used))
		return NULL;
	return limits[id].of == LIMIT_ORPHANED ? "some segments cannot be judged" : some_unknown;
}

const char *ipcs_why_unknown(const struct totals *t, enum limit_id id)
{
	const struct limit *l = &limits[id];

	if (l->used == LIMIT_UNCOUNTED)
		return NULL;
	if (id >= L_LIMITS)
		return why_unmeasured(t, id);
	if (t->no_limit < 0)
		return reason_of(t->no_limit);
	if (!limit_has(&t->limit, id))
		return may_be_absent(l) ? NULL : "its limit is unknown";
	if (t->no_usage < 0)
		return reason_of(t->no_usage);
	return ipc_has(&t->usage, l->used) ? NULL : some_unknown;
}

static int tell_unknown(const struct ipcs *s, const struct totals *t, enum limit_id id)
{
	const char *why = ipcs_why_unknown(t, id);

	if (why != NULL)
		applet_say(s->w, 0, "cannot measure ", limits[id].name, ": ", why, NULL);
	return why != NULL;
}

/*
 * The usual table is for limits that can be reached or changed, not for constants of every kernel, and -l is
 * not for amounts without a limit.
 */
static bool is_left_out(const struct ipcs *s, enum limit_id id)
{
	if (s->output == IPCS_RESOURCES && id >= L_LIMITS)
		return true;
	return s->printer->ops == &printer_table && !s->chosen && limits[id].fixed != 0;
}

/* Report unknown limits or usage.  Returns 1 if there are any, else 0. */
static int tell_totals(const struct ipcs *s, const struct totals *t)
{
	int status = 0;

	if (t->no_limit < 0)
		return applet_cannot(s->w, t->kind, t->limit_where, t->no_limit);
	if (t->no_usage < 0)
		return applet_cannot(s->w, t->kind, t->usage_where, t->no_usage);
	if (t->no_unused < 0)
		return applet_cannot(s->w, t->kind, t->unused_where, t->no_unused);
	for (enum limit_id i = 0; i < L_COUNT; i++)
		if (limits[i].kind == t->kind && !is_left_out(s, i))
			status |= i < L_LIMITS && tell_limit(s, t, i) ? 1 : tell_unknown(s, t, i);
	return status;
}

static int resources(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *table)
{
	struct totals t;
	struct ipc_obj o;

	totals_of(s->w->sys, kind, s->output == IPCS_GLOBAL, &t);
	ipcs_begin(table);
	if (ipcs_passes_over(s, &t))
		return 0;
	for (enum limit_id i = 0; t.no_limit == 0 && i < L_COUNT; i++) {
		if (limits[i].kind != kind || is_left_out(s, i))
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

/* Report the missing samples of a kind.  Returns 1 if there are any, else 0. */
static int tell_missing(const struct ipcs *s, const struct totals *t)
{
	int status = tell_totals(s, t);
	const char *metric;
	size_t at = 0;

	while (t->no_usage == 0 && (metric = metrics_missing(&t->usage, &at)) != NULL) {
		applet_say(s->w, 0, "cannot measure ", metric, " of ", ipc_kinds[t->kind].word, ": ",
			   some_unknown, NULL);
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
		totals_of(s->w->sys, kind, true, &t);
		if (ipcs_passes_over(s, &t))
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
