"""One claim, once: what several places or several readers say alike becomes one fact with all its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language.factuality.relations import less_assertive
from spacegraph.model import Entity, Fact, Factuality, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.mapping.by_relations import Calibration
    from spacegraph.model import Evidence
    from spacegraph.ontology import Ontology

__all__ = ["add", "joined", "without_doubts", "without_weaker"]

#: Words that two objects must share, of the shorter one, to be one object told in more words or fewer.
_SHARED = 0.6
#: How sure the reader must be of one property where the lexicon reads another between the same words: less sure, it is right 4 times in 10.
_BESIDE = 0.6


def add(merged: dict[str, Fact], fact: Fact) -> None:
    """Put a fact among those found so far, or its evidence to the same one."""
    old = merged.get(fact.id)
    if old is None:
        merged[fact.id] = fact
        return
    best = max(old, fact, key=lambda f: f.confidence)
    inferred = old.inferred and fact.inferred
    merged[fact.id] = replace(
        best,
        evidence=_both(old.evidence, fact.evidence),
        inferred=inferred,
        premises=best.premises if inferred else (),
    )


def _both(old: tuple[Evidence, ...], new: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence of two facts in order; what comes in order, as from a text that says one thing a thousand times, is not sorted anew."""
    if len(new) == 1 and old and old[-1] < new[0]:
        return old + new
    return tuple(sorted({*old, *new}))


def without_weaker(facts: list[Fact]) -> list[Fact]:
    """Drop from each claim the copies that only lack the time that another copy of it has."""
    timed = {_claim(f) for f in facts if f.time}
    return [f for f in facts if f.time or _claim(f) not in timed]


def without_doubts(facts: Iterable[Fact]) -> list[Fact]:
    """Drop what was once supposed, without a time of its own, where the article asserts it."""
    found = list(facts)
    asserted = {_triple(f) for f in found if f.factuality is Factuality.ASSERTED}
    return [
        f
        for f in found
        if f.factuality is not Factuality.HYPOTHETICAL or f.time or _triple(f) not in asserted
    ]


def joined(
    facts: Iterable[Fact],
    read: Iterable[Fact],
    ontology: Ontology,
    calibration: Calibration,
    *,
    agreeing: str = "",
) -> list[Fact]:
    """The facts of the lexicon together with those that the trained reader read, with calibrated confidence.

    What both say is surer than what one says, and put as the lexicon's proposition puts it. The reader's copy of a fact that
    the lexicon tells the other way round (a symmetric or inverse property), or in other words of the same sentence, goes.

    Args:
        facts: The lexicon's.
        read: The reader's, with the confidence of what only the reader reads.
        ontology: Tells which properties are symmetric or inverse.
        calibration: What confidence and probability are worth, and from which confidence on the reader's own facts are told.
        agreeing: What is added to the rule of a fact with which the reader agrees; of their factualities the less assertive
            then holds. "" adds nothing, and leaves the lexicon's.
    """
    told = list(facts)
    found = told.copy()
    agreed: dict[int, float] = {}
    places: dict[tuple[str, str, str], list[int]] = {}
    by_end: dict[tuple[str, str], list[int]] = {}
    by_ends: dict[tuple[str, str], list[int]] = {}

    def index(n: int, fact: Fact) -> None:
        places.setdefault(_triple(fact), []).append(n)
        by_ends.setdefault((fact.subject.iri, _object(fact)), []).append(n)
        for end in (fact.subject.iri, _object(fact)):
            by_end.setdefault((fact.property_iri, end), []).append(n)

    for n, fact in enumerate(found):
        index(n, fact)
    of_lexicon = len(found)
    for fact in sorted(read, key=lambda f: (-f.confidence, f.evidence, f.id)):
        same = next((places[t] for t in _turned(fact, ontology) if t in places), [])
        if not same:
            near = (
                *by_end.get((fact.property_iri, fact.subject.iri), ()),
                *by_end.get((fact.property_iri, _object(fact)), ()),
            )
            same = [n for n in near if _same_words(found[n], fact)]
        here = [n for n in same if n < of_lexicon and _same_place(told[n], fact)]
        alike = [n for n in same if found[n].factuality is fact.factuality]
        for n in here:
            agreed[n] = max(agreed.get(n, 0.0), fact.confidence)
            if agreeing:
                found[n] = replace(found[n], factuality=less_assertive(found[n].factuality, fact.factuality))
        if not here:
            # Another place that says so, by the reader's own words or those of the lexicon.
            for n in alike:
                if _triple(found[n]) == _triple(fact):
                    found[n] = replace(found[n], evidence=_both(found[n].evidence, fact.evidence))
        if here or alike:
            continue
        beside = by_ends.get((fact.subject.iri, _object(fact)), ())
        if fact.confidence < _BESIDE and any(n < of_lexicon and _same_place(found[n], fact) for n in beside):
            continue
        if fact.confidence >= calibration.least and not _is_turned(fact, found, by_ends):
            index(len(found), fact)
            found.append(fact)
    for n in range(of_lexicon):
        fact = found[n]
        confidence = (
            calibration.of_both(fact.confidence, agreed[n])
            if n in agreed
            else calibration.of_lexicon(fact.rule, fact.confidence)
        )
        rule = f"{fact.rule}+{agreeing}" if agreeing and n in agreed else fact.rule
        found[n] = replace(fact, confidence=confidence, rule=rule)
    return found


def _is_turned(fact: Fact, found: list[Fact], by_ends: dict[tuple[str, str], list[int]]) -> bool:
    """Whether the same words tell the same of the other end already: who is aboard a ship is of its crew."""
    turned = by_ends.get((_object(fact), fact.subject.iri), ())
    return any(_same_place(found[n], fact) for n in turned)


def _same_place(a: Fact, b: Fact) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a.evidence for y in b.evidence)


def _same_words(a: Fact, b: Fact) -> bool:
    """Whether two facts of one property that share an end only word the other end differently."""
    if not _same_place(a, b):
        return False
    if (
        isinstance(a.object, Literal)
        and isinstance(b.object, Literal)
        and a.object.datatype != b.object.datatype
    ):
        return False
    ends = [(a.subject.label, b.subject.label), (a.object.label, b.object.label)]
    for one, other in ends:
        words, others = set(one.lower().split()), set(other.lower().split())
        if len(words & others) < _SHARED * min(len(words), len(others)):
            return False
    return True


def _turned(fact: Fact, ontology: Ontology) -> list[tuple[str, str, str]]:
    """A fact's triple, and those that say the same the other way round."""
    triples = [_triple(fact)]
    property_ = ontology.find_property(fact.property_iri)
    if property_ is not None and isinstance(fact.object, Entity):
        turned = fact.object.iri, fact.subject.iri
        if property_.symmetric:
            triples.append((turned[0], fact.property_iri, turned[1]))
        inverse = [
            p.iri
            for p in ontology.properties.values()
            if p.name == property_.inverse or (p.inverse and p.inverse == property_.name)
        ]
        triples += [(turned[0], iri, turned[1]) for iri in inverse]
    return triples


def _triple(fact: Fact) -> tuple[str, str, str]:
    return fact.subject.iri, fact.property_iri, _object(fact)


def _object(fact: Fact) -> str:
    return fact.object.iri if isinstance(fact.object, Entity) else fact.object.value


def _claim(fact: Fact) -> tuple[str, str, str, str, str, bool]:
    said_by = fact.attributed_to.iri if fact.attributed_to else ""
    return fact.subject.iri, fact.property_iri, _object(fact), fact.factuality, said_by, fact.ended
