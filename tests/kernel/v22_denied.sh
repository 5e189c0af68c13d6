#!/bin/sh
# SPDX-License-Identifier: 0BSD
# An object that may not be examined is not absent: it is counted, and no list without it is complete.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
as_user true 2>/dev/null || skip_all "this user cannot become another"
mount -t mqueue none /dev/mqueue 2>/dev/null || {
	mkdir -p /dev/mqueue
	mount -t mqueue none /dev/mqueue
}
chmod 755 "$scratch"
cp "$IPCBOX" "$scratch/ipcbox"
# user APPLET ARGUMENT...
# shellcheck disable=SC2317
user() { as_user "$scratch/ipcbox" "$@"; }

printf 1 >/dev/shm/one
printf 2 >/dev/shm/two
printf 3 >/dev/shm/sem.three
mkdir /dev/shm/folder
chmod 666 /dev/shm/one /dev/shm/two /dev/shm/sem.three
# The limit on the space of queues is per user on the whole machine.
prlimit --pid $$ --msgqueue=unlimited:unlimited 2>/dev/null
ipcmk -q -n queue -p 666 --max-messages 1 --message-size 16 >/dev/null

# A directory that may be read but not searched: only the names of its entries are known.
chmod 744 /dev/shm
segments="POSIX shared memory segments"
run user ipcs -M
is "$code:$err" "1:ipcs: 3 $segments not shown: Permission denied" "V22: hidden segments are counted"
run user ipcs -S
is "$code:$err" "1:ipcs: 4 POSIX semaphores not shown: Permission denied" \
	"V22: so are semaphores, which other names may be as well"
run user ipcs -M -J
is "$code:$(echo "$out" | tr -d '\n')" '1:{"version":1,"posix_shmems":[],"complete":false}' "V22: and JSON is not complete"
run user ipcs -M --csv
is "$code" 1 "V22: in each form"
for totals in -u "-u -J" -g --openmetrics "--check 0"; do
	# shellcheck disable=SC2086
	run user ipcs -M $totals
	test "$code" -ne 0
	ok $? "V22: ipcs -M $totals does not pass for all"
	test "$(echo "$out$err" | grep -c 'Permission denied')" -gt 0
	ok $? "V22: and says why"
done
run user ipcs -M -N one
is "$code:$out$err" "1:ipcs: cannot access name one: Permission denied" "V22: one by its name"
run user ipcs -M -N one -J
is "$code:$(echo "$out" | tr -d '\n')" '1:{"version":1,"posix_shmems":null,"complete":false}' "V22: and in JSON it is not absent"
run user ipcs -S -N three
is "$code:$out$err" "1:ipcs: cannot access name three: Permission denied" "V22: a semaphore by its name"
for dry in "" -n; do
	run user ipcrm $dry --all=pshm
	is "$code:$err" "1:ipcrm: 3 $segments not removed: Permission denied" "V22: ipcrm $dry --all=pshm gives the true reason"
	run user ipcrm $dry --all=psem
	is "$code:$err" "1:ipcrm: 4 POSIX semaphores not removed: Permission denied" "V22: ipcrm $dry --all=psem"
	run user ipcrm $dry --pshm --user root
	is "$code:$err" "1:ipcrm: 3 $segments not removed: Permission denied" "V22: ipcrm $dry --pshm: may be selected"
	run user ipcrm $dry --posix-shmem one --posix-semaphore three
	is "$code:$err" "1:ipcrm: permission denied for name \`one'
ipcrm: permission denied for name \`three'" "V22: ipcrm $dry by name"
done
run user ipcrm -J --all=pshm
is "$code:$(echo "$out" | grep -o '"complete":.*')" '1:"complete":false}' "V22: and JSON is not complete"

# A directory that may be searched but not read: no list, but names are found.
chmod 711 /dev/shm
run user ipcs -M -S
is "$code:$err" "1:ipcs: cannot open /dev/shm: Permission denied
ipcs: cannot open /dev/shm: Permission denied" "V22: a folder that may not be read"
run user ipcs -M -J
is "$code:$(echo "$out" | tr -d '\n')" '1:{"version":1,"posix_shmems":null,"complete":false}' "V22: is no empty one"
run user ipcs -M -N one
is "$code:$err:$(echo "$out" | grep -o 'name=.*')" "0::name=one" "V22: names in it are found"
run user ipcs -S -N three
is "$code:$err:$(echo "$out" | grep -o 'name=.*')" "0::name=three" "V22: those of semaphores, too"
chown 65534:65534 /dev/shm/one /dev/shm/sem.three
chmod 1733 /dev/shm
run user ipcrm --posix-shmem one --posix-semaphore three
is "$code:$err:$(ls /dev/shm)" "0::folder
two" "V22: and removed"
run user ipcrm --posix-shmem two
is "$code:$err" "1:ipcrm: permission denied for name \`two'" "V22: others' are not"

# Queues, for users who see only the common mount.
chmod 744 /dev/mqueue
run user ipcs -Q
is "$code:$err" "1:ipcs: 1 POSIX message queue not shown: Permission denied" "V22: hidden queues are counted"
run user ipcs -Q -J
is "$code:$(echo "$out" | tr -d '\n')" '1:{"version":1,"posix_queues":[],"complete":false}' "V22: and JSON is not complete"
run user ipcs -Q -u
test "$code" -ne 0
ok $? "V22: nor is the sum of them"
run user ipcs -Q -N queue
is "$code:$out$err" "1:ipcs: cannot access name queue: Permission denied" "V22: a queue by its name"
run user ipcrm --all=pmsg
is "$code:$err" "1:ipcrm: 1 POSIX message queue not removed: Permission denied" "V22: ipcrm --all=pmsg"
chmod 711 /dev/mqueue
run user ipcs -Q
is "$code:$err" "1:ipcs: cannot open /dev/mqueue: Permission denied" "V22: a mount that may not be read"
is "$(ipcs -Q --noheadings -o NAME)" queue "V22: the queue is there"
finish
