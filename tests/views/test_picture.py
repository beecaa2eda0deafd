from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from view_graphs import Graph, entity, fact, halden, large

from spacegraph.errors import ConfigError, ExportError, QueryError
from spacegraph.views.content import words_of
from spacegraph.views.picture import MOST_EDGE_LABELS, GraphFigure, plot

if TYPE_CHECKING:
    from pathlib import Path


def texts(figure: Any) -> list[str]:
    return [found.get_text() for found in figure.findobj(Text) if found.get_text()]


def test_picture_names_things_relations_and_explains_itself() -> None:
    shown = texts(plot(halden(), title="Crew"))
    for words in (
        "Crew",
        "Mira Okonjo",
        "Tessaly Aerospace",
        "criticized",
        "person",
        "company",
        "asserted",
        "negated",
    ):
        assert words in shown, words


def test_picture_of_many_arrows_labels_those_between_the_most_important_things_unless_asked_otherwise() -> (
    None
):
    graph = large(40)
    relations = {words_of(f.relation) for f in graph.facts}
    some, most, none = (
        [words for words in texts(plot(graph, edge_labels=wanted)) if words.partition(" ×")[0] in relations]
        for wanted in (None, True, False)
    )
    assert len(some) == MOST_EDGE_LABELS < len(most)
    assert none == []
    assert "criticized" not in texts(plot(halden(), edge_labels=False))


def test_picture_says_what_it_does_not_draw() -> None:
    shown = texts(plot(large(90), max_nodes=30))
    assert "Drawn are the 30 most important of 90 things that the graph holds." in shown
    assert "The graph is empty: there is nothing to draw." in texts(plot(Graph()))


def test_picture_can_be_of_some_factualities() -> None:
    shown = texts(plot(halden(), factuality=["asserted"]))
    assert "criticized" in shown
    assert "leaves" not in shown
    assert "Halden Station" not in shown


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_files_are_the_same_every_time(tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    assert plot(halden(), first) is None
    plot(halden(), second)
    assert first.read_bytes() == second.read_bytes()


def test_png_is_an_image_large_enough_for_print(tmp_path: Path) -> None:
    plot(large(30), tmp_path / "graph.png")
    with Image.open(tmp_path / "graph.png") as image:
        assert min(image.size) > 600


def test_svg_is_well_formed_and_holds_no_script_and_no_link(tmp_path: Path) -> None:
    evil = entity("</text><script>alert(1)</script> $x^2$ --> &amp;", "Person")
    plot(Graph(facts=(fact(evil, "knows", entity("$B$")),)), tmp_path / "graph.svg")
    root = ET.parse(tmp_path / "graph.svg").getroot()
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    links = [value for one in root.iter() for key, value in one.attrib.items() if key.endswith("href")]
    assert all(link.startswith("#") for link in links)


def test_dollars_are_no_formula() -> None:
    figure = plot(Graph(facts=(fact(entity("$\\frac$"), "cost$", entity("B_$2")),)), title="$\\bad$")
    assert isinstance(figure, GraphFigure)
    assert figure.to_bytes().startswith(b"\x89PNG")
    assert "$\\frac$" in texts(figure)


def test_any_script_can_be_drawn_without_a_warning() -> None:
    names = ("وكالة الفضاء", "宇宙", "👩‍🚀", "x" * 200)
    graph = Graph(facts=tuple(fact(entity(name), "knows", entity("B")) for name in names))
    figure = plot(graph)
    assert isinstance(figure, GraphFigure)
    assert figure.to_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("graph", [Graph(), Graph(entities=(entity("One", "City"),))])
def test_nearly_nothing_can_be_drawn(graph: Graph) -> None:
    figure = plot(graph)
    assert isinstance(figure, GraphFigure)
    with Image.open(io.BytesIO(figure._repr_png_())) as image:
        assert image.size[0] > 50


def test_axes_of_a_figure_can_be_drawn_into(tmp_path: Path) -> None:
    figure = Figure()
    axes = figure.subplots()
    assert plot(halden(), ax=axes) is axes
    assert "Mira Okonjo" in texts(figure)
    plot(halden(), tmp_path / "a.png", ax=axes)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_unknown_formats_and_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written as 'bmp'; choose one of png, svg, pdf"):
        plot(halden(), tmp_path / "a.bmp")
    with pytest.raises(ConfigError, match="at least 1"):
        plot(halden(), max_nodes=0)
    with pytest.raises(ConfigError, match="no factuality 'true'"):
        plot(halden(), factuality=["true"])
    assert list(tmp_path.iterdir()) == []


def test_a_relation_of_a_thing_to_itself_is_drawn() -> None:
    figure = plot(Graph(facts=(fact(entity("Loop"), "praises", entity("Loop")),)))
    assert isinstance(figure, GraphFigure)
    assert figure.to_bytes()


def test_a_small_picture_says_every_relation() -> None:
    graph = halden()
    arrows = [words for words in texts(plot(graph)) if words in {words_of(f.relation) for f in graph.facts}]
    assert len(arrows) > 4


def test_a_picture_around_a_thing_shows_it_and_what_is_related_to_it() -> None:
    one, other, far = entity("Ann Lee"), entity("Bob Ray"), entity("Eva Sol")
    graph = Graph(facts=(fact(one, "met", other), fact(other, "met", far)))
    shown = texts(plot(graph, around="ann lee"))
    assert {"Ann Lee", "Bob Ray"} <= set(shown)
    assert "Eva Sol" not in shown
    with pytest.raises(QueryError, match=r"Nothing in the graph is called 'Ann Le'\. Did you mean Ann Lee"):
        plot(graph, around="Ann Le")
