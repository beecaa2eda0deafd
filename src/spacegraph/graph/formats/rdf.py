"""The RDF formats: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML and Turtle of RDF 1.2."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from spacegraph import vocab
from spacegraph.graph.rdf.serialising import jsonld_of, rdfxml_of
from spacegraph.graph.rdf.turtle import block, canonical_ntriples, prefix_header, sorted_lines, to_turtle
from spacegraph.graph.rdf.vocabulary import (
    ARTICLE_BASE,
    EVIDENCE_BASE,
    PREFIXES,
    RUN_BASE,
    STATEMENT_BASE,
    article_iri,
)

if TYPE_CHECKING:
    from spacegraph.graph.graph import Graph

__all__ = [
    "jsonld",
    "nquads",
    "ntriples",
    "rdfxml",
    "trig",
    "turtle",
    "turtle12",
]

_ARTICLE_OWN = tuple(base.encode() for base in (ARTICLE_BASE, RUN_BASE, EVIDENCE_BASE, STATEMENT_BASE))


def turtle(kg: Graph, only_facts: bool) -> bytes:
    """Deterministic Turtle, sorted and grouped."""
    return to_turtle(_flat(kg, only_facts)) if only_facts else kg.to_turtle().encode()


def ntriples(kg: Graph, only_facts: bool) -> bytes:
    """Sorted N-Triples."""
    return b"".join(line + b"\n" for line in sorted_lines(_flat(kg, only_facts)))


def nquads(kg: Graph, only_facts: bool) -> bytes:
    """Sorted N-Quads: each article's statements in a graph of its own, what follows for all in the default graph."""
    lines: list[bytes] = []
    for name, found in _graphs(kg, only_facts).items():
        graph = f" {_graph_term(name)}".encode() if name else b""
        lines.extend(line[:-2] + graph + b" .\n" for line in found)
    return b"".join(sorted(lines))


def trig(kg: Graph, only_facts: bool) -> bytes:
    """TriG: the default graph as Turtle, then a block for each article."""
    graphs = _graphs(kg, only_facts)
    default = block(graphs.pop("", []), PREFIXES)
    parts = [b"# Things, and what is asserted of them\n\n", default] if default.strip() else []
    for name, found in sorted(graphs.items()):
        body = block(found, PREFIXES).rstrip(b"\n")
        indented = b"\n".join(b"    " + line if line else line for line in body.split(b"\n"))
        heading = _name(name)
        parts.append(b"\n" + heading + b" {\n" + indented + b"\n}\n")
    text = b"".join(parts)
    return prefix_header(PREFIXES, text) + b"\n" + text


def jsonld(kg: Graph, only_facts: bool) -> bytes:
    """JSON-LD 1.1: one object a node, short names by a context that is in the file.

    Raises:
        ExportError: A foreign graph has triple terms.
    """
    return jsonld_of(sorted_lines(_flat(kg, only_facts)))


def rdfxml(kg: Graph, only_facts: bool) -> bytes:
    """RDF/XML.

    Raises:
        ExportError: A literal has a character that XML cannot hold.
    """
    return rdfxml_of(sorted_lines(_flat(kg, only_facts)))


def turtle12(kg: Graph, only_facts: bool) -> bytes:
    """Turtle of RDF 1.2: each statement node reifies its triple (``rdf:reifies <<( … )>>``)."""
    kept: list[str] = []
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for line in _flat(kg, only_facts).decode().split("\n"):
        if not line:
            continue
        subject, predicate, rest = line.split(" ", 2)
        role = predicate[1:-1]
        if subject.startswith(f"<{STATEMENT_BASE}") and role in _ROLES:
            parts[subject][role] = rest[:-2]
        else:
            kept.append(line)
    for subject, found in parts.items():
        if len(found) == len(_ROLES):
            triple = " ".join(found[role] for role in _ROLES)
            kept.append(f"{subject} <{vocab.RDF}reifies> <<( {triple} )>> .")
        else:
            kept.extend(f"{subject} <{role}> {obj} ." for role, obj in found.items())
    return to_turtle(kept)


_ROLES = (vocab.RDF + "subject", vocab.RDF + "predicate", vocab.RDF + "object")


def _flat(kg: Graph, only_facts: bool) -> bytes:
    return canonical_ntriples(kg.ntriples(only_facts=only_facts))


def _graphs(kg: Graph, only_facts: bool) -> dict[str, list[bytes]]:
    """Graph name ("" for the default one) -> sorted lines."""
    names = kg.store.graphs()
    if only_facts:
        return {"": sorted_lines(_flat(kg, only_facts=True))}
    if names:
        found = {"": sorted_lines(kg.store.dump_graph(None))}
        found.update({name: sorted_lines(kg.store.dump_graph(name)) for name in names})
        return {name: lines for name, lines in found.items() if lines or not name}
    return _by_article(kg)


def _by_article(kg: Graph) -> dict[str, list[bytes]]:
    """A graph in memory divided as a store of many articles has it, but for what each article calls things."""
    graph_of_statement = {
        (STATEMENT_BASE + identifier).encode(): article_iri(fact.doc_id)
        for fact, identifier in zip(kg.contents.facts, kg.contents.ids, strict=True)
    }
    article_of = dict(zip(kg.contents.ids, (fact.doc_id for fact in kg.contents.facts), strict=True))
    graph_of_statement |= {iri.encode(): article_iri(article_of[i]) for iri, i in kg.contents.nodes.items()}
    by_name = {quote(doc_id, safe="").encode(): article_iri(doc_id) for doc_id in kg.contents.articles}
    graphs: dict[str, list[bytes]] = {"": []}
    for line in sorted_lines(_flat(kg, only_facts=False)):
        subject = line[1 : line.index(b">")] if line.startswith(b"<") else b""
        graph = graph_of_statement.get(subject, "")
        if not graph and subject.startswith(_ARTICLE_OWN):
            graph = by_name.get(_article_name(subject), "")
        graphs.setdefault(graph, []).append(line)
    return graphs


def _article_name(subject: bytes) -> bytes:
    """The encoded identifier of the article in the IRI of an article, reading or evidence."""
    for base in (ARTICLE_BASE.encode(), RUN_BASE.encode()):
        if subject.startswith(base):
            name = subject[len(base) :]
            return name if base == ARTICLE_BASE.encode() else name.rpartition(b".")[0]
    name = subject.removeprefix(EVIDENCE_BASE.encode())
    return re.sub(rb"\.\d+-\d+(_position|_quote)?$", b"", name)


def _name(iri: str) -> bytes:
    """A graph's name as Turtle writes it."""
    written = block([f"{_graph_term(iri)} <urn:p> <urn:o> .".encode()], PREFIXES)
    return written.split(b" ", 1)[0]


def _graph_term(name: str) -> str:
    return name if name.startswith("_:") else f"<{name}>"
