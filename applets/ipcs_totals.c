/* SPDX-License-Identifier: 0BSD */
/* What holds of kinds as a whole: limits, usage, and the one against the other. */
#include "ipcs.h"

#include <errno.h>
#include <string.h>

#include "diag.h"

extern const struct applet ipcs_applet;

/* The exit status of a check that found something. */
enum { ABOVE = 3 };

static void json_number(const struct ipcs *s, const struct ipc_obj *o, unsigned field)
{
	if (ipc_has(o, field))
		out_dec(s->render.out, (uint64_t)o->v[field]);
	else
		out_text(s->render.out, "null");
}

/* All limits of a kind as plain numbers, bytes and pages alike. */
static void json_limits(const struct ipcs *s, enum ipc_kind kind, const struct ipc_obj *o)
{
	const char *comma = "{";

	for (const struct limit *l = limits; l < limits + limit_count; l++) {
		if (l->kind != kind)
			continue;
		out_text(s->render.out, comma);
		form_member(s->render.out, l->name);
		json_number(s, o, l->field);
		comma = ",";
	}
	out_char(s->render.out, '}');
}

/* All that the summary of a kind shows. */
static void json_usage(const struct ipcs *s, enum ipc_kind kind, const struct ipc_obj *o)
{
	const struct view *v = &view_summaries[kind];
	const char *comma = "{";
	unsigned before = COL_NONE;

	for (unsigned i = 0; i < v->count; i++) {
		unsigned id = v->items[i].column;

		if (id == COL_NONE || id == before)
			continue;
		out_text(s->render.out, comma);
		form_member(s->render.out, columns[id].name);
		json_number(s, o, columns[id].field);
		comma = ",";
		before = id;
	}
	out_char(s->render.out, '}');
}

static void show_row(const struct ipcs *s, enum ipc_kind kind, const struct ipc_obj *o)
{
	if (!s->classic) {
		(s->mode == IPCS_LIMITS ? json_limits : json_usage)(s, kind, o);
		return;
	}
	if (s->mode == IPCS_SUMMARY) {
		render_row(&s->render, &view_summaries[kind], o);
		return;
	}
	out_text(s->render.out, view_limit_titles[kind]);
	for (const struct limit *l = limits; l < limits + limit_count; l++)
		if (l->kind == kind)
			render_limit(&s->render, l, o);
}

static int show_totals(const struct ipcs *s, enum ipc_kind kind)
{
	const char *where;
	struct ipc_obj o;
	int rc;

	if (s->mode == IPCS_LIMITS)
		rc = sys_limits(s->w->sys, kind, &o, &where);
	else
		rc = sys_usage(s->w->sys, kind, &o, &where);
	if (rc < 0) {
		if (!s->classic)
			out_text(s->render.out, "null");
		return ipcs_cannot(s, kind, where, rc);
	}
	show_row(s, kind, &o);
	return 0;
}

int ipcs_show_totals(const struct ipcs *s)
{
	struct out *out = s->render.out;
	const char *before = "";
	int status = 0;

	if (s->classic)
		out_char(out, '\n');
	else
		ipcs_json_begin(s);
	if (!s->classic)
		out_text(out, s->mode == IPCS_LIMITS ? "\"limits\":{" : "\"usage\":{");
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1))
			continue;
		if (!s->classic) {
			out_text(out, before);
			ipcs_json_line(s);
			form_member(out, ipcs_members[kind]);
			before = ",";
		}
		status |= show_totals(s, kind);
		if (s->classic)
			out_char(out, '\n');
	}
	if (s->classic)
		return status;
	ipcs_json_line(s);
	out_char(out, '}');
	ipcs_json_end(s, status == 0);
	return status;
}

/*
 * The limits and the usage of a kind.  One that was not named on the command line is
 * left out, or its usage is not known, where that cannot be told: 0, 1 after saying so, or
 * -ENOSYS.
 */
static int totals_of(const struct ipcs *s, enum ipc_kind kind, struct ipc_obj *limit, struct ipc_obj *usage)
{
	const char *where;
	int rc = sys_limits(s->w->sys, kind, limit, &where);

	if (rc == -ENOSYS && !s->named)
		return rc;
	if (rc < 0)
		return ipcs_cannot(s, kind, where, rc);
	rc = sys_usage(s->w->sys, kind, usage, &where);
	if (rc == 0)
		return 0;
	ipc_clear(usage, kind);
	return s->named ? ipcs_cannot(s, kind, where, rc) : 0;
}

/* One limit as a row. */
static void resource(size_t i, const struct ipc_obj *limit, const struct ipc_obj *usage, struct ipc_obj *o)
{
	const struct limit *l = &limits[i];

	ipc_clear(o, IPC_RESOURCE);
	ipc_set(o, F_RESOURCE, (int64_t)i);
	if (ipc_has(limit, l->field))
		ipc_set(o, F_LIMIT, limit->v[l->field]);
	if (l->used != LIMIT_UNCOUNTED && ipc_has(usage, l->used))
		ipc_set(o, F_USED, usage->v[l->used]);
}

static int resources(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *t)
{
	struct ipc_obj limit, usage, o;
	int rc = totals_of(s, kind, &limit, &usage);

	ipcs_open(t);
	if (rc == -ENOSYS)
		return 0;
	for (size_t i = 0; rc >= 0 && i < limit_count; i++) {
		if (limits[i].kind != kind)
			continue;
		resource(i, &limit, &usage, &o);
		if (!ipcs_row(t, &o))
			break;
	}
	return rc;
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
	struct text t;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		text_of(&s->render.style, parts[i].id, o, &t);
		out_text(to, parts[i].lead);
		out_bytes(to, t.s, t.len);
	}
	out_text(to, "%\n");
}

/* Whether more than so many percent of a limit are used; what is not known is not. */
static bool is_above(const struct ipc_obj *o, uint64_t percent)
{
	uint64_t used = (uint64_t)o->v[F_USED], limit = (uint64_t)o->v[F_LIMIT];

	if (!ipc_has(o, F_USED) || !ipc_has(o, F_LIMIT))
		return false;
	/* SHMALL is near 2^64 by default, so a product may not fit. */
	return used > limit / 100 * percent + limit % 100 * percent / 100;
}

int ipcs_check(const struct ipcs *s, uint64_t percent, struct out *to)
{
	struct ipc_obj limit, usage, o;
	int status = 0, above = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		int rc = s->kinds >> kind & 1 ? totals_of(s, kind, &limit, &usage) : -ENOSYS;

		status |= rc == 1;
		for (size_t i = 0; rc == 0 && i < limit_count; i++) {
			resource(i, &limit, &usage, &o);
			if (limits[i].kind != kind || !is_above(&o, percent))
				continue;
			tell_above(s, &o, to);
			above = ABOVE;
		}
	}
	out_flush(to);
	return above ? above : status;
}

/* Metrics of each limit, and those of each kind with the column that they show. */
static const struct {
	const char *name, *what;
	uint8_t column;
} metrics[] = {
	{ "ipc_limit", "Limit of a resource.", COL_LIMIT },
	{ "ipc_used", "How much of a limit is used.", COL_USED },
	{ "ipc_objects", "Objects of a kind.", COL_USED_OBJECTS },
	{ "ipc_messages", "Messages in queues of a kind.", COL_USED_MESSAGES },
	{ "ipc_bytes", "Bytes in objects of a kind.", COL_USED_BYTES },
	{ "ipc_pages", "Pages of segments.", COL_USED_PAGES },
	{ "ipc_resident_pages", "Pages of segments in memory.", COL_RSS_PAGES },
	{ "ipc_swapped_pages", "Pages of segments in swap.", COL_SWAP_PAGES },
	{ "ipc_set_semaphores", "Semaphores of all sets.", COL_USED_SEMS },
};

enum { OF_LIMITS = 2 };

/* A sample of a metric, where its value is known. */
static void sample(struct out *out, const char *metric, const char *label, const char *of,
		   const struct ipc_obj *o, unsigned field)
{
	if (!ipc_has(o, field))
		return;
	out_text(out, metric);
	out_char(out, '{');
	out_text(out, label);
	out_text(out, "=\"");
	out_text(out, of);
	out_text(out, "\"} ");
	out_dec(out, (uint64_t)o->v[field]);
	out_char(out, '\n');
}

/* What OpenMetrics asks for: all samples of a metric stand together, behind its type. */
static void metric(struct out *out, size_t m, unsigned kinds, const struct ipc_obj *limit,
		   const struct ipc_obj *usage)
{
	unsigned field = columns[metrics[m].column].field;
	struct ipc_obj o;

	out_text(out, "# TYPE ");
	out_text(out, metrics[m].name);
	out_text(out, " gauge\n# HELP ");
	out_text(out, metrics[m].name);
	out_char(out, ' ');
	out_text(out, metrics[m].what);
	out_char(out, '\n');
	for (size_t i = 0; m < OF_LIMITS && i < limit_count; i++) {
		unsigned kind = limits[i].kind;

		if (!(kinds >> kind & 1))
			continue;
		resource(i, &limit[kind], &usage[kind], &o);
		sample(out, metrics[m].name, "resource", limits[i].name, &o, field);
	}
	for (enum ipc_kind kind = 0; m >= OF_LIMITS && kind < IPC_NKINDS; kind++)
		if (kinds >> kind & 1)
			sample(out, metrics[m].name, "kind", ipc_kind_names[kind], &usage[kind], field);
}

int ipcs_openmetrics(const struct ipcs *s)
{
	struct ipc_obj limit[IPC_NKINDS], usage[IPC_NKINDS];
	unsigned kinds = 0;
	int status = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		int rc = s->kinds >> kind & 1 ? totals_of(s, kind, &limit[kind], &usage[kind]) : -ENOSYS;

		status |= rc == 1;
		if (rc == 0)
			kinds |= 1u << kind;
	}
	for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
		metric(s->render.out, m, kinds, limit, usage);
	out_text(s->render.out, "# EOF\n");
	return status;
}
