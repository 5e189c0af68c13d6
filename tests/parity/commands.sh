#!/bin/sh
# SPDX-License-Identifier: 0BSD
# commands.sh [--record]
#
# The three commands compared with util-linux, with valid and invalid command lines: the output of
# tests/lib/transcript.sh is the same, or that of ipcbox is as in `allowed`.  --record replaces the expected transcripts
# by those of this program, for review: it keeps the reasons, and fails if one is missing.
case ${1-} in
'') ;;
--record) export PARITY_RECORD=1 ;;
*)
	echo "usage: $0 [--record]" >&2
	exit 1
	;;
esac
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
for tool in ipcs ipcmk ipcrm; do
	/usr/bin/$tool -V 2>/dev/null | grep -q util-linux || skip_all "no util-linux $tool to compare with"
done
private
allowed=$SOURCE/tests/parity/allowed
lines=$SOURCE/tests/parity/command_lines

# The versions whose differences are known: 2.38 and older, 2.41 and newer, and neither.
version=$(/usr/bin/ipcs -V | sed -n 's/.*util-linux \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | {
	read -r major minor
	echo $((major * 1000 + minor))
})
if [ "$version" -le 2038 ]; then
	known=2.38
elif [ "$version" -ge 2041 ]; then
	known=2.41
else
	known=none
fi
echo "# $(/usr/bin/ipcs -V): differences of version $known"

# Split `allowed`: notes.N and expected.N belong to line N of `command_lines`.
awk -v folder="$scratch" '
	/^#/ || /^$/ {next}
	FNR == NR && $0 in line {print "twice in command_lines: " $0; next}
	FNR == NR {line[$0] = FNR; next}
	/^\t\t/ {print substr($0, 3) >(folder "/expected." n); next}
	/^\t/ {print substr($0, 2) >(folder "/notes." n); next}
	{
		n = $0 in line ? line[$0] : "none"
		if (n == "none")
			print "allowed, but not tried: " $0
		else if (n in seen)
			print "allowed twice: " $0
		seen[n]
		printf "" >(folder "/notes." n)
		printf "" >(folder "/expected." n)
	}
' "$lines" "$allowed" >"$scratch/wrong"
while IFS= read -r what; do
	ok 1 "$what"
done <"$scratch/wrong"

# note WORD: the text of the note about line $number that begins with this word.
note() {
	[ ! -e "$scratch/notes.$number" ] || sed -n "s/^$1 //p" "$scratch/notes.$number"
}

# transcript TOOLS >FILE: of the present command with the tools of a folder.
transcript() {
	timeout 60 unshare -i -m sh "$SOURCE/tests/lib/transcript.sh" "$1" "$command" 2>&1
	rc=$?
	[ $rc -eq 0 ] || echo "no transcript: status $rc"
	return $rc
}

# judge: print why the transcripts of a command are not as they should be.
judge() {
	$1 || echo "the reference could not be run"
	same=false
	! cmp -s "$scratch/want" "$scratch/got" || same=true
	if [ ! -e "$scratch/notes.$number" ]; then
		$same || diff "$scratch/want" "$scratch/got"
		return
	fi
	[ "$(note because)" ] || echo "allowed without a reason"
	diff "$scratch/expected.$number" "$scratch/got"
	only=$(note only)
	if [ $known = none ]; then
		return
	elif [ "${only:-$known}" != $known ]; then
		$same || diff "$scratch/want" "$scratch/got"
	elif [ "$version" -eq 2038 ] || [ "$version" -eq 2041 ]; then
		! $same || echo "allowed to differ, and does not"
	fi
}

# record: write the block of a command that may differ or does.
record() {
	if [ ! -e "$scratch/notes.$number" ]; then
		! cmp -s "$scratch/want" "$scratch/got" || return 0
		[ $known = none ] || echo "only $known" >"$scratch/notes.$number"
	fi
	cp "$scratch/got" "$scratch/expected.$number"
	{
		printf '\n%s\n' "$command"
		sed 's/^/\t/' "$scratch/notes.$number"
		sed 's/^/\t\t/' "$scratch/expected.$number"
	} >>"$scratch/record"
}

sed -n '/^#/p' "$allowed" >"$scratch/record"
number=0
while IFS= read -r command; do
	number=$((number + 1))
	case $command in '' | '#'*) continue ;; esac
	reference=true
	transcript /usr/bin >"$scratch/want" || reference=false
	transcript "${IPCBOX%/*}" >"$scratch/got"
	[ -z "${PARITY_RECORD-}" ] || record
	judge $reference >"$scratch/wrong"
	[ ! -s "$scratch/wrong" ]
	rc=$?
	if [ -e "$scratch/notes.$number" ]; then
		ok $rc "as recorded: $command"
	else
		ok $rc "the same: $command"
	fi
	sed 's/^/#   /' "$scratch/wrong"
done <"$lines"
[ -z "${PARITY_RECORD-}" ] || cp "$scratch/record" "$allowed"
finish
