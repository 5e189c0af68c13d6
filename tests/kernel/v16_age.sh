#!/bin/sh
# SPDX-License-Identifier: 0BSD
# V16: an attached segment is in use, so its age is 0, and --older-than does not select it.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
ipcmk -M 1 >/dev/null
ipcmk -M 2 >/dev/null
first=$(awk 'NR == 2 {print $2}' /proc/sysvipc/shm)
second=$(awk 'NR == 3 {print $2}' /proc/sysvipc/shm)
"$HELPERS/use" attach "$first" 1 >"$scratch/pid" &
await 20 test -s "$scratch/pid"
"$HELPERS/use" attach "$second" 1 >"$scratch/other" &
await 20 test -s "$scratch/other"
ended "$(cat "$scratch/other")"
sleep 2.1
run ipcs -m -r --noheadings -o ID,AGE
is "$code:$(echo "$out" | grep -c "^$first 0$"):$(echo "$out" | grep -c "^$second [2-9]$")" "0:1:1" "V16: an attached segment has age 0"
is "$(ipcs -m -r --noheadings -o ID --older-than 1s)" "${second:-made}" "V16: ipcs selects a segment that is no longer attached"
run ipcrm -v --shm --older-than 1s
is "$code:$(echo "$out" | wc -l):$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm)" "0:1:${first:-made}" "V16: and ipcrm removes that alone"
ended "$(cat "$scratch/pid")"
finish
