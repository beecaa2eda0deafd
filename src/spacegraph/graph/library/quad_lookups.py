"""Lookups in a store in this process, by its indexes of quads: some microseconds each, without a query to plan."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.library.lookups import Lookups
from spacegraph.graph.library.stored_article import (
    ABOUT,
    BASED_ON,
    DESCRIBED_BY,
    ORIGINAL_THING,
    ORIGINALS,
    OWN_NAME,
    Description,
    doc_id_of,
    text_of,
)
from spacegraph.graph.rdf.terms import term_of
from spacegraph.graph.rdf.vocabulary import article_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from spacegraph.graph.library.identity import Profile
    from spacegraph.graph.library.stored_article import TripleText
    from spacegraph.graph.stores.oxigraph import OxigraphStore

__all__ = ["QuadLookups"]

_DEFAULT = ox.DefaultGraph()
_ABOUT, _BASED_ON, _ORIGINAL_THING = map(ox.NamedNode, (ABOUT, BASED_ON, ORIGINAL_THING))
_OWN_NAME = ox.NamedNode(OWN_NAME)
_NAME, _CLASS = ox.NamedNode(vocab.SCHEMA + "name"), ox.NamedNode(vocab.SCHEMA + "additionalType")
_TYPE, _ARTICLE = ox.NamedNode(vocab.RDF + "type"), ox.NamedNode(vocab.SCHEMA + "NewsArticle")
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(vocab.RDF + n) for n in ("subject", "predicate", "object"))
_FACTUALITY, _ASSERTED = ox.NamedNode(vocab.FACTUALITY), ox.NamedNode(vocab.ASSERTED)
_ENDED, _TRUE = ox.NamedNode(vocab.ENDED), ox.Literal(True)
_ORIGINAL = {role: ox.NamedNode(original) for role, original in ORIGINALS.items()}


class QuadLookups(Lookups):
    """Lookups in an Oxigraph store in this process."""

    store: OxigraphStore

    def existing(self, doc_ids: Iterable[str]) -> list[str]:
        """Those of some articles that the store has."""
        found = []
        for doc_id in doc_ids:
            node = ox.NamedNode(article_iri(doc_id))
            if self.store.has(ox.Quad(node, _TYPE, _ARTICLE, node)):
                found.append(doc_id)
        return found

    def derived_values(
        self, wanted: Mapping[str, Collection[str]], *, most: int | None = None
    ) -> dict[str, dict[str, frozenset[str]]]:
        """What the default graph says of things: thing -> predicate -> values in N-Triples."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for thing, predicates in wanted.items():
            node = ox.NamedNode(thing)
            found[thing] = {}
            # By predicate, since each row that is read costs a look for each of its terms.
            for predicate in predicates:
                quads = islice(self._quads(node, ox.NamedNode(predicate), None, _DEFAULT), most)
                if values := frozenset(str(quad.object) for quad in quads):
                    found[thing][predicate] = values
        return found

    def has_types(self, claims: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those claims, thing and class, that the default graph makes."""
        return {
            (thing, cls)
            for thing, cls in claims
            if self.store.has(ox.Quad(ox.NamedNode(thing), _TYPE, ox.NamedNode(cls), _DEFAULT))
        }

    def taken_for_others(self, originals: Collection[str]) -> set[str]:
        """Those that some article names, and that the store takes for another thing there."""
        return {o for o in originals if any(self._quads(None, _ORIGINAL_THING, ox.NamedNode(o), None))}

    def descriptions(self, originals: Collection[str], exclude: set[str]) -> dict[str, list[Description]]:
        """What other articles in the store say of things with these originals."""
        found: dict[str, list[Description]] = defaultdict(list)
        for original in originals:
            for quad in self._quads(None, _BASED_ON, ox.NamedNode(original), None):
                doc_id = doc_id_of(text_of(quad.graph_name))
                if doc_id in exclude:
                    continue
                said = {q.predicate: q.object for q in self._quads(quad.subject, None, None, quad.graph_name)}
                own, name, cls, about = (text_of(said.get(p)) for p in (_OWN_NAME, _NAME, _CLASS, _ABOUT))
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
        for about, wanted in docs.items():
            for quad in self._quads(None, _SUBJECT, ox.NamedNode(about), None):
                node, graph = quad.subject, quad.graph_name
                predicate = text_of(self._value(node, _PREDICATE, graph))
                if predicate not in predicates or (doc_id := doc_id_of(text_of(graph))) not in wanted:
                    continue
                if not self._holds(node, graph):
                    continue
                own = self._value(node, _ORIGINAL[vocab.RDF + "subject"], graph)
                if text_of(own) in ("", original):
                    value = self._value(node, _ORIGINAL[vocab.RDF + "object"], graph)
                    value = self._value(node, _OBJECT, graph) if value is None else value
                    values[doc_id][predicate].add(str(value))
        return {doc_id: {p: frozenset(some) for p, some in found.items()} for doc_id, found in values.items()}

    def supported(self, triples: set[TripleText], changed_graphs: Collection[str]) -> set[TripleText]:
        """Those derived triples that a graph beside the changed ones supports."""
        changed = set(changed_graphs)
        return {t for t in triples if self._is_supported(t, lambda graph: graph not in changed)}

    def said_before(
        self, claims: Collection[tuple[TripleText, str]], changed_graphs: Collection[str]
    ) -> set[tuple[TripleText, str]]:
        """Those claims, triple and article, that an article beside the changed ones asserts whose identifier comes before."""
        changed = set(changed_graphs)
        found = set()
        for triple, before in claims:

            def counts(graph: str, before: str = before) -> bool:
                return graph not in changed and doc_id_of(graph) < before

            if self._is_supported(triple, counts):
                found.add((triple, before))
        return found

    def spoken_of_before(
        self, claims: Collection[tuple[str, str, str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str, str]]:
        """Those claims, thing, predicate and article, where one beside the changed ones asserts some value before it."""
        changed = set(changed_graphs)
        return {claim for claim in claims if self._is_spoken_of(*claim, changed)}

    def _is_spoken_of(self, thing: str, predicate: str, before: str, changed: set[str]) -> bool:
        for quad in self._quads(None, _SUBJECT, ox.NamedNode(thing), None):
            name = text_of(quad.graph_name)
            if name not in changed and doc_id_of(name) < before and self._asserts(quad, predicate):
                return True
        return False

    def asserted_together(
        self, pairs: Mapping[tuple[str, str], Collection[str]], changed_graphs: Collection[str]
    ) -> set[tuple[str, str]]:
        """Those pairs, thing and predicate, of which one article asserts more: one of the other predicates."""
        changed = set(changed_graphs)
        return {pair for pair, others in pairs.items() if self._is_asserted_with(*pair, others, changed)}

    def _is_asserted_with(
        self, thing: str, predicate: str, others: Collection[str], changed: set[str]
    ) -> bool:
        node = ox.NamedNode(thing)
        graphs = {
            quad.graph_name
            for quad in self._quads(None, _SUBJECT, node, None)
            if quad.graph_name.value not in changed and self._asserts(quad, predicate)  # type: ignore[union-attr]
        }
        return any(
            self._asserts(quad, other)
            for graph in graphs
            for quad in self._quads(None, _SUBJECT, node, graph)
            for other in others
        )

    def _asserts(self, quad: ox.Quad, predicate: str) -> bool:
        """Whether the statement that is the subject of a quad is asserted, has not ended, and has that predicate."""
        return self.store.has(
            ox.Quad(quad.subject, _PREDICATE, ox.NamedNode(predicate), quad.graph_name)
        ) and self._holds(quad.subject, quad.graph_name)

    def _holds(self, node: Any, graph: Any) -> bool:
        """Whether a statement is asserted and has not ended."""
        return self.store.has(ox.Quad(node, _FACTUALITY, _ASSERTED, graph)) and not self.store.has(
            ox.Quad(node, _ENDED, _TRUE, graph)
        )

    def _is_supported(self, triple: TripleText, counts: Callable[[str], bool]) -> bool:
        """Whether a graph that counts supports a derived triple."""
        subject, predicate, obj = map(term_of, triple)
        described = DESCRIBED_BY.get(text_of(predicate))
        if described:
            pairs = [(_ABOUT, subject), (ox.NamedNode(described), obj)]
        else:
            pairs = [(_SUBJECT, subject), (_OBJECT, obj), (_PREDICATE, predicate), (_FACTUALITY, _ASSERTED)]
        # The subject or the object may be in most articles, seldom both: whichever list ends first has the answer.
        lists = [self._quads(None, *pair, None) for pair in pairs[:2]]
        for step in zip_longest(*lists):
            for quad in step:
                if quad is None:
                    return False
                graph = quad.graph_name
                if (
                    counts(text_of(graph))
                    and all(self.store.has(ox.Quad(quad.subject, *pair, graph)) for pair in pairs)
                    and (described or not self.store.has(ox.Quad(quad.subject, _ENDED, _TRUE, graph)))
                ):
                    return True
        return False

    def _quads(
        self,
        subject: object,
        predicate: ox.NamedNode | None,
        obj: object,
        graph: object,
    ) -> Iterator[ox.Quad]:
        return self.store.quads(subject, predicate, obj, graph)  # type: ignore[arg-type]

    def _value(self, subject: object, predicate: ox.NamedNode, graph: object) -> object:
        """The one value of a property of a node in a graph, None where there is none."""
        quad = next(self._quads(subject, predicate, None, graph), None)
        return None if quad is None else quad.object
