#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The layers are folders, and dependencies go one way, both of includes and of object files.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
cd "$SOURCE" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# included FOLDER: the folders of the project's headers that its files include.
included() {
	cat "$1"/*.[ch] | sed -n 's/^#include "\([^"]*\)"/\1/p' | sed 's|^[^/]*$|.|; s|/.*||' | sort -u | tr '\n' ' '
}

# may FOLDER LAYER...: it includes only these.
may() {
	folder=$1
	shift
	bad=
	for layer in $(included "$folder"); do
		case " $* " in *" $layer "*) ;; *) bad="$bad $layer" ;; esac
	done
	is "$bad" "" "$folder includes nothing but: $*"
}

is "$(find core -type f | sed 's|/[^/]*$||' | sort -u | tr '\n' ' ')" "core/base core/kernel core/parse core/show " \
	"core has four layers and no other files"
may core/base base
may core/parse parse base
may core/kernel kernel parse base
may core/show show base
for folder in applets/*/; do
	name=$(basename "$folder")
	may "applets/$name" "$name" . base parse kernel show
done

# Only the kernel layer asks for the family of a kind.
is "$(grep -rnE '\<(IPC_NSYSV|(posix|sysv|from_proc|from_calls)_[a-z_]+\()' applets core/parse core/show | grep -v applet_posix_name)" "" \
	"nobody above the kernel layer asks which family a kind is of"

is "$(grep -rlF '\":' applets core --include='*.[ch]')" core/show/json.c "JSON is written in one place"

# No two files depend on each other, where a file and its header are one.
find core applets -name '*.[ch]' ! -path applets/main.c | while read -r file; do
	unit=${file%.[ch]}
	sed -n 's/^#include "\([^"]*\)\.h"/\1/p' "$file" | while read -r header; do
		for place in "core/$header" "applets/$header"; do
			[ ! -f "$place.h" ] || [ "$place" = "$unit" ] || echo "$unit $place"
		done
	done
done | sort -u >"$scratch/uses"
test "$(wc -l <"$scratch/uses")" -gt 100 && tsort <"$scratch/uses" >/dev/null 2>"$scratch/circles"
ok $? "no circle of files"
sed 's/^/# /' "$scratch/circles"

mkdir "$scratch/objects"
(cd "$scratch/objects" && ar x "$BUILD/libcore.a") || exit 1

# The names of an object file's undefined symbols.
undefined() {
	nm -u "$scratch/objects/$1.c.o" | awk '{print $NF}' | sed 's/@.*//'
}

built=$(find "$scratch/objects" -name '*.o' | wc -l)
is "$built" "$(find core -name '*.c' | grep -vc names_nss)" "the library has every file, and one of two for names"

forbidden='^(_?_?exit|_Exit|abort|stdout|stderr|stdin|printf|fprintf|puts|perror|(secure_)?getenv|__f?printf_chk|__assert_fail)$'
kernel='^_*(shm|msg|sem|mq_)(get|ctl|at|dt|op|snd|rcv|open|close|unlink|timedop|timedsend|timedreceive|getattr|setattr)$'
io='^_*(open|read|write|close|fopen|malloc|calloc|realloc|free|strdup|mmap|syscall|getpwuid|getgrgid|time|localtime)(_r|_chk|_2|64|64_2)*$'
for object in "$scratch"/objects/*.o; do
	name=$(basename "$object" .c.o)
	is "$(undefined "$name" | grep -E "$forbidden")" "" "$name neither exits nor prints nor reads the environment"
	[ "$name" = linux ] || is "$(undefined "$name" | grep -E "$kernel")" "" "$name makes no IPC call"
	if [ -f "core/parse/$name.c" ] || [ "${name%_text}" != "$name" ]; then
		is "$(undefined "$name" | grep -E "$io")" "" "$name is pure"
	fi
	# Constants that contain addresses are in .data.rel.ro; the sanitizers' own variables begin with __.
	is "$(objdump -t "$object" | awk '$3 == "O" && $4 ~ /^(\.data|\.bss|\*COM)/ && $4 !~ /^\.data\.rel\.ro/ &&
		$NF !~ /^__|^\./ {print $NF}
		$2 == "O" && $3 ~ /^(\*COM)/ {print $NF}')" "" "$name keeps no variable"
done
is "$(undefined linux | grep -cE "$kernel")" 10 "linux makes all IPC calls: seven of System V, msgrcv to look into queues, three of POSIX queues"
finish
