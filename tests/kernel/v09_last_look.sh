#!/bin/sh
# SPDX-License-Identifier: 0BSD
# If the last look fails, the object is kept, and the exit status is 1.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm

# The directory is opened a second time for the last look.  Files of this size need not be opened to be classified.
# shellcheck disable=SC2317
blind() { strace -qq -o /dev/null -P /dev/shm -e inject=open,openat:error=EMFILE:when=2 "$@"; }
printf x >/dev/shm/file
printf x >/dev/shm/sem.a

why="cannot check it again: Too many open files"
if plain; then
	run blind ipcrm --pshm --user root
	is "$code:$out:$err:$(cat /dev/shm/file)" "1::ipcrm: kept POSIX shared memory \`file': $why:x" "V9: a segment is kept"
	run blind ipcrm -v --psem --user root
	is "$code:$out:$err" "1::ipcrm: kept POSIX semaphore \`a': $why" "V9: so is a semaphore"
	run blind ipcrm --quiet --pshm --user root
	is "$code:$out:$err" "1::" "V9: --quiet"
	run blind ipcrm -J --pshm --user root
	is "$code:$(echo "$out" | grep -c "\"result\":\"failed\",\"reason\":\"$why\"")$(echo "$out" | tail -n 1)" \
		"1:1\"complete\":false}" "V9: --json"
	run blind ipcrm -nv --pshm --user root
	is "$code:$out:$err" "1::ipcrm: kept POSIX shared memory \`file': $why" "V9: a dry run says so"
	is "$(ls /dev/shm):$(ipcs -MS --noheadings -o NAME | tr -d ' ' | sort)" "file
sem.a:a
file" "V9: nothing is removed, and both are listed"
fi
run ipcrm -v --pshm --user root
is "$code:$out:$err:$(ls /dev/shm/file 2>&1)" \
	"0:removing POSIX shared memory \`file'::ls: cannot access '/dev/shm/file': No such file or directory" \
	"V9: what can be looked at goes"
finish
