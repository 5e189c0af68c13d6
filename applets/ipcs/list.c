/* SPDX-License-Identifier: 0BSD */
/* Tables.  Rows go straight to the printer, unless sorting, widths or --watch require all of them first. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <sys/ioctl.h>

#include "kernel/process.h"
#include "select.h"

/* One table, for one kind or for all. */
struct ipcs_table {
	const struct ipcs *s;
	struct list list;
	struct ipcs_columns columns;
	struct rows kept;
	bool keeping, begun, broken;
	bool parts;			/* rows have lists below them */
	unsigned want;			/* enum column_want: data that takes extra calls */
	uint64_t left;			/* rows still wanted */
	int status;			/* of the lists below the rows */
};

void ipcs_add_column(struct ipcs_columns *c, enum column_id id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == id)
			return;
	c->v[c->n++] = (uint8_t)id;
}

/* All columns of a kind but the expensive ones. */
static void add_all(struct ipcs_columns *c, unsigned kind)
{
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++)
		if (column_is_choice(id) && columns[id].kinds >> kind & 1 && !(columns[id].want & WANT_DEAR))
			ipcs_add_column(c, id);
}

/* True for the capacity of a queue, which a table omits to make room for a list of processes. */
static bool makes_room(const struct ipcs *s, enum column_id id)
{
	return s->printer->ops == &printer_table && (s->attached || s->waiting) &&
		(id == COL_MAXMSG || id == COL_MSGSIZE);
}

void ipcs_add_view(struct ipcs_columns *c, const struct view *v)
{
	for (unsigned i = 0; i < v->count; i++)
		if (v->items[i].column != COL_NONE)
			ipcs_add_column(c, v->items[i].column);
}

/* JSON has the ID of a user or group beside its name. */
static void add_numbers(struct ipcs_columns *c)
{
	for (size_t i = 0, n = c->n; i < n; i++) {
		enum column_id number = column_number(c->v[i]);

		if (number != COL_NONE)
			ipcs_add_column(c, number);
	}
}

/* Add a requested column, unless this form shows it as a list below the row. */
static void add_asked(const struct ipcs *s, struct ipcs_columns *c, enum column_id id)
{
	if (!s->printer->ops->nests || !format_is_holders(id))
		ipcs_add_column(c, id);
}

bool ipcs_shows_limits(const struct ipcs *s)
{
	return s->output >= IPCS_GLOBAL;
}

static void add_usual(const struct ipcs *s, enum ipc_kind kind, struct ipcs_columns *c)
{
	static const uint8_t of_limits[] = { COL_RESOURCE, COL_LIMIT, COL_DESCRIPTION };
	struct ipcs_columns view = { .n = 0 };

	if (s->output == IPCS_GLOBAL) {
		add_all(c, IPC_RESOURCE);
	} else if (s->output == IPCS_RESOURCES) {
		for (size_t i = 0; i < sizeof of_limits; i++)
			ipcs_add_column(c, of_limits[i]);
	} else if (s->printer->ops->nests && s->output == VIEW_LIST) {
		add_all(c, kind);
	} else {
		ipcs_add_view(&view, &view_tables[s->output][kind]);
		for (size_t i = 0; i < view.n; i++)
			if (!makes_room(s, view.v[i]))
				ipcs_add_column(c, view.v[i]);
		/* A kind without this view shows at least its ids or names. */
		ipcs_add_column(c, ipc_kinds[kind].named ? COL_NAME : COL_ID);
	}
}

static void choose_columns(const struct ipcs *s, enum ipc_kind kind, struct ipcs_columns *c)
{
	if (!s->chosen)
		add_usual(s, kind, c);
	for (size_t i = 0; i < s->columns.n; i++)
		add_asked(s, c, s->columns.v[i]);
	if (s->attached && !s->chosen && columns[COL_ATTACHED].kinds >> kind & 1)
		add_asked(s, c, COL_ATTACHED);
	if (s->waiting && !s->chosen && columns[COL_WAITING].kinds >> kind & 1)
		add_asked(s, c, COL_WAITING);
	if (s->printer->ops->nests)
		add_numbers(c);
}

/* Keep the fields that the columns, the sort order and the lists below the rows need. */
static void keep(struct ipcs_table *t)
{
	static const uint8_t parts[] = { F_ID, F_INODE, F_NATTCH };

	rows_init(&t->kept);
	for (size_t i = 0; i < t->columns.n; i++)
		rows_column(&t->kept, t->columns.v[i]);
	for (size_t i = 0; i < t->s->nkeys; i++) {
		rows_column(&t->kept, t->s->keys[i].column);
		t->kept.keys[t->kept.nkeys++] = t->s->keys[i];
	}
	for (size_t i = 0; t->parts && i < sizeof parts; i++)
		t->kept.fields |= UINT64_C(1) << parts[i];
	if (t->s->watch != NULL)
		t->kept.fields |= UINT64_C(1) << F_MARK;
}

/* A table has a title if there are several. */
static const char *title_of(const struct ipcs *s, enum ipc_kind kind)
{
	bool several = (s->kinds & (s->kinds - 1)) != 0;
	const struct view *v;

	if (!several || s->chosen || s->output >= VIEW_TABLES)
		return NULL;
	v = &view_tables[s->output][kind];
	return v->count > 0 ? v->title : "";
}

/* kind: the first kind of the table. */
static void make(struct ipcs_table *t, const struct ipcs *s, enum ipc_kind kind)
{
	*t = (struct ipcs_table){ .s = s, .left = s->most };
	t->keeping = s->nkeys > 0 || s->printer->ops->measure != NULL || s->watch != NULL;
	t->parts = s->printer->ops->nests && (s->text != NULL || s->holders != NULL || s->peek > 0);
	if (s->printer->ops->chosen)
		choose_columns(s, kind, &t->columns);
	else if (s->text == NULL)
		ipcs_add_view(&t->columns, &view_tables[s->output][kind]);
	t->list = (struct list){
		.member = ipcs_shows_limits(s) ? "resources" : ipc_kinds[kind].member,
		.view = s->text != NULL ? &view_details[kind] :
			s->output < VIEW_TABLES ? &view_tables[s->output][kind] : NULL,
		.columns = t->columns.v, .n = t->columns.n, .title = title_of(s, kind),
	};
	for (size_t i = 0; i < t->columns.n; i++)
		t->want |= columns[t->columns.v[i]].want;
	for (size_t i = 0; i < s->nkeys; i++)
		t->want |= columns[s->keys[i].column].want;
	/* Lists show it anyway, if it can be read. */
	if (s->text == NULL)
		t->want &= ~(unsigned)WANT_RESIDENT;
	if (t->keeping)
		keep(t);
}

void ipcs_begin(struct ipcs_table *t)
{
	if (!t->begun && !t->keeping)
		printer_begin(t->s->printer, &t->list);
	t->begun = true;
}

static void emit(struct ipcs_table *t, const struct ipc_obj *o)
{
	printer_row(t->s->printer, o);
	if (t->parts)
		t->status |= ipcs_show_parts(t->s, o);
}

static bool take(struct ipcs_table *t, struct ipc_obj *o)
{
	if (t->s->watch != NULL)
		ipcs_watch_mark(t->s->watch, o);
	if (t->keeping) {
		t->broken = rows_add(&t->kept, o) < 0;
		return !t->broken;
	}
	if (t->left == 0)
		return false;
	emit(t, o);
	return --t->left > 0 && t->s->printer->out->error == 0;
}

/* Add expensive values.  Not inlined, so that a plain list needs no stack for the buffers. */
__attribute__((noinline))
static bool take_with_more(struct ipcs_table *t, struct ipc_obj *o)
{
	char command[4096], list[4096];
	bool more;
	int pid;

	if (t->want & WANT_CAPACITY)
		object_complete(t->s->w->sys, o);
	if (t->want & WANT_RESIDENT)
		object_resident(t->s->w->sys, o);
	if (t->want & WANT_ORPHAN && !ipc_has(o, F_ORPHAN))
		judge_object(t->s->judge, o, &pid);
	if (t->want & WANT_COMMAND && ipc_has(o, F_CPID) && ipc_has(o, F_CTIME) &&
	    process_command(t->s->w->sys, o->v[F_CPID], o->v[F_CTIME], command, sizeof command) > 0)
		o->t[T_COMMAND] = command;
	if (t->want & WANT_HOLDERS)
		ipcs_add_holders(t->s, o, list, sizeof list);
	more = take(t, o);
	o->t[T_COMMAND] = o->t[T_HOLDERS] = NULL;
	return more;
}

bool ipcs_row(struct ipcs_table *t, struct ipc_obj *o)
{
	return t->want != 0 ? take_with_more(t, o) : take(t, o);
}

static void show_kept(struct ipcs_table *t)
{
	struct printer *p = t->s->printer;
	const struct kept_row *at;
	struct ipc_obj o;
	uint64_t left = t->left;

	rows_sort(&t->kept, &p->style);
	if (p->ops->measure != NULL) {
		p->ops->measure(p, &t->list, NULL);
		for (at = t->kept.first; left > 0 && rows_next(&at, &o); left--)
			p->ops->measure(p, &t->list, &o);
	}
	printer_begin(p, &t->list);
	for (at = t->kept.first, left = t->left; left > 0 && rows_next(&at, &o); left--) {
		if (t->s->watch != NULL)
			ipcs_watch_row(t->s, &o);
		else
			emit(t, &o);
	}
}

/* Add the rows that are gone since the previous round. */
static void add_gone(struct ipcs_table *t, enum ipc_kind kind)
{
	struct ipc_obj o;

	while (ipcs_watch_gone(t->s->watch, kind, &o))
		t->broken |= rows_add(&t->kept, &o) < 0;
}

static int finish(struct ipcs_table *t)
{
	if (t->keeping && t->begun && !t->broken)
		show_kept(t);
	if (t->begun && !t->broken)
		printer_end(t->s->printer, true);
	else
		printer_absent(t->s->printer, &t->list);
	if (t->keeping)
		rows_free(&t->kept);
	if (t->broken)
		applet_say(t->s->w, -ENOMEM, "cannot store all rows", NULL);
	return t->broken | t->status;
}

static int show_table(const struct ipcs *s, unsigned kinds, ipcs_rows *rows)
{
	enum ipc_kind first = ipc_first(kinds);
	struct ipcs_table t;
	int status = 0, rc;

	make(&t, s, first);
	if (t.list.view != NULL && t.list.view->count == 0 && !s->printer->ops->chosen) {
		if (t.list.view->title != NULL)
			applet_say(s->w, 0, t.list.view->title, NULL);
		return finish(&t);
	}
	for (enum ipc_kind kind = first; kind < IPC_NKINDS && !t.broken; kind++) {
		rc = kinds >> kind & 1 ? rows(s, kind, &t) : 0;
		status |= rc;
		/* If rows are missing, nobody knows which ones are gone. */
		if (s->watch != NULL && rc == 0)
			add_gone(&t, kind);
	}
	return status | finish(&t);
}

/* The width of the terminal; 0, for no limit, if it is unknown or the output is not a terminal. */
static unsigned terminal_width(const struct out *out)
{
	struct winsize size;

	return ioctl(out->fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int ipcs_show(const struct ipcs *s, ipcs_rows *rows)
{
	bool at_once = ipcs_shows_limits(s) || (s->chosen && !s->printer->ops->nests);
	int status = ipcs_scan(s);

	if (s->printer->ops == &printer_table)
		s->printer->width = terminal_width(s->printer->out);
	printer_open(s->printer);
	if (at_once)
		status |= show_table(s, s->kinds, rows);
	for (enum ipc_kind kind = 0; !at_once && kind < IPC_NKINDS; kind++)
		if (s->kinds >> kind & 1)
			status |= show_table(s, 1u << kind, rows);
	status |= select_judged(s->w, s->judge);
	printer_close(s->printer, status == 0);
	return status;
}
