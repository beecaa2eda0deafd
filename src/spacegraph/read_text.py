"""A text as it is read beside the text as it was given: without markup and what nobody sees, and with offsets both ways.

The language components read :attr:`ReadText.text`; evidence points into the text as given.

>>> read = ReadText("The <b>Vela</b>&nbsp;probe", ((4, 7, ""), (11, 15, ""), (15, 21, " ")))
>>> read.text, read.given(4, 14)
('The Vela probe', (7, 26))
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ReadText"]


class ReadText:
    """What is read of a text.

    Args:
        given: The text as it was given.
        edits: ``(start, end, words)``: the characters ``[start, end)`` of it are read as ``words``. In order and apart
            from each other.
    """

    __slots__ = ("_given", "_read", "text")

    def __init__(self, given: str, edits: Iterable[tuple[int, int, str]]) -> None:
        parts: list[str] = []
        #: Where each piece begins, in either text, with the length of both at the end; every second piece is an edit.
        self._read: list[int] = [0]
        self._given: list[int] = [0]
        at = length = 0
        for start, end, words in edits:
            parts += (given[at:start], words)
            length += start - at
            self._read += (length, length + len(words))
            self._given += (start, end)
            length += len(words)
            at = end
        parts.append(given[at:])
        self.text = "".join(parts)
        self._read.append(len(self.text))
        self._given.append(len(given))

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``[start, end)`` of the text as read stand in the text as given."""
        return _moved(start, end, self._read, self._given)

    def read(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``[start, end)`` of the text as given stand in the text as read."""
        return _moved(start, end, self._given, self._read)


def _moved(start: int, end: int, here: list[int], there: list[int]) -> tuple[int, int]:
    first = _piece(start, here)
    moved = there[first] if first % 2 else there[first] + start - here[first]
    if end <= start:
        return moved, moved
    last = _piece(end - 1, here)
    return moved, there[last + 1] if last % 2 else there[last] + end - here[last]


def _piece(offset: int, starts: list[int]) -> int:
    """The piece that holds a character: the last that begins there, since pieces may be empty."""
    return max(0, min(bisect_right(starts, offset) - 1, len(starts) - 2))
