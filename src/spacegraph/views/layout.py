"""Where things stand: positions for the page and the picture, the same for the same graph.

Each connected component is laid out by networkx: small ones by Kamada and Kawai's method (1989), which keeps distances
in the drawing close to distances in the graph and so puts hubs in the middle; larger ones by ForceAtlas2 (Jacomy et al.
2014). Then components are turned so that they lie wide, boxes that hold a thing and its label are moved
apart, and components are packed in rows, the largest first.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

from spacegraph.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["MOST_PLACED", "Box", "label_box", "place", "short_label"]

Positions: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

#: Beyond this size Kamada-Kawai takes seconds (0.4 s for 150 nodes, 3 s for 250).
KAMADA_KAWAI_MOST = 160
FORCE_ITERATIONS = 100
#: Rounds of moving boxes apart after which everything is given more room.
PATIENCE = 60
#: More nodes than this take too long, and nobody could read the drawing.
MOST_PLACED = 1_000
SEED = 20
#: Width of a drawing to its height: that of a screen beside a legend.
ASPECT = 1.45
#: Part of the drawing that boxes may cover before they are moved apart.
DENSITY = 0.34
#: Space between components, in pixels.
GAP = 26.0
#: Pixels of a line of a label, and of an average Latin letter, at the size at which labels are drawn (12 px).
LINE = 14.0
LETTER = 6.3
#: How much wider bold letters are.
BOLD = 1.15
#: A label is broken into lines of about this many letters, and cut after three lines.
LETTERS_A_LINE = 20
LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The room that a thing takes: a mark of ``size`` pixels with a label below it."""

    size: float
    label_width: float
    label_height: float

    @property
    def width(self) -> float:
        """Of mark and label, with some air."""
        return max(self.size, self.label_width) + 12.0

    @property
    def height(self) -> float:
        """Of mark and label, with some air."""
        return self.size + self.label_height + 12.0


def short_label(label: str) -> str:
    """A label in at most three lines, cut with an ellipsis where it is longer; never within a character and its marks."""
    lines: list[str] = []
    for word in label.split():
        pieces = _pieces(word)
        if lines and len(pieces) == 1 and _width(f"{lines[-1]} {word}") <= LETTERS_A_LINE:
            lines[-1] += f" {word}"
        else:
            lines.extend(pieces)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1].rstrip() + "…"]
    return "\n".join(lines)


def label_box(label: str, size: float, *, bold: bool = False) -> Box:
    """The box of a thing by its short label and the size of its mark in pixels."""
    lines = label.split("\n") if label else []
    return Box(
        size=size,
        label_width=LETTER * (BOLD if bold else 1.0) * max((_width(line) for line in lines), default=0.0),
        label_height=LINE * len(lines),
    )


def place(graph: nx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, tuple[float, float]]:
    """Positions of the marks of all nodes in pixels, y downwards, around the origin.

    No two boxes overlap.

    Args:
        graph: The nodes in order of importance, and who is related to whom.
        boxes: The box of each node.

    Raises:
        ConfigError: There are more than :data:`MOST_PLACED` nodes.
    """
    if len(graph) > MOST_PLACED:
        msg = f"{len(graph):,} things are more than a drawing has room for; draw at most {MOST_PLACED:,} (max_nodes)."
        raise ConfigError(msg)
    order = {node: number for number, node in enumerate(graph)}
    components = sorted(
        (sorted(component, key=order.__getitem__) for component in nx.connected_components(graph)),
        key=lambda component: (-len(component), order[component[0]]),
    )
    laid_out = [_component(graph, component, boxes) for component in components]
    positions: dict[str, tuple[float, float]] = {}
    for component, centres in zip(components, _pack(components, laid_out, boxes), strict=True):
        for node, (x, y) in zip(component, centres, strict=True):
            # The mark stands above its label, so it is above the middle of the box.
            positions[node] = (round(float(x), 1), round(float(y) - boxes[node].label_height / 2, 1))
    return positions


def _component(graph: nx.Graph[str], nodes: Sequence[str], boxes: Mapping[str, Box]) -> Positions:
    """Middles of the boxes of a connected component."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(
        (first, second) for first in nodes for second in sorted(graph[first]) if first != second
    )
    found: dict[str, Any]
    if len(nodes) <= KAMADA_KAWAI_MOST:
        found = nx.kamada_kawai_layout(part, pos=nx.circular_layout(part))
    else:
        found = nx.forceatlas2_layout(part, max_iter=FORCE_ITERATIONS, seed=SEED, strong_gravity=False)
    middles = np.array([found[node] for node in nodes], dtype=np.float64)
    middles = _lie_wide(middles)
    room = sum(boxes[node].width * boxes[node].height for node in nodes) / DENSITY
    height = math.sqrt(room / ASPECT)
    extent = np.maximum(np.ptp(middles, axis=0), 1e-9)
    wanted = np.array([height * ASPECT, height])
    if len(nodes) > 2:
        # Part of the way to the shape of a screen; all of it would bend circles out of shape.
        scale = np.sqrt(wanted / extent) * math.sqrt((wanted / extent).min())
    else:
        scale = np.array([wanted.max() / extent.max()] * 2)
    return _apart(middles * scale, nodes, boxes)


def _lie_wide(points: Positions) -> Positions:
    """Turn points about their middle so that they vary most from left to right, always the same way round."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(points.T))
    turned = points @ axes[:, ::-1]
    # Eigenvectors have no sign of their own: the most important node (the first) is put up and left.
    signs = np.where(turned[0] > 0, -1.0, 1.0)
    return np.asarray(turned * signs, dtype=np.float64)


def _apart(points: Positions, nodes: Sequence[str], boxes: Mapping[str, Box]) -> Positions:
    """Move boxes that overlap apart, each pair along the axis on which less is to be moved, until none overlap."""
    half = np.array([[boxes[node].width, boxes[node].height] for node in nodes]) / 2
    # Nodes in the very same place would have no direction in which to part.
    points = points + np.arange(len(nodes))[:, None] * np.array([1e-3, 2e-3])
    turn = 0
    while True:
        turn += 1
        first, second = _near(points, 2 * half.max(axis=0))
        apart = points[second] - points[first]
        over = half[first] + half[second] - np.abs(apart)
        overlap = (over > 0.1).all(axis=1)
        if not overlap.any():
            return points
        first, second, apart, over = first[overlap], second[overlap], apart[overlap], over[overlap]
        lesser = np.column_stack((over[:, 0] <= over[:, 1], over[:, 0] > over[:, 1]))
        step = np.where(lesser, np.where(apart >= 0, over, -over), 0.0) * 0.525
        for axis in (0, 1):
            # A box that overlaps several others moves by the mean, which keeps the shape of the drawing.
            share = np.bincount(first, lesser[:, axis], len(nodes)) + np.bincount(
                second, lesser[:, axis], len(nodes)
            )
            move = np.bincount(second, step[:, axis], len(nodes)) - np.bincount(
                first, step[:, axis], len(nodes)
            )
            points[:, axis] += move / np.maximum(share, 1)
        if turn % PATIENCE == 0:
            # What pushes in a circle settles when everything has a little more room.
            points = points * 1.06


def _near(points: Positions, reach: Positions) -> tuple[Any, Any]:
    """Pairs of points that are nearer to each other than ``reach`` on both axes, in order."""
    pairs = cKDTree(points / reach).query_pairs(1.0, p=math.inf, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def _pack(
    components: Sequence[Sequence[str]], laid_out: Sequence[Positions], boxes: Mapping[str, Box]
) -> list[Positions]:
    """Put components in rows below the largest, and the whole around the origin."""
    sizes = []
    moved = []
    for nodes, points in zip(components, laid_out, strict=True):
        half = np.array([[boxes[node].width / 2, boxes[node].height / 2] for node in nodes])
        low, high = (points - half).min(axis=0), (points + half).max(axis=0)
        moved.append(points - low)
        sizes.append(high - low + GAP)
    if not sizes:
        return []
    area = sum(float(width * height) for width, height in sizes)
    row_width = max(float(sizes[0][0]), math.sqrt(area * ASPECT))
    x = y = row_height = 0.0
    rows: list[list[int]] = [[]]
    corners = []
    for number, (width, height) in enumerate(sizes):
        if x and x + width > row_width + 1e-6:
            y += row_height
            x = row_height = 0.0
            rows.append([])
        corners.append([x, y])
        rows[-1].append(number)
        x += float(width)
        row_height = max(row_height, float(height))
    for row in rows:
        used = sum(float(sizes[number][0]) for number in row)
        tallest = max(float(sizes[number][1]) for number in row)
        for number in row:
            corners[number][0] += (row_width - used) / 2
            corners[number][1] += (tallest - float(sizes[number][1])) / 2
    middle = np.array([row_width / 2, (y + row_height) / 2])
    return [points + np.array(corner) - middle for points, corner in zip(moved, corners, strict=True)]


def _pieces(word: str) -> list[str]:
    """A word, broken where it is longer than a line."""
    if _width(word) <= LETTERS_A_LINE:
        return [word]
    pieces = [""]
    for letter in _letters(word):
        if pieces[-1] and _width(pieces[-1] + letter) > LETTERS_A_LINE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letters(text: str) -> Iterable[str]:
    """Characters with the marks, joiners and selectors that belong to them."""
    letter = ""
    for char in text:
        joined = letter.endswith("\u200d")
        if (
            letter
            and not joined
            and not (
                unicodedata.combining(char)
                or char in "\u200d\ufe0e\ufe0f"
                or "\U0001f3fb" <= char <= "\U0001f3ff"
            )
        ):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def _width(text: str) -> float:
    """Width in average letters: East Asian characters and emoji take two, marks none."""
    if text.isascii():
        return len(text) + 0.2 * sum(map(str.isupper, text))
    return sum(
        0.0
        if unicodedata.combining(char) or char in "\u200d\ufe0e\ufe0f"
        else 1.9
        if unicodedata.east_asian_width(char) in "WF"
        else 1.2
        if char.isupper()
        else 1.0
        for char in text
    )
