/* SPDX-License-Identifier: 0BSD */
#include "ipcs/ipcs.h"

#include <string.h>

#include "kernel/holders.h"
#include "kernel/names.h"

static int show_list(const struct ipcs *s)
{
	return ipcs_show(s, ipcs_objects);
}

static int show_one(const struct ipcs *s)
{
	return ipcs_show(s, ipcs_single);
}

static int act(struct ipcs *s)
{
	int (*show)(const struct ipcs *) = show_list;

	if (s->text != NULL)
		show = show_one;
	else if (s->output == IPCS_LIMITS || s->output == IPCS_SUMMARY)
		show = ipcs_show_totals;
	else if (ipcs_shows_limits(s))
		show = ipcs_show_global;
	switch (s->task) {
	case IPCS_CHECK:
		return ipcs_check(s);
	case IPCS_METRICS:
		return ipcs_openmetrics(s);
	case IPCS_WATCH:
		return ipcs_watch(s, show);
	default:
		return show(s);
	}
}

/* Act with what takes resources: names, processes, the orphans' judge.  Returns the exit status. */
static int run_planned(struct ipcs *s)
{
	struct ipc_sys sys = *s->w->sys;
	struct world here = *s->w;
	struct ipcs_values values;
	struct holders holders;
	struct judge judge;
	struct names names;
	int status;

	sys.source = s->source;
	here.sys = &sys;
	s->w = &here;
	s->values = &values;
	names_init(&names);
	s->printer->style.name = applet_name;
	s->printer->style.names = &names;
	if (s->attached || s->waiting) {
		holders_init(&holders);
		s->holders = &holders;
	}
	judge_init(&judge, &sys, s->kinds, filter_asks(&s->filter, FILTER_OLDER));
	s->judge = &judge;
	status = act(s);
	judge_free(&judge);
	if (s->holders != NULL)
		holders_free(s->holders);
	names_free(&names);
	return status;
}

/* True if --check is among the words of a command line. */
static bool mentions_check(int argc, char **argv)
{
	enum { UNIQUE = 4 };	/* --ch abbreviates no other option */

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], "--check", UNIQUE) == 0 && opt_matches("check", argv[i] + 2))
			return true;
	return false;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct printer printer = { .out = w->out };
	struct ipcs s = { .w = w, .printer = &printer, .argv = argv };
	bool check = mentions_check(argc, argv);
	struct mem mem;
	int status;

	/* SIGPIPE would end the program with a status that no plugin has. */
	if (check)
		applet_hear_pipes();
	mem_init(&mem);
	status = ipcs_plan(w, argc, argv, &mem, &s);
	/* An error may precede --check, so that it is not parsed. */
	check = check && (status < 0 || s.task == IPCS_CHECK);
	if (status > 0)
		status = run_planned(&s);
	mem_free(&mem);
	if (check)
		return ipcs_check_end(w, status);
	return status < 0 ? 1 : status;
}

const struct applet ipcs_applet = {
	.name = "ipcs",
	.synopsis = "[KIND...] [OUTPUT] [SELECTION...] [FORM...]\n-m|-q|-s -i ID [FORM...]\n"
		    "-M|-Q|-S -N NAME [FORM...]",
	.more = "'ipcs --help=all' lists all options: POSIX kinds, selections, JSON, monitoring.",
	.what = "Show System V and POSIX message queues, shared memory, and semaphores.",
	.opts = ipcs_opts,
	.rules = ipcs_rules,
	.run = run,
};
