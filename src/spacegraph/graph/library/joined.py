"""Who is who among the readings of several articles that go into one graph: by the decision of a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph import vocab
from spacegraph.graph.library.identity import partition
from spacegraph.graph.library.stored_article import Description
from spacegraph.graph.rdf.terms import iri_text, literal_text
from spacegraph.model import Entity, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.graph.library.identity import Identity

__all__ = ["Reading", "joined"]

#: The identifier of an article, its facts and its named things.
Reading = tuple[str, tuple[Fact, ...], tuple[Entity, ...]]


def joined(readings: Iterable[Reading], identity: Identity) -> list[Reading]:
    """The readings with things of one name apart where a store to which the articles are added keeps them apart.

    Of one article alone nothing changes: its names are its own business.
    """
    given = list(readings)
    if len(given) < 2:
        return given
    blocks: dict[str, dict[str, Description]] = defaultdict(dict)
    profiles: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(dict)
    for doc_id, facts, entities in given:
        for thing in (*entities, *(t for fact in facts for t in _things(fact))):
            blocks[thing.iri].setdefault(
                doc_id,
                Description(
                    doc_id=doc_id,
                    original=thing.iri,
                    label=thing.label,
                    cls=thing.type_iri or vocab.OWL + "Thing",
                ),
            )
        for fact in facts:
            if fact.is_plain and fact.property_iri in identity.profiled:
                value = (
                    iri_text(fact.object.iri)
                    if isinstance(fact.object, Entity)
                    else literal_text(fact.object.value, fact.object.datatype)
                )
                of_thing = profiles[fact.subject.iri].setdefault(doc_id, defaultdict(set))
                of_thing[fact.property_iri].add(value)
    renamed: dict[str, dict[str, str]] = defaultdict(dict)
    for original, descriptions in blocks.items():
        known = {
            doc_id: {name: frozenset(values) for name, values in profile.items()}
            for doc_id, profile in profiles[original].items()
        }
        for doc_id, iri in partition(descriptions.values(), known, identity).items():
            if iri != original:
                renamed[doc_id][original] = iri
    return [
        (
            doc_id,
            _renamed_facts(facts, renamed[doc_id]),
            tuple(_renamed(t, renamed[doc_id]) for t in entities),
        )
        if doc_id in renamed
        else (doc_id, facts, entities)
        for doc_id, facts, entities in given
    ]


def _things(fact: Fact) -> list[Entity]:
    things = (fact.subject, fact.object, fact.attributed_to, *(thing for _, thing in fact.links))
    return [thing for thing in things if isinstance(thing, Entity)]


def _renamed(thing: Entity, iris: dict[str, str]) -> Entity:
    return replace(thing, iri=iris[thing.iri]) if thing.iri in iris else thing


def _renamed_facts(facts: tuple[Fact, ...], iris: dict[str, str]) -> tuple[Fact, ...]:
    """Facts about the things that were renamed; other facts are named as they are called now."""
    done = [
        replace(
            fact,
            subject=_renamed(fact.subject, iris),
            object=_renamed(fact.object, iris) if isinstance(fact.object, Entity) else fact.object,
            attributed_to=None if fact.attributed_to is None else _renamed(fact.attributed_to, iris),
            links=tuple((role, _renamed(thing, iris)) for role, thing in fact.links),
        )
        for fact in facts
    ]
    now = {before.id: after.id for before, after in zip(facts, done, strict=True)}
    return tuple(
        replace(
            f,
            premises=tuple(now.get(i, i) for i in f.premises),
            content=tuple(now.get(i, i) for i in f.content),
        )
        if f.premises or f.content
        else f
        for f in done
    )
