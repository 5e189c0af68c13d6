#!/bin/sh
# SPDX-License-Identifier: 0BSD
# build.sh MACHINE: build the static program for another machine, with warnings as errors, in BUILD/cross/MACHINE.
# Its folder "run" contains what the tests run: the program itself if this machine can run it, or a launcher for an
# emulator; or the file "unbuilt" with the reason, if that is not the fault of the program.
set -eu
machine=$1
here=$SOURCE/tests/cross
# shellcheck disable=SC2153
build=$BUILD/cross/$machine
# shellcheck source=/dev/null
. /etc/os-release
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ipcbox/sysroots-${VERSION_CODENAME:-$ID}

fail() {
	echo "$1"
	exit 1
}

# unbuilt REASON: record it; fails unless tests/skips permits this machine to be left out.
unbuilt() {
	echo "$1" >"$build/run/unbuilt"
	! sh "$SOURCE/tests/lib/permitted.sh" cross/build "$1" || exit 77
	fail "$1"
}

# Remove the results of an earlier run, which must not be tested.
rm -rf "$build/run"
mkdir -p "$build/run"
# The names of the machine in Debian's packages, in the target of the compiler, and in the emulator.
case $machine in
	i386) set -- i386 i386-linux-musl '' ;;
	aarch64) set -- arm64 aarch64-linux-musl qemu-aarch64 ;;
	armhf) set -- armhf arm-linux-musleabihf qemu-arm ;;
esac
architecture=$1
target=$2
emulator=$3
command -v clang >/dev/null || fail "clang is not installed (Debian: clang)"
command -v ld.lld >/dev/null || fail "lld is not installed (Debian: lld)"

why=$(sh "$here/sysroot.sh" "$architecture" "$cache/$architecture") ||
	unbuilt "no musl and libgcc for $machine: $why"
cmake -S "$SOURCE" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DMACHINE="$target" \
	-DSYSROOT="$cache/$architecture" -DCMAKE_BUILD_TYPE=MinSizeRel -DIPCBOX_STATIC=ON \
	-DIPCBOX_WERROR=ON -DBUILD_TESTING=OFF
cmake --build "$build" --parallel "$(nproc)"

# compile OUTPUT SOURCE...
compile() {
	output=$1
	shift
	clang --target="$target" --sysroot="$cache/$architecture" --gcc-toolchain="$cache/$architecture/usr" \
		-fuse-ld=lld -rtlib=libgcc -static -std=c11 -D_GNU_SOURCE -D_TIME_BITS=64 -Os -o "$build/$output" "$@"
}
# The image that tests/lib/guest.sh boots.
if [ "$machine" = armhf ]; then
	compile guest-init "$SOURCE/tests/image/init.c" "$SOURCE/tests/image/soak.c"
	compile guest-cost "$SOURCE/tests/bench/cost.c" "$SOURCE/tests/bench/launch.c"
	compile guest-server "$SOURCE/tests/lib/server.c"
fi

if [ "$emulator" ]; then
	path=$(command -v "$emulator" || command -v "$emulator-static") ||
		fail "$emulator is not installed (Debian: qemu-user)"
	clang -Os -DEMULATOR="\"$path\"" -DPROGRAM="\"$build/ipcbox\"" -o "$build/run/ipcbox" "$here/launcher.c"
	# In a private namespace, because it creates a queue.
	compile queue "$here/queue.c"
	unshare -i "$path" "$build/queue" || : >"$build/run/untrue"
else
	"$build/ipcbox" --list >/dev/null || unbuilt "this machine does not run programs of $machine"
	ln "$build/ipcbox" "$build/run/ipcbox"
fi
for applet in ipcmk ipcrm ipcs; do
	ln -s ipcbox "$build/run/$applet"
done
