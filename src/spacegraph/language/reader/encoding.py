"""Words to what the encoder takes: word pieces, the shapes of words, and windows of whole sentences.

Word pieces are WordPiece (Schuster and Nakajima 2012) as BERT uses it, uncased; the shape of each word gives back what lower-casing loses.
The trainer (``training/``) reads its texts through these very functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["SHAPES", "WINDOW", "Pieces", "shape_of", "split_windows"]

#: How many shapes :func:`shape_of` tells apart, and 0 for what is no word.
SHAPES = 8
#: Word pieces of a window, without the two that mark its ends.
WINDOW = 230
#: A word of more pieces than this is no word, but a link or a code; its first ones stand for it.
_LONGEST = 24
#: Words whose pieces are remembered.
_REMEMBERED = 50_000


def shape_of(word: str) -> int:
    """The shape of a word, 1 to 7: lower case, Capitalised, CAPITALS, mIxed, with digits, punctuation, one capital."""
    if word.islower() and word.isalpha():
        return 1
    if word.isalpha():
        if len(word) == 1 and word.isupper():
            return 7
        if word.isupper():
            return 3
        return 2 if word[0].isupper() and word[1:].islower() else 4
    if any(ch.isdigit() for ch in word):
        return 5
    if any(ch.isalpha() for ch in word):
        return 4 if not word.islower() else 1
    return 6


class Pieces:
    """The word pieces of words, remembered.

    Args:
        path: A ``tokenizer.json`` of the tokenizers library.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[int, ...]] = {}

        def id_of(*names: str) -> int:
            return int(next(i for n in names if (i := self._tokenizer.token_to_id(n)) is not None))

        self.start, self.end = id_of("[CLS]", "<s>"), id_of("[SEP]", "</s>")
        self.unknown, self.padding = id_of("[UNK]"), id_of("[PAD]", "<pad>")

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word, at least one."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[:_LONGEST]
            found = self._known[word] = tuple(ids) or (self.unknown,)
        return found


def split_windows(
    lengths: Sequence[int], sents: Sequence[Sequence[int]], limit: int = WINDOW
) -> Iterator[tuple[int, int]]:
    """Divide an article into windows of whole sentences of at most ``limit`` pieces; a longer sentence is cut.

    Args:
        lengths: How many pieces each token has.
        sents: The sentences, as tokens ``[start, end)``.
        limit: The most pieces of a window.

    Yields:
        Tokens ``[first, past)`` of each window, in order; every token stands in exactly one.
    """
    first = last = 0
    used = 0
    for start, end in sents:
        size = sum(lengths[start:end])
        if used and used + size > limit:
            yield first, last
            first, used = start, 0
        if size > limit:
            # Only a sentence that alone is too long is cut, where the window is full.
            for n in range(start, end):
                if used and used + lengths[n] > limit:
                    yield first, n
                    first, used = n, 0
                used += lengths[n]
            last = end
            continue
        last, used = end, used + size
    if last > first:
        yield first, last
