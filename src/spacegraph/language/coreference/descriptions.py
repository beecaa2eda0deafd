"""Definite descriptions that can mean one name only: "the station" after "Merrow Ice Station", "the agency".

A description may hold words of the name, or a noun of the name's class. Where two names of the text fit, neither is
taken here; the ranker, which sees distance and salience, may still decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.coreference.entities import Entities, Entity
    from spacegraph.language.coreference.expressions import Expression

__all__ = ["merge_descriptions"]

#: Nouns that say next to nothing of what they denote.
_VAGUE = frozenset(
    [
        "one",
        "thing",
        "group",
        "member",
        "part",
        "side",
        "system",
        "area",
        "region",
        "state",
        "series",
        "unit",
        "people",
        "man",
        "woman",
        "head",
        "government",
    ]
)
_COMPANIES = frozenset(("company", "firm", "corporation", "manufacturer", "startup", "start-up", "business"))
#: Bodies that are mostly known by their letters.
_BODIES = frozenset(
    ("agency", "organisation", "organization", "association", "administration", "institute", "council")
)
#: How many sentences back a person described by a role was last named.
_ROLE_WINDOW = 4
#: Steps from the root of a sentence that the subjects of its main clauses stay below.
_MAIN = 3
#: By how much one of several fitting names must be mentioned more often.
_DOMINANT = 4


def merge_descriptions(entities: Entities, gazetteer: Gazetteer) -> None:
    """Merge definite descriptions with the one name that they fit.

    Args:
        entities: Names and appositions are merged already.
        gazetteer: Says which class is a kind of which.
    """
    expressions = entities.expressions
    named = [e for e in expressions if e.kind == "name"]
    if not named:
        return
    for a in expressions:
        if (
            a.kind != "nominal"
            or a.det not in ("the", "this")
            or a.number == "plur"
            or a.owner >= 0
            or a.lemma in _VAGUE
            or a.tailed
            or len(entities.of(a.at).expressions) > 1
        ):
            continue
        fitting: dict[int, Entity] = {}
        for e in named:
            if e.start >= a.start:
                break
            entity = entities.of(e.at)
            if entity.at not in fitting and _fits(a, e, entity, gazetteer) and entities.agree(e.at, a.at):
                fitting[entity.at] = entity
        chosen = _only(entities, a, list(fitting.values()))
        if (
            chosen is not None
            and not entities.nested(chosen.at, a.at)
            and not _newer(entities, gazetteer, a, chosen)
        ):
            entities.merge(chosen.at, a.at)


def _fits(a: Expression, e: Expression, entity: Entity, gazetteer: Gazetteer) -> bool:
    if e.kind == "name" and len(e.words) > 1 and e.meaning != "person":
        name = {word.lower() for word in e.words}
        if a.lemma in name and a.modifiers <= name and (a.modifiers or e.words[-1].lower() == a.lemma):
            return True
    if a.lemma in _COMPANIES:
        return not a.modifiers and _is_company(entity, gazetteer)
    if a.lemma in _BODIES and not entity.classes:
        return a.det == "the" and not a.modifiers - {"space"} and _is_body(a, entity)
    if a.cls and not entity.classes and entity.meanings == {"thing"} and gazetteer.is_a(a.cls, "Vehicle"):
        # "The probe" may be the thing just named of which nothing else tells what it is.
        return a.det == "the" and not a.modifiers and a.sent - e.sent <= _ROLE_WINDOW
    if not a.cls or not entity.classes:
        return False
    if a.cls in (
        "Thing",
        "Agent",
        "Person",
        "Group",
        "Organisation",
        "Place",
        "Event",
        "Work",
        "Artefact",
        "Activity",
        "Project",
    ):
        return False
    # "Orbiting" of "the orbiting laboratory" is a part of what the class is called, and describes no more.
    own = {word for word in a.modifiers if f"{word} {a.lemma}" in gazetteer.nouns}
    if a.modifiers - {"space"} - own - {word.lower() for name in entity.names for word in name}:
        return False
    if a.det != "the" or a.meaning not in entity.meanings:
        return False
    return any(gazetteer.is_a(cls, a.cls) for cls in entity.classes)


def _is_company(entity: Entity, gazetteer: Gazetteer) -> bool:
    if entity.meanings != {"org"}:
        return False
    if entity.classes:
        return any(gazetteer.is_a(cls, "Company") for cls in entity.classes)
    return not any(
        name[-1].lower() in words.TYPES_OF_TAILS and name[-1].lower() not in words.CORPORATE | _COMPANY_TAILS
        for name in entity.names
    )


def _is_body(a: Expression, entity: Entity) -> bool:
    """Whether letters that nobody has explained may be those of an agency; what they stand for has to end in the noun."""
    if entity.meanings != {"org"}:
        return False
    letters = any(
        len(name) == 1 and name[0].isupper() and name[0].isalpha() and len(name[0]) > 1
        for name in entity.names
    )
    explained = [name[-1].lower() for name in entity.names if len(name) > 1]
    return letters and (not explained or a.lemma in explained)


_COMPANY_TAILS = frozenset(
    [
        "technologies",
        "industries",
        "systems",
        "aerospace",
        "aeronautics",
        "aviation",
        "motors",
        "airlines",
        "airways",
        "solutions",
    ]
)


def _only(entities: Entities, a: Expression, fitting: list[Entity]) -> Entity | None:
    """The one fitting entity, or the one that dominates the text so far and was mentioned last; else None."""
    if not fitting:
        return None
    expressions = entities.expressions

    def before(entity: Entity) -> list[int]:
        return [place for place in entity.expressions if place < a.at]

    near = [entity for entity in fitting if _is_topic(expressions, a, before(entity))]
    if len(fitting) > 1 and len(near) == 1:
        fitting = near
    if len(fitting) > 1:
        fitting = sorted(fitting, key=lambda entity: -len(before(entity)))
        if len(before(fitting[0])) < _DOMINANT * len(before(fitting[1])):
            return None
    chosen = fitting[0]
    last = expressions[before(chosen)[-1]]
    if "person" in chosen.meanings and a.sent - last.sent > _ROLE_WINDOW:
        return None
    return chosen


def _is_topic(expressions: Sequence[Expression], a: Expression, places: list[int]) -> bool:
    """Whether an entity is a subject of the sentence before a description."""
    return any(
        expressions[place].sent == a.sent - 1
        and expressions[place].role == "subj"
        and expressions[place].depth < _MAIN
        for place in places
    )


def _newer(entities: Entities, gazetteer: Gazetteer, a: Expression, chosen: Entity) -> bool:
    """Whether another thing of the kind was brought up after the name: "a second station", "its own capsule"."""
    expressions = entities.expressions
    last = max(place for place in chosen.expressions if place < a.at)
    for place in range(last + 1, a.at):
        e = expressions[place]
        if e.kind != "nominal" or e.number != a.number or entities.same(place, chosen.at):
            continue
        if e.role == "attr" and any(
            other.role == "subj" and other.verb == e.verb >= 0
            for other in (expressions[at] for at in chosen.expressions)
        ):
            # "Vela is a start-up" brings no other one up.
            continue
        if e.det in ("a", "poss", "count") and (
            e.lemma == a.lemma or (e.cls and a.cls and gazetteer.is_a(e.cls, a.cls))
        ):
            return True
    return False
