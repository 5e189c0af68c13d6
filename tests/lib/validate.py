# SPDX-License-Identifier: 0BSD
"""validate.py SCHEMA DOCUMENT: 0 if the document is JSON of the schema; each object's members once."""
import json
import sys

import jsonschema


def once(pairs):
    """A member that stands twice is none of a schema's business, but of ours."""
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a member stands twice: %s" % names)
    return dict(pairs)


with open(sys.argv[1], encoding="utf-8") as schema, open(sys.argv[2], encoding="utf-8") as document:
    rules = json.load(schema)
    jsonschema.Draft7Validator.check_schema(rules)
    jsonschema.Draft7Validator(rules).validate(json.load(document, object_pairs_hook=once))
