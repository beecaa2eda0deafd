"""Lexicon entries from examples: which word, with which of its arguments, expresses which property.

After M-ATOLL (Walter, Unger and Cimiano 2014), which finds Lemon entries in dependency patterns; here the patterns are
the propositions that the language side reads, so that what is learnt is in the form that people write and one matcher
reads. How far an entry can be trusted is counted on examples other than the one that suggested it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.learning.candidates import bare
from spacegraph.learning.derive import entry_name, with_value_ranges
from spacegraph.learning.extraction import with_clued_facts
from spacegraph.learning.labels import likeness
from spacegraph.lexicon import ROLES, Sense, change_time
from spacegraph.mapping import Mapper
from spacegraph.mapping.matching import by_role
from spacegraph.model import Article, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from spacegraph.learning.examples import Example
    from spacegraph.lexicon import Lexicon
    from spacegraph.model import Cluster, Mention
    from spacegraph.ontology import Ontology

__all__ = ["learn_senses", "read_by_senses", "reading_pipeline"]

#: Least likeness of a mention to a label for the two to be one thing.
LEAST_LIKENESS = 0.5
#: Entries with less than this are not written.
LEAST_CONFIDENCE = 0.5
_WRITABLE = frozenset(ROLES.values())
#: Words that join anything to anything: an entry for one is learnt only from several examples.
_LIGHT = frozenset(("be", "have", "do", "make", "take", "get", "include", "become"))
#: How many examples an entry for such a word needs.
LIGHT_SUPPORT = 3

_Key = tuple[PropositionKind, str, str, str, str]


@dataclass(slots=True)
class _Evidence:
    """Where a pattern fired, and in which of these examples a triple agrees."""

    fired: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    example: str = ""

    def held_out(self) -> tuple[int, int]:
        """How often it was right, and fired, counting each example only if another one suggests the pattern."""
        right = fired = 0
        for key, n in self.fired.items():
            if len(self.right) > (key in self.right):
                right += self.right.get(key, 0)
                fired += n
        return right, fired

    def confidence(self) -> float:
        right, fired = self.held_out()
        return round((right + 1) / (fired + 2), 2)


def learn_senses(ontology: Ontology, examples: Sequence[Example]) -> tuple[Sense, ...]:
    """Entries that examples suggest, the most general ones, in a fixed order.

    Args:
        ontology: Facts obey its domains and ranges.
        examples: Sentences with triples whose relations are local names of properties.

    Returns:
        Senses with the origin "learnt: N of M", where N of M times that the pattern fired a triple agrees.
    """
    found: dict[_Key, dict[str, _Evidence]] = defaultdict(lambda: defaultdict(_Evidence))
    nouns = frozenset(noun.split()[-1] for c in ontology.classes.values() for noun in c.nouns if noun)
    docs = reading_pipeline(ontology).pipe(e.sent for e in examples)
    for example, doc in zip(examples, docs, strict=True):
        _collect(example, doc, nouns, found)
    senses = []
    for (kind, lemma, subject, object_, _), by_relation in sorted(found.items(), key=lambda x: x[0]):
        for relation, evidence in sorted(by_relation.items()):
            if not relation or not evidence.right:
                continue
            # Every relation of a pattern is judged by every firing of it.
            evidence.fired = by_relation[""].fired
            confidence = evidence.confidence()
            support = len(evidence.right)
            if confidence < LEAST_CONFIDENCE or (lemma in _LIGHT and support < LIGHT_SUPPORT):
                continue
            property_ = ontology.find_property(relation)
            if property_ is None:
                continue
            senses.append(
                Sense(
                    entry=f"{entry_name(lemma)}-{kind}-learnt",
                    kind=kind,
                    forms=(lemma,),
                    property_iri=property_.iri,
                    subject_roles=(subject,),
                    object_roles=(object_,),
                    confidence=confidence,
                    example=evidence.example,
                    origin=f"learnt: {sum(evidence.right.values())} of {sum(evidence.fired.values())}",
                )
            )
    return tuple(senses)


def read_by_senses(
    ontology: Ontology, lexicon: Lexicon, texts: Iterable[str]
) -> Iterator[list[tuple[str, str, str]]]:
    """The facts of texts of a sentence or a few each, as triples of labels and local names."""
    mapper = Mapper(with_value_ranges(ontology), lexicon, clued=with_clued_facts)
    texts = list(texts)
    for n, (text, doc) in enumerate(zip(texts, reading_pipeline(ontology).pipe(texts), strict=True)):
        facts = mapper.facts(doc, Article(id=str(n), text=text))
        yield list(dict.fromkeys((f.subject.label, f.relation, f.object.label) for f in facts))


def _collect(
    example: Example, doc: Doc, nouns: frozenset[str], found: dict[_Key, dict[str, _Evidence]]
) -> None:
    """Add what one example says. ``nouns`` are the last words of nouns for the ontology's classes."""
    mentions = annotation.mentions(doc)
    clusters = annotation.clusters(doc)
    names = _names(doc, mentions, clusters)
    firings: dict[tuple[_Key, str], set[tuple[str, str]]] = defaultdict(set)
    hits: dict[tuple[_Key, str], set[tuple[str, str]]] = defaultdict(set)
    for proposition in annotation.propositions(doc):
        if doc[proposition.head].pos_ == "PROPN" and proposition.lemma.lower() not in nouns:
            # "Berlin, Germany" says nothing about the word "Berlin"; "Vennel Bridge in Corby" does about bridges.
            continue
        roles = by_role(proposition, doc, mentions)
        filled = [
            (role, a)
            for role, arguments in roles.items()
            for a in arguments
            if a.mention >= 0 and _can_write(role)
        ]
        for s_role, s in filled:
            for o_role, o in filled:
                if s.mention == o.mention or s_role == o_role:
                    continue
                key = (proposition.kind, proposition.lemma.lower(), s_role, o_role, "")
                pair = (bare(names[s.mention][0]), bare(names[o.mention][0]))
                relations = {
                    rel
                    for sub, rel, obj in example.triples
                    if _is(sub, names[s.mention]) and _is(obj, names[o.mention])
                }
                for rel in relations:
                    hits[key, rel].add(pair)
                firings[key, ""].add(pair)
    for (key, _), pairs in firings.items():
        found[key][""].fired[example.id] = len(pairs)
    for (key, rel), pairs in hits.items():
        evidence = found[key][rel]
        evidence.right[example.id] = len(pairs)
        evidence.example = evidence.example or example.sent


def _can_write(role: str) -> bool:
    return role in _WRITABLE or role.startswith("pp:")


def _is(label: str, names: tuple[str, ...]) -> bool:
    return any(likeness(label, name) >= LEAST_LIKENESS for name in names)


def _names(doc: Doc, mentions: Sequence[Mention], clusters: Sequence[Cluster]) -> list[tuple[str, ...]]:
    """What each mention is called: its cluster's name, its words, its value."""
    of = {m: c for c in clusters for m in c.mentions}
    out = []
    for n, mention in enumerate(mentions):
        words = doc[mention.start : mention.end].text
        name = of[n].name if n in of else ""
        values = [v for v in (name, words, mention.norm) if v]
        out.append(tuple(dict.fromkeys(values)) or (words,))
    return out


def reading_pipeline(ontology: Ontology) -> Language:
    """The pipeline that reads by an ontology: its classes and known entities type the mentions."""
    return _pipeline(_location(ontology), tuple(change_time(file) for file in ontology.sources))


def _location(ontology: Ontology) -> str | None:
    """The one path that the ontology can be read from: a file, or the folder that holds all of it."""
    from spacegraph.rdf_ontology import ontology_files

    roots = ontology.roots
    if len(roots) == 1:
        return roots[0]
    folders = {Path(root).parent for root in roots}
    if len(folders) == 1 and [str(f) for f in ontology_files(*folders)] == list(roots):
        return str(*folders)
    return None


@lru_cache(maxsize=2)
def _pipeline(ontology: str | None, stamps: tuple[int, ...]) -> Language:  # noqa: ARG001  (a changed file is another one)
    from spacegraph.language.pipeline import load_pipeline

    # What the words of an example say is learnt, whatever a trained model sees in them.
    return load_pipeline(ontology=ontology, trained=False)
