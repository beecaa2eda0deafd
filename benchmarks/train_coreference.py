"""Train the rankers of coreference on OntoGUM, and write their weights into the package.

Objective: the marginal log-likelihood of all correct antecedents, "none" among them, as in Durrett and Klein (2013); a hidden
layer over categorical columns, trained with Adam (Kingma and Ba 2015). Sorted input and a fixed seed: the same weights each time.

Only genres whose texts have a licence without a non-commercial or no-derivatives clause are used: academic, bio, court,
interview, news, textbook, vlog, voyage. The annotations are CC BY 4.0.

    python benchmarks/train_coreference.py [--cache DIR] [--half 0|1] [-o FILE]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

import spacegraph.language.coreference as package
from coref_corpus import documents, gap_snippets, is_same_name, spans_of, turns_in
from spacegraph.gazetteer import Gazetteer
from spacegraph.language.annotations import mentions, register
from spacegraph.language.coreference.component import CoreferenceResolver
from spacegraph.language.coreference.expressions import find_expressions
from spacegraph.language.coreference.ranker import NONE, WEIGHTS, RuleRanker
from spacegraph.language.coreference.resolution import Resolution
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from coref_corpus import Document
    from spacegraph.language.coreference.candidates import Candidates, Values
    from spacegraph.language.coreference.expressions import Expression

GENRES = frozenset(("academic", "bio", "court", "interview", "news", "textbook", "vlog", "voyage"))
#: Values that occur less often share the row of values never seen.
LEAST = 5


class Example:
    """The rows of one anaphor, and which of them are right."""

    __slots__ = ("right", "rows")

    def __init__(self, values: Values, right: list[int]) -> None:
        start, pairs = values
        self.rows = [start + [NONE] * len(pairs[0]), *(start + pair for pair in pairs)]
        self.right = right


class Teacher:
    """A ranker that knows the answers, and takes note of what it is asked."""

    def __init__(self) -> None:
        self.gold: dict[int, int] = {}
        self.first: dict[int, int] = {}
        self.examples: dict[str, list[Example]] = {"pronouns": [], "nominals": []}

    def pronoun(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The nearest right candidate."""
        return self._answer("pronouns", candidates.pronoun_values(a, found), candidates, a, found)

    def nominal(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """The nearest right candidate."""
        return self._answer("nominals", candidates.nominal_values(a, found), candidates, a, found)

    def _answer(
        self, kind: str, values: Values, candidates: Candidates, a: Expression, found: list[Expression]
    ) -> int:
        answer = self.gold.get(a.at)
        right: list[int] = []
        if answer is not None:
            for place, e in enumerate(found):
                own = self.gold.get(e.at)
                votes = Counter(
                    self.gold[p] for p in candidates.entities.of(e.at).expressions if p in self.gold
                )
                if own == answer or (own is None and votes and votes.most_common(1)[0][0] == answer):
                    right.append(place + 1)
        if right:
            self.examples[kind].append(Example(values, right))
            return right[0] - 1
        # That a marked pronoun has no right candidate is the filters' fault and teaches nothing about "none".
        if answer is None or (kind == "nominals" and answer in self.first and self.first[answer] == a.at):
            self.examples[kind].append(Example(values, [0]))
        return -1


class GapTeacher(RuleRanker):
    """Notes the candidates of the one pronoun that a snippet of GAP asks about; the rules decide about the others."""

    def __init__(self) -> None:
        self.row: dict[str, str] = {}
        self.examples: list[Example] = []

    def pronoun(self, candidates: Candidates, a: Expression, found: list[Expression]) -> int:
        """What the rules choose; the right answer for the pronoun in question."""
        t = candidates.tokens
        if t.idx[a.head] != int(self.row["Pronoun-offset"]):
            return super().pronoun(candidates, a, found)
        named = [
            {
                letter
                for letter in "AB"
                for p in candidates.entities.of(e.at).expressions
                if is_same_name(t, candidates.expressions[p], self.row, letter)
            }
            for e in found
        ]
        true = {letter for letter in "AB" if self.row[f"{letter}-coref"] == "TRUE"}
        # Where neither name is right, any other candidate may be.
        right = [i + 1 for i, letters in enumerate(named) if (letters & true if true else not letters)]
        if right and len(right) < len(found):
            self.examples.append(Example(candidates.pronoun_values(a, found), right))
        return right[0] - 1 if right else -1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, help="a folder in which to keep the parses")
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="of GAP, the even or odd rows only, to measure on the others"
    )
    parser.add_argument("--hidden", type=int, default=16)
    parser.add_argument("--networks", type=int, default=4, help="how many to average")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("-o", "--output", type=Path, default=Path(package.__path__[0]) / WEIGHTS)
    options = parser.parse_args()
    examples = collect(options.cache)
    snippets = collect_gap(options.cache)
    if options.half is not None:
        snippets = [found for i, found in enumerate(snippets) if i % 2 == options.half]
    examples["pronouns"] += [example for found in snippets for example in found]
    arrays: dict[str, Any] = {}
    for kind, found in examples.items():
        network = averaged([fit(found, options, seed=seed) for seed in range(1, options.networks + 1)])
        arrays |= {f"{kind}_{name}": value for name, value in network.arrays().items()}
    temporary = options.output.with_suffix(".part.npz")
    np.savez_compressed(temporary, **arrays)
    temporary.replace(options.output)
    print(options.output.stat().st_size, "bytes")


def collect(cache: Path | None) -> dict[str, list[Example]]:
    """What the resolver asks on the training texts, with the answers."""
    finder = MentionFinder(Gazetteer())
    teacher = Teacher()
    resolver = CoreferenceResolver(Gazetteer(), teacher, organisations=False)
    register()
    for document in documents("train", cache):
        if document.row["genre"] not in GENRES:
            continue
        doc = finder(document.doc)
        tokens = Tokens(doc)
        expressions = find_expressions(tokens, mentions(doc))
        teacher.gold = gold_of(document, tokens, expressions)
        teacher.first = {}
        for at in sorted(teacher.gold):
            teacher.first.setdefault(teacher.gold[at], at)
        resolver.resolve(doc, turns_in(document, expressions))
    return teacher.examples


def collect_gap(cache: Path | None) -> list[list[Example]]:
    """The example of each snippet of GAP, if its candidates allow one."""
    finder = MentionFinder(Gazetteer())
    teacher = GapTeacher()
    resolver = CoreferenceResolver(Gazetteer(), teacher, organisations=False)
    found: list[list[Example]] = []
    for row, doc in gap_snippets(cache):
        teacher.row, teacher.examples = row, []
        resolver.resolve(finder(doc))
        found.append(teacher.examples[:1])
    return found


def gold_of(document: Document, tokens: Tokens, expressions: Sequence[Expression]) -> dict[int, int]:
    """The gold cluster of each expression: of the same phrase, else of the smallest phrase with the same head."""
    exact: dict[tuple[int, int], int] = {}
    heads: dict[int, tuple[int, int]] = {}
    for number, cluster in enumerate(document.row["clusters"]):
        for start, end in cluster:
            exact[start, end] = number
            ours = document.tokens(start, end)
            if ours is None:
                continue
            head = tokens.span_head(*ours)
            # A coordination has the head of its first part.
            known = heads.get(head)
            if known is None or end - start < known[1]:
                heads[head] = number, end - start
    found: dict[int, int] = {}
    from spacegraph.language.coreference.entities import Entities

    spans = spans_of(document, Resolution(tokens, Entities(expressions), (), ()))
    for e in expressions:
        number = exact.get(spans.get(e.at, (-1, -1)))
        if number is None and e.kind != "set" and e.head in heads and e.pronoun != "rel":
            number = heads[e.head][0]
        if number is not None:
            found[e.at] = number
    return found


class Trained:
    """Parameters, with what turns values into rows of the weights."""

    def __init__(self, vocabularies: list[dict[Hashable, int]], size: int, hidden: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.vocabularies = vocabularies
        self.weights = random.normal(0, 0.1, (size, hidden + 1)).astype(np.float32)
        self.weights[:, -1] = 0
        self.bias = np.zeros(hidden, np.float32)
        self.out = random.normal(0, 0.3, hidden).astype(np.float32)

    def arrays(self) -> dict[str, Any]:
        """What the package stores: half precision is enough for an order."""
        self.weights[0] = 0
        return {
            "vocabulary": json.dumps(
                [[[value, row] for value, row in column.items()] for column in self.vocabularies]
            ),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias.astype(np.float16),
            "out": self.out.astype(np.float16),
        }


def vocabulary(examples: Sequence[Example]) -> tuple[list[dict[Hashable, int]], int]:
    """Row numbers for the frequent values of each column; row 0 is for all others."""
    counts: list[Counter[Hashable]] = [Counter() for _ in examples[0].rows[0]]
    for example in examples:
        for row in example.rows:
            for counter, value in zip(counts, row, strict=True):
                counter[value] += 1
    size = 1
    vocabularies: list[dict[Hashable, int]] = []
    for counter in counts:
        kept = sorted((value for value, count in counter.items() if count >= LEAST), key=repr)
        vocabularies.append({value: size + i for i, value in enumerate(kept)})
        size += len(kept)
    return vocabularies, size


def encode(examples: Sequence[Example], vocabularies: list[dict[Hashable, int]], size: int) -> list[Any]:
    """One-hot rows of all examples in one matrix, where each begins, and which rows are right."""
    flat, right, begins = [], [], [0]
    for example in examples:
        for place, row in enumerate(example.rows):
            flat.append([known.get(value, 0) for known, value in zip(vocabularies, row, strict=True)])
            right.append(place in example.right)
        begins.append(len(flat))
    index = np.array(flat)
    rows = np.repeat(np.arange(len(index)), index.shape[1])
    kept = index.ravel() > 0
    matrix = sparse.csr_matrix(
        (np.ones(int(kept.sum()), np.float32), (rows[kept], index.ravel()[kept])), shape=(len(index), size)
    )
    return [matrix, np.array(begins), np.array(right)]


def forward(network: Trained, matrix: Any) -> tuple[Any, Any]:
    summed = matrix @ network.weights
    hidden = np.maximum(summed[:, :-1] + network.bias, 0)
    return hidden, hidden @ network.out + summed[:, -1]


def averaged(networks: Sequence[Trained]) -> Trained:
    """One network whose scores are the mean of those of several: their hidden layers side by side."""
    share = np.float32(1 / len(networks))
    merged = networks[0]
    linear = sum(network.weights[:, -1:] for network in networks) * share
    merged.weights = np.hstack([*(network.weights[:, :-1] for network in networks), linear])
    merged.bias = np.concatenate([network.bias for network in networks])
    merged.out = np.concatenate([network.out for network in networks]) * share
    return merged


def fit(
    examples: Sequence[Example], options: argparse.Namespace, report: Sequence[Example] = (), seed: int = 1
) -> Trained:
    """Train a network."""
    vocabularies, size = vocabulary(examples)
    network = Trained(vocabularies, size, options.hidden, seed=seed)
    matrix, begins, right = encode(examples, vocabularies, size)
    random = np.random.default_rng(100 + seed)
    parameters: list[NDArray[np.float32]] = [network.weights, network.bias, network.out]
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    step = 0
    batch = 64
    for epoch in range(options.epochs):
        order = random.permutation(len(examples))
        rate = 0.004 * (1 - epoch / options.epochs) + 0.0002
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            rows = np.concatenate([np.arange(begins[i], begins[i + 1]) for i in chosen])
            sizes = [int(begins[i + 1] - begins[i]) for i in chosen]
            part = matrix[rows]
            hidden, scores = forward(network, part)
            grad = np.zeros_like(scores)
            at = 0
            for n in sizes:
                piece = scores[at : at + n]
                good = right[rows[at : at + n]]
                p = np.exp(piece - piece.max())
                q = p * good
                grad[at : at + n] = p / p.sum() - q / q.sum()
                at += n
            grad /= len(chosen)
            keep = (
                random.random(hidden.shape) > 0.25
            ) / 0.75  # dropout, by way of the gradient only on kept units
            d_hidden = np.outer(grad, network.out) * (hidden > 0) * keep
            d_weights = np.asarray(part.T @ np.hstack([d_hidden, grad[:, None]]))
            gradients = [
                d_weights + options.decay * network.weights,
                d_hidden.sum(0),
                (hidden * keep).T @ grad,
            ]
            step += 1
            for p, g, m, v in zip(parameters, gradients, first, second, strict=True):
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                p -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        if report:
            print(epoch, {k: round(v, 4) for k, v in measure(network, report).items()})
    return network


def measure(network: Trained, examples: Sequence[Example]) -> dict[str, float]:
    """How often the choice is right, and precision and recall of the links."""
    matrix, begins, right = encode(examples, network.vocabularies, len(network.weights))
    _, scores = forward(network, matrix)
    good = linked = hits = there = 0
    for i in range(len(examples)):
        a, b = begins[i], begins[i + 1]
        best = int(scores[a:b].argmax())
        ok = bool(right[a + best])
        good += ok
        linked += best > 0
        hits += best > 0 and ok
        there += not right[a]
    return {
        "accuracy": good / len(examples),
        "precision": hits / max(linked, 1),
        "recall": hits / max(there, 1),
    }


if __name__ == "__main__":
    main()
