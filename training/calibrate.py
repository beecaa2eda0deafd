"""Fit what confidence is worth on the validation texts: ``python training/calibrate.py``.

Reads the ``val`` texts of ``annotated`` and ``written`` with the packaged model, tells for each fact of the lexicon and of the reader whether an
annotated fact matches it, fits the logistic models of :class:`spacegraph.mapping.by_relations.Calibration`, and writes them into the
packaged ``card.json``. A relation's offset is drawn towards none, the less there is of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from annotated import SHARED, gold_of  # noqa: E402
from spacegraph.graph.formats.facts_json import fact_to_json  # noqa: E402
from spacegraph.language.reader.session import MODEL  # noqa: E402
from spacegraph.mapping.by_relations import Calibration, Signs, logit  # noqa: E402
from spacegraph.mapping.mapper import Mapper  # noqa: E402
from spacegraph.reading import load_reader  # noqa: E402
from spacegraph.sources import read_articles  # noqa: E402

#: How much each coefficient is drawn towards none, and each relation's offset.
RIDGE, RELATION_RIDGE = 0.5, 2.0
#: How much a fact of the texts that were written for their traps weighs against one of news.
WRITTEN = 0.5


class Recording(Calibration):
    """A calibration that tells every fact, and what it was made of.

    Confidences are keys into ``signs`` (the reader's) and ``pairs`` (both: the lexicon's confidence, and a key of the reader's).
    """

    def __init__(self, card: dict[str, Any]) -> None:
        super().__init__(card)
        self.least = 0.0
        self.signs: dict[float, Signs] = {}
        self.pairs: dict[float, tuple[float, float]] = {}

    def of_reader(self, relation: str, signs: Signs) -> float:  # noqa: ARG002
        # The likelier first, as with any calibration.
        key = signs.probability + 1e-9 * (1 + len(self.signs))
        self.signs[key] = signs
        return key

    def of_lexicon(self, confidence: float) -> float:
        return 3.0 + confidence

    def of_both(self, confidence: float, read: float) -> float:
        key = 5.0 + len(self.pairs)
        self.pairs[key] = confidence, read
        return key


def fit(
    rows: list[dict[str, float]], right: list[bool], weights: list[float], ridges: dict[str, float]
) -> dict[str, float]:
    """Coefficients of a logistic model by name, the constant under ""; Newton's method with a penalty (``ridges``; else RIDGE)."""
    names = sorted({name for row in rows for name in row})
    x = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    y, weight = np.array(right, dtype=float), np.array(weights)
    ridge = np.array([0.01, *(ridges.get(name, RIDGE) for name in names)])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, x.T @ (weight * (y - p)) - ridge * w)
        w += step
        if abs(step).max() < 1e-8:
            break
    return {name: round(float(v), 4) for name, v in zip(["", *names], w, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=float, default=0.42)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(SHARED))
    from eval.triples import load_facts

    card = json.loads((MODEL / "card.json").read_text("utf-8"))
    reader = load_reader()
    recording = Recording(card)
    mapper = Mapper(reader.ontology, reader.lexicon, calibration=recording)
    facts: list[tuple[float, str, bool, bool]] = []  # confidence, relation, right, of news
    for name in ("annotated", "written"):
        golds = load_facts(gold_of(name, "val", options.work), many=True, factuality_required=True)
        data = SHARED / "data" / name / "articles.jsonl"
        articles = [a for a in read_articles([data]) if a.id in golds]
        for article, doc in zip(articles, reader.docs(articles), strict=True):
            found = mapper.read(doc, article)[0]
            path = options.work / "one.jsonl"
            path.write_text(
                "".join(json.dumps({**fact_to_json(f), "confidence": 0.5}) + "\n" for f in found), "utf-8"
            )
            rows = load_facts(path, many=False, factuality_required=False).get(article.id, [])
            facts += [
                (
                    fact.confidence,
                    fact.relation,
                    any(g.matches(row) for g in golds[article.id]),
                    name == "annotated",
                )
                for fact, row in zip(found, rows, strict=True)
                if not fact.inferred
            ]
    # Confidence is for news as it is written: what is peculiar to the texts made for their traps is told apart, and left out.
    of_reader = [f for f in facts if f[0] < 3]
    read = fit(
        [
            {
                **recording.signs[c].features(),
                f"relation {relation}": 1.0,
                "news": float(news),
            }
            for c, relation, _, news in of_reader
        ],
        [right for _, _, right, _ in of_reader],
        [1.0 if news else WRITTEN for *_, news in of_reader],
        {f"relation {relation}": RELATION_RIDGE for _, relation, _, _ in of_reader},
    )
    read[""] = round(read[""] + read.pop("news"), 4)
    calibration = {
        "reader": {name: v for name, v in read.items() if not name.startswith("relation ")},
        "relations": {
            name.removeprefix("relation "): v for name, v in read.items() if name.startswith("relation ")
        },
    }
    alone = Calibration({**card, "calibration": calibration})
    news = [f for f in facts if f[3]]
    lexicon = fit(
        [{"confidence": logit(c - 3)} for c, *_ in news if 3 <= c < 5],
        [right for c, _, right, _ in news if 3 <= c < 5],
        [1.0 for c, *_ in news if 3 <= c < 5],
        {},
    )
    agreed = [(*recording.pairs[c], relation, right) for c, relation, right, _ in news if c >= 5]
    both = fit(
        [
            {"confidence": logit(c), "read": logit(alone.of_reader(relation, recording.signs[key]))}
            for c, key, relation, _ in agreed
        ],
        [right for *_, right in agreed],
        [1.0 for _ in agreed],
        {},
    )
    card["calibration"] = {
        "reader": calibration["reader"],
        "lexicon": [lexicon[""], lexicon["confidence"]],
        "both": [both[""], both["confidence"], both["read"]],
        "relations": calibration["relations"],
        "least": options.least,
    }
    partial = MODEL / "card.partial"
    partial.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    partial.replace(MODEL / "card.json")
    print(f"{len(of_reader)} facts of the reader alone, {len(agreed)} of both")
    print(card["calibration"])


if __name__ == "__main__":
    main()
