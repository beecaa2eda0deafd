"""Which form of an answer a client takes (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph.results import QueryResult

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
}
#: Media types of graphs, the preferred first.
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/x-turtle": "turtle",
    "text/plain": "nt",
}


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
    forms: dict[str, Callable[[], str]] = {"json": lambda: result.to_json(indent=False)}
    text = forms[name]() if name in forms else result.format(name)
    return media_type, text.encode()
