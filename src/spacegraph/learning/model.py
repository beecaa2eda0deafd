"""A linear model over pairs of candidates: which relation, if any, holds between the two.

For each relation it has some dozens of :class:`Clue` values, things that can be read ("path=nsubjpass>discover<agent",
"before=in"), whose weights add up to log-odds. A sentence costs one pass over its candidates and one over the
likeliest of their pairs. What is taken from the ranked list is what makes the expected F1 of the sentence highest
(Dembczyński et al. 2011), or whatever is likelier than not. :mod:`spacegraph.learning.training` finds the clues,
:mod:`spacegraph.learning.turtle` writes them down.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from spacegraph.learning.candidates import VALUES, Candidate, bare, candidates
from spacegraph.learning.features import Words, pair_features, unary_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from spacegraph.learning.labels import Labels

__all__ = [
    "SIDES",
    "Clue",
    "LinearModel",
    "Reading",
    "RelationClues",
    "Scored",
    "Triple",
    "alike",
    "best_by_expected_f1",
    "coordinated",
]

Triple = tuple[str, str, str]

#: What a clue can be about.
SIDES = ("subject", "object", "pair")
#: Most pairs of a sentence that are looked at closely.
MOST_PAIRS = 90
#: Most pairs of a sentence that compete for a place.
MOST_SCORED = 60
#: Log-odds below which nothing competes.
LEAST_SCORE = -14.0
#: From scores to probabilities: the training pairs are mostly negative, so that scores come out too low and too
#: steep for what a sentence of the domain holds. Set once over six ontologies' examples.
SHIFT, STEEPNESS = 1.0, 0.5
#: What the second object of a relation that takes one costs, in log-odds.
SURPLUS = 0.5
#: What a thing in a list loses against the likeliest one, in log-odds.
SHARED = 0.7
_LIST_WORDS = frozenset((",", "and", "or", "&", "/", ";"))
_RULED_OUT = -99.0


@dataclass(frozen=True, slots=True)
class Clue:
    """What speaks for a relation (weight above 0) or against it, in log-odds.

    ``side`` is what it is about: the ``subject``, the ``object`` or the ``pair``; ``sees`` what it looks for there, as
    :mod:`spacegraph.learning.features` writes it. ``support`` is in how many examples it stood by a triple of the
    relation, ``precision`` (0 to 1) in what share of those that it was seen in, where an example that alone suggests
    it is left out.
    """

    side: str
    sees: str
    weight: float
    support: int = 0
    precision: float = 0.0


@dataclass(frozen=True, slots=True)
class RelationClues:
    """All that a relation is told by.

    ``base`` are its log-odds before any clue; ``kinds`` the kinds of candidates that it takes as objects; ``objects``
    (``subjects``) how many objects (subjects) a thing usually has in a sentence; ``together`` the relations that may
    join the same two things; ``across`` whether it also joins things of two sentences.
    """

    relation: str
    base: float = 0.0
    kinds: tuple[str, ...] = ()
    objects: int = 1
    subjects: int = 1
    together: tuple[str, ...] = ()
    across: bool = False
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation between two candidates, with what they are called and a probability, 0 to 1."""

    subject: Candidate
    relation: str
    object: Candidate
    subject_label: str
    object_label: str
    probability: float

    @property
    def triple(self) -> Triple:
        """Subject, relation and object as strings."""
        return self.subject_label, self.relation, self.object_label


class Reading:
    """A sentence's candidates and their features."""

    __slots__ = ("_spans", "found", "subjects", "unary", "words")

    def __init__(self, doc: Doc, labels: Labels, example: int = -1) -> None:
        self.found = candidates(doc, labels.is_label)
        self.words = Words(doc)
        self.unary = unary_features(self.words, self.found)
        for c, features in zip(self.found, self.unary, strict=True):
            features.extend(labels.features(c, example))
        self.subjects = [i for i, c in enumerate(self.found) if _can_be_subject(c, self.found, self.unary[i])]
        self._spans = [(c.start, c.end) for c in self.found]

    def pairs(self) -> list[tuple[int, int]]:
        """Every subject with every object that it does not overlap."""
        subjects = [(i, *self._spans[i]) for i in self.subjects]
        return [
            (i, j)
            for j, (start, end) in enumerate(self._spans)
            for i, first, last in subjects
            if last <= start or end <= first
        ]

    def pair_features(self, pairs: Sequence[tuple[int, int]]) -> list[list[str]]:
        """The features of each pair."""
        found = self.found
        subjects = [(*self._spans[i], i) for i in self.subjects]
        rank: dict[int, dict[int, int]] = {}
        out = []
        for i, j in pairs:
            if j not in rank:
                start, end = self._spans[j]
                # Of two as near the first one counts.
                near = sorted(
                    (max(start - last, first - end), n, k) for n, (first, last, k) in enumerate(subjects)
                )
                rank[j] = {k: place for place, (_gap, _n, k) in enumerate(near)}
            out.append(pair_features(self.words, found[i], found[j], rank[j][i]))
        return out


def _can_be_subject(c: Candidate, found: Sequence[Candidate], features: Sequence[str]) -> bool:
    if c.kind in VALUES:
        return False
    if "known" in features or "variant" in features:
        return True
    if c.kind != "name" and "mention" not in c.sources:
        return False
    if "mention" in c.sources or "entity" in c.sources or "begins" in features:
        return True
    return not any(o is not c and o.kind == "name" and o.start <= c.start and o.end >= c.end for o in found)


@dataclass(slots=True)
class LinearModel:
    """What examples teach: what things are called, and the clues of each relation."""

    labels: Labels
    parts: tuple[RelationClues, ...] = ()
    relations: list[str] = field(init=False)
    _index: dict[str, dict[str, int]] = field(init=False, repr=False)
    _weights: NDArray[np.float64] = field(init=False, repr=False)
    _base: NDArray[np.float64] = field(init=False, repr=False)
    _closed: dict[str, NDArray[np.bool_]] = field(init=False, repr=False)
    _within: NDArray[np.bool_] = field(init=False, repr=False)
    _by_relation: dict[str, RelationClues] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.relations = [p.relation for p in self.parts]
        self._by_relation = {p.relation: p for p in self.parts}
        self._index = {side: {} for side in SIDES}
        size = 0
        for part in self.parts:
            for clue in part.clues:
                if clue.sees not in self._index[clue.side]:
                    self._index[clue.side][clue.sees] = size
                    size += 1
        # The last row is for what no clue sees.
        self._weights = np.zeros((size + 1, len(self.parts)))
        for n, part in enumerate(self.parts):
            for clue in part.clues:
                self._weights[self._index[clue.side][clue.sees], n] += clue.weight
        self._base = np.array([p.base for p in self.parts], dtype=np.float64)
        self._within = np.array([not p.across for p in self.parts], dtype=bool)
        kinds = {kind for p in self.parts for kind in p.kinds}
        self._closed = {
            kind: np.array([kind not in p.kinds for p in self.parts], dtype=bool) for kind in kinds
        }

    def score(self, reading: Reading) -> list[Scored]:
        """What a sentence may say, the likeliest first; things that exclude each other are settled."""
        return self._settle(reading, *self._scores(reading))

    def reasons(self, reading: Reading, scored: Scored) -> list[Clue]:
        """The clues that a reading rests on, the weightiest first."""
        part = self._by_relation[scored.relation]
        i, j = reading.found.index(scored.subject), reading.found.index(scored.object)
        seen = {
            "subject": set(reading.unary[i]),
            "object": set(reading.unary[j]),
            "pair": set(reading.pair_features([(i, j)])[0]),
        }
        clues = [c for c in part.clues if c.sees in seen[c.side]]
        return sorted(clues, key=lambda c: (-abs(c.weight), c.side, c.sees))

    def _scores(self, reading: Reading) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
        pairs = reading.pairs()
        if not pairs or not self.parts:
            return [], np.zeros((0, len(self.parts)))
        subjects = self._sum("subject", reading.unary)
        objects = self._sum("object", reading.unary) + self._base
        for j, c in enumerate(reading.found):
            closed = self._closed.get(c.kind)
            objects[j, slice(None) if closed is None else closed] = _RULED_OUT
        left, right = (np.array(side) for side in zip(*pairs, strict=True))
        first = subjects[left] + objects[right]
        if len(pairs) > MOST_PAIRS:
            best = np.sort(np.argsort(-first.max(axis=1), kind="stable")[:MOST_PAIRS])
            pairs = [pairs[k] for k in best]
            first = first[best]
        scores = first + self._sum("pair", reading.pair_features(pairs))
        sentence, found = reading.words.sentence, reading.found
        for k, (i, j) in enumerate(pairs):
            if sentence[found[i].head] != sentence[found[j].head]:
                scores[k, self._within] = _RULED_OUT
        self._share(reading, pairs, scores)
        return pairs, scores

    def _share(self, reading: Reading, pairs: Sequence[tuple[int, int]], scores: NDArray[np.float64]) -> None:
        """What holds of one thing in a list ("on Osprey 1, Osprey 3 and Osprey 4") likely holds of all."""
        rows = {pair: k for k, pair in enumerate(pairs)}
        for group in coordinated(reading):
            for i in {i for i, j in pairs if j in group}:
                together = [rows[i, j] for j in group if (i, j) in rows]
                best = scores[together].max(axis=0) - SHARED
                scores[together] = np.maximum(scores[together], best)

    def _sum(self, side: str, rows: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """The summed weights of each row's features, a row a candidate or pair and a column a relation."""
        get = self._index[side].get
        nothing = len(self._weights) - 1
        ids: list[int] = []
        starts = []
        for row in rows:
            starts.append(len(ids))
            ids.append(nothing)
            ids += [k for x in row if (k := get(x)) is not None]
        sums: NDArray[np.float64] = np.add.reduceat(self._weights[ids], starts, axis=0)
        return sums

    def _settle(
        self, reading: Reading, pairs: Sequence[tuple[int, int]], scores: NDArray[np.float64]
    ) -> list[Scored]:
        out: list[tuple[float, Scored]] = []
        taken: list[tuple[str, Candidate, Candidate, str, str]] = []
        seen: set[Triple] = set()
        per_subject: Counter[Any] = Counter()
        per_object: Counter[Any] = Counter()
        called: dict[tuple[int, str, str], str] = {}

        def label(i: int, role: str, relation: str) -> str:
            key = (i, role, relation)
            if key not in called:
                called[key] = self.labels.value(reading.found[i], role, relation)
            return called[key]

        ranked = np.argsort(-np.round(scores, 4), axis=None, kind="stable")[:MOST_SCORED]
        for place in ranked.tolist():
            k, r = divmod(place, len(self.parts))
            score = float(scores[k, r])
            if score <= LEAST_SCORE:
                break
            part = self.parts[r]
            rel = part.relation
            i, j = pairs[k]
            s, o = reading.found[i], reading.found[j]
            s_label, o_label = label(i, "sub", rel), label(j, "obj", rel)
            s_key, o_key = bare(s_label), bare(o_label)
            if s_key == o_key or (s_key, rel, o_key) in seen:
                continue
            if any(self._excludes(other, (rel, s, o, s_key, o_key)) for other in taken):
                continue
            if per_subject[s_key, rel] >= part.objects or per_object[rel, o_key] >= part.subjects:
                score -= SURPLUS
            per_subject[s_key, rel] += 1
            per_object[rel, o_key] += 1
            seen.add((s_key, rel, o_key))
            taken.append((rel, s, o, s_key, o_key))
            probability = 1 / (1 + math.exp(-(score + SHIFT) * STEEPNESS))
            out.append((score, Scored(s, rel, o, s_label, o_label, probability)))
        out.sort(key=lambda x: -round(x[0], 4))
        return [scored for _, scored in out]

    def _excludes(
        self,
        taken: tuple[str, Candidate, Candidate, str, str],
        new: tuple[str, Candidate, Candidate, str, str],
    ) -> bool:
        """Whether a likelier reading leaves no room for another."""
        rel2, s2, o2, s2_key, o2_key = taken
        rel, s, o, s_key, o_key = new
        # "Ida Marwick" and "Marwick" in it may be one thing, and then what is said of either is said of it.
        if s.overlaps(s2) and (s.start, s.end) != (s2.start, s2.end) and s_key != s2_key:
            return True
        if rel == rel2:
            if o.overlaps(o2) and (s.overlaps(s2) or s_key == s2_key or self._by_relation[rel].subjects < 2):
                return True
            if s.overlaps(s2) and o_key == o2_key:
                return True
            return s_key == o2_key and o_key == s2_key
        if {s_key, o_key} == {s2_key, o2_key} and rel2 not in self._by_relation[rel].together:
            return True
        return o.overlaps(o2) and (o.start, o.end) != (o2.start, o2.end) and o.kind != "name"


def best_by_expected_f1(scored: Sequence[Scored]) -> list[Scored]:
    """The beginning of the ranked list whose expected F1 is highest; never empty if the list is not."""
    ranked = sorted(scored, key=lambda s: -s.probability)
    expected = max(1.0, sum(s.probability for s in ranked))
    best, cut, total = -1.0, 0, 0.0
    for n, s in enumerate(ranked, 1):
        total += s.probability
        f1 = 2 * total / (n + expected)
        if f1 > best:
            best, cut = f1, n
    return ranked[:cut]


def alike(a: Candidate, b: Candidate) -> bool:
    """Whether what holds of one candidate may well hold of the other, though no example says so."""
    return (
        not a.overlaps(b)
        and a.kind == b.kind == "name"
        and a.type == b.type
        and _outline(a.text) == _outline(b.text)
    )


def coordinated(reading: Reading) -> list[list[int]]:
    """Candidates that look alike and are joined by nothing but commas and "and"."""
    lower = reading.words.lower
    names = [
        (n, c)
        for n, c in enumerate(reading.found)
        if c.kind == "name" and ("mention" in c.sources or "run" in c.sources)
    ]
    groups: list[list[int]] = []
    for n, c in names:
        for group in groups:
            last = reading.found[group[-1]]
            if (
                alike(last, c)
                and last.end < c.start <= last.end + 2
                and set(lower[last.end : c.start]) <= _LIST_WORDS
            ):
                group.append(n)
                break
        else:
            groups.append([n])
    return [group for group in groups if len(group) > 1]


def _outline(text: str) -> frozenset[str]:
    return frozenset(
        "d" if ch.isdigit() else "u" if ch.isupper() else "l" if ch.islower() else "" for ch in text
    )
