"""Rich displays for notebooks: graphs, facts, things, answers to queries, articles, and the interactive page in a frame.

Every display is HTML that stands alone: its styles are attributes, it has no scripts of its own and asks the network for
nothing, so that it looks the same in JupyterLab, Notebook 7, VS Code and in exported pages. The interactive page lies
over a static picture in the same place: where a site strips frames out of notebooks, as code hosts do, the picture is
what remains.
"""

from __future__ import annotations

import base64
import html
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from spacegraph.display import drawing
from spacegraph.graph.operations.in_words import lead_of, sentence_of
from spacegraph.graph.query.results import QueryResult
from spacegraph.model import Entity, Fact
from spacegraph.views.content import GraphLike, end_of, read_content, words_of
from spacegraph.views.families import FACTUALITIES, find_families, ontology_of, way_of
from spacegraph.views.marks import find_names, sentence_around
from spacegraph.views.texts import find_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.model import Article, Evidence, Literal

__all__ = ["Page", "article_html", "entity_html", "fact_html", "facts_html", "graph_html", "result_html"]

#: Rows of a table that a display shows; more are counted.
MOST_ROWS = 50
#: Height of the frame of the interactive page, in pixels.
FRAME_HEIGHT = 620
#: Longest text in a cell.
MOST_LETTERS = 240

_SOFT = "opacity:.7;font-size:90%"
_CELL = "text-align:left;vertical-align:top;padding:3px 12px 3px 0"
_TABLE = "border-collapse:collapse;margin:4px 0"
_MARK = "background:#ffe9a8;color:#1c2027;border-radius:3px;padding:0 1px"


class Page(str):  # noqa: SLOT000  (it carries the graph)
    """The interactive page, as :func:`~spacegraph.views.page.render_page` makes it, that a notebook shows in a frame.

    It is the page's HTML and can be written to a file as it is.

    Args:
        page: The HTML of the page.
        kg: The graph that it shows; a picture of it takes the place of the frame where frames are stripped.
    """

    kg: GraphLike | None

    def __new__(cls, page: str, kg: GraphLike | None = None) -> Self:  # noqa: D102
        self = super().__new__(cls, page)
        self.kg = kg
        return self

    def __repr__(self) -> str:
        return f"<Page: {len(self):,} characters of HTML; write it to a file and open it in a browser>"

    def _repr_html_(self) -> str:
        # The frame is sandboxed: its scripts run, but not as part of the notebook.
        frame = (
            f'<iframe srcdoc="{html.escape(str(self))}" sandbox="allow-scripts allow-downloads allow-popups" title="Interactive graph"'
            f' style="position:absolute;inset:0;width:100%;height:100%;border:0;background:#fff"></iframe>'
        )
        picture = ""
        if self.kg is not None:
            from spacegraph.views.picture import GraphFigure, plot

            figure = plot(self.kg)
            assert isinstance(figure, GraphFigure)  # neither axes nor a path were given
            encoded = base64.b64encode(figure.to_bytes("png")).decode("ascii")
            picture = f'<img alt="The graph as a picture" style="max-width:100%;max-height:100%" src="data:image/png;base64,{encoded}">'
        return (
            f'<div style="position:relative;width:100%;height:{FRAME_HEIGHT}px;border:1px solid #8884;border-radius:6px;overflow:hidden">'
            f"{picture}{frame}</div>"
        )


def graph_html(kg: GraphLike) -> str:
    """What is in a graph: how much, of which kinds, how it is put, and the facts about its most important things."""
    content = read_content(kg)
    if not content.things:
        return f'<p style="{_SOFT}">An empty knowledge graph: no things, no facts.</p>'
    families = find_families(content, ontology_of(kg))
    kinds = Counter(families[thing.entity.type] for thing in content.things)
    ways = Counter(map(way_of, content.facts))
    head = ", ".join(
        _plural(len(found), noun)
        for found, noun in ((content.facts, "fact"), (content.things, "thing"), (content.articles, "article"))
        if found or noun == "fact"
    )
    classes = " ".join(
        f'<span style="white-space:nowrap"><span style="color:{family.colour}">●</span> {_text(family.label)} {count}</span>'
        for family, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0].name))
    )
    factualities = ", ".join(f"{ways[name]} {name}" for name in FACTUALITIES if ways[name])
    rank = content.index
    first = sorted(
        content.facts,
        key=lambda fact: (
            way_of(fact) != "asserted",
            rank[fact.subject.iri] + (rank[end.iri] if (end := end_of(fact)) is not None else len(rank)),
        ),
    )
    return (
        f'<div><p style="margin:4px 0"><b>Knowledge graph</b>: {head}</p>'
        f'<p style="margin:4px 0">{classes}</p><p style="margin:4px 0;{_SOFT}">{factualities}</p>'
        f"{facts_html(first, most=10)}"
        f'<p style="margin:4px 0;{_SOFT}"><code>.view()</code> shows it, <code>.query("SELECT …")</code> asks it, '
        f"<code>.explain(name)</code> gives the words behind a fact.</p></div>"
    )


def facts_html(facts: Iterable[Fact], *, most: int = MOST_ROWS) -> str:
    """Facts as a table, each with the words behind it.

    Args:
        facts: The facts, in the order in which to show them.
        most: How many rows to show; the others are counted.
    """
    facts = list(facts)
    rows = [
        (
            _thing(fact.subject),
            f"<i>{_text(words_of(fact.relation))}</i>",
            _thing(fact.object),
            _factuality(fact, lead_of(fact).rstrip(": ")),
            _text(fact.time),
            " … ".join(_text(evidence.text) for evidence in fact.evidence),
        )
        for fact in facts[:most]
    ]
    heads = ("subject", "relation", "object", "how it is put", "time", "words")
    # Columns that are empty in every row say nothing.
    kept = [number for number in range(len(heads)) if number < 4 or any(row[number] for row in rows)]
    table = _table([heads[number] for number in kept], [[row[number] for number in kept] for row in rows])
    return table + _more(len(facts) - len(rows), "fact")


@drawing.register(Fact)
def fact_html(fact: Fact, article: Article | None = None) -> str:
    """A fact with its words, speaker, factuality, confidence, time and rule.

    Args:
        fact: The fact.
        article: The article that it is from; with it, the words stand in their sentence.
    """
    rows = [
        ("factuality", f"{_factuality(fact)} – {FACTUALITIES[way_of(fact)].explanation}"),
        ("speaker", _thing(fact.attributed_to) if fact.attributed_to else ""),
        ("time", _text(fact.time)),
        ("confidence", f"{fact.confidence:.2f}"),
        ("rule", f"<code>{_text(fact.rule)}</code>" if fact.rule else ""),
        ("inferred", "yes" if fact.inferred else ""),
        ("article", _text(fact.doc_id)),
    ]
    about = "".join(
        f'<tr><td style="{_CELL};opacity:.7">{head}</td><td style="{_CELL}">{value}</td></tr>'
        for head, value in rows
        if value
    )
    quotes = "".join(
        f'<blockquote style="margin:6px 0;padding:2px 10px;border-left:3px solid #8886" dir="auto">{_quote(evidence, article)}</blockquote>'
        for evidence in fact.evidence
    )
    return (
        f'<div><p style="margin:4px 0;font-size:110%"><span style="opacity:.7">{_text(lead_of(fact))}</span>{_thing(fact.subject)} <i>{_text(words_of(fact.relation))}</i> '
        f'{_thing(fact.object)}</p>{quotes}<table style="{_TABLE}">{about}</table></div>'
    )


@drawing.register(Entity)
def entity_html(entity: Entity) -> str:
    """A thing: its name, class, other names, and links to what is known of it elsewhere."""
    aliases = f"<br>also: {', '.join(map(_text, entity.aliases))}" if entity.aliases else ""
    links = "".join(f"<br>same as {_link(iri)}" for iri in entity.same_as)
    return (
        f'<div><b>{_text(entity.label)}</b> <span style="{_SOFT}">{_text(words_of(entity.type))}</span>'
        f'{aliases}<br><span style="{_SOFT}">{_link(entity.iri)}</span>{links}</div>'
    )


@drawing.register(QueryResult)
def result_html(result: QueryResult, *, most: int = MOST_ROWS) -> str:
    """The answer to a query as a table; of ASK, yes or no.

    Args:
        result: What :meth:`KnowledgeGraph.query` gave.
        most: How many rows to show; the others are counted.
    """
    if result.kind == "ask":
        return f"<p><b>{'yes' if result.answer else 'no'}</b></p>"
    texts = result.texts()
    if not texts:
        why = f" {_text(result.hint)}" if result.hint else ""
        return f'<p style="{_SOFT}">No rows: nothing in the graph fits the query.{why}</p>'
    rows = [[_text(text) for text in row] for row in texts[:most]]
    cut = f'<p style="{_SOFT}">The answer was cut short.</p>' if result.truncated else ""
    return _table(list(result.columns), rows) + _more(len(texts) - len(rows), "row") + cut


def article_html(kg: GraphLike, article: Article | str | None = None) -> str:
    """The text of an article with names and the words behind facts marked, in the manner of displaCy.

    Names have the colour of their class; words that support a fact are underlined, with a tooltip that says which. Where
    neither the graph nor ``article`` has the text, the passages that the graph quotes are shown.

    Args:
        kg: The graph.
        article: The article or its identifier; None is the first one.

    Raises:
        ConfigError: The article is not one of the graph's, or not in the version that was read.
    """
    given = () if article is None or isinstance(article, str) else (article,)
    texts = find_texts(kg, read_content(kg), [one for one in given if one.text])
    content = texts.content
    wanted = given[0].id if given else article
    chosen = next((one for one in content.articles if wanted in (None, one.id)), None)
    if chosen is None:
        return f'<p style="{_SOFT}">The graph has no such article.</p>'
    if not chosen.text:
        return f'<p style="{_SOFT}">The graph holds neither the text of “{_text(chosen.title or chosen.id)}” nor passages of it.</p>'
    note = ""
    if chosen.id in texts.passages:
        note = f'<p style="margin:4px 0;{_SOFT}">Passages behind the facts; the graph does not hold the whole text.</p>'
    families = find_families(content, ontology_of(kg))
    facts = [fact for fact in content.facts if fact.doc_id == chosen.id]
    types = {thing.entity.iri: thing.entity for thing in content.things}
    names = find_names(chosen, facts)
    spans = sorted(
        ((evidence.start, evidence.end, fact) for fact in facts for evidence in fact.evidence),
        key=lambda span: span[:2],
    )
    cuts = sorted(
        {
            0,
            len(chosen.text),
            *(p for start, end, _ in names for p in (start, end)),
            *(p for s, e, _ in spans for p in (s, e)),
        }
    )
    pieces = []
    for start, end in pairwise(cuts):
        words = _text(chosen.text[start:end])
        name = next((iri for first, last, iri in names if first <= start and end <= last), None)
        if name is not None:
            entity = types[name]
            colour = families[entity.type].colour
            title = html.escape(f"{entity.label}, {words_of(entity.type)}")
            words = f'<span title="{title}" style="border-bottom:3px solid {colour};font-weight:600">{words}</span>'
        supported = [fact for first, last, fact in spans if first <= start and end <= last]
        if supported:
            title = html.escape("\n".join(_in_words(fact) for fact in supported))
            sure = any(way_of(fact) == "asserted" for fact in supported)
            line = "solid" if sure else "dashed"
            words = f'<span title="{title}" style="background:#ffe9a855;border-bottom:1px {line} #b98900">{words}</span>'
        pieces.append(words)
    published = f' <span style="{_SOFT}">{chosen.published.isoformat()}</span>' if chosen.published else ""
    return (
        f'<div><p style="margin:4px 0"><b>{_text(chosen.title or chosen.id)}</b>{published}</p>{note}'
        f'<div dir="auto" style="white-space:pre-wrap;line-height:1.7;max-width:46em">{"".join(pieces)}</div></div>'
    )


def _quote(evidence: Evidence, article: Article | None) -> str:
    marked = f'<mark style="{_MARK}">{_text(evidence.text)}</mark>'
    if article is None or article.text[evidence.start : evidence.end] != evidence.text:
        return marked
    start, end = sentence_around(article.text, evidence.start, evidence.end)
    return _text(article.text[start : evidence.start]) + marked + _text(article.text[evidence.end : end])


def _in_words(fact: Fact) -> str:
    return sentence_of(fact)


def _factuality(fact: Fact, words: str = "") -> str:
    style = FACTUALITIES[way_of(fact)]
    line = "solid" if not style.dash else "dotted" if max(style.dash) < 4 else "dashed"
    return f'<span style="border-bottom:2px {line} {style.colour}" title="{style.label}">{_text(words or style.label)}</span>'


def _thing(thing: Entity | Literal) -> str:
    if isinstance(thing, Entity):
        return f'<b title="{html.escape(words_of(thing.type))}">{_text(thing.label)}</b>'
    return f"<code>{_text(thing.label)}</code>"


def _text(text: Any) -> str:
    """Text as HTML. Its own direction cannot turn what stands around it, and a long one is cut."""
    text = str(text)
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rstrip() + "…"
    escaped = html.escape(text)
    return escaped if text.isascii() else f"<bdi>{escaped}</bdi>"


def _link(iri: str) -> str:
    if not iri.lower().startswith(("http://", "https://")):
        return f"<code>{_text(iri)}</code>"
    return f'<a href="{html.escape(iri)}" target="_blank" rel="noopener noreferrer">{_text(iri)}</a>'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th style="{_CELL}">{_text(name)}</th>' for name in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>" for row in rows
    )
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _more(count: int, noun: str) -> str:
    return f'<p style="{_SOFT};margin:2px 0">… and {_plural(count, f"more {noun}")}</p>' if count > 0 else ""


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
