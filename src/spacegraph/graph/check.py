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

from spacegraph.graph.vocabulary import (
    ARTICLE_BASE,
    DESCRIPTION_BASE,
    EVIDENCE_BASE,
    RUN_BASE,
    STATEMENT_BASE,
)
from spacegraph.model import Entity, Factuality
from spacegraph.vocab import OWL, RDF, RDFS, SH, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from spacegraph.graph.knowledge_graph import KnowledgeGraph
    from spacegraph.model import Fact
    from spacegraph.ontology import Ontology

__all__ = ["CheckReport", "Violation", "check"]

#: What may be said of a thing without a statement: how it is called and what it is.
_DESCRIBING = frozenset((RDF + "type", RDFS + "label", SKOS + "altLabel", OWL + "sameAs"))
_OWN_NODES = (ARTICLE_BASE, DESCRIPTION_BASE, EVIDENCE_BASE, RUN_BASE, STATEMENT_BASE)
_THING = "Thing"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One thing to mend: where, and a sentence. ``check`` is "shape", "words", "plain", "domain" or "range"."""

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
            lines.append(f"{count} {'thing' if count == 1 else 'things'} to mend in {self.facts} facts.")
        else:
            lines.append(f"Nothing to mend in {self.facts} facts.")
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
    found = set(_words(kg)) | set(_plain(kg)) | set(_domains(kg, loaded))
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
            elif evidence.end - evidence.start != len(evidence.text):
                message = f"Its evidence runs from {evidence.start} to {evidence.end}, but quotes {len(evidence.text)} characters: {evidence.text[:60]!r}."
                yield Violation(check="words", node=_name(fact), message=message)
            elif article and article.text and article.text[evidence.start : evidence.end] != evidence.text:
                there = article.text[evidence.start : evidence.end]
                message = f"Its evidence quotes {evidence.text[:60]!r}, but article {evidence.doc_id!r} has {there[:60]!r} there."
                yield Violation(check="words", node=_name(fact), message=message)


def _plain(kg: KnowledgeGraph) -> Iterator[Violation]:
    """Plain triples between things that no asserted statement stands behind, and asserted facts without one."""
    asserted = {
        (f.subject.iri, f.property_iri, f.object.iri if isinstance(f.object, Entity) else f.object.value)
        for f in kg.facts
        if f.factuality is Factuality.ASSERTED
    }
    if not kg.facts:
        return
    plain: set[tuple[str, str, str]] = set()
    for triple in kg.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples:
        s, p = str(getattr(triple.subject, "value", "")), triple.predicate.value
        o = str(getattr(triple.object, "value", ""))
        if p not in _DESCRIBING and not s.startswith(_OWN_NODES) and s in kg.contents.entities:
            plain.add((s, p, o))
    for s, p, o in sorted(plain - asserted):
        message = f"It has {p.rpartition('#')[2]} {o}, but no asserted statement stands behind that. Remove the triple, or add its statement."
        yield Violation(check="plain", node=s, message=message)


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
    data = rdflib.Graph()
    data.parse(data=kg.ntriples(), format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms or not isinstance(report, rdflib.Graph):
        return "", set()
    labels = {entity.iri: entity.label for entity in kg.entities}
    names = dict(zip((STATEMENT_BASE + i for i in kg.contents.ids), map(_name, kg.facts), strict=True))
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


def _plainly(report: rdflib.Graph, result: Any) -> str:
    """A sentence for a shape that has no message of its own."""
    import rdflib

    sh = rdflib.Namespace(SH)
    path = report.value(result, sh.resultPath)
    component = str(report.value(result, sh.sourceConstraintComponent)).rpartition("#")[2]
    return f"It breaks {component}{f' of {path}' if path else ''}."
