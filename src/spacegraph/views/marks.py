"""Where an article names things, and where sentences begin and end: what the article view marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.model import Article, Fact

__all__ = ["find_names", "sentence_around", "utf16_offsets"]

#: Names shorter than this are words more often than names.
_SHORTEST = 2
#: A word, or a mark that stands for itself.
_WORD = re.compile(r"\w+|[^\w\s]")
#: The end of a sentence: its mark, closing quotation marks and brackets, then space and something that begins one; or a
#: line's end.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9])|\s*\n+\s*")
#: What looks like the end of a sentence and is not one: titles and initials.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Prof|Jr|Sr|No|vs|Inc|Co|Corp|Ltd)\.$"
)


def find_names(article: Article, facts: Iterable[Fact]) -> list[tuple[int, int, str]]:
    """Where an article names the things that its facts are about, by label or alias.

    Args:
        article: The article.
        facts: The facts from it.

    Returns:
        Start, end and IRI of each place, in order; where names overlap, the longest that begins first.
    """
    by_first_word: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for fact in facts:
        for entity in (fact.subject, fact.object, fact.attributed_to):
            if isinstance(entity, Entity):
                for name in (entity.label, *entity.aliases):
                    first = _WORD.search(name)
                    if len(name) >= _SHORTEST and first and first.start() == 0:
                        by_first_word[first[0]].setdefault(name, entity.iri)
    longest_first = {
        word: sorted(names, key=lambda name: (-len(name), name)) for word, names in by_first_word.items()
    }
    text = article.text
    found = []
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for name in longest_first.get(word[0], ()):
            after = word.start() + len(name)
            if text.startswith(name, word.start()) and not (
                name[-1].isalnum() and text[after : after + 1].isalnum()
            ):
                found.append((word.start(), after, by_first_word[word[0]][name]))
                end = after
                break
    return found


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that characters ``[start, end)`` lie in, without white space around them."""
    spans = _sentences(text)
    first = max(bisect_right(spans, (start, len(text))) - 1, 0)
    last = first
    while last + 1 < len(spans) and spans[last + 1][0] < end:
        last += 1
    return min(spans[first][0], start), max(spans[last][1], end)


def utf16_offsets(text: str, offsets: Sequence[int]) -> list[int]:
    """Offsets in characters as offsets in UTF-16 code units, which is how JavaScript counts.

    An offset outside the text is taken to its nearest end.
    """
    wide = _wide(text)
    found = []
    for offset in offsets:
        inside = min(max(offset, 0), len(text))
        found.append(inside + (bisect_right(wide, inside - 1) if wide else 0))
    return found


@lru_cache(maxsize=16)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence; at least one."""
    spans = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if "\n" not in found[0] and _ABBREVIATION.search(text, max(0, found.start() - 8), found.start()):
            continue
        # Closing quotation marks belong to the sentence that they close.
        closing = len(found[0]) - len(found[0].lstrip("”’\"')]"))
        spans.append((start, found.start() + closing))
        start = found.end()
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return tuple(spans)


@lru_cache(maxsize=16)
def _wide(text: str) -> tuple[int, ...]:
    """Where characters stand that UTF-16 writes as two code units."""
    if not text or max(text) <= "\uffff":
        return ()
    return tuple(number for number, char in enumerate(text) if char > "\uffff")
