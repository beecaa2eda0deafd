"""From a data set into a graph: in bulk, as articles added one by one would come out, and with copies as one voice."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from data_sets import data_set
from hypothesis import given, settings
from store_articles import about_one_name, entity, fact

import strategies
from spacegraph.cli import cli
from spacegraph.corpus import Dataset, load_corpus, write_nquads
from spacegraph.corpus.identity import decide
from spacegraph.corpus.loading import articles_in, ontology_of, run_of
from spacegraph.errors import DatasetError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.library.identity import Identity
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.model import Article

if TYPE_CHECKING:
    from spacegraph.model import Entity, Fact

    Readings = dict[str, tuple[Article, list[Fact], list[Entity]]]

LONG = " ".join(f"word{n} stands here" for n in range(80))


def dump(store: Path) -> bytes:
    with ArticleStore.open(store) as opened:
        return opened.dump()


def in_bulk(dataset: Dataset) -> bytes:
    store = MemoryStore()
    write_nquads(dataset, dataset.path.parent / "graph.nq")
    store.engine.bulk_load(path=str(dataset.path.parent / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    return ArticleStore(store).dump()


def one_by_one(dataset: Dataset) -> bytes:
    store = ArticleStore(MemoryStore())
    run = run_of(dataset, ontology_of(dataset))
    for rows in articles_in(dataset):
        store.add(rows.article, rows.facts, tuple(rows.things.values()), run=run)
    return store.dump()


def test_what_a_run_that_was_killed_has_left_is_removed_and_what_another_one_makes_is_not(
    tmp_path: Path,
) -> None:
    dataset = data_set(tmp_path / "d", [])
    left, held = tmp_path / ".g.nq.unfinished-1", tmp_path / ".g.nq.unfinished-2"
    for folder in (left, held):
        folder.mkdir()
        (folder / "g.nq").touch()
    handle = os.open(held, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    write_nquads(dataset, tmp_path / "g.nq")
    os.close(handle)
    assert {p.name for p in tmp_path.iterdir()} == {"d", "g.nq", held.name}


def without_copies(dumped: bytes) -> bytes:
    return b"".join(line for line in dumped.splitlines(keepends=True) if b"alternateOf" not in line)


def test_a_corpus_and_its_articles_added_one_by_one_are_one_graph(read: Path, tmp_path: Path) -> None:
    found = load_corpus(read, tmp_path / "store")
    assert found.articles == 11
    assert without_copies(dump(tmp_path / "store")) == one_by_one(Dataset.open(read))


@settings(max_examples=15)
@given(readings=about_one_name())
def test_who_is_who_is_decided_as_in_a_store(readings: Readings) -> None:
    # In an order that is not that of the identifiers.
    given = [readings[doc_id] for doc_id in sorted(readings, key=lambda d: (d in "bd", d))]
    with TemporaryDirectory() as folder:
        dataset = data_set(Path(folder) / "d", given)
        assert without_copies(in_bulk(dataset)) == one_by_one(dataset)


@settings(max_examples=8)
@given(one=strategies.readings(doc_id="one"), other=strategies.readings(doc_id="o/t h\ter"))
def test_whatever_facts_say_survives_the_data_set(
    one: tuple[Article, list[Fact]], other: tuple[Article, list[Fact]]
) -> None:
    store = ArticleStore(MemoryStore())
    with TemporaryDirectory() as folder:
        dataset = data_set(Path(folder) / "d", [(*one, []), (*other, [])])
        run = run_of(dataset, ontology_of(dataset))
        for article, facts in (one, other):
            store.add(article, facts, run=run)
        assert without_copies(in_bulk(dataset)) == store.dump()


def test_what_has_ended_is_told_from_what_is_so(tmp_path: Path) -> None:
    def works(doc_id: str, *, ended: bool) -> tuple[Article, list[Fact], list[Entity]]:
        claim = replace(fact(doc_id, "Mira Oban", "worksFor", "Vela Works"), ended=ended)
        return Article(id=doc_id, text="Words."), [claim], [claim.subject]

    dataset = data_set(tmp_path / "d", [works("a", ended=True), works("b", ended=True)])
    assert without_copies(in_bulk(dataset)) == one_by_one(dataset)
    now = data_set(tmp_path / "now", [works("a", ended=True), works("b", ended=False)])
    assert without_copies(in_bulk(now)) == one_by_one(now)
    assert in_bulk(now).count(b"#worksFor>") == in_bulk(dataset).count(b"#worksFor>") + 1


def test_loading_twice_changes_nothing_and_articles_can_be_replaced(read: Path, tmp_path: Path) -> None:
    load_corpus(read, tmp_path / "store")
    before = dump(tmp_path / "store")
    again = load_corpus(read, tmp_path / "store")
    assert (again.articles, again.there) == (0, 11)
    assert dump(tmp_path / "store") == before
    with ArticleStore.open(tmp_path / "store") as store:
        store.replace(Article(id="a1", text="Nothing."), [fact("a1", "Mira Oban", "praised", "Vela Works")])
        store.remove("a2")
        assert store.dump() != before
    with pytest.raises(StoreError, match="'a1' already"):
        load_corpus(read, tmp_path / "store")
    load_corpus(read, tmp_path / "store", replace=True)
    assert without_copies(dump(tmp_path / "store")) == without_copies(before)


def copies() -> list[tuple[Article, list[Fact], list[Entity]]]:
    def said(doc_id: str, text: str, obj: str = "Vela Works") -> tuple[Article, list[Fact], list[Entity]]:
        claim = replace(fact(doc_id, "Mira Oban", "praised", obj), evidence=())
        url = "https://post.example/1" if doc_id in "bc" else ""
        return Article(id=doc_id, text=text, url=url), [claim], []

    return [
        said("a", LONG),
        said("b", f"Our paper writes: {LONG}"),
        said("c", f"{LONG} Updated today.", "Orbit Office"),
        said("d", LONG.replace("stands", "is not")),
    ]


def voices(store: ArticleStore) -> list[tuple[str, int]]:
    return [(str(row[2]), int(str(row[3]))) for row in store.graph().query("corroborated")]


def test_copies_are_one_voice(tmp_path: Path) -> None:
    load_corpus(data_set(tmp_path / "d", copies()), tmp_path / "store")
    with ArticleStore.open(tmp_path / "store") as store:
        assert voices(store) == [("Vela Works", 2)]
        # A copy that says something else now is a voice of its own.
        store.replace(
            Article(id="b", text="Other."),
            [replace(fact("b", "Mira Oban", "praised", "Vela Works"), evidence=())],
        )
        assert voices(store) == [("Vela Works", 3)]


def test_copies_are_one_voice_in_a_store_that_was_there(tmp_path: Path) -> None:
    dataset = data_set(tmp_path / "d", copies())
    load_corpus(dataset, tmp_path / "bulk")
    with ArticleStore.open(tmp_path / "store", create=True) as store:
        store.add(Article(id="0", text="Nothing."), [])
        store.remove("0")
    load_corpus(dataset, tmp_path / "store")
    assert dump(tmp_path / "store") == dump(tmp_path / "bulk")


def test_only_the_latest_state_is_loaded_if_asked(tmp_path: Path) -> None:
    found = load_corpus(data_set(tmp_path / "d", copies()), tmp_path / "store", latest=True)
    assert (found.articles, found.superseded) == (3, 1)
    with ArticleStore.open(tmp_path / "store") as store:
        assert [e.doc_id for e in store.entries()] == ["a", "c", "d"]


def test_merges_have_their_reasons_and_the_unsure_are_listed(tmp_path: Path) -> None:
    def about(
        doc_id: str, name: str, kind: str, *claims: tuple[str, str]
    ) -> tuple[Article, list[Fact], list[Entity]]:
        facts = [replace(fact(doc_id, name, r, o, kinds=(kind, "Company")), evidence=()) for r, o in claims]
        return Article(id=doc_id, text="Nothing."), facts, [entity(name, kind)]

    dataset = data_set(
        tmp_path / "d",
        [
            about("a", "Jon Pell", "Person", ("worksFor", "Oban"), ("hasNationality", "Avonia")),
            about("b", "Jon Pell", "Person", ("worksFor", "Oban")),
            about("c", "Jon Pell", "Person", ("worksFor", "Vela"), ("hasNationality", "Brellia")),
            about("d", "Jon Pell", "Place"),
            about("e", "Pell", "Person"),
        ],
    )
    decisions = decide(dataset, Identity.of(ontology_of(dataset)))
    reasons = {
        m.iri.rpartition("/")[2]: (m.articles, m.reason) for m in decisions.merged if m.name == "Jon Pell"
    }
    assert reasons["Jon_Pell"] == (2, "one name, and what is said of it agrees")
    assert reasons["Jon_Pell~c"][1].endswith("Jon_Pell: they differ in hasNationality and worksFor")
    assert reasons["Jon_Pell~d"][1].endswith("Jon_Pell: LOC is not PERSON")
    unsure = {u.name: u for u in decisions.unsure}
    assert unsure["Pell"].candidates == ("Jon Pell",)
    assert len(unsure["Jon Pell"].candidates) == 3


def test_nquads_of_a_data_set_are_the_store_s(read: Path, tmp_path: Path) -> None:
    load_corpus(read, tmp_path / "store")
    write_nquads(read, tmp_path / "graph.nq")
    store = ox.Store()
    store.bulk_load(path=str(tmp_path / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    with ArticleStore.open(tmp_path / "store") as opened:
        assert len(store) == len(opened.dump().splitlines())
        assert {f.id for f in KnowledgeGraph.load(tmp_path / "graph.nq").facts} == {
            f.id for f in opened.graph().facts
        }


def test_the_command_line_reads_loads_lists_and_builds(news: Path, read: Path, tmp_path: Path) -> None:
    def run(*args: object, code: int = 0) -> str:
        done = CliRunner().invoke(cli, [str(a) for a in args])
        assert done.exit_code == code, done.output
        return done.output

    path = tmp_path / "dataset"
    shutil.copytree(read, path)
    bad = tmp_path / "bad.txt"
    bad.write_text(" ")
    said = run("corpus", "read", news, bad, "-o", path, "--shard", 2, "--workers", 1, code=3)
    assert "11 of them were there already" in said
    assert "1 document not read" in said
    assert "11 articles loaded" in run("corpus", "load", path, tmp_path / "store")
    assert "11 articles there already" in run("corpus", "load", path, tmp_path / "store")
    assert "Ines Kovar" in run("corpus", "things", path)
    assert "kept apart" not in run("corpus", "things", path, "--unsure")
    assert "first" in run("corpus", "copies", path)
    run("build", path, "-o", tmp_path / "graph.nq")
    run("build", path, "-o", tmp_path / "graph.ttl")
    assert "Ines Kovar" in run("query", tmp_path / "graph.ttl", "things")
    assert "Ines Kovar" in run("query", tmp_path / "graph.nq", "things")


def test_what_cannot_be_loaded_is_left_alone(tmp_path: Path) -> None:
    dataset = data_set(tmp_path / "d", copies())
    file = dataset.file("facts", dataset.shards()[-1])
    file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(DatasetError, match="damaged or cut off"):
        load_corpus(tmp_path / "d", tmp_path / "store")
    assert not (tmp_path / "store").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d"]
