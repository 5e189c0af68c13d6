/* SPDX-License-Identifier: 0BSD */
#include "parse/options.h"

#include <errno.h>
#include <string.h>

struct line {
	const struct opt *opts;
	int argc, at;		/* at: the index of the next word */
	char **argv;
	void *args;
	struct opt_fault *fault;
	struct opt_set *given;
	const struct opt *more;	/* the last OPT_MORE option seen, which takes operands */
	bool takes_more;	/* the table has OPT_MORE rows */
	int operands;		/* number moved to argv[1] and up */
	int stray;		/* index of the first operand without an option; 0: none */
};

static bool is_optional(const struct opt *o)
{
	return o->arg != NULL && *o->arg == '[';
}

static int fail(const struct line *l, struct opt_fault fault)
{
	*l->fault = fault;
	return -EINVAL;
}

static int store(const struct line *l, const struct opt *o, const char *arg)
{
	char *at = (char *)l->args + o->at;

	opt_set_add(l->given, l->opts, o);
	switch (o->type & OPT_TYPE) {
	case OPT_BIT:
		*(unsigned *)(void *)at |= o->value;
		break;
	case OPT_SET:
		*(unsigned *)(void *)at = o->value;
		break;
	case OPT_STRING:
		*(const char **)(void *)at = arg ? arg : "";
		break;
	case OPT_LIST:
		if (opt_list_add((struct opt_list *)(void *)at, o, arg) < 0) {
			*l->fault = (struct opt_fault){ .kind = OPT_NO_MEMORY };
			return -ENOMEM;
		}
	}
	return 0;
}

static bool takes_argument(const struct opt *o, char letter)
{
	return o->arg != NULL && (letter == '\0' || !(o->type & OPT_WORD));
}

/* Stores an option.  Its argument, if any, is `joined` or, if that is NULL, the next word. */
static int option(struct line *l, const struct opt *o, char letter, const char *joined)
{
	const char *arg = joined;

	if (arg == NULL && takes_argument(o, letter)) {
		bool next = l->at < l->argc;

		if (is_optional(o))
			next = next && o->arg[1] != '=' && *l->argv[l->at] != '-';
		else if (!next)
			return fail(l, (struct opt_fault){ .kind = OPT_NEEDS_ARG, .letter = letter, .opt = o });
		if (next)
			arg = l->argv[l->at++];
	}
	if (o->type & OPT_MORE)
		l->more = o;
	return store(l, o, arg);
}

/* Bundled letters; the first one that takes an argument takes the rest of the word. */
static int letters(struct line *l, const char *word)
{
	while (*word != '\0') {
		char letter = *word++;
		const struct opt *o = l->opts;
		bool joined;
		int rc;

		while (!opt_is_end(o) && o->letter != letter)
			o++;
		if (opt_is_end(o))
			return fail(l, (struct opt_fault){ .kind = OPT_INVALID, .letter = letter });
		joined = takes_argument(o, letter) && *word != '\0';
		rc = option(l, o, letter, joined ? word : NULL);
		if (rc < 0 || joined)
			return rc;
	}
	return 0;
}

/*
 * Finds a long option by its full name or by an abbreviation of only one row or only one OPT_OLD row.
 * Otherwise returns NULL; *n is the number of matches.
 */
static const struct opt *by_name(const struct opt *opts, const char *word, int *n)
{
	const struct opt *first = NULL, *old = NULL;
	size_t len = strcspn(word, "=");
	int olds = 0;

	*n = 0;
	for (const struct opt *o = opts; !opt_is_end(o); o++) {
		if (!opt_matches(o->name, word))
			continue;
		if (o->name[len] == '\0')
			return o;
		if ((*n)++ == 0)
			first = o;
		if (o->type & OPT_OLD && olds++ == 0)
			old = o;
	}
	if (*n == 1)
		return first;
	return olds == 1 ? old : NULL;
}

static int long_option(struct line *l, const char *word)
{
	const char *value = strchr(word + 2, '=');
	int n;
	const struct opt *o = by_name(l->opts, word + 2, &n);

	if (o == NULL)
		return fail(l, (struct opt_fault){ .kind = n > 1 ? OPT_AMBIGUOUS : OPT_UNKNOWN, .word = word });
	if (value != NULL && o->arg == NULL)
		return fail(l, (struct opt_fault){ .kind = OPT_TAKES_NO_ARG, .opt = o });
	return option(l, o, '\0', value ? value + 1 : NULL);
}

static int operand(struct line *l, int at)
{
	if (!l->takes_more)
		l->argv[++l->operands] = l->argv[at];
	else if (l->more != NULL)
		return store(l, l->more, l->argv[at]);
	else if (l->stray == 0)
		l->stray = at;
	return 0;
}

static int word(struct line *l, bool *options, bool in_order)
{
	const char *s = l->argv[l->at++];

	if (!*options || *s != '-' || s[1] == '\0') {
		*options &= !in_order;
		return operand(l, l->at - 1);
	}
	if (s[1] != '-')
		return letters(l, s + 1);
	if (s[2] != '\0')
		return long_option(l, s);
	*options = false;
	return 0;
}

int options_parse(const struct opt *opts, const struct options_line *line, void *args,
		  struct opt_fault *fault)
{
	struct line l = { opts, .argc = line->argc, .at = 1, .argv = line->argv, .args = args, .fault = fault,
			  .given = line->given };
	bool options = true;

	*l.given = (struct opt_set){ { 0 } };
	for (const struct opt *o = opts; !opt_is_end(o); o++)
		l.takes_more |= (o->type & OPT_MORE) != 0;
	while (l.at < l.argc) {
		int rc = word(&l, &options, line->in_order);

		if (rc < 0)
			return rc;
	}
	if (l.takes_more)
		return l.stray != 0 ? l.stray : l.at;
	memmove(&l.argv[l.at - l.operands], &l.argv[1], (size_t)l.operands * sizeof *l.argv);
	return l.at - l.operands;
}
