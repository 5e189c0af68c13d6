#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The usual reason for loops over ipcs: a web server was killed and left its semaphore, while another one runs.  Root
# has created both, and root always has processes, so the object of the first may be an orphan; that of the other is
# not.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
server=/usr/sbin/apache2
modules=/usr/lib/apache2/modules
if ! [ -x $server ] || ! [ -f $modules/mod_mpm_prefork.so ]; then
	skip_all "no Apache httpd (Debian: apache2-bin)"
fi
private
unshare -n true 2>/dev/null || skip_all "no private network for this user"
as_user true 2>/dev/null || skip_all "this user cannot become another"
chmod 755 "$scratch"

# start NAME SETS: start a server with two sockets, whose processes take turns by a semaphore, and a network of its
# own; wait until there are this many sets.
start() {
	mkdir "$scratch/$1"
	cat >"$scratch/$1/conf" <<-EOF
		ServerRoot $scratch/$1
		ServerName localhost
		User nobody
		Group nogroup
		PidFile $scratch/$1/pid
		ErrorLog $scratch/$1/log
		LoadModule mpm_prefork_module $modules/mod_mpm_prefork.so
		LoadModule authz_core_module $modules/mod_authz_core.so
		Mutex sysvsem
		Listen 0.0.0.0:8001
		Listen 0.0.0.0:8002
		StartServers 2
		MinSpareServers 1
		MaxSpareServers 2
	EOF
	unshare -n $server -f "$scratch/$1/conf" >"$scratch/$1/out" 2>&1
	# It is up once a process waits for the semaphore that another one holds.
	await 60 is_up "$2"
}

sets() { awk 'NR > 1 {print $2}' /proc/sysvipc/sem; }
# is_up SETS: called by await.
# shellcheck disable=SC2317
is_up() { [ "$(sets | wc -l)" -eq "$1" ] && [ "$(waiting)" -eq 1 ]; }

# The number of sets with waiting processes.
# shellcheck disable=SC2317
waiting() {
	for id in $(sets); do
		ipcs -s -i "$id" | awk '/^[0-9]+ / && NF == 5 && $3 + $4 > 0 {n = 1} END {if (n) print "waits"}'
	done | grep -c waits
}

"$HELPERS/populate" segments 2
is "$(ipcs -m -r --noheadings -o ID | sort -n)" "$(awk 'NR > 1 {print $2}' /proc/sysvipc/shm | sort -n)" \
	"segments are listed as the kernel has them"
ipcrm --all=shm

start dead 1
ok $? "a server with a semaphore"
dead=$(sets)
is "$(ipcs -s -r -o ID):$(ipcs -s -r --orphaned -o ID)" "ID
$dead:ID" "which is no orphan"
is "$(ipcrm -v --sem --orphaned):$(ipcrm -J --sem --orphaned | grep -cx '"removed":0,'):$(sets)" ":1:$dead" \
	"and is not removed"

# The first one leads their process group.
servers=$(pgrep -g "$(cat "$scratch/dead/pid")")
# shellcheck disable=SC2086
kill -KILL $servers
for pid in $servers; do
	await 60 is_gone "$pid" || ok 1 "server $pid is gone"
done
start live 2
ok $? "another server, while the dead one's semaphore is there"
live=$(sets | grep -vx "$dead")
# The kernel counts whole seconds, so a set that was used within the current one has no age.
sleep 1.1
is "$(ipcs -s -r -o ID,ORPHAN --older-than 0)" "ID ORPHAN
$dead maybe
$live no" "the dead one's may be an orphan"
is "$(ipcs -s --orphaned=maybe -r -o ID)" "ID
$dead" "and nothing else"
# Apache gives the set to the user of its workers.
is "$(ipcrm -v --sem --orphaned --older-than 0 | sed 's/: pid [0-9]* ([^)]*) of its owner nobody is/: a process is/')" \
	"keeping semaphore id \`$dead': a process is running" "so it is kept, and ipcrm says why"
is "$(ipcrm -n --sem --orphaned=maybe 2>/dev/null | awk '/^0x/ {print $2}')" "$dead" "a dry run finds it"
is "$(ipcrm -v --sem --orphaned=maybe 2>/dev/null)" "removing semaphore id \`$dead'" "and it is removed"
is "$(sets)" "$live" "the live one's is kept"
server=$(cat "$scratch/live/pid")
kill "$server"
await 60 is_gone "$server" || ok 1 "server $server ends"
is "$(sets)" "" "and disappears with its server"
finish
