#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcs against util-linux's: every option and combination, on every kind of
# contents, from each source, byte for byte, status and standard error included.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
reference=/usr/bin/ipcs
# Leaks are looked for in all other layers; here that would take most of the time of thousands of runs.
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
export ASAN_OPTIONS
"$reference" -V 2>/dev/null | grep -q util-linux || skip_all "no util-linux ipcs to compare with"
private

# Commands that depend on no contents, a line each.
commands() {
	for kinds in "" -m -q -s -a "-m -q" "-q -s" "-m -s"; do
		for output in "" -t -p -c -l -u; do
			echo "$kinds $output"
		done
	done
	for output in "" -l -u; do
		echo "$output --human"
		echo "$output -b"
	done
	for long in --shmems --queues --semaphores --all --time --pid --creator --limits --summary --bytes \
		--shm --que --sem --lim --cre --hum; do
		echo "$long"
	done
	cat <<-'EOF'
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

# Those for one object, under the first three and the last id of each kind.
details() {
	for kind in m q s; do
		for id in $("$reference" -$kind | awk '/^0x/ {print $2}' | sed -n '1,3p;$p' | sort -un); do
			for more in "" --human -b -t -l; do
				echo "-$kind -i $id $more"
			done
		done
	done
}

# same NAME [VARIABLE=VALUE]: compares all commands on the contents at hand.
same() {
	checked=0
	different=0
	commands >"$scratch/commands"
	details >>"$scratch/commands"
	while read -r command; do
		# shellcheck disable=SC2086
		env ${2-} "$reference" $command >"$scratch/want" 2>&1
		want=$?
		for source in auto proc syscall; do
			# shellcheck disable=SC2086
			env ${2-} ipcs --source=$source $command >"$scratch/got" 2>&1
			got=$?
			checked=$((checked + 1))
			if [ $got -ne $want ] || ! cmp -s "$scratch/want" "$scratch/got"; then
				different=$((different + 1))
				echo "# ${2-} ipcs --source=$source $command: status $got, not $want"
				diff "$scratch/want" "$scratch/got" | head -5 | sed 's/^/#   /'
			fi
		done
	done <"$scratch/commands"
	is "$different of $checked differ" "0 of $checked differ" "$1, $checked commands"
}

cp /etc/passwd "$scratch/passwd"
cp /etc/group "$scratch/group"
printf 'averylongusername:x:7001:7002::/:/bin/false\n\303\274n\303\257c\303\266d\303\251n\303\244me:x:54323:7002::/:\n' \
	>>"$scratch/passwd"
printf 'averylonggroupname:x:7002:\n' >>"$scratch/group"
chmod 644 "$scratch/passwd" "$scratch/group"
mount --bind "$scratch/passwd" /etc/passwd
mount --bind "$scratch/group" /etc/group

is "$(commands | sort -u | wc -l)" "$(commands | wc -l)" "each command once"
test "$(commands | wc -l)" -ge 60
ok $? "at least 60 commands"

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
	[ -z "$held" ] || kill $held
	/usr/bin/ipcrm -a
	emptied || ok 1 "$contents is gone"
done

"$HELPERS/populate" messages
for zone in America/New_York Asia/Kolkata EST5EDT,M3.2.0,M11.1.0 XXX-13:45; do
	same "TZ=$zone" "TZ=$zone"
done

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
	1073741823 1099511627775 1152921504606846975 1210567579837189325 9223372036854775807 18446744073709551615; do
	echo $bytes >shmmax
	is "$(ipcs -m -l --human)" "$("$reference" -m -l --human)" "$bytes bytes for a human"
done
finish
