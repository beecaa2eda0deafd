"""The interactive page, opened in a browser and used as a reader would use it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from view_graphs import Graph, entity, fact, halden, large
from view_tab import Tab

from spacegraph.errors import ConfigError, QueryError
from spacegraph.graph import KnowledgeGraph
from spacegraph.model import Entity, Fact, Factuality, Literal
from spacegraph.views.page import render_page
from spacegraph.views.picture import plot
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

NASTY = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens HTML as a file; when the test is over, nothing may have been asked of the network or gone wrong."""
    tab = Tab(browser, tmp_path)
    yield tab.open
    tab.close()


@pytest.fixture(scope="module")
def halden_page() -> str:
    return render_page(halden())


@pytest.fixture(scope="module")
def halden_tab(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, halden_page: str
) -> Iterator[Page]:
    tab = Tab(browser, tmp_path_factory.mktemp("halden"))
    yield tab.open(halden_page)
    tab.close()


@pytest.fixture
def page(halden_tab: Page) -> Page:
    """The page of the small graph, as it was when it opened."""
    halden_tab.evaluate("spacegraph.reset()")
    return halden_tab


@pytest.fixture(scope="module")
def large_tab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    tab = Tab(browser, tmp_path_factory.mktemp("large"))
    yield tab.open(render_page(large(400), max_nodes=60))
    tab.close()


def drawn(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "spacegraph.cy.style().update(); spacegraph.cy.nodes('.thing').filter(n => n.visible()).map(n => n.scratch('thing').label)"
    )
    return sorted(names)


def arrows(page: Page) -> int:
    return int(
        page.evaluate("spacegraph.cy.style().update(); spacegraph.cy.edges().filter(e => e.visible()).length")
    )


def becomes(page: Page, look: Callable[[Page], object], wanted: object) -> bool:
    """Whether what is looked at is as wanted once the page has drawn its next frames (for 5 s at most)."""
    for _ in range(50):
        if look(page) == wanted:
            return True
        page.wait_for_timeout(100)
    return False


def click_thing(page: Page, label: str) -> None:
    at: dict[str, float] = page.evaluate(
        """(label) => {
            const node = spacegraph.cy.nodes('.thing').filter(n => n.scratch('thing').label === label);
            const box = document.getElementById('graph').getBoundingClientRect();
            return { x: node.renderedPosition('x') + box.x, y: node.renderedPosition('y') + box.y };
        }""",
        label,
    )
    page.mouse.click(at["x"], at["y"])


def test_page_is_the_same_every_time(halden_page: str) -> None:
    graph = halden()
    shuffled = Graph(facts=graph.facts[::-1], entities=graph.entities[::-1], articles=graph.articles)
    assert render_page(shuffled) == halden_page


def test_page_and_picture_do_not_depend_on_the_process(tmp_path: Path) -> None:
    page = render_page(large(150), max_nodes=30)
    plot(large(40), tmp_path / "here.svg")
    script = (
        "import pathlib, sys; from view_graphs import large\n"
        "from spacegraph.views.page import render_page; from spacegraph.views.picture import plot\n"
        "pathlib.Path(sys.argv[1] + '.html').write_text(render_page(large(150), max_nodes=30), 'utf-8')\n"
        "plot(large(40), sys.argv[1] + '.svg')"
    )
    # Sets of strings have another order in a process with another seed; this one has yet another.
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "there")],
        cwd=Path(__file__).parent,
        env=os.environ | {"PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"},
        check=True,
    )
    assert (tmp_path / "there.html").read_text("utf-8") == page
    assert (tmp_path / "there.svg").read_bytes() == (tmp_path / "here.svg").read_bytes()


def test_page_names_no_address_to_load_from(halden_page: str) -> None:
    markup = re.sub(r"<script.*?</script>", "", halden_page, flags=re.DOTALL)
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')]+)", markup) == ["data:,"]
    assert not re.search(r"<script[^>]+src", halden_page)
    assert "default-src 'none'" in halden_page


def test_page_draws_all_of_a_small_graph_with_every_label(page: Page) -> None:
    assert drawn(page) == sorted(thing.label for thing in halden().entities)
    assert page.evaluate("spacegraph.cy.nodes('.unlabelled').length") == 0
    assert page.inner_text("#counts") == "8 things · 8 facts · 1 article"
    assert page.title() == "Tessaly Aerospace names a crew 🚀"


def test_all_of_the_drawing_is_in_sight_when_the_page_opens(open_page: Open) -> None:
    page = open_page(render_page(large(60)))
    opened, fitted, box = page.evaluate(
        """() => {
            const { cy, fit } = spacegraph;
            const [opened, box] = [cy.zoom(), cy.elements().renderedBoundingBox()];
            const margins = [box.x1, box.y1, cy.width() - box.x2, cy.height() - box.y2];
            fit();
            return [opened, cy.zoom(), margins];
        }"""
    )
    # What is reckoned before anything is drawn is what measuring the drawing comes to.
    assert opened == pytest.approx(fitted, rel=0.02)
    assert min(box) > 10
    assert min(box[:2]) == pytest.approx(min(box[2:]), abs=8)


def test_many_arrows_between_two_things_are_in_sight_when_the_page_opens(open_page: Open) -> None:
    a, b = entity("Aldis", "Person"), entity("Brom", "Person")
    facts = tuple(fact(a, relation, other) for relation in "pqrstuvwxyz" for other in (a, b))
    page = open_page(render_page(Graph(facts=facts)))
    margins = page.evaluate(
        """() => {
            const { cy } = spacegraph;
            const box = cy.elements().renderedBoundingBox({ includeOverlays: false });
            return [box.x1, box.y1, cy.width() - box.x2, cy.height() - box.y2];
        }"""
    )
    assert min(margins) > 0


def test_drawing_things_does_not_style_them_again(page: Page) -> None:
    restyled = page.evaluate(
        """() => {
            const styled = [];
            const note = (event) => styled.push(event.target.id());
            spacegraph.cy.on('style', 'node', note);
            spacegraph.svgOf();
            spacegraph.cy.off('style', 'node', note);
            return styled;
        }"""
    )
    assert restyled == []


def test_what_makes_moving_fast_comes_after_the_first_frame(page: Page) -> None:
    def is_prepared(page: Page) -> object:
        return page.evaluate("!Object.hasOwn(spacegraph.cy.renderer(), 'drawLayeredElements')")

    assert becomes(page, is_prepared, wanted=True)


def test_only_a_size_that_has_changed_draws_everything_again(page: Page) -> None:
    told = page.evaluate(
        """() => {
            let told = 0;
            const note = () => { told += 1; };
            spacegraph.cy.on('resize', note);
            spacegraph.cy.resize();
            const unchanged = told;
            document.getElementById('show-legend').click();
            const wider = told;
            document.getElementById('show-legend').click();
            spacegraph.cy.off('resize', note);
            return [unchanged, wider, told];
        }"""
    )
    assert told == [0, 1, 2]


def test_labels_do_not_overlap_at_rest(open_page: Open) -> None:
    page = open_page(render_page(large(90)))
    boxes = page.evaluate(
        """spacegraph.cy.nodes('.thing').filter(n => !n.hasClass('unlabelled')).map(n => {
            const b = n.renderedBoundingBox({ includeNodes: false, includeEdges: false, includeOverlays: false });
            return [b.x1, b.y1, b.x2, b.y2];
        })"""
    )
    # Where there is no room below a thing, its name stands above it or beside it.
    assert len(boxes) > 60
    assert page.evaluate("spacegraph.cy.nodes('.above, .left, .right').length") > 0
    # Cytoscape.js pads the boxes of labels by three pixels on each side.
    slack = 7
    overlapping = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] + slack < b[2] and b[0] + slack < a[2] and a[1] + slack < b[3] and b[1] + slack < a[3]
    ]
    assert overlapping == []


def test_labels_are_whole_after_the_drawing_has_got_smaller(page: Page) -> None:
    page.click("#show-facts")
    short = page.evaluate(
        """() => {
            const ruler = document.createElement('canvas').getContext('2d');
            ruler.font = "12px " + getComputedStyle(document.body).fontFamily;
            return spacegraph.cy.nodes('.thing').filter(n => !n.hasClass('unlabelled')).map(n => {
                const room = n.renderedBoundingBox({ includeNodes: false, includeEdges: false, includeOverlays: false }).w;
                const needed = Math.max(...n.data('short').split('\\n').map(line => ruler.measureText(line).width));
                return [n.data('short'), room, needed];
            });
        }"""
    )
    assert len(short) == 8
    assert [name for name, room, needed in short if room < needed] == []


def test_clicking_a_thing_tells_its_class_names_links_and_facts(page: Page) -> None:
    click_thing(page, "Tessaly Aerospace")
    panel = page.inner_text("#panel")
    assert "company" in panel
    assert "Also: Tessaly" in panel
    assert (
        page.get_attribute("#panel .links li:nth-child(2) a", "href") == "https://www.wikidata.org/entity/Q1"
    )
    assert page.locator("#panel li.fact").count() == 3
    assert page.inner_text("#status") == "Tessaly Aerospace, company, 3 facts."


def test_clicking_an_arrow_shows_the_sentence_with_the_words_marked(page: Page) -> None:
    at = page.evaluate(
        """() => {
            const edge = spacegraph.cy.edges().filter(e => e.scratch('arrow').factuality.name === 'planned');
            const box = document.getElementById('graph').getBoundingClientRect();
            const middle = edge.renderedMidpoint();
            return [middle.x + box.x, middle.y + box.y];
        }"""
    )
    page.mouse.click(*at)
    assert page.inner_text("#panel mark") == "Tessaly will launch the Heron capsule in May 2031"
    assert page.inner_text("#panel blockquote").startswith("“Tessaly will launch")
    about = page.inner_text("#panel table.about")
    assert "planned – scheduled or intended" in about
    assert "Mira Okonjo" in about
    assert "2031-05" in about
    assert "1.00" in about


def test_words_after_an_emoji_are_marked_where_they_stand(page: Page) -> None:
    page.evaluate("spacegraph.goToFact(spacegraph.facts.find(f => f.factuality.name === 'negated'))")
    assert (
        page.inner_text("#panel mark")
        == "There is no sign that the Orison Agency is leaving the Halden Station."
    )
    assert page.locator("#panel mark .name").all_inner_texts() == ["Orison Agency", "Halden Station"]


def test_values_are_in_the_panel_and_not_drawn(page: Page) -> None:
    page.evaluate("spacegraph.goTo(spacegraph.things.find(t => t.label === 'Heron'))")
    assert "has launch date 2031-05" in page.inner_text("#panel")
    page.click("#panel li.fact:has-text('has launch date') button.why")
    assert page.inner_text("#panel mark") == "the Heron capsule in May 2031"


def test_a_fact_without_words_says_so_and_an_inferred_one_too(page: Page) -> None:
    page.evaluate("spacegraph.goToFact(spacegraph.facts.find(f => f.inferred))")
    panel = page.inner_text("#panel")
    assert "no words behind this fact" in panel
    assert re.search(r"Inferred\s+yes", panel)
    assert "rule:place" in panel


def test_legend_filters_by_class_and_factuality(page: Page) -> None:
    before = arrows(page)
    page.uncheck("#filter-factualities label:has-text('negated') input")
    assert becomes(page, arrows, before - 1), arrows(page)
    # Nothing else is said of the station, so it goes with the fact.
    assert becomes(page, lambda p: "Halden Station" in drawn(p), False), drawn(page)
    page.uncheck("#filter-families label:has-text('person') input")
    assert becomes(page, lambda p: {"Mira Okonjo", "Paul Vance"} & set(drawn(p)), set()), drawn(page)
    assert "7 of 8 facts" in page.inner_text("#counts")
    page.click("#reset")
    assert becomes(page, arrows, before), arrows(page)
    assert len(drawn(page)) == 8


def test_relations_can_be_filtered(page: Page) -> None:
    page.click("#filter-relations summary")
    page.click("#filter-relations button:has-text('None')")
    assert becomes(page, arrows, 0), arrows(page)
    page.check("#filter-relations label:has-text('criticized') input")
    assert becomes(page, drawn, ["Mira Okonjo", "Paul Vance"]), drawn(page)


def test_time_filter_keeps_what_falls_into_the_range(page: Page) -> None:
    page.uncheck("#filter-time label:has-text('without a time') input")
    assert becomes(page, arrows, 2), arrows(page)
    page.fill("#time-from", "1")
    assert page.inner_text("#time-from-value") == "2031-05"
    assert becomes(page, drawn, ["Heron", "Mira Okonjo", "Tessaly Aerospace"]), drawn(page)


def test_search_finds_by_alias_and_selects_with_the_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("senator paul")
    assert page.inner_text("#hits li[role=option]").startswith("Paul Vance")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit0"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Paul Vance"
    page.fill("#search", "nobody at all")
    assert "Nothing of that name" in page.inner_text("#hits")
    page.keyboard.press("Escape")


def test_keys_move_select_focus_and_leave(page: Page) -> None:
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel h2") == "Tessaly Aerospace"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel h2") == "Mira Okonjo"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel h2") == "Paul Vance"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Paul Vance"
    page.keyboard.press("f")
    assert drawn(page) == ["Mira Okonjo", "Paul Vance"]
    page.keyboard.press("Escape")
    assert len(drawn(page)) == 8
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("?")
    assert page.locator("#help-box").is_visible()
    page.keyboard.press("Escape")


def test_text_and_graph_lead_to_each_other(page: Page) -> None:
    page.click("#show-text")
    text = page.locator("#panel .text")
    assert text.inner_text().startswith("Tessaly Aerospace names a crew 🚀")
    page.click("#panel .text .name:has-text('Lark')")
    assert page.inner_text("#panel h2") == "Lark"
    page.click("#panel li.fact:has-text('operates') button.why")
    page.click("#panel figcaption button")
    assert page.inner_text("#panel .text mark.current") == "its own Lark capsule"
    # The same words support two facts; both are offered.
    page.click("#panel .text mark.current", position={"x": 4, "y": 8})
    assert page.locator("#panel li.fact").count() == 2


def test_table_lists_every_fact_and_follows_the_filters(page: Page) -> None:
    page.click("#show-facts")
    assert page.locator("#panel tbody tr").count() == 8
    page.uncheck("#filter-factualities label:has-text('asserted') input")
    assert page.locator("#panel tbody tr").count() == 5


def test_address_holds_the_selection(page: Page, open_page: Open, halden_page: str) -> None:
    click_thing(page, "Mira Okonjo")
    fragment = page.evaluate("location.hash")
    assert fragment == "#thing=https%3A%2F%2Fw3id.org%2Fspacegraph%2Fentity%2FMira_Okonjo"
    again = open_page(halden_page, fragment=fragment)
    assert again.inner_text("#panel h2") == "Mira Okonjo"
    negated = next(f for f in halden().facts if f.factuality == "negated")
    third = open_page(halden_page, fragment=f"#fact={negated.id}")
    assert "leaving the Halden Station" in third.inner_text("#panel mark")


def test_dark_page_where_the_system_is_dark_and_a_switch(open_page: Open, halden_page: str) -> None:
    page = open_page(halden_page, color_scheme="dark")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#more summary")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"


def test_drawing_is_saved_as_png_and_svg(page: Page) -> None:
    page.click("#more summary")
    with page.expect_download() as png:
        page.click("#save-png")
    assert png.value.suggested_filename == "tessaly-aerospace-names-a-crew.png"
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    page.click("#more summary")
    with page.expect_download() as svg:
        page.click("#save-svg")
    written = svg.value.path().read_text(encoding="utf-8")
    assert all(thing.label in written for thing in halden().entities)
    # Every mark is there, not only those that are circles: eight shapes with the colours of their families.
    assert page.evaluate(
        """(svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('path[fill]:not([fill="none"])').length""",
        written,
    ) >= len(halden().entities)


def test_large_graph_shows_the_most_important_first_and_opens_the_rest(large_tab: Page) -> None:
    page = large_tab
    page.evaluate("spacegraph.reset()")
    assert len(drawn(page)) == 60
    assert "60 most important of 400 things" in page.inner_text("#note")
    anchor = page.evaluate(
        "spacegraph.cy.nodes('.badge').max(b => Number(b.data('short'))).ele.scratch('anchor').number"
    )
    hidden = page.evaluate("(n) => Number(spacegraph.cy.getElementById('b' + n).data('short'))", anchor)
    page.evaluate("(n) => spacegraph.open(spacegraph.things[n])", anchor)
    assert len(drawn(page)) == 60 + min(30, hidden)
    page.evaluate("(n) => spacegraph.goTo(spacegraph.things[n])", anchor)
    page.click("button:has-text('Fold them again')")
    assert len(drawn(page)) == 60


def test_search_reaches_things_that_are_not_drawn(large_tab: Page) -> None:
    page = large_tab
    page.evaluate("spacegraph.reset()")
    label, neighbours = page.evaluate(
        """() => {
            const thing = spacegraph.things.findLast(t => t.x === null && t.arrows.length);
            return [thing.label, new Set(thing.arrows.flatMap(a => [a.subject, a.object])).size];
        }"""
    )
    page.fill("#search", label)
    assert label in page.inner_text("#hits")
    page.keyboard.press("Escape")
    page.evaluate("(label) => spacegraph.goTo(spacegraph.things.findLast(t => t.label === label))", label)
    assert label in drawn(page)
    assert len(drawn(page)) == neighbours
    page.click("#focus-bar button:has-text('Back to all')")
    assert len(drawn(page)) == 60


def test_page_says_what_it_leaves_out_of_a_very_large_graph(open_page: Open) -> None:
    page = open_page(render_page(large(300), max_things=100, max_nodes=40))
    note = page.inner_text("#note")
    assert "40 most important of 100 things" in note
    assert "200 more things" in note
    assert "so that it opens quickly" in note


def test_empty_graph_says_that_it_is_empty(open_page: Open) -> None:
    page = open_page(render_page(Graph()))
    assert page.inner_text("#note") == "The graph is empty: there is nothing to draw."
    page.click("#show-details")
    assert "There is nothing in this graph." in page.inner_text("#panel")
    assert page.locator("#show-text").is_disabled()


def test_one_thing_without_facts_is_drawn(open_page: Open) -> None:
    page = open_page(render_page(Graph(entities=(entity("Tarn", "City"),))))
    assert drawn(page) == ["Tarn"]
    click_thing(page, "Tarn")
    assert "No fact speaks of it." in page.inner_text("#panel")


def test_graph_without_provenance_is_drawn(open_page: Open) -> None:
    bare = Fact(doc_id="", subject=entity("A"), property_iri="http://example.org/likes", object=entity("B"))
    page = open_page(render_page(Graph(facts=(bare,))))
    assert drawn(page) == ["A", "B"]
    page.evaluate("spacegraph.goToFact(spacegraph.facts[0])")
    assert "no words behind this fact" in page.inner_text("#panel")
    assert "A likes B" in " ".join(page.inner_text("#panel .triple").split())


def test_graph_from_a_file_shows_the_passages_that_it_quotes(open_page: Open, tmp_path: Path) -> None:
    graph = halden()
    made = KnowledgeGraph.from_facts(graph.facts, articles=graph.articles, entities=graph.entities)
    made.export(tmp_path / "graph.ttl")
    page = open_page(render_page(KnowledgeGraph.load(tmp_path / "graph.ttl")))
    page.evaluate("spacegraph.goToFact(spacegraph.facts.find(f => f.relation.label === 'criticized'))")
    assert (
        page.inner_text("#panel mark")
        == "Mira Okonjo, who leads Tessaly Aerospace, criticized Senator Paul Vance on Monday"
    )
    assert "PORT HALDEN — Mira" in page.inner_text("#panel blockquote")
    page.click("#panel figcaption button")
    assert "spacegraph view GRAPH --text ARTICLE" in page.inner_text("#passages")
    assert page.locator("#panel .text mark.current").count() >= 1
    page.click("#panel .text mark:has-text('There is no sign')")
    assert (
        page.inner_text("#panel mark")
        == "There is no sign that the Orison Agency is leaving the Halden Station."
    )


def test_markup_in_names_is_text_everywhere(open_page: Open) -> None:
    evil = Entity(
        iri="javascript:alert(2)",
        label=NASTY,
        type="Per<b>son",
        type_iri="x",
        aliases=(NASTY + "2",),
        same_as=("javascript:alert(3)",),
    )
    mira = entity("Mira", "Person")
    graph = halden()
    article = graph.articles[0]
    facts = (
        *graph.facts,
        fact(
            evil, "<i>knows</i>", mira, "its own Lark capsule", attributed_to=evil, rule=NASTY, time="2031<b>"
        ),
        fact(mira, "says", Literal(value=NASTY)),
    )
    page = open_page(render_page(Graph(facts=facts, articles=(article,)), title=NASTY))
    assert page.title() == NASTY
    assert page.inner_text("#title") == NASTY
    page.evaluate("spacegraph.goTo(spacegraph.things.find(t => t.iri.startsWith('javascript')))")
    assert page.inner_text("#panel h2") == NASTY
    assert page.locator("#panel a[href^=javascript]").count() == 0
    page.evaluate("spacegraph.goToFact(spacegraph.facts.find(f => f.value && f.value.type === 'string'))")
    assert NASTY in page.inner_text("#panel")
    for view in ("#show-text", "#show-facts"):
        page.click(view)
        assert page.locator("#panel img, #panel script").count() == 0
    page.fill("#search", "script")
    assert NASTY in page.inner_text("#hits")
    svg = page.evaluate("spacegraph.svgOf()")
    assert "<script" not in svg
    # Those of the page: its data, two libraries, what draws.
    assert page.locator("img, script").count() == 4


def test_any_script_direction_and_length_of_name(open_page: Open) -> None:
    names = (
        "وكالة الفضاء",
        "סוכנות",
        "宇宙航空研究開発機構",
        "👩‍🚀🚀",
        "x" * 200,
        " ".join(["long"] * 60),
        "a\u202eb",
    )
    things = [entity(name, "Person") for name in names]
    facts = tuple(
        Fact(doc_id="d", subject=a, property_iri="http://e.org/p", object=b) for a, b in pairwise(things)
    )
    page = open_page(render_page(Graph(facts=facts)))
    assert drawn(page) == sorted(names)
    for name in names:
        page.evaluate("(label) => spacegraph.goTo(spacegraph.things.find(t => t.label === label))", name)
        assert page.inner_text("#panel h2") == name.strip()
        assert page.locator("#panel h2 bdi").count() == 1
    # Nothing is wider than the window.
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_page_works_in_a_notebook_frame(open_page: Open) -> None:
    from spacegraph.views.notebook import Page as Shown

    page = open_page(f"<!DOCTYPE html><body>{Shown(render_page(halden()))._repr_html_()}", wait=False)
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.locator("#search").fill("Lark")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "Lark"


def test_frame_that_is_shown_later_is_drawn_then(open_page: Open) -> None:
    # JupyterLab makes the frame of an output before the output has a size.
    from spacegraph.views.notebook import Page as Shown

    frame = Shown(render_page(halden()))._repr_html_()
    page = open_page(f"<!DOCTYPE html><body><div id=later style='display:none'>{frame}</div>", wait=False)
    page.locator("iframe").wait_for(state="attached")
    inside = next(one for one in page.frames if one.parent_frame)
    inside.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate("document.getElementById('later').style.display = 'block'")
    in_sight = """spacegraph.cy.nodes('.thing').filter(n => {
        const { x, y } = n.renderedPosition();
        return x > 0 && y > 0 && x < spacegraph.cy.width() && y < spacegraph.cy.height();
    }).length"""
    assert becomes(page, lambda _: inside.evaluate(in_sight), 8)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_exported_notebook_shows_the_graph_without_a_network(open_page: Open) -> None:
    from nbconvert import HTMLExporter

    addresses = ("require_js_url", "mathjax_url", "jquery_url", "mermaid_js_url", "widget_renderer_url")
    exporter = HTMLExporter(**dict.fromkeys(addresses, ""))  # type: ignore[no-untyped-call]
    notebook = Path(__file__).parent.parent.parent / "notebooks" / "03_views.ipynb"
    html, _ = exporter.from_filename(str(notebook))
    page = open_page(html, wait=False)
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    assert "things" in frame.locator("#counts").inner_text()


def test_narrow_page_begins_with_the_drawing_and_keeps_it_in_sight(open_page: Open, halden_page: str) -> None:
    page = open_page(halden_page, viewport={"width": 390, "height": 760})
    assert page.locator("#legend").is_hidden()
    page.click("#show-legend")
    assert page.locator("#legend").is_visible()
    page.click("#show-legend")
    page.evaluate("spacegraph.goTo(spacegraph.things[0])")
    stage, panel = page.locator("#stage").bounding_box(), page.locator("#panel").bounding_box()
    assert stage is not None
    assert panel is not None
    assert stage["height"] > 150
    assert stage["y"] + stage["height"] <= panel["y"] + 1
    assert panel["y"] + panel["height"] <= 761
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("option", ["max_nodes", "max_things"])
def test_numbers_below_one_are_refused(option: str) -> None:
    options: dict[str, Any] = {option: 0}
    with pytest.raises(ConfigError, match=f"{option} is 0; it must be at least 1"):
        render_page(halden(), **options)


def test_data_cannot_end_the_script_that_holds_them() -> None:
    page = render_page(Graph(entities=(entity(NASTY + "\u2028", "Person"),)))
    data = page.split('id="graph-data">')[1].split("</script>")[0]
    assert json.loads(data)["things"][0][1] == NASTY + "\u2028"
    assert not re.search(r"[<>&\u2028]", data)


def test_few_arrows_all_say_their_relation_at_rest(page: Page, open_page: Open) -> None:
    count = "spacegraph.cy.edges().length"
    named = "spacegraph.cy.edges('.labelled').length"
    assert page.evaluate(named) == page.evaluate(count) > 0
    many = open_page(render_page(large(60)))
    assert many.evaluate(named) < many.evaluate(count)


def test_a_page_opens_on_the_thing_that_is_named(open_page: Open) -> None:
    one, other, far = entity("Ann Lee"), entity("Bob Ray"), entity("Eva Sol")
    graph = Graph(facts=(fact(one, "met", other), fact(other, "met", far)))
    shown = open_page(render_page(graph, around="ann lee"))
    assert shown.evaluate("spacegraph.cy.nodes('.thing').map(n => n.scratch('thing').label).sort()") == [
        "Ann Lee",
        "Bob Ray",
    ]
    assert shown.evaluate("spacegraph.state.selected.thing.label") == "Ann Lee"
    with pytest.raises(QueryError, match="Did you mean Ann Lee"):
        render_page(graph, around="Anne Lee")


# The timeline


def test_the_timeline_has_dated_facts_in_their_order(open_page: Open) -> None:
    graph = halden()
    lark, port = graph.entities[6], graph.entities[7]
    more = (
        fact(lark, "visited", port, time="2030"),
        fact(lark, "visited", port, time="2031-02-01", factuality=Factuality.NEGATED),
        replace(fact(lark, "visited", port, time="2030"), doc_id="another"),
        fact(lark, "celebrated", Literal(value="--05-22", datatype=XSD + "gMonthDay")),
    )
    page = open_page(render_page(Graph(facts=(*graph.facts, *more), entities=graph.entities)))
    page.click("#show-timeline")
    assert page.locator("#panel time").all_inner_texts() == ["2030", "2031-02-01", "2031-02-03", "2031-05"]
    entries = page.locator("#panel .timeline > li").all_inner_texts()
    assert "criticized" in entries[2]
    # Two articles say so: one entry, and that there are two.
    assert page.locator("#panel .timeline > li").nth(0).locator(".fact").count() == 1
    assert "×2" in entries[0]
    assert "×" not in "".join(entries[1:])
    # A date that a fact gives is its time; the way in which a fact is put stays.
    assert "has launch date" in entries[3]
    assert "launches" in entries[3]
    assert page.locator("#panel .timeline > li").nth(1).locator(".fact.negated").count() == 1
    left = [
        float(x) for x in page.locator(".strip rect").evaluate_all("all => all.map(r => r.getAttribute('x'))")
    ]
    assert left == sorted(left)
    # As far apart as they are: a year and more, two days, three months.
    assert left[1] - left[0] > left[3] - left[2] > left[2] - left[1]


def test_the_timeline_is_of_the_thing_that_is_selected(page: Page) -> None:
    page.keyboard.press("d")
    page.evaluate("spacegraph.goTo(spacegraph.things.find(t => t.label === 'Paul Vance'))")
    assert page.inner_text("#panel h2") == "Timeline of Paul Vance"
    assert page.locator("#panel time").all_inner_texts() == ["2031-02-03"]
    page.click("text=Of everything")
    assert page.inner_text("#panel h2") == "Timeline"
    assert page.locator("#panel time").all_inner_texts() == ["2031-02-03", "2031-05"]
    page.click("#filter-factualities >> text=planned")
    assert page.locator("#panel time").all_inner_texts() == ["2031-02-03"]


def test_without_times_there_is_no_timeline(open_page: Open) -> None:
    a, b = entity("Ada", "Person"), entity("Bo", "Person")
    page = open_page(render_page(Graph(facts=(fact(a, "met", b),))))
    assert page.is_disabled("#show-timeline")
