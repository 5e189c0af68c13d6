#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The examples of the man pages and of README.  Each block is a session in an IPC namespace of its own, with orphans
# and objects in use.  Each command must exit with 0, print nothing on standard error, show or change something, and
# print what the page shows; numbers, keys, sizes and ages differ.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
USER=$(id -un)
export USER
private
# shellcheck source=tests/lib/servers.sh
. "$SOURCE/tests/lib/servers.sh"
cp "$HELPERS/use" "$scratch/use"

# extract PAGE: write its examples to the files block.N, with lines "$ COMMAND" and their output.
extract() {
	rm -f "$scratch"/block.*
	# shellcheck disable=SC2016
	case $1 in
		*.md) sed -n '/^```console$/,/^```$/p' "$1" | sed 's/^```.*/./' ;;
		*) sed -n '/^\.Bd -literal/,/^\.Ed/p; s/^\.Dl \([$#] .*\)/.\n\1\n./p' "$1" | sed 's/^\.[BE]d.*/./' |
			sed "s/\\\\-/-/g; s/\\\\(aq/'/g; s/\\\\(ga/\`/g; s/\\\\(dq/\"/g; s/\\\\&//g; s/\\\\e/\\\\/g" ;;
	esac | awk -v file="$scratch/block." '
		$0 == "." {inside = 0; next}
		/^[$#] / && !inside {inside = 1; n++}
		inside {sub(/^# /, "$ "); print >(file n)}'
}

# become USER COMMAND...
become() {
	user=$(id -u "$1")
	shift
	setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
}

# shellcheck disable=SC2317
attached() {
	[ "$(awk 'FNR > 1 {n += $7} END {print n + 0}' /proc/sysvipc/shm)" -eq "$1" ]
}

# prepare PAGE: www-data has lost a segment, a queue and a set; segments 1 and 2 are in use.  Returns 1 if that fails.
prepare() {
	become www-data "$scratch/server" dead >"$scratch/ids"
	ipcmk -M 1M -p 600 --owner postgres
	ipcmk -M 56 -p 600 --owner postgres
	[ "$(wc -l </proc/sysvipc/shm)" -eq 4 ] || return 1
	become postgres "$scratch/use" attach 1 2 &
	users=$!
	become postgres "$scratch/use" attach 2 1 &
	users="$users $!"
	await 20 attached 3 || return 1
	case $1 in *.md) return ;; esac
	ipcmk -M 4096 --owner postgres
	ipcmk -M 8192 --owner postgres
	ipcmk -Q -k 0x4d2
	ipcmk -Q 16 mymq --message-size 1K
	ipcmk -M 1024 myshm
	"$scratch/use" attach 3 1 &
	users="$users $!"
	mkdir -p image/bin
	cp "$IPCBOX" ipcbox
	await 20 attached 4
}

# shellcheck disable=SC2317
later() { [ "$(date +%s)" -gt "$1" ]; }

state() {
	awk 'FNR > 1 {print FILENAME, $1, $2, $3}' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem
	ls -R . /dev/shm
}

# form: remove what differs between runs from lines.
form() {
	sed 's/0x[0-9a-f]*/N/g; s/[0-9][0-9.]*[KMGTsmhdw]*/N/g; s/  */ /g; s/ $//'
}

# follow LINE: run a command or compare a line of output.
follow() {
	case $1 in
		'$ '*)
			compare
			command=${1#\$ }
			state >"$scratch/before"
			# Nothing is a day old, and the test cannot wait a minute.
			eval "$(echo "$command" | sed 's/--older-than 1d/--older-than 0/; s/ --orphaned/& --older-than 0/')" \
				>"$scratch/shown" 2>"$scratch/said"
			echo "status $?" >"$scratch/result"
			cat "$scratch/said" >>"$scratch/result"
			state | cmp -s "$scratch/before" - && [ ! -s "$scratch/shown" ] && echo "no effect" >>"$scratch/result"
			is "$(cat "$scratch/result")" "status 0" "$name: $command"
			: >"$scratch/page"
			;;
		*) echo "$1" >>"$scratch/page" ;;
	esac
}

# compare: compare the output of the last command with that of the page, if the page shows any.
compare() {
	[ -s "$scratch/page" ] || return
	is "$(form <"$scratch/shown")" "$(form <"$scratch/page")" "$name: $command: prints what the page shows"
	: >"$scratch/page"
}

# session PAGE BLOCK: run it in this namespace.
session() {
	users=
	name=${1##*/}
	mkdir "$scratch/work"
	cd "$scratch/work" || exit 1
	rm -rf /dev/shm/*
	prepare "$1" >/dev/null
	ok $? "$name: there are objects"
	! grep -q -e --orphaned -e --older-than "$2" || await 20 later "$(date +%s)"
	: >"$scratch/page"
	while IFS= read -r line; do follow "$line"; done <"$2"
	compare
	# shellcheck disable=SC2086
	[ -z "$users" ] || kill $users
	cd /
}

if [ -n "${EXAMPLES_PAGE-}" ]; then
	session "$EXAMPLES_PAGE" "$EXAMPLES_BLOCK"
	finish
fi

mount -t tmpfs none /dev/shm
cp /etc/passwd "$scratch/passwd"
for user in www-data postgres; do
	grep -q "^$user:" /etc/passwd || echo "$user:x:$((first + ${#user})):$((first + ${#user})):::" >>"$scratch/passwd"
done
mount --bind "$scratch/passwd" /etc/passwd

for page in "$SOURCE/README.md" "$SOURCE"/applets/*.1 "$SOURCE"/applets/*/*.1; do
	extract "$page"
	[ -e "$scratch/block.1" ]
	ok $? "${page##*/} has examples"
	for block in "$scratch"/block.*; do
		EXAMPLES_PAGE=$page EXAMPLES_BLOCK=$block unshare -i sh "$0" >"$scratch/session" 2>&1
		while IFS= read -r line; do
			case $line in
				"ok "*) ok 0 "${line#* - }" ;;
				"not ok "*) ok 1 "${line#* - }" ;;
				1..* | "# "*passed*) ;;
				*) printf '%s\n' "$line" ;;
			esac
		done <"$scratch/session"
		tail -n 1 "$scratch/session" | grep -q ' passed, '
		ok $? "${page##*/}: a session comes to its end"
	done
done
finish
