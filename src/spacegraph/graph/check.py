"""Validation: does a graph keep what it promises, and what has to be mended where it does not?

Three kinds of checks: the SHACL shapes of ``ontology/shapes.ttl`` (pyshacl on a plain rdflib graph, which is the fast way
to run it: PARTS in docs/design/graph.md); domains, ranges and single values as the ontology has them; and what shapes
cannot see: that quoted words stand in the article at their offsets, and that no plain triple is without an asserted
statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.vocabulary import DESCRIBING, OWN_NODES, STATEMENT_BASE
from spacegraph.model import Entity, Literal
from spacegraph.vocab import RDF, SG, SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from spacegraph.graph.knowledge_graph import KnowledgeGraph
    from spacegraph.model import Fact
    from spacegraph.ontology import Ontology

__all__ = ["CheckReport", "Violation", "check"]

#: Properties of the ontology that are said of statements, and stand without one.
_OF_STATEMENTS = frozenset(
    (
        vocab.FACTUALITY, vocab.CONFIDENCE, vocab.STATED_BY, vocab.STATED_TIME, vocab.RULE, vocab.INFERRED, vocab.ENDED, vocab.PREMISE,
        vocab.ORIGINAL_SUBJECT, vocab.ORIGINAL_OBJECT, vocab.ORIGINAL_SOURCE, vocab.ORIGINAL_THING,
    )
)  # fmt: skip
#: A triple as a claim: subject, property, and the object's IRI, or its value and datatype.
_Claim = tuple[str, str, str, str]
_THING = "Thing"
#: Said of a graph without statements, so that nobody takes it for one that has been found good.
NOTHING_TO_CHECK = "The graph has no facts with provenance, so there was nothing to check: it was not made by spacegraph, or exported without."


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One thing to mend: where, and a sentence.

    ``check`` is "shape", "words", "premise", "plain", "domain", "range" or "cardinality".
    """

    check: str
    node: str
    message: str

    def __str__(self) -> str:
        return f"{self.node}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The outcome of a check; ``shacl`` is the SHACL validation report in Turtle."""

    violations: tuple[Violation, ...]
    facts: int
    shacl: str = ""

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.violations

    def __bool__(self) -> bool:
        return self.conforms

    def to_text(self) -> str:
        """A sentence a violation, and a last line that sums up."""
        lines = [f"{violation}" for violation in self.violations]
        count = len(self.violations)
        if count:
            lines.append(
                f"{count} {'thing' if count == 1 else 'things'} to mend in {self.facts} {'fact' if self.facts == 1 else 'facts'}."
            )
        elif self.facts:
            lines.append(f"Nothing to mend in {self.facts} {'fact' if self.facts == 1 else 'facts'}.")
        else:
            lines.append(NOTHING_TO_CHECK)
        return "\n".join(lines) + "\n"


def check(
    kg: KnowledgeGraph, *, shapes: str | Path | None = None, ontology: Ontology | str | Path | None = None
) -> CheckReport:
    """Validate a graph.

    Args:
        kg: The graph.
        shapes: SHACL shapes in Turtle; None is the built-in file.
        ontology: The ontology that says which class a property's subject and object have; None is the built-in one.

    Raises:
        OntologyError: The shapes or the ontology cannot be read.
        StoreError: The graph cannot be read.
    """
    from spacegraph.ontology import Ontology, default_path, load_ontology

    loaded = ontology if isinstance(ontology, Ontology) else load_ontology(ontology)
    shapes_path = Path(shapes) if shapes is not None else default_path("shapes.ttl")
    found = {*_words(kg), *_premises(kg), *_plain(kg), *_domains(kg, loaded)}
    shacl, by_shape = _shapes(kg, shapes_path)
    return CheckReport(violations=tuple(sorted(found | by_shape)), facts=len(kg.facts), shacl=shacl)


def _name(fact: Fact) -> str:
    return f"{fact.subject.label} – {fact.relation} – {fact.object.label} ({fact.doc_id})"


def _words(kg: KnowledgeGraph) -> Iterator[Violation]:
    """Evidence that is not what its article has there; offsets out of range."""
    for fact in kg.facts:
        for evidence in fact.evidence:
            article = kg.contents.articles.get(evidence.doc_id)
            if not 0 <= evidence.start < evidence.end:
                message = (
                    f"Its evidence runs from {evidence.start} to {evidence.end}, which is no stretch of text."
                )
                yield Violation(check="words", node=_name(fact), message=message)
            elif evidence.doc_id != fact.doc_id and not fact.inferred:
                message = f"Its evidence is of article {evidence.doc_id!r}. What one article says has its own words behind it."
                yield Violation(check="words", node=_name(fact), message=message)
            elif evidence.end - evidence.start != len(evidence.text):
                message = f"Its evidence runs from {evidence.start} to {evidence.end}, but quotes {len(evidence.text)} characters: {evidence.text[:60]!r}."
                yield Violation(check="words", node=_name(fact), message=message)
            elif article and article.text and article.text[evidence.start : evidence.end] != evidence.text:
                there = article.text[evidence.start : evidence.end]
                message = f"Its evidence quotes {evidence.text[:60]!r}, but article {evidence.doc_id!r} has {there[:60]!r} there."
                yield Violation(check="words", node=_name(fact), message=message)


def _premises(kg: KnowledgeGraph) -> Iterator[Violation]:
    """Inferred facts that do not say from what, and read ones that do."""
    for fact in kg.facts:
        if fact.inferred and not fact.premises:
            message = "It is inferred, but names no sg:premise. Say what it follows from."
            yield Violation(check="premise", node=_name(fact), message=message)
        elif fact.premises and not fact.inferred:
            message = "It has premises, but is not marked as inferred. Add sg:inferred true."
            yield Violation(check="premise", node=_name(fact), message=message)


def _plain(kg: KnowledgeGraph) -> Iterator[Violation]:
    """Plain triples about things that no asserted statement stands behind, and asserted facts without one."""
    if not kg.facts:
        return
    asserted = {_claim(fact): fact for fact in kg.facts if fact.is_plain}
    plain: set[_Claim] = set()
    for triple in kg.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples:
        s, p, o = str(getattr(triple.subject, "value", "")), triple.predicate.value, triple.object
        if p in DESCRIBING or s.startswith(OWN_NODES):
            continue
        # A thing without a name and class is a thing all the same if our properties are said of it.
        if s in kg.contents.entities or (p.startswith(SG) and p not in _OF_STATEMENTS):
            datatype = ""
            if isinstance(o, ox.Literal):
                datatype = vocab.XSD + "string" if o.language else o.datatype.value
            plain.add((s, p, str(getattr(o, "value", "")), datatype))
    for s, p, value, _ in sorted(plain - asserted.keys()):
        message = f"It has {p.rpartition('#')[2]} {value}, but no asserted statement stands behind that. Remove the triple, or add its statement."
        yield Violation(check="plain", node=s, message=message)
    for claim in sorted(asserted.keys() - plain):
        if claim[1] not in DESCRIBING:
            message = "It is asserted, but the graph has no plain triple that says so. Add the triple."
            yield Violation(check="plain", node=_name(asserted[claim]), message=message)


def _claim(fact: Fact) -> _Claim:
    obj = fact.object
    value, datatype = (obj.iri, "") if isinstance(obj, Entity) else (obj.value, obj.datatype)
    return fact.subject.iri, fact.property_iri, value, datatype


def _domains(kg: KnowledgeGraph, ontology: Ontology) -> Iterator[Violation]:
    """Subjects and objects outside the domain and range of their property; several values of a functional one."""
    for fact in kg.facts:
        prop = ontology.find_property(fact.property_iri)
        if prop is None:
            continue
        if not _fits(ontology, fact.subject, prop.domains):
            message = f"The subject of {prop.name} must be {_either(prop.domains)}, and {fact.subject.label} is {fact.subject.type}."
            yield Violation(check="domain", node=_name(fact), message=message)
        if isinstance(fact.object, Entity):
            if prop.is_datatype:
                message = f"The object of {prop.name} must be a literal, and {fact.object.label} is a thing."
                yield Violation(check="range", node=_name(fact), message=message)
            elif not _fits(ontology, fact.object, prop.ranges):
                message = f"The object of {prop.name} must be {_either(prop.ranges)}, and {fact.object.label} is {fact.object.type}."
                yield Violation(check="range", node=_name(fact), message=message)
        elif prop.is_datatype and not ontology.admits_datatype(prop.ranges, fact.object.datatype):
            names = tuple(r.rpartition("#")[2] for r in prop.ranges)
            message = f"The object of {prop.name} must be {_either(names)}, and {fact.object.value!r} is {fact.object.type}."
            yield Violation(check="range", node=_name(fact), message=message)
    yield from _single_values(kg, ontology)


def _single_values(kg: KnowledgeGraph, ontology: Ontology) -> Iterator[Violation]:
    """Two values of a property that has one (owl:FunctionalProperty), asserted by one article.

    Articles may contradict each other; one that contradicts itself has been misread. A value that is a part of the other
    ("2031" of "2031-05") does not contradict it.
    """
    first: dict[tuple[str, str, str], Fact] = {}
    for fact in kg.facts:
        prop = ontology.find_property(fact.property_iri)
        if prop is None or not prop.functional or not fact.is_plain:
            continue
        old = first.setdefault((fact.doc_id, fact.subject.iri, fact.property_iri), fact)
        one, other = (f.object.iri if isinstance(f.object, Entity) else f.object.value for f in (old, fact))
        if isinstance(fact.object, Literal) and (one.startswith(other) or other.startswith(one)):
            continue
        if one != other:
            message = f"{prop.name} has one value, and {fact.doc_id!r} asserts two: {old.object.label} and {fact.object.label}."
            yield Violation(check="cardinality", node=_name(fact), message=message)


def _fits(ontology: Ontology, thing: Entity, classes: tuple[str, ...]) -> bool:
    # Of a mere Thing nothing is known, so nothing is wrong with it.
    return not classes or thing.type == _THING or any(ontology.is_a(thing.type, cls) for cls in classes)


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _shapes(kg: KnowledgeGraph, path: Path) -> tuple[str, set[Violation]]:
    """The SHACL report in Turtle, and its results as violations."""
    import pyshacl
    import rdflib

    from spacegraph.errors import OntologyError, OntologySyntaxError

    shapes = rdflib.Graph()
    try:
        shapes.parse(path, format="turtle")
    except OSError as error:
        message = f"The shapes {path} cannot be read: {error.strerror or error}."
        raise OntologyError(message) from error
    except Exception as error:  # rdflib's parser raises a class of its own for each kind of mistake
        line = int(getattr(error, "lines", 0) or 0)
        message = f"The shapes {path} are not valid Turtle: {error}."
        raise OntologySyntaxError(message, file=str(path), line=line) from error
    data = _rdflib_graph(kg.ntriples())
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms or not isinstance(report, rdflib.Graph):
        return "", set()
    labels = {entity.iri: entity.label for entity in kg.entities}
    named = dict(zip(kg.contents.ids, map(_name, kg.facts), strict=True))
    names = {STATEMENT_BASE + i: name for i, name in named.items()}
    names |= {iri: named[i] for iri, i in kg.contents.nodes.items()}
    results = set()
    sh = rdflib.Namespace(SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node = str(report.value(result, sh.focusNode))
        messages = sorted(str(m) for m in report.objects(result, sh.resultMessage))
        name = names.get(node) or labels.get(node) or node
        results.add(
            Violation(check="shape", node=name, message=messages[0] if messages else _plainly(report, result))
        )
    return report.serialize(format="turtle"), results


def _rdflib_graph(ntriples: bytes) -> rdflib.Graph:
    """The triples for the SHACL engine, which knows RDF 1.1: a statement that reifies a triple has its three parts.

    rdflib's own parser is slower, and takes the square of the time for a long text.
    """
    import rdflib

    def term(found: ox.NamedNode | ox.BlankNode | ox.Literal) -> rdflib.term.Node:
        if isinstance(found, ox.NamedNode):
            return rdflib.URIRef(found.value)
        if isinstance(found, ox.BlankNode):
            return rdflib.BNode(found.value)
        if found.language:
            return rdflib.Literal(found.value, lang=found.language)
        return rdflib.Literal(found.value, datatype=rdflib.URIRef(found.datatype.value), normalize=False)

    triples = [quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]
    # What others reify is nothing that we promise anything of.
    ours = {t.subject for t in triples if t.object == ox.NamedNode(vocab.STATEMENT)}
    graph = rdflib.Graph()
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if isinstance(subject, ox.Triple):
            continue
        if not isinstance(obj, ox.Triple):
            graph.add((term(subject), term(triple.predicate), term(obj)))
        elif subject in ours and triple.predicate.value == RDF + "reifies":
            for name, part in (
                ("subject", obj.subject),
                ("predicate", obj.predicate),
                ("object", obj.object),
            ):
                if not isinstance(part, ox.Triple):
                    graph.add((term(subject), rdflib.URIRef(RDF + name), term(part)))
    return graph


def _plainly(report: rdflib.Graph, result: Any) -> str:
    """A sentence for a shape that has no message of its own."""
    import rdflib

    sh = rdflib.Namespace(SH)
    path = report.value(result, sh.resultPath)
    component = str(report.value(result, sh.sourceConstraintComponent)).rpartition("#")[2]
    return f"It breaks {component}{f' of {path}' if path else ''}."
