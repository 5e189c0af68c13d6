#!/bin/sh
# SPDX-License-Identifier: 0BSD
# A segment with more bytes in memory than its size is an error of the kernel, so the number is unknown.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
# shellcheck source=tests/lib/huge_pages.sh
. "${0%/*}/../lib/huge_pages.sh"
private

page=$(getconf PAGESIZE)
mkdir "$scratch/sysvipc"
: >"$scratch/sysvipc/msg"
: >"$scratch/sysvipc/sem"
cat >"$scratch/meminfo" <<-EOF
	MemTotal:       24650752 kB
	HugePages_Total:       0
	Hugepagesize:       2048 kB
EOF

# forged SIZE RSS...: replace the kernel's list by a segment for each; print the memory that ipcs shows.
forged() {
	echo "key shmid size rss swap" >"$scratch/sysvipc/shm"
	while [ $# -gt 0 ]; do
		echo "1 $# $1 $2 0" >>"$scratch/sysvipc/shm"
		shift 2
	done
	ipcs -m -r --noheadings -o RSS | tr '\n' ' '
}
mount --bind "$scratch/sysvipc" /proc/sysvipc
mount --bind "$scratch/meminfo" /proc/meminfo
is "$(forged 4096 4096 8192 0 1 "$page" 4097 8192 0 0)" "4096 0 $page 8192 0 " "V27: pages that are filled up"
is "$(forged 1 2097152 2097152 2097152 2097153 4194304)" "2097152 2097152 4194304 " "V27: and huge ones"
is "$(forged 2097152 2097153 2097152 1073741824 1 2097153 0 4096)" "- - - - " "V27: more than that"
is "$(forged 18446744073709551615 18446744073709551615)" "18446744073709551615 " "V27: the largest of all"
is "$(forged 2097152 1073741824 4096 4096)" "- 4096 " "V27: one is wrong, another is not"
is "$(ipcs -m -i 4 -r --noheadings -o RSS --source=proc)" "-" "V27: -i"
is "$(ipcs -m -J -o rss | sed -n '3,4p' | tr '\n' ' ')" '{"rss":null}, {"rss":4096} ' "V27: JSON"
is "$(ipcs -m -u --source=proc | sed -n 's/^pages resident  //p')" "-" "V27: the sum"
run ipcs -m --openmetrics --source=proc
is "$code:$(echo "$out" | grep -c '^ipc_resident_bytes'):$(echo "$err" | grep resident)" \
	"1:0:ipcs: cannot measure ipc_resident_bytes of shm: unknown for some objects" "V27: metrics"
is "$(ipcs -m -r --noheadings -o ID --sort rss)" "2
4" "V27: what is not known comes last"
umount /proc/meminfo
umount /proc/sysvipc

# The number that the kernel shows for a real one.
if with_huge_page; then
	ipcmk -M 2M --hugetlb >/dev/null || ok 1 "V27: a segment of a huge page"
	ipcmk -M 8G --noreserve >/dev/null 2>&1 || "$HELPERS/populate" sizes
	id=$(awk 'NR == 2 {print $2}' /proc/sysvipc/shm)
	"$HELPERS/use" attach "$id" 1 >"$scratch/pid" &
	await 20 test -s "$scratch/pid"
	told=$(awk 'NR == 2 {print $15}' /proc/sysvipc/shm)
	sum=$(awk -v page="$page" 'FNR > 1 {n += $15 / page} END {printf "%d", n}' /proc/sysvipc/shm)
	if [ "$told" -gt 2097152 ]; then
		told=-
		sum=-
	fi
	is "$(ipcs -m -r --noheadings -o ID,RSS | head -n 1)" "$id $told" "V27: of a huge page"
	is "$(ipcs -m -u | sed -n 's/^pages resident  //p')" "$sum" "V27: and of all"
	is "$(ipcs -m -u -J | grep -o '"rsspages":[a-z0-9]*')" "\"rsspages\":$(echo "$sum" | sed 's/^-$/null/')" "V27: in JSON"
	ended "$(cat "$scratch/pid")"
	ipcrm -a
	without_huge_page
else
	skip "V27: of a huge page" "this machine has no huge pages to give"
fi
finish
