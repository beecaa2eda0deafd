"""Facts in an RDF store: statements with provenance, SPARQL, validation, rules, files.

>>> from spacegraph.graph import KnowledgeGraph
>>> kg = KnowledgeGraph.from_facts([])
>>> kg.query("ASK { ?s ?p ?o }").answer
False
"""

from __future__ import annotations

from spacegraph.graph.formats.export import format_names
from spacegraph.graph.formats.facts_json import fact_from_json, fact_to_json, facts_from_jsonl, facts_to_jsonl
from spacegraph.graph.knowledge_graph import KnowledgeGraph
from spacegraph.graph.operations.explain import Explanation
from spacegraph.graph.query.results import QueryResult
from spacegraph.graph.query.sparql import NamedQuery, named_queries, named_query
from spacegraph.graph.rdf.statements import Run

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
