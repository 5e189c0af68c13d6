#!/bin/sh
# SPDX-License-Identifier: 0BSD
# demo.sh own|look: show what the tools do, each command followed by its output.  "own" creates and removes objects,
# so it needs an IPC namespace without any; "look" only lists existing objects.
set -eu

# say LINE...
say() {
	echo
	printf '# %s\n' "$@"
}

# show COMMAND: run it, with its messages in its output.
show() {
	printf '\n$ %s\n' "$1"
	eval "$1" 2>&1
}

# show_json COMMAND FILTER: format the output if jq is installed.
show_json() {
	if command -v jq >/dev/null; then
		show "$1 | jq -c '$2'"
	else
		show "$1"
	fi
}

# Start a process that attaches segment 0, and wait until it has done so.
start_server() {
	gcc -D_GNU_SOURCE -pthread -o "$scratch/server" tests/lib/use.c -lrt
	mkfifo "$scratch/started"
	"$scratch/server" attach 0 1 >"$scratch/started" &
	server=$!
	read -r _ <"$scratch/started"
}

stop_server() {
	kill "$server"
	wait "$server" 2>/dev/null || true
}

own() {
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	show "ipcmk -M 1.5M myshm -p 600"
	show "ipcmk -Q -S 3"
	start_server
	show "ipcs"
	say "Who uses the segment?  A process named server has attached it:"
	show "ipcs -m --attached"
	show_json "ipcs -m -J" ".shmems[] | {id, owner, size, nattch}"
	say "How much of each limit is in use?"
	show "ipcs -m -g"
	stop_server
	say "The server has exited, and nobody else seems to use the segment.  But only one that was not used for" \
		"a minute is certainly orphaned, so ipcrm keeps it:"
	show "ipcs -m -o +ORPHAN"
	show "ipcrm --shm --orphaned --dry-run -v"
	say "Remove it all the same, and say what speaks against it:"
	show "ipcrm --shm --orphaned=maybe -v"
}

look() {
	show "ipcs -u"
	show "ipcs -m -q -s -g"
	show_json "ipcs -u -J" ".usage"
	say "The largest segments, who has attached them, and whether they are orphaned:"
	show "ipcs -m -o +ATTACHED,ORPHAN --sort SIZE:desc | sed -n 1,6p"
}

"$1"
