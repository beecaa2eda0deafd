"""A linear model over pairs of candidates: which relation, if any, holds between the two.

One logistic regression a relation (scikit-learn's liblinear) over the readable features of
:mod:`spacegraph.learning.features`. The weights of the subject, the object and the pair add up, so that a
sentence costs one pass over its candidates and one over the likeliest of its pairs. What is taken from the
ranked list is what makes the expected F1 of the sentence highest (Dembczyński et al. 2011), or whatever is
likelier than not.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from spacegraph.learning.candidates import VALUES, Candidate, bare, candidates
from spacegraph.learning.features import Words, pair_features, unary_features
from spacegraph.learning.labels import Labels, align

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

__all__ = ["LinearModel", "Reading", "Scored", "Triple", "best_by_expected_f1", "coordinated"]

Triple = tuple[str, str, str]

#: One in so many of the pairs that touch no fact of their sentence is trained on, with that weight.
KEEP = 6
#: About so many pairs of sentences that do not speak of a relation are trained on for it.
MOST_CONTRAST = 3000
#: Most pairs of a sentence that are looked at closely when a model is used.
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
#: Share of the examples with so many objects (subjects) for that number to count as usual.
USUAL = 0.04
#: What a thing in a list loses against the likeliest one, in log-odds.
SHARED = 0.7
_LIST_WORDS = frozenset((",", "and", "or", "&", "/", ";"))
#: Weights nearer to zero are not kept.
LEAST_WEIGHT = 0.01


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

    __slots__ = ("found", "subjects", "unary", "words")

    def __init__(self, doc: Doc, labels: Labels, example: int = -1) -> None:
        self.found = candidates(doc, labels.is_label)
        self.words = Words(doc)
        self.unary = unary_features(self.words, self.found)
        for c, features in zip(self.found, self.unary, strict=True):
            features.extend(labels.features(c, example))
        self.subjects = [i for i, c in enumerate(self.found) if _can_be_subject(c, self.found, self.unary[i])]

    def pairs(self) -> list[tuple[int, int]]:
        """Every subject with every object that it does not overlap."""
        found = self.found
        return [(i, j) for j in range(len(found)) for i in self.subjects if not found[i].overlaps(found[j])]

    def pair_features(self, pairs: Sequence[tuple[int, int]]) -> list[list[str]]:
        """The features of each pair."""
        found = self.found
        rank: dict[int, dict[int, int]] = {}
        out = []
        for i, j in pairs:
            if j not in rank:
                o = found[j]
                gap = {k: max(o.start - found[k].end, found[k].start - o.end) for k in self.subjects}
                rank[j] = {k: n for n, k in enumerate(sorted(self.subjects, key=gap.__getitem__))}
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
    """What was learnt: labels, weights and the habits of each relation.

    ``weights`` has a row a feature and a column a relation; ``kinds`` are the kinds of candidates that each
    relation takes as objects; ``objects`` (``subjects``) how many objects (subjects) are usual; ``together``
    the pairs of relations that one pair of things may have at once.
    """

    labels: Labels
    relations: list[str] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    bias: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    together: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def train(
        cls, docs: Sequence[Doc], triples: Sequence[Sequence[Triple]], *, strength: float = 2.0
    ) -> LinearModel:
        """Train on sentences with their triples.

        Args:
            docs: The sentences, tagged and parsed, with mentions.
            triples: The triples of each; the labels may differ from the sentence's words.
            strength: Inverse strength of the regularisation.
        """
        labels = Labels.learn([(candidates(d), t) for d, t in zip(docs, triples, strict=True)])
        relations = sorted({r for t in triples for _, r, _ in t})
        model = cls(labels, relations)
        model._count(triples)
        readings = [Reading(d, labels, n) for n, d in enumerate(docs)]
        model._fit(readings, triples, strength)
        return model

    def _count(self, triples: Sequence[Sequence[Triple]]) -> None:
        objects: dict[str, Counter[int]] = defaultdict(Counter)
        subjects: dict[str, Counter[int]] = defaultdict(Counter)
        together = set()
        for row in triples:
            for (_s, r), n in Counter((s, r) for s, r, _ in row).items():
                objects[r][n] += 1
            for (r, _o), n in Counter((r, o) for _, r, o in row).items():
                subjects[r][n] += 1
            by_pair = defaultdict(set)
            for s, r, o in row:
                by_pair[s, o].add(r)
            for rels in by_pair.values():
                together |= {(a, b) for a in rels for b in rels if a != b}
        self.objects = {r: _usual(objects[r]) for r in self.relations}
        self.subjects = {r: _usual(subjects[r]) for r in self.relations}
        self.together = frozenset(together)

    def _fit(self, readings: Sequence[Reading], triples: Sequence[Sequence[Triple]], strength: float) -> None:
        from scipy.sparse import csr_matrix
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        rows: list[list[str]] = []
        targets: list[frozenset[str]] = []
        unsure: list[frozenset[str]] = []
        weights: list[float] = []
        kinds: list[str] = []
        sentences: list[int] = []
        for n, (reading, row) in enumerate(zip(readings, triples, strict=True)):
            pairs = reading.pairs()
            gold = self._gold(reading, row, n)
            touched_s = {i for i, _ in gold}
            touched_o = {j for _, j in gold}
            kept = [
                (i, j)
                for k, (i, j) in enumerate(pairs)
                if i in touched_s or j in touched_o or i in touched_o or j in touched_s or k % KEEP == 0
            ]
            subjects = [["s:" + x for x in f] for f in reading.unary]
            objects = [["o:" + x for x in f] for f in reading.unary]
            for (i, j), f in zip(kept, reading.pair_features(kept), strict=True):
                near = i in touched_s or j in touched_o or i in touched_o or j in touched_s
                rows.append([*subjects[i], *objects[j], *("p:" + x for x in f)])
                targets.append(frozenset(gold.get((i, j), ())))
                weights.append(1.0 if near else float(KEEP))
                kinds.append(reading.found[j].kind)
                sentences.append(n)
                unsure.append(
                    frozenset(
                        rel
                        for (i2, j2), rels in gold.items()
                        if i2 == i and j2 != j and _alike(reading.found[j], reading.found[j2])
                        for rel in rels
                    )
                )
        counts: Counter[str] = Counter()
        for features in rows:
            counts.update(features)
        self.index = {x: n for n, x in enumerate(sorted(x for x, n in counts.items() if n >= 2))}
        get = self.index.get
        columns: list[int] = []
        bounds = [0]
        for features in rows:
            columns += [k for x in features if (k := get(x)) is not None]
            bounds.append(len(columns))
        x = csr_matrix(
            (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(bounds, dtype=np.int32)),
            shape=(len(rows), len(self.index)),
        )
        self.weights = np.zeros((len(self.index), len(self.relations)), dtype=np.float32)
        self.bias = np.full(len(self.relations), LEAST_SCORE, dtype=np.float32)
        kind = np.array(kinds)
        sentence = np.array(sentences)
        weight = np.array(weights)
        for n, rel in enumerate(self.relations):
            y = np.array([rel in t for t in targets], dtype=bool)
            if not y.any():
                continue
            taken = sorted(set(kind[y].tolist()))
            self.kinds[rel] = frozenset(taken)
            mask = np.isin(kind, taken) & (y | ~np.array([rel in u for u in unsure], dtype=bool))
            if y[mask].all():
                self.bias[n] = 0.0
                continue
            # What other sentences say is needed as a contrast, but not all of it.
            here = np.isin(sentence, np.unique(sentence[y]))
            elsewhere = np.flatnonzero(mask & ~here)
            stride = max(1, len(elsewhere) // MOST_CONTRAST)
            chosen = np.sort(np.concatenate((np.flatnonzero(mask & here), elsewhere[::stride])))
            cost = np.where(y, 1.0, np.where(here, weight, weight * stride))[chosen]
            fit = LogisticRegression(
                solver="liblinear", dual=True, C=strength, random_state=0, tol=1e-3, max_iter=500
            )
            with warnings.catch_warnings():
                # What has not quite settled after so many rounds ranks as well as what has.
                warnings.simplefilter("ignore", ConvergenceWarning)
                fit.fit(x[chosen], y[chosen], sample_weight=cost)
            self.weights[:, n] = fit.coef_[0]
            self.bias[n] = fit.intercept_[0]
        self.weights[np.abs(self.weights) < LEAST_WEIGHT] = 0.0

    def _gold(
        self, reading: Reading, triples: Sequence[Triple], example: int
    ) -> dict[tuple[int, int], set[str]]:
        """Which pairs express which relations."""
        own = self.labels.own[example]
        out: dict[tuple[int, int], set[str]] = defaultdict(set)
        for sub, rel, obj in triples:
            sides = []
            for role, label in (("sub", sub), ("obj", obj)):
                hits = {i for i, c in enumerate(reading.found) if own.get(c.key, Counter())[role, rel, label]}
                if not hits:
                    wanted = set(align(label, reading.found))
                    hits = {i for i, c in enumerate(reading.found) if c in wanted}
                sides.append(hits)
            can = set(reading.subjects)
            for i in sides[0] & can:
                for j in sides[1]:
                    if not reading.found[i].overlaps(reading.found[j]):
                        out[i, j].add(rel)
        return out

    def score(self, reading: Reading) -> list[Scored]:
        """What a sentence may say, the likeliest first; things that exclude each other are settled."""
        return self._settle(reading, *self._scores(reading))

    def _scores(self, reading: Reading) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
        pairs = reading.pairs()
        if not pairs or not self.relations:
            return [], np.zeros((0, len(self.relations)), dtype=np.float32)
        subjects = self._sum("s:", reading.unary)
        objects = self._sum("o:", reading.unary) + self.bias
        for n, rel in enumerate(self.relations):
            taken = self.kinds.get(rel, frozenset())
            for j, c in enumerate(reading.found):
                if c.kind not in taken:
                    objects[j, n] = -99.0
        left, right = (np.array(side) for side in zip(*pairs, strict=True))
        first = subjects[left] + objects[right]
        if len(pairs) > MOST_PAIRS:
            best = np.sort(np.argsort(-first.max(axis=1), kind="stable")[:MOST_PAIRS])
            pairs = [pairs[k] for k in best]
            first = first[best]
        scores = first + self._sum("p:", reading.pair_features(pairs))
        self._share(reading, pairs, scores)
        return pairs, scores

    def _share(self, reading: Reading, pairs: Sequence[tuple[int, int]], scores: NDArray[np.float32]) -> None:
        """What holds of one thing in a list ("on Osprey 1, Osprey 3 and Osprey 4") likely holds of all."""
        rows = {pair: k for k, pair in enumerate(pairs)}
        for group in coordinated(reading):
            for i in {i for i, j in pairs if j in group}:
                together = [rows[i, j] for j in group if (i, j) in rows]
                best = scores[together].max(axis=0) - SHARED
                scores[together] = np.maximum(scores[together], best)

    def _sum(self, prefix: str, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        get = self.index.get
        ids: list[int] = []
        bounds = [0]
        for row in rows:
            ids += [k for x in row if (k := get(prefix + x)) is not None]
            bounds.append(len(ids))
        total = np.zeros((len(ids) + 1, len(self.relations)), dtype=np.float64)
        np.cumsum(self.weights[ids], axis=0, out=total[1:])
        ends = np.array(bounds)
        sums: NDArray[np.float32] = (total[ends[1:]] - total[ends[:-1]]).astype(np.float32)
        return sums

    def _settle(
        self, reading: Reading, pairs: Sequence[tuple[int, int]], scores: NDArray[np.float32]
    ) -> list[Scored]:
        rows, columns = np.where(scores > LEAST_SCORE)
        ranked = sorted(
            ((float(scores[k, r]), int(k), int(r)) for k, r in zip(rows, columns, strict=True)),
            key=lambda x: (-round(x[0], 4), x[1], x[2]),
        )[:MOST_SCORED]
        out: list[tuple[float, Scored]] = []
        taken: list[tuple[str, Candidate, Candidate, str, str]] = []
        seen: set[Triple] = set()
        per_subject: Counter[Any] = Counter()
        per_object: Counter[Any] = Counter()
        for score, k, r in ranked:
            rel = self.relations[r]
            s, o = (reading.found[x] for x in pairs[k])
            s_label, o_label = self.labels.value(s, "sub", rel), self.labels.value(o, "obj", rel)
            s_key, o_key = bare(s_label), bare(o_label)
            if s_key == o_key or (s_key, rel, o_key) in seen:
                continue
            if any(self._excludes(other, (rel, s, o, s_key, o_key)) for other in taken):
                continue
            if per_subject[s_key, rel] >= self.objects.get(rel, 1) or per_object[
                rel, o_key
            ] >= self.subjects.get(rel, 1):
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
        if s.overlaps(s2) and (s.start, s.end) != (s2.start, s2.end):
            return True
        if rel == rel2:
            if o.overlaps(o2) and (s.overlaps(s2) or s_key == s2_key or self.subjects.get(rel, 1) < 2):
                return True
            if s.overlaps(s2) and o_key == o2_key:
                return True
            return s_key == o2_key and o_key == s2_key
        if {s_key, o_key} == {s2_key, o2_key} and (rel, rel2) not in self.together:
            return True
        return o.overlaps(o2) and (o.start, o.end) != (o2.start, o2.end) and o.kind != "name"

    def to_json(self) -> dict[str, Any]:
        """Everything, as plain values that sort; weights by feature, to three places."""
        features = {}
        for x, n in self.index.items():
            row = {
                rel: round(float(self.weights[n, k]), 3)
                for k, rel in enumerate(self.relations)
                if abs(self.weights[n, k]) >= LEAST_WEIGHT
            }
            if row:
                features[x] = row
        return {
            "relations": {
                rel: {
                    "bias": round(float(self.bias[n]), 3),
                    "kinds": sorted(self.kinds.get(rel, ())),
                    "objects": self.objects.get(rel, 1),
                    "subjects": self.subjects.get(rel, 1),
                }
                for n, rel in enumerate(self.relations)
            },
            "together": sorted([a, b] for a, b in self.together if a < b),
            "labels": self.labels.to_json(),
            "weights": features,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LinearModel:
        """Read what :meth:`to_json` wrote.

        Raises:
            KeyError: Something is missing.
            TypeError: Something has the wrong form.
        """
        relations = sorted(data["relations"])
        column = {rel: n for n, rel in enumerate(relations)}
        index = {x: n for n, x in enumerate(sorted(data["weights"]))}
        weights = np.zeros((len(index), len(relations)), dtype=np.float32)
        for x, row in data["weights"].items():
            for rel, value in row.items():
                weights[index[x], column[rel]] = value
        return cls(
            labels=Labels.from_json(data["labels"]),
            relations=relations,
            index=index,
            weights=weights,
            bias=np.array([data["relations"][rel]["bias"] for rel in relations], dtype=np.float32),
            kinds={rel: frozenset(data["relations"][rel]["kinds"]) for rel in relations},
            objects={rel: int(data["relations"][rel]["objects"]) for rel in relations},
            subjects={rel: int(data["relations"][rel]["subjects"]) for rel in relations},
            together=frozenset((a, b) for pair in data["together"] for a, b in (pair, pair[::-1])),
        )


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


def _usual(counts: Counter[int]) -> int:
    total = sum(counts.values())
    return max((n for n, c in counts.items() if c >= max(1, USUAL * total)), default=1)


def _alike(a: Candidate, b: Candidate) -> bool:
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
                _alike(last, c)
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
