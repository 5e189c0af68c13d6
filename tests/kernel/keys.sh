#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Keys, identifiers, operands and the other settings of ipcmk, on real objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/huge_pages.sh
. "${0%/*}/../lib/huge_pages.sh"
private

# field FILE COLUMN: of the most recent object.
field() { awk -v name="$2" 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == name) c = i} END {print $c}' "/proc/sysvipc/$1"; }
# hex FILE: the key of the most recent object.
hex() { printf '0x%08x\n' $(($(field "$1" key) & 0xffffffff)); }
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
	hex=$(hex shm)
	is "$(ipcmk --print-key "$key"):$(ipcs --key "$key" | awk '/^0x/ {printf "%s ", $1}')" "$hex:$hex $hex $hex " \
		"ipcs --key $key"
	is "$(ipcs --key other | awk '/^---/ {n++} /^0x/ {rows++} END {print n + 0, rows + 0}')" "3 0" \
		"and by no other"
	run ipcmk -Q -k "$key"
	is "$code:$err" "1:ipcmk: create message queue failed: File exists (key $hex, id $(field msg msqid))" \
		"$key exists"
	run ipcrm -v -M "$key" -Q "$key" -S "$key"
	is "$code:$(echo "$out" | grep -c '^removing .* id'):$(all)" "0:3:0" "removed by $key"
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
ipcmk -M 1 -Q -S 1 keyed >/dev/null
for key in private 0; do
	is "$(ipcs --key $key | grep ^0x | awk '{print $1, $2}')" "0x00000000 ${out##* }" "ipcs --key $key"
done
run ipcrm -v --shm --key private
is "$code:$out:$(all)" "0:removing shared memory segment id \`${out##*\`}:3" "ipcrm --shm --key private"
ipcrm -a

# Contradictory and ambiguous command lines create nothing.
ipcmk -Q taken >/dev/null
while IFS='|' read -r wrong why; do
	eval "run ipcmk $wrong"
	is "$code:$(echo "$err" | sed 's/, id [0-9]*)/)/; q'):$(all)" "1:ipcmk: $why:1" "ipcmk $wrong"
done <<-'EOF'
	-Q 600|'600' is ambiguous after -Q: write 0600 for a mode, --max-messages 600 for a capacity
	-Q 600 mymq|'600' is ambiguous after -Q: write 0600 for a mode, --max-messages 600 for a capacity
	-Q 16 mymq other|more than one key: 'other'
	-M 1024 0600 0640|more than one mode: '0640'
	-M 1024 600 u=rw|more than one mode: 'u=rw'
	-M 1024 -p 600 0640|more than one mode: '0640'
	-M 1024 -p 600 rw-r-----|more than one mode: 'rw-r-----'
	-M 1024 -k one two|more than one key: 'two'
	-M 1024 0888|'0888' is not a mode or a key
	-M 1024 01777|failed to parse mode: '01777': Numerical result out of range
	-M 1024 1777|'1777' is not a mode; use -k 1777 for a key
	-M 1024 0x4d2|'0x4d2' is not a mode; use -k 0x4d2 for a key
	-Q 16 1234|'1234' is not a mode; use -k 1234 for a key
	-m 600 -Q|name is required for POSIX IPC: -m makes POSIX shared memory and needs -n NAME; System V is -M
	-M 1024 12ab|'12ab' is not a mode or a key
	-M 1024 0x|'0x' is not a mode or a key
	-M 1024 what:ever|'what:ever' is not a mode or a key
	-M 1024 name:|'name:' is not a mode or a key
	-M 1024 ftok:|'ftok:' is not a mode or a key
	-M 1024 ftok:/nowhere|cannot derive a key from 'ftok:/nowhere': No such file or directory
	-M 1024 ftok:/etc/passwd:0|--key 'ftok:/etc/passwd:0': PROJ is not from 1 to 255
	-M 1024 ftok:/etc/passwd:256|--key 'ftok:/etc/passwd:256': PROJ is not from 1 to 255
	-M 1024 ''|'' is not a mode or a key
	-M 1024 0|--key '0': write private for an object without a key
	-M 1024 0x100000000|--key '0x100000000': more than 32 bits
	-k -2147483649 -M 1024|--key '-2147483649': more than 32 bits
	-M 1024 --max-messages 5|--max-messages needs --queue or --posix-mqueue
	-M 1024 --message-size 5|--message-size needs --queue or --posix-mqueue
	-M 1024 --value 5|--value needs --semaphore or --posix-semaphore
	-Q --message-size 5|--message-size needs --max-messages
	-Q --max-messages 0|--max-messages '0': not a number from 1 to 2147483647
	-Q --max-messages -1|--max-messages '-1': not a number from 1 to 2147483647
	-Q 5 --message-size 0|--message-size '0': not a size from 1 to 8192 (kernel.msgmax)
	-Q 5 --message-size 999999|--message-size '999999': not a size from 1 to 8192 (kernel.msgmax)
	-Q --lock|--lock needs --shmem
	-Q --noreserve|--noreserve needs --shmem
	-S 1 --hugetlb|--hugetlb needs --shmem
	-M 1 --hugetlb=3M|--hugetlb '3M': not 2M or 1G
	-S 2 --value 1,2,3|--value '1,2,3': 3 values for 2 semaphores
	-S 2 --value 1,|--value '1,': not a list of numbers from 0 to 32767
	-S 2 --value 32768|--value '32768': not a number from 0 to 32767
	-M 1 --owner nosuchuser|--owner 'nosuchuser': no such user
	-M 1 --owner root:nosuchgroup|--owner 'root:nosuchgroup': no such group
	-M 1 --owner ''|--owner '': no such user
	-M 1 --exist-ok|--exist-ok needs --name or --key
	-M 1 --exist-ok private|--exist-ok needs a key other than private
	-Q taken|create message queue failed: File exists (key 0x472c0828)
	-M 1 -Q taken|create message queue failed: File exists (key 0x472c0828)
	--print-key|option '--print-key' requires an argument
	--print-key 1x|--print-key '1x': not a key
	--print-key x -M 1|--print-key and --shmem cannot be combined
	-k x|bad usage
EOF
while IFS='|' read -r wrong why; do
	eval "run $wrong"
	is "$code:$err:$(all)" "1:$why:1" "$wrong"
done <<-'EOF'
	ipcrm -Q private|ipcrm: illegal key (private)
	ipcrm -Q 1x|ipcrm: failed to parse argument: '1x': not a key
	ipcrm -Q ''|ipcrm: failed to parse argument: '': not a key
	ipcrm -Q what:ever|ipcrm: failed to parse argument: 'what:ever': not a key
	ipcrm -Q ftok:/nowhere|ipcrm: cannot derive a key from 'ftok:/nowhere': No such file or directory
	ipcrm -Q 0x100000000|ipcrm: failed to parse argument: '0x100000000': Numerical result out of range
	ipcs --key 1x|ipcs: --key '1x': not a key
	ipcs --key ''|ipcs: --key '': not a key
	ipcs --key what:ever|ipcs: --key 'what:ever': not a key
	ipcs --key ftok:/nowhere|ipcs: cannot derive a key from 'ftok:/nowhere': No such file or directory
	ipcs --key 0x100000000|ipcs: --key '0x100000000': more than 32 bits
EOF
ipcrm -Q taken

# A program that follows only the manual finds the objects.
ipcmk -M 100 -Q -S 1 --value 3 ours >/dev/null
ids="$(field shm shmid) $(field msg msqid) $(field sem semid)"
is "$("$HELPERS/attach" ours)" "$ids" "a program attaches by the documented key"
is "$(for kind in m q s; do ipcs -$kind --key ours | awk '/^0x/ {print $2}'; done | tr '\n' ' ')" "$ids " \
	"to the same objects"
is "$(field msg qnum)" 1 "sends a message"
is "$(ipcs -s -i "$(field sem semid)" | awk '$1 == "0" {print $2}')" 2 "takes from a semaphore"

# --exist-ok: running it twice is as good as once.
run ipcmk -M 100 -Q -S 1 ours --exist-ok --id-only
is "$code:$(echo "$out" | tr '\n' ' ')" "0:$ids " "an existing object is reused"
run ipcmk -M 101 ours --exist-ok
is "$code:${err##*: }" "1:its size is 100, less than 101)" "if it is large enough"
run ipcmk -Q -S 2 -M 100 ours --exist-ok
is "$code:$(all)" "1:3" "and stays if something else fails"
ipcrm -a

# Two runs that create the same name at the same time create one object, and neither fails.
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
is "$(all):$(sort -u "$scratch/race.1" "$scratch/race.2")" \
	"3:$(awk 'FNR > 1 {print $2}' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | sort -u)" \
	"two racers make one of each, and never fail"
# Run until they have ended and there was something to remove.
remover() {
	while ! [ -e "$scratch/raced" ] || ! [ -s "$scratch/removed" ]; do
		ipcrm -v -Q race >>"$scratch/removed" 2>/dev/null
	done
}
: >"$scratch/race.1"
: >"$scratch/race.2"
remover &
remover=$!
racer 1 &
racers=$!
racer 2 &
wait $racers $!
: >"$scratch/raced"
await 60 test -s "$scratch/removed" || kill $remover
wait $remover
test "$(awk 'FNR > 1' /proc/sysvipc/msg | wc -l)" -le 1 && test -s "$scratch/removed"
is "$?:$(grep -c '^[0-9]*$' "$scratch/race.1"):$(grep -c '^[0-9]*$' "$scratch/race.2")" 0:450:450 \
	"nor when somebody removes it all the time, and still there are never two"
ipcrm -a

# Capacity, values, owner, flags.
echo 16384 >/proc/sys/kernel/msgmnb
run ipcmk -Q 4 --message-size 1K cap
is "$code:$(ipcs -q -i "$(field msg msqid)" | tr '\t' '\n' | grep qbytes)" "0:qbytes=4096" "--message-size"
why='its capacity of 131072 bytes exceeds the limit of 16384 (kernel.msgmnb)'
run setpriv --bounding-set=-sys_resource ipcmk -M 1 -Q 16 --message-size 8192 big
is "$code:$out:$err:$(ipcs --key big | grep -c ^0x)" \
	"1::ipcmk: create message queue failed: $why: Operation not permitted:0" \
	"a capacity above msgmnb fails and leaves nothing"
run ipcmk -S 3 --value 1,2,3
is "$code:$(ipcs -s -i "${out##* }" | awk '$1 ~ /^[0-9]$/ {print $2}' | tr '\n' ' ')" "0:1 2 3 " "--value for each"
run ipcmk -S 3 --value 9
is "$code:$(ipcs -s -i "${out##* }" | awk '$1 ~ /^[0-9]$/ {print $2}' | tr '\n' ' ')" "0:9 9 9 " "--value for all"
run ipcmk -M 4321 --noreserve
is "$code:$(field shm size)" 0:4321 "--noreserve"
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
if with_huge_page; then
	# pages_of ID: its page size in KiB, as a process that attaches it sees it.
	pages_of() {
		rm -f "$scratch/pid"
		"$HELPERS/use" attach "$1" 1 >"$scratch/pid" &
		await 20 test -s "$scratch/pid"
		awk '/SYSV/ {ours = 1} ours && $1 == "KernelPageSize:" {print $2; exit}' "/proc/$!/smaps"
		ended $!
	}
	run ipcmk -M 2M --hugetlb
	is "$code:$(pages_of "${out##* }")" "0:$(awk '$1 == "Hugepagesize:" {print $2}' /proc/meminfo)" "--hugetlb"
	ipcrm -m "${out##* }"
	if grep -q 'Hugepagesize: *2048 kB' /proc/meminfo; then
		run ipcmk -M 2M --hugetlb=2M
		is "$code:$(pages_of "${out##* }")" "0:2048" "--hugetlb=2M"
	fi
	ipcrm -a
	without_huge_page
else
	skip "--hugetlb" "this machine has no huge pages to give"
fi
ipcrm -a

# JSON for a real parser.
if command -v python3 >/dev/null; then
	ipcmk -J -M 4096 -Q 2 -S 2 -p 600 "$(printf 'name:\033["\\\n\303\274\377')" --message-size 100 >"$scratch/json"
	is "$(python3 -c '
import json, sys
made = json.load(open(sys.argv[1], encoding="utf-8"))
shm, msg, sem = (made[kind][0] for kind in ("shmems", "queues", "semaphores"))
print(made["complete"], shm["size"] + 0, msg["qbytes"] + 0, sem["nsems"] + 0, shm["mode"], shm["id"] + 0,
	shm["key"] == msg["key"] == sem["key"], ascii(shm["name"]), shm["uid"] >= 0)' "$scratch/json")" \
		"True 4096 200 2 0600 $(field shm shmid) True '\\x1b[\"\\\\\\n\\xfc\\\\xff' True" "JSON"
	is "$(grep -o "\"key\":\"$(hex shm)\"" "$scratch/json" | wc -l)" 3 "with the key"
	run ipcmk -J -Q
	is "$(printf '%s' "$out" | python3 -c 'import json, sys; print(json.load(sys.stdin)["queues"][0]["name"])')" None \
		"a random key has no name"
else
	skip "JSON" "python3 is not installed"
fi
finish
