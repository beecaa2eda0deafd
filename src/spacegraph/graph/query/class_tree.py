"""The classes of the ontology and which lie within which, for questions: a graph names the class of a thing and no more."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from spacegraph.ontology import default_path
from spacegraph.vocab import RDFS, SG

__all__ = ["PLACE", "PLACE_OF_CLASS", "class_tree", "with_class_tree"]

#: Where a named question wants the tree: a list of texts, "spacestation in vehicle".
PLACE = '"class tree"'
#: Where a named question takes a class.
PLACE_OF_CLASS = re.compile(r"LCASE\(REPLACE\(STR\(\$(\w+)\)")
_WITHIN = RDFS + "subClassOf"


@cache
def class_tree() -> tuple[tuple[str, str], ...]:
    """Pairs of local names of the built-in classes: a class and one that it lies within, however far up; sorted."""
    parents: dict[str, set[str]] = {}
    for quad in ox.parse(path=default_path("spacegraph.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value != _WITHIN or not isinstance(quad.subject, ox.NamedNode):
            continue
        child, parent = quad.subject.value, getattr(quad.object, "value", "")
        if child.startswith(SG) and parent.startswith(SG):
            parents.setdefault(child.removeprefix(SG), set()).add(parent.removeprefix(SG))
    pairs: set[tuple[str, str]] = set()
    for child, direct in parents.items():
        above = set(direct)
        while above:
            pairs |= {(child, parent) for parent in above}
            above = {higher for parent in above for higher in parents.get(parent, ())}
            above -= {parent for parent in above if (child, parent) in pairs}
    return tuple(sorted(pairs))


def with_class_tree(text: str) -> str:
    """The text of a named question with the tree where it wants it."""
    if PLACE not in text:
        return text
    return text.replace(PLACE, ", ".join(f'"{child} in {parent}"'.lower() for child, parent in class_tree()))
