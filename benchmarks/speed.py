"""Time of reading against bare spaCy on the same text, in one process.

    python benchmarks/speed.py [--rounds 7]

Reports the median and the range of the ratio over rounds in which the two take turns, so that whatever else
the machine does strikes both alike.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import spacy

from spacegraph.language.pipeline import PACKAGED_MODEL
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data" / "articles" / "articles.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    source = SHARED if SHARED.exists() else ROOT / "examples" / "sample_article.txt"
    articles = list(read_articles([source]))
    bare = spacy.load(PACKAGED_MODEL)
    reader = load_reader()

    def run_bare() -> int:
        return sum(len(doc) for doc in bare.pipe(a.text for a in articles))

    def run_reader() -> int:
        return sum(len(facts) for _, facts, _ in reader.read(articles))

    tokens, facts = run_bare(), run_reader()
    ratios, times = [], {"bare": [], "reader": []}
    for _ in range(args.rounds):
        start = time.perf_counter()
        run_bare()
        middle = time.perf_counter()
        run_reader()
        end = time.perf_counter()
        times["bare"].append(middle - start)
        times["reader"].append(end - middle)
        ratios.append((end - middle) / (middle - start))
    print(f"articles {len(articles)}, tokens {tokens}, facts {facts}")
    for name, values in times.items():
        print(f"{name:>7}: median {statistics.median(values) * 1000:.0f} ms")
    print(f"ratio: median {statistics.median(ratios):.2f} (range {min(ratios):.2f}–{max(ratios):.2f})")


if __name__ == "__main__":
    main()
