#!/bin/sh
# SPDX-License-Identifier: 0BSD
# What could not be looked at is told, and the status says so: --check, --openmetrics and -g.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# told RUN...: the resources and kinds that are said not to be known.
told() { echo "$err" | sed -n 's/^ipcs: cannot tell //p' | sort | tr '\n' ';'; }
POSIX='ipcs: POSIX message queues cannot be listed: mount an mqueue file system on /dev/mqueue'

# Where all can be told, nothing is said.
ipcmk -Q -q -n one >/dev/null
run ipcs -Q --check 99
is "$code:$out:$err:$(ipcs -Q -g -r --noheadings -o RESOURCE | grep -c QUEUES_MAX)" 0:::1 \
	"V21: what is known and below is silent"
run ipcs --check 0 -q -Q
is "$code:$(echo "$out" | cut -d : -f 1 | tr '\n' ' '):$err" "3:MSGMNI QUEUES_MAX :" "V21: what is known and above is told"
run ipcs --openmetrics
is "$code:$(echo "$out" | grep -c '^ipc_limit{'):$err" "0:$(ipcs -g -r --noheadings -o LIMIT | grep -c '^[0-9][0-9]*$' | sed 's/^0$/none/'):" \
	"V21: all limits are metrics"
is "$(echo "$out" | grep -c '^ipc_objects{kind="[a-z]*"} [0-9]*$')" 6 "V21: and all kinds"

# Nobody may look at POSIX queues: none are mounted, and this user may not mount them.
mount -t tmpfs none /dev/mqueue 2>/dev/null || mkdir -p /dev/mqueue
run "$HELPERS/without" EPERM fsopen ipcs -Q --check 0
is "$code:$out:$err" "1::ipcs: cannot tell how much of QUEUES_MAX is in use: no mqueue file system is mounted" \
	"V21: --check of a kind that cannot be listed"
run "$HELPERS/without" EPERM fsopen ipcs --check 100
is "$code:$out:$(told)" "1::how much of QUEUES_MAX is in use: no mqueue file system is mounted;" "V21: though nobody has named it"
run "$HELPERS/without" EPERM fsopen ipcs --check 9 -Q -q
is "$code:$out:$(told)" "1::how much of QUEUES_MAX is in use: no mqueue file system is mounted;" "V21: beside one that is known"
echo 1 >/proc/sys/kernel/msgmni
run "$HELPERS/without" EPERM fsopen ipcs --check 9 -Q -q
is "$code:$out:$(told)" "3:MSGMNI: 1 of 1 used, 100.00%:how much of QUEUES_MAX is in use: no mqueue file system is mounted;" \
	"V21: what is found counts more"
run "$HELPERS/without" EPERM fsopen ipcs --openmetrics
is "$code:$(echo "$out" | grep -c 'QUEUES_MAX\|"pmsg"'):$(echo "$out" | tail -n 1):$err" "1:1:# EOF:$POSIX" "V21: --openmetrics"
run "$HELPERS/without" EPERM fsopen ipcs -g -r -o RESOURCE,USED --noheadings
is "$code:$(echo "$out" | grep QUEUES_MAX):$err" "1:QUEUES_MAX -:$POSIX" "V21: -g"
run "$HELPERS/without" EPERM fsopen ipcs -g -J
is "$code:$(echo "$out" | tail -n 1):$err" "1:\"complete\":false}:$POSIX" "V21: -g -J"

# Shared memory is measured where it lies.
mount -t tmpfs -o size=1M none /dev/shm
head -c 900000 /dev/zero >/dev/shm/big
run ipcs -M --check 50
is "$code:$(echo "$out" | cut -d ' ' -f 1):$err" "3:DEV_SHM::" "V21: DEV_SHM is told"
umount /dev/shm

# Without /proc, the limits of POSIX queues are not to be had; those of System V are, by calls.
if plain; then
	mount -t tmpfs none /proc
	run ipcs -Q --check 0
	is "$code:$out:$err" "1::ipcs: cannot tell how much of QUEUES_MAX is in use: the limit is not known" \
		"V21: --check of POSIX queues without /proc"
	run ipcs -q -s --check 99
	is "$code:$out:$(told)" "3:MSGMNI: 1 of 1 used, 100.00%:" "V21: of System V kinds"
	run prlimit --msgqueue=819200 ipcs -Q --openmetrics
	is "$code:$(told)" "1:the limit MSGSIZE_DEFAULT;the limit MSGSIZE_MAX;the limit MSG_DEFAULT;the limit MSG_MAX;the limit QUEUES_MAX;" \
		"V21: --openmetrics without /proc"
	is "$(echo "$out" | grep '^ipc_')" 'ipc_limit{resource="MSGQUEUE"} 819200
ipc_used{resource="QUEUES_MAX"} 1
ipc_objects{kind="pmsg"} 1
ipc_messages{kind="pmsg"} 0
ipc_bytes{kind="pmsg"} 0' "V21: with what is known"
	umount /proc
fi
finish
