"""Lookups in SPARQL, for stores that can only be asked.

Each name has its own branch of a UNION with the name as a constant: engines look a constant up in an index, while they may
join ``VALUES`` with all quads of a predicate, or test ``FILTER EXISTS`` on all of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from spacegraph import vocab
from spacegraph.graph.library.lookups import Lookups
from spacegraph.graph.library.stored_article import (
    ABOUT,
    BASED_ON,
    ORIGINAL_THING,
    OWN_NAME,
    Description,
    doc_id_of,
    not_ended,
    support_pattern,
    text_of,
)
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import article_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from spacegraph.graph.library.identity import Profile
    from spacegraph.graph.library.stored_article import TripleText

__all__ = ["SparqlLookups"]

_T = TypeVar("_T")
#: Branches in one query; endpoints limit its length.
_CHUNK = 100


class SparqlLookups(Lookups):
    """Lookups in any store that answers SPARQL."""

    def existing(self, doc_ids: Iterable[str]) -> list[str]:
        """Those of some articles that the store has."""

        def there(doc_id: str) -> str:
            node = iri_text(article_iri(doc_id))
            return f"FILTER EXISTS {{ GRAPH {node} {{ {node} a schema:NewsArticle }} }}"

        return [doc_id for doc_id, _ in self._branches(list(doc_ids), "", there)]

    def derived_values(
        self, wanted: Mapping[str, Collection[str]], *, most: int | None = None
    ) -> dict[str, dict[str, frozenset[str]]]:
        """What the default graph says of things: thing -> predicate -> values in N-Triples."""
        # Articles' graphs say nothing of things themselves, so that the union of all graphs says what the default one says.
        # All values are asked for: a limit for each would have to be a query for each.
        del most
        said: dict[str, dict[str, set[str]]] = {thing: defaultdict(set) for thing in wanted}

        def of_thing(thing: str) -> str:
            predicates = ", ".join(map(iri_text, sorted(wanted[thing])))
            return f"{iri_text(thing)} ?p ?v FILTER(?p IN ({predicates}))"

        for thing, row in self._branches(sorted(t for t in wanted if wanted[t]), "?p ?v", of_thing):
            said[thing][text_of(row[1])].add(str(row[2]))
        return {thing: {p: frozenset(some) for p, some in found.items()} for thing, found in said.items()}

    def has_types(self, claims: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those claims, thing and class, that the default graph makes."""
        branches = self._branches(
            sorted(claims),
            "",
            lambda claim: f"FILTER EXISTS {{ {iri_text(claim[0])} a {iri_text(claim[1])} }}",
        )
        return {claim for claim, _ in branches}

    def taken_for_others(self, originals: Collection[str]) -> set[str]:
        """Those that some article names, and that the store takes for another thing there."""
        branches = self._branches(
            sorted(originals), "", lambda o: f"FILTER EXISTS {{ ?d <{ORIGINAL_THING}> {iri_text(o)} }}"
        )
        return {original for original, _ in branches}

    def descriptions(self, originals: Collection[str], exclude: set[str]) -> dict[str, list[Description]]:
        """What other articles in the store say of things with these originals."""
        found: dict[str, list[Description]] = defaultdict(list)
        for original, row in self._branches(
            sorted(originals),
            "?g ?about ?name ?type ?own",
            lambda o: (
                f"GRAPH ?g {{ ?d <{BASED_ON}> {iri_text(o)} ; <{ABOUT}> ?about ; schema:name ?name ; schema:additionalType ?type "
                f"OPTIONAL {{ ?d <{OWN_NAME}> ?own }} }}"
            ),
        ):
            graph, about, name, cls, own = (text_of(cell) for cell in list(row)[1:])
            doc_id = doc_id_of(graph)
            if doc_id not in exclude:
                found[original].append(
                    Description(doc_id=doc_id, original=original, label=own or name, cls=cls, about=about)
                )
        return dict(found)

    def profiles(
        self, original: str, descriptions: Iterable[Description], predicates: Collection[str]
    ) -> dict[str, Profile]:
        """What each of some articles in the store asserts of a thing, by what its own reading calls things."""
        docs: dict[str, set[str]] = defaultdict(set)
        for description in descriptions:
            docs[description.about].add(description.doc_id)
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for about, row in self._branches(
            sorted(docs),
            "?g ?p ?v ?own ?w",
            lambda about: (
                f"GRAPH ?g {{ ?s rdf:subject {iri_text(about)} ; rdf:predicate ?p ; rdf:object ?v ; sg:factuality sg:Asserted . "
                f"{not_ended('?s')} OPTIONAL {{ ?s <{vocab.ORIGINAL_SUBJECT}> ?own }} OPTIONAL {{ ?s <{vocab.ORIGINAL_OBJECT}> ?w }} }}"
            ),
        ):
            graph, predicate, value, own, its_own = list(row)[1:]
            doc_id = doc_id_of(text_of(graph))
            if doc_id in docs[about] and text_of(predicate) in predicates and text_of(own) in ("", original):
                values[doc_id][text_of(predicate)].add(str(value if its_own is None else its_own))
        return {doc_id: {p: frozenset(some) for p, some in found.items()} for doc_id, found in values.items()}

    def supported(self, triples: set[TripleText], changed_graphs: Collection[str]) -> set[TripleText]:
        """Those derived triples that a graph beside the changed ones supports."""
        excluded = ", ".join(map(iri_text, sorted(changed_graphs)))
        branches = self._branches(
            sorted(triples),
            "",
            lambda triple: (
                f"FILTER EXISTS {{ GRAPH ?g {{ {support_pattern(triple)} }} FILTER(?g NOT IN ({excluded})) }}"
            ),
        )
        return {triple for triple, _ in branches}

    def said_before(
        self, claims: Collection[tuple[TripleText, str]], changed_graphs: Collection[str]
    ) -> set[tuple[TripleText, str]]:
        """Those claims, triple and article, that an article beside the changed ones asserts whose identifier comes before."""
        changed = {doc_id_of(graph) for graph in changed_graphs}
        branches = self._branches(
            sorted(claims), "?g", lambda claim: f"GRAPH ?g {{ {support_pattern(claim[0])} }}"
        )
        return {
            claim
            for claim, row in branches
            if (doc_id := doc_id_of(text_of(row[1]))) not in changed and doc_id < claim[1]
        }

    def spoken_of_before(
        self, claims: Collection[tuple[str, str, str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str, str]]:
        """Those claims, thing, predicate and article, where one beside the changed ones asserts some value before it."""
        changed = {doc_id_of(graph) for graph in changed_graphs}
        branches = self._branches(
            sorted(claims),
            "?g",
            lambda claim: (
                f"GRAPH ?g {{ ?n rdf:subject {iri_text(claim[0])} ; rdf:predicate {iri_text(claim[1])} ; "
                f"<{vocab.FACTUALITY}> <{vocab.ASSERTED}> {not_ended('?n')} }}"
            ),
        )
        return {
            claim
            for claim, row in branches
            if (doc_id := doc_id_of(text_of(row[1]))) not in changed and doc_id < claim[2]
        }

    def asserted_together(
        self, pairs: Mapping[tuple[str, str], Collection[str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str]]:
        """Those pairs, thing and predicate, of which one article asserts more: one of the other predicates."""
        changed = set(changed_graphs)

        def pattern(pair: tuple[str, str]) -> str:
            thing, predicate = map(iri_text, pair)
            others = ", ".join(map(iri_text, sorted(pairs[pair])))
            asserted = f"<{vocab.FACTUALITY}> <{vocab.ASSERTED}>"
            return (
                f"GRAPH ?g {{ ?n rdf:subject {thing} ; rdf:predicate {predicate} ; {asserted} . "
                f"?m rdf:subject {thing} ; rdf:predicate ?p ; {asserted} FILTER(?p IN ({others})) "
                f"{not_ended('?n')} {not_ended('?m')} }}"
            )

        branches = self._branches(sorted(pairs), "?g", pattern)
        return {pair for pair, row in branches if text_of(row[1]) not in changed}

    def _branches(
        self, items: list[_T], variables: str, pattern: Callable[[_T], str]
    ) -> Iterator[tuple[_T, ox.QuerySolution]]:
        """The rows of each item's pattern; the first cell of a row is the number of its branch."""
        for start in range(0, len(items), _CHUNK):
            chunk = items[start : start + _CHUNK]
            union = " UNION ".join(f"{{ BIND({i} AS ?i) {pattern(item)} }}" for i, item in enumerate(chunk))
            for row in self.select(f"SELECT ?i {variables} {{ {union} }}"):
                yield chunk[int(text_of(row[0]))], row
