/* SPDX-License-Identifier: 0BSD */
/* Where the rows of ipcs come from: all objects of a kind, or one with all about it. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "show/diag.h"
#include "kernel/process.h"
#include "select.h"

int ipcs_cannot(const struct ipcs *s, enum ipc_kind kind, const char *where, int rc)
{
	return applet_cannot(s->w, kind, where, rc);
}

/* There is nothing to list, and it may be worth knowing why. */
static void note_absent(const struct ipcs *s, enum ipc_kind kind)
{
	applet_say(s->w, 0, "there is no ", s->w->sys->shm, kind == IPC_PSHM
	     ? ", so there is no POSIX shared memory" : ", so there are no POSIX semaphores", NULL);
}

int ipcs_objects(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *t)
{
	struct ipc_iter it;
	struct ipc_obj o;
	int rc = ipc_iter_open(&it, s->w->sys, kind);

	if (rc < 0)
		return ipcs_cannot(s, kind, it.where, rc);
	if (it.absent)
		note_absent(s, kind);
	ipcs_open(t);
	while ((rc = ipc_iter_next(&it, &o)) == 1)
		if (select_row(&s->filter, s->judge, &o, NULL) && !ipcs_row(t, &o))
			break;
	ipc_iter_close(&it);
	if (rc < 0)
		return ipcs_cannot(s, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(s->w, kind, it.hidden, "shown", -EACCES);
	return 0;
}

/* What a process runs, if that is known. */
struct command {
	int64_t pid;
	bool known;
	char text[1024];
};

static int tell(const struct ipcs *s, const char *what, int rc)
{
	if (rc < 0)
		applet_say(s->w, rc, what, s->text, NULL);
	return rc < 0;
}

static int not_found(const struct ipcs *s)
{
	applet_say(s->w, 0, ipc_kinds[s->one.kind].by, " ", s->text, " not found", NULL);
	return 1;
}

/* The object that the command line names; 1 after saying why there is none. */
static int find(const struct ipcs *s, struct ipc_obj *o)
{
	const char *where;
	int rc = object_stat(s->w->sys, &s->one, o, &where);

	if (object_is_gone(s->one.kind, rc))
		return not_found(s);
	if (s->one.name != NULL && (rc == -EACCES || rc == -EPERM))
		return tell(s, "cannot look at name ", rc);
	return rc < 0 ? ipcs_cannot(s, s->one.kind, where, rc) : 0;
}

int ipcs_single(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *t)
{
	struct ipc_obj o;

	(void)kind;
	ipcs_open(t);
	if (find(s, &o) != 0)
		return 1;
	ipcs_row(t, &o);
	return 0;
}

/*
 * The rows of the semaphores of a set, one after the other.  Without `values`, which
 * may not be read, nothing but their number is known.
 */
static int element(const struct ipcs *s, const uint16_t *values, int semnum, struct ipc_obj *o)
{
	ipc_clear(o, IPC_ELEMENT);
	ipc_set(o, F_SEMNUM, semnum);
	if (values == NULL)
		return 0;
	ipc_set(o, F_SEMVAL, values[semnum]);
	return object_element(s->w->sys, s->one.id, semnum, o);
}

/* How many semaphores a set has; 0 if that is not known. */
static int count_of(const struct ipc_obj *set)
{
	return ipc_has(set, F_NSEMS) ? (int)set->v[F_NSEMS] : 0;
}

/*
 * All values of a set into memory that the caller gives back: 0, or what kept them from
 * being read, with *values NULL.
 */
static int read_values(const struct ipcs *s, const struct ipc_obj *set, struct mem *mem, uint16_t **values)
{
	int rc;

	mem_init(mem);
	*values = NULL;
	if (!ipc_has(set, F_NSEMS))
		return -EBADMSG;
	*values = mem_take(mem, ((size_t)set->v[F_NSEMS] + 1) * sizeof **values);
	rc = *values ? object_values(s->w->sys, s->one.id, *values) : -ENOMEM;
	if (rc < 0)
		*values = NULL;
	return rc;
}

static int show_elements(const struct ipcs *s, const struct ipc_obj *set)
{
	struct mem mem;
	uint16_t *values;
	struct ipc_obj o;
	int rc = read_values(s, set, &mem, &values), filled = 0;

	if (object_is_gone(IPC_SEM, rc)) {
		mem_free(&mem);
		return not_found(s);
	}
	render_row(&s->render, &view_details[IPC_SEM], set);
	render_head(&s->render, &view_elements);
	for (int i = 0; i < count_of(set) && (filled = element(s, values, i, &o)) >= 0; i++)
		render_row(&s->render, &view_elements, &o);
	out_char(s->render.out, '\n');
	mem_free(&mem);
	return tell(s, "cannot read the values of semaphore set ", rc) ||
		tell(s, "cannot read all of semaphore set ", filled);
}

/* Adds the command of the process that last used a semaphore; one process uses many in a row. */
static void add_command(const struct ipcs *s, struct ipc_obj *o, int64_t last, struct command *c)
{
	if (!ipc_has(o, F_SEMPID))
		return;
	if (o->v[F_SEMPID] != c->pid) {
		c->pid = o->v[F_SEMPID];
		c->known = process_command(s->w->sys, c->pid, last, c->text, sizeof c->text) > 0;
	}
	o->command = c->known ? c->text : NULL;
}

int ipcs_json_elements(const struct ipcs *s, const struct ipc_obj *set)
{
	static const uint8_t members[] = { COL_SEMNUM, COL_SEMVAL, COL_NCOUNT, COL_ZCOUNT, COL_SEMPID, COL_COMMAND };
	struct form form = { .out = s->render.out, .style = s->render.style, .kind = FORM_JSON,
			     .columns = members, .n = sizeof members };
	struct command command = { .pid = 0, .known = false };
	struct mem mem;
	uint16_t *values;
	struct ipc_obj o;
	int rc = read_values(s, set, &mem, &values), filled = 0;

	out_text(form.out, ipc_has(set, F_NSEMS) ? ",\"elements\":[" : ",\"elements\":null");
	for (int i = 0; i < count_of(set) && (filled = element(s, values, i, &o)) >= 0; i++) {
		if (i > 0)
			out_char(form.out, ',');
		add_command(s, &o, ipc_latest(set), &command);
		out_char(form.out, '{');
		form_row(&form, &o);
		out_char(form.out, '}');
	}
	if (ipc_has(set, F_NSEMS))
		out_char(form.out, ']');
	mem_free(&mem);
	return tell(s, "cannot read the values of semaphore set ", rc) ||
		tell(s, "cannot read all of semaphore set ", filled);
}

int ipcs_show_one(const struct ipcs *s)
{
	struct ipc_obj o;
	int status;

	if (!s->classic)
		return ipcs_show(s, ipcs_single);
	status = ipcs_scan(s);
	if (find(s, &o) != 0)
		return 1;
	if (o.kind == IPC_SEM)
		status |= show_elements(s, &o);
	else
		render_row(&s->render, &view_details[o.kind], &o);
	return status | ipcs_show_users(s, &o) | ipcs_show_messages(s);
}
