/* SPDX-License-Identifier: 0BSD */
/* Sources of rows: the selected objects of a kind, or one object. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "select.h"

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
		return applet_cannot(s->w, kind, it.where, rc);
	if (it.absent)
		note_absent(s, kind);
	rc = ipc_iter_next(&it, &o);
	/* A list that fails at once is absent, not empty. */
	if (rc >= 0)
		ipcs_begin(t);
	for (; rc == 1; rc = ipc_iter_next(&it, &o))
		if (select_row(&s->filter, s->judge, &o, NULL) && !ipcs_row(t, &o))
			break;
	ipc_iter_close(&it);
	if (rc < 0)
		return applet_cannot(s->w, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(s->w, kind, it.hidden, "shown", -EACCES);
	return 0;
}

static int not_found(const struct ipcs *s)
{
	applet_say(s->w, 0, ipc_kinds[s->one.kind].by, " ", s->text, s->again ? " is gone" : " not found", NULL);
	return 1;
}

/*
 * Read the object that the command line names, and begin its table, unless it may exist but cannot be read.
 * Returns 1 after an error message, else 0.
 */
static int find(const struct ipcs *s, struct ipcs_table *t, struct ipc_obj *o)
{
	const char *where;
	int rc = object_stat(s->w->sys, &s->one, o, &where);
	bool gone = object_is_gone(s->one.kind, rc);

	if (rc >= 0 || gone)
		ipcs_begin(t);
	if (gone)
		return not_found(s);
	if (s->one.name != NULL && (rc == -EACCES || rc == -EPERM)) {
		applet_say(s->w, rc, "cannot access name ", s->text, NULL);
		return 1;
	}
	return rc < 0 ? applet_cannot(s->w, s->one.kind, where, rc) : 0;
}

int ipcs_single(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *t)
{
	struct ipc_obj o;
	int rc;

	(void)kind;
	if (find(s, t, &o) != 0)
		return 1;
	if (o.kind != IPC_SEM) {
		ipcs_row(t, &o);
		return 0;
	}
	/* A set that is gone by now is not found; one removed later still shows its values. */
	ipcs_read_values(s, &o);
	rc = s->values->rc;
	if (!object_is_gone(IPC_SEM, rc))
		ipcs_row(t, &o);
	mem_free(&s->values->mem);
	return object_is_gone(IPC_SEM, rc) ? not_found(s) : 0;
}
