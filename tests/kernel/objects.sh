#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Make, list and remove real objects, and only those that were meant.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

objects() { cat /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | grep -vc key; }

run ipcmk -M 1.5K -Q -S 4 -p 640
is "$code:$out" "0:Shared memory id: 0
Message queue id: 0
Semaphore id: 0" "one of each"
is "$(awk 'NR == 2 {print $3, $4}' /proc/sysvipc/shm)" "640 1536" "size and mode of the segment"
is "$(awk 'NR == 2 {print $3, $4}' /proc/sysvipc/sem)" "640 4" "size and mode of the set"
is "$(awk 'NR == 2 {print $3}' /proc/sysvipc/msg)" "640" "mode of the queue"
is "$(awk 'FNR == 2 && $1 == 0' /proc/sysvipc/*)" "" "no key is 0"
is "$(cut -c 1-12 /proc/sysvipc/* | grep -v key | sort -u | wc -l)" 3 "the keys differ"

shm_key=$(ipcs -m | awk '/^0x/ {print $1}')
run ipcrm -v -M "$shm_key" -q 0 -s 0
is "$code:$out" "0:removing shared memory segment id \`0'
removing message queue id \`0'
removing semaphore id \`0'" "removed by key and by id"
is "$(objects)" 0 "all gone"

for mode in 0:0 600:600 0777:777 u=rw,go=:600 g+w:664 rw-r-----:640 a-r:200; do
	ipcmk -Q -p "${mode%%:*}" >/dev/null
	is "$(awk 'END {print $3}' /proc/sysvipc/msg)" "${mode#*:}" "mode ${mode%%:*}"
done
ipcrm --all=msg

# DEFECTS U3 to U6, U14, B1, T1 on real objects: nothing but what is named goes.
"$HELPERS/populate" each 3
"$HELPERS/populate" keys
before=$(objects)
for wrong in "shm ''" "shm 4294967296" "shm -4294967295" "-m 4294967296" "-M 0x1ffffffff" "-Q 4294967297" \
	"-a shm" "--all shm" "-q 0 -Z" "-q 1 junk" "-s 0 -m 0x0" "-S ''" "-M 0" "-a -m" "sem 0 x" "-m ' 1'" \
	"-m +1" "--all=foo" "-a=" "-v"; do
	eval "run ipcrm $wrong"
	is "$code:$(objects)" "1:$before" "ipcrm $wrong"
done

# DEFECTS U13: all or nothing.
run ipcmk -M 1 -Q -S 99999999
is "$code:$out:$(objects)" "1::$before" "ipcmk with a set that is too large makes nothing"
for wrong in "-M 0" "-M 16E" "-S 0" "-S -1" "-Q -p 1777" "-Q -p 888" "-Q foo bar" "" "-M 1 -S x"; do
	eval "run ipcmk $wrong"
	is "$code:$(objects)" "1:$before" "ipcmk $wrong"
done

# Limits of this namespace.
echo 16 >/proc/sys/kernel/msgmni
while ipcmk -Q >/dev/null 2>&1; do :; done
run ipcmk -M 1 -Q
is "$code:$err" "1:ipcmk: create message queue failed: No space left on device (the limit msgmni is reached)" \
	"a full namespace"
is "$(grep -vc key /proc/sysvipc/msg)" 16 "up to the limit"

# DEFECTS U17.
ipcrm --all=msg --all=sem
is "$(awk 'FNR > 1' /proc/sysvipc/msg /proc/sysvipc/sem)" "" "each --all counts"
ipcrm -a
is "$(objects)" 0 "--all"
run ipcrm -a
is "$code:$out:$err" "0::" "--all of nothing"

# A segment in use lives on, without its key, until it is detached.
held=$("$HELPERS/populate" status) || skip_all "cannot lock segments"
is "$(ipcs -m | awk '/dest/ {n++} END {print n}')" 2 "dest"
run ipcrm --all=shm
is "$code" 0 "--all of segments in use"
is "$(ipcs -m | awk '/dest/ {n++} END {print n}')" 2 "what is in use stays"
# shellcheck disable=SC2086
kill $held
emptied
ok $? "and goes with its last user"
finish
