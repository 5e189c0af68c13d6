#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The man pages: well-formed, rendered alike by mandoc and groff, with exactly the options of the tables.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# lowered: sort options, with their arguments in lowercase.
lowered() {
	awk '/^-[^-],/ {print substr($0, 1, 4) tolower(substr($0, 5)); next} {print tolower($0)}' | sort
}

# Each option that --help=all shows: "-o, --output list".
helped() {
	"$IPCBOX" "$@" --help=all | sed -n 's/^ *\(-[^ ]\)/\1/; s/^\(-.*[^ ]\)  .*/\1/p' | lowered
}

# Likewise for each item of a list that begins with an option.
documented() {
	awk '/^\.It Fl / {
		text = close_ = ""
		glue = 1
		for (i = 2; i <= NF; i++) {
			word = $i
			if (word == "Ns" || word == "No") {
				glue = glue || word == "Ns"
				continue
			}
			if (word == "Op") {
				text = text (glue ? "" : " ") "["
				close_ = "]"
				glue = 1
				continue
			}
			if (word == "Fl")
				word = "-" $++i
			else if (word == "Ar" || word == "Cm")
				word = $++i
			text = text (glue || word == "," ? "" : " ") word
			glue = 0
		}
		gsub(/\\-/, "-", text)
		gsub(/ \| /, "|", text)
		# A comma in brackets joins two arguments.
		sub(/\[, /, "[,", text)
		print text close_
	}' "$1" | lowered
}

# rendered RENDERER...: a page as plain text.
rendered() {
	"$@" 2>/dev/null | LC_ALL=C.UTF-8 sed 's/.\x08//g'
}

# letters: a text between the headings of the first and the last section, without spaces, hyphens and dashes.
letters() {
	LC_ALL=C.UTF-8 sed 's/[-‐–—]//g' | tr -d ' \t\n' | sed 's/.*NAME\(.*\)SEEALSO.*/\1/' | fold -w 100
}

# quotes: the quotes in a text that lack their partner or contain another one.
quotes() {
	# shellcheck disable=SC1112
	tr '\n' ' ' | LC_ALL=C.UTF-8 grep -o '‘[^’]*‘.\{,20\}\|’[^‘]*’.\{,20\}'
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
	ok $? "$applet --help=all names $(wc -l <"$scratch/help") options"
	is "$(cat "$scratch/man")" "$(cat "$scratch/help")" "$applet.1 has the options of $applet --help=all"
	is "$("$IPCBOX" "$@" --help=all | awk 'length > 80; END {print (NR > 5)}')" 1 "$applet --help=all fits 80 columns"
	is "$("$IPCBOX" "$@" --help | awk 'NR > 24 || length > 80; END {print (NR > 5)}')" 1 \
		"$applet --help fits 80 columns and 24 lines"
done

for page in "$SOURCE"/applets/*.[1-9] "$SOURCE"/applets/*/*.[1-9]; do
	name=${page##*/}
	if ! command -v mandoc >/dev/null || ! command -v groff >/dev/null; then
		skip "$name as text" "mandoc or groff is not installed"
		continue
	fi
	# Other pages need not be installed and indexed.
	mandoc -Tlint -W style "$page" 2>&1 |
		grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' >"$scratch/lint"
	is "$(cat "$scratch/lint")" "" "$name as text: no remark of mandoc"
	is "$(groff -mandoc -Tutf8 -ww -rLL=80n "$page" 2>&1 >/dev/null)" "" "$name as text: no remark of groff"
	rendered mandoc -T utf8 -O width=80 "$page" >"$scratch/mandoc"
	rendered groff -mandoc -Tutf8 -P-cbou -rLL=80n "$page" >"$scratch/groff"
	letters <"$scratch/mandoc" >"$scratch/mandoc.letters"
	letters <"$scratch/groff" >"$scratch/groff.letters"
	is "$(diff "$scratch/mandoc.letters" "$scratch/groff.letters" | head -n 4)" "" "$name as text: the same with mandoc and groff"
	is "$(quotes <"$scratch/mandoc")" "" "$name as text: each quote has its partner"
	is "$(LC_ALL=C.UTF-8 grep -E '.{81}' "$scratch/mandoc" "$scratch/groff")" "" "$name as text: no line is too long"
done

# Four screens.
test "$(mandoc -T utf8 -O width=80 "$SOURCE/applets/ipcs/ipcs.1" 2>/dev/null | wc -l)" -le 240
ok $? "ipcs.1 as text: at most 240 lines"

# The columns of ipcs: exactly those that -o help lists.
is "$(sed -n '/^\.Ss Columns/,/^\.El/s/^\.It Cm //p' "$SOURCE/applets/ipcs/ipcs.1" | tr -d ' ' | tr , '\n' | sort)" \
	"$("$IPCBOX" ipcs -o help | awk '{print $1}' | sort)" "ipcs.1 has the columns of ipcs -o help"
finish
