#!/bin/sh
# SPDX-License-Identifier: 0BSD
# No signal, limit or closed descriptor makes ipcmk leave an unreported object.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
# shellcheck source=tests/lib/stuck.sh
. "${0%/*}/../lib/stuck.sh"
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"

objects() { awk 'FNR > 1 {print FILENAME, $2}' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem; }
# shellcheck disable=SC2317
all_there() { [ -e /dev/shm/sem.x ] && [ "$(objects | wc -l)" = 3 ]; }
posix_objects() { ls /dev/shm; ipcs -Q | awk 'NR > 3 && NF'; }

# Every signal between the first object and the report, except those that cannot be blocked.
signal=1
while [ $signal -le 64 ]; do
	case $signal in
	9 | 19) ;;
	*)
		stuck ipcmk -M 1 -Q -S 1 -m 1 -q -s -n x --max-messages=1
		await all_there
		kill -$signal "$pid"
		state=$(awk '/^State/ {print $2}' "/proc/$pid/status" 2>/dev/null)
		kill -CONT "$pid"
		read_stuck
		is "$code:$err:$(echo "$out" | wc -l)" "0::6" "V11: signal $signal waits until all objects are reported"
		[ "$state" != T ] || ok 1 "V11: signal $signal stops nothing"
		ipcrm -a
		ipcrm --all=posix
		;;
	esac
	signal=$((signal + 1))
done

# A pending signal changes nothing if the report cannot be written.
stuck ipcmk -M 1 -Q -S 1 -m 1 -q -s -n x --max-messages=1
await all_there
for signal in QUIT ALRM USR1 XFSZ 34 64; do kill -$signal "$pid"; done
fail_stuck
is "$code:$err:$(objects):$(posix_objects)" "1:ipcmk: write error: Broken pipe::" "V11: all is undone in spite of signals"

# The limit on the size of files raises a signal, too.
run prlimit --fsize=1000 ipcmk -Q -m 1M -s -q -n x --max-messages=1
is "$code:$out:$err:$(objects):$(posix_objects)" "1::ipcmk: create POSIX shared memory failed: File too large::" \
	"V11: a segment above RLIMIT_FSIZE"
for bytes in 1000 990; do
	head -c $bytes /dev/zero >"$scratch/file"
	prlimit --fsize=1000 ipcmk -M 1 -Q -S 1 -m 1 -q -s -n x --max-messages=1 >>"$scratch/file" 2>"$scratch/err"
	is "$?:$(cat "$scratch/err"):$(objects):$(posix_objects)" "1:ipcmk: write error: File too large::" \
		"V11: a report above RLIMIT_FSIZE behind $bytes bytes"
done

# Nothing is created if standard output is closed.
for what in "-M 1" -Q "-S 1" "-m 1 -n x" "-q -n x" "-s -n x" "-Q --json" "-Q --id-only" "-Q x --exist-ok"; do
	# shellcheck disable=SC2086
	ipcmk $what >&- 2>"$scratch/err"
	is "$?:$(cat "$scratch/err"):$(objects):$(posix_objects)" "1:ipcmk: standard output is closed::" \
		"V11: ipcmk $what >&-"
done
ipcmk -Q >&- 2>&-
is "$?:$(objects)" "1:" "V11: ipcmk -Q >&- 2>&-"
ipcmk --print-key x >&-
is "$?" 0 "without an object to create, no reader is needed"
ipcmk -Q <&- >"$scratch/out" 2>&-
is "$?:$(sed 's/[0-9]*$//' "$scratch/out")" "0:Message queue id: " "the other descriptors may be closed"
finish
