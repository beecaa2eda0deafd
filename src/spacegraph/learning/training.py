"""Finds the clues of a :class:`~spacegraph.learning.model.LinearModel` in examples.

One logistic regression a relation (scikit-learn's liblinear), over every pair of candidates that an example has. An L1
penalty (Tibshirani 1996) leaves some dozens of clues a relation, few enough to be read and changed by hand; over the
examples that this was tried on they read better than the thousands that an L2 penalty keeps.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from spacegraph.learning.candidates import candidates
from spacegraph.learning.labels import Labels, align
from spacegraph.learning.model import LEAST_SCORE, SIDES, Clue, LinearModel, Reading, RelationClues, alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from spacegraph.learning.model import Triple

__all__ = ["train_model"]

#: Inverse strength of the regularisation, set once over six ontologies' examples.
STRENGTH = 3.0
#: One in so many of the pairs that touch no fact of their sentence is trained on, with that weight.
KEEP = 6
#: About so many pairs of sentences that do not speak of a relation are trained on for it.
MOST_CONTRAST = 3000
#: Share of the examples with so many objects (subjects) for that number to count as usual.
USUAL = 0.04
#: Weights nearer to zero are not kept.
LEAST_WEIGHT = 0.05


def train_model(
    docs: Sequence[Doc], triples: Sequence[Sequence[Triple]], *, strength: float = STRENGTH
) -> LinearModel:
    """Train on sentences with their triples.

    Args:
        docs: The sentences, tagged and parsed, with mentions.
        triples: The triples of each; the labels may differ from the sentence's words.
        strength: Inverse strength of the regularisation: the more, the more clues.
    """
    labels = Labels.learn([(candidates(d), t) for d, t in zip(docs, triples, strict=True)])
    readings = [Reading(d, labels, n) for n, d in enumerate(docs)]
    table = _Table.fill(
        readings, [_gold(r, t, labels, n) for n, (r, t) in enumerate(zip(readings, triples, strict=True))]
    )
    habits = _habits(triples)
    parts = []
    for relation in sorted({r for t in triples for _, r, _ in t}):
        base, kinds, across, clues = table.fit(relation, strength)
        objects, subjects, together = habits[relation]
        parts.append(RelationClues(relation, base, kinds, objects, subjects, together, across, clues))
    return LinearModel(labels, tuple(parts))


def _habits(triples: Sequence[Sequence[Triple]]) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """How many objects and subjects are usual for each relation, and which relations join the same things."""
    objects: dict[str, Counter[int]] = defaultdict(Counter)
    subjects: dict[str, Counter[int]] = defaultdict(Counter)
    together: dict[str, set[str]] = defaultdict(set)
    for row in triples:
        for (_s, r), n in Counter((s, r) for s, r, _ in row).items():
            objects[r][n] += 1
        for (r, _o), n in Counter((r, o) for _, r, o in row).items():
            subjects[r][n] += 1
        by_pair = defaultdict(set)
        for s, r, o in row:
            by_pair[s, o].add(r)
        for relations in by_pair.values():
            for r in relations:
                together[r] |= relations - {r}
    return {r: (_usual(objects[r]), _usual(subjects[r]), tuple(sorted(together[r]))) for r in objects}


def _usual(counts: Counter[int]) -> int:
    total = sum(counts.values())
    return max((n for n, c in counts.items() if c >= max(1, USUAL * total)), default=1)


def _gold(
    reading: Reading, triples: Sequence[Triple], labels: Labels, example: int
) -> dict[tuple[int, int], set[str]]:
    """Which pairs express which relations."""
    own = labels.own[example]
    can = set(reading.subjects)
    out: dict[tuple[int, int], set[str]] = defaultdict(set)
    for sub, rel, obj in triples:
        sides = []
        for role, label in (("sub", sub), ("obj", obj)):
            hits = {i for i, c in enumerate(reading.found) if own.get(c.key, Counter())[role, rel, label]}
            if not hits:
                wanted = set(align(label, reading.found))
                hits = {i for i, c in enumerate(reading.found) if c in wanted}
            sides.append(hits)
        for i in sides[0] & can:
            for j in sides[1]:
                if not reading.found[i].overlaps(reading.found[j]):
                    out[i, j].add(rel)
    return out


@dataclass(slots=True)
class _Table:
    """The pairs of all examples: what is seen of each, which relations it expresses, which it may express unsaid."""

    seen: Any  # scipy.sparse.csr_matrix, a row a pair, a column a feature
    names: list[tuple[str, str]]
    expressed: list[frozenset[str]]
    unsure: list[frozenset[str]]
    kinds: NDArray[np.str_]
    across: NDArray[np.bool_]
    examples: NDArray[np.int64]
    weights: NDArray[np.float64]

    @classmethod
    def fill(cls, readings: Sequence[Reading], gold: Sequence[dict[tuple[int, int], set[str]]]) -> _Table:
        """All pairs that touch a fact of their sentence, and one in ``KEEP`` of the others, with their weight."""
        from scipy.sparse import csr_matrix

        rows = _Rows()
        for n, (reading, facts) in enumerate(zip(readings, gold, strict=True)):
            rows.add(n, reading, facts)
        counts = Counter(k for row in rows.seen for k in row)
        kept = sorted(k for k, times in counts.items() if times >= 2)
        names = {k: name for name, k in rows.index.items()}
        # In the order of the features' names, so that nothing depends on the order of the examples' words.
        kept.sort(key=lambda k: names[k])
        column = {k: c for c, k in enumerate(kept)}
        columns: list[int] = []
        bounds = [0]
        for row in rows.seen:
            columns += [c for k in row if (c := column.get(k)) is not None]
            bounds.append(len(columns))
        seen = csr_matrix(
            (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(bounds, dtype=np.int32)),
            shape=(len(rows.seen), len(kept)),
        )
        return cls(
            seen,
            [names[k] for k in kept],
            rows.expressed,
            rows.unsure,
            np.array(rows.kinds),
            np.array(rows.across, dtype=bool),
            np.array(rows.examples),
            np.array(rows.weights),
        )

    def fit(self, relation: str, strength: float) -> tuple[float, tuple[str, ...], bool, tuple[Clue, ...]]:
        """Log-odds before any clue, kinds of objects, whether things of two sentences are joined, and the clues."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        true = np.array([relation in rels for rels in self.expressed], dtype=bool)
        if not true.any():
            return LEAST_SCORE, (), False, ()
        kinds = tuple(sorted(set(self.kinds[true].tolist())))
        across = bool(self.across[true].any())
        unsure = np.array([relation in rels for rels in self.unsure], dtype=bool)
        usable = np.isin(self.kinds, kinds) & (true | ~unsure)
        if true[usable].all():
            return 0.0, kinds, across, ()
        # What other sentences say is needed as a contrast, but not all of it.
        here = np.isin(self.examples, np.unique(self.examples[true]))
        elsewhere = np.flatnonzero(usable & ~here)
        stride = max(1, len(elsewhere) // MOST_CONTRAST)
        chosen = np.sort(np.concatenate((np.flatnonzero(usable & here), elsewhere[::stride])))
        cost = np.where(true, 1.0, np.where(here, self.weights, self.weights * stride))[chosen]
        fit = LogisticRegression(
            solver="liblinear",
            l1_ratio=1.0,
            C=strength,
            # The base is not to be small, as weights are.
            intercept_scaling=3.0,
            random_state=0,
            tol=1e-2,
            max_iter=200,
        )
        with warnings.catch_warnings():
            # What has not quite settled after so many rounds ranks as well as what has.
            warnings.simplefilter("ignore", ConvergenceWarning)
            fit.fit(self.seen[chosen], true[chosen], sample_weight=cost)
        kept = np.flatnonzero(np.abs(fit.coef_[0]) >= LEAST_WEIGHT)
        clues = [
            Clue(*self.names[k], round(float(fit.coef_[0][k]), 2), *judged)
            for k, judged in zip(kept, self._judge(kept, true), strict=True)
        ]
        clues.sort(key=lambda c: (SIDES.index(c.side), -c.weight, c.sees))
        return round(float(fit.intercept_[0]), 2), kinds, across, tuple(clues)

    def _judge(self, kept: NDArray[np.intp], true: NDArray[np.bool_]) -> list[tuple[int, float]]:
        """In how many examples each clue stood by a triple, and the share of those that it was seen in.

        The share is smoothed and counted as if the clue were found elsewhere: an example that alone suggests it says
        nothing about how often it is right.
        """
        judged = []
        seen = self.seen[:, kept].tocsc()
        for n in range(len(kept)):
            rows = seen.indices[seen.indptr[n] : seen.indptr[n + 1]]
            fired = len(np.unique(self.examples[rows]))
            support = len(np.unique(self.examples[rows[true[rows]]]))
            alone = support < 2
            precision = 1 / (fired - support + 2) if alone else (support + 1) / (fired + 2)
            judged.append((support, round(precision, 2)))
        return judged


@dataclass(slots=True)
class _Rows:
    """Pairs as they are gathered."""

    seen: list[list[int]] = field(default_factory=list)
    expressed: list[frozenset[str]] = field(default_factory=list)
    unsure: list[frozenset[str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    across: list[bool] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    index: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, example: int, reading: Reading, facts: dict[tuple[int, int], set[str]]) -> None:
        touched = ({i for i, _ in facts}, {j for _, j in facts})

        def near(pair: tuple[int, int]) -> bool:
            return any(k in side for k in pair for side in touched)

        sentence = reading.words.sentence
        kept = [pair for k, pair in enumerate(reading.pairs()) if near(pair) or k % KEEP == 0]
        subjects = [self._ids("subject", f) for f in reading.unary]
        objects = [self._ids("object", f) for f in reading.unary]
        for (i, j), features in zip(kept, reading.pair_features(kept), strict=True):
            self.seen.append([*subjects[i], *objects[j], *self._ids("pair", features)])
            self.expressed.append(frozenset(facts.get((i, j), ())))
            self.unsure.append(_perhaps(reading, facts, i, j))
            self.kinds.append(reading.found[j].kind)
            self.across.append(sentence[reading.found[i].head] != sentence[reading.found[j].head])
            self.examples.append(example)
            self.weights.append(1.0 if near((i, j)) else float(KEEP))

    def _ids(self, side: str, features: Sequence[str]) -> list[int]:
        return [self.index.setdefault((side, f), len(self.index)) for f in dict.fromkeys(features)]


def _perhaps(reading: Reading, facts: dict[tuple[int, int], set[str]], i: int, j: int) -> frozenset[str]:
    """Relations that a pair may well express though no triple says so: an object like it has them."""
    return frozenset(
        rel
        for (i2, j2), relations in facts.items()
        if i2 == i and j2 != j and alike(reading.found[j], reading.found[j2])
        for rel in relations
    )
