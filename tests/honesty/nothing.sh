#!/bin/sh
# SPDX-License-Identifier: 0BSD
#
# Every test file that takes a program fails with one that does nothing, and with one that prints garbage and exits
# with 0 or 1.  The assertions that pass nevertheless must not be about the program: the file "passing" lists them.
#
# A file that still runs after some seconds is stopped as soon as an assertion has failed: at once with garbage, after
# one second with a program that does nothing.  HONESTY_SECONDS=600 shows all assertions.
# nothing.sh FILE...: only these files, named like kernel/keys.sh or cli/output.
SECONDS_MOST=$((300 * ${SLOWNESS:-1}))

# judge_sh FILE LOG: set "failed" to 0 if it failed as it should, and "code".
judge_sh() {
	timeout -k 1 $SECONDS_MOST sh "$SOURCE/tests/$1" >"$2.whole" 2>"$2.err" </dev/null &
	pid=$!
	started=$(date +%s)
	patience=${HONESTY_SECONDS-0}
	[ "$program" != nothing ] || patience=${HONESTY_SECONDS-1}
	cut=
	while kill -0 $pid 2>/dev/null; do
		if [ $(($(date +%s) - started)) -ge "$patience" ] && grep -qs '^not ok' "$2.whole"; then
			# Ignore what it prints while it is being stopped.
			cp "$2.whole" "$2"
			cut=yes
			kill $pid
			break
		fi
		/usr/bin/sleep 0.1
	done
	wait $pid 2>/dev/null
	code=$?
	[ -n "$cut" ] || cp "$2.whole" "$2"
	[ -z "$cut" ] || code="cut short"
	[ "$code" != 0 ] && [ "$code" != 77 ] && grep -q '^not ok' "$2"
	failed=$?
}

# judge_c FILE LOG: the same for a Criterion program, in which each test must fail.
judge_c() {
	timeout -k 1 $SECONDS_MOST "$HELPERS/$(echo "$1" | tr / _)" -j1 --tap="$2" >"$2.err" 2>&1 </dev/null
	code=$?
	grep -q '^not ok' "$2" && [ $code -eq 1 ]
	failed=$?
}

# Print the result of one file with one program as lines of TAP without numbers.
one() {
	program=$1
	file=$2
	log=$scratch/$program.$(echo "$file" | tr / -)
	IPCBOX=$scratch/$program/ipcbox
	IPCBOX_TESTS_ANY_PROGRAM=1
	TMPDIR=$scratch/tmp
	SOAK_SECONDS=1
	export IPCBOX IPCBOX_TESTS_ANY_PROGRAM TMPDIR SOAK_SECONDS
	unset IPCBOX_TESTS_PRIVATE
	case $file in
		*.sh) judge_sh "$file" "$log" ;;
		*) judge_c "$file" "$log" ;;
	esac
	if [ "$code" = 77 ]; then
		echo "skip the file is skipped here"
		return
	fi
	grep -v '# SKIP ' "$log" | sed -n 's/^ok [0-9]* - //p; s/^ok - //p' >"$log.passed"
	awk -F '\t' -v file="$file" '$1 == file {print $2}' "$SOURCE/tests/honesty/passing" >"$log.names"
	bad=$(grep -vxE -f "$log.names" "$log.passed")
	total=$(grep -cE '^(not )?ok' "$log")
	echo "# $file, $program: status $code, $(wc -l <"$log.passed") of $total assertions pass"
	echo "$failed fails"
	[ "$failed" -eq 0 ] || tail -n 3 "$log.err" | sed 's/^/#   /'
	# Here, a command that fails may be right.
	[ "$program" != failure ] || return
	[ -z "$bad" ]
	echo "$? none of its assertions passes, but for those permitted"
	[ -z "$bad" ] || echo "$bad" | sed 's/^/#   passes: /'
}

if [ "${1-}" = --one ]; then
	one "$2" "$3" >"$scratch/$2.$(echo "$3" | tr / -).result"
	exit
fi

# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
# Servers in their own sessions survive a file that is stopped: kill every process that has its temporary folder.
# shellcheck disable=SC2317
end_all() {
	# One pass misses processes that keep starting others.
	for _ in $(seq 50); do
		left=$(grep -lzsxF "TMPDIR=$scratch/tmp" /proc/[0-9]*/environ | cut -d / -f 3)
		[ -n "$left" ] || break
		# shellcheck disable=SC2086
		kill -KILL $left 2>/dev/null
	done
	rm -rf "$scratch"
}
trap end_all EXIT
chmod 755 "$scratch"
mkdir -m 1777 "$scratch/tmp"
export scratch PROGRAM=static

# Waiting is useless if nothing will ever happen, so "sleep" does nothing, too.
make_program() {
	mkdir "$scratch/$1"
	${compiler-} -o "$scratch/$1/ipcbox" -DTEXT="\"$2\"" -DSTATUS="$3" "$SOURCE/tests/honesty/program.c"
	ok $? "a program: $1"
	for name in ipcs ipcmk ipcrm; do ln -s ipcbox "$scratch/$1/$name"; done
	printf '#!/bin/sh\n' >"$scratch/$1/sleep"
	chmod 755 "$scratch/$1/sleep"
}

compiler="cc -static"
command -v musl-gcc >/dev/null && compiler="musl-gcc -static"
make_program nothing "" 0
make_program garbage 'garbage 7 0x0 @\n' 0
make_program failure 'garbage 7 0x0 @\n' 1

# The test files that take a program: not those that examine the sources or build a program of their own.
files() {
	cd "$SOURCE/tests" || exit
	for file in */*.sh cli/*.c; do
		case $file in
			honesty/* | fuzz/* | mutation/* | cross/*) ;;
			style/code.sh | style/growth.sh | style/layers.sh | style/try.sh | style/warnings.sh) ;;
			*.sh) ! grep -q '/lib/tap.sh"' "$file" || echo "$file" ;;
			*) echo "${file%.c}" ;;
		esac
	done
}

if [ $# -eq 0 ]; then
	# Start the slowest first; boot guests only once, because all their assertions come from the inside.
	# shellcheck disable=SC2046
	set -- image/boot.sh image/v01_soak.sh $(files | grep -v ^image/)
fi
for file in "$@"; do
	for program in nothing garbage failure; do
		[ "${file%/*}" = image ] && [ $program != nothing ] || echo "$program $file"
	done
done >"$scratch/work"
xargs -P "$(nproc)" -n 2 sh "$0" --one <"$scratch/work"

while read -r program file; do
	while read -r status text; do
		case $status in
			"#") echo "# $text" ;;
			skip) skip "$file, $program" "$text" ;;
			*) ok "$status" "$file, $program: $text" ;;
		esac
	done <"$scratch/$program.$(echo "$file" | tr / -).result"
done <"$scratch/work"

# Every line of "passing" is about an existing file.
cut -f 1 "$SOURCE/tests/honesty/passing" | grep -v '^#' | sort -u | while read -r file; do
	[ -f "$SOURCE/tests/$file" ] || echo "$file"
done >"$scratch/stale"
is "$(cat "$scratch/stale")" "" "the files with assertions that may pass exist"
finish
