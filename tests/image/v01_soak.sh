#!/bin/sh
# SPDX-License-Identifier: 0BSD
# V1: servers of each pattern run beside a loop that removes orphans, in a booted kernel, whose clock can be stepped: no
# live server ever loses an object.  Runs for SOAK_SECONDS: by default a minute on arm, where v00_soak cannot run, and
# four seconds elsewhere.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/guest.sh
. "$SOURCE/tests/lib/guest.sh"

seconds=4
[ "$PROGRAM" = static ] || seconds=60
seconds=${SOAK_SECONDS:-$seconds}
boot $((120 + seconds * 2)) "" soak "$seconds"
judge soak
finish
