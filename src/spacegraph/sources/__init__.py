"""Sources: files, pages, streams and strings become :class:`~spacegraph.model.Article` objects.

>>> from spacegraph.sources import article_from_text
>>> article = article_from_text("Ann Lee left for Mars. She was glad.", id="ann")
>>> article.id, len(article.blocks)
('ann', 1)

The readers are loaded when the first of them is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacegraph.sources.limits import DEFAULT_MAX_CHARS

if TYPE_CHECKING:
    from spacegraph.sources.articles import STDIN, SUFFIXES, article_from_text, read_articles

__all__ = ["DEFAULT_MAX_CHARS", "STDIN", "SUFFIXES", "article_from_text", "read_articles"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        msg = f"module 'spacegraph.sources' has no attribute {name!r}"
        raise AttributeError(msg)
    from spacegraph.sources import articles

    return getattr(articles, name)
