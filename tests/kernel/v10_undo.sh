#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcmk removes only objects that it has created, never another program's object with that name or ID.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
# shellcheck source=tests/lib/stuck.sh
. "${0%/*}/../lib/stuck.sh"
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"

# shellcheck disable=SC2317
complete() { [ "$(stat -c %a "/dev/shm/$1")" = 644 ]; }
queues() { ipcs -Q | awk '/ x$/ {print $3, $4}'; }

stuck ipcmk -m 10 -q -s -n x --max-messages=1
await complete sem.x
ok $? "one of each kind is created"
fail_stuck
is "$code:$err:$(ls /dev/shm):$(queues)" "1:ipcmk: write error: Broken pipe::" "the remaining object is removed"

stuck ipcmk -m 10 -q -s -n x --max-messages=1
await complete sem.x
rm /dev/shm/x /dev/shm/sem.x
ipcrm --posix-mqueue x
echo stranger >/dev/shm/x
echo another >/dev/shm/sem.x
"$HELPERS/posix" mq /x 2
fail_stuck
is "$code:$err" "1:ipcmk: write error: Broken pipe" "objects that somebody else made under the name are no error"
is "$err:$(cat /dev/shm/x /dev/shm/sem.x 2>&1)" "ipcmk: write error: Broken pipe:stranger
another" "V10: somebody else's files stay"
is "$(queues)" "20 2" "V10: somebody else's queue stays"
rm -f /dev/shm/x /dev/shm/sem.x
ipcrm --posix-mqueue x

stuck ipcmk -m 10 -q -s -n x --max-messages=1
await complete sem.x
rm /dev/shm/x /dev/shm/sem.x
ipcrm --posix-mqueue x
mkdir /dev/shm/x
ln -s /etc/passwd /dev/shm/sem.x
fail_stuck
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: write error: Broken pipe:sem.x
x" "V10: neither a folder nor a link goes"
rm -r /dev/shm/x /dev/shm/sem.x

stuck ipcmk -m 10 -q -s -n x --max-messages=1
await complete sem.x
rm /dev/shm/x /dev/shm/sem.x
ipcrm --posix-mqueue x
fail_stuck
is "$code:$err" "1:ipcmk: write error: Broken pipe" "V10: an object that another program has removed is no error"

stuck ipcmk -m 10 -n x
await complete x
mv /dev/shm/x /dev/shm/y
fail_stuck
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: cannot undo the creation of POSIX shared memory 'x': No such file or directory
ipcmk: write error: Broken pipe:y" "V10: what has another name now stays, and that is said"
rm /dev/shm/y

# The mode may prevent the caller from opening its own objects again.
if as_user true 2>/dev/null; then
	chmod 1777 /dev/shm
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcmk"
	stuck setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/ipcmk" -m 10 -q -s -n x --max-messages=1 -p 0
	await [ -e /dev/shm/sem.x ]
	fail_stuck
	is "$code:$err:$(ls /dev/shm):$(queues)" "1:ipcmk: write error: Broken pipe::" "V10: nor does a mode without permissions"
else
	skip "objects that may not be opened" "this user cannot become another"
fi

# Another object has the ID by then; the kernel allows choosing it to restore checkpoints.
# shellcheck disable=SC2317
there() { [ "$(awk 'FNR > 1' /proc/sysvipc/"$1" | wc -l)" = 1 ]; }
if [ -e /proc/sys/kernel/msg_next_id ]; then
	for kind in msg:-Q shm:-M1 sem:-S1; do
		stuck ipcmk "${kind#*:}" -k 0x1234
		kind=${kind%:*}
		await there "$kind"
		id=$(awk 'FNR > 1 {print $2}' "/proc/sysvipc/$kind")
		ipcrm --all="$kind"
		echo "$id" >"/proc/sys/kernel/${kind}_next_id"
		case $kind in msg) set -- -Q ;; shm) set -- -M 1 ;; *) set -- -S 1 ;; esac
		is "$(ipcmk "$@" -k 0x5678 --id-only)" "${id:-an ID}" "another $kind gets the ID"
		fail_stuck
		is "$code:$err:$(awk 'FNR > 1 {print $1, $2}' "/proc/sysvipc/$kind")" \
			"1:ipcmk: write error: Broken pipe:$((0x5678)) $id" "V10: and stays ($kind)"
		ipcrm --all="$kind"
	done
else
	skip "objects with the ID of one that is gone" "this kernel does not let IDs be chosen"
fi
finish
