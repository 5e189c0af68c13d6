/* SPDX-License-Identifier: 0BSD */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <string.h>

#include "kernel/holders.h"
#include "kernel/names.h"
#include "parse/parse.h"
#include "select.h"

/* An option's value is OUTPUT plus the output that it selects, or an enum filter_by. */
enum { OUTPUT = FILTER_COUNT };

enum form { FORM_USUAL, FORM_RAW, FORM_EXPORT, FORM_LINES, FORM_JSON };

struct ipcs_args {
	unsigned standard;
	unsigned kinds, units, bare, shell, perms, openmetrics, attached, waiting;
	unsigned form;			/* enum form */
	const char *id, *name, *source, *columns, *sort, *limit, *times, *check, *watch, *peek;
	struct opt_list uses;		/* outputs and conditions, in order */
};

/* The kind of a set with only one, or IPC_NKINDS. */
static enum ipc_kind single(unsigned kinds)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (kinds == 1u << kind)
			return kind;
	return IPC_NKINDS;
}

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

/* Set *place to the index of arg in words.  Returns 1 after an error message, else 0. */
static int parse_word(const struct world *w, const char *const *words, const char *arg, const char *option,
		      const char *which, unsigned *place)
{
	for (*place = 0; words[*place] != NULL; ++*place)
		if (*arg != '\0' && strcmp(arg, words[*place]) == 0)
			return 0;
	applet_say(w, 0, option, " '", arg, "': not ", which, NULL);
	return 1;
}

/* The column with the len bytes of name; COL_NONE after an error message. */
static enum column_id parse_column(const struct world *w, const char *name, size_t len)
{
	enum column_id id = column_find(name, len);
	char word[64];

	if (id != COL_NONE)
		return id;
	if (len >= sizeof word)
		len = sizeof word - 1;
	memcpy(word, name, len);
	word[len] = '\0';
	applet_say(w, 0, "unknown column: '", word, "'; these are known:", NULL);
	column_help(w->err);
	out_flush(w->err);
	return COL_NONE;
}

/* list: NULL or [+]COLUMN[,COLUMN...]; a + extends the usual columns. */
static int parse_columns(const struct world *w, const char *list, struct ipcs *s)
{
	s->chosen = list != NULL && *list != '+';
	if (list == NULL)
		return 0;
	for (list += !s->chosen;; list++) {
		size_t len = strcspn(list, ",");
		enum column_id id = parse_column(w, list, len);

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
			return wrong(w, "there are too many columns to sort by");
		key->column = parse_column(w, list, len);
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

static int parse_count(const struct world *w, const char *option, const char *arg, uint64_t least,
		       uint64_t most, uint64_t *n)
{
	return arg != NULL ? applet_number(w, option, arg, least, most, n) : 0;
}

/* Take the outputs out of uses, leaving the conditions.  Returns the last output. */
static unsigned take_outputs(struct opt_list *uses)
{
	unsigned output = VIEW_LIST;
	size_t kept = 0;

	for (size_t i = 0; i < uses->n; i++) {
		unsigned value = uses->v[i].opt->value;

		if (value >= OUTPUT)
			output = value - OUTPUT;
		else if (value == FILTER_CREATOR && uses->v[i].arg == NULL)
			output = VIEW_CREATOR;
		else
			uses->v[kept++] = uses->v[i];
	}
	uses->n = kept;
	return output;
}

/* Parse the argument of -i or -N. */
static int parse_one(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	enum ipc_kind kind = single(a->kinds);
	bool known = kind < IPC_NKINDS;

	if (a->id != NULL && a->name != NULL)
		return wrong(w, "an ID and a name do not go together");
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

/* Facts for the rules below. */
enum {
	ONE = 1, TOTALS = 2, GLOBAL = 4, CHECK = 8, METRICS = 16, WATCH = 32, SELECTION = 64, ORDER = 128,
	NAMED_FORM = 256,
	NAMED_COLUMNS = 512, KEY = 1024, POSIX_KIND = 2048, HOLDERS = 4096, PEEK = 8192, ONE_QUEUE = 16384,
	ONE_POSIX_QUEUE = 32768, NESTING = 65536, WHOLE = 131072,
};

static const struct rule rules[] = {
	{ SELECTION, 0, ONE | TOTALS | WHOLE,
	  "selections are for lists: they do not go with -i, -N, -l, -u and -g" },
	{ ORDER, 0, ONE | TOTALS, "--sort and --limit are for lists: they do not go with -i, -N, -l and -u" },
	{ HOLDERS, 0, TOTALS | GLOBAL,
	  "--attached and --waiting are for objects: they do not go with -l, -u and -g" },
	{ TOTALS, NESTING, 0, "limits and summaries have no columns: use -J, or -g" },
	{ TOTALS, 0, CHECK | METRICS, "--check and --openmetrics do not go with -l and -u" },
	{ WHOLE, 0, ONE, "-g, --check and --openmetrics do not go with -i and -N" },
	{ WATCH, 0, CHECK | METRICS, "--watch does not go with --check and --openmetrics" },
	{ METRICS, 0, CHECK | NAMED_FORM | NAMED_COLUMNS, "--openmetrics is a form of its own" },
	{ KEY, 0, POSIX_KIND, "--key is for System V objects: POSIX objects have none" },
	{ PEEK, 0, ONE_POSIX_QUEUE, "--peek: the messages of a POSIX queue cannot be read without taking them" },
	{ PEEK, ONE_QUEUE, 0, "--peek is for one queue: it goes with -q and -i, and with -J" },
	{ PEEK, NESTING, 0, "--peek is for one queue: it goes with -q and -i, and with -J" },
	{ 0, 0, 0, NULL },
};

static int check_together(const struct world *w, const struct ipcs_args *a, const struct ipcs *s)
{
	const bool one = s->text != NULL, global = s->output == IPCS_GLOBAL;
	const struct fact facts[] = {
		{ one, ONE },
		{ !one && (s->output == IPCS_LIMITS || s->output == IPCS_SUMMARY), TOTALS },
		{ global, GLOBAL | WHOLE },
		{ a->check != NULL, CHECK | WHOLE },
		{ a->openmetrics, METRICS | WHOLE },
		{ a->watch != NULL, WATCH },
		{ s->filter.n > 0, SELECTION },
		{ s->nkeys > 0 || a->limit != NULL, ORDER },
		{ a->form != FORM_USUAL, NAMED_FORM },
		{ a->columns != NULL, NAMED_COLUMNS },
		{ filter_asks(&s->filter, FILTER_KEY), KEY },
		{ (s->kinds & IPC_POSIX_KINDS) != 0, POSIX_KIND },
		{ a->attached || a->waiting, HOLDERS },
		{ a->peek != NULL, PEEK },
		{ one && s->kinds == 1u << IPC_MSG, ONE_QUEUE },
		{ one && s->kinds == 1u << IPC_PMSG, ONE_POSIX_QUEUE },
		{ s->printer->ops->nests, NESTING },
	};

	return applet_check(w, facts, sizeof facts / sizeof *facts);
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
	if (a->peek == NULL)
		return 0;
	s->peek = INT32_MAX;
	return parse_count(w, "--peek", *a->peek ? a->peek : NULL, 1, INT32_MAX, &s->peek);
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
	if (a->columns != NULL || a->times != NULL || a->perms || s->output == IPCS_GLOBAL ||
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
	    parse_word(w, time_formats, a->times, "--time-format", "short, full, iso or epoch", &times))
		return 1;
	if (times == TIMES_CLASSIC && p->ops->chosen)
		times = p->ops == &printer_table ? TIMES_SHORT : TIMES_ISO;
	style->times = times;
	if (p->ops->chosen)
		style->now = w->sys->calls->now();
	return 0;
}

/* Turn the command line into *s.  Returns 1 after an error message, else 0. */
static int plan(const struct world *w, struct ipcs_args *a, struct mem *mem, struct ipcs *s)
{
	s->output = take_outputs(&a->uses);
	s->most = UINT64_MAX;
	s->named = a->kinds != 0;
	s->kinds = a->kinds ? a->kinds : IPC_SYSV_KINDS;
	if (!s->named && (s->output == IPCS_GLOBAL || a->check != NULL || a->openmetrics))
		s->kinds = IPC_ALL_KINDS;
	if (parse_one(w, a, s) || choose_form(w, a, s) || parse_columns(w, a->columns, s) ||
	    parse_sort(w, a->sort, s) || parse_count(w, "--limit", a->limit, 0, UINT64_MAX, &s->most) ||
	    select_parse(w, &a->uses, mem, &s->filter) || check_together(w, a, s) || plan_parts(w, a, s))
		return 1;
	if (s->text != NULL)
		s->output = VIEW_LIST;
	return 0;
}

static int show_list(const struct ipcs *s)
{
	return ipcs_show(s, ipcs_objects);
}

static int show_one(const struct ipcs *s)
{
	return ipcs_show(s, ipcs_single);
}

static int act(const struct world *w, const struct ipcs_args *a, struct ipcs *s)
{
	int (*show)(const struct ipcs *) = show_list;
	uint64_t percent = 0, seconds = 2;
	int status, above;

	if (parse_count(w, "--check", a->check, 0, 100, &percent) ||
	    parse_count(w, "--watch", a->watch && *a->watch ? a->watch : NULL, 1, 86400, &seconds))
		return 1;
	if (s->text != NULL)
		show = show_one;
	else if (s->output == IPCS_LIMITS || s->output == IPCS_SUMMARY)
		show = ipcs_show_totals;
	else if (s->output == IPCS_GLOBAL)
		show = ipcs_show_global;
	if (a->openmetrics)
		return ipcs_openmetrics(s);
	if (a->watch != NULL)
		return ipcs_watch(s, show, (unsigned)seconds);
	if (a->check == NULL)
		return show(s);
	/* Next to a table, the report must not look like rows, so it goes to standard error. */
	status = s->output == IPCS_GLOBAL ? show(s) : 0;
	above = ipcs_check(s, percent, s->output == IPCS_GLOBAL ? w->err : w->out);
	return above ? above : status;
}

static int run_parsed(const struct world *w, struct ipcs_args *a, struct mem *mem)
{
	struct ipc_sys sys = *w->sys;
	struct world here = *w;
	unsigned source = SOURCE_AUTO;
	struct printer printer = { .out = w->out };
	struct ipcs_values values;
	struct ipcs s = { .w = &here, .printer = &printer, .values = &values };
	struct holders holders;
	struct judge judge;
	struct names names;
	int status;

	here.sys = &sys;
	if (a->source != NULL && parse_word(w, sources, a->source, "--source", "auto, proc or syscall", &source))
		return 1;
	if (a->source != NULL)
		sys.source = source;
	if (a->columns != NULL && strcmp(a->columns, "help") == 0) {
		column_help(w->out);
		return 0;
	}
	if (plan(&here, a, mem, &s) != 0)
		return 1;
	names_init(&names);
	printer.style.name = applet_name;
	printer.style.names = &names;
	if (s.attached || s.waiting) {
		holders_init(&holders);
		s.holders = &holders;
	}
	judge_init(&judge, &sys, s.kinds, filter_asks(&s.filter, FILTER_OLDER));
	s.judge = &judge;
	status = act(&here, a, &s);
	judge_free(&judge);
	if (s.holders != NULL)
		holders_free(s.holders);
	names_free(&names);
	return status;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct mem mem;
	struct ipcs_args a = { .uses.mem = &mem };
	int status, first;

	mem_init(&mem);
	first = applet_parse(w, argc, argv, &a);
	if (first <= 0)
		status = -first;
	else if (first < argc)
		status = applet_operand(w, argv[first]);
	else
		status = run_parsed(w, &a, &mem);
	mem_free(&mem);
	return status;
}

#define AT(member) OPT_AT(ipcs_args, member)

static const struct opt opts[] = {
	OPTION('i', "id", "ID", "all about the object with this id", OPT_STRING | OPT_OLD, AT(id), 0),
	OPTION('N', "name", "NAME", "all about the POSIX object with this name", OPT_STRING, AT(name), 0),
	OPTION_TEXT("Kinds (the System V ones by default, all with -g):"),
	OPTION('m', "shmems", NULL, "shared memory segments", OPT_BIT | OPT_OLD, AT(kinds), 1u << IPC_SHM),
	OPTION('q', "queues", NULL, "message queues", OPT_BIT | OPT_OLD, AT(kinds), 1u << IPC_MSG),
	OPTION('s', "semaphores", NULL, "semaphore sets", OPT_BIT | OPT_OLD, AT(kinds), 1u << IPC_SEM),
	OPTION('a', "all", NULL, "all these", OPT_BIT | OPT_OLD, AT(kinds), IPC_SYSV_KINDS),
	OPTION('M', "posix-shmems", NULL, "POSIX shared memory", OPT_BIT, AT(kinds), 1u << IPC_PSHM),
	OPTION('Q', "posix-mqueues", NULL, "POSIX message queues", OPT_BIT, AT(kinds), 1u << IPC_PMSG),
	OPTION('S', "posix-semaphores", NULL, "POSIX semaphores", OPT_BIT, AT(kinds), 1u << IPC_PSEM),
	OPTION('A', "everything", NULL, "all six", OPT_BIT, AT(kinds), IPC_ALL_KINDS),
	OPTION_TEXT("Output (the last one counts):"),
	OPTION('t', "time", NULL, "times of the last operations and changes", OPT_LIST | OPT_OLD, AT(uses),
	  OUTPUT + VIEW_TIME),
	OPTION('p', "pid", NULL, "processes that created and last used it", OPT_LIST | OPT_OLD, AT(uses),
	  OUTPUT + VIEW_PID),
	OPTION('c', NULL, NULL, "creators and owners", OPT_LIST, AT(uses), OUTPUT + VIEW_CREATOR),
	OPTION(0, "creator", "[USER]", "the same; or only those that USER created", OPT_LIST | OPT_OLD, AT(uses),
	  FILTER_CREATOR),
	OPTION('l', "limits", NULL, "limits of the kernel", OPT_LIST | OPT_OLD, AT(uses), OUTPUT + IPCS_LIMITS),
	OPTION('u', "summary", NULL, "how much is in use", OPT_LIST | OPT_OLD, AT(uses), OUTPUT + IPCS_SUMMARY),
	OPTION('g', "global", NULL, "how much of each limit is in use", OPT_LIST, AT(uses), OUTPUT + IPCS_GLOBAL),
	OPTION(0, "check", "PERCENT", "report what is above; status 3 if any, 1 if unknown", OPT_STRING,
	  AT(check), 0),
	OPTION(0, "openmetrics", NULL, "limits and totals for a metrics collector", OPT_BIT, AT(openmetrics), 1),
	OPTION_TEXT("Selection (all must hold; one of several alike):"),
	SELECT_OPTIONS(AT(uses)),
	OPTION_TEXT("Users:"),
	OPTION(0, "attached", NULL, "the processes that have it attached or open", OPT_BIT, AT(attached), 1),
	OPTION(0, "waiting", NULL, "the processes that wait on a queue or set", OPT_BIT, AT(waiting), 1),
	OPTION(0, "peek", "[=N]", "with -q -i: the first N messages, which stay", OPT_STRING, AT(peek), 0),
	OPTION_TEXT("Form:"),
	OPTION('o', "output", "LIST", "columns by name, +LIST: and the usual ones; or help",
	       OPT_STRING, AT(columns), 0),
	OPTION('J', "json", NULL, "JSON", OPT_SET, AT(form), FORM_JSON),
	OPTION('e', "export", NULL, "NAME=\"value\" of all columns, a line a row",
	       OPT_SET, AT(form), FORM_EXPORT),
	OPTION('n', "newline", NULL, "the same, a line a column", OPT_SET, AT(form), FORM_LINES),
	OPTION('r', "raw", NULL, "one blank between columns, those in them as \\x20",
	       OPT_SET, AT(form), FORM_RAW),
	OPTION('y', "shell", NULL, "names of columns that a shell takes", OPT_BIT, AT(shell), 1),
	OPTION(0, "noheadings", NULL, "no titles and headings", OPT_BIT, AT(bare), 1),
	OPTION(0, "sort", "COLUMN", "sort by it, or by A,B; A:desc: downwards", OPT_STRING, AT(sort), 0),
	OPTION(0, "limit", "N", "at most N rows of a table", OPT_STRING, AT(limit), 0),
	OPTION(0, "time-format", "FORMAT", "short, full, iso or epoch", OPT_STRING, AT(times), 0),
	OPTION('P', "numeric-perms", NULL, "permissions in octal", OPT_BIT, AT(perms), 1),
	OPTION('b', "bytes", NULL, "sizes in bytes", OPT_SET | OPT_OLD, AT(units), UNITS_BYTES),
	OPTION(0, "human", NULL, "sizes as 1.5K", OPT_SET | OPT_OLD, AT(units), UNITS_HUMAN),
	OPTION(0, "watch", "[=SECONDS]", "show it again every 2 seconds, or SECONDS", OPT_STRING, AT(watch), 0),
	OPTION(0, "source", "SOURCE", "read from proc, by syscall, or auto (default)", OPT_STRING, AT(source), 0),
	APPLET_OPTIONS,
};

const struct applet ipcs_applet = {
	.name = "ipcs",
	.synopsis = "[KIND...] [OUTPUT] [SELECTION...] [FORM...]\n-m|-q|-s -i ID [FORM...]\n"
		    "-M|-Q|-S -N NAME [FORM...]",
	.what = "Show message queues, shared memory and semaphores, of System V and POSIX.",
	.opts = opts,
	.rules = rules,
	.run = run,
};
