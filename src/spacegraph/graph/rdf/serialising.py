"""Triples as JSON-LD and RDF/XML."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.parsers import expat

import orjson
import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.errors import ExportError
from spacegraph.graph.rdf.vocabulary import PREFIXES, compact

__all__ = ["context", "jsonld_of", "rdfxml_of"]

#: Properties whose values are IRIs, and those of a fixed datatype: they read as plain strings and numbers in JSON-LD.
_IRI_TERMS = (
    vocab.RDF + "subject", vocab.RDF + "predicate", vocab.FACTUALITY, vocab.STATED_BY, vocab.PREMISE,
    vocab.ABOUT, vocab.ADDRESSEE, vocab.CONTENT,
    vocab.PROV + "hadPrimarySource", vocab.PROV + "wasGeneratedBy", vocab.PROV + "wasDerivedFrom",
    vocab.PROV + "used", vocab.PROV + "wasAssociatedWith", vocab.OA + "hasSource", vocab.OA + "hasSelector",
    vocab.OWL + "sameAs",
)  # fmt: skip
_TEXT_TERMS = (
    vocab.RDFS + "label", vocab.SKOS + "altLabel", vocab.DCTERMS + "identifier", vocab.SCHEMA + "headline",
    vocab.SCHEMA + "publisher", vocab.RULE, vocab.MODEL, vocab.OA + "exact", vocab.OA + "prefix", vocab.OA + "suffix",
)  # fmt: skip

#: What an element can be called, at the end of a property's IRI.
_ELEMENT = re.compile(r"[^\W\d][\w.\-]*\Z")
#: What XML 1.0 has no way to write.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def rdfxml_of(lines: list[bytes]) -> bytes:
    """Lines of N-Triples as RDF/XML.

    Raises:
        ExportError: A literal has a character that XML cannot hold, or a property's IRI does not end in a name.
    """
    triples = [quad.triple for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)]
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and _NO_XML.search(triple.object.value):
            message = f"RDF/XML cannot hold the control characters in {triple.object.value[:60]!r}. Choose Turtle, or another format that is not XML."
            raise ExportError(message)
        if not _ends_in_a_name(triple.predicate.value):
            message = f"RDF/XML cannot hold the property {triple.predicate.value}: what it ends in is no name of XML. Choose Turtle, or another format that is not XML."
            raise ExportError(message)
    written: bytes | None = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    # A bare carriage return, which Oxigraph writes, is a line feed to other parsers.
    head, tag, rest = (written or b"").replace(b"\r", b"&#13;").partition(b"<rdf:RDF")
    declarations, close, body = rest.partition(b">")
    # Oxigraph declares the prefixes in no fixed order.
    return head + tag + b"".join(b"\n    " + d for d in sorted(declarations.split())) + close + body + b"\n"


@lru_cache(maxsize=10_000)
def _ends_in_a_name(iri: str) -> bool:
    """Whether an element can be called by the end of an IRI, as Expat reads it: most readers of RDF/XML go by that."""
    found = _ELEMENT.search(iri)
    try:
        return found is not None and bool(expat.ParserCreate().Parse(f"<{found[0]}/>", True))
    except expat.ExpatError:
        return False


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
