"""When an article was published, as its own text or address says."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from spacegraph.model import BlockKind

if TYPE_CHECKING:
    from spacegraph.model import Block

__all__ = ["find_published", "parse_date"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"\b(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"\b(?P<mon>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)  # fmt: skip
_IN_ADDRESS = re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?:[/_-]|$)")
_LABEL = re.compile(
    r"\b(?:published|posted|issued|released|date|updated|modified)\b(?:\s+on|\s+at|:)?\s", re.IGNORECASE
)
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
#: Blocks at either end of a text in which its date may stand.
_HEAD_BLOCKS = 6
_FOOT_BLOCKS = 3
#: A line that is a date holds little else: a weekday, a time, a place.
_DATE_LINE_CHARS = 60
_EARLIEST = 1800


def parse_date(words: str) -> dt.date | None:
    """The first full date in some words (ISO 8601, "March 8, 2022", "8 March 2022"), or None.

    >>> parse_date("2022-03-08T10:00:00Z")
    datetime.date(2022, 3, 8)
    """
    best: tuple[int, dt.date] | None = None
    for pattern in _DATES:
        found = pattern.search(words)
        if found and (best is None or found.start() < best[0]) and (date := _date(found)):
            best = found.start(), date
    return best[1] if best else None


def find_published(text: str, blocks: tuple[Block, ...], *, url: str = "") -> dt.date | None:
    """The day of publication that a text shows at its head or foot, or its address; None if none does.

    Looked at in this order: furniture and headings at the head that are or are labelled as dates, datelines, the foot's
    labelled dates ("Published: ..."), the address ("/2022/03/08/"). A date that is merely mentioned in
    a sentence is not taken.

    Args:
        text: The text of the article.
        blocks: Its blocks.
        url: Its address, or "".
    """
    labelled: list[tuple[bool, dt.date]] = []
    for block in blocks[:_HEAD_BLOCKS]:
        words = text[block.start : block.end]
        if block.kind is BlockKind.BODY:
            continue
        date = parse_date(words)
        if date is None:
            continue
        is_label = bool(_LABEL.match(words))
        if (
            block.kind is BlockKind.DATELINE
            or is_label
            or len(words) <= _DATE_LINE_CHARS
            or words[:1].isdigit()
        ):
            labelled.append((bool(_UPDATED.search(words)), date))
    for block in blocks[_HEAD_BLOCKS:][-_FOOT_BLOCKS:]:
        words = text[block.start : block.end]
        if block.kind is BlockKind.FURNITURE and _LABEL.match(words) and (date := parse_date(words)):
            labelled.append((bool(_UPDATED.search(words)), date))
    if labelled:
        # The day of publication counts before that of a later change.
        return min(labelled, key=lambda entry: entry[0])[1]
    found = _IN_ADDRESS.search(url)
    return _date(found) if found else None


def _date(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    month = _MONTHS[parts["mon"].lower()] if parts.get("mon") else int(parts["m"])
    if int(parts["y"]) < _EARLIEST:
        return None
    try:
        return dt.date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None
