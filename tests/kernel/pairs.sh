#!/bin/sh
# SPDX-License-Identifier: 0BSD
# No option is ignored: each changes the effect of every other one, or the pair is an error, or pairs.allowed says why.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm
{ echo 2 >/proc/sys/fs/mqueue/msg_default && echo 128 >/proc/sys/fs/mqueue/msgsize_default; } 2>/dev/null

# For ipcs, a namespace in which each option has an effect: two owners, sizes, states and uses of each kind.
"$HELPERS/populate" messages
ipcmk -M 4096 -k 0x11 -p 600 >/dev/null
ipcmk -M 10000 -k 0x12 --owner 7001:7002 --lock >/dev/null
ipcmk -M 5000 >/dev/null
ipcmk -M 6000 >/dev/null
ipcmk -Q -k 0x11 -p 600 >/dev/null
ipcmk -Q --owner 7001:7002 >/dev/null
ipcmk -S 3 -k 0x11 -p 600 --value 1,2,3 >/dev/null
ipcmk -S 1 --owner 7001:7002 >/dev/null
ipcmk -m 3000 -q -s -n one -p 600 >/dev/null
ipcmk -m 30 -q -s -n two --owner 7001:7002 >/dev/null
users=
for use in "attach 2 1" "attach 3 1" "receive 2" "map /dev/shm/one" "queue /one"; do
	# shellcheck disable=SC2086
	"$HELPERS/use" $use >"$scratch/pid" &
	users="$users $!"
	await 10 test -s "$scratch/pid"
	: >"$scratch/pid"
done
# A segment that is marked for removal but still attached.
ipcrm -m 3
is "$(ipcs -m --dest --noheadings | wc -l):$(ipcs -A --attached | grep -c '(use)')" "1:4" "the namespace is as it should be"

for applet in ipcs ipcmk ipcrm; do
	/usr/bin/python3 "$SOURCE/tests/kernel/pairs.py" "$applet" "${0%.sh}.allowed" >"$scratch/pairs" 2>&1
	ok $? "$applet: $(grep -c '^heard' "$scratch/pairs") options beside each other"
	grep -v '^heard' "$scratch/pairs" | sed 's/^/# /' | head -n "${PAIRS_SHOWN:-20}"
done
# shellcheck disable=SC2086
ended $users
finish
