#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The static program in a booted kernel, on an image that contains nothing else except the test: init.c describes the
# tests there.  It boots once with the limits of every kernel, and once with those of ipcmni_extend, which also measures
# costs.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/guest.sh
. "$SOURCE/tests/lib/guest.sh"

started=$(date +%s)
# The clock of the guest advances with counted instructions, by 2 to the power of "shift" nanoseconds each.
boot 120 "-icount shift=1" ordinary
judge ordinary
boot 360 "-icount shift=1" ipcmni_extend extended
judge extended
echo "# $(($(date +%s) - started)) seconds"
finish
