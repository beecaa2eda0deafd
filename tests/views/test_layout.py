from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from view_graphs import large

from spacegraph.errors import ConfigError
from spacegraph.views.content import read_content
from spacegraph.views.layout import LINES, Box, label_box, place, short_label


def overlaps(positions: dict[str, tuple[float, float]], boxes: dict[str, Box]) -> list[tuple[str, str]]:
    def sides(node: str) -> tuple[float, float, float, float]:
        x, y = positions[node]
        box = boxes[node]
        middle = y + box.label_height / 2
        # Positions are rounded to a tenth of a pixel.
        return (
            x - box.width / 2 + 0.3,
            middle - box.height / 2 + 0.3,
            x + box.width / 2 - 0.3,
            middle + box.height / 2 - 0.3,
        )

    found = []
    nodes = sorted(positions)
    for i, a in enumerate(nodes):
        for b in nodes[:i]:
            left, top, right, bottom = sides(a)
            other = sides(b)
            if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                found.append((a, b))
    return found


@st.composite
def networks(draw: st.DrawFn) -> tuple[nx.Graph[str], dict[str, Box]]:
    count = draw(st.integers(1, 25))
    nodes = [f"n{number:02}" for number in range(count)]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    pairs = draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=50))
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    labels = draw(st.lists(st.text(max_size=40), min_size=count, max_size=count))
    return graph, {
        node: label_box(short_label(label), 20.0) for node, label in zip(nodes, labels, strict=True)
    }


@given(networks())
@settings(max_examples=25)
def test_boxes_never_overlap_and_every_node_has_a_place(case: tuple[nx.Graph[str], dict[str, Box]]) -> None:
    graph, boxes = case
    positions = place(graph, boxes)
    assert set(positions) == set(graph)
    assert overlaps(positions, boxes) == []


def test_same_graph_has_the_same_layout() -> None:
    content = read_content(large(80))
    boxes = {thing.entity.iri: label_box(short_label(thing.entity.label), 20.0) for thing in content.things}
    assert place(content.network(), boxes) == place(content.network(), boxes)


def test_large_components_are_laid_out_by_force() -> None:
    content = read_content(large(170))
    boxes = {thing.entity.iri: label_box("x", 12.0) for thing in content.things}
    positions = place(content.network(), boxes)
    assert overlaps(positions, boxes) == []


def test_hub_stands_in_the_middle_of_what_it_relates() -> None:
    star = nx.star_graph(9)
    graph = nx.relabel_nodes(star, {number: f"n{number}" for number in star})
    positions = place(graph, {node: label_box("name", 20.0) for node in graph})
    others = [positions[node] for node in graph if node != "n0"]
    assert min(x for x, _ in others) < positions["n0"][0] < max(x for x, _ in others)
    assert min(y for _, y in others) < positions["n0"][1] < max(y for _, y in others)


def test_largest_component_comes_first_and_the_others_below_it() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("y", "z")])
    positions = place(graph, {node: label_box("name", 20.0) for node in graph})
    assert max(positions[node][1] for node in "abcd") < min(positions[node][1] for node in "yz")


def test_drawing_lies_wide() -> None:
    path = nx.relabel_nodes(nx.path_graph(12), {number: f"n{number:02}" for number in range(12)})
    positions = place(path, {node: label_box("name", 20.0) for node in path})
    xs, ys = zip(*positions.values(), strict=True)
    assert max(xs) - min(xs) > max(ys) - min(ys)


def test_more_nodes_than_can_be_read_are_refused() -> None:
    graph: nx.Graph[str] = nx.empty_graph(1_001)
    with pytest.raises(
        ConfigError, match=r"1,001 things are more than a drawing has room for; draw at most 1,000"
    ):
        place(graph, {})


def test_no_nodes_have_no_places() -> None:
    assert place(nx.Graph(), {}) == {}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Ann", "Ann"),
        ("", ""),
        ("International Space Station", "International Space\nStation"),
        ("a  b\n c", "a b c"),
        ("x" * 45, "x" * 20 + "\n" + "x" * 20 + "\n" + "x" * 5),
        ("x" * 90, "x" * 20 + "\n" + "x" * 20 + "\n" + "x" * 20 + "…"),
    ],
)
def test_label_is_broken_into_lines(label: str, expected: str) -> None:
    assert short_label(label) == expected


@given(st.text(max_size=300))
def test_label_never_has_more_than_three_lines(label: str) -> None:
    assert short_label(label).count("\n") < LINES


def test_label_is_not_cut_within_an_emoji() -> None:
    family = "👩\u200d🚀"
    lines = short_label(family * 40).rstrip("…").split("\n")
    assert all(line.count("👩") == line.count("🚀") for line in lines)
