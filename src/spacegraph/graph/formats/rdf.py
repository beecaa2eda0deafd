"""The RDF formats: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML and Turtle of RDF 1.2."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.errors import ExportError
from spacegraph.graph.knowledge_graph import canonical_ntriples
from spacegraph.graph.query.results import compact
from spacegraph.graph.rdf.turtle import block, prefix_header, sorted_lines, to_turtle
from spacegraph.graph.rdf.vocabulary import (
    ARTICLE_BASE,
    EVIDENCE_BASE,
    PREFIXES,
    RUN_BASE,
    STATEMENT_BASE,
    article_iri,
)

if TYPE_CHECKING:
    from spacegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "context",
    "jsonld",
    "jsonld_of",
    "nquads",
    "ntriples",
    "rdfxml",
    "rdfxml_of",
    "trig",
    "turtle",
    "turtle12",
]

#: Where the JSON-LD context is published; files carry it in full, so that they can be read offline.
CONTEXT_IRI = "https://w3id.org/spacegraph/context.jsonld"
#: Properties whose values are IRIs, and those of a fixed datatype: they read as plain strings and numbers in JSON-LD.
_IRI_TERMS = (
    vocab.RDF + "subject", vocab.RDF + "predicate", vocab.FACTUALITY, vocab.STATED_BY, vocab.PREMISE,
    vocab.PROV + "hadPrimarySource", vocab.PROV + "wasGeneratedBy", vocab.PROV + "wasDerivedFrom",
    vocab.PROV + "used", vocab.PROV + "wasAssociatedWith", vocab.OA + "hasSource", vocab.OA + "hasSelector",
    vocab.OWL + "sameAs",
)  # fmt: skip
_TEXT_TERMS = (
    vocab.RDFS + "label", vocab.SKOS + "altLabel", vocab.DCTERMS + "identifier", vocab.SCHEMA + "headline",
    vocab.SCHEMA + "publisher", vocab.RULE, vocab.MODEL, vocab.OA + "exact", vocab.OA + "prefix", vocab.OA + "suffix",
)  # fmt: skip

#: What XML 1.0 has no way to write.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARTICLE_OWN = tuple(base.encode() for base in (ARTICLE_BASE, RUN_BASE, EVIDENCE_BASE, STATEMENT_BASE))


def turtle(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    """Deterministic Turtle, sorted and grouped."""
    return to_turtle(_flat(kg, only_facts)) if only_facts else kg.to_turtle().encode()


def ntriples(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    """Sorted N-Triples."""
    return b"".join(line + b"\n" for line in sorted_lines(_flat(kg, only_facts)))


def nquads(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    """Sorted N-Quads: each article's statements in a graph of its own, what follows for all in the default graph."""
    lines: list[bytes] = []
    for name, found in _graphs(kg, only_facts).items():
        graph = f" {_graph_term(name)}".encode() if name else b""
        lines.extend(line[:-2] + graph + b" .\n" for line in found)
    return b"".join(sorted(lines))


def trig(kg: KnowledgeGraph, only_facts: bool) -> bytes:
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


def context() -> dict[str, Any]:
    """The JSON-LD context of our files, as it is published beside the ontology (``ontology/context.jsonld``)."""
    terms: dict[str, Any] = dict(sorted(PREFIXES.items()))
    for iri in sorted(_IRI_TERMS):
        # The aliases are the local names, but for those that a prefix has.
        terms[_term(iri)] = {"@id": compact(iri), "@type": "@id"}
    for iri in sorted(_TEXT_TERMS):
        terms[_term(iri)] = {"@id": compact(iri)}
    terms["confidence"] = {"@id": compact(vocab.CONFIDENCE), "@type": "xsd:decimal"}
    terms["start"] = {"@id": "oa:start", "@type": "xsd:integer"}
    terms["end"] = {"@id": "oa:end", "@type": "xsd:integer"}
    terms["published"] = {"@id": "schema:datePublished", "@type": "xsd:date"}
    return {"@context": terms}


def jsonld(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    """JSON-LD 1.1: one object a node, short names by a context that is in the file.

    Raises:
        ExportError: A foreign graph has triple terms.
    """
    return jsonld_of(sorted_lines(_flat(kg, only_facts)))


def jsonld_of(lines: list[bytes]) -> bytes:
    """Lines of N-Triples as JSON-LD 1.1."""
    names = {iri: _term(iri) for iri in (*_IRI_TERMS, *_TEXT_TERMS)}
    typed = {
        vocab.CONFIDENCE: ("confidence", vocab.XSD + "decimal"),
        vocab.OA + "start": ("start", vocab.XSD + "integer"),
        vocab.OA + "end": ("end", vocab.XSD + "integer"),
        vocab.SCHEMA + "datePublished": ("published", vocab.XSD + "date"),
    }
    nodes: dict[str, dict[str, list[Any]]] = {}
    for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES):
        subject = _node_name(quad.subject)
        predicate, obj = quad.predicate.value, quad.object
        node = nodes.setdefault(subject, {})
        if predicate == vocab.RDF + "type" and isinstance(obj, ox.NamedNode):
            node.setdefault("@type", []).append(_short(obj.value))
        elif predicate in _IRI_TERMS and isinstance(obj, ox.NamedNode):
            node.setdefault(names[predicate], []).append(_short(obj.value))
        elif predicate in _TEXT_TERMS and isinstance(obj, ox.Literal) and _is_text(obj):
            node.setdefault(names[predicate], []).append(obj.value)
        elif predicate in typed and isinstance(obj, ox.Literal) and obj.datatype.value == typed[predicate][1]:
            node.setdefault(typed[predicate][0], []).append(obj.value)
        else:
            node.setdefault(_short(predicate), []).append(_value(obj))
    graph = [
        {"@id": subject, **{key: values[0] if len(values) == 1 else values for key, values in node.items()}}
        for subject, node in nodes.items()
    ]
    document = {**context(), "@graph": graph}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def rdfxml(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    """RDF/XML.

    Raises:
        ExportError: A literal has a character that XML cannot hold.
    """
    return rdfxml_of(sorted_lines(_flat(kg, only_facts)))


def rdfxml_of(lines: list[bytes]) -> bytes:
    """Lines of N-Triples as RDF/XML.

    Raises:
        ExportError: A literal has a character that XML cannot hold.
    """
    triples = [quad.triple for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)]
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and _NO_XML.search(triple.object.value):
            message = f"RDF/XML cannot hold the control characters in {triple.object.value[:60]!r}. Choose Turtle, or another format that is not XML."
            raise ExportError(message)
    written: bytes | None = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    # A bare carriage return, which Oxigraph writes, is a line feed to other parsers.
    head, tag, rest = (written or b"").replace(b"\r", b"&#13;").partition(b"<rdf:RDF")
    declarations, close, body = rest.partition(b">")
    # Oxigraph declares the prefixes in no fixed order.
    return head + tag + b"".join(b"\n    " + d for d in sorted(declarations.split())) + close + body + b"\n"


def turtle12(kg: KnowledgeGraph, only_facts: bool) -> bytes:
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


def _flat(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    return canonical_ntriples(kg.ntriples(only_facts=only_facts))


def _graphs(kg: KnowledgeGraph, only_facts: bool) -> dict[str, list[bytes]]:
    """Graph name ("" for the default one) -> sorted lines."""
    names = kg.store.graphs()
    if only_facts:
        return {"": sorted_lines(_flat(kg, only_facts=True))}
    if names:
        found = {"": sorted_lines(kg.store.dump_graph(None))}
        found.update({name: sorted_lines(kg.store.dump_graph(name)) for name in names})
        return {name: lines for name, lines in found.items() if lines or not name}
    return _by_article(kg)


def _by_article(kg: KnowledgeGraph) -> dict[str, list[bytes]]:
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


def _term(iri: str) -> str:
    local = iri.rpartition("#")[2].rpartition("/")[2]
    return f"{local}_" if local in PREFIXES else local


def _short(iri: str) -> str:
    """A compact IRI where JSON-LD reads it back as the same: what follows a prefix must not begin with "//"."""
    name = compact(iri)
    return iri if name.partition(":")[2].startswith("//") or name == iri else name


def _node_name(node: Any) -> str:
    return _short(node.value) if isinstance(node, ox.NamedNode) else f"_:{node.value}"


def _is_text(literal: ox.Literal) -> bool:
    return literal.language is None and literal.datatype.value == vocab.XSD + "string"


def _value(term: Any) -> Any:
    if isinstance(term, ox.Literal):
        if term.language:
            direction = {"@direction": str(term.direction)} if term.direction else {}
            return {"@value": term.value, "@language": term.language, **direction}
        if _is_text(term):
            return term.value
        return {"@value": term.value, "@type": _short(term.datatype.value)}
    if isinstance(term, ox.Triple):
        message = f"JSON-LD cannot hold the triple term {str(term)[:60]!r}. Choose Turtle, or another format of RDF 1.2."
        raise ExportError(message)
    return {"@id": _node_name(term)}
