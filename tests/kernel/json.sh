#!/bin/sh
# SPDX-License-Identifier: 0BSD
# JSON: valid for real parsers and under the schema, with every value that the classic tables show.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
command -v jq >/dev/null || skip_all "jq is not installed"
private
mount -t tmpfs none /dev/shm
# The limit on the space of queues is per user on the whole machine (RLIMIT_MSGQUEUE), so make these queues small.
{ echo 2 >/proc/sys/fs/mqueue/msg_default && echo 128 >/proc/sys/fs/mqueue/msgsize_default; } 2>/dev/null

# ids FILE: the kernel's IDs of msg, shm or sem.
ids() { awk 'NR > 1 {print $2}' "/proc/sysvipc/$1"; }
rows() { ids "$1" | wc -l; }
segments() { find /dev/shm -type f ! -name 'sem.*' -printf x | wc -c; }

# document NAME STATUS COMPLETE ARGUMENT...: expect this status and completeness; "finish" validates all documents.
document() {
	name=$1 want=$2 complete=$3
	shift 3
	ipcs "$@" >"$scratch/doc" 2>"$scratch/err"
	is "$?:$(jq .complete "$scratch/doc")" "$want:$complete" "$name: its status, and whether it is complete"
}

# The schema has every column, so a new column must be added there as well.
is "$(jq -r '.definitions.row.properties | keys[]' "$SOURCE/applets/ipcs/ipcs.schema.json" | grep -vE "elements|messages|reason|_complete" | sort)" \
	"$(ipcs -o help | awk '{print tolower($1)}' | sort)" "the schema has the columns of ipcs -o help"

document "nothing" 0 true -J -A
is "$(jq -c 'del(.version, .complete)' "$scratch/doc")" \
	'{"queues":[],"shmems":[],"semaphores":[],"posix_queues":[],"posix_shmems":[],"posix_semaphores":[]}' \
	"U46: an empty list under its own name"

# Names that a parser could stumble over: of a user, a group, an object and a command.
cp /etc/passwd "$scratch/passwd"
cp /etc/group "$scratch/group"
printf 'qu"o\\te\033[31m\303\274\377:x:7001:7002::/:/bin/false\n' >>"$scratch/passwd"
printf '</script>,{"a":[:x:7002:\n' >>"$scratch/group"
chmod 644 "$scratch/passwd" "$scratch/group"
mount --bind "$scratch/passwd" /etc/passwd
mount --bind "$scratch/group" /etc/group
held=$("$HELPERS/populate" attached)
"$HELPERS/populate" each 5
"$HELPERS/populate" messages
"$HELPERS/populate" semaphores >"$scratch/pids" || :
ipcmk -M 4096 -Q -S 2 --owner 7001:7002 >/dev/null
for name in 'a"b' 'c\d' "$(printf 'e\033f')" "$(printf 'g\377h')" 'i j' "$(printf 'k\nl')" '{"x":1}'; do
	ipcmk -m 10 -s -q -n "$name" >/dev/null || echo "# cannot make $name"
done

for arguments in "" -t -p -c -l -u -g -P "--time-format epoch" "-o ID,KEY,COMMAND,ORPHAN" \
	"-o +COMMAND,ORPHAN,RSS" "--sort size:desc,id" "--rows 1" "--user 7001" "--source=syscall" "--attached --waiting" "-o id,attached,waiting"; do
	# shellcheck disable=SC2086
	document "contents" 0 true -A -J $arguments
done
document "a set" 0 true -J -s -i "$(ipcs -s | awk '/^0x/ {print $2; exit}')"
test "$(jq '.semaphores[0].nsems == (.semaphores[0].elements | length)' "$scratch/doc")" = true
ok $? "U46: with each of its semaphores"
document "a segment and its users" 0 true -J --attached -m -i "$(ipcs -m | awk '/^0x/ {print $2; exit}')"
document "a queue and its messages" 0 true -J --peek -q -i "$(ipcs -q -r --noheadings -o ID,MSGS | awk '$2 > 0 {print $1; exit}')"
test "$(jq '.queues[0] | .msgs == (.messages | length)' "$scratch/doc")" = true
ok $? "with each of its messages"
document "a segment" 0 true -J -m -i "$(ipcs -m | awk '/^0x/ {print $2; exit}')"
document "a POSIX semaphore" 0 true -J -S -N 'a"b'
document "one that is not there" 1 false -J -m -i 77777
document "one that is not there" 1 false -J -M -N nothing
document "a check" 1 true -J --check 0,100 -s -q
is "$(jq -c '[.status, (.resources[] | .resource, .status, .reason)]' "$scratch/doc")" \
	'["warning","MSGMNI","warning",null,"SEMMNI","warning",null,"SEMMNS","warning",null]' "a state for each resource and for all"
document "a limit that nobody has" 0 true -J -g -m --sort limit:desc
"$HELPERS/without" ENOSYS shmctl ipcs -J -a --source=syscall >"$scratch/doc" 2>/dev/null
is "$(jq -c '[.shmems, .complete]' "$scratch/doc")" "[null,false]" "a kind that the kernel does not have is null"
mount --bind /dev/null /proc/sysvipc/shm
document "a check of one" 3 false -J --check 100 -m --source=proc
is "$(jq -c '[.status, .resources[0].resource, .resources[0].status]' "$scratch/doc")" '["unknown","SHMMNI","unknown"]' \
	"what is unknown is no failure of the document"
document "a source that fails" 1 false -J -a --source=proc
is "$(jq .shmems "$scratch/doc")" null "is null, and the others are there"
umount /proc/sysvipc/shm

# Every value of the classic tables, composed from the members of the JSON object of the row.
classic() { ipcs "$@" --noheadings | sed 's/ *$//; s/  */ /g'; }
built() { ipcs -J "$1" | jq -r "$2" | sed 's/ *$//; s/  */ /g'; }
for kind in q m s; do
	test "$(classic -$kind | wc -l)" -ge 4
	ok $? "ipcs -$kind has something to compare"
done
perms='def perms: .mode | ltrimstr("0") | tonumber % 1000;'
is "$(classic -q | wc -l):$(built -q "$perms .queues[] | [.key, .id, .owner[:10], perms, .usedbytes, .msgs] | map(tostring) | join(\" \")" |
	LC_ALL=C grep -v qu)" "$(rows msg):$(classic -q | grep -v qu)" "ipcs -q"
is "$(classic -m | wc -l):$(built -m "$perms .shmems[] | [.key, .id, .owner[:10], perms, .size, .nattch, (.status | sub(\",\"; \" \"))] |
	map(tostring) | join(\" \")" | LC_ALL=C grep -v qu)" "$(rows shm):$(classic -m | grep -v qu)" "ipcs -m"
is "$(classic -s | wc -l):$(built -s "$perms .semaphores[] | [.key, .id, .owner[:10], perms, .nsems] | map(tostring) | join(\" \")" |
	LC_ALL=C grep -v qu)" "$(rows sem):$(classic -s | grep -v qu)" "ipcs -s"
is "$(classic -m -p | wc -l):$(built -m '.shmems[] | [.id, .owner[:10], .cpid, .lpid] | map(tostring) | join(" ")' | grep -v qu)" \
	"$(rows shm):$(classic -m -p | grep -v qu)" "ipcs -m -p"
is "$(classic -q -p | wc -l):$(built -q '.queues[] | [.id, .owner[:10], .lspid, .lrpid] | map(tostring) | join(" ")' | grep -v qu)" \
	"$(rows msg):$(classic -q -p | grep -v qu)" "ipcs -q -p"
is "$(classic -m -c | wc -l):$(built -m "$perms .shmems[] | [.id, perms, (.cuser // .cuid), (.cgroup // .cgid), (.user // .uid),
	(.group // .gid)] | map(tostring) | join(\" \")" | LC_ALL=C grep -v qu)" "$(rows shm):$(classic -m -c | grep -v qu)" "ipcs -m -c"
is "$(ipcs -J -m --time-format epoch | jq -r '.shmems[].ctime')" \
	"$(awk 'NR > 1 {print $14}' /proc/sysvipc/shm)" "times, as the kernel counts them"
is "$(ipcs -J -q | jq -r '(.queues | length), .queues[].qbytes')" "$(rows msg; for id in $(ids msg); do
	ipcs -q -i "$id" | sed -n 's/.*qbytes=\([0-9]*\).*/\1/p'; done)" "capacities of queues"
is "$(ipcs -J -l | jq -r '.limits.semaphores | [.semmsl, .semmns, .semopm, .semmni] | map(tostring) | join("\t")')" \
	"$(cat /proc/sys/kernel/sem)" "limits"
is "$(ipcs -J -A -t | jq -c '[.posix_shmems[].ctime | select(. != null)] | length')" "$(segments)" \
	"times of POSIX objects"
is "$(ipcs -J -M | jq '.posix_shmems | length'):$(ipcs -J -M | jq -r '.posix_shmems[].name' | sort)" "$(segments):$(ipcs -M -o NAME --noheadings | sed 's/\\x0a/\
/; s/\\x1b/\x1b/' | sort)" "names come back as they are"
# shellcheck disable=SC2046,SC2086
ended $held $(cat "$scratch/pids")
ipcrm -a
emptied || ok 1 "all is gone"

# The owner of many of them has such a name, too.
sed '1s/^root/ro"o\\t/' "$scratch/passwd" >"$scratch/other"
cat "$scratch/other" >"$scratch/passwd"

# Many rows, under a memory limit that does not suffice to keep them all.
echo 32000 >/proc/sys/kernel/shmmni
"$HELPERS/populate" segments 32000
ipcs -m -J >"$scratch/doc"
is "$(jq '.shmems | length' "$scratch/doc")" 32000 "32000 segments in jq"
is "$(jq -r '[.shmems[].owner] | unique[]' "$scratch/doc")" 'ro"o\t' "of an owner with a hostile name"
is "$(/usr/bin/python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["shmems"]))' "$scratch/doc")" 32000 \
	"and in python3"
is "$(ipcs -m -J --sort id:desc --rows 3 | jq -c '[.shmems[].id]')" \
	"$(ids shm | sort -rn | head -n 3 | jq -cs .)" "the last three of them"
is "$(ipcs -m --noheadings -o ID --sort id | wc -l)" 32000 "a sorted table of all"
finish
