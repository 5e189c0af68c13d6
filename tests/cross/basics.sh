#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The program for another machine creates, lists, selects and removes objects like that for this machine.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
[ ! -e "${IPCBOX%/*}/untrue" ] || skip_all "the emulator returns wrong values for queues"
private
mount -t tmpfs none /dev/shm
mkdir -p /dev/mqueue
mount -t mqueue none /dev/mqueue
# By system calls, a 32-bit program sees no limit above 31 bits.
echo 1073741824 >/proc/sys/kernel/shmmax
echo 262144 >/proc/sys/kernel/shmall

# qemu-user stores the receiver's PID of a queue where 64-bit programs do not look for it; and system calls do not
# show one of the limits to a 32-bit program.
told() {
	if [ "$PROGRAM" = aarch64 ]; then
		sed 's/"\{0,1\}lrpid"\{0,1\}[:=][0-9]*//'
	else
		grep -v '^max total shared memory'
	fi
}
native() { "$BUILD/ipcbox" "$@"; }
# same NAME ARGUMENT...: the list is what the program for this machine prints before or after it, as ages change.
same() {
	name=$1
	shift
	for _ in $(seq 20); do
		before=$(native ipcs "$@" | told)
		got=$(ipcs "$@" | told)
		after=$(native ipcs "$@" | told)
		[ "$before" != "$after" ] || break
	done
	is "$got" "${after:-nothing is shown}" "$name: ipcs $*"
}
objects() { awk 'FNR > 1 {n++} END {print n + 0}' /proc/sysvipc/*; }

# Creation.
run ipcmk -M 1.5K -Q -S 4 -p 640
is "$code:$out:$err" "0:Shared memory id: 0
Message queue id: 0
Semaphore id: 0:" "one of each is made"
is "$(awk 'NR == 2 {print $3, $4}' /proc/sysvipc/shm)" "640 1536" "size and mode of the segment"
is "$(awk 'NR == 2 {print $3, $4}' /proc/sysvipc/sem)" "640 4" "size and mode of the set"
is "$(awk 'NR == 2 {print $3}' /proc/sysvipc/msg)" "640" "mode of the queue"
run ipcmk -M 4096 -k 0xfedcba98 -p 600
is "$code:$(awk 'NR == 3 {print $1, $3}' /proc/sysvipc/shm)" "0:-19088744 600" "a key with its highest bit"
key=$(awk 'NR == 3 {print $2}' /proc/sysvipc/shm)
run ipcmk -M 1 -k 0xfedcba98
is "$code:$err" "1:ipcmk: create shared memory failed: File exists (key 0xfedcba98, id $key)" "which another has"
run ipcmk -M 8E
is "$code:$(objects)" "1:4" "a size above every limit"

# Lists, compared with the files of the kernel.
native ipcrm -a
for _ in 1 2; do native ipcmk -M 1.5K -Q -S 4 >/dev/null; done
for source in proc syscall; do
	is "$(ipcs -m -r --noheadings -o ID,SIZE,UID,CPID,NATTCH --source=$source)" \
		"$(awk 'FNR > 1 {print $2, $4, $8, $5, $7}' /proc/sysvipc/shm)" "segments by $source"
	is "$(ipcs -s -r --noheadings -o ID,NSEMS,UID --source=$source)" \
		"$(awk 'FNR > 1 {print $2, $4, $5}' /proc/sysvipc/sem)" "sets by $source"
	is "$(ipcs -q -r --noheadings -o ID,MSGS,UID --source=$source)" \
		"$(awk 'FNR > 1 {print $2, $5, $8}' /proc/sysvipc/msg)" "queues by $source"
	is "$(ipcs -m -r --noheadings -o CTIME --time-format epoch --source=$source)" \
		"$(awk 'FNR > 1 {print $14}' /proc/sysvipc/shm)" "times of segments by $source"
	is "$(ipcs -q -r --noheadings -o CTIME --time-format epoch --source=$source)" \
		"$(awk 'FNR > 1 {print $14}' /proc/sysvipc/msg)" "of queues"
	is "$(ipcs -s -r --noheadings -o CTIME --time-format epoch --source=$source)" \
		"$(awk 'FNR > 1 {print $10}' /proc/sysvipc/sem)" "and of sets"
done

# Lists in each form, compared with the program for this machine.
ipcrm -a
for contents in "each 20" status messages semaphores attached modes holes changed unnamed; do
	# shellcheck disable=SC2086
	held=$("$HELPERS/populate" $contents)
	rc=$?
	if [ $rc -eq 77 ]; then
		skip "$contents" "this user may not make them"
		native ipcrm -a
		continue
	fi
	ok $rc "populate $contents"
	for arg in "" "-t" "-p -J" "-c -r" -u -l "-e --human"; do
		for source in proc syscall; do
			# shellcheck disable=SC2086
			same "$contents" --source=$source $arg
		done
	done
	for kind in m q s; do
		id=$(native ipcs -$kind --noheadings -r -o ID | tail -n 1)
		[ -z "$id" ] || same "$contents" -$kind -i "$id" --source=syscall
	done
	# shellcheck disable=SC2086
	[ -z "$held" ] || kill $held
	ipcrm -a
	emptied
	ok $? "$contents: all is removed"
done

# Selections.
for size in 100 200 300; do native ipcmk -M $size >/dev/null; done
for condition in "--min-size 200" "--max-size 100" "--user root" "--user nobody" "--older-than 1h" \
	"--newer-than 1h" "--perms 644" "--unattached" "--orphaned"; do
	# shellcheck disable=SC2086
	same selection -m -r $condition
	# shellcheck disable=SC2086
	is "$(ipcrm -n --shm --min-size 1; ipcrm -n --shm $condition)" \
		"$(native ipcrm -n --shm --min-size 1; native ipcrm -n --shm $condition)" "ipcrm -n $condition"
done
is "$(ipcs -m -r --noheadings --newer-than 1h | grep -c .)" 3 "all are new"
run ipcrm -v --shm --min-size 200 --newer-than 1h
is "$code:$(echo "$out" | wc -l):$(objects)" "0:2:1" "two of them are removed"

# A queue that a live process uses is not an orphan: its start time proves that the PID still belongs to that process.
queue=$(native ipcmk -Q | sed 's/.*: //')
/usr/bin/python3 -c 'import ctypes, struct, sys, time
libc, queue = ctypes.CDLL(None), int(sys.argv[1])
message = ctypes.create_string_buffer(struct.pack("l", 1) + b"text")
libc.msgsnd(queue, message, 4, 0)
libc.msgrcv(queue, message, 4, ctypes.c_long(0), 0)
time.sleep(600)' "$queue" &
user=$!
for _ in $(seq 200); do
	[ "$(awk 'FNR > 1 {print $7}' /proc/sysvipc/msg)" = 0 ] || break
	sleep 0.05
done
is "$(awk 'FNR > 1 {print $6, $7}' /proc/sysvipc/msg)" "$user $user" "a queue that a process uses"
is "$(ipcrm -v --msg --orphaned=maybe):$(objects)" ":2" "V20: is no orphan"
mount -t tmpfs none /proc/sysvipc
out=$(ipcrm -v --msg --orphaned=maybe)
umount /proc/sysvipc
is "$out:$(objects)" ":2" "V20: nor by calls alone"
kill $user
wait $user
if [ "$PROGRAM" = i386 ]; then
	is "$(ipcrm -v --msg --orphaned=maybe 2>/dev/null):$(objects)" "removing message queue id \`$queue':1" \
		"but it may be one when that is gone"
else
	# The emulator does not support *_STAT_ANY, which identifies a kernel that records the right process IDs.
	is "$(ipcs -q -r -o ORPHAN | tail -n 1):$(ipcrm -v --msg --orphaned=maybe):$(objects)" "-::2" \
		"and when that is gone, nothing is known"
	native ipcrm -q "$queue"
fi

# Removals, and objects that stay.
run ipcrm -m 999 -Q 0x7777
is "$code:$err" "1:ipcrm: invalid key (0x7777)
ipcrm: invalid id (999)" "what is not there"
native ipcmk -Q -k 0x7777 >/dev/null
run ipcrm -v -Q 0x7777
is "$code:$out" "0:removing message queue id \`$(echo "$out" | tr -dc 0-9)'" "by key"
native ipcmk -S 3 --value 1,2,3 >/dev/null
id=$(native ipcs -s -r --noheadings -o ID)
same values -s -i "$id"
run ipcrm -v -s "$id"
is "$code:$out" "0:removing semaphore id \`$id'" "by id"
run ipcrm -a
is "$code:$out:$err:$(objects)" "0:::0" "all"

# POSIX objects.  If long is shorter, the semaphores of both libcs differ from those of this machine.
run ipcmk -m 4K -q -s -n /obj -p 666 --max-messages 1 --message-size 8
is "$code:$out" "0:POSIX shared memory name: /obj
POSIX message queue name: /obj
POSIX semaphore name: /obj" "POSIX objects are made"
is "$(stat -c '%a %s' /dev/shm/obj)" "666 4096" "a segment is a file of its size"
for arg in -M -Q "-M -J" "-Q -t" "-M -N obj" "-Q -N obj" "-Q -u" "-Q -l"; do
	# shellcheck disable=SC2086
	same POSIX $arg
done
ipcmk -s -n seven --value 7 >/dev/null
is "$(ipcs -S -r --noheadings -o NAME,SVAL | sort | tr '\n' ' ')" "obj 0 seven 7 " "semaphores with their values"
run ipcrm --posix-shmem obj --posix-mqueue /obj --posix-semaphore obj
is "$code:$out:$err:$(find /dev/shm /dev/mqueue -type f)" "0:::/dev/shm/sem.seven" "removed by name"
before=$(ls /dev/shm)
run ipcrm --all=posix
is "$before:$code:$(ls /dev/shm)" "sem.seven:0:" "and all of them"
finish
