/* SPDX-License-Identifier: 0BSD */
/* Prompts before the removal of an object. */
#include "ipcrm/ipcrm.h"

#include <errno.h>
#include <unistd.h>

#include "kernel/names.h"
#include "show/diag.h"
#include "show/format.h"

/* Details in parentheses, separated by commas; unknown ones are left out. */
struct details {
	struct out *out;
	unsigned n;
};

static void begin(struct details *d, const char *text)
{
	out_text(d->out, d->n++ == 0 ? " (" : ", ");
	out_text(d->out, text);
}

static void add_owner(struct details *d, const struct ipc_obj *o)
{
	struct names names;
	const char *name;

	if (!ipc_has(o, F_UID))
		return;
	names_init(&names);
	name = names_get(&names, NAME_USER, (uint32_t)o->v[F_UID]);
	begin(d, "owner ");
	if (name != NULL)
		diag_text(d->out, name);
	else
		out_dec(d->out, (uint64_t)o->v[F_UID]);
	names_free(&names);
}

static void add_size(struct details *d, const struct ipc_obj *o)
{
	char human[VALUE_HUMAN];

	if (!ipc_has(o, F_SIZE))
		return;
	begin(d, "size ");
	out_bytes(d->out, human, value_human(human, (uint64_t)o->v[F_SIZE]));
}

static void add_count(struct details *d, const struct ipc_obj *o, uint8_t field, const char *one,
		      const char *many)
{
	if (!ipc_has(o, field))
		return;
	begin(d, "");
	out_dec(d->out, (uint64_t)o->v[field]);
	out_text(d->out, o->v[field] == 1 ? one : many);
}

/* The time since the last use: "unused for 3d". */
static void add_age(struct details *d, const struct ipc_obj *o, int64_t now)
{
	const struct style style = { .times = TIMES_SHORT, .now = now };
	char text[VALUE_ROOM];
	struct value v = { .style = &style, .o = o, .to = text };

	if (ipc_age(o, now) < 0 || (ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0))
		return;
	value_as(&v, COL_AGE, FMT_OWN);
	begin(d, "unused for ");
	out_bytes(d->out, v.s, v.len);
}

bool ipcrm_agreed(const struct ipcrm *s, const struct ipcrm_target *t, const struct ipc_obj *o)
{
	struct details d = { s->w->err, 0 };
	char c, first = '\n';
	ssize_t n;

	out_text(d.out, s->w->self->name);
	ipcrm_say(d.out, ": remove ", t);
	add_owner(&d, o);
	add_size(&d, o);
	add_count(&d, o, F_NATTCH, " attached", " attached");
	add_count(&d, o, F_QNUM, " message", " messages");
	add_count(&d, o, F_NSEMS, " semaphore", " semaphores");
	add_age(&d, o, s->w->sys->calls->now());
	out_text(d.out, d.n > 0 ? ")? " : "? ");
	out_flush(d.out);
	do {
		n = read(s->w->in, &c, 1);
		if (n == 1 && first == '\n')
			first = c;
	} while ((n == 1 && c != '\n') || (n < 0 && errno == EINTR));
	return n == 1 && (first == 'y' || first == 'Y');
}
