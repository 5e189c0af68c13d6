#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The kind of a file in /dev/shm: lists, names, creation and removal agree, and a file that only may be a semaphore is
# removed only by name.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"

# file NAME BYTES SIZE: create it with bytes as for printf's %b, followed by zeros.
file() {
	printf %b "$2" >"/dev/shm/$1"
	truncate -s "$3" "/dev/shm/$1"
}

# names KIND: the names in its list.
names() { ipcs "$1" --noheadings -o NAME --sort name | tr -d ' ' | tr '\n' ' '; }

# files: the names in the directory.
files() { (cd /dev/shm && echo ./* | sed 's:\./::g'); }

fill() {
	rm -f /dev/shm/*
	file zero '' 32
	file zero16 '' 16
	file five '\0005' 32
	file five16 '\0005' 16
	# musl's sem_open writes leftover bytes of its stack.
	file stack '\0005\00\00\00\00\00\00\00\00\00\00\00\0177\0020\0001' 32
	file text 'thirty-two bytes of a short text' 32
	file large '\0005' 33
	ipcmk -s -n glibc --value 2 >/dev/null
}

fill
is "$(names -S)" "five five16 glibc " "V14: a file that can only be a semaphore is listed as one"
is "$(names -M)" "large stack text zero zero16 " "V14: all else is shared memory"
is "$(ipcs -S -o NAME,SVAL,LIBC --noheadings --sort name | tr -s ' ')" "five 5 musl
five16 5 musl
glibc 2 glibc" "V14: with whose it is"

# Files of uncertain kind are not removed unless they are named.
doubts() {
	sed "s/NAME/$1/" <<'EOF'
ipcrm: kept POSIX semaphore `NAME': it may be shared memory: remove it by name
EOF
}
for dry in -n ""; do
	run ipcrm $dry --all=psem
	is "$code:$(echo "$err" | sort)" "1:$(doubts five)
$(doubts five16)" "V14: ipcrm $dry --all=psem keeps what only may be one, and says so"
	[ -z "$dry" ] || is "$(echo "$out" | awk 'NR > 2 {print $NF}')" glibc "V14: and the dry run shows the others"
done
is "$(names -S):$(files)" "five five16 :five five16 large stack text zero zero16" "V14: they are there"
fill
run ipcrm --psem --user root
is "$code:$(echo "$err" | sort):$(files)" "0:$(doubts five)
$(doubts five16):five five16 large stack text zero zero16" "V14: so does a selection"
fill
run ipcrm --all=posix
is "$code:$(files)" "1:five five16" "V14: --all=posix includes files listed as shared memory"
if command -v jq >/dev/null; then
	fill
	run ipcrm -J --all=psem
	is "$code:$(echo "$out" | jq -c '[.complete, .kept, ([.posix_semaphores[] | [.name, .result]] | sort)]')" \
		'1:[false,2,[["five","kept"],["five16","kept"],["glibc","removed"]]]' "V14: --json says it"
fi

# A name means the kind that it is given for, in every option, unless the file cannot be of that kind.
fill
for name in zero zero16 five five16 stack; do
	run ipcs -S -N $name
	is "$code:$(echo "$out" | grep -o '^value=.*')" \
		"0:value=$(case $name in zero*) echo 0 ;; *) echo 5 ;; esac)	libc=musl" "V14: ipcs -S -N $name"
	run ipcs -M -N $name
	is "$code:$(echo "$out" | grep -o 'name=.*')" "0:name=$name" "V14: ipcs -M -N $name"
	run ipcmk -s -n $name --musl --exist-ok
	is "$code:$out" "0:POSIX semaphore name: $name" "V14: ipcmk -s -n $name --musl --exist-ok"
	run ipcrm -n --posix-semaphore $name
	is "$code:$(echo "$out" | awk 'END {print $NF}' RS='\n\n' | tail -n 1):$(ls /dev/shm/$name)" "0:$name:/dev/shm/$name" \
		"V14: ipcrm -n --posix-semaphore $name"
	run ipcrm --posix-semaphore $name
	is "$code:$out$err:$(ls /dev/shm/$name 2>/dev/null)" "0::" "V14: ipcrm --posix-semaphore $name"
done
for name in text large; do
	run ipcs -S -N $name
	is "$code:$err" "1:ipcs: name $name not found" "V14: ipcs -S -N $name"
	run ipcmk -s -n $name --musl --exist-ok
	is "$code:${err##*: }" "1:File exists" "V14: ipcmk -s -n $name --musl --exist-ok"
	for dry in "" -n; do
		run ipcrm $dry --posix-semaphore $name
		is "$code:$err:$(ls /dev/shm/$name)" "1:ipcrm: name \`$name' not found:/dev/shm/$name" \
			"V14: ipcrm $dry --posix-semaphore $name"
	done
done
fill
run ipcrm --posix-shmem zero --posix-shmem five
is "$code:$(files)" "0:five16 large sem.glibc stack text zero16" "V14: as shared memory as well"
run ipcrm --posix-semaphore five16 --all=psem
is "$code:$err:$(files)" "0::large stack text zero16" "V14: one that is named is no doubt of --all"

# An unreadable file.
fill
if as_user true 2>/dev/null; then
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcbox"
	chmod 1777 /dev/shm
	chmod 0 /dev/shm/*
	is "$(as_user "$scratch/ipcbox" ipcs -S --noheadings -o NAME,SVAL | tr -s ' ')" "glibc -" \
		"V14: the name tells of glibc's"
	is "$(as_user "$scratch/ipcbox" ipcs -M --noheadings -o NAME --sort name | tr '\n' ' ')" \
		"five five16 large stack text zero zero16 " "V14: nothing of the others"
	run as_user "$scratch/ipcbox" ipcs -S -N five
	is "$code:$(echo "$out" | grep -o '^value=.*')" "0:value=-	libc=musl" "V14: a file named as a semaphore may be one"
else
	skip "a file that may not be read" "this user cannot become another"
fi

# One name, two files.
twins() {
	rm -f /dev/shm/*
	ipcmk -s -n twin --value 4 --musl >/dev/null
	ipcmk -s -n twin --value 5 >/dev/null
}
twins
rest="ipcrm: POSIX semaphore \`twin': it is glibc's semaphore; a file of this name, maybe musl's semaphore, remains"
is "$(ipcs -S | awk '$NF == "twin" {print $3, $4}' | sort)" "4 musl
5 glibc" "V14: a list keeps the semaphores of two libcs apart"
is "$(ipcs -S -N twin | grep ^value)" "value=5	libc=glibc" "V14: the name is glibc's"
run ipcrm -n --posix-semaphore twin
is "$code:$(echo "$out" | awk '$NF == "twin" {print $3, $4}'):$err" "0:5 glibc:$rest" "V14: a dry run shows which one would be removed"
run ipcrm --posix-semaphore twin
is "$code:$err:$(files)" "0:$rest:twin" "V14: and that one is removed"
run ipcrm -v --posix-semaphore twin
is "$code:$out$err:$(ls /dev/shm)" "0:removing POSIX semaphore \`twin':" "V14: then the other"
twins
run ipcrm --posix-semaphore twin --quiet
is "$code:$err:$(files)" "0::twin" "V14: --quiet"
if command -v jq >/dev/null; then
	twins
	is "$(ipcrm -J --posix-semaphore twin | jq -r '.posix_semaphores[].reason')" "${rest#*: *: }" "V14: --json has it as the reason"
fi
twins
run ipcrm --all=psem
is "$code:$err:$(files)" "1:$(doubts twin):twin" "V14: --all takes glibc's"
twins
run ipcmk -s -n twin --musl --exist-ok
is "$code:$(echo "$err" | grep -c 'File exists')" "1:1" "V14: glibc's is not one for musl"

# Semaphores of musl's programs, with and without waiters.
if [ -x "$HELPERS/posix-musl" ]; then
	rm -f /dev/shm/*
	"$HELPERS/posix-musl" sem /none 0
	"$HELPERS/posix-musl" sem /some 3
	is "$(for name in none some; do ipcs -S -N $name | grep ^value; done)" "value=0	libc=musl
value=3	libc=musl" "V14: real ones have their values"
	run ipcrm --posix-semaphore none --posix-semaphore some
	is "$code:$(ls /dev/shm)" "0:" "V14: and go by their names"
else
	skip "semaphores of musl" "musl-gcc is not installed"
fi
rm -f /dev/shm/*
file waited '\0005\00\00\0200\0002' 32
file empty '\00\00\00\0200\0001' 32
file older '\0377\0377\0377\0377\0001' 32
file waited16 '\0005\00\00\0200\0002' 16
is "$(ipcs -S --noheadings -o NAME,SVAL --sort name | tr -s ' ')" "empty 0
older 0
waited 5
waited16 5" "V25: bit 31 of a value of musl says that somebody waits"
is "$(ipcs -S -J | grep -o '"sval":[0-9]*' | sort | tr '\n' ' ')" '"sval":0 "sval":0 "sval":5 "sval":5 ' "V25: in JSON as well"
finish
