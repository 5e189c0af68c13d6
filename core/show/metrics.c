/* SPDX-License-Identifier: 0BSD */
#include "show/metrics.h"

#include "base/limit.h"
#include "show/views.h"

/* The metrics of limits, then those of kinds, with the columns they show. */
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

enum { NMETRICS = sizeof metrics / sizeof *metrics, OF_LIMITS = 2 };

/* Writes a sample if its value is known. */
static void sample(struct out *out, size_t m, const struct ipc_obj *o)
{
	bool limit = o->kind == IPC_RESOURCE;
	unsigned field = columns[metrics[m].column].field;

	if (limit != (m < OF_LIMITS) || !ipc_has(o, field))
		return;
	out_text(out, metrics[m].name);
	out_text(out, limit ? "{resource=\"" : "{kind=\"");
	out_text(out, limit ? limits[o->v[F_RESOURCE]].name : ipc_kinds[o->kind].word);
	out_text(out, "\"} ");
	out_dec(out, (uint64_t)o->v[field]);
	out_char(out, '\n');
}

/* OpenMetrics requires all samples of a metric together, after its type. */
void metrics_show(struct out *out, const struct ipc_obj *rows, size_t n)
{
	for (size_t m = 0; m < NMETRICS; m++) {
		out_text(out, "# TYPE ");
		out_text(out, metrics[m].name);
		out_text(out, " gauge\n# HELP ");
		out_text(out, metrics[m].name);
		out_char(out, ' ');
		out_text(out, metrics[m].what);
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

	while (i < v->count && v->items[i].column != column)
		i++;
	return i < v->count;
}

const char *metrics_missing(const struct ipc_obj *usage, size_t *at)
{
	for (size_t m = OF_LIMITS + *at; m < NMETRICS; m++) {
		++*at;
		if (has(usage->kind, metrics[m].column) && !ipc_has(usage, columns[metrics[m].column].field))
			return metrics[m].name;
	}
	return NULL;
}
