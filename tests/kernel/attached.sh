#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The users of an object, and the messages in a queue, as ipcs shows them.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

held=$("$HELPERS/populate" attached)
waiters=$("$HELPERS/populate" semaphores)
# shellcheck disable=SC2086
set -- $held
segments=$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm)
# kernel ID COLUMN: a field of a segment's line in /proc.
kernel() { awk -v id="$1" -v column="$2" '$2 == id {print $column}' /proc/sysvipc/shm; }

# Every mapping that /proc shows is reported, and no other.
shown() {
	sed -n "s|^[^ ]* [^ ]* [^ ]* 00:[0-9a-f]* \([0-9]*\) */SYSV.*|\1|p" /proc/"$1"/maps | sort | uniq -c |
		awk '{print $2, $1}'
}
for pid in "$@"; do
	for id in $segments; do
		is "$(ipcs -m -i "$id" --attached | awk -v pid="$pid" '$1 == pid {print $3}')" \
			"$(shown "$pid" | awk -v id="$id" '$1 == id {print $2}')" "mappings of segment $id by process $pid"
	done
	is "$(ipcs -m -r -o ID,ATTACHED | grep -cE "[ ,]$pid\(populate\)")" "$(shown "$pid" | wc -l)" \
		"process $pid in the list"
done
for id in $segments; do
	is "$(ipcs -m -i "$id" --attached | sed -n '/^pid/,$p' | grep -c -e rw-s -e 'not visible')" "$(kernel "$id" 7)" \
		"as many as the kernel counts, and all are visible to root"
	view=$(ipcs -m -i "$id")
	is "$(ipcs -m -i "$id" --attached | sed '/^pid/,$d'):$(echo "$view" | grep -c "shmid=$id\$")" "$view:1" \
		"below the classic view, which stays as it is"
done
address=$(ipcs -m -i "${segments%%[!0-9]*}" --attached | awk '/rw-s/ {print $1; exit}')
grep -q "^$address rw-s" /proc/"$1"/maps
ok $? "with its address"

# Waiters.
for pid in $waiters; do
	is "$(ipcs -s -r --noheadings -o WAITING | grep -c "\<$pid(populate)")" 1 "process $pid waits"
done
run ipcs -s -i 0 --waiting
is "$code:$(echo "$out" | grep -c 'operates  '):$(ipcs -s -i 0 | awk '/^[0-9]/ {n += $3 + $4} END {print n}')" \
	"0:3:3" "as many as the set counts"

# Messages, which stay in the queue.
"$HELPERS/populate" texts
id=$(awk 'END {print $2}' /proc/sysvipc/msg)
before=$(cat /proc/sysvipc/msg)
run ipcs -q -i "$id" --peek=2
is "$code:$(echo "$out" | sed -n '/^message/,$p')" "0:message 0 type=1 size=23
00000000  68 65 6c 6c 6f 2c 20 70  65 65 6b 69 6e 67 20 77  |hello, peeking w|
00000010  6f 72 6c 64 21 00 ff                              |orld!..|
message 1 type=7 size=0" "--peek"
is "$(ipcs -q -i "$id" --peek | grep -c ^message):$(cat /proc/sysvipc/msg)" "3:$before" \
	"all of them, and nothing was taken or changed"
run "$HELPERS/without" ENOSYS msgrcv ipcs -q -i "$id" --peek
is "$code:$err" "1:ipcs: this kernel cannot show messages without removing them" "a kernel without it"
chmod 755 "$scratch"
cp "$IPCBOX" "$scratch/ipcs"
if ! as_user true 2>/dev/null; then
	skip "an ordinary user" "this user cannot become another"
elif plain; then
	ipcmk -Q -k 0x98 -p 600 >/dev/null
	id=$(awk 'END {print $2}' /proc/sysvipc/msg)
	run as_user "$scratch/ipcs" -q -i "$id" --peek
	is "$code:$err" "1:ipcs: cannot read the messages of queue $id: Permission denied" \
		"of a queue that may not be read"
	run as_user "$scratch/ipcs" -m -i "${segments%%[!0-9]*}" --attached
	is "$code:$(echo "$out" | tail -n 1)" "0:and others not visible to this user" \
		"an ordinary user is told of others"
	is "$(as_user "$scratch/ipcs" -m --attached | grep -c 'others not visible$')" 2 "in the list, too"
fi
for case in "-Q -N x --peek:--peek does not apply to POSIX message queues" \
	"-m -i 0 --peek:--peek does not apply to shared memory segments" \
	"-q --peek:--peek does not apply to lists" \
	"-l --attached:--attached does not apply to --limits"; do
	# shellcheck disable=SC2086
	run ipcs ${case%%:*}
	is "$code:$out:$err" "1::ipcs: ${case#*:}" "ipcs ${case%%:*}"
done
# The leak sanitizer needs /proc.
if plain; then
	mount -t tmpfs none /proc
	run ipcs -m --attached
	is "$code:$(echo "$out" | grep -c 'others not visible$')" "0:2" "in a /proc without processes nobody is visible"
	umount /proc
fi
# shellcheck disable=SC2086
ended $held $waiters
finish
