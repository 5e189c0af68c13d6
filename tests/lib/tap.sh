# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
#
# TAP for shell tests.  The environment: IPCBOX the program, HELPERS the folder of populate and without, SOURCE and
# BUILD the trees, SLOWNESS by how much the machine is slower than the one that time limits are made for.
PATH=${IPCBOX%/*}:/usr/sbin:/usr/bin:/sbin:/bin
export PATH LC_ALL=C TZ=${TZ:-UTC}
tap_bad=0
tap_number=0

# permitted REASON: true if tests/skips permits this test to skip something for that reason.
permitted() {
	tap_file=${0%.sh}
	sh "$SOURCE/tests/lib/permitted.sh" "$(basename "${tap_file%/*}")/${tap_file##*/}" "$1"
}

# End a test that cannot run here, which is a failure unless tests/skips permits it.
skip_all() {
	if ! permitted "$1"; then
		echo "1..1"
		echo "not ok 1 - not tested: $1"
		exit 1
	fi
	echo "1..0 # SKIP $1"
	exit 77
}

# A program that could not be built for an external reason has left the reason in its place.
[ ! -e "${IPCBOX%/*}/unbuilt" ] || skip_all "$(cat "${IPCBOX%/*}/unbuilt")"

# Without its links, the tools of the machine would be tested in place of the program.
if [ -z "${IPCBOX_TESTS_PRIVATE-}" ] && ! sh "$SOURCE/tests/lib/ours.sh"; then
	echo "1..0"
	exit 1
fi

# private [OPTION...]: run the script again in new IPC and mount namespaces, and in those of these options of unshare.
private() {
	if [ -z "${IPCBOX_TESTS_PRIVATE-}" ]; then
		unshare -i -m "$@" true 2>/dev/null || skip_all "no private namespaces for this user"
		IPCBOX_TESTS_PRIVATE=1 exec unshare -i -m "$@" sh "$0"
	fi
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch" ${IPCBOX_JSON:+"$IPCBOX_JSON"}' EXIT
	case $0 in
		*bench/*) ;; # What is measured runs alone.
		*) record_json ;;
	esac
}

# record_json: from now on, record the JSON that ipcmk, ipcrm and ipcs write; "finish" validates it against their
# schemas.
record_json() {
	IPCBOX_JSON=$(mktemp -d)
	chmod 1777 "$IPCBOX_JSON"
	PATH=$HELPERS/recorded:$PATH
	export IPCBOX IPCBOX_JSON
}

# valid_json: an assertion on the records, if any of them has a document.
valid_json() {
	if ! /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
		skip "all JSON is of the schemas" "python3-jsonschema is not installed"
		return
	fi
	/usr/bin/python3 "$SOURCE/tests/lib/validate.py" "$SOURCE" "$IPCBOX_JSON" >"$scratch/valid" 2>&1
	valid_code=$?
	[ "$valid_code:$(cat "$scratch/valid")" != 0:0 ] || return 0
	ok $valid_code "all JSON is of the schemas"
	[ $valid_code -eq 0 ] || sed '1d; s/^/# /' "$scratch/valid" | cut -c 1-400 | head -n 50
}

# ok STATUS NAME
ok() {
	tap_number=$((tap_number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_number - $2"
	else
		echo "not ok $tap_number - $2"
		tap_bad=$((tap_bad + 1))
	fi
}

# is GOT WANT NAME
is() {
	test "$1" = "$2"
	rc=$?
	ok $rc "$3"
	[ $rc -eq 0 ] || printf '#   got:  %s\n#   want: %s\n' "$1" "$2"
}

# skip NAME REASON: fails unless tests/skips permits it.
skip() {
	if permitted "$2"; then
		tap_number=$((tap_number + 1))
		echo "ok $tap_number - $1 # SKIP $2"
	else
		ok 1 "$1 (not tested: $2)"
	fi
}

# run COMMAND...: sets out, err and code.
run() {
	out=$("$@" 2>"$scratch/err")
	code=$?
	err=$(cat "$scratch/err")
}

# plain: true if the program under test is built without sanitizers, which need memory, ptrace and /proc.
plain() { ! grep -q __asan_init "$IPCBOX"; }

# emptied: wait until the last object of this namespace is gone with its last user; 1 after ten seconds.
emptied() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(awk 'FNR > 1' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem)" ] || return 0
		sleep 0.1
	done
	for _ in 1 2 3 4 5 6 7 8 9; do
		sleep 1
		[ "$(awk 'FNR > 1' /proc/sysvipc/shm /proc/sysvipc/msg /proc/sysvipc/sem)" ] || return 0
	done
	return 1
}

# await SECONDS COMMAND...: repeat a command until it succeeds; 1 if it does not within about that time.
await() {
	await_left=$(($1 * 10))
	shift
	until "$@"; do
		[ $await_left -gt 0 ] || return 1
		await_left=$((await_left - 1))
		sleep 0.1
	done
}

# is_gone PID: true if it holds nothing any more.  A zombie has released everything once its threads are gone.
is_gone() {
	{ read -r is_gone_stat <"/proc/$1/stat"; } 2>/dev/null || { ! kill -0 "$1" 2>/dev/null; return; }
	case ${is_gone_stat##*) } in Z* | X*) ;; *) return 1 ;; esac
	set -- "/proc/$1/task/"*
	[ $# -eq 1 ]
}

# ended PID...: end processes, children or not, and wait for that; a failed test if one survives.
ended() {
	kill "$@" 2>/dev/null
	for ended_pid; do
		await 20 is_gone "$ended_pid" || {
			ok 1 "process $ended_pid ends"
			kill -KILL "$ended_pid"
		}
		wait "$ended_pid" 2>/dev/null
	done
	return 0
}

# as_user COMMAND...: run it as an ordinary user without groups or capabilities.
as_user() {
	setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@"
}

finish() {
	[ -z "${IPCBOX_JSON-}" ] || [ -z "$(ls "$IPCBOX_JSON")" ] || valid_json
	echo "1..$tap_number"
	echo "# $((tap_number - tap_bad)) passed, $tap_bad failed"
	[ "$tap_bad" -eq 0 ]
	exit
}
