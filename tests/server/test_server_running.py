"""The endpoint as a process: where it listens, how it stops, what it survives."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from spacegraph.errors import ConfigError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact
from spacegraph.server import serve
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIRA = Entity(iri=mint_entity_iri("Mira Oban"), label="Mira Oban", type="Person", type_iri=SG + "Person")
FACT = Fact(doc_id="a", subject=MIRA, property_iri=SG + "met", object=MIRA)
SCRIPT = """
import sys
from spacegraph.server import Settings, serve
serve(sys.argv[1], port=0, settings=Settings(timeout=0.5, max_running=2))
"""


@contextlib.contextmanager
def running(source: Path, script: str = SCRIPT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen([sys.executable, "-c", script, str(source)], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://[\d.]+:\d+", process.stderr.readline())
        assert found
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        assert process.stderr is not None
        process.stderr.close()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    KnowledgeGraph.from_facts([FACT]).export(path)
    return path


def test_it_answers_on_loopback_and_stops_when_it_is_told(graph: Path) -> None:
    with running(graph) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        answer = httpx.get(f"{address}/sparql", params={"query": "ASK { ?x sg:met ?x }"}, timeout=30)
        assert answer.json()["boolean"] is True
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(20) == 0


def test_workers_end_with_the_server_that_is_killed(graph: Path) -> None:
    with running(graph) as (process, address):
        assert httpx.get(f"{address}/health", timeout=30).status_code == 200
        process.kill()
        process.wait(10)
        for _ in range(300):
            try:
                httpx.get(f"{address}/health", timeout=30)
            except httpx.TransportError:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the workers answer on")


def test_what_is_being_answered_when_it_stops_is_answered(graph: Path) -> None:
    script = SCRIPT.replace("port=0", "port=0, workers=1").replace("timeout=0.5", "timeout=60")
    # Ten million rows to count: about a second.
    slow = (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{i} {{ {'1 2 3 4 5 6 7 8 9 10 '} }}" for i in range(7))
        + "}"
    )
    with running(graph, script) as (process, address), ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.get, f"{address}/sparql", params={"query": slow}, timeout=60)
        while not httpx.get(f"{address}/health", timeout=60).json()["running"] and not answer.done():
            time.sleep(0.01)
        assert not answer.done()
        process.send_signal(signal.SIGTERM)
        rows = answer.result(60).json()["results"]["bindings"]
        assert rows[0]["n"]["value"] == "10000000"
        assert process.wait(20) == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{address}/health", timeout=5)


def test_queries_without_end_do_not_stop_it(graph: Path) -> None:
    endless = (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
        + " FILTER(?a0 != ?a8) }"
    )
    with running(graph) as (_, address):
        for _ in range(3):
            with contextlib.suppress(httpx.TransportError):
                assert (
                    httpx.get(f"{address}/sparql", params={"query": endless}, timeout=30).status_code == 503
                )
        for _ in range(60):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{address}/health", timeout=30).json()["status"] == "ok":
                    break
            time.sleep(0.2)
        else:
            pytest.fail("the server did not recover")


def test_a_store_s_directory_is_served_beside_a_writer(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "store", create=True) as store:
        store.add(Article(id="a", text="Words."), [FACT])
        with running(tmp_path / "store") as (_, address):
            answer = httpx.get(f"{address}/sparql", params={"query": "ASK { ?x sg:met ?x }"}, timeout=30)
            assert answer.json()["boolean"] is True


def test_a_served_store_is_read_as_the_store_itself(tmp_path: Path) -> None:
    # Its default graph shows the articles' graphs too, as that of many endpoints does.
    words = (Evidence(start=0, end=5, text="Words"),)
    with ArticleStore.open(tmp_path / "store", create=True) as store:
        for name in "ab":
            store.add(Article(id=name, text="Words."), [replace(FACT, doc_id=name, evidence=words)])
        kg = store.graph()
        with running(tmp_path / "store") as (_, address), KnowledgeGraph.load(f"{address}/sparql") as served:
            assert served.facts == kg.facts
            assert served.entities == kg.entities
            for name in ("nquads", "trig", "turtle", "jsonl"):
                assert served.export(None, name) == kg.export(None, name)


def test_an_answer_that_the_server_cuts_is_not_taken_for_the_whole(graph: Path) -> None:
    script = SCRIPT.replace("max_running=2", "max_running=2, max_rows=3")
    with running(graph, script) as (_, address), KnowledgeGraph.load(f"{address}/sparql") as served:
        assert len(served.query("SELECT * { ?s ?p ?o } LIMIT 3")) == 3
        with pytest.raises(StoreError, match=r"cut its answer short at its limit \(rows=3\)"):
            served.query("SELECT * { ?s ?p ?o }")
        with pytest.raises(StoreError, match="cut its answer short"):
            _ = served.facts


def test_a_worker_that_a_query_fills_is_replaced(graph: Path) -> None:
    script = SCRIPT.replace("timeout=0.5", "timeout=60, max_memory=300_000_000").replace(
        "port=0", "port=0, workers=1"
    )
    grown = '"' + "a" * 40 + '"'
    for _ in range(6):
        grown = f'REPLACE({grown}, "a", "{"a" * 40}")'
    with running(graph, script) as (process, address):
        with contextlib.suppress(httpx.TransportError):
            answer = httpx.get(
                f"{address}/sparql", params={"query": f"SELECT (STRLEN({grown}) AS ?n) {{}}"}, timeout=60
            )
            assert answer.status_code >= 400
        assert httpx.get(f"{address}/health", timeout=60).json()["status"] == "ok"
        assert process.poll() is None


def test_a_request_whose_head_does_not_end_is_refused(graph: Path) -> None:
    with running(graph) as (_, address):
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
            answer = b""
            with contextlib.suppress(ConnectionError):
                for _ in range(40):
                    connection.sendall(b"x" * 16_384)
            with contextlib.suppress(ConnectionError):
                answer = connection.recv(4096)
        assert not answer or answer.startswith(b"HTTP/1.1 400")
        assert httpx.get(f"{address}/health", timeout=30).json()["status"] == "ok"
        long = httpx.get(f"{address}/sparql", params={"query": "#" + "x" * 30_000 + "\nASK { }"}, timeout=30)
        assert long.status_code == 200


def test_what_cannot_be_served_is_said(graph: Path) -> None:
    with pytest.raises(StoreError, match="There is no file"):
        serve(graph.with_name("none.ttl"))
    with pytest.raises(StoreError, match=r"There is no file .*none\. Build a graph .* -o none\.ttl"):
        serve(graph.with_name("none"))
    with pytest.raises(StoreError, match="cannot be reached"):
        serve("http://127.0.0.1:1/sparql")
    with pytest.raises(ConfigError, match="workers"):
        serve(graph, workers=0)
    with pytest.raises(StoreError, match="not possible to listen"):
        serve(graph, host="203.0.113.7")
    with running(graph) as (_, address), pytest.raises(StoreError, match="is taken by another program"):
        serve(graph, port=int(address.rpartition(":")[2]))
