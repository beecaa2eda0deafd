"""What reading, copying, deciding and loading many articles takes, each against what it is measured against.

    python benchmarks/corpus.py machinery --articles FILE   # the machinery of a corpus against bare reading, one process
    python benchmarks/corpus.py workers --articles FILE     # two workers against one
    python benchmarks/corpus.py spark --articles FILE       # Spark, local[2], against two workers
    python benchmarks/corpus.py growth --most 10000         # time and memory an article, of so many against a hundred
    python benchmarks/corpus.py decide --count 200000       # copies and identity of so many synthetic articles against a tenth
    python benchmarks/corpus.py load --count 10000          # a data set into a store against bulk_load of the same N-Quads
    python benchmarks/corpus.py kills --times 50            # kill -9 at random moments, and go on: nothing lost, nothing twice

``machinery``, ``growth``, ``decide`` and ``load`` measure CPU time, of children too, so that what else the machine does counts as
little as may be; ``workers`` and ``spark`` need a machine that does nothing else, and say how much of it they had. Ratios of one
run, best of ``--rounds``. Without ``--articles``, short ones are made up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = ("Ada", "Bram", "Cleo", "Dov", "Edda", "Falk", "Greta", "Hugo", "Ilse", "Jarl")
SYLLABLES = (
    "bra",
    "dor",
    "fel",
    "gan",
    "hol",
    "jun",
    "kel",
    "lim",
    "mar",
    "nev",
    "oth",
    "pel",
    "rus",
    "sil",
    "tor",
    "ven",
    "wic",
)
SENTENCES = (
    ("{who}, the chief executive of {firm}, criticized the engineer {whom} on Friday.",
     "{who} joined {firm} as an engineer in 2019 and works in {town}.",
     "{firm} launched {n} satellites from {town} on Monday, {who} said."),
    ("The company plans to launch a probe from {town} next year, according to {whom}.",
     "There was no sign that {firm} was withdrawing from the station, {whom} said.",
     "{whom} left the company last week, and {who} replaced him as director."),
    ('"We have {n} rockets, and all of them are ready," {who} told reporters in {town}.',
     "If the test succeeds, {firm} will move {n} of its engineers to {town}.",
     "She praised {whom}, who was born in {town}, for the work of {n} years."),
)  # fmt: skip
CLASSES = ("Person", "Company", "Country", "Spacecraft")
SG, ENTITY = "https://w3id.org/spacegraph/ontology#", "https://w3id.org/spacegraph/entity/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "what", choices=["machinery", "workers", "spark", "growth", "decide", "load", "kills"]
    )
    parser.add_argument("--articles", type=Path, help="JSON Lines to read; made up where not given")
    parser.add_argument("--most", type=int, default=128, help="articles to read of them")
    parser.add_argument("--count", type=int, default=20_000, help="synthetic articles")
    parser.add_argument("--times", type=int, default=50, help="kills")
    parser.add_argument("--engine", default="pool", help="what is killed: pool or spark")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        {
            "machinery": machinery, "workers": workers, "spark": spark, "growth": growth, "decide": decide,
            "load": load, "kills": kills,
        }[args.what](args, Path(folder))  # fmt: skip


def made_up(number: int) -> str:
    """A short article; the more there are, the more names there are in them."""
    chance = random.Random(number)

    def name(words: int) -> str:
        # As unevenly often as in news, and never at an end.
        which = random.Random(int(chance.paretovariate(0.6)))
        parts = ("".join(which.choice(SYLLABLES) for _ in range(which.randint(2, 3))) for _ in range(words))
        return " ".join(part.capitalize() for part in parts)

    who, whom, firm, town = name(2), name(2), f"{name(1)} Aerospace", name(1)
    return " ".join(
        chance.choice(some).format(who=who, whom=whom, firm=firm, town=town, n=chance.randint(2, 40))
        for some in SENTENCES
    )


def some_articles(args: argparse.Namespace, folder: Path, count: int) -> Path:
    """The first articles, again under other identifiers where there are too few; made up where none are given."""
    import json

    path = folder / f"{count}.jsonl"
    if args.articles is None:
        rows = ({"id": f"m{i}", "text": made_up(i), "published": "2024-03-04"} for i in range(count))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return path
    lines = args.articles.read_text("utf-8").splitlines()
    with path.open("w", encoding="utf-8") as out:
        for i in range(count):
            row = json.loads(lines[i % len(lines)])
            out.write(json.dumps(row | {"id": f"{row.get('id', '')}-{i}"}) + "\n")
    return path


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds of this process and its children."""

    def used() -> float:
        both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(u.ru_utime + u.ru_stime for u in both)

    start = used()
    work()
    return used() - start


def wall(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    args: argparse.Namespace, name: str, one: Callable[[], float], other: Callable[[], float], unit: str
) -> None:
    ones, others = [], []
    for _ in range(args.rounds):
        ones.append(one())
        others.append(other())
    print(
        f"{name}: {min(ones):.2f} {unit} against {min(others):.2f} {unit}, {min(ones) / min(others):.3f} times"
    )


def loaded(when: str) -> None:
    print(f"load of the machine {when}: {', '.join(f'{load:.1f}' for load in os.getloadavg())}", flush=True)


def machinery(args: argparse.Namespace, folder: Path) -> None:
    from spacegraph.corpus.documents import SourceOptions, shards_of
    from spacegraph.corpus.worker import read_documents, write_shard
    from spacegraph.reading import load_reader
    from spacegraph.sources import read_articles

    path = some_articles(args, folder, args.most)
    reader = load_reader()
    options = SourceOptions()

    def bare() -> None:
        for _ in reader.read(read_articles([path])):
            pass

    def whole() -> None:
        for shard in shards_of([path], options):
            rows = read_documents(reader, shard.documents, options)
            write_shard(rows, folder, shard.name, shard.digest)

    bare()
    compare(args, "machinery, CPU", lambda: cpu(whole), lambda: cpu(bare), "s")


def _read(path: Path, dataset: Path, count: int) -> None:
    from spacegraph.corpus import ReadingOptions, read_corpus

    shutil.rmtree(dataset, ignore_errors=True)
    read_corpus(path, dataset, workers=count, options=ReadingOptions(shard=16), said=lambda _: None)


def workers(args: argparse.Namespace, folder: Path) -> None:
    path = some_articles(args, folder, args.most)
    loaded("before")
    compare(
        args, "two workers against one, wall", lambda: wall(lambda: _read(path, folder / "2", 2)),
        lambda: wall(lambda: _read(path, folder / "1", 1)), "s",
    )  # fmt: skip
    loaded("after")


def spark(args: argparse.Namespace, folder: Path) -> None:
    from spacegraph.corpus import ReadingOptions
    from spacegraph.corpus.spark import read_corpus_with_spark, session

    path = some_articles(args, folder, args.most)
    session(2)
    loaded("before")

    def with_spark() -> None:
        shutil.rmtree(folder / "s", ignore_errors=True)
        read_corpus_with_spark(
            path, folder / "s", workers=2, options=ReadingOptions(shard=16), said=lambda _: None
        )

    compare(
        args, "Spark against two workers, wall", lambda: wall(with_spark),
        lambda: wall(lambda: _read(path, folder / "2", 2)), "s",
    )  # fmt: skip
    loaded("after")


def growth(args: argparse.Namespace, folder: Path) -> None:
    """Each count in a process of its own, whose children's memory is known when it ends; one article tells what starting takes."""
    code = (
        "import resource, sys; from spacegraph.corpus import read_corpus; "
        "read_corpus(sys.argv[1], sys.argv[2], workers=1, said=lambda _: None); "
        "k, s = (resource.getrusage(w) for w in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)); "
        "print(k.ru_utime + k.ru_stime + s.ru_utime + s.ru_stime, k.ru_maxrss, s.ru_maxrss)"
    )
    starting = 0.0
    each: list[float] = []
    memory: list[float] = []
    for count in (1, 100, args.most):
        path = some_articles(args, folder, count)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(folder / f"g{count}")],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, child, own = map(float, done.stdout.split())
        size = sum(f.stat().st_size for f in (folder / f"g{count}").rglob("*.parquet"))
        if count == 1:
            starting = seconds
            continue
        each.append((seconds - starting) / (count - 1))
        memory.append(child + own)
        print(
            f"{count:,} articles: {1000 * each[-1]:.1f} CPU ms an article and {starting:.1f} s for starting, worker "
            f"{child / 1024:.0f} MB, parent {own / 1024:.0f} MB, {size / count / 1024:.1f} KB of data set an article"
        )
    print(f"time an article {each[1] / each[0]:.3f} times, memory {memory[1] / memory[0]:.3f} times")


def synthetic(path: Path, count: int, shard: int = 2000) -> Any:
    """A data set of articles that were never read: names as unevenly often as in news, one in ten a copy."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from spacegraph.corpus.dataset import Dataset
    from spacegraph.corpus.reading import settings_of
    from spacegraph.corpus.tables import PERMUTATIONS, TABLES, schemas
    from spacegraph.corpus.worker import ReadingOptions

    chance, numbers = random.Random(count), np.random.default_rng(count)
    dataset = Dataset.create(path, settings_of(ReadingOptions()))
    names = max(100, count // 2)
    signatures: list[Any] = []
    for n, start in enumerate(range(0, count, shard)):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for i in range(start, min(count, start + shard)):
            doc = f"n{i:08d}"
            if i % 10 == 0 and signatures:
                sign = chance.choice(signatures).copy()
                sign[numbers.integers(0, PERMUTATIONS, 12)] += 1
            else:
                sign = numbers.integers(0, 1 << 32, PERMUTATIONS, dtype=np.int64)
            if i % 50 == 1:
                signatures.append(sign)
            rows["articles"].append(
                {"doc_id": doc, "title": f"Article {i}", "published": dt.date(2021, 1, 1) + dt.timedelta(i % 700),
                 "url": f"https://news.example/{i}", "source": f"Paper {i % 200}", "input": "made", "text": "x " * 300,
                 "signature": sign.tolist()}
            )  # fmt: skip
            things = []
            for rank in dict.fromkeys(min(names - 1, int(chance.paretovariate(0.6)) - 1) for _ in range(12)):
                cls = CLASSES[rank % 4] if chance.random() > 0.01 else "Person"
                label = f"{FIRST[rank % 10]} Zor{rank}" if rank % 7 else f"Zor{rank}"
                iri = ENTITY + label.replace(" ", "_")
                things.append((iri, label, cls))
                rows["entities"].append(
                    {
                        "doc_id": doc,
                        "iri": iri,
                        "label": label,
                        "type": cls,
                        "type_iri": SG + cls,
                        "aliases": [],
                        "same_as": [],
                    }
                )
            for k, ((one, name, cls), (two, other, kind)) in enumerate(pairwise(things)):
                relation = ("praised", "worksFor", "hasNationality", "operates")[k % 4]
                rows["facts"].append(
                    {"doc_id": doc, "subject": name, "subject_type": cls, "relation": relation, "object": other,
                     "object_type": kind, "factuality": "asserted" if k % 3 else "reported", "attributed_to": None,
                     "time": None, "confidence": 0.9, "evidence": [{"start": k, "end": k + 40, "text": f"words {k} " * 5}],
                     "rule": "made", "inferred": False, "id": f"{i:08x}{k:08x}", "subject_iri": one,
                     "property_iri": SG + relation, "object_iri": two, "object_datatype": None, "attributed_to_iri": None,
                     "premises": [], "ended": False}
                )  # fmt: skip
        for name, schema in schemas().items():
            table = pa.Table.from_pylist(rows[name], schema=schema).replace_schema_metadata(
                {"spacegraph.shard": "made"}
            )
            pq.write_table(table, dataset.file(name, f"00000-{n:06d}"), compression="zstd")
    dataset.write_manifest(complete=True, shards=n + 1)
    return Dataset.open(path)


def decide(args: argparse.Namespace, folder: Path) -> None:
    from spacegraph.corpus.copies import find_copies
    from spacegraph.corpus.identity import decide as decide_all
    from spacegraph.graph.library.identity import Identity
    from spacegraph.rdf_ontology import load_ontology

    identity = Identity.of(load_ontology())
    took = {}
    for count in (args.count // 10, args.count):
        dataset = synthetic(folder / str(count), count)
        groups: Any = None
        decisions: Any = None

        def copying() -> None:
            nonlocal groups
            groups = find_copies(dataset)  # noqa: B023

        def deciding() -> None:
            nonlocal decisions
            decisions = decide_all(dataset, identity)  # noqa: B023

        one, two = cpu(copying), cpu(deciding)
        took[count] = one + two
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:,} articles: copies {one:.1f} s ({len(groups):,} groups), identity {two:.1f} s "
            f"({len(decisions.merged):,} merges, {len(decisions.unsure):,} unsure), peak {peak:.0f} MB"
        )
    print(
        f"copies and identity, ten times the articles: {took[args.count] / took[args.count // 10]:.1f} times the CPU time"
    )


def load(args: argparse.Namespace, folder: Path) -> None:
    import pyoxigraph as ox

    from spacegraph.corpus import load_corpus, write_nquads

    dataset = synthetic(folder / "d", args.count)
    nquads = folder / "graph.nq"
    write_nquads(dataset, nquads)

    def bulk() -> float:
        shutil.rmtree(folder / "bulk", ignore_errors=True)

        def run() -> None:
            store = ox.Store(str(folder / "bulk"))
            store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
            store.flush()

        return cpu(run)

    def corpus() -> float:
        shutil.rmtree(folder / "store", ignore_errors=True)
        return cpu(lambda: load_corpus(dataset, folder / "store"))

    with nquads.open("rb") as file:
        quads = sum(1 for _ in file)
    print(
        f"{args.count:,} articles, {quads:,} quads, {nquads.stat().st_size / args.count / 1024:.1f} KB an article"
    )
    compare(args, "load against bulk_load, CPU", corpus, bulk, "s")
    size = sum(f.stat().st_size for f in (folder / "store").rglob("*") if f.is_file())
    print(f"store: {size / args.count / 1024:.1f} KB an article")


def kills(args: argparse.Namespace, folder: Path) -> None:
    path = some_articles(args, folder, args.most)
    command = [
        sys.executable, "-m", "spacegraph", "corpus", "read", str(path), "--workers", "2", "--shard", "2", "--engine",
        args.engine, "-o",
    ]  # fmt: skip
    took = wall(
        lambda: subprocess.run([*command, str(folder / "whole")], check=True, stderr=subprocess.DEVNULL)
    )
    chance = random.Random(1)
    done = rounds = 0
    while done < args.times:
        shutil.rmtree(folder / "killed", ignore_errors=True)
        rounds += 1
        while True:
            process = subprocess.Popen([*command, str(folder / "killed")], stderr=subprocess.DEVNULL)
            try:
                process.wait(chance.uniform(0.1, took * 0.7) if done < args.times else None)
                break
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                done += 1
        for file in sorted((folder / "whole").rglob("*.parquet")):
            other = folder / "killed" / file.relative_to(folder / "whole")
            if file.read_bytes() != other.read_bytes():
                sys.exit(f"{other.name} differs after {done} kills")
        if len(list((folder / "whole").rglob("*.parquet"))) != len(
            list((folder / "killed").rglob("*.parquet"))
        ):
            sys.exit(f"there are other files after {done} kills")
    print(f"{done} kills in {rounds} runs to the end: nothing lost, nothing twice")


if __name__ == "__main__":
    main()
