#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Further IDs after the first, as scripts pass them, and words that are not IDs.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

ids() { awk 'FNR > 1 {print $2}' "/proc/sysvipc/$1" | sort -n | tr '\n' ' '; }
all() { echo "$(ids shm)/ $(ids msg)/ $(ids sem)"; }
make() {
	for _ in 1 2 3; do ipcmk -M 1 -Q -S 1 >/dev/null; done
}

make
run sh -c "ipcs -m | awk '\$2 ~ /^[0-9]+\$/ {print \$2}' | xargs ipcrm -m"
is "$code:$out:$err:$(all)" "0:::/ 0 1 2 / 0 1 2 " "V18: xargs ipcrm -m removes all"
# xargs turns a command's status 1 into 123.
run sh -c "ipcs -s | awk '{print \$2}' | xargs ipcrm sem"
is "$code:$(all)" "123:/ 0 1 2 / " "V18: headings on the way to the old form are passed over, with a status of 1"
is "$err" "ipcrm: invalid id: Semaphore (not a decimal number)
ipcrm: invalid id: semid (not a decimal number)" "V18: and reported"
run sh -c "ipcs -q | awk '{print \$2}' | xargs ipcrm -q"
is "$code:$err:$(all)" "123:ipcrm: failed to parse argument: 'Message': not a decimal number:/ 0 1 2 / " \
	"V18: with an option they are an error before anything"
ipcrm -a
make
# shellcheck disable=SC2046
set -- $(ids msg)
run ipcrm -q "$1" "$2" -v
is "$code:$out" "0:removing message queue id \`$1'
removing message queue id \`$2'" "V18: options may follow"
run env POSIXLY_CORRECT=1 ipcrm -q "$3" -v
is "$code:$out:$(ids msg)" "0:removing message queue id \`$3':" "V18: also with POSIXLY_CORRECT, after an option"
make
# shellcheck disable=SC2046
set -- $(ids msg)
run env POSIXLY_CORRECT=1 ipcrm -q "$1" "$2" -v
is "$code:$err:$(ids msg)" "1:ipcrm: failed to parse argument: '-v': not a decimal number:$1 $2 $3 " \
	"V18: but not behind an operand"
run ipcrm -q -- "$1"
is "$code:$(echo "$err" | head -n 1)" "1:ipcrm: failed to parse argument: '--': not a decimal number" "V18: -- as an argument"
run ipcrm -v -q "$1" -- "$2" "$3"
is "$code:$err:$(echo "$out" | grep -c "^removing message queue id \`[0-9]*'$"):$(ids msg)" "0::3:" "V18: -- ends the options"
finish
