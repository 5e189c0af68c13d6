#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Anybody may put anything into /dev/shm: whatever it is, the tools do not crash, hang, follow a link or write a byte
# that a terminal obeys. (DEFECTS U8, U15, U16, U43)
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
		"$HELPERS/posix" socket socket
	)
}

# clean FILE: no control characters except newlines, and no bytes that are not UTF-8.
clean() {
	if tr -d '\n\040-\176\200-\377' <"$1" | grep -q .; then return 1; fi
	! command -v iconv >/dev/null || iconv -f UTF-8 -t UTF-8 "$1" >/dev/null
}

# Those that are objects, with their names as ipcs writes them.
segments='closed
esc\x1b[31m\x0anew\x09line\xff\xc0\xaf
utf8 '$(printf '\303\274 \342\202\254')'
whale'
semaphores='- bogus
- empty
- esc\x1b]0;x\x07
- large
- random
- short
- sparse'
names='(closed|esc.*|utf8 .*|whale|bogus|empty|large|random|short|sparse)'
limits='max total shared memory \(bytes\) = [0-9]+|semaphore max value = 2147483647'

fill
for who in "" as_user; do
	if [ -n "$who" ] && ! as_user true 2>/dev/null; then
		skip "as an ordinary user" "this user cannot become another"
		continue
	fi
	chmod 755 "$scratch"
	cp "$IPCBOX" "$scratch/ipcbox"
	while read -r lines view; do
		# shellcheck disable=SC2086
		$who "$scratch/ipcbox" ipcs -M -S $view >"$scratch/out" 2>"$scratch/err"
		code=$?
		clean "$scratch/out" && text=clean || text=unclean
		is "$code:$(cat "$scratch/err"):$text:$(grep -cxE ".* $names|segments allocated 4|used semaphores = 7|$limits" \
			"$scratch/out")" "0::clean:$lines" "$who ipcs -M -S $view is clean text and complete"
	done <<-'EOF'
		11
		11 -t
		11 -c
		2 -u
		2 -l
		11 --human
	EOF
	is "$($who "$scratch/ipcbox" ipcs -S | awk 'NR > 3 && NF {print $3, $NF}' | sort)" "$semaphores" \
		"U43: $who what is no semaphore has no value, and what is no file is no object"
	is "$($who "$scratch/ipcbox" ipcs -M | sed -n '1,3d; s/^\([^ ][^ ]* *\)\{4\}//p' | sort)" "$segments" \
		"$who nor in -M; escapes are shown, not sent, and UTF-8 is UTF-8"
done

# No link is followed, and no name leads out of the directory.
while read -r name what; do
	for option in --posix-shmem --posix-semaphore; do
		run ipcrm $option "$name"
		is "$code:$err:$(test -s /etc/shadow && echo there)" "1:ipcrm: name \`$name' is $what:there" \
			"ipcrm $option $name"
	done
	run ipcmk -m 1 -n "$name"
	is "$code:$err" "1:ipcmk: create POSIX shared memory failed: File exists" "ipcmk -m over $name"
	run ipcs -M -N "$name"
	is "$code:$out:$err" "1::ipcs: name $name not found" "ipcs -M -N $name"
done <<'EOF'
shadow a symbolic link
self a symbolic link
fifo not a regular file
folder a directory
socket not a regular file
EOF
run ipcrm --posix-shmem sem.empty
is "$code:$err:$(test -e /dev/shm/sem.empty && echo there)" \
	"1:ipcrm: name \`sem.empty' is a semaphore; use --posix-semaphore empty:there" \
	"U16: a semaphore is not removed as a segment"

# Files that change their size while they are read, and files that appear and disappear.
"$HELPERS/posix" flicker /dev/shm/sem.flicker 200000 &
flicker=$!
await 60 test -e /dev/shm/sem.flicker
i=0
failed=0
while kill -0 $flicker 2>/dev/null && [ $i -lt 300 ]; do
	ipcs -M -S 2>&1 | grep -q ' flicker$' || failed=$((failed + 1))
	ipcs -S -N flicker 2>&1 | grep -q 'name=flicker$' || failed=$((failed + 1))
	i=$((i + 1))
done
ended $flicker
test $i -gt 0
is "$?:$failed" 0:0 "a file truncated while it is read, $i times"

# Cleaned: objects are removed; the other files are reported and stay. (DEFECTS U8, U15, U16)
# removed FILE: the names that -v reports there, if it is clean text.
removed() { clean "$1" && sed -n "s/^removing POSIX [a-z ]* \`\(.*\)'\$/\1/p" "$1" | sort; }
run ipcrm -v --all=psem
printf '%s\n' "$out" >"$scratch/out"
is "$code:$(find /dev/shm -name 'sem.*' -type f | wc -l):$(test -e /dev/shm/closed && echo there)" "1:0:there" \
	"U8: --all=psem removes all semaphores, empty ones too, and no segment"
is "$(echo "$err" | sort)" "ipcrm: not removed: /dev/shm/sem.fifo is not a regular file
ipcrm: not removed: /dev/shm/sem.folder is a directory
ipcrm: not removed: /dev/shm/sem.nowhere is a symbolic link
ipcrm: not removed: /dev/shm/sem.shadow is a symbolic link" "and says what it passes over"
is "$(removed "$scratch/out")" "$(printf '%s\nflicker\n' "$semaphores" | sed 's/^- //' | sort)" \
	"U16: -v is clean text"
run ipcrm -v --all=pshm
printf '%s\n' "$out" >"$scratch/out"
is "$code:$(find /dev/shm -type f | wc -l)" "1:0" "U15: --all=pshm does not stop at a directory"
is "$(echo "$err" | sort):$(test -d /dev/shm/folder && test -L /dev/shm/shadow && test -p /dev/shm/fifo && echo there)" \
	"ipcrm: not removed: /dev/shm/fifo is not a regular file
ipcrm: not removed: /dev/shm/folder is a directory
ipcrm: not removed: /dev/shm/self is a symbolic link
ipcrm: not removed: /dev/shm/shadow is a symbolic link
ipcrm: not removed: /dev/shm/socket is not a regular file:there" "and says what it passes over, which is still there"
is "$(removed "$scratch/out")" "$segments" "U16: -v is clean text"
run ipcrm --all=pshm --quiet
is "$code:$out:$err" "1::" "and nothing with --quiet"
finish
