#!/bin/sh
# SPDX-License-Identifier: 0BSD
# A message gives the true cause of an error, and shows a name as its bytes.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
PATH=$PATH:$HELPERS

# Too few descriptors, with a common mount of queues and without one: the program needs at most four of its own.
# Inherited ones would count as well.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
# The limit on the space of queues is per user on the whole machine.
prlimit --pid $$ --msgqueue=unlimited:unlimited 2>/dev/null
ipcmk -q -n queue -p 644 --max-messages 1 --message-size 16 >/dev/null
for common in mqueue tmpfs; do
	mkdir -p /dev/mqueue
	mount -t $common none /dev/mqueue
	seen=0
	for limit in 4 5 6 7; do
		run prlimit --nofile=$limit:$limit ipcs -Q -J
		if [ "$code" -eq 0 ]; then
			is "$(echo "$out" | grep -o '"msgs":[^,]*,')" '"msgs":0,' "V26: all is known with $limit descriptors ($common)"
		else
			seen=$((seen + 1))
			is "$code:$err" "1:ipcs: cannot open /dev/mqueue: Too many open files" \
				"V26: too few are told as such: $limit ($common)"
		fi
		run prlimit --nofile=$limit:$limit ipcs -Q -N queue
		[ "$code" -eq 0 ] ||
			is "$code:$err" "1:ipcs: cannot open /dev/mqueue: Too many open files" "V26: by name: $limit ($common)"
	done
	test $seen -gt 0
	ok $? "V26: some limit is too low ($common)"
done
umount /dev/mqueue
umount /dev/mqueue
for error in EMFILE ENFILE ENOMEM; do
	run without $error fsopen ipcs -Q
	is "$code:${err%%:*}:$(echo "$err" | grep -c mount)" "1:ipcs:0" "V26: $error of the kernel is no missing mount"
	echo "# $err"
done
file() {
	printf %b "$2" >"/dev/shm/$1"
	truncate -s 32 "/dev/shm/$1"
}
file sem.one '\0005'
run prlimit --nofile=3:3 ipcs -S
if [ "$PROGRAM" = static ]; then
	is "$code:$err" "1:ipcs: cannot open /dev/shm: Too many open files" "V26: /dev/shm, too"
fi
run prlimit --nofile=4:4 ipcs -S
is "$code:$err" "1:ipcs: cannot open /dev/shm: Too many open files" "V26: and what is in its files"

# Invisible characters, and characters that reverse the direction of text.
override=$(printf 'a\342\200\256cod.exe')
space=$(printf 'zero\342\200\213width')
line=$(printf 'line\342\200\250end\302\205')
for name in "$override" "$space" "$line"; do
	printf 1 >"/dev/shm/$name"
done
want='a\xe2\x80\xaecod.exe
line\xe2\x80\xa8end\xc2\x85
zero\xe2\x80\x8bwidth'
is "$(ipcs -M | awk 'NR > 3 && NF {print $NF}' | sort)" "$want" "V26: escaped in a list"
is "$(ipcs -M --noheadings -o NAME --sort name)" "$want" "V26: in a table of columns"
run ipcrm -n -v --posix-shmem "$override" --posix-shmem "${override}x"
is "$(echo "$err" | grep -o "name \`.*")" "name \`a\\xe2\\x80\\xaecod.exex' not found" "V26: in a message"
is "$(ipcs -M -N "$override" | grep -o 'name=.*')" 'name=a\xe2\x80\xaecod.exe' "V26: alone"
ipcs -J -M >"$scratch/json"
is "$(LC_ALL=C tr -d '\n\040-\176' <"$scratch/json" | wc -c):$(grep -o '"name":' "$scratch/json" | wc -l)" 0:3 \
	"V26: JSON sends none of them to a terminal"
if command -v jq >/dev/null; then
	is "$(jq -r '.posix_shmems[].name' "$scratch/json" | sort)" "$(printf '%s\n' "$override" "$space" "$line" | sort)" \
		"V26: and means them"
fi
run ipcrm -v --posix-shmem "$override" --posix-shmem "$space" --posix-shmem "$line"
is "$code:$out" "0:removing POSIX shared memory \`a\\xe2\\x80\\xaecod.exe'
removing POSIX shared memory \`zero\\xe2\\x80\\x8bwidth'
removing POSIX shared memory \`line\\xe2\\x80\\xa8end\\xc2\\x85'" "V26: escaped when they go"
finish
