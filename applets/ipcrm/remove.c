/* SPDX-License-Identifier: 0BSD */
/* Checks the objects of the list again and removes them. */
#include "ipcrm/ipcrm.h"

#include <errno.h>

#include "kernel/names.h"
#include "select.h"

static int no_memory(const struct world *w)
{
	applet_say(w, -ENOMEM, "cannot store the list of objects to remove", NULL);
	return 1;
}

static int look(const struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o)
{
	const char *where;

	return object_stat(s->w->sys, &t->object, o, &where);
}

/*
 * Check a selected object again, right before its removal.  Returns why it must stay, possibly in words,
 * or NULL to remove it, and then words holds a warning or "".
 */
static const char *changed(struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o,
			   char words[SELECT_REASON])
{
	struct select_reason reason;

	*words = '\0';
	if (object_is_same(&t->object, o) == 0)
		return "it has been changed or replaced";
	if (select_row(&s->filter, s->judge, o, &reason)) {
		if (ipc_has(o, F_ORPHAN) && o->v[F_ORPHAN] == IPC_ORPHAN_MAYBE)
			select_words(s->w, &reason, o, words);
		return NULL;
	}
	if (ipc_has(o, F_ORPHAN))
		return select_words(s->w, &reason, o, words);
	if (ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0)
		return "it is attached now";
	return "it no longer matches";
}

/* An attached segment is destroyed only when nobody has it attached any more. */
static void tell_attached(const struct ipcrm *s, const struct ipcrm_target *t, const struct ipc_obj *o)
{
	if (t->object.kind != IPC_SHM || s->quiet || s->json || !ipc_has(o, F_NATTCH) || o->v[F_NATTCH] == 0)
		return;
	out_text(s->w->err, s->w->self->name);
	ipcrm_say(s->w->err, ": ", t);
	out_text(s->w->err, " is marked for removal (dest): ");
	out_dec(s->w->err, (uint64_t)o->v[F_NATTCH]);
	out_text(s->w->err, o->v[F_NATTCH] == 1 ? " attachment remains\n" : " attachments remain\n");
	out_flush(s->w->err);
}

/* Read a selected object again.  Returns 0, or -errno, also if its identity cannot be checked. */
static int look_again(const struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o)
{
	int rc = look(s, t, o), same = rc == 0 ? object_is_same(&t->object, o) : 0;

	return same < 0 ? same : rc;
}

/* Read the row of a target that is removed in any case, if more of it is reported than its identity. */
static void look_for_report(const struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o)
{
	bool useful = s->json ? !ipc_kinds[t->object.kind].named : s->verbose && t->object.kind == IPC_SHM;

	if (useful && look(s, t, o) < 0)
		ipc_clear(o, t->object.kind);
}

/*
 * Why a target stays, or NULL to remove it; words as in changed.  *o is its row if that was read, else
 * empty.  *unseen is -errno if it stays because it cannot be checked, else 0.
 */
static const char *reason_to_keep(struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o,
				  char words[SELECT_REASON], int *unseen)
{
	*unseen = 0;
	ipc_clear(o, t->object.kind);
	*words = '\0';
	if (t->origin != IPCRM_SELECTED) {
		look_for_report(s, t, o);
		return NULL;
	}
	*unseen = look_again(s, t, o);
	if (*unseen == 0)
		return changed(s, t, o, words);
	if (!ipcrm_is_gone(t, *unseen))
		return NULL;
	*unseen = 0;
	return "it no longer exists";
}

/* A warning that a file of the same name, maybe musl's semaphore, remains after glibc's; else NULL. */
static const char *rest_of(const struct ipcrm *s, const struct ipcrm_target *t)
{
	if (t->origin != IPCRM_NAMED || !object_hides_another(s->w->sys, t->object.kind, t->object.name))
		return NULL;
	return "it is glibc's semaphore; a file of this name, maybe musl's semaphore, remains";
}

/* Announce a removal.  Returns false if that cannot be written; then the object must stay. */
static bool announce(struct ipcrm *s, const struct ipcrm_target *t)
{
	if (s->verbose) {
		ipcrm_say(s->w->out, "removing ", t);
		out_char(s->w->out, '\n');
	}
	/* JSON reports a removal afterwards; flushing before each one leaves at most one unreported. */
	return (!s->verbose && !s->json) || out_flush(s->w->out) == 0;
}

/* The result that object_remove would return. */
static int would_remove(const struct ipcrm *s, const struct ipcrm_target *t, struct ipc_obj *o)
{
	int rc = object_may_remove(s->w->sys, &t->object, o);

	/* An attached segment can be removed repeatedly. */
	if (t->same == NULL || !t->same->goes || (ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0))
		return rc;
	return t->object.name != NULL ? -ENOENT : -EINVAL;
}

/*
 * The result of a removal that worked or would work.  *o is the row before it, as far as it is known.  The
 * kernel keeps an attached segment, marked; only the report tells that from a removal.
 */
static enum ipcrm_result result_of(const struct ipcrm *s, const struct ipcrm_target *t,
				   const struct ipc_obj *o)
{
	struct ipc_obj now;

	if (s->dry)
		return ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0 ? IPCRM_WOULD_MARK : IPCRM_WOULD_REMOVE;
	return s->json && t->object.kind == IPC_SHM && look(s, t, &now) == 0 ? IPCRM_MARKED : IPCRM_REMOVED;
}

/* Remove an object or, in a dry run, check if that would work.  words: a warning, or empty. */
static int take_away(struct ipcrm *s, struct ipcrm_target *t, struct ipc_obj *o, const char *words)
{
	const char *rest = rest_of(s, t);
	int rc = s->dry ? would_remove(s, t, o) : object_remove(s->w->sys, &t->object);

	/* It is not a failure if a found object vanishes before its removal. */
	if (rc < 0)
		return t->origin == IPCRM_NAMED || !ipcrm_is_gone(t, rc) ? ipcrm_fail(s, t, rc) : 0;
	t->goes = true;
	ipcrm_tell(s, t, result_of(s, t, o), *words != '\0' ? words : rest);
	if (rest != NULL && !s->quiet && !s->json)
		ipcrm_remark(s, ": ", t, ": ", rest);
	if (!s->dry)
		tell_attached(s, t, o);
	return 0;
}

/* True if the name still belongs to the object that the prompt described; else it is reported as kept. */
static bool is_still(struct ipcrm *s, const struct ipcrm_target *t, const struct ipc_obj *described,
		     int *status)
{
	const struct object one = object_of(described);
	struct ipc_obj o;
	int rc = look(s, t, &o), same = rc == 0 ? object_is_same(&one, &o) : rc;

	if (same < 0 && !ipcrm_is_gone(t, same))
		*status = ipcrm_tell_unseen(s, t, same);
	else if (same != 0)
		return true;
	else
		ipcrm_tell(s, t, IPCRM_KEPT, "it has been changed or replaced");
	/* The user agreed to the removal of an object that is named. */
	*status |= same == 0 && t->origin == IPCRM_NAMED;
	return false;
}

/* Keep the key of an object for its report. */
static void learn_key(struct ipcrm_target *t, const struct ipc_obj *o)
{
	if (t->key < 0 && t->same != NULL)
		t->key = t->same->key;
	else if (t->key < 0 && ipc_has(o, F_KEY))
		t->key = o->v[F_KEY];
}

/* Prompt, unless the object is gone.  Returns false if it stays; *status is then the exit status. */
static bool ask(struct ipcrm *s, struct ipcrm_target *t, int *status)
{
	struct ipc_obj o;
	int rc = look(s, t, &o);

	*status = 0;
	if (ipcrm_is_gone(t, rc)) {
		*status = t->origin == IPCRM_NAMED ? ipcrm_fail(s, t, rc) : 0;
		return false;
	}
	if (rc < 0)
		ipc_clear(&o, t->object.kind);
	learn_key(t, &o);
	if (!ipcrm_agreed(s, t, &o)) {
		if (s->verbose || s->json)
			ipcrm_tell(s, t, IPCRM_KEPT, "declined");
		return false;
	}
	/* The answer may have taken a while, so check everything after it.  An ID never returns, a name may. */
	judge_again(s->judge);
	return rc < 0 || t->object.name == NULL || is_still(s, t, &o, status);
}

static int remove_one(struct ipcrm *s, struct ipcrm_target *t)
{
	char words[SELECT_REASON];
	struct ipc_obj o;
	const char *reason;
	int rc;

	if (s->ask && !ask(s, t, &rc))
		return rc;
	reason = reason_to_keep(s, t, &o, words, &rc);
	learn_key(t, &o);
	if (rc < 0)
		return ipcrm_tell_unseen(s, t, rc);
	if (reason != NULL) {
		ipcrm_tell(s, t, IPCRM_KEPT, reason);
		return 0;
	}
	if (*words != '\0' && !s->quiet && !s->json)
		ipcrm_remark(s, ": ", t, " may have users: ", words);
	if (!s->dry && !announce(s, t))
		return 1;
	return take_away(s, t, &o, words);
}

/* Report an outcome that is known already, or remove an object. */
static int act_on(struct ipcrm *s, struct ipcrm_target *t)
{
	if (t->reason != NULL)
		ipcrm_tell(s, t, t->result, t->reason);
	else if (s->stopped)
		ipcrm_tell(s, t, IPCRM_KEPT, "more objects are selected than --max allows");
	else
		return remove_one(s, t);
	return 0;
}

/* True if a dry run lists this target; each object is listed once. */
static bool is_shown(const struct ipcrm_target *t, enum ipc_kind kind)
{
	return t->object.kind == kind && t->goes && (t->same == NULL || !t->same->goes);
}

/* List the objects of one kind that would be removed, as ipcs does. */
static void show_kind(const struct ipcrm *s, struct printer *p, enum ipc_kind kind,
		      const struct ipcrm_target *t)
{
	const struct list list = { .view = &view_tables[VIEW_LIST][kind] };
	struct ipc_obj o;

	while (t != NULL && !is_shown(t, kind))
		t = t->next;
	if (t == NULL)
		return;
	printer_begin(p, &list);
	for (; t != NULL; t = t->next) {
		if (!is_shown(t, kind))
			continue;
		if (look(s, t, &o) == 0) {
			printer_row(p, &o);
		} else {
			ipcrm_say(p->out, "", t);
			out_char(p->out, '\n');
		}
	}
	printer_end(p, true);
}

static void show_all(const struct ipcrm *s, const struct ipcrm_targets *t)
{
	struct names names;
	struct printer p = {
		.ops = &printer_classic, .out = s->w->out,
		.style = { .units = UNITS_PLAIN, .name = applet_name, .names = &names },
		.follows = true,
	};

	names_init(&names);
	printer_open(&p);
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		show_kind(s, &p, kind, t->first);
	printer_close(&p, true);
	names_free(&names);
}

/* Act on the targets of these kinds, in order.  Returns the exit status. */
static int remove_all(struct ipcrm *s, const struct ipcrm_targets *t, unsigned kinds)
{
	int status = 0;

	for (struct ipcrm_target *one = t->first; one != NULL && s->w->out->error == 0; one = one->next)
		if (kinds >> one->object.kind & 1)
			status |= act_on(s, one);
	return status | (s->w->out->error < 0);
}

/* True if there are targets of a kind. */
static bool has_kind(const struct ipcrm_targets *t, enum ipc_kind kind)
{
	const struct ipcrm_target *one = t->first;

	while (one != NULL && one->object.kind != kind)
		one = one->next;
	return one != NULL;
}

/* The same of all kinds, each with its list in the report. */
static int remove_by_kind(struct ipcrm *s, const struct ipcrm_targets *t)
{
	int status = 0;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds >> kind & 1))
			continue;
		if (t->incomplete || (s->unlisted >> kind & 1 && !has_kind(t, kind))) {
			ipcrm_no_kind(s, kind);
			continue;
		}
		ipcrm_begin_kind(s, kind);
		status |= remove_all(s, t, 1u << kind);
		ipcrm_end_kind(s);
	}
	return status;
}

/* Report that more objects are selected than --max allows.  Returns 1, or 0 if it allows them. */
static int exceeds(const struct ipcrm *s, const struct ipcrm_targets *t)
{
	char found[OUT_DIGITS], most[OUT_DIGITS];

	if (t->n <= s->most)
		return 0;
	applet_say(s->w, 0, out_decimal(found, t->n), t->n == 1 ? " object selected" : " objects selected",
		   ", more than --max ", out_decimal(most, s->most), ": nothing removed", NULL);
	return 1;
}

int ipcrm_remove(struct ipcrm *s, const struct ipcrm_targets *t)
{
	int status = t->incomplete ? no_memory(s->w) : exceeds(s, t);

	s->stopped = status != 0;
	/* A second pass over /proc serves all final checks. */
	judge_again(s->judge);
	if (s->json)
		status |= remove_by_kind(s, t);
	else if (!s->stopped)
		status |= remove_all(s, t, IPC_ALL_KINDS);
	for (enum ipc_kind k = 0; k < IPC_NKINDS; k++)
		if (s->denied[k] > 0 && !s->quiet)
			applet_left_out(s->w, k, s->denied[k], "removed", -EPERM);
	if (s->dry && !s->json && !s->stopped)
		show_all(s, t);
	return status;
}
