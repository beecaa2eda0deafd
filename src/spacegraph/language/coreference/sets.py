"""Sets whose members the text names: "the two women", "both companies", "they" after two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words

if TYPE_CHECKING:
    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["find_members", "merge_sets"]

_COUNTS = {
    "pair": 2,
    "duo": 2,
    "couple": 2,
    "twosome": 2,
    "trio": 3,
    "threesome": 3,
    "quartet": 4,
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
}
#: Nouns for any people: they add nothing to what the names say.
_PEOPLE = frozenset(("", "pair", "duo", "couple", "trio", "quartet", "both", "two", "three", "four"))
#: How many sentences back the members may stand.
_WINDOW = 2


def merge_sets(t: Tokens, entities: Entities) -> None:
    """Give counted definite phrases the members that the sentences before them name, if it is just as many."""
    for a in entities.expressions:
        if a.kind != "nominal" or a.owner >= 0 or a.tailed or not (a.number == "plur" or a.lemma in _COUNTS):
            continue
        definite = a.det in ("the", "this") or t.lower[a.start] == "both"
        count = a.count or _COUNTS.get(a.lemma, 0) or (2 if t.lower[a.start] == "both" else 0)
        count = count or next((_COUNTS[word] for word in sorted(a.modifiers) if word in _COUNTS), 0)
        entity = entities.of(a.at)
        if not definite or count < 2 or entity.members or len(entity.expressions) > 1:
            continue
        if any(not word.isdigit() and word not in _COUNTS for word in a.modifiers):
            # "the two Russian pilots": that the names before it are Russians is not said.
            continue
        meaning = "person" if a.lemma in _PEOPLE else a.meaning
        gender = (
            "fem"
            if _singular(a.lemma) in words.FEMALE_NOUNS
            else "masc"
            if _singular(a.lemma) in words.MALE_NOUNS
            else ""
        )
        group = _coordination(entities, a, count, meaning)
        if group is not None:
            entities.merge(group.at, a.at)
            continue
        members = find_members(entities, a, count, meaning, gender)
        if members:
            entity.members = members


def find_members(
    entities: Entities, a: Expression, count: int, meaning: str, gender: str = ""
) -> tuple[int, ...]:
    """The names of a kind in the sentences before an expression, if there are just as many as it counts.

    Returns:
        Places of one expression of each; empty where more or fewer are named.
    """
    if not meaning:
        return ()
    found: dict[int, int] = {}
    sent = a.sent
    for at in range(a.at - 1, -1, -1):
        e = entities.expressions[at]
        if e.sent != sent:
            if len(found) >= count or a.sent - e.sent > _WINDOW:
                break
            sent = e.sent
        if e.kind != "name" or e.role == "mod":
            continue
        entity = entities.of(e.at)
        if meaning not in entity.meanings or (gender and entity.genders and gender not in entity.genders):
            continue
        found[entity.at] = e.at
    return tuple(sorted(found.values())) if len(found) == count else ()


def _coordination(entities: Entities, a: Expression, count: int, meaning: str) -> Expression | None:
    for at in range(a.at - 1, -1, -1):
        e = entities.expressions[at]
        if a.sent - e.sent > _WINDOW:
            return None
        if e.kind == "set" and e.count == count and (not meaning or meaning in entities.of(at).meanings):
            return e
    return None


def _singular(lemma: str) -> str:
    return {"men": "man", "women": "woman"}.get(lemma, lemma)
