#!/bin/sh
# SPDX-License-Identifier: 0BSD
# measure.sh ROUNDS: util-linux against the program, side by side in one shuffled
# run.  Prints "OBJECTS<tab>COMMAND<tab>RATIO<tab>RATIO": util-linux's time as a multiple
# of ours, as it comes and with the calls as source.  IPCBOX is the program, HELPERS the folder of race and populate.
set -eu
if [ -z "${IPCBOX_BENCH_PRIVATE-}" ]; then
	IPCBOX_BENCH_PRIVATE=1
	export IPCBOX_BENCH_PRIVATE
	if [ "$(id -u)" -eq 0 ]; then exec unshare -i sh "$0" "$@"; else exec unshare -Ur -i sh "$0" "$@"; fi
fi
LC_ALL=C
export LC_ALL
rounds=$1
dir=${IPCBOX%/*}
one_cpu=
if command -v taskset >/dev/null; then one_cpu="taskset -c 0"; fi

# line OBJECTS OPTIONS
line() {
	# shellcheck disable=SC2086
	$one_cpu "$HELPERS/race" "$rounds" "/usr/bin/ipcs $2" "$dir/ipcs $2" \
		"$dir/ipcs --source=syscall $2" |
		awk -v objects="$1" -v command="ipcs${2:+ $2}" '{t[NR] = $1}
			END {printf "%s\t%s\t%.1f\t%.1f\n", objects, command, t[2], t[3]}'
}

line 0 ""
line 0 -l
made=0
for count in 1 100 4096; do
	/usr/bin/ipcrm -a
	"$HELPERS/populate" segments $count
	made=$count
	line $made -m
done
line $made "-m -c"
line $made "-m -u"
