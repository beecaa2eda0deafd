"""The static picture of a graph, for print and for places that run no scripts: PNG, SVG or PDF by matplotlib."""

from __future__ import annotations

import io
import math
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import networkx as nx
from matplotlib import patheffects
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from spacegraph.errors import ConfigError, ExportError
from spacegraph.views.content import Content, GraphLike, Thing, end_of, read_content, words_of
from spacegraph.views.families import FACTUALITIES, Family, find_families, ontology_of, way_of
from spacegraph.views.layout import Box, label_box, place, short_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

__all__ = ["FORMATS", "GraphFigure", "plot"]

#: Formats that a picture can be written in, by suffix.
FORMATS = ("png", "svg", "pdf")
#: The most things that a page of paper has room to label.
MOST_NODES = 60
#: So many arrows have a label of their own, where nothing else is asked for.
MOST_EDGE_LABELS = 24
#: Up to so many arrows, all say their relation.
FEW_ARROWS = 40
#: Pixels of the layout in an inch of paper, and points in a pixel.
PIXELS = 100.0
POINTS = 72.0 / PIXELS
SMALLEST, LARGEST = 16.0, 44.0
INK, SOFT = "#1c2027", "#5d6675"

#: Cytoscape.js' shapes as matplotlib's markers, with the factor that makes them look as large as a circle.
_MARKERS = {
    "ellipse": ("o", 1.0),
    "round-rectangle": ("s", 0.88),
    "hexagon": ("H", 1.08),
    "triangle": ("^", 1.0),
    "diamond": ("D", 0.8),
    "pentagon": ("p", 1.08),
    "barrel": ("P", 1.0),
    "octagon": ("8", 1.0),
    "rhomboid": ("d", 1.1),
    "tag": (">", 0.85),
}
_ARROWS = {"triangle": "-|>", "vee": "->", "tee": "|-|,widthA=0,widthB=0.35"}
#: The same bytes for the same graph: no random identifiers in SVG, no dates in any format.
_SETTINGS: Any = {"svg.hashsalt": "spacegraph", "text.usetex": False, "svg.fonttype": "path"}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
    "png": {"Software": None},
}


class GraphFigure(Figure):
    """A matplotlib figure that a notebook shows by itself; it belongs to no window and needs no closing."""

    def to_bytes(self, format: str = "png") -> bytes:  # noqa: A002  (matplotlib's own word)
        """The picture as a file's content.

        Args:
            format: One of :data:`FORMATS`.
        """
        buffer = io.BytesIO()
        with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
            # A sign that no installed font has is drawn as a box; to say so once a sign helps nobody.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            self.savefig(
                buffer,
                format=format,
                dpi=150,
                bbox_inches="tight",
                pad_inches=0.15,
                metadata=_METADATA[format],
            )
        return buffer.getvalue()

    def _repr_png_(self) -> bytes:
        return self.to_bytes("png")


def plot(
    kg: GraphLike,
    path: str | Path | None = None,
    *,
    ax: Axes | None = None,
    format: str | None = None,  # noqa: A002  (matplotlib's own word)
    title: str = "",
    max_nodes: int = MOST_NODES,
    edge_labels: bool | None = None,
    legend: bool = True,
    factuality: Iterable[str] | None = None,
    around: str = "",
) -> GraphFigure | Axes | None:
    """Draw a graph: things by class, importance and name, facts by factuality.

    Args:
        kg: The graph.
        path: File to write; the suffix chooses the format.
        ax: Axes of matplotlib to draw into, instead of a figure of its own.
        format: One of :data:`FORMATS`, where the suffix of ``path`` does not tell.
        title: Title above the drawing.
        max_nodes: How many things to draw, the most important ones; the caption says how many there are.
        edge_labels: Whether arrows say their relation; None labels all up to 40, of more the 24 between the most important things.
        legend: Whether to explain colours, shapes and lines.
        factuality: Draw only facts that are put in one of these ways; None draws all.
        around: The name or IRI of a thing: only it and what is related to it is drawn.

    Returns:
        The figure, which a notebook shows; ``ax`` where it was given; None where ``path`` was.

    Raises:
        ConfigError: ``max_nodes`` is below 1 or above 1,000, or ``factuality`` names none.
        ExportError: There is no such format, or the file cannot be written.
        QueryError: Nothing in the graph is called ``around``; the message has the closest.
    """
    wanted = _factualities(factuality)
    if max_nodes < 1:
        msg = f"max_nodes is {max_nodes}; it must be at least 1."
        raise ConfigError(msg)
    kind = _format(path, format)
    families = find_families(content := read_content(kg), ontology_of(kg))
    figure: GraphFigure | None = None
    if ax is None:
        figure = GraphFigure()
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    else:
        axes = ax
    things, arrows = _choose(content, wanted, max_nodes, content.named(around) if around else None)
    labelled = _labelled(things, arrows, edge_labels)
    positions = _positions(things, arrows, roomy=bool(labelled))
    with mpl.rc_context(_SETTINGS):
        _frame(axes, figure, things, positions)
        _draw_arrows(axes, things, arrows, positions, labelled=labelled)
        _draw_things(axes, things, positions, families)
        _explain(axes, things, arrows, families, content, title=title, legend=legend)
    if path is None:
        return figure if ax is None else ax
    shown = figure if figure is not None else axes.figure
    _write(Path(path), shown, kind)
    return None


def _factualities(wanted: Iterable[str] | None) -> frozenset[str]:
    if wanted is None:
        return frozenset(FACTUALITIES)
    names = frozenset([wanted] if isinstance(wanted, str) else map(str, wanted))
    if unknown := sorted(names - set(FACTUALITIES)):
        msg = f"There is no factuality {unknown[0]!r}; there are {', '.join(FACTUALITIES)}."
        raise ConfigError(msg)
    return names


def _format(path: str | Path | None, given: str | None) -> str:
    kind = (given or (Path(path).suffix.lstrip(".") if path is not None else "") or FORMATS[0]).lower()
    if kind not in FORMATS:
        msg = f"A picture cannot be written as {kind!r}; choose one of {', '.join(FORMATS)}."
        raise ExportError(msg)
    return kind


def _write(path: Path, figure: Any, kind: str) -> None:
    from spacegraph.writing import write_atomically

    if not isinstance(figure, GraphFigure):
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=150, bbox_inches="tight", metadata=_METADATA[kind])
        write_atomically(path, buffer.getvalue())
    else:
        write_atomically(path, figure.to_bytes(kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrow:
    """All facts that put one relation between two things in one way; ``bend`` keeps parallel arrows apart."""

    subject: str
    object: str
    relation: str
    factuality: str
    count: int
    bend: float


def _choose(
    content: Content, wanted: frozenset[str], max_nodes: int, around: Thing | None
) -> tuple[list[Thing], list[_Arrow]]:
    """The things and arrows to draw: a thing that no wanted fact relates is left out while others are there.

    Around a thing these are the thing, its neighbours, and what relates those to it and to each other.
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for fact in content.relations:
        end = end_of(fact)
        if end is not None and (way := way_of(fact)) in wanted:
            counts[fact.subject.iri, end.iri, fact.property_iri, way] += 1
    related = {iri for subject, object_, _, _ in counts for iri in (subject, object_)}
    if around is not None:
        centre = around.entity.iri
        related = {iri for key in counts for iri in key[:2] if centre in key[:2]} | {centre}
    things = [thing for thing in content.things if thing.entity.iri in related or not related]
    if around is not None:
        things.sort(key=lambda thing: thing is not around)
    things = things[:max_nodes]
    inside = {thing.entity.iri for thing in things}
    names = {fact.property_iri: words_of(fact.relation) for fact in content.relations}
    between: defaultdict[frozenset[str], list[tuple[str, str, str, str]]] = defaultdict(list)
    for key in counts:
        if key[0] in inside and key[1] in inside:
            between[frozenset(key[:2])].append(key)
    arrows = []
    for keys in between.values():
        for number, key in enumerate(keys):
            subject, object_, property_iri, factuality = key
            bend = 0.0 if len(keys) == 1 else 0.16 * (number - (len(keys) - 1) / 2)
            # Bends are to the right of an arrow: one that goes the other way bends the other way.
            bend = bend if subject <= object_ else -bend
            arrows.append(
                _Arrow(
                    subject=subject,
                    object=object_,
                    relation=names[property_iri],
                    factuality=factuality,
                    count=counts[key],
                    bend=round(bend, 3),
                )
            )
    return things, arrows


def _labelled(things: list[Thing], arrows: list[_Arrow], wanted: bool | None) -> frozenset[_Arrow]:
    """The arrows that say their relation: all, none, or those between the most important things."""
    if wanted is not None:
        return frozenset(arrows) if wanted else frozenset()
    weight = {thing.entity.iri: thing.importance for thing in things}
    ranked = sorted(
        arrows,
        key=lambda a: (-weight[a.subject] * weight[a.object], a.subject, a.object, a.relation, a.factuality),
    )
    return frozenset(ranked if len(ranked) <= FEW_ARROWS else ranked[:MOST_EDGE_LABELS])


def _box(thing: Thing) -> Box:
    return label_box(short_label(thing.entity.label), _size(thing), bold=thing.is_prominent)


def _size(thing: Thing) -> float:
    return float(SMALLEST + (LARGEST - SMALLEST) * thing.importance**0.5)


def _positions(things: list[Thing], arrows: list[_Arrow], *, roomy: bool) -> dict[str, tuple[float, float]]:
    """Positions in pixels, y upwards; with more room where arrows have labels."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(thing.entity.iri for thing in things)
    graph.add_edges_from(
        sorted({(arrow.subject, arrow.object) for arrow in arrows if arrow.subject != arrow.object})
    )
    boxes = {thing.entity.iri: _box(thing) for thing in things}
    room = 1.45 if roomy else 1.0
    return {node: (x * room, -y * room) for node, (x, y) in place(graph, boxes).items()}


def _frame(
    axes: Axes, figure: GraphFigure | None, things: list[Thing], positions: dict[str, tuple[float, float]]
) -> None:
    """Make the figure as large as the drawing needs, so that letters and marks have their true size."""
    half = {thing.entity.iri: _box(thing) for thing in things}
    xs = [x + sign * half[iri].width / 2 for iri, (x, _) in positions.items() for sign in (-1, 1)] or [
        -150.0,
        150.0,
    ]
    ys = [y + dy for iri, (_, y) in positions.items() for dy in (half[iri].size, -half[iri].height)] or [
        -60.0,
        60.0,
    ]
    left, right, bottom, top = min(xs) - 12, max(xs) + 12, min(ys) - 12, max(ys) + 12
    if figure is not None:
        figure.set_size_inches(max((right - left) / PIXELS, 3.2), max((top - bottom) / PIXELS, 1.6))
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    if positions:
        axes.set_aspect("equal", adjustable="datalim" if figure is not None else "box")
    axes.set_axis_off()


def _draw_arrows(
    axes: Axes,
    things: list[Thing],
    arrows: list[_Arrow],
    positions: dict[str, tuple[float, float]],
    *,
    labelled: frozenset[_Arrow],
) -> None:
    nodes = [thing.entity.iri for thing in things]
    sizes = [((_size(thing) + 5) * POINTS) ** 2 for thing in things]
    groups: defaultdict[tuple[str, float], list[_Arrow]] = defaultdict(list)
    for arrow in arrows:
        groups[arrow.factuality, arrow.bend].append(arrow)
    for (factuality, bend), members in groups.items():
        style = FACTUALITIES[factuality]
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(nodes)
        graph.add_edges_from((arrow.subject, arrow.object) for arrow in members)
        edges = [(arrow.subject, arrow.object) for arrow in members]
        patches = nx.draw_networkx_edges(
            graph, positions, ax=axes, edgelist=edges, nodelist=nodes, node_size=sizes, hide_ticks=False,
            width=[1.1 + 0.35 * math.log2(arrow.count) for arrow in members], edge_color=style.colour, alpha=0.85,
            arrowstyle=_ARROWS[style.arrow], arrowsize=9, connectionstyle=f"arc3,rad={bend}",
        )  # fmt: skip
        for patch in patches:
            patch.set_zorder(1)
            if style.dash:
                patch.set_linestyle((0, tuple(length * 0.6 for length in style.dash)))
        if not labelled.isdisjoint(members):
            names = {
                (arrow.subject, arrow.object): arrow.relation
                + (f" ×{arrow.count}" if arrow.count > 1 else "")
                for arrow in members
                if arrow in labelled
            }
            texts = nx.draw_networkx_edge_labels(
                graph, positions, ax=axes, edge_labels=names, font_size=7.5, font_color=style.colour, hide_ticks=False,
                node_size=sizes, nodelist=nodes, connectionstyle=f"arc3,rad={bend}",
                bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
            )  # fmt: skip
            for text in texts.values():
                text.set_parse_math(False)
                text.set_zorder(3)


def _draw_things(
    axes: Axes, things: list[Thing], positions: dict[str, tuple[float, float]], families: dict[str, Family]
) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(thing.entity.iri for thing in things)
    by_family: defaultdict[Family, list[Thing]] = defaultdict(list)
    for thing in things:
        by_family[families[thing.entity.type]].append(thing)
    for family, members in by_family.items():
        marker, factor = _MARKERS[family.shape]
        marks = nx.draw_networkx_nodes(
            graph, positions, ax=axes, nodelist=[thing.entity.iri for thing in members], node_shape=marker,
            node_size=[(_size(thing) * factor * POINTS) ** 2 for thing in members], node_color=family.colour,
            edgecolors="white", linewidths=1.0, hide_ticks=False,
        )  # fmt: skip
        marks.set_zorder(2)
    for thing in things:
        x, y = positions[thing.entity.iri]
        axes.text(
            x, y - _size(thing) / 2 - 2, short_label(thing.entity.label), ha="center", va="top", fontsize=8.6,
            fontweight="bold" if thing.is_prominent else "normal", color=INK, linespacing=1.05, parse_math=False,
            zorder=4, path_effects=[patheffects.withStroke(linewidth=2.4, foreground="white", alpha=0.9)],
        )  # fmt: skip


def _explain(
    axes: Axes,
    things: list[Thing],
    arrows: list[_Arrow],
    families: dict[str, Family],
    content: Content,
    *,
    title: str,
    legend: bool,
) -> None:
    """Legend to the right, title above, and below it what is not drawn."""
    if title:
        axes.set_title(title, fontsize=12, fontweight="bold", color=INK, loc="left", parse_math=False)
    notes = []
    if not content.things:
        notes.append("The graph is empty: there is nothing to draw.")
    elif len(things) < len(content.things):
        total = f"{len(content.things):,}"
        notes.append(f"Drawn are the {len(things):,} most important of {total} things that the graph holds.")
    if notes:
        axes.text(
            0.0, -0.01, " ".join(notes), transform=axes.transAxes, ha="left", va="top", fontsize=8.5, color=SOFT, parse_math=False
        )  # fmt: skip
    if not legend or not things:
        return
    present = Counter(families[thing.entity.type] for thing in things)
    handles: list[Line2D] = [
        Line2D([], [], linestyle="none", marker=_MARKERS[family.shape][0], markersize=9 * _MARKERS[family.shape][1],
               markerfacecolor=family.colour, markeredgecolor="white", label=family.label)
        for family in sorted(present, key=lambda family: (-present[family], family.name))
    ]  # fmt: skip
    used = {arrow.factuality for arrow in arrows}
    handles += [
        Line2D([], [], color=style.colour, linewidth=1.4, label=style.label,
               linestyle=(0, tuple(length * 0.6 for length in style.dash)) if style.dash else "-")
        for name, style in FACTUALITIES.items()
        if name in used
    ]  # fmt: skip
    box = axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8.6, labelcolor=INK,
        handlelength=2.6, borderaxespad=0.2, labelspacing=0.55,
    )  # fmt: skip
    for text in box.get_texts():
        text.set_parse_math(False)
