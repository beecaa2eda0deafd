"""The graph that people hold in their hands: facts, questions, files and views."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from spacegraph.errors import QueryError
from spacegraph.graph.collecting import paused
from spacegraph.graph.engine import run_query
from spacegraph.graph.normal import Contents, normalise
from spacegraph.graph.sparql import prepare
from spacegraph.graph.statements import Run, contents_of, lines_of
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.graph.turtle import sorted_lines, to_turtle
from spacegraph.graph.vocabulary import DESCRIPTION_BASE, MERGES_GRAPH, STATEMENT_BASE, statement_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from spacegraph.graph.check import CheckReport
    from spacegraph.graph.explain import Explanation
    from spacegraph.graph.results import QueryResult
    from spacegraph.graph.stores.protocol import GraphStore
    from spacegraph.model import Article, Entity, Evidence, Fact
    from spacegraph.ontology import Ontology
    from spacegraph.views.notebook import Page

__all__ = ["KnowledgeGraph", "canonical_ntriples", "current_run"]

_DESCRIPTION = b"<" + DESCRIPTION_BASE.encode()


class KnowledgeGraph:
    """Facts with their provenance in an RDF store.

    Make one with :func:`spacegraph.build`, :meth:`from_facts` or :meth:`load`.

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
        from spacegraph.graph.stores.opening import open_store

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
        return f"<KnowledgeGraph: {len(self.facts)} facts, {len(self.entities)} things, {len(self.articles)} articles>"

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

    def _why_no_answer(self, query: str, parameters: dict[str, Any], timeout: float | None) -> str:
        from spacegraph.graph.hints import why_no_answer

        return why_no_answer(self, query, parameters, timeout=timeout)

    def ask(
        self,
        question: str,
        /,
        *values: Any,
        timeout: float | None = None,
        limit: int | None = None,
        **parameters: Any,
    ) -> QueryResult:
        """Ask one of the named questions (``spacegraph.graph.named_queries()``, and docs/sparql.md).

        Args:
            question: Its name: "who", "why", "timeline", …
            *values: What it takes, in the order of its parameters.
            timeout: Seconds after which it is given up; None waits.
            limit: Rows after which the answer is cut short, and says so in ``truncated``.
            **parameters: What it takes, by name. A name may differ from the graph's in capitals.

        Raises:
            QueryError: There is no such question, something that it takes is missing, or nothing in the graph has that
                name; the message has the closest.

        >>> kg.ask("who", name="Zorvex").to_pandas()  # doctest: +SKIP
        >>> kg.ask("said-about", "Ann Lee", "Zorvex").rows  # doctest: +SKIP
        """
        from spacegraph.graph.hints import given, with_known_names

        known = with_known_names(self, question, given(question, values, parameters), timeout=timeout)
        result = self.query(question, timeout=timeout, limit=limit, **known)
        if result.hint:
            raise QueryError(result.hint)
        return result

    def ntriples(self, *, only_facts: bool = False) -> bytes:
        """All triples as N-Triples, without an order, as if in one graph.

        Args:
            only_facts: Leave out statements, evidence, articles and runs: what is asserted, and names.
        """
        from spacegraph.graph.export import without_provenance

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

    def export(
        self,
        path: str | Path | None = None,
        format: str | None = None,  # noqa: A002  (what everybody calls it)
        *,
        only_facts: bool = False,
    ) -> str | bytes | None:
        """Write the graph.

        Args:
            path: The file (or, for ``neo4j``, the directory) to write; None returns the text, or bytes.
            format: One of ``spacegraph.graph.format_names()``; None goes by the suffix, and is Turtle without one.
            only_facts: Only what is asserted, and names: no provenance.

        Returns:
            The text (bytes for a binary format) where ``path`` is None.

        Raises:
            ExportError: There is no such format, it cannot be returned as text, or the file cannot be written. A file
                that was there before is then as it was.
        """
        from spacegraph.graph.export import export

        return export(self, path, format, only_facts=only_facts)

    def to_turtle(self) -> str:
        """The graph as Turtle: deterministic, sorted, grouped."""
        if self._store is None and self._contents is not None and self._made is not None:
            from spacegraph.graph.statement_turtle import turtle_of

            run, text = self._made
            with paused():
                return turtle_of(self._contents, run, text=text).decode()
        return to_turtle(canonical_ntriples(self.ntriples())).decode()

    def explain(self, subject: str, relation: str | None = None, object: str | None = None) -> Explanation:  # noqa: A002
        """Where facts come from: their words, speakers, rules and premises.

        Args:
            subject: Label, alias or IRI; upper and lower case count as the same.
            relation: The property's name (``criticized``), or None for any.
            object: Label, alias, IRI or literal, or None for any.

        Raises:
            QueryError: Nothing in the graph has that name; the message has the closest.
        """
        from spacegraph.graph.explain import explain

        return explain(self, subject, relation, object)

    def context(self, evidence: Evidence) -> tuple[str, str]:
        """The text before and after the words of an evidence, where the graph or its articles have it."""
        from spacegraph.graph.explain import context

        return context(self, evidence)

    def check(self, **options: Any) -> CheckReport:
        """Validate the graph: SHACL shapes, evidence against texts, no plain triple without an asserted statement."""
        from spacegraph.graph.check import check

        return check(self, **options)

    def infer(self, rules: Any = None, *, ontology: Ontology | str | Path | None = None) -> KnowledgeGraph:
        """A new graph in memory with what follows added, marked as inferred; this one is not changed.

        Args:
            rules: Rules (:func:`spacegraph.graph.rules.load_rules`), or a ``.rq`` file or a folder of them; None is those
                of ``ontology/rules/``.
            ontology: For rules about properties in general; None is the built-in one.

        Raises:
            OntologyError: A rule cannot be used, or the rules never come to an end.
        """
        from spacegraph.graph.rules import infer

        return infer(self, rules, ontology=ontology)

    def to_networkx(self, **options: Any) -> nx.MultiDiGraph[str]:
        """The graph for networkx: see :func:`spacegraph.graph.to_networkx.to_networkx`."""
        from spacegraph.graph.to_networkx import to_networkx

        return to_networkx(self, **options)

    def view(self, path: str | Path | None = None, **options: Any) -> Page | None:
        """A self-contained interactive page, written to a path, or returned (and shown by a notebook) without one.

        Args:
            path: The HTML file to write.
            **options: Those of :func:`spacegraph.views.page.render_page`: ``title``, ``max_nodes``,
                ``max_things``, ``texts``, ``around``.
        """
        from spacegraph.graph.export import write_atomically
        from spacegraph.views.notebook import Page
        from spacegraph.views.page import render_page

        page = render_page(self, **options)
        if path is None:
            return Page(page, self)
        write_atomically(Path(path), page.encode())
        return None

    def plot(self, *args: Any, **options: Any) -> Any:
        """Draw the graph: see :func:`spacegraph.views.picture.plot`."""
        from spacegraph.views.picture import plot

        return plot(self, *args, **options)

    def _repr_html_(self) -> str:
        from spacegraph.views.notebook import graph_html

        return graph_html(self)

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def current_run(model: str = "", ontology: Ontology | str | None = None) -> Run:
    """A run of this version of the software; an ontology with an IRI of its own for each version is named by that."""
    import spacegraph

    iri = ontology if isinstance(ontology, str) else getattr(ontology, "version_iri", "")
    return Run(version=spacegraph.__version__, model=model, ontology=iri or "")


def canonical_ntriples(ntriples: bytes) -> bytes:
    """The same triples, with blank nodes (which only foreign data have) named by RDFC-1.0."""
    if b"_:" not in ntriples:
        return ntriples
    dataset = ox.Dataset(ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return b"\n".join(sorted_lines("\n".join(f"{q.triple} ." for q in dataset).encode()))
