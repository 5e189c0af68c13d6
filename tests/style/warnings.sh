#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Both compilers accept the program without warnings, optimized or not.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# build FOLDER OPTION...: existing files are rebuilt only if the options change them.
build() {
	folder=$scratch/$1
	shift
	cmake -S "$SOURCE" -B "$folder" -DBUILD_TESTING=OFF -DIPCBOX_WERROR=ON "$@" >"$scratch/log" 2>&1 &&
		cmake --build "$folder" --parallel "$(nproc)" >>"$scratch/log" 2>&1
}

# The developers' build is that of gcc without optimization.
for build in gcc:Release clang:Release clang:Debug; do
	compiler=${build%:*}
	if ! command -v "$compiler" >/dev/null; then
		skip "$build" "$compiler is not installed"
		continue
	fi
	build "$compiler" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_BUILD_TYPE="${build#*:}"
	ok $? "$build"
	grep -A5 -E 'warning|error' "$scratch/log" | sed 's/^/# /'
done

# A subset of the applets is a valid program, too.
build gcc -DAPPLETS=ipcs
ok $? "a build of ipcs alone"
is "$("$scratch/gcc/ipcbox" --list)" ipcs "has ipcs alone"

# The files that the install step creates.
# shellcheck disable=SC2153
DESTDIR=$scratch/root cmake --install "$BUILD" --prefix /usr >/dev/null
ok $? "cmake --install"
for name in ipcbox $("$IPCBOX" --list); do
	echo "./usr/bin/$name"
	echo "./usr/share/man/man1/$name.1"
	[ "$name" = ipcbox ] || echo "./usr/share/ipcbox/$name.schema.json"
done >"$scratch/expected"
echo ./usr/share/man/man7/ipcbox.7 >>"$scratch/expected"
is "$(cd "$scratch/root" && find . ! -type d | sort)" "$(sort "$scratch/expected")" \
	"installs the program, its links, its pages and its schemas"
for name in $("$IPCBOX" --list); do
	cmp -s "$SOURCE/applets/$name/$name.schema.json" "$scratch/root/usr/share/ipcbox/$name.schema.json"
	ok $? "the schema of $name"
done
is "$(readlink "$scratch/root/usr/bin/ipcs")" ipcbox "with links that move along"
"$scratch/root/usr/bin/ipcs" -V >/dev/null
ok $? "that work"
finish
