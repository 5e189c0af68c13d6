#!/bin/sh
# SPDX-License-Identifier: 0BSD
# An object that cannot be removed again is named in a message.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
[ -c /dev/full ] || skip_all "there is no /dev/full"

objects() {
	awk 'FNR > 1 {print FILENAME}' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | sed 's/.*\///'
	ls /dev/shm
	ipcs -Q | awk '/ x$/ {print "queue"}'
}

# left CALLS OBJECTS MESSAGES: create one of each kind while these calls fail and nothing can be written.
left() {
	"$HELPERS/without" EPERM "$1" ipcmk -M 1 -Q -S 1 -m 1 -q -s -n x --max-messages=1 >/dev/full 2>"$scratch/err"
	is "$?:$(objects | tr '\n' ' ')" "1:$2" "V12: without $1 these are left"
	is "$(sed 's/ id [0-9]*:/ id N:/' "$scratch/err")" "$3ipcmk: write error: No space left on device" "V12: and named"
	ipcrm -a
	ipcrm --all=posix
}

why="Operation not permitted"
left msgrcv "" ""
left shmctl=0 "shm " "ipcmk: cannot undo the creation of shared memory id N: $why
"
left msgctl=0 "msg " "ipcmk: cannot undo the creation of message queue id N: $why
"
left semctl=0 "sem " "ipcmk: cannot undo the creation of semaphore id N: $why
"
# libc's mq_unlink returns EACCES for EPERM.
left mq_unlink "queue " "ipcmk: cannot undo the creation of POSIX message queue 'x': Permission denied
"
left unlinkat "sem.x x " "ipcmk: cannot undo the creation of POSIX shared memory 'x': $why
ipcmk: cannot undo the creation of POSIX semaphore 'x': $why
"

# The same for an object that could not be completed.
run prlimit --fsize=1000 "$HELPERS/without" EPERM unlinkat ipcmk -m 1M -n "$(printf 'a\033b')"
is "$code:$err" "1:ipcmk: create POSIX shared memory failed: File too large
ipcmk: cannot undo the creation of POSIX shared memory 'a\\x1bb': $why" "V12: nor is one that could not be completed"
is "$(objects | wc -l)" 1 "which is there"
finish
