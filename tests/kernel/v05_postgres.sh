#!/bin/sh
# SPDX-License-Identifier: 0BSD
# PostgreSQL killed with -9 leaves a System V segment: an orphan as soon as no other cluster of its user runs.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
bin=$(find /usr/lib/postgresql -name bin -type d 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/postgres" ] || skip_all "no PostgreSQL (Debian: postgresql)"
private
# shellcheck source=tests/lib/servers.sh
. "$SOURCE/tests/lib/servers.sh"

# A server needs a name for its user.
user=$((first + 100))
cat /etc/passwd >"$scratch/passwd"
echo "cluster:x:$user:$user::$scratch:/bin/sh" >>"$scratch/passwd"
chmod 644 "$scratch/passwd"
mount --bind "$scratch/passwd" /etc/passwd
as_cluster() { setsid setpriv --reuid=$user --regid=$user --clear-groups "$@"; }

# start NAME: start a new cluster and find its segment: sets shm.
start() {
	before=$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm)
	cp -a "$scratch/template" "$scratch/$1"
	as_cluster "$bin/postgres" -D "$scratch/$1" -c listen_addresses= -c unix_socket_directories="$scratch/$1" -c fsync=off \
		>>"$scratch/log.$1" 2>&1 &
	for _ in $(seq 1200); do
		! grep -q 'ready to accept connections' "$scratch/log.$1" || break
		sleep 0.05
	done
	shm=$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm | grep -vxF "$before")
}

# kill_cluster NAME: kill all of its processes.
kill_cluster() {
	postmaster=$(head -n 1 "$scratch/$1/postmaster.pid")
	# shellcheck disable=SC2046
	kill -KILL "$postmaster" $(pgrep -P "$postmaster")
	for _ in $(seq 1200); do
		awk -v id="$2" '$2 == id {exit $7 > 0}' /proc/sysvipc/shm && break
		sleep 0.05
	done
}

"$HELPERS/populate" segments 2
is "$(ipcs -m -r --noheadings -o ID | sort -n)" "$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm | sort -n)" \
	"segments are listed as the kernel has them"
ipcrm --all=shm
mkdir -m 700 "$scratch/template"
chown $user "$scratch/template"
as_cluster "$bin/initdb" -A trust -N -D "$scratch/template" >"$scratch/log" 2>&1 || cat "$scratch/log"
start one
ok $? "a cluster runs"
one=$shm
start two
two=$shm
test -n "$one" && test -n "$two"
ok $? "two of one user, with a segment each"
is "$(ipcs -m -r --noheadings -o ID,ORPHAN | sort -n | tr '\n' ,)" "$one no,$two no," "which are in use"
kill_cluster one "$one"
sleep 1.1
is "$(ipcs -m -r --noheadings -o ID,ORPHAN --older-than 0 | grep "^$one ")" "$one maybe" \
	"one of them is killed, and the other lives: maybe"
is "$(ipcrm -v --shm --orphaned --older-than 0 | sed 's/pid [0-9]* ([a-z]*)/pid/')" \
	"keeping shared memory segment id \`$one': pid of its owner cluster is running" "so it is kept"
gone $user
sleep 1.1
is "$(ipcs -m -r --noheadings -o ID,ORPHAN --older-than 0 | sort -n | tr '\n' ,)" "$one yes,$two yes," "both are killed: orphans"
run ipcrm -v --shm --orphaned --older-than 0
is "$code:$(echo "$out" | grep -c ^removing):$(awk 'END {print NR}' /proc/sysvipc/shm)" "0:2:1" "and both are removed"
finish
