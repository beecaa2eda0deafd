"""Facts in an RDF store: statements with provenance, SPARQL, validation, rules, files.

>>> from spacegraph.graph import KnowledgeGraph
>>> kg = KnowledgeGraph.from_facts([])
>>> kg.query("ASK { ?s ?p ?o }").answer
False
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacegraph.graph.formats.export import format_names
    from spacegraph.graph.formats.facts_json import (
        fact_from_json,
        fact_to_json,
        facts_from_jsonl,
        facts_to_jsonl,
    )
    from spacegraph.graph.operations.explain import Explanation
    from spacegraph.graph.query.results import QueryResult
    from spacegraph.graph.query.sparql import NamedQuery, named_queries, named_query
    from spacegraph.graph.rdf.run import Run
    from spacegraph.knowledge_graph import KnowledgeGraph

__all__ = [
    "Explanation",
    "KnowledgeGraph",
    "NamedQuery",
    "QueryResult",
    "Run",
    "fact_from_json",
    "fact_to_json",
    "facts_from_jsonl",
    "facts_to_jsonl",
    "format_names",
    "named_queries",
    "named_query",
]

#: Each name is loaded when it is first used: the rooms of this package are below what some of the names need.
_HOMES = {
    "Explanation": "spacegraph.graph.operations.explain",
    "KnowledgeGraph": "spacegraph.knowledge_graph",
    "NamedQuery": "spacegraph.graph.query.sparql",
    "QueryResult": "spacegraph.graph.query.results",
    "Run": "spacegraph.graph.rdf.run",
    "fact_from_json": "spacegraph.graph.formats.facts_json",
    "fact_to_json": "spacegraph.graph.formats.facts_json",
    "facts_from_jsonl": "spacegraph.graph.formats.facts_json",
    "facts_to_jsonl": "spacegraph.graph.formats.facts_json",
    "format_names": "spacegraph.graph.formats.export",
    "named_queries": "spacegraph.graph.query.sparql",
    "named_query": "spacegraph.graph.query.sparql",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module 'spacegraph.graph' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
