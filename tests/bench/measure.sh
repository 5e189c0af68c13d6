#!/bin/sh
# SPDX-License-Identifier: 0BSD
#
# measure.sh FOLDER: measure all numbers of scripts/bench.  Writes FOLDER/records, whose lines are
#   CASE <tab> OBJECTS <tab> PASSWD <tab> PROGRAM <tab> METRIC <tab> VALUE
# PASSWD: "small" for a passwd file of 20 lines, with all objects owned by root; "large" for one of 10,000 lines, with
#   objects of a thousand owners who are not in it.  Only lists show names.
# PROGRAM: util-linux, ipcbox (which chooses its source, so /proc), ipcbox-syscall, a floor, or "again", a copy of the
#   empty program, whose ratio should be 1 and shows how reliable the others are.
# METRIC: cpu_us, rounds, over:PROGRAM (median quotient of the CPU times), syscalls, instructions (user
#   mode, by callgrind, so exact), faults (minor), peak_kib (resident), passwd_opens, bytes.
# FOLDER and these are absolute paths: IPCBOX the static program, HELPERS the folder of race, cost and populate,
# FLOORS the common prefix of the floors.
#
# Times come first, one after another on one CPU; then counts, which other processes do not affect.
set -eu
self=$(cd "$(dirname "$0")" && pwd)/${0##*/}
LC_ALL=C
export LC_ALL
folder=$1
shift
# The path of the program has the same length everywhere, because the program parses it.
cd "${IPCBOX%/*}"
ours=.
theirs=/usr/bin
fill=$HELPERS/populate

note() {
	[ ! -t 2 ] || printf '\r\033[K%s' "$*" >&2
}

# race CASE OBJECTS PASSWD OPTION SETUP SECONDS NAME=COMMAND...
race() {
	prefix="$1	$2	$3"
	option=$4
	setup=$5
	seconds=$6
	note "timing: $1, $2 objects, $3 passwd"
	shift 6
	names=
	for pair in "$@"; do
		shift
		names="$names ${pair%%=*}"
		set -- "$@" "${pair#*=}"
	done
	# shellcheck disable=SC2086
	result=$($pin "$HELPERS/race" "$option" "$setup" "${rounds-501}" "$seconds" "$@")
	echo "$result" | awk -v prefix="$prefix" -v names="$names" '
		BEGIN {n = split(names, name, " "); OFS = "\t"}
		{
			print prefix, name[NR], "rounds", $1
			printf "%s\t%s\t%s\t%.1f\n", prefix, name[NR], "cpu_us", $2 / 1000
			for (k = 1; k <= n; k++)
				if (k != NR)
					print prefix, name[NR], "over:" name[k], $(k + 2)
		}' >>"$folder/records"
}

# with_passwd SIZE COMMAND...: run it in namespaces with this passwd file.
with_passwd() {
	size=$1
	shift
	# shellcheck disable=SC2016
	unshare -i -m sh -c 'mount --bind "$1" /etc/passwd && shift && exec "$@"' sh "$folder/passwd.$size" "$@"
}

# list OBJECTS PASSWD SECONDS: list the objects of this namespace with all programs.
list() {
	set -- "$1" "$2" "$3" "ipcbox=$ours/ipcs -m" "ipcbox-syscall=$ours/ipcs -m --source=syscall" \
		"empty=$FLOORS-empty" "read=$FLOORS-read" "stat=$FLOORS-stat"
	objects=$1
	passwd=$2
	seconds=$3
	shift 3
	# For each row, util-linux looks up the owner by NSS, which reads the whole file: more rows would take minutes.
	if [ "$passwd" = small ] || [ "$objects" -le 1000 ]; then
		set -- "util-linux=$theirs/ipcs -m" "$@"
	fi
	race list "$objects" "$passwd" -s "" "$seconds" "$@"
}

# one_shots OBJECTS SECONDS: commands for one object, in a namespace with this many segments.
one_shots() {
	[ "$1" -eq 0 ] || race ipcs-id "$1" small -s "" "$2" "util-linux=$theirs/ipcs -m -i 0" \
		"ipcbox=$ours/ipcs -m -i 0" "empty=$FLOORS-empty"
	race ipcrm-id "$1" small -s "$fill queuezero" "$2" "util-linux=$theirs/ipcrm -q 0" \
		"ipcbox=$ours/ipcrm -q 0" "empty=$FLOORS-empty"
	race ipcmk-queue "$1" small -s "" "$2" "util-linux=$theirs/ipcmk -Q" "ipcbox=$ours/ipcmk -Q" \
		"empty=$FLOORS-empty"
	# Beside 32,000 segments, there is room for 768 more.
	rounds=251 race ipcmk-segment "$1" small -s "" "$2" "util-linux=$theirs/ipcmk -M 4096" "ipcbox=$ours/ipcmk -M 4096" \
		"empty=$FLOORS-empty"
}

empty_shots() {
	race ipcs-empty 0 small -s "" "$1" "util-linux=$theirs/ipcs" "ipcbox=$ours/ipcs" \
		"ipcbox-syscall=$ours/ipcs --source=syscall" "empty=$FLOORS-empty" "again=$FLOORS-again"
	race ipcs-limits 0 small -s "" 0.5 "util-linux=$theirs/ipcs -l" "ipcbox=$ours/ipcs -l" "empty=$FLOORS-empty"
}

# All times of one namespace: OBJECTS PASSWD SECONDS-FOR-LISTS SECONDS-FOR-THE-REST.
timed() {
	if [ "$2" = large ]; then
		"$fill" foreign "$1"
		list "$1" large "$3"
	else
		[ "$1" -ne 0 ] || empty_shots "$4"
		"$fill" segments "$1"
		list "$1" small "$3"
		one_shots "$1" "$4"
	fi
}

all_times() {
	with_passwd small sh "$self" "$folder" timed 0 small 0.5 3
	with_passwd small sh "$self" "$folder" timed 1 small 0.5 0.4
	with_passwd small sh "$self" "$folder" timed 100 small 1 0.4
	with_passwd small sh "$self" "$folder" timed 4096 small 3 0.4
	with_passwd small sh "$self" "$folder" timed 32000 small 4 0.4
	if [ -n "$foreign" ]; then
		with_passwd large sh "$self" "$folder" timed 0 large 0.3 -
		with_passwd large sh "$self" "$folder" timed 1 large 0.3 -
		with_passwd large sh "$self" "$folder" timed 100 large 0.5 -
		with_passwd large sh "$self" "$folder" timed 1000 large 0.5 -
		with_passwd large sh "$self" "$folder" timed 4096 large 1 -
		with_passwd large sh "$self" "$folder" timed 32000 large 2 -
	fi
	for pair in 1:0.3 100:0.3 4096:0.5 32000:3; do
		race semaphores "${pair%:*}" small -f "$fill set ${pair%:*}" "${pair#*:}" \
			"util-linux=$theirs/ipcs -s -i 0" "ipcbox=$ours/ipcs -s -i 0" "empty=$FLOORS-empty" "sem=$FLOORS-sem"
	done
	for pair in 1:0.3 100:0.3 4096:2 32000:3; do
		# Since util-linux 2.41, plain -a also removes all files of the machine's /dev/shm.
		race ipcrm-all "${pair%:*}" small -f "$fill segments ${pair%:*}" "${pair#*:}" \
			"util-linux=$theirs/ipcrm --all=shm" "ipcbox=$ours/ipcrm --all=shm" "empty=$FLOORS-empty" "rmid=$FLOORS-rmid"
	done
}

# count CASE|OBJECTS|PASSWD|PROGRAM|CONTENTS|COMMAND: the cost of one command, in new namespaces.
count() {
	IFS='|' read -r case objects passwd program contents command <<-END
		$1
	END
	note "counting: $case, $objects objects, $passwd passwd, $program"
	counts=$("$HELPERS/cost" -f "$fill $contents $objects" "$command")
	instructions=$(sh "${self%/*}/instructions.sh" "$fill $contents $objects" "$command")
	awk -v prefix="$case	$objects	$passwd	$program" -v values="$counts $instructions" 'BEGIN {
		if (split(values, value, " ") != split("syscalls faults peak_kib instructions", name, " "))
			exit 1
		for (i = 1; i <= 4; i++)
			lines = lines prefix "\t" name[i] "\t" value[i] "\n"
		printf "%s", lines}' >>"$folder/records"
}

# The arguments of count, those that take longest first.
counted() {
	for n in 32000 4096 100 1 0; do
		echo "list|$n|small|util-linux|segments|$theirs/ipcs -m"
		[ "$n" -eq 0 ] || for program in "util-linux|set|$theirs" "ipcbox|set|$ours"; do
			echo "semaphores|$n|small|$program/ipcs -s -i 0"
		done
		[ "$n" -eq 0 ] || echo "semaphores|$n|small|sem|set|$FLOORS-sem"
		for program in "util-linux|segments|$theirs" "ipcbox|segments|$ours"; do
			echo "ipcrm-all|$n|small|$program/ipcrm -a"
		done
	done
	for n in 32000 4096 100 1 0; do
		echo "list|$n|small|ipcbox|segments|$ours/ipcs -m"
		echo "list|$n|small|ipcbox-syscall|segments|$ours/ipcs -m --source=syscall"
		echo "list|$n|small|read|segments|$FLOORS-read"
		echo "list|$n|small|stat|segments|$FLOORS-stat"
		for program in "util-linux|beside|$theirs" "ipcbox|beside|$ours"; do
			[ "$n" -eq 0 ] || echo "ipcs-id|$n|small|$program/ipcs -m -i 0"
			echo "ipcrm-id|$n|small|$program/ipcrm -q 0"
			echo "ipcmk-queue|$n|small|$program/ipcmk -Q"
			echo "ipcmk-segment|$n|small|$program/ipcmk -M 4096"
		done
		[ "$n" -eq 0 ] || echo "ipcs-id|$n|small|ipcbox-syscall|beside|$ours/ipcs --source=syscall -m -i 0"
		[ "$n" -eq 0 ] || echo "ipcrm-all|$n|small|rmid|segments|$FLOORS-rmid"
	done
	echo "ipcs-empty|0|small|util-linux|empty|$theirs/ipcs"
	echo "ipcs-empty|0|small|ipcbox|empty|$ours/ipcs"
	echo "ipcs-empty|0|small|ipcbox-syscall|empty|$ours/ipcs --source=syscall"
	echo "ipcs-limits|0|small|util-linux|empty|$theirs/ipcs -l"
	echo "ipcs-limits|0|small|ipcbox|empty|$ours/ipcs -l"
	echo "empty|0|small|empty|empty|$FLOORS-empty"
}

counted_large() {
	for n in 32000 4096 1000 100 1 0; do
		[ "$n" -gt 100 ] || echo "list|$n|large|util-linux|foreign|$theirs/ipcs -m"
		echo "list|$n|large|ipcbox|foreign|$ours/ipcs -m"
		echo "list|$n|large|ipcbox-syscall|foreign|$ours/ipcs -m --source=syscall"
	done
}

# The number of times that a passwd file is opened for a thousand rows of owners who are not in it.
passwd_opens() {
	"$fill" foreign 1000
	opens=$(strace -qq -e trace=open,openat "$ours/ipcs" -m 2>&1 >/dev/null | grep -c '"/etc/passwd"')
	printf 'list\t1000\tlarge\tipcbox\tpasswd_opens\t%s\n' "$opens" >>"$folder/records"
}

case ${1-} in
	"")
		[ "$(id -u)" -eq 0 ] && foreign=yes || foreign=
		if [ -z "$foreign" ]; then
			echo "not root: objects of a thousand owners cannot be made, so the rows about them are left out" >&2
			exec unshare -Ur sh "$self" "$folder" run
		fi
		exec sh "$self" "$folder" run yes ;;
	run)
		foreign=${2-}
		pin=
		! command -v taskset >/dev/null || pin="taskset -c $(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')"
		export pin
		: >"$folder/records"
		sh "${self%/*}/passwd.sh" "$folder"
		all_times
		counted | with_passwd small xargs -P "$(nproc)" -I{} sh "$self" "$folder" count {}
		if [ -n "$foreign" ]; then
			counted_large | with_passwd large xargs -P "$(nproc)" -I{} sh "$self" "$folder" count {}
			with_passwd large sh "$self" "$folder" passwd_opens
		fi
		printf 'size\t0\tsmall\tipcbox\tbytes\t%s\n' "$(wc -c <"$IPCBOX")" >>"$folder/records"
		note "" ;;
	*)
		"$@" ;;
esac
