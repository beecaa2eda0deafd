"""A text that is being edited step by step, which remembers where each of its characters stood in the text as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

__all__ = ["Draft"]


class Draft:
    """A text as far as it has been edited.

    Args:
        given: The text as it was given.

    Attributes:
        text: The text as it is now.
    """

    def __init__(self, given: str) -> None:
        self.given = given
        self.text = given
        # The characters of the given text that each character stands for: [start, end).
        self._starts: NDArray[np.int64] | None = None
        self._ends: NDArray[np.int64] | None = None

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Put words in the place of characters ``[start, end)`` of the text as it is now; in order, apart from each other."""
        edits = list(edits)
        if not edits:
            return
        old_starts, old_ends = self._places()
        parts: list[str] = []
        starts: list[NDArray[np.int64]] = []
        ends: list[NDArray[np.int64]] = []
        at = 0
        for start, end, words in edits:
            parts += (self.text[at:start], words)
            first = old_starts[start] if start < len(self.text) else len(self.given)
            last = old_ends[end - 1] if end > start else first
            starts += (old_starts[at:start], np.full(len(words), first, np.int64))
            ends += (old_ends[at:start], np.full(len(words), last, np.int64))
            at = end
        parts.append(self.text[at:])
        self.text = "".join(parts)
        self._starts = np.concatenate([*starts, old_starts[at:]])
        self._ends = np.concatenate([*ends, old_ends[at:]])

    def replace(self, pattern: re.Pattern[str], words: str | Callable[[re.Match[str]], str]) -> None:
        """Edit every match of a pattern; what stays the same is no edit."""
        found = ((m, words if isinstance(words, str) else words(m)) for m in pattern.finditer(self.text))
        self.edit((m.start(), m.end(), new) for m, new in found if new != m.group())

    def place(self, offset: int) -> int:
        """Where a character of the text as it is now stood in the text as given."""
        return offset if self._starts is None else int(self._starts[offset])

    def edits(self) -> tuple[tuple[int, int, str], ...]:
        """The edits that lead from the text as given to the text as it is now, as few as there can be."""
        if self._starts is None or self._ends is None:
            return ()
        given = np.frombuffer(self.given.encode("utf-32-le"), np.uint32)
        now = np.frombuffer(self.text.encode("utf-32-le"), np.uint32)
        kept = self._ends - self._starts == 1
        kept[kept] = given[self._starts[kept]] == now[kept]
        places = np.flatnonzero(kept)
        # Runs of characters that are kept one after the other, with what lies between them.
        if len(places):
            broken = np.flatnonzero((np.diff(places) != 1) | (np.diff(self._starts[places]) != 1))
            firsts = [int(places[0]), *(int(p) for p in places[broken + 1]), len(self.text)]
            lasts = [*(int(p) for p in places[broken]), int(places[-1]), len(self.text)]
        else:
            firsts = lasts = [len(self.text)]
        made: list[tuple[int, int, str]] = []
        read = at = 0
        for first, last in zip(firsts, lasts, strict=True):
            until = int(self._starts[first]) if first < len(self.text) else len(self.given)
            made += self._between(read, first, at, until)
            read, at = last + 1, until + last + 1 - first
        return tuple(made)

    def _between(self, read: int, until: int, at: int, end: int) -> list[tuple[int, int, str]]:
        """The edits that make characters ``[read, until)`` of ``[at, end)`` of the text as given, each with its own place."""
        assert self._starts is not None
        assert self._ends is not None
        made: list[tuple[int, int, str]] = []
        for place in range(read, until):
            start, stop = int(self._starts[place]), int(self._ends[place])
            if made and (start < at or (start, stop) == made[-1][:2]):
                made[-1] = made[-1][0], max(made[-1][1], stop), made[-1][2] + self.text[place]
            else:
                if start > at:
                    made.append((at, start, ""))
                made.append((start, stop, self.text[place]))
            at = max(at, stop)
        if at < end:
            made.append((at, end, ""))
        return made

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._starts is None or self._ends is None:
            self._starts = np.arange(len(self.text), dtype=np.int64)
            self._ends = self._starts + 1
        return self._starts, self._ends
