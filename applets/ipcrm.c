/* SPDX-License-Identifier: 0BSD */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "applet.h"
#include "diag.h"
#include "parse.h"

extern const struct applet ipcrm_applet;

struct ipcrm_args {
	unsigned standard;
	unsigned verbose;
	struct opt_list uses;
};

/* What a row of the option table asks for: its value is the kind and one of these. */
enum { BY_ID = 0, BY_KEY = 8, WHOLE_KIND = 16, KIND_MASK = 7 };

struct target {
	enum ipc_kind kind;
	int id;
	const char *key;	/* as given; NULL: named by id */
	bool swept;		/* found by --all, so it may be gone or another user's */
};

struct targets {
	struct target *v;
	size_t n, size;
};

struct ipcrm {
	const struct world *w;
	bool verbose;
	size_t denied[IPC_NKINDS];	/* other users' objects that --all came upon, told once a kind */
};

static const char *const type_names[IPC_NKINDS] = {
	[IPC_MSG] = "msg",
	[IPC_SHM] = "shm",
	[IPC_SEM] = "sem",
};

static int parse_type(const char *s, enum ipc_kind *kind)
{
	for (enum ipc_kind k = 0; k < IPC_NKINDS; k++) {
		if (strcmp(s, type_names[k]) == 0) {
			*kind = k;
			return 0;
		}
	}
	return -EINVAL;
}

static int push(struct targets *t, struct target one)
{
	if (t->n == t->size) {
		size_t size = t->size ? 2 * t->size : 64;
		struct target *v = realloc(t->v, size * sizeof *v);

		if (v == NULL)
			return -ENOMEM;
		t->v = v;
		t->size = size;
	}
	t->v[t->n++] = one;
	return 0;
}

static int no_memory(const struct world *w)
{
	diag(w->err, ipcrm_applet.name, -ENOMEM, "cannot remember what to remove", NULL);
	return 1;
}

static void removal_failed(const struct world *w, const struct target *t, int rc)
{
	char digits[OUT_DIGITS];
	const char *what = t->key ? "key" : "id";
	const char *name = t->key ? t->key : out_decimal(digits, (uint64_t)t->id);

	if (rc == -EACCES || rc == -EPERM)
		diag(w->err, ipcrm_applet.name, 0, "permission denied for ", what, " (", name, ")", NULL);
	else if (rc == -EIDRM)
		diag(w->err, ipcrm_applet.name, 0, "already removed ", what, " (", name, ")", NULL);
	else if (rc == -EINVAL)
		diag(w->err, ipcrm_applet.name, 0, "invalid ", what, " (", name, ")", NULL);
	else
		diag(w->err, ipcrm_applet.name, rc, what, " failed (", name, ")", NULL);
}

static int remove_target(struct ipcrm *s, const struct target *t)
{
	static const char *const removing[IPC_NKINDS] = {
		[IPC_MSG] = "removing message queue id `",
		[IPC_SHM] = "removing shared memory segment id `",
		[IPC_SEM] = "removing semaphore id `",
	};
	int rc;

	if (s->verbose) {
		out_text(s->w->out, removing[t->kind]);
		out_dec(s->w->out, (uint64_t)t->id);
		out_text(s->w->out, "'\n");
	}
	rc = sys_remove(s->w->sys, t->kind, t->id);
	if (rc >= 0)
		return 0;
	if (t->swept && (rc == -EINVAL || rc == -EIDRM))
		return 0;
	if (t->swept && (rc == -EPERM || rc == -EACCES))
		s->denied[t->kind]++;
	else
		removal_failed(s->w, t, rc);
	return 1;
}

static int remove_all(struct ipcrm *s, const struct targets *t)
{
	int status = 0;

	for (size_t i = 0; i < t->n; i++)
		status |= remove_target(s, &t->v[i]);
	for (enum ipc_kind k = 0; k < IPC_NKINDS; k++)
		if (s->denied[k] > 0)
			applet_left_out(s->w, &ipcrm_applet, k, s->denied[k], "removed", -EPERM);
	return status;
}

/*
 * Adds all objects of a kind.  They are removed only after the walk, for who
 * takes from a list while reading it reads another list.
 */
static int sweep(const struct world *w, enum ipc_kind kind, struct targets *t)
{
	struct ipc_iter it;
	struct ipc_obj o;
	int rc = ipc_iter_open(&it, w->sys, kind), stored = 0;

	if (rc < 0)
		return applet_cannot(w, &ipcrm_applet, kind, it.where, rc);
	while (stored == 0 && (rc = ipc_iter_next(&it, &o)) == 1)
		stored = push(t, (struct target){ kind, (int)o.v[F_ID], NULL, true });
	ipc_iter_close(&it);
	if (stored < 0)
		return no_memory(w);
	if (rc < 0)
		return applet_cannot(w, &ipcrm_applet, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(w, &ipcrm_applet, kind, it.hidden, "removed", -EACCES);
	return 0;
}

static int unknown(const struct world *w, const char *type)
{
	diag(w->err, ipcrm_applet.name, 0, "unknown argument: ", type, NULL);
	return 1;
}

/* A key of any form; 0 and private name no object. */
static int check_key(const struct world *w, const char *arg)
{
	uint32_t key;

	if (applet_key(w, &ipcrm_applet, "argument", arg, &key) != 0)
		return 1;
	if (key == 0)
		diag(w->err, ipcrm_applet.name, 0, "illegal key (", arg, ")", NULL);
	return key == 0;
}

/* What an option's argument names, without asking the kernel; 1 after saying what is wrong. */
static int check_use(const struct world *w, const struct opt_use *use, unsigned *kinds)
{
	const char *arg = use->arg;
	enum ipc_kind kind;
	int rc, id;

	if (use->opt->value & WHOLE_KIND) {
		/* -a=shm, as people write it, arrives with its = */
		if (arg != NULL && *arg == '=')
			arg++;
		if (arg == NULL)
			*kinds = (1u << IPC_NKINDS) - 1;
		else if (parse_type(arg, &kind) == 0)
			*kinds |= 1u << kind;
		else
			return unknown(w, arg);
		return 0;
	}
	if (use->opt->value & BY_KEY)
		return check_key(w, arg);
	rc = parse_id(arg, &id);
	return rc < 0 ? applet_bad(w, &ipcrm_applet, "argument", arg, rc, "not a decimal number") : 0;
}

/* The id under a key, or -1 after saying why there is none. */
static int look_up(const struct world *w, enum ipc_kind kind, const char *key)
{
	uint32_t n;
	int id;

	if (applet_key(w, &ipcrm_applet, "argument", key, &n) != 0)
		return -1;
	id = sys_lookup(w->sys, kind, n);
	if (id >= 0)
		return id;
	if (id == -ENOENT)
		diag(w->err, ipcrm_applet.name, 0, "invalid key (", key, ")", NULL);
	else
		removal_failed(w, &(struct target){ kind, 0, key, false }, id);
	return -1;
}

/* Adds what the checked options name, in their order; 1 if a key names nothing. */
static int resolve(const struct world *w, const struct opt_list *uses, struct targets *t)
{
	int status = 0;

	for (size_t i = 0; i < uses->n; i++) {
		unsigned value = uses->v[i].opt->value;
		struct target one = { value & KIND_MASK, 0, NULL, false };

		if (value & WHOLE_KIND)
			continue;
		if (value & BY_KEY) {
			one.key = uses->v[i].arg;
			one.id = look_up(w, one.kind, one.key);
		} else {
			parse_id(uses->v[i].arg, &one.id);
		}
		if (one.id < 0)
			status = 1;
		else if (push(t, one) < 0)
			return no_memory(w);
	}
	return status;
}

/* The old form: ipcrm shm|msg|sem ID... */
static int run_old(const struct world *w, enum ipc_kind kind, char **ids)
{
	struct targets t = { 0 };
	struct ipcrm s = { .w = w };
	int status = 0;

	if (*ids == NULL) {
		diag(w->err, ipcrm_applet.name, 0, "not enough arguments", NULL);
		diag_try(w->err, ipcrm_applet.name);
		return 1;
	}
	for (; *ids != NULL && status == 0; ids++) {
		struct target one = { kind, 0, NULL, false };
		int rc = parse_id(*ids, &one.id);

		if (rc < 0) {
			diag(w->err, ipcrm_applet.name, 0, "invalid id: ", **ids ? *ids : "''", " (",
			     rc == -EINVAL ? "not a decimal number" : diag_reason(rc), ")", NULL);
			status = 1;
		} else if (push(&t, one) < 0) {
			status = no_memory(w);
		}
	}
	if (status == 0)
		status = remove_all(&s, &t);
	free(t.v);
	if (status == 0)
		out_text(w->out, "resource(s) deleted\n");
	return status;
}

static int run_options(const struct world *w, int argc, char **argv, struct ipcrm_args *a)
{
	/* The order in which --all has always gone. */
	static const enum ipc_kind order[] = { IPC_SHM, IPC_SEM, IPC_MSG };
	struct ipcrm s = { .w = w };
	struct targets t = { 0 };
	unsigned kinds = 0;
	int status, first = applet_parse(w, &ipcrm_applet, argc, argv, a);

	if (first <= 0)
		return -first;
	if (first < argc)
		return applet_operand(w, &ipcrm_applet, argv[first]);
	if (a->uses.n == 0) {
		diag(w->err, ipcrm_applet.name, 0, "bad usage", NULL);
		diag_try(w->err, ipcrm_applet.name);
		return 1;
	}
	for (size_t i = 0; i < a->uses.n; i++)
		if (check_use(w, &a->uses.v[i], &kinds) != 0)
			return 1;
	s.verbose = a->verbose;
	status = resolve(w, &a->uses, &t);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (kinds & 1u << order[i])
			status |= sweep(w, order[i], &t);
	status |= remove_all(&s, &t);
	free(t.v);
	return status;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcrm_args a = { 0 };
	enum ipc_kind kind;
	int status;

	if (argc > 1 && parse_type(argv[1], &kind) == 0)
		return run_old(w, kind, argv + 2);
	a.uses.v = calloc((size_t)argc, sizeof *a.uses.v);
	if (a.uses.v == NULL)
		return no_memory(w);
	status = run_options(w, argc, argv, &a);
	free(a.uses.v);
	return status;
}

#define AT(member) OPT_AT(ipcrm_args, member)

static const struct opt opts[] = {
	{ 'm', "shmem-id", "ID", "remove a shared memory segment by id", OPT_LIST, AT(uses), IPC_SHM | BY_ID },
	{ 'M', "shmem-key", "KEY", "remove a shared memory segment by key", OPT_LIST, AT(uses),
	  IPC_SHM | BY_KEY },
	{ 'q', "queue-id", "ID", "remove a message queue by id", OPT_LIST, AT(uses), IPC_MSG | BY_ID },
	{ 'Q', "queue-key", "KEY", "remove a message queue by key", OPT_LIST, AT(uses), IPC_MSG | BY_KEY },
	{ 's', "semaphore-id", "ID", "remove a semaphore set by id", OPT_LIST, AT(uses), IPC_SEM | BY_ID },
	{ 'S', "semaphore-key", "KEY", "remove a semaphore set by key", OPT_LIST, AT(uses),
	  IPC_SEM | BY_KEY },
	{ 'a', "all", "[=shm|msg|sem]", "remove all, or all of a kind; may be repeated", OPT_LIST, AT(uses),
	  WHOLE_KIND },
	{ 'v', "verbose", NULL, "say what is removed", OPT_BIT, AT(verbose), 1 },
	{ 0, NULL, NULL, "An ID is decimal.  A KEY is a number (decimal, 0x hexadecimal, 0 octal),\n"
	  "a NAME, name:TEXT or ftok:PATH[:PROJ].", OPT_BIT, 0, 0 },
	APPLET_OPTIONS,
};

const struct applet ipcrm_applet = {
	.name = "ipcrm",
	.synopsis = "[-v] [-m|-q|-s ID]... [-M|-Q|-S KEY]... [-a|--all[=shm|msg|sem]]...\nshm|msg|sem ID...",
	.what = "Remove System V shared memory segments, message queues and semaphore sets.",
	.opts = opts,
	.run = run,
};
