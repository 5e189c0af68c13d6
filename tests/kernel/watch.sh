#!/bin/sh
# SPDX-License-Identifier: 0BSD
# --watch on real terminals and pipes: lines that fit, POSIX objects by name, one line of JSON a tick.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck disable=SC2119
private
mount -t tmpfs none /dev/shm

# until_true COMMAND...: until the command succeeds, for at most a minute.
until_true() {
	for _ in $(seq 600); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}

# drawn N: the terminal was cleared so many times.
# shellcheck disable=SC2317
drawn() { test "$(grep -o "$(printf '\033')\[J" "$scratch/screen" 2>/dev/null | wc -l)" -ge "$1"; }

# on_terminal LINES COMMAND: starts it on a terminal with so many lines, 0: it tells no size.
on_terminal() {
	rm -f "$scratch/screen" "$scratch/pid"
	script -fqec "stty rows $1 cols 100; echo \$\$ >$scratch/pid; exec $2" "$scratch/screen" </dev/null >/dev/null &
	terminal=$!
}

# off: ends it by a signal, which leaves the terminal as it was.
off() {
	kill -TERM "$(cat "$scratch/pid")"
	wait "$terminal"
	is "$?:$(grep -o '.\[?1049[hl]' "$scratch/screen" | tr -d '\033' | tr '\n' ' ')" '0:[?1049h [?1049l ' \
		"the terminal is left as it was"
}

# screen N: the text between the N-th clearing of the screen and the next.
screen() {
	tr -d '\r' <"$scratch/screen" | awk -v n="$1" -v RS='\033\\[H\033\\[J' 'NR == n + 1 {printf "%s", $0}'
}

for _ in $(seq 40); do ipcmk -Q >/dev/null; done
is "$(ipcs -q --noheadings -r -o ID | wc -l)" 40 "there are queues for more than a screen"
for lines in 0 3 10 60; do
	on_terminal $lines "ipcs -q --watch=1 -o ID"
	until_true drawn 2
	ok $? "a terminal of $lines lines is drawn again"
	off
	case $lines in 0) want=23 ;; 60) want=41 ;; *) want=$((lines - 1)) ;; esac
	is "$(screen 1 | wc -l)" $want "and has $want lines"
	is "$(screen 1 | head -n 2 | tr '\n' ':')" "  ID:   0:" "from the first one on"
done
ipcrm -a

# An object is what has its name, and not what has its place or its inode.
printf 1 >/dev/shm/same
printf 12 >/dev/shm/grows
printf 123 >/dev/shm/goes
on_terminal 24 "ipcs -M -b --watch=1 -o SIZE,NAME --sort name"
until_true drawn 1
printf 1 >/dev/shm/new && mv /dev/shm/new /dev/shm/same
printf 12 >/dev/shm/comes
printf 12345 >/dev/shm/grows
rm /dev/shm/goes
# A mark on the last screen may not be there as a whole yet: two more are awaited below.
# shellcheck disable=SC2317
marked() { drawn 3 && tr -d '\r' <"$scratch/screen" | grep -q '^- *3 goes'; }
until_true marked
ok $? "what went is marked"
count=$(grep -o "$(printf '\033')\[J" "$scratch/screen" | wc -l)
until_true drawn $((count + 2))
off
is "$(tr -d '\r' <"$scratch/screen" | grep -c '^- *3 goes')" 1 "once"
is "$(tr -d '\r' <"$scratch/screen" | grep -c '^+ *2 comes')" 1 "what came is marked once"
is "$(tr -d '\r' <"$scratch/screen" | grep -c '^[*] *5 grows')" 1 "what grew is marked once"
is "$(tr -d '\r' <"$scratch/screen" | grep -c '^[-+*] *1 same')" 0 "another file of the same name is the same object"

# Each line is a document of its own, and who reads no further ends it.
ipcmk -Q -S 2 >/dev/null
for arguments in -A "-s -i 0"; do
	# shellcheck disable=SC2086
	timeout 60 ipcs $arguments -J --watch=1 | head -n 2 >"$scratch/ticks"
	is "$(/usr/bin/python3 -c 'import json, sys
for line in sys.stdin: print(json.loads(line)["complete"])' <"$scratch/ticks" | tr '\n' ' ')" "True True " \
		"ipcs $arguments -J --watch: a line a tick"
done
finish
