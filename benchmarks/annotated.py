"""Score the facts read from annotated texts that nothing was trained on or written for.

    python benchmarks/annotated.py [--set annotated|written] [--with rules,reader] [--core] [--per-relation] [--errors] [--calibration] [--by-property]

Needs the development data beside the repository (``../shared``). ``--calibration`` tells how often facts of each confidence are
right, and the expected calibration error (ten bins; facts that match none of the annotated ones count as wrong, so that it is a
lower bound: about one in six true facts is not annotated). ``--by-property`` tells of each property of ours how many facts are
right, ``--per-relation`` of each relation of the annotators how many are found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from spacegraph.graph.formats.facts_json import fact_to_json
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def gold_of(name: str, split: str, folder: Path) -> Path:
    """The gold rows of a set's split, made by the scorer's own converter."""
    data = SHARED / "data" / name
    command = [
        sys.executable,
        "-m",
        "eval.annotated",
        "--articles",
        str(data / "articles.jsonl"),
        "--facts",
        str(data / "facts.jsonl"),
        "--split",
        split,
    ]
    path = folder / f"{name}.gold.jsonl"
    path.write_bytes(subprocess.run(command, cwd=SHARED, check=True, capture_output=True).stdout)
    return path


def predictions(name: str, split: str, readers: list[str] | None, every: int) -> list[dict[str, Any]]:
    """The facts of every n-th article of a set's split as JSON rows."""
    data = SHARED / "data" / name / "articles.jsonl"
    ids = [
        row["id"] for row in map(json.loads, data.read_text("utf-8").splitlines()) if row["split"] == split
    ]
    wanted = set(ids[::every])
    reader = load_reader(readers=readers)
    articles = [a for a in read_articles([data]) if a.id in wanted]
    return [fact_to_json(fact) for _, facts, _ in reader.read(articles) for fact in facts]


def judged(rows: list[dict[str, Any]], predicted: Path, gold: Path) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each fact as it was told, and whether it is annotated."""
    sys.path.insert(0, str(SHARED))
    from eval.triples import load_facts

    golds = load_facts(gold, many=True, factuality_required=True)
    facts = {
        doc: iter(found)
        for doc, found in load_facts(predicted, many=False, factuality_required=False).items()
    }
    for row in rows:
        fact = next(facts[row["doc_id"]])
        yield row, any(g.matches(fact) for g in golds.get(fact.doc_id, ()))


def by_property(rows: list[dict[str, Any]], predicted: Path, gold: Path) -> None:
    """Print how many facts of each property were told, and how many of them are annotated."""
    told: defaultdict[str, list[bool]] = defaultdict(list)
    for row, right in judged(rows, predicted, gold):
        told[row["relation"]].append(right)
    for name, marks in sorted(told.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(marks):4} told, {sum(marks):4} right: {sum(marks) / len(marks):.2f}  {name}")


def calibration(rows: list[dict[str, Any]], predicted: Path, gold: Path) -> None:
    """Print how often facts of each tenth of confidence are right, and the expected calibration error."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for row, right in judged(rows, predicted, gold):
        bins[min(int(row["confidence"] * 10), 9)].append((row["confidence"], right))
    error = 0.0
    for n, found in enumerate(bins):
        if found:
            told, true = sum(c for c, _ in found) / len(found), sum(r for _, r in found) / len(found)
            error += abs(told - true) * len(found) / len(rows)
            print(f"{n / 10:.1f}-{(n + 1) / 10:.1f}: {len(found):5} facts, told {told:.2f}, right {true:.2f}")
    print(f"expected calibration error {error:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--set", default="annotated", choices=["annotated", "written"])
    parser.add_argument(
        "--split",
        default="val",
        choices=["train", "val"],
        help="train tells where the way from mentions to facts loses",
    )
    parser.add_argument("--every", type=int, default=1, help="take only every n-th article")
    parser.add_argument("--with", dest="readers", help="who reads: rules, reader or both")
    parser.add_argument("--out", type=Path, help="keep the predicted facts here (JSON Lines)")
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument(
        "--by-property", action="store_true", help="how many facts of each property are right"
    )
    args, rest = parser.parse_known_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; this benchmark needs them.")
    with tempfile.TemporaryDirectory() as folder:
        out = args.out or Path(folder) / "facts.jsonl"
        rows = predictions(
            args.set, args.split, args.readers.split(",") if args.readers else None, args.every
        )
        out.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
        gold = gold_of(args.set, args.split, Path(folder))
        if args.every > 1:
            ids = {row["doc_id"] for row in rows}
            lines = gold.read_text("utf-8").splitlines(keepends=True)
            gold.write_text("".join(line for line in lines if json.loads(line)["doc_id"] in ids), "utf-8")
        if args.calibration:
            calibration(rows, out, gold)
        if args.by_property:
            by_property(rows, out, gold)
        command = [
            sys.executable,
            "-m",
            "eval.triples",
            "--gold",
            str(gold),
            "--pred",
            str(out.resolve()),
            *rest,
        ]
        subprocess.run(command, cwd=SHARED, check=True)


if __name__ == "__main__":
    main()
