#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Both sources say the same of every kind of contents, row by row.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# By calls, a 32-bit program is told no size or limit above what its words hold.
sizes=sizes
if [ "$PROGRAM" = i386 ]; then
	echo 1073741824 >/proc/sys/kernel/shmmax
	echo 262144 >/proc/sys/kernel/shmall
	sizes=
fi

for contents in empty "each 100" keys status messages semaphores $sizes attached modes holes changed unnamed high; do
	# shellcheck disable=SC2086
	held=$("$HELPERS/populate" $contents)
	rc=$?
	if [ $rc -eq 77 ]; then
		skip "$contents" "this user may not make them"
		continue
	fi
	ok $rc "populate $contents"
	for arg in "" -t -p -c -u -l --human; do
		# shellcheck disable=SC2086
		is "$(ipcs --source=syscall $arg)" "$(ipcs --source=proc $arg)" "$contents: ipcs $arg"
	done
	for kind in m q s; do
		for id in $(ipcs -$kind | awk '/^0x/ {print $2}' | head -5); do
			is "$(ipcs --source=syscall -$kind -i "$id")" "$(ipcs --source=proc -$kind -i "$id")" \
				"$contents: ipcs -$kind -i $id"
		done
	done
	# shellcheck disable=SC2086
	[ -z "$held" ] || kill $held
	ipcrm -a
	emptied || ok 1 "$contents is gone"
done

# After a bad line the calls go on where the file broke off: the same rows, in the same order.
"$HELPERS/populate" holes
for file in shm msg sem; do
	cp /proc/sysvipc/$file "$scratch/$file"
	sed -i '4s/.*/garbage/' "$scratch/$file"
done
want=$(ipcs)
for file in shm msg sem; do mount --bind "$scratch/$file" /proc/sysvipc/$file; done
is "$(ipcs)" "$want" "rows around a bad line"
umount /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem

# DEFECTS U47: rows that a kernel repeats.
for file in shm msg sem; do
	awk '{print} NR > 1 && NR % 2 {print; print}' /proc/sysvipc/$file >"$scratch/$file"
	mount --bind "$scratch/$file" /proc/sysvipc/$file
done
is "$(ipcs)" "$want" "U47: repeated rows"
is "$(ipcs -u --source=proc | sed '/resident/d')" "$(ipcs -u --source=syscall | sed '/resident/d')" \
	"U47: repeated rows in the usage"
finish
