#!/bin/sh
# SPDX-License-Identifier: 0BSD
# PID namespaces: inside one, nothing is certain; from the machine, everything is visible.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
# shellcheck source=tests/lib/servers.sh
. "$SOURCE/tests/lib/servers.sh"

# A container: IPC and PID namespaces of its own, whose first process is a shell that runs the commands it is sent.
mkfifo "$scratch/orders"
unshare -i -p -f --mount-proc sh "$scratch/orders" >>"$scratch/answers" 2>&1 &
exec 3>"$scratch/orders"
# ask COMMAND: run it in the container and print its output.
ask() {
	: >"$scratch/answers"
	echo "{ $1
	}; echo done" >&3
	for _ in $(seq 1200); do
		! grep -q '^done$' "$scratch/answers" || break
		sleep 0.05
	done
	grep -v '^done$' "$scratch/answers"
}
as_first="setpriv --reuid=$((first + 200)) --regid=$((first + 200)) --clear-groups"

is "$(ask 'echo $$')" 1 "a container"
ask "$as_first $scratch/server dead" >/dev/null
sleep 1.1
is "$(ask "ipcs -r --noheadings -o ORPHAN --older-than 0" | tr '\n' ' ')" "maybe maybe maybe " \
	"inside, what a dead server has left may be another container's"
is "$(ask "ipcrm -v --shm --msg --sem --orphaned --older-than 0" | sed 's/.*: //' | sort -u)" \
	"not all processes are visible" "and is kept, with the reason"
pid=$(pgrep -f "^sh $scratch/orders\$" | tail -n 1)
outside() { nsenter -t "$pid" -i "$@"; }
is "$(outside ipcs -r --noheadings -o ORPHAN --older-than 0 | tr '\n' ' ')" "yes yes yes " "from the machine it is an orphan"

# V2, a pod: one IPC namespace, two PID namespaces.  The server of the other container used the set.
ask "ipcrm -a"
outside setsid unshare -p -f --mount-proc setpriv --reuid=$((first + 200)) --regid=$((first + 200)) --clear-groups \
	"$scratch/server" idle >"$scratch/pod" &
for _ in $(seq 1200); do [ ! -s "$scratch/pod" ] || break; sleep 0.05; done
sem=$(cut -d " " -f 3 "$scratch/pod")
sleep 1.1
is "$(ask "ipcs -r --noheadings -o ORPHAN --older-than 0" | tr '\n' ' ')" "- - - " \
	"V2: numbers of the other container tell nothing"
ask "ipcrm --shm --msg --sem --orphaned=maybe --older-than 0" >/dev/null
is "$(outside sh -c "cat /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem" | grep -vc key)" 3 "V2: and all stays"
is "$(outside ipcs -r --noheadings -o ORPHAN --older-than 0 | tr '\n' ' ')" "no no no " "V2: the machine sees the server"

# A process of the first container was the last to use the object of the other's server.
ask "$as_first sh -c 'ipcs >/dev/null'; python3 -c '
import ctypes, os
os.setgid($((first + 200))); os.setuid($((first + 200)))
libc = ctypes.CDLL(None)
print(libc.semop($sem, ctypes.byref((ctypes.c_short * 3)(0, 1, 0)), 1))'" >/dev/null
sleep 1.1
is "$(ask "ipcs -s -r --noheadings -o ORPHAN --older-than 0")" maybe "V3: the last user is gone, and others cannot be seen"
is "$(ask "ipcrm --sem --orphaned --older-than 0"; outside sh -c "grep -vc key /proc/sysvipc/sem")" 1 "V3: so it stays"

# A /proc of another PID namespace.
is "$(outside unshare -p -f ipcs -r --noheadings -o ORPHAN | tr '\n' ' ')" "- - - " "V3: /proc shows other processes than ours"

# Processes hidden by the mount.
is "$(unshare -m sh -c "mount -t proc -o hidepid=2 proc /proc &&
	setpriv --reuid=$((first + 300)) --regid=$((first + 300)) --clear-groups $scratch/server dead >/dev/null; sleep 1.1
	ipcs -r --noheadings -o ORPHAN --older-than 0" | sort -u)" maybe "V3: hidepid"
exec 3>&-
gone $((first + 200))
finish
