"""RDF terms as N-Triples text, and literals in the form in which a store keeps them.

Facts become lines of N-Triples by string formatting and Rust parses those: several times faster than making
a Python object for each term (benchmarks/graph.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from spacegraph.errors import StoreError
from spacegraph.model import Literal
from spacegraph.vocab import XSD

__all__ = ["canonical_literal", "iri_text", "literal_text", "term_of", "time_literal"]

_STRING = XSD + "string"
_TIME_FORMS = (
    (re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d.*"), "dateTime"),
    (re.compile(r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?"), "date"),
    (re.compile(r"-?\d{4,}-\d\d"), "gYearMonth"),
    (re.compile(r"-?\d{4,}"), "gYear"),
    (re.compile(r"-?P.*"), "duration"),
)


@lru_cache(maxsize=200_000)
def iri_text(iri: str) -> str:
    """``<iri>``.

    Raises:
        StoreError: It is no absolute IRI.
    """
    try:
        return str(ox.NamedNode(iri))
    except (ValueError, UnicodeEncodeError) as error:
        message = f"{iri!r} is no absolute IRI, so it cannot name anything in a graph. Mint IRIs with spacegraph.iris.mint_entity_iri."
        raise StoreError(message) from error


def literal_text(value: str, datatype: str = _STRING) -> str:
    """A literal in N-Triples, with its datatype where that is not ``xsd:string``.

    Raises:
        StoreError: The value has half of a surrogate pair in it, or the datatype is no IRI.
    """
    try:
        text = str(ox.Literal(value))
    except UnicodeEncodeError as error:
        message = f"The text {value[:60]!r} has half of a surrogate pair in it, which no RDF file can hold. Decode the article again, with errors='replace'."
        raise StoreError(message) from error
    return text if datatype == _STRING else f"{text}^^{iri_text(datatype)}"


def term_of(text: str) -> ox.NamedNode | ox.Literal:
    """The term of a text in N-Triples, which is an IRI or a literal."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@lru_cache(maxsize=50_000)
def canonical_literal(value: str, datatype: str) -> Literal:
    """The literal as the store gives it back: ``1.0`` as a decimal is ``1``, strings stay.

    What is not valid for its datatype stays as it is.
    """
    if datatype == _STRING:
        return Literal(value=value, datatype=datatype)
    node = ox.NamedNode("urn:x")
    try:
        literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
    except (ValueError, UnicodeEncodeError) as error:
        message = f"The literal {value!r} with datatype {datatype!r} cannot stand in a graph. Give a datatype that is an absolute IRI."
        raise StoreError(message) from error
    store = ox.Store()
    store.add(ox.Quad(node, node, literal))
    kept = next(iter(store)).object
    if not isinstance(kept, ox.Literal):  # pragma: no cover  (a literal stays a literal)
        return Literal(value=value, datatype=datatype)
    return Literal(value=kept.value, datatype=kept.datatype.value)


@lru_cache(maxsize=50_000)
def time_literal(time: str) -> Literal:
    """An ISO 8601 time with the narrowest XSD datatype that holds it; an interval is a string."""
    for form, datatype in _TIME_FORMS:
        if form.fullmatch(time):
            return canonical_literal(time, XSD + datatype)
    return Literal(value=time)
