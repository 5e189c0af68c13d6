# SPDX-License-Identifier: 0BSD
"""validate.py SOURCE FOLDER: validate the records of tests/lib/recorder.c by the schemas of their commands.

Prints the number of records with documents, then a line for each error.  Exits with 1 if there are any.
"""
import fcntl
import json
import os
import shlex
import signal
import sys

import jsonschema

# A long list is parsed in full, but only this many rows from either end are validated.
ENDS = 200


def once(pairs):
    """Reject duplicate members, which a schema cannot."""
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a member stands twice: %s" % names)
    return dict(pairs)


def shortened(document):
    for value in document.values() if isinstance(document, dict) else ():
        if isinstance(value, list) and len(value) > 2 * ENDS:
            del value[ENDS:-ENDS]
    return document


def documents(text, cut):
    """The documents in a text, where a later one starts on a line of its own."""
    decoder = json.JSONDecoder(object_pairs_hook=once, parse_constant=lambda name: name)
    at = 0
    while at < len(text):
        try:
            document, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            if cut:
                return
            raise
        yield shortened(document)
        if text[at:at + 1] != "\n" and not cut:
            raise ValueError("no newline after a document")
        at += 1


def parts(path):
    with open(path, "rb") as record:
        # A process that still writes to it holds a lock.
        fcntl.flock(record, fcntl.LOCK_SH)
        mark, rest = record.read(1), record.read()
    count, rest = rest.split(b"\n", 1)
    *words, text = rest.split(b"\0", int(count))
    words = [word.decode(errors="replace") for word in words]
    # A repeated listing may be stopped within a document.
    return words, text, mark == b"~" or any(word.startswith("--wat") for word in words)


def main(source, folder):
    schemas, found, wrong = {}, 0, []
    signal.alarm(120)
    for entry in sorted(os.listdir(folder)):
        words, text, cut = parts(os.path.join(folder, entry))
        name = os.path.basename(words[0])
        if name not in schemas:
            path = os.path.join(source, "applets", name, name + ".schema.json")
            with open(path, encoding="utf-8") as schema:
                rules = json.load(schema)
            jsonschema.Draft7Validator.check_schema(rules)
            schemas[name] = jsonschema.Draft7Validator(rules)
        # Refused arguments are answered on standard error.
        found += len(text) > 0
        try:
            for document in documents(text.decode(), cut):
                for error in schemas[name].iter_errors(document):
                    where = "/".join(str(step) for step in error.absolute_path)
                    wrong.append("%s: %s: %s" % (shlex.join(words), where, error.message[:200]))
        except ValueError as error:
            wrong.append("%s: %s" % (shlex.join(words), error))
    print(found, *wrong, sep="\n")
    return bool(wrong)


sys.exit(main(*sys.argv[1:]))
