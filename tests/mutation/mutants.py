# SPDX-License-Identifier: 0BSD
"""List changes of one line of C that tests should notice."""
import re
from collections import namedtuple

Mutant = namedtuple("Mutant", "file line function operator original mutated")

COMPARE = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
LOGIC = {"&&": "||", "||": "&&"}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<<": ">>", ">>": "<<", "&": "|", "|": "&",
	"^": "&", "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=", "<<=": ">>=", ">>=": "<<="}

BINARY = {"compare": COMPARE, "boundary": BOUNDARY, "logic": LOGIC, "arithmetic": ARITHMETIC}

TOKEN = re.compile(r"""
	/\*.*?\*/ | //[^\n]* | ^[ \t]*\#(?:\\\n|[^\n])* | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'""",
	re.VERBOSE | re.DOTALL | re.MULTILINE)
DECLARATION = re.compile(r"(?:static|const|struct|enum|union|unsigned|extern|typedef|return|goto)\b"
	r"|\w+ \**\w+(?:;|,| =|\[)|[\w ]+\w \*\w+\(")
SIMPLE = re.compile(r"\((?:![^&|]*|[^&|?]* (?:[=!<>]=|<|>) [^&|?]*)\)")


def blank(match):
	"""Replace comments, directives and the inside of literals by spaces."""
	text = match.group()
	inside = re.sub(r"[^\n]", " ", text)
	return text[0] + inside[1:-1] + text[-1] if text[0] in "\"'" else inside


def split(text):
	"""Return the lines of a file unchanged, and with only their code."""
	return text.split("\n"), TOKEN.sub(blank, text).split("\n")


def balanced(code, start):
	"""Return the end of the parenthesized text at start, or None if the line ends first."""
	depth = 0
	for at in range(start, len(code)):
		depth += (code[at] == "(") - (code[at] == ")")
		if depth == 0:
			return at + 1
	return None


def numbers(literal):
	"""Return the neighbors of an integer literal in its own notation."""
	digits = literal.rstrip("uUlL")
	base = 16 if digits[:2] in ("0x", "0X") else 8 if len(digits) > 1 and digits[0] == "0" else 10
	value = int(digits, base)
	form = {16: "0x%x", 8: "0%o", 10: "%d"}[base]
	return [form % near + literal[len(digits):] for near in (value + 1, value - 1) if near >= 0]


def returns(value):
	if value in ("true", "false", "NULL"):
		return {"true": ["false"], "false": ["true"], "NULL": []}[value]
	if value == "0":
		return ["1", "-1"]
	return ["0"] + ([value[1:]] if re.fullmatch(r"-\w+", value) else [])


def tokens(line, code):
	"""Yield the operator, place and replacement of each token that can change."""
	for name, table in BINARY.items():
		for match in re.finditer(r"(?<= )([-+*/%&|^<>=!]+)(?= |$)", code):
			if match.group() in table:
				yield name, match.start(), match.end(), table[match.group()]
	for match in re.finditer(r"\+\+|--", code):
		yield "arithmetic", match.start(), match.end(), "--" if match.group() == "++" else "++"
	for match in re.finditer(r"!(?!=)", code):
		yield "condition", match.start(), match.end(), ""
	for match in re.finditer(r"\b(?:if|while) \(", code):
		end = balanced(code, match.end() - 1)
		# Other operators negate a single comparison and a negation.
		if end is not None and not SIMPLE.fullmatch(code[match.end() - 1:end]):
			yield "condition", match.end() - 1, end, "(!%s)" % line[match.end() - 1:end]
	for match in re.finditer(r" \? ([^?:]+) : ([^?:;,)]+)", code):
		first, second = line[match.start(1):match.end(1)], line[match.start(2):match.end(2)]
		yield "ternary", match.start(1), match.end(2), second + " : " + first
	for match in re.finditer(r"(?<![\w.])(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b", code):
		for near in numbers(match.group()):
			yield "constant", match.start(), match.end(), near
	for match in re.finditer(r"\b(?:true|false)\b", code):
		yield "constant", match.start(), match.end(), "false" if match.group() == "true" else "true"
	for match in re.finditer(r"' +'", code):
		yield "constant", match.start(), match.end(), "'x'" if line[match.start():match.end()] != "'x'" else "'y'"
	for match in re.finditer(r'" *"', code):
		text = line[match.start() + 1:match.end() - 1]
		if " " not in text:
			yield "text", match.end() - 1, match.end(), '~"'


def whole(code, before):
	"""Yield the same for statements, return values, case labels and rows of tables."""
	indent = len(code) - len(code.lstrip("\t"))
	body = code.strip()
	match = re.fullmatch(r"return (.*);", body)
	if match and balanced("(" + match.group(1) + ")", 0):
		for value in returns(match.group(1)):
			yield "return", indent + 7, indent + len(body) - 1, value
	begins = before[-1:] in ("", ";", "{", "}", ":", ")") or before.endswith("else")
	if indent > 0 and begins and re.fullmatch(r"[^;{}]+;|return;", body) \
			and (body == "return;" or not DECLARATION.match(body)):
		yield "statement", indent, indent + len(body), ";"
	match = re.match(r"\t+(case [^:]+:)", code)
	if match:
		yield "label", match.start(1), match.end(1), ""
	if indent > 0 and re.fullmatch(r"(?:\[\w+\] = )?\{.*\},|\[\w+\] = [^{}]*,", body):
		yield "row", indent, indent + len(body), ""


def candidates(file, text):
	"""Yield the mutants of a file line by line."""
	function, before = "-", ""
	seen = set()
	lines, codes = split(text)
	for number, (line, code) in enumerate(zip(lines, codes), 1):
		match = re.match(r"[A-Za-z][^=;]*?(\w+)\(", code)
		if match:
			function = match.group(1)
		elif code[:1].isalpha():
			function = "-"
		for operator, start, end, new in (*tokens(line, code), *whole(code, before)):
			mutated = line[:start] + new + line[end:]
			if (number, mutated) not in seen:
				seen.add((number, mutated))
				yield Mutant(file, number, function, operator, line, mutated)
		before = code.strip() or before
