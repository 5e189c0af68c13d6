#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Failures injected with strace, in the program without sanitizers: memory runs out at each call in turn, and objects
# are removed at the wrong moment.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck disable=SC2119
private
mount -t tmpfs none /dev/shm
strace -o /dev/null true 2>/dev/null || skip_all "strace does not work here"

count() { awk 'FNR > 1' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem | wc -l; }
# strace counts brk and mmap separately.  The dynamic linker makes the first calls of each, and needs them to start.
strace -qq -o "$scratch/log" -e trace='/^(brk|mmap2?)$' ipcs --version >/dev/null
base=$(grep -c '^mmap' "$scratch/log")
heap=$(grep -c '^brk' "$scratch/log")

# short N COMMAND...: run it without a growing heap, and without memory from the N-th mapping on.
short() {
	from=$1
	shift
	strace -qq -o "$scratch/log" -e trace='/^(brk|mmap2?)$' -e inject=brk:error=ENOMEM:when=$((heap + 1))+ \
		-e inject='/^mmap2?$':error=ENOMEM:when="$from"+ "$@" >"$scratch/out" 2>"$scratch/err"
}

injected() { grep -q '^mmap.*INJECTED' "$scratch/log"; }

# sweep WANT LEAST COMMAND...: run it with memory for no mapping, for one, for two and so on.  Each time, it must either
# report that it lacks memory or print output with the checksum WANT, and no object is lost.
sweep() {
	want=$1 least=$2 n=$base failures=0 bad=
	shift 2
	before=$(count)
	while :; do
		n=$((n + 1))
		short $n "$@"
		code=$?
		injected || break
		case $code in
			0) [ "$(cksum <"$scratch/out")" = "$want" ] || bad="$bad $n(output)" ;;
			1)
				failures=$((failures + 1))
				grep -q 'Cannot allocate memory$' "$scratch/err" || bad="$bad $n($(tail -n 1 "$scratch/err"))"
				;;
			*) bad="$bad $n(status $code)" ;;
		esac
		[ "$(count)" -eq "$before" ] || bad="$bad $n(lost)"
	done
	is "$bad:$((failures > 0))" ":1" "$* with $((n - base - 1)) calls for memory, each of which fails"
	test $((n - base - 1)) -ge "$least"
	ok $? "and there are at least $least"
}

"$HELPERS/populate" queues 3000
"$HELPERS/populate" segments 1000
is "$(ipcs -q -r --noheadings -o ID | sort -n | cksum)" "$(awk 'NR > 1 {print $2}' /proc/sysvipc/msg | sort -n | cksum)" \
	"with memory for all, ipcs lists the queues that the kernel has"
for _ in $(seq 300); do mktemp /dev/shm/XXXXXXXXXXXXXXXX >/dev/null; done
# list LEAST ARGUMENT...
list() {
	least=$1
	shift
	sweep "$(ipcs "$@" | cksum)" "$least" ipcs "$@"
}
# Leave out names of owners, which need memory as well: without it, IDs replace them.
list 2 -q --sort id -o ID
list 2 -q --sort msgs,id -r -o ID,MSGS
list 1 -m --sort size -J -o ID
list 1 -M --sort name -o NAME
list 1 -m -r -o ID,ATTACHED
sweep "$(ipcrm -n -J -a | cksum)" 1 ipcrm -n -J -a
sweep "$(ipcrm -n -J --msg --user "$(id -u)" | cksum)" 1 ipcrm -n -J --msg --user "$(id -u)"

# A removal that lacks memory removes nothing.
n=$base bad=
while :; do
	n=$((n + 1))
	short $n ipcrm --all=msg
	code=$?
	left=$(awk 'FNR > 1' /proc/sysvipc/msg | wc -l)
	case $code:$left in
		1:3000) grep -q 'Cannot allocate memory$' "$scratch/err" || bad="$bad $n($(cat "$scratch/err"))" ;;
		0:0) "$HELPERS/populate" queues 3000 ;;
		*) bad="$bad $n($code:$left)" ;;
	esac
	injected || break
done
is "$bad" "" "all of 3000 queues are removed, or none"
test $((n - base - 1)) -ge 1
ok $? "with $((n - base - 1)) calls for memory"
ipcrm -a --all=posix

# --exist-ok: the object with the key vanishes before it is found, and before it is examined.
# made: the status, the reported ID, and the number of calls of $get.
made() { echo "$code:${out##*: }:$(grep -c "^$get" "$scratch/log")"; }
for case in "-M 1|shmget|shmctl|-m" "-Q|msgget|msgctl|-q" "-S 1|semget|semctl|-s"; do
	IFS='|' read -r make get ctl list <<-EOT
		$case
	EOT
	# shellcheck disable=SC2086
	run strace -qq -o "$scratch/log" -e trace="$get" -e inject="$get:error=EEXIST:when=1" ipcmk $make --exist-ok -k 0x77
	id=$(ipcs "$list" --noheadings -r -o ID)
	is "$(made)" "0:$id:3" "$get: gone before it is found"
	# shellcheck disable=SC2086
	run strace -qq -o "$scratch/log" -e trace="$get,$ctl" -e inject="$ctl:error=EIDRM:when=1" ipcmk $make --exist-ok -k 0x77
	is "$(made):$(count)" "0:$id:4:1" "$ctl: gone before it is looked at"
	# shellcheck disable=SC2086
	run strace -qq -o "$scratch/log" -e trace="$get" -e inject="$get:error=ENOENT:when=2" ipcmk $make -k 0x77
	is "$code:${err#*failed: }:$(count)" "1:File exists (key 0x00000077, id $id):1" \
		"without --exist-ok it is tried again, too"
	ipcrm -a
done

# Many runs create the key and remove it at once: each ends with an object or a reason.
racers=
for n in 1 2 3; do
	{
		for _ in $(seq 60); do
			ipcmk -M 1 -k 0x99 --exist-ok >>"$scratch/made.$n" 2>&1 || echo "status $?" >>"$scratch/made.$n"
			ipcrm -f -M 0x99 2>>"$scratch/removed.$n"
		done
	} &
	racers="$racers $!"
done
# shellcheck disable=SC2086
wait $racers
is "$(cat "$scratch"/made.* | grep -c '^Shared memory id: [0-9]*$'):$(cat "$scratch"/made.* | wc -l)" 180:180 \
	"no maker fails because of a remover: each makes its objects"
finish
