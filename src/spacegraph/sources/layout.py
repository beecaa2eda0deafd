"""How a news text divides: headings, datelines, body paragraphs and furniture.

Blocks are stretches of characters of the text as it was given; together they hold every character that is
not white space. A block never reaches over a blank line, and lines that were broken by width only are
one block again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacegraph.model import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["find_blocks"]

#: Most words of a line without a full stop that can be a heading; a longer one is a sentence cut off.
_HEADING_WORDS = 22
#: A heading that begins in lower case has at most so many words.
_LOWER_HEADING_WORDS = 7
#: Width in characters at which text is broken into lines by hand or by mail programs.
_NARROWEST, _WIDEST = 45, 100
#: Longest paragraph, in characters, that is read as one: the time for a paragraph grows faster than its length.
_LONGEST = 8000
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+")
_SPACE = re.compile(r"\s+")
#: Paragraphs from the start in which a dateline may stand.
_DATELINE_PARAGRAPHS = 4

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)|[\f\u2029]")
_END = re.compile(r"[.!?…:;,](?:\[\d+\])*[\"'”’»)\]*_]*$|[—–-]$")
#: A full stop inside, after a word that is no abbreviation: more than one sentence.
_INNER_STOP = re.compile(r"[a-z]{4,}[.!?][\"”’]?\s+[\"“‘]?[A-Z]")
_LIST_ITEM = re.compile(r"(?:[-*•▪◦·‣–—]|\d{1,2}[.)])\s")
_UNDERLINE = re.compile(r"(?:=+|-{3,}|\*{3,}|_{3,}|\*(?:\s\*)+|#+)$")

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
_CAPS = r"[A-Z][A-Z.'’-]+(?:\s(?:[A-Z][A-Z.'’-]+|de|of|la|du))*"
_PLACE = r"[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|de|of|la|du))*"
_AGENCY = r"\([A-Z][\w&.,/ -]{1,30}\)"
_DATELINE = re.compile(
    rf"(?:(?:{_CAPS}(?:,\s{_PLACE}){{0,2}}|{_PLACE}(?:,\s{_PLACE}){{1,2}})(?:,?\s(?:{_DAY}|\({_DAY}\)))?(?:,?\s(?:/[\w ]+/|{_AGENCY}))?"
    rf"|{_AGENCY}|{_PLACE},?\s\(?{_DAY}\)?(?:,?\s{_AGENCY})?|{_PLACE}\s\((?:AP|AFP|UPI|CNN|BBC|Reuters|[A-Z]{{2,9}})\))"
    r"\s?(?:—|–|--|-|―)\s+(?=[\"'“‘(]?[A-Z0-9“])"
)

#: The title of a video or page that was copied along with its date and its length: "date 2022-03-08 ... 1:24".
_CLIP = re.compile(
    r"(?P<date>(?:date\s+)?\d{4}-\d{2}-\d{2}\s+)?(?P<title>\S.{0,160}?[^\W\d][^\w\s.]?)(?P<length>\s+\(?\d{1,2}:\d{2}(?::\d{2})?\)?)?$",
    re.IGNORECASE,
)

_FURNITURE = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(?:date[:\s]\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?" + _DAY + r"(?:[,|]?\s.{0,40})?$", 0),
        (r"\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]+)?$", 0),
        (r"(?:first\s|last\s)?(?:published|updated|posted|modified|issued|date)(?:\son|\sat|:)\s.{0,60}$", re.IGNORECASE),
        (r"B[yY]\s(?:[A-Z][\w.'’-]+\s?){1,4}(?:(?:,|\sand|\s\|)\s?.{0,60})?$", 0),
        (r"(?:photo|image|picture|video|graphic|credits?|courtesy|source|via)\b[\w\s/]{0,24}(?::|\bof\b|\bby\b).{0,90}[^.!?]$", re.IGNORECASE),
        (r"(?:read|see|watch|hear|find out|learn)\s(?:more|also|next|now|the full|related)\b.{0,120}$", re.IGNORECASE),
        (r"(?:related|watch|listen|more|also|recommended|see also|topics?|tags?|filed under|share)(?:\s\w+){0,2}\s?:\s?.{0,140}[^.!?]$", re.IGNORECASE),
        (r"(?:click|tap|scroll)\s(?:here|for|down|through)\b.{0,100}$", re.IGNORECASE),
        (r"(?:share|tweet|print|email|e-mail|comments?|subscribe|advertisement|sponsored|copy link|facebook|twitter|linkedin|whatsapp|reddit|listen)(?:\s?[|/·•]?\s?(?:this|on|via|to|article|story|facebook|twitter|linkedin|whatsapp|reddit|email|print|now|share|tweet|copy|link)){0,8}[.!]?$", re.IGNORECASE),
        (r"(?:sign up|subscribe|follow us|join us|get the latest|download)\b.{0,120}$", re.IGNORECASE),
        (r"(?:©|\(c\)\s|copyright\b).{0,160}$", re.IGNORECASE),
        (r".{0,120}\ball rights reserved\.?$", re.IGNORECASE),
        (r"\(?(?:additional )?(?:reporting|writing|editing|compiled)\s(?:by|in)\s.{0,200}\)?$", re.IGNORECASE),
        (r"(?:for (?:more|further) information|to learn more|for immediate release|media contacts?|press contacts?|contacts?)\b.{0,60}[^.]$", re.IGNORECASE),
        (r"(?:<?https?://|www\.)\S+$", re.IGNORECASE),
        (r"[\w.+-]+@[\w-]+\.[\w.]+$", 0),
        (r"\(?\+?\d[\d\s().-]{6,18}\d(?:\s?/\s?[\d\s().-]{7,20})?$", 0),
        (r"release:?\s#?[A-Z]{0,3}\d[\d-]*$", re.IGNORECASE),
        (r"[-–—#*\s]*(?:end|30|###|ends)[-–—#*\s]*$", re.IGNORECASE),
        (r"[^\w]+$", 0),
        (r"\(?(?:AP|AFP|Reuters|CNN|UPI|TASS)\)?$", 0),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def find_blocks(text: str, *, title: str = "", headings: Collection[int] = ()) -> tuple[Block, ...]:
    """Divide a news text into blocks, in its order.

    Args:
        text: The text of the article.
        title: Its title, where that is known apart from the text; the line that repeats it is a heading.
        headings: Where blocks begin that are headings by their markup.

    Returns:
        Blocks whose ``[start, end)`` hold no white space at their ends. They do not overlap, and all
        characters outside are white space.
    """
    paragraphs = [
        part
        for chunk in _chunks(text)
        for paragraph in _paragraphs(chunk)
        for part in _divided(text, *paragraph)
    ]
    blocks: list[Block] = []
    body_seen = 0
    only = len(paragraphs) == 1
    for i, (start, end) in enumerate(paragraphs):
        words = text[start:end]
        if (parts := _clip(words)) and not only:
            blocks += [Block(start=start + s, end=start + e, kind=kind) for s, e, kind in parts]
            continue
        next_words = text[paragraphs[i + 1][0] : paragraphs[i + 1][1]] if i + 1 < len(paragraphs) else ""
        if start in headings:
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.BODY if only else _kind(words, next_words, title=title)
        block = Block(start=start, end=end, kind=kind)
        if kind is BlockKind.BODY:
            body_seen += 1
            if body_seen <= _DATELINE_PARAGRAPHS and (found := _DATELINE.match(words)):
                after = start + found.end()
                blocks.append(
                    Block(start=start, end=start + len(found.group().rstrip()), kind=BlockKind.DATELINE)
                )
                block = replace(block, start=after)
        blocks.append(block)
    return tuple(blocks)


def _clip(words: str) -> list[tuple[int, int, BlockKind]]:
    """The parts of a line that is a title between a date and a length; empty for other lines."""
    found = _CLIP.match(words) if len(words) < 200 else None
    if found is None or (found["date"] is None and found["length"] is None):
        return []
    parts = [(found.start("title"), found.end("title"), BlockKind.HEADING)]
    if found["date"]:
        parts.insert(0, (0, len(found["date"].rstrip()), BlockKind.FURNITURE))
    if found["length"]:
        length = found["length"].strip()
        parts.append((len(words) - len(length), len(words), BlockKind.FURNITURE))
    return parts


def _chunks(text: str) -> list[list[_Line]]:
    """The lines between blank lines, stripped."""
    chunks: list[list[_Line]] = []
    last_end = -1
    for found in _LINE.finditer(text):
        words = found.group()
        stripped = words.strip()
        if not stripped:
            continue
        start = found.start() + len(words) - len(words.lstrip())
        line = _Line(start, start + len(stripped), stripped)
        if last_end < 0 or _BLANK.search(text, last_end, start):
            chunks.append([])
        chunks[-1].append(line)
        last_end = line.end
    return chunks


def _paragraphs(lines: list[_Line]) -> list[tuple[int, int]]:
    """Join the lines of a chunk that were broken by width, or in the middle of a sentence."""
    if len(lines) == 1:
        return [(lines[0].start, lines[0].end)]
    lengths = [len(line.text) for line in lines[:-1]]
    widest = max(lengths)
    wrapped = len(lines) > 2 and _NARROWEST <= widest <= _WIDEST
    spans: list[tuple[int, int]] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _continues(previous, line, widest if wrapped else 0):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        previous = line
    return spans


def _divided(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in parts of bounded length, each up to the end of a sentence, else of a word, where there is one."""
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max((m.end() for m in _SENTENCE_END.finditer(window, _LONGEST // 2)), default=0)
        cut = cut or max((m.end() for m in _SPACE.finditer(window, _LONGEST // 2)), default=_LONGEST)
        yield start, start + len(window[:cut].rstrip())
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def _continues(line: _Line, following: _Line, width: int) -> bool:
    if _LIST_ITEM.match(following.text) or _UNDERLINE.match(following.text):
        return False
    first_word = following.text.split(None, 1)[0]
    if width:
        # The next line's first word did not fit any more.
        return len(line.text) + 1 + len(first_word) > width - 8
    ended = _END.search(line.text) and line.text[-1] not in ",-"
    return not ended and first_word[:1].islower() and len(line.text) >= _NARROWEST


def _kind(words: str, next_words: str, *, title: str) -> BlockKind:
    if any(pattern.match(words) for pattern in _FURNITURE):
        return BlockKind.FURNITURE
    if title and words == title:
        return BlockKind.HEADING
    if _LIST_ITEM.match(words) or _END.search(words) or _INNER_STOP.search(words) or _DATELINE.match(words):
        return BlockKind.BODY
    if next_words and next_words[0].islower() and len(next_words.split()) > _LOWER_HEADING_WORDS:
        # The sentence goes on in the next paragraph.
        return BlockKind.BODY
    count = len(words.split())
    if words[0].islower():
        return BlockKind.HEADING if count <= _LOWER_HEADING_WORDS else BlockKind.BODY
    return BlockKind.HEADING if count <= _HEADING_WORDS else BlockKind.BODY
