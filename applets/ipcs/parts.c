/* SPDX-License-Identifier: 0BSD */
/* The lists below the row of an object. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "kernel/process.h"

static int tell(const struct ipcs *s, const char *what, int rc)
{
	if (rc < 0)
		applet_say(s->w, rc, what, s->text, NULL);
	return rc < 0;
}

void ipcs_read_values(const struct ipcs *s, const struct ipc_obj *set)
{
	struct ipcs_values *values = s->values;

	mem_init(&values->mem);
	values->v = NULL;
	values->rc = -EBADMSG;
	if (!ipc_has(set, F_NSEMS))
		return;
	values->v = mem_take(&values->mem, ((size_t)set->v[F_NSEMS] + 1) * sizeof *values->v);
	values->rc = values->v ? object_values(s->w->sys, s->one.id, values->v) : -ENOMEM;
	if (values->rc < 0)
		values->v = NULL;
}

struct command {
	int64_t pid;
	bool known;
	char text[1024];
};

/* Add the command of the process that last used a semaphore; neighbors often have the same one. */
static void add_command(const struct ipcs *s, struct ipc_obj *o, int64_t last, struct command *c)
{
	if (!ipc_has(o, F_SEMPID))
		return;
	if (o->v[F_SEMPID] != c->pid) {
		c->pid = o->v[F_SEMPID];
		c->known = process_command(s->w->sys, c->pid, last, c->text, sizeof c->text) > 0;
	}
	o->t[T_COMMAND] = c->known ? c->text : NULL;
}

/* Show each semaphore of a set.  If its values could not be read (NULL), only the numbers are known. */
static int show_each(const struct ipcs *s, const struct ipc_obj *set, const uint16_t *values)
{
	struct command command = { .pid = 0, .known = false };
	struct ipc_obj o;
	int rc = 0;

	for (int i = 0; i < (int)set->v[F_NSEMS] && rc >= 0; i++) {
		ipc_clear(&o, IPC_ELEMENT);
		ipc_set(&o, F_SEMNUM, i);
		if (values != NULL) {
			ipc_set(&o, F_SEMVAL, values[i]);
			rc = object_element(s->w->sys, s->one.id, i, &o);
		}
		if (rc < 0)
			break;
		if (s->printer->ops->chosen)
			add_command(s, &o, ipc_latest(set), &command);
		printer_row(s->printer, &o);
	}
	return rc;
}

static int show_elements(const struct ipcs *s, const struct ipc_obj *set)
{
	static const uint8_t members[] = { COL_SEMNUM, COL_SEMVAL, COL_NCOUNT, COL_ZCOUNT, COL_SEMPID, COL_COMMAND };
	static const struct list list = {
		.member = "elements", .view = &view_elements, .columns = members, .n = sizeof members,
	};
	const struct ipcs_values *values = s->values;
	int filled = 0;

	if (ipc_has(set, F_NSEMS)) {
		printer_begin(s->printer, &list);
		filled = show_each(s, set, values->v);
		printer_end(s->printer, values->rc == 0 && filled >= 0);
	} else {
		printer_absent(s->printer, &list);
	}
	return tell(s, "cannot read the values of semaphore set ", values->rc) ||
		tell(s, "cannot read all of semaphore set ", filled);
}

int ipcs_show_parts(const struct ipcs *s, const struct ipc_obj *o)
{
	int status = 0;

	if (o->kind == IPC_SEM && s->text != NULL)
		status |= show_elements(s, o);
	if (s->holders != NULL)
		status |= ipcs_show_holders(s, o);
	if (s->peek > 0)
		status |= ipcs_show_messages(s);
	return status;
}
