#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The cost of a row, which must be no higher in a long list than in a short one.  All numbers are ratios of counts
# of the same run, so they hold on every machine.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
cd "${IPCBOX%/*}" || exit 1

# calls CONTENTS COMMAND: its system calls in a namespace with these contents.
calls() {
	"$HELPERS/cost" -f "$HELPERS/populate $1" "./$2" | cut -d ' ' -f 1
}

# instructions CONTENTS COMMAND
instructions() {
	sh "$SOURCE/tests/bench/instructions.sh" "$HELPERS/populate $1" "./$2"
}

# a_row MOST CONTENTS COMMAND: an additional row costs at most this many system calls.  Some commands show one row
# or sums, with seven calls or more; six are enough to start, write something and exit.
a_row() {
	few=$(calls "$2 256" "$3")
	many=$(calls "$2 4096" "$3")
	each=$(awk -v few="$few" -v many="$many" 'BEGIN {printf "%.3f", (many - few) / 3840}')
	awk -v few="$few" -v each="$each" -v most="$1" 'BEGIN {exit !(few > 6 && each <= most)}'
	ok $? "$3: a row more costs $each system calls, $1 at most"
}

# growth MOST CONTENTS COMMAND: the cost of a row of a long list, in instructions, is at most this multiple of that of a
# short list.
growth() {
	none=$(instructions "$2 16" "$3")
	some=$(instructions "$2 528" "$3")
	many=$(instructions "$2 4624" "$3")
	times=$(awk -v none="$none" -v some="$some" -v many="$many" \
		'BEGIN {if (some > none) printf "%.3f", (many - some) / 4096 / ((some - none) / 512)}')
	awk -v times="$times" -v most="$1" 'BEGIN {exit !(times != "" && times <= most)}'
	ok $? "$3: from 528 to 4624 rows one costs $times times as many instructions as from 16 to 528, $1 at most"
}

# The kernel returns /proc in pages of 4 KiB or more: 24 segments or 34 queues.
a_row 0.05 segments "ipcs -m --source=proc"
a_row 0.05 queues "ipcs -q --source=proc"
a_row 0.1 segments "ipcs -m -J"
a_row 1.05 segments "ipcs -m --source=syscall"
a_row 0.05 segments "ipcs -m --sort SIZE"
a_row 0 segments "ipcs -m -i 0"
a_row 0 segments "ipcs -u"
a_row 1.1 segments "ipcrm -a"
a_row 3.1 set "ipcs -s -i 0"
growth 1.1 segments "ipcs -m --source=proc"
growth 1.1 segments "ipcs -m --source=syscall"
growth 1.1 segments "ipcs -m -J"
growth 1.1 segments "ipcrm -a"
growth 1.1 set "ipcs -s -i 0"
finish
