"""A graph: its store, what it says, and answers to questions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from spacegraph.graph.query.engine import run_query
from spacegraph.graph.query.sparql import prepare
from spacegraph.graph.rdf.contents import Contents, normalise
from spacegraph.graph.rdf.gc_pause import paused
from spacegraph.graph.rdf.run import Run, current_run
from spacegraph.graph.rdf.statement_turtle import turtle_of
from spacegraph.graph.rdf.statements import contents_of, lines_of, without_provenance
from spacegraph.graph.rdf.turtle import canonical_ntriples, to_turtle
from spacegraph.graph.rdf.vocabulary import DESCRIPTION_BASE, MERGES_GRAPH, STATEMENT_BASE, statement_iri
from spacegraph.graph.stores.opening import open_store
from spacegraph.graph.stores.oxigraph import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacegraph.graph.query.protocol import GraphStore
    from spacegraph.graph.query.results import QueryResult
    from spacegraph.model import Article, Entity, Fact
    from spacegraph.ontology import Ontology

__all__ = ["Graph"]

_DESCRIPTION = b"<" + DESCRIPTION_BASE.encode()


class Graph:
    """Facts with their provenance in an RDF store; people hold it as :class:`~spacegraph.knowledge_graph.KnowledgeGraph`.

    Args:
        store: Where the triples are; None where ``ntriples`` has them.
        contents: The facts, entities and articles in it, where they are known already; else they are read from the
            store when they are first asked for.
        ntriples: Instead of a store, the triples of a graph in memory; they are loaded when the first question comes.
    """

    def __init__(
        self, store: GraphStore | None, contents: Contents | None = None, *, ntriples: bytes = b""
    ) -> None:
        self._store = store
        self._contents = contents
        self._ntriples = ntriples
        #: Of a graph made of facts, until its store has been asked for: what made them, and whether it keeps the texts.
        self._made: tuple[Run, bool] | None = None

    @classmethod
    def from_facts(
        cls,
        facts: Iterable[Fact],
        *,
        articles: Iterable[Article] = (),
        entities: Iterable[Entity] = (),
        run: Run | None = None,
        model: str = "",
        ontology: Ontology | str | None = None,
        keep_text: bool = False,
    ) -> Self:
        """A graph in memory.

        Args:
            facts: The facts of one or many articles.
            articles: The articles; their texts give evidence its context.
            entities: Named things whether or not a fact speaks of them.
            run: Which software and model made the facts; by default this version of spacegraph with ``model`` and
                ``ontology``.
            model: Name of the spaCy model.
            ontology: The ontology read by, or the IRI of its version.
            keep_text: Whether the articles' texts go into the graph.

        Raises:
            StoreError: Something in a fact cannot stand in a graph: an IRI that is none, a confidence outside 0 to 1.
        """
        by = run or current_run(model, ontology)
        given = list(facts)
        with paused():
            contents = normalise(given, articles=articles, entities=entities)
            lines = lines_of(contents, by, text=keep_text)
            graph = cls(None, contents, ntriples="\n".join(lines).encode() + b"\n")
        graph._made = by, keep_text
        return graph

    @classmethod
    def load(cls, source: str | Path, *, format: str | None = None) -> Self:  # noqa: A002  (what everybody calls it)
        """A graph from an RDF file, a store's directory, or a SPARQL endpoint.

        Args:
            source: Path of a file or directory, or an ``http(s)`` URL.
            format: Of a file whose suffix does not tell: ``ttl``, ``trig``, ``nt``, ``nq``, ``rdf``, ``jsonld``.

        Raises:
            StoreError: It is not there, cannot be read, or is not valid.
        """
        return cls(open_store(source, format=format))

    @property
    def store(self) -> GraphStore:
        """Where the triples are."""
        if self._store is None:
            store = MemoryStore()
            store.load_ntriples(self._ntriples)
            self._store, self._ntriples = store, b""
        return self._store

    @property
    def contents(self) -> Contents:
        """Facts, entities and articles together."""
        if self._contents is None:
            self._contents = contents_of(ox.parse(self.ntriples(), format=ox.RdfFormat.N_TRIPLES))
        return self._contents

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of the text, article by article."""
        return self.contents.facts

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things, sorted by IRI."""
        return tuple(self.contents.entities.values())

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, sorted by identifier; their texts are empty where the graph does not keep them."""
        return tuple(self.contents.articles.values())

    def fact(self, identifier: str) -> Fact | None:
        """The fact with that :attr:`~spacegraph.model.Fact.id`, or of that statement (its IRI or the last part), or None."""
        iri = identifier if ":" in identifier else statement_iri(identifier)
        identifier = self.contents.nodes.get(iri, identifier.removeprefix(STATEMENT_BASE))
        for fact, known in zip(self.contents.facts, self.contents.ids, strict=True):
            if known == identifier:
                return fact
        return None

    def __len__(self) -> int:
        return len(self.facts)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.facts)} facts, {len(self.entities)} things, {len(self.articles)} articles>"

    def query(
        self, query: str, *, timeout: float | None = None, limit: int | None = None, **parameters: Any
    ) -> QueryResult:
        """Ask the graph.

        Args:
            query: SPARQL (SELECT, ASK, CONSTRUCT or DESCRIBE; the usual prefixes need no declaration), or the name of
                a question (``spacegraph.graph.named_queries()``).
            timeout: Seconds after which it is given up; None waits.
            limit: Rows after which the answer is cut short, and says so in ``truncated``.
            **parameters: Values for ``$name`` in the query: text, numbers, or entities.

        Raises:
            QueryError: The query is malformed, an update, or took too long; there is no such question or a parameter
                is missing.

        >>> kg.query("SELECT ?who { ?who sg:praised ?whom . ?whom rdfs:label $name }", name="Zorvex")  # doctest: +SKIP
        """
        result = run_query(self.store, prepare(query, parameters), timeout=timeout, limit=limit)
        if not len(result):
            result.why = partial(self._why_no_answer, query, parameters, timeout)
        return result

    def _why_no_answer(self, query: str, parameters: dict[str, Any], timeout: float | None) -> str:  # noqa: ARG002
        """Why a question has no answer, in a sentence; "" where nobody can tell."""
        return ""

    def ntriples(self, *, only_facts: bool = False) -> bytes:
        """All triples as N-Triples, without an order, as if in one graph.

        Args:
            only_facts: Leave out statements, evidence, articles and runs: what is asserted, and names.
        """
        if self._store is None:
            return without_provenance(self._ntriples) if only_facts else self._ntriples
        graphs = [g for g in self.store.graphs() if g != MERGES_GRAPH]
        dumped = b"".join(self.store.dump_graph(name) for name in (None, *graphs))
        if graphs:
            # What single articles say of things is the store's own bookkeeping; the default graph has the sum of it.
            dumped = b"".join(
                line for line in dumped.splitlines(keepends=True) if not line.startswith(_DESCRIPTION)
            )
        return without_provenance(dumped) if only_facts else dumped

    def to_turtle(self) -> str:
        """The graph as Turtle: deterministic, sorted, grouped."""
        if self._store is None and self._contents is not None and self._made is not None:
            run, text = self._made
            with paused():
                return turtle_of(self._contents, run, text=text).decode()
        return to_turtle(canonical_ntriples(self.ntriples())).decode()

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
