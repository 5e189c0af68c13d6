#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The program reads no uninitialized memory: many commands run with clang's memory sanitizer, which must print what
# the program under test prints, and some run with the program under test under valgrind.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
command -v valgrind >/dev/null || skip_all "valgrind is not installed"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"
echo 'int main(void) {return 0;}' >"$scratch/probe.c"
clang -fsanitize=memory -o "$scratch/probe" "$scratch/probe.c" 2>/dev/null ||
	skip_all "no clang with the memory sanitizer (Debian: clang, libclang-rt-dev)"

# under_valgrind LINES ARGUMENT...: expect this many lines of output.
under_valgrind() {
	want=$1
	shift
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 --log-file="$scratch/log" \
		"$IPCBOX" "$@" >"$scratch/out" 2>&1
	is "$? $(wc -l <"$scratch/out") $(cat "$scratch/log")" "0 $want " "valgrind: ipcbox $*"
}

"$HELPERS/populate" each 3
"$HELPERS/posix" shm /four 5000
# valgrind does not know the call that finds POSIX queues.
under_valgrind 15 ipcs -a -M -S -r --attached --waiting
under_valgrind 19 ipcs -a -t --source=syscall
under_valgrind 4 ipcmk -M 1.5K -Q -S 3 --value 1,2,3 -m 4096 -n five
under_valgrind 14 ipcrm -v -a --all=pshm

# Without optimization, which would remove some reads.
compile() {
	# shellcheck disable=SC2153
	# Files of two folders may have the same name.
	# shellcheck disable=SC2016
	find "$SOURCE/core" "$SOURCE/applets" "$SOURCE/tests/memory" -name '*.c' ! -name names_file.c |
		xargs -P "$(nproc)" -I {} sh -c 'clang "$@" -o "$(echo {} | tr / _).o" {}' sh -std=c11 -g -O0 -w \
			-fsanitize=memory -fsanitize-memory-track-origins -D_GNU_SOURCE '-DIPCBOX_VERSION="0"' \
			"-I$SOURCE/core" "-I$SOURCE/applets" "-I$BUILD/generated" -c
}
mkdir "$scratch/objects"
(cd "$scratch/objects" && compile) &&
	clang -fsanitize=memory -Wl,--wrap=syscall,--wrap=mq_getattr -o "$scratch/ipcbox" "$scratch/objects"/*.o
ok $? "the program is built with the memory sanitizer"
[ -x "$scratch/ipcbox" ] || finish

held=$("$HELPERS/populate" semaphores)
"$HELPERS/populate" each 5
"$HELPERS/populate" messages
"$HELPERS/posix" shm /one 5000
"$HELPERS/posix" sem /one 3 >/dev/null
"$HELPERS/posix" mq /one 2 >/dev/null

# The first of a kind.
id() {
	awk 'NR == 2 {print $2}' "/proc/sysvipc/$1"
}
msg=$(id msg)
shm=$(id shm)
sem=$(id sem)

# Numbers and the blanks beside them may differ: times, ages, shares of memory.
text() {
	tr -d '0-9. ' <"$1"
}

# sanitized STATUS ARGUMENT...
sanitized() {
	want=$1
	shift
	"$scratch/ipcbox" "$@" >"$scratch/out" 2>&1 </dev/null
	code=$?
	grep -q 'ERROR: \|WARNING: MemorySanitizer' "$scratch/out"
	is "$code $?" "$want 1" "memory sanitizer: ipcbox $*"
	[ "$code" = "$want" ] || sed -n '/Sanitizer/,$s/^/#   /p' "$scratch/out"
}

# look STATUS ARGUMENT...: commands that change nothing, so that both programs can run them.
look() {
	sanitized "$@"
	shift
	"$IPCBOX" "$@" >"$scratch/want" 2>&1 </dev/null
	is "$(text "$scratch/out")" "$(text "$scratch/want")" "and as the program under test: ipcbox $*"
}

for source in proc syscall; do
	for output in "" -t -p -c -l -u --human "-m -i $shm" "-q -i $msg" "-s -i $sem" -J -g "-J -l" "-J -u" "-J -g" \
		--openmetrics; do
		# shellcheck disable=SC2086
		look 0 ipcs --source=$source $output
	done
done
for form in "" -t -p -c -l -u -J -e -n -r; do
	look 0 ipcs -M -Q -S $form
done
for kind in M Q S; do
	look 0 ipcs -$kind -N one
	look 0 ipcs -$kind -N one -J --attached
done
for form in -e -n -r "-e -y" "-o ID,OWNER,COMMAND,ORPHAN,AGE" "-o +RSS --sort size:desc,id --rows 3" "-b -P" \
	"--noheadings" -g "--attached --waiting" "-J --attached --waiting" "--orphaned --older-than 1s" "--user root" "--group root" \
	"--perms 600" "--min-size 1" "--max-size 1M" "--newer-than 1h" "--unattached" "--dest" "--locked" \
	"--created-by root" "-t --time-format iso" "-t --time-format epoch -J"; do
	# shellcheck disable=SC2086
	look 0 ipcs -A $form
done
look 0 ipcs -a --key 0x1
look 0 ipcs -J -s -i "$sem" --waiting
look 0 ipcs -J -m -i "$shm" --attached
look 0 ipcs -q -i "$msg" --peek
look 0 ipcs -m -i "$shm" --attached
look 2 ipcs --check 0
sanitized 0 ipcs --check 100
look 2 ipcs --check 0 -J
look 3 ipcs --check 101
look 0 ipcs -o help
look 1 ipcs -o FOO
look 1 ipcs -m -i 77
look 1 ipcs -M -N none
look 1 ipcs --foo
look 1 ipcs --s
look 0 ipcs --help
look 0 ipcmk --print-key name
look 0 ipcrm -n --shm --unattached --user root
look 0 ipcrm -n -J --msg --sem --newer-than 1w
look 1 ipcrm -m 4711 -q 4711 -M 0x4711
look 1 ipcrm shm 4711 x
look 127 foo
look 0 --list

# On a terminal, twice: from the second time on, it looks for changes.
: >"$scratch/watch"
TERM=xterm script -fqec "stty rows 60 cols 100; exec '$scratch/ipcbox' ipcs -a --watch=1" "$scratch/watch" \
	>/dev/null 2>&1 </dev/null &
watched=$!
for _ in $(seq 300); do
	if [ "$(grep -c 'Shared Memory' "$scratch/watch")" -ge 2 ] || ! kill -0 $watched 2>/dev/null; then break; fi
	sleep 0.1
done
kill $watched 2>/dev/null
wait $watched
is "$(grep -c 'Shared Memory' "$scratch/watch"):$(grep MemorySanitizer "$scratch/watch")" 2: \
	"memory sanitizer: ipcbox ipcs -a --watch=1"

# The first object of a kind is gone, so that the calls find a gap.
sanitized 0 ipcrm -q "$msg"
look 0 ipcs -q --source=syscall
sanitized 0 ipcmk -M 1.5K -Q -S 3 -p u=rw,g+w --value 1,2,3 --owner root:root
sanitized 0 ipcmk -J -Q -k 0x77 --max-messages 2 --message-size 10
sanitized 0 ipcmk -Q -k 0x77 --exist-ok
sanitized 0 ipcmk -m 4096 -s -q --max-messages 1 --message-size 1 -n two
sanitized 0 ipcmk -s --musl --value 2 -n three
sanitized 1 ipcmk -M 1 -S 99999999
# shellcheck disable=SC2046
sanitized 0 ipcrm shm $(awk 'NR > 1 && NR < 4 {print $2}' /proc/sysvipc/shm)
sanitized 0 ipcrm -v --shm --unattached --max-size 1M
sanitized 0 ipcrm -v --posix-shmem one --posix-semaphore three --posix-mqueue two
sanitized 0 ipcrm -J --msg --sem --key 0x77
sanitized 1 ipcrm --all --user root --max 1
sanitized 0 ipcrm -v -a=posix
sanitized 0 ipcrm -v -a

# shellcheck disable=SC2086
kill $held
finish
