/* SPDX-License-Identifier: 0BSD */
/* Every column in every form, and what each form escapes. */
#include "show/printer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fake.h"

static struct memory m;

static const char *nobody(void *names, bool group, uint32_t id)
{
	(void)names;
	(void)group;
	return id == 1 ? "us\"er \\\x1b" : NULL;
}

/* Each test shows only the members, in JSON. */
static struct list list;

static const struct printer_ops *const forms[] = {
	&printer_table, &printer_raw, &printer_export, &printer_lines, &printer_json,
};

static struct printer form(const struct printer_ops *ops, const uint8_t *chosen, size_t n)
{
	memory_init(&m);
	list = (struct list){ .shape = LIST_MEMBERS, .columns = chosen, .n = n };
	return (struct printer){ .ops = ops, .out = &m.out, .one_line = true,
		.style = { UNITS_PLAIN, TIMES_ISO, PERMS_LETTERS, 1700000100, nobody, NULL } };
}

/* A row of a kind with everything that any row can have. */
static struct ipc_obj full(unsigned kind)
{
	struct ipc_obj o;

	ipc_clear(&o, kind);
	for (unsigned f = 0; f < F_COUNT; f++)
		ipc_set(&o, f, 1);
	ipc_set(&o, F_CTIME, 1700000000);
	ipc_set(&o, F_LIMIT, 3);
	o.t[T_NAME] = "na me";
	o.t[T_COMMAND] = "com \"mand\"";
	o.t[T_HOLDERS] = "12(us ers)";
	return o;
}

static void measure(struct printer *p, const struct ipc_obj *o)
{
	if (p->ops->measure != NULL)
		p->ops->measure(p, &list, o);
}

static const char *row(struct printer p, const struct ipc_obj *o)
{
	measure(&p, NULL);
	measure(&p, o);
	printer_begin(&p, &list);
	printer_row(&p, o);
	printer_end(&p, true);
	return memory_text(&m);
}

/* Likewise without headings. */
static const char *value(struct printer p, const struct ipc_obj *o)
{
	p.bare = true;
	return row(p, o);
}

/* The first kind of row that a column applies to, and the first that it does not; -1 if there is none. */
static int kind_of(enum column_id id, bool applies)
{
	for (int kind = 0; kind <= IPC_REPORT; kind++)
		if ((columns[id].kinds >> kind & 1) == applies)
			return kind;
	return -1;
}

/* A new column is a new word and row: all that follows walks the table. */
Test(columns, each_column_in_each_form)
{
	setenv("TZ", "UTC", 1);
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++) {
		const uint8_t one[] = { (uint8_t)id };
		int applies = kind_of(id, true), foreign = kind_of(id, false);
		struct ipc_obj o, none;
		char name[32];

		cr_assert(applies >= 0, "column %u has no row in the table", id);
		if (!column_is_choice(id))
			continue;
		cr_expect(eq(int, column_find(columns[id].name, strlen(columns[id].name)), id));
		snprintf(name, sizeof name, "%s", columns[id].name);
		for (char *s = name; *s != '\0'; s++)
			*s = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
		cr_expect(eq(int, column_find(name, strlen(name)), id), "in lower case, too");
		o = full((unsigned)applies);
		ipc_clear(&none, (unsigned)applies);
		for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
			bool json = forms[i] == &printer_json;
			const char *text = row(form(forms[i], one, 1), &o);

			cr_expect(strstr(text, json ? name : columns[id].name) != NULL, "%s: %s", name, text);
			cr_expect(json || text[strlen(text) - 1] == '\n', "%s: %s", name, text);
			cr_expect(strstr(text, "null") == NULL, "%s: %s", name, text);
			text = row(form(forms[i], one, 1), &none);
			cr_expect(strstr(text, json ? ":null" : "-") != NULL || columns[id].format == FMT_KIND,
				  "unknown %s: %s", name, text);
			if (foreign < 0)
				continue;
			o = full((unsigned)foreign);
			text = row(form(forms[i], one, 1), &o);
			cr_expect(strstr(text, "1") == NULL, "%s of another kind: %s", name, text);
			o = full((unsigned)applies);
		}
	}
}

/* A row of a kind with these values in its fields; shows its columns that are not empty. */
static const char *shown_of(enum ipc_kind kind)
{
	static const uint8_t fields[] = {
		F_KEY, F_ID, F_UID, F_GID, F_CUID, F_CGID, F_CTIME, F_MTIME, F_ORPHAN, F_SIZE,
		F_NATTCH, F_CPID, F_LPID, F_ATIME, F_DTIME, F_RSS, F_SWAP, F_CBYTES, F_QNUM, F_QBYTES,
		F_LSPID, F_LRPID, F_STIME, F_RTIME, F_MAXMSG, F_MSGSIZE, F_NOTIFYPID, F_NSEMS, F_OTIME, F_SEMVAL,
		F_USED, F_LIMIT,
	};
	static char text[2048];
	uint8_t chosen[COL_COUNT];
	struct ipc_obj o = full(kind);
	struct printer p;
	size_t n = 0, len = 0;

	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++)
		if (column_is_choice(id))
			chosen[n++] = (uint8_t)id;
	for (size_t i = 0; i < sizeof fields; i++)
		ipc_set(&o, fields[i], 100 + (int64_t)i);
	ipc_set(&o, F_MODE, 01640);
	ipc_set(&o, F_ORPHAN, IPC_ORPHAN_YES);
	p = form(&printer_lines, chosen, n);
	p.style.times = TIMES_EPOCH;
	for (const char *s = row(p, &o), *end; *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		if (strncmp(end - 3, "=\"\"", 3) != 0)
			len += (size_t)snprintf(text + len, sizeof text - len, "%.*s ", (int)(end - s), s);
	}
	return text;
}

Test(columns, what_each_kind_shows)
{
	static const char *const want[] = {
		[IPC_MSG] =
			"KIND=\"msg\" KEY=\"0x00000064\" ID=\"101\" OWNER=\"102\" PERMS=\"rw-r-----\" "
			"MODE=\"01640\" UID=\"102\" USER=\"102\" GID=\"103\" GROUP=\"103\" CUID=\"104\" "
			"CUSER=\"104\" CGID=\"105\" CGROUP=\"105\" USEDBYTES=\"117\" MSGS=\"118\" QBYTES=\"119\" "
			"LSPID=\"120\" LRPID=\"121\" SEND=\"122\" RECV=\"123\" CTIME=\"106\" AGE=\"1699999972\" "
			"ORPHAN=\"yes\" WAITING=\"12(us ers)\" ",
		[IPC_SHM] =
			"KIND=\"shm\" KEY=\"0x00000064\" ID=\"101\" OWNER=\"102\" PERMS=\"rw-r-----\" "
			"MODE=\"01640\" UID=\"102\" USER=\"102\" GID=\"103\" GROUP=\"103\" CUID=\"104\" "
			"CUSER=\"104\" CGID=\"105\" CGROUP=\"105\" SIZE=\"109\" RSS=\"115\" SWAP=\"116\" "
			"NATTCH=\"110\" STATUS=\"dest\" CPID=\"111\" LPID=\"112\" ATTACH=\"113\" DETACH=\"114\" "
			"CTIME=\"106\" AGE=\"0\" COMMAND=\"com \\x22mand\\x22\" ORPHAN=\"yes\" "
			"ATTACHED=\"12(us ers)\" ",
		[IPC_SEM] =
			"KIND=\"sem\" KEY=\"0x00000064\" ID=\"101\" OWNER=\"102\" PERMS=\"rw-r-----\" "
			"MODE=\"01640\" UID=\"102\" USER=\"102\" GID=\"103\" GROUP=\"103\" CUID=\"104\" "
			"CUSER=\"104\" CGID=\"105\" CGROUP=\"105\" NSEMS=\"127\" OTIME=\"128\" CTIME=\"106\" "
			"AGE=\"1699999972\" ORPHAN=\"yes\" WAITING=\"12(us ers)\" ",
		[IPC_PMSG] =
			"KIND=\"pmsg\" NAME=\"na me\" OWNER=\"102\" PERMS=\"rw-r-----\" MODE=\"01640\" UID=\"102\" "
			"USER=\"102\" GID=\"103\" GROUP=\"103\" ATTACH=\"113\" USEDBYTES=\"117\" MSGS=\"118\" "
			"MAXMSG=\"124\" MSGSIZE=\"125\" NOTIFYPID=\"126\" MTIME=\"107\" CTIME=\"106\" "
			"AGE=\"1699999993\" ATTACHED=\"12(us ers)\" ",
		[IPC_PSHM] =
			"KIND=\"pshm\" NAME=\"na me\" OWNER=\"102\" PERMS=\"rw-r-----\" MODE=\"01640\" UID=\"102\" "
			"USER=\"102\" GID=\"103\" GROUP=\"103\" SIZE=\"109\" RSS=\"115\" ATTACH=\"113\" "
			"MTIME=\"107\" CTIME=\"106\" AGE=\"1699999993\" ATTACHED=\"12(us ers)\" ",
		[IPC_PSEM] =
			"KIND=\"psem\" NAME=\"na me\" OWNER=\"102\" PERMS=\"rw-r-----\" MODE=\"01640\" UID=\"102\" "
			"USER=\"102\" GID=\"103\" GROUP=\"103\" ATTACH=\"113\" SVAL=\"129\" LIBC=\"musl\" MTIME=\"107\" "
			"CTIME=\"106\" AGE=\"1699999993\" ATTACHED=\"12(us ers)\" ",
		[IPC_ELEMENT] =
			"COMMAND=\"com \\x22mand\\x22\" ",
		[IPC_RESOURCE] =
			"RESOURCE=\"MSGMAX\" LIMIT=\"131\" USED=\"130\" USE%=\"99.23\" "
			"DESCRIPTION=\"max size of message (bytes)\" ",
	};

	for (enum ipc_kind kind = 0; kind <= IPC_RESOURCE; kind++)
		cr_expect(eq(str, (char *)shown_of(kind), (char *)want[kind]));
}

/* Data that takes calls for each row is only in outputs that name it. */
Test(columns, columns_that_cost_calls)
{
	for (enum column_id id = COL_NONE + 1; id < COL_COUNT; id++) {
		bool dear = id == COL_COMMAND || id == COL_ORPHAN || id == COL_ATTACHED || id == COL_WAITING;

		if (column_is_choice(id))
			cr_expect(eq(int, (columns[id].want & WANT_DEAR) != 0, dear), "%s", columns[id].name);
	}
}

Test(columns, unknown_names_of_columns)
{
	static const char *const t[] = { "", "FOO", "KE", "KEYS", "SEMNUM", "VALUE", "USE", "USE\x05", " KEY" };

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(eq(int, column_find(t[i], strlen(t[i])), COL_NONE), "%s", t[i]);
	cr_expect(eq(int, column_find("key,id", 3), COL_KEY));
}

static const uint8_t several[] = { COL_NAME, COL_SIZE, COL_OWNER, COL_CTIME };

static struct ipc_obj hostile(void)
{
	struct ipc_obj o = full(IPC_PSHM);

	o.t[T_NAME] = "a b\"$`!\\\xff\n\xc3\xbc";
	ipc_set(&o, F_SIZE, 1536);
	return o;
}

Test(columns, each_form_escapes_what_it_must)
{
	static const struct { const struct printer_ops *ops; const char *want; } t[] = {
		{ &printer_raw, "NAME SIZE OWNER CTIME\n"
		  "a\\x20b\"$`!\\x5c\\xff\\x0a\xc3\xbc 1536 us\"er\\x20\\x5c\\x1b 2023-11-14T22:13:20+00:00\n" },
		{ &printer_export, "NAME=\"a b\\x22\\x24\\x60\\x21\\x5c\\xff\\x0a\xc3\xbc\" SIZE=\"1536\" "
		  "OWNER=\"us\\x22er \\x5c\\x1b\" CTIME=\"2023-11-14T22:13:20+00:00\"\n" },
		{ &printer_lines, "NAME=\"a b\\x22\\x24\\x60\\x21\\x5c\\xff\\x0a\xc3\xbc\"\nSIZE=\"1536\"\n"
		  "OWNER=\"us\\x22er \\x5c\\x1b\"\nCTIME=\"2023-11-14T22:13:20+00:00\"\n" },
		{ &printer_json, "\"name\":\"a b\\\"$`!\\\\\\\\xff\\u000a\xc3\xbc\",\"size\":1536,"
		  "\"owner\":\"us\\\"er \\\\\\u001b\",\"ctime\":\"2023-11-14T22:13:20+00:00\"" },
		{ &printer_table, "NAME              SIZE OWNER       CTIME\n"
		  "a b\"$`!\\\\xff\\x0a\xc3\xbc 1536 us\"er \\\\x1b 2023-11-14T22:13:20+00:00\n" },
	};
	struct ipc_obj o = hostile();

	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct printer p = form(t[i].ops, several, 4);

		cr_expect(eq(str, (char *)row(p, &o), (char *)t[i].want));
	}
}

Test(columns, a_table_is_as_wide_as_its_contents)
{
	struct printer p = form(&printer_table, several, 3);
	struct ipc_obj small = full(IPC_PSHM), large = full(IPC_PSHM);

	small.t[T_NAME] = "\xc3\xbc";
	ipc_set(&small, F_UID, 5);
	large.t[T_NAME] = "a longer name";
	ipc_set(&large, F_SIZE, 123456789);
	ipc_set(&large, F_UID, 4294967295);
	measure(&p, NULL);
	measure(&p, &small);
	measure(&p, &large);
	printer_begin(&p, &list);
	printer_row(&p, &small);
	printer_row(&p, &large);
	cr_expect(eq(str, (char *)memory_text(&m),
		"NAME               SIZE OWNER\n"
		"\xc3\xbc                     1 5\n"
		"a longer name 123456789 4294967295\n"));
}

/* A table of these columns with one row, on a terminal of that width. */
static const char *on_terminal(unsigned width, const uint8_t *chosen, size_t n, const struct ipc_obj *o)
{
	struct printer p = form(&printer_table, chosen, n);

	p.width = width;
	list.title = "------ Title --------\n";
	return row(p, o);
}

Test(columns, a_terminal_narrows_texts_and_cuts_the_rest)
{
	static const uint8_t ids[] = { COL_SIZE, COL_MODE, COL_NATTCH };
	struct ipc_obj o = full(IPC_PSHM), seg = full(IPC_SHM);

	o.t[T_NAME] = "a name of 24 characters.";
	ipc_set(&o, F_UID, 5);
	ipc_set(&o, F_SIZE, 1234);
	cr_expect(eq(str, (char *)on_terminal(0, several, 3, &o),
		"------ Title --------\nNAME                     SIZE OWNER\na name of 24 characters. 1234 5\n\n"));
	cr_expect(eq(str, (char *)on_terminal(35, several, 3, &o),
		"------ Title --------\nNAME                     SIZE OWNER\na name of 24 characters. 1234 5\n\n"));
	cr_expect(eq(str, (char *)on_terminal(34, several, 3, &o),
		"------ Title --------\nNAME                    SIZE OWNER\na name of 24 character+ 1234 5\n\n"));
	cr_expect(eq(str, (char *)on_terminal(20, several, 3, &o),
		"------ Title ------+\nNAME      SIZE OWNER\na name o+ 1234 5\n\n"));
	/* There is no column of text left to narrow. */
	cr_expect(eq(str, (char *)on_terminal(17, several, 3, &o),
		"------ Title ---+\nNAME     SIZE OW+\na name + 1234 5\n\n"));
	cr_expect(eq(str, (char *)on_terminal(14, several, 3, &o),
		"------ Title +\nNAME     SIZE\na name + 1234\n\n"));
	cr_expect(eq(str, (char *)on_terminal(1, several, 3, &o), "+\n+\n+\n\n"));
	ipc_set(&seg, F_SIZE, 123456);
	cr_expect(eq(str, (char *)on_terminal(5, ids, 3, &seg), "----+\n SIZE\n1234+\n\n"), "a number, too");
}

/* Ideographs take two cells and marks none, even where they are cut. */
Test(columns, cells_of_wide_characters)
{
	struct printer p = form(&printer_table, several, 2);
	struct ipc_obj wide = full(IPC_PSHM), marked = full(IPC_PSHM);

	wide.t[T_NAME] = "\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x98\x80";
	marked.t[T_NAME] = "u\xcc\x88" "ber";
	measure(&p, NULL);
	measure(&p, &wide);
	measure(&p, &marked);
	printer_begin(&p, &list);
	printer_row(&p, &wide);
	printer_row(&p, &marked);
	cr_expect(eq(str, (char *)memory_text(&m),
		"NAME   SIZE\n\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x98\x80    1\nu\xcc\x88" "ber      1\n"));
	wide.t[T_NAME] = "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5";
	cr_expect(eq(str, (char *)on_terminal(13, several, 2, &wide),
		"------ Title+\nNAME     SIZE\n\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5+     1\n\n"), "half a character is a blank");
}

Test(columns, tables_have_short_sizes_unless_units_are_given)
{
	static const struct { enum units units; const char *want; } t[] = {
		{ UNITS_PLAIN, "SIZE\n1.5K\n" }, { UNITS_HUMAN, "SIZE\n1.5K\n" }, { UNITS_BYTES, "SIZE\n1536\n" },
	};
	static const uint8_t size[] = { COL_SIZE };
	struct ipc_obj o = hostile();

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct printer p = form(&printer_table, size, 1);

		p.style.units = t[i].units;
		printer_open(&p);
		cr_expect(eq(str, (char *)row(p, &o), (char *)t[i].want));
		p = form(&printer_raw, size, 1);
		printer_open(&p);
		cr_expect(eq(str, (char *)row(p, &o), "SIZE\n1536\n"), "not in other forms");
	}
}

/* awk can count the fields, and can tell an empty value from a name that looks like one. */
Test(columns, raw_has_as_many_fields_in_each_row)
{
	static const uint8_t four[] = { COL_NAME, COL_STATUS, COL_SWAP, COL_RSS };
	static const struct { const char *name, *want; } t[] = {
		{ "n", "n - - 1\n" }, { "-", "\\x2d - - 1\n" }, { "--", "-- - - 1\n" }, { NULL, "- - - 1\n" },
		{ " ", "\\x20 - - 1\n" },
	};
	static const uint8_t status[] = { COL_STATUS, COL_DETACH, COL_SWAP };
	struct ipc_obj o;

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		o = full(IPC_PSHM);
		o.t[T_NAME] = t[i].name;
		cr_expect(eq(str, (char *)value(form(&printer_raw, four, 4), &o), (char *)t[i].want));
	}
	o = full(IPC_SHM);
	ipc_set(&o, F_MODE, 0644);
	ipc_set(&o, F_DTIME, 0);
	ipc_unset(&o, F_SWAP);
	cr_expect(eq(str, (char *)value(form(&printer_raw, status, 3), &o), "- - -\n"), "no word, no time, unknown");
}

Test(columns, an_empty_line_between_records)
{
	struct printer p = form(&printer_lines, several, 2);
	struct ipc_obj o = full(IPC_PSHM);

	printer_open(&p);
	for (size_t i = 0; i < 2; i++) {
		printer_begin(&p, &list);
		printer_row(&p, &o);
		printer_row(&p, &o);
		printer_end(&p, true);
	}
	cr_expect(eq(str, (char *)memory_text(&m), "NAME=\"na me\"\nSIZE=\"1\"\n\nNAME=\"na me\"\nSIZE=\"1\"\n\n"
		"NAME=\"na me\"\nSIZE=\"1\"\n\nNAME=\"na me\"\nSIZE=\"1\"\n"), "of two lists as well");
}

Test(columns, shell_names)
{
	static const uint8_t percent[] = { COL_PERCENT };
	struct printer p = form(&printer_export, percent, 1);
	struct ipc_obj o = full(IPC_RESOURCE);

	cr_expect(eq(str, (char *)row(p, &o), "USE%=\"33.33\"\n"));
	p = form(&printer_export, percent, 1);
	p.shell = true;
	cr_expect(eq(str, (char *)row(p, &o), "USE_PCT=\"33.33\"\n"));
}

static struct printer styled(enum column_id id, struct style style)
{
	static uint8_t one[1];
	struct printer p;

	one[0] = (uint8_t)id;
	p = form(&printer_json, one, 1);
	style.now = 1700000100;
	style.name = nobody;
	p.style = style;
	return p;
}

Test(columns, styles)
{
	struct ipc_obj o = full(IPC_SHM);

	setenv("TZ", "UTC", 1);
	ipc_set(&o, F_MODE, 0640 | IPC_DEST | IPC_LOCKED);
	ipc_set(&o, F_SIZE, 1536);
	cr_expect(eq(str, (char *)value(styled(COL_SIZE, (struct style){ .units = UNITS_HUMAN }), &o), "\"size\":\"1.5K\""));
	cr_expect(eq(str, (char *)value(styled(COL_PERMS, (struct style){ .perms = PERMS_LETTERS }), &o),
		"\"perms\":\"rw-r-----\""));
	cr_expect(eq(str, (char *)value(styled(COL_PERMS, (struct style){ .perms = PERMS_NUMERIC }), &o), "\"perms\":\"0640\""));
	cr_expect(eq(str, (char *)value(styled(COL_STATUS, (struct style){ 0 }), &o), "\"status\":\"dest,locked\""));
	cr_expect(eq(str, (char *)value(styled(COL_CTIME, (struct style){ .times = TIMES_EPOCH }), &o), "\"ctime\":1700000000"));
	ipc_set(&o, F_CTIME, -5);
	cr_expect(eq(str, (char *)value(styled(COL_CTIME, (struct style){ .times = TIMES_EPOCH }), &o), "\"ctime\":-5"));
	ipc_set(&o, F_CTIME, 0);
	cr_expect(eq(str, (char *)value(styled(COL_CTIME, (struct style){ .times = TIMES_EPOCH }), &o), "\"ctime\":null"));
	ipc_set(&o, F_CTIME, INT64_MAX);
	cr_expect(eq(str, (char *)value(styled(COL_CTIME, (struct style){ .times = TIMES_ISO }), &o), "\"ctime\":null"));
	cr_expect(eq(str, (char *)value(styled(COL_USER, (struct style){ 0 }), &o), "\"user\":\"us\\\"er \\\\\\u001b\""));
	ipc_set(&o, F_UID, 2);
	cr_expect(eq(str, (char *)value(styled(COL_USER, (struct style){ 0 }), &o), "\"user\":null"));
	cr_expect(eq(str, (char *)value(styled(COL_OWNER, (struct style){ 0 }), &o), "\"owner\":\"2\""));
	ipc_set(&o, F_ORPHAN, IPC_ORPHAN_MAYBE);
	cr_expect(eq(str, (char *)value(styled(COL_ORPHAN, (struct style){ 0 }), &o), "\"orphan\":\"maybe\""));
}

Test(columns, ages_and_short_times)
{
	static const struct { int64_t ago; const char *age, *time; } t[] = {
		{ 0, "0s", "22:15" }, { 119, "119s", "22:13" }, { 120, "2m", "22:13" }, { 7199, "119m", "20:15" },
		{ 7200, "2h", "20:15" }, { 86400, "24h", "Nov13" }, { 2 * 86400 - 1, "47h", "Nov12" },
		{ 2 * 86400, "2d", "Nov12" }, { 400 * 86400, "400d", "2022-Oct10" }, { -5, "0s", "22:15" },
	};

	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		const struct style style = { .times = TIMES_SHORT, .now = 1700000100 };
		struct ipc_obj o;
		char room[VALUE_ROOM];
		struct value text = { .style = &style, .o = &o, .to = room };

		ipc_clear(&o, IPC_MSG);
		ipc_set(&o, F_CTIME, style.now - t[i].ago);
		value_of(&text, COL_AGE);
		cr_expect(text.len == strlen(t[i].age) && memcmp(text.s, t[i].age, text.len) == 0, "%s", t[i].age);
		value_of(&text, COL_CTIME);
		cr_expect(text.len == strlen(t[i].time) && memcmp(text.s, t[i].time, text.len) == 0, "%s: %.*s", t[i].time,
			  (int)text.len, text.s);
	}
}

Test(columns, iso_offsets)
{
	static const struct { const char *zone, *want; } t[] = {
		{ "XXX5:30", "2023-11-14T16:43:20-05:30" }, { "XXX-13:45", "2023-11-15T11:58:20+13:45" },
		{ "XXX0:30", "2023-11-14T21:43:20-00:30" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char buf[VALUE_ROOM + 1] = { 0 };

		setenv("TZ", t[i].zone, 1);
		tzset();
		value_time(buf, TIMES_ISO, 1700000000, 0);
		cr_expect(eq(str, buf, (char *)t[i].want));
	}
}

/* At or above: the lowest usage that reaches the percentage, however large the numbers. */
Test(columns, thresholds)
{
	static const struct { uint64_t limit; unsigned percent; uint64_t least; } t[] = {
		{ 4096, 80, 3277 }, { 4096, 100, 4096 }, { 4096, 50, 2048 }, { 10, 50, 5 }, { 10, 51, 6 }, { 10, 0, 0 },
		{ 1, 1, 1 }, { 1, 100, 1 }, { 0, 0, 0 }, { 0, 1, 1 }, { 0, 100, 1 }, { 199, 99, 198 }, { 200, 99, 198 },
		{ UINT64_MAX, 100, UINT64_MAX }, { UINT64_MAX, 50, UINT64_C(1) << 63 }, { UINT64_MAX, 0, 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		cr_expect(eq(u64, limit_threshold(t[i].limit, t[i].percent), t[i].least), "%zu", i);
}

/* An amount without a limit has no percentage: that is empty, not unknown. */
Test(columns, amounts_without_a_limit)
{
	static const uint8_t chosen[] = { COL_RESOURCE, COL_LIMIT, COL_USED, COL_PERCENT };
	struct ipc_obj o;

	ipc_clear(&o, IPC_RESOURCE);
	ipc_set(&o, F_RESOURCE, L_SHM_ORPHANED_BYTES);
	cr_expect(eq(str, (char *)(uintptr_t)row(form(&printer_export, chosen, sizeof chosen), &o),
		     "RESOURCE=\"SHM_ORPHANED_BYTES\" LIMIT=\"\" USED=\"-\" USE%=\"\"\n"));
	ipc_set(&o, F_USED, 1536);
	cr_expect(eq(str, (char *)(uintptr_t)row(form(&printer_export, chosen, sizeof chosen), &o),
		     "RESOURCE=\"SHM_ORPHANED_BYTES\" LIMIT=\"\" USED=\"1536\" USE%=\"\"\n"));
}

Test(columns, percentages)
{
	static const struct { uint64_t used, limit; const char *want; } t[] = {
		{ 0, 0, "0.00" }, { 1, 0, "100.00" }, { 1, 3, "33.33" }, { 9999, 10000, "99.99" }, { 5, 4, "125.00" },
		{ UINT64_MAX, UINT64_MAX, "100.00" }, { 1, UINT64_MAX, "0.00" }, { UINT64_MAX - 1, UINT64_MAX, "99.99" },
		{ UINT64_C(1) << 63, UINT64_MAX, "50.00" }, { INT64_MAX, UINT64_MAX, "49.99" },
		{ UINT64_MAX, UINT64_MAX / 3, "300.00" }, { UINT64_MAX / 9999, UINT64_MAX / 10000, "100.01" },
		{ UINT64_MAX, 10000, "184467440737095516.15" }, { UINT64_MAX, 1, "184467440737095516.15" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct style style = { 0 };
		struct ipc_obj o;
		char room[VALUE_ROOM];
		struct value text = { .style = &style, .o = &o, .to = room };

		ipc_clear(&o, IPC_RESOURCE);
		ipc_set(&o, F_USED, (int64_t)t[i].used);
		ipc_set(&o, F_LIMIT, (int64_t)t[i].limit);
		value_of(&text, COL_PERCENT);
		cr_expect(text.len == strlen(t[i].want) && memcmp(text.s, t[i].want, text.len) == 0, "%s: %.*s", t[i].want,
			  (int)text.len, text.s);
	}
}
