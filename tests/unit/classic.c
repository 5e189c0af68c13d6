/* SPDX-License-Identifier: 0BSD */
#include "show/printer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"

Test(classic, human_sizes)
{
	static const struct { uint64_t n; const char *want; } t[] = {
		{ 0, "0B" }, { 1, "1B" }, { 1023, "1023B" }, { 1024, "1K" }, { 1075, "1K" }, { 1076, "1.1K" },
		{ 1536, "1.5K" }, { 1587, "1.5K" }, { 1588, "1.6K" }, { 10188, "9.9K" }, { 10239, "10K" },
		{ 1048000, "1023.4K" }, { 1048524, "1023.9K" }, { 1048575, "1024K" }, { 1048576, "1M" },
		{ 1073741823, "1024M" }, { UINT64_C(1152921504606846975), "1024P" },
		{ UINT64_C(1152921504606846976), "1E" }, { UINT64_C(1210567579837189325), "1E" },
		{ UINT64_MAX, "16E" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char buf[VALUE_HUMAN + 1] = { 0 };

		cr_expect(eq(sz, value_human(buf, t[i].n), strlen(t[i].want)));
		cr_expect(strncmp(buf, t[i].want, strlen(t[i].want)) == 0, "%ju: %s", (uintmax_t)t[i].n, buf);
	}
}

/* DEFECTS U35: times past 2038 and before 1970 are counted in 64 bits. */
Test(classic, u35_times)
{
	static const struct { int64_t t; const char *want; } t[] = {
		{ 0, "Not set" }, { 1, "Thu Jan  1 00:00:01 1970" }, { 1763864756, "Sun Nov 23 02:25:56 2025" },
		{ 2147483648, "Tue Jan 19 03:14:08 2038" }, { 4294967296, "Sun Feb  7 06:28:16 2106" },
		{ -1, "Wed Dec 31 23:59:59 1969" }, { 253402300800, "Sat Jan  1 00:00:00 10000" },
		{ INT64_MAX, "-" }, { INT64_MIN, "-" },
	};

	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char buf[VALUE_ROOM + 1] = { 0 };

		value_time(buf, TIMES_CLASSIC, t[i].t, 0);
		cr_expect(eq(str, buf, (char *)t[i].want));
	}
}

Test(classic, times_are_local)
{
	char buf[VALUE_ROOM + 1] = { 0 };

	setenv("TZ", "XXX-5:30", 1);
	value_time(buf, TIMES_CLASSIC, 1700000000, 0);
	cr_expect(eq(str, buf, "Wed Nov 15 03:43:20 2023"));
}

static const char *name_of(void *names, bool group, uint32_t id)
{
	static const char *const users[] = {
		NULL, "averylongusername", "root", "", "exactlyten", "\x1b[2J", "tenletters\x1b", "four\x1b", "\xc3\xa9t\xc3\xa9",
		"a-name-of-thirty-two-characters.", "a-name-that-has-more-than-thirty-two-characters",
		"a-name-of-thirty-two-characters.\x1b", "\x1b\x07",
	};

	(void)names;
	if (group)
		return id == 7 ? "\x1b[2J" : NULL;
	return id < sizeof users / sizeof *users ? users[id] : NULL;
}

static struct memory m;

/* With a buffer this small, no cell takes the fast path. */
enum { SMALL = 40 };

static const char *row_in(size_t size, const struct style *style, const struct view_item *items, unsigned count,
			  const struct ipc_obj *o)
{
	const struct view v = { NULL, items, count };
	const struct list list = { .view = &v };
	struct printer p = { .ops = &printer_classic, .out = &m.out, .style = *style };

	memory_init(&m);
	m.out.size = size;
	printer_begin(&p, &list);
	printer_row(&p, o);
	return memory_text(&m);
}

static const char *row(enum units units, const struct view_item *items, unsigned count, const struct ipc_obj *o)
{
	const struct style style = { .units = units, .name = name_of };

	return row_in(sizeof m.buf, &style, items, count, o);
}

#define END(text) { text, 0, 0, COL_NONE, 0, FMT_OWN, 0, 0, true }
#define AS(col, width, format, cut) \
	(struct view_item[]){ { "<", 0, 0, col, width, format, cut, 0, true }, END(">") }, 2
#define CELL(col, width, cut) AS(col, width, FMT_OWN, cut)

Test(classic, cells)
{
	struct ipc_obj o;

	ipc_clear(&o, IPC_SHM);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_SIZE, 4, 0), &o), "<-   >"), "unknown is a dash");
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_OWNER, -4, 10), &o), "<   ->"));
	ipc_set(&o, F_KEY, 0xffffffff);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_KEY, 10, 0), &o), "<0xffffffff>"));
	ipc_set(&o, F_KEY, 0xab);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_KEY, 10, 0), &o), "<0x000000ab>"));
	ipc_set(&o, F_MODE, 03640);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_PERMS, 5, 0), &o), "<640  >"));
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_ACCESS, 0, 0), &o), "<0640>"));
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_MODE, 0, 0), &o), "<03640>"));
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, AS(COL_STATUS, 13, FMT_STATES, 0), &o), "<dest   locked>"));
	ipc_set(&o, F_MODE, 02640);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, AS(COL_STATUS, 13, FMT_STATES, 0), &o), "<       locked>"));
	ipc_set(&o, F_MODE, 01640);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, AS(COL_STATUS, 13, FMT_STATES, 0), &o), "<dest         >"));
	ipc_set(&o, F_MODE, 0);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_MODE, 0, 0), &o), "<0>"), "%%#o of 0 is 0");
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, AS(COL_STATUS, 13, FMT_STATES, 0), &o), "<             >"));
	ipc_set(&o, F_SIZE, (int64_t)UINT64_MAX);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_SIZE, 10, 0), &o), "<18446744073709551615>"));
	ipc_set(&o, F_SIZE, 1048000);
	cr_expect(eq(str, (char *)row(UNITS_HUMAN, CELL(COL_SIZE, 0, 0), &o), "<1023.4K>"));
	ipc_set(&o, F_SIZE, 1024);
	cr_expect(eq(str, (char *)row(UNITS_HUMAN, CELL(COL_SIZE, 0, 0), &o), "<1K>"));
	ipc_set(&o, F_UID, 1);
	ipc_set(&o, F_CUID, 4294967290);
	ipc_set(&o, F_GID, 7);
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_OWNER, 10, 10), &o), "<averylongu>"));
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_USER, 10, 0), &o), "<averylongusername>"));
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_CUSER, 12, 0), &o), "<4294967290  >"), "B4: unsigned");
	cr_expect(eq(str, (char *)row(UNITS_PLAIN, CELL(COL_GROUP, 0, 0), &o), "<\\x1b[2J>"));
}

/* One cell with a value, by both ways. */
static void both_ways(const struct style *style, const struct view_item *it, const struct ipc_obj *o)
{
	struct view_item items[] = { *it, END("|") };
	char quick[512];

	strcpy(quick, row_in(sizeof m.buf, style, items, 2, o));
	/* So many values need not have an assertion each. */
	if (strcmp(quick, row_in(SMALL, style, items, 2, o)) != 0)
		cr_fail("column %s, width %d, cut %u: '%s', and '%s' by the long way", columns[it->column].name, it->width,
			it->cut, quick, memory_text(&m));
}

Test(classic, the_short_way_and_the_long_one_agree)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 99, 100, 0640, 0777, 01000, 02000, 03777, 4096, 65535, 999999,
		0x01234567, 0x89abcdef, 0xfedcba98, UINT32_MAX, UINT64_C(4294967296), UINT64_C(9999999999999999999),
		UINT64_C(10000000000000000000), UINT64_MAX,
	};
	static const int8_t widths[] = { -12, -5, 0, 1, 6, 10, 20, 26, 27, 28, 40 };
	static const uint8_t cuts[] = { 0, 10, 16 };

	setenv("TZ", "UTC", 1);
	for (unsigned c = COL_NONE + 1; c < COL_COUNT; c++) {
		for (size_t i = 0; i < 9 * sizeof values / sizeof *values; i++) {
			const struct style style = { .units = 1u << i % 3, .perms = i / 3 % 3, .name = name_of };
			enum ipc_kind kind = 0;
			struct ipc_obj o;

			while (!(columns[c].kinds >> kind & 1))
				kind++;
			ipc_clear(&o, kind);
			for (unsigned f = 0; i > 0 && f < F_COUNT; f++)
				if (format_fields(c) >> f & 1)
					ipc_set(&o, f, (int64_t)values[i / 9]);
			if (ipc_has(&o, F_RESOURCE))
				ipc_set(&o, F_RESOURCE, (int64_t)(i % L_COUNT));
			for (size_t w = 0; w < sizeof widths; w++)
				for (size_t k = 0; k < sizeof cuts; k++)
					both_ways(&style, &(struct view_item){ "", (uint8_t)(w % (VIEW_LEAD + 1)), 1,
						(uint8_t)c, widths[w], FMT_OWN, cuts[k], 0, false }, &o);
		}
	}
}

Test(classic, every_column_has_its_field)
{
	for (unsigned c = COL_NONE + 1; c < COL_COUNT; c++)
		cr_expect(columns[c].field != F_KEY || c == COL_KEY || format_fields(c) != 1, "column %u has no row in the table", c);
}

static const char *limit_line(enum units units, enum limit_id id, const uint64_t *v)
{
	const struct style style = { .units = units, .name = name_of };
	struct ipc_obj o;

	ipc_clear(&o, IPC_RESOURCE);
	ipc_set(&o, F_RESOURCE, id);
	if (v != NULL)
		ipc_set(&o, F_LIMIT, (int64_t)*v);
	return row_in(sizeof m.buf, &style, view_limits[IPC_SHM].items, view_limits[IPC_SHM].count, &o);
}

#define LIMIT(units, id, v) ((char *)limit_line(units, id, &(const uint64_t){ v }))

Test(classic, limits_saturate)
{
	cr_expect(eq(str, LIMIT(UNITS_PLAIN, L_SHMALL, UINT64_C(18446744073692774399)),
		"max total shared memory (kbytes) = 18446744073709551612\n"));
	cr_expect(eq(str, LIMIT(UNITS_BYTES, L_SHMALL, UINT64_C(18446744073692774399)),
		"max total shared memory (bytes) = 18446744073709547520\n"));
	cr_expect(eq(str, LIMIT(UNITS_HUMAN, L_SHMALL, UINT64_MAX), "max total shared memory = 16E\n"));
	cr_expect(eq(str, LIMIT(UNITS_PLAIN, L_SHMMAX, 1000), "max seg size (kbytes) = 0\n"));
	cr_expect(eq(str, LIMIT(UNITS_HUMAN, L_SHMMNI, 4096), "max number of segments = 4096\n"));
}

Test(classic, a_limit_that_is_not_known)
{
	cr_expect(eq(str, (char *)limit_line(UNITS_PLAIN, L_MSGMNI, NULL), "max queues system wide = -\n"));
}
