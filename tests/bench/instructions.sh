#!/bin/sh
# SPDX-License-Identifier: 0BSD
# instructions.sh SETUP COMMAND: print the number of instructions that COMMAND executes in user mode, in a new IPC
# namespace that SETUP has filled.  The environment is always the same, because libc scans it.
# shellcheck disable=SC2016
unshare -i sh -c '$1 >/dev/null && exec env -i PATH="$PATH" LC_ALL=C TZ=UTC valgrind --tool=callgrind \
	--callgrind-out-file=/dev/null $2 2>&1 >/dev/null' sh "$1" "$2" |
	awk '/Collected/ {print $NF; found = 1} END {exit !found}'
