from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from spacegraph.errors import SpacegraphError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore, Merge
from spacegraph.graph.stores.directory import MARKER, DirectoryStore
from spacegraph.graph.stores.remote import RemoteStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Fact
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_directory_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ann", encoding="utf-8")
    for opened in (lambda: KnowledgeGraph.load(tmp_path), lambda: ArticleStore.open(tmp_path, create=True)):
        with pytest.raises(StoreError, match="no store of spacegraph"):
            opened()
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="not empty"):
        DirectoryStore.create(tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        DirectoryStore.open(tmp_path / "file")
    with pytest.raises(StoreError, match="There is no store"):
        DirectoryStore.open(tmp_path / "none")


@pytest.mark.parametrize("damage", ["marker", "layout", "data"])
def test_a_damaged_store_is_said(tmp_path: Path, damage: str) -> None:
    place = tmp_path / "store"
    DirectoryStore.create(place)
    if damage == "marker":
        (place / MARKER).write_text("{", encoding="utf-8")
    elif damage == "layout":
        (place / MARKER).write_text(json.dumps({"layout": 99}), encoding="utf-8")
    else:
        for file in (place / "data").iterdir():
            if file.is_file():
                file.write_bytes(b"not a database")
    with pytest.raises(StoreError, match=r"damaged|layout 99"):
        DirectoryStore.open(place)


@pytest.mark.parametrize("missing", ["data", "data/CURRENT"])
@pytest.mark.parametrize("writable", [True, False])
def test_a_store_without_its_database_is_not_begun_anew(tmp_path: Path, missing: str, writable: bool) -> None:
    place = tmp_path / "store"
    DirectoryStore.create(place)
    (place / missing).rename(tmp_path / "elsewhere")
    before = sorted(place.rglob("*"))
    with pytest.raises(StoreError, match="is damaged: data/CURRENT is missing"):
        DirectoryStore.open(place, writable=writable, create=writable)
    assert sorted(place.rglob("*")) == before
    (tmp_path / "elsewhere").rename(place / missing)
    DirectoryStore.open(place, writable=True).close()


def thing(label: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type="Person", type_iri=SG + "Person")


def big_reading(number: int) -> tuple[Article, list[Fact], list[Entity]]:
    facts = [
        Fact(
            doc_id=f"{number}",
            subject=thing(f"Mira Oban {number} {i}"),
            property_iri=SG + "met",
            object=thing("Dara Quill"),
        )
        for i in range(10)
    ]
    return Article(id=f"{number}", text="They met."), facts, []


@pytest.fixture(scope="module")
def rotten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that can be opened, but whose blocks of data cannot be read."""
    place = tmp_path_factory.mktemp("rotten") / "store"
    with ArticleStore.open(place, create=True) as store:
        store.add_many(big_reading(number) for number in range(60))
    rotted = 0
    for file in (place / "data").glob("*.sst"):
        data = bytearray(file.read_bytes())
        # The end has what is read when the file is opened.
        if len(data) > 100_000:
            data[100 : len(data) // 2 : 2000] = bytes(len(data[100 : len(data) // 2 : 2000]))
            file.write_bytes(data)
            rotted += 1
    assert rotted
    return place


@pytest.mark.parametrize(
    "work",
    [
        lambda store: store.remove("7"),
        lambda store: store.replace(*big_reading(7)[:2]),
        lambda store: store.add(*big_reading(77)),
        lambda store: store.suggestions(),
        lambda store: store.merge("Mira Oban 1 1", "Dara Quill", "a rumour"),
        lambda store: store.dump(),
    ],
)
def test_data_that_turn_out_to_be_damaged_are_said(
    rotten: Path, work: Callable[[ArticleStore], object]
) -> None:
    with pytest.raises(StoreError) as caught, ArticleStore.open(rotten) as store:
        work(store)
    assert "the store is damaged (Corruption" in str(caught.value)
    assert str(caught.value).endswith("Restore it from a dump, or build it again.")


def test_a_store_that_fails_while_it_is_opened_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    DirectoryStore.create(place)

    def failing(_: ArticleStore) -> list[Merge]:
        message = "It cannot be read."
        raise StoreError(message)

    with monkeypatch.context() as patched:
        patched.setattr(ArticleStore, "merges", failing)
        with pytest.raises(StoreError, match="cannot be read") as caught:
            ArticleStore.open(place)
        # The error, and what its traceback holds, is still there.
        DirectoryStore.open(place, writable=True).close()
    assert caught.value


def test_a_query_of_damaged_data_says_so(rotten: Path) -> None:
    with KnowledgeGraph.load(rotten) as kg, pytest.raises(SpacegraphError, match="the store is damaged"):
        kg.query("SELECT * { ?s ?p ?o }")


def test_a_store_that_another_process_writes_says_which(tmp_path: Path) -> None:
    place = tmp_path / "store"
    DirectoryStore.create(place)
    script = (
        "import sys\nfrom spacegraph.graph.stores.directory import DirectoryStore\n"
        f"store = DirectoryStore.open({str(place)!r}, writable=True)\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match=f"process {writer.pid}"):
            DirectoryStore.open(place, writable=True)
        reader = DirectoryStore.open(place)
        assert KnowledgeGraph(reader).facts == ()
        reader.close()
        assert writer.stdin is not None
        writer.stdin.close()
    DirectoryStore.open(place, writable=True).close()


def test_a_store_that_another_process_makes_at_the_same_time_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    mkdtemp = tempfile.mkdtemp

    def overtaken(**options: Any) -> str:
        monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
        DirectoryStore.create(place)
        return str(mkdtemp(**options))

    monkeypatch.setattr(tempfile, "mkdtemp", overtaken)
    with ArticleStore.open(place, create=True) as store:
        assert store.add(*big_reading(1))
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_dump_makes_the_same_store_again(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "one", create=True) as one:
        one.add(Article(id="x", text="Words."), [])
        dump = one.dump()
    DirectoryStore.create(tmp_path / "two", nquads=dump)
    with ArticleStore.open(tmp_path / "two") as two:
        assert two.dump() == dump
    with pytest.raises(StoreError, match="not valid N-Quads"):
        DirectoryStore.create(tmp_path / "three", nquads=b"<a")
    assert not (tmp_path / "three").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://user:secret@host.example/query", "Leave the password out"),
        ("ftp://host.example/", "not the URL of an endpoint"),
        ("http://", "not the URL of an endpoint"),
        ("http://host.example:99999/", "not the URL of an endpoint"),
    ],
)
def test_an_address_that_cannot_be_an_endpoint_is_said(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        RemoteStore(url)
    assert "secret" not in str(caught.value)


def test_an_endpoint_that_is_down_is_said() -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        KnowledgeGraph(RemoteStore("http://127.0.0.1:9/query")).query("ASK { ?s ?p ?o }")


def test_reading_waits_while_the_writer_puts_files_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    DirectoryStore.create(place)
    tried = []
    really = ox.Store.read_only

    class Busy:
        @staticmethod
        def read_only(path: str) -> ox.Store:
            tried.append(path)
            if len(tried) < 3:
                raise RuntimeError("Corruption: IO error: No such file or directory: While open 000563.sst")
            return really(path)

    with monkeypatch.context() as patched:
        patched.setattr(ox, "Store", Busy)
        store = DirectoryStore.open(place)
    assert len(tried) == 3
    assert store.graphs() == []
    store.close()
