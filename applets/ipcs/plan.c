/* SPDX-License-Identifier: 0BSD */
/* The command line of ipcs: options, their arguments and valid combinations. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <string.h>

#include "parse/parse.h"
#include "select.h"

enum form { FORM_USUAL, FORM_RAW, FORM_EXPORT, FORM_LINES, FORM_JSON };

struct ipcs_args {
	struct applet_args applet;
	unsigned kinds;			/* named one by one */
	unsigned everything, units, bare, shell, perms, openmetrics, attached, waiting;
	unsigned output;		/* an old one, or IPCS_GLOBAL */
	unsigned form;			/* enum form */
	const char *id, *name, *source, *columns, *sort, *rows, *times, *check;
	struct opt_list all;		/* arguments of --all */
	struct opt_list terms;		/* conditions */
	struct opt_list watch, peek;
};

static int wrong(const struct world *w, const char *what)
{
	applet_say(w, 0, what, NULL);
	return 1;
}

/* Words that an option takes, by value. */
static const char *const sources[] = {
	[SOURCE_AUTO] = "auto", [SOURCE_PROC] = "proc", [SOURCE_SYSCALL] = "syscall", NULL,
};
static const char *const time_formats[] = {
	[TIMES_CLASSIC] = "", [TIMES_SHORT] = "short", [TIMES_FULL] = "full", [TIMES_ISO] = "iso",
	[TIMES_EPOCH] = "epoch", NULL,
};

/* Set *place to the index of arg in words.  Returns 1 after an error message, which says why, else 0. */
static int parse_word(const struct world *w, const char *const *words, const char *arg, const char *option,
		      const char *why, unsigned *place)
{
	for (*place = 0; words[*place] != NULL; ++*place)
		if (*arg != '\0' && strcmp(arg, words[*place]) == 0)
			return 0;
	return applet_wrong(w, option, arg, why);
}

/* What the user calls these kinds in an error message: the objects of the only one, or all objects. */
static const char *kinds_text(unsigned kinds)
{
	enum ipc_kind kind = applet_single(kinds);

	return kind < IPC_NKINDS ? ipc_kinds[kind].many : "these kinds of objects";
}

/* Report an unknown column, with the nearest known one. */
static void unknown_column(const struct world *w, const char *name, size_t len)
{
	const char *near = column_near(name, len);
	char word[64];

	if (len >= sizeof word)
		len = sizeof word - 1;
	memcpy(word, name, len);
	word[len] = '\0';
	applet_say(w, 0, "unknown column '", word, "' (", near ? "did you mean " : "", near ? near : "",
		   near ? "? " : "", "'ipcs -o help' lists all)", NULL);
}

/* The column of this name, len bytes, which must apply to a chosen kind; COL_NONE after an error message. */
static enum column_id parse_column(const struct world *w, const struct ipcs *s, const char *name, size_t len)
{
	unsigned rows = ipcs_shows_limits(s) ? 1u << IPC_RESOURCE : s->kinds;
	enum column_id id = column_find(name, len);

	if (id == COL_NONE) {
		unknown_column(w, name, len);
	} else if (!(columns[id].kinds & rows)) {
		applet_say(w, 0, "column ", columns[id].name, " does not apply to ",
			   ipcs_shows_limits(s) ? "limits" : kinds_text(s->kinds), NULL);
		id = COL_NONE;
	}
	return id;
}

/* list: NULL or [+]COLUMN[,COLUMN...]; a + extends the usual columns. */
static int parse_columns(const struct world *w, const char *list, struct ipcs *s)
{
	s->chosen = list != NULL && *list != '+';
	if (list == NULL)
		return 0;
	for (list += !s->chosen;; list++) {
		size_t len = strcspn(list, ",");
		enum column_id id = parse_column(w, s, list, len);

		if (id == COL_NONE)
			return 1;
		ipcs_add_column(&s->columns, id);
		list += len;
		if (*list == '\0')
			return 0;
	}
}

/* list: NULL or COLUMN[:asc|:desc][,...]. */
static int parse_sort(const struct world *w, const char *list, struct ipcs *s)
{
	for (; list != NULL; list++) {
		size_t len = strcspn(list, ",:"), end = strcspn(list, ",");
		struct rows_key *key = &s->keys[s->nkeys];

		if (s->nkeys == ROWS_KEYS)
			return wrong(w, "too many columns to sort by");
		key->column = parse_column(w, s, list, len);
		if (key->column == COL_NONE)
			return 1;
		key->down = end - len == 5 && memcmp(list + len, ":desc", 5) == 0;
		if (end != len && !key->down && (end - len != 4 || memcmp(list + len, ":asc", 4) != 0))
			return applet_wrong(w, "--sort", list, "not COLUMN, COLUMN:asc or COLUMN:desc");
		s->nkeys++;
		list += end;
		if (*list == '\0')
			return 0;
	}
	return 0;
}

/* Parse the argument of an option into *n, unless it is NULL.  Returns 1 after an error message, else 0. */
static int parse_count(const struct world *w, const char *option, const char *arg, uint64_t least,
		       uint64_t most, uint64_t *n)
{
	return arg != NULL ? applet_number(w, option, arg, least, most, n) : 0;
}

/* Parse the argument of -i or -N. */
static int parse_one(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	enum ipc_kind kind = applet_single(s->kinds);
	bool known = kind < IPC_NKINDS;

	s->text = a->id ? a->id : a->name;
	s->one = (struct object){ .kind = kind };
	if (a->name != NULL && (!known || !ipc_kinds[kind].named))
		return wrong(w, "when using a name, a single POSIX resource must be specified");
	if (a->name != NULL)
		return applet_posix_name(w, kind, a->name, &s->one.name);
	if (a->id == NULL)
		return 0;
	if (applet_int(w, "id argument", a->id, &s->one.id) != 0)
		return 1;
	return known && !ipc_kinds[kind].named ? 0 :
		wrong(w, "when using an ID, a single resource must be specified");
}

/* The outputs that an option may apply to. */
enum {
	LISTS = 1, ONE = 2, LIMITS = 4, SUMMARY = 8, GLOBAL = 16, CHECK = 32, METRICS = 64, NAMED = 128,
	/* Options of util-linux 2.38 ignore each other. */
	ANY_OLD = LISTS | ONE | LIMITS | SUMMARY,
	OBJECTS = LISTS | ONE | NAMED,
	COLUMNS = OBJECTS | LIMITS | GLOBAL,
};

/* Facts for the rules below. */
enum {
	BY_ID = 1, BY_NAME = 2, JSON = 4, EXPORT = 8, LINES = 16, RAW = 32, SHELL = 64, BARE = 128, HUMAN = 256,
	ATTACHED = 512, WAITING = 1024, PEEK = 2048, PLAIN_COLUMNS = 4096, NESTING = 8192, VIEW = 16384,
	CHOSEN = 32768,
};

const struct rule ipcs_rules[] = {
	{ BY_ID, 0, BY_NAME, NULL },
	{ JSON, 0, EXPORT | LINES | RAW | BARE | HUMAN, NULL },
	{ EXPORT, 0, LINES | RAW | BARE, NULL },
	{ LINES, 0, RAW | BARE, NULL },
	{ SHELL, EXPORT | LINES, 0, NULL },
	{ ATTACHED, 0, PLAIN_COLUMNS, "--attached adds a column: include ATTACHED in the list of --output" },
	{ WAITING, 0, PLAIN_COLUMNS, "--waiting adds a column: include WAITING in the list of --output" },
	{ VIEW, 0, CHOSEN, "--time, --pid and --creator choose the columns: --output +LIST adds to them" },
	{ PEEK, BY_ID, 0, NULL },
	{ PEEK, NESTING, 0, "--peek shows the details of a queue: it cannot be combined with a table or list form" },
	{ 0, 0, 0, NULL },
};

/* The output as a bit, and *name as the user calls it. */
static unsigned output_of(const struct ipcs_args *a, const char **name)
{
	static const struct { unsigned bit; const char *name; } outputs[] = {
		[VIEW_LIST] = { LISTS, "lists" }, [VIEW_TIME] = { LISTS, "--time" }, [VIEW_PID] = { LISTS, "--pid" },
		[VIEW_CREATOR] = { LISTS, "--creator" }, [IPCS_LIMITS] = { LIMITS, "--limits" },
		[IPCS_SUMMARY] = { SUMMARY, "--summary" }, [IPCS_GLOBAL] = { GLOBAL, "--global" },
	};

	if (a->check != NULL) {
		*name = "--check";
		return CHECK;
	}
	if (a->openmetrics) {
		*name = "--openmetrics";
		return METRICS;
	}
	if (a->id != NULL) {
		*name = "--id";
		return ONE;
	}
	if (a->name != NULL) {
		*name = "--name";
		return NAMED;
	}
	*name = outputs[a->output].name;
	return outputs[a->output].bit;
}

/* Choose the kinds, and check that all options apply to them and to the output. */
static int plan_kinds(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	const char *name;
	unsigned output = output_of(a, &name);

	if (applet_applies(w, &a->applet.given, output, name) != 0)
		return 1;
	s->kinds = a->kinds | (a->everything ? IPC_ALL_KINDS : 0);
	for (size_t i = 0; i < a->all.n; i++)
		if (applet_all(w, a->all.v[i].arg, &s->kinds) != 0)
			return 1;
	s->named = s->kinds != 0;
	if (!s->named)
		s->kinds = output & (GLOBAL | CHECK | METRICS) ? IPC_ALL_KINDS : IPC_SYSV_KINDS;
	return applet_narrow(w, &a->applet.given, a->kinds, &s->kinds);
}

/* Facts that follow from the arguments and the form. */
static uint32_t facts_of(const struct ipcs_args *a, const struct ipcs *s)
{
	bool plain = s->chosen && a->form != FORM_JSON;

	return (s->chosen ? CHOSEN : 0) | (plain ? PLAIN_COLUMNS : 0) |
		(s->printer->ops->nests ? NESTING : 0);
}

/* The argument of the last use of an option, or NULL. */
static const char *last_argument(const struct opt_list *uses)
{
	return uses->n > 0 ? uses->v[uses->n - 1].arg : NULL;
}

/* Holders and waiters are requested by an option or a column. */
static int plan_parts(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	s->attached = a->attached;
	s->waiting = a->waiting;
	for (size_t i = 0; i < s->columns.n; i++) {
		s->attached |= s->columns.v[i] == COL_ATTACHED;
		s->waiting |= s->columns.v[i] == COL_WAITING;
	}
	if (a->peek.n == 0)
		return 0;
	s->peek = INT32_MAX;
	return parse_count(w, "--peek", last_argument(&a->peek), 1, INT32_MAX, &s->peek);
}

/* Without a requested form: a classic table, unless options need more than its fixed columns. */
static const struct printer_ops *printer_for(const struct ipcs_args *a, const struct ipcs *s)
{
	static const struct printer_ops *const forms[] = {
		[FORM_RAW] = &printer_raw, [FORM_EXPORT] = &printer_export, [FORM_LINES] = &printer_lines,
		[FORM_JSON] = &printer_json,
	};

	if (a->form != FORM_USUAL)
		return forms[a->form];
	if (a->columns != NULL || a->times != NULL || a->perms || ipcs_shows_limits(s) ||
	    ((a->attached || a->waiting) && s->text == NULL))
		return &printer_table;
	return &printer_classic;
}

static int choose_form(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	struct printer *p = s->printer;
	struct style *style = &p->style;
	unsigned times = TIMES_CLASSIC;

	p->ops = printer_for(a, s);
	p->bare = a->bare;
	p->shell = a->shell;
	style->units = a->units ? a->units : UNITS_PLAIN;
	style->perms = !p->ops->chosen ? PERMS_OCTAL : a->perms ? PERMS_NUMERIC : PERMS_LETTERS;
	if (a->times != NULL &&
	    parse_word(w, time_formats, a->times, "--time-format", "not short, full, iso or epoch", &times))
		return 1;
	if (times == TIMES_CLASSIC && p->ops->chosen)
		times = p->ops == &printer_table ? TIMES_SHORT : TIMES_ISO;
	style->times = times;
	if (p->ops->chosen)
		style->now = w->sys->calls->now();
	return 0;
}

/* What the rows show: an object has the usual columns, and limits are a table if they have columns at all. */
static unsigned rows_of(const struct ipcs_args *a)
{
	bool chosen = a->columns != NULL || (a->form != FORM_USUAL && a->form != FORM_JSON);

	if (a->id != NULL || a->name != NULL)
		return VIEW_LIST;
	return a->output == IPCS_LIMITS && chosen ? IPCS_RESOURCES : a->output;
}

/* Choose what to do with the rows.  Returns 1 after an error message, else 0. */
static int plan_task(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	uint64_t seconds = 2;

	if (parse_count(w, "--watch", last_argument(&a->watch), 1, 86400, &seconds) ||
	    (a->check != NULL && ipcs_parse_check(w, a->check, s)))
		return 1;
	s->seconds = (unsigned)seconds;
	s->task = a->check != NULL ? IPCS_CHECK : a->openmetrics ? IPCS_METRICS :
		a->watch.n > 0 ? IPCS_WATCH : IPCS_SHOW;
	return 0;
}

/* Turn the options into *s.  Returns 1 after an error message, else 0. */
static int plan(const struct world *w, struct ipcs_args *a, struct mem *mem, struct ipcs *s)
{
	s->output = rows_of(a);
	s->most = UINT64_MAX;
	s->source = w->sys->source;
	if (a->source != NULL &&
	    parse_word(w, sources, a->source, "--source", "not auto, proc or syscall", &s->source))
		return 1;
	return plan_kinds(w, a, s) || parse_one(w, a, s) || choose_form(w, a, s) ||
		parse_columns(w, a->columns, s) || parse_sort(w, a->sort, s) ||
		parse_count(w, "--rows", a->rows, 0, UINT64_MAX, &s->most) ||
		select_parse(w, &a->terms, mem, &s->filter) ||
		applet_check(w, &a->applet.given, facts_of(a, s)) || plan_parts(w, a, s) || plan_task(w, a, s);
}

int ipcs_plan(const struct world *w, int argc, char **argv, struct mem *mem, struct ipcs *s)
{
	struct ipcs_args a = { .all.mem = mem, .terms.mem = mem, .watch.mem = mem, .peek.mem = mem };
	int first = applet_parse(w, argc, argv, &a.applet);

	if (first <= 0)
		return first;
	/* Find --check even beside errors, so that the exit status is that of a check. */
	if (a.check != NULL)
		s->task = IPCS_CHECK;
	if (first < argc)
		return -applet_operand(w, argv[first]);
	if (a.columns != NULL && strcmp(a.columns, "help") == 0) {
		column_help(w->out);
		return 0;
	}
	return plan(w, &a, mem, s) != 0 ? -1 : 1;
}

#define AT(member) OPT_AT(ipcs_args, member)

#define KIND(letter, word, help, kind) \
	OPTION(letter, word, NULL, help, OPT_BIT | OPT_DAILY, AT(kinds), 1u << (kind))
#define OLD_KIND(word, kind) OPTION(0, word, NULL, NULL, OPT_BIT | OPT_OLD, AT(kinds), 1u << (kind))
#define OUTPUT(value, facts) OPT_SET | OPT_OLD | OPT_DAILY, AT(output), value, ANY_OLD, 0, facts
#define FORM(value, outputs, facts) OPT_SET, AT(form), value, outputs, 0, facts
#define UNITS(value, more, facts) \
	OPT_SET | OPT_OLD, AT(units), value, ANY_OLD | NAMED | GLOBAL | (more), 0, facts

const struct opt ipcs_opts[] = {
	OPTION('i', "id", "ID", "show all about the object with this ID",
	       OPT_STRING | OPT_OLD | OPT_DAILY, AT(id), 0, ONE, IPC_SYSV_KINDS, BY_ID),
	OPTION('N', "name", "NAME", "show all about the POSIX object with this name", OPT_STRING, AT(name), 0,
	       ONE | NAMED, 0, BY_NAME),
	OPTION_TEXT("Kinds (default: those of System V; all for --global, --check, --openmetrics):"),
	KIND('m', "shm", "shared memory segments", IPC_SHM),
	KIND('q', "msg", "message queues", IPC_MSG),
	KIND('s', "sem", "semaphore sets", IPC_SEM),
	OPTION('a', "all", "[=KIND]", "all three, or only KIND",
	       OPT_LIST | OPT_OLD | OPT_WORD, AT(all), 0),
	OLD_KIND("shmems", IPC_SHM), OLD_KIND("queues", IPC_MSG), OLD_KIND("semaphores", IPC_SEM),
	OPTION('M', "pshm", NULL, "POSIX shared memory", OPT_BIT, AT(kinds), 1u << IPC_PSHM),
	OPTION('Q', "pmsg", NULL, "POSIX message queues", OPT_BIT, AT(kinds), 1u << IPC_PMSG),
	OPTION('S', "psem", NULL, "POSIX semaphores", OPT_BIT, AT(kinds), 1u << IPC_PSEM),
	OPTION('A', "everything", NULL, "all six kinds, System V and POSIX", OPT_BIT | OPT_DAILY, AT(everything), 1),
	OPTION_TEXT("Output (the last one of -t, -p, -c, -l, -u wins):"),
	OPTION('t', "time", NULL, "show times of the last operations and changes", OUTPUT(VIEW_TIME, VIEW)),
	OPTION('p', "pid", NULL, "show processes that created or last used objects", OUTPUT(VIEW_PID, VIEW)),
	OPTION('c', "creator", NULL, "show creators and owners", OUTPUT(VIEW_CREATOR, VIEW)),
	OPTION('l', "limits", NULL, "show kernel limits", OUTPUT(IPCS_LIMITS, 0)),
	OPTION('u', "summary", NULL, "show totals", OUTPUT(IPCS_SUMMARY, 0)),
	OPTION('g', "global", NULL, "show how much of each limit is in use",
	       OPT_SET | OPT_DAILY, AT(output), IPCS_GLOBAL, GLOBAL),
	OPTION(0, "check", "WARN[,CRIT]", "report usage in percent like a monitoring plugin",
	       OPT_STRING, AT(check), 0, CHECK),
	OPTION(0, "openmetrics", NULL, "print limits and totals for a metrics collector",
	       OPT_BIT, AT(openmetrics), 1, METRICS),
	OPTION_TEXT("Selection (objects that match all; repeat an option for alternatives):"),
	SELECT_OPTIONS(AT(terms), LISTS | SUMMARY, 0),
	OPTION_TEXT("Users of objects:"),
	OPTION(0, "attached", NULL, "show processes that have objects attached or open", OPT_BIT | OPT_DAILY,
	       AT(attached), 1, OBJECTS, 1 << IPC_SHM | IPC_POSIX_KINDS, ATTACHED),
	OPTION(0, "waiting", NULL, "show processes that wait on a queue or set", OPT_BIT, AT(waiting), 1,
	       OBJECTS, 1 << IPC_MSG | 1 << IPC_SEM, WAITING),
	OPTION(0, "peek", "[=N]", "with -q -i: show messages without taking them", OPT_LIST, AT(peek), 0,
	       ONE | NAMED, 1 << IPC_MSG, PEEK),
	OPTION_TEXT("Form:"),
	OPTION('o', "output", "LIST", "show these columns; +LIST: add them; help: list all",
	       OPT_STRING | OPT_DAILY, AT(columns), 0, COLUMNS),
	OPTION('J', "json", NULL, "print JSON", FORM(FORM_JSON, ANY_OLD | NAMED | GLOBAL | CHECK, JSON)),
	OPTION('e', "export", NULL, "print NAME=\"value\" pairs, one line per row",
	       FORM(FORM_EXPORT, COLUMNS, EXPORT)),
	OPTION('n', "newline", NULL, "print NAME=\"value\" pairs, one per line", FORM(FORM_LINES, COLUMNS, LINES)),
	OPTION('r', "raw", NULL, "separate columns with one space (\\x20 in values)",
	       FORM(FORM_RAW, COLUMNS, RAW)),
	OPTION('y', "shell", NULL, "use column names that are valid shell variables",
	       OPT_BIT, AT(shell), 1, COLUMNS, 0, SHELL),
	OPTION(0, "noheadings", NULL, "omit titles and headings",
	       OPT_BIT, AT(bare), 1, ANY_OLD | NAMED | GLOBAL, 0, BARE),
	OPTION(0, "sort", "COLUMN", "sort by COLUMN[:asc|:desc][,...]", OPT_STRING, AT(sort), 0, LISTS | GLOBAL),
	OPTION(0, "rows", "N", "show at most N rows of each table", OPT_STRING, AT(rows), 0, LISTS | GLOBAL),
	OPTION(0, "time-format", "FORMAT", "short, full, iso or epoch", OPT_STRING, AT(times), 0, OBJECTS),
	OPTION('P', "numeric-perms", NULL, "show permissions in octal", OPT_BIT, AT(perms), 1, OBJECTS),
	OPTION('b', "bytes", NULL, "show sizes in bytes", UNITS(UNITS_BYTES, 0, 0)),
	OPTION(0, "human", NULL, "show sizes as 1.5K", UNITS(UNITS_HUMAN, CHECK, HUMAN)),
	OPTION(0, "watch", "[SECONDS]", "repeat the output every SECONDS (default: 2)", OPT_LIST, AT(watch), 0,
	       ANY_OLD | NAMED | GLOBAL),
	OPTION(0, "source", "SOURCE", "read from proc, by syscall, or auto (default)", OPT_STRING, AT(source), 0, 0,
	       IPC_SYSV_KINDS),
	OPTION_TEXT("A KIND is shm, msg, sem, pshm, pmsg, psem, or posix for the last three."),
	APPLET_OPTIONS,
};
