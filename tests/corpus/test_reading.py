"""Reading a corpus: all cores, stopped and gone on with, and documents that crash, hang or eat memory."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest
from data_sets import TABLES, bytes_of, rows_of, text_of, write_jsonl

from spacegraph.api import read_facts
from spacegraph.cli import main
from spacegraph.corpus import Dataset, ReadingOptions, read_corpus
from spacegraph.corpus.progress import Progress
from spacegraph.corpus.reading import settings_of
from spacegraph.errors import ConfigError, DatasetError
from spacegraph.graph.formats.facts_json import KEYS, fact_to_json
from spacegraph.ontology import default_path

if TYPE_CHECKING:
    from pathlib import Path

SMALL = ReadingOptions(shard=2)


def quiet(_: str) -> None:
    pass


def test_the_data_set_has_what_reading_gives(news: Path, read: Path) -> None:
    expected = [fact_to_json(f) for _, facts in read_facts(news) for f in facts]
    columns = ", ".join(f'"{key}"' for key in KEYS)
    rows = duckdb.sql(f"SELECT {columns} FROM '{read}/facts/*.parquet'")
    assert rows is not None
    found = rows.to_arrow_table().to_pylist()
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, expected))
    assert expected


def test_mentions_are_the_words_of_the_article_and_lead_to_its_things(read: Path) -> None:
    texts = {r["doc_id"]: r["text"] for r in rows_of(read, "articles")}
    things = {(r["doc_id"], r["iri"]) for r in rows_of(read, "entities")}
    mentions = rows_of(read, "mentions")
    for m in mentions:
        assert texts[m["doc_id"]][m["start"] : m["end"]] == m["text"]  # type: ignore[index]
        assert m["entity_iri"] is None or (m["doc_id"], m["entity_iri"]) in things
    assert {"Ines Kovar", "Friday"} <= {m["text"] for m in mentions}
    assert any(str(m["entity_iri"]).endswith("/Ines_Kovar") for m in mentions)


def test_pandas_reads_every_table(read: Path) -> None:
    counts = {table: len(pd.read_parquet(read / table)) for table in TABLES}
    assert counts["articles"] == 11
    assert counts["errors"] == 0
    assert min(counts["facts"], counts["entities"], counts["mentions"]) > 11


def test_bytes_do_not_depend_on_the_number_of_workers(news: Path, read: Path, tmp_path: Path) -> None:
    read_corpus(news, tmp_path / "two", workers=2, options=SMALL, said=quiet)
    assert bytes_of(tmp_path / "two") == bytes_of(read)


def test_a_run_again_reads_nothing_again(news: Path, read: Path) -> None:
    before = {f: f.stat().st_mtime_ns for f in read.rglob("*.parquet")}
    summary = read_corpus(news, read, workers=1, options=SMALL, said=quiet)
    assert (summary.articles, summary.there, summary.shards) == (11, 11, 6)
    assert {f: f.stat().st_mtime_ns for f in read.rglob("*.parquet")} == before


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_and_nothing_is_lost_or_twice(
    news: Path, read: Path, tmp_path: Path
) -> None:
    path = tmp_path / "killed"
    command = [
        sys.executable,
        "-m",
        "spacegraph",
        "corpus",
        "read",
        str(news),
        "-o",
        str(path),
        "--workers",
        "2",
        "--shard",
        "2",
    ]
    chance = random.Random(5)
    for _ in range(4):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(1.0, 6.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
    assert bytes_of(path) == bytes_of(read)


def test_workers_end_with_the_process_that_began_them(news: Path, tmp_path: Path) -> None:
    import psutil

    command = [
        sys.executable,
        "-m",
        "spacegraph",
        "corpus",
        "read",
        str(news),
        "-o",
        str(tmp_path / "d"),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    children: list[psutil.Process] = []
    while not children and process.poll() is None:
        children = psutil.Process(process.pid).children()
        time.sleep(0.05)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=120)
    assert children
    assert not alive


def test_documents_that_crash_hang_eat_and_raise_are_named_and_the_rest_is_read(
    tripping: str, tmp_path: Path
) -> None:
    words = {2: "CRASHWORD", 4: "HANGWORD", 6: "EATWORD", 8: "RAISEWORD"}
    news = write_jsonl(
        tmp_path / "news.jsonl", range(10), {n: f"{text_of(n)} {w}." for n, w in words.items()}
    )
    # Long enough for any document but the one that hangs, however busy the machine is.
    options = ReadingOptions(model=tripping, timeout=30, memory=2000 << 20)
    summary = read_corpus(news, tmp_path / "d", workers=1, options=options, said=quiet)
    errors = {r["doc_id"]: (r["kind"], r["error"]) for r in rows_of(tmp_path / "d", "errors")}
    assert errors == {
        "a2": ("failed", "crash"),
        "a4": ("failed", "timeout"),
        "a6": ("failed", "memory"),
        "a8": ("failed", "ValueError"),
    }
    messages = {r["doc_id"]: str(r["message"]) for r in rows_of(tmp_path / "d", "errors")}
    assert "signal 11" in messages["a2"]
    assert "30 seconds" in messages["a4"]
    assert "memory" in messages["a6"]
    assert "tripped over a word" in messages["a8"]
    assert [r["doc_id"] for r in rows_of(tmp_path / "d", "articles")] == [f"a{n}" for n in (0, 1, 3, 5, 7, 9)]
    assert (summary.articles, summary.not_read) == (6, 4)
    # What stands beside a bad document is what it would be without it.
    good = write_jsonl(tmp_path / "good.jsonl", [0, 1, 3, 5, 7, 9])
    read_corpus(good, tmp_path / "good", workers=1, options=options, said=quiet)
    assert rows_of(tmp_path / "d", "facts") == rows_of(tmp_path / "good", "facts")


def test_a_worker_that_somebody_killed_blames_no_document(tripping: str, tmp_path: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", range(3), {1: f"{text_of(1)} ONCEWORD."})
    read_corpus(news, tmp_path / "d", workers=1, options=ReadingOptions(model=tripping), said=quiet)
    assert os.path.exists(os.environ["TRIP_ONCE"])  # noqa: PTH110
    assert rows_of(tmp_path / "d", "errors") == []
    assert len(rows_of(tmp_path / "d", "articles")) == 3


def test_what_is_refused_is_in_errors_in_its_place(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(
        f"{json.dumps({'id': 'x', 'text': text_of(1)})}\n{{broken\n{json.dumps({'id': 'y', 'text': ' '})}\n"
    )
    read_corpus([news, tmp_path / "gone.txt"], tmp_path / "d", workers=1, said=quiet)
    errors = rows_of(tmp_path / "d", "errors")
    assert [(r["doc_id"], r["kind"], r["error"]) for r in errors] == [
        ("", "refused", "SourceError"), ("y", "refused", "SourceError"), ("", "refused", "SourceError"),
    ]  # fmt: skip
    assert "line 2" in str(errors[0]["input"])
    assert "gone.txt" in str(errors[2]["message"])


def test_an_input_that_changed_is_said_and_read_again_if_asked(tmp_path: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", range(4))
    read_corpus(news, tmp_path / "d", workers=1, options=SMALL, said=quiet)
    first = (tmp_path / "d" / "articles" / "00000-000000.parquet").stat().st_mtime_ns
    write_jsonl(news, range(4), {3: text_of(30)})
    with pytest.raises(DatasetError, match="has changed since"):
        read_corpus(news, tmp_path / "d", workers=1, options=SMALL, said=quiet)
    assert text_of(3) in {r["text"] for r in rows_of(tmp_path / "d", "articles")}
    read_corpus(news, tmp_path / "d", workers=1, options=SMALL, changed=True, said=quiet)
    assert {r["text"] for r in rows_of(tmp_path / "d", "articles")} == {text_of(n) for n in (0, 1, 2, 30)}
    assert (tmp_path / "d" / "articles" / "00000-000000.parquet").stat().st_mtime_ns == first


def test_inputs_may_be_added_at_the_end_and_not_taken_away(tmp_path: Path) -> None:
    one, two = write_jsonl(tmp_path / "1.jsonl", range(2)), write_jsonl(tmp_path / "2.jsonl", [2])
    read_corpus(one, tmp_path / "d", workers=1, said=quiet)
    assert read_corpus([one, two], tmp_path / "d", workers=1, said=quiet).there == 2
    with pytest.raises(DatasetError, match="shards more"):
        read_corpus(one, tmp_path / "d", workers=1, said=quiet)
    assert read_corpus(one, tmp_path / "d", workers=1, changed=True, said=quiet).articles == 2
    Dataset.open(tmp_path / "d")


@pytest.mark.parametrize("damage", ["cut", "gone", "table gone"])
def test_a_damaged_shard_is_said_and_read_again(news: Path, read: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "d"
    shutil.copytree(read, path)
    shard = path / "facts" / "00000-000002.parquet"
    if damage == "cut":
        shard.write_bytes(shard.read_bytes()[:-100])
        with pytest.raises(DatasetError, match="damaged or cut off"):
            Dataset.open(path).read("facts", "00000-000002")
    else:
        if damage == "gone":
            shard.unlink()
        else:
            shutil.rmtree(path / "facts")
        left = 5 if damage == "gone" else 0
        with pytest.raises(DatasetError, match=f"is not whole: facts/ has {left} of 6 shards"):
            Dataset.open(path)
    read_corpus(news, path, workers=1, options=SMALL, said=quiet)
    assert bytes_of(path) == bytes_of(read)


def test_folders_that_are_no_data_set_of_this_version_are_refused(read: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is not there"):
        Dataset.open(tmp_path / "none")
    with pytest.raises(DatasetError, match="is no data set"):
        Dataset.open(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(DatasetError, match="exists already and is no data set"):
        Dataset.create(tmp_path / "full", {})
    manifest = json.loads((read / "spacegraph-dataset.json").read_text("utf-8"))
    other = tmp_path / "other"
    other.mkdir()
    (other / "spacegraph-dataset.json").write_text(json.dumps(manifest | {"layout": 99}), "utf-8")
    with pytest.raises(DatasetError, match="layout 99"):
        Dataset.open(other)
    (other / "spacegraph-dataset.json").write_text("{", "utf-8")
    with pytest.raises(DatasetError, match="damaged"):
        Dataset.open(other)
    (other / "spacegraph-dataset.json").write_text(json.dumps(manifest | {"complete": False}), "utf-8")
    with pytest.raises(DatasetError, match="has not come to its end"):
        Dataset.open(other)


def test_another_reading_cannot_go_on_with_a_data_set(news: Path, read: Path) -> None:
    with pytest.raises(DatasetError, match="shard was 2 and is 3"):
        read_corpus(news, read, options=ReadingOptions(shard=3), said=quiet)


def test_a_lexicon_that_was_edited_cannot_go_on_with_a_data_set(news: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "own.ttl"
    shutil.copy(default_path("lexicon.ttl"), lexicon)
    options = ReadingOptions(lexicon=str(lexicon))
    Dataset.create(tmp_path / "d", settings_of(options))
    lexicon.write_text(lexicon.read_text("utf-8") + "# edited\n", "utf-8")
    with pytest.raises(DatasetError, match="lexicon content was"):
        read_corpus(news, tmp_path / "d", options=options, said=quiet)


@pytest.mark.usefixtures("in_folder")
def test_commands_tell_scripts_how_it_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_jsonl(tmp_path / "news.jsonl", range(2))
    assert run(capsys, "read", "news.jsonl", "-o", "d", "--workers", "1")[0] == 0
    (tmp_path / "more.jsonl").write_text("{broken\n", "utf-8")
    code, _, err = run(capsys, "read", "news.jsonl", "more.jsonl", "-o", "d", "--workers", "1")
    assert code == 3
    assert "2 of them were there already" in err
    assert "`spacegraph corpus errors d`" in err
    code, out, _ = run(capsys, "errors", "d")
    assert code == 0
    assert "more.jsonl, line 1 is not valid JSON" in out
    assert run(capsys, "load", "d", "store")[0] == 0
    code, _, err = run(capsys, "load", "nowhere", "store")
    assert code == 1
    assert err.startswith("spacegraph: nowhere is not there")
    assert run(capsys, "read", "news.jsonl", "-o", "d", "--workers", "0")[0] == 2


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["corpus", *args])
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_two_runs_do_not_write_one_data_set(news: Path, read: Path) -> None:
    with Dataset.open(read).writing(), pytest.raises(DatasetError, match="being written by another process"):
        read_corpus(news, read, options=SMALL, said=quiet)


def test_a_disk_that_is_full_is_said(news: Path, tmp_path: Path) -> None:
    path = tmp_path / "d"
    read_corpus(write_jsonl(tmp_path / "one.jsonl", [1]), path, workers=1, said=quiet)
    # A folder where a file is to come is not taken either, and needs no full disk.
    (path / "facts" / "00001-000000.parquet").mkdir()
    with pytest.raises(DatasetError, match=r"cannot be written: .*the same command again"):
        read_corpus([tmp_path / "one.jsonl", news], path, workers=1, said=quiet)


def test_a_model_that_is_not_installed_is_one_sentence(news: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not installed"):
        read_corpus(
            news, tmp_path / "d", workers=1, options=ReadingOptions(model="no_such_model"), said=quiet
        )


def test_progress_tells_articles_share_speed_time_left_and_refusals() -> None:
    said: list[str] = []
    progress = Progress(1000, said.append)
    progress.add(articles=10, refused=0, weight=100, there=True)
    time.sleep(0.01)
    progress.add(articles=20, refused=3, weight=400)
    line = progress.line()
    assert line.startswith("30 articles, 50 %, ")
    assert "articles/s" in line
    assert "left" in line
    assert line.endswith("3 not read")
