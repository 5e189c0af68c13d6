#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Add a column, an option and an applet to a copy, in the places that README lists.  Each omitted place makes a test
# fail.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/tree
mkdir "$copy"
(cd "$SOURCE" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$copy"

# behind FILE REGEX TEXT: add lines after the first one that matches.
behind() {
	if regex=$2 text=$3 awk '{print} !done && $0 ~ ENVIRON["regex"] {print ENVIRON["text"]; done = 1} END {exit !done}' \
		"$copy/$1" >"$scratch/new"; then
		cat "$scratch/new" >"$copy/$1"
	else
		ok 1 "$1 has a place for: $3"
	fi
}

# A column: a word, a row, a line in the man page and in the schema.
behind core/show/column.h '^	COL_NONE,' '	COL_TWIN,'
behind core/show/column.c '\[COL_AGE\] =' '	[COL_TWIN] = { "TWIN", F_CTIME, FMT_DEC, ALL, 0, "The seconds of the last change" },'
sed -i 's/^\.It Cm AGE$/.It Cm TWIN\nseconds of the last change\n&/' "$copy/applets/ipcs/ipcs.1"
# shellcheck disable=SC2016
behind applets/ipcs/ipcs.schema.json '"ctime":' '				"twin": { "$ref": "#/definitions/count" },'

# An option: a row, a member, its use, an item in the man page.
behind applets/ipcs/plan.c '^	struct applet_args applet;' '	unsigned twin;'
behind applets/ipcs/plan.c '"rows"' '	OPTION(0, "twin", NULL, "the same", OPT_BIT, AT(twin), 1),'
sed -i 's/p->bare = a->bare;/p->bare = a->bare || a->twin;/' "$copy/applets/ipcs/plan.c"
sed -i 's/^\.It Fl \\-noheadings$/.It Fl \\-twin\nThe same as\n.Fl \\-noheadings .\n&/' "$copy/applets/ipcs/ipcs.1"

# An applet: its folder, and a word in CMakeLists.txt.
mkdir "$copy/applets/twin"
cat >"$copy/applets/twin/twin.c" <<'END'
/* SPDX-License-Identifier: 0BSD */
#include "applet.h"

static const struct opt opts[] = { APPLET_OPTIONS };

static int run(const struct world *w, int argc, char **argv)
{
	struct applet_args args = { .help = NULL };
	int first = applet_parse(w, argc, argv, &args);

	if (first <= 0)
		return -first;
	out_text(w->out, "twin\n");
	return 0;
}

const struct applet twin_applet = { .name = "twin", .synopsis = "", .what = "Print a word.\n\n\n\n", .opts = opts, .run = run };
END
cat >"$copy/applets/twin/twin.1" <<'END'
.\" SPDX-License-Identifier: 0BSD
.Dd November 25, 2026
.Dt TWIN 1
.Os
.Sh NAME
.Nm twin
.Nd print a word
.Sh SYNOPSIS
.Nm
.Op Fl \-help
.Sh DESCRIPTION
.Bl -tag -width Ds
.It Fl h , Fl \-help Ns Op = Ns Cm all
Print help.
.It Fl V , Fl \-version
Print the version.
.El
.Sh SEE ALSO
.Xr ipcbox 1
END
sed -i 's/^set(APPLETS "\([^"]*\)"/set(APPLETS "\1;twin"/' "$copy/CMakeLists.txt"

# built TARGET...: build them in the copy.
built() {
	cmake --build "$scratch/build" --parallel "$(nproc)" --target "$@" >"$scratch/log" 2>&1
}

cmake -S "$copy" -B "$scratch/build" -DBUILD_TESTING=ON -DCMAKE_BUILD_TYPE=Debug -DIPCBOX_WERROR=ON >/dev/null 2>&1
built ipcbox unit_columns
ok $? "the copy is built"
sed -n 's/^/# /; /error/p' "$scratch/log"
is "$("$scratch/build/ipcbox" --list | tr '\n' ' ')" "ipcmk ipcrm ipcs twin " "the applet is in the program"
is "$("$scratch/build/twin"):$("$scratch/build/twin" --version | awk '{print $1}')" "twin:twin" "and runs"
is "$("$scratch/build/ipcs" -o help | awk '$1 == "TWIN" {print $2}')" The "the column is known"
cat >"$scratch/try" <<'END'
"$1/ipcmk" -Q >/dev/null
"$1/ipcs" -q --twin -o TWIN | grep -cE '^[0-9]+$'
END
is "$(unshare -Ur -i sh "$scratch/try" "$scratch/build" 2>/dev/null || unshare -i sh "$scratch/try" "$scratch/build")" 1 \
	"the option and the column work"

# holds NAME STATUS WHAT: the test exits with the status in the copy.
holds() {
	case $1 in
	unit_columns) built "$1" && "$scratch/build/tests/$1" --filter columns/each_column_in_each_form >"$scratch/said" 2>&1 ;;
	*) IPCBOX=$scratch/build/ipcbox BUILD=$scratch/build SOURCE=$copy sh "$copy/tests/$1.sh" >"$scratch/said" 2>&1 ;;
	esac
	status=$?
	[ "$status" -eq "$2" ] || sed 's/^/# /' "$scratch/said"
	is "$status" "$2" "$1: $3"
}
holds unit_columns 0 "all is there"
holds style/manual 0 "all is there"
holds style/layers 0 "all is there"

# without FILE REGEX TEST WHAT: the test fails if these lines are missing.
without() {
	cp "$copy/$1" "$scratch/kept"
	sed -i "/$2/d" "$copy/$1"
	holds "$3" 1 "without $4"
	cp "$scratch/kept" "$copy/$1"
}
without core/show/column.c 'COL_TWIN' unit_columns "the row of a column"
built unit_columns ipcbox
without applets/ipcs/ipcs.1 'Cm TWIN' style/manual "the item of a column"
without applets/ipcs/ipcs.1 'It Fl .*twin' style/manual "the item of an option"
mv "$copy/applets/twin/twin.1" "$scratch/"
holds style/manual 1 "without the page of an applet"
finish
