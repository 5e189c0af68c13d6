#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Rules for every source file.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
cd "$SOURCE" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT


# "LINES FILE:FUNCTION" of each function, from brace to brace.
functions() {
	awk 'FNR == 1 {inside = 0}
		/^[a-z].*\(/ && !/;$/ {name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)}
		/^{/ {inside = 1; start = FNR}
		/^}/ && inside {inside = 0; print FNR - start - 1, FILENAME ":" name}' applets/*.c applets/*/*.c core/*/*.c
}

functions >"$scratch/functions"
test "$(wc -l <"$scratch/functions")" -gt 100
ok $? "functions are found ($(wc -l <"$scratch/functions"))"
is "$(awk '$1 > 45' "$scratch/functions")" "" "no function has more than 45 lines"
if command -v pmccabe >/dev/null; then
	is "$(pmccabe applets/*.c applets/*/*.c core/*/*.c | awk '$1 > 15')" "" "no function has a complexity above 15"
else
	skip "the complexity of functions" "pmccabe is not installed"
fi
median=$(sort -n "$scratch/functions" | awk '{n[NR] = $1} END {print n[int((NR + 1) / 2)]}')
test "$median" -le 12
ok $? "the median function has at most 12 lines ($median)"

find applets core tests scripts .ci CMakeLists.txt -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.cmake' \
	-o -name CMakeLists.txt -o -path 'scripts/*' -o -path '.ci/*' \) >"$scratch/sources"
is "$(while read -r file; do head -3 "$file" | grep -q 'SPDX-License-Identifier: 0BSD' || echo "$file"; done \
	<"$scratch/sources")" "" "every source names its license"
is "$(awk 'length($0) > 110 {print FILENAME ":" FNR}' applets/*.[ch] applets/*/*.[ch] core/*/*.[ch])" "" "no line is too long"
is "$(grep -nE 'TODO|FIXME' applets/*.[ch] applets/*/*.[ch] core/*/*.[ch])" "" "nothing is left to do in the code"
is "$(grep -nE '^#[[:space:]]*(if|ifdef|elif)' applets/*.c applets/*/*.c core/*/*.c | grep -vE '_STAT_ANY|SYS_(sem|msg|ipc|clock)|MSG_COPY')" "" \
	"no conditional compilation, but for constants that a libc may lack"
is "$(grep -nE '\<(sprintf|strcat|strtok|atoi|strtol|strtoul|gets|scanf|system|popen)\(' applets/*.c applets/*/*.c core/*/*.c)" "" \
	"nothing that reads numbers or writes text carelessly"
if command -v shellcheck >/dev/null; then
	xargs grep -lE '^#!/bin/sh' <"$scratch/sources" >"$scratch/scripts"
	# SC2319 is mistaken about the status of a condition as an argument of ok.
	xargs shellcheck -x -e SC2119,SC2319 <"$scratch/scripts" >"$scratch/shellcheck" 2>&1
	is "$(cat "$scratch/shellcheck")" "" "shellcheck"
else
	skip "shellcheck" "shellcheck is not installed"
fi
if command -v codespell >/dev/null; then
	is "$(codespell -q 3 -L nd,ndoes,te applets core tests scripts README.md NEWS.md CMakeLists.txt 2>&1)" "" "codespell"
else
	skip "codespell" "codespell is not installed"
fi
finish
