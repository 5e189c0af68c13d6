#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Check that $IPCBOX is our program and that ipcmk, ipcrm and ipcs in its folder are links to it; report any error.
# IPCBOX_TESTS_ANY_PROGRAM lets tests/honesty run the tests on other programs.
[ -z "${IPCBOX_TESTS_ANY_PROGRAM-}" ] || exit 0
if [ "$("$IPCBOX" --list 2>&1 | grep -cx -e ipcmk -e ipcrm -e ipcs)" != 3 ]; then
	echo "$IPCBOX is not the program that is to be tested"
	exit 1
fi
for applet in ipcmk ipcrm ipcs; do
	if [ "$(readlink -f "${IPCBOX%/*}/$applet")" != "$(readlink -f "$IPCBOX")" ]; then
		echo "${IPCBOX%/*}/$applet is not a link to $IPCBOX"
		exit 1
	fi
done
