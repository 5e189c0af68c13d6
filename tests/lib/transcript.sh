#!/bin/sh
# SPDX-License-Identifier: 0BSD
# transcript.sh PATH COMMAND
#
# Run one command line with the tools of PATH, in private IPC and mount namespaces, and print its output, its status,
# the objects that it created (+) and removed (-), and the IDs that the same tools list afterwards.  There are three
# objects of each kind, with the IDs 0 to 2, and a POSIX segment.
umask 022
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT

# Since 2.41, the reference also removes POSIX objects, which must not be those of the machine.
mount -t tmpfs none /dev/shm || exit 99
[ ! -d /dev/mqueue ] || mount -t mqueue none /dev/mqueue || exit 99
: >/dev/shm/posix

objects() {
	awk 'FNR > 1 {
		if ($1 != -1 && $1 != -2147483648 && $1 != 2147483647)
			$1 = "KEY"
		sub(".*/", "", FILENAME)
		print FILENAME, $1, $2, $3, $4
	}' /proc/sysvipc/msg /proc/sysvipc/shm /proc/sysvipc/sem
	ls /dev/shm
}

# Messages name the limits, which differ between kernels.
echo 1099511627776 >/proc/sys/kernel/shmmax && echo "250 32000 32 128" >/proc/sys/kernel/sem || exit 99

PATH=$1:/usr/sbin:/usr/bin:/sbin:/bin
"$HELPERS/populate" keys && ipcrm -m 4 -q 4 -s 4 -m 3 -q 3 -s 3 || exit 99
objects >"$folder/before"
eval "$2"
echo "status $?"
objects >"$folder/after"
diff "$folder/before" "$folder/after" | sed -n 's/^> /+/p; s/^< /-/p'
ipcs | awk '
	/^------/ {printf "%s %s", kinds++ ? "," : "ipcs lists", tolower($2)}
	$2 ~ /^[0-9]+$/ {printf " %s", $2}
	END {print ""}'
