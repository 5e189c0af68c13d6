#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The names of owners from passwd, wherever a line falls in the pieces in which the file is read.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private

owners=40
for n in $(seq $owners); do
	ipcmk -Q --owner $((3000 + n)) >/dev/null 2>&1 || skip_all "this user cannot give objects to others"
done

# passwd PAD: 400 lines of many lengths after one that is PAD bytes longer; of two lines with one ID, the first counts.
passwd() {
	awk -v pad="$1" 'function fill(n, text) {
			for (text = ""; length(text) < n;)
				text = text "................................................................"
			return substr(text, 1, n)
		}
		BEGIN {
			print "root:x:0:0:" fill(pad) ":/root:/bin/sh"
			for (i = 1; i <= 400; i++) {
				password = i % 7 ? "x" : fill(i % 110 + 1)
				gecos = i == 200 ? 9000 : i * 37 % 90
				name = "u" i fill(i * 13 % 24)
				print name ":" password ":" 3000 + i % 200 ":100:" fill(gecos) ":/home/" i ":/bin/sh"
			}
			printf "last:x:3199:100::/:"
		}' >"$scratch/passwd"
}

shown() {
	ipcs -q --noheadings --raw --output UID,OWNER | sort -n
}

: >"$scratch/mounted"
mount --bind "$scratch/mounted" /etc/passwd
bad=
for pad in $(seq 0 130) 3990 4000 4096 5000; do
	passwd "$pad" && cat "$scratch/passwd" >/etc/passwd
	want=$(awk -F: '$3 > 3000 && $3 <= 3000 + '$owners' && !seen[$3]++ {print $3, $1}' /etc/passwd | sort -n)
	[ "$(shown)" = "$want" ] || bad="$bad $pad"
done
is "$bad" "" "the names of $owners owners, after lines of each length"

# The name in the last line, which has no newline.
ipcrm -a
ipcmk -Q --owner 3199 >/dev/null
passwd 0
grep -v ':3199:100:\.' "$scratch/passwd" | head -c -1 >/etc/passwd
is "$(shown)" "3199 last" "the name in the last line"

# A line that is too long to parse does not hide others.
{
	awk 'BEGIN {while (i++ < 5000) printf "n"; printf ":x:3198:100::/:\n"}'
	awk 'BEGIN {printf "odd:"; while (i++ < 9000) printf "p"; printf ":3198:100::/:\n"}'
	echo "next:x:3199:100::/:"
} >"$scratch/other"
cat "$scratch/other" >/etc/passwd
is "$(shown)" "3199 next" "a name after lines that are too long"
is "$(ipcs -q --user next --noheadings --raw --output UID)" "3199" "the ID of a name after them"
finish
