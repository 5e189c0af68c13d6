#!/bin/sh
# SPDX-License-Identifier: 0BSD
# The mutation script finds enough to break and recognizes killed, surviving and equivalent mutants.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
mutate() {
	python3 "$SOURCE/tests/mutation/run.py" "$@"
}

mutate --list >"$scratch/list"
test "$(wc -l <"$scratch/list")" -gt 1000
ok $? "there is enough to break ($(wc -l <"$scratch/list"))"
is "$(cut -f 3 "$scratch/list" | sort | uniq -c | awk '$1 > 50 {printf "%s ", $2}')" \
	"arithmetic boundary compare condition constant label logic return row statement ternary text " \
	"with each operator"
is "$(cut -f 1 "$scratch/list" | sort -u)" "$(cd "$SOURCE" && find applets core -name '*.c' | sort)" \
	"in each file"
is "$(awk -F'\t' '$5 == $6' "$scratch/list")" "" "each of them changes its line"
is "$(cut -f 5 "$scratch/list" | grep -E '^(/\*|\* |#)')" "" "comments and directives stay as they are"

# Run only the tests of filter.c, which detect a change there but none in key.c.
{
	printf 'core/parse/key.c\tkey_of_name\treturn hash ? hash : 1;\treturn hash ? 1 : hash;\tonly other tests run\n'
	printf 'core/parse/key.c\tkey_of_name\treturn gone;\treturn 0;\tno such line\n'
} >"$scratch/equivalent"
mutate --workers 1 --tests '^unit/filter plain$' --equivalent "$scratch/equivalent" --only \
	'holds\t(break;\t;|.*\treturn v != 0;)$|return hash \? 1 : hash;$|parse_name\t.*\tif \(len != 0\)$' \
	>"$scratch/out" 2>"$scratch/err"
is "$?:$(sed '/^seed/d; s/:[0-9]* (/ (/' "$scratch/out" | tr '\t' ' ')" \
	"0:listed as equivalent, but no such mutant: core/parse/key.c key_of_name return gone; return 0;
survived: core/parse/key.c (compare, in parse_name)
 - if (len == 0)
 + if (len != 0)
not counted, the same code: 1
3 mutants: 1 killed, 1 survived, 1 equivalent
50.0 % of those that are not equivalent were killed" \
	"one mutant is killed, one survives, one is equivalent, and one compiles to the same code"
is "$(sed -n 's/.* killed \([^ :]*\):[0-9]* compare .* s) \([^:]*\):.*/\1 \2/p' "$scratch/err")" \
	"core/base/filter.c unit/filter (plain)" "by its test"
finish
