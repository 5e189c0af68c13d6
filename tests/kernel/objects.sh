#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Create, list and remove real objects, and only the intended ones.
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
is "$(awk 'FNR == 2 && $1 != 0' /proc/sysvipc/* | wc -l)" 3 "no key is 0"
is "$(cut -c 1-12 /proc/sysvipc/* | grep -v key | sort -u | wc -l)" 3 "the keys differ"

shm_key=$(ipcs -m | awk '/^0x/ {print $1}')
run ipcrm -v -M "$shm_key" -q 0 -s 0
is "$code:$out:$(objects)" "0:removing shared memory segment id \`0'
removing message queue id \`0'
removing semaphore id \`0':0" "removed by key and by id"

for mode in 0:0 600:600 0777:777 u=rw,go=:600 g+w:664 rw-r-----:640 a-r:200; do
	ipcmk -Q -p "${mode%%:*}" >/dev/null
	is "$(awk 'END {print $3}' /proc/sysvipc/msg)" "${mode#*:}" "mode ${mode%%:*}"
done
ipcrm --all=msg

# DEFECTS U3 to U6, U14, B1, T1 on real objects: only the named objects are removed.
"$HELPERS/populate" each 3
"$HELPERS/populate" keys
before=$(objects)
while IFS='|' read -r wrong why; do
	eval "run ipcrm $wrong"
	is "$code:$(echo "$err" | head -n 1):$(objects)" "1:ipcrm: $why:$before" "ipcrm $wrong"
done <<-'EOF'
	shm ''|invalid id: '' (not a decimal number)
	shm 4294967296|invalid id: 4294967296 (not a number from 0 to 2147483647)
	shm -4294967295|invalid id: -4294967295 (not a decimal number)
	-m 4294967296|failed to parse argument: '4294967296': Numerical result out of range (0 to 2147483647)
	-M 0x1ffffffff|failed to parse argument: '0x1ffffffff': Numerical result out of range
	-Q 4294967297|failed to parse argument: '4294967297': Numerical result out of range
	-a shm|unknown argument: shm
	--all shm|unknown argument: shm
	-q 0 -Z|invalid option -- 'Z'
	-q 1 junk|failed to parse argument: 'junk': not a decimal number
	-s 0 -m 0x0|failed to parse argument: '0x0': not a decimal number
	-S ''|failed to parse argument: '': not a key
	-M 0|illegal key (0)
	-a -m|option requires an argument -- 'm'
	sem 0 x|invalid id: x (not a decimal number)
	-m ' 1'|failed to parse argument: ' 1': not a decimal number
	-m +1|failed to parse argument: '+1': not a decimal number
	--all=foo|unknown argument: foo
	-a=|unknown argument: ''
	''|unknown argument: ''
	-a --max ''|--max '': not a nonnegative integer
	-v|bad usage
EOF

# DEFECTS U13: all or nothing.
run ipcmk -M 1 -Q -S 99999999
is "$code:$out:$(objects)" "1::$before" "ipcmk with a set that is too large makes nothing"
echo 1048576 >/proc/sys/kernel/shmmax
echo "250 32000 32 128" >/proc/sys/kernel/sem
while IFS='|' read -r wrong why; do
	eval "run ipcmk $wrong"
	is "$code:$(echo "$err" | head -n 1):$(objects)" "1:ipcmk: $why:$before" "ipcmk $wrong"
done <<-'EOF'
	-M 0|create shared memory failed: Invalid argument: '0' is not a size from 1 to 1048576 (kernel.shmmax)
	-M 2M|create shared memory failed: Invalid argument: '2M' is not a size from 1 to 1048576 (kernel.shmmax)
	-M 16E|failed to parse size: '16E': Numerical result out of range
	-S 0|create semaphore failed: Invalid argument: '0' is not a number from 1 to 250 (kernel.sem SEMMSL)
	-S 251|create semaphore failed: Invalid argument: '251' is not a number from 1 to 250 (kernel.sem SEMMSL)
	-S -1|failed to parse elements: '-1': not a decimal number
	-Q -p 1777|failed to parse mode: '1777': Numerical result out of range
	-Q -p 888|failed to parse mode: '888': not octal or symbolic permissions
	-Q foo bar|more than one key: 'bar'
	|bad usage
	-M 1 -S x|failed to parse elements: 'x': not a decimal number
EOF

# Limits of this namespace.
echo 16 >/proc/sys/kernel/msgmni
for _ in $(seq 17); do ipcmk -Q >/dev/null 2>&1; done
run ipcmk -M 1 -Q
is "$code:$err" "1:ipcmk: create message queue failed: No space left on device: the limit of 16 queues (kernel.msgmni) is reached" \
	"a full namespace"
is "$(grep -vc key /proc/sysvipc/msg)" 16 "up to the limit"

# DEFECTS U17.
ipcrm --all=msg --all=sem
is "$(awk 'FNR > 1' /proc/sysvipc/msg /proc/sysvipc/sem)" "" "each --all counts"
ipcrm -a
is "$(objects)" 0 "--all"
run ipcrm -a
is "$code:$out:$err:$(ipcrm -J -a | grep -cx '"removed":0,')" "0:::1" "--all of nothing"

# Of two limits, the message names the one that is the reason.
cat /proc/sys/kernel/sem >"$scratch/sem"
echo 250 10 32 2 >/proc/sys/kernel/sem
ipcmk -S 6 >/dev/null
run ipcmk -S 6
is "$code:${err##*device: }" "1:12 semaphores in total exceed the limit of 10 (kernel.sem SEMMNS)" "too many semaphores"
ipcmk -S 1 >/dev/null
run ipcmk -M 1 -S 1
is "$code:${err##*device: }:$(objects)" "1:the limit of 2 sets (kernel.sem SEMMNI) is reached:2" "too many sets"
cat "$scratch/sem" >/proc/sys/kernel/sem
ipcrm -a

# A segment in use lives on, without its key, until it is detached.
held=$("$HELPERS/populate" status) || ok 1 "populate status"
is "$(ipcs -m | awk '/dest/ {n++} END {print n}')" 2 "dest"
run ipcrm --all=shm
is "$code:$(ipcs -m | awk '/dest/ {n++} END {print n}'):$(objects)" 0:2:2 "a segment in use outlives --all"
# shellcheck disable=SC2086
ended $held
emptied
ok $? "and disappears with its last user"
finish
