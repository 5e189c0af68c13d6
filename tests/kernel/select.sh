#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Removal by selection: only the intended objects, checked again, with prompts and reports.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm

queues() { awk 'NR > 1 {print $2}' /proc/sysvipc/msg; }
segments() { awk 'NR > 1 {print $2}' /proc/sysvipc/shm | sort -n | tr '\n' ' '; }

for size in 100 200 300; do ipcmk -M $size >/dev/null; done
ipcmk -M 400 -k 0x44 -p 600 >/dev/null
ipcmk -Q -S 2 >/dev/null
held=$("$HELPERS/populate" attached)
before=$(segments)

# An invalid command line removes nothing.
while IFS='|' read -r arguments message <&3; do
	# shellcheck disable=SC2086
	run ipcrm $arguments
	is "$code:$err:$(segments)" "1:ipcrm: $message:$before" "ipcrm $arguments"
done 3<<'EOF' </dev/null
--shm|a selection needs a condition, such as --user or --orphaned; --all=KIND removes all objects of a kind
--user root|a selection needs a kind: --shm, --msg, --sem, --pshm, --pmsg, --psem or --all
--shm --user root -m 0|a selection cannot be combined with IDs, keys or names
--shm --user nobody-has-this|unknown user: 'nobody-has-this'
--shm --older-than yesterday|--older-than 'yesterday': not a time such as 90s, 15m, 12h or 7d
--shm --min-size ''|--min-size '''': not a size
--shm --pshm --key 0x44|--key does not apply to POSIX shared memory segments
--shm --unattached --max 3|4 objects selected, more than --max 3: nothing removed
--shm --unattached --max -1|--max '-1': not a nonnegative integer
-a --interactive|--interactive needs a terminal as standard input
-n -i -m 0|--dry-run and --interactive cannot be combined
EOF
run ipcrm --shm --user root -Z
is "$code:$(echo "$err" | head -n 1):$(segments)" "1:ipcrm: invalid option -- 'Z':$before" \
	"ipcrm --shm --user root -Z"
run ipcrm --shm --user root operand
is "$code:$(echo "$err" | head -n 1):$(segments)" "1:ipcrm: unknown argument: operand:$before" \
	"ipcrm --shm --user root operand"

# A dry run shows what would be removed, as ipcs does, and changes nothing.
run ipcrm -n --shm --unattached --min-size 200
is "$code:$(echo "$out" | grep -c '^0x'):$(segments)" "0:3:$before" "--dry-run"
is "$(echo "$out" | awk '/^0x/ {print $2}' | tr '\n' ' '):$out" \
	"1 2 3 :$(ipcs -m --unattached --min-size 200 | sed '1d;$d')" "shows the rows of ipcs"
run ipcrm --dry-run -m 0 -M 0x44 -q 0
is "$code:$(echo "$out" | grep -c '^0x'):$(segments)" "0:3:$before" "of objects that are named, too"
run ipcrm -n -m 0 -m 999
is "$code:$err:$(echo "$out" | grep -c '^0x')" "1:ipcrm: invalid id (999):1" "and reports missing ones"
is "$(ipcrm -n -a | grep -c '^0x'):$(ipcs | grep -c '^0x')" 8:8 "--dry-run --all"

run ipcrm --shm --unattached --min-size 200 --max-size 300
is "$code:$out:$err:$(segments)" "0:::0 3 4 5 " "two of them are removed"
run ipcrm -v --shm --key 0x44
is "$code:$out" "0:removing shared memory segment id \`3'" "--verbose"
run ipcrm -a --min-size 1 --user nobody
is "$code:$(segments)" "0:0 4 5 " "an empty selection removes nothing"
run ipcrm -v --shm --min-size 4096
is "$code:$err" "0:ipcrm: shared memory segment id \`4' is marked for removal (dest): 2 attachments remain
ipcrm: shared memory segment id \`5' is marked for removal (dest): 2 attachments remain" "attached segments live on"
is "$(ipcs -m --dest --noheadings | grep -c .)" 2 "as dest"
# shellcheck disable=SC2086
ended $held

# Reports.
ipcmk -M 500 >/dev/null
if command -v jq >/dev/null; then
	run ipcrm -J -a --user root -n
	is "$code:$(echo "$out" | jq -c '[.removed, .would_remove, .kept, .failed, .complete]')" "0:[0,4,0,0,true]" \
		"--json of a dry run"
	run ipcrm -J -m 0 -m 77 -M 0x77
	is "$code:$(echo "$out" | jq -c '[.shmems[] | [.id, .key, .result, .reason] | .[1] |= (. // "" | length)]')" \
		'1:[[0,10,"removed",null],[77,0,"failed","it does not exist"],[null,10,"failed","it does not exist"]]' \
		"--json"
	ipcmk -m 10 -n 'a"b' >/dev/null
	is "$(ipcrm -J --pshm --user root | jq -r '.posix_shmems[0].name')" 'a"b' "names in --json"
else
	skip "--json" "jq is not installed"
fi
ipcrm -a
ipcmk -M 10 >/dev/null
run ipcrm -f -m 999 -M 0x77 --posix-shmem none -m "$(segments | tr -d ' ')"
is "$code:$out:$err:$(segments)" "0:::" \
	"--force: what does not exist is no error"
run ipcrm --quiet -m 999
is "$code:$out:$err" "1::" "--quiet: the status shows the failure"

# Prompts on a terminal.
if command -v script >/dev/null; then
	ipcrm -a
	for _ in 1 2 3; do ipcmk -M 10 >/dev/null; done
	kept=$(segments | cut -d ' ' -f 1,3)
	printf 'n\ny\n\n' | script -qec "ipcrm -i --shm --unattached" "$scratch/typed" >/dev/null
	is "$(segments)" "$kept " "--interactive removes what is confirmed"
	asked=$(grep -oE 'owner root, size 10B, 0 attached, unused for [0-9]+s\)\? ' "$scratch/typed" | wc -l)
	is "$asked:$(grep -c kept "$scratch/typed")" 3:0 "and prompts for each, and prints nothing for a no"
else
	skip "--interactive" "script is not installed"
fi

# The check right before removal: objects change before the answer or before the removal.
ipcrm -a
if command -v script >/dev/null; then
	ipcmk -M 4096 >/dev/null
	id=$(segments | tr -d ' ')
	: >"$scratch/late"
	{
		await 60 grep -q 'remove shared memory segment' "$scratch/late"
		"$HELPERS/use" attach "$id" 1 >"$scratch/holder" &
		await 60 test -s "$scratch/holder"
		echo y
		await 60 grep -q 'it is attached now' "$scratch/late"
	} | script -fqec "ipcrm -i -v --shm --unattached" "$scratch/late" >/dev/null
	is "$(segments):$(grep -c 'it is attached now' "$scratch/late")" "$id :1" \
		"one that is attached while the question is open is kept"
	ended "$(cat "$scratch/holder")"
	ipcrm -a
else
	skip "the last look comes behind the answer" "script is not installed"
fi
if plain; then
	ipcmk -M 4096 >/dev/null
	id=$(segments | tr -d ' ')
	run "$HELPERS/before" shmctl - 1 "echo \$(\"$HELPERS/use\" attach $id 1 &) >\"$scratch/holder\"" \
		ipcrm --shm --unattached
	is "$code:$err:$(segments):$(ipcs -m --noheadings -o STATUS)" \
		"0:ipcrm: kept shared memory segment id \`$id': it is attached now:$id :" "one that is attached meanwhile is kept"
	ended "$(cat "$scratch/holder")"
	ipcrm -a
	ipcmk -Q >/dev/null
	id=$(queues)
	# Created in another second, the only difference between the two.
	sleep 1.1
	run "$HELPERS/before" msgctl - 1 \
		"ipcrm -q $id && echo $id >/proc/sys/kernel/msg_next_id && ipcmk -Q >/dev/null" ipcrm -v --msg --user root
	is "$code:$out:$(queues)" \
		"0:keeping message queue id \`$id': it has been changed or replaced:$id" "another one under the same id is kept"
	# The second pass over the directory is the one right before the removal.
	printf x >/dev/shm/file
	run "$HELPERS/before" open,openat /dev/shm 2 'rm /dev/shm/file && printf y >/dev/shm/file' \
		ipcrm -v --pshm --user root
	is "$code:$out:$(cat /dev/shm/file)" \
		"0:keeping POSIX shared memory \`file': it has been changed or replaced:y" "another file of the same name is kept"
	run "$HELPERS/before" msgctl - 1 true ipcrm --msg --user root --max 5
	is "$code:$(queues)" "0:" "unchanged objects are removed"
fi

# A selection in a race with processes that use the selected objects.
ipcrm -a
echo 32000 >/proc/sys/kernel/shmmni
case $PROGRAM in static) runs=10000 ;; *) runs=1000 ;; esac
# A program with sanitizers takes longer than any process holds a segment.
if plain; then
	# shellcheck disable=SC2046
	set -- $("$HELPERS/churn" $runs ipcrm --shm --unattached)
	echo "# $1 runs, $2 checks of segments that stayed attached, $4 gone before they were attached"
	test "$1" = $runs && test "$2" -gt $((runs / 50)) && test "$4" -gt 0
	is "$?:$3" 0:0 "an attached segment is never lost in a real race"
fi
finish
