#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The program itself under valgrind, on real objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
command -v valgrind >/dev/null || skip_all "valgrind is not installed"
private

held=$("$HELPERS/populate" semaphores)
"$HELPERS/populate" each 40
# check STATUS ARGUMENT...
check() {
	want=$1
	shift
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 --log-file="$scratch/log" \
		"$IPCBOX" "$@" >"$scratch/out" 2>&1
	is "$?:$(cat "$scratch/log")" "$want:" "ipcbox $*"
}
for source in proc syscall; do
	for output in "" -t -p -c -l -u --human; do
		# shellcheck disable=SC2086
		check 0 ipcs --source=$source $output
	done
	check 0 ipcs -s -i 0 --source=$source
	check 0 ipcs -q -i 0 --source=$source
	check 0 ipcs -m -i 0 --source=$source
done
for form in -J -e -n -r "-o ID,OWNER,COMMAND,ORPHAN,AGE" "-o +RSS --sort size:desc,id --limit 3" -g \
	"--openmetrics" "--attached --waiting" "--orphaned --older-than 1s" "-J -l" "-J -u" "-J -g"; do
	# shellcheck disable=SC2086
	check 0 ipcs -a $form
done
check 0 ipcs -J -s -i 0 --waiting
check 0 ipcs -q -i 0 --peek
check 0 ipcs -m -i 0 --attached
check 3 ipcs --check 0 -m
check 1 ipcs -o FOO
check 1 ipcs -m -i 77
check 1 ipcs --foo
check 1 ipcs --s
check 0 ipcs --help
check 0 ipcmk -M 1.5K -Q -S 3 -p u=rw,g+w
check 1 ipcmk -M 1 -S 99999999
check 1 ipcrm -m 0 -q 99 -M 0x99
check 0 ipcrm shm 1 2 3
check 0 ipcrm -n --shm --unattached --user root
check 0 ipcrm -v --shm --unattached --min-size 4120
check 0 ipcrm -J --msg --sem --older-than 1w
check 1 ipcrm --shm --user root --max 1
check 1 ipcrm shm 1 x
check 0 ipcrm -v -a
check 127 foo
check 0 --list
# shellcheck disable=SC2086
kill $held
finish
