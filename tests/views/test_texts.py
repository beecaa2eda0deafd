"""Texts for a graph's articles: whole ones that are given, and passages put together from quotations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from view_graphs import Graph, halden

from spacegraph.cli import cli
from spacegraph.errors import ConfigError, ExportError
from spacegraph.graph import KnowledgeGraph
from spacegraph.model import Article, Entity, Evidence, Fact
from spacegraph.views.content import read_content
from spacegraph.views.notebook import article_html
from spacegraph.views.texts import Texts, find_texts

if TYPE_CHECKING:
    from pathlib import Path

LONG = (
    "The committee met on Monday and talked about many things that nobody remembers, for most of an afternoon. "
    "Ines Kovar criticized Tarn Orbital for its delays. She praised the Orison Agency.\n\n"
    + "A paragraph of the budget came next, and then another one of the budget, and nobody of note was there. "
    * 4
    + "\n\nIn the end Ines Kovar left for Port Halden."
)


def thing(label: str) -> Entity:
    return Entity(iri=f"http://example.org/{label.replace(' ', '_')}", label=label, type="Thing")


def said(subject: str, relation: str, object_: str, words: str) -> Fact:
    start = LONG.index(words)
    return Fact(
        doc_id="report",
        subject=thing(subject),
        property_iri=f"https://w3id.org/spacegraph/ontology#{relation}",
        object=thing(object_),
        evidence=(Evidence(start=start, end=start + len(words), text=words, doc_id="report"),),
    )


FACTS = (
    said("Ines Kovar", "criticized", "Tarn Orbital", "Ines Kovar criticized Tarn Orbital for its delays"),
    said("Ines Kovar", "praised", "Orison Agency", "She praised the Orison Agency"),
    said("Ines Kovar", "travelsTo", "Port Halden", "Ines Kovar left for Port Halden"),
)
ARTICLE = Article(id="report", text=LONG, title="A meeting")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph as a file, which keeps quotations and no text."""
    path = tmp_path_factory.mktemp("kept") / "graph.ttl"
    KnowledgeGraph.from_facts(FACTS, articles=[ARTICLE]).export(path)
    return path


@pytest.fixture(scope="module")
def kept(file: Path) -> KnowledgeGraph:
    return KnowledgeGraph.load(file)


def texts_of(kg: KnowledgeGraph | Graph, *given: Article) -> Texts:
    return find_texts(kg, read_content(kg), given)


def test_quotations_that_overlap_become_passages_from_sentence_to_sentence(kept: KnowledgeGraph) -> None:
    found = texts_of(kept)
    assert found.passages == {"report"}
    (article,) = found.content.articles
    assert article.text.split("\n\n") == [
        "Ines Kovar criticized Tarn Orbital for its delays. She praised the Orison Agency.",
        "In the end Ines Kovar left for Port Halden.",
    ]


def test_passage_that_begins_or_ends_within_a_sentence_is_marked_as_cut(tmp_path: Path) -> None:
    words = "Ines Kovar left"
    text = (
        "It was said by those who had been at the port on that long and cold winter evening that Ines Kovar left "
        "with the last of the crews that had been waiting there for the tide to turn at Port Halden."
    )
    fact = replace(
        FACTS[2],
        evidence=(
            Evidence(
                start=text.index(words), end=text.index(words) + len(words), text=words, doc_id="report"
            ),
        ),
    )
    KnowledgeGraph.from_facts([fact], articles=[replace(ARTICLE, text=text)]).export(tmp_path / "graph.ttl")
    (article,) = texts_of(KnowledgeGraph.load(tmp_path / "graph.ttl")).content.articles
    assert article.text == (
        "… been at the port on that long and cold winter evening that Ines Kovar left with the last of the crews that had been waiting there for …"
    )


def test_words_of_facts_stand_in_the_passages_where_they_are_said_to(kept: KnowledgeGraph) -> None:
    found = texts_of(kept)
    (article,) = found.content.articles
    places = [evidence for fact in found.content.facts for evidence in fact.evidence]
    assert len(places) == 3
    assert [article.text[one.start : one.end] for one in places] == [one.text for one in places]
    assert {fact.id for fact in found.content.facts} == {fact.id for fact in FACTS}


def test_text_that_is_given_is_shown_whole(kept: KnowledgeGraph) -> None:
    for given in (ARTICLE, replace(ARTICLE, id="another-name")):
        found = texts_of(kept, given)
        assert found.passages == frozenset()
        assert [article.text for article in found.content.articles] == [LONG]


def test_text_of_another_article_or_version_is_refused(kept: KnowledgeGraph) -> None:
    with pytest.raises(ConfigError, match="'other' is no article of the graph, which is about report"):
        texts_of(kept, Article(id="other", text="Something else."))
    with pytest.raises(ConfigError, match="3 quotations of the graph do not stand in 'report'"):
        texts_of(kept, replace(ARTICLE, text=f"Update: {LONG}"))


def test_quotations_that_contradict_each_other_are_left_out() -> None:
    class Quoting(Graph):
        def query(self, _: str) -> object:
            class Answer:
                rows = ()

            return Answer()

    one = replace(FACTS[0], evidence=(Evidence(start=0, end=9, text="Ines left", doc_id="report"),))
    other = replace(FACTS[1], evidence=(Evidence(start=5, end=13, text="returned", doc_id="report"),))
    odd = replace(FACTS[2], evidence=(Evidence(start=90, end=95, text="too long for it", doc_id="report"),))
    graph = Quoting(facts=(one, other, odd), articles=(replace(ARTICLE, text=""),))
    found = texts_of(graph)
    assert [article.text for article in found.content.articles] == ["Ines left …"]


def test_graph_with_its_texts_stays_as_it_is() -> None:
    graph = halden()
    found = texts_of(graph)
    assert found.content == read_content(graph)
    assert found.passages == frozenset()


def test_command_line_takes_the_articles_that_the_graph_is_of(file: Path, tmp_path: Path) -> None:
    article, page = tmp_path / "report.txt", tmp_path / "page.html"
    article.write_text(LONG, "utf-8")
    view = ["view", str(file), "--text", str(article), "-o"]
    assert CliRunner().invoke(cli, [*view, str(page)]).exit_code == 0
    assert "nobody of note was there" in page.read_text("utf-8")
    refused = CliRunner().invoke(cli, [*view, str(tmp_path / "picture.png")])
    assert isinstance(refused.exception, ExportError)
    assert "A picture shows no text" in str(refused.exception)
    article.write_text("The Lark capsule is ready and will be launched by the agency on Monday.", "utf-8")
    article.rename(tmp_path / "lark.txt")
    unknown = CliRunner().invoke(
        cli, ["view", str(file), "--text", str(tmp_path / "lark.txt"), "-o", str(page)]
    )
    assert "'lark' is no article of the graph" in str(unknown.exception)


def test_notebook_shows_passages_and_says_so(kept: KnowledgeGraph) -> None:
    shown = article_html(kept)
    assert "Passages behind the facts" in shown
    assert "Ines Kovar praised Orison Agency" in shown
    whole = article_html(kept, ARTICLE)
    assert "Passages behind the facts" not in whole
    assert "nobody of note was there" in whole
