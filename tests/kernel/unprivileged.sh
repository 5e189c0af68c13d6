#!/bin/sh
# SPDX-License-Identifier: 0BSD
# What an ordinary user can see and do.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
as_user true 2>/dev/null || skip_all "this user cannot become another"

# The build may be in a directory that only its owner can access.
cp "$IPCBOX" "$scratch/ipcbox"
cp "$HELPERS/without" "$scratch/without"
chmod 755 "$scratch" "$scratch/ipcbox" "$scratch/without"
for applet in ipcmk ipcrm ipcs; do ln -s ipcbox "$scratch/$applet"; done
PATH=$scratch:$PATH

# By system calls, a 32-bit program sees no limit above the range of its words.
if [ "$PROGRAM" = i386 ]; then
	echo 1073741824 >/proc/sys/kernel/shmmax
	echo 262144 >/proc/sys/kernel/shmall
fi
ipcmk -M 4096 -Q -S 2 -p 600 >/dev/null
# telling: the number of lines about one of the three objects, or about a limit.
telling() {
	grep -cE -e '^(0x[0-9a-f]{8} )?0 +(root +600|root|600 +root) ' -e '^[A-Z].* (shm|msq|sem)id=0$' \
		-e '^(allocated queues = 1|segments allocated 1|used arrays = 1)$' \
		-e '^(max|min|default|semaphore) .* = [0-9]+$'
}

# alike LINES ARGUMENT...: by both sources, an ordinary user sees what root sees, with this many lines of contents.
alike() {
	lines=$1
	shift
	root=$(ipcs "$@")
	is "$(as_user ipcs "$@" | telling):$(as_user ipcs "$@")" "$lines:$root" "ipcs $* shows what root sees"
	if [ "$PROGRAM:$1" = i386:-l ]; then
		# System calls do not show this.
		root=$(echo "$root" | sed '/^max total shared/s/[0-9]*$/-/')
		lines=$((lines - 1))
	fi
	is "$(as_user ipcs --source=syscall "$@" | telling):$(as_user ipcs --source=syscall "$@")" "$lines:$root" \
		"U24, B3: ipcs --source=syscall $* too"
}

alike 3
alike 3 -t
alike 2 -p
alike 3 -c
alike 12 -l
alike 3 -u
alike 1 -m -i 0
# U25: including its capacity.
alike 1 -q -i 0
is "$(as_user without EINVAL msgctl=13 ipcs -q -i 0 | grep qbytes)" \
	"cbytes=0	qbytes=-	qnum=0	lspid=0	lrpid=0" "U25: what an old kernel does not tell is a dash"
run as_user ipcs -s -i 0
is "$code:$err" "1:ipcs: cannot read the values of semaphore set 0: Permission denied" "U26: values that may not be read"
is "$(echo "$out" | sed -n 4p)" "mode=0600, access_perms=0600" "U26: and all the rest"

run as_user without EINVAL msgctl=13 ipcs -q --source=syscall
is "$code:$err" "1:ipcs: 1 message queue not shown: Permission denied" "a list that is cut says so"

run as_user ipcrm -q 0
is "$code:$err" "1:ipcrm: permission denied for id (0)" "EPERM by id"
key=$(ipcs -q | awk '/^0x/ {print $1}')
run as_user ipcrm -Q "$key"
is "$code:$err" "1:ipcrm: permission denied for key ($key)" "U38: EPERM by key"

# DEFECTS U18: the user's own objects are removed even if unreadable, and those of others are reported once.
as_user ipcmk -M 10 -Q -S 1 -p 0 >/dev/null
run as_user ipcrm -a
is "$code:$err" "1:ipcrm: 1 message queue not removed: Operation not permitted
ipcrm: 1 shared memory segment not removed: Operation not permitted
ipcrm: 1 semaphore set not removed: Operation not permitted" "U18: --all as an ordinary user"
is "$(awk 'FNR > 1' /proc/sysvipc/* | wc -l)" 3 "U18: its own are gone, root's are there"

# DEFECTS U23: by system calls, too, the creator's group is not the creator.
setpriv --reuid=65534 --regid=2 --clear-groups ipcmk -M 10 >/dev/null
group=$(awk -F: '$3 == 2 {print $1}' /etc/group)
is "$(ipcs -m -c --source=syscall | grep -cE " 644 +[^ ]+ +${group:-2} "):$(ipcs -m -c --source=syscall)" \
	"1:$(ipcs -m -c --source=proc)" "U23: creator groups"
finish
