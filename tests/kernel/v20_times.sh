#!/bin/sh
# SPDX-License-Identifier: 0BSD
# V20: the control calls return the times, also to 32-bit programs, for which musl has separate commands.
# cross/basics.sh removes no queue of a live process, which without times would look abandoned.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
ipcmk -M 1 -Q -S 1 >/dev/null
times=$(awk 'FNR > 1 {print FILENAME, FILENAME ~ /sem$/ ? $10 : $14}' /proc/sysvipc/msg /proc/sysvipc/shm \
	/proc/sysvipc/sem | sed 's/.*\///')
is "$(ipcs -r --noheadings -o KIND,CTIME --time-format epoch --source=syscall)" "${times:-three objects}" \
	"V20: times by the calls"
is "$(ipcs -s -r --noheadings -o OTIME --source=syscall):$(ipcs -s -r --noheadings -o ID --source=syscall)" "-:0" \
	"V20: but none of what never happened"

finish
