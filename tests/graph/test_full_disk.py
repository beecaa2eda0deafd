"""No room: what is written says so in a sentence, and what was there before is as it was.

A limit on the size of files (RLIMIT_FSIZE) stands for the full disk: writing fails in the middle of a file, as it does there.
"""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import ExportError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.rdf.engine_errors import said_by_engine
from spacegraph.graph.stores.directory import DirectoryStore
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Fact
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
SMALL = 150_000
#: Adds articles under a limit until there is no more room; says how many went in, and how it ended.
FILL = f"""
import resource, sys
sys.path.insert(0, sys.argv[2])
from test_full_disk import reading
from spacegraph.errors import StoreError
from spacegraph.graph.library.articles import ArticleStore
count = 0
try:
    with ArticleStore.open(sys.argv[1]) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, ({SMALL}, {SMALL}))
        for number in range(1, 500):
            store.add(*reading(number))
            count = number
except StoreError as error:
    print(count, error)
"""


def reading(number: int) -> tuple[Article, list[Fact]]:
    def thing(label: str) -> Entity:
        return Entity(iri=mint_entity_iri(label), label=label, type="Person", type_iri=SG + "Person")

    facts = [
        Fact(
            doc_id=f"{number}",
            subject=thing(f"Mira Oban {i}"),
            property_iri=SG + "met",
            object=thing(f"Dara Quill {number}"),
        )
        for i in range(10)
    ]
    return Article(id=f"{number}", text="They met."), facts


@pytest.fixture
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.from_facts(reading(1)[1])


def test_a_store_that_has_no_room_left_has_what_went_in(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with ArticleStore.open(place, create=True) as store:
        store.add(*reading(0))
    filled = subprocess.run(
        [sys.executable, "-c", FILL, str(place), str(Path(__file__).parent)],
        check=True,
        capture_output=True,
        text=True,
    )
    count, _, sentence = filled.stdout.partition(" ")
    assert "the disk is full" in sentence
    assert "is as it was" in sentence
    assert int(count)
    assert "Traceback" not in filled.stderr
    same = ArticleStore(MemoryStore())
    with ArticleStore.open(place) as store:
        # With room again, it goes on from there.
        same.add_many((*reading(number), []) for number in range(int(count) + 1))
        assert store.dump() == same.dump()
        assert store.add(*reading(int(count) + 1))


def no_room(*_: object, **__: object) -> None:
    raise FULL


@pytest.mark.parametrize(
    ("where", "name"), [(tempfile, "mkdtemp"), (Path, "write_text"), (Path, "replace"), (Path, "mkdir")]
)
def test_a_store_for_which_there_is_no_room_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(where, name, no_room)
        with pytest.raises(StoreError, match=r"cannot be made: No space left on device\. Choose another"):
            DirectoryStore.create(tmp_path / "store")
    assert list(tmp_path.iterdir()) == []


def limited(work: Callable[[], object]) -> None:
    """Do something while no file may be longer than some bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        work()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.jsonld", "graph.graphml", "graph.nq"])
@pytest.mark.parametrize("there", [True, False])
def test_an_export_without_room_leaves_what_was_there(
    kg: KnowledgeGraph, tmp_path: Path, name: str, there: bool
) -> None:
    path = tmp_path / name
    if there:
        path.write_text("before", "utf-8")
    with pytest.raises(ExportError, match="cannot be written: File too large"):
        limited(lambda: kg.export(path))
    assert {p.name: p.read_text("utf-8") for p in tmp_path.iterdir()} == ({name: "before"} if there else {})


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "rename"])
def test_a_folder_without_room_leaves_what_was_there(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, step: str
) -> None:
    path = tmp_path / "tables"
    if there:
        kg.export(path, "neo4j")
    before = {p.name: p.read_bytes() for p in path.glob("*")}
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, no_room)
        with pytest.raises(ExportError, match="No space left on device"):
            kg.export(path, "neo4j")
    assert {p.name: p.read_bytes() for p in path.glob("*")} == before
    assert [p.name for p in tmp_path.iterdir()] == (["tables"] if there else [])


def test_what_the_engine_says_of_a_full_disk_says_what_to_do() -> None:
    said = said_by_engine(
        RuntimeError(f"IO error: {os.strerror(errno.ENOSPC)}: While appending to file: x.log")
    )
    assert said.startswith("the disk is full (IO error")
    assert said.endswith("Make room, then do it again.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_standard_output_without_room_is_a_sentence(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    kg.export(path)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "spacegraph", "query", str(path), "relations"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == "spacegraph: The output cannot be written: No space left on device.\n"
