"""HTML pages to articles: the main text through trafilatura, and what the page itself declares of it."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from spacegraph.errors import SourceError
from spacegraph.sources.draft import Draft
from spacegraph.sources.markup import is_hidden, read_html, without_notes
from spacegraph.sources.publication import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

__all__ = ["Page", "extract_page"]

LOG = logging.getLogger("spacegraph.sources")

#: trafilatura weighs paragraphs against each other; of a page with less text than this it keeps menus and loses lists,
#: so that all blocks of its body are read instead.
_SHORT = 600
#: What stands around the text of a page.
_AROUND = frozenset(("nav", "footer", "aside", "form", "head", "dialog", "menu"))
_AROUND_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "alert", "dialog")
)
#: Elements that scripts show when the page is there, whatever their style says at first.
_SHOWN_LATER = frozenset(("html", "body", "main", "article"))
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|share|sharing|social|cookies?|consent|newsletter|promo|advert\w*|breadcrumbs?|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:^|[\s_-])(?:code|highlight|hljs|prettyprint|language|lang|syntaxhighlighter)(?:$|[\s_-])",
    re.IGNORECASE,
)

_DATE_NAMES = frozenset(
    re.sub(r"[^a-z]", "", name)
    for name in (
        "article:published_time", "og:article:published_time", "og:published_time", "article:published", "article_date_original",
        "bt:pubDate", "citation_date", "citation_publication_date", "cXenseParse:recs:publishtime", "date", "date_published",
        "datePublished", "dc.date", "dc.date.created", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued",
        "originalPublicationDate", "parsely-pub-date", "pubdate", "publication_date", "publish_date", "publishdate", "published",
        "published_at", "published_date", "published_time", "release_date", "rnews:datePublished", "sailthru.date",
    )
)  # fmt: skip
_PUBLISHED_CLASS = re.compile(r"publish|pub-?date|posted|dateline|entry-date|article-date", re.IGNORECASE)
#: Kinds of things of schema.org that a page is about, the surest first.
_ARTICLE_TYPES = (
    re.compile(r"Article$|BlogPosting$|PressRelease$|Report$"),
    re.compile(r"WebPage$|CreativeWork$"),
)


class Page(NamedTuple):
    """What a page says of its article."""

    text: str
    title: str
    published: dt.date | None
    url: str
    source: str


def extract_page(html: str, *, label: str) -> Page:
    """The main text of a page, without menus, comments, advertisements and what is hidden, and its metadata.

    Paragraphs, headings, list items and cells stand between blank lines. The day of publication is one that the page
    declares: in its metadata, in JSON-LD or in a time element of the article.

    Args:
        html: The page.
        label: What the input is called in messages.

    Raises:
        SourceError: No text is found in the page.
    """
    import trafilatura
    from trafilatura.utils import load_html

    # trafilatura reports pages without text as errors of its own; ours says it once.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It refuses str input with an encoding declaration in an XML prologue.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    tree = load_html(without_notes(html))
    body = seen = ""
    published = None
    if tree is not None:
        published = _declared_date(tree)
        _remove_unseen(tree)
        seen = _serialised(tree)
        text = _unless_it_fails(
            lambda: trafilatura.extract(
                seen, output_format="txt", include_comments=False, include_tables=False, include_images=False
            )
        )
        lines = [line.strip() for line in (text or "").splitlines()]
        # List items come as "- item"; the dash is trafilatura's, not the page's.
        body = "\n\n".join(line.removeprefix("- ") for line in lines if line)
        if len(body) < _SHORT:
            body = _all_blocks(tree) or body
    if not body:
        raise SourceError(
            f"No article text was found in the page {label}. "
            "Save the article as plain text, or check that the page holds it without running scripts."
        )
    data = _unless_it_fails(lambda: trafilatura.extract_metadata(seen, extensive=False))
    if data is None:
        return Page(body, "", published, "", "")
    return Page(body, data.title or "", published, data.url or "", data.sitename or data.hostname or "")


def _unless_it_fails(extract: Callable[[], Any]) -> Any:
    """What trafilatura finds, or None: broken pages make it and its libraries raise errors of any kind."""
    try:
        return extract()
    except Exception as error:  # noqa: BLE001
        LOG.debug("trafilatura failed: %r", error)
        return None


def _serialised(tree: HtmlElement) -> str:
    from lxml.html import tostring

    return str(tostring(tree, encoding="unicode"))


def _remove_unseen(tree: HtmlElement) -> None:
    """Remove hidden elements and listings of programs."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        attributes = " ".join(f'{name}="{value}"' for name, value in element.attrib.items())
        hidden = attributes and element.tag not in _SHOWN_LATER and is_hidden(attributes)
        listing = element.tag == "pre" and (
            element.find(".//code") is not None or _CODE.search(element.get("class") or "")
        )
        if hidden or listing or element.tag == "template":
            # The text after an element belongs to the one around it.
            element.drop_tree()


def _all_blocks(tree: HtmlElement) -> str:
    """All that a page shows but for what stands around its text, block by block."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        inside = any(parent.tag in ("article", "main") for parent in element.iterancestors())
        if (
            element.tag in _AROUND
            or (element.get("role") or "").lower() in _AROUND_ROLES
            or (element.tag == "header" and not inside)
            or _AROUND_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        ):
            element.drop_tree()
    mains = [*tree.iter("main"), *tree.iter("article")]
    # Where there are several articles, the page is a list of them.
    root = mains[0] if mains and len(mains[0].text_content()) * 2 > len(tree.text_content()) else tree
    draft = Draft(re.sub(r"\s+", " ", _serialised(root)))
    read_html(draft)
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\n|\n(?=\s*\n)", draft.text))
    return "\n\n".join(part for part in paragraphs if part)


def _declared_date(tree: HtmlElement) -> dt.date | None:
    """The day of publication that a page declares; the surest sign that holds a whole date counts."""
    signs = (_dates_in_meta, _dates_in_json, _dates_in_elements)
    return next((date for sign in signs for words in sign(tree) if (date := parse_date(words.strip()))), None)


def _dates_in_meta(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("meta"):
        names = (
            element.get("property"),
            element.get("name"),
            element.get("itemprop"),
            element.get("http-equiv"),
        )
        if any(name and re.sub(r"[^a-z]", "", name.lower()) in _DATE_NAMES for name in names):
            yield element.get("content") or ""


def _dates_in_json(tree: HtmlElement) -> Iterator[str]:
    things: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower().startswith("application/ld+json"):
            try:
                things += _things(json.loads(element.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    for kind in _ARTICLE_TYPES:
        for thing in things:
            types = thing.get("@type")
            if any(
                isinstance(name, str) and kind.search(name)
                for name in (types if isinstance(types, list) else [types])
            ):
                yield from (
                    str(thing[key])
                    for key in ("datePublished", "dateCreated")
                    if isinstance(thing.get(key), str)
                )


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The things that a page says it is about; not those that it links to."""
    if isinstance(value, list):
        for entry in value[:200]:
            yield from _things(entry, depth)
    elif isinstance(value, dict) and depth < 4:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(key), depth + 1)


def _dates_in_elements(tree: HtmlElement) -> Iterator[str]:
    """Dates of time elements in the article that are no part of a sentence, those called dates of publication first."""
    root = next(iter([*tree.iter("article"), *tree.iter("main"), *tree.iter("body")]), tree)
    others: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        declared = "datePublished" in (element.get("itemprop") or "") or "pubdate" in element.attrib
        if element.tag != "time" and not declared:
            continue
        if (
            any(
                parent.tag in ("p", "li", "aside", "nav", "footer", "blockquote", "table")
                or (parent.tag == "article" and parent is not root)
                for parent in element.iterancestors()
            )
            and not declared
        ):
            continue
        words = element.get("datetime") or element.get("content") or element.text_content()
        named = f"{element.get('class') or ''} {element.getparent().get('class') if element.getparent() is not None else ''}"
        if declared or _PUBLISHED_CLASS.search(named):
            yield words
        else:
            others.append(words)
    yield from others
