#!/bin/sh
# SPDX-License-Identifier: 0BSD
# A dry run predicts the real run for every user: the same results, messages and status.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
as_user true 2>/dev/null || skip_all "this user cannot become another"
chmod 755 "$scratch"

# Objects of two users: IDs 0 and 2 are root's, 1 is nobody's, 3 is readable by nobody, and root has 4 attached.
cat >"$scratch/world" <<'EOF'
mount -t tmpfs -o mode=1777 none /dev/shm
mount -t mqueue none /dev/mqueue
as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@"; }
make() {
	"$@" ipcmk -M 10 -Q -S 1 -p "$mode" >/dev/null
}
mode=644 && make
mode=644 && make as_user
mode=600 && make
mode=0 && make as_user
ipcmk -M 4096 >/dev/null
"$HELPERS/use" attach 4 1 >"$scratch/attached" &
held=$!
for _ in $(seq 600); do
	[ "$(awk '$2 == 4 {print $7}' /proc/sysvipc/shm)" != 1 ] || break
	sleep 0.05
done
printf x >/dev/shm/root
as_user sh -c 'printf x >/dev/shm/nobody'
ipcmk -s -n sem >/dev/null
ipcmk -q -n mq >/dev/null
as_user ipcmk -q -n theirs >/dev/null
mkdir /dev/shm/folder
ln -s /dev/null /dev/shm/link
EOF

# report AS OPTIONS ARGUMENTS: the report of a run, in namespaces of its own.
report() {
	# shellcheck disable=SC2016
	unshare -i -m sh -c '
		. "$scratch/world"
		eval "$1 ipcrm $2 $3" 2>"$scratch/err"
		echo "status $?"
		cat "$scratch/err"
		kill $held
		wait 2>/dev/null' sh "$1" "$2" "$3"
}
export scratch HELPERS

# The keys in the two namespaces differ.
without_keys='s/"key":"0x[0-9a-f]\{8\}"/"key":"0x"/'
rehearsed() {
	report "$1" -nJ "$2" | sed -e '/^"removed":0,$/d' -e 's/^"would_remove"/"removed"/' \
		-e '/^"marked":0,$/d' -e 's/^"would_mark"/"marked"/' -e 's/"would remove"/"removed"/' \
		-e 's/"would mark"/"marked"/' -e "$without_keys" >"$scratch/dry"
	report "$1" -J "$2" | sed -e '/^"would_remove":0,$/d' -e '/^"would_mark":0,$/d' -e "$without_keys" >"$scratch/real"
	# A report has objects, or the arguments are refused with a message.
	grep -q '^status [01]$' "$scratch/real" && grep -q '^"[a-z_]*s":\[$\|^ipcrm: ' "$scratch/real" &&
		cmp -s "$scratch/dry" "$scratch/real"
	rc=$?
	ok $rc "V15: ${1:-root}: ipcrm $2"
	[ $rc -eq 0 ] || diff "$scratch/dry" "$scratch/real" | sed 's/^/#   /'
}

# Root of an inner user namespace has no power over the objects of the outer one.
below="as_user unshare -r"
if ! setpriv --reuid=65534 --regid=65534 --clear-groups unshare -r true 2>/dev/null; then
	below=
	skip "V15: root of a user namespace" "this user cannot make a user namespace"
fi
while IFS= read -r arguments <&3; do
	for who in "" as_user "$below"; do
		rehearsed "$who" "$arguments"
	done
done 3<<'EOF'
-m 0 1 2 3 4 -q 0 1 2 3 -s 0 1 2 3
-m 0 0 4 4 99 -q 1 1
-a
-m 1 -a
--posix-shmem nobody folder link none sem.sem -m 0
--shm --msg --sem --user root
--shm --newer-than 1d
shm 0 word 1 1
EOF
while IFS= read -r arguments <&3; do
	for who in "" as_user; do
		rehearsed "$who" "$arguments"
	done
done 3<<'EOF'
--all=posix
--posix-shmem root nobody root
--posix-semaphore sem root none --posix-mqueue mq theirs none mq
--pshm --psem --user root
EOF
if [ -n "$below" ]; then
	# Such a root cannot tell who owns a file whose owner its namespace does not map.
	report "$below" -n "--posix-shmem root nobody --posix-semaphore sem --posix-mqueue mq" >"$scratch/dry"
	is "$(grep -c "^ipcrm: cannot determine if removal is permitted for name" "$scratch/dry"):$(grep '^status' "$scratch/dry")" \
		"3:status 1" "V15: what cannot be told is no success"
fi

# A directory in which everybody may remove files, and one in which nobody may.
for change in "chmod 777 /dev/shm" "chmod 755 /dev/shm" "mount -o remount,ro /dev/shm" "chmod 755 /dev/mqueue" \
	"chown 65534 /dev/shm"; do
	echo "$change" >>"$scratch/world"
	for who in "" as_user; do
		rehearsed "$who" "--posix-shmem root nobody --posix-semaphore sem --posix-mqueue mq theirs"
	done
	sed -i '$d' "$scratch/world"
done
is "$(report as_user -n "-m 0 1 4 1 --posix-shmem root nobody" | sed -n 's/^0x[0-9a-f]* *\([0-9]*\) .*/\1/p; /^status/,$p; s/^nobody .*/nobody/p')" \
	"1
nobody
status 1
ipcrm: permission denied for id (0)
ipcrm: permission denied for id (4)
ipcrm: invalid id (1)
ipcrm: permission denied for name \`root'" "V15: the tables have what would go"
finish
