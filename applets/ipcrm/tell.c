/* SPDX-License-Identifier: 0BSD */
/* What is said of an object: that it is removed, is kept or cannot be removed. */
#include "ipcrm/ipcrm.h"

#include <errno.h>

#include "show/diag.h"

const char *ipcrm_other_file(int why)
{
	return why == -EISDIR ? " is a directory" : why == -ELOOP ? " is a symbolic link" : " is not a regular file";
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
		applet_say(w, 0, "name `", name, "'", ipcrm_other_file(rc), NULL);
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

void ipcrm_remark(const struct ipcrm *s, const char *before, const struct ipcrm_target *t,
		   const char *behind, const char *text)
{
	out_text(s->w->err, s->w->self->name);
	ipcrm_say(s->w->err, before, t);
	out_text(s->w->err, behind);
	out_text(s->w->err, text);
	out_char(s->w->err, '\n');
	out_flush(s->w->err);
}

void ipcrm_tell(struct ipcrm *s, const struct ipcrm_target *t, enum ipcrm_result result, const char *reason)
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
	ipcrm_remark(s, ": kept ", t, ": ", reason);
}

int ipcrm_tell_unseen(struct ipcrm *s, const struct ipcrm_target *t, int rc)
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
	ipcrm_tell(s, t, IPCRM_FAILED, words);
	if (!s->quiet)
		ipcrm_remark(s, ": kept ", t, ": ", words);
	return 1;
}

bool ipcrm_is_gone(const struct ipcrm_target *t, int rc)
{
	return object_is_gone(t->object.kind, rc) || (t->key_given != NULL && rc == -ENOENT);
}

const char *ipcrm_why_failed(const struct ipcrm_target *t, int rc)
{
	const char *reason = rc == -EOPNOTSUPP ? cannot_tell : diag_reason(rc);

	if (ipcrm_is_gone(t, rc))
		return "it does not exist";
	return reason ? reason : "the kernel refused to remove it";
}

void ipcrm_say_failed(struct ipcrm *s, const struct ipcrm_target *t, int rc)
{
	if (t->origin != IPCRM_NAMED && (rc == -EPERM || rc == -EACCES))
		s->denied[t->object.kind]++;
	else if (t->object.name != NULL && !s->quiet)
		name_failed(s->w, t->object.name, rc);
	else if (!s->quiet)
		removal_failed(s->w, t, rc);
}

int ipcrm_fail(struct ipcrm *s, const struct ipcrm_target *t, int rc)
{
	if (s->force && ipcrm_is_gone(t, rc))
		return 0;
	ipcrm_tell(s, t, IPCRM_FAILED, ipcrm_why_failed(t, rc));
	ipcrm_say_failed(s, t, rc);
	return 1;
}
