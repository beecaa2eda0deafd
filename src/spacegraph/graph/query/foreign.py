"""Triples that spacegraph has not made, as facts that a view can show."""

from __future__ import annotations

from urllib.parse import unquote

from spacegraph.model import Entity, Fact, Literal

__all__ = ["facts_of_triples"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: What names a thing, the best first.
_LABELS = (
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://xmlns.com/foaf/0.1/name",
    "https://schema.org/name",
    "http://schema.org/name",
    "http://purl.org/dc/terms/title",
)
_OWL_THING = "http://www.w3.org/2002/07/owl#Thing"


def facts_of_triples(kg: object) -> tuple[Fact, ...]:
    """The triples of a graph that has no statements of spacegraph's, as asserted facts without words behind them.

    Labels and classes describe the things and are no facts themselves. A thing without a label goes by the last part of its IRI.

    Args:
        kg: The graph; one that cannot be asked has no triples.
    """
    query = getattr(kg, "query", None)
    if query is None:
        return ()
    rows = query("SELECT ?s ?p (STR(?o) AS ?text) (DATATYPE(?o) AS ?type) ?o { ?s ?p ?o }").rows
    labels: dict[str, tuple[int, str]] = {}
    types: dict[str, str] = {}
    for subject, predicate, _, _, object_ in rows:
        if str(predicate) in _LABELS:
            label = (_LABELS.index(str(predicate)), str(object_))
            labels[str(subject)] = min(labels.get(str(subject), label), label)
        elif str(predicate) == _RDF_TYPE:
            types[str(subject)] = min(types.get(str(subject), str(object_)), str(object_))

    def thing(iri: str) -> Entity:
        type_iri = types.get(iri, _OWL_THING)
        return Entity(
            iri=iri, label=labels.get(iri, (0, _last(iri)))[1], type=_last(type_iri), type_iri=type_iri
        )

    return tuple(
        Fact(
            doc_id="",
            subject=thing(str(subject)),
            property_iri=str(predicate),
            # Everything but a value has no datatype.
            object=Literal(value=str(text), datatype=str(datatype)) if datatype else thing(str(object_)),
        )
        for subject, predicate, text, datatype, object_ in rows
        if str(predicate) not in (*_LABELS, _RDF_TYPE)
    )


def _last(iri: str) -> str:
    """The last part of an IRI, in letters that people read."""
    return unquote(iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]) or iri
