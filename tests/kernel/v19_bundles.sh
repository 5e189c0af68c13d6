#!/bin/sh
# SPDX-License-Identifier: 0BSD
# A few arguments can contain any number of options, so the memory for them must grow.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# letters LETTER N
letters() { awk -v letter="$1" -v n="$2" 'BEGIN {while (n-- > 0) printf "%s", letter}'; }

# said COMMAND...: its status and a checksum of its output.  A unique text follows unless the output is a list.
said() {
	"$@" >"$scratch/said" 2>&1
	echo "$?:$(cksum <"$scratch/said")"
	grep -qE '^------ .* --------$|^RESOURCE |^[0-9]+$|^Shared memory Segment' "$scratch/said" || date +%s.%N
}

ipcmk -M 1 -Q -S 1 >/dev/null
for n in 1 10 120 5000 100000; do
	for letter in l u t p c g; do
		is "$(said ipcs "-m$(letters $letter $n)")" "$(said ipcs -m -$letter)" "V19: ipcs -m with $n times $letter"
	done
	is "$(said ipcs "-m$(letters c $n)" -i 0)" "$(said ipcs -m -i 0)" "V19: and beside -i"
	is "$(said ipcs -m "-$(letters t $n)c" --user 0)" "$(said ipcs -m -c --user 0)" "V19: and before a selection"
done
is "$(said ipcs -m -c -i 0)" "$(said ipcs -m -i 0)" "V19: -i has one view"
is "$(ipcs -m -c | grep -c '^[0-9]')" 1 "V19: which all have something to show"

# Long options: each is an argument of its own, and there may be many.
# shellcheck disable=SC2046
is "$(said ipcs -m -r --noheadings -o ID $(yes -- --min-size=1 | head -n 5000))" "$(said ipcs -m -r --noheadings -o ID)" \
	"V19: ipcs with 5000 selections"
is "$(said ipcs -m -r --noheadings -o "ID$(yes ,ID | head -n 5000 | tr -d '\n')")" "$(said ipcs -m -r --noheadings -o ID)" \
	"V19: ipcs with 5000 columns"
run ipcs -m --sort "ID$(yes ,ID | head -n 5000 | tr -d '\n')"
is "$code:$out:$err" "1::ipcs: too many columns to sort by" "V19: too many to sort by are an error"
# shellcheck disable=SC2046
is "$(said ipcrm -n $(yes -- -a | head -n 5000))" "$(said ipcrm -n -a)" "V19: ipcrm with 5000 times -a"
# shellcheck disable=SC2046
is "$(said ipcrm -n --shm $(yes -- --min-size=1 | head -n 5000))" "$(said ipcrm -n --shm --min-size=1)" \
	"V19: ipcrm with 5000 selections"
# shellcheck disable=SC2046
run ipcrm $(yes -- --all=shm | head -n 5000) $(yes -- -amsg | head -n 5000)
is "$code:$out:$err:$(ipcs -r --noheadings -o KIND)" "0:::sem" "V19: and the selected objects are gone"

# An abbreviation of any option: all candidates are listed.
run ipcs --=
is "$code:$(echo "$err" | sed -n 1p | grep -o "'--[a-z-]*'" | tail -n 1)" "1:'--version'" "V19: no possibility is left out"
finish
