/* SPDX-License-Identifier: 0BSD */
#include "show/help.h"

#include <errno.h>
#include <string.h>

#include "base/near.h"
#include "show/diag.h"

enum { HELP_COLUMN = 29 };

/* " -m, --shmems" or "     --human" or " -p, --mode MODE" or " -a, --all[=KIND]", padded. */
static void spelling(struct out *o, const struct opt *opt)
{
	size_t wide = 5;

	out_char(o, ' ');
	out_char(o, opt->letter ? '-' : ' ');
	out_char(o, opt->letter ? opt->letter : ' ');
	out_text(o, opt->letter && opt->name ? ", " : "  ");
	if (opt->name != NULL) {
		out_text(o, "--");
		out_text(o, opt->name);
		wide += 2 + strlen(opt->name);
	}
	if (opt->arg != NULL) {
		if (*opt->arg != '[' || opt->arg[1] != '=') {
			out_char(o, ' ');
			wide++;
		}
		out_text(o, opt->arg);
		wide += strlen(opt->arg);
	}
	if (wide < HELP_COLUMN) {
		out_blanks(o, HELP_COLUMN - wide);
	} else {
		out_char(o, '\n');
		out_blanks(o, HELP_COLUMN);
	}
}

static void usage(struct out *o, const char *prog, const char *synopsis)
{
	out_text(o, "Usage:\n");
	while (*synopsis != '\0') {
		size_t n = strcspn(synopsis, "\n");

		out_char(o, ' ');
		out_text(o, prog);
		out_char(o, ' ');
		out_bytes(o, synopsis, n);
		out_char(o, '\n');
		synopsis += n + (synopsis[n] == '\n');
	}
}

static bool is_option(const struct opt *o)
{
	return o->letter != '\0' || o->name != NULL;
}

/* True if a plain --help omits some options: then those that it lists are marked. */
static bool has_more(const struct opt *opts)
{
	while (!opt_is_end(opts) && !(opts->type & OPT_DAILY))
		opts++;
	return !opt_is_end(opts);
}

static bool is_listed(const struct opt *o, bool daily)
{
	if (daily)
		return is_option(o) && o->type & OPT_DAILY;
	return o->help != NULL;
}

void help_show(struct out *o, const struct help *h, bool all)
{
	bool daily = !all && has_more(h->opts);

	usage(o, h->name, h->synopsis);
	out_char(o, '\n');
	out_text(o, h->what);
	out_char(o, '\n');
	if (daily || is_option(h->opts))
		out_char(o, '\n');
	for (const struct opt *opt = h->opts; !opt_is_end(opt); opt++) {
		if (!is_listed(opt, daily))
			continue;
		if (is_option(opt))
			spelling(o, opt);
		else
			out_char(o, '\n');
		out_text(o, opt->help);
		if (*opt->help != '\0')
			out_char(o, '\n');
	}
	if (daily) {
		out_char(o, '\n');
		out_text(o, h->more);
		out_char(o, '\n');
	}
}

void help_version(struct out *o, const char *prog)
{
	out_text(o, prog);
	out_text(o, " from ipcbox " IPCBOX_VERSION "\n");
}

static void ambiguous(struct out *err, const char *prog, const struct opt *opts, const char *word)
{
	out_text(err, prog);
	out_text(err, ": option '");
	diag_text(err, word);
	out_text(err, "' is ambiguous; possibilities:");
	for (; !opt_is_end(opts); opts++) {
		if (!opt_matches(opts->name, word + 2))
			continue;
		out_text(err, " '--");
		out_text(err, opts->name);
		out_char(err, '\'');
	}
	out_char(err, '\n');
	out_flush(err);
}

/* An unknown long option, with the nearest known one. */
static void unknown(struct out *err, const char *prog, const struct opt *opts, const char *word)
{
	struct near_word n = { word + 2, strcspn(word + 2, "="), NULL, 0 };

	for (; !opt_is_end(opts); opts++)
		if (opts->name != NULL)
			near_offer(&n, opts->name);
	if (n.best != NULL) {
		diag(err, prog, 0, "unrecognized option '", word, "' (did you mean '--", n.best, "'?)", NULL);
		return;
	}
	diag(err, prog, 0, "unrecognized option '", word, "'", NULL);
	diag_try(err, prog);
}

void help_fault(struct out *err, const char *prog, const struct opt *opts, const struct opt_fault *f)
{
	const char letter[] = { f->letter, '\0' };

	switch (f->kind) {
	case OPT_INVALID:
		diag(err, prog, 0, "invalid option -- '", letter, "'", NULL);
		break;
	case OPT_UNKNOWN:
		unknown(err, prog, opts, f->word);
		return;
	case OPT_AMBIGUOUS:
		ambiguous(err, prog, opts, f->word);
		break;
	case OPT_NEEDS_ARG:
		if (f->letter != '\0')
			diag(err, prog, 0, "option requires an argument -- '", letter, "'", NULL);
		else
			diag(err, prog, 0, "option '--", f->opt->name, "' requires an argument", NULL);
		break;
	case OPT_TAKES_NO_ARG:
		diag(err, prog, 0, "option '--", f->opt->name, "' doesn't allow an argument", NULL);
		break;
	case OPT_NO_MEMORY:
		diag(err, prog, -ENOMEM, "cannot store the options", NULL);
		return;
	}
	diag_try(err, prog);
}
