#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The width of tables on real objects: 80 columns in a pipe, the width of a terminal; files sorted by name.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"

ipcmk -M 123456789 -Q -S 5 >/dev/null
ipcmk -M 1G --noreserve >/dev/null
for name in zebra name-of-20-letters-x apple 日本語 mango; do
	ipcmk -m 1M -s -n $name >/dev/null
done
ipcmk -q -n queue-of-20-letters-x --max-messages 1 --message-size 16 >/dev/null
ipcmk -q -n a --max-messages 1 --message-size 16 >/dev/null

# widest: the width of the longest line.  util-linux pads its classic System V tables with blanks, which do not count.
widest() {
	sed '/^------ POSIX/,$!s/ *$//' | /usr/bin/python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
          for line in open(0, encoding="utf-8")))'
}

while read -r arguments; do
	# shellcheck disable=SC2086
	run ipcs $arguments
	cells=$(echo "$out" | widest)
	test "$code" -eq 0 && test "$cells" -le 80 && test "$(echo "$out" | wc -l)" -ge 3
	ok $? "ipcs $arguments has at most 80 columns ($cells)"
done <<-'EOF'
	-g
	-g -A
	-A
	-AQ
	-A -t
	-Q -p
	-A -c
	-A --human
	-A -l
	-A -u
	-A -P
	-A --attached
	-A --waiting
	-A --attached --waiting
	-A -P -t
	-A -P -c
EOF
out=$(ipcs -A -p 2>/dev/null)
test "$(echo "$out" | widest)" -le 80 && test "$(echo "$out" | grep -c "PIDs --")" -eq 3
ok $? "ipcs -A -p has at most 80 columns"
for arguments in -g "-g -A"; do
	# shellcheck disable=SC2086
	lines=$(ipcs $arguments | wc -l)
	test "$lines" -ge 10 && test "$lines" -le 23
	ok $? "ipcs $arguments fits 24 lines with a prompt ($lines)"
done

# Sizes are short in tables of columns, and only there.
is "$(ipcs -m --noheadings -o SIZE --sort size)" "117.7M
    1G" "short sizes in a table"
is "$(ipcs -m --noheadings -b -o SIZE --sort size)" " 123456789
1073741824" "-b: in bytes"
is "$(ipcs -m --noheadings -r -o SIZE --sort size | tr '\n' ' ')" "123456789 1073741824 " "and in bytes without a table"

# On a terminal, compared with a pipe.
long=$(printf '%0200d' 7)
ipcmk -m 1 -n "$long" >/dev/null
if command -v script >/dev/null; then
	for arguments in -g "-A -P" "-A --attached" "-M -o NAME,SIZE,OWNER,CTIME" "-A -P -t" "-A -o +MODE,CTIME"; do
		script -qec "stty cols 60; ipcs $arguments" "$scratch/screen" >/dev/null </dev/null
		sed '/^Script /d' "$scratch/screen" | tr -d '\r' | tee "$scratch/lines" | widest >"$scratch/widest"
		# shellcheck disable=SC2086
		is "$(cat "$scratch/widest"):$(grep -c . "$scratch/lines")" "60:$(ipcs $arguments | grep -c .)" \
			"ipcs $arguments on a terminal of 60 columns is cut, not wrapped"
	done
	script -qec "stty cols 60; ipcs -M -P -o NAME | cat" "$scratch/screen" >/dev/null </dev/null
	is "$(grep -c "^$long" "$scratch/screen")" 1 "what goes through a pipe is not"
	script -qec "stty cols 0; ipcs -M -P -o NAME" "$scratch/screen" >/dev/null </dev/null
	is "$(grep -c "^$long" "$scratch/screen")" 1 "nor on a terminal that does not tell its width"
	script -qec "stty cols 60; ipcs -M" "$scratch/screen" >/dev/null </dev/null
	is "$(grep -c " $long" "$scratch/screen")" 1 "nor is a classic table"
else
	skip "lines on a terminal" "script is not installed"
fi
ipcrm --posix-shmem "$long"

# Sorted by bytes, whatever the order of the directory.
is "$(ipcs -M | awk 'NR > 3 && NF {print $NF}' | tr '\n' ' ')" "apple mango name-of-20-letters-x zebra 日本語 " "a classic list is sorted"
is "$(ipcs -S -r --noheadings -o NAME | tr '\n' ' ')" "apple mango name-of-20-letters-x zebra 日本語 " "a raw one"
is "$(ipcs -M -J -o NAME --rows 2 | tr -d '\n')" \
	'{"version":1,"posix_shmems":[{"name":"apple"},{"name":"mango"}],"complete":true}' "the first two in JSON"
is "$(ipcs -M --noheadings -o NAME,SIZE)" "apple                1M
mango                1M
name-of-20-letters-x 1M
zebra                1M
日本語               1M" "wide characters take two cells"
is "$(ipcrm -v --all=posix | sed "s/removing POSIX \(.*\) \`\/*\(.*\)'/\1:\2/" | tr '\n' ' ')" "shared memory:apple \
shared memory:mango shared memory:name-of-20-letters-x shared memory:zebra shared memory:日本語 semaphore:apple \
semaphore:mango semaphore:name-of-20-letters-x semaphore:zebra semaphore:日本語 message queue:a \
message queue:queue-of-20-letters-x " "what is removed is in that order"
finish
