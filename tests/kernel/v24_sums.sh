#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Numbers that the kernel truncates, wraps or omits are unknown, and so are sums of such numbers.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

# rows FILE: replace the kernel's rows by those of standard input.
rows() {
	cat >"$scratch/sysvipc/$1"
	mount --bind "$scratch/sysvipc" /proc/sysvipc
}
mkdir "$scratch/sysvipc"
: >"$scratch/sysvipc/shm"
: >"$scratch/sysvipc/sem"
: >"$scratch/sysvipc/msg"
summary() { ipcs "$@" -u -J --source=proc | sed -n 's/^"[a-z]*":\({.*}\)$/\1/p'; }

rows msg <<EOF
key msqid perms qnum
1 0 644 5
2 1 644 7
EOF
is "$(summary -q)" '{"used":2,"msgs":12,"usedbytes":null}' "V24: queues without a column of bytes"
is "$(ipcs -q -u --source=proc | grep '^used space')" "used space = - bytes" "V24: and in words"
umount /proc/sysvipc
rows sem <<EOF
key semid perms
1 0 644
EOF
is "$(summary -s)" '{"used":1,"nsems":null}' "V24: sets without a number of semaphores"
run ipcs -s -i 0 --source=proc -J -o id
is "$code:$(echo "$out" | sed -n 3p):$err" \
	'1:{"id":0,"elements":null}:ipcs: cannot read the values of semaphore set 0: malformed contents' "V24: and the one"
umount /proc/sysvipc
rows shm <<EOF
key shmid size rss swap
1 0 4096 4096 -1
2 1 8192 -1 0
3 2 8192 4096 4096
EOF
is "$(summary -m)" '{"used":3,"pages":5,"rsspages":null,"swappages":null,"swaptries":0,"swaphits":0}' \
	"V24: a row that does not tell, before others that do"
umount /proc/sysvipc
rows shm <<EOF
key shmid size rss swap
1 0 18446744073709551615 0 0
2 1 18446744073709551615 0 0
EOF
is "$(summary -m)" '{"used":2,"pages":9007199254740992,"rsspages":0,"swappages":0,"swaptries":0,"swaphits":0}' \
	"V24: sizes that no 64 bits hold together, in pages"
umount /proc/sysvipc
mount -t tmpfs none /dev/shm
# The user may have a limit on the size of files.
ulimit -f unlimited
for name in a b c; do truncate -s 9223372036854775807 "/dev/shm/$name" || ok 1 "V24: truncate"; done
is "$(ipcs -M -u -J | grep -o '"used":3,"size":[a-z0-9]*')" '"used":3,"size":null' "V24: and in bytes"
rm /dev/shm/a
is "$(ipcs -M -u -J | grep -o '"used":2,"size":[a-z0-9]*')" '"used":2,"size":18446744073709551614' "V24: which two of them fit"
umount /dev/shm

# The bytes in queues are an int that wraps around.  The fields of struct msginfo: queues, messages, msgmax, and so on.
if plain && [ "$PROGRAM" != i386 ]; then
	ipcmk -Q >/dev/null
	poke() { strace -qq -o /dev/null -e "inject=msgctl:poke_exit=@arg3=$1:when=$2" ipcs -q -u "$3"; }
	int() { printf '%02x%02x%02x%02x' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)); }
	info() { for n in "$@"; do int "$n"; done; }
	for bytes in -2147483648 -1 2147483647; do
		is "$(poke "$(info 1 1 8192 16384 32000 16 $bytes)" 1 --source=syscall | tail -n 2)" "used space = - bytes" \
			"V24: $bytes bytes by the call"
		is "$(poke "$(info 1 1 8192 16384 32000 16 $bytes)" 1 --source=auto | tail -n 2)" "used space = 0 bytes" \
			"V24: and by the rows"
	done
	is "$(poke "$(info 1 262144 8192 16384 32000 16 5)" 1 --source=syscall | tail -n 2)" "used space = - bytes" \
		"V24: as many messages as could be more than an int holds"
	is "$(poke "$(info 1 262143 8192 16384 32000 16 5)" 1 --source=syscall | tail -n 2)" "used space = 5 bytes" \
		"V24: one less"
	is "$(poke "$(info -1 -1 8192 16384 32000 16 5)" 1 --source=syscall | tail -n 4 | tr '\n' ' ')" \
		"allocated queues = - used headers = - used space = - bytes  " "V24: negative counts"
	is "$(strace -qq -o /dev/null -e "inject=msgctl:poke_exit=@arg3=$(info 0 0 -1 -2 -3)" ipcs -q -l --source=syscall |
		grep -c ' = -$')" 3 "V24: negative limits"
	ipcrm -a
fi

# Segments of more bytes than fit 32 bits.
"$HELPERS/populate" sizes || ok 1 "V24: populate"
want=$(awk 'FNR > 1 {print $4}' /proc/sysvipc/shm)
is "$(ipcs -m -r --noheadings -o SIZE)" "$want" "V24: sizes by /proc"
ids=$(awk 'FNR > 1 {print $2}' /proc/sysvipc/shm)
pages=$(awk -v page="$(getconf PAGESIZE)" 'FNR > 1 {n += int(($4 + page - 1) / page)} END {printf "%d", n}' /proc/sysvipc/shm)
[ "$PROGRAM" != i386 ] || want=$(echo "$want" | sed 's/.*/-/')
each() { for id in $ids; do ipcs -m -i "$id" -r --noheadings -o SIZE "$@"; done; }
is "$(ipcs -m -r --noheadings -o SIZE --source=syscall)" "$want" "V24: sizes by calls"
is "$(each --source=syscall)" "$want" "V24: and of each by its id"
is "$(ipcs -m -r --noheadings -o ID --min-size 1 --source=syscall | wc -l)" "$(echo "$want" | grep -vc '^-$')" \
	"V24: an unknown size matches nothing"
if plain; then
	mount -t tmpfs none /proc
	is "$(ipcs -m -r --noheadings -o SIZE):$(each)" "$want:$want" "V24: without /proc"
	is "$(ipcs -m -u | sed -n 's/^pages allocated //p')" "$pages" "V24: pages in all"
	umount /proc
fi
ipcrm -a
ipcmk -M 4096 >/dev/null
is "$(ipcs -m -r --noheadings -o SIZE --source=syscall)" 4096 "V24: where all together are small, each is"

# Limits that do not fit 32 bits.
limits() { ipcs -m -l -J -b --source=syscall | grep -o '"shmmax.*shmall":[^,]*'; }
echo 18446744073692774399 >/proc/sys/kernel/shmmax
echo 18446744073692774399 >/proc/sys/kernel/shmall
if [ "$PROGRAM" = i386 ]; then
	is "$(limits)" '"shmmax":null,"shmall":null' "V24: limits that are cut"
	echo 1000000 >/proc/sys/kernel/shmmax
	is "$(limits)" '"shmmax":1000000,"shmall":null' "V24: one that is not"
else
	is "$(limits)" '"shmmax":18446744073692774399,"shmall":18446744073692774399' "V24: limits of 64 bits"
fi
finish
