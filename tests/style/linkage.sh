#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The static binary needs nothing, and the dynamic one is hardened.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"

is "$("$IPCBOX" --list | tr '\n' ' ')" "ipcmk ipcrm ipcs " "the static binary has the applets"
is "$(readelf -lW "$IPCBOX" | grep -c INTERP)" 0 "and no interpreter"
is "$(readelf -dW "$IPCBOX" | grep -c NEEDED)" 0 "and needs no library"
is "$(readelf -SW "$IPCBOX" | grep -c '\.symtab')" 0 "and is stripped"

dynamic=$BUILD/ipcbox
is "$(readelf -hW "$dynamic" | awk '/Type:/ {print $2}')" DYN "the dynamic binary is position independent"
is "$(readelf -lW "$dynamic" | grep -c GNU_RELRO)" 1 "with RELRO"
readelf -dW "$dynamic" | grep -qE 'BIND_NOW|FLAGS.*NOW'
ok $? "that is full"
nm -D "$dynamic" | grep -q __stack_chk_fail
ok $? "and stack protectors"
grep '"command"' "$BUILD/compile_commands.json" | grep -v tests/ | grep -vq _FORTIFY_SOURCE=2
is $? 1 "and every file of it is compiled with FORTIFY"
is "$(readelf -dW "$dynamic" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')" libc.so.6 "and needs libc alone"
finish
