/* SPDX-License-Identifier: 0BSD */
/* What stands behind the row of an object. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "base/mem.h"
#include "kernel/process.h"

static int tell(const struct ipcs *s, const char *what, int rc)
{
	if (rc < 0)
		applet_say(s->w, rc, what, s->text, NULL);
	return rc < 0;
}

/*
 * All values of a set into memory that the caller gives back: 0, or what kept them from
 * being read, with *values NULL.
 */
static int read_values(const struct ipcs *s, const struct ipc_obj *set, struct mem *mem, uint16_t **values)
{
	int rc;

	*values = mem_take(mem, ((size_t)set->v[F_NSEMS] + 1) * sizeof **values);
	rc = *values ? object_values(s->w->sys, s->one.id, *values) : -ENOMEM;
	if (rc < 0)
		*values = NULL;
	return rc;
}

/* The command of a process, if that is known. */
struct command {
	int64_t pid;
	bool known;
	char text[1024];
};

/* Adds the command of the process that last used a semaphore; one process uses many in a row. */
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

/*
 * Each semaphore of a set as a row.  Without `values`, which may not be read, nothing but their number is
 * known.
 */
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
	struct mem mem;
	uint16_t *values;
	int rc, filled;

	if (!ipc_has(set, F_NSEMS)) {
		printer_absent(s->printer, &list);
		return tell(s, "cannot read the values of semaphore set ", -EBADMSG);
	}
	mem_init(&mem);
	rc = read_values(s, set, &mem, &values);
	printer_begin(s->printer, &list);
	filled = show_each(s, set, values);
	printer_end(s->printer, rc == 0 && filled >= 0);
	mem_free(&mem);
	return tell(s, "cannot read the values of semaphore set ", rc) ||
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
