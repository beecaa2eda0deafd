"""An article in pieces that end where sentences end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Window", "sentences", "windows"]

#: Sentences before a piece that stand there so that it is known who is meant.
BEFORE = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Lines of one question: number (from 1), text, and whether it is there for context only."""

    lines: tuple[tuple[int, str, bool], ...]

    @property
    def text(self) -> str:
        """The text, without numbers."""
        return "\n".join(text for _, text, _ in self.lines)


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """The tokens ``[start, end)`` of each sentence that is a line: all that are not blank, in their order."""
    return [(s.start, s.end) for s in doc.sents if s.text.strip()] if len(doc) else []


def windows(doc: Doc, most: int) -> list[Window]:
    """The pieces of a text, none much longer than ``most`` characters (a sentence is never divided)."""
    lines = [
        (n, " ".join(doc[start:end].text.split())) for n, (start, end) in enumerate(sentences(doc), start=1)
    ]
    found: list[Window] = []
    first = size = 0
    for at, (_, text) in enumerate(lines):
        if at > first and size + len(text) > most:
            found.append(_window(lines, first, at))
            first, size = at, 0
        size += len(text) + 1
    if lines:
        found.append(_window(lines, first, len(lines)))
    return found


def _window(lines: list[tuple[int, str]], first: int, end: int) -> Window:
    before = lines[max(0, first - BEFORE) : first]
    return Window(
        (*((n, text, True) for n, text in before), *((n, text, False) for n, text in lines[first:end]))
    )
