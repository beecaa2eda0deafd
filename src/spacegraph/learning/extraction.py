"""Facts by a learnt linear model, under the same contract as facts by entries: words, factuality, speakers.

The model looks at a sentence at a time. What it finds obeys the domains and ranges of the ontology; where an entry
found the same triple the entry's fact stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.language import annotations as annotation
from spacegraph.language.english.words import NOUN_TYPES
from spacegraph.learning.candidates import VALUES, Candidate, bare
from spacegraph.learning.examples import PropertyNames
from spacegraph.learning.model import Reading
from spacegraph.learning.model_turtle import read_model
from spacegraph.lexicon import change_time
from spacegraph.model import Entity, Fact, Factuality, Literal, PropositionKind
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.learning.cues import CueReader
    from spacegraph.learning.model import LinearModel, Scored
    from spacegraph.lexicon import Lexicon
    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Proposition
    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["CUE_RULE", "RULE", "load_model", "read_facts", "with_clued_facts"]

#: How facts by learnt clues name their rule, and facts by the labels of an ontology.
RULE, CUE_RULE = "learnt-clues", "derived-cue"
#: A fact must be likelier than not.
LEAST_PROBABILITY = 0.5
#: Texts with no more sentences than this are read as one.
SHORT = 3
#: Names of classes whose members are values: an ontology may say so without a datatype.
_VALUE_CLASS = re.compile(
    r"(?:calendar)?date|year|time|number|integer|string|text|literal|quantity|decimal|double|float"
)


#: The ontology read by last and its cues.
_CUES: list[tuple[Ontology, CueReader]] = []


def load_model(path: str | Path) -> LinearModel:
    """The clues, labels and forms of a lexicon file, kept until the file changes.

    Raises:
        OntologySyntaxError: The file is not valid Turtle.
        OntologyError: There is no such file, or something in it lacks what it needs; the message names it.
    """
    return _load_model(str(path), change_time(path))


@lru_cache(maxsize=4)
def _load_model(path: str, changed: int) -> LinearModel:  # noqa: ARG001  (a changed file is another one)
    return read_model(Path(path))


def with_clued_facts(facts: Sequence[Fact], lexicon: Lexicon, referents: Referents) -> tuple[Fact, ...]:
    """The facts that entries gave together with those that the lexicon's clues and its ontology's labels give.

    Where learnt or derived entries and clues read one pair of things differently, the surer of the two stays; what a
    written entry says always stays.
    """
    merged: dict[tuple[str, str, str], Fact] = {}
    by_clues: dict[frozenset[str], Fact] = {}
    written = {s.rule for s in lexicon.senses if s.origin == "written"}
    by_entries = {_pair(fact): fact for fact in facts}
    models = [load_model(path) for path in lexicon.clues]
    for model in models:
        for fact in read_facts(model, referents):
            other = by_entries.get(_pair(fact))
            if (
                other is not None
                and other.property_iri != fact.property_iri
                and other.confidence > fact.confidence
            ):
                continue
            merged.setdefault(_triple(fact), fact)
            by_clues.setdefault(_pair(fact), fact)
    if lexicon.label_cues:
        learnt = {relation for model in models for relation in model.relations}
        for fact in read_facts(_cue_reader(referents.ontology), referents, CUE_RULE, learnt):
            # What a label suggests is coarser than an entry or a clue.
            if _pair(fact) not in by_entries and _pair(fact) not in by_clues:
                merged.setdefault(_triple(fact), fact)
    for fact in facts:
        other = by_clues.get(_pair(fact))
        if other is not None and other.property_iri != fact.property_iri and fact.rule not in written:
            continue
        same = merged.get(_triple(fact))
        if same is not None:
            fact = replace(fact, confidence=max(fact.confidence, same.confidence))
        merged[_triple(fact)] = fact
    return tuple(sorted(merged.values(), key=lambda f: (f.evidence, f.rule, f.id)))


def _triple(fact: Fact) -> tuple[str, str, str]:
    return bare(fact.subject.label), fact.property_iri, bare(fact.object.label)


def _pair(fact: Fact) -> frozenset[str]:
    return frozenset((bare(fact.subject.label), bare(fact.object.label)))


def _cue_reader(ontology: Ontology) -> CueReader:
    """The cues of an ontology, made once: an ontology is not hashable, its properties' identity is its own."""
    if _CUES and _CUES[0][0] is ontology:
        return _CUES[0][1]
    from spacegraph.learning.cues import CueReader

    _CUES[:] = [(ontology, CueReader(ontology))]
    return _CUES[0][1]


def read_facts(
    model: LinearModel | CueReader,
    referents: Referents,
    rule: str = RULE,
    without: Collection[str] = (),
) -> Iterator[Fact]:
    """The facts that a linear model, or an ontology's labels, find in an article, sentence by sentence.

    Args:
        model: What scores the pairs of a sentence.
        referents: The article's things.
        rule: How the facts name their rule.
        without: Relations that are left to others.
    """
    doc, ontology = referents.doc, referents.ontology
    names = PropertyNames(ontology)
    properties = {rel: names.find(rel) for rel in model.relations}
    propositions = annotation.propositions(doc)
    for start, end in _windows(doc):
        window = _part(doc, start, end)
        for scored in model.score(Reading(window, model.labels)):
            property_ = properties.get(scored.relation)
            if property_ is None or scored.probability < LEAST_PROBABILITY or scored.relation in without:
                continue
            fact = _fact(scored, property_, start, referents, propositions)
            if fact is not None:
                yield replace(fact, rule=f"{rule}→{property_.name}")


def _windows(doc: Doc) -> list[tuple[int, int]]:
    sentences = [(s.start, s.end) for s in doc.sents]
    if len(sentences) <= SHORT and sentences:
        return [(sentences[0][0], sentences[-1][1])]
    return sentences


def _part(doc: Doc, start: int, end: int) -> Doc:
    """Some sentences of a ``Doc`` as one of their own, with their mentions."""
    part = doc[start:end].as_doc()
    annotation.set_mentions(
        part,
        [
            replace(m, start=m.start - start, end=m.end - start, head=m.head - start)
            for m in annotation.mentions(doc)
            if start <= m.start and m.end <= end
        ],
    )
    return part


def _fact(
    scored: Scored,
    property_: OntologyProperty,
    offset: int,
    referents: Referents,
    propositions: Sequence[Proposition],
) -> Fact | None:
    doc, doc_id = referents.doc, referents.article.id
    subject = _entity(scored.subject, scored.subject_label, offset, property_.domains, referents)
    object_: Entity | Literal | None
    if property_.is_datatype or _is_value(scored.object, property_.ranges):
        object_ = _literal(scored.object_label, property_, referents.ontology)
    else:
        object_ = _entity(scored.object, scored.object_label, offset, property_.ranges, referents)
    if subject is None or object_ is None or subject == object_:
        return None
    start = offset + min(scored.subject.start, scored.object.start)
    end = max(offset + scored.subject.end, _end_of_measure(scored.object, offset, referents))
    evidence = referents.evidence_of(doc[start:end])
    over = _proposition_over(propositions, offset + scored.subject.head, offset + scored.object.head)
    factuality, source, time, certainty = Factuality.ASSERTED, None, "", 1.0
    if over is not None:
        factuality, certainty = over.factuality, over.certainty
        if over.ended and over.kind is PropositionKind.VERB:
            factuality = Factuality.NEGATED
        source = next((s for m in over.sources if m >= 0 and (s := referents.source(m)) is not None), None)
        time = over.time if isinstance(object_, Entity) else ""
    return Fact(
        doc_id=doc_id,
        subject=subject,
        property_iri=property_.iri,
        object=object_,
        factuality=factuality,
        attributed_to=source,
        time=time,
        confidence=round(min(scored.probability, 0.99) * certainty, 3),
        evidence=(evidence,),
        rule="",
    )


def _is_value(candidate: Candidate, ranges: Iterable[str]) -> bool:
    ranges = tuple(ranges)
    if any(_VALUE_CLASS.fullmatch(name.lower().replace(" ", "")) for name in ranges):
        return True
    return candidate.kind in VALUES and not ranges


def _literal(label: str, property_: OntologyProperty, ontology: Ontology) -> Literal | None:
    """A value with the most telling datatype that its form and the property's range allow."""
    guesses = []
    if re.fullmatch(r"-?\d{4}-\d\d-\d\d", label):
        guesses.append("date")
    elif re.fullmatch(r"\d{4}", label):
        guesses += ["gYear", "integer"]
    elif re.fullmatch(r"[+-]?\d+", label):
        guesses.append("integer")
    elif re.fullmatch(r"[+-]?\d+\.\d+", label):
        guesses.append("decimal")
    guesses.append("string")
    datatypes = tuple(r for r in property_.ranges if "://" in r)
    for guess in guesses:
        if not datatypes or ontology.admits_datatype(datatypes, XSD + guess):
            return Literal(value=label, datatype=XSD + guess)
    return None


def _entity(
    candidate: Candidate,
    label: str,
    offset: int,
    wanted: tuple[str, ...],
    referents: Referents,
) -> Entity | None:
    """The entity that a candidate names; None where its class does not fit."""
    ontology = referents.ontology
    if candidate.kind in VALUES:
        return None
    if (
        candidate.type == "PERSON"
        and candidate.end - candidate.start > 1
        and not _may_be_people(wanted, ontology)
    ):
        return None
    known = _known(candidate, offset, referents)
    if known is not None and known.type != "Thing":
        if wanted and "Thing" not in wanted and not any(ontology.is_a(known.type, w) for w in wanted):
            return None
        if bare(known.label) == bare(label) or bare(candidate.text) == bare(label):
            return known
    cls = wanted[0] if len(wanted) == 1 and wanted[0] in ontology.classes else "Thing"
    if known is not None and known.type != "Thing":
        cls = known.type
    return Entity(iri=mint_entity_iri(label), label=label, type=cls, type_iri=ontology.class_iri(cls))


def _may_be_people(wanted: tuple[str, ...], ontology: Ontology) -> bool:
    """Whether a member of one of the classes may be a person, as far as the nouns for them tell."""
    types = set()
    for name in wanted:
        above = (name, *ontology.superclasses(name))
        nouns = [n for c in above if c in ontology.classes for n in ontology.classes[c].nouns]
        known = ontology.gazetteer().type_of_class.get(name)
        types.add(known or next((t for n in nouns if (t := NOUN_TYPES.get(n.split()[-1], ""))), ""))
    return not types or bool(types & {"PERSON", ""})


def _known(candidate: Candidate, offset: int, referents: Referents) -> Entity | None:
    for n, mention in enumerate(referents.mentions):
        if mention.head == candidate.head + offset and n in referents.cluster_of:
            # A longer or shorter name with the same head may be another thing.
            found = referents.entity(referents.cluster_of[n])
            if (
                found is not None
                and found[1]
                and abs(mention.end - mention.start - candidate.end + candidate.start) <= 1
            ):
                return found[0]
    return None


def _proposition_over(propositions: Sequence[Proposition], subject: int, object_: int) -> Proposition | None:
    """The proposition that a pair of tokens belongs to: the shortest that has both among its arguments.

    Where none has, the shortest around the object that is not simply asserted, if there is one: what cannot be
    placed must not be claimed more firmly than the words around it.
    """
    both, around = [], []
    for p in propositions:
        heads = {a.head for a in p.arguments}
        if subject in heads and object_ in heads:
            both.append(p)
        elif object_ in heads or p.start <= object_ < p.end:
            around.append(p)
    if both:
        return min(both, key=lambda p: (p.end - p.start, p.start))
    return min(
        around, key=lambda p: (p.factuality is Factuality.ASSERTED, p.end - p.start, p.start), default=None
    )


def _end_of_measure(candidate: Candidate, offset: int, referents: Referents) -> int:
    """Where the words of an object end: a figure's unit belongs to it."""
    end = offset + candidate.end
    if candidate.kind in VALUES:
        for mention in referents.mentions:
            if mention.start <= offset + candidate.start < mention.end:
                end = max(end, mention.end)
    return end
