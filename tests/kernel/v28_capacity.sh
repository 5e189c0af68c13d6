#!/bin/sh
# SPDX-License-Identifier: 0BSD
# A queue for N messages takes N messages, whoever creates it.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
as_user true 2>/dev/null || skip_all "this user cannot become another"

# The build may be in a directory that only its owner can access.
cp "$IPCBOX" "$scratch/ipcmk"
cp "$HELPERS/sysv" "$scratch/sysv"
chmod 755 "$scratch" "$scratch/ipcmk" "$scratch/sysv"

# takes N SIZE [OPERAND...]: an ordinary user's queue takes N messages of that size, and no more.
takes() {
	takes_n=$1
	takes_size=$2
	shift 2
	id=$(as_user "$scratch/ipcmk" --id-only -Q "$@" 2>&1)
	is "$(as_user "$scratch/sysv" send "$id" "$takes_size" 2>&1)" "$takes_n" \
		"V28: ipcmk -Q $* takes $takes_n messages of $takes_size bytes"
	ipcrm -q "$id"
}

for limits in 8192:16384 8192:65536 65536:65536 100:1000 1:1; do
	msgmax=${limits%:*}
	msgmnb=${limits#*:}
	echo "$msgmax" >/proc/sys/kernel/msgmax
	echo "$msgmnb" >/proc/sys/kernel/msgmnb
	for n in 1 2 3 5 7 10 16 17 100 127 128 129 500 777 778 1000 4095 4096 5000 5461 5462 8191 8192 8193 16383 16384; do
		[ $n -le "$msgmnb" ] || continue
		size=$((msgmnb / n))
		[ $size -le "$msgmax" ] || size=$msgmax
		# Three octal digits alone may be a mode.
		takes $n "$size" $n 0644
	done
	run as_user "$scratch/ipcmk" -Q $((msgmnb + 1)) 0644
	is "$code:$out:$err" "1::ipcmk: $((msgmnb + 1)) messages exceed the limit of $msgmnb bytes (kernel.msgmnb)" \
		"V28: more messages than the limit has bytes"
done
is "$(ipcs -q | grep -c ^key):$(ipcs -q | grep -c 0x)" 1:0 "nothing is left"

echo 8192 >/proc/sys/kernel/msgmax
echo 16384 >/proc/sys/kernel/msgmnb
# told: the status, the errors, and the number of queues that it reports.
told() { echo "$code:$err:$(echo "$out" | grep -c '^Message queue id: [0-9]*$')"; }
run ipcmk -Q 16 mymq
is "$(told)" "0::1" "V28: ipcmk -Q 16 mymq"
run ipcmk -Q 16 mymq --exist-ok
is "$(told)" "0::1" "V28: and again with --exist-ok"
ipcrm -Q mymq
run as_user "$scratch/ipcmk" -Q 16 mymq
is "$(told)" "0::1" "V28: ipcmk -Q 16 mymq by an ordinary user"
takes 16 100 --max-messages 16 --message-size 100
run as_user "$scratch/ipcmk" -Q 600
is "$code" 1 "V28: ipcmk -Q 600 may mean a mode"
run as_user "$scratch/ipcmk" -Q 17 --message-size 1K
is "$code:$err" "1:ipcmk: create message queue failed: its capacity of 17408 bytes exceeds the limit of 16384 \
(kernel.msgmnb): Operation not permitted" "V28: a message size that does not fit is an error"
finish
