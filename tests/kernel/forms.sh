#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Selected columns, selections, sorting, usage of limits and repetition, on real objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm

ipcmk -M 1000 -p 600 >/dev/null
ipcmk -M 3000 -p 644 >/dev/null
ipcmk -M 2000 -k 0x77 >/dev/null
ipcmk -Q -S 5 >/dev/null
ipcmk -m 500 -s -n obj >/dev/null

is "$(ipcs -m --noheadings -b -o id,size --sort size:desc)" "1 3000
2 2000
0 1000" "columns in either case, sorted downwards"
is "$(ipcs -m -r -o ID,SIZE --sort=size --rows=2)" "ID SIZE
0 1000
2 2000" "raw, the first two"
is "$(ipcs -m -e -o KEY,ID --key 0x77)" 'KEY="0x00000077" ID="2"' "export"
is "$(ipcs -m -n -o KEY,ID --key 0x77)" 'KEY="0x00000077"
ID="2"' "a line a column"
is "$(ipcs -m -n -o ID | tr '\n' ' ')" 'ID="0"  ID="1"  ID="2" ' "and an empty line between records"
is "$(ipcs -A -r | awk '{print NF}' | uniq | tr '\n' ' ')" "6 7 5 7 5 " "each row of a list has as many fields"
is "$(ipcs -A --noheadings -o KIND,NSEMS,SIZE,NAME --sort kind -r | sort)" "msg - - -
psem - - obj
pshm - 500 obj
sem 5 - -
shm - 1000 -
shm - 2000 -
shm - 3000 -" "one list for all kinds; what does not apply is -"
is "$(ipcs -m --sort size | awk '/^0x/ {print $5}' | tr '\n' ' ')" "1000 2000 3000 " "a classic table, sorted"
is "$(ipcs -m --rows 1 | sed 1,3d | grep -c .)" 1 "and cut"
is "$(ipcs -m -o +RSS -r | head -1)" "KEY ID OWNER PERMS SIZE NATTCH STATUS RSS" "columns added to the usual ones"
is "$(ipcs -m -t -r | head -1)" "ID OWNER ATTACH DETACH CTIME" "those of another table"
is "$(ipcs -m -P -r -o PERMS | tail -n +2 | sort -u | tr '\n' ' ')" "0600 0644 " "numeric permissions"
ipcs -o help >"$scratch/help"
is "$(awk '{print $1}' "$scratch/help" | sort | uniq -d):$(grep -cxE ' *(KEY  Key|ID  Identifier)' "$scratch/help")" ":2" \
	"-o help has each column once"
run ipcs -o ID,FOO
is "$code:$err" "1:ipcs: unknown column 'FOO' ('ipcs -o help' lists all)" "an unknown column"
run ipcs -m --sort natch
is "$code:$err" "1:ipcs: unknown column 'natch' (did you mean NATTCH? 'ipcs -o help' lists all)" "a mistyped one"
is "$(ipcs -m -e -o COMMAND --key 0x77)" 'COMMAND="-"' "U46: the command of a creator that is gone"

# Only a list in /proc has the memory and swap of a segment.
is "$(ipcs -m -i 0 -r --noheadings -o ID,RSS,SWAP | grep -c '^0 [0-9]* [0-9]*$'):$(ipcs -m -i 0 -r -o ID,RSS,SWAP)" \
	"1:$(ipcs -m -r -o ID,RSS,SWAP | sed -n 1,2p)" "the details of a segment have its memory and swap"

# Selections.
while IFS='|' read -r condition ids; do
	# shellcheck disable=SC2086
	is "$(ipcs -m -r -o ID $condition | tr '\n' ' ')" "ID $ids" "ipcs -m $condition"
done <<-'EOF'
	--min-size 2000|1 2 
	--max-size 2000|0 2 
	--min-size 2K|1 
	--perms 600|0 
	--perms rw-------|0 
	--user root|0 1 2 
	--user root --user nobody|0 1 2 
	--user nobody|
	--created-by root|0 1 2 
	--created-by=root|0 1 2 
	--group 0|0 1 2 
	--unattached|0 1 2 
	--dest|
	--locked|
	--newer-than 1h|0 1 2 
	--older-than 1h|
	--key 0x77|2 
	--key 0x77 --key 0x78|2 
	--min-size 1001 --max-size 2999|2 
EOF
is "$(ipcs --min-size 1 | grep -c ^0x)" 3 "a kind without sizes is not selected by size"
while IFS='|' read -r arguments why; do
	# shellcheck disable=SC2086
	run ipcs $arguments
	is "$code:$out:$err" "1::ipcs: $why" "ipcs $arguments"
done <<-'EOF'
	--user nobody-has-this|unknown user: 'nobody-has-this'
	--group x-y|unknown group: 'x-y'
	--min-size 1X|--min-size '1X': not a size
	--older-than 5x|--older-than '5x': not a time such as 90s, 15m, 12h or 7d
	--perms 999|--perms '999': not octal or symbolic permissions
	--rows -1|--rows '-1': not a nonnegative integer
	--sort size:up|--sort 'size:up': not COLUMN, COLUMN:asc or COLUMN:desc
	--time-format long|--time-format 'long': not short, full, iso or epoch
	--watch=0|--watch '0': not a number from 1 to 86400
	-l --user root|--user does not apply to --limits
	-u --sort id|--sort does not apply to --summary
	-u -e|--export does not apply to --summary
EOF
creators() { grep -cE '^-.* Creators/Owners -|^[012] +6(00|44) +root '; }
view=$(ipcs -c -m)
is "$(ipcs --creator -m):$(ipcs --creator -m | creators)" "$view:4" "--creator alone is -c"
is "$(ipcs --cre -m):$(ipcs --cre -m | creators)" "$view:4" "an old abbreviation"
is "$(ipcs --lim | grep -c '^-.* Limits -'):$(ipcs --lim)" "3:$(ipcs -l)" "and another"

# Orphans: they have no waiters, and their users are gone.
is "$(ipcs -m -r --orphaned=maybe -o ID | tr '\n' ' ')" "ID 0 1 2 " "segments whose creators are gone"
is "$(ipcs -m -q -s -r --orphaned -o ID)" "ID" "an unused segment is not one"
held=$("$HELPERS/populate" attached)
is "$(ipcs -m -r --orphaned=maybe -o ID | tr '\n' ' '):$(ipcs -m -r -o ID | wc -l)" "ID 0 1 2 :6" "an attached segment is not one"
# shellcheck disable=SC2086
ended $held

# Usage of limits.
echo 10 >/proc/sys/kernel/msgmni
is "$(ipcs -g -q -r -o resource,limit,used,use% | sed -n 2p)" "MSGMNI 10 1 10.00" "ipcs -g"
is "$(ipcs -g -r -o resource | wc -l)" 25 "every limit of both families, and segments without users"
if /usr/bin/python3 -c 'import prometheus_client' 2>/dev/null; then
	page=$(getconf PAGESIZE)
	# sum COLUMN: of all segments, in whole pages.
	sum() { awk -v c="$1" -v page="$page" 'FNR > 1 {n += int(($c + page - 1) / page) * page} END {print n}' /proc/sysvipc/shm; }
	bytes=$(sum 4) resident=$(sum 15) swapped=$(sum 16)
	unused=$(awk 'FNR > 1 && $7 == 0 {n++; b += $4}
		END {print "ipc_unattached_objects shm " n; print "ipc_unattached_bytes shm " b}' /proc/sysvipc/shm
		echo "ipc_orphaned_objects shm 0"
		echo "ipc_orphaned_bytes shm 0")
	is "$(ipcs --openmetrics | /usr/bin/python3 -c '
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
for family in parse(sys.stdin.read()):
    for s in family.samples:
        if list(s.labels.values())[0] in ("MSGMNI", "sem", "shm", "SEMMNS", "SHMALL") and s.value < 1e10:
            print(s.name, *s.labels.values(), int(s.value))')" "ipc_limit MSGMNI 10
ipc_limit SEMMNS 1024000000
ipc_used MSGMNI 1
ipc_used SEMMNS 5
ipc_used_bytes SHMALL $bytes
ipc_objects shm $(awk 'FNR > 1' /proc/sysvipc/shm | wc -l)
ipc_objects sem 1
ipc_bytes shm $bytes
ipc_resident_bytes shm $resident
ipc_swapped_bytes shm $swapped
ipc_set_semaphores sem 5
$unused" "--openmetrics under the reference parser"
else
	skip "--openmetrics under the reference parser" "python3-prometheus-client is not installed"
fi

# Repetition: documents on a pipe, a screen on a terminal, and an end by a signal.
# has LINES PATTERN FILE: true if at least this many lines of the file match.
# shellcheck disable=SC2317
has() { [ "$(grep -cE "$2" "$3")" -ge "$1" ]; }
: >"$scratch/ticks"
ipcs -m -J --watch=1 >"$scratch/ticks" &
watcher=$!
await 60 has 3 '^\{.*\}$' "$scratch/ticks"
ok $? "one line of JSON a tick"
kill -TERM $watcher
killed=$?
wait $watcher
is "$killed:$?" 0:0 "a signal ends it"
is "$(jq -c '.shmems | length' "$scratch/ticks" 2>/dev/null | sort -u | wc -l)" 1 "each a document"
: >"$scratch/ticks"
ipcs -q --watch=1 >"$scratch/ticks" &
watcher=$!
await 60 has 2 '^-+ Message Queues -+$' "$scratch/ticks"
kill -TERM $watcher
killed=$?
wait $watcher
is "$killed:$?" 0:0 "and tables, too"
run ipcs -m -i 999 --watch=1
is "$code:$err" "1:ipcs: id 999 not found" "a command that fails at once is not repeated"
if command -v script >/dev/null; then
	: >"$scratch/screen"
	TERM=xterm script -fqec "stty rows 30 cols 100; sh -c 'echo \$\$ >$scratch/pid; exec ipcs -m --watch=1'
		stty -a | grep -c ' echo '" "$scratch/screen" >/dev/null </dev/null &
	# Once new and removed objects have been marked, the next two screens must not mark them again.
	await 60 has 2 '^0x00000077' "$scratch/screen" &&
		{ ipcmk -M 1 -k 0x99 && ipcrm -M 0x77; } >/dev/null &&
		await 60 has 1 '^.\[1m0x00000077.* -.\[m' "$scratch/screen" &&
		await 60 has 2 '^0x00000099' "$scratch/screen"
	kill -INT "$(cat "$scratch/pid")"
	wait
	is "$(grep -c '^.\[1m0x00000099.* +.\[m' "$scratch/screen")" 1 "a terminal marks new objects, once"
	is "$(grep -c '^.\[1m0x00000077.* -.\[m' "$scratch/screen")" 1 "and removed ones"
	is "$(grep -o '.\[?1049[hl]1*' "$scratch/screen" | tr -d '\033' | tr '\n' ' ')" '[?1049h [?1049l1 ' \
		"and is left as it was"
else
	skip "a terminal shows what came and went" "script is not installed"
fi
finish
