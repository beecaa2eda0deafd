"""Names that come after what they name: a pronoun glossed in brackets, a product described first and named later.

"If they (Orbitrex) leave": writers put what a pronoun of a quotation means right behind it. "Orbitrex is building its own
capsule. ... a test of Orbitrex's Halden spacecraft": news brings a thing up by what it is and gives its name when there is
more to tell. Both passes ask for signs that leave one reading only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["merge_glosses", "merge_late_names"]

_OPENING = frozenset(("(", "[", "-LRB-", "-LSB-"))
_CLOSING = frozenset((")", "]", "-RRB-", "-RSB-"))
#: How many sentences after its description a thing is named at the latest.
_WINDOW = 4
#: Words that tell a thing from another one of its maker's.
_TELLING_APART = frozenset(
    [
        "another",
        "current",
        "existing",
        "first",
        "former",
        "future",
        "last",
        "latest",
        "next",
        "old",
        "older",
        "other",
        "previous",
        "second",
        "separate",
        "third",
    ]
)


def merge_glosses(t: Tokens, entities: Entities) -> frozenset[int]:
    """Merge pronouns with the names in brackets right behind them: "they (Orbitrex)", "he [Lee]".

    Args:
        t: The text.
        entities: What of it is one thing so far.

    Returns:
        The places of the pronouns, which need no other antecedent.
    """
    names = {e.start: e for e in entities.expressions if e.kind == "name"}
    glossed: list[int] = []
    for p in entities.expressions:
        if p.kind != "pronoun" or p.pronoun in ("rel", "this", "these") or p.end >= t.size:
            continue
        name = names.get(p.end + 1) if t.text[p.end] in _OPENING else None
        if name is None or name.end >= t.size or t.text[name.end] not in _CLOSING:
            continue
        entities.merge(name.at, p.at)
        glossed.append(p.at)
    return frozenset(glossed)


def merge_late_names(t: Tokens, entities: Entities, gazetteer: Gazetteer) -> None:
    """Merge "Orbitrex's own capsule" with "Orbitrex's Halden spacecraft" further on.

    The description has an owner and no name yet; the owner has one vehicle with a name in the whole text, which is first named
    within a few sentences after the description and is of a class that suits it.

    Args:
        t: The text.
        entities: Pronouns are resolved already, so that "its own capsule" has an owner.
        gazetteer: Says which class is a kind of which.
    """
    named = [
        (e, owner)
        for e in entities.expressions
        if e.kind == "name" and (owner := _owner(t, entities, e)) >= 0
    ]
    for a in entities.expressions:
        if a.kind != "nominal" or a.owner < 0 or a.number == "plur" or not gazetteer.is_a(a.cls, "Vehicle"):
            continue
        if entities.of(a.at).names or a.modifiers & _TELLING_APART:
            continue
        found = {
            entities.of(e.at).at: e
            for e, owner in reversed(named)
            if entities.same(owner, a.owner) and _is_vehicle(entities, e, gazetteer)
        }
        if len(found) != 1:
            continue
        (first, name) = next(iter(found.items()))
        if (
            first > a.at
            and name.sent - a.sent <= _WINDOW
            and _suits(entities, a, name, gazetteer)
            and not entities.nested(a.at, name.at)
            and entities.agree(a.at, name.at)
        ):
            entities.merge(name.at, a.at)


def _owner(t: Tokens, entities: Entities, name: Expression) -> int:
    """Whose a named thing is: what stands before the name with "'s"; -1 where nothing does."""
    if name.owner >= 0:
        return name.owner
    mark = name.start - 1
    if mark < 1 or t.tag[mark] not in ("POS", "PRP$"):
        return -1
    end = mark if t.tag[mark] == "POS" else mark + 1
    return next((e.at for e in entities.expressions if e.end == end and e.kind != "set"), -1)


def _is_vehicle(entities: Entities, name: Expression, gazetteer: Gazetteer) -> bool:
    return any(gazetteer.is_a(cls, "Vehicle") for cls in entities.of(name.at).classes)


def _suits(entities: Entities, a: Expression, name: Expression, gazetteer: Gazetteer) -> bool:
    return any(
        gazetteer.is_a(cls, a.cls) or gazetteer.is_a(a.cls, cls) for cls in entities.of(name.at).classes
    )
