"""What follows from the facts: rules in SPARQL, run until nothing new follows.

A rule is a ``CONSTRUCT`` query over statements that builds statements with their premises::

    # Whoever heads an organisation works for it.
    CONSTRUCT { [] rdf:subject ?subject ; rdf:predicate sg:worksFor ; rdf:object ?object ; sg:premise ?premise } WHERE {
      ?premise rdf:predicate sg:headOf ; rdf:subject ?subject ; rdf:object ?object ; sg:factuality sg:Asserted .
    }

The ontology is there as a named graph, for rules about properties in general. What has ended is not there: nothing of the
present follows from it. Each inferred fact names its rule (the file's
name) and premises, has the evidence of all of them, and is less sure than the least sure. Nothing that stands already is
inferred again. A rule that builds anything else is an error: it would be passed over without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.errors import OntologyError, OntologySyntaxError, QueryError
from spacegraph.graph.query.sparql import check_read_only, query_kind, syntax_message
from spacegraph.graph.rdf.contents import Contents, fact_order
from spacegraph.graph.rdf.run import current_run
from spacegraph.graph.rdf.statements import entity_lines, fact_lines, plain_line, run_lines
from spacegraph.graph.rdf.terms import term_of
from spacegraph.graph.rdf.vocabulary import PREFIXES, STATEMENT_BASE
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.model import Entity, Fact, Literal
from spacegraph.rdf_files import RDF_SUFFIXES, rdf_input, rdf_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.graph.graph import Graph
    from spacegraph.ontology import Ontology

G = TypeVar("G", bound="Graph")

__all__ = ["Rule", "infer", "infer_facts", "load_rules", "rules_folder"]

#: The graph in which rules find the ontology.
ONTOLOGY_GRAPH = "https://w3id.org/spacegraph/ontology"
#: What follows is less sure than what it follows from.
DISCOUNT = 0.9
#: Rounds after which a set of rules that never ends is an error. Chains of places are a few links long.
MAX_ROUNDS = 100

#: What a draft may say of itself; a class does no harm.
_OF_DRAFTS = frozenset(
    (vocab.RDF + "type", vocab.RDF + "subject", vocab.RDF + "predicate", vocab.RDF + "object", vocab.PREMISE)
)
_SUBJECT, _PREDICATE, _OBJECT = vocab.RDF + "subject", vocab.RDF + "predicate", vocab.RDF + "object"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its name, a sentence that says what it does, and its CONSTRUCT query."""

    name: str
    meaning: str
    text: str


def rules_folder() -> Path:
    """Where the built-in rules are: in the installed package, else in the checkout.

    Raises:
        OntologyError: They are in neither place.
    """
    here = Path(__file__).resolve().parents[2]
    for folder in (here / "ontology_data" / "rules", here.parent.parent / "ontology" / "rules"):
        if folder.is_dir():
            return folder
    message = "The built-in rules are missing from this installation of spacegraph. Install it again."
    raise OntologyError(message)


def load_rules(place: str | Path | None = None) -> tuple[Rule, ...]:
    """Read rules.

    Args:
        place: A ``.rq`` file, or a folder of them, read in alphabetical order; None is the built-in folder.

    Raises:
        OntologyError: There is no such file or no rule in the folder, or a rule is no CONSTRUCT query.
        OntologySyntaxError: A rule is not valid SPARQL: file, line and column.
    """
    path = Path(place) if place is not None else rules_folder()
    files = sorted(path.glob("*.rq")) if path.is_dir() else [path]
    if not files:
        message = f"The folder {path} holds no rule. A rule is a CONSTRUCT query in a file that ends in .rq."
        raise OntologyError(message)
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Rule:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The rule {file} cannot be read: {getattr(error, 'strerror', None) or error}."
        raise OntologyError(message) from error
    if query_kind(text) != "graph":
        message = f"The rule {file} is not a CONSTRUCT query."
        raise OntologyError(message)
    try:
        check_read_only(text)
    except QueryError as error:
        message = f"The rule {file} cannot be used: {error}"
        raise OntologyError(message) from error
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        found = syntax_message(error, text)
        message = f"The rule {file} is no valid SPARQL: {found}"
        raise OntologySyntaxError(message, file=str(file), line=found.line, column=found.column) from error
    meaning = " ".join(line.strip("# ") for line in text.splitlines() if line.startswith("#"))
    return Rule(name=file.stem, meaning=meaning, text=text)


def infer(
    kg: G,
    rules: Iterable[Rule] | str | Path | None = None,
    *,
    ontology: Ontology | str | Path | None = None,
) -> G:
    """A new graph in memory with what follows added.

    Args:
        kg: The graph; it is not changed.
        rules: Rules, or the place of some; None is the built-in ones.
        ontology: For rules about properties in general; None is the built-in one.

    Raises:
        OntologyError: A rule cannot be used, or the rules never come to an end.
    """
    chosen = load_rules(rules) if rules is None or isinstance(rules, str | Path) else tuple(rules)
    found = infer_facts(kg.contents, chosen, ontology=ontology)
    contents = kg.contents
    run = current_run()
    statements = {identifier: iri for iri, identifier in contents.nodes.items()}
    lines: list[str] = []
    for doc_id in dict.fromkeys(fact.doc_id for fact in found.values()):
        lines.extend(run_lines(run, doc_id))
    for identifier, fact in found.items():
        lines.append(plain_line(fact))
        lines.extend(fact_lines(fact, identifier, run, contents.articles, statements))
        for thing in (fact.subject, fact.object):
            if isinstance(thing, Entity):
                lines.extend(entity_lines(thing))
    store = MemoryStore()
    store.load_ntriples(kg.ntriples())
    store.load_ntriples("\n".join(lines).encode())
    together = dict(zip(contents.ids, contents.facts, strict=True)) | found
    ordered = sorted(together.items(), key=lambda item: fact_order(item[1], item[0]))
    after = Contents(
        facts=tuple(fact for _, fact in ordered),
        ids=tuple(identifier for identifier, _ in ordered),
        entities=contents.entities,
        articles=contents.articles,
        nodes=contents.nodes,
    )
    return type(kg)(store, after)


def infer_facts(
    contents: Contents, rules: Iterable[Rule], *, ontology: Ontology | str | Path | None = None
) -> dict[str, Fact]:
    """The facts that follow and do not stand already, by identifier, in the order in which they were inferred.

    Raises:
        OntologyError: A rule builds something that is no statement, or the rules never come to an end.
    """
    chosen = tuple(rules)
    facts = dict(zip(contents.ids, contents.facts, strict=True))
    store = _working_store(contents, ontology)
    standing = {_key(f) for f in facts.values() if f.is_plain}
    found: dict[str, Fact] = {}
    for _ in range(MAX_ROUNDS):
        fresh: dict[str, Fact] = {}
        for rule in chosen:
            for draft in _drafts(store, rule):
                fact = _fact(draft, rule, facts, contents)
                if _key(fact) in standing:
                    continue
                standing.add(_key(fact))
                fresh[fact.id] = fact
        if not fresh:
            return found
        found.update(fresh)
        facts.update(fresh)
        store.bulk_load("\n".join(_core_lines(fresh.items())).encode(), format=ox.RdfFormat.N_TRIPLES)
    message = f"After {MAX_ROUNDS} rounds the rules {', '.join(rule.name for rule in chosen)} still infer new facts. One of them makes a thing of a thing without end."
    raise OntologyError(message)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Draft:
    """A statement as a rule builds it: terms, and identifiers of its premises."""

    subject: str
    predicate: str
    object: str
    premises: tuple[str, ...]


def _key(fact: Fact) -> tuple[str, str, str]:
    # Without the article: what one article asserts need not be inferred for another, and along a chain of places the facts
    # would multiply with the articles that support each link.
    obj = fact.object
    value = f"<{obj.iri}>" if isinstance(obj, Entity) else f"{obj.value}^^{obj.datatype}"
    return fact.subject.iri, fact.property_iri, value


def _working_store(contents: Contents, ontology: Ontology | str | Path | None) -> ox.Store:
    """Asserted statements that have not ended, the classes of things, and the ontology: all that rules look at."""
    from spacegraph.ontology import Ontology
    from spacegraph.rdf_ontology import load_ontology

    store = ox.Store()
    lines = list(_core_lines(zip(contents.ids, contents.facts, strict=True)))
    for entity in contents.entities.values():
        lines.extend(entity_lines(entity))
    store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    loaded = ontology if isinstance(ontology, Ontology) else load_ontology(ontology)
    for path in map(Path, loaded.sources):
        form = RDF_SUFFIXES.get(rdf_suffix(path), ox.RdfFormat.TURTLE)
        found, graph = rdf_input(path, form), ox.NamedNode(ONTOLOGY_GRAPH)
        if found["format"].supports_datasets:
            store.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(**found))
        else:
            store.bulk_load(**found, to_graph=graph)
    return store


def _core_lines(facts: Iterable[tuple[str, Fact]]) -> Iterable[str]:
    for identifier, fact in facts:
        if not fact.is_plain:
            continue
        node = f"<{STATEMENT_BASE}{identifier}>"
        plain = plain_line(fact)
        subject, predicate, obj = plain[:-2].split(" ", 2)
        yield plain
        yield f"{node} <{_SUBJECT}> {subject} ."
        yield f"{node} <{_PREDICATE}> {predicate} ."
        yield f"{node} <{_OBJECT}> {obj} ."
        yield f"{node} <{vocab.FACTUALITY}> <{vocab.ASSERTED}> ."


def _drafts(store: ox.Store, rule: Rule) -> list[_Draft]:
    """What a rule builds, sorted, so that the same graph gives the same facts."""
    try:
        answer = store.query(rule.text, prefixes=PREFIXES)
        built: dict[str, dict[str, list[str]]] = {}
        for triple in answer if isinstance(answer, ox.QueryTriples) else ():
            node = built.setdefault(str(triple.subject), {})
            node.setdefault(triple.predicate.value, []).append(str(triple.object))
    except (OSError, RuntimeError) as error:
        message = f"The rule {rule.name} failed: {error}."
        raise OntologyError(message) from error
    drafts = set()
    for node in built.values():
        try:
            (subject,), (predicate,), (obj,) = node[_SUBJECT], node[_PREDICATE], node[_OBJECT]
            premises = node[vocab.PREMISE]
        except (KeyError, ValueError) as error:
            message = f"The rule {rule.name} must build statements with one rdf:subject, rdf:predicate and rdf:object, and at least one sg:premise."
            raise OntologyError(message) from error
        if said := [p for p in node if p not in _OF_DRAFTS]:
            message = f"The rule {rule.name} must build statements of rdf:subject, rdf:predicate, rdf:object and sg:premise only, not {said[0]}. What is inferred is asserted, and the rest follows from its premises."
            raise OntologyError(message)
        names = tuple(sorted(p[1:-1].removeprefix(STATEMENT_BASE) for p in premises))
        drafts.add(_Draft(subject=subject, predicate=predicate, object=obj, premises=names))
    return sorted(drafts)


def _fact(draft: _Draft, rule: Rule, facts: dict[str, Fact], contents: Contents) -> Fact:
    """The fact of a draft.

    Raises:
        OntologyError: It is about something that is not in the graph, or follows from something that is no statement.
    """
    for premise in draft.premises:
        if premise not in facts:
            message = f"The rule {rule.name} has the premise {premise}, which is no asserted statement of the graph."
            raise OntologyError(message)
    premises = [facts[p] for p in draft.premises]
    subject = contents.entities.get(draft.subject[1:-1])
    obj: Entity | Literal | None = contents.entities.get(draft.object[1:-1])
    if draft.object.startswith('"'):
        term = term_of(draft.object)
        obj = None
        if isinstance(term, ox.Literal) and not term.language:
            obj = Literal(value=term.value, datatype=term.datatype.value)
    for role, text, found in (("subject", draft.subject, subject), ("object", draft.object, obj)):
        if found is None:
            what = (
                "a text with a language: use STR(…)"
                if text.startswith('"') and role == "object"
                else "not a thing of the graph"
            )
            message = f"The rule {rule.name} builds a statement whose {role} {text} is {what}."
            raise OntologyError(message)
    if not draft.predicate.startswith("<"):
        message = f"The rule {rule.name} builds a statement whose predicate {draft.predicate} is not the IRI of a property."
        raise OntologyError(message)
    assert subject is not None
    assert obj is not None
    times = {p.time for p in premises if p.time}
    return Fact(
        # Premises of two articles: the fact stands in the first of them.
        doc_id=min(p.doc_id for p in premises),
        subject=subject,
        property_iri=draft.predicate[1:-1],
        object=obj,
        time=times.pop() if len(times) == 1 else "",
        confidence=round(min(p.confidence for p in premises) * DISCOUNT, 6),
        evidence=tuple(sorted({e for p in premises for e in p.evidence})),
        rule=rule.name,
        inferred=True,
        premises=draft.premises,
    )
