"""Time of reading articles to facts against bare spaCy on the same text, in one process.

    python benchmarks/speed.py [--rounds 7] [--articles FILE] [--every 3] [--parts] [--start]

Times are CPU times of the process, so that what else the machine does counts as little as may be; set ``OMP_NUM_THREADS=1``.
The two sides take turns and get the same batches. Reported are the median and the range of the ratio over the rounds.
``--parts`` tells what each component takes, ``--start`` what loading the reader takes.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from spacegraph.language.pipeline import COMPONENTS, PACKAGED_MODEL, Spacegraph, read
from spacegraph.mapping import Mapper
from spacegraph.reading import BATCH, Reader, load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from spacegraph.model import Article

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data" / "articles" / "articles.jsonl"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often both sides run")
    parser.add_argument("--articles", type=Path, help="articles to read instead of the development articles")
    parser.add_argument("--every", type=int, default=1, help="take only every n-th article")
    parser.add_argument("--parts", action="store_true", help="tell what each component takes")
    parser.add_argument("--start", action="store_true", help="tell what loading the reader takes")
    args = parser.parse_args()
    start = time.process_time()
    reader = load_reader()
    if args.start:
        print(f"load_reader: {time.process_time() - start:.2f} s")
    source = args.articles or (SHARED if SHARED.exists() else ROOT / "examples" / "sample_article.txt")
    articles = list(read_articles([source]))[:: args.every]
    bare = spacy.load(PACKAGED_MODEL)

    def run_bare() -> int:
        return sum(len(doc) for doc in bare.pipe((a.text for a in articles), batch_size=BATCH))

    def run_reader() -> int:
        return sum(len(facts) for _, facts, _ in reader.read(articles))

    tokens, facts = run_bare(), run_reader()
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(args.rounds):
        times["bare"].append(_time(run_bare))
        times["reader"].append(_time(run_reader))
    ratios = [ours / theirs for ours, theirs in zip(times["reader"], times["bare"], strict=True)]
    print(f"articles {len(articles)}, tokens {tokens}, facts {facts}")
    for name, values in times.items():
        print(f"{name:>7}: median {statistics.median(values) * 1000:.0f} ms of CPU time")
    print(f"ratio: median {statistics.median(ratios):.2f} (range {min(ratios):.2f}–{max(ratios):.2f})")
    if args.parts:
        _print_parts(reader, articles, run_bare, args.rounds)


def _time(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


class _Timed:
    """A component that adds up its time."""

    def __init__(self, component: Callable[[Doc], Doc]) -> None:
        self.component = component
        self.seconds = 0.0

    def __call__(self, doc: Doc) -> Doc:
        start = time.process_time()
        doc = self.component(doc)
        self.seconds += time.process_time() - start
        return doc


def _print_parts(
    reader: Reader, articles: list[Article], run_bare: Callable[[], object], rounds: int
) -> None:
    whole = reader.nlp.get_pipe("spacegraph")
    assert isinstance(whole, Spacegraph)
    plain = whole.components
    timed = [_Timed(component) for component in plain]
    mapper = Mapper(reader.ontology, reader.lexicon)
    shares: dict[str, list[float]] = defaultdict(list)
    whole.components = list(timed)
    try:
        for _ in range(rounds):
            for component in timed:
                component.seconds = 0.0
            bare = _time(run_bare)
            mapping = 0.0
            start = time.process_time()
            for article, doc in zip(articles, read(reader.nlp, articles), strict=True):
                before = time.process_time()
                mapper.read(doc, article)
                mapping += time.process_time() - before
            total = time.process_time() - start
            own = sum(component.seconds for component in timed)
            shares["spaCy and segments"].append((total - own - mapping) / bare)
            for name, component in zip(COMPONENTS, timed, strict=True):
                shares[name].append(component.seconds / bare)
            shares["mapping"].append(mapping / bare)
            shares["all"].append(total / bare)
    finally:
        whole.components = plain
    for name, values in shares.items():
        print(f"{name:>26}: {statistics.median(values) * 100:6.1f} % of bare spaCy")


if __name__ == "__main__":
    main()
