#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The static program in a booted kernel, on an image that holds nothing else but the test: init.c says what it
# goes through there, once with the limits that every kernel has, and once with those of ipcmni_extend, where
# costs are measured, too.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/guest.sh
. "$SOURCE/tests/lib/guest.sh"

started=$(date +%s)
# Counted instructions drive the clock of the guest, by 2 to the power of "shift" nanoseconds each.
boot 120 "-icount shift=1" ordinary
judge ordinary
boot 360 "-icount shift=1" ipcmni_extend extended
judge extended
echo "# $(($(date +%s) - started)) seconds"
finish
