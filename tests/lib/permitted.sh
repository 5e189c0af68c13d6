#!/bin/sh
# SPDX-License-Identifier: 0BSD
# permitted.sh TEST REASON: succeeds if a line of tests/skips permits this skip and its condition holds.

# holds CONDITION
holds() {
	case $1 in
		# Some user and group IDs of the machine do not exist in this user namespace.
		few_ids) [ "$(awk '{print $1, $2, $3; exit}' /proc/self/uid_map)" != "0 0 4294967295" ] ;;
		# The PID namespace of a container, which does not have all processes of the machine.
		inner_pids) [ "$(stat -L -c %i /proc/self/ns/pid)" != 4026531836 ] ;;
		# Linux does not allow creating a user namespace inside a chroot (user_namespaces(7)).
		chrooted) [ "$(stat -L -c %d:%i /)" != "$(stat -L -c %d:%i /proc/1/root)" ] ;;
		# An emulator has failed its own test.
		untrue) [ -e "${IPCBOX%/*}/untrue" ] ;;
		# The user says that there is no network for downloads.
		offline) [ -n "${IPCBOX_OFFLINE-}" ] ;;
		*) return 1 ;;
	esac
}

tab=$(printf '\t')
while IFS=$tab read -r condition test reason; do
	case $condition in '' | '#'*) continue ;; esac
	# shellcheck disable=SC2254
	case $1 in $test) ;; *) continue ;; esac
	# shellcheck disable=SC2254
	case $2 in $reason) ;; *) continue ;; esac
	! holds "$condition" || exit 0
done <"$SOURCE/tests/skips"
exit 1
