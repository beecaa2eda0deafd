"""Every kind of store, so that one set of tests runs over all: memory, a directory, and a real SPARQL endpoint."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.graph.stores.directory import DirectoryStore
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.graph.stores.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.graph.query.protocol import GraphStore


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The query address of a real ``oxigraph`` server on loopback."""
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if command is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    port = free_port()
    process = subprocess.Popen([command, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(params=["memory", "directory", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store of each kind."""
    opened: GraphStore
    if request.param == "memory":
        opened = MemoryStore()
    elif request.param == "directory":
        opened = DirectoryStore.open(tmp_path / "store", writable=True, create=True)
    else:
        remote = RemoteStore(request.getfixturevalue("endpoint"))
        remote._post(remote.update_url, b"CLEAR ALL", "application/sparql-update", "*/*")
        opened = remote
    yield opened
    opened.close()
