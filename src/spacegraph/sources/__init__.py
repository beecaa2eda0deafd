"""Sources: files, pages, streams and strings become :class:`~spacegraph.model.Article` objects.

>>> article = article_from_text("Ann Lee left for Mars. She was glad.", id="ann")
>>> article.id, len(article.blocks)
('ann', 1)
"""

from spacegraph.sources.articles import (
    DEFAULT_MAX_CHARS,
    STDIN,
    SUFFIXES,
    article_from_text,
    read_articles,
)

__all__ = ["DEFAULT_MAX_CHARS", "STDIN", "SUFFIXES", "article_from_text", "read_articles"]
