#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The static program in a booted kernel, on an image that holds nothing else but the test: init.c says what it
# goes through there, once with the limits that every kernel has, and once with those of ipcmni_extend, where
# costs are measured, too.
#
# The kernel is Debian's for clouds, kept in BUILD/image for the next time.  It is found by lists of packages
# that are loaded there, too: those of the machine may be missing, or not this user's to renew.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
cache=$BUILD/image
memory=1024

# The machine that this one can emulate well enough to run its own programs, and the architecture that Debian
# has a kernel for.
case $(uname -m) in
	x86_64) set -- qemu-system-x86_64:qemu-system-x86 "-cpu max" ttyS0 amd64 ;;
	aarch64) set -- qemu-system-aarch64:qemu-system-arm "-M virt -cpu cortex-a57" ttyAMA0 arm64 ;;
	*) skip_all "no kernel and emulator are known for $(uname -m)" ;;
esac
emulator=${1%:*}
machine=$2
console=$3
architecture=$4
for command in "$1" cpio:cpio; do
	command -v "${command%:*}" >/dev/null || skip_all "${command%:*} is not installed (Debian: ${command#*:})"
done
[ -x "$HELPERS/image-init" ] || skip_all "musl-gcc is not installed (Debian: musl-tools)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# apt COMMAND ARGUMENT...
# In a user namespace, apt cannot become the user that it likes to load files as.
apt() {
	apt_command=$1
	shift
	"$apt_command" -q -q -o Dir::State::lists="$cache/lists" -o Dir::Cache="$cache/apt" \
		-o APT::Sandbox::User=root -o APT::Architecture="$architecture" "$@" 2>>"$scratch/apt"
}

# no WHAT: what has not come, and what apt has said first.
no() {
	echo "no $1: $(grep -m 1 '^[EW]: ' "$scratch/apt")"
	return 1
}

# Puts the kernel into the cache as "vmlinuz"; says why it cannot.
fetch_kernel() {
	for tool in apt-get apt-cache dpkg-deb; do
		command -v $tool >/dev/null || { echo "no $tool"; return 1; }
	done
	mkdir -p "$cache/lists/partial" "$cache/apt/archives/partial" "$scratch/package"
	cd "$scratch/package" || return 1
	apt apt-get update >/dev/null || no "lists of packages" || return 1
	latest=linux-image-cloud-$architecture
	package=$(apt apt-cache depends "$latest" | sed -n 's/.*Depends: \(linux-image-.*\)/\1/p')
	[ -n "$package" ] || no "$latest" || return 1
	apt apt-get download "$package" >/dev/null || no "$package" || return 1
	dpkg-deb --fsys-tarfile ./*.deb | tar -x -O --wildcards './boot/vmlinuz-*' >"$cache/vmlinuz.part"
	[ -s "$cache/vmlinuz.part" ] || no "kernel in $package" || return 1
	mv "$cache/vmlinuz.part" "$cache/vmlinuz"
	rm -rf "$cache/lists" "$cache/apt"
}

[ -s "$cache/vmlinuz" ] || why=$(fetch_kernel) || skip_all "no kernel to boot: $why"

mkdir -p "$scratch/root/bin"
cp "$HELPERS/image-init" "$scratch/root/init"
cp "$HELPERS/image-cost" "$scratch/root/bin/cost"
cp "$IPCBOX" "$scratch/root/bin/ipcbox"
(cd "$scratch/root" && find . | cpio -o -H newc --quiet) >"$scratch/image"
ok $? "the image is made ($(wc -c <"$scratch/image") bytes)"

# boot SECONDS KERNEL-ARGUMENT...: the kernel hands what it does not know to init.  A slow machine has more time.
# Counted instructions drive the clock of the guest, by 2 to the power of "shift" nanoseconds each.  A kernel
# that panics reboots at once, which ends the machine; its last words alone reach the console.
boot() {
	seconds=$(($1 * ${SLOWNESS:-1}))
	shift
	# shellcheck disable=SC2086
	timeout "$seconds" "$emulator" $machine -accel tcg -icount shift=1 -m "$memory" -no-user-config \
		-nodefaults -serial stdio -display none -no-reboot -kernel "$cache/vmlinuz" -initrd "$scratch/image" \
		-append "console=$console quiet loglevel=1 panic=-1 $*" </dev/null 2>&1 | tr -d '\r' >"$scratch/console"
}

# judge NAME: the lines of the console, as they came.
judge() {
	while IFS= read -r line; do
		case $line in
			"ok - "*) ok 0 "$1: ${line#ok - }" ;;
			"not ok - "*) ok 1 "$1: ${line#not ok - }" ;;
			*) printf '# %s\n' "$line" ;;
		esac
	done <"$scratch/console"
	grep -qx '# end' "$scratch/console"
	ok $? "$1: the guest lives to the end"
}

started=$(date +%s)
boot 120 ordinary
judge ordinary
boot 360 ipcmni_extend extended
judge extended
echo "# $(($(date +%s) - started)) seconds"
finish
