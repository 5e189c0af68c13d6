#!/bin/sh
# SPDX-License-Identifier: 0BSD
# --watch on real terminals and pipes: lines that fit, the terminal after signals and job control, POSIX objects by
# name, and one line of JSON per round.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck disable=SC2119
private
mount -t tmpfs none /dev/shm
export TERM=xterm

# until_true COMMAND...: repeat it until it succeeds, for at most a minute.
until_true() {
	for _ in $(seq 600); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}

# drawn N: true if the terminal was cleared this many times.
# shellcheck disable=SC2317
drawn() { test "$(grep -o "$(printf '\033')\[J" "$scratch/screen" 2>/dev/null | wc -l)" -ge "$1"; }

# on_terminal LINES COMMAND: start it on a terminal with this many lines; 0: one of unknown size.
on_terminal() {
	rm -f "$scratch/screen" "$scratch/pid"
	script -fqec "stty rows $1 cols 100; echo \$\$ >$scratch/pid; exec $2" "$scratch/screen" </dev/null >/dev/null &
	terminal=$!
}

# on COMMAND STEP...: run a command, with its PID in "pid", on a terminal of 24 lines of 80 columns, and compare the
# settings before and after; its status is in "status".  The steps are those of terminal.py.
on() {
	rm -f "$scratch/screen" "$scratch/pid" "$scratch/status"
	on_command=$1
	shift
	(cd "$scratch" && /usr/bin/python3 "$SOURCE/tests/lib/terminal.py" screen 24x80 "trap : INT QUIT; ulimit -c 0; stty -a >before
		$on_command
		echo \$? >status; stty -a >after" "$@")
}

# watching ARGUMENT...: the command for that.
watching() { echo "sh -c 'echo \$\$ >pid; exec ipcs $*'"; }

# turns: how often the terminal was entered and left, and the output after the last time.
turns() {
	tr -d '\r' <"$scratch/screen" | awk -v RS='\033' '
		/^\[\?1049h/ { printf "enter " }
		/^\[\?1049l/ { printf "leave " }
		/^\[\?25h/ { shown = 1 } /^\[\?25l/ { shown = 0 }
		/^\[\?7h/ { wraps = 1 } /^\[\?7l/ { wraps = 0 }
		END { if (!shown || !wraps) printf "without cursor or wrapping" }'
}

# kept NAME: the terminal has its old settings, and nothing is drawn after it is left.
kept() {
	is "$(cat "$scratch/status"):$(turns):$(cmp "$scratch/before" "$scratch/after" 2>&1)" "$2:$3:" "$1"
}

# off: end it with a signal, which restores the terminal.
off() {
	kill -TERM "$(cat "$scratch/pid")"
	wait "$terminal"
	is "$?:$(turns)" '0:enter leave ' \
		"the terminal is left as it was"
}

# screen N: the N-th screen.
screen() {
	tr -d '\r' <"$scratch/screen" | awk -v n="$1" -v RS='\033\\[H\033\\[J|\033\\[m\n\033\\[\\?7h' 'NR == n + 1 {printf "%s", $0}'
}

for _ in $(seq 40); do ipcmk -Q >/dev/null; done
is "$(ipcs -q --noheadings -r -o ID | wc -l)" 40 "there are queues for more than a screen"
for lines in 0 3 10 60; do
	on_terminal $lines "ipcs -q --watch=1 -o ID"
	until_true drawn 2
	ok $? "a terminal of $lines lines is drawn again"
	off
	case $lines in 0) want=23:19 ;; 3) want=2:40 ;; 10) want=9:33 ;; 60) want=42: ;; esac
	is "$(screen 1 | wc -l):$(screen 1 | sed -n 's/ more lines$//p')" "$want" "and has as many lines, and shows the number of other lines"
	is "$(screen 1 | sed -n '2s/ID/first/p')" first "from the first one on"
done

# A screen of 24 lines of 80 columns.
on "$(watching -q --watch 1)" "wait:more lines" "run:kill -TERM \$(cat pid)"
kept "the terminal is as before" 0 "enter leave "
is "$(screen 1 | awk '{ if (length > 80) print }' | wc -l):$(screen 1 | awk 'END {print NR ":" $0}')" "0:24:21 more lines" \
	"a screen of 24 lines of 80 columns, the last of which says how many are missing"
is "$(screen 1 | head -n 1 | sed 's/: [A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 1-3][0-9] [0-9:]\{8\} [0-9]*$//; s/  */ /g')" \
	"Every second: ipcs -q $(hostname)" "the first says what is shown where and when"
is "$(screen 1 | head -n 1 | wc -c)" 81 "from side to side"
is "$(screen 1 | sed '1d; $d')" "$(ipcs -q | head -n 22)" "between them is the output of the command without --watch"
on "$(watching -q --watch=3600)" "wait:21 more lines" size:12x60 "wait:33 more lines" size:60x200 "wait: 39 " "type:\\x03"
is "$(screen 2 | head -n 1 | wc -c):$(screen 2 | awk 'END {print NR}'):$(screen 3 | head -n 1 | wc -c)" 61:12:201 \
	"another size is heeded at once"

# However the program ends, the terminal is as before.
for ending in "type:\\x03" "type:\\x1c" "run:kill -HUP \$(cat pid)" "run:kill -INT \$(cat pid)" \
	"run:kill -QUIT \$(cat pid)"; do
	on "$(watching -q --watch)" "wait:more lines" "$ending"
	kept "the terminal is as before: $ending" 0 "enter leave "
done
on "$(watching -q -i 0 --watch=1)" "wait:mode=" "run:ipcrm -q 0"
kept "an object vanishes" 1 "enter leave "
is "$(tail -n 1 "$scratch/screen" | tr -d '\r' | sed 's/.*1049l//')" "ipcs: id 0 is gone" "which is said where it stays to be read"
on "exec $(watching -q --watch=1)" "wait:more lines" close
ok $(($? == 99)) "a terminal that hangs up ends it"

# Job control: the shell gets its settings back while the command is stopped.
stopped_and_continued="set -m; $(watching -q --watch=3600); echo stopped \$?; stty -a >mid; fg >/dev/null"
on "$stopped_and_continued" "wait:more lines" "type:\\x1a" "wait:stopped 148" "wait:more lines" "type:\\x03"
kept "^Z and fg" 0 "enter leave enter leave "
is "$(turns):$(cmp "$scratch/before" "$scratch/mid" 2>&1)" "enter leave enter leave :" "the shell has its settings in between"

# Wait until the command is stopped or has ended, even if the shell has not noticed.
stopped="until grep -q ') T' /proc/\$(cat pid)/stat; do sleep 0.1; done"
ended="while grep -q ') [^Z]' /proc/\$(cat pid)/stat 2>/dev/null; do sleep 0.1; done"
on "set -m; $(watching -q --watch=1); echo stopped; bg; $stopped; fg" "wait:more lines" "type:\\x1a" \
	"wait:stopped" "wait:more lines" "type:\\x03"
kept "^Z, bg and fg: it is not drawn in the background" 0 "enter leave enter leave "
on "set -m; $(watching -q --watch=1) & until [ -s pid ]; do sleep 0.1; done; $stopped; echo waits; fg" \
	"wait:waits" "wait:more lines" "type:\\x03"
kept "started in the background, it waits for the terminal" 0 "enter leave "
on "set -m; $(watching -q --watch=1); echo stopped; kill %1; kill -CONT %1; $ended; wait %1" "wait:more lines" "type:\\x1a"
kept "what is stopped can be ended" 0 "enter leave "

# A terminal without a description gets one document after the other.
for term in "TERM=dumb" "TERM=" "unset TERM"; do
	on "$term; $(watching -q -o ID --watch=1)" "wait:39" "wait:39" "type:\\x03"
	is "$(cat "$scratch/status"):$(tr -d '\r' <"$scratch/screen" | head -n 43 | tr '\n' ':')" \
		"0:$({ ipcs -q -o ID; echo; ipcs -q -o ID; } | head -n 43 | tr '\n' ':')" "$term: documents without any sequence"
done

# An ignored signal, as under nohup, does not end it.
sh -c 'trap "" HUP; exec ipcs -q -o ID --noheadings --watch=1' >"$scratch/ticks" &
watcher=$!
until_true test -s "$scratch/ticks"
kill -HUP $watcher
before=$(wc -l <"$scratch/ticks")
# shellcheck disable=SC2317
more() { test "$(wc -l <"$scratch/ticks")" -gt "$before"; }
until_true more
ok $? "an ignored signal is ignored"
kill -TERM $watcher
wait $watcher
is $? 0 "and another one ends it"
ipcrm -a

# An object is identified by its name, not by its place or its inode.
printf 1 >/dev/shm/same
printf 12 >/dev/shm/grows
printf 123 >/dev/shm/goes
on_terminal 24 "ipcs -M -b --watch=1 -o SIZE,NAME --sort name"
until_true drawn 1
printf 1 >/dev/shm/new && mv /dev/shm/new /dev/shm/same
printf 12 >/dev/shm/comes
printf 12345 >/dev/shm/grows
rm /dev/shm/goes
# A mark on the last screen may be incomplete, so wait for two more below.
# shellcheck disable=SC2317
marks() { tr -d '\r' <"$scratch/screen" | grep -c "^$(printf '\033')\[1m *$1$(printf '\033')\[m\$"; }
# shellcheck disable=SC2317
marked() { drawn 3 && [ "$(marks '3 goes -')" -gt 0 ]; }
until_true marked
ok $? "removed objects are marked"
count=$(grep -o "$(printf '\033')\[J" "$scratch/screen" | wc -l)
until_true drawn $((count + 2))
off
is "$(marks '3 goes -')" 1 "once"
is "$(marks '2 comes +')" 1 "new objects are marked once"
is "$(marks '5 grows [*]')" 1 "objects that grew are marked once"
is "$(marks '1 same.*')" 0 "another file of the same name is the same object"

# Each line is a document, and the program ends when its reader has gone.
ipcmk -Q -S 2 >/dev/null
for arguments in -A "-s -i 0"; do
	# shellcheck disable=SC2086
	timeout 60 ipcs $arguments -J --watch=1 | head -n 2 >"$scratch/ticks"
	is "$(/usr/bin/python3 -c 'import json, sys
for line in sys.stdin: print(json.loads(line)["complete"])' <"$scratch/ticks" | tr '\n' ' ')" "True True " \
		"ipcs $arguments -J --watch: a line a tick"
done
finish
