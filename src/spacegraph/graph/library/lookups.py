"""What changes of a store have to know of what is in it.

Each lookup begins at the names of the articles that change, and goes by an index of the store: what it costs depends on what
the store says of those names, not on how many articles it has. A store in this process is read quad by quad
(:mod:`spacegraph.graph.library.quad_lookups`); any other is asked in SPARQL
(:mod:`spacegraph.graph.library.sparql_lookups`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import StoreError
from spacegraph.graph.library.stored_article import (
    ABOUT,
    Description,
    StoredArticle,
    TripleText,
    canonical_lines,
    doc_id_of,
    text_of,
)
from spacegraph.graph.rdf.engine_errors import said_by_engine
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import article_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from spacegraph.graph.library.identity import Identity, Profile
    from spacegraph.graph.query.protocol import GraphStore

__all__ = ["Lookups", "fresh_profiles"]


class Lookups(ABC):
    """Questions to a store of articles.

    Args:
        store: The store.
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    @abstractmethod
    def existing(self, doc_ids: Iterable[str]) -> list[str]:
        """Those of some articles that the store has."""

    @abstractmethod
    def derived_values(
        self, wanted: Mapping[str, Collection[str]], *, most: int | None = None
    ) -> dict[str, dict[str, frozenset[str]]]:
        """What the default graph says of things: thing -> predicate -> values in N-Triples.

        Args:
            wanted: Thing -> the predicates that count.
            most: Values of a predicate that are enough; None takes all.
        """

    @abstractmethod
    def has_types(self, claims: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those claims, thing and class, that the default graph makes."""

    @abstractmethod
    def taken_for_others(self, originals: Collection[str]) -> set[str]:
        """Those that some article names, and that the store takes for another thing there: kept apart, or merged."""

    @abstractmethod
    def descriptions(self, originals: Collection[str], exclude: set[str]) -> dict[str, list[Description]]:
        """What other articles in the store say of things with these originals."""

    @abstractmethod
    def profiles(
        self, original: str, descriptions: Iterable[Description], predicates: Collection[str]
    ) -> dict[str, Profile]:
        """What each of some articles in the store asserts of a thing, by what its own reading calls things.

        Args:
            original: The thing.
            descriptions: What these articles say of it.
            predicates: The properties that count.
        """

    @abstractmethod
    def supported(self, triples: set[TripleText], changed_graphs: Collection[str]) -> set[TripleText]:
        """Those derived triples that a graph beside the changed ones supports."""

    @abstractmethod
    def said_before(
        self, claims: Collection[tuple[TripleText, str]], changed_graphs: Collection[str]
    ) -> set[tuple[TripleText, str]]:
        """Those claims, triple and article, that an article beside the changed ones asserts whose identifier comes before."""

    @abstractmethod
    def spoken_of_before(
        self, claims: Collection[tuple[str, str, str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str, str]]:
        """Those claims, thing, predicate and article, where one beside the changed ones asserts some value before it."""

    @abstractmethod
    def asserted_together(
        self, pairs: Mapping[tuple[str, str], Collection[str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str]]:
        """Those pairs, thing and predicate, of which one article asserts more.

        Args:
            pairs: Thing and predicate -> other predicates.
            changed_graphs: Graphs of articles that do not count.

        Returns:
            The pairs where an article asserts the predicate of the thing, and one of the others too.
        """

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
        return sorted(doc_id_of(text_of(row[0])) for row in rows)

    def select(self, text: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT query.

        Raises:
            StoreError: The store cannot be read, which may turn out at any row.
        """
        answer = self.store.query(text)
        if not isinstance(answer, ox.QuerySolutions):  # pragma: no cover  (only SELECTs come here)
            return iter(())
        try:
            return iter(list(answer))
        except (OSError, RuntimeError) as error:
            message = f"{self.store.location} cannot be read: {said_by_engine(error)}"
            raise StoreError(message) from error


def fresh_profiles(
    articles: Mapping[str, StoredArticle | None], identity: Identity
) -> dict[str, dict[str, Profile]]:
    """Article -> thing -> profile, for articles in memory, by what their own reading calls things."""
    found: dict[str, dict[str, Profile]] = {}
    profiled = identity.profiled
    for doc_id, article in articles.items():
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for s, p, o in article.resolved(lambda iri: iri).derived() if article else ():
            if p[1:-1] in profiled:
                values[s[1:-1]][p[1:-1]].add(o)
        found[doc_id] = {
            thing: {name: frozenset(some) for name, some in profile.items()}
            for thing, profile in values.items()
        }
    return found
