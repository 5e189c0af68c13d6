#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Both sources show the same for every kind of contents, row by row, and all that the kernel has.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# By system calls, a 32-bit program sees no size or limit above the range of its words.
sizes=sizes
if [ "$PROGRAM" = i386 ]; then
	echo 1073741824 >/proc/sys/kernel/shmmax
	echo 262144 >/proc/sys/kernel/shmall
	sizes=
fi

# kernel KIND: the identifiers of m, q or s that the kernel lists.
kernel() {
	case $1 in m) file=shm ;; q) file=msg ;; *) file=sem ;; esac
	awk 'FNR > 1 {print $2}' /proc/sysvipc/$file
}
limit() { cat "/proc/sys/kernel/$1"; }

# look: save what the kernel lists now, for expected.
look() { queues=$(kernel q) segments=$(kernel m) sets=$(kernel s); }

# expected VIEW: the expected contents of that view, headings included.
expected() {
	case $1 in
	-u) printf '%s\n' "3 headings" "$(kernel q | wc -l)" "$(kernel m | wc -l)" "$(kernel s | wc -l)" ;;
	-l) printf '%s\n' "3 headings" "$(limit msgmni)" "$(limit shmmni)" "$(cut -f 4 /proc/sys/kernel/sem)" ;;
	-p) printf '%s\n' "2 headings" ${queues:+"$queues"} ${segments:+"$segments"} ;;
	*) printf '%s\n' "3 headings" ${queues:+"$queues"} ${segments:+"$segments"} ${sets:+"$sets"} ;;
	esac
}

# found VIEW FILE: the same from the output of ipcs.
found() {
	awk -v view="$1" '/^------ .* --------$/ {n++}
		view == "-u" && /^(allocated queues =|segments allocated|used arrays =)/ {found = found "\n" $NF}
		view == "-l" && /^max (queues system wide|number of segments|number of arrays) =/ {found = found "\n" $NF}
		(view == "" || view == "--human") && /^0x/ {found = found "\n" $2}
		view ~ /^-[tpc]$/ && /^[0-9]/ {found = found "\n" $1}
		END {print n + 0 " headings" found}' "$2"
}

# told SOURCE [VIEW]: its output, except for the one limit that system calls do not show to a 32-bit program.
told() {
	if [ "$PROGRAM" = i386 ]; then
		ipcs --source="$1" ${2:+"$2"} | grep -v '^max total shared memory'
	else
		ipcs --source="$1" ${2:+"$2"}
	fi
}

# agree NAME VIEW: both sources show the same, and all that is expected.
agree() {
	told syscall "$2" >"$scratch/syscall"
	told proc "$2" >"$scratch/proc"
	is "$(found "$2" "$scratch/syscall"):$(cat "$scratch/syscall")" "$(expected "$2"):$(cat "$scratch/proc")" \
		"$1: ipcs $2"
}

for contents in empty "each 100" keys status messages semaphores $sizes attached modes holes changed unnamed high; do
	# shellcheck disable=SC2086
	held=$("$HELPERS/populate" $contents)
	rc=$?
	if [ $rc -eq 77 ]; then
		skip "$contents" "this user may not make them"
		continue
	fi
	[ $rc -eq 0 ] || ok 1 "populate $contents"
	look
	for view in "" -t -p -c -u -l --human; do
		agree "$contents" "$view"
	done
	for kind in m q s; do
		for id in $(kernel $kind | head -n 5); do
			want=$(ipcs --source=proc -$kind -i "$id")
			got=$(ipcs --source=syscall -$kind -i "$id")
			case $got in
			*"
Message Queue msqid=$id
"* | *"
Shared memory Segment shmid=$id
"* | *"
Semaphore Array semid=$id
"*) ;; *) want="object $id" ;;
			esac
			is "$got" "$want" "$contents: ipcs -$kind -i $id"
		done
	done
	# shellcheck disable=SC2086
	[ -z "$held" ] || ended $held
	ipcrm -a
	emptied || ok 1 "$contents is gone"
done

# After a bad line, the calls continue where the file broke off: the same rows, in the same order.
"$HELPERS/populate" holes
look
rows=$(expected "")
for file in shm msg sem; do
	cp /proc/sysvipc/$file "$scratch/$file"
	sed -i '4s/.*/garbage/' "$scratch/$file"
done
want=$(ipcs)
for file in shm msg sem; do mount --bind "$scratch/$file" /proc/sysvipc/$file; done
ipcs >"$scratch/out"
is "$(found "" "$scratch/out"):$(cat "$scratch/out")" "$rows:$want" "rows around a bad line"
umount /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem

# DEFECTS U47: rows that the kernel repeats.
usage=$(expected -u)
for file in shm msg sem; do
	awk '{print} NR > 1 && NR % 2 {print; print}' /proc/sysvipc/$file >"$scratch/$file"
	mount --bind "$scratch/$file" /proc/sysvipc/$file
done
ipcs >"$scratch/out"
is "$(found "" "$scratch/out"):$(cat "$scratch/out")" "$rows:$want" "U47: repeated rows"
ipcs -u --source=proc >"$scratch/out"
is "$(found -u "$scratch/out"):$(sed '/resident/d' "$scratch/out")" \
	"$usage:$(ipcs -u --source=syscall | sed '/resident/d')" "U47: repeated rows in the usage"
finish
