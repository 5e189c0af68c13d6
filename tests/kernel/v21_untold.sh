#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Objects that could not be examined are reported, and the status says so: --check, --openmetrics and -g.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# told: the limits that are reported as unknown.
told() { echo "$err" | sed -n 's/^ipcs: the limit \(.*\) is unknown$/\1/p' | sort | tr '\n' ';'; }
# summary: the state of --check without performance data, and the lines below it.
summary() { echo "$out" | sed 's/ |.*//' | tr '\n' ';'; }
UNMOUNTED='UNKNOWN: QUEUES_MAX: no mqueue file system is mounted;'
POSIX='ipcs: POSIX message queues cannot be listed: mount an mqueue file system on /dev/mqueue'

# If everything is known, there are no messages.
ipcmk -Q -q -n one >/dev/null
run ipcs -Q --check 99
is "$code:$(summary):$err" "0:IPC OK: QUEUES_MAX 1 of 256 used (0.39%);:" "V21: known usage below the threshold is OK"
run ipcs --check 0 -q -Q
is "$code:$(summary | grep -o '[A-Z_]* [0-9]* of' | tr '\n' ' '):$err" "2:QUEUES_MAX 1 of MSGMNI 1 of :" \
	"V21: what is known and above is told"
run ipcs --openmetrics
is "$code:$(echo "$out" | grep -c '^ipc_limit\(_bytes\)\?{'):$err" "0:$(ipcs -g -r --noheadings -o LIMIT | grep -c '^[0-9][0-9]*$' | sed 's/^0$/none/'):" \
	"V21: all limits are metrics"
is "$(echo "$out" | grep -c '^ipc_objects{kind="[a-z]*"} [0-9]*$')" 6 "V21: and all kinds"

# This user may not examine POSIX queues: they are not mounted, and the user may not mount them.
mount -t tmpfs none /dev/mqueue 2>/dev/null || mkdir -p /dev/mqueue
run "$HELPERS/without" EPERM fsopen ipcs -Q --check 0
is "$code:$(summary):$err" "3:IPC UNKNOWN: QUEUES_MAX unknown;$UNMOUNTED:" \
	"V21: --check of a kind that cannot be listed"
run "$HELPERS/without" EPERM fsopen ipcs --check 100
is "$code:$(summary):$err" "3:IPC UNKNOWN: QUEUES_MAX unknown;$UNMOUNTED:" "V21: though nobody has named it"
run "$HELPERS/without" EPERM fsopen ipcs --check 9 -Q -q
is "$code:$(summary):$err" "3:IPC UNKNOWN: QUEUES_MAX unknown;$UNMOUNTED:" "V21: beside one that is known"
echo 1 >/proc/sys/kernel/msgmni
run "$HELPERS/without" EPERM fsopen ipcs --check 9 -Q -q
is "$code:$(summary):$err" "2:IPC CRITICAL: MSGMNI 1 of 1 used (100.00%), 1 more;$UNMOUNTED:" \
	"V21: what is found counts more"
run "$HELPERS/without" EPERM fsopen ipcs --openmetrics
is "$code:$(echo "$out" | grep -c 'QUEUES_MAX\|"pmsg"'):$(echo "$out" | tail -n 1):$err" "1:1:# EOF:$POSIX" "V21: --openmetrics"
run "$HELPERS/without" EPERM fsopen ipcs -g -r -o RESOURCE,USED --noheadings
is "$code:$(echo "$out" | grep QUEUES_MAX):$err" "1:QUEUES_MAX -:$POSIX" "V21: -g"
run "$HELPERS/without" EPERM fsopen ipcs -g -J
is "$code:$(echo "$out" | tail -n 1):$err" "1:\"complete\":false}:$POSIX" "V21: -g -J"

# Shared memory is measured in its own directory.
mount -t tmpfs -o size=1M none /dev/shm
head -c 900000 /dev/zero >/dev/shm/big
run ipcs -M --check 50
is "$code:$(echo "$out" | cut -d ' ' -f 1-3):$err" "2:IPC CRITICAL: DEV_SHM:" "V21: DEV_SHM is known"
umount /dev/shm

# Without /proc, the limits of POSIX queues are unknown; those of System V are available by system calls.
if plain; then
	mount -t tmpfs none /proc
	run ipcs -Q --check 0
	is "$code:$(summary):$err" "3:IPC UNKNOWN: QUEUES_MAX unknown;UNKNOWN: QUEUES_MAX: its limit is unknown;:" \
		"V21: --check of POSIX queues without /proc"
	run ipcs -q -s --check 99
	is "$code:$(summary):$err" "2:IPC CRITICAL: MSGMNI 1 of 1 used (100.00%);:" "V21: of System V kinds"
	run prlimit --msgqueue=819200 ipcs -Q --openmetrics
	is "$code:$(told)" "1:MSGSIZE_DEFAULT;MSGSIZE_MAX;MSG_DEFAULT;MSG_MAX;QUEUES_MAX;" \
		"V21: --openmetrics without /proc"
	is "$(echo "$out" | grep '^ipc_')" 'ipc_limit_bytes{resource="MSGQUEUE"} 819200
ipc_used{resource="QUEUES_MAX"} 1
ipc_objects{kind="pmsg"} 1
ipc_messages{kind="pmsg"} 0
ipc_bytes{kind="pmsg"} 0' "V21: with what is known"
	umount /proc
fi
finish
