"""What changes of a store have to know of what is in it, asked in SPARQL so that every store can tell.

``VALUES`` with ``OPTIONAL`` or ``EXISTS`` is looked up value by value in an index; a join would read whole predicates.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

import pyoxigraph as ox

from spacegraph.graph.stores.forms import (
    ABOUT,
    BASED_ON,
    Description,
    StoredArticle,
    TripleText,
    canonical_lines,
    support_pattern,
)
from spacegraph.graph.terms import iri_text
from spacegraph.graph.vocabulary import ARTICLE_BASE, article_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacegraph.graph.stores.identity import Identity, Profile
    from spacegraph.graph.stores.protocol import GraphStore

__all__ = ["Lookups", "chunks", "text_of"]

_T = TypeVar("_T")
#: Values in one query; endpoints limit its length.
_CHUNK = 500


class Lookups:
    """Questions to a store of articles.

    Args:
        store: The store.
        identity: Which properties tell things apart.
    """

    def __init__(self, store: GraphStore, identity: Identity) -> None:
        self.store = store
        self.identity = identity

    def descriptions(self, originals: list[str], exclude: set[str]) -> dict[str, list[Description]]:
        """What other articles in the store say of things with these originals."""
        found: dict[str, list[Description]] = defaultdict(list)
        for chunk in chunks(originals):
            rows = self.select(
                f"SELECT ?o ?g ?about ?name ?type {{ VALUES ?o {{ {' '.join(map(iri_text, chunk))} }} OPTIONAL {{ GRAPH ?g {{ "
                f"?d <{BASED_ON}> ?o ; <{ABOUT}> ?about ; schema:name ?name ; schema:additionalType ?type }} }} }}"
            )
            for original, graph, about, name, cls in ([text_of(cell) for cell in row] for row in rows):
                doc_id = unquote(graph.removeprefix(ARTICLE_BASE))
                if graph and doc_id not in exclude:
                    found[original].append(
                        Description(doc_id=doc_id, original=original, label=name, cls=cls, about=about)
                    )
        return found

    def profiles(
        self,
        original: str,
        descriptions: list[Description],
        new: Mapping[str, StoredArticle | None],
    ) -> dict[str, Profile]:
        """What each article asserts of a thing in the properties that tell things apart."""
        kinds = {self.identity.kind_of(d.cls) for d in descriptions}
        if not self.identity.profiled or len(descriptions) < 2 or not kinds:
            return {}
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        stored = [d for d in descriptions if d.doc_id not in new]
        for chunk in chunks(stored):
            pairs = " ".join(f"({iri_text(article_iri(d.doc_id))} {iri_text(d.about)})" for d in chunk)
            rows = self.select(
                f"SELECT ?g ?p ?v ?w {{ VALUES (?g ?about) {{ {pairs} }} OPTIONAL {{ GRAPH ?g {{ ?s rdf:subject ?about ; "
                f"rdf:predicate ?p ; rdf:object ?v ; sg:factuality sg:Asserted . OPTIONAL {{ ?s sg:originalObject ?w }} }} }} }}"
            )
            for graph, predicate, value, own in rows:
                if predicate is not None and text_of(predicate) in self.identity.profiled:
                    doc_id = unquote(text_of(graph).removeprefix(ARTICLE_BASE))
                    values[doc_id][text_of(predicate)].add(str(own if own is not None else value))
        thing = iri_text(original)
        for doc_id, article in new.items():
            if article is None:
                continue
            for s, p, o in article.resolved(lambda iri: iri).derived():
                if s == thing and p[1:-1] in self.identity.profiled:
                    values[doc_id][p[1:-1]].add(o)
        return {
            doc_id: {name: frozenset(found) for name, found in profile.items()}
            for doc_id, profile in values.items()
        }

    def unsupported(self, triples: set[TripleText], changed_graphs: list[str]) -> set[TripleText]:
        """Those derived triples that no graph beside the changed ones supports."""
        lost = set(triples)
        excluded = ", ".join(map(iri_text, changed_graphs))
        for chunk in chunks(sorted(triples), 100):
            text = "SELECT ?i { " + " UNION ".join(
                f"{{ BIND({i} AS ?i) FILTER EXISTS {{ GRAPH ?g {{ {support_pattern(triple)} }} FILTER(?g NOT IN ({excluded})) }} }}"
                for i, triple in enumerate(chunk)
            )
            for row in self.select(text + " }"):
                lost.discard(chunk[int(text_of(row[0]))])
        return lost

    def existing(self, doc_ids: Iterable[str]) -> list[str]:
        """Those of some articles that the store has."""
        found = []
        for chunk in chunks(list(doc_ids)):
            values = " ".join(iri_text(article_iri(d)) for d in chunk)
            rows = self.select(
                f"SELECT ?g {{ VALUES ?g {{ {values} }} FILTER EXISTS {{ GRAPH ?g {{ ?g a schema:NewsArticle }} }} }}"
            )
            found += [unquote(text_of(row[0]).removeprefix(ARTICLE_BASE)) for row in rows]
        return found

    def stored(self, doc_ids: Iterable[str]) -> dict[str, StoredArticle]:
        """The stored form of those of some articles that the store has."""
        found = {}
        for doc_id in doc_ids:
            lines = canonical_lines(self.store.dump_graph(article_iri(doc_id)))
            if lines:
                found[doc_id] = StoredArticle(doc_id, lines)
        return found

    def docs_about(self, iri: str) -> list[str]:
        """The articles that speak of a thing."""
        rows = self.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?d <{ABOUT}> {iri_text(iri)} }} }}")
        return sorted(unquote(text_of(row[0]).removeprefix(ARTICLE_BASE)) for row in rows)

    def select(self, text: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT query."""
        answer = self.store.query(text)
        if not isinstance(answer, ox.QuerySolutions):  # pragma: no cover  (only SELECTs come here)
            return iter(())
        return iter(list(answer))


def chunks(items: list[_T], size: int = _CHUNK) -> Iterator[list[_T]]:
    """The items some at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def text_of(term: object) -> str:
    """The IRI or lexical form of a term, "" where nothing is bound."""
    return str(getattr(term, "value", "")) if term is not None else ""
