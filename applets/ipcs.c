/* SPDX-License-Identifier: 0BSD */
#include "ipcs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "applet.h"
#include "diag.h"
#include "names.h"
#include "parse.h"

extern const struct applet ipcs_applet;

enum { SYSV_KINDS = (1u << IPC_NSYSV) - 1, ALL_KINDS = (1u << IPC_NKINDS) - 1 };

struct ipcs_args {
	unsigned standard;
	unsigned kinds, mode, units;
	const char *id, *name, *key, *source;
};

/* What one run works with. */
struct ipcs {
	const struct world *w;
	struct render render;
	unsigned kinds;
	enum ipcs_mode mode;
	bool by_key;		/* only objects with this key are listed */
	uint32_t key;
};

static const char *name_of(void *names, bool group, uint32_t id)
{
	return names_get(names, group ? NAME_GROUP : NAME_USER, id);
}

static int cannot(const struct ipcs *s, enum ipc_kind kind, const char *where, int rc)
{
	return applet_cannot(s->w, &ipcs_applet, kind, where, rc);
}

/* There is nothing to list, and it may be worth knowing why. */
static void note_absent(const struct ipcs *s, enum ipc_kind kind)
{
	diag(s->w->err, ipcs_applet.name, 0, "there is no ", s->w->sys->shm, kind == IPC_PSHM
	     ? ", so there is no POSIX shared memory" : ", so there are no POSIX semaphores", NULL);
}

static int show_table(const struct ipcs *s, enum ipc_kind kind)
{
	const struct view *view = &ipcs_tables[s->mode][kind];
	struct ipc_iter it;
	struct ipc_obj o;
	int rc;

	if (view->count == 0) {
		if (kind >= IPC_NSYSV)
			diag(s->w->err, ipcs_applet.name, 0, "no process ids are kept of ",
			     kind == IPC_PSHM ? "POSIX shared memory" : "POSIX semaphores", NULL);
		return 0;
	}
	rc = ipc_iter_open(&it, s->w->sys, kind);
	if (rc < 0)
		return cannot(s, kind, it.where, rc);
	if (it.absent)
		note_absent(s, kind);
	render_head(&s->render, view);
	while ((rc = ipc_iter_next(&it, &o)) == 1 && s->render.out->error == 0)
		if (!s->by_key || (ipc_has(&o, F_KEY) && o.v[F_KEY] == s->key))
			render_row(&s->render, view, &o);
	ipc_iter_close(&it);
	if (rc < 0)
		return cannot(s, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(s->w, &ipcs_applet, kind, it.hidden, "shown", -EACCES);
	return 0;
}

static int show_limits(const struct ipcs *s, enum ipc_kind kind)
{
	const char *where;
	struct ipc_obj o;
	int rc = sys_limits(s->w->sys, kind, &o, &where);

	if (rc < 0)
		return cannot(s, kind, where, rc);
	out_text(s->render.out, ipcs_limit_titles[kind]);
	for (const struct limit *l = limits; l < limits + limit_count; l++)
		if (l->kind == kind)
			render_limit(&s->render, l, &o);
	return 0;
}

static int show_summary(const struct ipcs *s, enum ipc_kind kind)
{
	const char *where;
	struct ipc_obj o;
	int rc = sys_usage(s->w->sys, kind, &o, &where);

	if (rc < 0)
		return cannot(s, kind, where, rc);
	render_row(&s->render, &ipcs_summaries[kind], &o);
	return 0;
}

static int show_all(const struct ipcs *s)
{
	int status = 0;

	out_char(s->render.out, '\n');
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		if (!(s->kinds & 1u << kind))
			continue;
		if (s->mode == IPCS_LIMITS)
			status |= show_limits(s, kind);
		else if (s->mode == IPCS_SUMMARY)
			status |= show_summary(s, kind);
		else
			status |= show_table(s, kind);
		out_char(s->render.out, '\n');
	}
	return status;
}

static int not_found(const struct ipcs *s, const char *id)
{
	diag(s->w->err, ipcs_applet.name, 0, "id ", id, " not found", NULL);
	return 1;
}

/*
 * The semaphores of a set: values is NULL where they may not be read, and then
 * nothing but their number is known.
 */
static int show_elements(const struct ipcs *s, int id, size_t nsems, const uint16_t *values)
{
	struct ipc_obj o;
	int rc = 0;

	render_head(&s->render, &ipcs_elements);
	for (size_t i = 0; i < nsems && rc == 0; i++) {
		ipc_clear(&o, IPC_SEM);
		ipc_set(&o, F_SEMNUM, (int64_t)i);
		if (values != NULL) {
			ipc_set(&o, F_SEMVAL, values[i]);
			rc = sys_sem_fill(s->w->sys, id, (int)i, &o);
		}
		if (rc == 0)
			render_row(&s->render, &ipcs_elements, &o);
	}
	out_char(s->render.out, '\n');
	return rc;
}

static int show_set(const struct ipcs *s, int id, const char *text, const struct ipc_obj *o)
{
	size_t nsems = (size_t)o->v[F_NSEMS];
	uint16_t *values = calloc(nsems ? nsems : 1, sizeof *values);
	int rc, filled;

	if (values == NULL)
		return cannot(s, IPC_SEM, "calloc", -ENOMEM);
	rc = sys_sem_values(s->w->sys, id, values);
	if (rc == -EINVAL || rc == -EIDRM) {
		free(values);
		return not_found(s, text);
	}
	render_row(&s->render, &ipcs_details[IPC_SEM], o);
	filled = show_elements(s, id, nsems, rc < 0 ? NULL : values);
	free(values);
	if (rc < 0)
		diag(s->w->err, ipcs_applet.name, rc, "cannot read the values of semaphore set ", text, NULL);
	else if (filled < 0)
		diag(s->w->err, ipcs_applet.name, filled, "cannot read all of semaphore set ", text, NULL);
	return rc < 0 || filled < 0;
}

static int show_one(const struct ipcs *s, enum ipc_kind kind, int id, const char *text)
{
	const char *where;
	struct ipc_obj o;
	int rc = sys_stat(s->w->sys, kind, id, &o, &where);

	if (rc == -EINVAL || rc == -EIDRM)
		return not_found(s, text);
	if (rc < 0)
		return cannot(s, kind, where, rc);
	if (kind == IPC_SEM)
		return show_set(s, id, text, &o);
	render_row(&s->render, &ipcs_details[kind], &o);
	return 0;
}

static int show_named(const struct ipcs *s, enum ipc_kind kind, const char *name)
{
	const char *where;
	struct ipc_obj o;
	int rc = posix_stat(s->w->sys, kind, name, &o, &where);

	if (rc == -ENOENT) {
		diag(s->w->err, ipcs_applet.name, 0, "name ", name, " not found", NULL);
		return 1;
	}
	if (rc < 0)
		return cannot(s, kind, where, rc);
	render_row(&s->render, &ipcs_details[kind], &o);
	return 0;
}

/* The one kind of a set of them, or IPC_NKINDS. */
static enum ipc_kind single(unsigned kinds)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (kinds == 1u << kind)
			return kind;
	return IPC_NKINDS;
}

static int parse_source(const char *s, enum ipc_source *source)
{
	static const char *const names[] = {
		[SOURCE_AUTO] = "auto", [SOURCE_PROC] = "proc", [SOURCE_SYSCALL] = "syscall",
	};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(s, names[i]) == 0) {
			*source = i;
			return 0;
		}
	}
	return -EINVAL;
}

static int check_name(const struct world *w, const struct ipcs_args *a)
{
	enum ipc_kind kind = single(a->kinds);
	const char *bare;

	if (a->id != NULL) {
		diag(w->err, ipcs_applet.name, 0, "an ID and a name do not go together", NULL);
		return 1;
	}
	if (kind < IPC_NSYSV || kind == IPC_NKINDS) {
		diag(w->err, ipcs_applet.name, 0, "when using a name, a single POSIX resource must be specified",
		     NULL);
		return 1;
	}
	return applet_posix_name(w, &ipcs_applet, kind, a->name, &bare);
}

static int check_key(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	struct key key;

	if (a->key == NULL)
		return 0;
	if (a->id != NULL || a->name != NULL || a->mode >= IPCS_NTABLES) {
		diag(w->err, ipcs_applet.name, 0, "--key is for lists: it does not go with -i, -N, -l and -u", NULL);
		return 1;
	}
	if (a->kinds > SYSV_KINDS) {
		diag(w->err, ipcs_applet.name, 0, "--key is for System V objects: POSIX objects have none", NULL);
		return 1;
	}
	if (applet_key(w, &ipcs_applet, "key", a->key, &key) != 0)
		return 1;
	if (key.form == KEY_PRIVATE)
		return applet_bad(w, &ipcs_applet, "key", a->key, -EINVAL, "it would name no object");
	s->by_key = true;
	s->key = key.value;
	return 0;
}

/* 0, or 1 after saying what is wrong. */
static int check(const struct world *w, const struct ipcs_args *a, struct ipc_sys *sys, int *id)
{
	int rc;

	if (a->source != NULL && parse_source(a->source, &sys->source) < 0) {
		diag(w->err, ipcs_applet.name, 0, "unknown source: '", a->source,
		     "' (it is auto, proc or syscall)", NULL);
		return 1;
	}
	if (a->name != NULL)
		return check_name(w, a);
	if (a->id == NULL)
		return 0;
	rc = parse_id(a->id, id);
	if (rc < 0)
		return applet_bad(w, &ipcs_applet, "id argument", a->id, rc, "not a decimal number");
	if (single(a->kinds) >= IPC_NSYSV) {
		diag(w->err, ipcs_applet.name, 0, "when using an ID, a single resource must be specified",
		     NULL);
		return 1;
	}
	return 0;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcs_args a = { 0 };
	struct names names = { 0 };
	struct ipc_sys sys = *w->sys;
	const struct world here = { w->out, w->err, &sys };
	struct ipcs s = { .w = &here };
	int id = 0, status, first = applet_parse(w, &ipcs_applet, argc, argv, &a);

	if (first <= 0)
		return -first;
	if (first < argc)
		return applet_operand(w, &ipcs_applet, argv[first]);
	if (check(w, &a, &sys, &id) != 0 || check_key(w, &a, &s) != 0)
		return 1;
	s.render = (struct render){ w->out, a.units ? a.units : UNITS_PLAIN, name_of, &names };
	s.kinds = a.kinds ? a.kinds : SYSV_KINDS;
	s.mode = a.mode;
	if (a.name != NULL)
		status = show_named(&s, single(a.kinds), a.name + (*a.name == '/'));
	else if (a.id != NULL)
		status = show_one(&s, single(a.kinds), id, a.id);
	else
		status = show_all(&s);
	names_free(&names);
	return status;
}

#define AT(member) OPT_AT(ipcs_args, member)

static const struct opt opts[] = {
	{ 'i', "id", "ID", "all about the object with this id", OPT_STRING, AT(id), 0 },
	{ 'N', "name", "NAME", "all about the POSIX object with this name", OPT_STRING, AT(name), 0 },
	{ 0, "key", "KEY", "list only objects with this key", OPT_STRING, AT(key), 0 },
	{ 0, NULL, NULL, "Kinds (the System V ones by default):", OPT_BIT, 0, 0 },
	{ 'm', "shmems", NULL, "shared memory segments", OPT_BIT, AT(kinds), 1u << IPC_SHM },
	{ 'q', "queues", NULL, "message queues", OPT_BIT, AT(kinds), 1u << IPC_MSG },
	{ 's', "semaphores", NULL, "semaphore sets", OPT_BIT, AT(kinds), 1u << IPC_SEM },
	{ 'a', "all", NULL, "all these", OPT_BIT, AT(kinds), SYSV_KINDS },
	{ 'M', "posix-shmems", NULL, "POSIX shared memory", OPT_BIT, AT(kinds), 1u << IPC_PSHM },
	{ 'Q', "posix-mqueues", NULL, "POSIX message queues", OPT_BIT, AT(kinds), 1u << IPC_PMSG },
	{ 'S', "posix-semaphores", NULL, "POSIX semaphores", OPT_BIT, AT(kinds), 1u << IPC_PSEM },
	{ 'A', "everything", NULL, "all six", OPT_BIT, AT(kinds), ALL_KINDS },
	{ 0, NULL, NULL, "Output (the last one counts):", OPT_BIT, 0, 0 },
	{ 't', "time", NULL, "times of the last operations and changes", OPT_SET, AT(mode), IPCS_TIME },
	{ 'p', "pid", NULL, "processes that created and last used it", OPT_SET, AT(mode), IPCS_PID },
	{ 'c', "creator", NULL, "creators and owners", OPT_SET, AT(mode), IPCS_CREATOR },
	{ 'l', "limits", NULL, "limits of the kernel", OPT_SET, AT(mode), IPCS_LIMITS },
	{ 'u', "summary", NULL, "how much is in use", OPT_SET, AT(mode), IPCS_SUMMARY },
	{ 0, NULL, NULL, "Sizes and sources:", OPT_BIT, 0, 0 },
	{ 'b', "bytes", NULL, "sizes in bytes", OPT_SET, AT(units), UNITS_BYTES },
	{ 0, "human", NULL, "sizes as 1.5K", OPT_SET, AT(units), UNITS_HUMAN },
	{ 0, "source", "SOURCE", "read from proc, by syscall, or auto (default)", OPT_STRING, AT(source), 0 },
	APPLET_OPTIONS,
};

const struct applet ipcs_applet = {
	.name = "ipcs",
	.synopsis = "[KIND...] [OUTPUT] [OPTION...]\n-m|-q|-s -i ID\n-M|-Q|-S -N NAME",
	.what = "Show message queues, shared memory and semaphores, of System V and POSIX.",
	.opts = opts,
	.run = run,
};
