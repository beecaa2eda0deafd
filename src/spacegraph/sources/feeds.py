"""RSS and Atom feeds: the entries that carry their full text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from spacegraph.errors import SourceError
from spacegraph.model import Article
from spacegraph.sources.pages import extract_page

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["feed_entries", "looks_like_feed"]

_ROOT = re.compile(rb"<(?:[\w-]+:)?(rss|feed|rdf)\b", re.IGNORECASE)
#: Shorter texts are teasers, not articles, in characters.
LEAST_CHARS = 200
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")


def looks_like_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does."""
    found = _ROOT.search(data[:2000])
    # A page may hold a feed's address, but never begins with one.
    return found is not None and b"<html" not in data[: found.start()].lower()


def feed_entries(data: bytes, *, label: str, stem: str) -> Iterator[Article | SourceError]:
    """The articles of a feed, and an error for each entry that carries none.

    Args:
        data: The feed: RSS or Atom.
        label: What it is called in messages.
        stem: What the identifiers of entries without any begin with.

    Raises:
        SourceError: It is no feed, has no entries, or feedparser is not installed.
    """
    try:
        import feedparser
    except ImportError as error:
        message = "Feeds need feedparser, which is not installed: pip install 'spacegraph[corpus]'"
        raise SourceError(message) from error
    # Bytes that are taken for an address would be fetched.
    parsed = feedparser.parse(data, sanitize_html=False) if looks_like_feed(data) else None
    if parsed is None or not parsed.version:
        message = f"{label} is no feed: it has no RSS or Atom in it. Save what the feed's address gives."
        raise SourceError(message)
    if not parsed.entries:
        message = f"{label} is a feed without entries: there is nothing to read."
        raise SourceError(message)
    for number, entry in enumerate(parsed.entries, start=1):
        identifier = str(entry.get("id") or entry.get("link") or f"{stem}-{number}")
        what = f"{label}, entry {number}"
        body = max((str(part.get("value", "")) for part in _bodies(entry)), key=len, default="")
        text = _text(body, what)
        if len(text) < LEAST_CHARS:
            yield SourceError(
                f"{what} carries no full text, only {len(text)} characters of it. "
                f"Read the page itself: {entry.get('link') or 'it has no address'}."
            )
            continue
        yield Article(
            id=identifier,
            text=text,
            title=_text(str(entry.get("title", "")), what),
            published=_day(entry),
            url=str(entry.get("link", "")),
            source=str(entry.get("source", {}).get("title") or parsed.feed.get("title", "")),
        )


def _bodies(entry: Any) -> list[Any]:
    return [*entry.get("content", ()), entry.get("summary_detail") or {}]


def _text(body: str, label: str) -> str:
    """The text of an entry, whether it comes as a page or plain."""
    import html

    if not _TAG.search(body):
        return html.unescape(body).strip()
    try:
        return extract_page(f"<html><body><article>{body}</article></body></html>", label=label).text
    except SourceError:
        # Few words, such as a title with a link in it, are no article for trafilatura.
        return html.unescape(_TAG.sub("", body)).strip()


def _day(entry: Any) -> dt.date | None:
    found = entry.get("published_parsed") or entry.get("updated_parsed")
    return dt.date(*found[:3]) if found else None
