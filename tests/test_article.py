"""The whole way on the article that the project was asked for, and on the sample article in its place where that is not at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

import spacegraph
from spacegraph.model import Factuality

if TYPE_CHECKING:
    from spacegraph.graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "articles" / "kelly-rogozin.txt"
SAMPLE = ROOT / "examples" / "sample_article.txt"
ARTICLES = [
    pytest.param(REAL, id="real", marks=[pytest.mark.shared, pytest.mark.skipif(not REAL.exists(), reason="the development data are not beside the repository")]),
    pytest.param(SAMPLE, id="sample", marks=pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is in the checkout, not in the wheel")),
]  # fmt: skip


@cache
def graph(path: Path) -> KnowledgeGraph:
    return spacegraph.build(path)


def triples(path: Path, factuality: Factuality) -> set[tuple[str, str, str]]:
    return {
        (f.subject.label, f.relation, f.object.label) for f in graph(path).facts if f.factuality is factuality
    }


@pytest.mark.parametrize("path", ARTICLES)
def test_three_facts_that_the_article_supports(path: Path) -> None:
    asserted = triples(path, Factuality.ASSERTED)
    assert ("Scott Kelly", "criticized", "Dmitry Rogozin") in asserted
    assert ("SpaceX", "operates", "Crew Dragon") in asserted
    if path == REAL:
        assert ("Mark Vande Hei", "aboard", "International Space Station") in asserted


@pytest.mark.parametrize("path", ARTICLES)
def test_withdrawal_is_not_asserted(path: Path) -> None:
    claimed = (
        triples(path, Factuality.ASSERTED)
        | triples(path, Factuality.REPORTED)
        | triples(path, Factuality.PLANNED)
    )
    assert not {t for t in claimed if t[1] == "withdrewFrom"}
    assert {t for t in triples(path, Factuality.NEGATED) if t[1] == "withdrewFrom"}
    assert not graph(path).query("ASK { ?who sg:withdrewFrom ?what }").answer


@pytest.mark.parametrize("path", ARTICLES)
def test_evidence_is_the_text_at_its_offsets(path: Path) -> None:
    text = path.read_text("utf-8")
    for fact in graph(path).facts:
        assert fact.evidence or fact.inferred
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("path", ARTICLES)
def test_turtle_is_one_graph_to_rdflib_and_to_pyoxigraph(path: Path) -> None:
    turtle = graph(path).to_turtle()
    one = rdflib.Graph().parse(data=turtle, format="turtle")
    lines = b"".join(
        f"{t} .\n".encode() for t in (q.triple for q in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))
    )
    assert isomorphic(one, rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("path", ARTICLES)
def test_two_runs_are_byte_identical(path: Path) -> None:
    assert spacegraph.build(path).to_turtle() == graph(path).to_turtle()


@pytest.mark.parametrize("path", ARTICLES)
def test_graph_keeps_what_it_promises(path: Path) -> None:
    assert [str(v) for v in graph(path).check().violations] == []
