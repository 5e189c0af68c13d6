#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Who uses an object, and what waits in a queue, as ipcs shows it.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

held=$("$HELPERS/populate" attached)
waiters=$("$HELPERS/populate" semaphores)
# shellcheck disable=SC2086
set -- $held

# Every mapping that /proc shows is reported, and nothing else.
shown() { sed -n "s|^[^ ]* [^ ]* [^ ]* 00:01 \([0-9]*\) */SYSV.*|\1|p" /proc/"$1"/maps | sort | uniq -c | awk '{print $2, $1}'; }
for pid in "$@"; do
	for id in $(ipcs -m --noheadings -o ID); do
		is "$(ipcs -m -i "$id" --attached | awk -v pid="$pid" '$1 == pid {print $3}')" \
			"$(shown "$pid" | awk -v id="$id" '$1 == id {print $2}')" "mappings of segment $id by process $pid"
	done
	is "$(ipcs -m -r -o ID,ATTACHED | grep -cE "[ ,]$pid\(populate\)")" "$(shown "$pid" | wc -l)" \
		"process $pid in the list"
done
for id in $(ipcs -m --noheadings -o ID); do
	is "$(ipcs -m -i "$id" --attached | sed -n '/^pid/,$p' | grep -c rw-s)" \
		"$(ipcs -m -r --noheadings -o ID,NATTCH | awk -v id="$id" '$1 == id {print $2}')" "as many as nattch says"
	is "$(ipcs -m -i "$id" --attached | sed '/^pid/,$d')" "$(ipcs -m -i "$id")" "below the classic view, which stays as it is"
	is "$(ipcs -m -i "$id" --attached | grep -c 'not visible')" 0 "and all are visible to root"
done
address=$(ipcs -m -i "$(ipcs -m --noheadings -o ID | head -1 | tr -d ' ')" --attached | awk '/rw-s/ {print $1; exit}')
grep -q "^$address rw-s" /proc/"$1"/maps
ok $? "with its address"

# Waiters.
for pid in $waiters; do
	call=$(awk '{print $1}' /proc/"$pid"/syscall)
	case $call in
	65 | 220) is "$(ipcs -s -r --noheadings -o WAITING | grep -c "\<$pid(populate)")" 1 "process $pid waits" ;;
	esac
done
run ipcs -s -i 0 --waiting
is "$code:$(echo "$out" | grep -c 'operates  ')" "0:$(ipcs -s -i 0 | awk '/^[0-9]/ {n += $3 + $4} END {print n}')" \
	"as many as the set counts"

# Messages, which stay.
if [ -x /usr/bin/python3 ]; then
	ipcmk -Q -k 0x99 >/dev/null
	/usr/bin/python3 -c 'import ctypes, struct
libc = ctypes.CDLL(None)
for kind, text in ((1, b"hello, peeking world!\0\xff"), (7, b""), (3, b"x" * 8000)):
    message = struct.pack("l", kind) + text
    libc.msgsnd(libc.msgget(0x99, 0), message, len(text), 0)'
	id=$(ipcs -q --key 0x99 --noheadings -o ID | tr -d ' ')
	before=$(cat /proc/sysvipc/msg)
	run ipcs -q -i "$id" --peek=2
	is "$code:$(echo "$out" | sed -n '/^message/,$p')" "0:message 0 type=1 size=23
00000000  68 65 6c 6c 6f 2c 20 70  65 65 6b 69 6e 67 20 77  |hello, peeking w|
00000010  6f 72 6c 64 21 00 ff                              |orld!..|
message 1 type=7 size=0" "--peek"
	is "$(ipcs -q -i "$id" --peek | grep -c ^message)" 3 "all of them"
	is "$(cat /proc/sysvipc/msg)" "$before" "nothing was taken or changed"
	run "$HELPERS/without" ENOSYS msgrcv ipcs -q -i "$id" --peek
	is "$code:$err" "1:ipcs: this kernel cannot show messages without taking them" "a kernel without it"
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcs"
	if as_user true 2>/dev/null && ! grep -q __asan_init "$IPCBOX"; then
		ipcmk -Q -k 0x98 -p 600 >/dev/null
		id=$(ipcs -q --key 0x98 --noheadings -o ID | tr -d ' ')
		run as_user "$scratch/ipcs" -q -i "$id" --peek
		is "$code:$err" "1:ipcs: cannot read the messages of queue $id: Permission denied" "of a queue that may not be read"
		run as_user "$scratch/ipcs" -m -i 0 --attached
		is "$code:$(echo "$out" | tail -n 1)" "0:and others not visible to this user" "an ordinary user is told of others"
		is "$(as_user "$scratch/ipcs" -m --attached | grep -c 'others not visible$')" "$(ipcs -m --noheadings | grep -c .)" \
			"in the list, too"
	fi
fi
for case in "-Q -N x --peek:--peek: the messages of a POSIX queue cannot be read without taking them" \
	"-m -i 0 --peek:--peek is for one queue: it goes with -q and -i, and with -J" \
	"-q --peek:--peek is for one queue: it goes with -q and -i, and with -J" \
	"-l --attached:--attached and --waiting are for objects: they do not go with -l, -u and -g"; do
	# shellcheck disable=SC2086
	run ipcs ${case%%:*}
	is "$code:$out:$err" "1::ipcs: ${case#*:}" "ipcs ${case%%:*}"
done
if plain; then
	mount -t tmpfs none /proc
	run ipcs -m --attached
	is "$code:$(echo "$out" | grep -c 'others not visible$')" "0:2" "in a /proc without processes nobody is visible"
	umount /proc
fi
# shellcheck disable=SC2086
kill $held $waiters
finish
