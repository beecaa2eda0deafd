"""Facts by a learnt linear model, under the same contract as facts by entries: words, factuality, speakers.

The model looks at a sentence at a time. What it finds obeys the domains and ranges of the ontology; where an entry
found the same triple the entry's fact stays, and where learnt or derived entries and the model read one pair of things
differently the model decides.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import OntologyError
from spacegraph.iris import mint_entity_iri
from spacegraph.language import annotations as annotation
from spacegraph.learning.candidates import VALUES, Candidate, bare
from spacegraph.learning.examples import PropertyNames
from spacegraph.learning.model import LinearModel, Reading, Scored
from spacegraph.model import Entity, Evidence, Fact, Factuality, Literal, PropositionKind
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.learning.cues import CueReader
    from spacegraph.lexicon import Lexicon
    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Proposition
    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["DERIVED", "RULE", "load_model", "weighed_facts", "with_weighed_facts"]

#: What a lexicon names for its weights where it has none: cues derived from the ontology's labels.
DERIVED = "derived"
#: How the model is named in the facts that it makes.
RULE = "learnt-weights"
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


@lru_cache(maxsize=4)
def load_model(path: str) -> LinearModel:
    """Read a file of weights.

    Raises:
        OntologyError: It is missing or not what :func:`spacegraph.learning.write_lexicon` writes.
    """
    try:
        return LinearModel.from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        msg = f"The lexicon names the weights {path}, which cannot be read: {error.strerror}. Put the file back, or delete the line with lex:weights."
        raise OntologyError(msg) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{path} holds no weights of a lexicon ({error!r}). Learn the lexicon again, or delete its line with lex:weights."
        raise OntologyError(msg) from error


def with_weighed_facts(facts: Sequence[Fact], lexicon: Lexicon, referents: Referents) -> tuple[Fact, ...]:
    """The facts that entries gave together with those that the lexicon's weights give."""
    merged: dict[tuple[str, str, str], Fact] = {}
    pairs: dict[frozenset[str], str] = {}
    learnt = {s.rule for s in lexicon.senses if s.origin != "written"}
    by_entries = {_pair(fact) for fact in facts}
    for path in lexicon.weights:
        if Path(path).name == DERIVED:
            for fact in weighed_facts(_cue_reader(referents.ontology), referents):
                if _pair(fact) not in by_entries:  # cues are coarser than entries
                    cued = replace(fact, rule=fact.rule.replace(RULE, "derived-cue"))
                    merged.setdefault(_triple(cued), cued)
            continue
        for fact in weighed_facts(load_model(path), referents):
            merged.setdefault(_triple(fact), fact)
            pairs.setdefault(_pair(fact), fact.property_iri)
    for fact in facts:
        if fact.rule in learnt and pairs.get(_pair(fact), fact.property_iri) != fact.property_iri:
            continue
        by_weight = merged.get(_triple(fact))
        if by_weight is not None:
            fact = replace(fact, confidence=max(fact.confidence, by_weight.confidence))
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


def weighed_facts(model: LinearModel | CueReader, referents: Referents) -> Iterator[Fact]:
    """The facts that a linear model finds in an article, sentence by sentence."""
    doc, ontology = referents.doc, referents.ontology
    names = PropertyNames(ontology)
    properties = {rel: names.find(rel) for rel in model.relations}
    propositions = annotation.propositions(doc)
    for start, end in _windows(doc):
        window = _part(doc, start, end)
        for scored in model.score(Reading(window, model.labels)):
            property_ = properties.get(scored.relation)
            if property_ is None or scored.probability < LEAST_PROBABILITY:
                continue
            fact = _fact(scored, property_, start, referents, propositions)
            if fact is not None:
                yield fact


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
    span = doc[start:end]
    evidence = Evidence(start=span.start_char, end=span.end_char, text=span.text, doc_id=doc_id)
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
        rule=f"{RULE}→{property_.name}",
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
