/* SPDX-License-Identifier: 0BSD */
#include <errno.h>
#include <string.h>

#include "applet.h"
#include "diag.h"
#include "mem.h"
#include "parse.h"

extern const struct applet ipcrm_applet;

struct ipcrm_args {
	unsigned standard;
	unsigned verbose;
	struct opt_list uses;
};

/* What a row of the option table asks for: its value is the kind and one of these. */
enum { BY_ID = 0, BY_KEY = 8, WHOLE_KIND = 16, BY_NAME = 32, KIND_MASK = 7 };

enum { SYSV_KINDS = (1u << IPC_NSYSV) - 1, ALL_KINDS = (1u << IPC_NKINDS) - 1 };

struct target {
	enum ipc_kind kind;
	int id;
	const char *key;	/* as given; NULL: named by id */
	const char *name;	/* of a POSIX object, without the slash */
	bool swept;		/* found by --all, so it may be gone or another user's */
	struct target *next;
};

/* What to remove, in order. */
struct targets {
	struct mem mem;
	struct target *first, **end;
	bool incomplete;	/* memory ran out, so this is not all that was asked for */
};

struct ipcrm {
	const struct world *w;
	bool verbose;
	size_t denied[IPC_NKINDS];	/* other users' objects that --all came upon, told once a kind */
};

static void init_targets(struct targets *t)
{
	mem_init(&t->mem);
	t->first = NULL;
	t->end = &t->first;
	t->incomplete = false;
}

static int push(struct targets *t, struct target one)
{
	struct target *kept = mem_take(&t->mem, sizeof *kept);

	t->incomplete |= kept == NULL;
	if (kept == NULL)
		return -ENOMEM;
	*kept = one;
	*t->end = kept;
	t->end = &kept->next;
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

/* What a file in /dev/shm is that is no object. */
static const char *other_file(int why)
{
	return why == -EISDIR ? " is a directory" : why == -ELOOP ? " is a symbolic link" : " is no regular file";
}

static void name_failed(const struct world *w, const char *name, int rc)
{
	if (rc == -ENOENT)
		diag(w->err, ipcrm_applet.name, 0, "name `", name, "' not found", NULL);
	else if (rc == -EACCES || rc == -EPERM)
		diag(w->err, ipcrm_applet.name, 0, "permission denied for name `", name, "'", NULL);
	else if (rc == -EISDIR || rc == -ELOOP || rc == -ENXIO)
		diag(w->err, ipcrm_applet.name, 0, "name `", name, "'", other_file(rc), NULL);
	else
		diag(w->err, ipcrm_applet.name, rc, "name failed (", name, ")", NULL);
}

static void say_removing(struct out *out, const struct target *t)
{
	static const char *const removing[IPC_NKINDS] = {
		[IPC_MSG] = "removing message queue id `",
		[IPC_SHM] = "removing shared memory segment id `",
		[IPC_SEM] = "removing semaphore id `",
		[IPC_PMSG] = "removing POSIX message queue `/",
		[IPC_PSHM] = "removing POSIX shared memory `",
		[IPC_PSEM] = "removing POSIX semaphore `",
	};
	char shown[1024];

	out_text(out, removing[t->kind]);
	if (t->name != NULL)
		out_bytes(out, shown, out_escape(shown, sizeof shown, t->name));
	else
		out_dec(out, (uint64_t)t->id);
	out_text(out, "'\n");
}

static int remove_target(struct ipcrm *s, const struct target *t)
{
	int rc;

	if (s->verbose)
		say_removing(s->w->out, t);
	if (t->name != NULL)
		rc = posix_remove(s->w->sys, t->kind, t->name);
	else
		rc = sys_remove(s->w->sys, t->kind, t->id);
	if (rc >= 0)
		return 0;
	if (t->swept && (rc == -EINVAL || rc == -EIDRM || rc == -ENOENT))
		return 0;
	if (t->swept && (rc == -EPERM || rc == -EACCES))
		s->denied[t->kind]++;
	else if (t->name != NULL)
		name_failed(s->w, t->name, rc);
	else
		removal_failed(s->w, t, rc);
	return 1;
}

static int remove_all(struct ipcrm *s, const struct targets *t)
{
	int status = 0;

	for (const struct target *one = t->first; one != NULL; one = one->next)
		status |= remove_target(s, one);
	for (enum ipc_kind k = 0; k < IPC_NKINDS; k++)
		if (s->denied[k] > 0)
			applet_left_out(s->w, &ipcrm_applet, k, s->denied[k], "removed", -EPERM);
	return status;
}

/* An entry of /dev/shm that is no object, among those named like objects of the kind. */
struct others {
	const struct world *w;
	enum ipc_kind kind;
	int status;
};

static void tell_other(void *arg, const char *name, int why)
{
	struct others *o = arg;
	if (posix_is_semaphore(name) != (o->kind == IPC_PSEM))
		return;
	diag(o->w->err, ipcrm_applet.name, 0, "not removed: ", o->w->sys->shm, "/", name, other_file(why), NULL);
	o->status = 1;
}

/* Says what stays in /dev/shm when all of a kind is removed. */
static int tell_others(const struct world *w, enum ipc_kind kind)
{
	struct others o = { w, kind, 0 };

	if (kind == IPC_PSHM || kind == IPC_PSEM)
		posix_others(w->sys, tell_other, &o);
	return o.status;
}

static int push_row(struct targets *t, const struct ipc_obj *o)
{
	struct target one = { .kind = o->kind, .swept = true };

	if (o->name == NULL)
		one.id = (int)o->v[F_ID];
	else
		one.name = mem_copy(&t->mem, o->name);
	t->incomplete |= o->name != NULL && one.name == NULL;
	return t->incomplete ? -ENOMEM : push(t, one);
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
		stored = push_row(t, &o);
	ipc_iter_close(&it);
	if (stored < 0)
		return 1;
	if (rc < 0)
		return applet_cannot(w, &ipcrm_applet, kind, it.where, rc);
	if (it.hidden > 0)
		return applet_left_out(w, &ipcrm_applet, kind, it.hidden, "removed", -EACCES);
	return tell_others(w, kind);
}

static int unknown(const struct world *w, const char *type)
{
	diag(w->err, ipcrm_applet.name, 0, "unknown argument: ", type, NULL);
	return 1;
}

/* A key of any form; 0 and private name no object. */
static int check_key(const struct world *w, const char *arg)
{
	struct key key;

	if (applet_key(w, &ipcrm_applet, "argument", arg, &key) != 0)
		return 1;
	if (key.value == 0)
		diag(w->err, ipcrm_applet.name, 0, "illegal key (", arg, ")", NULL);
	return key.value == 0;
}

/* A POSIX name of the kind; a semaphore is not removed as if it were a segment. */
static int check_name(const struct world *w, enum ipc_kind kind, const char *arg)
{
	const char *bare;

	if (applet_posix_name(w, &ipcrm_applet, kind, arg, &bare) != 0)
		return 1;
	if (kind != IPC_PSHM || !posix_is_semaphore(bare))
		return 0;
	diag(w->err, ipcrm_applet.name, 0, "name `", arg, "' is a semaphore: use --posix-semaphore ", bare + 4,
	     NULL);
	return 1;
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
			*kinds |= SYSV_KINDS;
		else if (strcmp(arg, "posix") == 0)
			*kinds |= ALL_KINDS & ~SYSV_KINDS;
		else if ((kind = ipc_kind_of(arg)) < IPC_NKINDS)
			*kinds |= 1u << kind;
		else
			return unknown(w, arg);
		return 0;
	}
	if (use->opt->value & BY_KEY)
		return check_key(w, arg);
	if (use->opt->value & BY_NAME)
		return check_name(w, use->opt->value & KIND_MASK, arg);
	rc = parse_id(arg, &id);
	return rc < 0 ? applet_bad(w, &ipcrm_applet, "argument", arg, rc, "not a decimal number") : 0;
}

/* The id under a key, or -1 after saying why there is none. */
static int look_up(const struct world *w, enum ipc_kind kind, const char *key)
{
	struct key parsed;
	int id;

	if (applet_key(w, &ipcrm_applet, "argument", key, &parsed) != 0)
		return -1;
	id = sys_lookup(w->sys, kind, parsed.value);
	if (id >= 0)
		return id;
	if (id == -ENOENT)
		diag(w->err, ipcrm_applet.name, 0, "invalid key (", key, ")", NULL);
	else
		removal_failed(w, &(struct target){ .kind = kind, .key = key }, id);
	return -1;
}

/* Adds what the checked options name, in their order; 1 if a key names nothing. */
static int resolve(const struct world *w, const struct opt_list *uses, struct targets *t)
{
	int status = 0;

	for (size_t i = 0; i < uses->n; i++) {
		unsigned value = uses->v[i].opt->value;
		struct target one = { .kind = value & KIND_MASK };

		if (value & WHOLE_KIND)
			continue;
		if (value & BY_NAME) {
			one.name = uses->v[i].arg + (*uses->v[i].arg == '/');
		} else if (value & BY_KEY) {
			one.key = uses->v[i].arg;
			one.id = look_up(w, one.kind, one.key);
		} else {
			parse_id(uses->v[i].arg, &one.id);
		}
		if (one.id < 0)
			status = 1;
		else if (push(t, one) < 0)
			return 1;
	}
	return status;
}

/* The old form: ipcrm shm|msg|sem ID... */
static int run_old(const struct world *w, enum ipc_kind kind, char **ids)
{
	struct ipcrm s = { .w = w };
	struct targets t;
	int status = 0;

	init_targets(&t);
	if (*ids == NULL) {
		diag(w->err, ipcrm_applet.name, 0, "not enough arguments", NULL);
		diag_try(w->err, ipcrm_applet.name);
		return 1;
	}
	for (; *ids != NULL && status == 0; ids++) {
		struct target one = { .kind = kind };
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
	mem_free(&t.mem);
	if (status == 0)
		out_text(w->out, "resource(s) deleted\n");
	return status;
}

static int run_options(const struct world *w, int argc, char **argv, struct ipcrm_args *a)
{
	/* The order in which --all has always gone. */
	static const enum ipc_kind order[] = { IPC_SHM, IPC_SEM, IPC_MSG, IPC_PSHM, IPC_PSEM, IPC_PMSG };
	struct ipcrm s = { .w = w };
	struct targets t;
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
	init_targets(&t);
	status = resolve(w, &a->uses, &t);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (kinds & 1u << order[i])
			status |= sweep(w, order[i], &t);
	status |= t.incomplete ? no_memory(w) : remove_all(&s, &t);
	mem_free(&t.mem);
	return status;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcrm_args a = { 0 };
	enum ipc_kind kind;
	struct mem mem;
	int status;

	if (argc > 1 && (kind = ipc_kind_of(argv[1])) < IPC_NSYSV)
		return run_old(w, kind, argv + 2);
	mem_init(&mem);
	a.uses.v = mem_take(&mem, (size_t)(argc > 0 ? argc : 1) * sizeof *a.uses.v);
	status = a.uses.v != NULL ? run_options(w, argc, argv, &a) : no_memory(w);
	mem_free(&mem);
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
	{ 0, "posix-shmem", "NAME", "remove POSIX shared memory", OPT_LIST, AT(uses), IPC_PSHM | BY_NAME },
	{ 0, "posix-mqueue", "NAME", "remove a POSIX message queue", OPT_LIST, AT(uses), IPC_PMSG | BY_NAME },
	{ 0, "posix-semaphore", "NAME", "remove a POSIX semaphore", OPT_LIST, AT(uses), IPC_PSEM | BY_NAME },
	{ 'a', "all", "[=KIND]", "remove all of System V, or all of one KIND", OPT_LIST, AT(uses), WHOLE_KIND },
	{ 'v', "verbose", NULL, "say what is removed", OPT_BIT, AT(verbose), 1 },
	{ 0, NULL, NULL, "A KIND is shm, msg, sem, pshm, pmsg, psem or posix (the last three); --all may\n"
	  "be repeated.  An ID is decimal.\nA KEY is a number (decimal, 0x hexadecimal, 0 octal),\n"
	  "a NAME, name:TEXT or ftok:PATH[:PROJ].", OPT_BIT, 0, 0 },
	APPLET_OPTIONS,
};

const struct applet ipcrm_applet = {
	.name = "ipcrm",
	.synopsis = "[-v] [-m|-q|-s ID]... [-M|-Q|-S KEY]... [-a[=KIND]]...\n"
		    "[-v] [--posix-shmem|--posix-mqueue|--posix-semaphore NAME]...\n"
		    "shm|msg|sem ID...",
	.what = "Remove shared memory, message queues and semaphores, of System V and POSIX.",
	.opts = opts,
	.run = run,
};
