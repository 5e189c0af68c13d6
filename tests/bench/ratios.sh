#!/bin/sh
# SPDX-License-Identifier: 0BSD
# No list takes more CPU time than in util-linux's ipcs, from either source.  With the tools and the kernel that the
# budgets were recorded with, the list of 4096 segments takes at most a quarter.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/bench/tools.sh
. "${0%/*}/tools.sh"
/usr/bin/ipcs -V 2>/dev/null | grep -q util-linux || skip_all "no util-linux ipcs to compare with"
private
dir=${IPCBOX%/*}
one_cpu=
! command -v taskset >/dev/null || one_cpu="taskset -c $(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')"

# faster TIMES OPTIONS: util-linux takes at least this many times as long for the same list.
faster() {
	least=$1
	shift
	for source in proc syscall; do
		# shellcheck disable=SC2086,SC2048
		[ "$("$dir/ipcs" --source=$source $*)" = "$(/usr/bin/ipcs $*)" ] && continue
		ok 1 "$objects segments, ipcs $*: the lists are the same"
		return
	done
	# shellcheck disable=SC2086
	$one_cpu "$HELPERS/race" 21 30 "/usr/bin/ipcs $*" "$dir/ipcs $*" "$dir/ipcs --source=syscall $*" \
		>"$scratch/race"
	ratios=$(awk 'NR == 1 {print $4, $5}' "$scratch/race")
	is "$(awk -v least="$least" 'NR == 1 && $4 >= least && $5 >= least {good = 1}
		END {print NR, good + 0}' "$scratch/race")" "3 1" \
		"$objects segments, ipcs $*: util-linux takes $ratios times as long, $least at least"
}

times=1
! recorded || times=4
objects=0
faster 1
faster 1 -l
for objects in 1 100 4096; do
	/usr/bin/ipcrm --all=shm
	"$HELPERS/populate" segments $objects
	faster "$([ $objects -lt 4096 ] && echo 1 || echo $times)" -m
done
faster 1 -m -c
faster 1 -m -u
finish
