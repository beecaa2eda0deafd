"""What the words of a claim's object name: the things in them, the claims that stand in them, and to whom they are said."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.mapping.spoken_to import THREAT_RULE
from spacegraph.model import Argument, Entity, Literal, MentionKind
from spacegraph.vocab import ABOUT, ADDRESSEE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Fact

__all__ = ["with_named"]

_STRING = XSD + "string"
_REFERRING = (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN, MentionKind.DEMONYM)
#: An object in fewer words names nothing but itself.
_FEWEST = 2
#: An object in words is found by so many of its first words, and each other one within so many characters of the one before.
_BEGINNING = 4
_FARTHEST = 80
_CLOSING = frozenset('”"»')
#: What hangs on a noun and is not what it means.
_ELSE = frozenset(("appos", "cc", "conj", "punct"))
_Stretch = tuple[int, int]


def with_named(facts: Sequence[Fact], referents: Referents) -> tuple[Fact, ...]:
    """Facts whose object is a clause or a description, with what that names beside them.

    “Kovar threatened to leave Heron Station”: the threat is about the station, and its content is that she would leave it.
    What the fact's own subject and object are is not named again.

    Args:
        facts: All facts of an article.
        referents: Its entities.

    Returns:
        The same facts in the same order, some with ``links`` and ``content``.
    """
    things = sorted(_named(referents))
    starts = [start for start, _, _ in things]
    places = sorted((e.start, e.end, k) for k, fact in enumerate(facts) for e in fact.evidence)
    begins = [start for start, _, _ in places]
    descriptions, spoken = _descriptions(referents), _addressees(referents)
    out = []
    for fact in facts:
        links: set[tuple[str, Entity]] = set()
        content: set[str] = set()
        for start, end in _stretches(fact, descriptions, referents.article.text):
            for _, stop, thing in things[bisect_left(starts, start) : bisect_left(starts, end)]:
                if stop <= end and thing not in (fact.subject, fact.object):
                    links.add((ABOUT, thing))
            # The evidence of a claim may begin with its subject or with what governs it: "Kovar threatens to leave".
            since = min(e.start for e in fact.evidence)
            for _, stop, k in places[bisect_left(begins, min(start, since)) : bisect_left(begins, end)]:
                if stop > start and _is_content(facts[k], fact):
                    content.add(facts[k].id)
        if isinstance(fact.object, Literal):
            told = spoken.get(fact.subject, ())
            for evidence in fact.evidence:
                for _, to in told[
                    bisect_left(told, evidence.start, key=itemgetter(0)) : bisect_left(
                        told, evidence.end, key=itemgetter(0)
                    )
                ]:
                    links.add((ADDRESSEE, to))
        out.append(
            replace(fact, links=tuple(sorted(links)), content=tuple(sorted(content)))
            if links or content
            else fact
        )
    return tuple(out)


def _is_content(claim: Fact, fact: Fact) -> bool:
    """Whether a claim that stands in the words of a fact's object is what they say: not what the object is, nor the fact itself."""
    same = claim.subject == fact.subject and claim.property_iri == fact.property_iri
    return not (same or claim.inferred or fact.object in (claim.subject, claim.object))


def _named(referents: Referents) -> Iterator[tuple[int, int, Entity]]:
    """Characters of the article that name a thing, and the thing."""
    for k, mention in enumerate(referents.mentions):
        if mention.kind not in _REFERRING:
            continue
        argument = Argument(role="", start=mention.start, end=mention.end, head=mention.head, mention=k)
        words = referents.evidence_of(referents.doc[mention.start : mention.end])
        for filler in referents.fillers(argument):
            if filler.named and isinstance(filler.value, Entity):
                yield words.start, words.end, filler.value


def _descriptions(referents: Referents) -> dict[str, list[_Stretch]]:
    """Where a thing without a name is described with all that belongs to its noun, by its IRI."""
    found: dict[str, list[_Stretch]] = {}
    for k, mention in enumerate(referents.mentions):
        cluster = referents.cluster_of.get(k, -1)
        if mention.kind is not MentionKind.NOMINAL or cluster < 0:
            continue
        entity = referents.entity(cluster)
        if entity is None or entity[1]:
            continue
        end = max(mention.end, _end_of(referents.doc[mention.head]))
        words = referents.evidence_of(referents.doc[mention.start : end])
        found.setdefault(entity[0].iri, []).append((words.start, words.end))
    return found


def _end_of(noun: Token) -> int:
    """The token after what belongs to a noun, without what is joined to it or to a word of it."""
    end, waiting = noun.i + 1, [noun]
    while waiting:
        found = [child for child in waiting.pop().rights if child.dep_ not in _ELSE]
        end = max([end, *(child.i + 1 for child in found)])
        waiting += found
    return end


def _addressees(referents: Referents) -> dict[Entity, list[tuple[int, Entity]]]:
    """The quotations of each speaker that are told somebody, in order: the first character, and to whom."""
    found: dict[Entity, list[tuple[int, Entity]]] = {}
    for quotation in annotation.quotations(referents.doc):
        if quotation.speaker < 0 or quotation.addressee < 0 or quotation.end <= quotation.start:
            continue
        speaker, to = referents.source(quotation.speaker), referents.source(quotation.addressee)
        if speaker is not None and to is not None and speaker != to:
            start = referents.evidence_of(referents.doc[quotation.start : quotation.start + 1]).start
            found.setdefault(speaker, []).append((start, to))
    return {speaker: sorted(told) for speaker, told in found.items()}


def _stretches(fact: Fact, descriptions: dict[str, list[_Stretch]], text: str) -> Iterator[_Stretch]:
    """The characters of the article that the object of a fact stands for, where it is more than a name."""
    if isinstance(fact.object, Entity):
        for start, end in descriptions.get(fact.object.iri, ()):
            if any(e.start <= start < e.end for e in fact.evidence):
                yield start, end
        if fact.rule == THREAT_RULE:
            # The words are the threat.
            yield from ((e.start, e.end) for e in fact.evidence)
        return
    words = fact.object.value.split()
    if fact.object.datatype != _STRING or len(words) < _FEWEST:
        return
    for evidence in fact.evidence:
        yield from _found(words, text, evidence.start, evidence.end)


def _found(words: list[str], text: str, start: int, end: int) -> Iterator[_Stretch]:
    """Where words stand in a text, from a place on: one stretch, or several where the reporter breaks in on what is quoted.

    Some words may not be found: names have come into the place of pronouns.
    """
    beginnings = (" ".join(words[:n]) for n in range(min(len(words), _BEGINNING), 0, -1))
    first = at = next((place for b in beginnings if (place := text.find(b, start, end)) >= 0), -1)
    if first < 0:
        return
    for word in words:
        place = text.find(word, at, at + len(word) + _FARTHEST)
        if place < 0:
            continue
        if not _CLOSING.isdisjoint(text[at:place]) and any(c.isalpha() for c in text[at:place]):
            yield first, at
            first = place
        at = place + len(word)
    yield first, at
