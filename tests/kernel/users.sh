#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The users of objects and the contents of queues: the results of the library about real processes.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/huge_pages.sh
. "${0%/*}/../lib/huge_pages.sh"
# A private PID namespace ends all processes that are left.
if [ -z "${IPCBOX_TESTS_PRIVATE-}" ]; then
	unshare -i -m -p -f --mount-proc true 2>/dev/null || skip_all "no private namespaces for this user"
	IPCBOX_TESTS_PRIVATE=1 exec unshare -i -m -p -f --mount-proc sh "$0"
fi
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
chmod 1777 /dev/shm
chmod 755 "$scratch"
# The build may be in a directory that only its owner can access.
cp "$IPCBOX" "$HELPERS/use" "$HELPERS/holders_probe" "$HELPERS/posix" "$HELPERS/without" "$scratch/"
for applet in ipcmk ipcrm ipcs; do ln -s ipcbox "$scratch/$applet"; done
PATH=$scratch:$PATH

# The limit on the space of queues is per user on the whole machine (RLIMIT_MSGQUEUE), so make these queues small.
{ echo 2 >/proc/sys/fs/mqueue/msg_default && echo 128 >/proc/sys/fs/mqueue/msgsize_default; } 2>/dev/null

# start COMMAND...: run it in the background until it has printed its PIDs; sets pids.
start() {
	: >"$scratch/pids"
	"$@" >"$scratch/pids" &
	for _ in $(seq 1200); do
		pids=$(cat "$scratch/pids")
		case $pids in *" ") ;; *[0-9]) break ;; esac
		! is_gone $! || break
		sleep 0.05
	done
}

# End all processes that start has started, and wait for that.
stop() {
	# shellcheck disable=SC2086
	kill "$@"
	wait
}

# users ARGUMENT...: the output of the probe about objects, and about processes that it could not examine.
users() { holders_probe "$@" | grep -v '^hidden'; }
hidden() { holders_probe "$@" | sed -n 's/^hidden //p' | tr '\n' ' '; }

# waits PATTERN ARGUMENT...: the output of the probe once it matches the pattern, or after a minute.
waits() {
	pattern=$1
	shift
	for _ in $(seq 600); do
		! users "$@" | grep -q "$pattern" || break
		sleep 0.1
	done
	users "$@"
}

# Segments.
ipcmk -M 8192 >/dev/null
is "$(users shm)" "shm 0:" "nobody has a segment"
start use attach 0 2
twice=$pids
start use family 0
family=$pids
is "$(users shm)" "shm 0: $twice,M2 $(echo "$family" | sed 's/ /,M1 /'),M1" \
	"who has it attached, one twice, one by its parent"
is "$(awk 'NR == 2 {print $7}' /proc/sysvipc/shm)" 4 "as the kernel counts them"
holders_probe detail shm 0 "$twice" >"$scratch/detail"
is "$(awk '{print $2, $3}' "$scratch/detail")" "rw-s 4096
rw-s 4096" "each mapping with its access and what is in memory"
is "$(wc -l <"$scratch/detail"):$(cut -d ' ' -f 1 "$scratch/detail")" "2:$(sed -n 's/ .*SYSV.*//p' "/proc/$twice/maps")" \
	"and its addresses"
ipcrm -m 0
is "$(users shm)" "shm 0: $twice,M2 $(echo "$family" | sed 's/ /,M1 /'),M1" "a removed one as well"

# Another namespace has a segment with the same ID and key.
start unshare -i sh -c "ipcmk -M 8192 >/dev/null; exec use attach 0 1"
other=$pids
grep -q SYSV "/proc/$other/maps"
ok $? "one of another IPC namespace has such a mapping"
is "$(users shm)" "shm 0: $twice,M2 $(echo "$family" | sed 's/ /,M1 /'),M1" "but does not use ours"
is "$(unshare -i sh -c 'ipcmk -M 1; holders_probe shm' | tail -n 2)" "shm 0:
hidden shm 1" "nor do ours use what has the same id there"
# Files that are named like a segment.
start use forge 300
grep -q '00:[0-9a-f]* 300 *.SYSV00001234 (deleted)$' "/proc/$pids/maps"
ok $? "a deleted file looks like a segment"
forger=$pids
# No files there have the inodes 0 and 1, which are the first IDs of segments.
for _ in 1 2 3 4; do ipcmk -M 1 >/dev/null; done
is "$(users shm | wc -l):$(users shm | grep -c "$forger,")" 5:0 "but lies elsewhere"
# shellcheck disable=SC2086
stop $twice $family $other $forger
ipcrm --all=shm

# Huge pages.
if ! with_huge_page; then
	skip "huge pages" "this machine has no huge pages to give"
else
	ipcmk -M 2M --hugetlb >/dev/null
	id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/shm)
	start use attach "$id" 1
	is "$(users shm)" "shm $id: $pids,M1" "a segment of huge pages"
	is "$(holders_probe detail shm "$id" "$pids" | awk '{print $2, $3}')" "rw-s 2097152" "and what of it is in memory"
	stop "$pids"
	ipcrm -m "$id"
	without_huge_page
fi
ipcrm --all=shm

# Waiters.
ipcmk -S 1 -Q >/dev/null
ipcmk -Q >/dev/null
start use operate 0
operates=$pids
start use receive 0
receives=$pids
start use send 1
sends=$pids
waits O2 sem >/dev/null
waits R1 msg >/dev/null
is "$(waits S1 sem msg)" "msg 0: $receives,R1
msg 1: $sends,S1
sem 0: $operates,O2" "who waits to operate in two threads, to receive in the second, to send"
is "$(unshare -i sh -c 'ipcmk -Q -S 1 >/dev/null; holders_probe sem msg')" "msg 0:
hidden msg 1
sem 0:
hidden sem 1" "not in another namespace"
start unshare -i sh -c "ipcmk -S 1 >/dev/null; exec use operate 0"
# It waits once it is in the same call as the other one.
# shellcheck disable=SC2317
is_in_same_call() { [ "$(cut -d ' ' -f 1 "/proc/$1/syscall")" = "$(cut -d ' ' -f 1 "/proc/$2/syscall")" ]; }
await 60 is_in_same_call "$pids" "$operates" || ok 1 "one there waits"
is "$(users sem)" "sem 0: $operates,O2" "nor for one there"
stop "$operates" "$receives" "$sends" "$pids"
is "$(users sem msg)" "msg 0:
msg 1:
sem 0:" "nobody any more"
ipcrm --all=sem --all=msg

# POSIX objects.
ipcmk -m 4096 -q -s -n one >/dev/null
ipcmk -m 4096 -q -s -n two >/dev/null
start use map /dev/shm/one
maps=$pids
start use open /dev/shm/one
opens=$pids
start use map /dev/shm/sem.two
semaphore=$pids
start use queue /two
queue=$pids
is "$(users pmsg pshm psem | sort)" "pmsg one:
pmsg two: $queue,F1
psem one:
psem two: $semaphore,M1
pshm one: $maps,M1 $opens,F2
pshm two:" "who has a segment mapped or open, a semaphore, a queue"
is "$(holders_probe detail pshm "$(stat -c %i /dev/shm/one)" "$maps" | awk '{print $2}')" "r--s" "with the mapping"
start use headless /dev/shm/two
headless=$pids
if [ "$(awk '{print $1, $2, $3; exit}' /proc/self/uid_map)" = "0 0 4294967295" ]; then
	is "$(waits F1 pshm | grep two)" "pshm two: $headless,M1,F1" "a process whose first thread has ended"
else
	# The permission to examine it depends on the memory that its first thread no longer has.
	skip "a process whose first thread has ended" "it is not visible to root of a user namespace"
fi
is "$(unshare -i sh -c 'ipcmk -q -n two --max-messages 1 --message-size 16 >/dev/null
	holders_probe pmsg' | head -n 1)" "pmsg two:" \
	"queues of another namespace are others"
mount -t mqueue none /dev/mqueue 2>/dev/null || { mkdir -p /dev/mqueue && mount -t mqueue none /dev/mqueue; }
is "$(without EPERM fsopen holders_probe pmsg | grep two)" "pmsg two: $queue,F1" "by the common mount, too"
stop "$maps" "$opens" "$semaphore" "$queue" "$headless"
ipcrm --all=posix

# Processes that may not be examined.
if as_user true 2>/dev/null; then
	ipcmk -M 1 -Q -S 1 -p 666 >/dev/null
	id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/shm)
	is "$(hidden shm msg sem pmsg pshm psem)" "msg 1 shm 1 sem 1 pmsg 1 pshm 1 psem 1 " "those of other PID namespaces are not listed"
	start use attach "$id" 1
	roots=$pids
	start as_user use attach "$id" 1
	is "$(as_user holders_probe shm | grep -v hidden)" "shm $id: $pids,M1" "a user sees the user's own objects"
	is "$(users shm)" "shm $id: $roots,M1 $pids,M1" "which is not all"
	others=$(find /proc -maxdepth 1 -regex '/proc/[0-9]*' -user 0 | wc -l)
	as_user holders_probe shm msg sem pmsg pshm psem | awk '$1 == "hidden" {print $3}' | sort -u >"$scratch/hidden"
	# The processes of a pipeline come and go, so the count is only near that of root's processes.
	is "$(wc -l <"$scratch/hidden")" 1 "as many are hidden whatever the kind"
	test "$(cat "$scratch/hidden")" -ge 2 && test "$(cat "$scratch/hidden")" -le $((others + 3))
	ok $? "which are root's ($(cat "$scratch/hidden"), $others)"
	mkdir "$scratch/proc"
	mount -t proc -o hidepid=2 proc "$scratch/proc"
	is "$(as_user holders_probe -p "$scratch/proc" shm | tr '\n' ' ')" "shm $id: $pids,M1 hidden shm 1 " \
		"those that are not even listed are told of, too"
	umount "$scratch/proc"
	stop "$roots" "$pids"
else
	skip "an ordinary user" "this user cannot become another"
fi
ipcrm --all=shm --all=msg --all=sem

# The contents of a queue.
ipcmk -Q >/dev/null
id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/msg)
run holders_probe peek "$id" 0
is "$code:$err" "1:holders_probe: No message of desired type" "an empty queue"
start use send "$id"
# shellcheck disable=SC2317
is_full() { [ "$(awk 'NR == 2 {print $5}' /proc/sysvipc/msg)" -ge 16 ]; }
await 60 is_full || ok 1 "a full queue"
before=$(cat /proc/sysvipc/msg)
is "$(holders_probe peek "$id" 15 | tr -d '\0')" "1 1000  Argument list too long" "the last message, and a short buffer"
run holders_probe peek "$id" 16
is "$code:$err:$(cat /proc/sysvipc/msg)" "1:holders_probe: No message of desired type:$before" \
	"there are no more, and the queue tells nothing of it"
stop "$pids"
if as_user true 2>/dev/null; then
	ipcmk -Q -p 600 >/dev/null
	run as_user holders_probe peek "$(awk 'END {print $2}' /proc/sysvipc/msg)" 0
	is "$code:$err" "1:holders_probe: Permission denied" "others' messages are not shown"
else
	skip "others' messages" "this user cannot become another"
fi
finish
