"""From the network's figures to mentions and relations of one article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spacegraph.language.reader.encoding import split_windows
from spacegraph.language.reader.stand_ins import is_name, with_stand_ins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from spacegraph.language.reader.session import Floats, Ints, ReaderModel

__all__ = ["FoundPairs", "FoundSpan", "distances", "read_pairs"]

#: Word pieces that a name's word counts for.
_OF_NAME = 3
#: The widest mention, in words.
WIDEST = 12
#: The least probability that a span is a mention, for it to take part in relations.
LEAST_MENTION = 0.25
#: Most mentions of one sentence that take part.
MOST_MENTIONS = 16


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A mention that the reader sees: tokens ``[start, end)``, the likeliest type, and the probability that it is a mention."""

    start: int
    end: int
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class FoundPairs:
    """The pairs of mentions of one window.

    ``spans`` count in tokens of the article; ``pairs`` is ``[pairs, 2]``, places in ``spans``; ``vectors`` is ``[pairs, size]``,
    ``own`` ``[pairs, relations]`` logits, ``factuality`` ``[pairs, 5]`` probabilities.
    """

    spans: list[FoundSpan]
    pairs: Ints
    vectors: Floats
    own: Floats
    factuality: Floats


def distances(start: Ints, end: Ints, pairs: Ints, bounds: Sequence[int]) -> Ints:
    """Buckets of the distance between subject and object, in words; those of objects that stand before lie above."""
    a, b = pairs[:, 0], pairs[:, 1]
    after = start[b] >= start[a]
    gap = np.maximum(np.where(after, start[b] - end[a], start[a] - end[b]), 0)
    found = np.searchsorted(np.asarray(bounds), gap, side="right")
    return np.asarray(np.where(after, found, len(bounds) + found), dtype=np.int64)


def read_pairs(
    model: ReaderModel, words: Sequence[str], sents: Sequence[tuple[int, int]], kinds: bytes = b""
) -> Iterator[FoundPairs]:
    """The mentions of an article and their pairs within sentences, window by window.

    Args:
        model: The loaded model.
        words: The article's tokens.
        sents: Its sentences, as tokens ``[start, end)``.
        kinds: What each token is by its letters alone; names are then read through stand-ins. Empty reads the words as they are.
    """
    if kinds:
        # Where a window ends must not depend on how long a name is.
        lengths = [
            _OF_NAME if is_name(kind) else len(model.pieces.of(w))
            for w, kind in zip(words, kinds, strict=True)
        ]
    else:
        lengths = [len(model.pieces.of(word)) for word in words]
    at = 0
    for first, past in split_windows(lengths, sents, model.window):
        # Where on the page a text begins and ends says nothing.
        while first < past and words[first].isspace():
            first += 1
        stop = past
        while first < stop and words[stop - 1].isspace():
            stop -= 1
        inside = []
        while at < len(sents) and sents[at][0] < past:
            start, end = max(sents[at][0], first), min(sents[at][1], stop)
            if start < end:
                inside.append((start - first, end - first))
            if sents[at][1] > past:
                break
            at += 1
        window = words[first:stop]
        if kinds:
            window = with_stand_ins(window, kinds[first:stop])
        yield _read_window(model, window, inside, first)


def _read_window(
    model: ReaderModel, words: Sequence[str], sents: Sequence[tuple[int, int]], offset: int
) -> FoundPairs:
    firsts, lasts = model.encode(words)
    start, end, sentence = _all_spans(sents)
    types = model.span_types(firsts, lasts, start, end)
    kept = _pick(start, end, sentence, 1 - types[:, 0])
    start, end, sentence, types = start[kept], end[kept], sentence[kept], types[kept]
    spans = [
        FoundSpan(
            int(s) + offset, int(e) + offset, model.types[1 + int(t[1:].argmax())], round(1 - float(t[0]), 3)
        )
        for s, e, t in zip(start, end, types, strict=True)
    ]
    same = sentence[:, None] == sentence[None, :]
    np.fill_diagonal(same, val=False)
    pairs = np.argwhere(same).astype(np.int64)
    if not len(pairs):
        nothing = np.zeros((0, 1), dtype=np.float32)
        return FoundPairs(spans, pairs.reshape(0, 2), nothing, nothing, nothing)
    bounds = np.array([sents[n] for n in sentence[pairs[:, 0]]], dtype=np.int64)
    vectors, own, factuality = model.pair_vectors(
        firsts,
        lasts,
        types,
        np.stack([start, end - 1], 1),
        pairs,
        distances(start, end, pairs, model.card["distances"]),
        bounds,
    )
    return FoundPairs(spans, pairs, vectors, own, factuality)


def _all_spans(sents: Sequence[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    """Every span that could be a mention, with the number of its sentence."""
    starts, ends, numbers = [], [], []
    for n, (first, past) in enumerate(sents):
        start = np.repeat(np.arange(first, past), WIDEST)
        end = start + np.tile(np.arange(1, WIDEST + 1), past - first)
        fits = end <= past
        starts.append(start[fits])
        ends.append(end[fits])
        numbers.append(np.full(int(fits.sum()), n))
    if not starts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(numbers)


def _pick(start: Ints, end: Ints, sentence: Ints, probability: Floats) -> NDArray[np.int64]:
    """The likeliest spans of each sentence; of two that cross, the likelier. In the order of the text."""
    likely = np.nonzero(probability >= LEAST_MENTION)[0]
    # Rounded, and in the order of the text where equal, so that another processor's last digit changes nothing.
    likely = likely[np.lexsort((end[likely], start[likely], -np.round(probability[likely], 3)))]
    kept: dict[int, list[int]] = {}
    for n in likely.tolist():
        others = kept.setdefault(int(sentence[n]), [])
        s, e = start[n], end[n]
        if len(others) < MOST_MENTIONS and not any(
            start[k] < s < end[k] < e or s < start[k] < e < end[k] for k in others
        ):
            others.append(n)
    found = sorted((n for of in kept.values() for n in of), key=lambda n: (start[n], end[n]))
    return np.array(found, dtype=np.int64)
