/* SPDX-License-Identifier: 0BSD */
#include "applet.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "kernel/names.h"
#include "kernel/object.h"
#include "parse/options.h"
#include "parse/parse.h"
#include "show/diag.h"
#include "show/help.h"

void applet_hear_pipes(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

void applet_say(const struct world *w, int rc, ...)
{
	va_list parts;

	va_start(parts, rc);
	diag_parts(w->err, w->self->name, rc, parts);
	va_end(parts);
}

static int help(const struct world *w, const char *arg)
{
	const struct applet *a = w->self;
	const bool all = strcmp(arg, "all") == 0;

	if (*arg != '\0' && !all) {
		applet_say(w, 0, "--help takes only 'all', not '", arg, "'", NULL);
		return -1;
	}
	help_show(w->out, &(struct help){ a->name, a->synopsis, a->what, a->more, a->opts }, all);
	return 0;
}

int applet_parse(const struct world *w, int argc, char **argv, struct applet_args *args)
{
	const struct applet *a = w->self;
	const struct options_line line = { argc, argv, w->in_order, &args->given };
	struct opt_fault fault;
	int first = options_parse(a->opts, &line, args, &fault);

	if (first < 0) {
		help_fault(w->err, a->name, a->opts, &fault);
		return -1;
	}
	if (args->help != NULL)
		return help(w, args->help);
	if (args->version) {
		help_version(w->out, a->name);
		return 0;
	}
	return first;
}

int applet_posix_name(const struct world *w, enum ipc_kind kind, const char *arg, const char **bare)
{
	/* The file of a semaphore has "sem." before its name (sem_overview(7)). */
	int rc = parse_posix_name(arg, kind == IPC_PSEM ? NAME_MAX - 4 : NAME_MAX, bare);

	if (rc == -ENAMETOOLONG)
		applet_say(w, 0, "name `", arg, "' too long", NULL);
	else if (rc < 0)
		applet_say(w, 0, "'", arg, "' is not the name of a POSIX object", NULL);
	return rc < 0;
}

const char *applet_name(void *names, bool group, uint32_t id)
{
	return names_get(names, group ? NAME_GROUP : NAME_USER, id);
}

int applet_usage(const struct world *w, const char *what)
{
	applet_say(w, 0, what, NULL);
	diag_try(w->err, w->self->name);
	return 1;
}

/* Spell the first given option with one of these facts. */
static const char *spell(const struct world *w, const struct opt_set *given, uint32_t facts,
			 char buf[OPT_SPELLING])
{
	const struct opt *o = opt_given(w->self->opts, given, NULL);

	while (o != NULL && !(o->facts & facts))
		o = opt_given(w->self->opts, given, o);
	return o != NULL ? opt_spelling(o, buf) : "";
}

/* Report that an option lacks one of others: "--value needs --semaphore or --posix-semaphore". */
static void say_needs(const struct world *w, const char *what, uint32_t needs)
{
	char spelling[OPT_SPELLING];
	const char *before = " needs ";

	out_text(w->err, w->self->name);
	out_text(w->err, ": ");
	out_text(w->err, what);
	for (const struct opt *o = w->self->opts; !opt_is_end(o); o++) {
		if (!(o->facts & needs) || o->help == NULL)
			continue;
		out_text(w->err, before);
		out_text(w->err, opt_spelling(o, spelling));
		before = " or ";
	}
	out_char(w->err, '\n');
	out_flush(w->err);
}

static void say_broken(const struct world *w, const struct opt_set *given, const struct rule *r,
		       uint32_t facts)
{
	char what[OPT_SPELLING], other[OPT_SPELLING];

	spell(w, given, r->when, what);
	if (r->why != NULL)
		applet_say(w, 0, r->why, NULL);
	else if (facts & r->not_with)
		applet_say(w, 0, what, " and ", spell(w, given, r->not_with, other), " cannot be combined", NULL);
	else
		say_needs(w, what, r->needs);
}

int applet_check(const struct world *w, const struct opt_set *given, uint32_t more)
{
	uint32_t facts = more;

	for (const struct opt *o = NULL; (o = opt_given(w->self->opts, given, o)) != NULL;)
		facts |= o->facts;
	for (const struct rule *r = w->self->rules; r->when != 0; r++) {
		if ((facts & r->when) != r->when || (!(facts & r->not_with) && (r->needs == 0 || facts & r->needs)))
			continue;
		say_broken(w, given, r, facts);
		return 1;
	}
	return 0;
}

static int does_not_apply(const struct world *w, const struct opt *o, const char *to)
{
	char spelling[OPT_SPELLING];

	applet_say(w, 0, opt_spelling(o, spelling), " does not apply to ", to, NULL);
	return 1;
}

int applet_applies(const struct world *w, const struct opt_set *given, unsigned output, const char *name)
{
	for (const struct opt *o = NULL; (o = opt_given(w->self->opts, given, o)) != NULL;)
		if (o->outputs != 0 && !(o->outputs & output))
			return does_not_apply(w, o, name);
	return 0;
}

/* Report that an option does not apply to the first of these kinds.  Returns 1. */
static int not_to_kind(const struct world *w, const struct opt *o, unsigned kinds)
{
	return does_not_apply(w, o, ipc_kinds[ipc_first(kinds)].many);
}

int applet_narrow(const struct world *w, const struct opt_set *given, unsigned named, unsigned *kinds)
{
	for (const struct opt *o = NULL; (o = opt_given(w->self->opts, given, o)) != NULL;) {
		if (o->kinds == 0)
			continue;
		if (!(o->kinds & *kinds))
			return not_to_kind(w, o, *kinds);
		if (!(o->type & OPT_SELECTS))
			continue;
		if (named & ~(unsigned)o->kinds)
			return not_to_kind(w, o, named & ~(unsigned)o->kinds);
		*kinds &= o->kinds;
	}
	return 0;
}

enum ipc_kind applet_single(unsigned kinds)
{
	enum ipc_kind kind = 0;

	while (kind < IPC_NKINDS && kinds != 1u << kind)
		kind++;
	return kind;
}

int applet_all(const struct world *w, const char *arg, unsigned *kinds)
{
	enum ipc_kind kind = arg ? ipc_kind_of(arg) : IPC_NKINDS;

	if (arg == NULL) {
		*kinds |= IPC_SYSV_KINDS;
	} else if (kind < IPC_NKINDS) {
		*kinds |= 1u << kind;
	} else if (strcmp(arg, "posix") == 0) {
		*kinds |= IPC_POSIX_KINDS;
	} else {
		applet_say(w, 0, "unknown argument: ", applet_word(arg), NULL);
		return 1;
	}
	return 0;
}

int applet_operand(const struct world *w, const char *operand)
{
	applet_say(w, 0, "unknown argument: ", applet_word(operand), NULL);
	diag_try(w->err, w->self->name);
	return 1;
}

int applet_key_value(const struct world *w, const char *arg, struct key *key)
{
	int rc = object_key(w->sys, key);

	if (rc < 0)
		applet_say(w, rc, "cannot derive a key from '", arg, "'", NULL);
	return rc < 0;
}

int applet_key(const struct world *w, const char *option, const char *arg, struct key *key)
{
	int rc = key_parse(arg, key);

	if (rc < 0)
		return applet_wrong(w, option, arg, rc == -EINVAL ? "not a key" :
				    strncmp(arg, "ftok:", 5) == 0 ? "PROJ is not from 1 to 255" : "more than 32 bits");
	return applet_key_value(w, arg, key);
}

int applet_bad(const struct world *w, const char *what, const char *arg, int rc, const char *form)
{
	applet_say(w, 0, "failed to parse ", what, ": '", arg, "': ",
		   rc == -EINVAL ? form : diag_reason(rc), NULL);
	return 1;
}

int applet_int(const struct world *w, const char *what, const char *arg, int *n)
{
	char most[OUT_DIGITS];
	int rc = parse_id(arg, n);

	if (rc != -ERANGE)
		return rc < 0 ? applet_bad(w, what, arg, rc, "not a decimal number") : 0;
	applet_say(w, 0, "failed to parse ", what, ": '", arg, "': ", diag_reason(rc), " (0 to ",
		   out_decimal(most, INT_MAX), ")", NULL);
	return 1;
}

int applet_wrong(const struct world *w, const char *option, const char *arg, const char *why)
{
	applet_say(w, 0, option, " '", arg, "': ", why, NULL);
	return 1;
}

int applet_number(const struct world *w, const char *option, const char *arg, uint64_t least, uint64_t most,
		  uint64_t *n)
{
	char digits[2][OUT_DIGITS];
	uint64_t value = 0;
	int rc = parse_number(arg, most, &value);

	if (rc == 0 && value >= least) {
		*n = value;
		return 0;
	}
	/* The range of all 64 bits is only worth a mention to whoever exceeds it. */
	if (rc == -EINVAL && most == UINT64_MAX)
		return applet_wrong(w, option, arg, "not a nonnegative integer");
	applet_say(w, 0, option, " '", arg, "': not a number from ", out_decimal(digits[0], least), " to ",
		   out_decimal(digits[1], most), NULL);
	return 1;
}

const char *applet_word(const char *word)
{
	return *word != '\0' ? word : "''";
}

/* True for an error of a file that could be opened but not read. */
static bool is_of_contents(int rc)
{
	return rc == -EBADMSG || rc == -EIO || rc == -EISDIR;
}

int applet_cannot(const struct world *w, enum ipc_kind kind, const char *where, int rc)
{
	if (rc == -ENOSYS)
		applet_say(w, 0, "kernel not configured for ", ipc_kinds[kind].facility, NULL);
	else if (rc == -ENODEV)
		applet_say(w, 0, "POSIX message queues cannot be listed: mount an mqueue file system on ",
			   where, NULL);
	else if (rc == -EXDEV)
		applet_say(w, 0, "POSIX message queues cannot be listed: ", where,
			   " belongs to another IPC namespace", NULL);
	else if (ipc_kinds[kind].named)
		applet_say(w, rc, "cannot open ", where, NULL);
	else if (*where == '/')
		applet_say(w, rc, is_of_contents(rc) ? "cannot read " : "cannot open ", w->sys->proc,
			   where, NULL);
	else
		applet_say(w, rc, ipc_kinds[kind].facility, ": ", where, " failed", NULL);
	return 1;
}

int applet_left_out(const struct world *w, enum ipc_kind kind, uint64_t n, const char *what, int rc)
{
	char digits[OUT_DIGITS], noun[48];
	/* Each plural is the singular and an s. */
	size_t len = strlen(ipc_kinds[kind].many) - (n == 1);

	memcpy(noun, ipc_kinds[kind].many, len);
	noun[len] = '\0';
	applet_say(w, rc, out_decimal(digits, n), " ", noun, " not ", what, NULL);
	return 1;
}
