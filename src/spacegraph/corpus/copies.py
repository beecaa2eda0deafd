"""Copies: articles that say the same in nearly the same words, such as one agency's text in many papers.

Their signatures (MinHash over shingles of words, made while reading) are cut into bands; articles that agree in a band are
compared, and those that are alike are linked. What hangs together is one group: one voice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.corpus.tables import PERMUTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

    from spacegraph.corpus.dataset import Dataset

__all__ = [
    "ALIKE",
    "BANDS",
    "CopyGroup",
    "Voice",
    "find_copies",
    "group_signatures",
    "groups_of",
    "superseded",
]

#: Share of shingles that copies have in common at least. Independent articles about one event have a few hundredths.
ALIKE = 0.5
#: Bands of a signature: with 4 values each, 87 of 100 pairs are found that have half of their shingles in common, 99 of
#: 100 that have six tenths, and one in three million of those that have a hundredth.
BANDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What tells which of some copies came first, and which are states of one page; ``place`` is that in the data set."""

    doc_id: str
    published: dt.date | None
    url: str
    source: str
    title: str
    place: int

    @property
    def age(self) -> tuple[dt.date, int]:
        """Sorts the oldest first, undated ones last."""
        return self.published or dt.date.max, self.place

    @property
    def page(self) -> tuple[str, ...]:
        """The page that it is a state of; empty where that is not known."""
        address = re.sub(r"^[a-z]+://(www\.)?|[?#].*$|/+$", "", self.url, flags=re.IGNORECASE)
        if address:
            return (address,)
        return (self.source, self.title) if self.source and self.title else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """Copies of one text, the oldest first."""

    copies: tuple[Voice, ...]

    @property
    def first(self) -> Voice:
        """The one that the others are copies of."""
        return self.copies[0]


def find_copies(dataset: Dataset) -> list[CopyGroup]:
    """The groups of copies in a data set, sorted by the first article of each.

    Raises:
        DatasetError: A shard cannot be read.
    """
    import numpy as np

    voices: list[Voice] = []
    parts: list[npt.NDArray[np.uint32]] = []
    for name in dataset.shards():
        table = dataset.read("articles", name, ["doc_id", "published", "url", "source", "title", "signature"])
        parts.append(
            np.asarray(table["signature"].combine_chunks().flatten(), dtype=np.uint32).reshape(
                -1, PERMUTATIONS
            )
        )
        for row in table.drop_columns(["signature"]).to_pylist():
            voices.append(Voice(place=len(voices), **row))
    if not voices:
        return []
    return groups_of(voices, group_signatures(np.concatenate(parts)))


def groups_of(voices: Sequence[Voice], groups: Iterable[Sequence[int]]) -> list[CopyGroup]:
    """Groups of voices for groups of their places."""
    found = [CopyGroup(copies=tuple(sorted((voices[i] for i in g), key=lambda v: v.age))) for g in groups]
    return sorted(found, key=lambda g: g.first.place)


def superseded(groups: Iterable[CopyGroup]) -> set[str]:
    """The identifiers of articles of which a group has a later state: the same page, or title and source."""
    old: set[str] = set()
    for group in groups:
        states: dict[tuple[str, ...], list[Voice]] = defaultdict(list)
        for voice in group.copies:
            if voice.page:
                states[voice.page].append(voice)
        for some in states.values():
            # Of states without a day, the later place is the later state.
            latest = max(some, key=lambda v: (v.published or dt.date.min, v.place))
            old.update(v.doc_id for v in some if v is not latest)
    return old


def group_signatures(signatures: npt.NDArray[np.uint32]) -> list[list[int]]:
    """The rows of signatures that are alike, in groups of two and more; rows ascend in each.

    What it takes grows as sorting does, with how many rows there are: within a band, a row is compared with the first one
    and with the one before it of those that agree in the band, not with all of them.
    """
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count, width = signatures.shape
    rows_of_band = width // BANDS
    factors = np.random.default_rng(0).integers(0, 1 << 64, rows_of_band, dtype=np.uint64)
    ones: list[npt.NDArray[np.int64]] = []
    others: list[npt.NDArray[np.int64]] = []
    for band in range(BANDS):
        # One number for a band: whole rows take ten times as long to sort, and two bands that share one are compared anyway.
        part = signatures[:, band * rows_of_band : (band + 1) * rows_of_band]
        keys = part.astype(np.uint64) @ factors
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        begins = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        firsts = order[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
        same = np.flatnonzero(~begins)
        ones += [firsts[same], order[same - 1]]
        others += [order[same], order[same]]
    pairs = np.unique(np.stack([np.concatenate(ones), np.concatenate(others)], axis=1), axis=0)
    alike = np.empty(len(pairs), dtype=bool)
    # Some at a time: many pairs of whole signatures would fill the memory.
    step = 100_000
    for start in range(0, len(pairs), step):
        some = pairs[start : start + step]
        equal = signatures[some[:, 0]] == signatures[some[:, 1]]
        alike[start : start + step] = equal.mean(axis=1) >= ALIKE
    linked = pairs[alike]
    graph = coo_matrix((np.ones(len(linked), dtype=np.int8), (linked[:, 0], linked[:, 1])), (count, count))
    _, labels = connected_components(graph, directed=False)
    touched = np.unique(linked)
    groups: dict[int, list[int]] = defaultdict(list)
    for row in touched.tolist():
        groups[int(labels[row])].append(row)
    return sorted(groups.values())
