"""Quotation marks paired off: which stretches of a text stand between them.

All styles are read: “ ” ‘ ’ " ' « » „ “ ‹ ›, nested ones too. A mark that has no partner in its paragraph opens speech
that goes on in the next paragraph where that begins with the same mark (the rule of English typesetting:
Chicago Manual of Style, 13.30), and else a stretch up to the end of its paragraph; a closing mark alone closes
a stretch from the paragraph's beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["MARKS", "Quoted", "find_quoted"]

#: Marks by family; the direction is "(" for opening, ")" for closing, "?" where the place decides.
MARKS = {
    "“": ("double", "("), "”": ("double", ")"), "‟": ("double", "("), '"': ("straight", "?"), "``": ("double", "("),
    "''": ("double", ")"), "„": ("low", "("), "«": ("angle", "?"), "»": ("angle", "?"), "‘": ("single", "("),
    "’": ("single", ")"), "‚": ("low single", "("), "'": ("straight single", "?"), "‹": ("single angle", "?"),
    "›": ("single angle", "?"), "`": ("single", "("), "″": ("straight", "?"), "＂": ("straight", "?"),
}  # fmt: skip
#: What may close a family beside its own marks.
_CLOSES = {"low": ("“", "”", '"'), "low single": ("‘", "’"), "double": ('"',), "straight": ("”",)}
_OPENING_NEIGHBOURS = frozenset(("(", "[", "{", "—", "–", "--", "-", "…"))
_SPEECH_STOPS = frozenset((".", ",", "!", "?", "…", "...", "?!", "!?", "]"))
#: A single mark that closes nothing is an apostrophe; it opens only so far ahead of its partner, in tokens.
_LONGEST_SINGLE = 60


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens ``[start, end)`` between two marks, which stand at ``opened`` and ``closed``.

    ``opened`` and ``closed`` are -1 where the mark is missing. ``depth`` is 0 for a stretch in no other.
    ``goes_on`` tells that the next paragraph continues it.
    """

    start: int
    end: int
    opened: int
    closed: int
    depth: int = 0
    goes_on: bool = False


@dataclass(slots=True)
class _Open:
    at: int
    family: str


def find_quoted(tokens: Tokens, paragraphs: list[tuple[int, int]]) -> list[Quoted]:
    """The quoted stretches of a text, in the order of their starts, outer ones first.

    Args:
        tokens: The tokens.
        paragraphs: The token ranges of the paragraphs; stretches do not cross them.
    """
    found: list[Quoted] = []
    for number, (start, end) in enumerate(paragraphs):
        if not any(word in MARKS for word in tokens.text[start:end]):
            continue
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found += _paragraph(tokens, start, end, following)
    found = [q for q in found if q.end > q.start]
    found.sort(key=lambda q: (q.start, -q.end))
    return found


def _paragraph(tokens: Tokens, start: int, end: int, following: tuple[int, int] | None) -> list[Quoted]:
    found: list[Quoted] = []
    stack: list[_Open] = []
    for i in range(start, end):
        mark = MARKS.get(tokens.text[i])
        if mark is None:
            continue
        family, direction = mark
        if tokens.text[i] == "`" and i + 1 < end and tokens.text[i + 1] == "`" and not tokens.space[i]:
            continue
        if tokens.text[i] == "`" and i > start and tokens.text[i - 1] == "`" and not tokens.space[i - 1]:
            family = "double"  # TeX's opening mark, in two tokens.
        opener = _opener_closed_by(tokens, i, stack, start, end)
        if opener >= 0 and (direction != "(" or stack[opener].family in ("low", "low single")):
            opened = stack[opener]
            del stack[opener:]
            found.append(Quoted(opened.at + 1, i, opened.at, i, depth=len(stack)))
        elif direction != ")" and _may_open(tokens, i, family, start, end):
            continued = following is not None and _begins_with(tokens, following, family)
            same = any(opened.family == family for opened in stack)
            if same and not _nests(tokens, i, end, continued=continued):
                # The earlier mark has no partner.
                stack[:] = [opened for opened in stack if opened.family != family]
            stack.append(_Open(i, family))
        elif not stack and family in ("double", "straight") and _closes_from_start(tokens, i, start):
            begin = max((q.closed + 1 for q in found if q.depth == 0), default=start)
            # Speech whose opening mark is missing begins where the paragraph, or its last sentence, begins.
            sentence = tokens.sentence(i - 1)[0]
            found.append(Quoted(begin if begin == start else max(begin, sentence), i, -1, i))
    for depth, opened in enumerate(stack):
        if "single" in opened.family or depth > 0:
            continue
        goes_on = following is not None and _begins_with(tokens, following, opened.family)
        last = end
        while last > opened.at + 1 and tokens.pos[last - 1] == "SPACE":
            last -= 1
        found.append(Quoted(opened.at + 1, last, opened.at, -1, goes_on=goes_on))
    return found


def _opener_closed_by(tokens: Tokens, i: int, stack: list[_Open], start: int, end: int) -> int:
    """The place in the stack of the mark that token ``i`` closes, or -1."""
    word = tokens.text[i]
    family, direction = MARKS[word]
    for place in range(len(stack) - 1, -1, -1):
        opened = stack[place]
        if opened.family == family or word in _CLOSES.get(opened.family, ()):
            break
    else:
        return -1
    if "single" in family:
        if i > start and tokens.space[i - 1]:
            return -1
        if tokens.tag[i] == "POS" and i + 1 < end and tokens.pos[i + 1] in ("NOUN", "PROPN", "ADJ"):
            # "the astronauts' suits": an apostrophe, as long as another mark can close the speech.
            rest = tokens.text[i + 1 : min(end, i + _LONGEST_SINGLE)]
            return -1 if word in rest else place
        return place
    if direction == "?" and family == "straight":
        # `said "yes"` closes; `"She said "yes" twice"` opens a second time where white space stands before.
        before = i > start and (tokens.space[i - 1] or tokens.pos[i - 1] == "SPACE")
        after = i + 1 >= end or tokens.space[i] or tokens.pos[i + 1] in ("SPACE", "PUNCT")
        if before and not after and i - 1 != stack[place].at:
            return -1
    return place


def _nests(tokens: Tokens, i: int, end: int, *, continued: bool) -> bool:
    """Whether a second opening mark stands inside the speech of the first, as far as the closing ones tell."""
    family, direction = MARKS[tokens.text[i]]
    if direction != "(":
        return False
    closing = sum(MARKS.get(tokens.text[j]) == (family, ")") for j in range(i + 1, end))
    if closing > sum(MARKS.get(tokens.text[j]) == (family, "(") for j in range(i, end)):
        return True
    return continued


def _may_open(tokens: Tokens, i: int, family: str, start: int, end: int) -> bool:
    if i + 1 >= end:
        return False
    before_free = (
        i == start
        or tokens.space[i - 1]
        or tokens.pos[i - 1] == "SPACE"
        or tokens.text[i - 1] in _OPENING_NEIGHBOURS
        or tokens.text[i - 1] in MARKS
    )
    if MARKS[tokens.text[i]][1] == "?":
        after_free = tokens.space[i] or tokens.pos[i + 1] == "SPACE"
        if not before_free or after_free:
            return False
    if "single" not in family or tokens.text[i] == tokens.text[i - 1] == "`":
        return True
    if not before_free or tokens.space[i] or tokens.tag[i] == "POS":
        return False
    closing = "’" if family in ("single", "low single") else tokens.text[i]
    return any(
        tokens.text[j] == closing and not tokens.space[j - 1]
        for j in range(i + 2, min(end, i + _LONGEST_SINGLE))
    )


def _closes_from_start(tokens: Tokens, i: int, start: int) -> bool:
    """Whether a closing mark without partner closes speech: it follows a stop directly."""
    if i <= start or tokens.space[i - 1] or tokens.text[i - 1] not in _SPEECH_STOPS:
        return False
    return i + 1 >= tokens.size or tokens.space[i] or tokens.pos[i + 1] in ("SPACE", "PUNCT")


def _begins_with(tokens: Tokens, paragraph: tuple[int, int], family: str) -> bool:
    for i in range(*paragraph):
        if tokens.pos[i] != "SPACE":
            mark = MARKS.get(tokens.text[i])
            return mark is not None and mark[0] == family
    return False
