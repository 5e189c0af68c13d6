/* SPDX-License-Identifier: 0BSD */
/* The list of objects to remove: those that are named, and those that a sweep finds. */
#include "ipcrm/ipcrm.h"

#include <errno.h>
#include <string.h>

#include "select.h"

void ipcrm_init(struct ipcrm_targets *t, size_t named)
{
	size_t places = 4;

	mem_init(&t->mem);
	t->first = NULL;
	t->end = &t->first;
	t->n = 0;
	t->named = NULL;
	/* Keep at least half of the table free. */
	while (places < 2 * named)
		places *= 2;
	t->mask = places - 1;
	if (named > 0)
		t->named = mem_take(&t->mem, places * sizeof *t->named);
	t->incomplete = named > 0 && t->named == NULL;
}

static size_t hash(const struct object *one)
{
	uint32_t n = (uint32_t)one->kind + 1;

	if (one->name == NULL)
		return (n << 24 ^ (uint32_t)one->id) * 2654435761u >> 8;
	for (const char *s = one->name; *s != '\0'; s++)
		n = (n ^ (unsigned char)*s) * 16777619u;
	return n;
}

static bool is_same(const struct object *a, const struct object *b)
{
	if (a->kind != b->kind)
		return false;
	return a->name != NULL ? strcmp(a->name, b->name) == 0 : a->id == b->id;
}

/* The slot of the target for this object, or the free slot where one belongs. */
static struct ipcrm_target **place(const struct ipcrm_targets *t, const struct object *one)
{
	size_t at = hash(one) & t->mask;

	while (t->named[at] != NULL && !is_same(&t->named[at]->object, one))
		at = (at + 1) & t->mask;
	return &t->named[at];
}

/* Add a target to the list.  Returns NULL without memory, and then the list is incomplete. */
static struct ipcrm_target *append(struct ipcrm_targets *t, const struct ipcrm_target *one)
{
	struct ipcrm_target *kept = mem_take(&t->mem, sizeof *kept);

	t->incomplete |= kept == NULL;
	if (kept == NULL)
		return NULL;
	*kept = *one;
	*t->end = kept;
	t->end = &kept->next;
	return kept;
}

int ipcrm_push(struct ipcrm_targets *t, struct ipcrm_target one)
{
	struct ipcrm_target **at, *kept;

	if (t->incomplete)
		return -ENOMEM;
	at = t->named != NULL ? place(t, &one.object) : NULL;
	one.same = at != NULL ? *at : NULL;
	if (one.same != NULL && one.origin != IPCRM_NAMED)
		return 0;
	kept = append(t, &one);
	if (kept == NULL)
		return -ENOMEM;
	t->n += one.same == NULL;
	if (one.same == NULL && one.origin == IPCRM_NAMED)
		*at = kept;
	return 0;
}

static struct ipcrm_target target_of(const struct ipcrm *s, const struct ipc_obj *o)
{
	return (struct ipcrm_target){
		.object = object_of(o), .key = ipc_has(o, F_KEY) ? o->v[F_KEY] : -1,
		.origin = s->filter.n > 0 ? IPCRM_SELECTED : IPCRM_SWEPT,
	};
}

/* Replace a text by a copy; without memory, the list is incomplete. */
static void copy(struct ipcrm_targets *t, const char **text)
{
	if (*text != NULL)
		t->incomplete |= (*text = mem_copy(&t->mem, *text)) == NULL;
}

static int push_row(const struct ipcrm *s, struct ipcrm_targets *t, const struct ipc_obj *o)
{
	struct ipcrm_target one = target_of(s, o);

	copy(t, &one.object.name);
	return t->incomplete ? -ENOMEM : ipcrm_push(t, one);
}

struct others {
	const struct ipcrm *s;
	int status;
};

static void tell_other(void *arg, const char *name, int why)
{
	struct others *o = arg;

	if (!o->s->quiet)
		applet_say(o->s->w, 0, "not removed: ", o->s->w->sys->shm, "/", name, ipcrm_other_file(why), NULL);
	o->status = 1;
}

/*
 * Report files in /dev/shm that are not objects and stay.  Returns 1 if there are any, or if the
 * directory cannot be read, which the list of objects reports.
 */
static int tell_others(const struct ipcrm *s, enum ipc_kind kind)
{
	struct others o = { s, 0 };

	if (object_others(s->w->sys, kind, tell_other, &o) < 0)
		o.status = 1;
	return o.status;
}

/* True if the command line names this file as a semaphore, and not glibc's of the same name. */
static bool is_named_semaphore(const struct ipcrm *s, const struct ipcrm_targets *t, const char *name)
{
	const struct object one = { .kind = IPC_PSEM, .name = name };

	return t->named != NULL && *place(t, &one) != NULL && !object_hides_another(s->w->sys, IPC_PSEM, name);
}

/* Report an object that a sweep keeps, with --json later among those of its kind. */
static void keep_row(struct ipcrm *s, struct ipcrm_targets *t, const struct ipc_obj *o, const char *reason)
{
	struct ipcrm_target one = target_of(s, o);

	if (!s->json) {
		ipcrm_tell(s, &one, IPCRM_KEPT, reason);
		return;
	}
	one.result = IPCRM_KEPT;
	one.reason = reason;
	copy(t, &one.object.name);
	copy(t, &one.reason);
	if (!t->incomplete)
		append(t, &one);
}

/*
 * Add an object of a sweep, or report why it is kept: it may have users, or may not be a semaphore.  Sets
 * *kept in the second case.  Returns 0 or -ENOMEM.
 */
static int sweep_row(struct ipcrm *s, struct ipcrm_targets *t, struct ipc_obj *o, bool *kept)
{
	const bool musl = o->kind == IPC_PSEM && o->v[F_LIBC] == IPC_MUSL;
	struct select_reason reason;
	char words[SELECT_REASON];

	if (!select_row(&s->filter, s->judge, o, &reason)) {
		if (ipc_has(o, F_ORPHAN) && o->v[F_ORPHAN] == IPC_ORPHAN_MAYBE && (s->verbose || s->json))
			keep_row(s, t, o, select_words(s->w, &reason, o, words));
		return t->incomplete ? -ENOMEM : 0;
	}
	/* A list may show a semaphore of musl as a segment, if its value is 0. */
	if ((musl || o->kind == IPC_PSHM) && is_named_semaphore(s, t, o->t[T_NAME]))
		return 0;
	if (!musl)
		return push_row(s, t, o);
	*kept = true;
	keep_row(s, t, o, "it may be shared memory: remove it by name");
	return t->incomplete ? -ENOMEM : 0;
}

int ipcrm_sweep(struct ipcrm *s, enum ipc_kind kind, struct ipcrm_targets *t)
{
	bool kept = false;
	struct ipc_iter it;
	struct ipc_obj o;
	int rc = ipc_iter_open(&it, s->w->sys, kind), stored = 0;

	while (rc >= 0 && stored == 0 && (rc = ipc_iter_next(&it, &o)) == 1)
		stored = sweep_row(s, t, &o, &kept);
	ipc_iter_close(&it);
	if (stored < 0)
		return 1;
	if (rc < 0) {
		s->unlisted |= 1u << kind;
		return applet_cannot(s->w, kind, it.where, rc);
	}
	if (it.hidden > 0)
		applet_left_out(s->w, kind, it.hidden, "removed", -EACCES);
	if (s->filter.n > 0)
		return it.hidden > 0;
	return tell_others(s, kind) | (it.hidden > 0) | kept;
}

int ipcrm_miss(struct ipcrm *s, struct ipcrm_targets *t, struct ipcrm_target one, int rc)
{
	if (!s->json || (s->force && ipcrm_is_gone(&one, rc)))
		return ipcrm_fail(s, &one, rc);
	one.result = IPCRM_FAILED;
	one.reason = ipcrm_why_failed(&one, rc);
	append(t, &one);
	ipcrm_say_failed(s, &one, rc);
	return 1;
}
