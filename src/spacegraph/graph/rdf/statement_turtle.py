"""Statements and evidence written as Turtle at once, where the facts are at hand.

The text is, byte for byte, what :func:`spacegraph.graph.rdf.turtle.to_turtle` makes of the same statements as N-Triples (a property
test compares them); to fill in a form for each fact takes a fraction of the time of sorting, parsing and writing a dozen triples.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacegraph import vocab
from spacegraph.graph.rdf.statements import (
    LINKS,
    article_lines,
    context_of,
    decimal,
    entity_lines,
    plain_line,
    run_lines,
)
from spacegraph.graph.rdf.terms import iri_text, literal_text, time_literal
from spacegraph.graph.rdf.turtle import SECTIONS, block, prefix_header, sorted_lines
from spacegraph.graph.rdf.vocabulary import (
    FACTUALITY_IRI,
    PREFIXES,
    STATEMENT_BASE,
    article_iri,
    evidence_iri,
    statement_iri,
)
from spacegraph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.graph.rdf.contents import Contents
    from spacegraph.graph.rdf.run import Run
    from spacegraph.model import Article, Evidence, Fact

__all__ = ["turtle_of"]

#: Local names that need no escapes in Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def turtle_of(contents: Contents, run: Run, *, text: bool = False) -> bytes:
    """A graph's contents as deterministic Turtle, in UTF-8.

    Args:
        contents: The facts, things and articles.
        run: What produced the facts.
        text: Whether the articles' texts go into the graph.
    """
    articles = [line for article in contents.articles.values() for line in article_lines(article, text=text)]
    things = [line for entity in contents.entities.values() for line in entity_lines(entity)]
    things += [plain_line(fact) for fact in contents.facts if fact.is_plain]
    runs = [
        line for doc_id in dict.fromkeys(f.doc_id for f in contents.facts) for line in run_lines(run, doc_id)
    ]
    names = _Names()
    statements = (
        (f"<{STATEMENT_BASE}{identifier}>", _statement(fact, identifier, run, names))
        for fact, identifier in zip(contents.facts, contents.ids, strict=True)
    )
    evidence = {e: None for fact in contents.facts for e in fact.evidence}
    quoted = (node for e in evidence for node in _evidence(e, contents.articles.get(e.doc_id), names))
    sections = (_block(articles), _block(things), _joined(statements), _joined(quoted), _block(runs))
    body = b"".join(
        b"\n# " + heading.encode() + b"\n\n" + section
        for (heading, _), section in zip(SECTIONS, sections, strict=True)
        if section
    )
    return prefix_header(PREFIXES, body) + body


def _block(lines: list[str]) -> bytes:
    return block(sorted_lines("\n".join(lines).encode()), PREFIXES) if lines else b""


def _joined(nodes: Iterable[tuple[str, str]]) -> bytes:
    """Nodes with their text in the order of N-Triples, in which the bracket after an IRI counts."""
    found = {subject.encode(): text for subject, text in nodes}
    return "\n".join(found[subject] for subject in sorted(found)).encode()


class _Names(dict[str, str]):
    """IRIs as Turtle writes them, kept once they have been made."""

    def __init__(self) -> None:
        super().__init__()
        self.literals: dict[tuple[str, str], str] = {}

    def __missing__(self, iri: str) -> str:
        at = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix, local = _PREFIX_OF.get(iri[:at]), iri[at:]
        if prefix is not None and _LOCAL.fullmatch(local):
            made = f"{prefix}:{local}"
        elif iri.startswith(_NAMESPACES):
            # Oxigraph knows what has to be escaped in a name, and what cannot be.
            made = _by_engine(f"{iri_text(iri)} <urn:p> <urn:o> .").split(" ", 1)[0]
        else:
            made = iri_text(iri)
        self[iri] = made
        return made

    def literal(self, value: str, datatype: str) -> str:
        """A literal as Turtle writes it."""
        if datatype == _STRING:
            return literal_text(value)
        made = self.literals.get((value, datatype))
        if made is None:
            written = _by_engine(f"<urn:s> <urn:p> {literal_text(value, datatype)} .")
            made = self.literals[value, datatype] = written.split(" ", 2)[2].removesuffix(" .")
        return made


_STRING = vocab.XSD + "string"
_ENDED = "    sg:ended true ;\n"
_PREFIX_OF = {iri: prefix for prefix, iri in PREFIXES.items()}
_NAMESPACES = tuple(PREFIXES.values())


def _by_engine(triple: str) -> str:
    """One triple in Turtle."""
    return block([triple.encode()], PREFIXES).decode().strip()


def _statement(fact: Fact, identifier: str, run: Run, names: _Names) -> str:
    """A statement node: its triple first, then its properties in the order of their IRIs."""
    obj = fact.object
    value = names[obj.iri] if isinstance(obj, Entity) else names.literal(obj.value, obj.datatype)
    confidence = decimal(fact.confidence)
    if "." not in confidence:
        # As it stands, it would be an integer.
        confidence = f'"{confidence}"^^xsd:decimal'
    lines = [
        (
            f"statement:{identifier} a sg:Statement ;\n    rdf:subject {names[fact.subject.iri]} ;\n"
            f"    rdf:predicate {names[fact.property_iri]} ;\n    rdf:object {value} ;\n"
            f"    prov:hadPrimarySource {names[article_iri(fact.doc_id)]}"
        )
    ]
    if fact.evidence:
        lines.append(
            f"    prov:wasDerivedFrom {_listed((evidence_iri(e.doc_id, e.start, e.end) for e in fact.evidence), names)}"
        )
    lines.append(f"    prov:wasGeneratedBy {names[run.iri(fact.doc_id)]}")
    beside = {role: [thing.iri for how, thing in fact.links if how == role] for role in LINKS if fact.links}
    lines += [f"    {names[role]} {_listed(things, names)}" for role, things in beside.items() if things]
    lines.append(f"    sg:confidence {confidence}")
    if fact.content:
        lines.append(f"    sg:content {_listed((statement_iri(c) for c in fact.content), names)}")
    lines.append(f"{_ENDED if fact.ended else ''}    sg:factuality {names[FACTUALITY_IRI[fact.factuality]]}")
    if fact.inferred:
        lines.append("    sg:inferred true")
    if fact.premises:
        lines.append(f"    sg:premise {_listed((statement_iri(p) for p in fact.premises), names)}")
    if fact.rule:
        lines.append(f"    sg:rule {literal_text(fact.rule)}")
    if fact.attributed_to:
        lines.append(f"    sg:statedBy {names[fact.attributed_to.iri]}")
    if fact.time:
        time = time_literal(fact.time)
        lines.append(f"    sg:statedTime {names.literal(time.value, time.datatype)}")
    return " ;\n".join(lines) + " .\n"


def _listed(iris: Iterable[str], names: _Names) -> str:
    """Objects in the order of N-Triples, in which the bracket after an IRI counts, each once."""
    return " , ".join(names[iri[:-1]] for iri in sorted({f"{iri}>" for iri in iris}))


def _evidence(evidence: Evidence, article: Article | None, names: _Names) -> Iterable[tuple[str, str]]:
    """The nodes of some words: the stretch of text, its offsets and its quotation."""
    iri = evidence_iri(evidence.doc_id, evidence.start, evidence.end)
    node = names[iri]
    position, quotation = f"{iri}_position", f"{iri}_quote"
    yield (
        f"<{iri}>",
        (
            f"{node} a oa:SpecificResource ;\n    oa:hasSelector {names[position]} , {names[quotation]} ;\n"
            f"    oa:hasSource {names[article_iri(evidence.doc_id)]} .\n"
        ),
    )
    yield (
        f"<{position}>",
        f"{names[position]} a oa:TextPositionSelector ;\n    oa:end {evidence.end} ;\n    oa:start {evidence.start} .\n",
    )
    around = "".join(
        f" ;\n    oa:{name} {literal_text(words)}"
        for name, words in zip(("prefix", "suffix"), context_of(evidence, article), strict=True)
        if words
    )
    yield (
        f"<{quotation}>",
        f"{names[quotation]} a oa:TextQuoteSelector ;\n    oa:exact {literal_text(evidence.text)}{around} .\n",
    )
