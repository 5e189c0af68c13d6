#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The case that scripts loop over ipcs for: a web server that was killed has left its
# semaphore, and another one lives.  Only the first one's is an orphan.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
server=/usr/sbin/apache2
modules=/usr/lib/apache2/modules
if ! [ -x $server ] || ! [ -f $modules/mod_mpm_prefork.so ]; then
	skip_all "no Apache httpd (Debian: apache2-bin)"
fi
private
unshare -n true 2>/dev/null || skip_all "no private network for this user"
as_user true 2>/dev/null || skip_all "this user cannot run it"
chmod 755 "$scratch"

# start NAME SETS: a server with two sockets, which its processes take turns on by a semaphore, and a
# network of its own; then there are so many sets.
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
	# It is up once somebody waits for the semaphore that another one holds.
	for _ in $(seq 100); do
		[ "$(ipcs -s --noheadings -o ID | wc -l)" -eq "$2" ] && [ "$(waiting)" -eq 1 ] && return 0
		sleep 0.1
	done
	return 1
}

# Sets that somebody waits on.
waiting() {
	for id in $(ipcs -s --noheadings -o ID); do
		ipcs -s -i "$id" | awk '/^[0-9]/ && $3 + $4 > 0 {n = 1} END {if (n) print "waits"}'
	done | grep -c waits
}

start dead 1
ok $? "a server with a semaphore"
dead=$(ipcs -s --noheadings -o ID | tr -d ' ')
is "$(ipcs -s --orphaned --noheadings -o ID)" "" "which is no orphan"
is "$(ipcrm -v --sem --orphaned)" "" "and is not removed"

pkill -KILL -f "$scratch/dead/conf"
for _ in $(seq 50); do pgrep -f "$scratch/dead/conf" >/dev/null || break; sleep 0.1; done
start live 2
ok $? "another server, while the dead one's semaphore is there"
live=$(ipcs -s --noheadings -o ID | tr -d ' ' | grep -vx "$dead")
is "$(ipcs -s --orphaned --noheadings -o ID | tr -d ' ')" "$dead" "the dead one's is an orphan"
is "$(ipcrm -n --sem --orphaned | grep -c '^0x')" 1 "a dry run finds it"
is "$(ipcrm -v --sem --orphaned)" "removing semaphore id \`$dead'" "and it is removed"
is "$(ipcs -s --noheadings -o ID | tr -d ' ')" "$live" "the live one's is kept"
kill "$(cat "$scratch/live/pid")"
for _ in $(seq 100); do [ -f "$scratch/live/pid" ] || break; sleep 0.1; done
is "$(ipcs -s --noheadings | grep -c .)" 0 "and goes with its server"
finish
