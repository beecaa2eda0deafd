"""Labels at the beginning of lines, as transcripts have them: "Ines Kovar:", "Q:", "@inesk:"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Label", "find_labels"]

_ROLES = frozenset(("q", "a", "question", "answer", "interviewer", "moderator", "host", "reporter"))
#: Most words of a name in a label, and of what stands in brackets after it.
_LONGEST_NAME = 4
_LONGEST_BRACKET = 8


class Label(NamedTuple):
    """A label: tokens ``[start, end)`` say who, and the speech begins at ``speech``."""

    start: int
    end: int
    speech: int
    named: bool


def find_labels(words: Sequence[str]) -> list[Label]:
    """What may be labels by its words alone, in the order of the text."""
    found = []
    for start, word in enumerate(words):
        if start and "\n" not in words[start - 1]:
            continue
        if word.lower() in _ROLES or (word.startswith("@") and len(word) > 1):
            end = start + 1
            named = False
        else:
            end = start
            while end < min(len(words), start + _LONGEST_NAME) and _is_name_word(words[end]):
                end += 1
            named = True
        colon = end
        if words[end : end + 1] == ["("] and ")" in words[end : end + _LONGEST_BRACKET]:
            colon = words.index(")", end) + 1
        if end > start and words[colon : colon + 1] == [":"] and colon + 1 < len(words):
            found.append(Label(start, end, colon + 1, named))
    return found


def _is_name_word(word: str) -> bool:
    return (
        word[:1].isupper()
        and word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
    )
