"""A store is as before or as after a change, whatever happens to the process that makes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from store_articles import ARTICLES

from spacegraph.errors import StoreError
from spacegraph.graph.stores.articles import ArticleStore
from spacegraph.graph.stores.identity import Identity

if TYPE_CHECKING:
    from pathlib import Path

#: How often the writer is killed: 50 in the thorough run (SPACEGRAPH_KILLS=50), fewer by default.
KILLS = int(os.environ.get("SPACEGRAPH_KILLS", "12"))

WRITER = """
import sys
from spacegraph.graph.stores.articles import ArticleStore
from spacegraph.graph.stores.directory import DirectoryStore
from spacegraph.graph.stores.identity import Identity
from store_articles import ARTICLES
store = ArticleStore(DirectoryStore.open(sys.argv[1], writable=True), Identity())
print("ready", flush=True)
while True:
    store.add_many([ARTICLES["a"], ARTICLES["b"], ARTICLES["c"]])
    store.remove("a", "b", "c")
"""


def test_killed_at_any_point_the_store_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with ArticleStore.open(place, create=True) as store:
        empty = store.dump()
        store.add_many(list(ARTICLES.values()))
        full = store.dump()
        store.remove(*ARTICLES)
    chance = random.Random(7)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, env=environment
        )
        assert process.stdout is not None
        with process.stdout as said:
            assert said.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        with ArticleStore.open(place, writable=False) as store:
            assert store.dump() in (empty, full)
    with ArticleStore.open(place) as store:
        store.add_many(list(ARTICLES.values()))
        assert store.dump() == full


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
