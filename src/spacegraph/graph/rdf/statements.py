"""Facts as RDF statements, and statements as facts.

An asserted fact that has not ended is a plain triple; every fact is also a statement node with its factuality, source, time, confidence
and evidence (Web Annotation selectors on the article). See docs/graph.md for the form with an example.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.rdf.contents import Contents, fact_order, joined
from spacegraph.graph.rdf.terms import iri_text, literal_text, time_literal
from spacegraph.graph.rdf.vocabulary import (
    ARTICLE_BASE,
    DESCRIPTION_BASE,
    EVIDENCE_BASE,
    FACTUALITY_IRI,
    FACTUALITY_OF,
    RUN_BASE,
    SPACEGRAPH,
    STATEMENT_BASE,
    article_iri,
    evidence_iri,
    statement_iri,
)
from spacegraph.model import Article, Entity, Evidence, Fact, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacegraph.graph.rdf.run import Run

__all__ = [
    "LINKS",
    "article_lines",
    "contents_of",
    "context_of",
    "decimal",
    "entity_lines",
    "fact_lines",
    "lines_of",
    "plain_line",
    "run_lines",
    "without_provenance",
]

#: Characters of the article that a quotation keeps on each side, so that it can be read, and found again.
CONTEXT = 60
#: How things stand beside a statement's triple (:attr:`~spacegraph.model.Fact.links`).
LINKS = (vocab.ABOUT, vocab.ADDRESSEE)
#: How ``true`` is written, in our files and in those of others.
_TRUE = frozenset(("true", "1"))
#: Statements that are all named by their identifiers.
_BY_NAME: Mapping[str, str] = MappingProxyType({})

_RDF, _RDFS, _SKOS, _PROV, _OA = vocab.RDF, vocab.RDFS, vocab.SKOS, vocab.PROV, vocab.OA
_SCHEMA, _DCTERMS, _XSD, _OWL = vocab.SCHEMA, vocab.DCTERMS, vocab.XSD, vocab.OWL
_TYPE = f"<{_RDF}type>"
_INTEGER = f"^^<{_XSD}integer>"


#: What the names of statements, evidence, articles, readings and descriptions begin with.
_PROVENANCE = tuple(
    b"<" + base.encode() for base in (STATEMENT_BASE, EVIDENCE_BASE, ARTICLE_BASE, RUN_BASE, DESCRIPTION_BASE)
)


def lines_of(contents: Contents, run: Run, *, text: bool = False) -> Iterator[str]:
    """The whole graph as lines of N-Triples; a line may come twice."""
    for article in contents.articles.values():
        yield from article_lines(article, text=text)
    for entity in contents.entities.values():
        yield from entity_lines(entity)
    for doc_id in dict.fromkeys(fact.doc_id for fact in contents.facts):
        yield from run_lines(run, doc_id)
    for fact, identifier in zip(contents.facts, contents.ids, strict=True):
        if fact.is_plain:
            yield plain_line(fact)
        yield from fact_lines(fact, identifier, run, contents.articles)


def run_lines(run: Run, doc_id: str) -> Iterator[str]:
    """The reading of an article as a PROV activity of this software."""
    node = iri_text(run.iri(doc_id))
    yield f"{node} {_TYPE} <{_PROV}Activity> ."
    yield f"{node} <{_PROV}used> {iri_text(article_iri(doc_id))} ."
    yield f"{node} <{_PROV}wasAssociatedWith> <{SPACEGRAPH}> ."
    if run.version:
        yield f"{node} <{_SCHEMA}softwareVersion> {literal_text(run.version)} ."
    if run.model:
        yield f"{node} <{vocab.MODEL}> {literal_text(run.model)} ."
    if run.ontology:
        yield f"{node} <{_DCTERMS}conformsTo> {iri_text(run.ontology)} ."


def article_lines(article: Article, *, text: bool = False) -> Iterator[str]:
    """What is known of an article; its text only where that is asked for."""
    node = iri_text(article_iri(article.id))
    yield f"{node} {_TYPE} <{_SCHEMA}NewsArticle> ."
    yield f"{node} <{_DCTERMS}identifier> {literal_text(article.id)} ."
    if article.title:
        yield f"{node} <{_SCHEMA}headline> {literal_text(article.title)} ."
    if article.published:
        yield f"{node} <{_SCHEMA}datePublished> {literal_text(article.published.isoformat(), _XSD + 'date')} ."
    if article.url:
        # A literal, since what people give as an address need not be a valid IRI.
        yield f"{node} <{_SCHEMA}url> {literal_text(article.url, _XSD + 'anyURI')} ."
    if article.source:
        yield f"{node} <{_SCHEMA}publisher> {literal_text(article.source)} ."
    if text and article.text:
        yield f"{node} <{_SCHEMA}text> {literal_text(article.text)} ."


def entity_lines(entity: Entity) -> Iterator[str]:
    """Class, label, aliases and the same thing elsewhere."""
    node = iri_text(entity.iri)
    yield f"{node} {_TYPE} {iri_text(entity.type_iri)} ."
    yield f"{node} <{_RDFS}label> {literal_text(entity.label)} ."
    for alias in entity.aliases:
        yield f"{node} <{_SKOS}altLabel> {literal_text(alias)} ."
    for other in entity.same_as:
        yield f"{node} <{_OWL}sameAs> {iri_text(other)} ."


def plain_line(fact: Fact) -> str:
    """The fact as one triple, as it stands in the graph where it is asserted and has not ended."""
    return f"{iri_text(fact.subject.iri)} {iri_text(fact.property_iri)} {_object_text(fact)} ."


def fact_lines(
    fact: Fact,
    identifier: str,
    run: Run,
    articles: dict[str, Article],
    statements: Mapping[str, str] = _BY_NAME,
) -> Iterator[str]:
    """The statement node of a fact and the evidence that it points to.

    Args:
        fact: The fact.
        identifier: Its identifier.
        run: What produced it.
        articles: The articles, for the text around the evidence.
        statements: The IRIs of premises and contents that are not made of their identifiers.
    """
    node = f"<{STATEMENT_BASE}{identifier}>"
    yield f"{node} {_TYPE} <{vocab.STATEMENT}> ."
    yield f"{node} <{_RDF}subject> {iri_text(fact.subject.iri)} ."
    yield f"{node} <{_RDF}predicate> {iri_text(fact.property_iri)} ."
    yield f"{node} <{_RDF}object> {_object_text(fact)} ."
    yield f"{node} <{vocab.FACTUALITY}> <{FACTUALITY_IRI[fact.factuality]}> ."
    yield f'{node} <{vocab.CONFIDENCE}> "{decimal(fact.confidence)}"^^<{_XSD}decimal> .'
    yield f"{node} <{_PROV}hadPrimarySource> {iri_text(article_iri(fact.doc_id))} ."
    yield f"{node} <{_PROV}wasGeneratedBy> {iri_text(run.iri(fact.doc_id))} ."
    if fact.attributed_to:
        yield f"{node} <{vocab.STATED_BY}> {iri_text(fact.attributed_to.iri)} ."
    if fact.time:
        time = time_literal(fact.time)
        yield f"{node} <{vocab.STATED_TIME}> {literal_text(time.value, time.datatype)} ."
    if fact.rule:
        yield f"{node} <{vocab.RULE}> {literal_text(fact.rule)} ."
    if fact.ended:
        yield f'{node} <{vocab.ENDED}> "true"^^<{_XSD}boolean> .'
    if fact.inferred:
        yield f'{node} <{vocab.INFERRED}> "true"^^<{_XSD}boolean> .'
    for premise in fact.premises:
        yield f"{node} <{vocab.PREMISE}> {iri_text(statements.get(premise) or statement_iri(premise))} ."
    for role, thing in fact.links:
        yield f"{node} <{role}> {iri_text(thing.iri)} ."
    for claim in fact.content:
        yield f"{node} <{vocab.CONTENT}> {iri_text(statements.get(claim) or statement_iri(claim))} ."
    for evidence in fact.evidence:
        words = iri_text(evidence_iri(evidence.doc_id, evidence.start, evidence.end))
        yield f"{node} <{_PROV}wasDerivedFrom> {words} ."
        yield from _evidence_lines(words, evidence, articles.get(evidence.doc_id))


def _evidence_lines(words: str, evidence: Evidence, article: Article | None) -> Iterator[str]:
    position, quotation = f"{words[:-1]}_position>", f"{words[:-1]}_quote>"
    yield f"{words} {_TYPE} <{_OA}SpecificResource> ."
    yield f"{words} <{_OA}hasSource> {iri_text(article_iri(evidence.doc_id))} ."
    yield f"{words} <{_OA}hasSelector> {position} ."
    yield f"{words} <{_OA}hasSelector> {quotation} ."
    yield f"{position} {_TYPE} <{_OA}TextPositionSelector> ."
    yield f'{position} <{_OA}start> "{evidence.start}"{_INTEGER} .'
    yield f'{position} <{_OA}end> "{evidence.end}"{_INTEGER} .'
    yield f"{quotation} {_TYPE} <{_OA}TextQuoteSelector> ."
    yield f"{quotation} <{_OA}exact> {literal_text(evidence.text)} ."
    before, after = context_of(evidence, article)
    if before:
        yield f"{quotation} <{_OA}prefix> {literal_text(before)} ."
    if after:
        yield f"{quotation} <{_OA}suffix> {literal_text(after)} ."


def context_of(evidence: Evidence, article: Article | None) -> tuple[str, str]:
    """The text before and after the words of an evidence that its quotation keeps; nothing where the article has other words."""
    if article is None or article.text[evidence.start : evidence.end] != evidence.text:
        return "", ""
    before = article.text[max(0, evidence.start - CONTEXT) : evidence.start]
    return before, article.text[evidence.end : evidence.end + CONTEXT]


def _object_text(fact: Fact) -> str:
    if isinstance(fact.object, Entity):
        return iri_text(fact.object.iri)
    return literal_text(fact.object.value, fact.object.datatype)


def decimal(number: float) -> str:
    """The canonical lexical form of an ``xsd:decimal``: no exponent, no trailing zeros."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def contents_of(triples: Iterable[ox.Triple | ox.Quad]) -> Contents:
    """The facts, entities and articles that the statements of a graph hold.

    Statements that lack subject, predicate, object or article are passed over: they are not ours.
    """
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    statements: list[str] = []
    articles: list[str] = []
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if isinstance(obj, ox.Triple) and triple.predicate.value == _RDF + "reifies":
            # RDF 1.2: the statement's triple is a term.
            if isinstance(subject, ox.NamedNode) and isinstance(obj.object, ox.NamedNode | ox.Literal):
                node = about.setdefault(subject.value, {})
                node[_RDF + "subject"] = [ox.NamedNode(str(getattr(obj.subject, "value", "")))]
                node[_RDF + "predicate"] = [obj.predicate]
                node[_RDF + "object"] = [obj.object]
            continue
        if not isinstance(subject, ox.NamedNode) or not isinstance(obj, ox.NamedNode | ox.Literal):
            continue
        predicate = triple.predicate.value
        about.setdefault(subject.value, {}).setdefault(predicate, []).append(obj)
        if predicate == _RDF + "type":
            if obj.value == vocab.STATEMENT:
                statements.append(subject.value)
            elif obj.value == _SCHEMA + "NewsArticle":
                articles.append(subject.value)
    reader = _StatementReader(about)
    texts = {a.id: a for a in (reader.article(iri) for iri in dict.fromkeys(articles)) if a}
    found: dict[str, Fact] = {}
    identifier_of: dict[str, str] = {}
    for iri in dict.fromkeys(statements):
        fact = reader.fact(iri)
        if fact is not None:
            identifier_of[iri] = fact.id
            found[iri] = fact
    facts: dict[str, Fact] = {}
    for iri, fact in found.items():
        identifier = identifier_of[iri]
        premises, content = (
            reader.claims(iri, property_, identifier_of) for property_ in (vocab.PREMISE, vocab.CONTENT)
        )
        kept = replace(fact, premises=premises, content=content) if premises or content else fact
        # What an article says of two things that were merged may be one claim now.
        twin = facts.get(identifier)
        facts[identifier] = joined(twin, kept) if twin else kept
    ordered = sorted(facts.items(), key=lambda item: fact_order(item[1], item[0]))
    for fact in facts.values():
        texts.setdefault(fact.doc_id, Article(id=fact.doc_id, text=""))
    return Contents(
        facts=tuple(fact for _, fact in ordered),
        ids=tuple(identifier for identifier, _ in ordered),
        entities={e.iri: e for e in reader.all_entities()},
        articles=dict(sorted(texts.items())),
        nodes={iri: i for iri, i in identifier_of.items() if iri != statement_iri(i)},
    )


class _StatementReader:
    """Reads facts out of ``subject -> predicate -> objects``."""

    def __init__(self, about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]) -> None:
        self.about = about
        self._entities: dict[str, Entity] = {}

    def values(self, iri: str, predicate: str) -> list[str]:
        """The objects as text, sorted."""
        return sorted(o.value for o in self.about.get(iri, {}).get(predicate, ()))

    def value(self, iri: str, predicate: str) -> str:
        """The first object as text, "" where there is none."""
        return min((o.value for o in self.about.get(iri, {}).get(predicate, ())), default="")

    def article(self, iri: str) -> Article | None:
        identifier = self.value(iri, _DCTERMS + "identifier")
        if not identifier and iri != article_iri(""):
            return None
        published = self.value(iri, _SCHEMA + "datePublished")
        return Article(
            id=identifier,
            text=self.value(iri, _SCHEMA + "text"),
            title=self.value(iri, _SCHEMA + "headline"),
            published=_date(published),
            url=self.value(iri, _SCHEMA + "url"),
            source=self.value(iri, _SCHEMA + "publisher"),
        )

    def entity(self, iri: str) -> Entity:
        if iri not in self._entities:
            labels = self.values(iri, _RDFS + "label")
            types = self.values(iri, _RDF + "type")
            thing = _OWL + "Thing"
            cls = next((t for t in types if t != thing), thing)
            label = labels[0] if labels else _local(iri)
            self._entities[iri] = Entity(
                iri=iri,
                label=label,
                type=_local(cls),
                type_iri=cls,
                aliases=tuple(
                    dict.fromkeys(
                        a for a in (*labels[1:], *self.values(iri, _SKOS + "altLabel")) if a != label
                    )
                ),
                same_as=tuple(self.values(iri, _OWL + "sameAs")),
            )
        return self._entities[iri]

    def all_entities(self) -> list[Entity]:
        """Everything with a label and a class that is not the graph's own furniture, and all that facts name."""
        for iri, predicates in self.about.items():
            if _RDFS + "label" in predicates and _RDF + "type" in predicates:
                self.entity(iri)
        return [self._entities[iri] for iri in sorted(self._entities)]

    def fact(self, iri: str) -> Fact | None:
        node = self.about[iri]
        subject = self.value(iri, _RDF + "subject")
        predicate = self.value(iri, _RDF + "predicate")
        objects = node.get(_RDF + "object")
        source = self.value(iri, _PROV + "hadPrimarySource")
        factuality = FACTUALITY_OF.get(self.value(iri, vocab.FACTUALITY))
        if not (subject and predicate and objects and source and factuality):
            return None
        obj = objects[0]
        speaker = self.value(iri, vocab.STATED_BY)
        doc_id = self.value(source, _DCTERMS + "identifier")
        evidence = [self.evidence(e) for e in self.values(iri, _PROV + "wasDerivedFrom")]
        return Fact(
            doc_id=doc_id,
            subject=self.entity(subject),
            property_iri=predicate,
            object=self.entity(obj.value)
            if isinstance(obj, ox.NamedNode)
            # A text with a language, which only foreign graphs have, is a text.
            else Literal(value=obj.value, datatype=_XSD + "string" if obj.language else obj.datatype.value),
            factuality=factuality,
            attributed_to=self.entity(speaker) if speaker else None,
            time=self.value(iri, vocab.STATED_TIME),
            confidence=_number(self.value(iri, vocab.CONFIDENCE), default=1.0),
            evidence=tuple(sorted(e for e in evidence if e)),
            rule=self.value(iri, vocab.RULE),
            inferred=self.value(iri, vocab.INFERRED) == "true",
            ended=self.value(iri, vocab.ENDED) in _TRUE,
            links=tuple(
                sorted((role, self.entity(thing)) for role in LINKS for thing in self.values(iri, role))
            ),
        )

    def claims(self, iri: str, property_: str, identifier_of: dict[str, str]) -> tuple[str, ...]:
        """Identifiers of the facts that a statement follows from, or that stand in its words."""
        return tuple(
            sorted(
                identifier_of.get(claim, claim.removeprefix(STATEMENT_BASE))
                for claim in self.values(iri, property_)
            )
        )

    def evidence(self, iri: str) -> Evidence | None:
        source = self.value(iri, _OA + "hasSource")
        start, end, text = -1, -1, None
        for selector in self.values(iri, _OA + "hasSelector"):
            node = self.about.get(selector, {})
            if _OA + "start" in node:
                start = _offset(self.value(selector, _OA + "start"))
                end = _offset(self.value(selector, _OA + "end"))
            if _OA + "exact" in node:
                text = self.value(selector, _OA + "exact")
        if not source or text is None:
            return None
        return Evidence(start=start, end=end, text=text, doc_id=self.value(source, _DCTERMS + "identifier"))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _number(text: str, *, default: float) -> float:
    try:
        found = float(text)
    except ValueError:
        return default
    return found if math.isfinite(found) else default


def _offset(text: str) -> int:
    """A character offset, -1 where the text is none."""
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20 else -1


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def without_provenance(ntriples: bytes) -> bytes:
    """Only what is asserted, and names: no statements, evidence, articles and readings."""
    return b"".join(line for line in ntriples.splitlines(keepends=True) if not line.startswith(_PROVENANCE))
