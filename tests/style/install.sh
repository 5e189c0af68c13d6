#!/bin/sh
# SPDX-License-Identifier: 0BSD
# What is installed: the program, a link, a man page and a schema for each applet, and nothing else.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$BUILD" --prefix "$scratch/usr" >"$scratch/log" 2>&1
ok $? "cmake --install"
cd "$scratch/usr" || exit 1
is "$(find . ! -type d -printf '%P\n' | LC_ALL=C sort)" "bin/ipcbox
bin/ipcmk
bin/ipcrm
bin/ipcs
share/ipcbox/ipcmk.schema.json
share/ipcbox/ipcrm.schema.json
share/ipcbox/ipcs.schema.json
share/man/man1/ipcbox.1
share/man/man1/ipcmk.1
share/man/man1/ipcrm.1
share/man/man1/ipcs.1" "the files"
for name in ipcmk ipcrm ipcs; do
	is "$(readlink "bin/$name")" ipcbox "$name is a link to the program beside it"
	cmp -s "share/ipcbox/$name.schema.json" "$SOURCE/applets/$name/$name.schema.json"
	ok $? "the schema of $name"
	is "$("bin/$name" --version | cut -d ' ' -f 1)" "$name" "$name runs from there"
done
finish
