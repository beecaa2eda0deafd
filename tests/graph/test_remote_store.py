"""Endpoints that refuse, dawdle or are something else."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import QueryError, SpacegraphError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.stores.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the path: /401, /500, /html, /slow, /moved, /bad, /short."""

    seen: dict[str, str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen = dict(self.headers)
        kind = self.path.strip("/")
        if kind == "slow":
            time.sleep(1)
        code = {"401": 401, "500": 500, "bad": 400, "moved": 302}.get(kind, 200)
        body = b"<html>Welcome</html>" if kind == "html" else b"no luck today"
        self.send_response(code)
        if kind == "moved":
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(body) + (100 if kind == "short" else 0)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("401", StoreError, "SPACEGRAPH_ENDPOINT_USER"),
        ("500", StoreError, "answered 500"),
        ("bad", QueryError, "no luck today"),
        ("html", StoreError, "did not answer with SPARQL results"),
        ("moved", StoreError, "answered 302"),
        ("short", StoreError, "cannot be reached|did not answer"),
    ],
)
def test_what_an_endpoint_does_is_said(
    address: str, path: str, error: type[SpacegraphError], said: str
) -> None:
    with pytest.raises(error, match=said):
        KnowledgeGraph(RemoteStore(f"{address}/{path}")).query("SELECT * { ?s ?p ?o }")


def test_an_endpoint_that_dawdles_is_given_up(address: str) -> None:
    with pytest.raises(StoreError, match=r"within 0\.1 seconds"):
        KnowledgeGraph(RemoteStore(f"{address}/slow", timeout=0.1)).query("ASK { ?s ?p ?o }")


def test_credentials_come_from_the_environment_and_are_never_shown(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_USER", "mira")
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_PASSWORD", "secret")
    with pytest.raises(StoreError) as caught:
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert Handler.seen["Authorization"] == "Basic bWlyYTpzZWNyZXQ="
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_TOKEN", "t0ken")
    with pytest.raises(StoreError):
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert Handler.seen["Authorization"] == "Bearer t0ken"


def test_the_address_of_updates_is_beside_that_of_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert RemoteStore("http://h.example/ds/query").update_url == "http://h.example/ds/update"
    assert RemoteStore("http://h.example/ds/sparql?x=1").update_url == "http://h.example/ds/update"
    assert (
        RemoteStore("http://h.example/repositories/news").update_url == "http://h.example/repositories/news"
    )
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_UPDATE", "http://h.example/statements")
    assert RemoteStore("http://h.example/repositories/news").update_url == "http://h.example/statements"
