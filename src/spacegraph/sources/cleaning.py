"""What of a text is read: no markup, nothing that cannot be seen, no marks of references and no lists of them.

Offsets stay those of the text as given: see :class:`~spacegraph.sources.draft.Draft`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from spacegraph.sources.draft import Draft
from spacegraph.sources.markup import looks_like_markdown, read_html, read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cleaned", "clean", "clean_title"]

#: Characters without a shape: soft hyphens, joiners, marks of direction, variation selectors, controls.
_NOTHING = (
    "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
#: Spaces of every width, and letters and signs that look like one.
_SPACES = "\u00a0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0"
_COMPOSED = re.compile(
    r"[^\W\d_][\u0300-\u036f]+|[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]+|[\u2010\u2011\u02bc]"
)
#: A word divided at the end of a line, with the hyphen that shows only there.
_DIVIDED = re.compile(rf"\u00ad[{_NOTHING}]*[ \t]*(?:\r\n|\n|\r)[ \t]*(?=[a-z])")
_INVISIBLE = re.compile(f"[{_NOTHING}]+")
_SPACED = re.compile(f" *[{_SPACES}][ {_SPACES}]*")
_LOOKS = {"\u2010": "-", "\u2011": "-", "\u02bc": "’"}
_ODD = re.compile(
    f"[{_NOTHING}{_SPACES}\u0300-\u036f\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u2010\u2011\u02bc]"
)

_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_REMARK = (
    r"(?:note|notes|nb|n|fn)\s?\d{1,3}|citation needed|better source needed|clarification needed|verification needed|"
    r"dead link|permanent dead link|when\?|who\?|where\?|why\?|by whom\?|according to whom\?|edit"
)
#: Marks of references in square brackets: directly after what they belong to, numbers also after a space.
_MARKS = re.compile(
    rf"(?:(?<=[^\s(\[{{“‘«])|(?<=[\w.,;:!?”’\")\]])\s(?=[^\]]*\](?:[\s.,;:)!?\]]|\Z)))(?:\[(?:{_NUMBERS}|{_REMARK})\])+(?::\d{{1,4}}(?:[–-]\d{{1,4}})?\b)?"
    r"|(?<=[.,;:!?\w)\]])(?:\[[a-z]\])+(?!\w)",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"(?:(?<=[.,;:!?”’\"')])|(?<=[A-Za-z]{4})(?<!feet)(?<!foot)(?<!inch)(?<!mile)(?<!tres)(?<!ters))[¹²³⁰⁴-⁹]+(?:[,–][¹²³⁰⁴-⁹]+)*"
)
#: What a link leads to: "(PDF)", "(PDF, 2.1 MB)".
_FILE_KIND = re.compile(
    r"\s?[(\[](?:PDF|DOCX?|XLSX?|PPTX?|EPUB|MP3|MP4)(?:[,;]?\s[\d.,]+\s?(?:[kKMG]i?B|pages?))?[)\]]"
)
_CAPITAL = re.compile(r"[A-Z“‘\"]")

#: The heading over a list of references.
_LIST_HEADING = re.compile(
    r"[#\s=]*(?:\d{1,2}[.)]?\s+)?(?:references?|notes|(?:notes|references) and (?:references|notes|sources)|footnotes?|endnotes?|"
    r"bibliography|works cited|citations?|sources?|further reading|external links|see also|literature)\s*(?:\[edit\])?[:=\s]*",
    re.IGNORECASE,
)
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
#: What only an entry of such a list has.
_ENTRY = re.compile(
    rf"\bRetrieved\s(?:on\s)?(?:\d|{_MONTH_NAME}\s\d)|\bAccessed\s(?:on\s)?(?:\d|{_MONTH_NAME}\s\d)|\bArchived\s(?:\(PDF\)\s)?from the original\b"
    r"|\bdoi:\s?10\.|\bISBN[\s:]*[\dX-]{9}|\bISSN[\s:]*\d{4}|\barXiv:\s?\d|\bBibcode:|\bOCLC\s\d|\bPMID\b"
    r"|^\s*(?:\d{1,3}[.)]\s*)?[\^↑]\s?\S|^\s*\[\^?[\w-]{1,12}\]:?\s\S"
    r"|^\s*(?:[-*•]\s|\d{1,3}[.)]\s|\[\d{1,3}\]\s)?[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?,\s[A-Z][\w.'’ -]{0,40}(?:[;,&].{0,120})?\s\((?:[^()]{0,20}\s)?\d{4}[a-z]?(?:,[^()]{0,20})?\)[.:,]?\s",
)
_LONGEST_ENTRY = 600
#: A line of so many words that ends in a full stop is prose, unless it is an entry.
_PROSE = 9
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


class Cleaned(NamedTuple):
    """A text as it is read, the edits that lead to it, and where headings begin in the text as given."""

    text: str
    edits: tuple[tuple[int, int, str], ...]
    headings: frozenset[int]


def clean(text: str, *, markdown: bool = False) -> Cleaned:
    """What of a text is read.

    Args:
        text: The text as given.
        markdown: Whether it is Markdown by its name; what looks like it is read so anyway.
    """
    draft = Draft(text)
    headings: set[int] = set()
    if markdown or looks_like_markdown(text):
        headings |= read_markdown(draft, declared=markdown)
    headings |= read_html(draft)
    _read_characters(draft)
    _leave_out_references(draft, headings)
    return Cleaned(draft.text, draft.edits(), frozenset(headings))


def clean_title(title: str) -> str:
    """A title without markup and without what cannot be seen, in one line."""
    return " ".join(clean(title).text.split())


def _read_characters(draft: Draft) -> None:
    if not _ODD.search(draft.text):
        return
    draft.replace(_DIVIDED, "")
    draft.replace(_INVISIBLE, "")
    draft.replace(_COMPOSED, _as_it_looks)
    draft.replace(_SPACED, " ")


def _as_it_looks(found: re.Match[str]) -> str:
    words = found.group()
    if words in _LOOKS:
        return _LOOKS[words]
    return unicodedata.normalize(
        "NFC" if words[0].isalpha() and len(words) > 1 and "\u0300" <= words[1] <= "\u036f" else "NFKC", words
    )


def _leave_out_references(draft: Draft, headings: set[int]) -> None:
    draft.edit(list(_reference_lines(draft, headings)))

    def without(found: re.Match[str]) -> str:
        # "in 2030.[12]The probe": the mark was all that stood between two sentences.
        following = draft.text[found.end() : found.end() + 1]
        return " " if _CAPITAL.match(following) and draft.text[found.start() - 1] in ".!?" else ""

    if "[" in draft.text:
        draft.replace(_MARKS, without)
    draft.replace(_RAISED, without)
    draft.replace(_FILE_KIND, "")


def _reference_lines(draft: Draft, headings: set[int]) -> Iterator[tuple[int, int, str]]:
    """The entries of lists of references, with the heading over them."""
    lines = [(m.start(), m.end(), m.group()) for m in _LINE.finditer(draft.text) if m.group().strip()]
    inside = False
    for i, (start, end, line) in enumerate(lines):
        if _LIST_HEADING.fullmatch(line):
            # What stands below tells whether "Notes" heads a list or a chapter.
            inside = i + 1 < len(lines) and _in_list(lines[i + 1][2])
            if inside:
                yield start, end, ""
        elif len(line) <= _LONGEST_ENTRY and _ENTRY.search(line):
            yield start, end, ""
        elif inside:
            inside = _in_list(line) and draft.place(start) not in headings
            if inside:
                yield start, end, ""


def _in_list(line: str) -> bool:
    if len(line) <= _LONGEST_ENTRY and _ENTRY.search(line):
        return True
    words = line.split()
    return len(words) < _PROSE or not words[-1].endswith((".", "!", "?", "”", '"'))
