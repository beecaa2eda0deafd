"""The pages about the graph say what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegraph.graph import KnowledgeGraph, format_names, named_queries
from spacegraph.graph.query.sparql import check_read_only
from spacegraph.graph.rdf.vocabulary import PREFIXES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_named_question_is_in_the_page(name: str) -> None:
    query = named_queries()[name]
    page = (DOCS / "sparql.md").read_text(encoding="utf-8")
    assert f"| `{name}` | {query.question} |" in page


def test_every_prefix_and_format_is_in_the_pages() -> None:
    sparql = (DOCS / "sparql.md").read_text(encoding="utf-8")
    assert all(f"`{prefix}:`" in sparql for prefix in PREFIXES)
    graph = (DOCS / "graph.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in graph for name in format_names())


def test_the_queries_of_the_pages_run() -> None:
    kg = KnowledgeGraph.from_facts([])
    blocks = [
        block.partition("```")[0]
        for page in ("sparql.md", "graph.md")
        for block in (DOCS / page).read_text(encoding="utf-8").split("```sparql\n")[1:]
    ]
    assert len(blocks) >= 3
    for text in blocks:
        check_read_only(text)
        assert not kg.query(text)
