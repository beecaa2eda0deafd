"""Rankers: which of the candidates an anaphor stands for, if any.

:class:`RuleRanker` decides by a few weights that were set by hand; :class:`TrainedRanker` by a small network whose
weights lie beside this module (``benchmarks/train_coreference.py`` makes them). Both are deterministic.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from spacegraph.language.coreference.candidates import Candidates
    from spacegraph.language.coreference.expressions import Expression

__all__ = ["NONE", "WEIGHTS", "Network", "Ranker", "RuleRanker", "TrainedRanker", "load_network"]

#: The file with the weights, beside this module.
WEIGHTS = "weights.npz"

#: What the columns of pairs hold for "none of them".
NONE = "none"

_ROLE_SCORES = {"subj": 3.0, "obj": 1.5, "pobj": 1.0, "poss": 1.2, "attr": 0.5}


class Ranker(Protocol):
    """What chooses among candidates."""

    def pronoun(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The place in ``found`` of what the pronoun stands for; -1 for none of them."""

    def nominal(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The place in ``found`` of what the noun phrase takes up; -1 for none of them."""


class RuleRanker:
    """Salience by hand-set weights, after Lappin and Leass (1994); noun phrases by head and modifiers."""

    def pronoun(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The most salient candidate; demonstratives stand for none."""
        if a.pronoun in ("this", "these"):
            return -1
        best, chosen = 0.0, -1
        for place, e in enumerate(found):
            entity = candidates.entities.of(e.at)
            score = 4.0 + _ROLE_SCORES.get(e.role, 0.3) - 2.0 * abs(a.sent - e.sent) - 0.15 * min(place, 10)
            score += 1.0 if e.role == a.role else 0.0
            score += 1.5 if a.pronoun in entity.paradigms else 0.0
            score += min(len(entity.expressions), 4) * 0.3
            score -= 0.3 * min(e.depth, 5)
            if a.pronoun in ("he", "she"):
                score += 1.0 if "person" in entity.meanings else -0.5
            if e.at > a.at:
                score -= 1.0
            if score > best:
                best, chosen = score, place
        return chosen

    def nominal(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The nearest candidate of the same head whose modifiers do not differ, for definite phrases."""
        if a.det not in ("the", "this", "poss"):
            return -1
        for place, e in enumerate(found):
            match = candidates.head_match(a, e, candidates.entities.of(e.at))
            if (
                match in ("same", "name")
                and candidates.modifier_match(a, e) in ("equal", "bare", "fewer", "dropped", "again")
                and a.number == e.number
            ):
                if a.owner >= 0 and e.owner >= 0 and not candidates.entities.same(a.owner, e.owner):
                    continue
                return place
        return -1


class Network:
    """One hidden layer over categorical columns, with a direct linear term.

    Args:
        vocabularies: For each column, the row of ``weights`` of each value; values never seen have row 0.
        weights: ``(rows, hidden + 1)``; the last column is the linear term. Row 0 is zero.
        bias: ``(hidden,)``.
        out: ``(hidden,)``.
    """

    def __init__(
        self,
        vocabularies: list[dict[Hashable, int]],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        out: NDArray[np.float32],
    ) -> None:
        self.vocabularies = vocabularies
        self.weights = weights
        self.bias = bias
        self.out = out

    def scores(self, start: list[Hashable], rows: list[list[Hashable]]) -> NDArray[np.float32]:
        """The score of "none of them", then one for each row of values; only differences mean anything.

        Args:
            start: The values of the first columns, which all rows share.
            rows: The values of the other columns.
        """
        own = self.vocabularies[: len(start)]
        pairs = self.vocabularies[len(start) :]
        # One flat list and ``take`` halve what nested lists and fancy indexing cost; a text has hundreds of calls.
        index = [known.get(NONE, 0) for known in pairs]
        for row in rows:
            index += [known.get(value, 0) for known, value in zip(pairs, row, strict=True)]
        first = [known.get(value, 0) for known, value in zip(own, start, strict=True)]
        base = self.weights.take(first, axis=0).sum(axis=0)
        chosen = self.weights.take(index, axis=0).reshape(len(rows) + 1, len(pairs), -1)
        summed = chosen.sum(axis=1) + base
        hidden = np.maximum(summed[:, :-1] + self.bias, 0.0)
        scores: NDArray[np.float32] = hidden @ self.out + summed[:, -1]
        return scores


class TrainedRanker:
    """Chooses the candidate that the network scores best, if it beats "none" by a margin.

    Args:
        pronouns, nominals: The networks.
        pronoun_margin, nominal_margin: What the best candidate must have over "none"; higher is more careful.
        leap_margin: What a candidate for a noun phrase must have on top where their head nouns differ.
    """

    def __init__(
        self,
        pronouns: Network,
        nominals: Network,
        *,
        pronoun_margin: float = 0.0,
        nominal_margin: float = 0.0,
        leap_margin: float = 0.0,
    ) -> None:
        self.pronouns = pronouns
        self.nominals = nominals
        self.pronoun_margin = pronoun_margin
        self.nominal_margin = nominal_margin
        self.leap_margin = leap_margin

    def pronoun(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The place of the best candidate, -1 for none."""
        return _best(self.pronouns.scores(*candidates.pronoun_values(a, found)), self.pronoun_margin)

    def nominal(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The place of the best candidate, -1 for none."""
        scores = self.nominals.scores(*candidates.nominal_values(a, found))
        for place, e in enumerate(found):
            if not candidates.head_match(a, e, candidates.entities.of(e.at)):
                scores[place + 1] -= self.leap_margin
        return _best(scores, self.nominal_margin)


def _best(scores: NDArray[np.float32], margin: float) -> int:
    best = int(scores[1:].argmax())
    return best if scores[best + 1] > scores[0] + margin else -1


@cache
def load_network(kind: str) -> Network:
    """Read the network for "pronouns" or "nominals" from the package."""
    with (
        resources.files("spacegraph.language.coreference").joinpath(WEIGHTS).open("rb") as file,
        np.load(file) as stored,
    ):
        columns = json.loads(str(stored[f"{kind}_vocabulary"]))
        return Network(
            [{_hashable(value): row for value, row in column} for column in columns],
            stored[f"{kind}_weights"].astype(np.float32),
            stored[f"{kind}_bias"].astype(np.float32),
            stored[f"{kind}_out"].astype(np.float32),
        )


def _hashable(value: object) -> Hashable:
    """JSON has lists where values have tuples."""
    return tuple(_hashable(item) for item in value) if isinstance(value, list) else value
