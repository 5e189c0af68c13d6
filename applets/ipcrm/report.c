/* SPDX-License-Identifier: 0BSD */
/* The --json report: a list of outcomes for each kind, then their counts. */
#include "ipcrm/ipcrm.h"

static void choose(struct ipcrm *s, enum ipc_kind kind)
{
	static const uint8_t members[] = { COL_ID, COL_KEY, COL_ANY_NAME, COL_RESULT, COL_REASON };

	s->list = (struct list){ .member = ipc_kinds[kind].member, .columns = s->members };
	for (size_t i = 0; i < sizeof members; i++)
		if (columns[members[i]].kinds >> kind & 1)
			s->members[s->list.n++] = members[i];
}

void ipcrm_begin(struct ipcrm *s)
{
	s->printer = (struct printer){ .ops = &printer_json, .out = s->w->out };
	printer_open(&s->printer);
}

void ipcrm_begin_kind(struct ipcrm *s, enum ipc_kind kind)
{
	choose(s, kind);
	printer_begin(&s->printer, &s->list);
}

void ipcrm_end_kind(struct ipcrm *s)
{
	printer_end(&s->printer, true);
}

void ipcrm_no_kind(struct ipcrm *s, enum ipc_kind kind)
{
	choose(s, kind);
	printer_absent(&s->printer, &s->list);
}

void ipcrm_report(struct ipcrm *s, const struct ipcrm_target *t, enum ipcrm_result result, const char *reason)
{
	static const char *const results[] = {
		[IPCRM_FAILED] = "failed", [IPCRM_KEPT] = "kept", [IPCRM_REMOVED] = "removed",
		[IPCRM_MARKED] = "marked", [IPCRM_WOULD_REMOVE] = "would remove", [IPCRM_WOULD_MARK] = "would mark",
	};
	struct ipc_obj o;

	ipc_clear(&o, t->object.kind);
	if (t->object.id >= 0)
		ipc_set(&o, F_ID, t->object.id);
	if (t->key >= 0)
		ipc_set(&o, F_KEY, t->key);
	o.t[T_NAME] = t->object.name != NULL ? t->object.name : t->key_name;
	o.t[T_RESULT] = results[result];
	o.t[T_REASON] = reason;
	printer_row(&s->printer, &o);
}

void ipcrm_end(struct ipcrm *s, int status)
{
	static const uint8_t members[] = {
		COL_REMOVED, COL_MARKED, COL_WOULD_REMOVE, COL_WOULD_MARK, COL_KEPT, COL_FAILED,
	};
	static const uint8_t fields[] = {
		[IPCRM_FAILED] = F_FAILED, [IPCRM_KEPT] = F_KEPT, [IPCRM_REMOVED] = F_REMOVED, [IPCRM_MARKED] = F_MARKED,
		[IPCRM_WOULD_REMOVE] = F_WOULD_REMOVE, [IPCRM_WOULD_MARK] = F_WOULD_MARK,
	};
	static const struct list list = { .shape = LIST_MEMBERS, .columns = members, .n = sizeof members };
	struct ipc_obj o;

	ipc_clear(&o, IPC_REPORT);
	for (size_t i = 0; i < IPCRM_RESULTS; i++)
		ipc_set(&o, fields[i], (int64_t)s->counts[i]);
	printer_begin(&s->printer, &list);
	printer_row(&s->printer, &o);
	printer_end(&s->printer, true);
	printer_close(&s->printer, status == 0);
}
