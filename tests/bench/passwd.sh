#!/bin/sh
# SPDX-License-Identifier: 0BSD
# passwd.sh FOLDER: create FOLDER/passwd.small of 20 lines and passwd.large of 10,000, which begin with root.
# None of the lines is about an owner to whom "populate foreign" gives segments.
awk -v large="$1/passwd.large" -v small="$1/passwd.small" 'BEGIN {for (i = 0; i < 10000; i++) {
	line = "root:x:0:0:root:/root:/bin/sh"
	if (i > 0)
		line = "user" i ":x:" 200000 + i ":100:A user of the bench:/home/user" i ":/bin/sh"
	print line > large
	if (i < 20)
		print line > small
}}'
