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
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.model import Fact
    from spacegraph.reading import Reader

#: How much each coefficient is drawn towards none, each relation's offset, and that of each entry of the lexicon.
RIDGE, RELATION_RIDGE, ENTRY_RIDGE = 0.5, 2.0, 1.0
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

    def of_lexicon(self, rule: str, confidence: float) -> float:  # noqa: ARG002
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


def judged(reader: Reader, mapper: Mapper, name: str, split: str, work: Path) -> Iterator[tuple[Fact, bool]]:
    """The facts of a set's split, each with whether an annotated one matches it."""
    from eval.triples import load_facts

    golds = load_facts(gold_of(name, split, work), many=True, factuality_required=True)
    data = SHARED / "data" / name / "articles.jsonl"
    articles = [a for a in read_articles([data]) if a.id in golds]
    for article, doc in zip(articles, reader.docs(articles), strict=True):
        found = mapper.read(doc, article)[0]
        if not found:
            continue
        path = work / "one.jsonl"
        path.write_text(
            "".join(json.dumps({**fact_to_json(f), "confidence": 0.5}) + "\n" for f in found), "utf-8"
        )
        rows = load_facts(path, many=False, factuality_required=False).get(article.id, [])
        for fact, row in zip(found, rows, strict=True):
            if not fact.inferred:
                yield fact, any(g.matches(row) for g in golds[article.id])


def entries_of(known: frozenset[str], work: Path) -> dict[str, float]:
    """How much more or less often each entry of the lexicon is right than its confidence says, as an offset of its logit.

    Measured on the training texts, for which no entry was written; of relations that their annotators did not know nothing is measured.
    """
    reader = load_reader(readers=["rules"])
    mapper = Mapper(reader.ontology, reader.lexicon)
    found = [
        (fact, right)
        for fact, right in judged(reader, mapper, "annotated", "train", work)
        if fact.relation in known
    ]
    fitted = fit(
        [{"confidence": logit(fact.confidence), f"entry {fact.rule}": 1.0} for fact, _ in found],
        [right for _, right in found],
        [1.0 for _ in found],
        {f"entry {fact.rule}": ENTRY_RIDGE for fact, _ in found},
    )
    return {n.removeprefix("entry "): v for n, v in fitted.items() if n.startswith("entry ")}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=float, default=0.5)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(SHARED))
    card = json.loads((MODEL / "card.json").read_text("utf-8"))
    reader = load_reader()
    recording = Recording(card)
    mapper = Mapper(reader.ontology, reader.lexicon, calibration=recording)
    entries = entries_of(recording.trained, options.work)
    facts: list[tuple[float, Fact, bool, bool]] = []  # confidence, fact, right, of news
    for name in ("annotated", "written"):
        facts += [
            (fact.confidence, fact, right, name == "annotated")
            for fact, right in judged(reader, mapper, name, "val", options.work)
        ]
    # Confidence is for news as it is written: what is peculiar to the texts made for their traps is told apart, and left out.
    of_reader = [f for f in facts if f[0] < 3]
    read = fit(
        [
            {
                **recording.signs[c].features(),
                f"relation {fact.relation}": 1.0,
                "news": float(news),
            }
            for c, fact, _, news in of_reader
        ],
        [right for _, _, right, _ in of_reader],
        [1.0 if news else WRITTEN for *_, news in of_reader],
        {f"relation {fact.relation}": RELATION_RIDGE for _, fact, _, _ in of_reader},
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
        [
            {"confidence": logit(c - 3), "entry": entries.get(fact.rule, 0.0)}
            for c, fact, *_ in news
            if 3 <= c < 5
        ],
        [right for c, _, right, _ in news if 3 <= c < 5],
        [1.0 for c, *_ in news if 3 <= c < 5],
        {},
    )
    agreed = [(*recording.pairs[c], fact.relation, right) for c, fact, right, _ in news if c >= 5]
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
        "entries": {rule: round(v * lexicon["entry"], 3) for rule, v in sorted(entries.items())},
        "least": options.least,
    }
    partial = MODEL / "card.partial"
    partial.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    partial.replace(MODEL / "card.json")
    print(f"{len(of_reader)} facts of the reader alone, {len(agreed)} of both")
    print(card["calibration"])


if __name__ == "__main__":
    main()
