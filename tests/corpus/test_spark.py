"""Corpora on Spark, in local mode: run by ``make test-spark``, which installs it."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if not os.environ.get("SPACEGRAPH_TEST_SPARK"):
    pytest.skip("make test-spark runs these, with Spark and a Java runtime", allow_module_level=True)

import psutil
from data_sets import bytes_of, text_of, write_jsonl

from spacegraph.corpus import Dataset, ReadingOptions, java, read_corpus, write_nquads
from spacegraph.corpus import spark as sp
from spacegraph.corpus.copies import find_copies
from spacegraph.corpus.identity import decide
from spacegraph.corpus.loading import ontology_of, run_of
from spacegraph.errors import ConfigError
from spacegraph.graph.library.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.slow,
    # Its own import warns of versions that it has not been tried with.
    pytest.mark.filterwarnings("ignore"),
]
SMALL = ReadingOptions(shard=2)


@pytest.fixture(scope="session")
def spark(tripping: str) -> Iterator[SparkSession]:  # noqa: ARG001  (its model has to be there before the session)
    found = sp.session(2)
    yield found
    found.stop()


def quiet(_: str) -> None:
    pass


def test_the_data_set_is_that_of_one_process(
    news: Path, read: Path, spark: SparkSession, tmp_path: Path
) -> None:
    summary = sp.read_corpus_with_spark(news, tmp_path / "d", options=SMALL, said=quiet, spark=spark)
    assert summary.articles == 11
    assert bytes_of(tmp_path / "d") == bytes_of(read)


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    spark: SparkSession, tripping: str, tmp_path: Path
) -> None:
    slow = write_jsonl(tmp_path / "slow.jsonl", range(8), {n: f"{text_of(n)} SLOWWORD." for n in range(8)})
    options = ReadingOptions(model=tripping, shard=1)
    read_corpus(slow, tmp_path / "whole", workers=2, options=options, said=quiet)
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        while not ended.wait(0.05) and len(killed) < 2:
            if not list((tmp_path / "d" / "articles").glob("*.parquet")):
                continue
            for process in psutil.Process().children(recursive=True):
                # Processes come and go while they are looked at.
                with suppress(psutil.Error):
                    if process.pid in killed or "spacegraph.corpus.worker" not in " ".join(process.cmdline()):
                        continue
                    # Spark's own Python worker the first time, the guarded one beneath it the second.
                    found = process if killed else process.parent()
                    if found is not None:
                        found.kill()
                        killed.append(process.pid)
                        break

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        sp.read_corpus_with_spark(slow, tmp_path / "d", options=options, said=quiet, spark=spark)
    finally:
        ended.set()
        thread.join()
    assert len(killed) == 2
    assert bytes_of(tmp_path / "d") == bytes_of(tmp_path / "whole")


def test_a_document_that_crashes_is_an_error_of_its_own(spark: SparkSession, tripping: str) -> None:
    rows = [(f"a{n}", text_of(n) + (" CRASHWORD." if n == 1 else "")) for n in range(3)] + [
        (None, "x"),
        ("e", None),
    ]
    frame = spark.createDataFrame(rows, "id string, text string").repartition(1)
    readings = sp.read_articles(frame, ReadingOptions(model=tripping)).persist()
    assert sorted(r["doc_id"] for r in sp.table(readings, "articles").collect()) == ["a0", "a2"]
    errors = {r["doc_id"]: r["error"] for r in sp.table(readings, "errors").collect()}
    assert errors == {"a1": "crash", "": "SourceError", "e": "SourceError"}
    assert sp.table(readings, "facts").where("subject = 'Ines Kovar'").count()
    with pytest.raises(ConfigError, match="no column text"):
        sp.read_articles(frame.drop("text"))


def test_copies_identity_and_nquads_are_those_of_one_machine(
    read: Path, spark: SparkSession, tmp_path: Path
) -> None:
    dataset = Dataset.open(read)
    articles, facts, entities = (spark.read.parquet(str(read / t)) for t in ("articles", "facts", "entities"))
    ontology = ontology_of(dataset)
    found: dict[str, set[str]] = {}
    for row in sp.copies(articles).collect():
        found.setdefault(row["first"], set()).add(row["doc_id"])
    assert found == {g.first.doc_id: {v.doc_id for v in g.copies} for g in find_copies(dataset)}
    others = {(r["doc_id"], r["original"]): r["iri"] for r in sp.identities(entities, facts).collect()}
    expected = decide(dataset, Identity.of(ontology)).others
    assert others == {(d, o): iri for d, some in expected.items() for o, iri in some.items()}
    write_nquads(dataset, tmp_path / "graph.nq")
    lines = {
        r["value"] for r in sp.nquads(articles, facts, entities, run=run_of(dataset, ontology)).collect()
    }
    assert lines == set((tmp_path / "graph.nq").read_text("utf-8").splitlines())


def test_a_stream_reads_what_has_come_and_nothing_twice(spark: SparkSession, tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    write_jsonl(folder / "1.json", [1, 2])
    paths = (folder, tmp_path / "d", tmp_path / "checkpoint")
    assert sp.stream(*paths, spark=spark) == 1
    assert sp.stream(*paths, spark=spark) == 0
    write_jsonl(folder / "2.json", [3])
    (folder / "3.json").write_text(json.dumps({"id": "bad"}) + "\n{broken\n", "utf-8")
    assert sp.stream(*paths, spark=spark) == 1
    read = spark.read.parquet(str(tmp_path / "d" / "articles"))
    assert sorted(r["doc_id"] for r in read.collect()) == ["a1", "a2", "a3"]
    assert spark.read.parquet(str(tmp_path / "d" / "errors")).count() == 2


def test_a_java_that_is_missing_or_too_old_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ConfigError, match="there is no bin/java"):
        java.java_home()
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n")
    program.chmod(0o755)
    with pytest.raises(ConfigError, match="which is Java 8; Spark needs 17 or newer"):
        java.java_home()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(program.parent))
    assert java.java_version(f"{java.java_home()}/bin/java") >= 17
