# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
#
# Huge pages belong to the machine, not to a namespace.  To change their number, hold a lock on the file that contains
# it, so that all concurrent tests respect it, even those in a chroot.  Source this before tap.sh runs the script again,
# because a new /proc has another such file.
if [ -z "${IPCBOX_TESTS_PRIVATE-}" ] && [ -r /proc/sys/vm/nr_hugepages ]; then
	exec 9</proc/sys/vm/nr_hugepages
fi

# of_huge_pages FIELD: Total, Free, or Rsvd.
of_huge_pages() { awk -v name="HugePages_$1:" '$1 == name {print $2}' /proc/meminfo; }

has_huge_page() { [ "$(of_huge_pages Free)" -gt "$(of_huge_pages Rsvd)" ]; }

# with_huge_page: allocate one more huge page and hold the lock until without_huge_page; 1 if the machine has none.
with_huge_page() {
	flock 9 2>/dev/null || return 1
	huge_pages=$(cat /proc/sys/vm/nr_hugepages)
	{ echo $((huge_pages + 1)) >/proc/sys/vm/nr_hugepages; } 2>/dev/null && await 20 has_huge_page && return 0
	without_huge_page
	return 1
}

without_huge_page() {
	{ echo "$huge_pages" >/proc/sys/vm/nr_hugepages; } 2>/dev/null
	flock -u 9
}
