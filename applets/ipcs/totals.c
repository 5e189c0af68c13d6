/* SPDX-License-Identifier: 0BSD */
/* What holds of kinds as a whole: limits, usage, and the one against the other. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <string.h>

#include "kernel/totals.h"
#include "show/diag.h"

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
	render_limits(&s->render, kind);
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
		rc = totals_limits(s->w->sys, kind, &o, &where);
	else
		rc = totals_usage(s->w->sys, kind, &o, &where);
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
			form_member(out, ipc_kinds[kind].member);
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

/* The limits and the usage of a kind, and why they are not known: 0, or -errno. */
struct totals {
	struct ipc_obj limit, usage;
	int no_limit, no_usage;
	const char *limit_where, *usage_where;
};

/* Fills it in; false for a kind that the kernel does not have and nobody has named. */
static bool totals_of(const struct ipcs *s, enum ipc_kind kind, struct totals *t)
{
	t->no_limit = totals_limits(s->w->sys, kind, &t->limit, &t->limit_where);
	if (t->no_limit < 0)
		ipc_clear(&t->limit, kind);
	if (t->no_limit == -ENOSYS && !s->named)
		return false;
	t->no_usage = totals_usage(s->w->sys, kind, &t->usage, &t->usage_where);
	if (t->no_usage < 0)
		ipc_clear(&t->usage, kind);
	return true;
}

/* Says why limits or usage are not known; 1 if so. */
static int tell_totals(const struct ipcs *s, enum ipc_kind kind, const struct totals *t)
{
	if (t->no_limit < 0)
		return ipcs_cannot(s, kind, t->limit_where, t->no_limit);
	return t->no_usage < 0 ? ipcs_cannot(s, kind, t->usage_where, t->no_usage) : 0;
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
	struct totals all;
	struct ipc_obj o;
	bool there = totals_of(s, kind, &all);

	ipcs_open(t);
	if (!there)
		return 0;
	for (size_t i = 0; all.no_limit == 0 && i < limit_count; i++) {
		if (limits[i].kind != kind)
			continue;
		resource(i, &all.limit, &all.usage, &o);
		if (!ipcs_row(t, &o))
			break;
	}
	return tell_totals(s, kind, &all);
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
	struct value t;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		value_of(&s->render.style, parts[i].id, o, &t);
		out_text(to, parts[i].lead);
		out_bytes(to, t.s, t.len);
	}
	out_text(to, "%\n");
}

/* Whether more than so many percent of a limit are used; what is not known is not. */
static bool is_above(const struct ipc_obj *o, uint64_t percent)
{
	uint64_t used, limit;

	if (!ipc_has(o, F_USED) || !ipc_has(o, F_LIMIT))
		return false;
	used = (uint64_t)o->v[F_USED];
	limit = (uint64_t)o->v[F_LIMIT];
	/* SHMALL is near 2^64 by default, so a product may not fit. */
	return used > limit / 100 * percent + limit % 100 * percent / 100;
}

/* A limit of a file system or of a process may not exist; the others have a value that is known or not. */
static bool may_be_absent(const struct limit *l)
{
	return l->sysctl == NULL && l->fixed == 0;
}

/* Why POSIX queues or other objects could not be looked at. */
static const char *reason_of(int rc)
{
	const char *reason = diag_reason(rc);

	if (rc == -ENODEV)
		return "no mqueue file system is mounted";
	if (rc == -EXDEV)
		return "the mqueue file system belongs to another IPC namespace";
	return reason ? reason : "unknown error";
}

/* Why it is not known how much of a limit is in use; NULL if it is, or if there is no such limit. */
static const char *why_unknown(const struct totals *t, const struct limit *l)
{
	if (l->used == LIMIT_UNCOUNTED)
		return NULL;
	if (t->no_limit < 0)
		return reason_of(t->no_limit);
	if (!ipc_has(&t->limit, l->field))
		return may_be_absent(l) ? NULL : "the limit is not known";
	if (t->no_usage < 0)
		return reason_of(t->no_usage);
	return ipc_has(&t->usage, l->used) ? NULL : "some objects do not tell";
}

/* Says that it is not known how much of a limit is in use; 1 if so. */
static int tell_unknown(const struct ipcs *s, const struct totals *t, const struct limit *l)
{
	const char *why = why_unknown(t, l);

	if (why != NULL)
		applet_say(s->w, 0, "cannot tell how much of ", l->name, " is in use: ", why, NULL);
	return why != NULL;
}

static int check_kind(const struct ipcs *s, enum ipc_kind kind, uint64_t percent, struct out *to)
{
	struct totals t;
	struct ipc_obj o;
	int unknown = 0, above = 0;

	if (!totals_of(s, kind, &t))
		return 0;
	if (t.no_limit == -ENOSYS)
		return tell_totals(s, kind, &t);
	for (size_t i = 0; i < limit_count; i++) {
		if (limits[i].kind != kind)
			continue;
		unknown |= tell_unknown(s, &t, &limits[i]);
		resource(i, &t.limit, &t.usage, &o);
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
static void metric(struct out *out, size_t m, unsigned kinds, const struct totals *t)
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
		resource(i, &t[kind].limit, &t[kind].usage, &o);
		sample(out, metrics[m].name, "resource", limits[i].name, &o, field);
	}
	for (enum ipc_kind kind = 0; m >= OF_LIMITS && kind < IPC_NKINDS; kind++)
		if (kinds >> kind & 1)
			sample(out, metrics[m].name, "kind", ipc_kinds[kind].word, &t[kind].usage, field);
}

/* Says which samples of a metric of the kind are missing; 1 if one is. */
static int tell_missing(const struct ipcs *s, size_t m, enum ipc_kind kind, const struct totals *t)
{
	const struct view *v = &view_summaries[kind];
	bool missing = false;

	/* The summary of a kind shows all that it has. */
	for (unsigned i = 0; i < v->count; i++)
		missing |= v->items[i].column == metrics[m].column &&
			!ipc_has(&t->usage, columns[metrics[m].column].field);
	if (missing)
		applet_say(s->w, 0, "cannot tell ", metrics[m].name, " of ", ipc_kinds[kind].word,
		     ": some objects do not tell", NULL);
	return missing;
}

/* Says which samples of a kind are missing, and why; 1 if one is. */
static int tell_all_missing(const struct ipcs *s, enum ipc_kind kind, const struct totals *t)
{
	int status = tell_totals(s, kind, t);

	for (const struct limit *l = limits; t->no_limit == 0 && l < limits + limit_count; l++) {
		if (l->kind != kind)
			continue;
		if (!ipc_has(&t->limit, l->field) && !may_be_absent(l)) {
			applet_say(s->w, 0, "cannot tell the limit ", l->name, NULL);
			status = 1;
		} else if (t->no_usage == 0) {
			status |= tell_unknown(s, t, l);
		}
	}
	for (size_t m = OF_LIMITS; t->no_usage == 0 && m < sizeof metrics / sizeof *metrics; m++)
		status |= tell_missing(s, m, kind, t);
	return status;
}

int ipcs_openmetrics(const struct ipcs *s)
{
	struct totals t[IPC_NKINDS];
	unsigned kinds = 0;
	int status = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1) || !totals_of(s, kind, &t[kind]))
			continue;
		kinds |= 1u << kind;
		status |= tell_all_missing(s, kind, &t[kind]);
	}
	for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
		metric(s->render.out, m, kinds, t);
	out_text(s->render.out, "# EOF\n");
	return status;
}
