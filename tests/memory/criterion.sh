#!/bin/sh
# SPDX-License-Identifier: 0BSD
# criterion.sh TESTS: a Criterion binary under valgrind.  Each of its tests is a
# process of its own, whose leaks only its log tells of.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
command -v valgrind >/dev/null || skip_all "valgrind is not installed"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

valgrind -q --trace-children=yes --trace-children-skip='*/bash,*/sh,*/rm,*/env' --leak-check=full \
	--show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=99 \
	--log-file="$scratch/log.%p" "$1" -j1 >"$scratch/out" 2>&1
ok $? "passes under valgrind"
tail -n 1 "$scratch/out" | sed 's/^/# /'
is "$(cat "$scratch"/log.*)" "" "without an error or a leak"
finish
