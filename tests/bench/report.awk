# SPDX-License-Identifier: 0BSD
#
# awk -v want=table|markdown|json -f report.awk TARGETS RECORDS: the report of scripts/bench from the records of
# measure.sh.  -v machine=TEXT describes the machine.

function trim(s)
{
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

# 12345.6 -> 12,346; 1.234 -> 1.23; 8 -> 8
function number(x,   s, out)
{
	if (x < 100 && x != int(x))
		return sprintf("%.2f", x)
	s = sprintf("%.0f", x)
	while (length(s) > 3) {
		out = "," substr(s, length(s) - 2) out
		s = substr(s, 1, length(s) - 3)
	}
	return s out
}

function has(what, n, passwd, program, metric)
{
	return (what, n, passwd, program, metric) in value
}

function get(what, n, passwd, program, metric)
{
	return value[what, n, passwd, program, metric]
}

# The cost of an object, from two counts.
function slope(what, from, to, passwd, program, metric)
{
	return (get(what, to, passwd, program, metric) - get(what, from, passwd, program, metric)) / (to - from)
}

function worst(what, passwd, metric,   k, part, most)
{
	most = -1
	for (k in value) {
		split(k, part, SUBSEP)
		if (part[1] == what && part[3] == passwd && part[4] ~ /^ipcbox/ && part[5] == metric && value[k] > most)
			most = value[k]
	}
	return most < 0 ? "" : most
}

# The value of a target's metric, or "" if it was not measured.
function measured(what, n, passwd, program, metric,   base)
{
	if (n == "any")
		return worst(what, passwd, metric)
	base = metric
	sub(/\/object$/, "", base)
	sub(/^slope:/, "", base)
	sub(/^peak_.*/, "peak_kib", base)
	if (!has(what, n, passwd, program, base))
		return ""
	if (metric ~ /\/object$/)
		return get(what, n, passwd, program, base) / n
	if (metric == "peak_over_empty")
		return get(what, n, passwd, program, base) - get("empty", 0, "small", "empty", base)
	if (metric == "peak_growth")
		return get(what, n, passwd, program, base) - get(what, 4096, passwd, program, base)
	if (metric ~ /^slope:/)
		return slope(what, 4096, n, passwd, program, base) / slope(what, 100, 4096, passwd, program, base)
	return get(what, n, passwd, program, base)
}

function kept(i, x,   bound)
{
	bound = substr(target[i, 8], 4) + 0
	return target[i, 8] ~ /^</ ? x <= bound : x >= bound
}

function judge(i,   x)
{
	x = result[i] = measured(target[i, 3], target[i, 4], target[i, 5], target[i, 6], target[i, 7])
	verdict[i] = x == "" ? "unknown" : kept(i, x) ? "met" : "MISSED"
	count[verdict[i]]++
}

# The floor to compare with each miss: if the floor misses the target as well, the machine is to blame.
function misses(   i, x)
{
	for (i = 1; i <= targets; i++) {
		if (verdict[i] != "MISSED" || target[i, 9] == "")
			continue
		x = measured(target[i, 3], target[i, 4], target[i, 5], target[i, 6], target[i, 9])
		if (x != "")
			printf "%s, %s: a bare loop has %s%s.\n", target[i, 1], target[i, 2], number(x), \
				kept(i, x) ? "" : ", so this is out of reach on this machine"
	}
}

function bound_text(i)
{
	return (target[i, 8] ~ /^</ ? "at most " : "at least ") number(substr(target[i, 8], 4) + 0)
}

function table(   i, r, w1, w2)
{
	w1 = length("command")
	w2 = length("what")
	for (i = 1; i <= targets; i++) {
		if (length(target[i, 1]) > w1)
			w1 = length(target[i, 1])
		if (length(target[i, 2]) > w2)
			w2 = length(target[i, 2])
	}
	printf "| %-" w1 "s | %-" w2 "s | %15s | %8s | %-7s |\n", "command", "what", "target", "measured", "verdict"
	printf "|%s|%s|%s|%s|%s|\n", dashes(w1 + 2), dashes(w2 + 2), dashes(16) ":", dashes(9) ":", dashes(9)
	for (i = 1; i <= targets; i++) {
		r = result[i] == "" ? "-" : number(result[i])
		printf "| %-" w1 "s | %-" w2 "s | %15s | %8s | %-7s |\n", target[i, 1], target[i, 2], bound_text(i), \
			r, verdict[i]
	}
	printf "\n%d of %d targets met%s.\n", count["met"], targets, \
		(count["unknown"] ? ", " count["unknown"] " not measured" : "")
	misses()
	if (has("ipcs-empty", 0, "small", "again", "over:empty"))
		printf "Quotients below 2 change by some hundredths from run to run; a copy of the empty program had %.2f.\n", \
			get("ipcs-empty", 0, "small", "again", "over:empty")
}

function dashes(n,   s)
{
	while (n-- > 0)
		s = s "-"
	return s
}

function cell(i, metric,   k)
{
	k = group[i] SUBSEP metric
	return k in value ? number(value[k]) : "-"
}

# All cases in full, in the order of cases, counts and programs.
function details(   c, p, o, g, i, part, last)
{
	split("small large", passwds, " ")
	nobjects = split("0 1 100 1000 4096 32000", objects, " ")
	nprograms = split("util-linux ipcbox ipcbox-syscall empty again read stat rmid sem", programs, " ")
	for (c = 1; c <= cases; c++) {
		for (p = 1; p <= 2; p++) {
			last = 0
			for (o = 1; o <= nobjects; o++)
				for (g = 1; g <= nprograms; g++) {
					i = index_of[case_name[c], objects[o], passwds[p], programs[g]]
					if (i == "")
						continue
					if (!last++)
						detail_head(case_name[c], passwds[p])
					printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", number(objects[o]), programs[g], \
						cell(i, "cpu_us"), cell(i, "over:empty"), cell(i, "over:ipcbox"), \
						cell(i, "syscalls"), cell(i, "instructions"), cell(i, "faults"), cell(i, "peak_kib")
				}
		}
	}
}

function detail_head(name, passwd)
{
	printf "\n### %s%s\n\n", title[name] == "" ? name : title[name], \
		passwd == "large" ? ", owners not in a passwd file of 10,000 lines" : ""
	print "| objects | program | CPU, us | / empty | / ipcbox | system calls | instructions | page faults |" \
		" peak KiB |"
	print "|--:|---|--:|--:|--:|--:|--:|--:|--:|"
}

function markdown()
{
	print "# What ipcbox costs\n"
	print machine ".\n"
	table()
	print "\n![cost against count](bench.svg)\n"
	print "## Everything that was measured\n"
	print "Quotients are medians over rounds in which every program ran once, in shuffled order; they and the"
	print "counts can be compared with another run's. The times in microseconds cannot, and nothing is judged by"
	print "them. System calls include execve and exit; instructions are those in user mode, by callgrind; the"
	print "peak is of resident memory. \"empty\" is a static program that returns 0, \"read\" a bare read loop"
	print "over /proc/sysvipc/shm, \"stat\" a bare SHM_STAT_ANY loop, \"rmid\" a bare IPC_RMID loop;"
	print "\"again\" is a copy of \"empty\"."
	details()
}

function quoted(s)
{
	gsub(/["\\]/, "\\\\&", s)
	return "\"" s "\""
}

function json(   i, k, m, sep)
{
	printf "{\n\"machine\": %s,\n\"targets\": [\n", quoted(machine)
	for (i = 1; i <= targets; i++)
		printf "  {\"command\": %s, \"what\": %s, \"target\": %s, \"measured\": %s, \"verdict\": %s}%s\n", \
			quoted(target[i, 1]), quoted(target[i, 2]), quoted(target[i, 8]), result[i] == "" ? "null" : result[i], \
			quoted(tolower(verdict[i])), i < targets ? "," : ""
	printf "],\n\"measurements\": [\n"
	for (i = 1; i <= groups; i++) {
		split(group[i], part, SUBSEP)
		printf "  {\"case\": %s, \"objects\": %d, \"passwd\": %s, \"program\": %s", quoted(part[1]), part[2], \
			quoted(part[3]), quoted(part[4])
		for (m = 1; m <= metrics; m++) {
			k = group[i] SUBSEP metric_name[m]
			if (k in value)
				printf ", %s: %s", quoted(metric_name[m]), value[k]
		}
		printf "}%s\n", i < groups ? "," : ""
	}
	print "]\n}"
}

BEGIN {
	FS = "\t"
	title["list"] = "ipcs -m"
	title["size"] = "The stripped program"
	title["empty"] = "An empty program"
	title["ipcs-empty"] = "ipcs"
	title["ipcs-limits"] = "ipcs -l"
	title["ipcs-id"] = "ipcs -m -i ID, beside so many segments"
	title["ipcrm-id"] = "ipcrm -q ID, beside so many segments"
	title["ipcmk-queue"] = "ipcmk -Q, beside so many segments"
	title["ipcmk-segment"] = "ipcmk -M 4096, beside so many segments"
	title["semaphores"] = "ipcs -s -i ID, of a set of so many semaphores"
	title["ipcrm-all"] = "ipcrm -a"
}

/^#/ {
	next
}

FNR == NR {
	n = split($0, field, "|")
	targets++
	for (i = 1; i <= n; i++)
		target[targets, i] = trim(field[i])
	next
}

{
	key = $1 SUBSEP $2 SUBSEP $3 SUBSEP $4
	if (!(key in known)) {
		known[key] = 1
		group[++groups] = key
		index_of[$1, $2, $3, $4] = groups
	}
	if (!($1 in case_known)) {
		case_known[$1] = 1
		if ($1 != "size")
			case_name[++cases] = $1
	}
	if (!($5 in metric_known)) {
		metric_known[$5] = 1
		metric_name[++metrics] = $5
	}
	value[key, $5] = $6
}

END {
	for (i = 1; i <= targets; i++)
		judge(i)
	if (want == "table")
		table()
	else if (want == "markdown")
		markdown()
	else
		json()
}
