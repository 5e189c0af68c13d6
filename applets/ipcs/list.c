/* SPDX-License-Identifier: 0BSD */
/*
 * Rows in any form.  They go straight through where the form allows that; a table as
 * wide as its contents, and one that is sorted, holds them first.
 */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "show/diag.h"
#include "kernel/process.h"

/* What a row lacks that a column shows, for it takes calls of its own. */
enum lack { LACK_ORPHAN = 1, LACK_COMMAND = 2, LACK_CAPACITY = 4, LACK_USERS = 8 };

/* One table: that of a kind or that of all. */
struct ipcs_table {
	const struct ipcs *s;
	const struct view *view;	/* of a classic table */
	struct form form;		/* of another */
	struct ipcs_columns columns;
	struct rows hold;
	bool holding, open, started, broken;
	unsigned lacking;		/* a bit for each enum lack */
	uint64_t left;			/* rows that are still wanted */
	int status;			/* of what was found out while showing them */
};

void ipcs_add_column(struct ipcs_columns *c, enum column_id id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == id)
			return;
	c->v[c->n++] = (uint8_t)id;
}

/* All that can be told of a kind of row without further calls. */
static void add_all(struct ipcs_columns *c, unsigned kind)
{
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++)
		if (column_is_choice(id) && columns[id].kinds >> kind & 1 && !columns[id].dear)
			ipcs_add_column(c, id);
}

/* Users are arrays in JSON, and none of its columns. */
static bool is_array(const struct ipcs *s, unsigned id)
{
	return s->form == FORM_JSON && columns[id].format == FMT_USERS;
}

/* The columns of a table: those asked for, or the usual ones and those. */
static void choose_columns(const struct ipcs *s, enum ipc_kind kind, struct ipcs_columns *c)
{
	c->n = 0;
	if (s->watch != NULL)
		ipcs_add_column(c, COL_MARK);
	if (s->mode == IPCS_GLOBAL && !s->chosen) {
		add_all(c, IPC_RESOURCE);
	} else if (s->form == FORM_JSON && s->mode == VIEW_LIST && !s->chosen) {
		add_all(c, kind);
	} else if (!s->chosen) {
		const struct view *v = &view_tables[s->mode][kind];

		for (unsigned i = 0; i < v->count; i++)
			if (v->items[i].column != COL_NONE)
				ipcs_add_column(c, v->items[i].column);
		/* A kind without such a table shows at least which objects there are. */
		ipcs_add_column(c, ipc_kinds[kind].named ? COL_NAME : COL_ID);
	}
	for (size_t i = 0; i < s->columns.n; i++)
		if (!is_array(s, s->columns.v[i]))
			ipcs_add_column(c, s->columns.v[i]);
	if (s->attached && !s->chosen && columns[COL_ATTACHED].kinds >> kind & 1 && !is_array(s, COL_ATTACHED))
		ipcs_add_column(c, COL_ATTACHED);
	if (s->waiting && !s->chosen && columns[COL_WAITING].kinds >> kind & 1 && !is_array(s, COL_WAITING))
		ipcs_add_column(c, COL_WAITING);
}

/* What takes calls of its own is only asked for where a column shows it. */
static void ask_for(struct ipcs_table *t, unsigned column)
{
	if (column == COL_ORPHAN)
		t->lacking |= LACK_ORPHAN;
	else if (column == COL_COMMAND)
		t->lacking |= LACK_COMMAND;
	else if (column == COL_QBYTES)
		t->lacking |= LACK_CAPACITY;
	else if (columns[column].format == FMT_USERS)
		t->lacking |= LACK_USERS;
}

static void begin(struct ipcs_table *t, const struct ipcs *s, enum ipc_kind kind)
{
	t->s = s;
	t->open = t->started = t->broken = false;
	t->lacking = 0;
	t->left = s->most;
	t->status = 0;
	t->holding = s->nkeys > 0 || (!s->classic && s->form == FORM_TABLE);
	t->columns.n = 0;
	if (s->classic) {
		t->view = &view_tables[s->mode][kind];
		for (unsigned i = 0; t->holding && i < t->view->count; i++)
			ipcs_add_column(&t->columns, t->view->items[i].column);
	} else {
		choose_columns(s, kind, &t->columns);
		t->form = (struct form){ .out = s->render.out, .style = s->render.style, .kind = s->form,
			.shell = s->shell, .columns = t->columns.v, .n = t->columns.n };
	}
	for (size_t i = 0; i < t->columns.n; i++)
		ask_for(t, t->columns.v[i]);
	for (size_t i = 0; i < s->nkeys; i++)
		ask_for(t, s->keys[i].column);
	if (!t->holding)
		return;
	rows_init(&t->hold);
	for (size_t i = 0; i < t->columns.n; i++)
		rows_column(&t->hold, t->columns.v[i]);
	for (size_t i = 0; i < s->nkeys; i++) {
		rows_column(&t->hold, s->keys[i].column);
		t->hold.keys[t->hold.nkeys++] = s->keys[i];
	}
}

/* What stands before the rows. */
static void head(struct ipcs_table *t)
{
	if (!t->s->classic && t->s->form == FORM_JSON)
		out_char(t->s->render.out, '[');
	else if (t->s->bare)
		return;
	else if (t->s->classic)
		render_head(&t->s->render, t->view);
	else
		form_head(&t->form);
}

void ipcs_open(struct ipcs_table *t)
{
	if (!t->open && !t->holding)
		head(t);
	t->open = true;
}

static void emit_json(struct ipcs_table *t, const struct ipc_obj *o)
{
	struct out *out = t->s->render.out;

	if (t->started)
		out_char(out, ',');
	t->started = true;
	ipcs_json_line(t->s);
	out_char(out, '{');
	form_row(&t->form, o);
	t->status |= ipcs_json_users(t->s, o);
	if (o->kind == IPC_SEM && t->s->text != NULL)
		t->status |= ipcs_json_elements(t->s, o);
	if (o->kind == IPC_MSG)
		t->status |= ipcs_show_messages(t->s);
	out_char(out, '}');
}

static void emit(struct ipcs_table *t, const struct ipc_obj *o)
{
	if (t->s->classic)
		render_row(&t->s->render, t->view, o);
	else if (t->s->form == FORM_JSON)
		emit_json(t, o);
	else
		form_row(&t->form, o);
}

static bool take(struct ipcs_table *t, struct ipc_obj *o)
{
	if (t->s->watch != NULL)
		ipcs_watch_mark(t->s->watch, o);
	if (t->holding) {
		t->broken = rows_add(&t->hold, o) < 0;
		return !t->broken;
	}
	if (t->left == 0)
		return false;
	emit(t, o);
	return --t->left > 0 && t->s->render.out->error == 0;
}

/* Adds what was asked for.  Apart, for a plain list needs no room for texts on its stack. */
__attribute__((noinline))
static bool take_with_more(struct ipcs_table *t, struct ipc_obj *o)
{
	char command[4096], list[4096];
	bool more;
	int pid;

	if (t->lacking & LACK_CAPACITY)
		object_complete(t->s->w->sys, o);
	if (t->lacking & LACK_ORPHAN && !ipc_has(o, F_ORPHAN))
		judge_object(t->s->judge, o, &pid);
	if (t->lacking & LACK_COMMAND && ipc_has(o, F_CPID) && ipc_has(o, F_CTIME) &&
	    process_command(t->s->w->sys, o->v[F_CPID], o->v[F_CTIME], command, sizeof command) > 0)
		o->command = command;
	if (t->lacking & LACK_USERS)
		ipcs_add_users(t->s, o, list, sizeof list);
	more = take(t, o);
	o->command = o->users = NULL;
	return more;
}

bool ipcs_row(struct ipcs_table *t, struct ipc_obj *o)
{
	return t->lacking != 0 ? take_with_more(t, o) : take(t, o);
}

/* Shows what was held, in order and as wide as it is. */
static void finish_held(struct ipcs_table *t)
{
	const struct kept_row *at;
	struct ipc_obj o;
	uint64_t left = t->left;

	rows_sort(&t->hold, &t->s->render.style);
	if (!t->s->classic && t->s->form == FORM_TABLE) {
		form_begin(&t->form, !t->s->bare);
		for (at = t->hold.first; left > 0 && rows_next(&at, &o); left--)
			form_measure(&t->form, &o);
	}
	head(t);
	for (at = t->hold.first, left = t->left; left > 0 && rows_next(&at, &o); left--)
		emit(t, &o);
}

static int finish(struct ipcs_table *t, unsigned kinds)
{
	struct ipc_obj o;

	while (t->s->watch != NULL && ipcs_watch_gone(t->s->watch, kinds, &o))
		t->broken |= rows_add(&t->hold, &o) < 0;
	if (t->holding && t->open && !t->broken)
		finish_held(t);
	if (!t->s->classic && t->s->form == FORM_JSON) {
		if (t->started)
			ipcs_json_line(t->s);
		out_text(t->s->render.out, t->open && !t->broken ? "]" : "null");
	}
	if (t->holding)
		rows_free(&t->hold);
	if (t->broken)
		applet_say(t->s->w, -ENOMEM, "cannot hold all rows", NULL);
	return t->broken | t->status;
}

/* One table of all these kinds; an exit status. */
static int show_table(const struct ipcs *s, unsigned kinds, ipcs_rows *rows)
{
	enum ipc_kind first = 0;
	struct ipcs_table t;
	int status = 0;

	while (!(kinds >> first & 1))
		first++;
	begin(&t, s, first);
	for (enum ipc_kind kind = first; kind < IPC_NKINDS && !t.broken; kind++)
		if (kinds >> kind & 1)
			status |= rows(s, kind, &t);
	return status | finish(&t, kinds);
}

void ipcs_json_line(const struct ipcs *s)
{
	if (!s->one_line)
		out_char(s->render.out, '\n');
}

void ipcs_json_begin(const struct ipcs *s)
{
	out_text(s->render.out, "{\"version\":1,");
	ipcs_json_line(s);
}

void ipcs_json_end(const struct ipcs *s, bool complete)
{
	out_char(s->render.out, ',');
	ipcs_json_line(s);
	out_text(s->render.out, complete ? "\"complete\":true}\n" : "\"complete\":false}\n");
}

static int show_json(const struct ipcs *s, ipcs_rows *rows, bool complete)
{
	const char *comma = "";
	int status = 0;

	ipcs_json_begin(s);
	if (s->mode == IPCS_GLOBAL) {
		form_member(s->render.out, "resources");
		status = show_table(s, s->kinds, rows);
	}
	for (enum ipc_kind kind = 0; s->mode != IPCS_GLOBAL && kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1))
			continue;
		if (*comma != '\0') {
			out_text(s->render.out, comma);
			ipcs_json_line(s);
		}
		comma = ",";
		form_member(s->render.out, ipc_kinds[kind].member);
		status |= show_table(s, 1u << kind, rows);
	}
	ipcs_json_end(s, complete && status == 0);
	return status;
}

/* A table of fixed form, or why there is none. */
static int show_classic(const struct ipcs *s, enum ipc_kind kind, ipcs_rows *rows)
{
	const struct view *v = &view_tables[s->mode][kind];

	if (v->count > 0)
		return show_table(s, 1u << kind, rows);
	if (v->title != NULL)
		applet_say(s->w, 0, v->title, NULL);
	return 0;
}

int ipcs_show(const struct ipcs *s, ipcs_rows *rows)
{
	bool several = (s->kinds & (s->kinds - 1)) != 0, titles = !s->bare && (s->classic || several);
	int status = ipcs_scan(s);

	if (!s->classic && s->form == FORM_JSON)
		return status | show_json(s, rows, status == 0);
	if (!s->classic && (s->chosen || s->mode == IPCS_GLOBAL))
		return status | show_table(s, s->kinds, rows);
	if (titles && s->classic)
		out_char(s->render.out, '\n');
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1))
			continue;
		if (titles && !s->classic && s->form == FORM_TABLE)
			out_text(s->render.out, view_tables[s->mode][kind].title ? view_tables[s->mode][kind].title : "");
		status |= s->classic ? show_classic(s, kind, rows) : show_table(s, 1u << kind, rows);
		if (titles && (s->classic || s->form == FORM_TABLE))
			out_char(s->render.out, '\n');
	}
	return status;
}
