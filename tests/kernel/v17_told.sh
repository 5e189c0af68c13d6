#!/bin/sh
# SPDX-License-Identifier: 0BSD
# With -v, a line reports each removal before it is made; if it cannot be written, the object stays.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
many=200

segments() { awk 'NR > 1 {print $2}' /proc/sysvipc/shm | sort -n; }
make() { "$HELPERS/populate" segments $many; }
told() { sed -n "s/^removing shared memory segment id \`\([0-9]*\)'$/\1/p" "$1" | sort -n; }

make
segments >"$scratch/all"
ipcs -m -r --noheadings -o ID | sort -n | cmp -s - "$scratch/all" && test "$(wc -l <"$scratch/all")" -eq $many
ok $? "V17: there are $many segments, which ipcs lists"

# A reader that is gone from the start.
{
	until [ -e "$scratch/closed" ]; do sleep 0.05; done
	ipcrm -v --all=shm 2>"$scratch/err"
	echo $? >"$scratch/code"
} | {
	exec <&-
	: >"$scratch/closed"
}
is "$(cat "$scratch/code"):$(cat "$scratch/err"):$(segments | wc -l)" "1:ipcrm: write error: Broken pipe:$many" \
	"V17: without a reader nothing goes, and a message says so"

# A reader that leaves after the first line.
{
	ipcrm -v --all=shm 2>"$scratch/err"
	echo $? >"$scratch/code"
} | head -n 1 >"$scratch/first"
is "$(head -n 1 "$scratch/first")" "removing shared memory segment id \`$(head -n 1 "$scratch/all")'" "V17: head sees the first line"
case $(cat "$scratch/code"):$(cat "$scratch/err"):$(segments | wc -l) in
0::0) ok 0 "V17: head was slower than ipcrm" ;;
"1:ipcrm: write error: Broken pipe:"[1-9]*) ok 0 "V17: head ended ipcrm, which said so" ;;
*) is "$(cat "$scratch/code"):$(cat "$scratch/err"):$(segments | wc -l)" "reported" "V17: nothing ends unreported" ;;
esac

# Unreadable messages do not kill the program either: both streams go to a reader that is gone.
rm -f "$scratch/closed"
ipcrm --all=shm
make
last=$(segments | tail -n 1)
{
	until [ -e "$scratch/closed" ]; do sleep 0.05; done
	ipcrm -m 999999 "$last" 2>&1
	echo $? >"$scratch/code"
} | {
	exec <&-
	: >"$scratch/closed"
}
is "$(cat "$scratch/code"):$(segments | grep -cx "$last")" "1:0" "V17: a message that nobody reads does not end it in the middle"

# A full device.
ipcrm --all=shm
make
run sh -c 'ipcrm -v --all=shm >/dev/full'
is "$code:$err:$(segments | wc -l)" "1:ipcrm: write error: No space left on device:$many" "V17: on a full device, nothing is removed"
run sh -c 'ipcrm -J --all=shm >/dev/full'
is "$code:$err:$(segments | wc -l)" "1:ipcrm: write error: No space left on device:$many" "V17: nor with --json"

# A disk that fills up: exactly the reported objects are removed.
mkdir "$scratch/small"
mount -t tmpfs -o size=4096 none "$scratch/small"
segments >"$scratch/all"
run sh -c "ipcrm -v --all=shm >'$scratch/small/log'"
told "$scratch/small/log" >"$scratch/told"
segments | sort "$scratch/told" - | sort -n >"$scratch/both"
is "$code:$err" "1:ipcrm: write error: No space left on device" "V17: a disk that fills up is an error"
cmp -s "$scratch/both" "$scratch/all" && test -s "$scratch/told" && test "$(segments | wc -l)" -gt 0
ok $? "V17: $(wc -l <"$scratch/told") of $many are reported and gone, the others exist"
umount "$scratch/small"

# A run that is killed has reported all removed objects, and at most one more.
if plain; then
	ipcrm --all=shm
	make
	segments >"$scratch/all"
	strace -qq -o /dev/null -e inject=shmctl:signal=SIGKILL:when=52 ipcrm -v --all=shm >"$scratch/log" 2>/dev/null
	told "$scratch/log" >"$scratch/told"
	segments >"$scratch/left"
	sort -nu "$scratch/told" "$scratch/left" >"$scratch/both"
	cmp -s "$scratch/both" "$scratch/all" && test "$(cat "$scratch/told" "$scratch/left" | wc -l)" -le $((many + 1)) &&
		test "$(wc -l <"$scratch/told")" -gt 20 && test "$(wc -l <"$scratch/left")" -gt 20
	ok $? "V17: a killed run has reported all removed objects"
fi

# On a terminal.
if plain && command -v script >/dev/null; then
	ipcrm --all=shm
	ipcmk -M 1 >/dev/null
	ipcmk -M 1 >/dev/null
	script -qec "strace -qq -o $scratch/calls -e trace=write,shmctl ipcrm -v --all=shm" /dev/null >/dev/null </dev/null
	is "$(sed -n 's/^write(1.*/told/p; s/.*IPC_RMID.*/gone/p' "$scratch/calls" | tr '\n' ' ')" "told gone told gone " \
		"V17: on a terminal, line by line"
fi
finish
