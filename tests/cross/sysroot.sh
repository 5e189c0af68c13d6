#!/bin/sh
# SPDX-License-Identifier: 0BSD
# sysroot.sh ARCHITECTURE FOLDER: download Debian's musl and libgcc for another machine, 1.5 MB, and keep them for
# later runs: creates FOLDER/usr.  If that fails, print the reason and exit with 1.
#
# It has a package list of its own, made from the apt sources of this machine: the list of the machine lacks other
# architectures, and this user may not be permitted to change it.
set -eu
architecture=$1
folder=$2

fail() {
	echo "$1"
	exit 1
}

[ ! -d "$folder" ] || exit 0
for tool in apt-get apt-cache dpkg-deb flock; do
	command -v $tool >/dev/null || fail "$tool is not installed"
done
mkdir -p "${folder%/*}" 2>/dev/null || fail "${folder%/*} cannot be made"
exec 9>"$folder.lock"
flock 9
[ ! -d "$folder" ] || exit 0
scratch=$folder.part
rm -rf "$scratch"
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/root/usr"
cd "$scratch"

# apt COMMAND ARGUMENT...
# In a user namespace, apt cannot switch to the user that it prefers for downloads.
apt() {
	apt_command=$1
	shift
	"$apt_command" -q -q -o APT::Architecture="$architecture" -o APT::Architectures="$architecture" \
		-o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o Dir::State::status=/dev/null \
		-o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User=root "$@" 2>>"$scratch/log"
}

# no WHAT: report what is missing, and the first message of apt.
no() {
	fail "no $1: $(grep -m 1 '^[EW]: ' "$scratch/log")"
}

# apt may lack the list of a source that is not needed.
apt apt-get update >/dev/null || true
libgcc=$(apt apt-cache pkgnames libgcc- | grep -x 'libgcc-[0-9]*-dev' | sort -V | tail -n 1)
[ "$libgcc" ] || no "list of packages"
apt apt-get download musl-dev "$libgcc" || no "musl-dev and $libgcc"
for package in *.deb; do
	dpkg-deb -x "$package" .
done
# All of them, in the directory that clang searches first.
mv usr/include/*-linux-musl* root/usr/include
mv usr/lib/*-linux-musl* root/usr/lib
mv usr/lib/gcc/*/*/libgcc.a usr/lib/gcc/*/*/libgcc_eh.a usr/lib/gcc/*/*/crt*.o root/usr/lib
mv root "$folder"
