"""The interactive page: one HTML file that holds the graph, the scripts that draw it and nothing else.

The page asks the network for nothing, and its content security policy forbids it to. Everything that comes from a graph
travels as JSON in which no character can end a script, and is put on the page as text, never as markup.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import networkx as nx
import orjson

from spacegraph.errors import ConfigError
from spacegraph.graph.operations.in_words import lead_of
from spacegraph.views.content import Content, GraphLike, end_of, read_content, words_of
from spacegraph.views.families import FACTUALITIES, find_families, ontology_of, way_of
from spacegraph.views.layout import label_box, place, short_label
from spacegraph.views.marks import find_names, sentence_around, utf16_offsets
from spacegraph.views.texts import find_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.model import Article, Evidence, Fact
    from spacegraph.ontology import Ontology
    from spacegraph.views.texts import Texts

__all__ = ["MOST_NODES", "MOST_THINGS", "render_page"]

#: How many things are drawn when a page opens: about as many as a screen has room to label.
MOST_NODES = 100
#: How many things a page holds at most: its file stays below some 20 MB and opens within seconds.
MOST_THINGS = 20_000
#: Size of the mark of a thing in pixels: of the least important, and of the most important.
SMALLEST, LARGEST = 15.0, 46.0

_SCRIPTS = (
    "data",
    "state",
    "style",
    "canvas",
    "labels",
    "dom",
    "panel",
    "article",
    "search",
    "legend",
    "export",
    "main",
)
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
#: What could end a script element or a JavaScript string, as JSON escapes.
_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def render_page(
    kg: GraphLike,
    *,
    title: str = "",
    max_nodes: int = MOST_NODES,
    max_things: int = MOST_THINGS,
    texts: Iterable[Article] = (),
    around: str = "",
) -> str:
    """The interactive page of a graph, as HTML.

    Args:
        kg: The graph.
        title: Title of the page; where it is empty, the title of the article, or "Knowledge graph".
        max_nodes: How many things are drawn at first, the most important ones; the others are a click or a search away.
        max_things: How many things the page holds at all. Where the graph has more, the page says so.
        texts: Articles whose text the graph does not hold; without them, the page shows the passages behind its facts.
        around: The name or IRI of a thing: the page opens on it and what is related to it.

    Raises:
        ConfigError: A number is below 1, or ``max_nodes`` above 1,000; or a text is not that of an article of the graph.
        QueryError: Nothing on the page is called ``around``; the message has the closest.
    """
    for name, value in (("max_nodes", max_nodes), ("max_things", max_things)):
        if value < 1:
            msg = f"{name} is {value}; it must be at least 1."
            raise ConfigError(msg)
    found = find_texts(kg, read_content(kg, limit=max_things), texts)
    title = title or _title(found.content)
    data = _data(found, ontology_of(kg), title, max_nodes)
    data["around"] = found.content.index[found.content.named(around).entity.iri] if around else -1
    fields = {
        "title": html.escape(title),
        "style": _asset("page.css"),
        "data": orjson.dumps(data).decode("utf-8").translate(_ESCAPES),
        "cytoscape": _vendored("cytoscape.min.js"),
        "svgcanvas": _vendored("svgcanvas.js"),
        "scripts": "\n".join(_asset(f"{name}.js") for name in _SCRIPTS),
    }
    return _PLACEHOLDER.sub(lambda found: fields[found[1]], _asset("page.html"))


def _title(content: Content) -> str:
    titles = [article.title for article in content.articles if article.title]
    return titles[0] if len(titles) == 1 and len(content.articles) == 1 else "Knowledge graph"


def _data(texts: Texts, ontology: Ontology | None, title: str, max_nodes: int) -> dict[str, Any]:
    """All that the scripts know, as lists that ``data.js`` gives names to."""
    content = texts.content
    families = find_families(content, ontology)
    drawn = sorted(set(families.values()), key=lambda family: family.name)
    classes = sorted(families)
    class_numbers = {name: number for number, name in enumerate(classes)}
    articles = {article.id: number for number, article in enumerate(content.articles)}
    relations = {fact.property_iri: fact.relation for fact in content.facts}
    relation_numbers = {iri: number for number, iri in enumerate(sorted(relations))}
    by_article: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in content.facts:
        by_article[fact.doc_id].append(fact)
    positions, anchors = _positions(content, max_nodes)
    things = []
    for thing in content.things:
        entity = thing.entity
        x, y = positions.get(entity.iri, (None, None))
        things.append(
            [
                entity.iri,
                entity.label,
                short_label(entity.label),
                class_numbers[entity.type],
                list(entity.aliases),
                list(entity.same_as),
                round(thing.importance, 4),
                round(_size(thing.importance), 1),
                x,
                y,
                anchors.get(entity.iri, -1),
            ]
        )
    return {
        "title": title,
        "leftOut": [content.left_out, content.facts_left_out],
        "families": [
            {"name": f.name, "label": f.label, "colour": f.colour, "dark": f.dark, "shape": f.shape}
            for f in drawn
        ],
        "classes": [[name, _class_label(name, ontology), drawn.index(families[name])] for name in classes],
        "factualities": [
            {
                "name": name,
                "explanation": style.explanation,
                "colour": style.colour,
                "dark": style.dark,
                "dash": style.dash,
                "arrow": style.arrow,
            }
            for name, style in FACTUALITIES.items()
        ],
        "things": things,
        "relations": [[iri, words_of(relations[iri])] for iri in sorted(relations)],
        "facts": [_fact(fact, content, relation_numbers, articles) for fact in content.facts],
        "articles": [
            _article(article, content, by_article[article.id]) | {"passages": article.id in texts.passages}
            for article in content.articles
        ],
    }


def _class_label(name: str, ontology: Ontology | None) -> str:
    known = ontology.find_class(name) if ontology else None
    return known.label if known else words_of(name)


def _size(importance: float) -> float:
    """Area goes with importance, so the eye compares what it should."""
    return float(SMALLEST + (LARGEST - SMALLEST) * importance**0.5)


def _positions(content: Content, max_nodes: int) -> tuple[dict[str, tuple[float, float]], dict[str, int]]:
    """Where things stand that are drawn at first, and for each other thing the drawn one that it is nearest to.

    The nearest one is that of the Voronoi cell of the graph (Erwig 2000) in which the thing lies. Things that no path
    leads to from a drawn one have none.
    """
    network = content.network()
    related = [thing for thing in content.things if network.degree[thing.entity.iri]]
    # A few things that are related to nothing may stand beside the others; many would push them aside.
    alone = [thing for thing in content.things if not network.degree[thing.entity.iri]]
    room = max_nodes - min(len(related), max_nodes)
    shown = related[:max_nodes] + (
        alone[:room] if not related or len(alone) <= min(room, len(related) // 4) else []
    )
    iris = [thing.entity.iri for thing in shown]
    boxes = {
        thing.entity.iri: label_box(
            short_label(thing.entity.label), _size(thing.importance), bold=thing.is_prominent
        )
        for thing in shown
    }
    positions = place(
        nx.Graph(network.subgraph(iris)) if len(iris) == len(network) else _part(network, iris), boxes
    )
    if len(iris) == len(network) or not iris:
        return positions, {}
    anchors = {}
    # In their order, though the types ask for a set: what is as near to two goes to the more important one, always.
    centres: Any = iris
    for anchor, cell in nx.voronoi_cells(network, centres, weight=None).items():
        if anchor != "unreachable":
            anchors.update(dict.fromkeys(cell - {anchor}, content.index[anchor]))
    return positions, anchors


def _part(network: nx.Graph[str], iris: Sequence[str]) -> nx.Graph[str]:
    """The subgraph, with its nodes in the order given (``Graph.subgraph`` keeps none)."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(iris)
    part.add_edges_from(
        (first, second) for first in iris for second in sorted(network[first]) if second in part
    )
    return part


def _fact(
    fact: Fact,
    content: Content,
    relations: dict[str, int],
    articles: dict[str, int],
) -> list[Any]:
    said_by: int | str = -1
    if fact.attributed_to is not None:
        number = content.index.get(fact.attributed_to.iri)
        said_by = fact.attributed_to.label if number is None else number
    end = end_of(fact)
    place = articles.get(fact.doc_id, -1)
    article = content.articles[place] if place >= 0 else None
    return [
        fact.id,
        content.index[fact.subject.iri],
        relations[fact.property_iri],
        [fact.object.label, fact.object.type] if end is None else content.index[end.iri],
        list(FACTUALITIES).index(way_of(fact)),
        said_by,
        fact.time,
        round(fact.confidence, 3),
        place if place >= 0 else fact.doc_id,
        [_evidence(evidence, article) for evidence in fact.evidence],
        fact.rule,
        int(fact.inferred),
        list(fact.premises),
        lead_of(fact),
    ]


def _evidence(evidence: Evidence, article: Article | None) -> list[Any]:
    """Start, end, and start and end of the sentences around; the words alone without a text that they stand in."""
    if article is None or article.text[evidence.start : evidence.end] != evidence.text:
        return [evidence.text]
    around = sentence_around(article.text, evidence.start, evidence.end)
    return utf16_offsets(article.text, (evidence.start, evidence.end, *around))


def _article(article: Article, content: Content, facts: Sequence[Fact]) -> dict[str, Any]:
    names = [name for name in find_names(article, facts) if name[2] in content.index]
    starts = utf16_offsets(article.text, [start for start, _, _ in names])
    ends = utf16_offsets(article.text, [end for _, end, _ in names])
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else "",
        "url": article.url,
        "source": article.source,
        "text": article.text,
        "names": [
            [start, end, content.index[iri]]
            for start, end, (_, _, iri) in zip(starts, ends, names, strict=True)
        ],
    }


@cache
def _asset(name: str) -> str:
    return resources.files("spacegraph.views").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _vendored(name: str) -> str:
    return resources.files("spacegraph.views").joinpath("vendor", name).read_text(encoding="utf-8")
