/* SPDX-License-Identifier: 0BSD */
#include "ipcrm/ipcrm.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "parse/parse.h"
#include "select.h"

struct ipcrm_args {
	struct applet_args applet;
	unsigned verbose, quiet, force, dry, ask, json;
	unsigned kinds;		/* selected one by one */
	const char *most;
	struct opt_list uses;	/* ids, keys, names and whole kinds */
	struct opt_list terms;	/* conditions */
};

/* The value of an option: the kind and one of these. */
enum { BY_ID = 0, BY_KEY = 8, WHOLE_KIND = 16, BY_NAME = 32, KIND_MASK = 7 };

static int read_key(const struct world *w, const char *arg, struct key *key)
{
	int rc = key_parse(arg, key);

	return rc < 0 ? applet_bad(w, "argument", arg, rc, "not a key") : applet_key_value(w, arg, key);
}

/* Accept any key but 0 and private, which name no object. */
static int check_key(const struct world *w, const char *arg)
{
	struct key key;

	if (read_key(w, arg, &key) != 0)
		return 1;
	if (key.value == 0)
		applet_say(w, 0, "illegal key (", arg, ")", NULL);
	return key.value == 0;
}

/* Check a POSIX name; a semaphore must not be removed as a segment. */
static int check_name(const struct world *w, enum ipc_kind kind, const char *arg)
{
	const char *bare;

	if (applet_posix_name(w, kind, arg, &bare) != 0)
		return 1;
	if (object_may_have_name(kind, bare))
		return 0;
	applet_say(w, 0, "name `", arg, "' is a semaphore; use --posix-semaphore ", bare + 4, NULL);
	return 1;
}

/* Check an option's argument, adding whole kinds to *kinds.  Returns 1 after an error message, else 0. */
static int check_use(const struct world *w, const struct opt_use *use, unsigned *kinds)
{
	const char *arg = use->arg;
	int id;

	if (use->opt->value & WHOLE_KIND) {
		/* People write -a=shm, which leaves the = in the argument. */
		if (arg != NULL && *arg == '=')
			arg++;
		return applet_all(w, arg, kinds);
	}
	if (use->opt->value & BY_KEY)
		return check_key(w, arg);
	if (use->opt->value & BY_NAME)
		return check_name(w, use->opt->value & KIND_MASK, arg);
	return applet_int(w, "argument", arg, &id);
}

/* Add the object with a key.  Returns the exit status. */
static int push_key(struct ipcrm *s, struct ipcrm_target one, struct ipcrm_targets *t)
{
	struct key key;
	int rc;

	/* The file of an ftok key may be gone since the check. */
	if (read_key(s->w, one.key_given, &key) != 0)
		return 1;
	one.key = key.value;
	one.key_name = key.form == KEY_NAME ? key.text : NULL;
	one.object.id = -1;
	rc = object_find(s->w->sys, one.object.kind, key.value, &one.object);
	return rc < 0 ? ipcrm_miss(s, t, one, rc) : ipcrm_push(t, one) < 0;
}

/* Add the objects that the checked options name, in order.  Returns the exit status. */
static int resolve(struct ipcrm *s, const struct opt_list *uses, struct ipcrm_targets *t)
{
	int status = 0;

	for (size_t i = 0; i < uses->n && !t->incomplete; i++) {
		const struct opt_use *use = &uses->v[i];
		struct ipcrm_target one = { .object = { .kind = use->opt->value & KIND_MASK }, .key = -1 };

		if (use->opt->value & WHOLE_KIND)
			continue;
		if (use->opt->value & BY_NAME)
			one.object.name = use->arg + (*use->arg == '/');
		else if (use->opt->value & BY_KEY)
			one.key_given = use->arg;
		else
			parse_id(use->arg, &one.object.id);
		if (one.key_given != NULL)
			status |= push_key(s, one, t);
		else
			ipcrm_push(t, one);
	}
	return status;
}

static int invalid_id(const struct world *w, const char *word, int rc)
{
	char most[OUT_DIGITS];

	applet_say(w, 0, "invalid id: ", applet_word(word),
		   rc == -EINVAL ? " (not a decimal number" : " (not a number from 0 to ",
		   rc == -EINVAL ? "" : out_decimal(most, INT_MAX), ")", NULL);
	return 1;
}

/* True for a word unlike a number or option: scripts pass the headings of a list along. */
static bool is_word(const char *s)
{
	return *s != '-' && s[strspn(s, "+- \t\n0123456789")] != '\0';
}

/* Check that all operands of the old form are ids or words.  Returns 1 after an error message. */
static int check_ids(const struct world *w, char **ids)
{
	int id, rc;

	if (*ids == NULL)
		return applet_usage(w, "not enough arguments");
	for (; *ids != NULL; ids++) {
		rc = parse_id(*ids, &id);
		if (rc < 0 && !is_word(*ids))
			return invalid_id(w, *ids, rc);
	}
	return 0;
}

/* Add the ids of the old form.  Returns 1 after reporting words that are not ids, else 0. */
static int push_ids(struct ipcrm *s, enum ipc_kind kind, char **ids, struct ipcrm_targets *t)
{
	int status = 0;

	for (; *ids != NULL; ids++) {
		struct ipcrm_target one = { .object = { .kind = kind }, .key = -1 };
		int rc = parse_id(*ids, &one.object.id);

		if (rc < 0)
			status = invalid_id(s->w, *ids, rc);
		else
			ipcrm_push(t, one);
	}
	return status;
}

/* Facts for the rules below. */
enum {
	KIND = 1, SOME_KIND = 2, CONDITION = 4, SINGLE = 8, ASK = 16, DRY = 32, TERMINAL = 64,
	VERBOSE = 128, QUIET = 256, JSON = 512,
};

static const struct rule rules[] = {
	{ KIND, CONDITION, 0, "a selection needs a condition, such as --user or --orphaned; "
	  "--all=KIND removes all objects of a kind" },
	{ CONDITION, SOME_KIND, 0,
	  "a selection needs a kind: --shm, --msg, --sem, --pshm, --pmsg, --psem or --all" },
	{ CONDITION, 0, SINGLE, "a selection cannot be combined with IDs, keys or names" },
	{ DRY, 0, ASK, NULL },
	{ ASK, TERMINAL, 0, "--interactive needs a terminal as standard input" },
	{ VERBOSE, 0, QUIET | JSON, NULL },
	{ 0, 0, 0, NULL },
};

/* kinds: those to sweep; single: objects are named individually. */
static int check_together(const struct world *w, const struct ipcrm_args *a, const struct ipcrm *s,
			  unsigned kinds, bool single)
{
	uint32_t facts = 0;

	if (kinds != 0)
		facts |= SOME_KIND;
	if (single)
		facts |= SINGLE;
	if (s->ask && isatty(w->in))
		facts |= TERMINAL;
	return applet_check(w, &a->applet.given, facts);
}

/* Turn the command line into *s and *kinds.  Returns 1 after an error message, else 0. */
static int plan(const struct world *w, const struct ipcrm_args *a, struct mem *mem, struct ipcrm *s,
		unsigned *kinds)
{
	bool singles = false;

	*s = (struct ipcrm){ .w = w, .verbose = a->verbose, .quiet = a->quiet, .force = a->force, .dry = a->dry,
			     .ask = a->ask, .json = a->json, .most = UINT64_MAX };
	*kinds = a->kinds;
	for (size_t i = 0; i < a->uses.n; i++) {
		if (check_use(w, &a->uses.v[i], kinds) != 0)
			return 1;
		if (a->uses.v[i].opt->value & WHOLE_KIND)
			continue;
		s->kinds |= 1u << (a->uses.v[i].opt->value & KIND_MASK);
		singles = true;
	}
	s->kinds |= *kinds;
	if (a->most != NULL && applet_number(w, "--max", a->most, 0, UINT64_MAX, &s->most) != 0)
		return 1;
	if (select_parse(w, &a->terms, mem, &s->filter) != 0 || check_together(w, a, s, *kinds, singles) != 0)
		return 1;
	return *kinds == 0 ? 0 : applet_narrow(w, &a->applet.given, a->kinds, kinds);
}

/* named: the number of objects on the command line. */
static void begin(struct ipcrm *s, struct ipcrm_targets *t, size_t named, unsigned kinds)
{
	ipcrm_init(t, named);
	s->judge = &t->judge;
	judge_init(s->judge, s->w->sys, kinds, filter_asks(&s->filter, FILTER_OLDER));
	if (s->json)
		ipcrm_begin(s);
}

static int finish(struct ipcrm *s, struct ipcrm_targets *t, int status)
{
	status |= select_judged(s->w, s->judge);
	status |= ipcrm_remove(s, t);
	if (s->json)
		ipcrm_end(s, status);
	judge_free(s->judge);
	mem_free(&t->mem);
	return status;
}

static int act(struct ipcrm *s, const struct ipcrm_args *a, unsigned kinds)
{
	/* The traditional order of --all. */
	static const enum ipc_kind order[] = { IPC_SHM, IPC_SEM, IPC_MSG, IPC_PSHM, IPC_PSEM, IPC_PMSG };
	struct ipcrm_targets t;
	int status;

	begin(s, &t, a->uses.n, kinds);
	status = resolve(s, &a->uses, &t);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (kinds & 1u << order[i])
			status |= ipcrm_sweep(s, order[i], &t);
	return finish(s, &t, status);
}

/* The old form: ipcrm shm|msg|sem ID... */
static int run_old(const struct world *w, const struct ipcrm_args *a, struct mem *mem, enum ipc_kind kind,
		   char **ids)
{
	struct ipcrm_targets t;
	unsigned kinds;
	struct ipcrm s;
	size_t n = 0;
	int status;

	if (check_ids(w, ids) != 0 || plan(w, a, mem, &s, &kinds) != 0)
		return 1;
	s.kinds = 1u << kind;
	while (ids[n] != NULL)
		n++;
	begin(&s, &t, n, 0);
	status = finish(&s, &t, push_ids(&s, kind, ids, &t));
	if (status == 0 && !s.dry && !s.json)
		out_text(w->out, "resource(s) deleted\n");
	return status;
}

/* True if options select objects, so that the old form cannot follow. */
static bool names_objects(const struct ipcrm_args *a)
{
	return a->uses.n > 0 || a->kinds != 0 || a->terms.n > 0;
}

/* True for a kind of the old form, which takes only ids. */
static bool is_old_word(enum ipc_kind kind)
{
	return kind < IPC_NKINDS && !ipc_kinds[kind].named;
}

static int run_options(const struct world *w, int argc, char **argv, struct ipcrm_args *a, struct mem *mem)
{
	int first = applet_parse(w, argc, argv, &a->applet);
	unsigned kinds = 0;
	enum ipc_kind kind;
	struct ipcrm s;

	if (first <= 0)
		return -first;
	kind = first < argc && !names_objects(a) ? ipc_kind_of(argv[first]) : IPC_NKINDS;
	if (is_old_word(kind))
		return run_old(w, a, mem, kind, argv + first + 1);
	if (first < argc)
		return applet_operand(w, argv[first]);
	if (!names_objects(a))
		return applet_usage(w, "bad usage");
	return plan(w, a, mem, &s, &kinds) != 0 || act(&s, a, kinds);
}

static int run(const struct world *w, int argc, char **argv)
{
	struct mem mem;
	struct ipcrm_args a = { .uses.mem = &mem, .terms.mem = &mem };
	enum ipc_kind kind;
	int status;

	mem_init(&mem);
	if (argc > 1 && is_old_word(kind = ipc_kind_of(argv[1])))
		status = run_old(w, &a, &mem, kind, argv + 2);
	else
		status = run_options(w, argc, argv, &a, &mem);
	mem_free(&mem);
	return status;
}

#define AT(member) OPT_AT(ipcrm_args, member)
#define USES(value) OPT_LIST | OPT_MORE | OPT_OLD, AT(uses), value
#define DAILY_USES(value) OPT_DAILY | USES(value)

#define KIND_OPTION(word, help, kind) \
	OPTION(0, word, NULL, help, OPT_BIT, AT(kinds), 1u << (kind), 0, 0, KIND | SOME_KIND)

static const struct opt opts[] = {
	OPTION('m', "shmem-id", "ID", "remove shared memory segments by ID", DAILY_USES(IPC_SHM | BY_ID)),
	OPTION('M', "shmem-key", "KEY", "remove shared memory segments by key", DAILY_USES(IPC_SHM | BY_KEY)),
	OPTION('q', "queue-id", "ID", "remove message queues by ID", DAILY_USES(IPC_MSG | BY_ID)),
	OPTION('Q', "queue-key", "KEY", "remove message queues by key", DAILY_USES(IPC_MSG | BY_KEY)),
	OPTION('s', "semaphore-id", "ID", "remove semaphore sets by ID", DAILY_USES(IPC_SEM | BY_ID)),
	OPTION('S', "semaphore-key", "KEY", "remove semaphore sets by key", DAILY_USES(IPC_SEM | BY_KEY)),
	OPTION(0, "posix-shmem", "NAME", "remove POSIX shared memory", USES(IPC_PSHM | BY_NAME)),
	OPTION(0, "posix-mqueue", "NAME", "remove POSIX message queues", USES(IPC_PMSG | BY_NAME)),
	OPTION(0, "posix-semaphore", "NAME", "remove POSIX semaphores", USES(IPC_PSEM | BY_NAME)),
	OPTION('a', "all", "[=KIND]", "remove all System V objects, or all of one KIND",
	       OPT_LIST | OPT_OLD | OPT_DAILY, AT(uses), WHOLE_KIND),
	OPTION_TEXT("Select objects of these kinds, or of --all, that match every condition below:"),
	KIND_OPTION("shm", "shared memory segments", IPC_SHM),
	KIND_OPTION("msg", "message queues", IPC_MSG),
	KIND_OPTION("sem", "semaphore sets", IPC_SEM),
	KIND_OPTION("pshm", "POSIX shared memory", IPC_PSHM),
	KIND_OPTION("pmsg", "POSIX message queues", IPC_PMSG),
	KIND_OPTION("psem", "POSIX semaphores", IPC_PSEM),
	SELECT_OPTIONS(AT(terms), 0, CONDITION),
	OPTION_TEXT("Safety:"),
	OPTION('n', "dry-run", NULL, "show what would be removed, remove nothing",
	       OPT_BIT | OPT_DAILY, AT(dry), 1, 0, 0, DRY),
	OPTION('i', "interactive", NULL, "prompt before each removal", OPT_BIT | OPT_DAILY, AT(ask), 1, 0, 0, ASK),
	OPTION(0, "max", "N", "remove nothing if more than N objects match", OPT_STRING, AT(most), 0),
	OPTION('f', "force", NULL, "ignore nonexistent objects", OPT_BIT, AT(force), 1),
	OPTION(0, "quiet", NULL, "print no messages about single objects", OPT_BIT, AT(quiet), 1, 0, 0, QUIET),
	OPTION('v', "verbose", NULL, "print what is removed, and what is kept and why",
	       OPT_BIT | OPT_OLD | OPT_DAILY, AT(verbose), 1, 0, 0, VERBOSE),
	OPTION('J', "json", NULL, "print the result for each object as JSON", OPT_BIT, AT(json), 1, 0, 0, JSON),
	OPTION_TEXT("A KIND is shm, msg, sem, pshm, pmsg, psem, or posix for the last three; --all\n"
	  "may be repeated.  More IDs, KEYs or NAMEs may follow the first.  A KEY is a\n"
	  "number (decimal, 0x hexadecimal, 0 octal), a NAME, name:TEXT, or\n"
	  "ftok:PATH[:PROJ]."),
	APPLET_OPTIONS,
};

const struct applet ipcrm_applet = {
	.name = "ipcrm",
	.synopsis = "[-n|-i] [-v] [-m|-q|-s ID...]... [-M|-Q|-S KEY...]... [-a[=KIND]]...\n"
		    "[-n|-i] [-v] [--posix-shmem|--posix-mqueue|--posix-semaphore NAME...]...\n"
		    "[-n|-i] [-v] --shm|--msg|--sem|--pshm|--pmsg|--psem|-a CONDITION...\n"
		    "[-n|-i] [-v] shm|msg|sem ID...",
	.what = "Remove System V and POSIX shared memory, message queues, and semaphores.",
	.more = "'ipcrm --help=all' lists all options: POSIX objects, selections, JSON.",
	.opts = opts,
	.rules = rules,
	.run = run,
	.told = true,
};
