# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
# Sourced after tap.sh and private: servers (lib/server.c), each with a user ID of its own.

[ "$(stat -L -c %i /proc/self/ns/pid)" = 4026531836 ] || skip_all "not all processes are seen in this PID namespace"
as_user true 2>/dev/null || skip_all "this user cannot become another"
# The build may be in a directory that only its owner can access.
chmod 755 "$scratch"
cp "$HELPERS/server" "$scratch/server"

# Users of this script alone, because killing the processes of a user affects the whole machine.
first=$((100000 + $$ % 500000 * 4096))

# Servers have their own sessions, unless this is empty.
session=setsid

# serve UID PATTERN [MODE]: start a server and wait until it has printed its IDs: sets shm, msg and sem.
serve() {
	user=$1
	shift
	: >"$scratch/ids.$user"
	$session setpriv --reuid="$user" --regid="$user" --clear-groups "$scratch/server" "$@" >"$scratch/ids.$user" &
	for _ in $(seq 1200); do
		[ ! -s "$scratch/ids.$user" ] || break
		sleep 0.05
	done
	read -r shm msg sem <"$scratch/ids.$user"
}

# gone UID: kill all processes of a user, in one call, which no child escapes, and wait until they have ended; 1 after a
# minute.
gone() {
	setpriv --reuid="$1" --regid="$1" --clear-groups sh -c 'kill -KILL -1'
	for _ in $(seq 1200); do
		pgrep -U "$1" -r D,R,S,T >/dev/null || return 0
		sleep 0.05
	done
	return 1
}

# there SHM MSG SEM: the number of these objects that the kernel lists.
there() {
	cat /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | awk -v shm="$1" -v msg="$2" -v sem="$3" '
		$1 == "key" {want = $2 == "shmid" ? shm : $2 == "msqid" ? msg : sem; next}
		$2 == want {n++}
		END {print n + 0}'
}
