"""Why a named question has no answer: a name that nothing has, or a graph without statements."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from spacegraph.graph.sparql import named_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = ["why_no_answer"]

#: Where a question looks a thing up by what it is called.
_NAMED = re.compile(r"rdfs:label\|skos:altLabel \$(\w+)")
#: Names that are compared; in a graph of more, only these are suggested.
_MOST_NAMES = 100_000


def why_no_answer(
    kg: KnowledgeGraph, query: str, parameters: Mapping[str, str], *, timeout: float | None = None
) -> str:
    """What may be wrong where a question found nothing, as a sentence.

    Args:
        kg: The graph that was asked.
        query: The name of the question, or SPARQL.
        parameters: What it was given.
        timeout: Seconds for each of the two or three queries that are needed to tell.

    Returns:
        The sentence, or "" where nothing is wrong, or where it is not a named question.

    Raises:
        QueryError: It takes longer than the time-out.
    """
    question = named_queries().get(query.strip())
    if question is None:
        return ""
    for name in _NAMED.findall(question.text):
        value = parameters.get(name, "")
        if not kg.query("ASK { ?thing rdfs:label|skos:altLabel $value }", value=value, timeout=timeout):
            return f"Nothing in the graph is called {value!r}.{_meant(kg, value, timeout)}"
    if "rdf:predicate" in question.text and not kg.query("ASK { ?x a sg:Statement }", timeout=timeout):
        return f"The graph has no statements, which the question {question.name!r} asks for: it was not made by spacegraph, or exported with --only-facts."
    return ""


def _meant(kg: KnowledgeGraph, value: str, timeout: float | None) -> str:
    names = kg.query(
        "SELECT DISTINCT ?name { ?thing rdfs:label|skos:altLabel ?name } ORDER BY ?name",
        limit=_MOST_NAMES,
        timeout=timeout,
    ).column("name")
    by_folded = {str(name).casefold(): str(name) for name in reversed(names)}
    close = [by_folded[match] for match in get_close_matches(value.casefold(), by_folded, n=3)]
    return f" Did you mean {', '.join(close)}?" if close else ""
