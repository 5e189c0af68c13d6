#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Waiters in programs of the other word size, processes that are not listed, and mappings that cannot all be read:
# found, or reported as missing.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# The first process belongs to this test, so that root may examine all.
private -p -f --mount-proc
chmod 755 "$scratch"
cp "$IPCBOX" "$scratch/ipcbox"
for applet in ipcmk ipcrm ipcs; do ln -s ipcbox "$scratch/$applet"; done
PATH=$scratch:$PATH

# start COMMAND...: run it until it has printed its PID and waits in a call, or is idle: sets pid.
start() {
	"$@" >"$scratch/pid" &
	await 20 test -s "$scratch/pid"
	read -r pid <"$scratch/pid"
	: >"$scratch/pid"
	await 20 grep -q ') S ' "/proc/$pid/stat"
}
# Processes of other PID namespaces are invisible here, so no list is complete; the library counts those it misses.
waiters() {
	ipcs -q -s --waiting -J -o id | grep -o '"pid":[0-9]*\|"how":"[a-z]*"\|"waiting_complete":[a-z]*' | tr '\n' ' '
	"$HELPERS/holders_probe" msg sem | awk '$1 == "hidden" {printf "%s ", $3}'
}

ipcmk -Q -S 1 -p 666 >/dev/null
is "$(waiters)" '"waiting_complete":false "waiting_complete":false 1 1 ' "V23: nobody waits"
start "$HELPERS/use" operate 0
long=$pid
start "$HELPERS/wait32" set 0
set=$pid
start "$HELPERS/wait32" queue 0
queue=$pid
two='"how":"operates"'
is "$(waiters | sed 's/"pid":\([0-9]*\)/\1/g')" "$queue \"how\":\"receives\" \"waiting_complete\":false $(
	)$long $two $set $two \"waiting_complete\":false 1 1 " "V23: programs of either word size wait"
ended "$long" "$set"
is "$(waiters)" "\"pid\":$queue \"how\":\"receives\" \"waiting_complete\":false \"waiting_complete\":false 1 1 " \
	"V23: and in no other object"

# An unreadable auxv: the same number means another call in another program.
: >"$scratch/empty"
mount --bind "$scratch/empty" "/proc/$queue/task/$queue/auxv"
is "$(waiters)" '"waiting_complete":false "waiting_complete":false 2 2 ' "V23: whose word size is not known"
run ipcs -q -i 0 --waiting
is "$code:$(echo "$out" | tail -n 1)" "0:and perhaps others not visible to this user" "V23: and in the view of one object"
umount "/proc/$queue/task/$queue/auxv"
echo garbage >"$scratch/empty"
mount --bind "$scratch/empty" "/proc/$queue/task/$queue/syscall"
is "$(waiters)" '"waiting_complete":false "waiting_complete":false 2 2 ' "V23: whose call is not known"
umount "/proc/$queue/task/$queue/syscall"
ended "$queue"

# hidepid: the first process is the user's own, so it is listed, but not root's process that waits.
start "$HELPERS/use" receive 0
cat >"$scratch/hidden" <<-'EOF'
	mount -t proc -o "hidepid=$1" proc /proc || exit
	"$2" receive 0 >/dev/null &
	# shellcheck disable=SC2016
	exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all sh -c '
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			[ -e "/proc/$1" ] && [ "$3" -ge 2 ] || break
			sleep 0.1
		done
		"$2/ipcs" -q -s --waiting -J -o id | grep -o "\"pid\"\|\"waiting_complete\":[a-z]*" | tr "\n" " "' \
		sh $! "$3" "$1"
EOF
if as_user true 2>/dev/null; then
	for level in 1 2 4; do
		is "$(unshare -m -p -f sh "$scratch/hidden" "$level" "$HELPERS/use" "$scratch")" \
			'"waiting_complete":false "waiting_complete":false ' "V23: hidepid=$level and one's own first process"
	done
else
	skip "V23: hidepid" "this user cannot become another"
fi
ended "$pid"

# smaps that fails in the middle: the mappings are known nevertheless, but not their memory.
ipcmk -M 8192 >/dev/null
id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/shm)
start "$HELPERS/use" attach "$id" 3
maps() { echo "$out" | sed -n 's/^ *\([0-9a-f]*-[0-9a-f]*\) rw-s resident=.*/\1/p'; }
want=$(sed -n 's/\([0-9a-f-]*\) .*SYSV.*/\1/p' "/proc/$pid/maps")
run ipcs -m -i "$id" --attached
is "$code:$(maps):$err" "0:$want:" "V23: all mappings"
if plain; then
	for n in 1 2 3; do
		run strace -qq -o /dev/null -P "/proc/$pid/smaps" -e inject=read:error=EIO:when=$n+ ipcs -m -i "$id" --attached
		is "$code:$(maps):$err" "0:$want:" "V23: smaps that fails at read $n"
	done
	run strace -qq -o /dev/null -P "/proc/$pid/smaps" -e inject=open,openat:error=EACCES ipcs -m -i "$id" --attached -J -o id
	is "$code:$(echo "$out" | grep -o '"rss":null' | wc -l):$err" "0:3:" "V23: smaps that does not open"
	# maps is read first for the holders of the segment, then for the addresses.
	run strace -qq -o /dev/null -P "/proc/$pid/smaps" -P "/proc/$pid/maps" -e inject=read:error=EIO:when=4+ \
		ipcs -m -i "$id" --attached -J -o id
	is "$code:$(echo "$out" | tail -n 1):$err" \
		"1:\"complete\":false}:ipcs: cannot read all mappings of process $pid: Input/output error" \
		"V23: mappings that cannot be read are said to be missing"
fi
ended "$pid"
finish
