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
from spacegraph.errors import OntologyError, OntologySyntaxError, QueryError
from spacegraph.graph.query.sparql import check_read_only, names_dataset
from spacegraph.graph.rdf.vocabulary import DESCRIBING, OWN_NODES, STATEMENT_BASE
from spacegraph.model import Entity, Literal
from spacegraph.rdf_files import RDF_SUFFIXES, rdf_input, rdf_suffix
from spacegraph.vocab import RDF, SG, SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from spacegraph.graph.graph import Graph
    from spacegraph.model import Fact
    from spacegraph.ontology import Ontology

__all__ = ["CheckReport", "Violation", "check"]

#: Properties of the ontology that are said of statements, and stand without one.
_OF_STATEMENTS = frozenset(
    (
        vocab.FACTUALITY, vocab.CONFIDENCE, vocab.STATED_BY, vocab.STATED_TIME, vocab.RULE, vocab.INFERRED, vocab.ENDED, vocab.PREMISE,
        vocab.ORIGINAL_SUBJECT, vocab.ORIGINAL_OBJECT, vocab.ORIGINAL_SOURCE, vocab.ORIGINAL_THING,
        vocab.ABOUT, vocab.ADDRESSEE, vocab.CONTENT, vocab.ORIGINAL_ABOUT, vocab.ORIGINAL_ADDRESSEE,
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
    """The outcome of a check.

    ``advice`` is what shapes only recommend (``sh:Info``, ``sh:Warning``), which need not be mended. ``shacl`` is the SHACL
    validation report in Turtle. ``own_shapes``: whether the shapes were given for this check.
    """

    violations: tuple[Violation, ...]
    facts: int
    shacl: str = ""
    advice: tuple[Violation, ...] = ()
    own_shapes: bool = False

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.violations

    def __bool__(self) -> bool:
        return self.conforms

    def to_text(self) -> str:
        """A sentence a violation, and a last line that sums up."""
        lines = [f"{violation}" for violation in self.violations]
        lines += [f"Advice: {violation}" for violation in self.advice]
        return "\n".join((*lines, self.summary)) + "\n"

    @property
    def summary(self) -> str:
        """The last line: how much there is to mend, and in what."""
        count = len(self.violations)
        facts = f"{self.facts} {'fact' if self.facts == 1 else 'facts'}"
        if count:
            return f"{count} {'thing' if count == 1 else 'things'} to mend in {facts}."
        if self.facts:
            return f"Nothing to mend in {facts}."
        if self.own_shapes:
            return "The graph conforms to the shapes. It has no facts with provenance, so nothing else was checked."
        return NOTHING_TO_CHECK


def check(
    kg: Graph, *, shapes: str | Path | None = None, ontology: Ontology | str | Path | None = None
) -> CheckReport:
    """Validate a graph.

    Args:
        kg: The graph.
        shapes: SHACL shapes in any RDF format; None is the built-in file.
        ontology: The ontology that says which class a property's subject and object have; None is the built-in one.

    Raises:
        OntologyError: The shapes or the ontology cannot be read, or the shapes cannot be used: there is none in the file, none
            has a target, or a query in them is wrong or asks another machine.
        StoreError: The graph cannot be read.
    """
    from spacegraph.ontology import Ontology, default_path
    from spacegraph.rdf_ontology import load_ontology

    loaded = ontology if isinstance(ontology, Ontology) else load_ontology(ontology)
    shapes_path = Path(shapes) if shapes is not None else default_path("shapes.ttl")
    found = {*_words(kg), *_premises(kg), *_plain(kg), *_domains(kg, loaded)}
    shacl, by_shape, advice = _shapes(kg, shapes_path)
    return CheckReport(
        violations=tuple(sorted(found | by_shape)),
        facts=len(kg.facts),
        shacl=shacl,
        advice=tuple(sorted(advice)),
        own_shapes=shapes is not None,
    )


def _name(fact: Fact) -> str:
    return f"{fact.subject.label} – {fact.relation} – {fact.object.label} ({fact.doc_id})"


def _words(kg: Graph) -> Iterator[Violation]:
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


def _premises(kg: Graph) -> Iterator[Violation]:
    """Inferred facts that do not say from what, and read ones that do."""
    for fact in kg.facts:
        if fact.inferred and not fact.premises:
            message = "It is inferred, but names no sg:premise. Say what it follows from."
            yield Violation(check="premise", node=_name(fact), message=message)
        elif fact.premises and not fact.inferred:
            message = "It has premises, but is not marked as inferred. Add sg:inferred true."
            yield Violation(check="premise", node=_name(fact), message=message)


def _plain(kg: Graph) -> Iterator[Violation]:
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


def _domains(kg: Graph, ontology: Ontology) -> Iterator[Violation]:
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


def _single_values(kg: Graph, ontology: Ontology) -> Iterator[Violation]:
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


def _shapes(kg: Graph, path: Path) -> tuple[str, set[Violation], set[Violation]]:
    """The SHACL report in Turtle, its results as violations, and what the shapes only recommend."""
    import pyshacl
    import rdflib

    shapes = _read_shapes(path)
    data = _rdflib_graph(kg.ntriples())
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except Exception as error:  # each mistake in a shape has a class of its own: of the query, the regular expression, the list
        raise _unusable(path, error) from error
    if not isinstance(report, rdflib.Graph):
        # Where a shape may not be used, the engine gives its reason instead.
        raise _unusable(path, getattr(report, "message", report))
    labels = {entity.iri: entity.label for entity in kg.entities}
    named = dict(zip(kg.contents.ids, map(_name, kg.facts), strict=True))
    names = {STATEMENT_BASE + i: name for i, name in named.items()}
    names |= {iri: named[i] for iri, i in kg.contents.nodes.items()}
    results: set[Violation] = set()
    advice: set[Violation] = set()
    sh = rdflib.Namespace(SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node = str(report.value(result, sh.focusNode))
        messages = sorted(report.objects(result, sh.resultMessage), key=_english_first)
        message = str(messages[0]) if messages else _plainly(report, result)
        severity = report.value(result, sh.resultSeverity)
        kind = advice if severity in (sh.Info, sh.Warning) else results
        kind.add(Violation(check="shape", node=names.get(node) or labels.get(node) or node, message=message))
    return report.serialize(format="turtle"), results, advice


def _english_first(message: Any) -> tuple[int, str]:
    language = (getattr(message, "language", None) or "").lower()
    return (0 if language.split("-")[0] == "en" else 1 if not language else 2), str(message)


def _read_shapes(path: Path) -> rdflib.Graph:
    """The shapes of a file, of which at least one is about something.

    Raises:
        OntologyError: It cannot be read, or no shape in it has a target, or a query in it asks another machine.
        OntologySyntaxError: It is not valid RDF.
    """
    import rdflib

    form = RDF_SUFFIXES.get(rdf_suffix(path), ox.RdfFormat.TURTLE)
    try:
        found = rdf_input(path, form)
        triples = ox.serialize((quad.triple for quad in ox.parse(**found)), format=ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        line = error.lineno or 0
        message = f"The shapes {path} are not valid {form.name}: {error.msg}."
        raise OntologySyntaxError(message, file=str(path), line=line) from error
    except OSError as error:
        message = f"The shapes {path} cannot be read: {error.strerror or error}."
        raise OntologyError(message) from error
    shapes = _rdflib_graph(triples or b"")
    sh = rdflib.Namespace(SH)
    for name in ("select", "ask", "construct"):
        for text in shapes.objects(None, sh[name]):
            _refuse_other_machines(path, str(text))
    targets = (sh.targetClass, sh.targetNode, sh.targetSubjectsOf, sh.targetObjectsOf, sh.target)
    kinds = set(shapes.subjects(rdflib.RDF.type, sh.NodeShape)) | set(
        shapes.subjects(rdflib.RDF.type, sh.PropertyShape)
    )
    classes = {
        c for kind in (rdflib.RDFS.Class, rdflib.OWL.Class) for c in shapes.subjects(rdflib.RDF.type, kind)
    }
    if not kinds & classes and not any((None, target, None) in shapes for target in targets):
        what = (
            "no shape in them has a target (such as sh:targetClass)" if kinds else "they hold no sh:NodeShape"
        )
        message = f"The shapes {path} check nothing: {what}. Add one, or name another file."
        raise OntologyError(message)
    return shapes


def _refuse_other_machines(path: Path, query: str) -> None:
    try:
        check_read_only(query)
    except QueryError as error:
        raise _unusable(path, error) from error
    if names_dataset(query):
        raise _unusable(path, "a query in them names other graphs with FROM")


def _unusable(path: Path, why: object) -> OntologyError:
    said = " ".join(str(why).split())[:300].rstrip(".")
    return OntologyError(
        f"The shapes {path} cannot be used: {said or type(why).__name__}. Mend them and try again."
    )


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
