#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcs --check as a monitoring system sees it, and segments without users, on real objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mount -t tmpfs none /dev/shm

# A threshold includes its own percentage.
ipcmk -Q >/dev/null
echo 2 >/proc/sys/kernel/msgmni
run ipcs --check 51 -q
is "$code:$out:$err" "0:IPC OK: MSGMNI 1 of 2 used (50.00%) | 'msgmni'=1;;1;0;2:" "below the threshold"
run ipcs --check 50 -q
is "$code:$out:$err" "2:IPC CRITICAL: MSGMNI 1 of 2 used (50.00%) | 'msgmni'=1;;0;0;2:" "exactly there"
run ipcs --check 50,51 -q
is "$code:$out:$err" "1:IPC WARNING: MSGMNI 1 of 2 used (50.00%) | 'msgmni'=1;0;1;0;2:" "a warning"
run ipcs --check 50,100 -q -J
is "$code:$(echo "$out" | jq -r '.status, .complete, .resources[0].status' | tr '\n' ' '):$err" "1:warning true warning :" \
	"the same in JSON"
ipcmk -Q >/dev/null
run ipcs --check 100 -q
is "$code:$out:$err" "2:IPC CRITICAL: MSGMNI 2 of 2 used (100.00%) | 'msgmni'=2;;1;0;2:" "a full table is 100 %"
ipcmk -Q >/dev/null 2>&1
is $? 1 "and has no room"

# Each failure is UNKNOWN, whatever the result of the check.
run ipcs --check 101
is "$code:$out:$err" "3::ipcs: --check '101': not a percentage from 0 to 100" "out of range"
run ipcs --foo --check 50
is "$code:$out" "3:" "an unknown option before it"
run ipcs --check 50 -Q here
is "$code:$out" "3:" "an operand after it"
run ipcs --check
is "$code:$out" "3:" "no argument"
for percent in 50 100,100 100; do
	ipcs -q -s --check $percent >/dev/full 2>"$scratch/err"
	is "$?:$(cat "$scratch/err")" "3:ipcs: write error: No space left on device" "--check $percent on a full disk"
done
mkfifo "$scratch/pipe"
: <"$scratch/pipe" &
{
	wait $!
	ipcs -q --check 50 2>"$scratch/err"
	echo $? >"$scratch/code"
} >"$scratch/pipe"
is "$(cat "$scratch/code"):$(cat "$scratch/err")" "3:ipcs: write error: Broken pipe" "into a closed pipe"

# Unattached segments, among others.
held=$("$HELPERS/populate" attached)
ipcmk -M 1000 >/dev/null
ipcmk -M 5000 >/dev/null
n=$(awk 'FNR > 1 && $7 == 0' /proc/sysvipc/shm | wc -l)
bytes=$(awk 'FNR > 1 && $7 == 0 {n += $4} END {print n}' /proc/sysvipc/shm)
all=$(awk 'FNR > 1' /proc/sysvipc/shm | wc -l)
is "$(ipcs -m -g -r --noheadings -o RESOURCE,USED | grep SHM_ | tr '\n' ' ')" \
	"SHM_UNATTACHED $n SHM_UNATTACHED_BYTES $bytes SHM_ORPHANED 0 SHM_ORPHANED_BYTES 0 " "ipcs -g counts them"
test "$n" -gt 1 && test "$all" -gt "$n"
ok $? "some, not all"
is "$(ipcs -m --openmetrics | sed -n 's/^ipc_\(unattached\|orphaned\)_//p' | tr '\n' ' ')" \
	"objects{kind=\"shm\"} $n bytes{kind=\"shm\"} $bytes objects{kind=\"shm\"} 0 bytes{kind=\"shm\"} 0 " "so do metrics"
is "$(ipcs -m -l | grep -ci 'unattached\|orphan'):$(ipcs -m -l | grep -c 'max number of segments')" 0:1 "they are no limits"

# The performance data as the library of Debian's plugins parses it.
# parsed: a line each of label, value, unit, minimum, maximum and the status that the thresholds give the value.
parsed() {
	perl -MMonitoring::Plugin::Performance -e '
		$_ = <STDIN>;
		/^[^|]{1,79} \|([^|]*)\n$/ or die;
		for (Monitoring::Plugin::Performance->parse_perfstring($1)) {
			printf "%s %s%s %s %s %d\n", $_->label, $_->value, $_->uom || "", $_->min,
				$_->max // "-", $_->threshold->get_status($_->value);
		}'
}
if perl -MMonitoring::Plugin::Performance -e 1 2>/dev/null; then
	is "$(ipcs -q -m --check 50 | parsed | grep -v shmall)" "msgmni 2 0 2 2
shmmni $all 0 4096 0
shm_unattached $n 0 - 0
shm_unattached_bytes ${bytes}B 0 - 0
shm_orphaned 0 0 - 0
shm_orphaned_bytes 0B 0 - 0" "performance data under the reference parser"
	is "$(ipcs -q --check 100,100 | parsed):$(ipcs -q --check 0,100 | parsed)" "msgmni 2 0 2 2:msgmni 2 0 2 2" "at the limit"
	echo 3 >/proc/sys/kernel/msgmni
	is "$(ipcs -q --check 67 | parsed):$(ipcs -q --check 66 | parsed)" "msgmni 2 0 3 0:msgmni 2 0 3 2" "between two numbers"
	is "$(ipcs -q --check 66,67 | parsed)" "msgmni 2 0 3 1" "a warning"
	ipcrm --all=msg
	is "$(ipcs -q --check 0 | parsed):$(ipcs -q --check 1 | parsed)" "msgmni 0 0 3 2:msgmni 0 0 3 0" "at zero"
	is "$(ipcs --check 50 | parsed | wc -l)" "$(ipcs --check 50 -J | jq '.resources | length')" "of all kinds"
else
	skip "performance data under the reference parser" "libmonitoring-plugin-perl is not installed"
fi
# shellcheck disable=SC2086
ended $held
finish
