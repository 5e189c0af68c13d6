#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The man pages: well-formed, and with the options of the tables, no more, no less.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# "letter name argument" of each option that --help shows.
helped() {
	"$IPCBOX" "$@" --help | sed -n 's/^ -\(.\), --/\1 /p; s/^     --/- /p; s/^ -\(.\)  .*/\1 -/p' |
		sed 's/  .*//; s/\[=/ [=/' |
		awk '{print $1, $2, $3 ~ /^\[=/ ? $3 : tolower($3)}' | sed 's/ $//' | sort
}

# The same of each .It that begins with a flag.
documented() {
	# The joined argument of an option that is there twice is described in its own place; rows of tables are no items.
	sed -n '/^\.It Fl \\-[a-z]* Ns = Ns Ar/d; / Ta /d
		s/^\.It Fl \([A-Za-z]\) , Fl \\-/\1 /p; s/^\.It Fl \\-/- /p; s/^\.It Fl \([A-Za-z]\)$/\1 -/p' "$1" |
		sed 's/ Ns Op = Ns Cm \(.*\)/ [=\1]/; s/ Ns Op = Ns Ar \([a-z]*\)/ [=\U\1]/; s/ Op Ar \([a-z]*\)/ [\1]/; s/ Ar / /; s/ Ns Op : Ns Ar \([a-z]*\)/[:\1]/
			s/ Ns Op , Ns Ar v Ns \.\.\./[,v...]/; s/ | /|/g' | sort
}

applets=$(ipcbox --list)
is "$(for folder in "$SOURCE"/applets/*/; do basename "$folder"; done)" "$applets" "each folder of applets/ is an applet"
for applet in ipcbox $applets; do
	page=$(find "$SOURCE/applets" -name "$applet.1")
	test -n "$page"
	ok $? "$applet has a man page"
	[ -n "$page" ] || continue
	if [ "$applet" = ipcbox ]; then set --; else set -- "$applet"; fi
	helped "$@" >"$scratch/help"
	documented "$page" >"$scratch/man"
	test -s "$scratch/help"
	ok $? "$applet --help names $(wc -l <"$scratch/help") options"
	is "$(cat "$scratch/man")" "$(cat "$scratch/help")" "$applet.1 has the options of $applet --help"
	if command -v mandoc >/dev/null; then
		# Whether other pages are installed and indexed is not ours.
		mandoc -Tlint -W style "$page" 2>&1 |
			grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' >"$scratch/lint"
		is "$(cat "$scratch/lint")" "" "$applet.1 under mandoc -Tlint"
	else
		skip "$applet.1 under mandoc -Tlint" "mandoc is not installed"
	fi
	is "$("$IPCBOX" "$@" --help | awk 'length > 80; END {print (NR > 5)}')" 1 "$applet --help fits 80 columns"
done

# The columns of ipcs: those that -o help lists, no more, no less.
is "$(sed -n '/^\.Ss Columns/,/^\.El/s/^\.It Cm //p' "$SOURCE/applets/ipcs/ipcs.1" | tr -d ' ' | tr , '\n' | sort)" \
	"$("$IPCBOX" ipcs -o help | awk '{print $1}' | sort)" "ipcs.1 has the columns of ipcs -o help"
finish
