#!/bin/sh
# SPDX-License-Identifier: 0BSD
#
# budgets.sh: the costs of the static program stay within tests/bench/budgets if the tools and the kernel are those
# that recorded them; elsewhere, the numbers are only shown, and growth.sh checks what holds on every machine.  Page
# faults are only shown: they depend on where the file system keeps the pages of a file.
# budgets.sh --record [REASON]: build the program and record its costs.  Raising a budget requires a reason, which
# replaces the old one.  All numbers are counts: none depends on the clock.
if [ "${1-}" = --record ]; then
	set -e
	SOURCE=$(cd "${0%/*}/../.." && pwd)
	cd "$SOURCE"
	cmake --preset default -DBUILD_TESTING=ON >/dev/null
	cmake --build --preset default --target cost populate >/dev/null
	cmake --preset static >/dev/null
	cmake --build --preset static >/dev/null
	IPCBOX=$SOURCE/build/static/ipcbox
	HELPERS=$SOURCE/build/default/tests
	recording=yes
	reason=${2-}
	export SOURCE IPCBOX HELPERS recording reason
	set +e
fi
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/bench/tools.sh
. "${0%/*}/tools.sh"
# Process IDs are short and the same in each run, because their digits cost instructions.
private -p -f --mount-proc
budgets=$SOURCE/tests/bench/budgets
bench=$SOURCE/tests/bench
# The path of a command has the same length everywhere, because the program parses its own name.
cd "${IPCBOX%/*}" || exit 1

# Prints "CASE METRIC VALUE" of one case, or nothing for what cannot be measured here.
measure() {
	mount --bind "$scratch/passwd.$3" /etc/passwd || return
	counts=$("$HELPERS/cost" -f "$HELPERS/populate $2" "./$4" 2>/dev/null) || counts=
	if [ -z "$counts" ]; then
		umount /etc/passwd
		return
	fi
	echo "$1 syscalls ${counts%% *}"
	counts=${counts#* }
	echo "$1 faults ${counts%% *}"
	echo "$1 instructions $(sh "$bench/instructions.sh" "$HELPERS/populate $2" "./$4")"
	umount /etc/passwd
}

# Prints the budgets with the present numbers; status 1 if some of them had to stay unchanged.
record() {
	awk -v reason="$reason" -v tools="$(tools)" '
		FNR == NR {now[$1, $2] = $3; next}
		/^tools: / {known = $0 == "tools: " tools; $0 = "tools: " tools}
		/^[a-z].* \| / {name = $1}
		!/^\t/ || !((name, $1) in now) {print; next}
		{
			metric = $1
			old = $2
			new = now[name, metric]
			text = $0
			sub(/^\t[^ ]+ [^ ]+ /, "", text)
			slack = metric == "instructions" ? old * 0.03 : metric == "faults" ? 2 : 0
			# The number of digits of process IDs and times varies between runs.
			noise = metric == "instructions" ? old * 0.005 : 0
			if (old != "?" && new > old + slack && reason == "" && known && metric != "faults") {
				print "not raised without a reason: " name " " metric ", " old " to " new > "/dev/stderr"
				left = 1
			} else if (old == "?" || new < old - noise || new > old + slack) {
				if (old != "?" && new > old + slack && reason != "")
					text = reason
				print name " " metric ": " old " to " new > "/dev/stderr"
				old = new
			}
			print "\t" metric " " old " " text
		}
		END {exit left}' "$scratch/measured" "$budgets"
}

sh "$bench/passwd.sh" "$scratch"
echo "program bytes $(wc -c <"$IPCBOX")" >"$scratch/measured"
grep '^[a-z].* | ' "$budgets" | sed 's/ | /|/g' | while IFS='|' read -r name contents passwd command; do
	[ "$name" = program ] || measure "$name" "$contents" "$passwd" "$command"
done >>"$scratch/measured"

if [ -n "${recording-}" ]; then
	record >"$scratch/budgets"
	code=$?
	cat "$scratch/budgets" >"$budgets"
	exit $code
fi

awk 'FNR == NR {now[$1, $2] = $3; next}
	/^[a-z].* \| / {name = $1}
	/^\t/ {print name, $1, $2, (name, $1) in now ? now[name, $1] : "-"}' \
	"$scratch/measured" "$budgets" >"$scratch/lines"
while read -r name metric budget now; do
	case $metric in
		instructions) most=$((budget + budget * 3 / 100)) ;;
		*) most=$budget ;;
	esac
	if [ "$now" = - ]; then
		skip "$name: $metric" "this user cannot make the objects"
	elif [ "$metric" = faults ]; then
		echo "# $name: $metric $now, recorded $budget"
		test "$now" -gt 0
		ok $? "$name: $metric is measured"
	elif ! recorded; then
		# Other tools and kernels cause differences of some percent; a factor has another cause.
		echo "# $name: $metric $now, recorded $budget"
		test $((now / 2)) -le "$budget" && test $((now * 2)) -ge "$budget"
		ok $? "$name: $metric is of the right order"
	else
		# A program that costs less than half does not do the work.
		test "$now" -le "$most" && test $((now * 2)) -ge "$budget"
		ok $? "$name: $metric $now, budget $budget"
	fi
done <"$scratch/lines"
finish
