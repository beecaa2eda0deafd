"""HTML pages to articles, through trafilatura."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from spacegraph.errors import SourceError
from spacegraph.sources.publication import parse_date

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Page", "extract_page"]


class Page(NamedTuple):
    """What a page says of its article."""

    text: str
    title: str
    published: dt.date | None
    url: str
    source: str


def extract_page(html: str, *, label: str) -> Page:
    """The main text of a page, without menus, comments and advertisements, and its metadata.

    Paragraphs, headings and list items stand between blank lines.

    Args:
        html: The page.
        label: What the input is called in messages.

    Raises:
        SourceError: No text is found in the page.
    """
    import trafilatura

    # trafilatura reports pages without text as errors of its own; ours says it once.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It refuses str input with an encoding declaration in an XML prologue.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    text = trafilatura.extract(
        html, output_format="txt", include_comments=False, include_tables=False, include_images=False
    )
    lines = [line.strip() for line in (text or "").splitlines()]
    # List items come as "- item"; the dash is trafilatura's, not the page's.
    body = "\n\n".join(line.removeprefix("- ") for line in lines if line)
    if not body:
        raise SourceError(
            f"No article text was found in the page {label}. "
            "Save the article as plain text, or check that the page holds it without running scripts."
        )
    data = trafilatura.extract_metadata(html)
    return Page(
        body,
        data.title or "",
        parse_date(data.date or ""),
        data.url or "",
        data.sitename or data.hostname or "",
    )
