/* SPDX-License-Identifier: 0BSD */
#include "parse/options.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"
#include "show/help.h"

struct test_args {
	unsigned bits, set;
	const char *text;
	struct opt_list list;
};

#define AT(member) OPT_AT(test_args, member)

static const struct opt opts[] = {
	OPTION('a', "alpha", NULL, "a bit", OPT_BIT, AT(bits), 1),
	OPTION('b', "beta", NULL, "another", OPT_BIT, AT(bits), 2),
	OPTION_TEXT("A heading:"),
	OPTION('x', "exclusive", NULL, "one value", OPT_SET, AT(set), 10),
	OPTION(0, "extra", NULL, "or another", OPT_SET, AT(set), 20),
	OPTION('t', "text", "WORD", "a word", OPT_STRING | OPT_OLD, AT(text), 0),
	OPTION(0, "texture", NULL, NULL, OPT_BIT, AT(bits), 8),
	OPTION('w', "word", "[=ITEM]", "with an argument, only the word", OPT_LIST | OPT_WORD, AT(list), 70),
	OPTION('l', "list", "ITEM", "one of many", OPT_LIST, AT(list), 30),
	OPTION('m', "more", NULL, "one of many, without an argument", OPT_LIST, AT(list), 60),
	OPTION('o', "optional", "[=ITEM]", "perhaps with an argument", OPT_LIST, AT(list), 40),
	OPTION(0, "limits", NULL, "an old one", OPT_BIT | OPT_OLD, AT(bits), 4),
	OPTION(0, "limit", "N", "a newer one", OPT_STRING, AT(text), 0),
	OPTION(0, "perhaps", "[WORD]", "perhaps with the next word", OPT_LIST, AT(list), 50),
	OPTION_END,
};

static struct test_args a;
static struct mem mem;
static struct opt_fault fault;
static struct opt_set given;

static int parse(int argc, const char **argv)
{
	mem_free(&mem);
	a = (struct test_args){ .list.mem = &mem };
	return options_parse(opts, &(struct options_line){ argc, (char **)argv, false, &given }, &a, &fault);
}

#define PARSE(...) parse((int)(sizeof (const char *[]){ "p", __VA_ARGS__ } / sizeof(char *)), \
			 (const char *[]){ "p", __VA_ARGS__, NULL })

Test(options, types)
{
	cr_expect(PARSE("-ab", "-x", "--text=w", "-l", "1", "--list", "2") == 8 && a.bits == 3 && a.set == 10);
	cr_expect(eq(str, (char *)a.text, "w"));
	cr_expect(a.list.n == 2 && a.list.v[0].opt->value == 30 && a.list.v[1].arg[0] == '2');
	cr_expect(PARSE("-x", "--extra") == 3 && a.set == 20, "the last wins");
	cr_expect(PARSE("--extra", "-x") == 3 && a.set == 10, "the last wins");
}

Test(options, the_first_operand)
{
	const char *nothing[] = { "p", NULL }, *none[] = { NULL };

	cr_expect(eq(int, parse(1, nothing), 1));
	cr_expect(eq(int, parse(0, none), 1), "a program without even a name");
	cr_expect(eq(int, PARSE("operand"), 1));
	cr_expect(eq(int, PARSE("-a", "operand"), 2));
	cr_expect(eq(int, PARSE("--text", "w", "operand"), 3));
	cr_expect(eq(int, PARSE("-a", "--", "-b"), 3));
}

Test(options, optional_arguments_are_joined)
{
	cr_expect(PARSE("-o", "--optional") == 3 && a.list.n == 2 && !a.list.v[0].arg && !a.list.v[1].arg);
	cr_expect(PARSE("-ov", "--optional=w") == 3 && a.list.v[0].arg[0] == 'v' && a.list.v[1].arg[0] == 'w');
	cr_expect(PARSE("-o", "v") == 2 && a.list.n == 1, "v is an operand");
}

Test(options, abbreviations_and_permutation)
{
	cr_expect(PARSE("--alp") == 2 && a.bits == 1);
	cr_expect(PARSE("one", "-a", "two", "--te", "w") == 4 && a.bits == 1 && a.text[0] == 'w');
	cr_expect(PARSE("-a", "--", "-b") == 3 && a.bits == 1, "-- ends the options");
	cr_expect(PARSE("-t", "--") == 3 && a.text[0] == '-', "-- as an argument");
}

Test(options, an_abbreviation_means_what_it_has_always_meant)
{
	cr_expect(PARSE("--lim", "-a") == 3 && a.bits == 5, "and goes on");
	cr_expect(PARSE("--limit", "3") == 3 && a.bits == 0 && a.text[0] == '3', "a whole name is no abbreviation");
	cr_expect(PARSE("--lim=3") == -EINVAL && fault.kind == OPT_TAKES_NO_ARG);
	cr_expect(PARSE("--tex", "w") == 3 && a.text[0] == 'w', "also one with an argument");
}

Test(options, an_argument_that_may_be_the_next_word)
{
	cr_expect(PARSE("--perhaps", "w", "-a") == 4 && a.list.n == 1 && a.list.v[0].arg[0] == 'w' && a.bits == 1);
	cr_expect(PARSE("--perhaps=w") == 2 && a.list.v[0].arg[0] == 'w');
	cr_expect(PARSE("--perhaps", "-a") == 3 && a.list.v[0].arg == NULL && a.bits == 1);
	cr_expect(PARSE("--perhaps") == 2 && a.list.v[0].arg == NULL);
}

/* A bundle is one argument with any number of options. */
Test(options, v19_more_uses_than_arguments)
{
	static char bundle[10002];

	memset(bundle, 'm', sizeof bundle - 1);
	*bundle = '-';
	cr_expect(PARSE(bundle) == 2 && a.list.n == sizeof bundle - 2);
	for (size_t i = 0; i < a.list.n; i++)
		cr_assert(a.list.v[i].opt->value == 60 && a.list.v[i].arg == NULL);
	cr_expect(a.list.room >= a.list.n);
}

Test(options, v19_without_memory)
{
	fake.allocations = 0;
	cr_expect(PARSE("-a") == 2, "what is no list needs none");
	cr_expect(PARSE("-m") == -ENOMEM && fault.kind == OPT_NO_MEMORY);
	fake.allocations = 1;
	cr_expect(PARSE("-mmmmmmmm") == 2 && a.list.n == 8);
	fake.allocations = 1;
	cr_expect(PARSE("-mmmmmmmmm") == -ENOMEM && fault.kind == OPT_NO_MEMORY && a.list.n == 8);
}

Test(options, faults)
{
	cr_expect(PARSE("-aZb") == -EINVAL && fault.kind == OPT_INVALID && fault.letter == 'Z');
	cr_expect(PARSE("--zulu=1") == -EINVAL && fault.kind == OPT_UNKNOWN);
	cr_expect(eq(str, (char *)fault.word, "--zulu=1"));
	cr_expect(PARSE("--ex") == -EINVAL && fault.kind == OPT_AMBIGUOUS);
	cr_expect(PARSE("-at") == -EINVAL && fault.kind == OPT_NEEDS_ARG && fault.letter == 't');
	cr_expect(PARSE("--text") == -EINVAL && fault.kind == OPT_NEEDS_ARG && fault.letter == 0 &&
		  fault.opt == &opts[5]);
	cr_expect(PARSE("--al=1") == -EINVAL && fault.kind == OPT_TAKES_NO_ARG && fault.opt == &opts[0]);
	cr_expect(PARSE("-\xff") == -EINVAL && fault.kind == OPT_INVALID && fault.letter == '\xff');
}

Test(options, a_second_parse_starts_afresh)
{
	cr_expect(PARSE("-aZb") == -EINVAL);
	cr_expect(PARSE("-b") == 2 && a.bits == 2);
}

static const struct opt more[] = {
	OPTION('a', "alpha", NULL, "a bit", OPT_BIT, AT(bits), 1),
	OPTION('l', "list", "ITEM", "many", OPT_LIST | OPT_MORE, AT(list), 30),
	OPTION('m', "more", "ITEM", "many others", OPT_LIST | OPT_MORE | OPT_OLD, AT(list), 40),
	OPTION_END,
};

/* "30:w 40:x " for the listed options, after the result of options_parse. */
static const char *listed(bool posix, int argc, const char **argv)
{
	const struct options_line line = { argc, (char **)argv, posix, &given };
	static char text[256];
	int at;

	a = (struct test_args){ .list.mem = &mem };
	at = sprintf(text, "%d ", options_parse(more, &line, &a, &fault));
	for (size_t i = 0; i < a.list.n; i++)
		at += sprintf(text + at, "%d:%s ", a.list.v[i].opt->value, a.list.v[i].arg);
	return text;
}

#define LISTED(posix, ...) \
	(char *)listed(posix, (int)(sizeof (const char *[]){ "p", __VA_ARGS__ } / sizeof(char *)), \
		       (const char *[]){ "p", __VA_ARGS__, NULL })

Test(options, v18_operands_of_an_option)
{
	cr_expect(eq(str, LISTED(false, "-l", "1", "2", "-m3", "4", "-a", "5"), "8 30:1 30:2 40:3 40:4 40:5 "));
	cr_expect(a.bits == 1);
	cr_expect(eq(str, LISTED(false, "--list=1", "2", "--", "-a", "--"), "6 30:1 30:2 30:-a 30:-- "));
	cr_expect(a.bits == 0);
	cr_expect(eq(str, LISTED(false, "x", "-l", "1", "y", "-a"), "1 30:1 30:y "), "x has none before it");
	cr_expect(eq(str, LISTED(false, "-a", "x", "y"), "2 "));
	cr_expect(eq(str, LISTED(false, "-a", "--", "x"), "3 "));
	cr_expect(eq(str, LISTED(false, "-l", "1", "-Z"), "-22 30:1 "));
}

Test(options, v18_posix_ends_the_options_with_the_first_operand)
{
	cr_expect(eq(str, LISTED(true, "-l", "1", "2", "-a", "3"), "6 30:1 30:2 30:-a 30:3 "));
	cr_expect(a.bits == 0);
	cr_expect(eq(str, LISTED(true, "-a", "x", "-a"), "2 "));
}

static struct memory m;

Test(options, help_is_the_table)
{
	memory_init(&m);
	help_show(&m.out, &(struct help){ "prog", "[OPTION]\nFILE", "Does it.", NULL, opts }, false);
	cr_expect(eq(str, (char *)memory_text(&m),
		"Usage:\n prog [OPTION]\n prog FILE\n\nDoes it.\n\n"
		" -a, --alpha                 a bit\n"
		" -b, --beta                  another\n"
		"\nA heading:\n"
		" -x, --exclusive             one value\n"
		"     --extra                 or another\n"
		" -t, --text WORD             a word\n"
		" -w, --word[=ITEM]           with an argument, only the word\n"
		" -l, --list ITEM             one of many\n"
		" -m, --more                  one of many, without an argument\n"
		" -o, --optional[=ITEM]       perhaps with an argument\n"
		"     --limits                an old one\n"
		"     --limit N               a newer one\n"
		"     --perhaps [WORD]        perhaps with the next word\n"));
}

static const struct opt marked[] = {
	OPTION('a', "alpha", NULL, "a bit", OPT_BIT | OPT_DAILY, AT(bits), 1),
	OPTION_TEXT("A heading:"),
	OPTION('b', "beta", NULL, "another", OPT_BIT, AT(bits), 2),
	OPTION_END,
};

Test(options, help_shows_the_everyday_options_unless_all_are_asked_for)
{
	const struct help h = { "prog", "FILE", "Does it.", "The rest is there.", marked };

	memory_init(&m);
	help_show(&m.out, &h, false);
	cr_expect(eq(str, (char *)memory_text(&m), "Usage:\n prog FILE\n\nDoes it.\n\n"
		" -a, --alpha                 a bit\n\nThe rest is there.\n"));
	memory_init(&m);
	help_show(&m.out, &h, true);
	cr_expect(eq(str, (char *)memory_text(&m), "Usage:\n prog FILE\n\nDoes it.\n\n"
		" -a, --alpha                 a bit\n\nA heading:\n -b, --beta                  another\n"));
}

Test(options, only_the_word_takes_the_argument)
{
	cr_expect(PARSE("-wab") == 2 && a.list.n == 1 && a.list.v[0].arg == NULL && a.bits == 3);
	cr_expect(PARSE("--word=x") == 2 && a.list.v[0].arg[0] == 'x');
	cr_expect(PARSE("-w=x") == -EINVAL && fault.kind == OPT_INVALID && fault.letter == '=');
}

static const char *said(int rc)
{
	cr_assert(rc == -EINVAL);
	memory_init(&m);
	help_fault(&m.out, "prog", opts, &fault);
	return memory_text(&m);
}

#define TRY "Try 'prog --help' for more information.\n"

/* The words are those of glibc's getopt_long, under every libc. */
Test(options, faults_in_words)
{
	cr_expect(eq(str, (char *)said(PARSE("-Z")), "prog: invalid option -- 'Z'\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("--zulu=1")), "prog: unrecognized option '--zulu=1'\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("--alhpa=1")),
		"prog: unrecognized option '--alhpa=1' (did you mean '--alpha'?)\n"));
	cr_expect(eq(str, (char *)said(PARSE("--ex")),
		"prog: option '--ex' is ambiguous; possibilities: '--exclusive' '--extra'\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("-t")), "prog: option requires an argument -- 't'\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("--te")), "prog: option '--text' requires an argument\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("--al=1")), "prog: option '--alpha' doesn't allow an argument\n" TRY));
	cr_expect(eq(str, (char *)said(PARSE("--\x1b[31m")), "prog: unrecognized option '--\\x1b[31m'\n" TRY));
}

/* The rows at the ends of the words that a set is made of. */
Test(options, given_rows_in_order)
{
	static const size_t rows[] = { 0, 1, 63, 64, OPT_ROWS - 1 };
	static const struct opt table[OPT_ROWS + 1];
	struct opt_set set = { { 0 } };
	const struct opt *o = NULL;

	cr_expect(opt_given(table, &set, NULL) == NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		opt_set_add(&set, table, &table[rows[i]]);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		o = opt_given(table, &set, o);
		cr_assert(o == &table[rows[i]], "row %zu", rows[i]);
	}
	cr_expect(opt_given(table, &set, o) == NULL, "after the last one");
}
