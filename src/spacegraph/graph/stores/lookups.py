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
        #: Kinds that the store has things of in the last names asked for.
        self.kinds: dict[str, set[str]] = {}

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
        self, original: str, descriptions: list[Description], fresh: Mapping[str, Mapping[str, Profile]]
    ) -> dict[str, Profile]:
        """What each article asserts of a thing in the properties that tell things apart.

        Args:
            original: The thing.
            descriptions: What articles say of it.
            fresh: The profiles of articles that are being added, as :meth:`fresh_profiles` gives them.
        """
        found = {doc_id: profiles[original] for doc_id, profiles in fresh.items() if original in profiles}
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for chunk in chunks([d for d in descriptions if d.doc_id not in fresh]):
            pairs = " ".join(f"({iri_text(article_iri(d.doc_id))} {iri_text(d.about)})" for d in chunk)
            rows = self.select(
                f"SELECT ?g ?p ?v ?w {{ VALUES (?g ?about) {{ {pairs} }} OPTIONAL {{ GRAPH ?g {{ ?s rdf:subject ?about ; "
                f"rdf:predicate ?p ; rdf:object ?v ; sg:factuality sg:Asserted . OPTIONAL {{ ?s sg:originalObject ?w }} }} }} }}"
            )
            for graph, predicate, value, own in rows:
                if predicate is not None and text_of(predicate) in self.identity.profiled:
                    doc_id = unquote(text_of(graph).removeprefix(ARTICLE_BASE))
                    values[doc_id][text_of(predicate)].add(str(own if own is not None else value))
        for doc_id, profile in values.items():
            found[doc_id] = {name: frozenset(some) for name, some in profile.items()}
        return found

    def fresh_profiles(self, articles: Mapping[str, StoredArticle | None]) -> dict[str, dict[str, Profile]]:
        """Article -> thing -> profile, for articles in memory, by what their own reading calls things."""
        found: dict[str, dict[str, Profile]] = {}
        for doc_id, article in articles.items():
            values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
            for s, p, o in article.resolved(lambda iri: iri).derived() if article else ():
                if p[1:-1] in self.identity.profiled:
                    values[s[1:-1]][p[1:-1]].add(o)
            found[doc_id] = {
                thing: {name: frozenset(some) for name, some in profile.items()}
                for thing, profile in values.items()
            }
        return found

    def plain_names(self, originals: list[str]) -> set[str]:
        """Those that name one thing only, in so far as the store has them, and that of kinds which do not exclude each other."""
        plain: set[str] = set()
        self.kinds = {}
        for chunk in chunks(originals):
            kinds: dict[str, set[str]] = {original: set() for original in chunk}
            values = " ".join(map(iri_text, chunk))
            for original, cls in self.select(
                f"SELECT ?o ?t {{ VALUES ?o {{ {values} }} OPTIONAL {{ ?o a ?t }} }}"
            ):
                kinds[text_of(original)].add(self.identity.kind_of(text_of(cls)))
            several = {
                text_of(row[0])
                for row in self.select(
                    f"SELECT ?o {{ VALUES ?o {{ {values} }} FILTER EXISTS {{ ?d <{BASED_ON}> ?o ; <{ABOUT}> ?about FILTER(?about != ?o) }} }}"
                )
            }
            self.kinds.update({o: found - {""} for o, found in kinds.items()})
            plain.update(o for o, found in kinds.items() if o not in several and len(found - {""}) <= 1)
        return plain

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
