#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The age of POSIX objects comes from their files, and looking at one does not change it.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs -o strictatime none /dev/shm || skip_all "no private /dev/shm for this user"
mount -t mqueue none /dev/mqueue 2>/dev/null || {
	mkdir -p /dev/mqueue
	mount -t mqueue none /dev/mqueue
}
# The limit on the space of queues is per user on the whole machine.
prlimit --pid $$ --msgqueue=unlimited:unlimited 2>/dev/null
PATH=$PATH:$HELPERS

# age KIND NAME: in seconds.
age() { ipcs "$1" --raw --noheadings -o NAME,AGE | awk -v name="$2" '$1 == name {print $2}'; }

# old KIND NAME: its age is 1000 s, or slightly more on a slow machine.
old() { [ "$(age "$1" "$2")" -ge 1000 ] && [ "$(age "$1" "$2")" -lt 1600 ]; }

# aged FILE: pretend that its last message or change was 1000 s ago.
aged() { touch -m -d '1000 seconds ago' "$1"; }

# passed FILE FORMAT: wait until the second in stat's FORMAT of the file is over.
passed() {
	tries=0
	while [ "$(stat -c "$2" "$1")" -ge "$(date +%s)" ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}

# All ways to look at a queue, none of which resets its age.
posix mq /q 2
aged /dev/mqueue/q
old -Q q
ok $? "V8: a queue is as old as its last message"
for look in "-Q" "-Q -t" "-Q -u" "-Q -J" "-A" "-g" "-Q -N q" "-Q --openmetrics" "-Q --older-than 1s"; do
	# shellcheck disable=SC2086
	ipcs $look >/dev/null
	old -Q q
	ok $? "V8: ipcs $look does not make it younger"
done
cat /dev/mqueue/q >/dev/null
old -Q q
ok $? "V8: nor does reading its file"
posix send /q 1
[ "$(age -Q q)" -lt 600 ]
ok $? "V8: a message that is sent does"
aged /dev/mqueue/q
posix receive /q
[ "$(age -Q q)" -lt 600 ]
ok $? "V8: and one that is received"
run ipcrm --pmsg --older-than 10m
is "$code:$out$err:$(age -Q q | wc -l)" "0::1" "V8: a queue in use stays"

# A selection includes objects that were looked at in this very second.
aged /dev/mqueue/q
ipcs -Q >/dev/null
run ipcrm -v --pmsg --older-than 10m
is "$code:$out$err:$(age -Q q)" "0:removing POSIX message queue \`/q':" "V8: an old one is removed"
posix mq /q 1
passed /dev/mqueue/q %Z
run ipcrm -v --pmsg --user root
is "$code:$out$err:$(age -Q q)" "0:removing POSIX message queue \`/q':" "V8: the last look is no change"
if plain && command -v strace >/dev/null; then
	posix mq /q 1
	run strace -qq -o "$scratch/trace" -e trace=fsopen -e inject=fsopen:delay_enter=1500000:when=2 \
		ipcrm -v --pmsg --user root
	is "$code:$out$err:$(age -Q q)" "0:removing POSIX message queue \`/q':" "V8: however long it takes"
	posix mq /q 1
	strace -qq -o "$scratch/trace" -e trace=fsopen,getdents64 -e inject=fsopen:delay_enter=3000000:when=2 \
		ipcrm -v --pmsg --user root >"$scratch/out" 2>&1 &
	pid=$!
	tries=0
	# At the end of the list, hold up the second mount, by which the last look is made.
	while ! grep -q 'getdents64.* = 0$' "$scratch/trace" && [ $tries -lt 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	rm /dev/mqueue/q
	posix mq /q 2
	wait $pid
	is "$?:$(cat "$scratch/out")" "0:keeping POSIX message queue \`/q': it has been changed or replaced" \
		"V8: another queue of the same name is kept"
	is "$(ipcs -Q --noheadings -o MSGS | tr -d ' ')" 2 "V8: and is the other one"
	ipcrm --all=pmsg
fi

# Files of /dev/shm: neither reading nor listing them is a use.
printf 1234 >/dev/shm/segment
ipcmk -s -n sem --value 3 >/dev/null
ipcmk -s -n musl --value 3 --musl >/dev/null
passed /dev/shm/musl %Y
for file in segment sem.sem musl; do
	stat -c %x /dev/shm/$file
done >"$scratch/before"
for look in -S -M "-S -u" -A "-S -N sem" "-S -N musl" "-S -J"; do
	# shellcheck disable=SC2086
	ipcs $look >/dev/null
done
ipcrm -n --all=posix >/dev/null 2>&1
# files: the number of files that the program finds, and of those that it considers recent.
files() { echo "$(ipcs -MS --noheadings -o NAME | wc -l):$(ipcs -MS --newer-than 1s --noheadings -o NAME)"; }
for file in segment sem.sem musl; do
	stat -c %x /dev/shm/$file
done >"$scratch/after"
is "$(files):$(cat "$scratch/after")" "3::$(cat "$scratch/before")" "V8: to look leaves no trace"
cat /dev/shm/segment /dev/shm/sem.sem /dev/shm/musl >/dev/null
is "$(files)" "3:" "V8: to read them makes none younger"
if as_user true 2>/dev/null; then
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcbox"
	is "$(as_user "$scratch/ipcbox" ipcs -S -o NAME,SVAL --noheadings --sort name | tr -s ' \n' ' ')" "musl 3 sem 3 " \
		"V8: files of others are read as well"
	is "$(files)" "3:" "V8: and are no younger"
else
	skip "files of others" "this user cannot become another"
fi
finish
