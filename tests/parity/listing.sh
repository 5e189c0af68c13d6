#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcs compared with util-linux, for every kind of contents, from each source, byte for byte, with status and standard
# error: every option and combination with the static program, and each single option with the others.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
reference=/usr/bin/ipcs
# All other layers look for leaks; here, that would take most of the time of many runs.
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
export ASAN_OPTIONS
"$reference" -V 2>/dev/null | grep -q util-linux || skip_all "no util-linux ipcs to compare with"
private

matrix=small
[ "${PROGRAM-}" != static ] || matrix=full

# Commands that do not depend on contents, one per line.
commands() {
	cat <<-'EOF'

	-m
	-q
	-s
	-a
	-t
	-p
	-c
	-l
	-u
	--human
	-b
	-l --human
	-u --human
	-l -b
	-u -b
	EOF
	[ $matrix = full ] || return 0
	for kinds in -m -q -s -a "-m -q" "-q -s" "-m -s"; do
		for output in -t -p -c -l -u; do
			echo "$kinds $output"
		done
	done
	cat <<-'EOF'
	-m -q
	-q -s
	-m -s
	--shmems
	--queues
	--semaphores
	--all
	--time
	--pid
	--creator
	--limits
	--summary
	--bytes
	--shm
	--que
	--sem
	--lim
	--cre
	--hum
	-tu
	-ut
	-cl
	-lc
	-mtp
	-qpt
	-asqm
	-m -t --human
	-b --human
	--human -b
	-u -b --human
	-l --human -b
	-s -c -t
	EOF
}

# Commands for one object: the first three and the last ID of each kind, or only the first.
details() {
	for kind in m q s; do
		ids=$("$reference" -$kind | awk '/^0x/ {print $2}')
		if [ $matrix = small ]; then
			for id in $(echo "$ids" | head -n 1); do
				echo "-$kind -i $id"
			done
			continue
		fi
		for id in $(echo "$ids" | sed -n '1,3p;$p' | sort -un); do
			for more in "" --human -b -t -l; do
				echo "-$kind -i $id $more"
			done
		done
	done
}

# transcript PROGRAM...: its output for each of the present commands, and its status.
transcript() {
	while read -r command; do
		echo "ipcs $command"
		# shellcheck disable=SC2086
		"$@" $command 2>&1
		echo "status $?"
	done <"$scratch/commands"
}

# same NAME: compare all commands on the present contents.
same() {
	commands >"$scratch/commands"
	details >>"$scratch/commands"
	transcript "$reference" >"$scratch/want"
	for source in auto proc syscall; do
		transcript ipcs --source=$source >"$scratch/got"
		cmp -s "$scratch/want" "$scratch/got"
		rc=$?
		ok $rc "$1, $(wc -l <"$scratch/commands") commands with --source=$source"
		[ $rc -eq 0 ] || diff -U 3 "$scratch/want" "$scratch/got" | head -n 50 | sed 's/^/#   /'
	done
}

# The options of the reference that remove only System V objects, whatever its version.
empty() {
	for kind in shm msg sem; do
		/usr/bin/ipcrm --all=$kind
	done
	emptied
}

cp /etc/passwd "$scratch/passwd"
cp /etc/group "$scratch/group"
printf 'averylongusername:x:7001:7002::/:/bin/false\n' >>"$scratch/passwd"
printf '\303\274n\303\257c\303\266d\303\251n\303\244me:x:54323:7002::/:\n' >>"$scratch/passwd"
printf 'averylonggroupname:x:7002:\n' >>"$scratch/group"
chmod 644 "$scratch/passwd" "$scratch/group"
mount --bind "$scratch/passwd" /etc/passwd
mount --bind "$scratch/group" /etc/group

# A duplicate is a mistake in this file, and too few commands would compare nothing.
commands >"$scratch/commands"
least=16
[ $matrix = small ] || least=83
if [ "$(sort -u "$scratch/commands" | wc -l)" -ne $least ] || [ "$(wc -l <"$scratch/commands")" -ne $least ]; then
	ok 1 "$least different commands"
fi

for contents in empty each "each 300" keys status messages semaphores sizes attached modes holes changed \
	unnamed high longnames; do
	# shellcheck disable=SC2086
	held=$("$HELPERS/populate" $contents)
	rc=$?
	if [ $rc -eq 77 ]; then
		skip "$contents" "this user may not make them"
		continue
	fi
	[ $rc -eq 0 ] || ok $rc "populate $contents"
	same "$contents"
	# shellcheck disable=SC2086
	[ -z "$held" ] || ended $held
	empty || ok 1 "$contents is gone"
done

"$HELPERS/populate" messages
for zone in America/New_York Asia/Kolkata EST5EDT,M3.2.0,M11.1.0 XXX-13:45; do
	export TZ=$zone
	same "TZ=$zone"
done
TZ=UTC

cd /proc/sys/kernel || exit 1
echo 1000 >shmmax
echo 7 >shmall
echo 3 >shmmni
echo 11 >msgmni
echo 100 >msgmax
echo 200 >msgmnb
echo "250 32 10 5" >sem
same "changed limits"
for bytes in 0 1 1023 1024 1075 1076 1536 1587 1588 10188 10189 10239 1048000 1048524 1048525 1048575 1048576 \
	1073741823 1099511627775 1152921504606846975 1210567579837189325 9223372036854775807 18446744073709551615
do
	echo $bytes >shmmax
	is "$(ipcs -m -l --human)" "$("$reference" -m -l --human)" "$bytes bytes for a human"
done
finish
