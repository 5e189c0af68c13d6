# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
#
# Huge pages are the machine's, not a namespace's.  Who changes their number holds a lock on the file that
# tells it: all who run the tests at once meet there, those in a chroot as well.  To be sourced before tap.sh
# runs the script again, for a new /proc has another such file.
if [ -z "${IPCBOX_TESTS_PRIVATE-}" ] && [ -r /proc/sys/vm/nr_hugepages ]; then
	exec 9</proc/sys/vm/nr_hugepages
fi

# of_huge_pages FIELD: Total, Free, or Rsvd.
of_huge_pages() { awk -v name="HugePages_$1:" '$1 == name {print $2}' /proc/meminfo; }

has_huge_page() { [ "$(of_huge_pages Free)" -gt "$(of_huge_pages Rsvd)" ]; }

# with_huge_page: gets one more huge page and the lock, until without_huge_page; 1 if the machine gives none.
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
