#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Servers of each pattern run beside a loop that removes orphans, for a minute or SOAK_SECONDS: none of them ever loses
# an object, and at the end, the objects of killed ones are gone.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
# shellcheck source=tests/lib/servers.sh
. "$SOURCE/tests/lib/servers.sh"
uid=$first
errors=0

remove() {
	ipcrm --shm --msg --sem --orphaned --older-than 1s >"$scratch/said" 2>&1 || errors=$((errors + 1))
	[ ! -s "$scratch/said" ] || sed 's/^/# /' "$scratch/said"
}

# listed: the number of objects that the program lists.
listed() { ipcs -m -q -s -r --noheadings -o ID | wc -l; }

# check: every live server has its three objects.
check() {
	while read -r pattern ids; do
		# shellcheck disable=SC2086
		[ "$(there $ids)" -eq 3 ] || lost="$lost $pattern"
	done <"$scratch/living"
}

: >"$scratch/living"
: >"$scratch/killed"
lost=
for pattern in idle fork setval pool blocked restart between; do
	uid=$((uid + 1))
	serve $uid $pattern
	echo "$pattern $shm $msg $sem" >>"$scratch/living"
done
check
is "$lost:$(listed)" ":21" "each server has its objects, and the program lists them"

runs=0
unlisted=
end=$(($(date +%s) + ${SOAK_SECONDS:-60}))
set -- idle fork pool blocked restart between
while [ $runs -eq 0 ] || [ "$(date +%s)" -lt $end ]; do
	uid=$((uid + 1))
	serve $uid "$1"
	echo "$1 $shm $msg $sem" >>"$scratch/living"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		remove
		check
		runs=$((runs + 1))
		sleep 0.1
	done
	# A program that finds no objects would not remove those of live servers either.
	[ "$(listed)" -eq "$(cat /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | grep -vc key)" ] ||
		unlisted="$unlisted $runs"
	# The next victim has the next pattern.
	set -- "$@" "$1"
	shift
	sed -i '$d' "$scratch/living"
	gone $uid
	echo "$shm $msg $sem" >>"$scratch/killed"
done
is "$lost:$unlisted:$errors" "::0" "no living server lost an object in $runs runs, none of which failed"

# The kernel counts whole seconds, so an object with age 1 may have been used two seconds ago.  A run during which
# processes come and go keeps what is uncertain, so a few runs may be needed.
for _ in 1 2 3 4 5; do
	sleep 2.1
	remove
done
left=0
while read -r ids; do
	# shellcheck disable=SC2086
	left=$((left + $(there $ids)))
done <"$scratch/killed"
killed=$(wc -l <"$scratch/killed")
is "$left:$((killed > 0))" 0:1 "nothing of $killed killed servers is left"
check
is "$lost:$(listed)" ":21" "and the living have all of theirs, which the program lists"
for user in $(seq $((first + 1)) $uid); do gone "$user" || ok 1 "server $user ends"; done
finish
