/* SPDX-License-Identifier: 0BSD */
/* --peek: shows messages without taking them from their queue. */
#include "ipcs/ipcs.h"

#include <errno.h>

#include "base/mem.h"

/* A buffer for one message.  It grows on demand, as most messages are far below the limit. */
struct room {
	struct mem mem;
	struct ipc_message *m;
	size_t size;
};

static int make_room(struct room *r, size_t size)
{
	mem_free(&r->mem);
	r->m = mem_take(&r->mem, sizeof *r->m + size);
	r->size = size;
	return r->m != NULL ? 0 : -ENOMEM;
}

/* Double the buffer, but to no more than the queue holds now. */
static int grow(const struct ipcs *s, struct room *r)
{
	struct ipc_obj now;
	const char *where;
	uint64_t held;
	int rc = object_stat(s->w->sys, &s->one, &now, &where);

	if (rc < 0)
		return rc;
	if (!ipc_has(&now, F_CBYTES))
		return -E2BIG;
	held = (uint64_t)now.v[F_CBYTES];
	/* The message may be gone by now. */
	if (held <= r->size || r->size > SIZE_MAX / 4)
		return 0;
	return make_room(r, held < 2 * r->size ? (size_t)held : 2 * r->size);
}

static void show(const struct ipcs *s, int n, const struct ipc_message *m, int len)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_MESSAGE);
	ipc_set(&o, F_NUMBER, n);
	ipc_set(&o, F_TYPE, m->type);
	ipc_set(&o, F_SIZE, len);
	o.t[T_BYTES] = m->text;
	printer_row(s->printer, &o);
}

static const uint8_t members[] = { COL_MSGTYPE, COL_MSGLEN, COL_BYTES };
static const struct list list = {
	.member = "messages", .view = &view_messages, .columns = members, .n = sizeof members,
};

/* Start the list at the first message.  Returns the result of reading the one after the last. */
static int peek(const struct ipcs *s, int *n)
{
	enum { FIRST = 4096, TRIES = 64 };
	struct room r = { .size = 0 };
	int rc, tries = TRIES;

	mem_init(&r.mem);
	rc = make_room(&r, FIRST);
	while (rc >= 0 && (uint64_t)*n < s->peek) {
		rc = object_peek(s->w->sys, s->one.id, *n, r.m, r.size);
		if (rc >= 0 && *n == 0)
			printer_begin(s->printer, &list);
		if (rc >= 0)
			show(s, (*n)++, r.m, rc);
		else if (rc == -E2BIG && tries-- > 0)
			rc = grow(s, &r);
	}
	mem_free(&r.mem);
	return rc == -ENOMSG ? 0 : rc;
}

int ipcs_show_messages(const struct ipcs *s)
{
	int n = 0, rc = peek(s, &n);

	if (n == 0 && rc >= 0)
		printer_begin(s->printer, &list);
	if (n == 0 && rc < 0)
		printer_absent(s->printer, &list);
	else
		printer_end(s->printer, rc >= 0);
	if (rc == -ENOSYS)
		applet_say(s->w, 0, "this kernel cannot show messages without removing them", NULL);
	else if (rc < 0)
		applet_say(s->w, rc, "cannot read the messages of queue ", s->text, NULL);
	return rc < 0;
}
