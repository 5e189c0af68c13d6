/* SPDX-License-Identifier: 0BSD */
#include "opt.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

enum {
	/* What getopt_long returns for a row is this and its index: letters alone would not name all. */
	ROW = 256,
	/* What it returns for an operand, where they stay in order. */
	OPERAND = 1,
};

static int is_end(const struct opt *o)
{
	return o->letter == 0 && o->name == NULL && o->help == NULL;
}

_Static_assert(no_argument == 0 && required_argument == 1 && optional_argument == 2,
	       "a kind of argument is the number of its colons");

static int arg_kind(const struct opt *o)
{
	if (o->arg == NULL)
		return no_argument;
	return *o->arg == '[' ? optional_argument : required_argument;
}

/* Letters of all rows, in the two forms that getopt_long takes them in. */
enum { LETTERS = 3 * OPT_ROWS + 3 };

/*
 * A leading ':' makes getopt_long tell a missing argument from an unknown option; a '-'
 * before it, in a table with OPT_MORE, hand out operands in their places.
 */
static const char *build_letters(const struct opt *opts, char buf[LETTERS])
{
	unsigned types = 0;
	char *s = buf;

	*s++ = '-';
	*s++ = ':';
	for (int i = 0; i < OPT_ROWS && !is_end(&opts[i]); i++) {
		types |= opts[i].type;
		if (opts[i].letter == 0)
			continue;
		*s++ = opts[i].letter;
		for (int colons = arg_kind(&opts[i]); colons > 0; colons--)
			*s++ = ':';
	}
	*s = '\0';
	return types & OPT_MORE ? buf : buf + 1;
}

static void build_words(const struct opt *opts, struct option words[OPT_ROWS + 1])
{
	struct option *l = words;

	for (int i = 0; i < OPT_ROWS && !is_end(&opts[i]); i++)
		if (opts[i].name != NULL)
			*l++ = (struct option){ opts[i].name, arg_kind(&opts[i]), NULL, ROW + i };
	*l = (struct option){ NULL, 0, NULL, 0 };
}

static const struct opt *find(const struct opt *opts, int code)
{
	if (code >= ROW)
		return &opts[code - ROW];
	for (; !is_end(opts); opts++)
		if (opts->letter != 0 && opts->letter == code)
			return opts;
	return NULL;
}

int opt_list_add(struct opt_list *list, const struct opt *o, const char *arg)
{
	enum { LEAST = 8 };

	if (list->n == list->room) {
		size_t room = list->room ? 2 * list->room : LEAST;
		struct opt_use *v = mem_take(list->mem, room * sizeof *v);

		if (v == NULL)
			return -ENOMEM;
		if (list->n > 0)
			memcpy(v, list->v, list->n * sizeof *v);
		list->v = v;
		list->room = room;
	}
	list->v[list->n++] = (struct opt_use){ o, arg };
	return 0;
}

/* 0 or -ENOMEM. */
static int store(const struct opt *o, const char *arg, void *args)
{
	char *at = (char *)args + o->at;

	switch (o->type & ~(OPT_MORE | OPT_OLD)) {
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
		return opt_list_add((struct opt_list *)(void *)at, o, arg);
	}
	return 0;
}

int opt_matches(const char *name, const char *word)
{
	return name != NULL && strncmp(name, word, strcspn(word, "=")) == 0;
}

/*
 * Which fault getopt_long met, from what both libcs agree on: its return value,
 * optopt (0 for a long option that it could not find) and the word before optind.
 */
static void explain(const struct opt *opts, int code, const char *word, struct opt_fault *fault)
{
	int candidates = 0;

	*fault = (struct opt_fault){ .word = word, .opt = find(opts, optopt) };
	if (code == ':') {
		fault->kind = OPT_NEEDS_ARG;
		fault->letter = optopt < ROW ? (char)optopt : '\0';
	} else if (optopt >= ROW) {
		fault->kind = OPT_TAKES_NO_ARG;
	} else if (optopt != 0) {
		fault->kind = OPT_INVALID;
		fault->letter = (char)optopt;
	} else {
		for (const struct opt *o = opts; !is_end(o); o++)
			candidates += opt_matches(o->name, word + 2);
		fault->kind = candidates > 1 ? OPT_AMBIGUOUS : OPT_UNKNOWN;
	}
}

/* The one old row that a word abbreviates, where getopt_long found several rows; else NULL. */
static const struct opt *old_one(const struct opt *opts, int code, const char *word)
{
	const struct opt *found = NULL;

	if (code != '?' || optopt != 0 || strchr(word, '=') != NULL)
		return NULL;
	for (const struct opt *o = opts; !is_end(o); o++) {
		if (!(o->type & OPT_OLD) || !opt_matches(o->name, word + 2))
			continue;
		if (found != NULL)
			return NULL;
		found = o;
	}
	return found != NULL && arg_kind(found) != required_argument ? found : NULL;
}

/* The argument of a row: getopt_long's, or the next word where an optional one may stand there. */
static const char *argument(const struct opt *o, int argc, char **argv)
{
	if (optarg == NULL && o->arg != NULL && *o->arg == '[' && o->arg[1] != '=' &&
	    optind < argc && *argv[optind] != '-')
		return argv[optind++];
	return optarg;
}

/* Whom operands belong to so far, and the index of the first that belongs to nobody, 0 for none. */
struct operands {
	const struct opt *of;
	int stray;
};

/* 0 or -ENOMEM. */
static int operand(struct operands *p, char **argv, int at, void *args)
{
	if (p->of != NULL)
		return store(p->of, argv[at], args);
	if (p->stray == 0)
		p->stray = at;
	return 0;
}

/* The same of the operands that follow no option; returns what opt_parse does. */
static int last_operands(struct operands *p, int argc, char **argv, void *args)
{
	for (; optind < argc; optind++)
		if (operand(p, argv, optind, args) < 0)
			return -ENOMEM;
	return p->stray != 0 ? p->stray : argc;
}

/* What opt_parse does, but that memory runs out is no fault yet. */
static int parse(const struct opt *opts, const struct option *words, const struct opt_line *line, void *args,
		 struct opt_fault *fault)
{
	struct operands operands = { NULL, 0 };
	char **argv = line->argv, buf[LETTERS];
	const char *letters = build_letters(opts, buf);
	const struct opt *o;
	int code;

	optind = 0;	/* both libcs start afresh */
	opterr = 0;
	while ((code = getopt_long(line->argc, argv, letters, words, NULL)) != -1) {
		if (code == OPERAND) {
			if (operand(&operands, argv, optind - 1, args) < 0)
				return -ENOMEM;
			if (line->posix != NULL && line->posix())
				break;
			continue;
		}
		o = old_one(opts, code, argv[optind - 1]);
		if (o == NULL && (code == '?' || code == ':')) {
			explain(opts, code, argv[optind - 1], fault);
			return -EINVAL;
		}
		if (o == NULL)
			o = find(opts, code);
		if (store(o, argument(o, line->argc, argv), args) < 0)
			return -ENOMEM;
		if (o->type & OPT_MORE)
			operands.of = o;
	}
	return *letters == '-' ? last_operands(&operands, line->argc, argv, args) : optind;
}

/* Apart, for the table of words is large, and most command lines need none. */
__attribute__((noinline))
static int parse_words(const struct opt *opts, const struct opt_line *line, void *args,
		       struct opt_fault *fault)
{
	struct option words[OPT_ROWS + 1];

	build_words(opts, words);
	return parse(opts, words, line, args, fault);
}

int opt_parse(const struct opt *opts, const struct opt_line *line, void *args, struct opt_fault *fault)
{
	static const struct option none = { NULL, 0, NULL, 0 };
	bool words = false;
	int rc;

	if (line->argc <= 1)
		return 1;
	for (int i = 1; i < line->argc; i++)
		words |= line->argv[i][0] == '-' && line->argv[i][1] == '-';
	rc = words ? parse_words(opts, line, args, fault) : parse(opts, &none, line, args, fault);
	if (rc == -ENOMEM)
		*fault = (struct opt_fault){ .kind = OPT_NO_MEMORY };
	return rc;
}
