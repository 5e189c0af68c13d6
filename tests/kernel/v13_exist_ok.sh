#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcmk --exist-ok reuses an object that is as good as a new one: same owner and mode, and at least as large.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
as_user true 2>/dev/null || skip_all "this user cannot become another"
chmod 1777 /dev/shm
cp "$IPCBOX" "$scratch/ipcbox"
for applet in ipcmk ipcrm ipcs; do ln -s ipcbox "$scratch/$applet"; done
chmod 755 "$scratch" "$scratch/ipcbox"
PATH=$scratch:$PATH

all() { cat /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem; ls -l --time-style=+ /dev/shm; ipcs -Q; }

# refused MESSAGE ARGUMENT...: ipcmk --exist-ok fails with this message and changes nothing.
refused() {
	refused_as=$1
	shift
	before=$(all)
	run ipcmk "$@" --exist-ok
	is "$code:$out:${err##*: its }:$(all)" "1::$refused_as):$before" "V13: ipcmk $* is refused, and changes nothing"
}

# existed: the status and the errors of ipcmk -J, and the number of objects that it reports as existing.
existed() { echo "$code:$err:$(echo "$out" | grep -c '"existed":true}')"; }

# Another user created the object first.
as_user ipcmk -M 100 -S 2 -Q svc -p 666 >/dev/null
as_user ipcmk -m 100 -s -q -n svc -p 666 --max-messages=1 >/dev/null
for what in "-M 100" "-S 2" -Q; do
	# shellcheck disable=SC2086
	refused "owner is 65534, not 0" $what svc -p 600
	# shellcheck disable=SC2086
	refused "owner is 65534, not 0" $what svc -p 666
done
for what in "-m 100" -s -q; do
	# shellcheck disable=SC2086
	refused "owner is 65534, not 0" $what -n svc -p 600
	# shellcheck disable=SC2086
	refused "owner is 65534, not 0" $what -n svc -p 666
	# shellcheck disable=SC2086
	run as_user ipcmk $what -n svc -p 666 --exist-ok -J
	is "$(existed)" "0::1" "V13: its owner may reuse $what"
done
run ipcmk -M 100 -S 2 -Q svc -p 666 --owner 65534 --exist-ok -J
is "$(existed)" "0::3" "V13: --owner names an acceptable owner"
run ipcmk -m 100 -s -q -n svc -p 666 --owner 65534:65534 --exist-ok -J
is "$(existed)" "0::3" "V13: and so for POSIX objects"
refused "group is 65534, not 0" -M 100 svc -p 666 --owner 65534:0
refused "group is 65534, not 0" -q -n svc -p 666 --owner 65534:0
ipcrm -a
ipcrm --all=posix

# The creator of a System V object keeps owner rights to it even after giving it away.
cp "$HELPERS/sysv" "$scratch/"
for what in "shm:-M 100" msg:-Q "sem:-S 2"; do
	# shellcheck disable=SC2086
	id=$(as_user ipcmk ${what#*:} svc -p 600 --id-only)
	as_user sysv give "${what%%:*}" "$id" 0
	# shellcheck disable=SC2086
	refused "creator is 65534, not 0" ${what#*:} svc -p 600
done
ipcrm -a

# Objects of the same user that differ from the request.
ipcmk -M 100 -S 2 -Q svc -p 640 >/dev/null
ipcmk -m 100 -s -q -n svc -p 640 --max-messages 5 --message-size 64 >/dev/null
for what in "-M 100" "-S 2" -Q; do
	# shellcheck disable=SC2086
	refused "mode is 0640, not 0600" $what svc -p 600
	# shellcheck disable=SC2086
	refused "mode is 0640, not 0644" $what svc
done
for what in "-m 100" -s -q; do
	# shellcheck disable=SC2086
	refused "mode is 0640, not 0600" $what -n svc -p 600
done
refused "size is 100, less than 101" -M 101 svc -p 640
refused "number of semaphores is 2, less than 3" -S 3 svc -p 640
refused "size is 100, less than 101" -m 101 -n svc -p 640
refused "maximum number of messages is 5, less than 6" -q -n svc -p 640 --max-messages 6
refused "message size is 64, less than 65" -q -n svc -p 640 --message-size 65
echo 100000 >/proc/sys/kernel/msgmnb
refused "capacity is 16384, less than 100000" -Q 16 svc 0640 --message-size 6250
echo 16384 >/proc/sys/kernel/msgmnb
run ipcmk -Q 16 svc 0640 --exist-ok -J
is "$(existed)" "0::1" "V13: a queue of the default capacity holds any number that may be asked for"
run ipcmk -M 1 -S 1 -Q svc -p 640 --exist-ok -J
is "$(existed)" "0::3" "V13: JSON shows which objects existed"
run ipcmk -m 1 -s -q -n svc -p 640 --max-messages 5 --message-size 64 --exist-ok -J
is "$(existed)" "0::3" "V13: of POSIX objects, too"
ipcrm -Q svc
ipcrm --posix-mqueue svc
run ipcmk -M 1 -S 1 -Q svc -p 640 --exist-ok -J
is "$code:$err:$(echo "$out" | sed -n '/"queues/,/^]/p' | grep -c '"existed":false}')" "0::1" "V13: and what is new"
run ipcmk -m 1 -s -q -n svc -p 640 --max-messages=1 --exist-ok -J
is "$code:$err:$(echo "$out" | sed -n '/"posix_queues/,/^]/p' | grep -c '"existed":false}')" "0::1" "V13: of POSIX objects, too"
if command -v python3 >/dev/null; then
	printf '%s\n' "$out" | python3 -c 'import json, sys; o = json.load(sys.stdin); assert [o[k][0]["existed"] for k in o if k.startswith("posix")] == [True, False, True]'
	ok $? "V13: as JSON"
fi

# An ordinary user can examine queues without their file system.
umount /dev/mqueue 2>/dev/null
as_user ipcmk -q -n own -p 600 --max-messages=1 >/dev/null
run as_user ipcmk -q -n own -p 600 --exist-ok -J
is "$(existed)" "0::1" "V13: a queue of one's own"
run as_user ipcmk -q -n own --exist-ok
is "$code:${err##*: its }" "1:mode is 0600, not 0644)" "V13: with another mode"
run as_user ipcmk -q -n svc -p 640 --exist-ok
is "$code:$err" "1:ipcmk: create POSIX message queue failed: cannot examine the existing object: Permission denied" \
	"V13: what cannot be looked at is not taken"
ipcrm --all=posix
ipcrm -a

# Two runs that create the same object at the same time both succeed, and reuse only complete objects.
racer() {
	i=0
	while [ $i -lt 60 ]; do
		ipcmk -M 100 -Q 4 -S 3 race --value 7 --owner 65534:65534 -p 604 --exist-ok 2>&1
		ipcmk -m 100 -q -s -n race --max-messages=1 --owner 65534:65534 -p 604 --exist-ok 2>&1
		echo "$?"
		i=$((i + 1))
	done >"$scratch/race.$1"
}
remover() {
	i=0
	while [ $i -lt 60 ]; do
		ipcrm --posix-shmem race --posix-mqueue race --posix-semaphore race 2>/dev/null
		i=$((i + 1))
	done
}
racer 1 &
racer 2 &
remover &
wait
# Each round of a racer reports six objects and its status.
told='^Shared\|^Message\|^Semaphore\|^POSIX'
cat "$scratch/race.1" "$scratch/race.2" >"$scratch/race"
unasked=$(grep -v -e '^0$' -e "$told" "$scratch/race" | sort | uniq -c)
is "$unasked:$(grep -c '^0$' "$scratch/race"):$(grep -c "$told" "$scratch/race")" ":120:720" \
	"V13: racers that set owner, capacity and values never fail"
finish
