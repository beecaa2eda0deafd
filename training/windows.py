"""Articles to windows: whole sentences up to so many word pieces, with their gold mentions and relations.

A window is what the encoder reads at once. Words are those of the reading pipeline; a word's first and last piece stand for it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spacegraph.language.reader.encoding import Pieces, shape_of, split_windows

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

#: Types of mentions, in the order of the outputs; the first is "no mention".
TYPES = (
    "", "Person", "Organisation", "Group", "Country", "Place", "Vehicle", "Station", "Mission", "Programme", "Product", "Body",
    "Event", "Work", "Award", "Role", "Occupation", "Clause", "Date", "Duration", "Quantity", "Money", "Language", "Other",
)  # fmt: skip
FACTUALITIES = ("asserted", "reported", "negated", "hypothetical", "planned")
#: Both ways round where a relation has no direction, and the other name for the other direction.
SYMMETRIC = frozenset(
    (
        "met",
        "agreedWith",
        "cooperatesWith",
        "negotiatesWith",
        "competesWith",
        "marriedTo",
        "relativeOf",
        "alsoKnownAs",
    )
)
INVERSE = {"aboard": "hasCrewMember", "hasCrewMember": "aboard", "fundedBy": "paysFor", "paysFor": "fundedBy"}
#: The widest mention, in words.
WIDEST = 12
_NAMED = frozenset(
    ("Person", "Organisation", "Vehicle", "Station", "Mission", "Programme", "Product", "Place", "Work")
)


@dataclass(slots=True)
class Window:
    """Sentences that the encoder reads at once; spans count in words of the window."""

    doc_id: str
    words: list[str]
    #: What each word is by its letters alone (:mod:`spacegraph.language.tuning.name_words`).
    kinds: bytes
    sents: list[tuple[int, int]]
    offset: int
    #: Gold spans with the number of their type.
    spans: dict[tuple[int, int], int] = field(default_factory=dict)
    #: (subject span, object span) -> {relation: factuality}
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], dict[str, int]] = field(default_factory=dict)
    #: Relations that hold elsewhere in the article between the things that two spans are: neither right nor wrong here.
    unsure: dict[tuple[tuple[int, int], tuple[int, int]], set[str]] = field(default_factory=dict)
    weight: float = 1.0


def articles_of(folder: Path, names: Sequence[str], split: str) -> list[dict[str, Any]]:
    """The prepared articles of some sets that belong to a split."""
    rows = []
    for name in names:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            rows += [row for row in map(json.loads, lines) if row["split"] == split]
    return rows


def windows_of(
    article: dict[str, Any], pieces: Pieces, limit: int, relations: Sequence[str]
) -> Iterator[Window]:
    """An article's windows with their gold."""
    words = [article["text"][s:e] for s, e in article["tokens"]]
    known = set(relations)
    types: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    names: dict[tuple[int, int], str] = {}
    facts: list[tuple[tuple[int, int], tuple[int, int], str, int]] = []
    holds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in article["facts"]:
        if fact["r"] not in known:
            continue
        s, o = tuple(fact["s"]), tuple(fact["o"])
        types[s][fact["st"]] += 1
        types[o][fact["ot"]] += 1
        names[s], names[o] = fact["sn"], fact["on"]
        f = FACTUALITIES.index(fact["f"])
        told = [(s, o, fact["r"])]
        if fact["r"] in SYMMETRIC:
            told.append((o, s, fact["r"]))
        if fact["r"] in INVERSE:
            told.append((o, s, INVERSE[fact["r"]]))
        facts += [(*t, f) for t in told]
        for a, b, r in told:
            holds[names[a], names[b]].add(r)
    for first, last in split_windows([len(pieces.of(w)) for w in words], article["sents"], limit):
        sents = [
            (max(s, first) - first, min(e, last) - first)
            for s, e in article["sents"]
            if s < last and e > first
        ]
        window = Window(article["id"], words[first:last], bytes(article["kinds"][first:last]), sents, first)
        for span, counts in types.items():
            whole = any(s <= span[0] - first and span[1] - first <= e for s, e in sents)
            if whole and span[1] - span[0] <= WIDEST:
                best = counts.most_common(1)[0][0]
                window.spans[span[0] - first, span[1] - first] = (
                    TYPES.index(best) if best in TYPES else TYPES.index("Other")
                )
        for s, o, r, f in facts:
            if first <= min(s[0], o[0]) and max(s[1], o[1]) <= last:
                a, b = (s[0] - first, s[1] - first), (o[0] - first, o[1] - first)
                if a in window.spans and b in window.spans and a != b:
                    window.pairs.setdefault((a, b), {})[r] = f
        for a in window.spans:
            for b in window.spans:
                if a != b:
                    more = holds.get(
                        (names[a[0] + first, a[1] + first], names[b[0] + first, b[1] + first]), set()
                    )
                    more = more - window.pairs.get((a, b), {}).keys()
                    if more:
                        window.unsure[a, b] = more
        yield window


@dataclass(slots=True)
class Foreign:
    """A text with facts of another inventory of relations (``training/inventories.py``)."""

    inventory: str
    window: Window
    #: Subject and object -> numbers of the inventory's relations.
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], set[int]]
    #: Relations of which all facts are annotated.
    told: set[int]


def foreign_of(folder: Path, without: Collection[str]) -> Iterator[Foreign]:
    """The texts of other inventories than those left out."""
    with (folder / "inventories.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["inventory"] in without or not row["tokens"]:
                continue
            words = [row["text"][s:e] for s, e in row["tokens"]]
            sents = [(s, e) for s, e in row["sents"]]
            window = Window(row["inventory"], words, bytes(row["kinds"]), sents, 0)
            pairs: dict[tuple[tuple[int, int], tuple[int, int]], set[int]] = {}
            for fact in row["facts"]:
                s, o = tuple(fact["s"]), tuple(fact["o"])
                if any(a <= min(s[0], o[0]) and max(s[1], o[1]) <= b for a, b in sents):
                    pairs.setdefault((s, o), set()).add(fact["r"])
                    # What it is is not known; that it has a name is seen, and enough to change that.
                    for start, end in (s, o):
                        named = any(w[:1].isupper() for w in words[start:end])
                        window.spans[start, end] = TYPES.index("Organisation" if named else "Other")
            if len(words) <= 160:
                yield Foreign(row["inventory"], window, pairs, set(row["told"]))


class Renamer:
    """Other names for the things of a window, so that no name is learnt by heart.

    Words of names are changed one by one, the same one throughout a window, for words of names of the same type elsewhere in
    the training set or invented ones; words that also occur in lower case stay.
    """

    def __init__(self, windows: Iterable[Window]) -> None:
        self.pools: dict[int, list[str]] = defaultdict(list)
        windows = list(windows)
        self.common = {w for window in windows for w in window.words if w.islower()}
        seen: set[tuple[int, str]] = set()
        for window in windows:
            for (s, e), kind in window.spans.items():
                if TYPES[kind] in _NAMED:
                    for word in window.words[s:e]:
                        if self._may_change(word) and (kind, word) not in seen:
                            seen.add((kind, word))
                            self.pools[kind].append(word)

    def _may_change(self, word: str) -> bool:
        return len(word) > 1 and word[0].isupper() and word.isalpha() and word.lower() not in self.common

    def renamed(self, window: Window, rng: random.Random) -> list[str]:
        """The words of a window with its things' names changed."""
        other: dict[str, str] = {}
        for (s, e), kind in window.spans.items():
            if TYPES[kind] not in _NAMED:
                continue
            for word in window.words[s:e]:
                if word not in other and self._may_change(word):
                    other[word] = self._other(word, kind, rng)
        return [other.get(w, w) for w in window.words]

    def _other(self, word: str, kind: int, rng: random.Random) -> str:
        if word.isupper() and len(word) <= 6:
            return "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVWXZ") for _ in word)
        if rng.random() < 0.6 and self.pools[kind]:
            return rng.choice(self.pools[kind])
        syllables = rng.randint(2, 3)
        made = "".join(rng.choice("bcdfghjklmnprstvwz") + rng.choice("aeiou") for _ in range(syllables))
        return (made + rng.choice(["", "n", "r", "s", "l", "k", "x", "th"])).capitalize()


__all__ = [
    "FACTUALITIES",
    "INVERSE",
    "SYMMETRIC",
    "TYPES",
    "WIDEST",
    "Foreign",
    "Pieces",
    "Renamer",
    "Window",
    "articles_of",
    "foreign_of",
    "shape_of",
    "windows_of",
]
