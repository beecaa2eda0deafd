"""Invented words in place of the words of names, so that the reader reads every name alike.

Which words are names' is told from letters alone (:mod:`spacegraph.language.tuning.name_words`). The first name word of a window becomes the
first stand-in, the next other one the second, and so on: what the window says of whom stays, who it is does not. The network was trained on
windows with names changed at random, so that it knows the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.tuning.name_words import BEFORE_KIND, FIRST, FURTHER, LETTERS, NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_name", "with_stand_ins"]

_NAMES = frozenset((FIRST, FURTHER, NAME, BEFORE_KIND, LETTERS))
_FIRST = "BDFGHKLMNPRSTVWZ"
_MIDDLE = ("alo", "eri", "una", "ovi", "ane", "iro", "ule", "ema", "ora", "ini")
_LAST = ("n", "r", "s", "th", "k", "l")
_LETTERS = "BDFGHKLMNPRSTVWZ"


def is_name(kind: int) -> bool:
    """Whether a token of this kind is a word of a name that a stand-in takes the place of."""
    return kind in _NAMES


def _word(number: int) -> str:
    first, number = _FIRST[number % len(_FIRST)], number // len(_FIRST)
    return (
        first
        + _MIDDLE[(number * 3 + _FIRST.index(first)) % len(_MIDDLE)]
        + _LAST[(number + _FIRST.index(first)) % len(_LAST)]
    )


def _letters(number: int) -> str:
    return "".join(_LETTERS[(number * k + k) % len(_LETTERS)] for k in (1, 3, 5, 7))[:4]


def with_stand_ins(words: Sequence[str], kinds: bytes) -> list[str]:
    """The words of a window with stand-ins for those of names.

    Args:
        words: The words.
        kinds: What each is, by :class:`~spacegraph.language.tuning.name_words.NameWords`.
    """
    other: dict[str, str] = {}
    result = []
    for word, kind in zip(words, kinds, strict=True):
        if is_name(kind):
            if word not in other:
                other[word] = _letters(len(other)) if kind == LETTERS else _word(len(other))
            result.append(other[word])
        else:
            result.append(word)
    return result
