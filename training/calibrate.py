"""Fit what confidence is worth on the validation texts: ``python training/calibrate.py``.

Reads the ``val`` texts of ``annotated`` and ``written`` with the packaged model, tells for each fact of the lexicon and of the reader whether an
annotated fact matches it, fits the logistic models of :class:`spacegraph.mapping.by_relations.Calibration`, and writes them into the
packaged ``card.json``. A relation's offset is drawn towards none, the less there is of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from annotated import SHARED, gold_of  # noqa: E402
from spacegraph.graph.formats.facts_json import fact_to_json  # noqa: E402
from spacegraph.language.reader.session import MODEL  # noqa: E402
from spacegraph.mapping.by_relations import Calibration, logit  # noqa: E402
from spacegraph.mapping.mapper import Mapper  # noqa: E402
from spacegraph.reading import load_reader  # noqa: E402
from spacegraph.sources import read_articles  # noqa: E402

#: How much a relation's own offset weighs against none.
RIDGE = 6.0


class Recording(Calibration):
    """A calibration that keeps every fact and tells what it was made of."""

    def __init__(self, card: dict[str, Any]) -> None:
        super().__init__(card)
        self.least = 0.0

    def of_reader(self, relation: str, probability: float) -> float:  # noqa: ARG002
        return 1.0 + probability

    def of_lexicon(self, confidence: float) -> float:
        return 3.0 + confidence

    def of_both(self, confidence: float, probability: float) -> float:
        return 5.0 + round(confidence, 3) * 1000 + min(probability, 0.999)


def fit(rows: list[list[float]], right: list[bool], ridge: float = 0.5) -> list[float]:
    """Coefficients of a logistic model, the constant first; Newton's method with a small penalty."""
    x = np.column_stack([np.ones(len(rows)), np.array(rows)])
    y = np.array(right, dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1]), x.T @ (y - p) - ridge * w
        )
        w += step
        if abs(step).max() < 1e-8:
            break
    return [round(float(v), 4) for v in w]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=float, default=0.5)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(SHARED))
    from eval.triples import load_facts

    card = json.loads((MODEL / "card.json").read_text("utf-8"))
    reader = load_reader()
    mapper = Mapper(reader.ontology, reader.lexicon, calibration=Recording(card))
    groups: dict[str, tuple[list[list[float]], list[bool], list[str]]] = {
        n: ([], [], []) for n in ("reader", "lexicon", "both")
    }
    for name in ("annotated", "written"):
        golds = load_facts(gold_of(name, "val", options.work), many=True, factuality_required=True)
        data = SHARED / "data" / name / "articles.jsonl"
        articles = [a for a in read_articles([data]) if a.id in golds]
        for article, doc in zip(articles, reader.docs(articles), strict=True):
            facts = mapper.read(doc, article)[0]
            path = options.work / "one.jsonl"
            path.write_text(
                "".join(json.dumps({**fact_to_json(f), "confidence": 0.5}) + "\n" for f in facts), "utf-8"
            )
            for fact, row in zip(
                facts,
                load_facts(path, many=False, factuality_required=False).get(article.id, []),
                strict=True,
            ):
                right = any(g.matches(row) for g in golds[article.id])
                c = fact.confidence
                kind, values = (
                    ("reader", [logit(c - 1)])
                    if c < 3
                    else ("lexicon", [logit(c - 3)])
                    if c < 5
                    else ("both", [logit(int(c - 5) / 1000), logit((c - 5) % 1)])
                )
                if fact.inferred:
                    continue
                groups[kind][0].append(values)
                groups[kind][1].append(right)
                groups[kind][2].append(fact.relation)
        if name == "annotated":
            # Confidence is for news as it is written; the texts made for their traps only tell relations apart.
            found: dict[str, Any] = {kind: fit(rows, right) for kind, (rows, right, _) in groups.items()}
    rows, right, relations = groups["reader"]
    by_relation: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (x,), y, r in zip(rows, right, relations, strict=True):
        if x > logit(0.25):
            by_relation[r].append((found["reader"][0] + found["reader"][1] * x, y))
    offsets = {}
    for r, of in sorted(by_relation.items()):
        b = 0.0
        for _ in range(30):
            p = np.array([1 / (1 + np.exp(-(z + b))) for z, _ in of])
            b += (sum(y for _, y in of) - p.sum() - RIDGE * b / 4) / ((p * (1 - p)).sum() + RIDGE / 4)
        offsets[r] = round(float(b), 3)
    card["calibration"] = {
        **found,
        "relations": offsets,
        "least": options.least,
    }
    partial = MODEL / "card.partial"
    partial.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    partial.replace(MODEL / "card.json")
    print({k: (len(v[1]), round(sum(v[1]) / max(len(v[1]), 1), 3)) for k, v in groups.items()}, found)
    print(offsets)


if __name__ == "__main__":
    main()
