"""Which queries are single lookups, answered without a thread.

Only a form whose cost is known: one triple pattern with a constant subject or object, nothing else. The engine looks it up in an
index, and each step of it is a row of the answer, so a limit of rows is a limit of time.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["LOOKUP_ROWS", "is_single_lookup"]

#: Rows that are read at once; an answer of more is read in a thread, from the start.
LOOKUP_ROWS = 500
#: Longer texts are not looked at.
_MAX_CHARS = 2000

_IRI = r"<[^<>\"{}|^`\\\s]*>"
_CONSTANT = rf"(?:{_IRI}|[A-Za-z][\w-]*:[\w-]+)"
_STRING = r"""(?:"[^"\\\n]*"|'[^'\\\n]*')(?:@[A-Za-z-]+)?"""
_VARIABLE = r"[?$]\w+"
#: A predicate is no path; "a" is rdf:type, of which a class has as many as there are things, but each is a row.
_PREDICATE = rf"(?:{_CONSTANT}|a|{_VARIABLE})"
_PATTERN = rf"(?:{_CONSTANT}\s+{_PREDICATE}\s+(?:{_CONSTANT}|{_STRING}|{_VARIABLE})|{_VARIABLE}\s+{_PREDICATE}\s+(?:{_CONSTANT}|{_STRING}))"
_CHEAP = re.compile(
    rf"\s*(?:PREFIX\s+[\w-]*:\s*{_IRI}\s*)*(?:SELECT\s+(?:\*|{_VARIABLE}(?:\s+{_VARIABLE})*)|ASK)\s*(?:WHERE\s*)?"
    rf"\{{\s*(?P<pattern>{_PATTERN})\s*\.?\s*\}}\s*(?:LIMIT\s+\d+\s*)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[?$](\w+)")


@lru_cache(maxsize=256)
def is_single_lookup(text: str) -> bool:
    """Whether a query is a single lookup, by subject or by object.

    Args:
        text: SPARQL, with or without declarations of prefixes.
    """
    match = _CHEAP.fullmatch(text) if len(text) <= _MAX_CHARS else None
    if match is None:
        return False
    # With one variable in two places, the engine compares what is no row.
    names = _NAME.findall(re.sub(_IRI, "", match["pattern"]))
    return len(names) == len(set(names))
