/* SPDX-License-Identifier: 0BSD */
/* The option parser compared with glibc's getopt_long, on one table: words are separated by newlines. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "parse/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 16, USES = 64 };

struct fuzz_args {
	struct opt_list list;
};

#define ROW(letter, name, arg, value) OPTION(letter, name, arg, "", OPT_LIST, OPT_AT(fuzz_args, list), value)

static const struct opt table[] = {
	ROW('a', "all", NULL, 0), ROW('b', NULL, NULL, 1), ROW('c', "create", "WHAT", 2), ROW(0, "crawl", "[=WAY]", 3),
	ROW('o', "option", "[=WHAT]", 4), ROW(0, "all-of-it", NULL, 5), ROW('p', "pet", "NAME", 6), ROW(0, "pets", NULL, 7),
	OPTION_END,
};

static const char letters[] = ":abc:o::p:";
static const struct option words[] = {
	{ "all", no_argument, NULL, 'a' }, { "create", required_argument, NULL, 'c' },
	{ "crawl", optional_argument, NULL, 3 }, { "option", optional_argument, NULL, 'o' },
	{ "all-of-it", no_argument, NULL, 5 }, { "pet", required_argument, NULL, 'p' }, { "pets", no_argument, NULL, 7 },
	{ NULL, 0, NULL, 0 },
};

/* The result of a command line; for one with a fault, only that. */
struct result {
	int fault, n, first;
	struct { int value; const char *arg; } uses[USES];
	const char *operands[WORDS + 1];
};

static int value_of(int code)
{
	for (int i = 0; !opt_is_end(&table[i]); i++)
		if (code == table[i].letter && code != 0)
			return table[i].value;
	return code;
}

static void by_glibc(int argc, char **argv, struct result *r)
{
	int code;

	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, letters, words, NULL)) != -1) {
		if (code == '?' || code == ':') {
			r->fault = 1;
			return;
		}
		r->uses[r->n].value = value_of(code);
		r->uses[r->n++].arg = optarg;
	}
	r->first = optind;
	memcpy(r->operands, &argv[optind], (size_t)(argc - optind) * sizeof *argv);
}

static void by_us(int argc, char **argv, int in_order, struct result *r)
{
	struct mem mem;
	struct fuzz_args args = { .list.mem = &mem };
	struct opt_fault fault;
	struct opt_set given;

	mem_init(&mem);
	r->first = options_parse(table, &(struct options_line){ argc, argv, in_order, &given }, &args, &fault);
	r->fault = r->first < 0;
	for (size_t i = 0; !r->fault && i < args.list.n; i++) {
		r->uses[r->n].value = args.list.v[i].opt->value;
		r->uses[r->n++].arg = args.list.v[i].arg;
	}
	if (!r->fault)
		memcpy(r->operands, &argv[r->first], (size_t)(argc - r->first) * sizeof *argv);
	mem_free(&mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct result theirs, ours;
	char *text, *argv[WORDS + 1] = { "p" }, *again[WORDS + 1];
	int argc = 1, in_order = size > 0 && data[0] & 1;

	/* No more letters than the results have room for. */
	if (size == 0 || size >= USES || (text = malloc(size)) == NULL)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	for (char *s = text; s != NULL && argc < WORDS;) {
		argv[argc++] = s;
		s = strchr(s, '\n');
		if (s != NULL)
			*s++ = '\0';
	}
	memcpy(again, argv, sizeof argv);
	memset(&theirs, 0, sizeof theirs);
	memset(&ours, 0, sizeof ours);
	if (in_order)
		setenv("POSIXLY_CORRECT", "1", 1);
	else
		unsetenv("POSIXLY_CORRECT");
	by_us(argc, again, in_order, &ours);
	by_glibc(argc, argv, &theirs);
	if (theirs.fault ? !ours.fault : memcmp(&theirs, &ours, sizeof ours) != 0)
		abort();
	free(text);
	return 0;
}
