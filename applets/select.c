/* SPDX-License-Identifier: 0BSD */
#include "select.h"

#include <errno.h>

#include "diag.h"
#include "names.h"
#include "parse.h"
#include "process.h"

static int parse_who(const struct world *w, const struct applet *a, const char *arg, enum name_kind kind,
		     uint64_t *value)
{
	uint32_t id;

	if (names_id(kind, arg, &id) < 0) {
		diag(w->err, a->name, 0, kind == NAME_USER ? "unknown user: '" : "unknown group: '", arg, "'", NULL);
		return 1;
	}
	*value = id;
	return 0;
}

static int parse_key_of(const struct world *w, const struct applet *a, const char *arg, uint64_t *value)
{
	struct key key;

	if (applet_key(w, a, "key", arg, &key) != 0)
		return 1;
	if (key.form == KEY_PRIVATE)
		return applet_bad(w, a, "key", arg, -EINVAL, "it would name no object");
	*value = key.value;
	return 0;
}

static int parse_perms_of(const struct world *w, const struct applet *a, const char *arg, uint64_t *value)
{
	unsigned mode = 0;
	int rc = parse_mode(arg, 0, &mode);

	*value = mode;
	return rc < 0 ? applet_bad(w, a, "permissions", arg, rc, "neither octal nor symbolic") : 0;
}

static int parse_term(const struct world *w, const struct applet *a, enum filter_by by, const char *arg,
		      uint64_t *value)
{
	int rc;

	switch (by) {
	case FILTER_USER:
	case FILTER_CREATOR:
		return parse_who(w, a, arg, NAME_USER, value);
	case FILTER_GROUP:
		return parse_who(w, a, arg, NAME_GROUP, value);
	case FILTER_KEY:
		return parse_key_of(w, a, arg, value);
	case FILTER_PERMS:
		return parse_perms_of(w, a, arg, value);
	case FILTER_MIN_SIZE:
	case FILTER_MAX_SIZE:
		rc = parse_size(arg, value);
		return rc < 0 ? applet_bad(w, a, "size", arg, rc, diag_reason(rc)) : 0;
	case FILTER_OLDER:
	case FILTER_NEWER:
		rc = parse_duration(arg, value);
		return rc < 0 ? applet_bad(w, a, "time", arg, rc, "not a number with one of s, m, h, d, w") : 0;
	default:
		*value = 0;
		return 0;
	}
}

int select_parse(const struct world *w, const struct applet *a, const struct opt_list *uses, struct mem *mem,
		 struct filter *f)
{
	*f = (struct filter){ .v = mem_take(mem, uses->n * sizeof *f->v) };
	if (f->v == NULL) {
		diag(w->err, a->name, -ENOMEM, "cannot remember what to select", NULL);
		return 1;
	}
	for (size_t i = 0; i < uses->n; i++) {
		f->v[i].by = uses->v[i].opt->value;
		if (parse_term(w, a, f->v[i].by, uses->v[i].arg, &f->v[i].value) != 0)
			return 1;
	}
	f->n = uses->n;
	if (f->n > 0)
		f->now = w->sys->calls->now();
	return 0;
}

bool select_row(const struct world *w, const struct filter *f, struct ipc_obj *o)
{
	if (f->n == 0)
		return true;
	if (!filter_asks(f, FILTER_ORPHANED))
		return filter_match(f, o);
	/* Who uses an object takes calls, so that is asked only of what all other terms leave. */
	ipc_set(o, F_ORPHAN, 1);
	if (!filter_match(f, o))
		return false;
	o->have &= ~(UINT64_C(1) << F_ORPHAN);
	process_judge(w->sys, o);
	return filter_match(f, o);
}
