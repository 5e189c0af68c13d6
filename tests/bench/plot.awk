# SPDX-License-Identifier: 0BSD
#
# awk -f plot.awk RECORDS: draw the cost of "ipcs -m" against the number of segments, as SVG, from the records of
# measure.sh.  Both axes are logarithmic, except that the count 0 is at the left edge.

function log10(x)
{
	return log(x) / log(10)
}

function x_of(n)
{
	return left + (n == 0 ? 0 : 1 + log10(n)) * WIDTH / (1 + log10(32000))
}

function y_of(v)
{
	return top + HEIGHT - (log10(v) - low) * HEIGHT / (high - low)
}

function text(x, y, anchor, class, s)
{
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", x, y, anchor, class, s
}

function line(x1, y1, x2, y2, class)
{
	printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n", x1, y1, x2, y2, class
}

# The power of ten with exponent e as a label: 1, 1,000, 10 M.
function power(e)
{
	if (e < 0)
		return "0.1"
	if (e < 3)
		return substr("100", 1, e + 1)
	if (e < 6)
		return substr("100", 1, e - 2) ",000"
	return e < 9 ? substr("100", 1, e - 5) " M" : substr("100", 1, e - 8) " G"
}

# The decades that contain all values of a panel.
function range(passwd, metric,   g, o, k, v)
{
	low = 99
	high = -99
	for (g = 1; g <= programs; g++)
		for (o = 1; o <= counts; o++) {
			k = objects[o] SUBSEP passwd SUBSEP program[g] SUBSEP metric
			if (!(k in value))
				continue
			v = log10(value[k])
			if (v < low)
				low = v
			if (v > high)
				high = v
		}
	# The computed logarithm of 1000 may be slightly less than 3.
	low = int(low + 1e-9)
	high = int(high + 1 - 1e-9)
}

function axes(title,   e, o)
{
	text(left, top - 10, "start", "title", title)
	for (e = low; e <= high; e++) {
		line(left, y_of(10 ^ e), left + WIDTH, y_of(10 ^ e), "grid")
		text(left - 6, y_of(10 ^ e) + 4, "end", "tick", power(e))
	}
	for (o = 1; o <= counts; o++) {
		line(x_of(objects[o]), top, x_of(objects[o]), top + HEIGHT, "grid")
			text(x_of(objects[o]), top + HEIGHT + 16, "middle", "tick", label[o])
	}
	text(left + WIDTH / 2, top + HEIGHT + 34, "middle", "tick", "segments")
	line(left, top, left, top + HEIGHT, "axis")
	line(left, top + HEIGHT, left + WIDTH, top + HEIGHT, "axis")
}

function curve(g, passwd, metric,   o, k, points, dots)
{
	for (o = 1; o <= counts; o++) {
		k = objects[o] SUBSEP passwd SUBSEP program[g] SUBSEP metric
		if (!(k in value))
			continue
		points = points sprintf("%.1f,%.1f ", x_of(objects[o]), y_of(value[k]))
		dots = dots sprintf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" class=\"dot%d\"/>\n", \
			x_of(objects[o]), y_of(value[k]), g)
	}
	if (points != "")
		printf "<polyline points=\"%s\" class=\"line line%d\"/>\n%s", points, g, dots
}

function panel(column, row, title, passwd, metric,   g)
{
	left = 70 + column * 470
	top = 110 + row * 340
	range(passwd, metric)
	if (high < low)
		return
	axes(title)
	for (g = programs; g >= 1; g--)
		curve(g, passwd, metric)
}

function legend(   g, x)
{
	x = 70
	for (g = 1; g <= programs; g++) {
		line(x, 62, x + 30, 62, "line line" g)
		printf "<circle cx=\"%d\" cy=\"62\" r=\"3\" class=\"dot%d\"/>\n", x + 15, g
		text(x + 37, 66, "start", "tick", shown[g])
		x += 62 + 6.6 * length(shown[g])
	}
}

function style(   g)
{
	print "<style>"
	print "text { font-family: sans-serif; fill: #222 }"
	print ".head { font-size: 18px; font-weight: bold } .title { font-size: 14px; font-weight: bold }"
	print ".tick { font-size: 12px }"
	print ".grid { stroke: #ddd } .axis { stroke: #222 } .line { fill: none; stroke-width: 2 }"
	for (g = 1; g <= programs; g++)
		printf ".line%d { stroke: %s%s } .dot%d { fill: %s }\n", g, color[g], \
			(g < 4 ? "" : "; stroke-dasharray: 5 4"), g, color[g]
	print "</style>"
}

BEGIN {
	FS = "\t"
	WIDTH = 380
	HEIGHT = 240
	counts = split("0 1 100 1000 4096 32000", objects, " ")
	split("0 1 100 1,000 4,096 32,000", label, " ")
	programs = split("util-linux ipcbox ipcbox-syscall read stat", program, " ")
	split("util-linux|ipcbox, from /proc|ipcbox, by system calls|floor: read loop|floor: SHM_STAT_ANY loop", \
		shown, "|")
	split("#d55e00 #0072b2 #009e73 #888888 #cc79a7", color, " ")
}

$1 == "list" {
	value[$2, $3, $4, $5] = $6
}

END {
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 760\" width=\"960\" height=\"760\">"
	style()
	print "<rect width=\"960\" height=\"760\" fill=\"#fff\"/>"
	text(70, 34, "start", "head", "ipcs -m: cost against count")
	legend()
	panel(0, 0, "Wall time / an empty program's", "small", "over:empty")
	panel(1, 0, "The same, owners not in a passwd of 10,000 lines", "large", "over:empty")
	panel(0, 1, "System calls", "small", "syscalls")
	panel(1, 1, "Instructions in user mode", "small", "instructions")
	print "</svg>"
}
