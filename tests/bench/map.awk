# SPDX-License-Identifier: 0BSD
#
# awk -f map.awk MAP: print the parts of a program from the map of GNU ld, as lines of
#   SECTION <tab> OBJECT <tab> SYMBOL <tab> BYTES <tab> KIND
# KIND is code, tables, texts (strings), data or padding.
# A symbol is named by its input section (-ffunction-sections); strings that several objects share belong to the
# first one.  "-" stands for a part without a symbol.

function hex(s,   n, i)
{
	n = 0
	for (i = 3; i <= length(s); i++)
		n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}

# libcore.a(out.c.o) -> core/out, .../applets/main.c.o -> main, .../libc.a(write.lo) -> libc/write
function object_of(path,   library, member)
{
	library = path
	member = path
	if (path ~ /\.a\(/) {
		sub(/\.a\(.*/, "", library)
		sub(/.*\//, "", library)
		sub(/^lib/, "", library)
		sub(/.*\(/, "", member)
	} else {
		library = "start"
	}
	sub(/.*\//, "", member)
	sub(/\)$/, "", member)
	sub(/(\.c)?\.l?o$/, "", member)
	if (library == "c")
		library = "libc"
	if (path ~ /CMakeFiles\/ipcbox\.dir/)
		library = "applets"
	return library "/" member
}

function symbol_of(name)
{
	if (!sub(/^\.(text|rodata|data|bss|data\.rel\.ro)\.(unlikely\.|startup\.|hot\.)?/, "", name))
		return "-"
	sub(/\.?(str|cst)[0-9.]+$/, "", name)
	return name == "" ? "-" : name
}

function kind_of(name)
{
	return name ~ /\.str[0-9.]+$/ ? "texts" : name ~ /^\.rodata/ ? "tables" : name ~ /^\.text/ ? "code" : "data"
}

# The map shows the original size of strings that were merged with others, but they take no space: the next part
# has the same address.
function put(address, size, owner, kind)
{
	if (held != "" && held_size > 0 && address != held_address)
		print held "\t" held_size "\t" held_kind
	held = owner
	held_kind = kind
	held_address = address
	held_size = hex(size)
}

/^Linker script and memory map/ {
	wanted = 1
	next
}

!wanted {
	next
}

# An output section: those that take space in the file, and .bss.
/^\.[a-z]/ {
	put("", "0x0", "", "")
	section = $1
	pending = ""
	if (section ~ /^\.(comment|debug|stab|note)/)
		section = ""
	next
}

section == "" {
	next
}

/^ \*fill\*/ {
	put($2, $3, section "\tpadding\t-", "padding")
	next
}

/^ \.[^ ]+$/ {
	pending = $1
	next
}

/^ \.[^ ]+ +0x[0-9a-f]+ +0x[0-9a-f]+ / {
	put($2, $3, section "\t" object_of($4) "\t" symbol_of($1), kind_of($1))
	next
}

pending != "" && /^ +0x[0-9a-f]+ +0x[0-9a-f]+ [^ ]/ {
	put($1, $2, section "\t" object_of($3) "\t" symbol_of(pending), kind_of(pending))
}

{
	pending = ""
}

END {
	put("", "0x0", "", "")
}
