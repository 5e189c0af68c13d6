#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Fuzz the parsers of external input for some seconds each; for longer runs, set
# FUZZ_SECONDS=3600.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo 'int LLVMFuzzerTestOneInput(const char *s, unsigned long n) {return s == 0 && n;}' >"$scratch/probe.c"
clang -fsanitize=fuzzer "$scratch/probe.c" -o "$scratch/probe" 2>/dev/null ||
	skip_all "no clang with libFuzzer (Debian: clang, libclang-rt-dev)"

for target in sysvipc_text pid_text parse options; do
	clang -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -I"$SOURCE/core" \
		-o "$scratch/$target" "$SOURCE/tests/fuzz/$target.c" "$SOURCE/core/kernel/sysvipc_text.c" \
		"$SOURCE/core/kernel/pid_text.c" "$SOURCE/core/parse/parse.c" \
		"$SOURCE/core/parse/options.c" "$SOURCE/core/base/opt.c" "$SOURCE/core/base/mem.c" "$SOURCE/core/show/out.c"
	ok $? "$target is built"
	cp -r "$SOURCE/tests/fuzz/$target.corpus" "$scratch/corpus"
	(cd "$scratch" && "./$target" -max_total_time="${FUZZ_SECONDS-4}" -max_len=600 -timeout=5 -verbosity=0 corpus \
		>"$target.log" 2>&1)
	rc=$?
	ok $rc "$target survives"
	[ $rc -eq 0 ] || tail -n 30 "$scratch/$target.log" | sed 's/^/# /'
	rm -r "$scratch/corpus"
done
finish
