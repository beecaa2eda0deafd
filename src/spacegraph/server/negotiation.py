"""Which form of an answer a client takes (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.graph.query.results import without_controls

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph.query.results import QueryResult

__all__ = ["GRAPHS", "TABLES", "choose", "written"]

#: Media types of tables and truth values, the preferred first, with the format of :class:`QueryResult`.
TABLES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/xml": "xml",
    "text/markdown": "markdown",
    "text/plain": "table",
    "text/html": "html",
}
#: Media types of graphs, the preferred first.
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/x-turtle": "turtle",
    "text/plain": "nt",
    "text/html": "html",
    "application/json": "jsonld",
    "application/sparql-results+json": "jsonld",
    "application/sparql-results+xml": "rdfxml",
    "application/xml": "rdfxml",
}
#: What a form is called where clients ask for it by a wider name, or for that of a table: rdflib's SPARQLStore names one kind of
#: answer before it knows which comes.
_PROPER = {"jsonld": "application/ld+json", "rdfxml": "application/rdf+xml"}


@lru_cache(maxsize=256)
def choose(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type that suits a client best, or None where none does.

    Args:
        accept: The ``Accept`` header; empty takes anything.
        offered: Media types, the preferred first.
    """
    ranges = _ranges(accept or "*/*")
    best: tuple[float, int] = (0.0, 0)
    found = None
    for place, offer in enumerate(offered):
        quality = _quality(offer, ranges)
        if (quality > 0 and (quality, -place) > best) or (found is None and quality > 0):
            best, found = (quality, -place), offer
    return found


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if name:
            ranges.append((name.lower(), quality))
    return ranges


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the range that fits most closely."""
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        for name, quality in ranges:
            if name == wanted:
                return quality
    return 0.0


def written(result: QueryResult, accept: str) -> tuple[str, bytes] | None:
    """Media type and body of an answer in the form that suits, or None."""
    offered = GRAPHS if result.kind == "graph" else TABLES
    media_type = choose(accept, tuple(offered))
    if media_type is None:
        return None
    name = offered[media_type]
    forms: dict[str, Callable[[], str]] = {
        "json": lambda: result.to_json(indent=False),
        "html": lambda: _page(result),
    }
    text = forms[name]() if name in forms else result.format(name)
    return _PROPER.get(name, media_type), text.encode("utf-8", "replace")


def _page(result: QueryResult) -> str:
    """The answer as a page for a browser: a table and nothing else."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in result.columns)
    rows = (
        "<tr>" + "".join(f"<td>{html.escape(without_controls(text))}</td>" for text in row) + "</tr>"
        for row in result.texts()
    )
    cut = "<p>The answer was cut short.</p>" if result.truncated else ""
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Answer</title>'
        "<style>body{font:14px sans-serif}td,th{text-align:left;padding:2px 12px 2px 0;vertical-align:top}</style>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{cut}</html>\n"
    )
