#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Users and groups by name: objects of both families are selected by them and get them as owners.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck disable=SC2119
private
mount -t tmpfs none /dev/shm
mount -t mqueue none /dev/mqueue
ipcmk -s -n probe --owner 7001:7004 >/dev/null 2>&1 || skip_all "this user cannot give objects to others"
ipcrm --posix-semaphore probe

printf 'root:x:0:0::/:/bin/sh\nalice:x:7001:7004::/:\nboth:x:7002:7004::/:\n' >"$scratch/passwd"
printf 'root:x:0:\nstaff:x:7001:\nboth:x:7003:\n' >"$scratch/group"
chmod 644 "$scratch/passwd" "$scratch/group"
mount --bind "$scratch/passwd" /etc/passwd
mount --bind "$scratch/group" /etc/group

for owner in alice:staff both:both 7003:7002 both; do
	ipcmk -M 1 -Q -S 1 --owner $owner >/dev/null
done
ids() { ipcs "$@" --noheadings -r -o ID | tr '\n' ' '; }
for kind in -m -q -s; do
	is "$(ids $kind --group staff)" "0 " "ipcs $kind --group staff"
	is "$(ids $kind --group both)" "1 " "--group both is group 7003"
	is "$(ids $kind --user both)" "1 3 " "--user both is user 7002"
	is "$(ids $kind --user alice --user both)" "0 1 3 " "of two users"
	is "$(ids $kind --group root --user both)" "3 " "of a group and a user"
	run ipcs $kind --group alice
	is "$code:$out:$err" "1::ipcs: unknown group: 'alice'" "a user is no group"
	run ipcs $kind --user staff
	is "$code:$out:$err" "1::ipcs: unknown user: 'staff'" "and a group no user"
done
is "$(ipcs -q --noheadings -r -o OWNER,USER,GROUP)" "alice alice staff
both both both
7003 7003 7002
both both root" "their names in a list"
run ipcrm -v --sem --group staff
is "$code:$out" "0:removing semaphore id \`0'" "ipcrm --group"

# POSIX objects get their owners, too.
owner_of() { stat -c '%u %g %a' "$1"; }
for case in "alice:staff|7001 7001" "both:both|7002 7003" "both|7002 0" "7003:7002|7003 7002"; do
	run ipcmk -m 1 -q -s -n x -p 640 --owner "${case%|*}"
	is "$code:$(owner_of /dev/shm/x) $(owner_of /dev/mqueue/x) $(owner_of /dev/shm/sem.x)" \
		"0:${case#*|} 640 ${case#*|} 640 ${case#*|} 640" "ipcmk --owner ${case%|*}"
	is "$(ipcs -M -Q -S -r --noheadings -o KIND,UID,GID | tr '\n' ' ')" \
		"pmsg ${case#*|} pshm ${case#*|} psem ${case#*|} " "and ipcs shows them"
	ipcrm --all=posix
done
run as_user ipcmk -m 1 -n x --owner alice
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: create POSIX shared memory failed: cannot set its owner: Operation not permitted:" \
	"who may not give it away makes none"
run ipcmk -m 1 -n x --owner staff
is "$code:$err:$(ls /dev/shm)" "1:ipcmk: --owner 'staff': no such user:" "a group is no owner"
finish
