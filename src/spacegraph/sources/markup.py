"""Markdown and HTML inside a text: what of it is read.

Code, images, comments, hidden elements and footnotes are not read; of links and emphasis only the words are.
Paragraphs, headings, list items and cells stand between blank lines.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.sources.draft import Draft

__all__ = ["is_hidden", "looks_like_markdown", "read_html", "read_markdown", "without_notes"]

#: Signs of Markdown that no other text has: links and images with an address, fences, strong emphasis.
_MARKDOWN = re.compile(
    r"!?\[[^\]\n]{0,200}\]\((?:https?://|mailto:|/|#|\.|data:)[^\s)]*|^ {0,3}(?:```|~~~)|\*\*[^\s*][^*\n]{0,200}\*\*",
    re.MULTILINE,
)
#: Events of the Markdown parser inside a paragraph; every other one is a border.
_INLINE = frozenset(("Emphasis", "Strong", "Strikethrough", "Link"))
_NOT_READ = frozenset(("CodeBlock", "Image", "FootnoteDefinition", "MetadataBlock"))
_INDENT = re.compile(r"^[ \t]+(?=\S)", re.MULTILINE)
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+")

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p section summary table tbody td tfoot th thead tr ul "
)
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big br cite data del dfn em font i img ins kbd label mark q s samp small source span strike "
    "strong sub sup time tt u var wbr meta link input "
)
#: Elements that are no prose: they are left out with all that they hold.
_LEFT_OUT_NAMES = (
    "applet audio button canvas code embed iframe map math noscript object picture pre script select style svg template "
    "textarea title video "
)
_EMPTY_NAMES = "br hr img input link meta source wbr embed"
_LEFT_OUT = frozenset(_LEFT_OUT_NAMES.split())
_EMPTY = frozenset(_EMPTY_NAMES.split())
_BORDERS = frozenset((*_BLOCK_NAMES.split(), "pre", "iframe", "video"))
_ELEMENTS = frozenset((*_BORDERS, *_INLINE_NAMES.split(), *_LEFT_OUT))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: A tag with what is in quotation marks inside it, a comment, or a character reference.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})"
    r"(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|\s[^<>]*+|/)?)>"
    r"|<!--(?P<comment>.*?)(?:-->|\Z)|<!DOCTYPE[^>]{0,400}>|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    re.DOTALL | re.IGNORECASE,
)
#: What an element's own attributes say of what nobody sees.
_HIDDEN = re.compile(
    r"(?<![\w-])hidden(?:\s*=\s*([\"']?)(?:hidden|until-found)?\1)?(?=[\s/]|$)"
    r"|style\s*=\s*[\"'][^\"']*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:;|!|[\"'])|text-indent\s*:\s*-\d{4}|left\s*:\s*-\d{4})"
    r"|class\s*=\s*[\"'](?:[^\"']*\s)?(?:sr-only|visually-hidden|screen-reader-text|d-none|is-hidden|hidden)(?=[\s\"'])",
    re.IGNORECASE,
)
#: A raised number or letter is the mark of a note, but after a unit ("km<sup>2</sup>").
_NOTE = re.compile(
    r"(?:(?<=[.,;:!?”’\"')])|(?<=[A-Za-z]{4}))<sup\b[^<>]*>(?:\s*<[^<>]*>)*\s*\[?(?:\d{1,3}|[a-z])\]?(?:\s*<[^<>]*>)*\s*</sup>",
    re.IGNORECASE,
)
#: Elements that end where another one of their name begins.
_ENDED_BY_THE_NEXT = frozenset(("p", "dt", "dd", "option"))


def is_hidden(attributes: str) -> bool:
    """Whether an element with these attributes, as HTML writes them, is not shown."""
    return _HIDDEN.search(attributes) is not None


def without_notes(source: str) -> str:
    """HTML without the raised marks of notes."""
    return _NOTE.sub("", source)


def looks_like_markdown(text: str) -> bool:
    """Whether a text has links, fences or emphasis in the manner of Markdown."""
    return _MARKDOWN.search(text) is not None


def read_markdown(draft: Draft, *, declared: bool) -> set[int]:
    """Leave of a draft what a reader of the rendered Markdown reads.

    Args:
        draft: The text.
        declared: Whether the text is Markdown by its name; if not, indented lines are no code.

    Returns:
        Where headings begin, in characters of the text as given.
    """
    if not declared:
        draft.replace(_INDENT, "")
    source = draft.text
    edits: list[tuple[int, int, str]] = []
    headings: set[int] = set()
    at = 0
    border = heading = False
    for kind, start, end, words in _pieces(source):
        if kind == "border":
            border = True
        elif kind == "heading":
            border = heading = True
        elif kind == "marker":
            # The marker of a list item is read, as in a text without markup.
            edits += _gap(source, at, start, border=True)
            border, at = False, end
        elif start >= at:
            edits += _gap(source, at, start, border=border)
            if words != source[start:end]:
                edits.append((start, end, words))
            if heading:
                headings.add(draft.place(start))
            border = heading = False
            at = end
    edits += _gap(source, at, len(source), border=False)
    draft.edit(edits)
    return headings


def _gap(source: str, start: int, end: int, *, border: bool) -> Iterator[tuple[int, int, str]]:
    """The edit of what is not read between two pieces: none for white space."""
    if source[start:end].strip():
        yield start, end, "\n\n" if border else ""
    elif border and end > start and "\n" not in source[start:end]:
        yield start, end, "\n\n"


def _pieces(source: str) -> Iterator[tuple[str, int, int, str]]:
    """What is read of Markdown, in characters of the source, with the borders between."""
    import pyromark

    # Offsets come in bytes.
    offsets = [0]
    if not source.isascii():
        for char in source:
            offsets.append(offsets[-1] + len(char.encode("utf-8", "surrogatepass")))
    options = (
        pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
        | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    )  # fmt: skip
    skipping = 0
    event: Any
    value: Any
    for event, place in pyromark.events_with_range(source, options=options):
        if source.isascii():
            start, end = place["start"], place["end"]
        else:
            start, end = bisect_left(offsets, place["start"]), bisect_left(offsets, place["end"])
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        if name in ("Start", "End"):
            tag = value if isinstance(value, str) else next(iter(value))
            if tag in _NOT_READ:
                skipping += 1 if name == "Start" else -1
                if tag != "Image":
                    yield "border", start, end, ""
            elif skipping:
                continue
            elif tag not in _INLINE:
                yield "heading" if tag == "Heading" and name == "Start" else "border", start, end, ""
                if tag == "Item" and name == "Start" and (marker := _MARKER.match(source, start, end)):
                    yield "marker", start, marker.end(), ""
        elif skipping:
            continue
        elif name in ("Text", "Code", "Html", "InlineHtml"):
            if name == "Code":
                # Its words as they are written, line ends included, so that each keeps its place.
                ticks = len(source[start:end]) - len(source[start:end].lstrip("`"))
                start, end = start + ticks, end - ticks
                value = source[start:end]
            yield "words", start, end, value
        elif name in ("SoftBreak", "HardBreak"):
            yield "words", start, end, "\n"
        elif name == "Rule":
            yield "border", start, end, ""


def read_html(draft: Draft) -> set[int]:
    """Leave of a draft what a browser would show of the HTML in it.

    Only the tags of HTML's own elements count as markup: "<Vela>" stays as it is.

    Returns:
        Where headings begin, in characters of the text as given.
    """
    if "<" not in draft.text and "&" not in draft.text:
        return set()
    draft.replace(_NOTE, "")
    source = draft.text
    edits: list[tuple[int, int, str]] = []
    headings: set[int] = set()
    tags = list(_TAG.finditer(source))
    last_ends = {found["name"].lower(): found.start() for found in tags if found["close"]}
    # The element that is being left out, how deep in elements of its name, and where it began.
    name, depth, began = "", 0, 0
    for found in tags:
        tag = (found["name"] or "").lower()
        if depth:
            if tag != name or found["attributes"].endswith("/"):
                continue
            if not found["close"] and tag in _ENDED_BY_THE_NEXT:
                edits.append((began, found.start(), "\n\n"))
                depth = 0
            else:
                depth += -1 if found["close"] else 1
                if not depth:
                    edits.append((began, found.end(), _instead(tag)))
                continue
        if not tag:
            words = "" if found[0][0] == "<" else html.unescape(found[0])
            if words != found[0] and not _unsound(words):
                edits.append((found.start(), found.end(), words))
        elif tag in _ELEMENTS:
            opens = not found["close"] and tag not in _EMPTY and not found["attributes"].endswith("/")
            # A tag that nobody closes leaves nothing out: "the tag <title> is short" is a sentence.
            closed = last_ends.get(tag, -1) > found.start()
            if opens and ((tag in _LEFT_OUT and closed) or is_hidden(found["attributes"])):
                name, depth, began = tag, 1, found.start()
                continue
            if opens and tag in _HEADINGS and found.end() < len(source):
                headings.add(draft.place(found.end()))
            edits.append((found.start(), found.end(), "\n" if tag == "br" else _instead(tag)))
    if depth:
        edits.append((began, len(source), ""))
    draft.edit(edits)
    return headings


def _instead(tag: str) -> str:
    return "\n\n" if tag in _BORDERS else ""


def _unsound(words: str) -> bool:
    """Whether a character reference names what no text holds."""
    return any("\ud800" <= c <= "\udfff" or c in "\x00\ufffd" for c in words)
