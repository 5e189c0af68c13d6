# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
# Sourced after tap.sh: a booted guest whose image contains only the program and the test.
#
# The kernel is Debian's, kept in BUILD/image for later runs, and so are the package lists to find it: the machine may
# lack them, or this user may not be permitted to update them.
cache=$BUILD/image
memory=1024

# The machine of the program, and Debian's names of its architecture and kernel.
kind=$PROGRAM
[ "$kind" != static ] || kind=$(uname -m)
case $kind in
	x86_64) set -- qemu-system-x86_64:qemu-system-x86 "-cpu max" ttyS0 amd64 cloud-amd64 ;;
	aarch64) set -- qemu-system-aarch64:qemu-system-arm "-M virt -cpu cortex-a57" ttyAMA0 arm64 cloud-arm64 ;;
	armhf) set -- qemu-system-arm:qemu-system-arm "-M virt -cpu cortex-a15" ttyAMA0 armhf armmp ;;
	*) skip_all "no kernel and emulator are known for $kind" ;;
esac
emulator=${1%:*}
machine=$2
console=$3
architecture=$4
latest=linux-image-$5
kernel=$cache/vmlinuz.$architecture
program=$IPCBOX
guest=$HELPERS/guest-
if [ "$kind" = armhf ]; then
	# Here, the program runs by a launcher.
	program=$BUILD/cross/armhf/ipcbox
	guest=$BUILD/cross/armhf/guest-
fi
for command in "$1" cpio:cpio; do
	command -v "${command%:*}" >/dev/null || skip_all "${command%:*} is not installed (Debian: ${command#*:})"
done
[ -x "${guest}init" ] || skip_all "musl-gcc is not installed (Debian: musl-tools)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# apt COMMAND ARGUMENT...
# In a user namespace, apt cannot switch to the user that it prefers for downloads.
apt() {
	apt_command=$1
	shift
	"$apt_command" -q -q -o Dir::State::lists="$cache/$architecture/lists" -o Dir::Cache="$cache/$architecture/apt" \
		-o APT::Sandbox::User=root -o APT::Architecture="$architecture" \
		-o APT::Architectures="$architecture" -o Dir::State::status=/dev/null -o Acquire::Languages=none "$@" \
		2>>"$scratch/apt"
}

# no WHAT: report what is missing, and the first message of apt.
no() {
	echo "no $1: $(grep -m 1 '^[EW]: ' "$scratch/apt")"
	return 1
}

# Put the kernel into the cache, or report why that is impossible.
fetch_kernel() {
	for tool in apt-get apt-cache dpkg-deb; do
		command -v $tool >/dev/null || { echo "no $tool"; return 1; }
	done
	mkdir -p "$cache/$architecture/lists/partial" "$cache/$architecture/apt/archives/partial" "$scratch/package"
	cd "$scratch/package" || return 1
	# apt may lack the list of a source that is not needed.
	apt apt-get update >/dev/null || true
	package=$(apt apt-cache depends "$latest" | sed -n 's/.*Depends: \(linux-image-.*\)/\1/p')
	[ -n "$package" ] || no "$latest" || return 1
	apt apt-get download "$package" >/dev/null || no "$package" || return 1
	dpkg-deb --fsys-tarfile ./*.deb | tar -x -O --wildcards './boot/vmlinuz-*' >"$kernel.part"
	[ -s "$kernel.part" ] || no "kernel in $package" || return 1
	mv "$kernel.part" "$kernel"
	rm -rf "${cache:?}/$architecture"
}

mkdir -p "$cache"
exec 8>"$kernel.lock"
flock 8
[ -s "$kernel" ] || why=$(fetch_kernel) || skip_all "no kernel to boot: $why"
exec 8>&-

mkdir -p "$scratch/root/bin"
cp "${guest}init" "$scratch/root/init"
cp "${guest}cost" "$scratch/root/bin/cost"
cp "${guest}server" "$scratch/root/bin/server"
cp "$program" "$scratch/root/bin/ipcbox"
(cd "$scratch/root" && find . | cpio -o -H newc --quiet) >"$scratch/image"
ok $? "the image is made ($(wc -c <"$scratch/image") bytes)"

# boot SECONDS OPTIONS KERNEL-ARGUMENT...: the kernel passes unknown arguments to init.  A slow machine gets more time.
# A kernel that panics reboots at once, which ends the machine; only its last words reach the console.
boot() {
	seconds=$(($1 * ${SLOWNESS:-1}))
	options=$2
	shift 2
	# shellcheck disable=SC2086
	timeout "$seconds" "$emulator" $machine -accel tcg $options -m "$memory" -no-user-config \
		-nodefaults -serial stdio -display none -no-reboot -kernel "$kernel" -initrd "$scratch/image" \
		-append "console=$console quiet loglevel=1 panic=-1 $*" </dev/null 2>&1 | tr -d '\r' >"$scratch/console"
}

# judge NAME: the lines of the console, in order.
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
