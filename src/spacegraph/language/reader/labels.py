"""The texts by which the reader knows the properties of an ontology.

>>> label_text("headOf", "Leads.", ("Person",), ("Organisation",))
'head of (person, organisation): Leads.'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["label_text", "words_of"]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_+|(?<=[A-Z])(?=[A-Z][a-z])")
#: Identifiers before a label, as Wikidata's exports have them: "P69 educated at".
_IDENTIFIER = re.compile(r"^[PQ]\d+[\s:_-]+(?=\w)")
#: More names of classes than this say nothing.
_FEW = 3


def words_of(label: str) -> str:
    """A label's words: "educatedAt", "educated_at" and "P69 educated at" are "educated at"."""
    return " ".join(_CAMEL.sub(" ", _IDENTIFIER.sub("", label)).split()).lower()


def label_text(label: str, definition: str, domains: Iterable[str], ranges: Iterable[str]) -> str:
    """What the encoder reads for a property: its label, between what it holds, and what it means.

    Args:
        label: The property's label or local name.
        definition: A sentence or "".
        domains: Local names of classes.
        ranges: Local names of classes or IRIs of datatypes.
    """
    named = [_classes(domains), _classes(ranges)]
    between = f" ({named[0] or 'thing'}, {named[1] or 'thing'})" if any(named) else ""
    return f"{words_of(label)}{between}" + (f": {definition}" if definition else "")


def _classes(names: Iterable[str]) -> str:
    words = [words_of(n.rpartition("#")[2].rpartition("/")[2]) for n in names]
    words = [w for w in words if w != "thing"]
    return " or ".join(words) if len(words) <= _FEW else ""
