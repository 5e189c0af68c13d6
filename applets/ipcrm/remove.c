/* SPDX-License-Identifier: 0BSD */
/* Finds the objects to remove, checks them again, removes them and reports the outcome. */
#include "ipcrm/ipcrm.h"

#include <errno.h>
#include <string.h>

#include "show/diag.h"
#include "kernel/names.h"
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

static int no_memory(const struct world *w)
{
	applet_say(w, -ENOMEM, "cannot store the list of objects to remove", NULL);
	return 1;
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

/* Describe a file in /dev/shm that is not an object. */
static const char *other_file(int why)
{
	return why == -EISDIR ? " is a directory" : why == -ELOOP ? " is a symbolic link" : " is not a regular file";
}

struct others {
	const struct ipcrm *s;
	int status;
};

static void tell_other(void *arg, const char *name, int why)
{
	struct others *o = arg;

	if (!o->s->quiet)
		applet_say(o->s->w, 0, "not removed: ", o->s->w->sys->shm, "/", name, other_file(why), NULL);
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

static void tell(struct ipcrm *s, const struct ipcrm_target *t, enum ipcrm_result result, const char *reason);

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
		tell(s, &one, IPCRM_KEPT, reason);
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

/* A dry run's message for -EOPNOTSUPP. */
static const char cannot_tell[] = "cannot determine if removal is permitted";

static void removal_failed(const struct world *w, const struct ipcrm_target *t, int rc)
{
	char digits[OUT_DIGITS];
	const char *what = t->key_given ? "key" : "id";
	const char *name = t->key_given ? t->key_given : out_decimal(digits, (uint64_t)t->object.id);

	if (rc == -EACCES || rc == -EPERM)
		applet_say(w, 0, "permission denied for ", what, " (", name, ")", NULL);
	else if (rc == -EOPNOTSUPP)
		applet_say(w, 0, cannot_tell, " for ", what, " (", name, ")", NULL);
	else if (rc == -EIDRM)
		applet_say(w, 0, "already removed ", what, " (", name, ")", NULL);
	else if (rc == -EINVAL || (rc == -ENOENT && t->key_given != NULL))
		applet_say(w, 0, "invalid ", what, " (", name, ")", NULL);
	else
		applet_say(w, rc, what, " failed (", name, ")", NULL);
}

static void name_failed(const struct world *w, const char *name, int rc)
{
	if (rc == -ENOENT)
		applet_say(w, 0, "name `", name, "' not found", NULL);
	else if (rc == -EACCES || rc == -EPERM)
		applet_say(w, 0, "permission denied for name `", name, "'", NULL);
	else if (rc == -EOPNOTSUPP)
		applet_say(w, 0, cannot_tell, " for name `", name, "'", NULL);
	else if (rc == -EISDIR || rc == -ELOOP || rc == -ENXIO)
		applet_say(w, 0, "name `", name, "'", other_file(rc), NULL);
	else
		applet_say(w, rc, "name failed (", name, ")", NULL);
}

void ipcrm_say(struct out *out, const char *what, const struct ipcrm_target *t)
{
	const struct object *one = &t->object;
	char shown[1024];

	out_text(out, what);
	out_text(out, ipc_kinds[one->kind].one);
	out_text(out, one->name == NULL ? " id `" : one->kind == IPC_PMSG ? " `/" : " `");
	if (one->name != NULL)
		out_bytes(out, shown, out_escape(shown, sizeof shown, one->name));
	else
		out_dec(out, (uint64_t)one->id);
	out_char(out, '\'');
}

/* Write "ipcrm: kept semaphore id `3': REASON" to standard error. */
static void remark(const struct ipcrm *s, const char *before, const struct ipcrm_target *t,
		   const char *behind, const char *text)
{
	out_text(s->w->err, s->w->self->name);
	ipcrm_say(s->w->err, before, t);
	out_text(s->w->err, behind);
	out_text(s->w->err, text);
	out_char(s->w->err, '\n');
	out_flush(s->w->err);
}

/* Count an outcome, and report it if requested. */
static void tell(struct ipcrm *s, const struct ipcrm_target *t, enum ipcrm_result result, const char *reason)
{
	if (s->json)
		ipcrm_report(s, t, result, reason);
	s->counts[result]++;
	if (result != IPCRM_KEPT || s->json || s->quiet)
		return;
	if (s->verbose) {
		ipcrm_say(s->w->out, "keeping ", t);
		out_text(s->w->out, ": ");
		out_text(s->w->out, reason);
		out_char(s->w->out, '\n');
		return;
	}
	remark(s, ": kept ", t, ": ", reason);
}

/* Report a failure for an object that is kept because it cannot be checked again.  Returns 1. */
static int tell_unseen(struct ipcrm *s, const struct ipcrm_target *t, int rc)
{
	const char *why = diag_reason(rc);
	struct out text;
	char words[128];

	out_init(&text, -1, words, sizeof words);
	out_text(&text, "cannot check it again: ");
	out_text(&text, why ? why : "error ");
	if (why == NULL)
		out_dec(&text, (uint64_t)-(int64_t)rc);
	out_char(&text, '\0');
	tell(s, t, IPCRM_FAILED, words);
	if (!s->quiet)
		remark(s, ": kept ", t, ": ", words);
	return 1;
}

/* True if the error means that the object does not exist; for a key, that includes -ENOENT. */
static bool is_gone(const struct ipcrm_target *t, int rc)
{
	return object_is_gone(t->object.kind, rc) || (t->key_given != NULL && rc == -ENOENT);
}

static const char *why_failed(const struct ipcrm_target *t, int rc)
{
	const char *reason = rc == -EOPNOTSUPP ? cannot_tell : diag_reason(rc);

	if (is_gone(t, rc))
		return "it does not exist";
	return reason ? reason : "the kernel refused to remove it";
}

/* The message for a failed removal; those of other users are counted. */
static void say_failed(struct ipcrm *s, const struct ipcrm_target *t, int rc)
{
	if (t->origin != IPCRM_NAMED && (rc == -EPERM || rc == -EACCES))
		s->denied[t->object.kind]++;
	else if (t->object.name != NULL && !s->quiet)
		name_failed(s->w, t->object.name, rc);
	else if (!s->quiet)
		removal_failed(s->w, t, rc);
}

/* Report a failed removal; with --force, ignore nonexistent objects.  Returns the exit status. */
static int fail(struct ipcrm *s, const struct ipcrm_target *t, int rc)
{
	if (s->force && is_gone(t, rc))
		return 0;
	tell(s, t, IPCRM_FAILED, why_failed(t, rc));
	say_failed(s, t, rc);
	return 1;
}

int ipcrm_miss(struct ipcrm *s, struct ipcrm_targets *t, struct ipcrm_target one, int rc)
{
	if (!s->json || (s->force && is_gone(&one, rc)))
		return fail(s, &one, rc);
	one.result = IPCRM_FAILED;
	one.reason = why_failed(&one, rc);
	append(t, &one);
	say_failed(s, &one, rc);
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
	if (!is_gone(t, *unseen))
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
		return t->origin == IPCRM_NAMED || !is_gone(t, rc) ? fail(s, t, rc) : 0;
	t->goes = true;
	tell(s, t, result_of(s, t, o), *words != '\0' ? words : rest);
	if (rest != NULL && !s->quiet && !s->json)
		remark(s, ": ", t, ": ", rest);
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

	if (same < 0 && !is_gone(t, same))
		*status = tell_unseen(s, t, same);
	else if (same == 0)
		tell(s, t, IPCRM_KEPT, "it has been changed or replaced");
	else
		return true;
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
	if (is_gone(t, rc)) {
		*status = t->origin == IPCRM_NAMED ? fail(s, t, rc) : 0;
		return false;
	}
	if (rc < 0)
		ipc_clear(&o, t->object.kind);
	learn_key(t, &o);
	if (!ipcrm_agreed(s, t, &o)) {
		if (s->verbose || s->json)
			tell(s, t, IPCRM_KEPT, "declined");
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
		return tell_unseen(s, t, rc);
	if (reason != NULL) {
		tell(s, t, IPCRM_KEPT, reason);
		return 0;
	}
	if (*words != '\0' && !s->quiet && !s->json)
		remark(s, ": ", t, " may have users: ", words);
	if (!s->dry && !announce(s, t))
		return 1;
	return take_away(s, t, &o, words);
}

/* Report an outcome that is known already, or remove an object. */
static int act_on(struct ipcrm *s, struct ipcrm_target *t)
{
	if (t->reason != NULL)
		tell(s, t, t->result, t->reason);
	else if (s->stopped)
		tell(s, t, IPCRM_KEPT, "more objects are selected than --max allows");
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
