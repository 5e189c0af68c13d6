#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Keys, identifiers, operands and what else ipcmk sets, on real objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# field FILE COLUMN: of the object made last.
field() { awk -v name="$2" 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == name) c = i} END {print $c}' "/proc/sysvipc/$1"; }
all() { awk 'FNR > 1' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | wc -l; }

# The command lines that people know.
ipcmk --shmem 1024 >/dev/null && ipcmk --semaphore 4 >/dev/null && ipcmk --queue >/dev/null
is "$(field shm perms) $(field sem perms) $(field msg perms)" "644 644 644" "one object each, mode 0644"
run ipcmk --shmem 1024 0600
is "$code:$(field shm perms):$(field shm size)" "0:600:1024" "an octal operand is the mode"
run ipcmk -M 1024 myshm
is "$code:$(field shm size):$(ipcs -m --key myshm | awk '/^0x/ {print $1}')" "0:1024:0x855334ef" "an identifier"
echo 200000 >/proc/sys/kernel/msgmnb
run ipcmk -Q 16 mymq
is "$code:$(ipcs -q --key mymq | awk '/^0x/ {print $1}')" "0:0xad5e5831" "a queue with capacity and identifier"
is "$(ipcs -q -i "${out##* }" | tr '\t' '\n' | grep qbytes)" "qbytes=131072" "that holds 16 of the largest messages"
ipcrm -a

# Every form of a key names the same object in all three tools.
for key in 0x4d2 1234 02322 -1 4294967295 ftok:/etc/passwd ftok:/etc/passwd:7 ftok:/etc/passwd:A name:me me \
	/some/path .hidden _x "name:with blank" "name:1" "name:a:b" "a b"; do
	run ipcmk -M 10 -Q -S 1 -k "$key"
	is "$code:$(all)" "0:3" "made under $key"
	hex=$(ipcmk --print-key "$key")
	is "$(ipcs --key "$key" | awk '/^0x/ {print $1}' | sort -u)" "$hex" "ipcs --key $key"
	is "$(ipcs --key other | grep -c ^0x)" 0 "and by no other"
	run ipcmk -Q -k "$key"
	is "$code:$err" "1:ipcmk: create message queue failed: File exists (key $hex, id $(field msg msqid))" \
		"$key exists"
	run ipcrm -M "$key" -Q "$key" -S "$key"
	is "$code:$(all)" "0:0" "removed by $key"
done
if command -v python3 >/dev/null; then
	is "$(ipcmk --print-key ftok:/etc/passwd:65)" \
		"$(python3 -c 'import ctypes; print("0x%08x" % (ctypes.CDLL(None).ftok(b"/etc/passwd", 65) & 0xffffffff))')" \
		"the key of libc's ftok"
else
	skip "the key of libc's ftok" "python3 is not installed"
fi
run ipcmk -M 1 -k private
is "$code:$(field shm key)" "0:0" "a private segment has no key"
ipcrm -a

# What contradicts itself, or could be read in two ways, makes nothing.
ipcmk -Q taken >/dev/null
while read -r wrong; do
	eval "run ipcmk $wrong"
	is "$code:$(all)" "1:1" "ipcmk $wrong"
	test -n "$err"
	ok $? "says why"
done <<-'EOF'
	-Q 600
	-Q 600 mymq
	-Q 16 mymq other
	-M 1024 0600 0640
	-M 1024 600 u=rw
	-M 1024 -p 600 0640
	-M 1024 -p 600 rw-r-----
	-M 1024 -k one two
	-M 1024 0888
	-M 1024 1777
	-M 1024 12ab
	-M 1024 0x
	-M 1024 what:ever
	-M 1024 name:
	-M 1024 ftok:
	-M 1024 ftok:/nowhere
	-M 1024 ftok:/etc/passwd:0
	-M 1024 ftok:/etc/passwd:256
	-M 1024 ''
	-M 1024 0
	-M 1024 0x100000000
	-k -2147483649 -M 1024
	-M 1024 --max-messages 5
	-M 1024 --message-size 5
	-M 1024 --value 5
	-Q --message-size 5
	-Q --max-messages 0
	-Q --max-messages -1
	-Q 5 --message-size 0
	-Q 5 --message-size 999999
	-Q --lock
	-Q --noreserve
	-S 1 --hugetlb
	-M 1 --hugetlb=3M
	-S 2 --value 1,2,3
	-S 2 --value 1,
	-S 2 --value 32768
	-M 1 --owner nosuchuser
	-M 1 --owner root:nosuchgroup
	-M 1 --owner ''
	-M 1 --exist-ok
	-M 1 --exist-ok private
	-Q taken
	-M 1 -Q taken
	--print-key
	--print-key 1x
	--print-key x -M 1
	-k x
EOF
for tool in "ipcrm -Q" "ipcs --key"; do
	for key in private 1x '' what:ever ftok:/nowhere 0x100000000; do
		# shellcheck disable=SC2086
		run $tool "$key"
		is "$code:$(all)" "1:1" "$tool '$key'"
	done
done
ipcrm -Q taken

# A program that knows only what the manual says finds them.
ipcmk -M 100 -Q -S 1 --value 3 ours >/dev/null
ids=$("$HELPERS/attach" ours)
ok $? "a program attaches by the documented key"
is "$ids" "$(for kind in m q s; do ipcs -$kind --key ours | awk '/^0x/ {print $2}'; done | tr '\n' ' ' | sed 's/ $//')" \
	"to the same objects"
is "$(field msg qnum)" 1 "sends a message"
is "$(ipcs -s -i "$(field sem semid)" | awk '$1 == "0" {print $2}')" 2 "takes from a semaphore"

# --exist-ok: twice is as good as once.
run ipcmk -M 100 -Q -S 1 ours --exist-ok --id-only
is "$code:$(echo "$out" | tr '\n' ' ')" "0:$ids " "what exists is taken"
run ipcmk -M 101 ours --exist-ok
is "$code:${err##*: }" "1:its size is 100, less than 101)" "if it is large enough"
run ipcmk -Q -S 2 -M 100 ours --exist-ok
is "$code:$(all)" "1:3" "and stays if something else fails"
ipcrm -a

# Two that make the same name at the same time make one, and neither fails.
racer() {
	i=0
	while [ $i -lt 150 ]; do
		ipcmk -M 4096 -Q -S 2 -k race --exist-ok --id-only >>"$scratch/race.$1" 2>&1 || echo "failed $?" >>"$scratch/race.$1"
		i=$((i + 1))
	done
}
racer 1 &
racer 2 &
wait
is "$(all)" 3 "two racers make one of each"
is "$(sort -u "$scratch/race.1" "$scratch/race.2")" \
	"$(awk 'FNR > 1 {print $2}' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | sort -u)" "and never fail"
remover() {
	i=0
	while [ $i -lt 150 ]; do
		ipcrm -Q race 2>/dev/null
		i=$((i + 1))
	done
}
: >"$scratch/race.1"
: >"$scratch/race.2"
racer 1 &
racer 2 &
remover &
wait
is "$(grep -c failed "$scratch/race.1" "$scratch/race.2" | tr '\n' ' ')" "$scratch/race.1:0 $scratch/race.2:0 " \
	"nor when somebody removes it all the time"
test "$(awk 'FNR > 1' /proc/sysvipc/msg | wc -l)" -le 1
ok $? "and still there are never two"
ipcrm -a

# Capacity, values, owner, flags.
echo 16384 >/proc/sys/kernel/msgmnb
run ipcmk -Q 4 --message-size 1K cap
is "$code:$(ipcs -q -i "$(field msg msqid)" | tr '\t' '\n' | grep qbytes)" "0:qbytes=4096" "--message-size"
run setpriv --bounding-set=-sys_resource ipcmk -M 1 -Q 16 --message-size 8192 big
is "$code:$out:$(ipcs --key big | grep -c ^0x)" "1::0" "a capacity above msgmnb fails and leaves nothing"
run ipcmk -S 3 --value 1,2,3
is "$code:$(ipcs -s -i "${out##* }" | awk '$1 ~ /^[0-9]$/ {print $2}' | tr '\n' ' ')" "0:1 2 3 " "--value for each"
run ipcmk -S 3 --value 9
is "$code:$(ipcs -s -i "${out##* }" | awk '$1 ~ /^[0-9]$/ {print $2}' | tr '\n' ' ')" "0:9 9 9 " "--value for all"
run ipcmk -M 1 --noreserve
is "$code" 0 "--noreserve"
run ipcmk -M 1 --lock
is "$code:$(field shm perms)" "0:2644" "--lock"
if as_user true 2>/dev/null; then
	run ipcmk -M 1 --owner nobody:2
	is "$code:$(field shm uid) $(field shm gid) $(field shm cuid)" "0:65534 2 0" "--owner by name and number"
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcbox"
	before=$(all)
	run as_user prlimit --memlock=0 "$scratch/ipcbox" ipcmk -M 1 -Q --lock
	is "$code:$out:$(all)" "1::$before" "a lock that is refused leaves nothing"
else
	skip "--owner and a refused --lock" "this user cannot become another"
fi
pages=$(cat /proc/sys/vm/nr_hugepages 2>/dev/null)
if { echo $((pages + 1)) >/proc/sys/vm/nr_hugepages; } 2>/dev/null &&
	[ "$(awk '/HugePages_Free/ {print $2}' /proc/meminfo)" -gt 0 ]; then
	run ipcmk -M 2M --hugetlb
	is "$code" 0 "--hugetlb"
	run ipcmk -M 2M --hugetlb=2M
	ipcrm -a
	echo "$pages" >/proc/sys/vm/nr_hugepages
else
	skip "--hugetlb" "this machine has no huge pages to give"
fi
ipcrm -a

# JSON that a real parser takes.
if command -v python3 >/dev/null; then
	ipcmk -J -M 4096 -Q 2 -S 2 -p 600 "$(printf 'name:\033["\\\n\303\274\377')" --message-size 100 >"$scratch/json"
	is "$(python3 -c '
import json, sys
shm, msg, sem = json.load(open(sys.argv[1], encoding="utf-8"))
print(shm["kind"], shm["size"] + 0, msg["qbytes"] + 0, sem["nsems"] + 0, shm["mode"], shm["id"] + 0,
	shm["key"] == msg["key"] == sem["key"], ascii(shm["name"]), shm["uid"] >= 0)' "$scratch/json")" \
		"shm 4096 200 2 0600 $(field shm shmid) True '\\x1b[\"\\\\\\n\\xfc\\\\xff' True" "JSON"
	is "$(ipcs -m | awk '/^0x/ {print $1}')" "$(sed -n 's/.*shm.*"key": "\([^"]*\)".*/\1/p' "$scratch/json")" "with the key"
	run ipcmk -J -Q
	is "$(printf '%s' "$out" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["name"])')" None \
		"a random key has no name"
else
	skip "JSON" "python3 is not installed"
fi
finish
