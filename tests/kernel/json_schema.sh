#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Every output and every form as JSON.  As in every test, it is validated at the end; here, all combinations are
# written, and the validation is shown to find errors.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
command -v jq >/dev/null || skip_all "jq is not installed"
private
chmod 755 "$scratch"
mount -t tmpfs none /dev/shm
chmod 1777 /dev/shm
# The limit on the space of queues is per user on the whole machine (RLIMIT_MSGQUEUE), so make these queues small.
{ echo 2 >/proc/sys/fs/mqueue/msg_default && echo 128 >/proc/sys/fs/mqueue/msgsize_default; } 2>/dev/null

# ipcmk: each kind, with and without a key, new and reused.
run ipcmk -J -M 4096 -Q -S 2
is "$code:$(echo "$out" | jq -c 'keys')" '0:["complete","queues","semaphores","shmems","version"]' "ipcmk: System V"
id=$(echo "$out" | jq -c '[.queues, .shmems, .semaphores | .[0].id]')
run ipcmk -J -m 10 -q -s -n one
is "$code:$(echo "$out" | jq -c 'keys - ["complete", "version"]')" \
	'0:["posix_queues","posix_semaphores","posix_shmems"]' "ipcmk: POSIX"
for key in 0x77 word; do
	for _ in 1 2; do
		run ipcmk -J -M 4096 -Q -S 3 -k $key --exist-ok
		is "$code:$(echo "$out" | jq -c '[.shmems[0].size, .semaphores[0].nsems]')" '0:[4096,3]' "ipcmk: $key"
	done
done
run ipcmk -J -m 10 -q -s -n one --exist-ok
is "$code:$(echo "$out" | jq -c '[.posix_queues, .posix_shmems, .posix_semaphores | .[0].existed]')" \
	'0:[true,true,true]' "ipcmk: what existed"
ipcmk -J -s -n two --libc=musl >/dev/null 2>&1
is "$(ipcmk -J -M 1 | jq -c '.shmems[0] | [.name, (.key | length)]')" '[null,10]' "ipcmk: no key"

# Objects in all states: in use, waited on, marked, locked, with messages, of another user, with odd times.
held=$("$HELPERS/populate" status)
"$HELPERS/populate" messages
"$HELPERS/populate" semaphores >"$scratch/pids" || :
printf x >/dev/shm/old
touch -d 1901-02-03 /dev/shm/old
printf x >/dev/shm/new
touch -d 2222-02-03 /dev/shm/new
as_user ipcmk -J -M 10 -Q -S 1 -p 600 >/dev/null

# shown ARGUMENT...: it prints a document or, if the options cannot be combined, a one-line error.
shown=0 refused=0 wrong=
shown() {
	ipcs -J "$@" >"$scratch/doc" 2>"$scratch/err"
	code=$?
	if [ $code -eq 0 ] && [ -s "$scratch/doc" ] && [ ! -s "$scratch/err" ]; then
		shown=$((shown + 1))
	elif [ $code -eq 1 ] && [ ! -s "$scratch/doc" ] && [ "$(wc -l <"$scratch/err")" -eq 1 ]; then
		refused=$((refused + 1))
	else
		wrong="$wrong
ipcs -J $*: $code $(cat "$scratch/err")"
	fi
}

forms="-b|--human|-P|--time-format=short|--time-format=full|--time-format=iso|--time-format=epoch|--source=syscall"
# each_form ARGUMENT...: with each of the forms, and with none.
each_form() {
	shown "$@"
	old=$IFS
	IFS='|'
	for form in $forms; do
		shown "$@" "$form"
	done
	IFS=$old
	shown "$@" -P --human --time-format=short
}

for output in -t -p -c -l -u -g --attached --waiting --sort=ctime:desc --rows=2 --user=root --older-than=0s --orphaned=maybe; do
	for kind in -A -m -q -s -M -Q -S; do
		each_form $kind $output
	done
done
for kind in -A -m -q -s -M -Q -S; do
	each_form $kind
	each_form $kind --attached --waiting
	each_form $kind -o +COMMAND,ORPHAN,ATTACHED,WAITING,RSS,AGE
done
is "$(ipcs -o help | wc -l | awk '{print ($1 > 40)}')" 1 "there are columns"
for column in $(ipcs -o help | awk '{print $1}'); do
	each_form -A -o "$column"
	shown -A -o "+$column"
	shown -g -o "$column"
done
first() { awk 'FNR == 2 {print $2}' "/proc/sysvipc/$1"; }
for object in "-m -i $(first shm)" "-q -i $(first msg)" "-s -i $(first sem)" "-M -N one" "-Q -N one" "-S -N one"; do
	for more in "" --attached --waiting --peek --peek=1; do
		# shellcheck disable=SC2086
		each_form $object $more
	done
done
is "$wrong" "" "each is a document or refused"
test $shown -gt 900
ok $? "most are documents: $shown, and $refused are refused"

# IDs stand beside names.
ipcs -J -A -o OWNER,GROUP,CUSER,CGROUP,USER >"$scratch/doc"
is "$(jq -c '[.shmems, .posix_shmems | .[0] | [.uid, .gid, .cuid, .cgid]]' "$scratch/doc")" \
	'[[0,0,0,0],[0,0,null,null]]' "IDs stand beside names"
is "$(ipcs -J -c -m -i "$(first shm)" | jq -c '.shmems[0] | [.uid, .gid, .cuid, .cgid]')" '[0,0,0,0]' "with -c"
is "$(ipcs -o OWNER,GROUP -M | head -n 1)" "OWNER GROUP" "but not in tables"

# Values that may not be read are null.
queue=$(ipcmk -Q -p 0 | awk '{print $NF}')
run as_user ipcs -J -q -i "$queue" --peek
is "$code:$(echo "$out" | jq -c '[.complete, .queues[0].messages]'):$err" \
	"1:[false,null]:ipcs: cannot read the messages of queue $queue: Permission denied" "messages that may not be read"
run ipcs -J -q -i "$queue" --peek
is "$code:$(echo "$out" | jq -c '[.complete, .queues[0].messages]')" '0:[true,[]]' "no messages"

# ipcrm: each result.
dest=$(ipcs -m -r --noheadings -o ID,STATUS | awk '/dest/ {print $1; exit}')
run ipcrm -J -n -m "$dest" "$(first shm)" 9999 -Q 0x77 0x78 -S word --posix-shmem one nothing
is "$code:$(echo "$out" | jq -c 'del(.queues, .semaphores, .posix_shmems) | .shmems = [.shmems[].result]')" \
	'1:{"version":1,"shmems":["would mark","would remove","failed"],"removed":0,"marked":0,"would_remove":4,"would_mark":1,"kept":0,"failed":3,"complete":false}' \
	"ipcrm: a dry run"
is "$(echo "$out" | jq -c '[.queues[] | [.id == null, .key, .name]]')" '[[false,"0x00000077",null],[true,"0x00000078",null]]' \
	"ipcrm: keys as in ipcs"
is "$(echo "$out" | jq -c '[.semaphores[0] | .key, .name]')" "[\"$(ipcmk --print-key word)\",\"word\"]" "ipcrm: a name and its key"
run as_user ipcrm -J -m "$(first shm)" --posix-shmem one --posix-mqueue none
is "$code:$(echo "$out" | jq -c '[.shmems[0].result, .posix_shmems[0].result, .failed]')" '1:["failed","failed",3]' \
	"ipcrm: what is not permitted"
run as_user ipcrm -J --shm --msg --sem --orphaned
is "$code:$(echo "$out" | jq -c '[.kept > 0, .complete]')" '0:[true,true]' "ipcrm: objects that may be in use are kept"
run ipcrm -J -a --max 3
is "$code:$(echo "$out" | jq -c '[.removed, .kept > 3, .complete]')" '1:[0,true,false]' "ipcrm: more than --max"
ipcrm -J -m "$dest" >"$scratch/doc"
is "$?:$(jq -c '[.marked, .removed, .shmems]' "$scratch/doc")" \
	"0:[1,0,[{\"id\":$dest,\"key\":\"0x00000000\",\"name\":null,\"result\":\"marked\",\"reason\":null}]]" "ipcrm: marked"
run ipcrm -J -m "$(echo "$id" | jq '.[1]')"
is "$code:$(echo "$out" | jq -c '[.marked, .removed, .shmems[0].id]')" "0:[0,1,$(echo "$id" | jq '.[1]')]" "ipcrm: removed"
run ipcrm -J -f -m 9999 -Q 0x99
is "$code:$(echo "$out" | jq -c '[.shmems, .queues]')" '0:[[],[]]' "ipcrm: --force"
# shellcheck disable=SC2046,SC2086
ended $held $(cat "$scratch/pids")
run ipcrm -J -a --all=posix
is "$code:$(echo "$out" | jq '.failed')" 0:0 "ipcrm: all"
ipcmk -M 10 >/dev/null
mount --bind /dev/null /proc/sysvipc/shm
"$HELPERS/without" ENOSYS shmctl ipcrm -J --all=shm >"$scratch/doc" 2>/dev/null
is "$?:$(jq -c '[.shmems, .complete]' "$scratch/doc")" "1:[null,false]" "ipcrm: a kind that cannot be listed is null"
umount /proc/sysvipc/shm

# validated: the result of the validation of the records in $scratch/records, which it then removes.
mkdir -m 1777 "$scratch/records"
validated() {
	said=$(/usr/bin/python3 "$SOURCE/tests/lib/validate.py" "$SOURCE" "$scratch/records")
	echo "$?:$(echo "$said" | head -n 1)"
	rm -f "$scratch/records/"*
}

# No output is missed, wherever it goes, and no other output is taken for JSON.
kept=$IPCBOX_JSON
IPCBOX_JSON=$scratch/records
ipcs -J >/dev/null
ipcs -J >"$scratch/doc"
ipcs -J | cat >/dev/null
run as_user ipcs --json
as_user sh -c 'ipcs -mJ' >/dev/null
sh -c 'ipcs -J | head -c 5' >/dev/null
ipcs -J -m --watch=1 | head -n 1 >/dev/null
ipcs >/dev/null
run ipcs -J word
IPCBOX_JSON=$kept
is "$(validated)" 0:7 "all JSON is recorded"

# judged EDIT: the result of the validation of a document that sed has changed.
judged() {
	{
		printf '=2\nipcs\0-J\0'
		sed "$1" "$scratch/doc"
	} >"$scratch/records/one"
	validated
}
ipcs -m -J -o ID,USER,CTIME >"$scratch/doc"
# shellcheck disable=SC2016
is "$(judged "") $(judged '$s/$/ /') $(judged 1,1000d)" "0:1 1:1 0:0" "a document is valid; a blank after it is not"
# shellcheck disable=SC2016
is "$(judged "") $(for edit in '$s/true/1/' '$d' '1s/1/2/' 's/,"uid":0//' 's/"id":\([0-9]\)/"id":"\1"/' 's/"user"/"word"/' \
	's/"id"/"id":0,"id"/' 's/"ctime":"[^"]*"/"ctime":"-"/' 's/"complete":true/&,"objects":[]/' '$s/}//' 's/,/;/'; do
	judged "$edit"
done | sort | uniq -c | tr -s ' ')" "0:1  11 1:1" "the validation finds errors"
finish
