/* SPDX-License-Identifier: 0BSD */
#include "select.h"

#include <errno.h>
#include <string.h>

#include "show/diag.h"
#include "kernel/names.h"
#include "parse/parse.h"
#include "kernel/process.h"

static int parse_who(const struct world *w, const char *arg, enum name_kind kind, uint64_t *value)
{
	uint32_t id;

	if (names_id(kind, arg, &id) < 0) {
		applet_say(w, 0, kind == NAME_USER ? "unknown user: '" : "unknown group: '", arg, "'", NULL);
		return 1;
	}
	*value = id;
	return 0;
}

static int parse_key_of(const struct world *w, const char *arg, uint64_t *value)
{
	struct key key;

	if (applet_key(w, "--key", arg, &key) != 0)
		return 1;
	*value = key.value;
	return 0;
}

static int parse_perms_of(const struct world *w, const char *arg, uint64_t *value)
{
	unsigned mode = 0;
	int rc = parse_mode(arg, APPLET_MODE, &mode);

	*value = mode;
	if (rc == -ERANGE)
		return applet_wrong(w, "--perms", arg, "not permissions from 0 to 0777");
	return rc < 0 ? applet_wrong(w, "--perms", arg, "not octal or symbolic permissions") : 0;
}

/* --orphaned[=yes|maybe]: the lowest certainty that matches. */
static int parse_certainty(const struct world *w, const char *arg, uint64_t *value)
{
	*value = IPC_ORPHAN_YES;
	if (arg == NULL || strcmp(arg, "yes") == 0)
		return 0;
	*value = IPC_ORPHAN_MAYBE;
	if (strcmp(arg, "maybe") == 0)
		return 0;
	return applet_wrong(w, "--orphaned", arg, "not yes or maybe");
}

static int parse_term(const struct world *w, enum filter_by by, const char *arg, uint64_t *value)
{
	int rc;

	switch (by) {
	case FILTER_USER:
	case FILTER_CREATOR:
		return parse_who(w, arg, NAME_USER, value);
	case FILTER_GROUP:
		return parse_who(w, arg, NAME_GROUP, value);
	case FILTER_KEY:
		return parse_key_of(w, arg, value);
	case FILTER_PERMS:
		return parse_perms_of(w, arg, value);
	case FILTER_ORPHANED:
		return parse_certainty(w, arg, value);
	case FILTER_MIN_SIZE:
	case FILTER_MAX_SIZE:
		rc = parse_size(arg, value);
		return rc < 0 ? applet_wrong(w, by == FILTER_MIN_SIZE ? "--min-size" : "--max-size", arg,
					     rc == -ERANGE ? "more than 64 bits" : "not a size") : 0;
	case FILTER_OLDER:
	case FILTER_NEWER:
		rc = parse_duration(arg, value);
		return rc < 0 ? applet_wrong(w, by == FILTER_OLDER ? "--older-than" : "--newer-than", arg,
					     rc == -ERANGE ? "too long" : "not a time such as 90s, 15m, 12h or 7d") : 0;
	default:
		*value = 0;
		return 0;
	}
}

int select_parse(const struct world *w, const struct opt_list *uses, struct mem *mem, struct filter *f)
{
	*f = (struct filter){ .v = mem_take(mem, uses->n * sizeof *f->v) };
	if (f->v == NULL) {
		applet_say(w, -ENOMEM, "cannot store the selection", NULL);
		return 1;
	}
	for (size_t i = 0; i < uses->n; i++) {
		f->v[i].by = uses->v[i].opt->value;
		if (parse_term(w, f->v[i].by, uses->v[i].arg, &f->v[i].value) != 0)
			return 1;
	}
	f->n = uses->n;
	if (f->n > 0)
		f->now = w->sys->calls->now();
	return 0;
}

bool select_row(const struct filter *f, struct judge *j, struct ipc_obj *o, struct select_reason *reason)
{
	struct select_reason unused;
	bool matches;

	if (reason == NULL)
		reason = &unused;
	reason->why = JUDGE_UNKNOWN;
	reason->pid = 0;
	if (f->n == 0)
		return true;
	if (!filter_asks(f, FILTER_ORPHANED))
		return filter_match(f, o);
	/* Judging takes system calls, so it comes after all other conditions. */
	ipc_set(o, F_ORPHAN, IPC_ORPHAN_YES);
	matches = filter_match(f, o);
	ipc_unset(o, F_ORPHAN);
	if (!matches)
		return false;
	reason->why = judge_object(j, o, &reason->pid);
	return filter_match(f, o);
}

int select_judged(const struct world *w, const struct judge *j)
{
	if (!judge_is_blind(j))
		return 0;
	applet_say(w, 0, "cannot judge orphans: the processes of this PID namespace are not visible in ",
		   w->sys->proc, NULL);
	return 1;
}

/* A text that is cut at the end of its buffer. */
struct words {
	char *at;
	size_t left;
};

static void add(struct words *w, const char *text)
{
	size_t n = out_escape(w->at, w->left, text);

	w->at += n;
	w->left -= n;
}

static void add_number(struct words *w, uint64_t n)
{
	char digits[OUT_DIGITS];

	add(w, out_decimal(digits, n));
}

/* "pid 412 (apache2)" */
static void add_process(struct words *w, const struct ipc_sys *sys, int pid)
{
	char name[PROCESS_NAME];

	add(w, "pid ");
	add_number(w, (uint64_t)pid);
	if (process_name(sys, pid, name) < 0)
		return;
	add(w, " (");
	add(w, name);
	add(w, ")");
}

/* " of its creator root" */
static void add_owner(struct words *w, const char *what, int64_t uid)
{
	struct names names;
	const char *name;

	names_init(&names);
	name = names_get(&names, NAME_USER, (uint32_t)uid);
	add(w, " of its ");
	add(w, what);
	add(w, " ");
	if (name != NULL)
		add(w, name);
	else
		add_number(w, (uint64_t)uid);
	names_free(&names);
}

const char *select_words(const struct world *w, const struct select_reason *r, const struct ipc_obj *o,
			 char buf[SELECT_REASON])
{
	static const char *const texts[] = {
		[JUDGE_UNKNOWN] = "cannot determine if it is in use",
		[JUDGE_ATTACHED] = "it is attached",
		[JUDGE_WAITED] = "a process is waiting on it",
		[JUDGE_LIVES] = ", which used it, is still running",
		[JUDGE_REUSED] = " has the PID of a process that used it",
		[JUDGE_FOREIGN] = "a process in another PID namespace used it",
		[JUDGE_UNUSED] = "it has never been used",
		[JUDGE_RECENT] = "it was used within the last minute",
		[JUDGE_UNSEEN] = "not all processes are visible",
		[JUDGE_OPEN] = "its permissions allow any user to access it",
		[JUDGE_OWNER] = " is running",
		[JUDGE_CREATOR] = " is running",
		[JUDGE_GROUP] = " is running in a group that has access",
		[JUDGE_GONE] = "all processes that used it have exited",
	};
	struct words text = { buf, SELECT_REASON };

	*buf = '\0';
	if (r->pid != 0)
		add_process(&text, w->sys, r->pid);
	if (r->why == JUDGE_WAITED && r->pid != 0)
		add(&text, " is waiting on it");
	else if (r->why == JUDGE_OWNER || r->why == JUDGE_CREATOR)
		add_owner(&text, r->why == JUDGE_OWNER ? "owner" : "creator",
			  o->v[r->why == JUDGE_OWNER ? F_UID : F_CUID]);
	if (r->why != JUDGE_WAITED || r->pid == 0)
		add(&text, texts[r->why]);
	return buf;
}
