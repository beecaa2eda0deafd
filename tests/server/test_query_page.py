"""The query page in a browser, used as a reader would use it: by clicks, by keys alone, offline, and with mistakes."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from spacegraph.graph import KnowledgeGraph
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

SCRIPT = """
import sys
from spacegraph.server import Settings, serve
serve(sys.argv[1], port=0, workers=1, settings=Settings(max_rows=60))
"""
NASTY = "<img src=x onerror=alert(1)>"


def thing(label: str, kind: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=kind, type_iri=SG + kind)


def claim(subject: str, relation: str, obj: str, kind: str = "Organisation", **more: object) -> Fact:
    words = (Evidence(start=0, end=5, text="Words"),)
    return Fact(doc_id="a", subject=thing(subject, "Person"), property_iri=SG + relation, object=thing(obj, kind), evidence=words, **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small graph is served."""
    facts = [
        claim("Mira Oban", "headOf", "Orbit Office"),
        claim("Dara Quill", "criticized", NASTY),
        claim("Dara Quill", "praised", "Orbit Office", factuality=Factuality.NEGATED),
        *(claim(f"Guest {n:03}", "met", "Mira Oban", "Person") for n in range(80)),
    ]
    path: Path = tmp_path_factory.mktemp("served") / "graph.ttl"
    KnowledgeGraph.from_facts(facts, articles=[Article(id="a", text="Words of the article.")]).export(path)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = re.search(r"http://[\d.]+:\d+", process.stderr.readline())
        assert found
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, newly opened; nothing may go wrong in it, nor be asked of anybody but its server."""
    problems: list[str] = []
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: problems.append(f"error: {error}"))
    opened.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
    opened.on(
        "request",
        lambda r: None if r.url.startswith((address, "data:", "blob:")) else problems.append(r.url),
    )
    opened.goto(address + "/")
    opened.wait_for_selector("html[data-ready]")
    yield opened
    opened.close()
    assert problems == []


def expect(locator: Locator) -> Any:
    from playwright.sync_api import expect as expecting

    return expecting(locator)


def said(page: Page) -> str:
    expect(page.locator("#said")).to_have_text(re.compile("^(?!Asking …).+", re.DOTALL))
    return page.locator("#said").inner_text()


def rows(page: Page) -> list[list[str]]:
    page.wait_for_selector("#answer table")
    return [row.locator("td").all_inner_texts() for row in page.locator("#answer tbody tr").all()]


def test_a_question_is_asked_by_a_click(page: Page) -> None:
    page.get_by_role("button", name="What is denied").click()
    assert said(page).startswith("1 row, in ")
    (row,) = rows(page)
    assert row[:3] == ["Dara Quill", "praised", "Orbit Office"]
    chosen = page.locator("#questions button[aria-current=true]")
    assert chosen.count() == 1
    assert page.locator("#title").inner_text() == chosen.inner_text()


def test_a_question_with_a_name_is_asked_by_keys_alone(page: Page) -> None:
    page.locator("#filter").focus()
    page.keyboard.type("heads")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    field = page.get_by_label("Its name")
    assert field.evaluate("f => f === document.activeElement")
    page.keyboard.press("Enter")
    assert said(page) == "Give its name first."
    expect(page.locator("#names option")).to_have_count(60)
    page.keyboard.type("Orbit Office")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer table")
    assert rows(page)[0][0] == "Mira Oban"


def test_an_address_asks_its_question_again_and_back_goes_back(page: Page, address: str) -> None:
    page.get_by_role("button", name="What is denied").click()
    rows(page)
    page.goto(address + "/#heads?organisation=Orbit%20Office")
    expect(page.locator("#answer")).to_contain_text("Mira Oban")
    page.go_back()
    expect(page.locator("#answer")).to_contain_text("Dara Quill")


def test_what_finds_nothing_says_so(page: Page, address: str) -> None:
    page.goto(address + "/#heads?organisation=Nobody")
    assert said(page).startswith("The graph has no answer to that.")
    assert page.locator("#answer").inner_text() == ""
    page.locator("#filter").fill("xyzzy")
    assert page.locator("#none-found").is_visible()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("SELECT ?x {\n ?x nonsense }", r"not valid SPARQL in line 2, column \d+: .*nonsense"),
        ("DELETE WHERE { ?s ?p ?o }", "read"),
        ("SELECT ?x { ?x a nope:Thing }", "prefix .* not known"),
    ],
)
def test_mistakes_are_sentences(page: Page, query: str, sentence: str) -> None:
    page.locator("#query").fill(query)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#said.bad")
    assert re.search(sentence, said(page))
    # And the next question is answered as if nothing had been.
    page.locator("#query").fill("ASK { ?x sg:headOf ?y }")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector("#answer .truth")
    assert page.locator("#answer").inner_text() == "Yes"


def test_a_long_answer_says_that_it_is_cut(page: Page) -> None:
    page.locator("#query").fill("SELECT ?x { ?x sg:met ?y }")
    page.locator("#run").click()
    page.wait_for_selector("#answer table")
    assert "60 rows" in said(page)
    assert "That is not all" in said(page)


def test_what_the_graph_says_of_a_thing_is_a_click_away(page: Page) -> None:
    page.locator("#query").fill("SELECT ?x { ?x sg:headOf ?y }")
    page.locator("#run").click()
    page.get_by_role("button", name="sge:Mira_Oban").click()
    expect(page.locator("#answer")).to_contain_text("sg:headOf")


def test_texts_of_articles_are_texts(page: Page) -> None:
    page.locator("#query").fill("SELECT ?name { ?x sg:criticized/rdfs:label ?name }")
    page.locator("#run").click()
    assert rows(page) == [[NASTY]]
    assert page.locator("#answer img").count() == 0


def test_an_answer_is_saved_in_its_forms(page: Page) -> None:
    page.get_by_role("button", name="What is denied").click()
    rows(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "denied.csv"
    assert "Dara Quill,praised,Orbit Office" in download.value.path().read_text(encoding="utf-8")
    page.locator("summary").click()
    page.locator("#query").fill("CONSTRUCT { ?x sg:headOf ?y } WHERE { ?x sg:headOf ?y }")
    page.locator("#run").click()
    page.wait_for_selector("#answer pre")
    assert page.locator("#forms button").all_inner_texts() == ["Turtle", "N-Triples"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_by_day_and_by_night(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.get_by_role("button", name="What is denied").click()
    rows(page)
    contrasts = page.evaluate(
        """() => {
          const light = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = node => { for (; node; node = node.parentElement) { const c = getComputedStyle(node).backgroundColor; if (!c.endsWith(", 0)")) return c; } return "rgb(255, 255, 255)"; };
          return ["h1", "h2", "header a", "#questions button", "summary", "#run", "#said", "th", "td", "#forms button", ".hint"].map(selector => {
            const node = document.querySelector(selector), [one, other] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
            return [selector, (one + 0.05) / (other + 0.05)];
          });
        }"""
    )
    assert [selector for selector, ratio in contrasts if ratio < 4.5] == []


def test_on_a_telephone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Which claims are there").click()
    page.wait_for_selector("#answer table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_server_that_is_gone_is_a_sentence(page: Page) -> None:
    page.route("**/sparql", lambda route: route.abort())
    page.locator("#run").click()
    page.wait_for_selector("#said.bad")
    assert said(page) == "The server does not answer. Is it still running?"
