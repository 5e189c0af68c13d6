#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The three commands against util-linux's, good and bad command lines: status,
# standard output and standard error are the same, or `allowed` says why not.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
for tool in ipcs ipcmk ipcrm; do
	/usr/bin/$tool -V 2>/dev/null | grep -q util-linux || skip_all "no util-linux $tool to compare with"
done
private
allowed=$SOURCE/tests/parity/allowed

# Runs one command line on fixed contents in a namespace of its own: the old
# objects 0 to 2 of each kind, the first of them with the key -1.
transcript() {
	# shellcheck disable=SC2016
	timeout 10 unshare -i sh -c '
		PATH=$1
		"$2/populate" keys && ipcrm -m 4 -q 4 -s 4 -m 3 -q 3 -s 3 || exit 99
		eval "$3"
		echo "status $?"
		awk "FNR > 1 {print FILENAME, \$1, \$2, \$3, \$4}" /proc/sysvipc/msg /proc/sysvipc/shm /proc/sysvipc/sem |
			awk "\$2 != -1 && \$2 != -2147483648 && \$2 != 2147483647 {\$2 = \"KEY\"} {print}"
	' sh "$1" "$HELPERS" "$2" 2>&1
}

while IFS= read -r command; do
	case $command in '' | '#'*) continue ;; esac
	transcript "/usr/bin:/bin" "$command" >"$scratch/want"
	transcript "$PATH" "$command" >"$scratch/got"
	reason=$(awk -F'\t' -v c="$command" '$1 == c {print $2}' "$allowed")
	if cmp -s "$scratch/want" "$scratch/got"; then
		is "$reason" "" "the same: $command"
	elif [ -n "$reason" ]; then
		ok 0 "different: $command ($reason)"
	else
		ok 1 "the same: $command"
		diff "$scratch/want" "$scratch/got" | sed 's/^/#   /'
	fi
done <"$SOURCE/tests/parity/command_lines"

# Nothing in `allowed` that is not tried.
awk -F'\t' 'NR == FNR {tried[$0]; next} $0 !~ /^#/ && NF && !($1 in tried) {print $1}' \
	"$SOURCE/tests/parity/command_lines" "$allowed" >"$scratch/stale"
is "$(cat "$scratch/stale")" "" "every allowed difference is tried"
finish
