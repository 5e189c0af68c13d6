/* SPDX-License-Identifier: 0BSD */
#include "show/metrics.h"

#include "base/limit.h"
#include "show/views.h"

/* The rows that a metric has samples of.  A family has one unit, so that its samples can be added up. */
enum of { COUNTS, SIZES, KINDS, AMOUNT };

/*
 * Shows a column or, if `pages` is another one, that in bytes.  An AMOUNT is the usage of the one resource
 * `id`, labeled with its kind.
 */
static const struct metric {
	const char *name, *what;
	uint8_t of, column, pages, id;
} metrics[] = {
	{ "ipc_limit", "Limit of a resource.", COUNTS, COL_LIMIT, COL_NONE, 0 },
	{ "ipc_limit_bytes", "Limit of a resource in bytes.", SIZES, COL_LIMIT, COL_NONE, 0 },
	{ "ipc_used", "Usage of a limited resource.", COUNTS, COL_USED, COL_NONE, 0 },
	{ "ipc_used_bytes", "Usage of a limited resource in bytes.", SIZES, COL_USED, COL_NONE, 0 },
	{ "ipc_objects", "Objects of a kind.", KINDS, COL_USED_OBJECTS, COL_NONE, 0 },
	{ "ipc_messages", "Messages in queues of a kind.", KINDS, COL_USED_MESSAGES, COL_NONE, 0 },
	{ "ipc_bytes", "Bytes in objects of a kind.", KINDS, COL_USED_BYTES, COL_USED_PAGES, 0 },
	{ "ipc_resident_bytes", "Bytes of segments in memory.", KINDS, COL_RSS, COL_RSS_PAGES, 0 },
	{ "ipc_swapped_bytes", "Bytes of segments in swap.", KINDS, COL_NONE, COL_SWAP_PAGES, 0 },
	{ "ipc_set_semaphores", "Semaphores of all sets.", KINDS, COL_USED_SEMS, COL_NONE, 0 },
	{ "ipc_unattached_objects", "Segments that no process has attached.", AMOUNT, COL_USED, COL_NONE,
	  L_SHM_UNATTACHED },
	{ "ipc_unattached_bytes", "Bytes of segments that no process has attached.", AMOUNT, COL_USED, COL_NONE,
	  L_SHM_UNATTACHED_BYTES },
	{ "ipc_orphaned_objects", "Segments that have certainly lost all users.", AMOUNT, COL_USED, COL_NONE,
	  L_SHM_ORPHANED },
	{ "ipc_orphaned_bytes", "Bytes of segments that have certainly lost all users.", AMOUNT, COL_USED, COL_NONE,
	  L_SHM_ORPHANED_BYTES },
};

enum { NMETRICS = sizeof metrics / sizeof *metrics };

static bool is_of(const struct metric *m, const struct ipc_obj *o)
{
	if (o->kind != IPC_RESOURCE)
		return m->of == KINDS;
	if (o->v[F_RESOURCE] >= L_LIMITS)
		return m->of == AMOUNT && o->v[F_RESOURCE] == m->id;
	return m->of == (limits[o->v[F_RESOURCE]].unit == LIMIT_COUNT ? COUNTS : SIZES);
}

/* Returns false if the value is unknown or the row has none. */
static bool measure(const struct metric *m, const struct ipc_obj *o, uint64_t *n)
{
	unsigned field = columns[m->column].field, pages = columns[m->pages].field;

	if (m->column != COL_NONE && ipc_has(o, field)) {
		*n = (uint64_t)o->v[field];
		if (o->kind == IPC_RESOURCE && limits[o->v[F_RESOURCE]].unit == LIMIT_PAGES)
			*n = value_bytes(*n);
		return true;
	}
	if (m->pages == COL_NONE || !ipc_has(o, pages))
		return false;
	*n = value_bytes((uint64_t)o->v[pages]);
	return true;
}

/* Writes a sample if its value is known. */
static void sample(struct out *out, const struct metric *m, const struct ipc_obj *o)
{
	const struct limit *l = o->kind == IPC_RESOURCE ? &limits[o->v[F_RESOURCE]] : NULL;
	bool by_kind = l == NULL || m->of == AMOUNT;
	uint64_t n;

	if (!is_of(m, o) || !measure(m, o, &n))
		return;
	out_text(out, m->name);
	out_text(out, by_kind ? "{kind=\"" : "{resource=\"");
	out_text(out, by_kind ? ipc_kinds[l != NULL ? l->kind : o->kind].word : l->name);
	out_text(out, "\"} ");
	out_dec(out, n);
	out_char(out, '\n');
}

/* OpenMetrics requires all samples of a metric together, after its type. */
void metrics_show(struct out *out, const struct ipc_obj *rows, size_t n)
{
	for (const struct metric *m = metrics; m < metrics + NMETRICS; m++) {
		out_text(out, "# TYPE ");
		out_text(out, m->name);
		out_text(out, " gauge\n# HELP ");
		out_text(out, m->name);
		out_char(out, ' ');
		out_text(out, m->what);
		out_char(out, '\n');
		for (size_t i = 0; i < n; i++)
			sample(out, m, &rows[i]);
	}
	out_text(out, "# EOF\n");
}

/* True if the usage of this kind has the column: the summary shows all that exist. */
static bool has(enum ipc_kind kind, unsigned column)
{
	const struct view *v = &view_summaries[kind];
	unsigned i = 0;

	while (column != COL_NONE && i < v->count && v->items[i].column != column)
		i++;
	return column != COL_NONE && i < v->count;
}

const char *metrics_missing(const struct ipc_obj *usage, size_t *at)
{
	while (*at < NMETRICS) {
		const struct metric *m = &metrics[(*at)++];
		uint64_t n;

		if (m->of == KINDS && (has(usage->kind, m->column) || has(usage->kind, m->pages)) &&
		    !measure(m, usage, &n))
			return m->name;
	}
	return NULL;
}
