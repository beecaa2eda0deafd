"""Facts in the form in which a graph keeps them, so that nothing changes on the way to a file and back.

One thing has one label, one class and one set of aliases; a claim that an article makes twice is one fact with
the evidence of both; literals are in canonical form. The order is that of the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacegraph.errors import StoreError
from spacegraph.graph.rdf.terms import canonical_literal, time_literal
from spacegraph.model import Article, Entity, Evidence, Fact, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Contents", "fact_order", "joined", "normalise"]

#: Decimal places that a confidence keeps.
CONFIDENCE_PLACES = 6


@dataclass(frozen=True, slots=True)
class Contents:
    """What a graph holds: facts in the order of the text, entities by IRI, articles by identifier.

    ``ids`` has the identifier of each fact, in the order of the facts: they cost a hash each. ``nodes`` has the IRIs of
    statements that are not made of the identifier of their fact, and that identifier: a thing in the fact was merged into
    another, or told from one of its name, or somebody else has named the statement.
    """

    facts: tuple[Fact, ...]
    ids: tuple[str, ...]
    entities: dict[str, Entity]
    articles: dict[str, Article]
    nodes: dict[str, str] = field(default_factory=dict)


def fact_order(fact: Fact, identifier: str) -> tuple[str, int, int, str, str]:
    """A sort key: by article, then by the first words of evidence."""
    first = fact.evidence[0] if fact.evidence else None
    return (
        fact.doc_id,
        first.start if first else -1,
        first.end if first else -1,
        fact.property_iri,
        identifier,
    )


def normalise(
    facts: Iterable[Fact], *, articles: Iterable[Article] = (), entities: Iterable[Entity] = ()
) -> Contents:
    """Bring facts, their entities and articles into the form that a graph keeps.

    Args:
        facts: Facts of one or many articles, in any order.
        articles: What is known of the articles; those that only facts name are added without text.
        entities: Named things whether or not a fact speaks of them.

    Raises:
        StoreError: A confidence lies outside 0 to 1, or a literal or time cannot stand in a graph.
    """
    given = list(facts)
    things = _one_description_each(given, entities)
    renamed: dict[str, str] = {}
    found: dict[str, Fact] = {}
    for fact in given:
        kept = _canonical(fact, things)
        identifier = _identifier(kept)
        if isinstance(fact.object, Literal) or fact.time != kept.time:
            renamed[fact.id] = identifier
        twin = found.get(identifier)
        found[identifier] = joined(twin, kept) if twin else kept
    if any(old != new for old, new in renamed.items()):
        for identifier, fact in found.items():
            if fact.premises or fact.content:
                premises, content = (
                    tuple(sorted({renamed.get(i, i) for i in ids})) for ids in (fact.premises, fact.content)
                )
                found[identifier] = replace(fact, premises=premises, content=content)
    _require_one_text_each(found.values())
    ordered = sorted(found.items(), key=lambda item: fact_order(item[1], item[0]))
    texts = {article.id: article for article in articles}
    for fact in found.values():
        if fact.doc_id not in texts:
            texts[fact.doc_id] = Article(id=fact.doc_id, text="")
    return Contents(
        facts=tuple(fact for _, fact in ordered),
        ids=tuple(identifier for identifier, _ in ordered),
        entities=dict(sorted(things.items())),
        articles=dict(sorted(texts.items())),
    )


def _one_description_each(facts: list[Fact], entities: Iterable[Entity]) -> dict[str, Entity]:
    """Every entity by IRI, with the label and class that it has most often, and all its aliases."""
    seen: dict[str, Counter[Entity]] = {}
    # Counting by value would hash every string of an entity for every fact; one object is often repeated.
    by_identity: dict[int, tuple[Entity, int]] = {}
    for entity in _mentioned(facts, entities):
        known = by_identity.get(id(entity))
        by_identity[id(entity)] = (entity, known[1] + 1 if known else 1)
    aliases: dict[str, set[str]] = {}
    same: dict[str, set[str]] = {}
    for entity, count in by_identity.values():
        seen.setdefault(entity.iri, Counter())[entity] += count
        aliases.setdefault(entity.iri, set()).update((*entity.aliases, entity.label))
        same.setdefault(entity.iri, set()).update(entity.same_as)
    things = {}
    for iri, counts in seen.items():
        labels: Counter[str] = Counter()
        types: Counter[tuple[str, str]] = Counter()
        for entity, count in counts.items():
            labels[entity.label] += count
            types[entity.type, entity.type_iri] += count
        label = min(labels, key=lambda text: (-labels[text], text))
        # "Thing" says nothing: any other class is better.
        cls, cls_iri = min(types, key=lambda pair: (pair[0] == "Thing", -types[pair], pair))
        things[iri] = Entity(
            iri=iri,
            label=label,
            type=cls,
            type_iri=cls_iri,
            aliases=tuple(sorted(aliases[iri] - {label})),
            same_as=tuple(sorted(same[iri])),
        )
    return things


def _mentioned(facts: list[Fact], entities: Iterable[Entity]) -> Iterable[Entity]:
    yield from entities
    for fact in facts:
        yield fact.subject
        if isinstance(fact.object, Entity):
            yield fact.object
        if fact.attributed_to:
            yield fact.attributed_to
        for _, thing in fact.links:
            yield thing


def _canonical(fact: Fact, things: dict[str, Entity]) -> Fact:
    if not 0 <= fact.confidence <= 1:
        message = f"The fact {fact.subject.label} – {fact.relation} – {fact.object.label} has confidence {fact.confidence}; it must lie in 0 to 1."
        raise StoreError(message)
    obj = fact.object
    return Fact(
        doc_id=fact.doc_id,
        subject=things[fact.subject.iri],
        property_iri=fact.property_iri,
        object=things[obj.iri] if isinstance(obj, Entity) else canonical_literal(obj.value, obj.datatype),
        factuality=fact.factuality,
        attributed_to=things[fact.attributed_to.iri] if fact.attributed_to else None,
        time=time_literal(fact.time).value if fact.time else "",
        confidence=round(float(fact.confidence), CONFIDENCE_PLACES),
        evidence=_evidence(fact),
        rule=fact.rule,
        inferred=fact.inferred,
        premises=tuple(sorted(set(fact.premises))),
        ended=fact.ended,
        links=tuple(sorted({(role, things[thing.iri]) for role, thing in fact.links})),
        content=tuple(sorted(set(fact.content))),
    )


def _identifier(fact: Fact) -> str:
    try:
        return fact.id
    except UnicodeEncodeError as error:
        message = f"The fact {fact.subject.label!r} – {fact.relation} – {fact.object.label!r} of article {fact.doc_id!r} has half of a surrogate pair in it, which no RDF file can hold. Decode the article again, with errors='replace'."
        raise StoreError(message) from error


def _evidence(fact: Fact) -> tuple[Evidence, ...]:
    filled = {e if e.doc_id else replace(e, doc_id=fact.doc_id) for e in fact.evidence}
    return tuple(filled) if len(filled) < 2 else tuple(sorted(filled))


def _require_one_text_each(facts: Iterable[Fact]) -> None:
    """The same characters of the same article cannot be two texts."""
    texts: dict[tuple[str, int, int], str] = {}
    for fact in facts:
        for evidence in fact.evidence:
            known = texts.setdefault((evidence.doc_id, evidence.start, evidence.end), evidence.text)
            if known != evidence.text:
                message = f"Characters {evidence.start} to {evidence.end} of article {evidence.doc_id!r} cannot be both {known[:60]!r} and {evidence.text[:60]!r}. Give each article an identifier of its own."
                raise StoreError(message)


def joined(one: Fact, other: Fact) -> Fact:
    """Two mentions of one claim: the surer reading, with the evidence of both."""
    better = min((one, other), key=lambda fact: (fact.inferred, -fact.confidence, fact.rule))
    return replace(
        better,
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        premises=tuple(sorted({*one.premises, *other.premises})) if better.inferred else better.premises,
        links=tuple(sorted({*one.links, *other.links})),
        content=tuple(sorted({*one.content, *other.content})),
    )
