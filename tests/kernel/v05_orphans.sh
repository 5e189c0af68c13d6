#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Orphans of real processes, each server with a user ID of its own: the objects of a dead one are found, and none of a
# live one, whatever its processes have done.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
# shellcheck source=tests/lib/servers.sh
. "$SOURCE/tests/lib/servers.sh"

# verdicts [OPTION...]: on the segment, the queue and the set of the last server.
verdicts() {
	echo "$(ipcs -m -r --noheadings -o ID,ORPHAN "$@" | awk -v id="$shm" '$1 == id {print $2}')" \
		"$(ipcs -q -r --noheadings -o ID,ORPHAN "$@" | awk -v id="$msg" '$1 == id {print $2}')" \
		"$(ipcs -s -r --noheadings -o ID,ORPHAN "$@" | awk -v id="$sem" '$1 == id {print $2}')"
}

# The words of ipcrm about an object that a selection keeps.
kept() {
	ipcrm -v --shm --msg --sem --orphaned --older-than 0 | sed -n "s/^keeping $1 id \`$2': //p"
}

serve $((first + 1)) dead
wait
is "$(verdicts)" "maybe maybe maybe" "used within the last minute"
sleep 1.1
is "$(verdicts --older-than 0)" "yes yes yes" "the objects of a dead server"
is "$(ipcs -J -m -i "$shm" -o ID,ORPHAN | jq -r '.shmems[0].orphan')" maybe "JSON has the word"
run ipcrm -v --shm --msg --sem --orphaned --older-than 0
is "$code:$(echo "$out" | grep -c '^removing'):$(ipcs -r --noheadings -o ID | wc -l)" "0:3:0" "goes"

# Each server has or lacks a live process among those that the kernel recorded: no verdict is yes.
uid=$((first + 2))
while read -r pattern want what; do
	serve $uid "$pattern"
	sleep 1.1
	is "$(verdicts --older-than 0 | tr ' ' ,)" "$want" "V5: $what"
	is "$(ipcrm --shm --msg --sem --orphaned --older-than 0; verdicts | wc -w)" 3 "and all of it stays"
	case $want in *maybe*)
		kept "message queue" "$msg" | grep -q "^pid [0-9]* (server) of its owner $uid is running\|it has never been used"
		ok $? "ipcrm -v says why"
		;;
	esac
	if [ "$pattern" = restart ]; then
		# A pass while a child takes over from its parent must not miss both.
		is "$(for _ in $(seq 60); do verdicts --older-than 0; done | grep -cxE '((no|maybe|-) ?){3}')" 60 "V5: at every moment"
	fi
	gone $uid
	ipcrm -m "$shm" -q "$msg" -s "$sem"
	uid=$((uid + 1))
done <<'END'
idle no,no,no a server that does nothing
fork maybe,maybe,maybe one whose first process has ended
setval maybe,maybe,maybe one that has set a value and whose first process has ended
pool no,maybe,maybe one whose last worker has ended
blocked no,no,no V4: one that waits for a message and for a semaphore
restart maybe,maybe,maybe one that starts again and again
between no,maybe,maybe one between two attaches
END

# A server that the script has started and that runs ipcrm, in the same process group.
session=
serve $((first + 15)) fork
sleep 1.1
is "$(ipcrm --shm --msg --sem --orphaned --older-than 0; verdicts --older-than 0)" "maybe maybe maybe" \
	"V5: one of our process group stays, too"
gone $((first + 15))
session=setsid
ipcrm -a

# A mode that gives access to others, or to a group.
setpriv --reuid=$((first + 21)) --regid=$((first + 20)) --clear-groups sleep 600 &
other=$!
for _ in $(seq 600); do pgrep -U $((first + 21)) -x sleep >/dev/null && break; sleep 0.05; done
for perms in 0666 0602 0620; do
	ipcrm -a
	serve $((first + 20)) dead $perms
	sleep 1.1
	is "$(verdicts --older-than 0)" "maybe maybe maybe" "mode $perms, and another user lives"
done
kill $other
wait $other 2>/dev/null
is "$(verdicts --older-than 0)" "yes yes yes" "mode 0620, and the other user is gone"
ipcrm -a

# V7: objects that ipcmk creates and nobody uses.
setpriv --reuid=$((first + 22)) --regid=$((first + 22)) --clear-groups ipcmk -M 1 -Q -S 1 -p 600 >/dev/null
sleep 1.1
is "$(ipcs -r --noheadings -o ORPHAN --older-than 0 | tr '\n' ' ')" "maybe maybe maybe " "V7: never used"
run ipcrm --shm --msg --sem --orphaned --older-than 0
is "$code:$(ipcs -r --noheadings -o ID | wc -l)" "0:3" "V7: and stays"
run ipcrm -v --shm --msg --sem --orphaned=maybe --older-than 0
is "$code:$(echo "$out" | grep -c ^removing):$(echo "$err" | grep -c 'may have users: it has never been used')" "0:3:3" \
	"--orphaned=maybe takes it, and says what speaks against that"
finish
