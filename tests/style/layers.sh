#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The layers keep apart: by what files include, and by what their objects refer to.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
cd "$SOURCE" || exit 1

pure="parse key opt procfmt taskfmt limit filter"
sources="sys dir posix process judge users sys_proc sys_stat sys_totals sys_linux names names_nss names_file"
base="ipc mem"
render="out diag usage column text render form hold"

# The .c and .h files of these modules.
files() {
	for name in $1; do
		for file in "core/$name.c" "core/$name.h"; do [ ! -f "$file" ] || echo "$file"; done
	done
}

# The project's headers that these files include, without .h.
includes() {
	# shellcheck disable=SC2086
	sed -n 's/^#include "\(.*\)\.h"/\1/p' $1 | sort -u
}

# The words of the first list that are not in the second.
outside() {
	for word in $1; do
		case " $2 " in *" $word "*) ;; *) echo "$word" ;; esac
	done
}

is "$(find core -name '*.[ch]' | sort)" "$(files "$pure $sources $render $base" | sort)" "every file of core has a layer"
is "$(grep -l '"applet' core/*.[ch])" "" "core includes nothing of applets"
is "$(outside "$(includes "$(files "$pure")")" "$pure $base")" "" "the pure layer includes itself and the base"
is "$(outside "$(includes "$(files "$sources")")" "$pure sys dir names process judge users $base")" "" "sources include no renderer"
is "$(outside "$(includes "$(files "$render")")" "$pure $render $base")" "" "renderers include no source"
for file in applets/*.c; do
	name=$(basename "$file" .c)
	is "$(outside "$(includes "$file" | grep '^ipc')" "ipc ${name%_*}")" "" "$file includes no other applet"
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd "$scratch" && ar x "$BUILD/libcore.a") || exit 1

# What an object leaves to be found elsewhere, as names alone.
undefined() {
	nm -u "$scratch/$1.c.o" | awk '{print $NF}' | sed 's/@.*//'
}

built=$(find "$scratch" -name '*.o' | wc -l)
is "$built" "$(find core -name '*.c' | grep -vc names_nss)" "the library has every module, and one names backend"

forbidden='^(_?_?exit|_Exit|abort|stdout|stderr|stdin|printf|fprintf|puts|perror|(secure_)?getenv|__f?printf_chk|__assert_fail)$'
kernel='^_*(shm|msg|sem|mq_)(get|ctl|at|dt|op|snd|rcv|open|close|unlink|timedop|timedsend|timedreceive|getattr|setattr)$'
io='^_*(open|read|write|close|fopen|malloc|calloc|realloc|free|strdup|mmap|syscall|getpwuid|getgrgid|time|localtime)(_r|_chk|_2|64|64_2)*$'
for object in "$scratch"/*.o; do
	name=$(basename "$object" .c.o)
	is "$(undefined "$name" | grep -E "$forbidden")" "" "$name neither exits nor prints nor reads the environment"
	[ "$name" = sys_linux ] || is "$(undefined "$name" | grep -E "$kernel")" "" "$name makes no IPC call"
	case " $pure " in
	*" $name "*) is "$(undefined "$name" | grep -E "$io")" "" "$name is pure" ;;
	esac
	# Constants with addresses in them stand in .data.rel.ro; sanitizers' own variables begin with __.
	is "$(objdump -t "$object" | awk '$3 == "O" && $4 ~ /^(\.data|\.bss|\*COM)/ && $4 !~ /^\.data\.rel\.ro/ &&
		$NF !~ /^__|^\./ {print $NF}
		$2 == "O" && $3 ~ /^(\*COM)/ {print $NF}')" "" "$name keeps no variable"
done
is "$(undefined sys_linux | grep -cE "$kernel")" 10 "sys_linux makes all IPC calls: seven of System V, msgrcv to look into queues, three of POSIX queues"
finish
