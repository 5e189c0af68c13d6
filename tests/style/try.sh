#!/bin/sh
# SPDX-License-Identifier: 0BSD
# scripts/try in a clone, for every kind of user: with its own objects where it can create a namespace, and otherwise
# with lists of existing objects, a reason and status 0.  It never changes existing objects.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
chmod 755 "$scratch"
PATH=/usr/sbin:/usr/bin:/sbin:/bin
clone=$scratch/clone
mkdir "$clone" "$scratch/root"
(cd "$SOURCE" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$clone" || exit 1

# Existing objects.
"$IPCBOX" ipcmk -M 4096 -Q -S 2 >/dev/null
existing() { cut -c 1-60 /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem; }
existing=$(existing)

# chrooted COMMAND...: run it in a chroot, where nobody may create a user namespace.  The mount must not be visible to
# the removal of the scratch folder.
chrooted() {
	# shellcheck disable=SC2016,SC2317
	unshare -m sh -c 'mount --rbind / "$0" && exec chroot "$0" "$@"' "$scratch/root" "$@"
}

# limited COMMAND...: run it where the limit of user namespaces is 0, without capabilities.
limited() {
	# shellcheck disable=SC2016,SC2317
	unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all --inh-caps=-all "$@"' sh "$@"
}

# bare COMMAND...: run it as root without capabilities.
# shellcheck disable=SC2317
bare() { setpriv --bounding-set=-all --inh-caps=-all "$@"; }

has() { printf '%s\n' "$out" | grep -qF -- "$1"; }

commands() { printf '%s\n' "$out" | sed -n 's/^\$ //p'; }

# tried NAME: assertions about every run.
tried() {
	is "$code:$err" "0:" "$1: it ends with status 0"
	is "$(existing)" "$existing" "$1: what exists is as it was"
	has "The program is $clone/build/default/ipcbox;"
	ok $? "$1: it says where the program is"
}

own() {
	tried "$1"
	is "$(commands)" "ipcmk -M 1.5M myshm -p 600
ipcmk -Q -S 3
ipcs
ipcs -m --attached
ipcs -m -J | jq -c '.shmems[] | {id, owner, size, nattch}'
ipcs -m -g
ipcs -m -o +ORPHAN
ipcrm --shm --orphaned --dry-run -v
ipcrm --shm --orphaned=maybe -v" "$1: commands on objects of its own"
	has "------ Shared Memory Segments --------" && has " 600        1572864    1 " && has "(server)" &&
		has '{"id":0,"owner":"root","size":1572864,"nattch":1}' && has "SHMMNI "
	ok $? "$1: they show them"
	is "$(printf '%s\n' "$out" | grep -A 1 '^\$ ipcrm.*dry' | tail -n 1)" \
		"keeping shared memory segment id \`0': it was used within the last minute" \
		"$1: what was just used is kept"
	is "$(printf '%s\n' "$out" | sed '1,/^\$ ipcrm.*maybe/d; /^$/,$d')" \
		"ipcrm: shared memory segment id \`0' may have users: it was used within the last minute
removing shared memory segment id \`0'" "$1: and removed with what speaks against it"
}

# look NAME REASON FILTER: only lists, with jq or, without a FILTER, raw.
look() {
	tried "$1"
	is "$(printf '%s\n' "$out" | sed -n 2p)" \
		"This user may not create namespaces: $2, so the tools only show what exists." "$1: it says why"
	is "$(commands)" "ipcs -u
ipcs -m -q -s -g
ipcs -u -J$3
ipcs -m -o +ATTACHED,ORPHAN --sort SIZE:desc | sed -n 1,6p" "$1: nothing but lists"
	has "segments allocated 1" && has "SEMMNI " && has '"shmems":{"used":1,' && has "  4K      0 "
	ok $? "$1: they show what exists"
}

# as_allowed NAME COMMAND...: expect the one of both that this machine allows that user.
as_allowed() {
	allowed_name=$1
	shift
	run "$@" sh "$clone/scripts/try"
	if "$@" unshare -Ur -i true 2>/dev/null; then
		own "$allowed_name, with a user namespace"
	else
		look "$allowed_name, denied by this machine" "Operation not permitted" " | jq -c '.usage'"
	fi
}

run sh "$clone/scripts/try"
own "root"
as_allowed "root without capabilities" bare
run chrooted setpriv --bounding-set=-all --inh-caps=-all sh "$clone/scripts/try"
look "root without capabilities in a chroot" "Operation not permitted" " | jq -c '.usage'"

if as_user true 2>/dev/null; then
	chown -R 65534:65534 "$clone"
	as_allowed "an ordinary user" as_user
	run chrooted setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all sh "$clone/scripts/try"
	look "an ordinary user in a chroot" "Operation not permitted" " | jq -c '.usage'"
	chown -R 0:0 "$clone"
else
	skip "an ordinary user" "this user cannot become another"
fi

# Without jq, JSON is shown unchanged.
mount --bind /dev/null "$(command -v jq)"
if unshare -Ur true 2>/dev/null; then
	run limited sh "$clone/scripts/try"
	look "no user namespaces left, and no jq" "a limit in /proc/sys/user is reached" ""
else
	skip "no user namespaces left" "this user cannot make a user namespace"
fi
finish
