# IPython and nbformat have functions without types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import pretty
from IPython.testing.globalipapp import get_ipython  # noqa: F401  (it sets IPython up for tests)
from view_graphs import TEXT, Graph, entity, fact, halden, large

from spacegraph.graph import KnowledgeGraph
from spacegraph.model import Entity, Fact
from spacegraph.views.notebook import (
    Page,
    article_html,
    entity_html,
    fact_html,
    facts_html,
    graph_html,
    result_html,
)

NASTY = '<script>alert("x")</script>'


class Reader(HTMLParser):
    """Text, tags and addresses of HTML; every tag must be closed."""

    VOID = frozenset(("br", "img"))

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def text(html: str) -> str:
    return " ".join("".join(read(html).text).split())


def knowledge_graph() -> KnowledgeGraph:
    graph = halden()
    return KnowledgeGraph.from_facts(graph.facts, articles=graph.articles, entities=graph.entities)


def test_graph_tells_how_much_and_what() -> None:
    shown = text(graph_html(halden()))
    assert "8 facts, 8 things, 1 article" in shown
    assert "person 2" in shown
    assert "3 asserted, 1 reported, 2 planned, 1 hypothetical, 1 negated" in shown
    assert "Mira Okonjo" in shown
    assert text(graph_html(Graph())) == "An empty knowledge graph: no things, no facts."


def test_fact_shows_its_words_and_who_says_so() -> None:
    graph = halden()
    planned = graph.facts[2]
    shown = text(fact_html(planned, graph.articles[0]))
    assert shown.startswith("Mira Okonjo says that it is planned: Tessaly Aerospace launches Heron")
    assert "“Tessaly will launch the Heron capsule in May 2031,” she said." in shown
    assert "planned – scheduled or intended" in shown
    assert "Mira Okonjo" in shown
    assert "2031-05" in shown
    assert planned._repr_html_() == fact_html(planned)


def test_facts_leave_out_columns_that_are_empty() -> None:
    bare = facts_html([fact(entity("A"), "knows", entity("B"))])
    assert "time" not in text(bare)
    assert "time" in text(facts_html(halden().facts))
    assert "Mira Okonjo says that it is planned" in text(facts_html(halden().facts))
    assert "… and 90 more facts" in text(facts_html(large(200).facts[:100], most=10))


def test_entity_shows_its_names_and_links() -> None:
    one = entity(
        "Ann Lee",
        "Person",
        aliases=("Lee",),
        same_as=("https://www.wikidata.org/entity/Q1", "javascript:alert(1)"),
    )
    shown = entity_html(one)
    assert text(shown).startswith("Ann Lee personalso: Lee")
    assert read(shown).addresses == [one.iri, "https://www.wikidata.org/entity/Q1"]
    assert one._repr_html_() == shown


def test_article_marks_names_and_words_and_loses_none() -> None:
    shown = article_html(halden())
    assert TEXT in "".join(read(shown).text)
    assert "Mira Okonjo says that it is planned: Tessaly Aerospace launches Heron" in shown
    assert "has no such article" in article_html(halden(), "another")
    assert "has no such article" in article_html(Graph())


def test_markup_in_names_is_text() -> None:
    evil = Entity(iri="x", label=NASTY, type=NASTY, aliases=(NASTY,))
    bad = Fact(
        doc_id=NASTY,
        subject=evil,
        property_iri="http://e.org/" + NASTY,
        object=evil,
        rule=NASTY,
        time=NASTY,
        attributed_to=evil,
    )
    for shown in (graph_html(Graph(facts=(bad,))), fact_html(bad), entity_html(evil), facts_html([bad])):
        assert "script" not in read(shown).tags
        assert NASTY in "".join(read(shown).text) or "alert" in text(shown)


def test_displays_ask_nothing_of_the_network() -> None:
    graph = halden()
    for shown in (graph_html(graph), fact_html(graph.facts[0]), article_html(graph)):
        assert read(shown).addresses == []
        assert "url(" not in shown


def test_answers_are_tables() -> None:
    kg = knowledge_graph()
    shown = kg.query("SELECT ?who ?whom { ?who sg:criticized ?whom }")._repr_html_()
    assert read(shown).tags.count("tr") == 2
    assert "Mira" in text(shown)
    assert text(result_html(kg.query("ASK { ?s sg:leads ?o }"))) == "yes"
    assert text(result_html(kg.query("SELECT ?s { ?s sg:eats ?o }"))).startswith("No rows")
    assert "more rows" in text(result_html(kg.query("SELECT * { ?s ?p ?o }"), most=3))


def test_plain_displays_are_one_line_or_a_table() -> None:
    one = halden().facts[2]
    assert pretty(one) == (
        "Tessaly Aerospace – launches – Heron (planned, says Mira Okonjo) “Tessaly will launch the Heron capsule in May 2031”"
    )
    assert pretty(one.subject) == f"Tessaly Aerospace (Company) <{one.subject.iri}>"
    table = pretty(knowledge_graph().query("SELECT ?who { ?person sg:leads ?what ; rdfs:label ?who }"))
    assert table.splitlines()[0] == "who"
    assert table.splitlines()[2:] == ["Mira Okonjo"]


def test_page_is_a_string_that_a_notebook_frames_over_a_picture() -> None:
    page = knowledge_graph().view()
    assert isinstance(page, Page)
    assert page.startswith("<!DOCTYPE html>")
    assert len(repr(page)) < 100
    shown = read(page._repr_html_())
    assert shown.tags == ["div", "img", "iframe"]
    assert shown.addresses[0].startswith("data:image/png;base64,")


@pytest.fixture
def shell() -> InteractiveShell:
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    shell.run_line_magic("load_ext", "spacegraph")
    shell.user_ns["kg"] = knowledge_graph()
    return shell


def ask(shell: InteractiveShell, line: str, cell: str = "SELECT ?who { ?who sg:leads ?what }") -> Any:
    return shell.run_cell_magic("sparql", line, cell)


def test_magic_asks_the_graph_that_is_named_or_the_only_one(shell: InteractiveShell) -> None:
    assert len(ask(shell, "kg").rows) == 1
    assert len(ask(shell, "").rows) == 1
    shell.user_ns["other"] = KnowledgeGraph.from_facts(())
    assert ask(shell, "other").rows == []
    with pytest.raises(UsageError, match=r"several graphs \(kg, other\); say which: %%sparql kg"):
        ask(shell, "")


def test_magic_keeps_the_answer_where_it_is_told(shell: InteractiveShell) -> None:
    shown = ask(shell, "kg -o found -n 1", "SELECT ?s { ?s ?p ?o }")
    assert shell.user_ns["found"] is shown
    assert shown.truncated


def test_magic_says_in_one_sentence_what_is_wrong(shell: InteractiveShell) -> None:
    with pytest.raises(UsageError, match=r"There is no variable 'nothing'\. Make one first"):
        ask(shell, "nothing")
    with pytest.raises(UsageError):
        ask(shell, "kg", "SELECT WHERE")
    with pytest.raises(UsageError, match="usage: %%sparql"):
        ask(shell, "kg -n many")
    del shell.user_ns["kg"]
    with pytest.raises(UsageError, match="There is no graph yet"):
        ask(shell, "")


def test_magic_helps(shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(shell, "-h") is None
    assert "variable that holds the graph" in capsys.readouterr().out


#: What a notebook of VS Code shows of HTML, and sanitisers such as DOMPurify keep, without being told to: text and its form.
KEPT_TAGS = frozenset(
    ["a", "b", "bdi", "blockquote", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "hr", "i", "img", "li", "mark", "ol", "p", "pre", "s", "section", "small", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"]
)  # fmt: skip
KEPT_ATTRIBUTES = frozenset(
    [
        "align",
        "alt",
        "class",
        "colspan",
        "dir",
        "height",
        "href",
        "id",
        "lang",
        "open",
        "rel",
        "rowspan",
        "scope",
        "src",
        "style",
        "title",
        "width",
    ]
)
#: What may be taken away without loss: a link then opens in the same tab.
MAY_GO = frozenset({"target"})


class Attributes(HTMLParser):
    """The tags of HTML, each with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def test_displays_survive_a_sanitiser() -> None:
    graph, kg = halden(), knowledge_graph()
    answer = kg.query("SELECT ?who ?whom { ?who sg:criticized ?whom }")
    for shown in (
        graph_html(graph), fact_html(graph.facts[1]), facts_html(graph.facts), article_html(graph), result_html(answer),
        *map(entity_html, graph.entities), kg._repr_html_(), kg.facts[0]._repr_html_(),
    ):  # fmt: skip
        parser = Attributes()
        parser.feed(shown)
        assert parser.found
        for tag, attributes in parser.found:
            assert tag in KEPT_TAGS
            assert {name for name, _ in attributes} <= KEPT_ATTRIBUTES | MAY_GO, tag
            assert not any(
                (value or "").lower().startswith(("javascript:", "data:text")) for _, value in attributes
            )
