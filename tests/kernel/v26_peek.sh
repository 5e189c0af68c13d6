#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Messages take as much memory as they have bytes, not as much as their queue may hold.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# send KEY LENGTH...
send() {
	/usr/bin/python3 -c 'import ctypes, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
for length in map(int, sys.argv[2:]):
    if libc.msgsnd(libc.msgget(int(sys.argv[1]), 0), struct.pack("l", 1) + b"x" * length, length, 0) != 0:
        sys.exit("msgsnd: %d" % ctypes.get_errno())' "$@"
}
[ -x /usr/bin/python3 ] || skip_all "python3 is not installed"
sizes() { echo "$out" | sed -n 's/^message [0-9]* type=1 size=//p' | tr '\n' ' '; }

echo 2147483647 >/proc/sys/kernel/msgmnb
echo 16777216 >/proc/sys/kernel/msgmax
ipcmk -Q -k 1 >/dev/null
send 1 3 0 4096 4097 5 || ok 1 "V26: send"
id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/msg)
is "$(ipcs -q -i "$id" | tr '\t' '\n' | grep qbytes)" "qbytes=2147483647" "V26: a queue that may hold much"
run ipcs -q -i "$id" --peek
is "$code:$(sizes):$err" "0:3 0 4096 4097 5 :" "V26: its messages"
if plain; then
	run prlimit --data=65536000 --as=65536000 ipcs -q -i "$id" --peek
	is "$code:$(sizes):$err" "0:3 0 4096 4097 5 :" "V26: in little memory"
fi
send 1 16777216 1 || ok 1 "V26: send"
run ipcs -q -i "$id" --peek -J -o id
is "$code:$(echo "$out" | grep -o '"size":[0-9]*' | tr '\n' ' '):$err" \
	'0:"size":3 "size":0 "size":4096 "size":4097 "size":5 "size":16777216 "size":1 :' "V26: a large one"
finish
