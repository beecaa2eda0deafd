"""A store is as before or as after a change, whatever happens to the process that makes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_articles import ARTICLES

from spacegraph.errors import StoreError
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.library.identity import Identity
from spacegraph.graph.stores.directory import DirectoryStore
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KILLS = 50

#: Forks a writer for each path that it is told, and says its process; so what a writer needs is imported once. A writer goes
#: through all kinds of changes, over and over.
WRITERS = """
import os, sys
from test_crashes import CHANGES, opened
for line in sys.stdin:
    writer = os.fork()
    if not writer:
        with opened(line.strip()) as store:
            print(os.getpid(), flush=True)
            while True:
                for change in CHANGES:
                    change(store)
    os.waitpid(writer, 0)
    print("gone", flush=True)
"""


IDENTITY = Identity.of(load_ontology())


def opened(place: str | Path, *, writable: bool = True) -> ArticleStore:
    """A store; the ontology is not read again for each."""
    return ArticleStore(DirectoryStore.open(place, writable=writable, create=writable), replace(IDENTITY))


def _fewer(store: ArticleStore) -> None:
    article, facts, entities = ARTICLES["a"]
    store.replace(article, facts[:1], entities)


CHANGES: tuple[Callable[[ArticleStore], object], ...] = (
    lambda store: store.add_many(list(ARTICLES.values())),
    _fewer,
    lambda store: store.merge("Dara Quill", "Mira Oban", "a slip"),
    lambda store: store.split("Dara Quill"),
    lambda store: store.replace(*ARTICLES["a"]),
    lambda store: store.remove(*ARTICLES),
)


@pytest.fixture(scope="module")
def states() -> list[bytes]:
    """The store before each of the changes."""
    found = []
    store = ArticleStore(MemoryStore())
    for change in CHANGES:
        found.append(store.dump())
        change(store)
    assert store.dump() == found[0]
    return found


@pytest.fixture
def writers() -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-c", WRITERS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def killed_after(writers: subprocess.Popen[str], place: Path, seconds: float) -> None:
    """Have a writer work on a store for so long, and kill it."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write(f"{place}\n")
    writers.stdin.flush()
    writer = int(writers.stdout.readline())
    time.sleep(seconds)
    os.kill(writer, signal.SIGKILL)
    assert writers.stdout.readline() == "gone\n"


def test_killed_at_any_point_the_store_is_whole(
    tmp_path: Path, states: list[bytes], writers: subprocess.Popen[str]
) -> None:
    place = tmp_path / "store"
    chance = random.Random(7)
    # In order, since every change must have begun from the state before it, and none have been left out.
    seen = []
    for _ in range(KILLS):
        killed_after(writers, place, chance.uniform(0, 0.1))
        with opened(place, writable=False) as store:
            found = store.dump()
            assert found in states
        seen.append(states.index(found))
        with opened(place) as store:
            # What was left can be changed as if nothing had happened; then it is as at first.
            store.remove(*(entry.doc_id for entry in store.entries()))
            for merge in store.merges():
                store.split(merge.old)
            assert store.dump() == states[0]
    # The kills came at different points, or they would show nothing.
    assert len(set(seen)) >= 4


def test_a_change_that_fails_leaves_merges_as_they_were(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with ArticleStore.open(place, create=True) as store:
        store.add_many(list(ARTICLES.values()))
    with ArticleStore.open(place, writable=False) as store:
        before = store.dump()
        with pytest.raises(StoreError, match="reading only"):
            store.merge("Mira Oban", "Dara Quill", "a mistake")
        assert store.identity.merges == Identity().merges
        assert store.dump() == before
