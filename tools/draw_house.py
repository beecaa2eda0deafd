"""Draw the house: the rooms of ``src/spacegraph`` by what they stand on, as docs/images/house.svg.

    python tools/draw_house.py [--check]

A line leads from a room down to one that it imports, unless it gets there by way of others; a dashed one to what it loads
by name: spaCy's factories, and modules named in a string. With ``--check`` nothing is written; the exit status is 1 where
the picture is out of date.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from html import escape
from pathlib import Path
from textwrap import wrap

import networkx as nx
from house import ROOMS, SRC, House, read_house

PICTURE = SRC.parent / "docs" / "images" / "house.svg"

BOX, TALL, GAP, STOREY = 172, 58, 16, 104
MARGIN = 24
LETTERS = 28
#: Packages of several rooms have a colour each; all other rooms share one.
COLOURS = {"language": "#e3edf9", "graph": "#e6f3e6"}
PLAIN = "#f3f1ec"


def named(house: House) -> set[tuple[str, str]]:
    """Which room loads which by name."""
    factories = tomllib.loads((SRC.parent / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    homes = {
        name: place.partition(":")[0] for group in factories.values() for name, place in group.items()
    } | {name: name for name in house.modules}
    # What is called so is mostly the program.
    del homes[house.package]
    found = set()
    for module in house.modules:
        for path in (SRC / f"{module.replace('.', '/')}{end}" for end in (".py", "/__init__.py")):
            if path.is_file():
                strings = {
                    node.value
                    for node in ast.walk(ast.parse(path.read_text("utf-8")))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
                found |= {(house.room(module), house.room(homes[name])) for name in strings & set(homes)}
    return {(one, other) for one, other in found if one and other and one != other}


def storeys(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The rooms, from the ground up: each stands right above the highest that it needs."""
    level: dict[str, int] = {}
    for room in reversed(list(nx.topological_sort(graph))):
        level[room] = max((level[other] + 1 for other in graph[room]), default=0)
    rows = [sorted(room for room in level if level[room] == i) for i in range(max(level.values()) + 1)]
    # Each row in the order of what its rooms stand on, so that lines cross seldom.
    place: dict[str, float] = {}
    for row in rows:
        row.sort(key=lambda room: (_middle([place[o] for o in graph[room] if o in place]), room))
        for i, room in enumerate(row):
            place[room] = (i + 0.5) / len(row)
    return rows


def _middle(places: list[float]) -> float:
    return round(sum(places) / len(places), 6) if places else 0.5


def draw(house: House) -> str:
    """The picture as SVG."""
    height = {room: i for i, room in enumerate((*house.rooms, house.package))}
    imports = {(house.room(e.importer), house.room(e.imported)) for e in house.edges}
    solid = {(a, b) for a, b in imports if a and b and a != b}
    dashed = named(house) - solid
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(height)
    graph.add_edges_from(sorted(solid | {(a, b) for a, b in dashed if height[a] > height[b]}))
    rows = storeys(graph)
    direct = set(nx.transitive_reduction(graph).edges)
    width = 2 * MARGIN + max(map(len, rows)) * (BOX + GAP) - GAP
    total = 2 * MARGIN + len(rows) * STOREY - (STOREY - TALL)
    at = {
        room: (
            (width - len(row) * (BOX + GAP) + GAP) / 2 + i * (BOX + GAP),
            total - MARGIN - TALL - storey * STOREY,
        )
        for storey, row in enumerate(rows)
        for i, room in enumerate(row)
    }
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" font-family="sans-serif">',
        "<title>The rooms of spacegraph, each above those that it imports</title>",
        f'<rect width="{width}" height="{total}" fill="#ffffff"/>',
    ]
    for one, other in sorted(direct | (dashed - set(graph.edges))):
        (x1, y1), (x2, y2) = at[one], at[other]
        upward = y2 <= y1
        x1, x2, y1, y2 = (
            x1 + BOX / 2,
            x2 + BOX / 2,
            y1 + (0 if upward else TALL),
            y2 + (TALL if upward else 0),
        )
        bend = (y2 - y1) / 2
        dash = ' stroke-dasharray="5 4"' if (one, other) not in solid else ""
        out.append(
            f'<path d="M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}" fill="none" '
            f'stroke="#8a8a8a"{dash}/>'
        )
    for room, (x, y) in sorted(at.items()):
        colour = COLOURS.get(room.partition(".")[0], PLAIN)
        purpose = ROOMS.get(room, "what users import")
        out.append(
            f'<g><rect x="{x:g}" y="{y:g}" width="{BOX}" height="{TALL}" rx="6" fill="{colour}" stroke="#666666"/>'
            f'<text x="{x + BOX / 2:g}" y="{y + 19:g}" font-size="13" font-weight="bold" text-anchor="middle">'
            f"{escape(room)}</text>"
        )
        out.extend(
            f'<text x="{x + BOX / 2:g}" y="{y + 34 + 13 * i:g}" font-size="10.5" text-anchor="middle">'
            f"{escape(line)}</text>"
            for i, line in enumerate(wrap(purpose, LETTERS))
        )
        out.append("</g>")
    return "\n".join([*out, "</svg>", ""])


def main() -> None:
    """Write the picture, or say that it is out of date."""
    picture = draw(read_house())
    if "--check" not in sys.argv[1:]:
        PICTURE.write_text(picture, "utf-8")
    elif not PICTURE.is_file() or PICTURE.read_text("utf-8") != picture:
        sys.exit(f"{PICTURE.name} is out of date. Draw it anew: python tools/{Path(__file__).name}")


if __name__ == "__main__":
    main()
