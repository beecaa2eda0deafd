"""Learns from Text2KGBench's training sentences and reads its test sentences.

    python benchmarks/text2kg.py --ontology O.ttl --train T.jsonl --test S.jsonl --out P.jsonl
    python benchmarks/text2kg.py --ontology O.ttl --train T.jsonl --folds 5 --out P.jsonl
    python benchmarks/text2kg.py --ontology O.ttl --test S.jsonl --out P.jsonl            # no examples at all
    python benchmarks/text2kg.py --ontology O.ttl --train T.jsonl --folds 5 --shots 3 --out P.jsonl

Sentences: ``{"id", "sent"}`` a line, for training with ``"triples": [{"sub", "rel", "obj"}]``. Predictions: ``{"id",
"triples": [[s, r, o], …]}``. With ``--folds`` the training sentences themselves are read, each fold by what was
learnt from the others. Folds are divided by subject: sentences that speak of one subject, or of subjects that a third
sentence has both, stay in one fold, so that nothing is read by knowing what it is about. ``--shots N`` learns from so
few sentences that no relation needs more than N examples.

What is learnt is written as a lexicon file and read by that file alone; ``--lexicon`` keeps it.
Without ``--train`` the cues of the ontology's labels read. ``--entries-only`` reads by the file's entries, learnt or
derived, without its clues. ``--with`` reads as ``spacegraph facts`` does, with the whole pipeline: by the lexicon
(``rules``), the trained reader (``reader``), or ``both``.

What only the benchmark wants is in this script and learnt from its training triples: underscores in names, quotes
around literals, its names for relations. Its sentences were encoded twice in places ("SÃ£o"); that is undone first.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from networkx.utils import UnionFind

from spacegraph.errors import SpacegraphError
from spacegraph.learning import (
    Example,
    LinearModel,
    PropertyNames,
    best_by_expected_f1,
    learn,
    read_examples,
    read_sentences,
    write_lexicon,
)
from spacegraph.learning.cues import CueReader
from spacegraph.learning.extraction import load_model
from spacegraph.learning.model import Reading
from spacegraph.learning.patterns import read_by_senses
from spacegraph.lexicon import Lexicon, load_lexicon
from spacegraph.model import Article, Factuality
from spacegraph.rdf_ontology import load_ontology
from spacegraph.reading import load_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacegraph.ontology import Ontology

Triple = tuple[str, str, str]

_DOUBLE = re.compile("[\u0080-\u00ff]{2,}")
#: What the worker processes share; set before they are forked.
_SHARED: dict[str, Any] = {}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--ontology", required=True, help="the ontology, an RDF file")
    parser.add_argument("--train", help="sentences with triples, JSON Lines")
    parser.add_argument("--test", help="sentences to read, JSON Lines")
    parser.add_argument("--folds", type=int, default=0, help="read the training sentences in so many folds")
    parser.add_argument("--out", required=True, help="where the predictions go")
    parser.add_argument("--lexicon", help="where the learnt lexicon goes; a temporary file by default")
    parser.add_argument("--entries-only", action="store_true", help="by the entries alone, without clues")
    parser.add_argument(
        "--shots", type=int, default=0, help="learn from about so many examples a relation only"
    )
    parser.add_argument(
        "--with",
        dest="readers",
        choices=("rules", "reader", "both"),
        help="read as the product does, by these readers; without, the clues or the labels' cues read alone",
    )
    parser.add_argument("--processes", type=int, default=2, help="so many processes read")
    options = parser.parse_args()
    if not (options.test or (options.train and options.folds)):
        parser.error("name --test, or --train with --folds")
    try:
        run(options)
    except SpacegraphError as error:
        sys.exit(f"text2kg: {error}")


def run(options: argparse.Namespace) -> None:
    ontology = load_ontology(options.ontology)
    train: list[Example] = []
    if options.train:
        rows, problems = read_examples(options.train)
        train, unknown = known_relations(rows, ontology)
        for problem in [*problems, *unknown]:
            print(problem, file=sys.stderr)
    if options.folds:
        predictions: dict[str, list[Triple]] = {}
        for held in folds(train, options.folds):
            rest = [e for n, e in enumerate(train) if n not in held]
            read = {train[n].id: train[n].sent for n in sorted(held)}
            predictions.update(predict(ontology, rest, read, options))
        predictions = {e.id: predictions[e.id] for e in train}
    else:
        predictions = predict(ontology, train, read_test(options.test), options)
    out = Path(options.out)
    temporary = out.with_name(out.name + ".part")
    with temporary.open("w", encoding="utf-8") as file:
        for key, triples in predictions.items():
            file.write(json.dumps({"id": key, "triples": triples}, ensure_ascii=False) + "\n")
    temporary.replace(out)


def predict(
    ontology: Ontology, train: Sequence[Example], sentences: dict[str, str], options: argparse.Namespace
) -> dict[str, list[Triple]]:
    if options.shots:
        train = few(train, options.shots)
    started, used = time.perf_counter(), cpu_time()
    writer = wording(train)
    names = relation_names(ontology, train)
    texts = [repair(s) for s in sentences.values()]
    if train or options.entries_only:
        learnt = learn(ontology, as_examples(ontology, train))
        print(
            f"learnt from {len(train)} sentences in {time.perf_counter() - started:.1f} s, "
            f"{cpu_time() - used:.1f} s of processor time",
            file=sys.stderr,
        )
        with tempfile.TemporaryDirectory() as folder:
            path = write_lexicon(learnt, options.lexicon or Path(folder) / "lexicon.ttl", ontology)
            started, used = time.perf_counter(), cpu_time()
            if options.readers:
                answers = by_product(options, path, texts)
            elif options.entries_only:
                entries = Lexicon.from_senses(load_lexicon(path).senses)
                answers = list(read_by_senses(ontology, entries, texts))
            else:
                answers = by_model(load_model(path), texts, options.processes)
    elif options.readers:
        answers = by_product(options, None, texts)
    else:
        answers = by_labels(ontology, texts)
    seconds = time.perf_counter() - started
    print(
        f"read {len(texts)} sentences in {seconds:.1f} s, {len(texts) / seconds:.0f} a second; "
        f"{(cpu_time() - used) / len(texts) * 1000:.1f} ms of processor time a sentence",
        file=sys.stderr,
    )
    return {
        key: [writer((s, names.get(r, r), o)) for s, r, o in triples]
        for key, triples in zip(sentences, answers, strict=True)
    }


def cpu_time() -> float:
    """Processor time of this process and the workers that have ended, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def as_examples(ontology: Ontology, train: Sequence[Example]) -> list[Example]:
    """The training sentences as people would write them, with the local names of properties."""
    names = PropertyNames(ontology)
    return [
        Example(
            e.id,
            repair(e.sent),
            tuple((s, p.name, o) for s, r, o in map(clean, e.triples) if (p := names.find(r)) is not None),
        )
        for e in train
    ]


def relation_names(ontology: Ontology, train: Sequence[Example]) -> dict[str, str]:
    """What the benchmark calls each property: as its training triples do, else by its label."""
    names = PropertyNames(ontology)
    called = {p.name: p.label for p in ontology.properties.values()}
    for relation in sorted({r for e in train for _, r, _ in e.triples}):
        found = names.find(relation)
        if found is not None:
            called[found.name] = relation
    return called


def by_model(model: LinearModel, texts: list[str], processes: int) -> list[list[Triple]]:
    """Read with the linear model, in several processes where there is enough to read."""
    if processes < 2 or len(texts) < 50:
        return _read_by_model(model, texts)
    _SHARED["model"] = model
    size = -(-len(texts) // processes)
    chunks = [texts[i : i + size] for i in range(0, len(texts), size)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
        return [triples for part in pool.map(_read_in_worker, chunks) for triples in part]


def _read_in_worker(texts: list[str]) -> list[list[Triple]]:
    return _read_by_model(_SHARED["model"], texts)


def _read_by_model(model: LinearModel, texts: list[str]) -> list[list[Triple]]:
    return [
        [s.triple for s in best_by_expected_f1(model.score(Reading(doc, model.labels)))]
        for doc in read_sentences(texts)
    ]


def by_product(options: argparse.Namespace, lexicon: Path | None, texts: list[str]) -> list[list[Triple]]:
    """Read as ``spacegraph facts --ontology O --lexicon L`` does; what is denied is left out."""
    readers = None if options.readers == "both" else (options.readers,)
    reader = load_reader(ontology=options.ontology, lexicon=lexicon, readers=readers)
    articles = [Article(id=str(n), text=text) for n, text in enumerate(texts)]
    return [
        list(
            dict.fromkeys(
                (f.subject.label, f.relation, f.object.label)
                for f in sorted(facts, key=lambda f: -f.confidence)
                if f.factuality is not Factuality.NEGATED
            )
        )
        for _, facts, _ in reader.read(articles)
    ]


def by_labels(ontology: Ontology, texts: list[str]) -> list[list[Triple]]:
    """Read by what the ontology's labels say, without any example."""
    reader = CueReader(ontology)
    return [
        [scored.triple for scored in reader.score(Reading(doc, reader.labels))]
        for doc in read_sentences(texts)
    ]


def known_relations(rows: Sequence[Example], ontology: Ontology) -> tuple[list[Example], list[str]]:
    """The examples without the triples whose relation the ontology lacks; the relations keep their names."""
    names = PropertyNames(ontology)
    kept, problems = [], []
    for row in rows:
        triples = tuple(t for t in row.triples if names.find(t[1]))
        problems += [
            f"{row.id}: the ontology has no property {t[1]!r}; left out"
            for t in row.triples
            if t not in triples
        ]
        kept.append(Example(row.id, row.sent, triples))
    return kept, problems


def read_test(path: str) -> dict[str, str]:
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return {row["id"]: row["sent"] for row in (json.loads(line) for line in lines if line.strip())}


def folds(examples: Sequence[Example], count: int) -> list[set[int]]:
    """The places of examples in so many folds (fewer where there are fewer subjects), of much the same size.

    What is said of one subject, or of two that some example joins, stays together.
    """
    groups = UnionFind(range(len(examples)))
    first: dict[str, int] = {}
    for n, example in enumerate(examples):
        for triple in example.triples:
            groups.union(n, first.setdefault(re.sub(r"\W+", "", clean(triple)[0]).lower(), n))
    parts = sorted(map(sorted, groups.to_sets()))
    random.Random(0).shuffle(parts)
    found: list[set[int]] = [set() for _ in range(count)]
    for part in sorted(parts, key=len, reverse=True):
        min(found, key=len).update(part)
    return [fold for fold in found if fold]


def few(examples: Sequence[Example], shots: int) -> list[Example]:
    """Some of the examples: each relation has ``shots`` of them, or all that there are.

    One is taken only for the sake of a relation that lacks examples, so that a relation often found beside others may have more.
    """
    order = list(range(len(examples)))
    random.Random(0).shuffle(order)
    have: Counter[str] = Counter()
    chosen = []
    for n in order:
        relations = {r for _, r, _ in examples[n].triples}
        if any(have[r] < shots for r in relations):
            chosen.append(n)
            have.update(relations)
    return [examples[n] for n in sorted(chosen)]


def repair(text: str) -> str:
    """Text whose UTF-8 was taken for Latin-1 somewhere, read aright."""

    def once_more(match: re.Match[str]) -> str:
        for encoding in ("latin-1", "cp1252"):
            try:
                return match.group().encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
        return match.group()

    return _DOUBLE.sub(once_more, text)


def clean(triple: Triple) -> Triple:
    """A triple as people would write it: spaces for underscores, no quotes."""
    sub, _, obj = (re.sub(r"\s+", " ", part.replace("_", " ")).strip() for part in triple)
    return sub, triple[1], unquoted(obj)


def unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def wording(train: Sequence[Example]) -> Callable[[Triple], Triple]:
    """How the benchmark writes a triple: objects as its training triples have them, quotes as is usual for the relation."""
    usual: dict[str, Counter[bool]] = defaultdict(Counter)
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for example in train:
        for triple in example.triples:
            obj = triple[2]
            usual[triple[1]][obj != unquoted(obj)] += 1
            written[triple[1], clean(triple)[2]][obj] += 1

    def write(triple: Triple) -> Triple:
        sub, rel, obj = triple
        if (rel, obj) in written:
            obj = max((n, o) for o, n in written[rel, obj].items())[1]
        elif usual[rel][True] > usual[rel][False]:
            obj = f'"{obj}"'
        return sub, rel, obj

    return write


if __name__ == "__main__":
    main()
