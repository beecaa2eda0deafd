"""The graph that people hold in their hands: facts, questions, files and views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from spacegraph.errors import QueryError
from spacegraph.graph.graph import Graph

if TYPE_CHECKING:
    import networkx as nx

    from spacegraph.graph.operations.check import CheckReport
    from spacegraph.graph.operations.explain import Explanation
    from spacegraph.graph.query.results import QueryResult
    from spacegraph.model import Evidence
    from spacegraph.ontology import Ontology
    from spacegraph.views.notebook import Page

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph(Graph):
    """A graph with all that can be done with it.

    Make one with :func:`spacegraph.build`, :meth:`from_facts` or :meth:`load`.
    """

    def _why_no_answer(self, query: str, parameters: dict[str, Any], timeout: float | None) -> str:
        from spacegraph.graph.operations.no_answer import why_no_answer

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
        from spacegraph.graph.operations.no_answer import given, with_known_names

        known = with_known_names(self, question, given(question, values, parameters), timeout=timeout)
        result = self.query(question, timeout=timeout, limit=limit, **known)
        if result.hint:
            raise QueryError(result.hint)
        return result

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
        from spacegraph.graph.formats.export import export

        return export(self, path, format, only_facts=only_facts)

    def explain(self, subject: str, relation: str | None = None, object: str | None = None) -> Explanation:  # noqa: A002
        """Where facts come from: their words, speakers, rules and premises.

        Args:
            subject: Label, alias or IRI; upper and lower case count as the same.
            relation: The property's name (``criticized``), or None for any.
            object: Label, alias, IRI or literal, or None for any.

        Raises:
            QueryError: Nothing in the graph has that name; the message has the closest.
        """
        from spacegraph.graph.operations.explain import explain

        return explain(self, subject, relation, object)

    def context(self, evidence: Evidence) -> tuple[str, str]:
        """The text before and after the words of an evidence, where the graph or its articles have it."""
        from spacegraph.graph.operations.explain import context

        return context(self, evidence)

    def check(self, **options: Any) -> CheckReport:
        """Validate the graph: SHACL shapes, evidence against texts, no plain triple without an asserted statement."""
        from spacegraph.graph.operations.check import check

        return check(self, **options)

    def infer(self, rules: Any = None, *, ontology: Ontology | str | Path | None = None) -> Self:
        """A new graph in memory with what follows added, marked as inferred; this one is not changed.

        Args:
            rules: Rules (:func:`spacegraph.graph.operations.rules.load_rules`), or a ``.rq`` file or a folder of them; None is those
                of ``ontology/rules/``.
            ontology: For rules about properties in general; None is the built-in one.

        Raises:
            OntologyError: A rule cannot be used, or the rules never come to an end.
        """
        from spacegraph.graph.operations.rules import infer

        return infer(self, rules, ontology=ontology)

    def to_networkx(self, **options: Any) -> nx.MultiDiGraph[str]:
        """The graph for networkx: see :func:`spacegraph.graph.formats.to_networkx.to_networkx`."""
        from spacegraph.graph.formats.to_networkx import to_networkx

        return to_networkx(self, **options)

    def view(self, path: str | Path | None = None, **options: Any) -> Page | None:
        """A self-contained interactive page, written to a path, or returned (and shown by a notebook) without one.

        Args:
            path: The HTML file to write.
            **options: Those of :func:`spacegraph.views.page.render_page`: ``title``, ``max_nodes``,
                ``max_things``, ``texts``, ``around``.
        """
        from spacegraph.views.notebook import Page
        from spacegraph.views.page import render_page
        from spacegraph.writing import write_atomically

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
