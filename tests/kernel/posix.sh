#!/bin/sh
# SPDX-License-Identifier: 0BSD
# POSIX objects: created, listed, shown and removed, with programs of both libcs.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
chmod 1777 /dev/shm
# The limit on the space of queues is per user on the whole machine (RLIMIT_MSGQUEUE), so make these queues small.
{ echo 2 >/proc/sys/fs/mqueue/msg_default && echo 128 >/proc/sys/fs/mqueue/msgsize_default; } 2>/dev/null
messages=$(cat /proc/sys/fs/mqueue/msg_default)
bytes=$(cat /proc/sys/fs/mqueue/msgsize_default)
chmod 755 "$scratch"
# The build may be in a directory that only its owner can access.
cp "$IPCBOX" "$scratch/ipcbox"
cp "$HELPERS/posix" "$HELPERS/without" "$scratch/"
for applet in ipcmk ipcrm ipcs; do ln -s ipcbox "$scratch/$applet"; done
PATH=$scratch:$PATH

# row KIND NAME: the line of an object in its list, with blanks squeezed.
row() { ipcs "$1" | awk -v name="$2" '$NF == name {$1 = $1; print}'; }

# Creation: the output of the reference, and the requested mode, whatever the umask.
umask 077
run ipcmk -m 4K -q -s -n /obj -p 666
is "$code:$out" "0:POSIX shared memory name: /obj
POSIX message queue name: /obj
POSIX semaphore name: /obj" "one of each"
umask 022
is "$(ipcs -MQS | awk '$NF == "obj" {print $2}' | tr '\n' ' ')" "666 666 666 " "the umask does not matter"
is "$(stat -c '%a %s' /dev/shm/obj)" "666 4096" "a segment is a file of its size"
is "$(stat -c '%a %s' /dev/shm/sem.obj)" "666 32" "a semaphore is one as glibc names it"
is "$(row -Q obj)" "root 666 0 0 $messages $bytes obj" "a queue has the kernel's sizes"

# O_EXCL, and --exist-ok, which changes nothing. (DEFECTS U9)
echo precious >/dev/shm/live
while IFS='|' read -r option name mode kind; do
	# shellcheck disable=SC2086
	run ipcmk $option -n "$name"
	is "$code:$err" "1:ipcmk: create POSIX $kind failed: File exists" "ipcmk $option of an existing name"
	# shellcheck disable=SC2086
	run ipcmk $option -n "$name" -p "$mode" --exist-ok
	is "$code:$out" "0:POSIX $kind name: $name" "is fine with --exist-ok"
done <<-'EOF'
	-m 0|live|644|shared memory
	-q|obj|666|message queue
	-s|obj|666|semaphore
EOF
is "$(cat /dev/shm/live):$(stat -c %a /dev/shm/sem.obj)" precious:666 \
	"U9: and nothing of it is changed, nor its mode"
rm /dev/shm/live
ipcrm --all=posix

# A failure halfway leaves nothing behind. (DEFECTS U10)
run ipcmk -m 15E -n huge
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: create POSIX shared memory failed: File too large:" \
	"U10: a segment that cannot be so large"
run setpriv --bounding-set=-sys_resource ipcmk -m 1 -q -s -n part --max-messages 99999999
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: queue 'part': 99999999 messages exceed the limit of 10 (fs.mqueue.msg_max):" \
	"a queue that cannot be so large"
ipcmk -q -n part >/dev/null
run ipcmk -m 1 -q -s -n part
is "$code:$(ls /dev/shm):$(ipcs -Q | grep -c part)" "1::1" "a name that one of three has"
if [ -c /dev/full ]; then
	ipcrm --posix-mqueue part
	ipcmk -m 1 -q -s -n part 2>"$scratch/err" >/dev/full
	is "$?:$(cat "$scratch/err"):$(ls /dev/shm):$(ipcs -Q | grep -c part)" \
		"1:ipcmk: write error: No space left on device::0" "names that cannot be told"
fi

# A name can mean a semaphore of each libc: undo removes the one that was created, never the other.
ipcmk -s -n twin --value 5 >/dev/null
run ipcmk -s -n twin --value 7 --musl
is "$code:$(ls /dev/shm)" "1:sem.twin" "a semaphore for musl does not hide behind glibc's"
run ipcmk -s -n twin --musl --exist-ok
is "$code:$(row -S twin)" "1:root 644 5 glibc twin" "nor is glibc's taken with --exist-ok"
ipcrm --posix-semaphore twin
ipcmk -s -n twin --musl >/dev/null
if [ -c /dev/full ]; then
	ipcmk -s -n twin >/dev/full 2>&1
	is "$?:$(ls /dev/shm)" "1:twin" "one of glibc is undone, and musl's stays"
fi
rm -f /dev/shm/twin
mkdir /dev/shm/folder /dev/shm/sem.folder
ln -s nowhere /dev/shm/link
for what in "-m 1 -n folder" "-m 1 -n link" "-s -n folder"; do
	# shellcheck disable=SC2086
	run ipcmk $what --exist-ok
	is "$code:${err##*: }" "1:File exists" "ipcmk $what --exist-ok: that is not an object"
done
rm -r /dev/shm/folder /dev/shm/sem.folder /dev/shm/link

# ipcbox shows and removes objects that programs of both libcs create, and vice versa.
posix sem /g 5
posix mq /q 3
posix shm /s 100000
is "$(row -S g)" "root 644 5 glibc g" "a semaphore of glibc"
is "$(row -Q q)" "root 644 30 3 7 50 q" "a queue with messages"
is "$(row -M s)" "root 644 100000 102400 s" "a segment with its resident pages"
pid=$(posix notify /q &)
is "$(ipcs -Q -p | awk '$NF == "q" {print $2}')" "$pid" "the process to be notified"
ended "$pid"
ipcmk -s -n made --value 4 >/dev/null
is "$(posix take /made)" 3 "glibc takes from ours"
if [ -x "$HELPERS/posix-musl" ]; then
	cp "$HELPERS/posix-musl" "$scratch/"
	posix-musl sem /m 6
	posix-musl mq /mq 2
	is "$(row -S m):$(row -M m)" "root 644 6 musl m:" "a semaphore of musl, which is no segment"
	is "$(row -Q mq)" "root 644 20 2 7 50 mq" "a queue of musl"
	ipcmk -s -n mmade --value 4 --musl >/dev/null
	is "$(posix-musl take /mmade)" 3 "musl takes from ours"
	run ipcrm -v --posix-semaphore m --posix-mqueue mq --posix-semaphore /mmade
	is "$code:$(echo "$out" | wc -l):$(row -S m):$(row -Q mq)" "0:3::" "both go"
else
	skip "semaphores and queues of musl" "musl-gcc is not installed"
fi
run ipcrm -v --posix-semaphore /g --posix-mqueue q --posix-shmem s --posix-semaphore made
is "$code:$out:$(ls /dev/shm)" "0:removing POSIX semaphore \`g'
removing POSIX message queue \`/q'
removing POSIX shared memory \`s'
removing POSIX semaphore \`made':" "removed by name"
run ipcrm --posix-shmem x --posix-mqueue x --posix-semaphore x
is "$code:$err" "1:ipcrm: name \`x' not found
ipcrm: name \`x' not found
ipcrm: name \`x' not found" "names that are not there"

# Sizes, values and owners.
run ipcmk -q -n sized --max-messages 3 --message-size 100
is "$code:$(row -Q sized)" "0:root 644 0 0 3 100 sized" "the sizes of a queue"
run ipcmk -q -n part1 --max-messages 1
is "$code:$(row -Q part1)" "0:root 644 0 0 1 $bytes part1" "one of them, the kernel's for the other"
echo 1 >/proc/sys/fs/mqueue/msg_max
run setpriv --bounding-set=-sys_resource ipcmk -q -n part2 --message-size 8
is "$code:$(row -Q part2)" "0:root 644 0 0 1 8 part2" "which is at most the maximum"
echo 10 >/proc/sys/fs/mqueue/msg_max
run setpriv --bounding-set=-sys_resource ipcmk -q -n toomany --max-messages 11
is "$code:$err" "1:ipcmk: queue 'toomany': 11 messages exceed the limit of 10 (fs.mqueue.msg_max)" "more than msg_max"
run setpriv --bounding-set=-sys_resource ipcmk -q -n toolarge --message-size 8193
is "$code:$err" "1:ipcmk: queue 'toolarge': messages of 8193 bytes exceed the limit of 8192 (fs.mqueue.msgsize_max)" \
	"larger than msgsize_max"
run prlimit --msgqueue=1000 setpriv --bounding-set=-sys_resource ipcmk -q -n full --max-messages 10 --message-size 101
is "$code:$err" "1:ipcmk: queue 'full': 10 messages of 101 bytes exceed the limit of 1000 bytes for all queues of a user \
(RLIMIT_MSGQUEUE)" "RLIMIT_MSGQUEUE"
run ipcmk -s -n valued --value 2147483647
is "$code:$(row -S valued)" "0:root 644 2147483647 glibc valued" "the value of a semaphore"
while IFS='|' read -r wrong why; do
	# shellcheck disable=SC2086
	run ipcmk $wrong
	is "$code:$(echo "$err" | head -n 1):$(ls /dev/shm)" "1:ipcmk: $why:sem.valued" "ipcmk $wrong"
done <<-'EOF'
	-s -n x --value 2147483648|--value '2147483648': not a number from 0 to 2147483647
	-s -n x --value 1,2|--value '1,2': not a number from 0 to 2147483647
	-s -n x --value -1|--value '-1': not a number from 0 to 2147483647
	-q -n x --max-messages 0|--max-messages '0': not a number from 1 to 2147483647
	-q -n x --message-size 0|--message-size '0': not a size from 1 to 2147483647
	-m x -n x|failed to parse size: 'x': Invalid argument
	-m 1|name is required for POSIX IPC: -m makes POSIX shared memory and needs -n NAME; System V is -M
	-q|name is required for POSIX IPC: -q makes a POSIX message queue and needs -n NAME; System V is -Q
	-n x|bad usage
	-m 1 -n sem.x|--name 'sem.x': names that begin with sem. are reserved for semaphores
	-m 1 -n x key|a key applies only to System V objects (-M, -Q, -S)
	-Q -s -n x --exist-ok|--exist-ok needs a key
EOF
run ipcmk -m 1
is "$err" "ipcmk: name is required for POSIX IPC: -m makes POSIX shared memory and needs -n NAME; System V is -M
Try 'ipcmk --help' for more information." "a name is required"
ipcrm --all=posix

# A name means the same object everywhere, with or without the slash. (DEFECTS U41)
for kind in "-m 1:-M:--posix-shmem" "-q:-Q:--posix-mqueue" "-s:-S:--posix-semaphore"; do
	make=${kind%%:*} list=${kind#*:} remove=${kind##*:}
	list=${list%%:*}
	for one in x /x; do
		# shellcheck disable=SC2086
		ipcmk $make -n $one >/dev/null
		for other in x /x; do
			is "$(ipcs "$list" -N $other | sed -n 's/.*name=//p')" x "U41: $one is $other in ipcs $list -N"
		done
		if [ $one = x ]; then run ipcrm -v "$remove" /x; else run ipcrm -v "$remove" x; fi
		is "$code:$(echo "$out" | grep -c '^removing POSIX'):$(ls /dev/shm):$(row "$list" x)" "0:1::" \
			"U41: and in ipcrm $remove"
	done
	long=$(printf '%255s' '' | tr ' ' x)
	ipcmk -s -n kept >/dev/null
	for bad in '' / . .. /. a/b /a/b a/ //a "${long}x"; do
		why="'$bad' is not the name of a POSIX object"
		[ "$bad" != "${long}x" ] || why="name \`$bad' too long"
		# shellcheck disable=SC2086
		run ipcmk $make -n "$bad"
		is "$code:$err:$(ls /dev/shm)" "1:ipcmk: $why:sem.kept" "ipcmk $make -n '$(echo "$bad" | cut -c 1-20)'"
		run ipcs "$list" -N "$bad"
		is "$code:$out:$err" "1::ipcs: $why" "ipcs $list"
		run ipcrm --posix-semaphore kept "$remove" "$bad"
		is "$code:$err:$(ls /dev/shm)" "1:ipcrm: $why:sem.kept" "ipcrm $remove"
	done
	ipcrm --posix-semaphore kept
done
run ipcmk -m 1 -n "$long"
is "$code:$(stat -c %s "/dev/shm/$long")" 0:1 "255 bytes are a name"
run ipcmk -s -n "${long#????}"
is "$code:$(stat -c %s "/dev/shm/sem.${long#????}")" 0:32 "251 for a semaphore"
run ipcmk -s -n "${long#???}"
is "$code:$err" "1:ipcmk: name \`${long#???}' too long" "252 are not"
ipcrm --all=posix

# Views.
ipcmk -m 1M -q -s -n v >/dev/null
for view in "" -t -p -c -l -u --human -b; do
	case $view in -p) tables=1 rows=1 ;; -l | -u) tables=3 rows=0 ;; *) tables=3 rows=3 ;; esac
	# shellcheck disable=SC2086
	run ipcs -MQS $view
	is "$code:$(echo "$out" | grep -c '^------ POSIX .* --------$'):$(echo "$out" | grep -c ' v$')" "0:$tables:$rows" \
		"ipcs -MQS $view"
done
is "$(ipcs -MS -p 2>&1 >/dev/null)" "ipcs: the kernel records no process IDs for POSIX shared memory
ipcs: the kernel records no process IDs for POSIX semaphores" "-p says what it cannot show"
is "$(ipcs -Q -l | awk '/max queues/ {print $NF}')" "$(cat /proc/sys/fs/mqueue/queues_max)" "-l knows fs.mqueue"
is "$(ipcs -Q -l | awk '/of a user/ {print $NF}')" "$(prlimit --msgqueue --output=SOFT --noheadings --raw)" "and RLIMIT_MSGQUEUE"
is "$(ipcs -MQS -u | awk '/=|allocated/ {print $NF}' | tr '\n' ' ')" "1 0 bytes 1 1048576 1 " "-u counts"
is "$(ipcs -A | grep -c -- ------)" 6 "-A shows all six kinds"
is "$(ipcs | awk '/------/ {n++} /POSIX/ {posix++} END {print n + 0, posix + 0}')" "3 0" \
	"and without it there are three"
is "$(ipcs -M --human | awk '$NF == "v" {print $3}')" 1M "--human"
run ipcs -M -N v
is "$code:$(echo "$out" | sed -n 5p)" "0:bytes=1048576	resident=0" "-N shows one"
while IFS='|' read -r wrong why; do
	# shellcheck disable=SC2086
	run ipcs $wrong
	is "$code:$out:$(echo "$err" | head -n 1)" "1::ipcs: $why" "ipcs $wrong"
done <<-'EOF'
	-N v|when using a name, a single POSIX resource must be specified
	-M -Q -N v|when using a name, a single POSIX resource must be specified
	-m -N v|when using a name, a single POSIX resource must be specified
	-M -i 0|--id does not apply to POSIX shared memory segments
	-M -N v -i 0|--id does not apply to POSIX shared memory segments
	-M --key 1|--key does not apply to POSIX shared memory segments
	-M -N gone|name gone not found
EOF

# --all. (DEFECTS U7)
ipcmk -M 1 -Q -S 1 >/dev/null
ipcrm -a
is "$(ipcs -A | grep -c ' v$')" 3 "U7: -a leaves POSIX objects"
ipcmk -Q >/dev/null
run ipcrm --all=pshm
is "$code:$(ipcs -A | grep -c ' v$')" "0:2" "--all=pshm"
run ipcrm --all=psem --all=pmsg
is "$code:$(ipcs -A | grep -c ' v$'):$(ipcs -q | grep -c ^0x)" "0:0:1" "--all=psem --all=pmsg, and no more"

# Queues without /dev/mqueue, with something else there, and with that of another namespace. (DEFECTS U42)
mount -t tmpfs none /dev/mqueue 2>/dev/null || mkdir -p /dev/mqueue
ipcmk -q -n seen >/dev/null
is "$(row -Q seen)" "root 644 0 0 $messages $bytes seen" "without a mount"
touch /dev/mqueue/false
is "$(ipcs -Q | awk 'NR > 3 && NF {print $NF}')" seen "a plain folder is not believed"
mkdir "$scratch/mqueue"
mount -t mqueue none "$scratch/mqueue"
umount "$scratch/mqueue"
# shellcheck disable=SC2016
is "$(unshare -i sh -c 'ipcmk -q -n theirs --max-messages 1 --message-size 16 >/dev/null
	ipcs -Q | awk "NR > 3 && NF {print \$NF}"')" theirs \
	"in another namespace, its own"
run without EPERM fsopen ipcs -Q
is "$code:$err" "1:ipcs: POSIX message queues cannot be listed: mount an mqueue file system on /dev/mqueue" \
	"who may not mount is told what to mount"
run without EPERM fsopen ipcs -QMS
is "$code:$(echo "$out" | grep -c POSIX)" "1:2" "and the other kinds go on"
mount -t mqueue none /dev/mqueue
is "$(without EPERM fsopen ipcs -Q | awk '$NF == "seen" {print $5}')" "$messages" \
	"with the mount it is listed"
run without ENOSYS fsopen ipcs -Q
is "$code:$(echo "$out" | grep -c ' seen$')" 0:1 "on a kernel before 5.2, too"
run unshare -i without EPERM fsopen ipcs -Q
is "$code:$err" "1:ipcs: POSIX message queues cannot be listed: /dev/mqueue belongs to another IPC namespace" \
	"U42: another namespace's mount is recognised"
run unshare -i without EPERM fsopen ipcrm -J --all=pmsg
is "$code:$(echo "$out" | sed -n 2p):$err" "1:\"posix_queues\":null,:ipcrm: POSIX message queues cannot be listed: \
/dev/mqueue belongs to another IPC namespace" "and what is not seen there is not reported as nothing"
run without ENOSYS mq_open,mq_unlink ipcmk -q -n x
is "$code:$err" "1:ipcmk: create POSIX message queue failed: Function not implemented" "a kernel without queues"
run without ENOSYS mq_open,fsopen ipcs -Q
is "$code:$err" "1:ipcs: kernel not configured for POSIX message queues" "is reported as such"
run without ENOSYS mq_open ipcs -Q -l
is "$code:$err" "1:ipcs: kernel not configured for POSIX message queues" "by its limits, too"
ipcrm --all=pmsg

# An ordinary user.
if as_user true 2>/dev/null; then
	as_user ipcmk -m 10 -q -s -n mine -p 600 >/dev/null
	ipcmk -m 10 -q -s -n yours -p 600 >/dev/null
	is "$(as_user ipcs -MQS | awk '$NF == "mine" {print $2}' | tr '\n' ' ')" "600 600 600 " "one's own objects"
	is "$(as_user ipcs -Q | awk '$NF == "yours" {$1 = $1; print}')" "root 600 - - - - yours" \
		"U44: a queue that one may not read is listed, without what it does not tell"
	is "$(as_user ipcs -S | awk '$NF == "yours" {$1 = $1; print}')" "root 600 - glibc yours" "a semaphore as well"
	run as_user ipcrm --posix-shmem yours --posix-mqueue yours --posix-semaphore yours
	is "$code:$err" "1:ipcrm: permission denied for name \`yours'
ipcrm: permission denied for name \`yours'
ipcrm: permission denied for name \`yours'" "others' objects stay"
	run as_user ipcrm --all=posix
	is "$code:$(ipcs -MQS | awk '$NF == "mine"'):$(ipcs -MQS | grep -c yours)" "1::3" "--all takes one's own"
	is "$err" "ipcrm: 1 POSIX message queue not removed: Operation not permitted
ipcrm: 1 POSIX shared memory segment not removed: Operation not permitted
ipcrm: 1 POSIX semaphore not removed: Operation not permitted" "and counts the others"
else
	skip "an ordinary user" "this user cannot become another"
fi
ipcrm --all=posix

# Without /dev/shm.
mount -t tmpfs none /dev
run ipcs -MS
is "$code:$err" "0:ipcs: there is no /dev/shm, so there is no POSIX shared memory
ipcs: there is no /dev/shm, so there are no POSIX semaphores" "without /dev/shm there is nothing, with a note"
run ipcmk -m 1 -n x
is "$code:$err" "1:ipcmk: create POSIX shared memory failed: No such file or directory: there is no /dev/shm" \
	"and nothing can be made"
run ipcrm --posix-shmem x
is "$code:$err" "1:ipcrm: name \`x' not found" "or removed"
run ipcmk -q -n x
is "$code:$out" "0:POSIX message queue name: x" "queues need no mount"
run ipcrm -v --posix-mqueue x
is "$code:$out" "0:removing POSIX message queue \`/x'" "at all"
mkdir /dev/shm
run ipcmk -m 1 -n x
is "$code:$(stat -c %s /dev/shm/x)" 0:1 "nor does a segment: a folder will do"
finish
