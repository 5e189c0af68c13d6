/* SPDX-License-Identifier: 0BSD */
/* Where the rows of objects come from: all of a kind, or one. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "select.h"

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
		return applet_cannot(s->w, kind, it.where, rc);
	if (it.absent)
		note_absent(s, kind);
	ipcs_begin(t);
	while ((rc = ipc_iter_next(&it, &o)) == 1)
		if (select_row(&s->filter, s->judge, &o, NULL) && !ipcs_row(t, &o))
			break;
	ipc_iter_close(&it);
	if (rc < 0)
		return applet_cannot(s->w, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(s->w, kind, it.hidden, "shown", -EACCES);
	return 0;
}

/* The object that the command line names; 1 after saying why there is none. */
static int find(const struct ipcs *s, struct ipc_obj *o)
{
	const char *where;
	int rc = object_stat(s->w->sys, &s->one, o, &where);

	if (object_is_gone(s->one.kind, rc)) {
		applet_say(s->w, 0, ipc_kinds[s->one.kind].by, " ", s->text, " not found", NULL);
		return 1;
	}
	if (s->one.name != NULL && (rc == -EACCES || rc == -EPERM)) {
		applet_say(s->w, rc, "cannot look at name ", s->text, NULL);
		return 1;
	}
	return rc < 0 ? applet_cannot(s->w, s->one.kind, where, rc) : 0;
}

int ipcs_single(const struct ipcs *s, enum ipc_kind kind, struct ipcs_table *t)
{
	struct ipc_obj o;

	(void)kind;
	ipcs_begin(t);
	if (find(s, &o) != 0)
		return 1;
	ipcs_row(t, &o);
	return 0;
}
