#!/bin/sh
# SPDX-License-Identifier: 0BSD
# /dev/shm is anybody's: whatever is there, nothing crashes, hangs, follows a link or
# writes a byte that a terminal obeys. (DEFECTS U8, U15, U16, U43)
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm || skip_all "no private /dev/shm for this user"

fill() {
	(
		cd /dev/shm || exit 1
		: >sem.empty
		head -c 3 /dev/zero >sem.short
		head -c 1000000 /dev/zero >sem.large
		truncate -s 1T sem.sparse
		head -c 32 /dev/urandom | tr '\000\200' '\001\001' >sem.random
		printf 'hi\n' >sem.bogus
		mkfifo fifo sem.fifo
		mkdir folder sem.folder
		ln -s /etc/shadow shadow
		ln -s /etc/shadow sem.shadow
		ln -s self self
		ln -s nowhere sem.nowhere
		printf x >"$(printf 'esc\033[31m\nnew\tline\377\300\257')"
		printf x >"$(printf 'sem.esc\033]0;x\007')"
		printf x >"$(printf 'utf8 \303\274 \342\202\254')"
		printf x >closed
		chmod 0 closed sem.bogus
		truncate -s 8E whale 2>/dev/null || truncate -s 1P whale
		if command -v python3 >/dev/null; then
			python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.bind("socket")'
		fi
	)
}

# clean FILE: no control byte but line ends, and no byte that is no UTF-8.
clean() {
	if tr -d '\n\040-\176\200-\377' <"$1" | grep -q .; then return 1; fi
	! command -v iconv >/dev/null || iconv -f UTF-8 -t UTF-8 "$1" >/dev/null
}

fill
for who in "" as_user; do
	if [ -n "$who" ] && ! as_user true 2>/dev/null; then
		skip "as an ordinary user" "this user cannot become another"
		continue
	fi
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcbox"
	for view in "" -t -c -u -l --human; do
		# shellcheck disable=SC2086
		$who "$scratch/ipcbox" ipcs -M -S $view >"$scratch/out" 2>"$scratch/err"
		is "$?:$(cat "$scratch/err")" "0:" "$who ipcs -M -S $view"
		clean "$scratch/out"
		ok $? "$who is clean text"
	done
	$who "$scratch/ipcbox" ipcs -S >"$scratch/out"
	is "$(awk '/ (empty|short|large|sparse|random|bogus)$/ {print $3}' "$scratch/out" | sort | uniq -c | awk '{print $1, $2}')" \
		"6 -" "U43: $who what is no semaphore has no value"
	is "$(grep -c -e fifo -e folder -e shadow -e nowhere "$scratch/out")" 0 "$who what is no file is no object"
	$who "$scratch/ipcbox" ipcs -M >"$scratch/out"
	is "$(grep -c -e fifo -e folder -e shadow -e self -e socket "$scratch/out")" 0 "$who nor in -M"
	is "$(grep -c 'esc\\x1b\[31m\\x0anew\\x09line\\xff\\xc0\\xaf' "$scratch/out")" 1 "$who escapes are shown, not sent"
	is "$(grep -c "$(printf 'utf8 \303\274 \342\202\254')" "$scratch/out")" 1 "$who and UTF-8 is UTF-8"
done

# No link is followed, and no name leads out.
for name in shadow self fifo folder socket; do
	for option in --posix-shmem --posix-semaphore; do
		run ipcrm $option $name
		is "$code:$(test -e /etc/shadow && echo there)" "1:there" "ipcrm $option $name"
	done
	run ipcmk -m 1 -n $name
	is "$code" 1 "ipcmk -m over $name"
	run ipcs -M -N $name
	is "$code:$out" "1:" "ipcs -M -N $name"
done
run ipcrm --posix-shmem sem.empty
is "$code:$(test -e /dev/shm/sem.empty && echo there)" "1:there" "U16: a semaphore is not removed as a segment"

# Files that change their size while they are read, and that come and go.
"$HELPERS/posix" flicker /dev/shm/sem.flicker 200000 &
flicker=$!
while [ ! -e /dev/shm/sem.flicker ]; do sleep 0.01; done
i=0
failed=0
while kill -0 $flicker 2>/dev/null && [ $i -lt 300 ]; do
	ipcs -M -S >"$scratch/out" 2>&1 || failed=$((failed + 1))
	ipcs -S -N flicker >/dev/null 2>&1 || failed=$((failed + 1))
	i=$((i + 1))
done
kill $flicker 2>/dev/null
wait $flicker 2>/dev/null
is "$failed" 0 "a file truncated while it is read, $i times"

# Cleaned: objects go, the others are told and stay. (DEFECTS U8, U15, U16)
run ipcrm -v --all=psem
is "$code:$(find /dev/shm -name 'sem.*' -type f | wc -l)" "1:0" "U8: --all=psem removes all semaphores, empty ones too"
is "$(echo "$err" | sort)" "ipcrm: not removed: /dev/shm/sem.fifo is no regular file
ipcrm: not removed: /dev/shm/sem.folder is a directory
ipcrm: not removed: /dev/shm/sem.nowhere is a symbolic link
ipcrm: not removed: /dev/shm/sem.shadow is a symbolic link" "and says what it passes over"
test -e /dev/shm/closed
ok $? "no segment among them"
printf '%s\n' "$out" >"$scratch/out"
clean "$scratch/out"
ok $? "U16: -v is clean text"
run ipcrm -v --all=pshm
is "$code:$(find /dev/shm -type f | wc -l)" "1:0" "U15: --all=pshm does not stop at a directory"
is "$(echo "$err" | grep -cv -e folder -e fifo -e shadow -e self -e socket)" 0 "and says what it passes over"
printf '%s\n' "$out" >"$scratch/out"
clean "$scratch/out"
ok $? "U16: -v is clean text"
test -d /dev/shm/folder && test -L /dev/shm/shadow && test -p /dev/shm/fifo && test -s /etc/passwd
ok $? "what is no object is still there"
finish
